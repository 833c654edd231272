/* SPDX-License-Identifier: MIT
 * JSON examples as people write them, and patterns: what strict forms they become. */
#include "read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct written {
	const char *text, *becomes; /* NULL: it is no JSON whatever is read into it */
};

static void examples_become_json(void **state)
{
	(void)state;
	static const struct written rows[] = {
		{ "{\"id\": 1}", "{\"id\": 1}" },
		{ "{\"id\": 1,}", "{\"id\":1}" },
		{ "{\"id\": 1 \"name\": \"a\"}", "{\"id\":1,\"name\":\"a\"}" },
		{ "{\"id\": 1, ...}", "{\"id\":1,\"...\":\"...\"}" },
		{ "{\"a\": 1, ..., \"b\": 2, ...}", "{\"a\":1,\"...\":\"...\",\"b\":2}" },
		{ "[1, ...]", "[1,\"...\"]" },
		{ "[{...}, ...]", "[{\"...\":\"...\"},\"...\"]" },
		{ "{\"items\": [...]}", "{\"items\":[\"...\"]}" },
		{ "{\"id\": ...}", "{\"id\":\"...\"}" },
		{ "[1, \xE2\x80\xA6]", "[1,\"...\"]" },
		{ "{\"id\": <any>, \"n\": <uuid of it>}", "{\"id\":\"<any>\",\"n\":\"<uuid of it>\"}" },
		{ "{\"id\": uuid}", "{\"id\":\"<any>\"}" },
		{ "{id: 1, name: \"a\"}", "{\"id\":1,\"name\":\"a\"}" },
		{ "{\"id\": 1} // one", "{\"id\":1}" },
		{ "{/* all */ \"id\": 1}", "{\"id\":1}" },
		{ "{\"url\": \"http://a\", \"b\": 2,}", "{\"url\":\"http://a\",\"b\":2}" },
		{ "{\"a\": \"x \\\" // y\",}", "{\"a\":\"x \\\" // y\"}" },
		{ "true", "true" },
		{ "", NULL },
		{ "{\"id\": 1", NULL },
		{ "{\"id\": 1]", NULL },
		{ "{\"id\" 1}", NULL },
		{ "{\"id\": \"1}", NULL },
		{ "{\"id\": 1} {\"id\": 2}", NULL },
		{ "{\"id\": 1, \"id\": 2}", NULL },
	};
	struct afd_arena arena = { 0 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *json = afd_read_sample_json(afd_span_of(rows[i].text), &arena);
		bool same = json && rows[i].becomes ? strcmp(json, rows[i].becomes) == 0 : json == rows[i].becomes;
		if (!same)
			fail_msg("'%s' becomes '%s'", rows[i].text, json ? json : "nothing");
	}
	afd_arena_free(&arena);
}

static void a_deep_example_is_none(void **state)
{
	(void)state;
	static char text[2001];
	memset(text, '[', 1000);
	memset(text + 1000, ']', 1000);
	struct afd_arena arena = { 0 };
	assert_null(afd_read_sample_json(afd_span_of(text), &arena));
	afd_arena_free(&arena);
}

static void patterns_become_those_of_the_rfc(void **state)
{
	(void)state;
	static const struct written rows[] = {
		{ "^\\d{4}$", "^[0-9]{4}$" },
		{ "/^\\d+$/", "^[0-9]+$" },
		{ "[\\w-]+", "[A-Za-z0-9_-]+" },
		{ "\\S+\\s", "[^ \\t\\r\\n]+[ \\t\\r\\n]" },
		{ "\\D\\W", "[^0-9][^A-Za-z0-9_]" },
		{ "a\\.b\\/c\\-d", "a\\.b/c\\-d" },
		{ "\\p{Lu}", "\\p{Lu}" },
		{ "/", "/" },
	};
	struct afd_arena arena = { 0 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(afd_read_pattern(afd_span_of(rows[i].text), &arena), rows[i].becomes);
	afd_arena_free(&arena);
}

static void the_words_before_a_fence_lose_what_points_at_it(void **state)
{
	(void)state;
	static const struct {
		const char *text, *before;
		bool exactly;
	} rows[] = {
		{ "`201` and body is exactly like", "`201`", true },
		{ "`201` and body is like:", "`201`", false },
		{ "exactly like", "", true },
		{ "`200 OK`", "`200 OK`", false },
		{ "", "", false },
		{ "в точности как", "", true },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		bool exactly;
		struct afd_span before = afd_read_before_sample(afd_span_of(rows[i].text), &exactly);
		assert_true(afd_span_is(before, rows[i].before));
		assert_int_equal(exactly, rows[i].exactly);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_become_json),
		cmocka_unit_test(a_deep_example_is_none),
		cmocka_unit_test(patterns_become_those_of_the_rfc),
		cmocka_unit_test(the_words_before_a_fence_lose_what_points_at_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
