/* SPDX-License-Identifier: MIT
 * Failures: the first is kept, in one line; exit codes have an order. */
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_first_failure_is_kept(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	assert_int_equal(afd_fail(&err, AFD_EXIT_USAGE, "no %s of %d", "file", 2), AFD_EXIT_USAGE);
	assert_string_equal(err.text, "no file of 2");
	assert_int_equal(afd_fail(&err, AFD_EXIT_LEAK, "later"), AFD_EXIT_USAGE);
	assert_string_equal(err.text, "no file of 2");
	assert_int_equal(err.code, AFD_EXIT_USAGE);
}

static void a_text_is_cut_where_it_is_too_long(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	char name[5000];
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_int_equal(afd_fail(&err, AFD_EXIT_NO_VERDICT, "%s", name), AFD_EXIT_NO_VERDICT);
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void a_text_is_one_line_that_moves_no_cursor(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	afd_fail(&err, AFD_EXIT_NO_VERDICT, "cannot read %s", "a\nb\x1b[2J\r\t\x7f \xd0\xb6");
	assert_string_equal(err.text, "cannot read a?b?[2J??? \xd0\xb6");
}

static void the_worse_exit_code_wins(void **state)
{
	(void)state;
	static const enum afd_exit order[] = { AFD_EXIT_OK,     AFD_EXIT_NO_VERDICT, AFD_EXIT_USAGE,
										   AFD_EXIT_FAILED, AFD_EXIT_REFUSED,    AFD_EXIT_EVIDENCE,
										   AFD_EXIT_LEAK };
	enum { COUNT = sizeof order / sizeof order[0] };
	for (size_t i = 0; i < COUNT; i++) {
		for (size_t k = 0; k < COUNT; k++) {
			assert_int_equal(afd_exit_worse(order[i], order[k]), order[i > k ? i : k]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_failure_is_kept),
		cmocka_unit_test(a_text_is_cut_where_it_is_too_long),
		cmocka_unit_test(a_text_is_one_line_that_moves_no_cursor),
		cmocka_unit_test(the_worse_exit_code_wins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
