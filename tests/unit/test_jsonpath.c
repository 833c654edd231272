/* SPDX-License-Identifier: MIT
 * Paths: the compliance suite of RFC 9535 where it is at hand, and this project's own cases, which need no
 * file. */
#include "jsonpath.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char document[] =
	"{\"data\":[{\"id\":7,\"n\":\"a\"},{\"id\":8},{\"n\":\"\\u0436\"}],\"it's\":[[1,2.0],{}]}";

static struct afd_json parse_json(struct afd_span text)
{
	struct afd_json json;
	struct afd_json_error error = { 0, "" };
	if (!afd_json_parse(text, &json, &error))
		fail_msg("offset %zu: %s", error.offset, error.text);
	return json;
}

static struct afd_jsonpath *parse_path(const char *text)
{
	struct afd_jsonpath_error error = { 0, "" };
	struct afd_jsonpath *path = afd_jsonpath_parse(afd_span_of(text), &error);
	if (!path)
		fail_msg("%s: offset %zu: %s", text, error.offset, error.text);
	return path;
}

/* The normalised paths of what is selected, separated by blanks. */
static void assert_selects(const char *json_text, const char *path_text, const char *wanted)
{
	struct afd_json json = parse_json(afd_span_of(json_text));
	struct afd_jsonpath *path = parse_path(path_text);
	struct afd_nodes nodes = { 0 };
	assert_true(afd_jsonpath_select(path, &json, 0, &nodes));
	struct afd_text text;
	afd_text_init(&text, 4096);
	afd_text_puts(&text, "");
	for (size_t i = 0; i < nodes.count; i++) {
		afd_text_puts(&text, i ? " " : "");
		assert_true(afd_json_path(&json, nodes.rows[i], &text));
	}
	assert_string_equal(text.data, wanted);
	afd_text_free(&text);
	afd_nodes_free(&nodes);
	afd_jsonpath_free(path);
	afd_json_free(&json);
}

static void selectors_select(void **state)
{
	(void)state;
	assert_selects(document, "$", "$");
	assert_selects(document, "$.data[0].id", "$['data'][0]['id']");
	assert_selects(document, "$['data'][-1]['n']", "$['data'][2]['n']");
	assert_selects(document, "$.data[*].n", "$['data'][0]['n'] $['data'][2]['n']");
	assert_selects(document, "$[\"it's\"][0][1]", "$['it\\'s'][0][1]");
	assert_selects(document, "$['it\\'s'].*", "$['it\\'s'][0] $['it\\'s'][1]");
	assert_selects(document, "$.data[::-2]", "$['data'][2] $['data'][0]");
	assert_selects(document, "$.data[1:9]", "$['data'][1] $['data'][2]");
	assert_selects(document, "$.data[1,0,1]", "$['data'][1] $['data'][0] $['data'][1]");
	assert_selects(document, "$..id", "$['data'][0]['id'] $['data'][1]['id']");
	assert_selects(document, "$.data..n", "$['data'][0]['n'] $['data'][2]['n']");
	assert_selects(document, "$.nothing", "");
	assert_selects(document, "$.data.id", "");
	assert_selects(document, "$.data[3]", "");
}

static void filters_select(void **state)
{
	(void)state;
	assert_selects(document, "$.data[?@.id>=8]", "$['data'][1]");
	assert_selects(document, "$.data[?@.id==7.0 && @.n=='a']", "$['data'][0]");
	assert_selects(document, "$.data[?!@.id || @.id<8]", "$['data'][0] $['data'][2]");
	assert_selects(document, "$.data[?@.n=='\xd0\xb6']", "$['data'][2]");
	assert_selects(document, "$.data[?length(@.n)==1]", "$['data'][0] $['data'][2]");
	assert_selects(document, "$.data[?count(@.*)==2]", "$['data'][0]");
	assert_selects(document, "$.data[?value(@..id)==8]", "$['data'][1]");
	assert_selects(document, "$.data[?match(@.n,'[a-z]')]", "$['data'][0]");
	assert_selects(document, "$.data[?search(@.n,'\\\\p{Ll}')]", "$['data'][0] $['data'][2]");
	assert_selects(document, "$[?@[0]==$['it\\'s'][0]]", "$['it\\'s']");
	assert_selects("[9007199254740993,9007199254740992]", "$[?@>9007199254740992]", "$[0]");
	assert_selects("[\"\\ud83d\\ude00\\u00e9x\"]", "$[?length(@)==3]", "$[0]");
}

static void only_singular_paths_are_singular(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		bool singular;
	} rows[] = {
		{ "$", true },     { "$.a[0]['b']", true }, { "$.a[-1]", true }, { "$.*", false },
		{ "$..a", false }, { "$[0,1]", false },     { "$[0:1]", false }, { "$[?@.a]", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct afd_jsonpath *path = parse_path(rows[i].path);
		assert_int_equal(afd_jsonpath_is_singular(path), rows[i].singular);
		afd_jsonpath_free(path);
	}
}

static void refused_paths_say_where_and_why(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		size_t offset;
		const char *why;
	} rows[] = {
		{ "", 0, "expected '$' or '@', found the end" },
		{ "@.a", 0, "a path starts with '$'" },
		{ " $", 0, "a path does not begin with a blank" },
		{ "$.a ", 3, "a path does not end with a blank" },
		{ "$.", 1, "expected a name or '*' after '.'" },
		{ "$. a", 1, "expected a name or '*' after '.'" },
		{ "$..", 1, "expected a name, '*' or '[' after '..'" },
		{ "data", 0, "a bare word: write a name as .name or ['name']" },
		{ "$[0", 3, "expected ']' or ',' or ':', found the end" },
		{ "$['a", 2, "the string has no end, or a character or escape that is not allowed" },
		{ "$[01]", 3, "expected ']' or ',' or ':', found an integer" },
		{ "$[9007199254740992]", 2, "the integer is out of range" },
		{ "$[?@.a=1]", 6, "write '==' to compare" },
		{ "$[?@.a&@.b]", 6, "write '&&' or '||'" },
		{ "$[?1]", 3, "a literal must be compared with something" },
		{ "$[?length(@.a)]", 3, "the result of length() must be compared with something" },
		{ "$[?match(@.a,'b')==true]", 3, "match() is true or false by itself and cannot be compared" },
		{ "$[?@.*==1]", 3, "a path that may select several nodes cannot be compared" },
		{ "$[?count(1)==1]", 9, "count() takes a path here" },
		{ "$[?length(@.*)==1]", 10, "length() takes one value here" },
		{ "$[?search(@.a)]", 3, "search() takes 2 arguments" },
		{ "$[?size(@)==1]", 3, "unknown function; there are length, count, match, search and value" },
		{ "$.\xff", 1, "expected a name or '*' after '.'" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct afd_jsonpath_error error = { 0, "" };
		assert_null(afd_jsonpath_parse(afd_span_of(rows[i].path), &error));
		assert_string_equal(error.text, rows[i].why);
		assert_int_equal(error.offset, rows[i].offset);
	}
}

static char *repeated(const char *before, const char *unit, size_t times, const char *after)
{
	struct afd_text text;
	afd_text_init(&text, 1u << 20);
	afd_text_puts(&text, before);
	for (size_t i = 0; i < times; i++)
		afd_text_puts(&text, unit);
	afd_text_puts(&text, after);
	assert_false(text.failed);
	return text.data;
}

static void size_and_depth_of_paths_are_bounded(void **state)
{
	(void)state;
	struct afd_jsonpath_error error = { 0, "" };
	char *deep = repeated("$[?", "(", 150, "@.a");
	char *closing = repeated(deep, ")", 150, "]");
	assert_null(afd_jsonpath_parse(afd_span_of(closing), &error));
	assert_string_equal(error.text, "the filter is nested too deeply");
	char *nested = repeated("$", "[?@", 150, "");
	char *filters = repeated(nested, "]", 150, "");
	assert_null(afd_jsonpath_parse(afd_span_of(filters), &error));
	assert_string_equal(error.text, "the filter is nested too deeply");
	char *large = repeated("$", ".abcdefg", 8192, "");
	assert_null(afd_jsonpath_parse(afd_span_of(large), &error));
	assert_string_equal(error.text, "the path is over 64 KiB");
	char *wide = repeated("$[?@.a", "||@.a", 3000, "]");
	afd_jsonpath_free(parse_path(wide));
	free(deep);
	free(closing);
	free(nested);
	free(filters);
	free(large);
	free(wide);
}

static void endless_work_is_given_up(void **state)
{
	(void)state;
	char *text = repeated("[0", ",0", 3000, "]");
	struct afd_json json = parse_json(afd_span_of(text));
	struct afd_jsonpath *path = parse_path("$[?count($[?count($[?count($..*)>0])>0])>0]");
	struct afd_nodes nodes = { 0 };
	assert_false(afd_jsonpath_select(path, &json, 0, &nodes));
	afd_nodes_free(&nodes);
	afd_jsonpath_free(path);
	afd_json_free(&json);
	free(text);
}

static void the_root_may_be_any_node(void **state)
{
	(void)state;
	struct afd_json json = parse_json(afd_span_of(document));
	struct afd_jsonpath *path = parse_path("$[?@.id==$[0].id]");
	struct afd_nodes nodes = { 0 };
	assert_true(afd_jsonpath_select(path, &json, 1, &nodes));
	assert_int_equal(nodes.count, 1);
	assert_int_equal(nodes.rows[0], 2);
	struct afd_jsonpath *all = parse_path("$..*");
	assert_true(afd_jsonpath_select(all, &json, 2, &nodes));
	assert_int_equal(nodes.count, 2);
	afd_nodes_free(&nodes);
	afd_jsonpath_free(path);
	afd_jsonpath_free(all);
	afd_json_free(&json);
}

/* One test of the compliance suite, and the document that it is applied to. */
struct compliance {
	const struct afd_json *suite;
	uint32_t test;
	struct afd_json document;
	struct afd_nodes nodes;
};

static uint32_t member(const struct compliance *it, const char *name)
{
	return afd_json_member(it->suite, it->test, afd_span_of(name));
}

static bool same_values(const struct compliance *it, uint32_t expected)
{
	bool same = it->suite->nodes[expected].count == it->nodes.count;
	uint32_t value = expected + 1;
	for (size_t i = 0; same && i < it->nodes.count; i++, value = it->suite->nodes[value].next)
		same = afd_json_equal(it->suite, value, &it->document, it->nodes.rows[i]);
	return same;
}

static bool same_paths(const struct compliance *it, uint32_t expected)
{
	bool same = it->suite->nodes[expected].count == it->nodes.count;
	uint32_t value = expected + 1;
	for (size_t i = 0; same && i < it->nodes.count; i++, value = it->suite->nodes[value].next) {
		struct afd_text text;
		afd_text_init(&text, 4096);
		same = afd_json_path(&it->document, it->nodes.rows[i], &text) &&
			   afd_json_string_is(afd_json_text(it->suite, value), afd_text_span(&text));
		afd_text_free(&text);
	}
	return same;
}

/* Where members have no order, the suite lists several results, and paths to each. */
static bool is_right(const struct compliance *it)
{
	uint32_t result = member(it, "result");
	if (result != AFD_JSON_NONE)
		return same_values(it, result) && same_paths(it, member(it, "result_paths"));
	uint32_t paths = member(it, "results_paths") + 1;
	for (uint32_t one = member(it, "results") + 1; one != AFD_JSON_NONE; one = it->suite->nodes[one].next) {
		if (same_values(it, one) && same_paths(it, paths))
			return true;
		paths = it->suite->nodes[paths].next;
	}
	return false;
}

static bool complies(const struct afd_json *suite, uint32_t test)
{
	struct compliance it = { .suite = suite, .test = test };
	struct afd_text selector;
	afd_text_init(&selector, 1u << 16);
	assert_true(afd_json_decode(afd_json_text(suite, member(&it, "selector")), &selector));
	struct afd_jsonpath_error error;
	struct afd_jsonpath *path = afd_jsonpath_parse(afd_text_span(&selector), &error);
	afd_text_free(&selector);
	if (member(&it, "invalid_selector") != AFD_JSON_NONE || !path) {
		bool refused = !path;
		afd_jsonpath_free(path);
		return refused && member(&it, "invalid_selector") != AFD_JSON_NONE;
	}
	it.document = parse_json(afd_json_text(suite, member(&it, "document")));
	bool right = afd_jsonpath_select(path, &it.document, 0, &it.nodes) && is_right(&it);
	afd_nodes_free(&it.nodes);
	afd_json_free(&it.document);
	afd_jsonpath_free(path);
	return right;
}

static void the_compliance_suite_passes(void **state)
{
	(void)state;
	static const char file[] = AFD_SHARED_DATA "/jsonpath/cts.json";
	struct afd_text text;
	struct afd_error err = { 0 };
	if (afd_file_read(file, 16u << 20, &text, &err) != 0)
		skip();
	struct afd_json suite = parse_json(afd_text_span(&text));
	uint32_t tests = afd_json_member(&suite, 0, AFD_SPAN("tests"));
	assert_int_equal(suite.nodes[tests].count, 703);
	for (uint32_t test = tests + 1; test != AFD_JSON_NONE; test = suite.nodes[test].next) {
		if (complies(&suite, test))
			continue;
		struct afd_span name = afd_json_text(&suite, afd_json_member(&suite, test, AFD_SPAN("name")));
		fail_msg("%.*s", (int)name.size, name.data);
	}
	afd_json_free(&suite);
	afd_text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selectors_select),
		cmocka_unit_test(filters_select),
		cmocka_unit_test(only_singular_paths_are_singular),
		cmocka_unit_test(refused_paths_say_where_and_why),
		cmocka_unit_test(size_and_depth_of_paths_are_bounded),
		cmocka_unit_test(endless_work_is_given_up),
		cmocka_unit_test(the_root_may_be_any_node),
		cmocka_unit_test(the_compliance_suite_passes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
