/* SPDX-License-Identifier: MIT
 * The masker: exact pseudonyms, depth, bounds, response fields. */
#include "mask_scene.h"

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
