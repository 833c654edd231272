/* SPDX-License-Identifier: MIT
 * What the evidence says, read back: the only input of the renderers. Every text in it is masked already, or
 * the spec's. */
#ifndef AFFIDAVIT_REPORT_MODEL_H
#define AFFIDAVIT_REPORT_MODEL_H

#include "base/arena.h"
#include "evidence_read.h"
#include "verdict.h"

struct afd_report_expectation {
	unsigned line;
	const char *text, *got; /* got: NULL where it held or was not judged */
	bool by_default, judged, held;
};

/* One case of the inventory, with what the evidence knows of it. */
struct afd_report_case {
	const char *id, *title, *endpoint, *spec_ref;
	const char *expected; /* what the spec states, joined by "; " */
	unsigned line;        /* in the spec */
	bool write;
	bool recorded; /* it has a result; else nothing below holds */
	struct afd_outcome outcome;
	const char *notes, *artifact, *api, *error_code; /* artifact, api, error_code may be NULL */
	const char *changes;        /* "orders +230, clients +95": watched tables whose count changed; "" */
	const struct cJSON *result; /* its line */
	long http_status;           /* -1: no answer */
	long long latency_us;       /* -1: no answer */
	long long records, retries; /* records -1: none */
	bool sent;
	size_t evidence_line; /* of the result, from 1 */
	const struct afd_report_expectation *expectations;
	size_t expectation_count;
};

struct afd_report_latency {
	const char *api;
	size_t count;
	long long average, median, p95, fastest, slowest; /* microseconds */
	const char *fastest_id, *slowest_id;
};

/* A watched table over the whole run. */
struct afd_report_table {
	const char *name;
	long long before, after, raw_before, raw_after; /* rows; -1: not known */
	const char *max_version, *max_time;             /* at the end; "": none */
	const char *sources; /* cases whose records landed in it, "derived", "the row of the run"; "" */
};

/* What a case landed in one table, and whether it adds up. */
struct afd_report_landed {
	const struct afd_report_case *of;
	const char *table;
	long long pages, total, answered, eligible, duplicates, rows, fresh, confirmed; /* total -1: none said */
	long long skipped, delta;
	const char *reasons; /* "70: the condition is not met"; "" */
	bool adds_up;
};

struct afd_report_mismatch {
	const char *table, *text;
	unsigned line; /* of the spec; 0: none */
};

struct afd_report_tables {
	const char *state;             /* "watched", "not watched", "lost" */
	const char *where;             /* "ClickHouse 26.7.2.1, embedded"; "" */
	const char *lost_at, *problem; /* NULL: not lost */
	const char *facts;             /* what is to be said of the derivation; "" */
	struct afd_report_table *rows;
	size_t count;
	struct afd_report_landed *landed;
	size_t landed_count;
	struct afd_report_mismatch *mismatches;
	size_t mismatch_count;
	long long checks;
};

struct afd_report {
	struct afd_arena arena;
	struct cJSON *inventory;
	struct afd_evidence_lines lines;
	const struct cJSON *run, *end; /* first and last line */
	const char *suite, *spec;
	const char *statement; /* line 1 of every report */
	const char *verdict;   /* "REHEARSAL PASSED" */
	struct afd_tally tally;
	struct afd_report_case *cases;
	size_t case_count;
	struct afd_report_latency *latencies;
	size_t latency_count;
	struct afd_report_tables tables;
};

/* `bundle` holds data/. The caller frees with afd_report_free; also after a failure. */
AFD_CHECKED int afd_report_load(struct afd_report *report, const char *bundle, struct afd_error *err);
void afd_report_free(struct afd_report *report);
/* Fills report->latencies from its cases. */
void afd_report_latencies(struct afd_report *report);
/* Fills report->tables from its lines and cases, and what the tally holds of tables. */
void afd_report_read_tables(struct afd_report *report);
/* Whether tables were to be watched. */
bool afd_report_watches(const struct afd_report *report);
/* "watched in ClickHouse 26.7.2.1, embedded"; "lost at 1.4: ..."; "not watched: nothing is said about them"
 */
const char *afd_report_tables_words(const struct afd_report *report, struct afd_arena *arena);

/* What stands in the way of a case that was not executed: the notes, or that it was not selected. */
const char *afd_report_why(const struct afd_report_case *of);
const char *afd_report_remedy(const struct afd_report_case *of);
/* Expectations of a judged case that were left out: on tables, which nobody watched. */
size_t afd_report_unjudged(const struct afd_report_case *of);
/* Whether an answer came. */
bool afd_report_executed(const struct afd_report_case *of);
/* "status 404, code ORDER_NOT_FOUND; nothing there": what an expectation met, after status and code. `got`
 * may be NULL. */
const char *afd_report_met(const struct afd_report_case *of, const char *got, struct afd_arena *arena);
/* The same of the first expectation that did not hold; of a case without an answer why there is none. */
const char *afd_report_got(const struct afd_report_case *of, struct afd_arena *arena);

/* The renderers: each appends its whole document. Running out of room leaves out->failed set. */
void afd_report_md(const struct afd_report *report, struct afd_text *out);
void afd_report_html(const struct afd_report *report, struct afd_text *out);
void afd_report_junit(const struct afd_report *report, struct afd_text *out);
/* clickhouse_counts.csv; nothing where no table was to be watched. */
void afd_report_csv(const struct afd_report *report, struct afd_text *out);
AFD_CHECKED int afd_report_ctrf(const struct afd_report *report, struct afd_text *out, struct afd_error *err);

/* Appends text for XML and HTML, in elements and quoted attributes; what XML 1.0 does not allow becomes
 * U+FFFD. */
void afd_report_escape(struct afd_text *out, const char *text);
/* "12.345" from microseconds. */
void afd_report_milliseconds(struct afd_text *out, long long us);

#endif
