/* SPDX-License-Identifier: MIT
 * One term under judgement, shared by the expect_*.c: subjects give values, measures change them, predicates
 * ask. */
#ifndef AFFIDAVIT_EXPECT_QUESTION_H
#define AFFIDAVIT_EXPECT_QUESTION_H

#include "base/arena.h"
#include "expect.h"
#include "jsonpath.h"

/* What a predicate is asked of. */
struct afd_value {
	enum afd_json_type type; /* of what is no JSON: string, or number */
	struct afd_span text;    /* decoded, without quotes; of a container its exact text */
	uint32_t node;           /* AFD_JSON_NONE: it is no node, or was changed by a measure */
	struct afd_got got;
};

/* All that a term looks at: nodes, fields, or one value. */
struct afd_sample {
	size_t count;
	struct afd_value one;   /* where count is 1 and there are neither nodes nor fields */
	struct afd_nodes nodes; /* owned */
	const char *field;      /* the name of the fields */
	uint32_t container; /* the one container that it is: its children are what is counted; or AFD_JSON_NONE */
	bool uncountable;   /* there is nothing that a count of 0 could be said of */
	struct afd_got got; /* where count is 0 */
};

struct afd_question {
	const struct afd_judged *judged;
	const struct afd_term *term;
	struct afd_arena *arena;
	const char *value;        /* the term's; "" where it has none */
	struct afd_json expected; /* it as JSON */
	bool expected_is_json;
	bool unanswered; /* beyond its bounds, or not to be evaluated */
	struct afd_got got;
};

/* Subjects */
struct afd_sample afd_sample_take(struct afd_question *question);
struct afd_value afd_sample_value(struct afd_question *question, const struct afd_sample *sample,
								  size_t index);
void afd_sample_free(struct afd_sample *sample);
struct afd_value afd_value_of_node(struct afd_question *question, uint32_t node);
struct afd_value afd_value_of_number(struct afd_question *question, struct afd_got got);

/* Measures of one value: size, digests, case. */
struct afd_value afd_value_measured(struct afd_question *question, struct afd_value value);

/* Predicates on one value; question->got is set to what was met. */
bool afd_value_satisfies(struct afd_question *question, const struct afd_value *value);
bool afd_type_is_known(const char *name);
bool afd_value_is_type(const struct afd_value *value, const char *name);
bool afd_value_is_like(struct afd_question *question, const struct afd_value *value);
bool afd_text_is_number(struct afd_span text);

/* Terms that are asked of the answer as a whole. NULL where the term is none. */
typedef bool afd_whole_term(struct afd_question *question);
afd_whole_term *afd_whole_term_of(const struct afd_term *term);
bool afd_where_holds(struct afd_question *question);

/* AFD_GOT_NOT_JSON or AFD_GOT_NOTHING. */
struct afd_got afd_got_nothing(const struct afd_question *question);

#endif
