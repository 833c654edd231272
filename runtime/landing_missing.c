/* SPDX-License-Identifier: MIT
 * What the tables lack of what the suite says of them. */
#include "landing_tables.h"

#include <stdio.h>
#include <string.h>

enum { LIST_LIMIT = 640 };

/* A list of names as far as it fits into a message. */
struct list {
	struct afd_text text;
	size_t count, shown;
};

static bool is_listed(const struct list *list, const char *name)
{
	struct afd_span names = afd_text_span(&list->text);
	size_t size = strlen(name);
	for (size_t at = 0; (at = afd_span_find(names, name, at)) < names.size; at += size) {
		bool starts = at == 0 || names.data[at - 1] == ' ';
		if (starts && (at + size == names.size || names.data[at + size] == ','))
			return true;
	}
	return false;
}

/* Once a name does not fit, those that follow are only counted. */
static void add_name(struct list *list, const char *table, struct afd_span column)
{
	char name[200];
	int size = snprintf(name, sizeof name, "%s%s%.*s", table, column.size > 0 ? "." : "",
						(int)(column.size < 64 ? column.size : 64), column.data);
	bool fits = size > 0 && (size_t)size < sizeof name && list->text.size + (size_t)size + 2 < LIST_LIMIT;
	if (fits && is_listed(list, name))
		return;
	if (fits && list->shown == list->count &&
		afd_text_printf(&list->text, "%s%s", list->shown > 0 ? ", " : "", name))
		list->shown++;
	list->count++;
}

/* Everything that is wrong, by kind. */
struct missing {
	struct list tables, columns, types;
};

static const struct afd_table *look_for_table(struct missing *missing, const struct afd_tables *tables,
											  const char *name)
{
	const struct afd_table *table = afd_tables_find(tables, name);
	if (!table)
		add_name(&missing->tables, name, (struct afd_span){ "", 0 });
	return table;
}

static void look_for_columns(struct missing *missing, const struct afd_table *table, const char *names)
{
	struct afd_span name;
	for (size_t at = 0; afd_sql_next_name(afd_span_of(names), &at, &name);)
		if (!afd_sql_column_of(&table->columns, name))
			add_name(&missing->columns, table->columns.name, name);
}

static void look_at_landing(struct missing *missing, const struct afd_table *table,
							const struct afd_landing *landing)
{
	for (size_t i = 0; i < landing->columns.count; i++) {
		const struct afd_column *row = &landing->columns.rows[i];
		const struct afd_sql_column *column = afd_sql_column_of(&table->columns, afd_span_of(row->column));
		if (!column)
			add_name(&missing->columns, landing->table, afd_span_of(row->column));
		else if (!afd_sql_type_takes(column->type, row->type))
			add_name(&missing->types, landing->table, afd_span_of(row->column));
	}
}

static void say(struct afd_text *text, const char *before, const struct list *list)
{
	if (list->count == 0)
		return;
	afd_text_printf(text, "%s%s%s", text->size > 0 ? "; " : "", before,
					list->text.data ? list->text.data : "");
	if (list->count > list->shown)
		afd_text_printf(text, " and %zu more", list->count - list->shown);
}

static int fail_with(const struct missing *missing, const struct afd_suite *suite, const char *where,
					 struct afd_error *err)
{
	struct afd_text text;
	afd_text_init(&text, 3 * LIST_LIMIT);
	say(&text, "missing tables: ", &missing->tables);
	say(&text, "missing columns: ", &missing->columns);
	say(&text, "columns of another type than what lands in them: ", &missing->types);
	const char *path = suite->sql_path ? suite->sql_path : "the SQL file that the spec should name";
	bool can_make = missing->tables.count > 0;
	int rc = text.size == 0
				 ? 0
				 : afd_fail(err, AFD_EXIT_NO_VERDICT, "%s is not ready: %.*s (%s%s)", where,
							(int)(text.size < 800 ? text.size : 800), text.data,
							can_make ? "--create-tables makes the tables of " : "compare with ", path);
	afd_text_free(&text);
	return rc;
}

int afd_tables_check(const struct afd_tables *tables, const struct afd_suite *suite, const char *where,
					 struct afd_error *err)
{
	struct missing missing = { 0 };
	afd_text_init(&missing.tables.text, LIST_LIMIT);
	afd_text_init(&missing.columns.text, LIST_LIMIT);
	afd_text_init(&missing.types.text, LIST_LIMIT);
	for (size_t i = 0; i < suite->watch.count; i++) {
		const struct afd_watched *watched = &suite->watch.rows[i];
		const struct afd_table *table = look_for_table(&missing, tables, watched->table);
		if (!table)
			continue;
		look_for_columns(&missing, table, watched->key);
		look_for_columns(&missing, table, watched->version);
		look_for_columns(&missing, table, watched->time);
	}
	for (size_t i = 0; i < suite->landings.count; i++) {
		const struct afd_landing *landing = &suite->landings.rows[i];
		const struct afd_table *table = look_for_table(&missing, tables, landing->table);
		if (table)
			look_at_landing(&missing, table, landing);
	}
	int rc = fail_with(&missing, suite, where, err);
	afd_text_free(&missing.tables.text);
	afd_text_free(&missing.columns.text);
	afd_text_free(&missing.types.text);
	return rc;
}
