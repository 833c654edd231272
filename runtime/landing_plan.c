/* SPDX-License-Identifier: MIT
 * From a landing of the spec and the table as it is to a plan. */
#include "landing_plan.h"

#include <string.h>

static int parse_path(struct afd_jsonpath **path, struct afd_span text, unsigned line, struct afd_error *err)
{
	struct afd_jsonpath_error error;
	*path = afd_jsonpath_parse(text, &error);
	if (*path)
		return 0;
	return afd_fail(err, AFD_EXIT_USAGE, "the path in line %u of the spec is wrong at its byte %zu: %s", line,
					error.offset + 1, error.text);
}

/* `{EVENT_ID}` or a path. */
static int compile_source(struct afd_plan_source *source, struct afd_span text, unsigned line,
						  struct afd_error *err)
{
	if (text.size > 2 && text.data[0] == '{' && text.data[text.size - 1] == '}') {
		source->variable = (struct afd_span){ text.data + 1, text.size - 2 };
		return 0;
	}
	return parse_path(&source->path, text, line, err);
}

static int compile_sources(struct afd_plan_column *column, const char *from, struct afd_arena *arena,
						   struct afd_error *err)
{
	struct afd_span rest = afd_span_of(from);
	while (rest.size > 0) {
		const char *newline = memchr(rest.data, '\n', rest.size);
		size_t size = newline ? (size_t)(newline - rest.data) : rest.size;
		struct afd_plan_source *source =
			afd_arena_push(arena, &column->sources, &column->source_count, sizeof *source);
		int rc = compile_source(source, afd_span_first(rest, size), column->line, err);
		if (rc != 0)
			return rc;
		rest = afd_span_from(rest, size + 1);
	}
	return 0;
}

static struct afd_plan_column *add_column(struct afd_plan *plan, struct afd_arena *arena, const char *name)
{
	struct afd_plan_column *column =
		afd_arena_push(arena, &plan->columns, &plan->column_count, sizeof *column);
	const struct afd_sql_column *known = afd_sql_column_of(plan->table, afd_span_of(name));
	column->name = name;
	column->type = afd_sql_type_of(known ? known->type : "");
	return column;
}

static int compile_column(struct afd_plan *plan, const struct afd_column *row, struct afd_arena *arena,
						  struct afd_error *err)
{
	struct afd_plan_column *column = add_column(plan, arena, row->column);
	column->line = row->line;
	column->make = afd_plan_maker(row->type);
	if (!column->make)
		return afd_fail(err, AFD_EXIT_USAGE, "line %u of the spec: '%s' is no type of a landing", row->line,
						row->type);
	int rc = compile_sources(column, row->from, arena, err);
	bool products = strcmp(row->type, "sum of products") == 0;
	if (rc == 0 && (products ? column->source_count != 2 || !row->together : row->together))
		rc = afd_fail(err, AFD_EXIT_USAGE, "line %u of the spec: '%s' takes %s", row->line, row->type,
					  products ? "two paths with 'and' between them" : "paths with 'else' between them");
	return rc;
}

static const struct afd_plan_column *column_of(const struct afd_plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->column_count; i++)
		if (strcmp(plan->columns[i].name, name) == 0)
			return &plan->columns[i];
	return NULL;
}

/* The version and time of the run, where the landing has no row for them. */
static void add_run_columns(struct afd_plan *plan, struct afd_arena *arena)
{
	const char *version = plan->watched ? plan->watched->version : "";
	const char *time = plan->watched ? plan->watched->time : "";
	if (version[0] && !column_of(plan, version)) {
		add_column(plan, arena, version)->make = afd_plan_make_version;
		plan->version_column = version;
	}
	if (time[0] && !column_of(plan, time))
		add_column(plan, arena, time)->make = afd_plan_make_time;
}

/* The columns that make the key, those that the record fills before those of the run: the first one names the
 * record. */
static void find_key(struct afd_plan *plan)
{
	const char *names[AFD_PLAN_KEY_MAX];
	size_t count = plan->watched ? afd_sql_key(plan->table, plan->watched->key, names, AFD_PLAN_KEY_MAX) : 0;
	for (int of_run = 0; of_run <= 1; of_run++) {
		for (size_t i = 0; i < count; i++) {
			const struct afd_plan_column *column = column_of(plan, names[i]);
			if (column && (column->line == 0) == of_run)
				plan->key[plan->key_count++] = (size_t)(column - plan->columns);
		}
	}
	if (plan->key_count > 0 && plan->columns[plan->key[0]].line == 0)
		plan->key_count = 0;
}

static void list_names(struct afd_plan *plan, struct afd_arena *arena)
{
	const char **names = afd_arena_array(arena, plan->column_count, sizeof *names);
	for (size_t i = 0; i < plan->column_count; i++)
		names[i] = plan->columns[i].name;
	plan->names = (struct afd_words){ names, plan->column_count };
}

int afd_plan_compile(struct afd_plan *plan, const struct afd_suite *suite, const struct afd_landing *landing,
					 const struct afd_sql_table *table, struct afd_arena *arena, struct afd_error *err)
{
	*plan = (struct afd_plan){ .landing = landing, .table = table };
	for (size_t i = 0; i < suite->watch.count; i++)
		if (strcmp(suite->watch.rows[i].table, landing->table) == 0)
			plan->watched = &suite->watch.rows[i];
	int rc = parse_path(&plan->records, afd_span_of(landing->records), landing->line, err);
	if (rc == 0 && landing->condition_path[0])
		rc = parse_path(&plan->condition, afd_span_of(landing->condition_path), landing->line, err);
	for (size_t i = 0; i < landing->columns.count && rc == 0; i++)
		rc = compile_column(plan, &landing->columns.rows[i], arena, err);
	if (rc == 0 && landing->columns.count == 0)
		rc = afd_fail(err, AFD_EXIT_USAGE, "line %u of the spec: nothing lands in any column", landing->line);
	add_run_columns(plan, arena);
	find_key(plan);
	list_names(plan, arena);
	return rc;
}

void afd_plan_free(struct afd_plan *plan)
{
	afd_jsonpath_free(plan->records);
	afd_jsonpath_free(plan->condition);
	for (size_t i = 0; i < plan->column_count; i++)
		for (size_t k = 0; k < plan->columns[i].source_count; k++)
			afd_jsonpath_free(plan->columns[i].sources[k].path);
	*plan = (struct afd_plan){ 0 };
}
