/* SPDX-License-Identifier: MIT
 * Two versions of a spec: what was added, removed, moved, changed, and what of it. */
#include "diff.h"

#include "compiled.h"

#include <cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(id, rest) "## " id " T\n\n**Request:** `GET https://example.com/" id "`\n" rest "\n"

/* A line for each difference: its word, the test, what of it. */
static void assert_differs(const char *before, const char *after, const char *wanted)
{
	static const char *const words[] = { "added", "removed", "moved", "changed" };
	struct compiled old;
	struct compiled new;
	struct afd_diff diff;
	struct afd_text out;
	compiled_from(&old, "old.md", afd_span_of(before));
	compiled_from(&new, "new.md", afd_span_of(after));
	afd_diff_compare(&diff, &old.model, &new.model);
	afd_text_init(&out, 10000);
	for (size_t i = 0; i < diff.rows.count; i++) {
		const struct afd_diff_row *row = &diff.rows.rows[i];
		assert_true((row->difference == AFD_ADDED) == !row->before);
		assert_true((row->difference == AFD_REMOVED) == !row->after);
		afd_text_printf(&out, "%s %s%s%s%s%s%s%s%s\n", words[row->difference],
						(row->after ? row->after : row->before)->id, row->request ? " request" : "",
						row->headers ? " headers" : "", row->body ? " body" : "",
						row->expectations ? " expectations" : "", row->effect ? " effect" : "",
						row->cases ? " cases" : "", row->text ? " text" : "");
	}
	afd_text_printf(&out, "%zu same", diff.same);
	assert_string_equal(out.data, wanted);
	afd_text_free(&out);
	compiled_free(&old);
	compiled_free(&new);
}

static void the_same_spec_differs_in_nothing(void **state)
{
	(void)state;
	assert_differs("", "", "0 same");
	assert_differs(TEST("1", "") TEST("2", ""), TEST("1", "") TEST("2", ""), "2 same");
	assert_differs(TEST("1", ""), TEST("1", "") "---\n\nProse.\n", "1 same");
}

static void a_line_above_moves_what_is_below(void **state)
{
	(void)state;
	assert_differs(TEST("1", "") TEST("2", ""), TEST("1", "") "---\n\n" TEST("2", ""), "moved 2\n1 same");
}

static void tests_are_added_and_removed_where_they_stood(void **state)
{
	(void)state;
	assert_differs(TEST("1", "") TEST("2", "") TEST("3", "") TEST("4", ""),
				   TEST("1", "") TEST("5", "") TEST("3", ""), "added 5\nremoved 2\nremoved 4\n2 same");
	assert_differs(TEST("1", ""), "", "removed 1\n0 same");
	assert_differs("", TEST("1", ""), "added 1\n0 same");
	assert_differs(TEST("1", "") TEST("2", "") TEST("3", ""), TEST("3", "") TEST("1", ""),
				   "removed 2\nmoved 3\nmoved 1\n0 same");
}

static void a_change_says_what_of_it(void **state)
{
	(void)state;
	assert_differs(TEST("1", ""), "## 1 T\n\n**Request:** `POST https://example.com/1`\n\n",
				   "changed 1 request effect\n0 same");
	assert_differs(TEST("1", ""), "## 1 T\n\n**Request:** `GET https://example.com/2`\n\n",
				   "changed 1 request\n0 same");
	assert_differs(TEST("1", ""), TEST("1", "\n**Effect:** write\n"), "changed 1 effect\n0 same");
	assert_differs(TEST("1", ""), TEST("1", "\n**Body:** `{}`\n"), "changed 1 body\n0 same");
	assert_differs(TEST("1", ""), TEST("1", "\n**Body:**\n```\n```\n"), "changed 1 body\n0 same");
	assert_differs(TEST("1", "\n**Body:** `{}`\n"), TEST("1", "\n**Body:** `[]`\n"),
				   "changed 1 body\n0 same");
	assert_differs(TEST("1", ""), TEST("1", "\n**Headers:** `A: b`\n"), "changed 1 headers\n0 same");
	assert_differs(TEST("1", "\n**Headers:** `A: b`\n"), TEST("1", "\n**Headers:** `A: c`\n"),
				   "changed 1 headers\n0 same");
	assert_differs(TEST("1", "\n**Expected:** `200`\n"), TEST("1", "\n**Expected:** `201`\n"),
				   "changed 1 expectations\n0 same");
	assert_differs(TEST("1", "\n**Expected:** `200`\n"), TEST("1", "\n**Expected:** `200` and JSON\n"),
				   "changed 1 expectations\n0 same");
	assert_differs(TEST("1", ""), TEST("1", "\nProse.\n"), "changed 1 text\n0 same");
}

static void examples_are_cases(void **state)
{
	(void)state;
#define EXAMPLES(last)                                                                                       \
	"## 1 T\n\n**Request:** `GET https://example.com/{ID}`\n\n**Examples:**\n- `GET "                        \
	"https://example.com/1`\n" last
	assert_differs(EXAMPLES(""), EXAMPLES("- `GET https://example.com/2`\n"), "changed 1 cases\n0 same");
	assert_differs(EXAMPLES("- `GET https://example.com/2`\n"), EXAMPLES("- `GET https://example.com/3`\n"),
				   "changed 1 cases\n0 same");
}

static void people_read_lines_and_programs_objects(void **state)
{
	(void)state;
	struct compiled old;
	struct compiled new;
	struct afd_diff diff;
	struct afd_text out;
	compiled_from(&old, "old.md", AFD_SPAN(TEST("1", "\n**Expected:** `200`\n") TEST("2", "")));
	compiled_from(
		&new, "new.md",
		AFD_SPAN("## 1 \x1b \"T\"\n\n**Request:** `GET https://example.com/9`\n\n**Expected:** `201`\n"));
	afd_diff_compare(&diff, &old.model, &new.model);
	afd_text_init(&out, 10000);
	afd_diff_text(&diff, &old.model, &new.model, &out);
	struct afd_span text = afd_text_span(&out);
	assert_true(
		afd_span_starts(text, "changed  1  old.md:1-5 -> new.md:1-5  request, expectation  \x1b \"T\"\n"));
	assert_true(afd_span_find(text, "- 3: GET https://example.com/1\n    + 3: GET https://example.com/9\n",
							  0) != SIZE_MAX);
	assert_true(afd_span_find(text, "- 5: `200`\n    + 5: `201`\n", 0) != SIZE_MAX);
	assert_true(afd_span_ends(
		text, "removed  2  old.md:7-9  T\n0 added, 1 removed, 0 moved, 1 changed, 0 the same\n"));
	afd_text_clear(&out);
	afd_diff_json(&diff, &out);
	assert_int_equal(afd_span_find(afd_text_span(&out), "\x1b", 0), SIZE_MAX);
	const char *rest = NULL;
	cJSON *first = cJSON_ParseWithOpts(out.data, &rest, 0);
	assert_non_null(first);
	assert_string_equal(cJSON_GetObjectItemCaseSensitive(first, "difference")->valuestring, "changed");
	assert_string_equal(cJSON_GetObjectItemCaseSensitive(first, "title")->valuestring, "\x1b \"T\"");
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(first, "changed")), 2);
	cJSON *second = cJSON_ParseWithOpts(rest, &rest, 0);
	assert_non_null(second);
	assert_string_equal(cJSON_GetObjectItemCaseSensitive(second, "difference")->valuestring, "removed");
	assert_true(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(second, "after")));
	assert_string_equal(rest, "\n");
	cJSON_Delete(first);
	cJSON_Delete(second);
	afd_text_free(&out);
	compiled_free(&old);
	compiled_free(&new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_spec_differs_in_nothing),
		cmocka_unit_test(a_line_above_moves_what_is_below),
		cmocka_unit_test(tests_are_added_and_removed_where_they_stood),
		cmocka_unit_test(a_change_says_what_of_it),
		cmocka_unit_test(examples_are_cases),
		cmocka_unit_test(people_read_lines_and_programs_objects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
