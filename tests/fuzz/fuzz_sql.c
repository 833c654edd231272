/* SPDX-License-Identifier: MIT
 * SQL files of arbitrary bytes: what is accepted lies within the text, begins as it must, and names no file
 * or host. */
#include "base/sql.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool is_within(struct afd_span part, struct afd_span whole)
{
	return part.size == 0 || (part.data >= whole.data && part.data + part.size <= whole.data + whole.size);
}

static void check_table(const struct afd_sql_statement *statement)
{
	struct afd_arena arena = { NULL };
	struct afd_sql_table table;
	const char *names[4];
	afd_sql_read_columns(statement, &arena, &table);
	for (size_t i = 0; i < table.count; i++) {
		(void)afd_sql_type_of(table.rows[i].type);
		check(afd_sql_key(&table, table.rows[i].name, names, 4) >= 1);
	}
	afd_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_span text = { (const char *)data, size };
	struct afd_sql_file file = { text, 0, 1 };
	struct afd_sql_statement statement;
	size_t at = 0;
	while (afd_sql_next(&file, &statement)) {
		check(file.at > at && statement.line >= 1 && is_within(statement.text, text));
		at = file.at;
		if (statement.kind == AFD_SQL_REFUSED)
			continue;
		check(statement.table.size > 0 && is_within(statement.table, statement.text));
		check(is_within(statement.list, statement.text) && is_within(statement.from, statement.text));
		check(is_within(statement.source, statement.text));
		struct afd_span word = afd_span_first(statement.text, 6);
		check(afd_span_equal_nocase(word, AFD_SPAN("CREATE")) ||
			  afd_span_equal_nocase(word, AFD_SPAN("INSERT")));
		if (statement.kind == AFD_SQL_CREATE && !statement.view)
			check_table(&statement);
	}
	return 0;
}
