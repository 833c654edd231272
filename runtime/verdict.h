/* SPDX-License-Identifier: MIT
 * Verdicts by rule: of a case, of a run, and the exit code that follows. Nothing here is typed by hand into a
 * report. */
#ifndef AFFIDAVIT_VERDICT_H
#define AFFIDAVIT_VERDICT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum afd_verdict {
	AFD_VERDICT_PASS,
	AFD_VERDICT_FAIL,
	AFD_VERDICT_ERROR,  /* no answer that could be judged, or nothing to judge it by */
	AFD_VERDICT_BLOCKED /* not sent */
};

enum afd_reason {
	AFD_REASON_NONE,
	/* of AFD_VERDICT_BLOCKED */
	AFD_REASON_WRITE,       /* writes are held back by default */
	AFD_REASON_VALUE,       /* a variable has no value */
	AFD_REASON_SPEC,        /* the spec's own text stands in the way */
	AFD_REASON_BUDGET,      /* over --max-requests */
	AFD_REASON_NEEDS,       /* a test that must have passed has not */
	AFD_REASON_STOPPED,     /* --fail-fast or a signal */
	AFD_REASON_UNREACHABLE, /* no connection before the first request */
	/* of AFD_VERDICT_ERROR */
	AFD_REASON_TRANSPORT,    /* the exchange broke */
	AFD_REASON_PROTOCOL,     /* the answer breaks HTTP's framing */
	AFD_REASON_NO_ASSERTION, /* the test asserts nothing that can be judged */
	AFD_REASON_BOUNDS,       /* judging went over its bounds */
	AFD_REASON_REFUSED,      /* the request must not be sent as it is */
	/* of both */
	AFD_REASON_DATABASE, /* ClickHouse was lost: what would change in it could not be told */
	AFD_REASONS          /* how many there are */
};

struct afd_outcome {
	enum afd_verdict verdict;
	enum afd_reason reason;
};

/* What is known of an exchange when it is judged. */
struct afd_judgement {
	bool received;       /* a complete, well-framed answer */
	bool violation;      /* not received, by the protocol's fault */
	bool evaluated;      /* every term was evaluated within its bounds */
	bool lost;           /* expectations on tables were not judged, for want of ClickHouse */
	enum afd_reason cut; /* why waiting for a condition ended early; AFD_REASON_NONE: it did not */
	size_t judged;       /* expectations that were judged */
	size_t held;         /* of those */
};
struct afd_outcome afd_verdict_of_case(struct afd_judgement judgement);

/* The account of a run. */
struct afd_tally {
	size_t cases;    /* in the spec */
	size_t sent;     /* for which a request left */
	size_t executed; /* for which an answer came */
	size_t by_verdict[AFD_VERDICT_BLOCKED + 1];
	size_t by_reason[AFD_REASONS];
	size_t mismatches; /* what does not add up between answers and tables at the end of the run */
	bool lost;         /* the tables that were to be watched were lost before the end */
};
void afd_tally_add(struct afd_tally *tally, struct afd_outcome outcome, bool sent, bool answered);
/* Coverage in percent, rounded down: 100 only where every case was executed. */
unsigned afd_tally_percent(const struct afd_tally *tally);

enum afd_run_verdict {
	AFD_RUN_READY,      /* every case of the spec passed, and the tables add up */
	AFD_RUN_INCOMPLETE, /* nothing failed; cases were not executed, or the tables were lost */
	AFD_RUN_NOT_READY
};
enum afd_run_verdict afd_verdict_of_run(const struct afd_tally *tally);
/* "READY", or "REHEARSAL PASSED" for a run that says nothing about the spec's own server. Static. */
const char *afd_run_verdict_words(enum afd_run_verdict verdict, bool rehearsal);
/* The worst of what the tally holds, in the order 4, 1, 3, 0. */
enum afd_exit afd_verdict_exit(const struct afd_tally *tally);

/* Static words as they stand in the evidence: "pass"; "write". */
const char *afd_verdict_word(enum afd_verdict verdict);
const char *afd_reason_word(enum afd_reason reason);
/* What a reader should do about a case that was not executed. Static; "" where there is nothing to do. */
const char *afd_reason_remedy(enum afd_reason reason);
/* False where the word is none of ours. */
AFD_CHECKED bool afd_outcome_from_words(const char *verdict, const char *reason, struct afd_outcome *outcome);

#endif
