/* SPDX-License-Identifier: MIT
 * One term on one answer: three bytes choose subject, measure and predicate; then come, a line each, its
 * name, its value, the request's body, and the answer's body. A term and its negation never hold both. */
#include "expect.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool good)
{
	if (!good)
		abort();
}

static struct afd_span take_line(struct afd_span *rest)
{
	size_t end = afd_span_find(*rest, "\n", 0);
	struct afd_span line = afd_span_first(*rest, end);
	*rest = end == SIZE_MAX ? afd_span_first(*rest, 0) : afd_span_from(*rest, end + 1);
	return line;
}

static char *take_string(struct afd_span *rest)
{
	struct afd_span line = take_line(rest);
	char *string = strndup(line.data, line.size);
	require(string);
	return string;
}

static bool judge(struct afd_judged *judged, const struct afd_term *term, struct afd_finding *finding)
{
	static const struct afd_expectation expectation = { .line = 1, .text = "" };
	struct afd_test test = { .expectations = { &expectation, 1 }, .terms = { term, 1 } };
	judged->test = &test;
	bool done = afd_expect_judge(judged, finding);
	judged->test = NULL;
	return done;
}

static void judge_both_ways(struct afd_judged *judged, struct afd_term term)
{
	struct afd_finding plain;
	struct afd_finding negated;
	bool done = judge(judged, &term, &plain);
	term.negated = 1;
	done = judge(judged, &term, &negated) && done;
	if (!done)
		return;
	require(!plain.held || !negated.held);
	uint32_t node = plain.got.node;
	require(plain.got.kind != AFD_GOT_NODE || (judged->json && node < judged->json->count));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 4)
		return 0;
	struct afd_span rest = { (const char *)data + 3, size - 3 };
	char *name = take_string(&rest);
	char *value = take_string(&rest);
	/* two steps in one byte; what they need is the value */
	unsigned kinds = AFD_DAYS_SINCE + 1;
	struct afd_step steps[] = { { (enum afd_measure)(data[1] % kinds), value },
								{ (enum afd_measure)(data[1] / kinds % kinds), value } };
	struct afd_term term = {
		.alternative = 1,
		.subject = (enum afd_subject)(data[0] % (AFD_ADDRESS + 1)),
		.steps = { steps, 2 },
		.predicate = (enum afd_predicate)(data[2] % (AFD_HOLDS + 2)),
		.name = name,
		.value = value,
	};
	struct afd_field fields[] = { { AFD_SPAN("a"), AFD_SPAN("5") }, { AFD_SPAN("A"), AFD_SPAN("text") } };
	struct afd_answer answer = {
		.status = 200, .media = "application/json", .version = "1.1", .latency_us = 1500
	};
	answer.fields = fields;
	answer.field_count = 2;
	struct afd_judged judged = { .answer = &answer, .url = AFD_SPAN("https://example.com/a") };
	judged.request_body = take_line(&rest);
	afd_text_init(&answer.body, size);
	require(afd_text_add(&answer.body, rest));
	struct afd_json json;
	struct afd_json_error error;
	judged.json = afd_json_parse(afd_text_span(&answer.body), &json, &error) ? &json : NULL;
	judged.json_error = judged.json ? NULL : &error;
	judge_both_ways(&judged, term);
	if (judged.json)
		afd_json_free(&json);
	afd_text_free(&answer.body);
	free(name);
	free(value);
	return 0;
}
