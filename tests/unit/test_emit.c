/* SPDX-License-Identifier: MIT
 * From a model to text: the same bytes each time, ASCII, and nothing of a model that is more than a string in
 * it. */
#include "emit.h"

#include "c_literal.h"
#include "compiled.h"

#include <cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NASTY "*/ // \\ ?\?/ \" %s\n#line 1 \"x\"\t\xd0\xb6\xff\x01\x7f\xe2\x80\xae ${A} @B@ ;"

static struct afd_arena arena;
static struct afd_source source;
static struct afd_model_test test;
static struct afd_model_case one_case;
static struct afd_model_header header;
static struct afd_model model;

/* A model of one test, whose every string is `nasty`. */
static int begin(void **state)
{
	(void)state;
	static const char nasty[] = NASTY;
	afd_source_from(&source, &arena, nasty, AFD_SPAN("text"));
	one_case = (struct afd_model_case){ .line = 3, .id = nasty, .url = nasty };
	header = (struct afd_model_header){ 2, nasty, nasty };
	test = (struct afd_model_test){
		.id = nasty,
		.title = nasty,
		.section = nasty,
		.file = "test_1",
		.first_line = 1,
		.last_line = 9,
		.sha256 = "0a1b",
		.form = "request",
		.line = 3,
		.method = nasty,
		.url = nasty,
		.body = { true, 4, AFD_SPAN("a\0b" NASTY), "ff" },
	};
	test.cases.rows = &one_case;
	test.cases.count = 1;
	test.headers.rows = &header;
	test.headers.count = 1;
	model = (struct afd_model){ .source = &source, .arena = &arena, .name = "a-b", .sha256 = "ee" };
	model.tests.rows = &test;
	model.tests.count = 1;
	return 0;
}

static int end(void **state)
{
	(void)state;
	afd_arena_free(&arena);
	return 0;
}

static void emit_all(const struct afd_model *from, struct afd_text *out)
{
	for (size_t i = 0; i < from->tests.count; i++)
		afd_emit_test(from, &from->tests.rows[i], out);
	afd_emit_suite(from, out);
	afd_emit_inventory(from, out);
	afd_emit_cases(from, out);
}

static void the_same_model_gives_the_same_bytes(void **state)
{
	(void)state;
	struct afd_text first;
	struct afd_text second;
	afd_text_init(&first, AFD_EMIT_MAX);
	afd_text_init(&second, AFD_EMIT_MAX);
	emit_all(&model, &first);
	emit_all(&model, &second);
	assert_true(first.size > 1000);
	assert_true(afd_span_equal(afd_text_span(&first), afd_text_span(&second)));
	afd_text_free(&first);
	afd_text_free(&second);
}

/* Models of their own, in memory of their own: no address or order of memory gets into the text. */
static void the_same_document_gives_the_same_bytes(void **state)
{
	(void)state;
	static const char text[] =
		"**Base URL:** `https://example.com/`\n\n## 1 A\n\n**Request:**\n```\nPOST https://example.com/{ID}\n"
		"A: b\n\n{\"a\": 1}\n```\n**Expected:** `404` or `NOT_FOUND`\n\n## B\n\n**Request:** `GET /x`\n";
	struct afd_text first;
	struct afd_text again;
	afd_text_init(&first, AFD_EMIT_MAX);
	afd_text_init(&again, AFD_EMIT_MAX);
	for (int i = 0; i < 3; i++) {
		struct compiled spec;
		afd_text_clear(&again);
		compiled_from(&spec, "a.md", AFD_SPAN(text));
		assert_int_equal(spec.model.tests.count, 2);
		emit_all(&spec.model, i ? &again : &first);
		assert_true(i == 0 || afd_span_equal(afd_text_span(&first), afd_text_span(&again)));
		compiled_free(&spec);
	}
	afd_text_free(&first);
	afd_text_free(&again);
}

static void generated_c_is_ascii(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	afd_emit_test(&model, &test, &out);
	afd_emit_suite(&model, &out);
	for (size_t i = 0; i < out.size; i++)
		assert_true((out.data[i] >= 0x20 && out.data[i] < 0x7F) || out.data[i] == '\n' ||
					out.data[i] == '\t');
	afd_text_free(&out);
}

static void no_name_of_a_file_ends_the_comment(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	afd_emit_head(&model, ", lines 1-9", &out);
	struct afd_span head = afd_text_span(&out);
	size_t close = afd_span_find(head, "*/", 0);
	assert_true(
		afd_span_ends(afd_span_first(head, close), " * Do not edit: change the spec and compile it again. "));
	assert_int_equal(afd_span_find(head, "/*", 1), SIZE_MAX);
	assert_true(afd_span_starts(afd_span_from(head, close), "*/\n#include \"affidavit/case.h\"\n"));
	afd_text_free(&out);
}

/* The bytes that the literal after `name` means. */
static void assert_means(struct afd_span text, const char *name, struct afd_span wanted)
{
	size_t at = afd_span_find(text, name, 0);
	assert_true(at != SIZE_MAX);
	struct afd_span rest = afd_span_from(text, at + strlen(name));
	/* no literal holds a bare comma or bracket outside its quotes: try where it may end */
	for (size_t size = 0; (size = afd_span_find(rest, "\"", size + 1)) != SIZE_MAX;) {
		struct afd_text read;
		afd_text_init(&read, 1 << 16);
		bool same = c_literal(afd_span_first(rest, size + 1), true, &read) &&
					afd_span_equal(afd_text_span(&read), wanted);
		afd_text_free(&read);
		if (same)
			return;
	}
	fail_msg("no literal after '%s' means the bytes", name);
}

static void every_string_means_its_bytes(void **state)
{
	(void)state;
	struct afd_span nasty = afd_span_of(NASTY);
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	afd_emit_test(&model, &test, &out);
	struct afd_span text = afd_text_span(&out);
	assert_means(text, "\t.spec = ", nasty);
	assert_means(text, "\t.id = ", nasty);
	assert_means(text, "\t.title = ", nasty);
	assert_means(text, "\t.section = ", nasty);
	assert_means(text, "\t\t.method = ", nasty);
	assert_means(text, "\t\t.url = ", nasty);
	assert_means(text, "\t\t.body = AFD_BYTES(4, ", AFD_SPAN("a\0b" NASTY));
	assert_means(text, "test_1_headers[] = {\n\t{ 2, ", nasty);
	assert_means(text, "{ .line = 3, .id = ", nasty);
	afd_text_free(&out);
}

static void assert_contains(const struct afd_text *out, const char *text)
{
	if (afd_span_find(afd_text_span(out), text, 0) == SIZE_MAX)
		fail_msg("missing: %s", text);
}

static void assert_lacks(const struct afd_text *out, const char *text)
{
	if (afd_span_find(afd_text_span(out), text, 0) != SIZE_MAX)
		fail_msg("not wanted: %s", text);
}

/* The strings of a table, joined. */
static void join_strings(struct afd_span text, const char *table, struct afd_text *out)
{
	size_t at = afd_span_find(text, table, 0);
	assert_true(at != SIZE_MAX);
	text = afd_span_from(text, at + strlen(table));
	while (!afd_span_starts(text, "};\n")) {
		size_t size = afd_span_find(text, "\n", 0);
		assert_true(afd_span_ends(afd_span_first(text, size), ","));
		assert_true(c_literal(afd_span_first(text, size - 1), true, out));
		text = afd_span_from(text, size + 1);
	}
}

static void the_pieces_of_the_inventory_are_the_inventory(void **state)
{
	(void)state;
	struct afd_text inventory;
	struct afd_text suite;
	struct afd_text joined;
	afd_text_init(&inventory, AFD_EMIT_MAX);
	afd_text_init(&suite, AFD_EMIT_MAX);
	afd_text_init(&joined, AFD_EMIT_MAX);
	char title[5000];
	memset(title, '?', sizeof title - 1);
	title[sizeof title - 1] = '\0';
	test.title = title;
	afd_emit_inventory(&model, &inventory);
	afd_emit_suite(&model, &suite);
	join_strings(afd_text_span(&suite), "suite_inventory[] = {\n", &joined);
	assert_true(afd_span_equal(afd_text_span(&joined), afd_text_span(&inventory)));
	afd_text_free(&inventory);
	afd_text_free(&suite);
	afd_text_free(&joined);
}

static void a_body_of_no_bytes_is_a_body(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	test.body.bytes = AFD_SPAN("");
	afd_emit_test(&model, &test, &out);
	assert_contains(&out, "\t\t.body = AFD_BYTES(4, \"\"),\n");
	test.body.stated = false;
	afd_text_clear(&out);
	afd_emit_test(&model, &test, &out);
	assert_lacks(&out, ".body");
	afd_text_free(&out);
}

static void a_long_body_is_an_array_of_its_size(void **state)
{
	(void)state;
	char bytes[5000];
	struct afd_text out;
	memset(bytes, 0, sizeof bytes);
	afd_text_init(&out, AFD_EMIT_MAX);
	test.body.bytes = (struct afd_span){ bytes, sizeof bytes };
	afd_emit_test(&model, &test, &out);
	assert_contains(&out, "\t\t.body = { 4, (const char[]){\n");
	assert_contains(&out, " 0, 0, 0 }, 5000 },\n");
	afd_text_free(&out);
}

static void what_a_spec_leaves_out_is_left_out(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	test.headers.count = 0;
	one_case.url = NULL;
	afd_emit_test(&model, &test, &out);
	afd_emit_suite(&model, &out);
	afd_emit_string(&out, "empty", "");
	afd_emit_string(&out, "empty", NULL);
	static const char *const absent[] = { "headers",   ".expectations", ".terms", ".keeps",     ".needs",
										  ".lands_in", ".tags",         ".bases", ".variables", ".policy",
										  ".watch",    ".landings",     ".sql",   "[] = {\n}",  ".empty" };
	for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
		assert_lacks(&out, absent[i]);
	assert_contains(&out, "const struct afd_test afd_a_b_test_1 = {\n");
	assert_contains(&out, "\t&afd_a_b_test_1,\n");
	afd_text_free(&out);
}

static void the_inventory_is_json_without_bodies_and_header_values(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	header.value = "secret-value";
	test.body.bytes = AFD_SPAN("secret-body");
	afd_emit_inventory(&model, &out);
	assert_lacks(&out, "secret");
	cJSON *inventory = cJSON_ParseWithLength(out.data, out.size);
	assert_non_null(inventory);
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(inventory, "test_count")->valueint, 1);
	const cJSON *row = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(inventory, "tests"), 0);
	const char *title = cJSON_GetObjectItemCaseSensitive(row, "title")->valuestring;
	assert_true(afd_span_starts(
		afd_span_of(title), "*/ // \\ ?\?/ \" %s\n#line 1 \"x\"\t\xd0\xb6\xEF\xBF\xBD\x01\x7f\xe2\x80\xae"));
	assert_string_equal(cJSON_GetObjectItemCaseSensitive(row, "body_sha256")->valuestring, "ff");
	cJSON_Delete(inventory);
	afd_text_free(&out);
}

static void cmake_gets_one_element_for_each_case(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, AFD_EMIT_MAX);
	one_case.id = "a\"b\\c;d${e}@f@\ng";
	afd_emit_cases(&model, &out);
	assert_contains(&out, "set(AFFIDAVIT_CASES\n\t\"a\\\"b\\\\c\\;d\\${e}\\@f\\@ g\"\n)\n");
	afd_text_free(&out);
}

#define OF_A_MODEL(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OF_A_MODEL(the_same_model_gives_the_same_bytes),
		OF_A_MODEL(the_same_document_gives_the_same_bytes),
		OF_A_MODEL(generated_c_is_ascii),
		OF_A_MODEL(no_name_of_a_file_ends_the_comment),
		OF_A_MODEL(every_string_means_its_bytes),
		OF_A_MODEL(the_pieces_of_the_inventory_are_the_inventory),
		OF_A_MODEL(a_body_of_no_bytes_is_a_body),
		OF_A_MODEL(a_long_body_is_an_array_of_its_size),
		OF_A_MODEL(what_a_spec_leaves_out_is_left_out),
		OF_A_MODEL(the_inventory_is_json_without_bodies_and_header_values),
		OF_A_MODEL(cmake_gets_one_element_for_each_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
