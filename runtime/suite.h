/* SPDX-License-Identifier: MIT
 * One run of a suite: what its stages share, and the stages in their order. CMocka is not known here:
 * main_cmocka.c calls a stage per case. */
#ifndef AFFIDAVIT_SUITE_H
#define AFFIDAVIT_SUITE_H

#include "affidavit/case.h"
#include "bundle.h"
#include "evidence.h"
#include "guard.h"
#include "http.h"
#include "mask.h"
#include "options.h"
#include "suite_database.h"
#include "vars.h"

#include <stdio.h>

/* A case that the options select. */
struct afd_selected {
	const struct afd_test *test;
	const struct afd_case *it;
	size_t index; /* of the test in the suite */
};

/* Where requests go: one row for each base and each other origin that is used. */
struct afd_destinations {
	struct afd_target *rows;
	size_t count;
	struct afd_masked sentence; /* of a rehearsal; data NULL: it is none */
	bool ready;                 /* all that are used can be reached */
};

struct afd_run {
	const struct afd_suite *suite;
	const struct afd_options *options;
	FILE *out, *errors;     /* the terminal; borrowed */
	bool color;             /* of errors */
	struct afd_arena arena; /* lives as long as the run */
	struct afd_selected *selected;
	size_t count;
	size_t cases;     /* of the whole spec */
	size_t setups;    /* tests of the suite that are setups */
	size_t *passed;   /* per test of the suite: cases that passed */
	size_t *executed; /* per test of the suite: cases with an answer */
	struct afd_guard guard;
	struct afd_vars vars;
	struct afd_secrets secrets;
	struct afd_key key;
	struct afd_masker *masker;
	struct afd_http *http;
	struct afd_destinations destinations;
	struct afd_database database;
	struct timespec clock; /* CLOCK_REALTIME at the start */
	struct afd_bundle bundle;
	struct afd_evidence evidence;
	struct afd_tally tally;
	size_t artifacts;
	long long began_us;       /* CLOCK_MONOTONIC */
	bool stopped;             /* by --fail-fast: the rest is blocked */
	bool interrupted;         /* by a signal: the rest is blocked */
	struct afd_error failure; /* what ended the run; code AFD_EXIT_OK: nothing */
};

/* What is left of a case for whoever asked for it. */
struct afd_case_end {
	struct afd_outcome outcome;
	unsigned line; /* of the spec: of the first expectation that did not hold, else of the case */
};

/* Selects cases, checks the suite and the options that need no secret. Free with afd_run_free, also after a
 * failure. */
AFD_CHECKED int afd_run_init(struct afd_run *run, const struct afd_suite *suite,
							 const struct afd_options *options, FILE *out, FILE *err_out,
							 struct afd_error *err);
void afd_run_free(struct afd_run *run);
/* Secrets, key, destinations, bundle, line 0, baseline: everything that comes before the first request. */
AFD_CHECKED int afd_run_start(struct afd_run *run, struct afd_error *err);
/* One case, from intent to result. Not 0: the run cannot go on (an I/O error), and run->failure says so. */
AFD_CHECKED int afd_run_case(struct afd_run *run, size_t selected, struct afd_case_end *end);
/* Final snapshot, last line, reports, seal, final names, and the account on the terminal. *code gets the
 * run's. */
AFD_CHECKED int afd_run_finish(struct afd_run *run, enum afd_exit *code, struct afd_error *err);

/* --list and --plan. */
void afd_run_list(const struct afd_run *run);
AFD_CHECKED int afd_run_plan(struct afd_run *run, struct afd_error *err);

/* The parts
 * -------------------------------------------------------------------------------------------------- */

/* suite_select.c: fills run->selected. Nothing selected, or an unknown id, is exit 2. */
AFD_CHECKED int afd_select_cases(struct afd_run *run, struct afd_error *err);

/* suite_target.c: fills run->destinations; connects where `connect` is true. */
AFD_CHECKED int afd_find_destinations(struct afd_run *run, bool connect, struct afd_error *err);
/* The destination of a final URL, or NULL. */
const struct afd_target *afd_destination_of(const struct afd_run *run, struct afd_span url, const char *base);
/* The name of the base that the spec's URL belongs to; NULL where it belongs to none. */
const char *afd_base_of(const struct afd_suite *suite, struct afd_span url);

/* suite_machine.c */
void afd_machine_read(struct afd_machine *machine);

/* CLOCK_MONOTONIC, in microseconds. */
long long afd_clock_us(void);
/* True where a signal asks the run to end; signals are blocked while it lasts. */
bool afd_signal_came(void);

/* suite_close.c: facts, the row of the run, the final snapshot and what must add up, where tables are
 * watched. Not 0: the evidence can't be written. */
AFD_CHECKED int afd_close_tables(struct afd_run *run, struct afd_error *err);

/* suite_secrets.c: the secrets that the selected cases use, in the order of the suite; first the `*required`
 * ones that no answer gives. */
struct afd_words afd_secrets_used(struct afd_run *run, size_t *required);
/* suite_request.c: the test whose answer gives the value of that name; NULL: none keeps it. */
const struct afd_test *afd_keeper_of(const struct afd_suite *suite, const char *name);

#endif
