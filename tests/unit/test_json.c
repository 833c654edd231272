/* SPDX-License-Identifier: MIT
 * The tape: what is accepted, what is refused and where, names, equality, paths. */
#include "json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct afd_json parse(const char *text)
{
	struct afd_json json;
	struct afd_json_error error = { 0, "" };
	if (!afd_json_parse(afd_span_of(text), &json, &error))
		fail_msg("%s: offset %zu: %s", text, error.offset, error.text);
	return json;
}

static void assert_refused(struct afd_span text, size_t offset, const char *why)
{
	struct afd_json json;
	struct afd_json_error error = { 0, "" };
	if (afd_json_parse(text, &json, &error))
		fail_msg("accepted: %.*s", (int)text.size, text.data);
	assert_null(json.nodes);
	assert_string_equal(error.text, why);
	assert_int_equal(error.offset, offset);
}

static void the_tape_links_nodes_in_document_order(void **state)
{
	(void)state;
	struct afd_json json = parse(" { \"a\" : [ 1 , true ] , \"b\":{} , \"c\":null}");
	assert_int_equal(json.count, 6);
	assert_int_equal(json.nodes[0].type, AFD_JSON_OBJECT);
	assert_int_equal(json.nodes[0].count, 3);
	assert_int_equal(json.nodes[0].parent, AFD_JSON_NONE);
	assert_int_equal(json.nodes[1].type, AFD_JSON_ARRAY);
	assert_int_equal(json.nodes[1].count, 2);
	assert_int_equal(json.nodes[1].next, 4);
	assert_int_equal(json.nodes[3].type, AFD_JSON_TRUE);
	assert_int_equal(json.nodes[3].index, 1);
	assert_int_equal(json.nodes[3].parent, 1);
	assert_int_equal(json.nodes[3].next, AFD_JSON_NONE);
	assert_int_equal(json.nodes[5].index, 2);
	assert_true(afd_span_is(afd_json_text(&json, 1), "[ 1 , true ]"));
	assert_true(afd_span_is(afd_json_text(&json, 4), "{}"));
	afd_json_free(&json);
}

static void exact_text_is_kept(void **state)
{
	(void)state;
	static const char *const texts[] = { "9007199254740993", "1e400",          "-0.0",
										 "1500.50",          "\"\\u0041\\/\"", "false" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct afd_json json = parse(texts[i]);
		assert_true(afd_span_is(afd_json_text(&json, 0), texts[i]));
		afd_json_free(&json);
	}
}

static void malformed_texts_are_refused_at_their_offset(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t offset;
		const char *why;
	} rows[] = {
		{ "", 0, "unexpected end" },
		{ "  ", 2, "unexpected end" },
		{ "[1,", 3, "unexpected end" },
		{ "{\"a\":1} x", 8, "unexpected character" },
		{ "{} {}", 3, "text after the value" },
		{ "[01]", 2, "expected ',' or ']'" },
		{ "[1.]", 2, "unexpected character" },
		{ "[.5]", 1, "unexpected character" },
		{ "[+1]", 1, "unexpected character" },
		{ "[-]", 1, "unexpected character" },
		{ "[1e]", 2, "unexpected character" },
		{ "NaN", 0, "unexpected character" },
		{ "[Infinity]", 1, "unexpected character" },
		{ "[nul]", 1, "unexpected character" },
		{ "['a']", 1, "unexpected character" },
		{ "[1,]", 3, "expected a value" },
		{ "[,1]", 1, "expected a value" },
		{ "[1 2]", 3, "expected ',' or ']'" },
		{ "[1}", 2, "expected ',' or ']'" },
		{ "{\"a\":1]", 6, "expected ',' or '}'" },
		{ "{\"a\":1,}", 7, "expected a name" },
		{ "{1:2}", 1, "expected a name" },
		{ "{\"a\" 1}", 5, "expected ':'" },
		{ "{\"a\":}", 5, "expected a value" },
		{ "}", 0, "expected a value" },
		{ "\xef\xbb\xbf{}", 0, "unexpected character" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_refused(afd_span_of(rows[i].text), rows[i].offset, rows[i].why);
}

static void malformed_strings_are_refused_at_their_offset(void **state)
{
	(void)state;
	assert_refused(AFD_SPAN("\"abc"), 4, "unexpected end");
	assert_refused(AFD_SPAN("\"a\\x\""), 2, "bad escape");
	assert_refused(AFD_SPAN("\"\\u12g4\""), 1, "bad escape");
	assert_refused(AFD_SPAN("\"a\nb\""), 2, "control character in a string");
	assert_refused(AFD_SPAN("\"a\0b\""), 2, "control character in a string");
	assert_refused(AFD_SPAN("\"\\ud800\""), 1, "unpaired surrogate");
	assert_refused(AFD_SPAN("\"\\ud800\\u0041\""), 1, "unpaired surrogate");
	assert_refused(AFD_SPAN("\"\\udc00\""), 1, "unpaired surrogate");
	assert_refused(AFD_SPAN("\"ok \xff\""), 4, "bad UTF-8");
	assert_refused(AFD_SPAN("\"\xc0\xaf\""), 1, "bad UTF-8");
	assert_refused(AFD_SPAN("\"\xed\xa0\x80\""), 1, "bad UTF-8");
	assert_refused(AFD_SPAN("\"\xf4\x90\x80\x80\""), 1, "bad UTF-8");
	assert_refused(AFD_SPAN("\"\xd0\""), 1, "bad UTF-8");
	assert_refused(AFD_SPAN("[1\0]"), 2, "unexpected character");
	assert_refused((struct afd_span){ "[1, 2]", 4 }, 4, "unexpected end");
}

static void duplicate_names_are_compared_decoded(void **state)
{
	(void)state;
	assert_refused(AFD_SPAN("{\"a\":1,\"b\":2,\"a\":3}"), 13, "duplicate name");
	assert_refused(AFD_SPAN("{\"a\":1,\"\\u0061\":3}"), 7, "duplicate name");
	assert_refused(AFD_SPAN("[{\"x\":{\"\\u0436\":1,\"\xd0\xb6\":3}}]"), 18, "duplicate name");
	struct afd_json json = parse("{\"a\":{\"a\":1},\"A\":1,\"b\":[{\"a\":1},{\"a\":1}]}");
	afd_json_free(&json);
}

static struct afd_text many_members(unsigned count)
{
	struct afd_text text;
	afd_text_init(&text, 64u << 20);
	for (unsigned i = 0; i < count; i++)
		afd_text_printf(&text, "%c\"k%u\":%u", i ? ',' : '{', i, i);
	return text;
}

static void a_duplicate_among_many_names_is_found(void **state)
{
	(void)state;
	struct afd_text text = many_members(200000);
	size_t offset = text.size + 1;
	afd_text_puts(&text, ",\"k77\":1}");
	assert_refused(afd_text_span(&text), offset, "duplicate name");
	text.size = offset - 1;
	afd_text_putc(&text, '}');
	struct afd_json json = parse(text.data);
	assert_int_equal(json.nodes[0].count, 200000);
	afd_json_free(&json);
	afd_text_free(&text);
}

static char *nested(size_t depth)
{
	char *text = malloc(depth * 2 + 1);
	assert_non_null(text);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	text[depth * 2] = '\0';
	return text;
}

static void depth_is_bounded(void **state)
{
	(void)state;
	char *fits = nested(AFD_JSON_DEPTH_MAX);
	struct afd_json json = parse(fits);
	assert_int_equal(json.count, AFD_JSON_DEPTH_MAX);
	assert_true(afd_json_equal(&json, 0, &json, 0));
	afd_json_free(&json);
	char *deep = nested(100000);
	assert_refused(afd_span_of(deep), AFD_JSON_DEPTH_MAX, "nested too deeply");
	free(fits);
	free(deep);
}

static void members_are_found_by_decoded_name(void **state)
{
	(void)state;
	struct afd_json json =
		parse("{\"na\\u006de\":1,\"Name\":2,\"\\u0436\":3,\"\":4,\"a\\u0000b\":5,\"\\ud83d\\ude00\":6}");
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("name")), 1);
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("Name")), 2);
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("\xd0\xb6")), 3);
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("")), 4);
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("a\0b")), 5);
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("\xf0\x9f\x98\x80")), 6);
	assert_int_equal(afd_json_member(&json, 0, AFD_SPAN("nam")), AFD_JSON_NONE);
	assert_int_equal(afd_json_member(&json, 1, AFD_SPAN("name")), AFD_JSON_NONE);
	afd_json_free(&json);
}

static bool equal(const char *a, const char *b)
{
	struct afd_json x = parse(a);
	struct afd_json y = parse(b);
	bool forth = afd_json_equal(&x, 0, &y, 0);
	assert_int_equal(forth, afd_json_equal(&y, 0, &x, 0));
	afd_json_free(&x);
	afd_json_free(&y);
	return forth;
}

static void equality_is_by_value(void **state)
{
	(void)state;
	assert_true(equal("{\"a\":[1,{\"b\":\"\\u0436\"}],\"c\":null}",
					  "{\"c\":null,\"a\":[1.0,{\"\\u0062\":\"\xd0\xb6\"}]}"));
	assert_true(equal("[]", "[ ]"));
	assert_true(equal("{}", "{ }"));
	assert_false(equal("[1,2]", "[2,1]"));
	assert_false(equal("[1]", "[1,2]"));
	assert_false(equal("{\"a\":1}", "{\"b\":1}"));
	assert_false(equal("{\"a\":1}", "{\"a\":2}"));
	assert_false(equal("{}", "[]"));
	assert_false(equal("1", "\"1\""));
	assert_false(equal("true", "false"));
	assert_false(equal("[[1],[2]]", "[[1],[3]]"));
	assert_false(equal("\"a\"", "\"b\""));
}

static void wide_objects_are_equal_in_any_order(void **state)
{
	(void)state;
	struct afd_text forth = many_members(100000);
	afd_text_putc(&forth, '}');
	struct afd_text back;
	afd_text_init(&back, 64u << 20);
	for (unsigned i = 100000; i-- > 0;)
		afd_text_printf(&back, "%c\"k%u\":%u.0", i == 99999 ? '{' : ',', i, i);
	afd_text_putc(&back, '}');
	assert_true(equal(forth.data, back.data));
	afd_text_free(&forth);
	afd_text_free(&back);
}

static void assert_path(const struct afd_json *json, uint32_t node, const char *wanted)
{
	struct afd_text text;
	afd_text_init(&text, 200);
	assert_true(afd_json_path(json, node, &text));
	assert_string_equal(text.data, wanted);
	afd_text_free(&text);
}

static void paths_are_normalised(void **state)
{
	(void)state;
	struct afd_json json = parse("{\"data\":[{\"id\":1},[2]],\"it's \\\"\\\\\\n\\u000b\\u0436\":3}");
	assert_path(&json, 0, "$");
	assert_path(&json, 3, "$['data'][0]['id']");
	assert_path(&json, 5, "$['data'][1][0]");
	assert_path(&json, 6, "$['it\\'s \"\\\\\\n\\u000b\xd0\xb6']");
	struct afd_text full;
	afd_text_init(&full, 10);
	assert_false(afd_json_path(&json, 3, &full));
	afd_text_free(&full);
	afd_json_free(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tape_links_nodes_in_document_order),
		cmocka_unit_test(exact_text_is_kept),
		cmocka_unit_test(malformed_texts_are_refused_at_their_offset),
		cmocka_unit_test(malformed_strings_are_refused_at_their_offset),
		cmocka_unit_test(duplicate_names_are_compared_decoded),
		cmocka_unit_test(a_duplicate_among_many_names_is_found),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(members_are_found_by_decoded_name),
		cmocka_unit_test(equality_is_by_value),
		cmocka_unit_test(wide_objects_are_equal_in_any_order),
		cmocka_unit_test(paths_are_normalised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
