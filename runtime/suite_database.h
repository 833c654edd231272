/* SPDX-License-Identifier: MIT
 * The watched tables of a run: the engine, the client, and what was counted last. Whatever ClickHouse does
 * not do is kept as the run's problem: the tables are lost from then on, and no call here fails for it. */
#ifndef AFFIDAVIT_SUITE_DATABASE_H
#define AFFIDAVIT_SUITE_DATABASE_H

#include "clickhouse_embedded.h"
#include "evidence.h"
#include "landing.h"
#include "snapshot.h"

struct afd_run;

struct afd_database {
	enum afd_tables_state state;
	struct afd_embedded *embedded; /* NULL: a server, or none */
	struct afd_clickhouse *client;
	struct afd_lander *lander;
	struct afd_snapshot now;  /* counted last */
	struct afd_error problem; /* why the tables were lost */
	struct afd_arena arena;   /* of the names */
	size_t max_pages;         /* of one list */
	size_t checks;            /* comparisons of answers with rows */
	size_t rows;              /* that landed */
};

/* Starts the embedded engine where one is asked for, and does not wait for it. Exit 2 for a wrong option. */
AFD_CHECKED int afd_database_begin(struct afd_run *run, struct afd_error *err);
/* Connects, makes or checks the tables, counts them. `started` in seconds since 1970. Exit 4: the tables hold
 * rows under another key, or the SQL file says what is not accepted; exit 2: the spec's landings can't be
 * compiled. */
AFD_CHECKED int afd_database_connect(struct afd_run *run, long long started, struct afd_error *err);
void afd_database_free(struct afd_database *database);

/* What line 0 says of it. */
struct afd_database_line afd_database_line(struct afd_run *run);
/* The counts as rows of the evidence; NULL where there is no snapshot. */
const struct afd_table_line *afd_database_rows(const struct afd_snapshot *snapshot, struct afd_arena *arena);
/* Writes a snapshot of what was counted last. */
AFD_CHECKED int afd_database_record(struct afd_run *run, const char *moment, struct afd_error *err);

/* The tables are lost: says so on the terminal and in the evidence. `moment` as in afd_evidence_lost. */
AFD_CHECKED int afd_database_lose(struct afd_run *run, const char *moment, const struct afd_error *problem,
								  struct afd_error *err);
/* Counts again, into `now`; what was counted before goes to *before, which the caller frees. Not 0: *problem
 * says why not, and nothing has changed. */
AFD_CHECKED int afd_database_look(struct afd_run *run, struct afd_snapshot *before,
								  struct afd_error *problem);

#endif
