/* SPDX-License-Identifier: MIT
 * Facts against staging, and keys that stand twice. */
#include "reconcile.h"

#include "landing_tables.h"
#include "reconcile_find.h"

#include <stdio.h>
#include <string.h>

enum { SQL_LIMIT = 1 << 20, ANSWER_LIMIT = 65536, COLUMNS_MAX = 32 };

/* One derivation to be compared. */
struct derivation {
	const struct afd_suite *suite;
	const struct afd_sql_statement *statement;
	const struct afd_table *fact, *source;
	const char *columns[COLUMNS_MAX]; /* numbers of one name on both sides */
	size_t count;
};

static const struct afd_watched *watched(const struct afd_suite *suite, struct afd_span table)
{
	for (size_t i = 0; i < suite->watch.count; i++)
		if (afd_span_is(table, suite->watch.rows[i].table))
			return &suite->watch.rows[i];
	return NULL;
}

static bool is_number(const struct afd_sql_column *column)
{
	enum afd_sql_class class = afd_sql_type_of(column->type).class;
	return class == AFD_SQL_WHOLE || class == AFD_SQL_FRACTION;
}

static bool is_filled_by(const struct afd_sql_statement *statement, const char *name)
{
	struct afd_span filled;
	for (size_t at = 0; afd_sql_next_name(statement->list, &at, &filled);)
		if (afd_span_is(filled, name))
			return true;
	return false;
}

static void find_columns(struct derivation *derivation)
{
	const struct afd_sql_table *fact = &derivation->fact->columns;
	const struct afd_watched *row = watched(derivation->suite, derivation->statement->table);
	for (size_t i = 0; i < fact->count && derivation->count < COLUMNS_MAX; i++) {
		const char *name = fact->rows[i].name;
		const struct afd_sql_column *source =
			afd_sql_column_of(&derivation->source->columns, afd_span_of(name));
		bool version = row && strcmp(row->version, name) == 0;
		if (source && !version && is_number(source) && is_number(&fact->rows[i]) &&
			is_filled_by(derivation->statement, name))
			derivation->columns[derivation->count++] = name;
	}
}

/* Names are those of the database's own columns, of letters, digits and _, or quoted in the SQL file's text.
 */
static int ask_sums(struct afd_clickhouse *client, const struct derivation *derivation, struct afd_span from,
					struct afd_text *out, struct afd_error *err)
{
	struct afd_text sql;
	afd_text_init(&sql, SQL_LIMIT);
	afd_text_init(out, ANSWER_LIMIT);
	afd_text_puts(&sql, "SELECT ");
	for (size_t i = 0; i < derivation->count; i++)
		afd_text_printf(&sql, "round(sum(`%s`), 4), ", derivation->columns[i]);
	afd_text_puts(&sql, "count() ");
	afd_text_add(&sql, from);
	int rc = sql.failed ? afd_fail(err, AFD_EXIT_NO_VERDICT, "a statement of the SQL file is over 1 MiB")
						: afd_clickhouse_query(client, afd_text_span(&sql), "TabSeparated", out, err);
	afd_text_free(&sql);
	return rc;
}

/* The field before the next tab or newline, which is passed. */
static struct afd_span take_field(struct afd_span *rest)
{
	size_t size = 0;
	while (size < rest->size && rest->data[size] != '\t' && rest->data[size] != '\n')
		size++;
	struct afd_span field = afd_span_first(*rest, size);
	*rest = afd_span_from(*rest, size + 1);
	/* A sum of nothing but NULL is NULL. */
	return afd_span_is(field, "\\N") ? AFD_SPAN("0") : field;
}

static void compare(struct afd_reconciliation *to, const struct derivation *derivation, struct afd_span fact,
					struct afd_span source)
{
	const char *table = derivation->fact->columns.name;
	const struct afd_watched *row = watched(derivation->suite, derivation->statement->table);
	for (size_t i = 0; i <= derivation->count; i++) {
		struct afd_span a = take_field(&fact);
		struct afd_span b = take_field(&source);
		bool rows = i == derivation->count;
		if (rows && derivation->statement->grouped)
			continue;
		to->checks++;
		if (!afd_span_equal(a, b))
			afd_reconcile_add(to, table, row ? row->line : 0, "%s is %.*s, but %.*s in %s",
							  rows ? "the number of rows" : derivation->columns[i], (int)a.size, a.data,
							  (int)b.size, b.data, derivation->source->columns.name);
	}
}

static int reconcile(struct afd_reconciliation *to, struct afd_clickhouse *client,
					 struct derivation *derivation, struct afd_error *err)
{
	struct afd_text fact;
	struct afd_text source;
	char from[160];
	find_columns(derivation);
	int size = snprintf(from, sizeof from, "FROM `%.120s`%s", derivation->fact->columns.name,
						derivation->fact->replaces ? " FINAL" : "");
	int rc = ask_sums(client, derivation, (struct afd_span){ from, (size_t)size }, &fact, err);
	afd_text_init(&source, ANSWER_LIMIT);
	if (rc == 0)
		rc = ask_sums(client, derivation, derivation->statement->from, &source, err);
	if (rc == 0)
		compare(to, derivation, afd_text_span(&fact), afd_text_span(&source));
	afd_text_free(&fact);
	afd_text_free(&source);
	return rc;
}

/* Names of the tables that were filled already. */
struct filled {
	struct afd_span names[256];
	size_t count;
};

static bool is_first(struct filled *filled, struct afd_span table)
{
	for (size_t i = 0; i < filled->count; i++)
		if (afd_span_equal(filled->names[i], table))
			return false;
	if (filled->count < sizeof filled->names / sizeof filled->names[0])
		filled->names[filled->count++] = table;
	return true;
}

static const struct afd_table *find(const struct afd_tables *tables, struct afd_span name)
{
	for (size_t i = 0; i < tables->count; i++)
		if (afd_span_is(name, tables->rows[i].columns.name))
			return &tables->rows[i];
	return NULL;
}

static int reconcile_all(struct afd_reconciliation *to, struct afd_clickhouse *client,
						 const struct afd_suite *suite, const struct afd_tables *tables,
						 struct afd_error *err)
{
	struct afd_sql_file file = { afd_sql_text(suite, to->arena), 0, 1 };
	struct filled filled = { .count = 0 };
	for (;;) {
		struct afd_sql_statement statement;
		int rc = afd_tables_statement(&file, suite, &statement, err);
		if (rc != 0 || statement.text.size == 0)
			return rc;
		if (statement.kind != AFD_SQL_INSERT || !is_first(&filled, statement.table))
			continue;
		struct derivation derivation = { .suite = suite,
										 .statement = &statement,
										 .fact = find(tables, statement.table),
										 .source = find(tables, statement.source) };
		if (derivation.fact && derivation.source && derivation.source != derivation.fact)
			rc = reconcile(to, client, &derivation, err);
		if (rc != 0)
			return rc;
	}
}

int afd_reconcile_facts(struct afd_reconciliation *reconciliation, struct afd_clickhouse *client,
						const struct afd_suite *suite, struct afd_error *err)
{
	struct afd_tables tables;
	int rc = afd_tables_read(client, suite, reconciliation->arena, &tables, err);
	return rc == 0 ? reconcile_all(reconciliation, client, suite, &tables, err) : rc;
}
