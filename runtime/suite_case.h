/* SPDX-License-Identifier: MIT
 * One case on its way: request, answer, findings, and the masked lines that are left of them. */
#ifndef AFFIDAVIT_SUITE_CASE_H
#define AFFIDAVIT_SUITE_CASE_H

#include "expect.h"
#include "landing_pages.h"
#include "suite_request.h"

/* Owned by afd_run_case; the answer in it is raw and goes nowhere but to expect.h and mask.h. */
struct afd_exchange {
	struct afd_run *run;
	const struct afd_selected *of;
	struct afd_arena arena;
	struct afd_prepared prepared;
	struct afd_answer answer;
	struct afd_json json;
	bool is_json;
	struct afd_json_error json_error;
	struct afd_finding *findings;
	struct afd_judged_line *judged; /* the test's, then those of this program that did not hold */
	size_t judged_count;
	struct afd_attempt *attempts;
	struct afd_judgement judgement;
	struct afd_masked
		masked; /* the answer as the masker wrote it; data NULL: it is no JSON, or there is none */
	struct afd_snapshot before; /* of the tables; no rows: not known */
	struct afd_landing_case landing;
	struct afd_pages pages;
	const char *broken;            /* why the pages were not read to their end; NULL: nothing broke */
	struct afd_page_line *further; /* pages after the first */
	struct afd_case_line line;
};

/* suite_send.c: sends the request, again where --retry allows it, and parses the answer. Not 0: nothing was
 * sent, and err says why. */
AFD_CHECKED int afd_send(struct afd_exchange *exchange, struct afd_error *err);
/* The same for another page of the answer: the URL and the body are its own. The answer is the caller's. */
AFD_CHECKED int afd_send_page(const struct afd_exchange *exchange, struct afd_span url, struct afd_span body,
							  struct afd_answer *answer, struct afd_error *err);

/* suite_repeat.c: sends and judges, again where the test waits for a condition that doesn't hold yet. As
 * afd_send. */
AFD_CHECKED int afd_send_until_met(struct afd_exchange *exchange, struct afd_error *err);

/* suite_judge.c: fills the line's expectations but those on tables, its records and error code, from the
 * answer. */
void afd_judge(struct afd_exchange *exchange);
/* The outcome, from all that was judged. */
void afd_conclude(struct afd_exchange *exchange);
/* Adds an expectation that this program itself states, and that did not hold; `text` is static. */
void afd_add_unmet(struct afd_exchange *exchange, unsigned line, const char *text, struct afd_masked got);
/* Adds a sentence to the notes. */
AFD_PRINTF(2, 3) void afd_add_note(struct afd_exchange *exchange, const char *format, ...);

/* suite_land.c: lands the answer and its further pages, where the test lands somewhere and the answer is a
 * success. Not 0: the tables were lost by it. */
AFD_CHECKED int afd_land(struct afd_exchange *exchange, struct afd_error *problem);
/* suite_change.c: judges what changed in the tables since the case began, and what landed. */
void afd_judge_changes(struct afd_exchange *exchange);
/* suite_watch.c: the counts that a case begins with. */
struct afd_tables_line afd_tables_before(struct afd_exchange *exchange);
/* Lands, counts, judges the changes, concludes. Not 0: the evidence can't be written. */
AFD_CHECKED int afd_watch_case(struct afd_exchange *exchange, struct afd_error *err);

/* The index of the first expectation that did not hold; SIZE_MAX where there is none. */
size_t afd_first_unmet(const struct afd_exchange *exchange);
/* Keeps values for later requests; what is not there is added to the notes. */
AFD_CHECKED int afd_keep_values(struct afd_exchange *exchange, struct afd_error *err);

/* suite_response.c: the masked envelope of the answer, as responses/ID.json; puts its name into the line. */
AFD_CHECKED int afd_put_response(struct afd_exchange *exchange, struct afd_error *err);

/* "RESOURCE_NOT_FOUND" of a scalar as the masker writes it: without quotes where nothing in it is escaped. */
struct afd_masked afd_unquoted(struct afd_masked json, struct afd_arena *arena);

#endif
