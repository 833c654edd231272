/* SPDX-License-Identifier: MIT
 * Diagnostics: what they print for people, for programs, and for a hostile source. */
#include "sarif.h"

#include <cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct scene {
	struct afd_arena arena;
	struct afd_source source;
	struct afd_diag diag;
	struct afd_text out;
};

static struct scene scene;

static void begin(const char *path, struct afd_span text)
{
	struct afd_span copy = { afd_arena_copy(&scene.arena, text), text.size };
	afd_source_from(&scene.source, &scene.arena, path, copy);
	afd_diag_init(&scene.diag, &scene.source, &scene.arena);
	afd_text_init(&scene.out, 1 << 26);
}

static int end(void **state)
{
	(void)state;
	afd_text_free(&scene.out);
	afd_arena_free(&scene.arena);
	scene = (struct scene){ .arena = { NULL } };
	return 0;
}

/* The source's bytes from `offset` on. */
static struct afd_span at(size_t offset, size_t size)
{
	return (struct afd_span){ scene.source.text.data + offset, size };
}

static void assert_prints(const char *wanted)
{
	afd_diag_print_text(&scene.diag, &scene.out);
	assert_string_equal(scene.out.data, wanted);
}

static void the_place_is_shown_with_a_caret_and_a_hint(void **state)
{
	(void)state;
	begin("specs/a.md", AFD_SPAN("# A\n**Effect:** wirte\n"));
	struct afd_diagnostic *row = afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "effect", at(16, 5),
											  "an effect is '%s' or '%s'", "read", "write");
	afd_diag_hint(&scene.diag, row, "write %s", "`write`");
	assert_prints("specs/a.md:2:13: error: an effect is 'read' or 'write'\n"
				  "   2 | **Effect:** wirte\n"
				  "     |             ^~~~~ write `write`\n"
				  "1 error\n");
}

static void a_suggestion_stands_in_the_first_line(void **state)
{
	(void)state;
	begin("a.md", AFD_SPAN("Bdy: x\n\nBody: y"));
	struct afd_diagnostic *row = afd_diag_add(&scene.diag, AFD_WARNING, "label", at(0, 3), "unknown");
	afd_diag_hint(&scene.diag, row, "did you mean 'Body'?");
	afd_diag_peer(row, &scene.diag, at(8, 4), "the known one is here");
	assert_prints("a.md:1:1: warning: unknown; did you mean 'Body'? [-Wlabel]\n"
				  "   1 | Bdy: x\n"
				  "     | ^~~\n"
				  "a.md:3:1: note: the known one is here\n"
				  "1 warning\n");
}

static void they_stand_in_the_order_of_the_source(void **state)
{
	(void)state;
	begin("a.md", AFD_SPAN("one\ntwo\n"));
	afd_diag_add(&scene.diag, AFD_WARNING, "w", at(4, 3), "last");
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 3), "second");
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 3), "first");
	assert_prints("a.md:1:1: error: first\n   1 | one\n     | ^~~\n"
				  "a.md:1:1: error: second\n   1 | one\n     | ^~~\n"
				  "a.md:2:1: warning: last [-Ww]\n   2 | two\n     | ^~~\n"
				  "2 errors, 1 warning\n");
}

static void a_warning_can_be_turned_off_and_an_error_cannot(void **state)
{
	(void)state;
	static const char *const off[] = { "label", "e" };
	begin("a.md", AFD_SPAN("one\n"));
	scene.diag.off = off;
	scene.diag.off_count = 2;
	assert_null(afd_diag_add(&scene.diag, AFD_WARNING, "label", at(0, 3), "off"));
	assert_non_null(afd_diag_add(&scene.diag, AFD_WARNING, "labels", at(0, 3), "on"));
	assert_non_null(afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 3), "an error"));
	afd_diag_hint(&scene.diag, NULL, "to nothing");
	afd_diag_peer(NULL, &scene.diag, at(0, 1), "to nothing");
	assert_int_equal(scene.diag.warnings, 1);
	assert_int_equal(scene.diag.errors, 1);
}

static void nothing_wrong_prints_nothing(void **state)
{
	(void)state;
	begin("a.md", AFD_SPAN("one\n"));
	afd_diag_print_text(&scene.diag, &scene.out);
	afd_diag_print_json(&scene.diag, &scene.out);
	assert_int_equal(scene.out.size, 0);
}

static void all_are_counted_and_a_thousand_are_kept(void **state)
{
	(void)state;
	begin("a.md", AFD_SPAN("one\n"));
	for (int i = 0; i < 5000; i++)
		afd_diag_hint(&scene.diag, afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 1), "%d", i),
					  "x");
	assert_int_equal(scene.diag.count, 1000);
	afd_diag_print_text(&scene.diag, &scene.out);
	assert_true(afd_span_ends(afd_text_span(&scene.out), "\n5000 errors\n"));
}

static void a_terminal_obeys_nothing_of_the_source(void **state)
{
	(void)state;
	begin("a\x1b[2J\n.md", AFD_SPAN("x\x1b]52;c;QQ==\x07\ty \xe2\x80\xae"
									"evil\n"));
	struct afd_span bad = at(1, 11);
	struct afd_diagnostic *row =
		afd_diag_add(&scene.diag, AFD_WARNING, "w", bad, "'%.*s\n' of \xc2\x9b", (int)bad.size, bad.data);
	afd_diag_hint(&scene.diag, row, "%.*s", (int)bad.size, bad.data);
	assert_prints("a?[2J?.md:1:2: warning: '?]52;c;QQ==?' of ? [-Ww]\n"
				  "   1 | x?]52;c;QQ==? y ?evil\n"
				  "     |  ^~~~~~~~~~~ ?]52;c;QQ==\n"
				  "1 warning\n");
}

static void the_caret_stands_below_its_letter(void **state)
{
	(void)state;
	begin("a.md", AFD_SPAN("\xEF\xBB\xBF\xd0\xb6\t\xff\xe2\x80\xae\x80w x\r\n"));
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(11, 3), "here");
	assert_prints("a.md:1:5: error: here\n"
				  "   1 | \xd0\xb6 ???w x\n"
				  "     |      ^~~\n"
				  "1 error\n");
}

static void a_place_outside_the_letters_has_a_caret_too(void **state)
{
	(void)state;
	begin("a.md", AFD_SPAN("\xEF\xBB\xBF"
						   "ab\r\nc"));
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 0), "mark");
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(6, 4), "newline");
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(8, 0), "the end");
	assert_prints("a.md:1:1: error: mark\n   1 | ab\n     | ^\n"
				  "a.md:1:4: error: newline\n   1 | ab\n     |   ^\n"
				  "a.md:2:2: error: the end\n   2 | c\n     |  ^\n"
				  "3 errors\n");
}

static struct afd_span line_of_output(size_t number)
{
	struct afd_span rest = afd_text_span(&scene.out);
	for (; number > 1; number--)
		rest = afd_span_from(rest, afd_span_find(rest, "\n", 0) + 1);
	return afd_span_first(rest, afd_span_find(rest, "\n", 0));
}

static void a_long_line_is_shown_around_the_place(void **state)
{
	(void)state;
	enum { SIZE = 1 << 20, PLACE = 700001 };
	char *bytes = malloc(SIZE);
	assert_non_null(bytes);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = "\xd0\xb6"[i % 2];
	memcpy(bytes + PLACE + 1, "xPLACE", 6);
	begin("a.md", (struct afd_span){ bytes, SIZE });
	free(bytes);
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(PLACE + 2, 5), "here");
	afd_diag_print_text(&scene.diag, &scene.out);
	struct afd_span shown = line_of_output(2);
	struct afd_span marks = line_of_output(3);
	assert_true(shown.size < 250);
	assert_int_equal(afd_span_find(shown, "?", 0), SIZE_MAX);
	size_t letters = 0;
	for (size_t i = 0; i < afd_span_find(shown, "PLACE", 0); i++)
		letters += ((unsigned char)shown.data[i] & 0xC0) != 0x80;
	assert_int_equal(afd_span_find(marks, "^~~~~", 0), letters);
}

static void bytes_that_are_no_text_make_no_window_slow_or_empty(void **state)
{
	(void)state;
	enum { SIZE = 1 << 20 };
	char *bytes = malloc(SIZE);
	assert_non_null(bytes);
	memset(bytes, 0x80, SIZE);
	begin("a.md", (struct afd_span){ bytes, SIZE });
	free(bytes);
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(SIZE - 1, 1), "here");
	afd_diag_print_text(&scene.diag, &scene.out);
	assert_int_equal(line_of_output(2).size, strlen("   1 | ") + 61);
	assert_int_equal(afd_span_find(line_of_output(3), "^", 0), strlen("   1 | ") + 60);
}

static void json_is_one_object_a_line(void **state)
{
	(void)state;
	begin("a\".md", AFD_SPAN("one\n\xff\n"));
	struct afd_diagnostic *row = afd_diag_add(&scene.diag, AFD_WARNING, "label", at(4, 1), "'\xff\x1b'\n");
	afd_diag_hint(&scene.diag, row, "a \"hint\"");
	afd_diag_peer(row, &scene.diag, at(1, 1), "the first");
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 1), "plain");
	afd_diag_print_json(&scene.diag, &scene.out);
	assert_string_equal(
		scene.out.data,
		"{\"file\":\"a\\\".md\",\"line\":1,\"column\":1,\"severity\":\"error\",\"name\":\"e\",\"text\":"
		"\"plain\","
		"\"hint\":null,\"related\":null}\n"
		"{\"file\":\"a\\\".md\",\"line\":2,\"column\":1,\"severity\":\"warning\",\"name\":\"label\","
		"\"text\":\"'\xEF\xBF\xBD\\u001b'\\n\",\"hint\":\"a \\\"hint\\\"\","
		"\"related\":{\"line\":1,\"column\":2,\"text\":\"the first\"}}\n");
}

static const cJSON *member(const cJSON *from, const char *first, int index, const char *second)
{
	const cJSON *item = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(from, first), index);
	return second ? cJSON_GetObjectItemCaseSensitive(item, second) : item;
}

static void sarif_names_each_rule_once_and_each_place(void **state)
{
	(void)state;
	begin("a\x1b.md", AFD_SPAN("one\ntwo\n"));
	struct afd_diagnostic *row = afd_diag_add(&scene.diag, AFD_WARNING, "label", at(4, 3), "'\x1b'");
	afd_diag_peer(row, &scene.diag, at(1, 1), "the first");
	afd_diag_add(&scene.diag, AFD_WARNING, "label", at(0, 3), "one");
	afd_diag_add(&scene.diag, AFD_ERROR_SEVERITY, "e", at(0, 1), "plain");
	struct afd_sarif log;
	afd_sarif_init(&log);
	afd_sarif_add(&log, &scene.diag);
	afd_sarif_print(&log, &scene.out);
	cJSON *sarif = cJSON_Parse(scene.out.data);
	assert_non_null(sarif);
	const cJSON *run = member(sarif, "runs", 0, NULL);
	const cJSON *driver =
		cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(run, "tool"), "driver");
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(driver, "rules")), 2);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(run, "results")), 3);
	assert_string_equal(member(run, "results", 0, "ruleId")->valuestring, "label");
	assert_string_equal(member(run, "results", 1, "level")->valuestring, "error");
	const cJSON *region = cJSON_GetObjectItemCaseSensitive(
		member(member(run, "results", 2, NULL), "locations", 0, "physicalLocation"), "region");
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(region, "startLine")->valueint, 2);
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(region, "endColumn")->valueint, 4);
	assert_non_null(member(run, "results", 2, "relatedLocations"));
	assert_int_equal(afd_span_find(afd_text_span(&scene.out), "\x1b", 0), SIZE_MAX);
	cJSON_Delete(sarif);
}

#define SCENE(test) cmocka_unit_test_teardown(test, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE(the_place_is_shown_with_a_caret_and_a_hint),
		SCENE(a_suggestion_stands_in_the_first_line),
		SCENE(they_stand_in_the_order_of_the_source),
		SCENE(a_warning_can_be_turned_off_and_an_error_cannot),
		SCENE(nothing_wrong_prints_nothing),
		SCENE(all_are_counted_and_a_thousand_are_kept),
		SCENE(a_terminal_obeys_nothing_of_the_source),
		SCENE(the_caret_stands_below_its_letter),
		SCENE(a_place_outside_the_letters_has_a_caret_too),
		SCENE(a_long_line_is_shown_around_the_place),
		SCENE(bytes_that_are_no_text_make_no_window_slow_or_empty),
		SCENE(json_is_one_object_a_line),
		SCENE(sarif_names_each_rule_once_and_each_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
