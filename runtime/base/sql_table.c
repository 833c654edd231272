/* SPDX-License-Identifier: MIT
 * Columns of a table: their names, types and defaults. */
#include "base/sql.h"

#include "base/sql_token.h"

#include <string.h>

/* One column's declaration while it is read. */
struct declaration {
	struct afd_sql_file file;
	struct afd_sql_token token;
	unsigned depth;
};

static void advance(struct declaration *reading)
{
	reading->token = afd_sql_token_next(&reading->file);
	reading->depth += afd_sql_token_is_symbol(&reading->token, '(');
	reading->depth -= reading->depth > 0 && afd_sql_token_is_symbol(&reading->token, ')');
}

static bool at_end(const struct declaration *reading)
{
	return reading->token.kind == AFD_SQL_END ||
		   (reading->depth == 0 && afd_sql_token_is_symbol(&reading->token, ','));
}

/* The text up to one of the words or the declaration's end. */
static const char *read_until(struct declaration *reading, const char *const *words, struct afd_arena *arena)
{
	const char *begin = reading->token.text.data;
	while (!at_end(reading) && !(reading->depth == 0 && afd_sql_token_among(&reading->token, words)))
		advance(reading);
	struct afd_span text = { begin, (size_t)(reading->token.text.data - begin) };
	return afd_arena_copy(arena, afd_span_trim(text));
}

static const char *const fills[] = { "DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL", NULL };
static const char *const after_type[] = { "DEFAULT", "MATERIALIZED", "ALIAS",    "EPHEMERAL", "CODEC",
										  "COMMENT", "TTL",          "PRIMARY",  "COLLATE",   "NOT",
										  "NULL",    "STATISTICS",   "SETTINGS", NULL };
static const char *const after_expression[] = { "CODEC",      "COMMENT",  "TTL", "PRIMARY",
												"STATISTICS", "SETTINGS", NULL };

static void read_column(struct declaration *reading, struct afd_arena *arena, struct afd_sql_column *column)
{
	advance(reading);
	column->type = read_until(reading, after_type, arena);
	if (afd_sql_token_is(&reading->token, "NULL"))
		column->type = afd_arena_printf(arena, "Nullable(%s)", column->type);
	while (!at_end(reading) && !afd_sql_token_among(&reading->token, fills))
		advance(reading);
	column->filled = !at_end(reading);
	if (column->filled)
		advance(reading);
	column->expression = read_until(reading, after_expression, arena);
	while (!at_end(reading))
		advance(reading);
}

void afd_sql_read_columns(const struct afd_sql_statement *statement, struct afd_arena *arena,
						  struct afd_sql_table *table)
{
	static const char *const others[] = { "INDEX", "CONSTRAINT", "PROJECTION", "PRIMARY", NULL };
	struct declaration reading = { .file = { statement->list, 0, statement->line } };
	*table =
		(struct afd_sql_table){ .name = afd_arena_copy(arena, statement->table), .line = statement->line };
	if (statement->list.size == 0)
		return;
	do {
		advance(&reading);
		struct afd_span name = afd_sql_token_name(&reading.token);
		if (name.size == 0 || afd_sql_token_among(&reading.token, others)) {
			while (!at_end(&reading))
				advance(&reading);
			continue;
		}
		struct afd_sql_column *column = afd_arena_push(arena, &table->rows, &table->count, sizeof *column);
		column->name = afd_arena_copy(arena, name);
		read_column(&reading, arena, column);
	} while (reading.token.kind != AFD_SQL_END);
}

const struct afd_sql_column *afd_sql_column_of(const struct afd_sql_table *table, struct afd_span name)
{
	for (size_t i = 0; i < table->count; i++)
		if (afd_span_is(name, table->rows[i].name))
			return &table->rows[i];
	return NULL;
}

bool afd_sql_next_name(struct afd_span list, size_t *at, struct afd_span *name)
{
	while (*at < list.size) {
		struct afd_span rest = afd_span_from(list, *at);
		const char *comma = memchr(rest.data, ',', rest.size);
		size_t size = comma ? (size_t)(comma - rest.data) : rest.size;
		*at += size + 1;
		*name = afd_span_trim(afd_span_first(rest, size));
		if (name->size > 0)
			return true;
	}
	return false;
}

/* The columns of one key so far. */
struct key {
	const struct afd_sql_table *table;
	const char **names;
	size_t count, most;
	size_t steps; /* columns that were followed: they may name each other in circles */
};

static void add_to_key(struct key *key, const char *name)
{
	for (size_t i = 0; i < key->count; i++)
		if (strcmp(key->names[i], name) == 0)
			return;
	if (key->count < key->most)
		key->names[key->count++] = name;
}

static void expand(struct key *key, const struct afd_sql_column *column, unsigned depth)
{
	enum { EXPRESSIONS_MAX = 8, STEPS_MAX = 1000 };
	bool derived = false;
	struct afd_sql_file file = { afd_span_of(column->expression), 0, 1 };
	while (column->filled && depth < EXPRESSIONS_MAX && file.at < file.text.size) {
		struct afd_sql_token token = afd_sql_token_next(&file);
		const struct afd_sql_column *used = afd_sql_column_of(key->table, afd_sql_token_name(&token));
		if (!used || used == column || key->steps++ >= STEPS_MAX)
			continue;
		derived = true;
		expand(key, used, depth + 1);
	}
	if (!derived)
		add_to_key(key, column->name);
}

size_t afd_sql_key(const struct afd_sql_table *table, const char *key, const char **names, size_t most)
{
	struct key found = { .table = table, .names = names, .most = most };
	struct afd_span name;
	for (size_t at = 0; afd_sql_next_name(afd_span_of(key), &at, &name);) {
		const struct afd_sql_column *column = afd_sql_column_of(table, name);
		if (column)
			expand(&found, column, 0);
	}
	return found.count;
}
