/* SPDX-License-Identifier: MIT
 * Judging real answers: predicates, measures, types of values, and times. */
#include "expect_scene.h"
#include "expect_time.h"

static void predicates_ask_of_texts_and_containers(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_PATH, "$.s", AFD_VALUE, AFD_CONTAINS, "\xd1\x82\xd0\xbe", true },
		{ AFD_PATH, "$.s", AFD_VALUE, AFD_CONTAINS, "x", false },
		{ AFD_PATH, "$.a", AFD_VALUE, AFD_CONTAINS, "2", true },
		{ AFD_PATH, "$.a", AFD_VALUE, AFD_CONTAINS, "3", false },
		{ AFD_PATH, "$.o", AFD_VALUE, AFD_CONTAINS, "key", true },
		{ AFD_PATH, "$.o", AFD_VALUE, AFD_CONTAINS, "1", false },
		{ AFD_PATH, "$.s", AFD_VALUE, AFD_MATCHES, "^\\p{Lu}\\p{Ll}+ \"", true },
		{ AFD_PATH, "$.s", AFD_VALUE, AFD_MATCHES, "[0-9]", false },
		{ AFD_PATH, "$.n", AFD_VALUE, AFD_MATCHES, "^12\\.", true },
		{ AFD_PATH, "$.e", AFD_VALUE, AFD_IS_EMPTY, "", true },
		{ AFD_PATH, "$.ea", AFD_VALUE, AFD_IS_EMPTY, "", true },
		{ AFD_PATH, "$.eo", AFD_VALUE, AFD_IS_EMPTY, "", true },
		{ AFD_PATH, "$.a", AFD_VALUE, AFD_IS_EMPTY, "", false },
		{ AFD_PATH, "$.nothing", AFD_VALUE, AFD_IS_EMPTY, "", false },
		{ AFD_PATH, "$.n", AFD_VALUE, AFD_LESS, "12.5000001", true },
		{ AFD_PATH, "$.n", AFD_VALUE, AFD_AT_MOST, "12.50", true },
		{ AFD_PATH, "$.n", AFD_VALUE, AFD_LESS, "abc", false },
		{ AFD_PATH, "$.t", AFD_VALUE, AFD_GREATER, "2025-11-09T11:00:00Z", true },
		{ AFD_PATH, "$.t", AFD_VALUE, AFD_LESS, "2025-11-09T12:00:00Z", true },
		{ AFD_PATH, "$.t", AFD_VALUE, AFD_AT_LEAST, "2025-11-09", true },
		{ AFD_PATH, "$.s", AFD_UPPER, AFD_STARTS_WITH, "\xd0\x9a\xd0\xa2\xd0\x9e", true },
		{ AFD_PATH, "$.s", AFD_LOWER, AFD_STARTS_WITH, "\xd0\xba\xd1\x82\xd0\xbe", true },
		{ AFD_PATH, "$.s", AFD_SIZE, AFD_IS, "10", true },
		{ AFD_PATH, "$.o", AFD_UPPER, AFD_IS, "{\"KEY\":1}", true },
		{ AFD_PATH, "$.o", AFD_UPPER, AFD_IS_EMPTY, "", false },
		{ AFD_PATH, "$.a", AFD_LOWER, AFD_CONTAINS, "1,2", true },
		{ AFD_PATH, "$.abc", AFD_SHA256, AFD_IS,
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true },
		{ AFD_PATH, "$.abc", AFD_MD5, AFD_IS, "900150983cd24fb0d6963f7d28e17f72", true },
		{ AFD_PATH, "$.abc", AFD_MD5, AFD_IS, "900150983cd24fb0d6963f7d28e17f73", false },
	};
	struct scene scene;
	set_up(&scene,
		   "{\"s\":\"\\u041a\xd1\x82\xd0\xbe "
		   "\\\"a\\\"\",\"a\":[1,2.0],\"o\":{\"key\":1},\"n\":12.5,\"e\":\"\",\"ea\":[],"
		   "\"eo\":{},\"t\":\"2025-11-09T14:02:30+03:00\",\"abc\":\"abc\"}",
		   JSON_MEDIA);
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void types_are_told_by_their_form(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_PATH, "$[0]", AFD_VALUE, AFD_IS_TYPE, "string", true },
		{ AFD_PATH, "$[1]", AFD_VALUE, AFD_IS_TYPE, "string", false },
		{ AFD_PATH, "$[1]", AFD_VALUE, AFD_IS_TYPE, "number", true },
		{ AFD_PATH, "$[0]", AFD_VALUE, AFD_IS_TYPE, "number", false },
		{ AFD_PATH, "$[1]", AFD_VALUE, AFD_IS_TYPE, "whole number", false },
		{ AFD_PATH, "$[2]", AFD_VALUE, AFD_IS_TYPE, "whole number", true },
		{ AFD_PATH, "$[3]", AFD_VALUE, AFD_IS_TYPE, "boolean", true },
		{ AFD_PATH, "$[2]", AFD_VALUE, AFD_IS_TYPE, "boolean", false },
		{ AFD_PATH, "$[4]", AFD_VALUE, AFD_IS_TYPE, "null", true },
		{ AFD_PATH, "$[3]", AFD_VALUE, AFD_IS_TYPE, "null", false },
		{ AFD_PATH, "$[5]", AFD_VALUE, AFD_IS_TYPE, "array", true },
		{ AFD_PATH, "$[6]", AFD_VALUE, AFD_IS_TYPE, "array", false },
		{ AFD_PATH, "$[6]", AFD_VALUE, AFD_IS_TYPE, "object", true },
		{ AFD_PATH, "$[5]", AFD_VALUE, AFD_IS_TYPE, "object", false },
		{ AFD_PATH, "$[7]", AFD_VALUE, AFD_IS_TYPE, "time", true },
		{ AFD_PATH, "$[8]", AFD_VALUE, AFD_IS_TYPE, "time", false },
		{ AFD_PATH, "$[8]", AFD_VALUE, AFD_IS_TYPE, "date", true },
		{ AFD_PATH, "$[9]", AFD_VALUE, AFD_IS_TYPE, "date", false },
		{ AFD_PATH, "$[10]", AFD_VALUE, AFD_IS_TYPE, "uuid", true },
		{ AFD_PATH, "$[7]", AFD_VALUE, AFD_IS_TYPE, "uuid", false },
		{ AFD_PATH, "$[11]", AFD_VALUE, AFD_IS_TYPE, "e-mail", true },
		{ AFD_PATH, "$[12]", AFD_VALUE, AFD_IS_TYPE, "e-mail", false },
		{ AFD_PATH, "$[12]", AFD_VALUE, AFD_IS_TYPE, "url", true },
		{ AFD_PATH, "$[11]", AFD_VALUE, AFD_IS_TYPE, "url", false },
		{ AFD_PATH, "$[13]", AFD_VALUE, AFD_IS_TYPE, "e-mail", false },
		{ AFD_PATH, "$[14]", AFD_VALUE, AFD_IS_TYPE, "url", false },
	};
	struct scene scene;
	set_up(&scene,
		   "[\"7\",1.5,2.0,true,null,[],{},\"2025-11-09T14:02:30+03:00\",\"2024-02-29\",\"2025-02-29\","
		   "\"6a5cc185-bc59-451f-b7cb-94376476ae01\",\"ann@example.com\",\"https://example.com/a?b=c\","
		   "\"a@b@example.com\",\"https:///a\"]",
		   JSON_MEDIA);
	CHECK(&scene, rows);
	tear_down(&scene);
}

static int order(const char *a, const char *b)
{
	struct afd_moment x;
	struct afd_moment y;
	assert_true(afd_moment_read(afd_span_of(a), &x));
	assert_true(afd_moment_read(afd_span_of(b), &y));
	return afd_moment_compare(&x, &y);
}

static void moments_are_read_and_compared(void **state)
{
	(void)state;
	struct afd_moment moment;
	assert_true(afd_moment_read(AFD_SPAN("1970-01-01T00:00:00Z"), &moment));
	assert_int_equal(moment.seconds, 0);
	assert_true(afd_moment_read(AFD_SPAN("2025-11-09T14:02:30+03:00"), &moment));
	assert_int_equal(moment.seconds - moment.offset, 1762686150);
	assert_true(afd_moment_read(AFD_SPAN("0000-03-01"), &moment));
	assert_int_equal(moment.seconds, -719468LL * 86400);
	assert_int_equal(order("2025-11-09T14:00:00+03:00", "2025-11-09T11:00:00Z"), 0);
	assert_int_equal(order("2025-11-09T14:00:00.1Z", "2025-11-09T14:00:00.10Z"), 0);
	assert_int_equal(order("2025-11-09 14:00", "2025-11-09T14:00:00+0300"), 0);
	assert_true(order("2024-02-29", "2024-03-01") < 0);
	assert_true(order("2025-11-09T14:00:00.2", "2025-11-09T14:00:00.19") > 0);
	static const char *const wrong[] = { "",
										 "2025-13-01",
										 "2025-02-29",
										 "2025-1-1",
										 "2025-11-09T",
										 "2025-11-09T24:00",
										 "2025-11-09T10:60",
										 "2025-11-09T10:00:00.",
										 "2025-11-09 10:00:00 MSK",
										 "2025-11-09Z",
										 "x2025-11-09",
										 "2025-11-09T10:00:00+3" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(afd_moment_read(afd_span_of(wrong[i]), &moment));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(predicates_ask_of_texts_and_containers),
		cmocka_unit_test(types_are_told_by_their_form),
		cmocka_unit_test(moments_are_read_and_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
