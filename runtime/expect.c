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

static bool holds_for_all(struct afd_question *question, const struct afd_sample *sample)
{
	bool holds = sample->count > 0;
	for (size_t i = 0; holds && i < sample->count; i++) {
		struct afd_value value = afd_value_measured(question, afd_sample_value(question, sample, i));
		holds = afd_value_satisfies(question, &value);
	}
	return holds;
}

static struct afd_got count_sample(const struct afd_question *question, const struct afd_sample *sample)
{
	long long count = (long long)sample->count;
	if (sample->container != AFD_JSON_NONE)
		count = question->judged->json->nodes[sample->container].count;
	const char *unit = question->term->subject == AFD_RECORDS ? "records" : "items";
	return (struct afd_got){ .kind = AFD_GOT_NUMBER, .number = count, .unit = unit, .node = AFD_JSON_NONE };
}

static bool holds_for_count(struct afd_question *question, const struct afd_sample *sample)
{
	if (sample->uncountable)
		return false;
	struct afd_value value = afd_value_of_number(question, count_sample(question, sample));
	return afd_value_satisfies(question, &value);
}

static uint32_t end_child(const struct afd_json *json, uint32_t container, bool last)
{
	uint32_t child = container + 1;
	while (last && json->nodes[child].next != AFD_JSON_NONE)
		child = json->nodes[child].next;
	return child;
}

/* The first or last of what is counted. */
static bool holds_for_end(struct afd_question *question, const struct afd_sample *sample)
{
	bool last = question->term->measure == AFD_LAST;
	struct afd_got count = count_sample(question, sample);
	if (sample->count == 0 || count.number == 0) {
		question->got = sample->count == 0 ? sample->got : count;
		return false;
	}
	struct afd_value value;
	if (sample->container != AFD_JSON_NONE)
		value = afd_value_of_node(question, end_child(question->judged->json, sample->container, last));
	else
		value = afd_sample_value(question, sample, last ? sample->count - 1 : 0);
	return afd_value_satisfies(question, &value);
}

static bool exists(struct afd_question *question, const struct afd_sample *sample)
{
	if (sample->count == 0)
		return false;
	question->got = afd_sample_value(question, sample, 0).got;
	if (sample->nodes.count > 1) {
		question->got.kind = AFD_GOT_NODES;
		question->got.number = (long long)sample->nodes.count;
	}
	return true;
}

static bool ask_sample(struct afd_question *question)
{
	struct afd_sample sample = afd_sample_take(question);
	question->got = sample.got;
	bool holds;
	switch (question->term->measure) {
	case AFD_COUNT: holds = holds_for_count(question, &sample); break;
	case AFD_FIRST:
	case AFD_LAST: holds = holds_for_end(question, &sample); break;
	default:
		holds = question->term->predicate == AFD_EXISTS ? exists(question, &sample)
														: holds_for_all(question, &sample);
	}
	afd_sample_free(&sample);
	return holds;
}

static bool ask(struct judge *judge, const struct afd_term *term, struct afd_got *got)
{
	struct afd_question question = { .judged = judge->judged, .term = term, .arena = &judge->arena };
	question.value = term->value ? term->value : "";
	struct afd_json_error error;
	question.expected_is_json = afd_json_parse(afd_span_of(question.value), &question.expected, &error);
	afd_whole_term *whole = afd_whole_term_of(term);
	bool holds = whole ? whole(&question) : ask_sample(&question);
	if (question.expected_is_json)
		afd_json_free(&question.expected);
	afd_arena_free(&judge->arena);
	judge->unanswered = judge->unanswered || question.unanswered;
	*got = question.got;
	return holds != (term->negated != 0);
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
