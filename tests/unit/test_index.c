/* SPDX-License-Identifier: MIT
 * The map from strings to numbers, against a look through a list. */
#include "index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct afd_arena arena;
static struct afd_index map;

static int empty(void **state)
{
	(void)state;
	afd_arena_free(&arena);
	map = (struct afd_index){ NULL };
	return 0;
}

static void nothing_is_in_an_empty_map(void **state)
{
	(void)state;
	assert_int_equal(afd_index_find(&map, ""), SIZE_MAX);
	assert_int_equal(afd_index_find(&map, "a"), SIZE_MAX);
}

static void each_key_has_its_number(void **state)
{
	(void)state;
	static const char *const keys[] = { "b",    "",     "a",    "ab", "abc",  "aa",
										"\xff", "\x7f", "\x80", "B",  "\x01", "a\x01" };
	enum { COUNT = sizeof keys / sizeof keys[0] };
	for (size_t i = 0; i < COUNT; i++) {
		for (size_t k = 0; k < COUNT; k++)
			assert_int_equal(afd_index_find(&map, keys[k]), k < i ? k : SIZE_MAX);
		afd_index_put(&map, &arena, keys[i], i);
	}
	assert_int_equal(afd_index_find(&map, "abcd"), SIZE_MAX);
	assert_int_equal(afd_index_find(&map, "ac"), SIZE_MAX);
	assert_int_equal(afd_index_find_span(&map, afd_span_first(AFD_SPAN("abcd"), 3)), 4);
	assert_int_equal(afd_index_find_span(&map, AFD_SPAN("a\0")), SIZE_MAX);
}

static void a_key_may_get_another_number(void **state)
{
	(void)state;
	afd_index_put(&map, &arena, "1", 1);
	afd_index_put(&map, &arena, "2", 2);
	afd_index_put(&map, &arena, "1", 3);
	assert_int_equal(afd_index_find(&map, "1"), 3);
	assert_int_equal(afd_index_find(&map, "2"), 2);
}

static void many_keys_in_any_order(void **state)
{
	(void)state;
	enum { COUNT = 20000 };
	static const char *keys[COUNT];
	unsigned seed = 3;
	for (size_t i = 0; i < COUNT; i++) {
		seed = seed * 1103515245 + 12345;
		keys[i] = afd_arena_printf(&arena, "%u-%zu", seed >> 16 & 0xFF, i);
		afd_index_put(&map, &arena, keys[i], i);
	}
	for (size_t i = 0; i < COUNT; i++)
		assert_int_equal(afd_index_find(&map, keys[i]), i);
	assert_int_equal(afd_index_find(&map, "0-20000"), SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(nothing_is_in_an_empty_map, empty),
		cmocka_unit_test_teardown(each_key_has_its_number, empty),
		cmocka_unit_test_teardown(a_key_may_get_another_number, empty),
		cmocka_unit_test_teardown(many_keys_in_any_order, empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
