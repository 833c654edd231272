/* SPDX-License-Identifier: MIT
 * The tables at the end of a run: facts, the row of the run, the last counts, and what must add up. Every
 * step that ClickHouse fails in is the last one. */
#include "suite.h"

#include "facts.h"
#include "landing_tables.h"
#include "reconcile.h"

#include <string.h>
#include <time.h>

/* The end on its way. */
struct closing {
	struct afd_run *run;
	struct afd_arena arena;
	struct afd_reconciliation found;
	const char *moment;
	bool derived;
};

static int count_again(struct closing *closing, struct afd_error *problem)
{
	struct afd_snapshot before = { NULL, 0 };
	int rc = afd_database_look(closing->run, &before, problem);
	afd_snapshot_free(&before);
	return rc;
}

/* Facts
 * ---------------------------------------------------------------------------------------------------------
 */

/* Each watched table that a statement of the SQL file fills. */
static int list_filled(struct closing *closing, struct afd_derive_line *line, struct afd_error *problem)
{
	const struct afd_suite *suite = closing->run->suite;
	struct afd_sql_file file = { afd_sql_text(suite, &closing->arena), 0, 1 };
	struct afd_sql_statement statement;
	const char **names = afd_arena_array(&closing->arena, suite->watch.count + 1, sizeof *names);
	int rc = afd_tables_statement(&file, suite, &statement, problem);
	while (rc == 0 && statement.text.size > 0) {
		for (size_t i = 0; i < suite->watch.count && statement.kind == AFD_SQL_INSERT; i++) {
			const char *name = suite->watch.rows[i].table;
			bool last = line->table_count > 0 && strcmp(names[line->table_count - 1], name) == 0;
			if (afd_span_is(statement.table, name) && !last && line->table_count < suite->watch.count)
				names[line->table_count++] = name;
		}
		rc = afd_tables_statement(&file, suite, &statement, problem);
	}
	line->tables = names;
	return rc;
}

static int derive(struct closing *closing, struct afd_error *problem, struct afd_error *err)
{
	struct afd_run *run = closing->run;
	struct afd_clickhouse *client = run->database.client;
	struct afd_derive_line line = {
		.run = (run->database.embedded || run->options->create_tables) && run->suite->sql.count > 0,
		.sql_sha256 = run->suite->sql_sha256,
	};
	int rc = line.run ? afd_facts_derive(client, run->suite, &line.statements, problem) : 0;
	if (rc == 0 && line.run)
		rc = list_filled(closing, &line, problem);
	if (rc == 0 && line.run)
		rc = afd_reconcile_facts(&closing->found, client, run->suite, problem);
	return rc ? rc : afd_evidence_derive(&run->evidence, &line, err);
}

/* The row of the run
 * -------------------------------------------------------------------------------------------- */

static bool has_runs(const struct afd_suite *suite)
{
	for (size_t i = 0; i < suite->watch.count; i++)
		if (strcmp(suite->watch.rows[i].table, AFD_RUNS_TABLE) == 0)
			return true;
	return false;
}

static void add_count(struct closing *closing, struct afd_run_row *row, struct afd_run_count **counts,
					  const char *name, unsigned long long value)
{
	struct afd_run_count *count = afd_arena_push(&closing->arena, counts, &row->count, sizeof **counts);
	*count = (struct afd_run_count){ name, value };
	row->counts = *counts;
}

static void add_counts(struct closing *closing, struct afd_run_row *row)
{
	const struct afd_run *run = closing->run;
	const struct afd_tally *tally = &run->tally;
	struct afd_run_count *counts = NULL;
	add_count(closing, row, &counts, "cases", tally->cases);
	add_count(closing, row, &counts, "cases_executed", tally->executed);
	for (size_t v = AFD_VERDICT_PASS; v <= AFD_VERDICT_BLOCKED; v++)
		add_count(closing, row, &counts, afd_verdict_word((enum afd_verdict)v), tally->by_verdict[v]);
	add_count(closing, row, &counts, "mismatches", closing->found.count);
	for (size_t i = 0; i < run->database.now.count; i++)
		add_count(closing, row, &counts, run->database.now.rows[i].table, run->database.now.rows[i].final);
}

static int write_run(struct closing *closing, struct afd_error *problem, struct afd_error *err)
{
	struct afd_run *run = closing->run;
	const struct afd_tally *tally = &run->tally;
	bool bad = tally->by_verdict[AFD_VERDICT_FAIL] > 0 || tally->by_verdict[AFD_VERDICT_ERROR] > 0;
	struct afd_run_row row = {
		.job = run->suite->name,
		.started = run->clock.tv_sec,
		.finished = time(NULL),
		.status = bad || closing->found.count > 0 ? "error" : "ok",
		.rows = run->database.rows,
		.message = afd_arena_printf(&closing->arena, "%zu of %zu cases executed, %zu passed", tally->executed,
									tally->cases, tally->by_verdict[AFD_VERDICT_PASS]),
		.key_id = run->key.id,
	};
	add_counts(closing, &row);
	int rc = afd_uuid_make(row.run_id, problem);
	if (rc == 0)
		rc = afd_facts_write_run(run->database.client, run->suite, &row, problem);
	if (rc != 0)
		return rc;
	struct afd_job_line line = { AFD_RUNS_TABLE, row.run_id, row.status, row.message, row.rows };
	return afd_evidence_job(&run->evidence, &line, err);
}

/* The end
 * ------------------------------------------------------------------------------------------------------- */

static int write_reconciliation(struct closing *closing, struct afd_error *err)
{
	struct afd_run *run = closing->run;
	const struct afd_reconciliation *found = &closing->found;
	struct afd_mismatch_line *lines = afd_arena_array(&closing->arena, found->count + 1, sizeof *lines);
	for (size_t i = 0; i < found->count; i++)
		lines[i] =
			(struct afd_mismatch_line){ found->rows[i].table, found->rows[i].line, found->rows[i].text };
	run->tally.mismatches = found->count;
	return afd_evidence_reconcile(&run->evidence, run->database.checks + found->checks, lines, found->count,
								  err);
}

/* Not 0 with err: the evidence can't be written; with problem: the tables are lost. */
static int close_tables(struct closing *closing, struct afd_error *problem, struct afd_error *err)
{
	struct afd_run *run = closing->run;
	closing->moment = "derive";
	int rc = derive(closing, problem, err);
	if (rc == 0)
		rc = count_again(closing, problem);
	if (rc == 0 && has_runs(run->suite))
		rc = write_run(closing, problem, err);
	closing->moment = "final";
	if (rc == 0)
		rc = count_again(closing, problem);
	if (rc == 0)
		rc = afd_reconcile_keys(&closing->found, run->database.client, run->suite, &run->database.now,
								problem);
	return rc;
}

int afd_close_tables(struct afd_run *run, struct afd_error *err)
{
	struct closing closing = { .run = run };
	struct afd_error problem = { 0 };
	closing.found.arena = &closing.arena;
	int rc = 0;
	if (run->database.state == AFD_TABLES_WATCHED)
		rc = close_tables(&closing, &problem, err);
	if (problem.code != AFD_EXIT_OK)
		rc = afd_database_lose(run, closing.moment, &problem, err);
	if (rc == 0)
		rc = afd_database_record(run, "final", err);
	if (rc == 0 && run->database.state != AFD_TABLES_NOT_WATCHED)
		rc = write_reconciliation(&closing, err);
	afd_arena_free(&closing.arena);
	return rc;
}
