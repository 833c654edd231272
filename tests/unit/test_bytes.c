/* SPDX-License-Identifier: MIT
 * Documents of bytes that are no text: refused or warned of at the right place. */
#include "bytes.h"

#include "scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "line:column name" of each diagnostic, in the order of the source. */
static void assert_found(struct afd_span text, const char *wanted)
{
	struct afd_arena arena = { NULL };
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_text out;
	afd_source_from(&source, &arena, "a.md", (struct afd_span){ afd_arena_copy(&arena, text), text.size });
	afd_parse(&source, &arena, &document);
	afd_diag_init(&diag, &source, &arena);
	afd_bytes_check(&document, &diag);
	afd_diag_sort(&diag);
	afd_text_init(&out, 10000);
	afd_text_puts(&out, "");
	for (size_t i = 0; i < diag.count; i++)
		afd_text_printf(&out, "%u:%u %s%s\n", afd_source_line(&source, diag.rows[i].begin),
						afd_source_column(&source, diag.rows[i].begin),
						diag.rows[i].severity == AFD_ERROR_SEVERITY ? "error " : "", diag.rows[i].name);
	assert_string_equal(out.data, wanted);
	afd_text_free(&out);
	afd_arena_free(&arena);
}

static void text_is_fine(void **state)
{
	(void)state;
	assert_found(AFD_SPAN(""), "");
	assert_found(
		AFD_SPAN(
			"\xEF\xBB\xBF# \xd0\x96 \xf0\x9f\x98\x80\xe2\x80\x8d\r\n\t\x1b\x7f\xe2\x80\xa8\xe2\x80\x8f\n"),
		"");
}

static void a_nul_is_an_error_once_a_line(void **state)
{
	(void)state;
	assert_found(AFD_SPAN("# a\0b\0c\n\n\0\nd\n\0"), "1:4 error nul\n3:1 error nul\n5:1 error nul\n");
	assert_found(AFD_SPAN("```\0\na\n```\n\0\n"), "1:4 error nul\n4:1 error nul\n");
}

static void in_a_fence_any_bytes_may_be_meant(void **state)
{
	(void)state;
	assert_found(AFD_SPAN("```\na\0b\xff\n```\n"), "");
	assert_found(AFD_SPAN("```\na\0b\n```\nc\0\n~~~\n\0\n~~~\n\0"), "4:2 error nul\n8:1 error nul\n");
	assert_found(AFD_SPAN("x\0\n```\n\0"), "1:2 error nul\n");
}

static void another_encoding_is_a_warning_at_its_first_byte(void **state)
{
	(void)state;
	assert_found(AFD_SPAN("# a\n**\xc7\xe0\xef:** \xff\n\xff\n"), "2:3 encoding\n");
	assert_found(AFD_SPAN("a \xed\xa0\x80\n"), "1:3 encoding\n");
	assert_found(AFD_SPAN("\xd0"), "1:1 encoding\n");
	assert_found(AFD_SPAN("```\n\xff\n```\n\n\xff"), "5:1 encoding\n");
}

static void utf16_is_an_error_of_its_own(void **state)
{
	(void)state;
	assert_found(AFD_SPAN("\xff\xfe#\0 \0a\0\n\0"), "1:1 error encoding\n");
	assert_found(AFD_SPAN("\xfe\xff\0#\0 \0a"), "1:1 error encoding\n");
}

static void marks_of_order_are_a_warning_once_a_line(void **state)
{
	(void)state;
	assert_found(AFD_SPAN("a \xe2\x80\xae"
						  "b\xe2\x80\xac c\n\xe2\x81\xa6x\n"),
				 "1:3 bidi\n2:1 bidi\n");
	assert_found(AFD_SPAN("```\n{\"\xe2\x80\xaa\"}\n```\n"), "2:3 bidi\n");
	assert_found(AFD_SPAN("\xe2\x80\xa9\xe2\x80\xaf\xe2\x81\xa5\xe2\x81\xaa\xe2\x80"), "1:5 encoding\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_fine),
		cmocka_unit_test(a_nul_is_an_error_once_a_line),
		cmocka_unit_test(in_a_fence_any_bytes_may_be_meant),
		cmocka_unit_test(another_encoding_is_a_warning_at_its_first_byte),
		cmocka_unit_test(utf16_is_an_error_of_its_own),
		cmocka_unit_test(marks_of_order_are_a_warning_once_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
