/* SPDX-License-Identifier: MIT
 * The masker: what is shown, what is hidden, and which pseudonyms are equal. */
#include "mask_scene.h"

static void the_default_hides_everything(void **state)
{
	(void)state;
	assert_masked(no_rows, no_words,
				  "{\"data\":[{\"id\":17,\"name\":\"Иван\",\"payed\":true,\"code\":\"RUB\"}]}",
				  "{\n"
				  "  \"~key:#\": [\n"
				  "    {\n"
				  "      \"~key:#\": \"~number:#\",\n"
				  "      \"~key:#\": \"~text:#\",\n"
				  "      \"~key:#\": true,\n"
				  "      \"~key:#\": \"~text:#\"\n"
				  "    }\n"
				  "  ]\n"
				  "}");
}

static void structure_emptiness_and_booleans_are_shown(void **state)
{
	(void)state;
	assert_masked(no_rows, no_words, " [ {} , [ ] , \"\" , null , true , false , [[0]] ] ",
				  "[\n  {},\n  [],\n  \"\",\n  null,\n  true,\n  false,\n  [\n    [\n      \"~number:#\"\n   "
				  " ]\n  ]\n]");
	assert_masked(no_rows, no_words, "{}", "{}");
	assert_masked(no_rows, no_words, "\"x\"", "\"~text:#\"");
	assert_masked(no_rows, no_words, "-5", "\"~number:#\"");
}

static void words_of_the_spec_are_shown(void **state)
{
	(void)state;
	struct afd_words words = WORDS("A", "ORDER_NOT_FOUND", "RUB", "code", "success");
	assert_masked(no_rows, words,
				  "{\"code\":\"ORDER_NOT_FOUND\",\"RUB\":\"RUB\",\"success\":\"success\",\"Code\":\"A\","
				  "\"other\":\"EUR\"}",
				  "{\n  \"code\": \"ORDER_NOT_FOUND\",\n  \"RUB\": \"RUB\",\n  \"success\": \"~text:#\",\n"
				  "  \"~key:#\": \"~text:#\",\n  \"~key:#\": \"~text:#\"\n}");
}

static void words_need_no_order(void **state)
{
	(void)state;
	assert_masked(no_rows, WORDS("z", "RUB", "a"), "{\"a\":\"RUB\",\"z\":1}",
				  "{\n  \"a\": \"RUB\",\n  \"z\": \"~number:#\"\n}");
}

static void paths_allow_what_fits(void **state)
{
	(void)state;
	struct afd_policy policy =
		ROWS({ 1, "$.data[*].id", "whole number", "" }, { 2, "$.data[*].currency", "one of", "RUB\nUSD" },
			 { 3, "$.data[0].a", "text", "" }, { 4, "$.data[-1].b", "text", "" },
			 { 5, "$.seats.*.price", "number", "" }, { 6, "$..deep", "word", "" },
			 { 7, "$['x y']", "version", "" });
	struct afd_mask_counts counts;
	char *masked = mask(policy, no_words,
						"{\"data\":[{\"id\":1,\"currency\":\"RUB\",\"a\":\"one\",\"b\":\"two\"},"
						"{\"id\":\"1\",\"currency\":\"EUR\",\"a\":\"three\",\"b\":\"four\"}],"
						"\"seats\":{\"A-1\":{\"price\":1500.50}},\"id\":5,\"deep\":\"d0\",\"x y\":\"1.2\","
						"\"q\":[{\"deep\":{\"deep\":\"d1\",\"b\":\"five\"}}]}",
						&counts);
	if (!has_shape(masked, "{\n"
						   "  \"data\": [\n"
						   "    {\n"
						   "      \"id\": 1,\n"
						   "      \"currency\": \"RUB\",\n"
						   "      \"a\": \"one\",\n"
						   "      \"b\": \"~text:#\"\n"
						   "    },\n"
						   "    {\n"
						   "      \"id\": \"~text:#\",\n"
						   "      \"currency\": \"~text:#\",\n"
						   "      \"a\": \"~text:#\",\n"
						   "      \"b\": \"four\"\n"
						   "    }\n"
						   "  ],\n"
						   "  \"seats\": {\n"
						   "    \"~key:#\": {\n"
						   "      \"price\": 1500.50\n"
						   "    }\n"
						   "  },\n"
						   "  \"id\": \"~number:#\",\n"
						   "  \"deep\": \"d0\",\n"
						   "  \"x y\": \"1.2\",\n"
						   "  \"~key:#\": [\n"
						   "    {\n"
						   "      \"deep\": {\n"
						   "        \"deep\": \"d1\",\n"
						   "        \"b\": \"~text:#\"\n"
						   "      }\n"
						   "    }\n"
						   "  ]\n"
						   "}"))
		fail_msg("%s", masked);
	free(masked);
	assert_int_equal(counts.shown, 8);
	assert_int_equal(counts.masked, 6);
	assert_int_equal(counts.names_masked, 2);
	assert_int_equal(counts.unfit, 2);
}

static void rows_of_one_path_add_up(void **state)
{
	(void)state;
	struct afd_policy policy =
		ROWS({ 1, "$[*]", "whole number", "" }, { 2, "$[*]", "code", "" }, { 3, "$..*", "date", "" });
	assert_masked(policy, no_words, "[1,\"RUB\",\"2025-11-09\",\"rub\",1.5]",
				  "[\n  1,\n  \"RUB\",\n  \"2025-11-09\",\n  \"~text:#\",\n  \"~number:#\"\n]");
}

static void the_root_may_have_a_row(void **state)
{
	(void)state;
	assert_masked(ROWS({ 1, "$", "word", "" }), no_words, "\"pong\"", "\"pong\"");
	assert_masked(ROWS({ 1, "$", "never", "name" }), WORDS("RUB"), "[\"RUB\",{\"RUB\":1}]",
				  "[\n  \"~name:#\",\n  {\n    \"RUB\": \"~name:#\"\n  }\n]");
}

static void never_is_over_all_other_rows(void **state)
{
	(void)state;
	struct afd_policy policy =
		ROWS({ 1, "$..*", "text", "" }, { 2, "$..*", "number", "" }, { 3, "$.a.mail", "never", "e-mail" },
			 { 4, "$.a.sub", "never", "name" }, { 5, "$.a.sub.token", "never", "secret" },
			 { 6, "$.a.sub.token", "never", "id" }, { 7, "$.a.sub.phone", "never", "phone" });
	assert_masked(
		policy, WORDS("RUB"),
		"{\"a\":{\"mail\":\"RUB\",\"sub\":{\"x\":\"one\",\"flag\":true,\"nil\":null,\"none\":\"\",\"n\":[5],"
		"\"token\":\"t\",\"phone\":\"7\"},\"free\":\"two\"}}",
		"{\n  \"a\": {\n    \"mail\": \"~e-mail:#\",\n    \"sub\": {\n      \"~key:#\": \"~name:#\",\n"
		"      \"~key:#\": \"~name:#\",\n      \"~key:#\": null,\n      \"~key:#\": \"\",\n"
		"      \"~key:#\": [\n        \"~name:#\"\n      ],\n      \"token\": \"~secret\",\n"
		"      \"phone\": \"~phone:#\"\n    },\n    \"~key:#\": \"two\"\n  }\n}");
}

static void secrets_differ_in_nothing(void **state)
{
	(void)state;
	struct afd_policy policy = ROWS({ 1, "$[*]", "never", "secret" });
	assert_masked(policy, no_words, "[\"abc\",12,true]",
				  "[\n  \"~secret\",\n  \"~secret\",\n  \"~secret\"\n]");
}

static void a_secret_is_one_in_any_order_of_rows(void **state)
{
	(void)state;
	struct afd_policy first = ROWS({ 1, "$[0]", "never", "secret" }, { 2, "$[0]", "never", "id" });
	struct afd_policy last = ROWS({ 1, "$[0]", "never", "id" }, { 2, "$[0]", "never", "secret" });
	struct afd_policy wider = ROWS({ 1, "$[0]", "never", "id" }, { 2, "$[*]", "never", "secret" });
	assert_masked(first, no_words, "[\"abc\"]", "[\n  \"~secret\"\n]");
	assert_masked(last, no_words, "[\"abc\"]", "[\n  \"~secret\"\n]");
	assert_masked(wider, no_words, "[\"abc\"]", "[\n  \"~secret\"\n]");
}

static void private_places_are_hidden_by_default(void **state)
{
	(void)state;
	struct afd_mask_counts counts;
	char *masked = mask(no_rows, no_words, private_answer, &counts);
	assert_without_private_pieces(masked);
	assert_null(strstr(masked, "PARTER"));
	assert_null(strstr(masked, "1500"));
	free(masked);
	assert_int_equal(counts.unfit, 0);
	assert_int_equal(counts.shown, 2);
}

static void private_places_are_hidden_by_a_policy(void **state)
{
	(void)state;
	struct afd_mask_counts counts;
	char *masked = mask((struct afd_policy)AFD_LIST(shop_rows), no_words, private_answer, &counts);
	assert_without_private_pieces(masked);
	static const char *const shown[] = { "\"id\": 4101",
										 "\"payed_at\": \"2025-11-09T14:02:30+03:00\"",
										 "\"currency_id\": \"RUB\"",
										 "\"id\": 5101",
										 "\"price\": 1500.50",
										 "\"seat_name\": \"Партер, ряд 5\"",
										 "\"total\": 100",
										 "\"token\": \"~secret\"",
										 "\"email\": \"~e-mail:",
										 "\"barcode\": \"~barcode:",
										 "\"client_phone\": \"~phone:",
										 "\"comment\": \"~text:" };
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		if (!strstr(masked, shown[i]))
			fail_msg("'%s' is not in\n%s", shown[i], masked);
	free(masked);
	assert_int_equal(counts.unfit, 3);
}

static void assert_joined(const char *class, const char *a, const char *b, bool joined)
{
	struct afd_masker *masker = masker_with(no_rows, no_words, 0);
	struct afd_arena arena = { NULL };
	bool equal = strcmp(text_of(masker, class, a, &arena).data, text_of(masker, class, b, &arena).data) == 0;
	if (equal != joined)
		fail_msg("%s: '%s' and '%s' are %s", class, a, b, equal ? "one" : "two");
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void spellings_of_one_value_are_joined(void **state)
{
	(void)state;
	assert_joined("phone", "+7 900 000-00-01", "8 (900) 000-00-01", true);
	assert_joined("phone", "79000000001", "8.900.000.00.01", true);
	assert_joined("phone", "+7 900 000-00-01", "+7 900 000-00-02", false);
	assert_joined("phone", "8", "7", false);
	assert_joined("phone", "no phone", "none", false);
	assert_joined("e-mail", " Ivan@Example.com\n", "ivan@example.COM", true);
	assert_joined("e-mail", "ПЁТРЯА@пример.example", "пётряа@пример.example", true);
	assert_joined("e-mail", "ivan@example.com", "ivan.@example.com", false);
	assert_joined("card", "5469 0000 0000 9001", "5469000000009001", true);
	assert_joined("name", "Иван", "иван", false);
	assert_joined("number", "1", "1.0", true);
	assert_joined("number", "1", "10e-1", true);
	assert_joined("number", "-0", "0.00e5", true);
	assert_joined("number", "0.05", "5E-2", true);
	assert_joined("number", "1500", "1.5e+3", true);
	assert_joined("number", "1.5", "15", false);
	assert_joined("number", "-1", "1", false);
	assert_joined("number", "9007199254740992", "9007199254740993", false);
	assert_joined("number", "1e99999999999999999999", "1e99999999999999999998", false);
}

static void classes_cannot_be_joined(void **state)
{
	(void)state;
	struct afd_masker *masker = masker_with(no_rows, no_words, 0);
	struct afd_arena arena = { NULL };
	const char *id = strchr(text_of(masker, "id", "17", &arena).data, ':');
	const char *barcode = strchr(text_of(masker, "barcode", "17", &arena).data, ':');
	assert_string_not_equal(id, barcode);
	assert_string_equal(text_of(masker, "secret", "17", &arena).data, "~secret");
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void a_number_and_a_string_of_one_class_are_joined(void **state)
{
	(void)state;
	struct afd_policy policy = ROWS({ 1, "$[*]", "never", "phone" });
	char *masked = mask(policy, no_words, "[79000000001,\"8 900 000 00 01\"]", NULL);
	assert_true(has_shape(masked, "[\n  \"~phone:#\",\n  \"~phone:#\"\n]"));
	assert_memory_equal(masked + 4, masked + 4 + strlen("\"~phone:0123456789abcdef\",\n  "), 25);
	free(masked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_hides_everything),
		cmocka_unit_test(structure_emptiness_and_booleans_are_shown),
		cmocka_unit_test(words_of_the_spec_are_shown),
		cmocka_unit_test(words_need_no_order),
		cmocka_unit_test(paths_allow_what_fits),
		cmocka_unit_test(rows_of_one_path_add_up),
		cmocka_unit_test(the_root_may_have_a_row),
		cmocka_unit_test(never_is_over_all_other_rows),
		cmocka_unit_test(secrets_differ_in_nothing),
		cmocka_unit_test(a_secret_is_one_in_any_order_of_rows),
		cmocka_unit_test(private_places_are_hidden_by_default),
		cmocka_unit_test(private_places_are_hidden_by_a_policy),
		cmocka_unit_test(spellings_of_one_value_are_joined),
		cmocka_unit_test(classes_cannot_be_joined),
		cmocka_unit_test(a_number_and_a_string_of_one_class_are_joined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
