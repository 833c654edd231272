/* SPDX-License-Identifier: MIT
 * Judging real answers: the where of the request on every record, and examples as patterns. */
#include "expect_scene.h"

static bool where(const char *body, const char *request, struct afd_got *got)
{
	struct scene scene;
	set_up(&scene, body, JSON_MEDIA);
	scene.judged.request_body = afd_span_of(request);
	struct afd_finding finding =
		find(&scene, (struct afd_term){ .subject = AFD_WHERE, .predicate = AFD_HOLDS });
	*got = finding.got;
	tear_down(&scene);
	return finding.held;
}

static void every_record_satisfies_the_where_of_the_request(void **state)
{
	(void)state;
	static const struct {
		const char *conditions;
		bool holds;
	} rows[] = {
		{ "{\"column\":\"payed\",\"value\":1}", true },
		{ "{\"column\":\"payed\",\"operator\":\"=\",\"value\":true}", true },
		{ "{\"column\":\"payed\",\"value\":0}", false },
		{ "{\"column\":\"id\",\"operator\":\"!=\",\"value\":9}", true },
		{ "{\"column\":\"id\",\"operator\":\"!=\",\"value\":8}", false },
		{ "{\"column\":\"id\",\"operator\":\">\",\"value\":6}", true },
		{ "{\"column\":\"id\",\"operator\":\">\",\"value\":7}", false },
		{ "{\"column\":\"id\",\"operator\":\">=\",\"value\":\"7\"}", true },
		{ "{\"column\":\"id\",\"operator\":\"<\",\"value\":8.5}", true },
		{ "{\"column\":\"id\",\"operator\":\"<=\",\"value\":7}", false },
		{ "{\"column\":\"id\",\"operator\":\"in\",\"value\":[7,8.0]}", true },
		{ "{\"column\":\"id\",\"operator\":\"in\",\"value\":[7]}", false },
		{ "{\"column\":\"id\",\"operator\":\"not in\",\"value\":[9]}", true },
		{ "{\"column\":\"id\",\"operator\":\"not in\",\"value\":[8]}", false },
		{ "{\"column\":\"tags\",\"operator\":\"in array\",\"value\":\"b\"}", true },
		{ "{\"column\":\"tags\",\"operator\":\"in array\",\"value\":[\"a\"]}", false },
		{ "{\"column\":\"tags\",\"operator\":\"not in array\",\"value\":\"c\"}", true },
		{ "{\"column\":\"tags\",\"operator\":\"not in array\",\"value\":\"a\"}", false },
		{ "{\"column\":\"deleted_at\",\"operator\":\"null\"}", true },
		{ "{\"column\":\"id\",\"operator\":\"null\"}", false },
		{ "{\"column\":\"at\",\"operator\":\">=\",\"value\":\"2025-11-09\"}", true },
		{ "{\"column\":\"at\",\"operator\":\">=\",\"value\":\"2025-11-10\"}", false },
		{ "{\"column\":\"at\",\"operator\":\"<\",\"value\":\"2025-11-09T21:00:01Z\"}", true },
		{ "{\"column\":\"at\",\"operator\":\"<\",\"value\":\"2025-11-09T21:00:00Z\"}", false },
		{ "{\"column\":\"event.id\",\"value\":33}", true },
		{ "{\"column\":\"currency_id\",\"value\":\"RUB\"},{\"column\":\"id\",\"operator\":\"<\",\"value\":9}",
		  true },
		{ "{\"column\":\"currency_id\",\"value\":\"RUB\"},{\"column\":\"id\",\"value\":7}", false },
		{ "{\"column\":\"no_such\",\"operator\":\"!=\",\"value\":1}", false },
		{ "{\"column\":\"id\",\"operator\":\"~\",\"value\":1}", false },
		{ "{\"column\":\"id\",\"operator\":\">\"}", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char request[300];
		snprintf(request, sizeof request, "{\"where\":[%s]}", rows[i].conditions);
		struct afd_got got;
		if (where(orders, request, &got) != rows[i].holds)
			fail_msg("%s", rows[i].conditions);
	}
}

static void where_is_never_satisfied_by_nothing(void **state)
{
	(void)state;
	static const char request[] = "{\"where\":[{\"column\":\"id\",\"operator\":\">\",\"value\":0}]}";
	struct afd_got got;
	assert_false(where("{\"data\":[]}", request, &got));
	assert_int_equal(got.kind, AFD_GOT_NUMBER);
	assert_false(where("{\"result\":true}", request, &got));
	assert_int_equal(got.kind, AFD_GOT_NOTHING);
	assert_false(where("<html>", request, &got));
	assert_int_equal(got.kind, AFD_GOT_NOT_JSON);
	assert_false(where(orders, "{}", &got));
	assert_int_equal(got.kind, AFD_GOT_WORD);
	assert_false(where(orders, "{\"where\":[]}", &got));
	assert_false(where(orders, "", &got));
	assert_true(where("{\"data\":{\"id\":1}}", request, &got));
	assert_false(where("{\"data\":[{\"id\":1},{\"id\":-1}]}", request, &got));
	assert_int_equal(got.kind, AFD_GOT_NODE);
	assert_int_equal(got.node, 5);
}

static bool like(const char *example, const char *body, uint32_t *node)
{
	struct scene scene;
	set_up(&scene, body, JSON_MEDIA);
	struct afd_finding finding =
		find(&scene, (struct afd_term){ .subject = AFD_BODY, .predicate = AFD_LIKE, .value = example });
	*node = finding.got.node;
	tear_down(&scene);
	return finding.held;
}

static void an_example_is_a_pattern(void **state)
{
	(void)state;
	static const struct {
		const char *example, *body;
		bool holds;
	} rows[] = {
		{ "{\"a\":1}", "{\"b\":2,\"a\":1.0}", true },
		{ "{\"a\":1}", "{\"b\":2}", false },
		{ "{\"a\":1}", "{\"a\":2}", false },
		{ "{\"a\":{\"b\":\"...\"}}", "{\"a\":{\"b\":[1]}}", true },
		{ "{\"a\":\"<any>\"}", "{\"a\":null}", true },
		{ "{\"a\":\"{x}\"}", "{\"a\":5}", true },
		{ "{\"a\":\"string\"}", "{\"a\":\"b\"}", true },
		{ "{\"a\":\"ab...\"}", "{\"a\":\"abc\"}", true },
		{ "{\"a\":\"ab...\"}", "{\"a\":\"acb\"}", false },
		{ "{\"a\":\"ab...\"}", "{\"a\":7}", false },
		{ "{\"a\":1,\"...\":\"...\"}", "{\"a\":1}", true },
		{ "[1]", "[1,2,3]", true },
		{ "[1]", "[2,1]", false },
		{ "[1]", "[]", false },
		{ "[1,2]", "[1,2]", true },
		{ "[1,2]", "[1,2,3]", false },
		{ "[1,2]", "[1]", false },
		{ "[1,2,\"...\"]", "[1,2,3]", true },
		{ "[1,2,\"\xe2\x80\xa6\"]", "[1,2]", true },
		{ "[1,2,\"...\"]", "[1]", false },
		{ "[]", "[]", true },
		{ "[]", "[1]", false },
		{ "[]", "{}", false },
		{ "true", "true", true },
		{ "true", "1", false },
		{ "[[{\"a\":[\"<x>\"]}]]", "[[{\"a\":[1,2]}]]", true },
	};
	uint32_t node;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (like(rows[i].example, rows[i].body, &node) != rows[i].holds)
			fail_msg("%s on %s", rows[i].example, rows[i].body);
	assert_false(like("{\"a\":{\"b\":1}}", "{\"x\":0,\"a\":{\"b\":2}}", &node));
	assert_int_equal(node, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_record_satisfies_the_where_of_the_request),
		cmocka_unit_test(where_is_never_satisfied_by_nothing),
		cmocka_unit_test(an_example_is_a_pattern),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
