/* SPDX-License-Identifier: MIT
 * One case on its way: request, answer, findings, and the masked lines that are left of them. */
#ifndef AFFIDAVIT_SUITE_CASE_H
#define AFFIDAVIT_SUITE_CASE_H

#include "expect.h"
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
	struct afd_judged_line *judged;
	struct afd_attempt *attempts;
	struct afd_case_line line;
};

/* suite_send.c: sends the request, again where --retry allows it, and parses the answer. Not 0: nothing was
 * sent, and err says why. */
AFD_CHECKED int afd_send(struct afd_exchange *exchange, struct afd_error *err);

/* suite_judge.c: fills the line's outcome, expectations, records and error code from the answer. */
void afd_judge(struct afd_exchange *exchange);
/* The index of the first expectation that did not hold; SIZE_MAX where there is none. */
size_t afd_first_unmet(const struct afd_exchange *exchange);
/* Keeps values for later requests; what is not there is added to the notes. */
AFD_CHECKED int afd_keep_values(struct afd_exchange *exchange, struct afd_error *err);

/* suite_response.c: the masked envelope of the answer, as responses/ID.json; puts its name into the line. */
AFD_CHECKED int afd_put_response(struct afd_exchange *exchange, struct afd_error *err);

/* "RESOURCE_NOT_FOUND" of a scalar as the masker writes it: without quotes where nothing in it is escaped. */
struct afd_masked afd_unquoted(struct afd_masked json, struct afd_arena *arena);

#endif
