/* SPDX-License-Identifier: MIT
 * Variables: what counts as a placeholder, whose value wins, and what a value may become in a URL and in a
 * body. */
#include "vars.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct afd_variable declarations[] = {
	{ 10, "ORDER_ID", "32", 0 }, { 11, "EVENT_ID", NULL, 0 },   { 12, "id", "7", 0 },
	{ 13, "order-id", "8", 0 },  { 14, "YOUR_TOKEN", NULL, 1 }, { 15, "NOTE", "a b\"c", 0 },
};
static const struct afd_variables declared = AFD_LIST(declarations);

static struct afd_vars new_vars(void)
{
	unsetenv("AFFIDAVIT_VAR_EVENT_ID");
	unsetenv("AFFIDAVIT_VAR_ORDER_ID");
	struct afd_vars vars;
	afd_vars_init(&vars, &declared);
	return vars;
}

static void set_option(struct afd_vars *vars, const char *assignment)
{
	struct afd_error err = { 0 };
	assert_int_equal(afd_vars_option(vars, assignment, &err), 0);
}

static void keep(struct afd_vars *vars, const char *name, const char *value)
{
	struct afd_error err = { 0 };
	assert_int_equal(afd_vars_keep(vars, name, afd_span_of(value), &err), 0);
}

static void becomes(const struct afd_vars *vars, const struct afd_case *it, enum afd_place place,
					const char *template, const char *text, const char *shown)
{
	struct afd_error err = { 0 };
	struct afd_substitution out;
	assert_int_equal(afd_vars_substitute(vars, it, afd_span_of(template), place, &out, &err), 0);
	assert_string_equal(out.text.data, text);
	assert_string_equal(out.shown.data, shown);
	assert_int_equal(out.all_from_spec, strcmp(text, shown) == 0);
	assert_null(out.missing);
	afd_substitution_free(&out);
}

static void stays(enum afd_place place, const char *template)
{
	struct afd_vars vars = new_vars();
	becomes(&vars, NULL, place, template, template, template);
	afd_vars_free(&vars);
}

static void misses(const struct afd_vars *vars, enum afd_place place, const char *template, const char *name)
{
	struct afd_error err = { 0 };
	struct afd_substitution out;
	assert_int_equal(afd_vars_substitute(vars, NULL, afd_span_of(template), place, &out, &err), 0);
	assert_string_equal(out.missing, name);
	assert_string_equal(out.text.data, template);
	afd_substitution_free(&out);
}

static void refuses(const struct afd_vars *vars, const char *template, const char *words)
{
	struct afd_error err = { 0 };
	struct afd_substitution out;
	assert_int_equal(afd_vars_substitute(vars, NULL, afd_span_of(template), AFD_IN_URL, &out, &err),
					 AFD_EXIT_REFUSED);
	assert_non_null(strstr(err.text, words));
	afd_substitution_free(&out);
}

static void every_form_is_replaced_in_a_url(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	static const char *const forms[] = { "{ORDER_ID}",  "{{ORDER_ID}}", "{{ ORDER_ID }}", "$ORDER_ID",
										 "${ORDER_ID}", "<ORDER_ID>",   ":ORDER_ID",      "ORDER_ID" };
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		char template[64];
		snprintf(template, sizeof template, "https://api.example.com/orders/%s/restore", forms[i]);
		becomes(&vars, NULL, AFD_IN_URL, template, "https://api.example.com/orders/32/restore",
				"https://api.example.com/orders/32/restore");
	}
	becomes(&vars, NULL, AFD_IN_URL, "/orders/:id?fields=id", "/orders/7?fields=id", "/orders/7?fields=id");
	becomes(&vars, NULL, AFD_IN_URL, "/orders/<order-id>", "/orders/8", "/orders/8");
	becomes(&vars, NULL, AFD_IN_URL, "/a/ORDER_ID/{id}/ORDER_ID", "/a/32/7/32", "/a/32/7/32");
	afd_vars_free(&vars);
}

static void other_text_is_kept(void **state)
{
	(void)state;
	stays(AFD_IN_BODY, "{\"a\":1}");
	stays(AFD_IN_BODY, "{\"a\":{\"b\":{}}}");
	stays(AFD_IN_BODY, "{\"path\":\"$.data[0].id\",\"cost\":\"$5\"}");
	stays(AFD_IN_BODY, "{\"id\":\"{UNKNOWN}\"}");
	stays(AFD_IN_BODY, "{\"ORDER_ID\": 5}");
	stays(AFD_IN_BODY, "<ORDER_ID>5</ORDER_ID>");
	stays(AFD_IN_BODY, "{\"time\":\"12:id/:id\"}");
	stays(AFD_IN_URL, "https://api.example.com:8080/idle/MY_ORDER_ID2/:identity");
	stays(AFD_IN_URL, "/id/order-id");
	stays(AFD_IN_URL, "/MY_ORDER_ID/x");
	stays(AFD_IN_URL, "/ORDER_ID2/x");
	stays(AFD_IN_BODY, "see /x/:id/y");
}

static void members_named_like_a_variable_keep_their_name(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	becomes(&vars, NULL, AFD_IN_BODY, "{\"ORDER_ID\": ORDER_ID, \"b\":{ORDER_ID}}",
			"{\"ORDER_ID\": 32, \"b\":32}", "{\"ORDER_ID\": 32, \"b\":32}");
	afd_vars_free(&vars);
}

static void the_nearest_value_wins(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	static const struct afd_binding bindings[] = { { "ORDER_ID", "41" } };
	const struct afd_case it = { .bindings = AFD_LIST(bindings) };
	becomes(&vars, NULL, AFD_IN_URL, "/{ORDER_ID}", "/32", "/32");
	setenv("AFFIDAVIT_VAR_ORDER_ID", "50", 1);
	becomes(&vars, NULL, AFD_IN_URL, "/{ORDER_ID}", "/50", "/{ORDER_ID}");
	set_option(&vars, "ORDER_ID=60");
	set_option(&vars, "ORDER_ID=61");
	becomes(&vars, NULL, AFD_IN_URL, "/{ORDER_ID}", "/61", "/{ORDER_ID}");
	keep(&vars, "ORDER_ID", "70");
	keep(&vars, "ORDER_ID", "71");
	becomes(&vars, NULL, AFD_IN_URL, "/{ORDER_ID}", "/71", "/{ORDER_ID}");
	becomes(&vars, &it, AFD_IN_URL, "/{ORDER_ID}", "/41", "/41");
	unsetenv("AFFIDAVIT_VAR_ORDER_ID");
	afd_vars_free(&vars);
}

static void a_name_that_no_shell_can_set_has_one_that_it_can(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	setenv("AFFIDAVIT_VAR_ORDER_ID", "99", 1);
	becomes(&vars, NULL, AFD_IN_URL, "/{order-id}", "/99", "/{order-id}");
	unsetenv("AFFIDAVIT_VAR_ORDER_ID");
	afd_vars_free(&vars);
}

static void a_name_without_a_value_is_reported(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	misses(&vars, AFD_IN_URL, "/events/{EVENT_ID}", "EVENT_ID");
	setenv("AFFIDAVIT_VAR_EVENT_ID", "", 1);
	misses(&vars, AFD_IN_URL, "/events/{EVENT_ID}", "EVENT_ID");
	keep(&vars, "EVENT_ID", "");
	misses(&vars, AFD_IN_URL, "/events/{EVENT_ID}", "EVENT_ID");
	setenv("AFFIDAVIT_VAR_YOUR_TOKEN", "t0ps3cret", 1);
	misses(&vars, AFD_IN_URL, "/events?key=YOUR_TOKEN", "YOUR_TOKEN");
	misses(&vars, AFD_IN_URL, "/events/{EVENT_ID}?key=YOUR_TOKEN", "EVENT_ID");
	misses(&vars, AFD_IN_BODY, "{\"key\":\"YOUR_TOKEN\"}", "YOUR_TOKEN");
	unsetenv("AFFIDAVIT_VAR_EVENT_ID");
	afd_vars_free(&vars);
}

static void values_from_outside_cannot_change_a_url(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	set_option(&vars, "ORDER_ID=/../x?y#z@h%2f:\\");
	becomes(&vars, NULL, AFD_IN_URL, "/orders/{ORDER_ID}", "/orders/%2F..%2Fx%3Fy%23z%40h%252f%3A%5C",
			"/orders/{ORDER_ID}");
	set_option(&vars, "ORDER_ID=Аня b~c");
	becomes(&vars, NULL, AFD_IN_URL, "/{ORDER_ID}", "/%D0%90%D0%BD%D1%8F%20b~c", "/{ORDER_ID}");
	afd_vars_free(&vars);
}

static void steps_and_controls_are_refused_in_a_url(void **state)
{
	(void)state;
	static const char *const values[] = { "a\rb", "a\nb", "a\tb", "a\x7f", "\x1b[0m" };
	struct afd_vars vars = new_vars();
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		keep(&vars, "EVENT_ID", values[i]);
		refuses(&vars, "/{EVENT_ID}", "control byte");
	}
	keep(&vars, "EVENT_ID", "..");
	refuses(&vars, "/{EVENT_ID}", "path step");
	afd_vars_free(&vars);
}

static void the_message_of_a_refusal_holds_no_value(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	struct afd_error err = { 0 };
	struct afd_substitution out;
	keep(&vars, "EVENT_ID", "private\r\nX: y");
	assert_int_equal(afd_vars_substitute(&vars, NULL, AFD_SPAN("/{EVENT_ID}"), AFD_IN_URL, &out, &err),
					 AFD_EXIT_REFUSED);
	assert_null(strstr(err.text, "private"));
	afd_substitution_free(&out);
	afd_vars_free(&vars);
}

static void values_are_escaped_in_json_strings(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	becomes(&vars, NULL, AFD_IN_BODY, "{\"note\":\"<{NOTE}>\"}", "{\"note\":\"<a b\\\"c>\"}",
			"{\"note\":\"<a b\\\"c>\"}");
	keep(&vars, "EVENT_ID", "x\",\"admin\":true,\"y\\\n");
	becomes(&vars, NULL, AFD_IN_BODY, "{\"q\":\"say \\\"{EVENT_ID}\\\"\"}",
			"{\"q\":\"say \\\"x\\\",\\\"admin\\\":true,\\\"y\\\\\\u000a\\\"\"}",
			"{\"q\":\"say \\\"{EVENT_ID}\\\"\"}");
	afd_vars_free(&vars);
}

static void values_outside_json_strings_stay_one_value(void **state)
{
	(void)state;
	static const char *const literals[] = { "5", "-0", "1.50", "2e-7", "true", "false", "null" };
	static const char *const texts[] = { "05", "1.", "e5", "+1", "1,2", "abc", "1e", "{}" };
	struct afd_vars vars = new_vars();
	char expected[64];
	for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
		keep(&vars, "EVENT_ID", literals[i]);
		snprintf(expected, sizeof expected, "[%s]", literals[i]);
		becomes(&vars, NULL, AFD_IN_BODY, "[{EVENT_ID}]", expected, "[{EVENT_ID}]");
	}
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		keep(&vars, "EVENT_ID", texts[i]);
		snprintf(expected, sizeof expected, "[\"%s\"]", texts[i]);
		becomes(&vars, NULL, AFD_IN_BODY, "[{EVENT_ID}]", expected, "[{EVENT_ID}]");
	}
	becomes(&vars, NULL, AFD_IN_BODY, "[{NOTE}]", "[a b\"c]", "[a b\"c]");
	becomes(&vars, NULL, AFD_IN_BODY, "event=$EVENT_ID", "event={}", "event={EVENT_ID}");
	afd_vars_free(&vars);
}

static void options_are_checked(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	static const struct {
		const char *assignment, *words;
	} rows[] = { { "ORDER_ID", "expected NAME=VALUE" },
				 { "=5", "expected NAME=VALUE" },
				 { "ORDR=5", "no variable 'ORDR'; its variables: ORDER_ID, EVENT_ID, id, order-id, NOTE" },
				 { "YOUR_TOKEN=t0ps3cret", "set AFFIDAVIT_SECRET_YOUR_TOKEN" } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_error err = { 0 };
		assert_int_equal(afd_vars_option(&vars, rows[i].assignment, &err), AFD_EXIT_USAGE);
		assert_non_null(strstr(err.text, rows[i].words));
		assert_null(strstr(err.text, "t0ps3cret"));
	}
	afd_vars_free(&vars);
}

static void kept_values_are_bounded(void **state)
{
	(void)state;
	static char large[65537];
	struct afd_vars vars = new_vars();
	struct afd_error err = { 0 };
	assert_int_equal(afd_vars_keep(&vars, "EVENT_ID", AFD_SPAN("a\0b"), &err), AFD_EXIT_REFUSED);
	memset(large, 'a', sizeof large);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_vars_keep(&vars, "EVENT_ID", (struct afd_span){ large, sizeof large }, &err),
					 AFD_EXIT_REFUSED);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_vars_keep(&vars, "EVENT_ID", (struct afd_span){ large, sizeof large - 1 }, &err), 0);
	afd_vars_free(&vars);
}

static void an_empty_template_is_empty(void **state)
{
	(void)state;
	struct afd_vars vars = new_vars();
	struct afd_error err = { 0 };
	struct afd_substitution out;
	assert_int_equal(afd_vars_substitute(&vars, NULL, (struct afd_span){ NULL, 0 }, AFD_IN_BODY, &out, &err),
					 0);
	assert_int_equal(out.text.size, 0);
	assert_true(out.all_from_spec);
	afd_substitution_free(&out);
	afd_vars_free(&vars);
}

static void what_a_failed_test_gave_is_for_cleanup_alone(void **state)
{
	(void)state;
	static const struct afd_variable rows[] = { { 1, "ID", "1", 0 } };
	static const struct afd_variables of_one = AFD_LIST(rows);
	struct afd_vars vars;
	struct afd_error err = { 0 };
	afd_vars_init(&vars, &of_one);
	afd_vars_doubt(&vars, "ID", "4");
	assert_string_equal(afd_vars_value(&vars, NULL, &rows[0]), "1");
	assert_int_equal(afd_vars_keep(&vars, "ID", AFD_SPAN("7"), &err), 0);
	afd_vars_doubt(&vars, "ID", "4");
	assert_null(afd_vars_value(&vars, NULL, &rows[0]));
	assert_string_equal(afd_vars_doubted_by(&vars, "ID"), "4");
	vars.doubtful = true;
	assert_string_equal(afd_vars_value(&vars, NULL, &rows[0]), "7");
	vars.doubtful = false;
	assert_int_equal(afd_vars_keep(&vars, "ID", AFD_SPAN("8"), &err), 0);
	assert_string_equal(afd_vars_value(&vars, NULL, &rows[0]), "8");
	assert_int_equal(afd_vars_keep(&vars, "ID", AFD_SPAN(""), &err), 0);
	assert_null(afd_vars_value(&vars, NULL, &rows[0]));
	afd_vars_free(&vars);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_failed_test_gave_is_for_cleanup_alone),
		cmocka_unit_test(every_form_is_replaced_in_a_url),
		cmocka_unit_test(other_text_is_kept),
		cmocka_unit_test(members_named_like_a_variable_keep_their_name),
		cmocka_unit_test(the_nearest_value_wins),
		cmocka_unit_test(a_name_that_no_shell_can_set_has_one_that_it_can),
		cmocka_unit_test(a_name_without_a_value_is_reported),
		cmocka_unit_test(values_from_outside_cannot_change_a_url),
		cmocka_unit_test(steps_and_controls_are_refused_in_a_url),
		cmocka_unit_test(the_message_of_a_refusal_holds_no_value),
		cmocka_unit_test(values_are_escaped_in_json_strings),
		cmocka_unit_test(values_outside_json_strings_stay_one_value),
		cmocka_unit_test(options_are_checked),
		cmocka_unit_test(kept_values_are_bounded),
		cmocka_unit_test(an_empty_template_is_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
