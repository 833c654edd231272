/* SPDX-License-Identifier: MIT
 * Tokens: strings decoded, encoded and compared, numbers compared exactly. */
#include "json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_decodes(struct afd_span token, struct afd_span wanted)
{
	struct afd_text text;
	afd_text_init(&text, 100);
	assert_true(afd_json_decode(token, &text));
	assert_int_equal(text.size, wanted.size);
	if (wanted.size)
		assert_memory_equal(text.data, wanted.data, wanted.size);
	afd_text_free(&text);
}

static void strings_decode_to_utf8(void **state)
{
	(void)state;
	assert_decodes(AFD_SPAN("\"\""), AFD_SPAN(""));
	assert_decodes(AFD_SPAN("\"a\\n\\t\\r\\b\\f\\\\\\/\\\"z\""), AFD_SPAN("a\n\t\r\b\f\\/\"z"));
	assert_decodes(AFD_SPAN("\"\\u0000\\u00e9\\u20AC\\uD83D\\uDE00\""),
				   AFD_SPAN("\0\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
	struct afd_text full;
	afd_text_init(&full, 2);
	assert_false(afd_json_decode(AFD_SPAN("\"abc\""), &full));
	afd_text_free(&full);
}

static void assert_encodes(struct afd_span utf8, const char *wanted)
{
	struct afd_text text;
	afd_text_init(&text, 100);
	assert_true(afd_json_encode(utf8, &text));
	assert_string_equal(text.data, wanted);
	afd_text_free(&text);
}

static void encoding_gives_json_whatever_the_bytes(void **state)
{
	(void)state;
	assert_encodes(AFD_SPAN(""), "\"\"");
	assert_encodes(AFD_SPAN("it's \"\\/\" \xd0\xb6"), "\"it's \\\"\\\\/\\\" \xd0\xb6\"");
	assert_encodes(AFD_SPAN("\n\t\r\b\f\0\x1f\x7f"), "\"\\n\\t\\r\\b\\f\\u0000\\u001f\x7f\"");
	assert_encodes(AFD_SPAN("a\xff"
							"b\xd0"),
				   "\"a\xef\xbf\xbd"
				   "b\xef\xbf\xbd\"");
	struct afd_text full;
	afd_text_init(&full, 4);
	assert_false(afd_json_encode(AFD_SPAN("abc"), &full));
	afd_text_free(&full);
}

static int order(const char *a, const char *b)
{
	int forth = afd_json_compare_numbers(afd_span_of(a), afd_span_of(b));
	int back = afd_json_compare_numbers(afd_span_of(b), afd_span_of(a));
	assert_int_equal(forth, -back);
	return forth;
}

static void numbers_compare_exactly(void **state)
{
	(void)state;
	static const char *const equal[][2] = {
		{ "1e2", "100.0" },
		{ "0", "-0" },
		{ "-0.0", "0e99999999999999999999" },
		{ "1500.50", "1500.5" },
		{ "0.001", "1e-3" },
		{ "120e-1", "12" },
		{ "1.5E+2", "150" },
		{ "10e0099", "1e100" },
		{ "0.1e1", "1" },
		{ "1e100000000000000000000000", "10e99999999999999999999999" },
		{ "1e-100000000000000000000000", "0.1e-99999999999999999999999" },
	};
	for (size_t i = 0; i < sizeof equal / sizeof *equal; i++)
		assert_int_equal(order(equal[i][0], equal[i][1]), 0);
	static const char *const ascending[] = {
		"-1e99999999999999999999999",
		"-1e400",
		"-9007199254740993",
		"-9007199254740992",
		"-1.01",
		"-1",
		"-0.5",
		"-1e-99999999999999999999999",
		"0",
		"1e-99999999999999999999999",
		"0.1",
		"0.10000000000000000000000001",
		"9",
		"10",
		"10.00000000000000000001",
		"9007199254740992",
		"9007199254740993",
		"1e400",
		"1.1e400",
		"9e99999999999999999999999",
		"1e100000000000000000000000",
	};
	for (size_t i = 0; i < sizeof ascending / sizeof *ascending; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(order(ascending[j], ascending[i]) < 0);
}

static void whole_numbers_are_known_by_value(void **state)
{
	(void)state;
	static const char *const whole[] = {
		"0", "-0.0", "1.0", "1e2", "1.25e2", "-7", "120e-1", "1e400", "0e-5"
	};
	static const char *const broken[] = { "0.5",   "1.25e1", "1e-1", "-7.000001", "1e-99999999999999999999",
										  "125e-1" };
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		assert_true(afd_json_is_whole(afd_span_of(whole[i])));
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_false(afd_json_is_whole(afd_span_of(broken[i])));
}

static void strings_compare_by_code_point(void **state)
{
	(void)state;
	assert_int_equal(afd_json_compare_strings(AFD_SPAN("\"\\u0061b\""), AFD_SPAN("\"ab\"")), 0);
	assert_true(afd_json_compare_strings(AFD_SPAN("\"a\""), AFD_SPAN("\"ab\"")) < 0);
	assert_true(afd_json_compare_strings(AFD_SPAN("\"\\uffff\""), AFD_SPAN("\"\\ud83d\\ude00\"")) < 0);
	assert_true(afd_json_compare_strings(AFD_SPAN("\"b\""), AFD_SPAN("\"\\u0061\"")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_decode_to_utf8),
		cmocka_unit_test(encoding_gives_json_whatever_the_bytes),
		cmocka_unit_test(numbers_compare_exactly),
		cmocka_unit_test(whole_numbers_are_known_by_value),
		cmocka_unit_test(strings_compare_by_code_point),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
