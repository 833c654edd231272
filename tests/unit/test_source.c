/* SPDX-License-Identifier: MIT
 * Sources: lines and columns of any bytes. */
#include "source.h"

#include "scratch.h"

static struct afd_arena arena;
static struct afd_source source;

static void from(struct afd_span text)
{
	afd_source_from(&source, &arena, "spec.md", (struct afd_span){ afd_arena_copy(&arena, text), text.size });
}

static int release(void **state)
{
	(void)state;
	afd_arena_free(&arena);
	return 0;
}

static void assert_line(unsigned line, const char *wanted)
{
	struct afd_span text = afd_source_line_text(&source, line);
	assert_true(afd_span_is(text, wanted));
}

static void lines_end_with_a_newline_and_nothing_else(void **state)
{
	(void)state;
	from(AFD_SPAN("a\r\nb\rc\n\nd\xe2\x80\xa8"
				  "e\v\f\x1c"));
	assert_int_equal(source.line_count, 4);
	assert_line(1, "a\r");
	assert_line(2, "b\rc");
	assert_line(3, "");
	assert_line(4, "d\xe2\x80\xa8"
				   "e\v\f\x1c");
	assert_int_equal(afd_source_line(&source, 0), 1);
	assert_int_equal(afd_source_line(&source, 2), 1);
	assert_int_equal(afd_source_line(&source, 3), 2);
	assert_int_equal(afd_source_line(&source, 7), 3);
	assert_int_equal(afd_source_line(&source, 8), 4);
	assert_int_equal(afd_source_line(&source, source.text.size), 4);
}

static void a_last_newline_begins_no_line(void **state)
{
	(void)state;
	from(AFD_SPAN("a\nb\n"));
	assert_int_equal(source.line_count, 2);
	assert_line(2, "b");
	from(AFD_SPAN("\n"));
	assert_int_equal(source.line_count, 1);
	assert_line(1, "");
	from(AFD_SPAN(""));
	assert_int_equal(source.line_count, 1);
	assert_line(1, "");
	assert_int_equal(afd_source_line(&source, 0), 1);
	assert_int_equal(afd_source_column(&source, 0), 1);
	from(AFD_SPAN("\n\n\n"));
	assert_int_equal(source.line_count, 3);
}

static void ranges_of_lines_are_their_exact_bytes(void **state)
{
	(void)state;
	from(AFD_SPAN("one\r\ntwo\0\nthree\nfour"));
	assert_true(afd_span_equal(afd_source_lines(&source, 1, 2), AFD_SPAN("one\r\ntwo\0")));
	assert_true(afd_span_equal(afd_source_lines(&source, 3, 4), AFD_SPAN("three\nfour")));
	assert_true(afd_span_equal(afd_source_lines(&source, 1, 4), source.text));
	from(AFD_SPAN("one\ntwo\n"));
	assert_true(afd_span_equal(afd_source_lines(&source, 1, 2), AFD_SPAN("one\ntwo")));
}

static void a_byte_order_mark_is_no_column(void **state)
{
	(void)state;
	from(AFD_SPAN("\xEF\xBB\xBF# a\n# b"));
	assert_int_equal(source.start, 3);
	assert_int_equal(afd_source_column(&source, 0), 1);
	assert_int_equal(afd_source_column(&source, 3), 1);
	assert_int_equal(afd_source_column(&source, 5), 3);
	assert_int_equal(afd_source_column(&source, 9), 3);
	from(AFD_SPAN("\xEF\xBB"));
	assert_int_equal(source.start, 0);
	from(AFD_SPAN("a\xEF\xBB\xBF"));
	assert_int_equal(source.start, 0);
}

static void columns_count_code_points(void **state)
{
	(void)state;
	from(AFD_SPAN("\xd0\xb6\xe2\x82\xac\xf0\x9f\x98\x80x\n\xffy"));
	assert_int_equal(afd_source_column(&source, 0), 1);
	assert_int_equal(afd_source_column(&source, 2), 2);
	assert_int_equal(afd_source_column(&source, 5), 3);
	assert_int_equal(afd_source_column(&source, 9), 4);
	assert_int_equal(afd_source_column(&source, 12), 2);
	assert_int_equal(afd_source_column(&source, 1000), 3);
}

static unsigned column_by_hand(size_t offset)
{
	unsigned column = 1;
	size_t begin = offset;
	while (begin > 0 && source.text.data[begin - 1] != '\n')
		begin--;
	for (size_t i = begin; i < offset; i++)
		column += ((unsigned char)source.text.data[i] & 0xC0) != 0x80;
	return column;
}

static void columns_of_long_lines_are_those_of_a_count(void **state)
{
	(void)state;
	enum { SIZE = 5 * AFD_SOURCE_BLOCK };
	static char bytes[SIZE];
	unsigned seed = 1;
	for (size_t i = 0; i < SIZE; i++) {
		seed = seed * 1103515245 + 12345;
		unsigned kind = seed >> 16 & 0xFFF;
		bytes[i] = kind == 0 ? '\n' : kind % 3 == 0 ? '\xb6' : kind % 3 == 1 ? '\xd0' : 'x';
	}
	from((struct afd_span){ bytes, SIZE });
	for (size_t offset = 0; offset <= SIZE; offset += offset % AFD_SOURCE_BLOCK < 3 ? 1 : 61)
		assert_int_equal(afd_source_column(&source, offset), column_by_hand(offset));
	assert_int_equal(afd_source_column(&source, SIZE), column_by_hand(SIZE));
}

static void a_file_is_loaded_whole_or_not_at_all(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	scratch_put("spec.md", AFD_SPAN("# \0a\n"));
	assert_int_equal(afd_source_load(&source, &arena, "spec.md", "shown/spec.md", &err), 0);
	assert_string_equal(source.path, "shown/spec.md");
	assert_true(afd_span_equal(source.text, AFD_SPAN("# \0a\n")));
	assert_int_equal(source.text.data[source.text.size], '\0');
	assert_int_equal(afd_source_load(&source, &arena, "absent.md", "absent.md", &err), AFD_EXIT_NO_VERDICT);
	assert_string_equal(err.text, "cannot read absent.md: No such file or directory");
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_source_load(&source, &arena, "/dev/zero", "zero", &err), AFD_EXIT_NO_VERDICT);
}

static void a_file_over_the_limit_is_refused(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	int fd = open("large.md", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)AFD_SOURCE_MAX + 1), 0);
	close(fd);
	assert_int_equal(afd_source_load(&source, &arena, "large.md", "large.md", &err), AFD_EXIT_NO_VERDICT);
	assert_non_null(strstr(err.text, "larger than"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_with_a_newline_and_nothing_else),
		cmocka_unit_test(a_last_newline_begins_no_line),
		cmocka_unit_test(ranges_of_lines_are_their_exact_bytes),
		cmocka_unit_test(a_byte_order_mark_is_no_column),
		cmocka_unit_test(columns_count_code_points),
		cmocka_unit_test(columns_of_long_lines_are_those_of_a_count),
		IN_A_FOLDER(a_file_is_loaded_whole_or_not_at_all),
		IN_A_FOLDER(a_file_over_the_limit_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
