/* SPDX-License-Identifier: MIT
 * One term under judgement, shared by the expect_*.c: subjects give values, steps change them, predicates
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
	uint32_t node;           /* AFD_JSON_NONE: it is no node, or was changed by a step */
	struct afd_got got;
};

/* All that a term looks at: nodes, fields, a list of values, or one value. */
struct afd_sample {
	size_t count;
	struct afd_value one;   /* where count is 1 and there is nothing of the following */
	struct afd_nodes nodes; /* owned */
	const char *field;      /* the name of the fields */
	struct afd_value *rows; /* the arena's */
	uint32_t container; /* the one container that it is: its children are what is counted; or AFD_JSON_NONE */
	bool uncountable;   /* there is nothing that a count of 0 could be said of */
	struct afd_got got; /* where count is 0 */
	size_t taken;       /* steps that are in it already; the others are taken of each value */
};

struct afd_question {
	const struct afd_judged *judged;
	const struct afd_term *term;
	struct afd_arena *arena;
	const char *value;        /* the term's, with the values of its variables; "" where it has none */
	struct afd_json expected; /* it as JSON */
	bool expected_is_json;
	bool unanswered; /* beyond its bounds, or not to be evaluated */
	struct afd_got got;
};

/* Subjects */
struct afd_sample afd_sample_take(struct afd_question *question);
/* One of them as it is; `index` < count. */
struct afd_value afd_sample_raw(struct afd_question *question, const struct afd_sample *sample, size_t index);
void afd_sample_free(struct afd_sample *sample);
struct afd_value afd_value_of_node(struct afd_question *question, uint32_t node);
struct afd_value afd_value_of_number(struct afd_question *question, struct afd_got got);
struct afd_value afd_value_of_text(struct afd_span text, struct afd_got got);
/* A sample of one value, or of none. */
struct afd_sample afd_sample_of(struct afd_value value);
struct afd_sample afd_sample_of_none(struct afd_got got);
/* AFD_JSON_NONE where the node is no container. */
uint32_t afd_container(const struct afd_question *question, uint32_t node);

/* Steps */
/* Takes those that look at the sample as a whole: counts, picks, pieces. */
void afd_sample_step(struct afd_question *question, struct afd_sample *sample);
/* One value after all steps; false: they find nothing in it, and *value is what it was. */
bool afd_sample_value(struct afd_question *question, const struct afd_sample *sample, size_t index,
					  struct afd_value *value);

/* Measures of one value. False: there is nothing of that kind in it. */
typedef bool afd_measure(struct afd_question *question, const char *with, struct afd_value *value);
afd_measure afd_measure_size, afd_measure_sha256, afd_measure_md5, afd_measure_lower, afd_measure_upper;
afd_measure afd_measure_after, afd_measure_before, afd_measure_parameter, afd_measure_inside;
afd_measure afd_measure_hex, afd_measure_base64, afd_measure_decoded_base64, afd_measure_url_encoded,
	afd_measure_url_decoded;
afd_measure afd_measure_days_until, afd_measure_days_since;
/* Makes it a text; it is no node any more. */
void afd_value_change(struct afd_value *value, struct afd_span text);

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
