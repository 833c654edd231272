/* SPDX-License-Identifier: MIT
 * Judging a raw answer by a test's expectations. Nothing here writes: findings name nodes of the answer,
 * which only the masker may describe. */
#ifndef AFFIDAVIT_EXPECT_H
#define AFFIDAVIT_EXPECT_H

#include "affidavit/case.h"
#include "http.h"
#include "json.h"
#include "vars.h"

/* What was there instead. Holds no text of the answer. */
struct afd_got {
	enum afd_got_kind {
		AFD_GOT_NOTHING,  /* no node, no field, no code */
		AFD_GOT_STATUS,   /* number */
		AFD_GOT_NUMBER,   /* number, and unit: count of nodes, bytes, milliseconds, days */
		AFD_GOT_NODE,     /* node of the answer's tape: the masker may describe it */
		AFD_GOT_NODES,    /* number of nodes; node is the first */
		AFD_GOT_FIELD,    /* a response field is there, its value is not shown */
		AFD_GOT_MEDIA,    /* the media type of the answer */
		AFD_GOT_NOT_JSON, /* json_error of the answer */
		AFD_GOT_WORD      /* word: a static text */
	} kind;
	long long number;
	const char *unit; /* static: "bytes", "ms", "records", "days", "" */
	uint32_t node;
	const char *word;
};

struct afd_finding {
	unsigned short expectation; /* index in the test's expectations */
	bool held;
	unsigned short alternative; /* the one that held, from 1; 0: none */
	unsigned short term;        /* index of the first term that did not hold, where not held */
	struct afd_got got;
};

/* Everything that a judgement looks at. All borrowed. */
struct afd_judged {
	const struct afd_test *test;
	const struct afd_answer *answer;
	const struct afd_json *json;             /* NULL where the body is not JSON */
	const struct afd_json_error *json_error; /* where json is NULL */
	struct afd_span request_body;
	struct afd_span url; /* the one that was requested; size 0: not known */
	/* Expected values name variables as bodies do. NULL: they stand as they are written. */
	const struct afd_vars *vars;
	const struct afd_case *it;
	long long now; /* seconds since 1970-01-01T00:00:00Z, for days until and days since; 0: the clock's */
};

/* Judges all expectations of the test but those on deltas; `findings` has room for one each and is filled in
 * their order (the findings of delta expectations are left with alternative 0 and held false). False where a
 * term could not be evaluated within its bounds, or says what cannot be evaluated at all (a malformed path,
 * pattern or example, a variable without a value): no verdict. A term holds where its predicate holds for
 * every node that its path selects, or every field of its name, and there is at least one; a negated term
 * where it holds for none of them, and there is at least one. Of nothing only "does not exist" and a count
 * hold. Alternatives are tried in their order up to the first that holds; where none does, the finding tells
 * of the first term that failed. */
AFD_CHECKED bool afd_expect_judge(const struct afd_judged *judged, struct afd_finding *findings);

/* The value that a keep names, as text: a list, an object and null are none. False: it is not there. `judged`
 * needs the answer and its JSON only. */
AFD_CHECKED bool afd_expect_value_of(const struct afd_judged *judged, const struct afd_keep *keep,
									 struct afd_text *value);

/* Nodes that the answer's envelope is known by. */
uint32_t afd_answer_code(const struct afd_json *json); /* a string or number; AFD_JSON_NONE: none */
uint32_t afd_answer_message(const struct afd_json *json);
bool afd_answer_has_error(const struct afd_json *json);
/* The array of records ($.data, $.result, or a bare array); an object there is one record. Returns -1 where
 * the answer has no records, else their number; *node is the array or object. */
long afd_answer_records(const struct afd_json *json, uint32_t *node);

#endif
