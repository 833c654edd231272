/* SPDX-License-Identifier: MIT */
#include "landing_tables.h"

#include <stdint.h>
#include <string.h>

enum { SQL_LIMIT = 16 << 20, DESCRIPTION_LIMIT = 16 << 20 };

struct afd_span afd_sql_text(const struct afd_suite *suite, struct afd_arena *arena)
{
	size_t size = 0;
	for (size_t i = 0; i < suite->sql.count; i++)
		size += strlen(suite->sql.rows[i]);
	char *text = afd_arena_new(arena, size + 1);
	size_t at = 0;
	for (size_t i = 0; i < suite->sql.count; i++) {
		size_t piece = strlen(suite->sql.rows[i]);
		memcpy(text + at, suite->sql.rows[i], piece);
		at += piece;
	}
	return (struct afd_span){ text, size };
}

static bool is_watched(const struct afd_suite *suite, struct afd_span table)
{
	for (size_t i = 0; i < suite->watch.count; i++)
		if (afd_span_is(table, suite->watch.rows[i].table))
			return true;
	return false;
}

int afd_tables_statement(struct afd_sql_file *file, const struct afd_suite *suite,
						 struct afd_sql_statement *statement, struct afd_error *err)
{
	const char *path = suite->sql_path ? suite->sql_path : "the SQL file";
	if (!afd_sql_next(file, statement))
		return 0;
	if (statement->kind == AFD_SQL_REFUSED)
		return afd_fail(err, AFD_EXIT_REFUSED, "%s:%u: '%.*s' is not run: %s", path, statement->line,
						(int)(statement->word.size < 64 ? statement->word.size : 64), statement->word.data,
						statement->fault);
	if (statement->kind == AFD_SQL_INSERT && !is_watched(suite, statement->table))
		return afd_fail(err, AFD_EXIT_REFUSED, "%s:%u: '%.*s' is not run: it is no watched table", path,
						statement->line, (int)statement->table.size, statement->table.data);
	return 0;
}

static int run_creates(struct afd_clickhouse *client, const struct afd_suite *suite, struct afd_span sql,
					   bool run, struct afd_error *err)
{
	struct afd_sql_file file = { sql, 0, 1 };
	for (;;) {
		struct afd_sql_statement statement;
		int rc = afd_tables_statement(&file, suite, &statement, err);
		if (rc != 0 || statement.text.size == 0)
			return rc;
		if (run && statement.kind == AFD_SQL_CREATE)
			rc = afd_clickhouse_execute(client, statement.text, err);
		if (rc != 0)
			return rc;
	}
}

int afd_tables_make(struct afd_clickhouse *client, const struct afd_suite *suite, struct afd_error *err)
{
	struct afd_arena arena = { NULL };
	struct afd_span sql = afd_sql_text(suite, &arena);
	int rc = sql.size > SQL_LIMIT ? afd_fail(err, AFD_EXIT_REFUSED, "the SQL file is over 16 MiB") : 0;
	if (rc == 0)
		rc = run_creates(client, suite, sql, false, err);
	if (rc == 0)
		rc = run_creates(client, suite, sql, true, err);
	afd_arena_free(&arena);
	return rc;
}

/* Visits the tables that are watched, then those that are landed in. NULL: there are no more. */
static const char *table_at(const struct afd_suite *suite, size_t index)
{
	if (index < suite->watch.count)
		return suite->watch.rows[index].table;
	index -= suite->watch.count;
	return index < suite->landings.count ? suite->landings.rows[index].table : NULL;
}

static void ask_for(struct afd_text *sql, const char *what, const char *table_name,
					const struct afd_suite *suite)
{
	afd_text_puts(sql, what);
	afd_text_printf(sql, " WHERE database = currentDatabase() AND %s IN ('', ''", table_name);
	for (size_t i = 0; table_at(suite, i); i++) {
		afd_text_puts(sql, ", ");
		afd_clickhouse_quote_literal(afd_span_of(table_at(suite, i)), sql);
	}
	afd_text_putc(sql, ')');
}

/* The field before the next tab or newline; false at the end. */
static bool next_field(struct afd_span *rest, struct afd_span *field)
{
	size_t size = 0;
	while (size < rest->size && rest->data[size] != '\t' && rest->data[size] != '\n')
		size++;
	*field = afd_span_first(*rest, size);
	bool more = rest->size > 0;
	*rest = afd_span_from(*rest, size + 1);
	return more;
}

static struct afd_table *add_table(struct afd_tables *tables, struct afd_span name, struct afd_arena *arena)
{
	for (size_t i = 0; i < tables->count; i++)
		if (afd_span_is(name, tables->rows[i].columns.name))
			return &tables->rows[i];
	struct afd_table *table = afd_arena_push(arena, &tables->rows, &tables->count, sizeof *table);
	table->columns.name = afd_arena_copy(arena, name);
	return table;
}

static void take_columns(struct afd_span rest, struct afd_tables *tables, struct afd_arena *arena)
{
	struct afd_span table, name, type, kind, expression;
	while (next_field(&rest, &table) && next_field(&rest, &name) && next_field(&rest, &type) &&
		   next_field(&rest, &kind) && next_field(&rest, &expression)) {
		struct afd_sql_table *columns = &add_table(tables, table, arena)->columns;
		struct afd_sql_column *column =
			afd_arena_push(arena, &columns->rows, &columns->count, sizeof *column);
		column->name = afd_arena_copy(arena, name);
		column->type = afd_arena_copy(arena, type);
		column->expression = afd_arena_copy(arena, expression);
		column->filled = kind.size > 0;
	}
}

static void take_engines(struct afd_span rest, struct afd_tables *tables, struct afd_arena *arena)
{
	struct afd_span name, engine;
	while (next_field(&rest, &name) && next_field(&rest, &engine))
		add_table(tables, name, arena)->replaces =
			afd_span_find(engine, "Replacing", 0) != SIZE_MAX || afd_span_is(engine, "Distributed");
}

static int ask(struct afd_clickhouse *client, const char *what, const char *table_name,
			   const struct afd_suite *suite, struct afd_text *out, struct afd_error *err)
{
	struct afd_text sql;
	afd_text_init(&sql, DESCRIPTION_LIMIT);
	afd_text_init(out, DESCRIPTION_LIMIT);
	ask_for(&sql, what, table_name, suite);
	int rc = sql.failed ? afd_fail(err, AFD_EXIT_NO_VERDICT, "the names of the tables are over a bound")
						: afd_clickhouse_query(client, afd_text_span(&sql), "TabSeparatedRaw", out, err);
	afd_text_free(&sql);
	return rc;
}

int afd_tables_read(struct afd_clickhouse *client, const struct afd_suite *suite, struct afd_arena *arena,
					struct afd_tables *tables, struct afd_error *err)
{
	struct afd_text out;
	*tables = (struct afd_tables){ NULL, 0 };
	int rc = ask(client, "SELECT name, engine FROM system.tables", "name", suite, &out, err);
	if (rc == 0 && out.size > 0)
		take_engines(afd_text_span(&out), tables, arena);
	afd_text_free(&out);
	if (rc != 0)
		return rc;
	rc = ask(client, "SELECT table, name, type, default_kind, default_expression FROM system.columns",
			 "table", suite, &out, err);
	if (rc == 0 && out.size > 0)
		take_columns(afd_text_span(&out), tables, arena);
	afd_text_free(&out);
	return rc;
}

const struct afd_table *afd_tables_find(const struct afd_tables *tables, const char *name)
{
	for (size_t i = 0; i < tables->count; i++)
		if (strcmp(tables->rows[i].columns.name, name) == 0)
			return &tables->rows[i];
	return NULL;
}
