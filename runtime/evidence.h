/* SPDX-License-Identifier: MIT
 * The evidence log: JSON lines, each carrying the SHA-256 of the one before, so that a line cannot be
 * changed, left out, added or moved without breaking what follows. Takes only masked text, words of the spec
 * and our own. */
#ifndef AFFIDAVIT_EVIDENCE_H
#define AFFIDAVIT_EVIDENCE_H

#include "affidavit/case.h"
#include "base/file.h"
#include "base/hash.h"
#include "mask.h"
#include "verdict.h"

#include <time.h>

/* The forms of the log and of the reports that are made from it; both stand in the evidence. */
enum { AFD_EVIDENCE_SCHEMA = 1, AFD_REPORT_VERSION = 1 };

/* An open log, one writer. Closed with afd_evidence_close. */
struct afd_evidence {
	struct afd_log log;
	size_t count;                  /* lines so far; the next one's seq */
	char last[AFD_SHA256_HEX + 1]; /* digest of the last line, without its newline */
};

/* Where requests of one base go. */
struct afd_target {
	const char *name;            /* of the base: "default", "partners-api"; NULL: no base */
	struct afd_masked url;       /* the spec's; of a replaced one only scheme://host:port */
	struct afd_masked origin;    /* scheme://host:port that requests go to */
	struct afd_masked host;      /* its host */
	struct afd_masked spec_host; /* the host that the spec names */
	bool replaced;
	bool used;        /* by a case of this run */
	bool reachable;   /* a connection was made before the first request */
	const char *peer; /* "loopback", "private", "public"; NULL: not connected */
};

/* A variable of the environment: that it is there, never what it holds. */
struct afd_present {
	const char *prefix, *name; /* "AFFIDAVIT_SECRET_", "TOKEN" */
	bool present;
};

/* A watched table at one moment, or before and after something. */
struct afd_table_line {
	const char *table;
	unsigned long long final, raw;      /* rows: with FINAL, stored */
	const char *max_version, *max_time; /* "": none */
};
/* What is known of the watched tables: the words of the log, and a row for each in their order. */
enum afd_tables_state { AFD_TABLES_NOT_WATCHED, AFD_TABLES_WATCHED, AFD_TABLES_LOST };
struct afd_tables_line {
	enum afd_tables_state state;
	const struct afd_table_line *before, *after; /* NULL: not known */
	size_t count;
};

/* The database whose tables are watched. */
struct afd_database_line {
	enum afd_tables_state state;
	const char *engine;      /* "embedded", "server"; NULL: none */
	struct afd_masked where; /* scheme://host:port of a server; data NULL: none to tell */
	const char *version, *database;
	bool create_tables;
	size_t max_pages; /* of one list */
};

/* The machine and the checkout. */
struct afd_machine {
	char commit[65]; /* "unknown" where it cannot be read */
	char os[128], kernel[128];
	long cpu_cores, ram_gb;
};

/* Line 0. */
struct afd_run_line {
	const struct afd_suite *suite;
	const char *run_id, *key_id, *policy_sha256;
	struct timespec clock;       /* CLOCK_REALTIME at the start: the clock of the bundle */
	size_t plan;                 /* cases that this run selects */
	size_t cases;                /* cases of the spec */
	struct afd_masked rehearsal; /* the sentence; data NULL: not a rehearsal */
	bool writes;                 /* writes are allowed */
	const struct afd_target *targets;
	size_t target_count;
	const struct afd_present *environment;
	size_t environment_count;
	const struct afd_machine *machine;
	struct afd_database_line clickhouse;
	bool ready;
};

/* One exchange that was tried. */
struct afd_attempt {
	long http_status;          /* -1: no answer */
	long long latency_us;      /* -1: no answer */
	struct afd_masked failure; /* data NULL: none */
};

/* A page of a list after the first. */
struct afd_page_line {
	size_t number;
	long http_status;     /* -1: no answer */
	long long latency_us; /* -1: no answer */
	long records;         /* -1: none */
	const char *problem;  /* why it ended the list; NULL: it did not */
};

/* Why records were left out. */
struct afd_skipped_line {
	const char *reason;
	size_t count;
};
/* What became of a case's records in one table. */
struct afd_landed_line {
	const char *table;
	size_t pages, answered, eligible, duplicates, conflicts, rows, fresh, confirmed;
	const struct afd_skipped_line *skipped;
	size_t skipped_count;
};

/* An expectation as it was judged. */
struct afd_judged_line {
	const struct afd_expectation *expectation;
	bool judged, held;
	unsigned alternative; /* the one that held, from 1; 0: none */
	struct afd_masked got;
};

/* Both lines of a case. `started` takes the first group only. */
struct afd_case_line {
	const struct afd_test *test;
	const struct afd_case *it;
	struct afd_masked endpoint;       /* METHOD path; values from outside the spec stay {NAME} */
	const char *api;                  /* name of the base; NULL where there is none */
	struct afd_masked sent_body_hmac; /* data NULL: exactly the spec's body, or none */

	struct afd_outcome outcome;
	long http_status;             /* -1: null */
	long long latency_us;         /* -1: null */
	long records;                 /* -1: null */
	struct afd_masked error_code; /* as JSON; data NULL: null */
	const struct afd_judged_line *expectations;
	size_t expectation_count;
	const struct afd_attempt *attempts;
	size_t attempt_count;
	struct afd_tables_line tables; /* `started` takes its state and `before` */
	const struct afd_page_line *pages;
	size_t page_count;
	long long total; /* of the list, as its answer says; -1: null */
	const struct afd_landed_line *landed;
	size_t landed_count;
	struct afd_masked artifact, notes;
};

/* The facts, as they were derived. */
struct afd_derive_line {
	bool run; /* false: the SQL file may not be run on this database */
	size_t statements;
	const char *const *tables; /* that they fill, in their order, each once */
	size_t table_count;
	const char *sql_sha256; /* NULL: the suite has no SQL file */
};
/* The row of the run among the rows of runs. */
struct afd_job_line {
	const char *table, *run_id, *status, *message;
	size_t rows; /* that landed */
};
/* Something that does not add up. */
struct afd_mismatch_line {
	const char *table;
	unsigned line; /* of the spec; 0: none */
	struct afd_masked text;
};

/* The last line. */
struct afd_end_line {
	const struct afd_tally *tally;
	size_t tests_executed, artifacts;
	const char *verdict;
	enum afd_exit exit_code;
	bool interrupted;
	long long duration_us;
	struct afd_mask_counts masking;
};

/* Fails (3) where the file exists. */
AFD_CHECKED int afd_evidence_open(struct afd_evidence *evidence, const char *path, struct afd_error *err);
void afd_evidence_close(struct afd_evidence *evidence);

/* Each appends one line by one write. `sync` puts it on disk before returning: for the intent and outcome of
 * writes. */
AFD_CHECKED int afd_evidence_run(struct afd_evidence *evidence, const struct afd_run_line *run,
								 struct afd_error *err);
/* `moment`: "baseline", "final". Takes `after` of the tables. */
AFD_CHECKED int afd_evidence_snapshot(struct afd_evidence *evidence, const char *moment,
									  const struct afd_tables_line *tables, struct afd_error *err);
/* The tables were lost; `moment`: "baseline", the id of a case, "derive", "final". */
AFD_CHECKED int afd_evidence_lost(struct afd_evidence *evidence, const char *moment,
								  struct afd_masked problem, struct afd_error *err);
AFD_CHECKED int afd_evidence_started(struct afd_evidence *evidence, const struct afd_case_line *line,
									 bool sync, struct afd_error *err);
AFD_CHECKED int afd_evidence_result(struct afd_evidence *evidence, const struct afd_case_line *line,
									bool sync, struct afd_error *err);
AFD_CHECKED int afd_evidence_derive(struct afd_evidence *evidence, const struct afd_derive_line *line,
									struct afd_error *err);
AFD_CHECKED int afd_evidence_job(struct afd_evidence *evidence, const struct afd_job_line *line,
								 struct afd_error *err);
/* `checks`: comparisons that were made in the whole run. */
AFD_CHECKED int afd_evidence_reconcile(struct afd_evidence *evidence, size_t checks,
									   const struct afd_mismatch_line *mismatches, size_t count,
									   struct afd_error *err);
AFD_CHECKED int afd_evidence_end(struct afd_evidence *evidence, const struct afd_end_line *end,
								 struct afd_error *err);

/* True where what an expectation met says no more than the status and code that stand beside it. */
bool afd_got_repeats(const char *got);

/* "2026-11-22T20:15:00.123456Z" (RFC 3339, UTC). */
enum { AFD_TIMESTAMP = 32 };
void afd_timestamp(struct timespec clock, char text[AFD_TIMESTAMP]);

#endif
