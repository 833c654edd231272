/* SPDX-License-Identifier: MIT
 * The arena: zeroed, aligned, kept until it is freed; the end of memory is the end of the process. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* AddressSanitizer would end the process itself where malloc has to say no. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	unsigned char *blocks[2000];
	for (size_t i = 0; i < 2000; i++) {
		blocks[i] = afd_arena_new(&arena, i + 1);
		assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k <= i; k++)
			assert_int_equal(blocks[i][k], 0);
		memset(blocks[i], (int)(i % 255) + 1, i + 1);
	}
	for (size_t i = 0; i < 2000; i++) {
		assert_int_equal(blocks[i][0], i % 255 + 1);
		assert_int_equal(blocks[i][i], i % 255 + 1);
	}
	afd_arena_free(&arena);
	assert_null(arena.page);
	afd_arena_free(&arena);
}

static void one_block_may_be_larger_than_a_page(void **state)
{
	(void)state;
	enum { LARGE = 5 << 20 };
	struct afd_arena arena = { NULL };
	char *before = afd_arena_copy(&arena, AFD_SPAN("before"));
	char *large = afd_arena_new(&arena, LARGE);
	memset(large, 'x', LARGE);
	char *after = afd_arena_copy(&arena, AFD_SPAN("after"));
	assert_string_equal(before, "before");
	assert_string_equal(after, "after");
	assert_int_equal(large[LARGE - 1], 'x');
	afd_arena_free(&arena);
}

static void copies_end_with_a_nul(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	char *bytes = afd_arena_copy(&arena, AFD_SPAN("a\0b"));
	assert_memory_equal(bytes, "a\0b", 4);
	assert_string_equal(afd_arena_copy(&arena, (struct afd_span){ NULL, 0 }), "");
	char *whole = afd_arena_copy(&arena, AFD_SPAN("0123456789abcdef"));
	char *printed = afd_arena_printf(&arena, "%s", "fedcba9876543210");
	assert_int_equal(*afd_arena_copy(&arena, AFD_SPAN("next")), 'n');
	assert_string_equal(whole, "0123456789abcdef");
	assert_string_equal(printed, "fedcba9876543210");
	char *line = afd_arena_printf(&arena, "%s|%*d", "%n%s", 100000, 7);
	assert_int_equal(strlen(line), 5 + 100000);
	assert_memory_equal(line, "%n%s| ", 6);
	assert_int_equal(line[5 + 99999], '7');
	afd_arena_free(&arena);
}

struct row {
	size_t number;
	char text[40];
};

static void pushed_elements_stay_and_new_ones_are_zeroed(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	struct row *rows = NULL;
	size_t count = 0;
	for (size_t i = 0; i < 10000; i++) {
		struct row *row = afd_arena_push(&arena, &rows, &count, sizeof *row);
		assert_int_equal(count, i + 1);
		assert_ptr_equal(row, &rows[i]);
		assert_int_equal(row->number, 0);
		assert_int_equal(row->text[39], 0);
		row->number = i;
		row->text[39] = 'x';
	}
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows[i].number, i);
	afd_arena_free(&arena);
}

static void take_too_much(struct afd_arena *arena)
{
	(void)afd_arena_new(arena, SIZE_MAX - 1);
}

static void take_too_many(struct afd_arena *arena)
{
	(void)afd_arena_array(arena, SIZE_MAX / 16 + 2, 16);
}

static void take_more_than_there_is(struct afd_arena *arena)
{
	(void)afd_arena_new(arena, SIZE_MAX / 4);
}

/* The exit code of a process that does it; its message goes nowhere. */
static int exit_code_of(void (*take)(struct afd_arena *arena))
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		struct afd_arena arena = { NULL };
		close(STDERR_FILENO);
		take(&arena);
		_exit(99);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void the_end_of_memory_is_no_verdict(void **state)
{
	(void)state;
	assert_int_equal(exit_code_of(take_too_much), AFD_EXIT_NO_VERDICT);
	assert_int_equal(exit_code_of(take_too_many), AFD_EXIT_NO_VERDICT);
	assert_int_equal(exit_code_of(take_more_than_there_is), AFD_EXIT_NO_VERDICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(one_block_may_be_larger_than_a_page),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(pushed_elements_stay_and_new_ones_are_zeroed),
		cmocka_unit_test(the_end_of_memory_is_no_verdict),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
