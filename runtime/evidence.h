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
	bool ready;
};

/* One exchange that was tried. */
struct afd_attempt {
	long http_status;          /* -1: no answer */
	long long latency_us;      /* -1: no answer */
	struct afd_masked failure; /* data NULL: none */
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
	struct afd_masked artifact, notes;
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
/* `moment`: "baseline", "final". */
AFD_CHECKED int afd_evidence_snapshot(struct afd_evidence *evidence, const char *moment,
									  struct afd_error *err);
AFD_CHECKED int afd_evidence_started(struct afd_evidence *evidence, const struct afd_case_line *line,
									 bool sync, struct afd_error *err);
AFD_CHECKED int afd_evidence_result(struct afd_evidence *evidence, const struct afd_case_line *line,
									bool sync, struct afd_error *err);
AFD_CHECKED int afd_evidence_end(struct afd_evidence *evidence, const struct afd_end_line *end,
								 struct afd_error *err);

/* True where what an expectation met says no more than the status and code that stand beside it. */
bool afd_got_repeats(const char *got);

/* "2026-11-22T20:15:00.123456Z" (RFC 3339, UTC). */
enum { AFD_TIMESTAMP = 32 };
void afd_timestamp(struct timespec clock, char text[AFD_TIMESTAMP]);

#endif
