/* SPDX-License-Identifier: MIT
 * What follows from the landed rows: the facts, by the suite's SQL file, and the row of the run. How a run
 * uses it:
 *
 *   afd_facts_check_key    before the first request: whose rows does the database hold
 *   afd_facts_derive       after the cases; only where the SQL file may be run (embedded, or --create-tables)
 *   afd_reconcile_facts    facts against staging (reconcile.h)
 *   afd_facts_write_run    last, before the final snapshot
 */
#ifndef AFFIDAVIT_FACTS_H
#define AFFIDAVIT_FACTS_H

#include "clickhouse.h"

/* The watched table of runs. A suite that does not watch it has none. */
#define AFD_RUNS_TABLE "meta_job_runs"

/* Exit 4 where the runs of the database say another key id than this one: its pseudonyms are not equal to
 * ours, so that rows of one person would stand beside each other as two. A table of runs that isn't there, or
 * says nothing, is fine. */
AFD_CHECKED int afd_facts_check_key(struct afd_clickhouse *client, const struct afd_suite *suite,
									const char *key_id, struct afd_error *err);

/* Runs each INSERT ... SELECT of the suite's SQL file, in its order, one request each; exit 4 for a statement
 * that is not accepted (landing_tables.h), before any is run. `*statements` gets how many there were. */
AFD_CHECKED int afd_facts_derive(struct afd_clickhouse *client, const struct afd_suite *suite,
								 size_t *statements, struct afd_error *err);

/* 8-4-4-4-12 lower-case hexadecimal digits and NUL. */
enum { AFD_UUID_TEXT = 37 };
/* A random UUID (RFC 9562, version 4). Exit 3 where the system has no random numbers. */
AFD_CHECKED int afd_uuid_make(char text[AFD_UUID_TEXT], struct afd_error *err);

/* The row of a run. All texts are ours or masked. */
struct afd_run_row {
	const char *job; /* the suite */
	char run_id[AFD_UUID_TEXT];
	long long started, finished; /* seconds since 1970 */
	const char *status;          /* "ok", "error" */
	unsigned long long rows;     /* that landed */
	const char *message;         /* one line */
	const char *key_id;
	const struct afd_run_count {
		const char *name;
		unsigned long long value;
	} * counts; /* further members of `metrics`; names are ours */
	size_t count;
};

/* Inserts one row into meta_job_runs, its metrics a JSON object with `key_id` and the counts. Does nothing
 * where the suite does not watch that table. */
AFD_CHECKED int afd_facts_write_run(struct afd_clickhouse *client, const struct afd_suite *suite,
									const struct afd_run_row *row, struct afd_error *err);

#endif
