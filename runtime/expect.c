/* SPDX-License-Identifier: MIT
 * Expectations, their alternatives and terms. What a term looks at and asks is in the expect_*.c. */
#include "expect.h"

#include "expect_question.h"

struct judge {
	const struct afd_judged *judged;
	struct afd_arena arena;
	bool unanswered;
};

/* What came of one alternative: of its first term, or of the first that failed. */
struct outcome {
	bool tried; /* it has terms */
	bool held;
	size_t term;
	struct afd_got got;
};

/* Of each value that is there; one at least. A negated term holds of none. */
static bool holds_for_all(struct afd_question *question, const struct afd_sample *sample)
{
	bool wanted = question->term->negated == 0;
	bool holds = sample->count > 0;
	for (size_t i = 0; holds && i < sample->count; i++) {
		struct afd_value value;
		bool there = afd_sample_value(question, sample, i, &value);
		question->got = afd_got_nothing(question);
		holds = there && afd_value_satisfies(question, &value) == wanted;
	}
	return holds;
}

static bool exists(struct afd_question *question, const struct afd_sample *sample)
{
	for (size_t i = 0; i < sample->count; i++) {
		struct afd_value value;
		if (!afd_sample_value(question, sample, i, &value))
			continue;
		question->got = value.got;
		if (sample->nodes.count > 1) {
			question->got.kind = AFD_GOT_NODES;
			question->got.number = (long long)sample->nodes.count;
		}
		return true;
	}
	return false;
}

static bool ask_sample(struct afd_question *question)
{
	struct afd_sample sample = afd_sample_take(question);
	afd_sample_step(question, &sample);
	question->got = sample.got;
	bool holds = question->term->predicate == AFD_EXISTS
					 ? exists(question, &sample) == (question->term->negated == 0)
					 : holds_for_all(question, &sample);
	afd_sample_free(&sample);
	return holds;
}

/* The term's value with those of its variables. An example is JSON, where they are escaped; elsewhere they
 * stand as they are: the byte in front says that it is no JSON. */
static const char *expected_value(struct afd_question *question)
{
	const struct afd_judged *judged = question->judged;
	const char *value = question->term->value ? question->term->value : "";
	if (!judged->vars || value[0] == '\0')
		return value;
	bool example = question->term->predicate == AFD_LIKE || question->term->predicate == AFD_EXACTLY_LIKE;
	const char *template = afd_arena_printf(question->arena, "%s%s", example ? "" : ".", value);
	struct afd_substitution filled;
	struct afd_error ignored = { 0 };
	int rc =
		afd_vars_substitute(judged->vars, judged->it, afd_span_of(template), AFD_IN_BODY, &filled, &ignored);
	question->unanswered = question->unanswered || rc != 0 || (filled.missing && !example);
	struct afd_span text = afd_span_from(afd_text_span(&filled.text), example ? 0 : 1);
	value = afd_arena_copy(question->arena, text);
	afd_substitution_free(&filled);
	return value;
}

static bool ask(struct judge *judge, const struct afd_term *term, struct afd_got *got)
{
	struct afd_question question = { .judged = judge->judged, .term = term, .arena = &judge->arena };
	question.value = expected_value(&question);
	struct afd_json_error error;
	question.expected_is_json = afd_json_parse(afd_span_of(question.value), &question.expected, &error);
	afd_whole_term *whole = afd_whole_term_of(term);
	bool holds = whole ? whole(&question) == (term->negated == 0) : ask_sample(&question);
	if (question.expected_is_json)
		afd_json_free(&question.expected);
	afd_arena_free(&judge->arena);
	judge->unanswered = judge->unanswered || question.unanswered;
	*got = question.got;
	return holds;
}

static struct outcome try_alternative(struct judge *judge, size_t expectation, unsigned alternative)
{
	const struct afd_terms *terms = &judge->judged->test->terms;
	struct outcome outcome = { .held = true };
	for (size_t i = 0; i < terms->count && outcome.held && !judge->unanswered; i++) {
		if (terms->rows[i].expectation != expectation || terms->rows[i].alternative != alternative)
			continue;
		struct afd_got got;
		outcome.held = ask(judge, &terms->rows[i], &got);
		if (!outcome.tried || !outcome.held) {
			outcome.term = i;
			outcome.got = got;
		}
		outcome.tried = true;
	}
	return outcome;
}

static void judge_expectation(struct judge *judge, struct afd_finding *finding)
{
	for (unsigned alternative = 1; !judge->unanswered; alternative++) {
		struct outcome outcome = try_alternative(judge, finding->expectation, alternative);
		if (!outcome.tried)
			return;
		if (outcome.held || alternative == 1) {
			finding->term = (unsigned short)outcome.term;
			finding->got = outcome.got;
		}
		if (!outcome.held)
			continue;
		finding->held = true;
		finding->alternative = (unsigned short)alternative;
		return;
	}
}

static bool is_on_delta(const struct afd_test *test, size_t expectation)
{
	for (size_t i = 0; i < test->terms.count; i++)
		if (test->terms.rows[i].expectation == expectation && test->terms.rows[i].subject == AFD_DELTA)
			return true;
	return false;
}

bool afd_expect_judge(const struct afd_judged *judged, struct afd_finding *findings)
{
	struct judge judge = { .judged = judged };
	for (size_t i = 0; i < judged->test->expectations.count; i++) {
		findings[i] = (struct afd_finding){ .expectation = (unsigned short)i, .got.node = AFD_JSON_NONE };
		if (!is_on_delta(judged->test, i))
			judge_expectation(&judge, &findings[i]);
	}
	return !judge.unanswered;
}
