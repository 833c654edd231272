/* SPDX-License-Identifier: MIT
 * Identifiers and literals in SQL, and which identifiers there are. */
#include "clickhouse.h"

#include "base/sql.h"

#include <stdlib.h>
#include <string.h>

static void add_name(struct afd_arena *arena, const char ***names, size_t *count, const char *name)
{
	if (!name || name[0] == '\0')
		return;
	const char **place = afd_arena_push(arena, names, count, sizeof **names);
	*place = name;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t without_doubles(const char **names, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || strcmp(names[kept - 1], names[i]) != 0)
			names[kept++] = names[i];
	return kept;
}

/* A key of several columns is written "a, b". */
static void add_key(struct afd_arena *arena, const char ***names, size_t *count, const char *key)
{
	struct afd_span name;
	for (size_t at = 0; afd_sql_next_name(afd_span_of(key), &at, &name);)
		add_name(arena, names, count, afd_arena_copy(arena, name));
}

struct afd_words afd_clickhouse_names(const struct afd_suite *suite, struct afd_arena *arena)
{
	const char **names = NULL;
	size_t count = 0;
	for (size_t i = 0; i < suite->watch.count; i++) {
		const struct afd_watched *watched = &suite->watch.rows[i];
		add_name(arena, &names, &count, watched->table);
		add_key(arena, &names, &count, watched->key);
		add_name(arena, &names, &count, watched->version);
		add_name(arena, &names, &count, watched->time);
	}
	for (size_t i = 0; i < suite->landings.count; i++) {
		const struct afd_landing *landing = &suite->landings.rows[i];
		add_name(arena, &names, &count, landing->table);
		for (size_t j = 0; j < landing->columns.count; j++)
			add_name(arena, &names, &count, landing->columns.rows[j].column);
	}
	if (count > 0)
		qsort(names, count, sizeof *names, by_bytes);
	return (struct afd_words){ names, without_doubles(names, count) };
}

void afd_clickhouse_quote_literal(struct afd_span value, struct afd_text *sql)
{
	static const char escaped[] = "\\'\n\r\t\b\f";
	static const char letters[] = "\\'nrtbf";
	afd_text_putc(sql, '\'');
	for (size_t i = 0; i < value.size; i++) {
		char c = value.data[i];
		const char *found = c == '\0' ? NULL : strchr(escaped, c);
		if (c == '\0')
			afd_text_puts(sql, "\\0");
		else if (found)
			afd_text_printf(sql, "\\%c", letters[found - escaped]);
		else
			afd_text_putc(sql, c);
	}
	afd_text_putc(sql, '\'');
}
