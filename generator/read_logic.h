/* SPDX-License-Identifier: MIT
 * What can be said of terms without an answer. Private to the checks of expectations. */
#ifndef AFFIDAVIT_READ_LOGIC_H
#define AFFIDAVIT_READ_LOGIC_H

#include "read.h"

/* Tests that state more terms than these are not reasoned about: the time stays linear in the document. */
enum { AFD_REASONED_TERMS_MAX = 64 };
/* The terms and expectations that are looked at: a test's, or the default's. */
struct afd_stated {
	const struct afd_model_term *terms;
	size_t term_count;
	const struct afd_model_expectation *expectations;
	size_t expectation_count;
	bool certain[AFD_REASONED_TERMS_MAX]; /* of each term: every answer must meet it, there is no alternative
										   */
};

/* Statuses, by their number. */
struct afd_statuses {
	bool has[600];
};

/* False: the term says nothing of the status. */
bool afd_term_statuses(const struct afd_model_term *term, struct afd_statuses *statuses);
bool afd_statuses_meet(const struct afd_statuses *a, const struct afd_statuses *b);
/* Those that one expectation leaves possible; all where it says nothing of them. */
void afd_expectation_statuses(const struct afd_stated *stated, size_t expectation,
							  struct afd_statuses *statuses);

bool afd_term_is(const struct afd_model_term *term, const char *subject, const char *predicate);
const char *afd_term_last_step(const struct afd_model_term *term);
/* Numbers between two, these themselves but where the end is open. */
struct afd_range {
	double least, most;
	bool least_open, most_open;
};

/* The numbers that it leaves possible; false: it says nothing of that kind. */
bool afd_term_range(const struct afd_model_term *term, struct afd_range *range);
bool afd_ranges_meet(const struct afd_range *a, const struct afd_range *b);
void afd_read_check_always(struct afd_reader *reader, const struct afd_stated *stated);
void afd_read_check_contradictions(struct afd_reader *reader, const struct afd_stated *stated);
bool afd_terms_contradict(const struct afd_model_term *a, const struct afd_model_term *b);

#endif
