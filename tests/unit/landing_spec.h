/* SPDX-License-Identifier: MIT
 * The Qtickets spec as a suite in memory, its masker, and its landings on an engine. Include after cmocka.h
 * and clickhouse_engines.h. */
#ifndef AFFIDAVIT_TESTS_LANDING_SPEC_H
#define AFFIDAVIT_TESTS_LANDING_SPEC_H

#include "facts.h"
#include "landing.h"
#include "mask.h"
#include "model.h"
#include "scan.h"

enum { SPEC_STARTED = 1762506000 }; /* 2025-11-07 12:00:00 in Moscow */
#define SPEC_TIME "2025-11-07 12:00:00"

struct spec {
	struct afd_arena arena;
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_model model;
	struct afd_suite suite;
	struct afd_words names; /* of the client */
	struct afd_masker *masker;
};

static inline struct afd_policy spec_policy(struct spec *spec)
{
	struct afd_shown *rows = afd_arena_array(&spec->arena, spec->model.policy.count, sizeof *rows);
	for (size_t i = 0; i < spec->model.policy.count; i++) {
		const struct afd_model_shown *row = &spec->model.policy.rows[i];
		rows[i] = (struct afd_shown){ row->line, row->path, row->type, row->values };
	}
	return (struct afd_policy){ rows, spec->model.policy.count };
}

static inline struct afd_watch spec_watch(struct spec *spec)
{
	struct afd_watched *rows = afd_arena_array(&spec->arena, spec->model.watch.count, sizeof *rows);
	for (size_t i = 0; i < spec->model.watch.count; i++) {
		const struct afd_model_watched *row = &spec->model.watch.rows[i];
		rows[i] = (struct afd_watched){ row->line, row->table, row->key, row->version, row->time };
	}
	return (struct afd_watch){ rows, spec->model.watch.count };
}

static inline struct afd_columns spec_columns(struct spec *spec, const struct afd_model_landing *landing)
{
	struct afd_column *rows = afd_arena_array(&spec->arena, landing->columns.count, sizeof *rows);
	for (size_t i = 0; i < landing->columns.count; i++) {
		const struct afd_model_column *row = &landing->columns.rows[i];
		rows[i] = (struct afd_column){ row->line, row->column, row->from, row->together, row->type };
	}
	return (struct afd_columns){ rows, landing->columns.count };
}

static inline struct afd_landings spec_landings(struct spec *spec)
{
	struct afd_landing *rows = afd_arena_array(&spec->arena, spec->model.landings.count, sizeof *rows);
	for (size_t i = 0; i < spec->model.landings.count; i++) {
		const struct afd_model_landing *row = &spec->model.landings.rows[i];
		rows[i] = (struct afd_landing){ row->line,           row->table,           row->records,
										row->condition_path, row->condition_value, spec_columns(spec, row) };
	}
	return (struct afd_landings){ rows, spec->model.landings.count };
}

static inline struct afd_variables spec_variables(struct spec *spec)
{
	struct afd_variable *rows = afd_arena_array(&spec->arena, spec->model.variables.count, sizeof *rows);
	for (size_t i = 0; i < spec->model.variables.count; i++) {
		const struct afd_model_variable *row = &spec->model.variables.rows[i];
		rows[i] = (struct afd_variable){ row->line, row->name, row->value, row->secret };
	}
	return (struct afd_variables){ rows, spec->model.variables.count };
}

static inline void spec_load(struct spec *spec)
{
	static const char file[] = AFD_SOURCE_DIR "/specs/qtickets_api_test_requests.md";
	struct afd_error err = { 0 };
	struct afd_key key = { .id = "00000000" };
	memset(spec, 0, sizeof *spec);
	memset(key.bytes, 7, sizeof key.bytes);
	if (afd_source_load(&spec->source, &spec->arena, file, "spec.md", &err) != 0)
		fail_msg("%s", err.text);
	afd_diag_init(&spec->diag, &spec->source, &spec->arena);
	afd_parse(&spec->source, &spec->arena, &spec->document);
	afd_model_build(&spec->model, &spec->document, &spec->diag, file);
	assert_int_equal(spec->diag.errors, 0);
	const char **sql = afd_arena_array(&spec->arena, 1, sizeof *sql);
	sql[0] = spec->model.sql.data;
	spec->suite = (struct afd_suite){ .name = "qtickets",
									  .policy = spec_policy(spec),
									  .watch = spec_watch(spec),
									  .landings = spec_landings(spec),
									  .variables = spec_variables(spec),
									  .words = { spec->model.words.rows, spec->model.words.count },
									  .sql = { sql, 1 },
									  .sql_path = spec->model.sql_path };
	spec->names = afd_clickhouse_names(&spec->suite, &spec->arena);
	if (afd_masker_new(&spec->masker, &spec->suite.policy, &spec->suite.words, &key, &err) != 0)
		fail_msg("%s", err.text);
}

static inline void spec_free(struct spec *spec)
{
	afd_masker_free(spec->masker);
	afd_arena_free(&spec->arena);
}

static inline const struct afd_model_test *spec_test(const struct spec *spec, const char *id)
{
	for (size_t i = 0; i < spec->model.tests.count; i++)
		if (strcmp(spec->model.tests.rows[i].id, id) == 0)
			return &spec->model.tests.rows[i];
	fail_msg("there is no test %s", id);
	return NULL;
}

static inline void spec_drop_tables(const struct spec *spec, struct afd_clickhouse *client)
{
	for (size_t i = 0; i < spec->suite.watch.count; i++) {
		char sql[200];
		snprintf(sql, sizeof sql, "DROP TABLE IF EXISTS %s", spec->suite.watch.rows[i].table);
		engine_execute(client, sql);
	}
}

/* On the tables of the SQL file, which are made where they are not there. */
static inline struct afd_lander *spec_open_at(const struct spec *spec, struct afd_clickhouse *client,
											  long long started)
{
	struct afd_lander_options options = { &spec->suite, client, started, true };
	struct afd_lander *lander;
	struct afd_error err = { 0 };
	if (afd_lander_open(&lander, &options, &err) != 0)
		fail_msg("%s", err.text);
	return lander;
}

/* On empty tables. */
static inline struct afd_lander *spec_open(const struct spec *spec, struct afd_clickhouse *client)
{
	spec_drop_tables(spec, client);
	return spec_open_at(spec, client, SPEC_STARTED);
}

/* A case whose test lands in that table. `answers` of raw JSON end with NULL; the account is to be ended. */
static inline struct afd_landing_case spec_land(const struct spec *spec, struct afd_lander *lander,
												const char *table, const char *const *answers)
{
	static const struct afd_landing_variable event = { "EVENT_ID", { "\"33\"", 4 } };
	const struct afd_name name = { 1, table };
	const struct afd_test test = { .lands_in = { &name, 1 } };
	struct afd_landing_case landing;
	struct afd_arena arena = { NULL };
	struct afd_error err = { 0 };
	assert_int_equal(
		afd_landing_begin(&landing, lander, &test, (struct afd_landing_variables){ &event, 1 }, &err), 0);
	assert_int_equal(landing.count, 1);
	for (size_t i = 0; answers[i]; i++) {
		struct afd_json json;
		struct afd_json_error error;
		if (!afd_json_parse(afd_span_of(answers[i]), &json, &error))
			fail_msg("%s: %s", answers[i], error.text);
		struct afd_masked masked = afd_mask_json(spec->masker, &json, 0, &arena);
		if (afd_landing_page(&landing, masked, &err) != 0)
			fail_msg("%s", err.text);
		afd_json_free(&json);
	}
	afd_arena_free(&arena);
	return landing;
}

#define LAND(spec, lander, table, ...)                                                                       \
	spec_land(spec, lander, table, (const char *const[]){ __VA_ARGS__, NULL })

#endif
