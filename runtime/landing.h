/* SPDX-License-Identifier: MIT
 * Landing: the records of masked answers become rows of ClickHouse tables, by the landings of the spec. How a
 * run uses it:
 *
 *   afd_lander_open        once, before the first request: makes or checks the tables, compiles the landings
 *   afd_landing_begin      per case whose test lands somewhere
 *   afd_landing_page       per answer of it: the first, and each further page (landing_pages.h). Only answers
 * with a status 2xx and without an error envelope may be given, judged on the raw answer afd_reconcile_case
 * with the snapshots around the case (reconcile.h) afd_landing_end        frees the case's account
 *   afd_facts_derive ...   after the cases (facts.h)
 *   afd_lander_close
 *
 * See specs/README.md for what the types under As make of values. Knows nothing of evidence and reports. */
#ifndef AFFIDAVIT_LANDING_H
#define AFFIDAVIT_LANDING_H

#include "clickhouse.h"
#include "mask.h"

/* Why a record becomes no row. */
enum afd_skip {
	AFD_SKIP_NONE,
	AFD_SKIP_CONDITION, /* the landing's condition is not met */
	AFD_SKIP_KEY,       /* the first column of the key is empty: it is the one that names the record */
	AFD_SKIP_TIME,      /* no time where the column takes no NULL */
	AFD_SKIP_TYPE,      /* a value that is not what its column is made of */
	AFD_SKIP_RANGE,     /* a number that its column or 38 digits can't hold */
	AFD_SKIP_PAIR,      /* values to be multiplied that are no pairs */
	AFD_SKIP_BOUND,     /* a row over 16 MiB, or a path over its bound of work */
	AFD_SKIPS
};
/* "the condition is not met"; for reports and the evidence. */
const char *afd_skip_text(enum afd_skip skip);

/* What became of one case's records in one table, over all pages of its answer. Always
 * answered = eligible + the sum of skipped; eligible = rows + duplicates. */
struct afd_landed {
	const struct afd_landing *landing; /* of the suite; borrowed */
	size_t pages;                      /* answers that were looked at */
	size_t answered;                   /* records that the landing's path selected */
	size_t skipped[AFD_SKIPS];         /* by reason */
	unsigned skipped_line[AFD_SKIPS];  /* of the spec: the row that the first one was skipped for */
	size_t eligible;
	size_t duplicates; /* eligible, but of a key that this case has landed already */
	size_t conflicts;  /* of the duplicates: with another content than the row that landed */
	size_t rows;       /* sent to ClickHouse */
	size_t fresh;      /* of the rows: of a key that the table did not hold before */
	size_t confirmed; /* of the rows: found in the table afterwards, with this run's version or a newer one */
	struct afd_landing_keys *keys;
};

/* The value that a variable of the request had, for `{EVENT_ID}` under From: a JSON scalar. What does not
 * come from the spec must have been masked. See afd_landing_variables. */
struct afd_landing_variable {
	const char *name;
	struct afd_masked value;
};
struct afd_landing_variables {
	const struct afd_landing_variable *rows;
	size_t count;
};

struct afd_lander_options {
	const struct afd_suite *suite;
	struct afd_clickhouse *client; /* borrowed; its names are afd_clickhouse_names of the suite */
	long long started;             /* the run's start in seconds since 1970: its version, and its time */
	bool create_tables; /* run the CREATE statements of the suite's SQL file: embedded, or --create-tables */
};

struct afd_lander; /* owned; closed with afd_lander_close */

/* Exit 4: the SQL file holds a statement that is not accepted. Exit 3: tables or columns are missing, or
 * don't fit what lands in them; the message lists them. Exit 2: a landing that can't be compiled. */
AFD_CHECKED int afd_lander_open(struct afd_lander **lander, const struct afd_lander_options *options,
								struct afd_error *err);
void afd_lander_close(struct afd_lander *lander);

/* One case while it lands: a row for each landing of the tables in test->lands_in. */
struct afd_landing_case {
	struct afd_lander *lander;
	struct afd_landing_variables variables; /* borrowed until afd_landing_end */
	struct afd_landed *rows;
	size_t count; /* 0 where the test lands nowhere */
};
AFD_CHECKED int afd_landing_begin(struct afd_landing_case *landing, struct afd_lander *lander,
								  const struct afd_test *test, struct afd_landing_variables variables,
								  struct afd_error *err);
/* Lands what afd_mask_json made of an answer. Exit 3 where ClickHouse fails; what the account then says of
 * this page is not complete. */
AFD_CHECKED int afd_landing_page(struct afd_landing_case *landing, struct afd_masked answer,
								 struct afd_error *err);
void afd_landing_end(struct afd_landing_case *landing);

#endif
