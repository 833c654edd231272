/* SPDX-License-Identifier: MIT */
#include "suite_database.h"

#include "facts.h"
#include "suite.h"
#include "suite_console.h"
#include "url.h"

#include <string.h>

enum { PAGES_MAX = 100 };

static const char embedded_prefix[] = "embedded:";

static const char *option_of(const struct afd_run *run)
{
	const char *option = run->options->clickhouse;
	bool watched = option && strcmp(option, "none") != 0 && run->suite->watch.count > 0;
	return watched ? option : NULL;
}

static bool is_embedded(const char *option)
{
	return strncmp(option, embedded_prefix, strlen(embedded_prefix)) == 0;
}

/* What ClickHouse does not do is kept; the rest is the caller's. */
static int keep_problem(struct afd_database *database, const struct afd_error *problem, struct afd_error *err)
{
	if (problem->code != AFD_EXIT_NO_VERDICT)
		return afd_fail(err, problem->code, "%s", problem->text);
	database->problem = *problem;
	return 0;
}

int afd_database_begin(struct afd_run *run, struct afd_error *err)
{
	struct afd_error problem = { 0 };
	const char *option = option_of(run);
	run->database.max_pages = run->options->max_pages ? (size_t)run->options->max_pages : PAGES_MAX;
	if (!option)
		return 0;
	run->database.state = AFD_TABLES_WATCHED;
	if (!is_embedded(option))
		return 0;
	int rc = afd_embedded_start(&run->database.embedded, option + strlen(embedded_prefix), &problem);
	return rc ? keep_problem(&run->database, &problem, err) : 0;
}

static int open_client(struct afd_run *run, struct afd_error *err)
{
	struct afd_database *database = &run->database;
	struct afd_clickhouse_options options = {
		.url = run->options->clickhouse,
		.names = afd_clickhouse_names(run->suite, &database->arena),
	};
	if (database->embedded) {
		int rc = afd_embedded_wait(database->embedded, err);
		if (rc != 0)
			return rc;
		options.url = afd_embedded_url(database->embedded);
	}
	return afd_clickhouse_open(&database->client, &options, err);
}

static int connect(struct afd_run *run, long long started, struct afd_error *err)
{
	struct afd_database *database = &run->database;
	int rc = open_client(run, err);
	struct afd_lander_options options = {
		.suite = run->suite,
		.client = database->client,
		.started = started,
		.create_tables = database->embedded || run->options->create_tables,
	};
	if (rc == 0)
		rc = afd_facts_check_key(database->client, run->suite, run->key.id, err);
	if (rc == 0)
		rc = afd_lander_open(&database->lander, &options, err);
	return rc ? rc : afd_snapshot_take(database->client, &run->suite->watch, NULL, &database->now, err);
}

int afd_database_connect(struct afd_run *run, long long started, struct afd_error *err)
{
	struct afd_database *database = &run->database;
	struct afd_error problem = { 0 };
	if (database->state != AFD_TABLES_WATCHED || database->problem.code != AFD_EXIT_OK)
		return 0;
	return connect(run, started, &problem) ? keep_problem(database, &problem, err) : 0;
}

void afd_database_free(struct afd_database *database)
{
	afd_snapshot_free(&database->now);
	afd_lander_close(database->lander);
	afd_clickhouse_close(database->client);
	afd_embedded_stop(database->embedded);
	afd_arena_free(&database->arena);
	*database = (struct afd_database){ 0 };
}

/* For the evidence
 * ------------------------------------------------------------------------------------------------ */

/* A path is the machine's own business. */
static struct afd_masked origin_of(const char *url, struct afd_arena *arena)
{
	struct afd_span all = afd_span_of(url);
	struct afd_span authority = afd_url_split(all).authority;
	if (authority.size == 0)
		return (struct afd_masked){ NULL, 0 };
	return afd_public(afd_span_first(all, (size_t)(authority.data - all.data) + authority.size), arena);
}

struct afd_database_line afd_database_line(struct afd_run *run)
{
	const struct afd_database *database = &run->database;
	struct afd_database_line line = {
		.state = database->problem.code == AFD_EXIT_OK ? database->state : AFD_TABLES_LOST,
		.max_pages = database->max_pages,
	};
	const char *option = option_of(run);
	if (!option)
		return line;
	line.engine = is_embedded(option) ? "embedded" : "server";
	line.create_tables = is_embedded(option) || run->options->create_tables;
	if (!is_embedded(option))
		line.where = origin_of(option, &run->arena);
	if (!database->client)
		return line;
	const char *version = afd_clickhouse_version(database->client);
	struct afd_span digits = { version, strspn(version, "0123456789.") };
	line.version = afd_arena_copy(&run->arena, digits);
	line.database = afd_clickhouse_database(database->client);
	return line;
}

const struct afd_table_line *afd_database_rows(const struct afd_snapshot *snapshot, struct afd_arena *arena)
{
	if (snapshot->count == 0)
		return NULL;
	struct afd_table_line *rows = afd_arena_array(arena, snapshot->count, sizeof *rows);
	for (size_t i = 0; i < snapshot->count; i++) {
		const struct afd_counts *counts = &snapshot->rows[i];
		rows[i] =
			(struct afd_table_line){ .table = counts->table, .final = counts->final, .raw = counts->raw };
		rows[i].max_version = afd_arena_copy(arena, afd_span_of(counts->max_version));
		rows[i].max_time = afd_arena_copy(arena, afd_span_of(counts->max_time));
	}
	return rows;
}

int afd_database_record(struct afd_run *run, const char *moment, struct afd_error *err)
{
	const struct afd_database *database = &run->database;
	struct afd_arena arena = { 0 };
	struct afd_tables_line line = { .state = database->state, .count = database->now.count };
	if (database->state == AFD_TABLES_WATCHED)
		line.after = afd_database_rows(&database->now, &arena);
	int rc = afd_evidence_snapshot(&run->evidence, moment, &line, err);
	afd_arena_free(&arena);
	return rc;
}

/* While the run goes on
 * ------------------------------------------------------------------------------------------- */

int afd_database_lose(struct afd_run *run, const char *moment, const struct afd_error *problem,
					  struct afd_error *err)
{
	struct afd_arena arena = { 0 };
	run->database.state = AFD_TABLES_LOST;
	run->database.problem = *problem;
	run->tally.lost = true;
	fflush(run->out);
	bool before = strcmp(moment, "baseline") == 0;
	fputs(before ? "the tables can't be watched: " : "the tables were lost: ", run->errors);
	afd_console_text(run->errors, problem->text);
	fputc('\n', run->errors);
	int rc = afd_evidence_lost(&run->evidence, moment, afd_public(afd_span_of(problem->text), &arena), err);
	afd_arena_free(&arena);
	return rc;
}

int afd_database_look(struct afd_run *run, struct afd_snapshot *before, struct afd_error *problem)
{
	struct afd_database *database = &run->database;
	struct afd_snapshot next;
	int rc = afd_snapshot_take(database->client, &run->suite->watch, &database->now, &next, problem);
	if (rc != 0)
		return rc;
	*before = database->now;
	database->now = next;
	return 0;
}
