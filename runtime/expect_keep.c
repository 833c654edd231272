/* SPDX-License-Identifier: MIT
 * A value of the answer for later requests. */
#include "expect.h"

#include "expect_question.h"

static bool is_scalar(const struct afd_value *value)
{
	return value->type != AFD_JSON_ARRAY && value->type != AFD_JSON_OBJECT && value->type != AFD_JSON_NULL;
}

bool afd_expect_value_of(const struct afd_judged *judged, const struct afd_keep *keep, struct afd_text *text)
{
	struct afd_arena arena = { 0 };
	const struct afd_term term = {
		.subject = keep->subject, .name = keep->of, .steps = keep->steps, .predicate = AFD_EXISTS, .value = ""
	};
	struct afd_question question = { .judged = judged, .term = &term, .arena = &arena, .value = "" };
	struct afd_sample sample = afd_sample_take(&question);
	afd_sample_step(&question, &sample);
	struct afd_value value;
	bool found = sample.count > 0 && afd_sample_value(&question, &sample, 0, &value) &&
				 !question.unanswered && is_scalar(&value) && afd_text_add(text, value.text);
	afd_sample_free(&sample);
	afd_arena_free(&arena);
	return found;
}
