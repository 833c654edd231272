/* SPDX-License-Identifier: MIT */
#include "cookies.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void merges(const char *older, const char *newer, const char *expected)
{
	struct afd_text out;
	afd_text_init(&out, 1000);
	assert_true(afd_cookies_merge(afd_span_of(older), afd_span_of(newer), &out));
	assert_true(afd_text_putc(&out, '\0'));
	assert_string_equal(out.data, expected);
	afd_text_free(&out);
}

static void new_pairs_take_the_place_of_old_ones(void **state)
{
	(void)state;
	merges("", "a=1", "a=1");
	merges("a=1", "", "a=1");
	merges("a=1; b=2", "a=3", "a=3; b=2");
	merges("a=1", "b=2; a=3; b=4", "a=3; b=4");
	merges("ab=1", "a=2", "ab=1; a=2");
	merges("a=x=y", "b==", "a=x=y; b==");
}

static void a_pair_without_a_value_takes_its_cookie_away(void **state)
{
	(void)state;
	merges("a=1; b=2", "a=", "b=2");
	merges("", "a=; b=2", "b=2");
	merges("a=1", "a=", "");
	merges("a=1; b=2", "; ;a; ", "b=2");
}

static void too_many_are_told(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, 4);
	assert_false(afd_cookies_merge(AFD_SPAN("abc=1"), AFD_SPAN("d=2"), &out));
	afd_text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_pairs_take_the_place_of_old_ones),
		cmocka_unit_test(a_pair_without_a_value_takes_its_cookie_away),
		cmocka_unit_test(too_many_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
