/* SPDX-License-Identifier: MIT
 * Spans and texts: any bytes, exact limits, failures that stay. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void spans_are_equal_by_bytes(void **state)
{
	(void)state;
	assert_true(afd_span_equal(AFD_SPAN("a\0b"), AFD_SPAN("a\0b")));
	assert_false(afd_span_equal(AFD_SPAN("a\0b"), AFD_SPAN("a\0c")));
	assert_false(afd_span_is(AFD_SPAN("a\0b"), "a"));
	assert_true(afd_span_is(AFD_SPAN("ab"), "ab"));
	assert_true(afd_span_equal((struct afd_span){ NULL, 0 }, AFD_SPAN("")));
	assert_int_equal(afd_span_of(NULL).size, 0);
	assert_int_equal(afd_span_of("abc").size, 3);
}

static void only_ascii_letters_have_no_case(void **state)
{
	(void)state;
	assert_true(afd_span_equal_nocase(AFD_SPAN("X-Api-KEY"), AFD_SPAN("x-aPI-key")));
	assert_false(afd_span_equal_nocase(AFD_SPAN("[x"), AFD_SPAN("{x")));
	assert_false(afd_span_equal_nocase(AFD_SPAN("@"), AFD_SPAN("`")));
	assert_false(afd_span_equal_nocase(AFD_SPAN("\xc3\x84"), AFD_SPAN("\xc3\xa4")));
	assert_false(afd_span_equal_nocase(AFD_SPAN("ab"), AFD_SPAN("abc")));
}

static void starts_and_ends(void **state)
{
	(void)state;
	struct afd_span span = AFD_SPAN("GET /x");
	assert_true(afd_span_starts(span, "GET "));
	assert_true(afd_span_starts(span, ""));
	assert_false(afd_span_starts(span, "GET /xy"));
	assert_false(afd_span_starts(span, "get"));
	assert_true(afd_span_ends(span, "/x"));
	assert_true(afd_span_ends(span, ""));
	assert_false(afd_span_ends(span, "x "));
	assert_false(afd_span_ends(AFD_SPAN("x"), "xx"));
	assert_true(afd_span_starts((struct afd_span){ NULL, 0 }, ""));
	assert_false(afd_span_starts(afd_span_first(span, 3), "GET "));
}

static void trimming_takes_blanks_of_a_line_and_no_more(void **state)
{
	(void)state;
	assert_true(afd_span_is(afd_span_trim(AFD_SPAN(" \t\r\n a b \r\n\t ")), "a b"));
	assert_int_equal(afd_span_trim(AFD_SPAN(" \t\r\n")).size, 0);
	assert_int_equal(afd_span_trim(AFD_SPAN("")).size, 0);
	assert_int_equal(afd_span_trim(AFD_SPAN("\0 ")).size, 1);
	assert_true(afd_span_is(afd_span_trim(AFD_SPAN("\xc2\xa0")), "\xc2\xa0"));
	assert_true(afd_span_is(afd_span_trim(AFD_SPAN("\v")), "\v"));
}

static void parts_stay_inside(void **state)
{
	(void)state;
	struct afd_span span = AFD_SPAN("abc");
	assert_true(afd_span_is(afd_span_from(span, 1), "bc"));
	assert_int_equal(afd_span_from(span, 3).size, 0);
	assert_ptr_equal(afd_span_from(span, 9).data, span.data + 3);
	assert_int_equal(afd_span_from(span, 4).size, 0);
	assert_int_equal(afd_span_from(span, SIZE_MAX).size, 0);
	assert_true(afd_span_is(afd_span_first(span, 2), "ab"));
	assert_true(afd_span_is(afd_span_first(span, SIZE_MAX), "abc"));
	assert_null(afd_span_from((struct afd_span){ NULL, 0 }, 5).data);
}

static void finding_looks_from_a_place(void **state)
{
	(void)state;
	struct afd_span span = AFD_SPAN("a,b\0,c");
	assert_int_equal(afd_span_find(span, ",", 0), 1);
	assert_int_equal(afd_span_find(span, ",", 2), 4);
	assert_int_equal(afd_span_find(span, ",c", 5), SIZE_MAX);
	assert_int_equal(afd_span_find(span, "c", 5), 5);
	assert_int_equal(afd_span_find(span, "c", 6), SIZE_MAX);
	assert_int_equal(afd_span_find(span, "c", SIZE_MAX), SIZE_MAX);
	assert_int_equal(afd_span_find(span, "a,b,c,d", 0), SIZE_MAX);
	assert_int_equal(afd_span_find(afd_span_first(span, 1), ",", 0), SIZE_MAX);
}

static void order_is_by_unsigned_bytes_and_then_by_size(void **state)
{
	(void)state;
	assert_true(afd_span_compare(AFD_SPAN("a"), AFD_SPAN("b")) < 0);
	assert_true(afd_span_compare(AFD_SPAN("\xd0"), AFD_SPAN("z")) > 0);
	assert_true(afd_span_compare(AFD_SPAN("ab"), AFD_SPAN("abc")) < 0);
	assert_true(afd_span_compare(AFD_SPAN("b"), AFD_SPAN("abc")) > 0);
	assert_true(afd_span_compare(AFD_SPAN("ac"), AFD_SPAN("abc")) > 0);
	assert_int_equal(afd_span_compare(AFD_SPAN("abc"), AFD_SPAN("abc")), 0);
	assert_int_equal(afd_span_compare((struct afd_span){ NULL, 0 }, AFD_SPAN("")), 0);
}

static void utf8_is_that_of_the_rfc(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t size;
	} rows[] = {
		{ "a", 1 },
		{ "\xc2\x80", 2 },
		{ "\xdf\xbf", 2 },
		{ "\xe0\xa0\x80", 3 },
		{ "\xed\x9f\xbf", 3 },
		{ "\xef\xbf\xbf", 3 },
		{ "\xf0\x90\x80\x80", 4 },
		{ "\xf4\x8f\xbf\xbf", 4 },
		{ "\x80", 0 },
		{ "\xc1\xbf", 0 },
		{ "\xc2\x7f", 0 },
		{ "\xe0\x9f\xbf", 0 },
		{ "\xed\xa0\x80", 0 },
		{ "\xe1\x80\x7f", 0 },
		{ "\xf0\x8f\xbf\xbf", 0 },
		{ "\xf4\x90\x80\x80", 0 },
		{ "\xf5\x80\x80\x80", 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_span span = afd_span_of(rows[i].bytes);
		assert_int_equal(afd_span_utf8(span), rows[i].size);
		if (span.size > 1)
			assert_int_equal(afd_span_utf8(afd_span_first(span, span.size - 1)), 0);
	}
	assert_int_equal(afd_span_utf8(AFD_SPAN("\0")), 1);
	assert_int_equal(afd_span_utf8((struct afd_span){ NULL, 0 }), 0);
}

static void assert_distance(const char *a, const char *b, size_t wanted)
{
	assert_int_equal(afd_span_distance(afd_span_of(a), afd_span_of(b)), wanted);
	assert_int_equal(afd_span_distance(afd_span_of(b), afd_span_of(a)), wanted);
}

static void distance_counts_slips(void **state)
{
	(void)state;
	assert_distance("body", "body", 0);
	assert_distance("bdy", "body", 1);
	assert_distance("bodi", "body", 1);
	assert_distance("bdoy", "body", 1);
	assert_distance("statsu", "status", 1);
	assert_distance("kitten", "sitting", 3);
	assert_distance("ca", "abc", 3); /* optimal string alignment: no change within a swap */
	assert_distance("", "abc", 3);
	assert_distance("", "", 0);
	char longest[65];
	memset(longest, 'a', sizeof longest);
	struct afd_span most = { longest, 64 };
	assert_int_equal(afd_span_distance(most, afd_span_first(most, 60)), 4);
	assert_int_equal(afd_span_distance(AFD_SPAN("a"), (struct afd_span){ longest, 65 }), SIZE_MAX);
	assert_int_equal(afd_span_distance((struct afd_span){ longest, 65 }, AFD_SPAN("a")), SIZE_MAX);
}

static void a_text_keeps_any_bytes_and_ends_with_a_nul(void **state)
{
	(void)state;
	struct afd_text text;
	afd_text_init(&text, 1000);
	assert_null(text.data);
	assert_true(afd_text_add(&text, AFD_SPAN("a\0b")));
	assert_true(afd_text_putc(&text, '\0'));
	assert_true(afd_text_puts(&text, "c"));
	assert_true(afd_text_printf(&text, "%d%s", 42, "%n"));
	assert_true(afd_span_equal(afd_text_span(&text), AFD_SPAN("a\0b\0c42%n")));
	assert_int_equal(text.data[text.size], '\0');
	afd_text_clear(&text);
	assert_int_equal(text.size, 0);
	assert_string_equal(text.data, "");
	assert_true(afd_text_puts(&text, "again"));
	assert_string_equal(text.data, "again");
	afd_text_free(&text);
	assert_null(text.data);
	assert_int_equal(text.limit, 1000);
}

static void a_text_grows_to_its_limit_and_no_further(void **state)
{
	(void)state;
	enum { LIMIT = 100000 };
	struct afd_text text;
	afd_text_init(&text, LIMIT);
	for (int i = 0; i < LIMIT; i++)
		assert_true(afd_text_putc(&text, (char)('a' + i % 26)));
	for (int i = 0; i < LIMIT; i++)
		assert_int_equal(text.data[i], 'a' + i % 26);
	assert_true(afd_text_add(&text, (struct afd_span){ NULL, 0 }));
	assert_false(text.failed);
	assert_false(afd_text_putc(&text, 'x'));
	assert_true(text.failed);
	assert_int_equal(text.size, LIMIT);
	afd_text_free(&text);
}

static void a_failure_stays(void **state)
{
	(void)state;
	struct afd_text text;
	afd_text_init(&text, 5);
	assert_true(afd_text_puts(&text, "abc"));
	assert_false(afd_text_printf(&text, "%s", "def"));
	assert_string_equal(text.data, "abc");
	assert_false(afd_text_putc(&text, 'd'));
	assert_false(afd_text_puts(&text, ""));
	assert_true(text.failed);
	afd_text_clear(&text);
	assert_true(afd_text_printf(&text, "%s", "fives"));
	assert_string_equal(text.data, "fives");
	afd_text_free(&text);
}

static void no_limit_overflows(void **state)
{
	(void)state;
	struct afd_text text;
	afd_text_init(&text, SIZE_MAX);
	assert_true(afd_text_putc(&text, 'a'));
	assert_false(afd_text_add(&text, (struct afd_span){ "b", SIZE_MAX - 1 }));
	assert_false(afd_text_add(&text, (struct afd_span){ "b", SIZE_MAX / 2 }));
	assert_string_equal(text.data, "a");
	afd_text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_equal_by_bytes),
		cmocka_unit_test(only_ascii_letters_have_no_case),
		cmocka_unit_test(starts_and_ends),
		cmocka_unit_test(trimming_takes_blanks_of_a_line_and_no_more),
		cmocka_unit_test(parts_stay_inside),
		cmocka_unit_test(finding_looks_from_a_place),
		cmocka_unit_test(order_is_by_unsigned_bytes_and_then_by_size),
		cmocka_unit_test(utf8_is_that_of_the_rfc),
		cmocka_unit_test(distance_counts_slips),
		cmocka_unit_test(a_text_keeps_any_bytes_and_ends_with_a_nul),
		cmocka_unit_test(a_text_grows_to_its_limit_and_no_further),
		cmocka_unit_test(a_failure_stays),
		cmocka_unit_test(no_limit_overflows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
