/* SPDX-License-Identifier: MIT
 * Masking: what is shown, what is hidden, and which values get the same pseudonym. All persons are invented.
 */
#include "mask.h"
#include "mask_masker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROWS(...)  ((struct afd_policy)AFD_LIST(((const struct afd_shown[]){ __VA_ARGS__ })))
#define WORDS(...) ((struct afd_words)AFD_LIST(((const char *const[]){ __VA_ARGS__ })))

static const struct afd_policy no_rows = { NULL, 0 };
static const struct afd_words no_words = { NULL, 0 };

static struct afd_key key_of(unsigned char first)
{
	struct afd_key key = { .id = "00000000" };
	for (size_t i = 0; i < sizeof key.bytes; i++)
		key.bytes[i] = (unsigned char)(first + i);
	return key;
}

static struct afd_masker *masker_with(struct afd_policy policy, struct afd_words words, unsigned char first)
{
	struct afd_masker *masker;
	struct afd_error err = { 0 };
	struct afd_key key = key_of(first);
	if (afd_masker_new(&masker, &policy, &words, &key, &err) != 0)
		fail_msg("%s", err.text);
	return masker;
}

static struct afd_json parse(const char *text)
{
	struct afd_json json;
	struct afd_json_error error = { 0, "" };
	if (!afd_json_parse(afd_span_of(text), &json, &error))
		fail_msg("%s: offset %zu: %s", text, error.offset, error.text);
	return json;
}

/* The masked text, to be freed; *counts may be NULL. */
static char *mask(struct afd_policy policy, struct afd_words words, const char *text,
				  struct afd_mask_counts *counts)
{
	struct afd_masker *masker = masker_with(policy, words, 0);
	struct afd_arena arena = { NULL };
	struct afd_json json = parse(text);
	struct afd_masked masked = afd_mask_json(masker, &json, 0, &arena);
	assert_int_equal(strlen(masked.data), masked.size);
	char *copy = strdup(masked.data);
	if (counts)
		*counts = afd_masker_counts(masker);
	afd_json_free(&json);
	afd_masker_free(masker);
	afd_arena_free(&arena);
	return copy;
}

/* `#` of the pattern stands for 16 lower-case hexadecimal digits. */
static bool has_shape(const char *text, const char *pattern)
{
	for (; *pattern; pattern++) {
		size_t size = *pattern == '#' ? strspn(text, "0123456789abcdef") : *text == *pattern;
		if (size != (*pattern == '#' ? 16 : 1))
			return false;
		text += size;
	}
	return *text == '\0';
}

static void assert_masked(struct afd_policy policy, struct afd_words words, const char *text,
						  const char *pattern)
{
	char *masked = mask(policy, words, text, NULL);
	if (!has_shape(masked, pattern))
		fail_msg("%s\nis not\n%s", masked, pattern);
	free(masked);
}

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

/* Every place of a ticket shop's answer that holds something of a person or that opens a door. */
static const char private_answer[] =
	"{\"data\":[{\"id\":4101,\"uniqid\":\"Zq9private01\",\"payed\":true,\"payed_at\":\"2025-11-09T14:02:30+"
	"03:00\","
	"\"client_id\":77001122,\"payment_card_number\":\"546900******9001\",\"payment_url\":\"https://"
	"pay.example.com/p/Zq9private02\","
	"\"cancel_url\":\"https://pay.example.com/c/"
	"Zq9private03\",\"currency_id\":\"RUB\",\"utm\":[],\"custom\":\"\","
	"\"client\":{\"id\":77001122,\"email\":\"ivan.private04@example.com\",\"details\":{\"name\":\"Иван\","
	"\"surname\":"
	"\"Примеров\",\"middlename\":\"Тестович\",\"phone\":\"+7 900 000-00-05\",\"vk_id\":\"private06\","
	"\"facebook_id\":123450007,\"telegram\":\"@private08\"}},\"fields\":{\"Ваше имя\":\"Пётр Образцов\"},"
	"\"baskets\":[{\"id\":5101,\"barcode\":\"290000000009\",\"seat_id\":\"PARTER-5;12\",\"seat_name\":"
	"\"Партер, ряд 5\","
	"\"price\":1500.50,\"quantity\":1,\"client_email\":\"olga.private10@example.com\",\"client_phone\":"
	"79000000011,"
	"\"client_name\":\"Ольга\",\"client_surname\":\"Образцова\",\"inn\":\"770000000012\",\"kpp\":"
	"\"770000013\","
	"\"legal_name\":\"ИП Образцова\",\"comment\":\"позвонить 8 900 000 00 "
	"14\",\"pdf_url\":\"https://t.example.com/Zq9private15\","
	"\"passbook_url\":\"https://t.example.com/"
	"Zq9private16\",\"fanid_card\":\"F0000017\",\"visitor_user_id\":99000018,"
	"\"spread\":{\"client_emails\":[\"a.private19@example.com\"]}}],"
	"\"olga.private20@example.com\":{\"+79000000021\":\"x\"},"
	"\"promo\":{\"code\":\"PRIVATE22\",\"max_uses_count\":3},\"access\":{\"token\":\"Zq9private23\"},"
	"\"raw\":\"{\\\"email\\\":\\\"k.private24@example.com\\\"}\",\"created_at\":\"звонил Иван\"}],"
	"\"paging\":{\"perPage\":50,\"currentPage\":1,\"total\":100}}";

static const char *const private_pieces[] = {
	"private",   "Иван",         "Примеров", "Тестович", "000-00",  "123450007", "Ваше имя",
	"Образцов",  "290000000009", "example",  "9000000",  "Ольга",   "77001122",  "770000",
	"позвонить", "900 000",      "F0000017", "99000018", "PRIVATE", "звонил",    "546900",
};

static const struct afd_shown shop_rows[] = {
	{ 1, "$.data[*].id", "whole number", "" },
	{ 2, "$.data[*].payed_at", "time", "" },
	{ 3, "$.data[*].created_at", "time", "" },
	{ 4, "$.data[*].currency_id", "one of", "RUB\nUSD\nEUR" },
	{ 5, "$.data[*].client", "never", "name" },
	{ 6, "$.data[*].client.email", "never", "e-mail" },
	{ 7, "$.data[*].client.details.phone", "never", "phone" },
	{ 8, "$.data[*].baskets[*].id", "whole number", "" },
	{ 9, "$.data[*].baskets[*].price", "number", "" },
	{ 10, "$.data[*].baskets[*].quantity", "whole number", "" },
	{ 11, "$.data[*].baskets[*].seat_name", "text", "" },
	{ 12, "$.data[*].baskets[*].comment", "text", "" },
	{ 13, "$.data[*].baskets[*].barcode", "never", "barcode" },
	{ 14, "$.data[*].baskets[*].client_email", "never", "e-mail" },
	{ 15, "$.data[*].baskets[*].client_phone", "never", "phone" },
	{ 16, "$.data[*].promo.code", "never", "promo-code" },
	{ 17, "$.data[*].access.token", "never", "secret" },
	{ 18, "$.data[*].raw", "text", "" },
	{ 19, "$.paging.total", "whole number", "" },
};

static void assert_without_private_pieces(const char *masked)
{
	for (size_t i = 0; i < sizeof private_pieces / sizeof *private_pieces; i++)
		if (strstr(masked, private_pieces[i]))
			fail_msg("'%s' is in\n%s", private_pieces[i], masked);
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

static struct afd_masked text_of(const struct afd_masker *masker, const char *class, const char *value,
								 struct afd_arena *arena)
{
	return afd_mask_text(masker, class, afd_span_of(value), arena);
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

/* printf 'phone\0%s' 79000000001 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f, and the like */
static void pseudonyms_are_those_of_openssl(void **state)
{
	(void)state;
	struct afd_masker *masker = masker_with(no_rows, no_words, 0);
	struct afd_arena arena = { NULL };
	assert_string_equal(text_of(masker, "phone", "8 900 000 00 01", &arena).data, "~phone:d7bec7508c4f9ece");
	assert_string_equal(text_of(masker, "text", "Иван", &arena).data, "~text:ea07de2e2d093846");
	assert_string_equal(text_of(masker, "number", "1500.50", &arena).data, "~number:150b5dfed40e3e46");
	struct afd_raw raw = { AFD_SPAN("<html>") };
	assert_string_equal(afd_mask_digest(masker, raw, &arena).data,
						"9c1d915e9e70ad570b84c55654a46aefed989eb501af24582e4d189b51d7783e");
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void escapes_change_nothing(void **state)
{
	(void)state;
	struct afd_policy policy = ROWS({ 1, "$['\\u0434а']", "text", "" });
	assert_masked(policy, no_words, "{\"\\u0434\\u0430\":\"\\u0434\\u0430 \\u00ab\\ud83d\\ude00\\/\\\"\"}",
				  "{\n  \"да\": \"да «😀/\\\"\"\n}");
	char *raw = mask(no_rows, no_words, "{\"дa\":\"Иван/\"}", NULL);
	char *escaped = mask(no_rows, no_words, "{\"\\u0434\\u0061\":\"\\u0418\\u0432ан\\/\"}", NULL);
	assert_string_equal(raw, escaped);
	free(raw);
	free(escaped);
	assert_masked(ROWS({ 1, "$[0]", "text", "" }), no_words, "[\"\\u0000\"]", "[\n  \"~text:#\"\n]");
}

static void numbers_are_shown_as_spelt(void **state)
{
	(void)state;
	assert_masked(ROWS({ 1, "$[*]", "number", "" }), no_words, "[1.50,-0.0,1E+2,9007199254740993]",
				  "[\n  1.50,\n  -0.0,\n  1E+2,\n  9007199254740993\n]");
	assert_masked(ROWS({ 1, "$[*]", "whole number", "" }), no_words, "[9007199254740992,9007199254740993]",
				  "[\n  9007199254740992,\n  \"~number:#\"\n]");
}

static char *nested(size_t depth, const char *open, const char *inner, const char *close)
{
	struct afd_text text;
	afd_text_init(&text, 1024 * 1024);
	for (size_t i = 0; i < depth; i++)
		afd_text_puts(&text, open);
	afd_text_puts(&text, inner);
	for (size_t i = 0; i < depth; i++)
		afd_text_puts(&text, close);
	assert_false(text.failed);
	return text.data;
}

static void depth_costs_nothing_but_blanks(void **state)
{
	(void)state;
	struct afd_policy policy = ROWS({ 1, "$..a..a..b", "whole number", "" }, { 2, "$..c", "never", "phone" });
	char *text = nested(500, "{\"a\":", "{\"b\":17,\"c\":18}", "}");
	struct afd_mask_counts counts;
	char *masked = mask(policy, no_words, text, &counts);
	assert_non_null(strstr(masked, "\"b\": 17,\n"));
	assert_non_null(strstr(masked, "\"c\": \"~phone:"));
	assert_int_equal(counts.shown, 1);
	assert_int_equal(counts.names_masked, 0);
	free(masked);
	free(text);
	text = nested(AFD_JSON_DEPTH_MAX, "[", "\"private\"", "]");
	masked = mask(no_rows, no_words, text, NULL);
	assert_null(strstr(masked, "private"));
	assert_non_null(strstr(masked, "~text:"));
	free(masked);
	free(text);
}

/* The work for a node is bounded by the policy, however deep the node is. */
static void states_do_not_grow_with_the_depth(void **state)
{
	(void)state;
	struct afd_policy policy = ROWS({ 1, "$..a..a..b", "text", "" }, { 2, "$..*..*", "never", "phone" });
	struct afd_masker *masker = masker_with(policy, no_words, 0);
	char *text = nested(500, "{\"a\":", "1", "}");
	struct afd_json json = parse(text);
	struct afd_walk walk;
	assert_true(afd_walk_init(&walk, &masker->routes));
	struct afd_route_set set = afd_walk_root(&walk);
	for (uint32_t node = 1; node < json.count; node++) {
		set = afd_walk_step(&walk, set, &json, node);
		assert_in_range(set.count, 1, masker->routes.count);
	}
	assert_string_equal(afd_walk_never(&walk, set), "phone");
	afd_walk_free(&walk);
	afd_json_free(&json);
	free(text);
	afd_masker_free(masker);
}

static void the_same_answer_is_masked_the_same(void **state)
{
	(void)state;
	char *first = mask((struct afd_policy)AFD_LIST(shop_rows), no_words, private_answer, NULL);
	char *second = mask((struct afd_policy)AFD_LIST(shop_rows), no_words, private_answer, NULL);
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void two_projects_cannot_be_joined(void **state)
{
	(void)state;
	struct afd_masker *ours = masker_with(no_rows, no_words, 0);
	struct afd_masker *theirs = masker_with(no_rows, no_words, 1);
	struct afd_arena arena = { NULL };
	assert_string_not_equal(text_of(ours, "text", "x", &arena).data,
							text_of(theirs, "text", "x", &arena).data);
	struct afd_raw raw = { AFD_SPAN("x") };
	assert_string_not_equal(afd_mask_digest(ours, raw, &arena).data,
							afd_mask_digest(theirs, raw, &arena).data);
	afd_arena_free(&arena);
	afd_masker_free(ours);
	afd_masker_free(theirs);
}

static void a_part_is_masked_as_in_the_whole(void **state)
{
	(void)state;
	struct afd_policy policy = ROWS({ 1, "$.data[*].id", "whole number", "" }, { 2, "$.id", "number", "" },
									{ 3, "$.data[*].who", "never", "name" });
	struct afd_masker *masker = masker_with(policy, no_words, 0);
	struct afd_arena arena = { NULL };
	struct afd_json json = parse("{\"data\":[{\"id\":7,\"who\":{\"a\":[\"Иван\",true]}}]}");
	assert_true(has_shape(
		afd_mask_json(masker, &json, 2, &arena).data,
		"{\n  \"id\": 7,\n  \"who\": {\n    \"~key:#\": [\n      \"~name:#\",\n      \"~name:#\"\n    ]\n"
		"  }\n}"));
	assert_int_equal(afd_masker_counts(masker).shown, 1);
	assert_string_equal(afd_mask_node(masker, &json, 3, &arena).data, "7");
	assert_true(has_shape(afd_mask_node(masker, &json, 6, &arena).data, "\"~name:#\""));
	assert_string_equal(afd_mask_node(masker, &json, 5, &arena).data, "array of 2");
	assert_string_equal(afd_mask_node(masker, &json, 2, &arena).data, "object of 2");
	assert_int_equal(afd_masker_counts(masker).shown, 1);
	assert_int_equal(afd_masker_counts(masker).masked, 2);
	afd_json_free(&json);
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void a_full_text_is_no_text(void **state)
{
	(void)state;
	struct afd_masker *masker = masker_with((struct afd_policy)AFD_LIST(shop_rows), no_words, 0);
	struct afd_json json = parse(private_answer);
	struct afd_mask_counts counts;
	struct afd_text out;
	afd_text_init(&out, 1024 * 1024);
	assert_true(afd_mask_write_tree(masker, &json, 0, &out, &counts));
	size_t whole = out.size;
	afd_text_free(&out);
	for (size_t limit = 0; limit < whole; limit += limit < 200 ? 1 : 97) {
		afd_text_init(&out, limit);
		assert_false(afd_mask_write_tree(masker, &json, 0, &out, &counts));
		if (out.data)
			assert_without_private_pieces(out.data);
		afd_text_free(&out);
	}
	afd_json_free(&json);
	afd_masker_free(masker);
}

/* At a depth of 500 a line has a thousand blanks, so that a small answer would become a huge one. */
static void an_answer_that_grows_over_the_bound_fails_closed(void **state)
{
	(void)state;
	struct afd_text inner;
	afd_text_init(&inner, 4 * 1024 * 1024);
	for (size_t i = 0; i < 270000; i++)
		afd_text_puts(&inner, "true,");
	afd_text_puts(&inner, "\"private\"");
	assert_false(inner.failed);
	struct afd_text text;
	afd_text_init(&text, 8 * 1024 * 1024);
	char *open = nested(500, "[", "", "");
	char *close = nested(500, "", "", "]");
	afd_text_puts(&text, open);
	afd_text_add(&text, afd_text_span(&inner));
	afd_text_puts(&text, close);
	assert_masked(no_rows, no_words, text.data, "\"~failed\"");
	free(open);
	free(close);
	afd_text_free(&inner);
	afd_text_free(&text);
}

static void a_bad_row_is_refused_with_its_line(void **state)
{
	(void)state;
	static const struct afd_shown bad[] = {
		{ 41, "$.a[?@.b]", "text", "" },
		{ 42, "$.a", "anything", "" },
		{ 43, "$.a", "never", "email" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct afd_shown rows[] = { { 1, "$.a", "text", "" }, bad[i] };
		struct afd_policy policy = { rows, 2 };
		struct afd_masker *masker = NULL;
		struct afd_key key = key_of(0);
		struct afd_error err = { 0 };
		char line[32];
		snprintf(line, sizeof line, "line %u ", bad[i].line);
		assert_int_equal(afd_masker_new(&masker, &policy, &no_words, &key, &err), AFD_EXIT_USAGE);
		assert_null(masker);
		assert_non_null(strstr(err.text, line));
	}
}

struct field_sample {
	const char *name, *value;
	const char *pattern; /* NULL: shown as it is */
};

static const struct field_sample field_samples[] = {
	{ "Content-Type", "application/json; charset=utf-8", NULL },
	{ "content-type", "application/problem+json", NULL },
	{ "Content-Type", "multipart/form-data; boundary=ivan", "~field:#" },
	{ "Content-Type", "Иван", "~field:#" },
	{ "Content-Length", "12700", NULL },
	{ "Content-Length", "79000000001000000", "~field:#" },
	{ "Content-Length", "12a", "~field:#" },
	{ "Date", "Sun, 09 Nov 2025 14:02:30 GMT", NULL },
	{ "Date", "Sun, 09 Nov 2025 24:02:30 GMT", "~field:#" },
	{ "Date", "Sun, 09 Now 2025 14:02:30 GMT", "~field:#" },
	{ "Date", "today", "~field:#" },
	{ "Expires", "-1", NULL },
	{ "Retry-After", "120", NULL },
	{ "Retry-After", "Sun, 09 Nov 2025 14:02:30 GMT", NULL },
	{ "Server", "nginx", NULL },
	{ "Server", "nginx/1.18.0", NULL },
	{ "Server", "nginx/79000000001", "~field:#" },
	{ "Server", "host-17.internal.example.com:8080", "~field:#" },
	{ "Vary", "Accept-Encoding, Origin", NULL },
	{ "Vary", "a 79000000001", "~field:#" },
	{ "Cache-Control", "no-store, max-age=0", NULL },
	{ "Cache-Control", "private=\"ivan\"", "~field:#" },
	{ "Strict-Transport-Security", "max-age=31536000; includeSubDomains", NULL },
	{ "Transfer-Encoding", "chunked", NULL },
	{ "X-Cache-Status", "MISS", NULL },
	{ "Connection", "keep-alive", NULL },
	{ "Allow", "GET, HEAD", NULL },
	{ "Allow", "", NULL },
	{ "Set-Cookie", "sid=abc; Path=/", "~secret" },
	{ "Authorization", "Bearer abc", "~secret" },
	{ "WWW-Authenticate", "Basic realm=\"ivan\"", "~secret" },
	{ "X-CSRF-Token", "abc", "~secret" },
	{ "X-Api-Key", "abc", "~secret" },
	{ "Location", "https://example.com/t?a=b", "~url:#" },
	{ "Link", "<https://example.com/2>; rel=next", "~url:#" },
	{ "ETag", "\"abc\"", "~field:#" },
	{ "X-User", "ivan@example.com", "~field:#" },
	{ "", "ivan", "~field:#" },
};

static void fields_are_shown_in_known_forms(void **state)
{
	(void)state;
	struct afd_masker *masker = masker_with(no_rows, no_words, 0);
	struct afd_arena arena = { NULL };
	for (size_t i = 0; i < sizeof field_samples / sizeof *field_samples; i++) {
		const struct field_sample *sample = &field_samples[i];
		struct afd_field field = { afd_span_of(sample->name), afd_span_of(sample->value) };
		const char *masked = afd_mask_field(masker, &field, &arena).data;
		if (sample->pattern ? !has_shape(masked, sample->pattern) : strcmp(masked, sample->value) != 0)
			fail_msg("%s: %s gives %s", sample->name, sample->value, masked);
	}
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void a_long_field_is_not_shown(void **state)
{
	(void)state;
	struct afd_masker *masker = masker_with(no_rows, no_words, 0);
	struct afd_arena arena = { NULL };
	char *value = nested(100, "gzip, ", "gzip", "");
	struct afd_field field = { AFD_SPAN("Content-Encoding"), afd_span_of(value) };
	assert_true(has_shape(afd_mask_field(masker, &field, &arena).data, "~field:#"));
	free(value);
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void unknown_field_names_are_masked(void **state)
{
	(void)state;
	struct afd_masker *masker = masker_with(no_rows, no_words, 0);
	struct afd_arena arena = { NULL };
	struct afd_field known = { AFD_SPAN("set-COOKIE"), AFD_SPAN("x") };
	struct afd_field unknown = { AFD_SPAN("X-Ivan-Primerov"), AFD_SPAN("x") };
	assert_string_equal(afd_mask_field_name(masker, &known, &arena).data, "Set-Cookie");
	assert_true(has_shape(afd_mask_field_name(masker, &unknown, &arena).data, "~field-name:#"));
	afd_arena_free(&arena);
	afd_masker_free(masker);
}

static void public_texts_are_copied(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	char text[] = "as the spec says";
	struct afd_masked masked = afd_public(afd_span_of(text), &arena);
	text[0] = 'A';
	assert_string_equal(masked.data, "as the spec says");
	assert_int_equal(masked.size, 16);
	masked = afd_publicf(&arena, "%d of %s", 3, "5");
	assert_string_equal(masked.data, "3 of 5");
	assert_int_equal(masked.size, 6);
	afd_arena_free(&arena);
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
		cmocka_unit_test(pseudonyms_are_those_of_openssl),
		cmocka_unit_test(escapes_change_nothing),
		cmocka_unit_test(numbers_are_shown_as_spelt),
		cmocka_unit_test(depth_costs_nothing_but_blanks),
		cmocka_unit_test(states_do_not_grow_with_the_depth),
		cmocka_unit_test(the_same_answer_is_masked_the_same),
		cmocka_unit_test(two_projects_cannot_be_joined),
		cmocka_unit_test(a_part_is_masked_as_in_the_whole),
		cmocka_unit_test(a_full_text_is_no_text),
		cmocka_unit_test(an_answer_that_grows_over_the_bound_fails_closed),
		cmocka_unit_test(a_bad_row_is_refused_with_its_line),
		cmocka_unit_test(fields_are_shown_in_known_forms),
		cmocka_unit_test(a_long_field_is_not_shown),
		cmocka_unit_test(unknown_field_names_are_masked),
		cmocka_unit_test(public_texts_are_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
