/* SPDX-License-Identifier: MIT
 * Rows of a landing without a database: a CREATE TABLE, the spec's columns, a record in, JSONEachRow out.
 * Include after cmocka.h. */
#ifndef AFFIDAVIT_TESTS_LANDING_PLAN_ROWS_H
#define AFFIDAVIT_TESTS_LANDING_PLAN_ROWS_H

#include "landing_plan.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS(...) ((struct afd_columns)AFD_LIST(((const struct afd_column[]){ __VA_ARGS__ })))

/* What is landed by which rules. */
struct rules {
	const char *create; /* CREATE TABLE IF NOT EXISTS t (...) */
	const char *key;    /* "" where the table is watched without one */
	const char *version, *time;
	const char *condition_path, *condition_value;
	struct afd_columns columns;
	struct afd_landing_variables variables;
};

/* One record on its way. */
struct landed_row {
	enum afd_skip skip;
	unsigned line;
	char *json; /* "" where it was skipped */
	char *key;
};

static inline char *text_of(const struct afd_text *text)
{
	return strdup(text->data ? text->data : "");
}

static inline struct landed_row land_by(const struct rules *rules, const char *record)
{
	const struct afd_watched watched = { 1, "t", rules->key, rules->version ? rules->version : "",
										 rules->time ? rules->time : "" };
	const struct afd_landing landing = { 2,
										 "t",
										 "$",
										 rules->condition_path ? rules->condition_path : "",
										 rules->condition_value ? rules->condition_value : "",
										 rules->columns };
	const struct afd_suite suite = { .watch = { &watched, 1 }, .landings = { &landing, 1 } };
	struct afd_arena arena = { NULL };
	struct afd_sql_file file = { afd_span_of(rules->create), 0, 1 };
	struct afd_sql_statement statement;
	struct afd_sql_table table;
	struct afd_error err = { 0 };
	struct afd_plan plan;
	struct afd_json json;
	struct afd_json_error error;
	struct afd_row row;
	const struct afd_plan_run run = { "1700000000", "2023-11-15 01:13:20" };
	struct landed_row landed = { 0 };
	assert_true(afd_sql_next(&file, &statement));
	if (statement.kind != AFD_SQL_CREATE)
		fail_msg("%s: %s", rules->create, statement.fault);
	afd_sql_read_columns(&statement, &arena, &table);
	if (afd_plan_compile(&plan, &suite, &landing, &table, &arena, &err) != 0)
		fail_msg("%s", err.text);
	if (!afd_json_parse(afd_span_of(record), &json, &error))
		fail_msg("%s: %s", record, error.text);
	const struct afd_plan_input input = { &plan, &json, rules->variables, &run };
	landed.skip = afd_plan_row(&input, 0, &row, &landed.line);
	landed.json = landed.skip == AFD_SKIP_NONE ? text_of(&row.json) : strdup("");
	landed.key = text_of(&row.key);
	afd_row_free(&row);
	afd_json_free(&json);
	afd_plan_free(&plan);
	afd_arena_free(&arena);
	return landed;
}

static inline void assert_lands(const struct rules *rules, const char *record, const char *row)
{
	struct landed_row landed = land_by(rules, record);
	if (landed.skip != AFD_SKIP_NONE)
		fail_msg("%s: skipped for line %u: %s", record, landed.line, afd_skip_text(landed.skip));
	assert_string_equal(landed.json, row);
	free(landed.json);
	free(landed.key);
}

static inline void assert_skipped(const struct rules *rules, const char *record, enum afd_skip skip,
								  unsigned line)
{
	struct landed_row landed = land_by(rules, record);
	if (landed.skip != skip)
		fail_msg("%s: '%s' instead of '%s'", record, afd_skip_text(landed.skip), afd_skip_text(skip));
	assert_int_equal(landed.line, line);
	free(landed.json);
	free(landed.key);
}

/* One column `c` of that type. */
static inline struct rules one_column(const struct afd_column *column, const char *create)
{
	return (struct rules){ .create = create, .key = "", .columns = { column, 1 } };
}

#endif
