/* SPDX-License-Identifier: MIT
 * References: what a generated file says is read again, whatever the spec is called, and held against the
 * spec. */
#include "trace.h"

#include "compiled.h"
#include "emit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(id, rest) "## " id " T\n\n**Request:** `GET https://example.com/" id "`\n" rest "\n"

static void assert_reads_again(const char *path)
{
	struct compiled spec;
	struct afd_reference reference;
	struct afd_text out;
	compiled_from(&spec, path, AFD_SPAN("# A\n\n" TEST("6.13", "")));
	const struct afd_model_test *test = &spec.model.tests.rows[0];
	afd_text_init(&out, 1 << 20);
	afd_emit_test(&spec.model, test, &out);
	assert_true(afd_trace_read(afd_text_span(&out), &spec.arena, &reference));
	assert_string_equal(reference.spec, path);
	assert_string_equal(reference.id, "6.13");
	assert_string_equal(reference.sha256, test->sha256);
	assert_int_equal(reference.first_line, 3);
	assert_int_equal(reference.last_line, 5);
	afd_text_free(&out);
	compiled_free(&spec);
}

static void what_was_written_is_read_again(void **state)
{
	(void)state;
	char longest[1000];
	memset(longest, 'p', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	assert_reads_again("specs/orders.md");
	assert_reads_again("a */ b?\?/\n\t\r\"'\\.md");
	assert_reads_again("\xd0\xb6\xff\x01"
					   "0.md");
	assert_reads_again("\t.id = \"x\",\n.md");
	assert_reads_again(longest);
}

static void a_file_that_is_not_generated_has_no_reference(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"int main(void) { return 0; }\n",
		"\nconst struct afd_test ",
		"\nconst struct afd_test x = {\n\t.spec = \"a\",\n\t.id = \"1\",\n\t.first_line = 1,\n};\n",
		"\nconst struct afd_test x = {\n\t.spec = NULL,\n\t.id = \"1\",\n\t.sha256 = \"a\",\n\t.first_line = "
		"1,\n};\n",
		"\nconst struct afd_test x = {\n\t.spec = \"a\",\n\t.id = \"1\",\n\t.sha256 = \"a\",\n\t.first_line "
		"= 0,\n};\n",
	};
	struct afd_arena arena = { NULL };
	struct afd_reference reference;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_false(afd_trace_read(afd_span_of(texts[i]), &arena, &reference));
	afd_arena_free(&arena);
}

static void a_file_that_is_cut_is_read_without_harm(void **state)
{
	(void)state;
	struct compiled spec;
	struct afd_text out;
	compiled_from(&spec, "a\n\x01.md", AFD_SPAN(TEST("1", "")));
	afd_text_init(&out, 1 << 20);
	afd_emit_test(&spec.model, &spec.model.tests.rows[0], &out);
	for (size_t size = 0; size < out.size; size++) {
		struct afd_reference reference;
		char *exact = malloc(size ? size : 1);
		assert_non_null(exact);
		memcpy(exact, out.data, size);
		(void)afd_trace_read((struct afd_span){ exact, size }, &spec.arena, &reference);
		free(exact);
	}
	afd_text_free(&out);
	compiled_free(&spec);
}

/* References of the tests of `before`, held against `after`. */
static void assert_states(const char *before, const char *after, const char *wanted)
{
	struct compiled old;
	struct compiled new;
	struct afd_trace trace = { .references = { NULL, 0 } };
	struct afd_text out;
	compiled_from(&old, "a.md", afd_span_of(before));
	compiled_from(&new, "a.md", afd_span_of(after));
	afd_text_init(&out, 1 << 20);
	for (size_t i = 0; i < old.model.tests.count; i++) {
		struct afd_reference *row =
			afd_arena_push(&new.arena, &trace.references.rows, &trace.references.count, sizeof *row);
		afd_text_clear(&out);
		afd_emit_test(&old.model, &old.model.tests.rows[i], &out);
		assert_true(afd_trace_read(afd_text_span(&out), &new.arena, row));
		row->file = "test.c";
	}
	afd_trace_compare(&trace, &new.model);
	afd_text_clear(&out);
	for (size_t i = 0; i < trace.references.count; i++) {
		const struct afd_reference *row = &trace.references.rows[i];
		assert_true((row->state == AFD_MISSING) == !row->file);
		afd_text_printf(&out, "%s %s %u-%u now %u-%u\n", afd_trace_word(row->state), row->id, row->first_line,
						row->last_line, row->now_first, row->now_last);
	}
	assert_string_equal(out.data, wanted);
	afd_text_free(&out);
	compiled_free(&old);
	compiled_free(&new);
}

static void references_are_exact_moved_changed_orphaned_or_missing(void **state)
{
	(void)state;
	assert_states(TEST("1", "") TEST("2", ""), TEST("1", "") TEST("2", ""),
				  "exact 1 1-3 now 1-3\nexact 2 5-7 now 5-7\n");
	assert_states(TEST("1", "") TEST("2", ""), "Prose.\n\n" TEST("1", "") TEST("2", ""),
				  "moved 1 1-3 now 3-5\nmoved 2 5-7 now 7-9\n");
	assert_states(TEST("1", "") TEST("2", ""), TEST("1", "Prose.\n") TEST("2", ""),
				  "changed 1 1-3 now 1-4\nmoved 2 5-7 now 6-8\n");
	assert_states(TEST("1", "") TEST("2", ""), TEST("2", "") TEST("3", ""),
				  "orphaned 1 1-3 now 0-0\nmoved 2 5-7 now 1-3\nmissing 3 5-7 now 5-7\n");
	assert_states(TEST("1", ""), "", "orphaned 1 1-3 now 0-0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read_again),
		cmocka_unit_test(a_file_that_is_not_generated_has_no_reference),
		cmocka_unit_test(a_file_that_is_cut_is_read_without_harm),
		cmocka_unit_test(references_are_exact_moved_changed_orphaned_or_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
