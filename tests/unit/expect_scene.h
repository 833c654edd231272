/* SPDX-License-Identifier: MIT
 * A real answer and one term on it, for the tests of judging. */
#ifndef EXPECT_SCENE_H
#define EXPECT_SCENE_H

#include "expect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define JSON_MEDIA "application/json"

__attribute__((unused)) static const char orders[] =
	"{\"status\":\"success\",\"data\":["
	"{\"id\":7,\"payed\":true,\"price\":1500.50,\"currency_id\":\"RUB\",\"at\":\"2025-11-09T14:02:30+03:00\","
	"\"tags\":[\"a\",\"b\"],\"event\":{\"id\":33},\"deleted_at\":null},"
	"{\"id\":8,\"payed\":1,\"price\":99,\"currency_id\":\"RUB\",\"at\":\"2025-11-10T00:00:00+03:00\","
	"\"tags\":[\"b\"],\"event\":{\"id\":33},\"deleted_at\":null}],\"paging\":{\"total\":2}}";

/* One answer and what was asked of it. */
struct scene {
	struct afd_answer answer;
	struct afd_json json;
	struct afd_json_error error;
	struct afd_judged judged;
	bool is_json;
};

static void set_up(struct scene *scene, const char *body, const char *media)
{
	*scene = (struct scene){ .answer = {
								 .received = true, .status = 200, .version = "1.1", .latency_us = 12345 } };
	snprintf(scene->answer.media, sizeof scene->answer.media, "%s", media);
	afd_text_init(&scene->answer.body, 1u << 20);
	afd_text_puts(&scene->answer.body, body);
	scene->is_json = afd_json_parse(afd_text_span(&scene->answer.body), &scene->json, &scene->error);
	scene->judged = (struct afd_judged){
		.answer = &scene->answer,
		.json = scene->is_json ? &scene->json : NULL,
		.json_error = scene->is_json ? NULL : &scene->error,
		.url = AFD_SPAN("https://api.example.com/v1/orders?page=1"),
	};
}

static void tear_down(struct scene *scene)
{
	if (scene->is_json)
		afd_json_free(&scene->json);
	afd_text_free(&scene->answer.body);
}

__attribute__((unused)) static bool judge(struct scene *scene, const struct afd_term *terms, size_t count,
										  struct afd_finding *finding)
{
	static const struct afd_expectation expectation = { 1, "", 0, 0 };
	struct afd_test test = { .expectations = { &expectation, 1 }, .terms = { terms, count } };
	scene->judged.test = &test;
	bool judged = afd_expect_judge(&scene->judged, finding);
	scene->judged.test = NULL;
	return judged;
}

__attribute__((unused)) static struct afd_finding find(struct scene *scene, struct afd_term term)
{
	struct afd_finding finding;
	term.alternative = 1;
	assert_true(judge(scene, &term, 1, &finding));
	return finding;
}

/* A term on an answer: its words, and whether it holds. */
struct row {
	enum afd_subject subject;
	const char *name;
	enum afd_measure measure;
	enum afd_predicate predicate;
	const char *value;
	bool holds;
};

__attribute__((unused)) static void check_rows(struct scene *scene, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct afd_step step = { rows[i].measure, NULL };
		struct afd_term term = {
			1, 0, 1, rows[i].subject, rows[i].name, { &step, 1 }, 0, rows[i].predicate, rows[i].value
		};
		struct afd_finding finding = find(scene, term);
		if (finding.held != rows[i].holds)
			fail_msg("row %zu: %s %s gives %d", i, rows[i].name, rows[i].value, finding.held);
		term.negated = 1;
		assert_false(find(scene, term).held && rows[i].holds);
	}
}

#define CHECK(scene, rows) check_rows(scene, rows, sizeof(rows) / sizeof *(rows))

#endif
