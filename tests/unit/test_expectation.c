/* SPDX-License-Identifier: MIT
 * Expectation sentences to conditions: what each is read as, written in short; what is refused, and where. */
#include "expectation.h"
#include "words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* "subject(name) step predicate value", with the prefix of the runtime's enumerators left out. */
static void render(const struct afd_condition *condition, struct afd_text *out)
{
	enum { PREFIX = 4 };
	if (condition->junction != AFD_TERM) {
		afd_text_puts(out, "(");
		render(condition->left, out);
		afd_text_puts(out, condition->junction == AFD_ALL ? " & " : " | ");
		render(condition->right, out);
		afd_text_puts(out, ")");
		return;
	}
	afd_text_printf(out, "%s%s", condition->negated ? "!" : "", condition->subject + PREFIX);
	if (condition->name)
		afd_text_printf(out, "(%s)", condition->name);
	for (size_t i = 0; i < condition->steps.count; i++) {
		const struct afd_condition_step *step = &condition->steps.rows[i];
		afd_text_printf(out, " %s", step->measure + PREFIX);
		if (step->with)
			afd_text_printf(out, "[%s]", step->with);
	}
	afd_text_printf(out, " %s", condition->predicate + PREFIX);
	if (condition->value)
		afd_text_printf(out, " %s", condition->value);
}

struct sentence {
	const char *text, *read_as;
};

static void check_sentences(const struct sentence *rows, size_t count)
{
	struct afd_arena arena = { 0 };
	const struct afd_vocabulary *vocabulary = afd_vocabulary_new(&arena);
	for (size_t i = 0; i < count; i++) {
		struct afd_expect_lexer lexer;
		struct afd_text out;
		afd_text_init(&out, 4096);
		if (!afd_expect_parse_text(afd_span_of(rows[i].text), false, false, vocabulary, &arena, &lexer))
			fail_msg("'%s' is not understood: %s", rows[i].text, lexer.failure);
		render(lexer.root, &out);
		if (!afd_span_is(afd_text_span(&out), rows[i].read_as))
			fail_msg("'%s' is read as '%s'", rows[i].text, out.data);
		if (lexer.noise.size || lexer.ambiguous.size)
			fail_msg("'%s' has words that are not understood", rows[i].text);
		afd_text_free(&out);
	}
	afd_arena_free(&arena);
}

#define CHECK(rows) check_sentences(rows, sizeof(rows) / sizeof *(rows))

static void statuses_are_spelled_in_many_ways(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "`201`", "STATUS IS 201" },
		{ "201 Created", "STATUS IS 201" },
		{ "`201 Created`", "STATUS IS 201" },
		{ "404 Not Found", "STATUS IS 404" },
		{ "500 Internal Server Error", "STATUS IS 500" },
		{ "`200` `OK`", "STATUS IS 200" },
		{ "HTTP/1.1 204 No Content", "STATUS IS 204" },
		{ "HTTP 429 Too Many Requests", "STATUS IS 429" },
		{ "Status: 200 OK", "STATUS IS 200" },
		{ "Status code: `201`", "STATUS IS 201" },
		{ "Code 404", "STATUS IS 404" },
		{ "error 409", "STATUS IS 409" },
		{ "Returns 200.", "STATUS IS 200" },
		{ "(200)", "STATUS IS 200" },
		{ "\xE2\x9C\x85 200 OK", "STATUS IS 200" },
		{ "2xx", "STATUS IS 2xx" },
		{ "200-299", "STATUS IS 2xx" },
		{ "200\xE2\x80\x93"
		  "299",
		  "STATUS IS 2xx" },
		{ "404/400", "(STATUS IS 404 | STATUS IS 400)" },
		{ "200, 201", "(STATUS IS 200 | STATUS IS 201)" },
		{ "401 Unauthorized or 403 Forbidden", "(STATUS IS 401 | STATUS IS 403)" },
		{ "JSON, 200, 201", "(MEDIA HOLDS JSON & (STATUS IS 200 | STATUS IS 201))" },
		{ "status is at least 200 and less than 300", "(STATUS AT_LEAST 200 & STATUS LESS 300)" },
		{ "not `404`", "!STATUS IS 404" },
		{ "\xD0\xBE\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB0 404", "STATUS IS 404" },
		{ "404 \xD0\x9D\xD0\xB5 \xD0\xBD\xD0\xB0\xD0\xB9\xD0\xB4\xD0\xB5\xD0\xBD\xD0\xBE", "STATUS IS 404" },
	};
	CHECK(rows);
}

static void codes_and_messages_stand_beside_a_status(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "`404` or `ORDER_NOT_FOUND`", "(STATUS IS 404 | CODE IS ORDER_NOT_FOUND)" },
		{ "`404` and `ORDER_NOT_FOUND` or empty result",
		  "((STATUS IS 404 & CODE IS ORDER_NOT_FOUND) | RECORDS IS_EMPTY)" },
		{ "`404` `ORDER_NOT_FOUND`", "(STATUS IS 404 & CODE IS ORDER_NOT_FOUND)" },
		{ "404 (`ORDER_NOT_FOUND`)", "(STATUS IS 404 & CODE IS ORDER_NOT_FOUND)" },
		{ "404 (no such order)", "STATUS IS 404" },
		{ "Returns the order with status 201 Created", "STATUS IS 201" },
		{ "status = 200 && JSON array", "(STATUS IS 200 & (MEDIA HOLDS JSON & BODY IS_TYPE array))" },
		{ "`400` - `{\"error\": \"...\"}`", "(STATUS IS 400 & BODY LIKE {\"error\": \"...\"})" },
		{ "`[1, 2]`", "BODY LIKE [1, 2]" },
		{ "body: `{\"ok\": true}`", "BODY LIKE {\"ok\": true}" },
		{ "body is `{\"ok\": true}`", "BODY IS {\"ok\": true}" },
		{ "404 with code `ORDER_NOT_FOUND`", "(STATUS IS 404 & CODE IS ORDER_NOT_FOUND)" },
		{ "code `invalid_grant`", "CODE IS invalid_grant" },
		{ "code is 40401", "CODE IS 40401" },
		{ "400 \"Email is required\"", "STATUS IS 400" },
		{ "400 with message `Email is required`", "(STATUS IS 400 & MESSAGE IS Email is required)" },
		{ "message contains `not found`", "MESSAGE CONTAINS not found" },
		{ "`200` and JSON and no error", "((STATUS IS 200 & MEDIA HOLDS JSON) & !ERROR HOLDS)" },
		{ "response is not JSON", "!MEDIA HOLDS JSON" },
		{ "content type is `text/csv`", "MEDIA IS text/csv" },
		{ "204 with empty body", "(STATUS IS 204 & BODY IS_EMPTY)" },
	};
	CHECK(rows);
}

static void subjects_are_named_and_measured(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "header `X-Total`", "HEADER(X-Total) EXISTS" },
		{ "no header `X-Powered-By`", "!HEADER(X-Powered-By) EXISTS" },
		{ "response has header `Location`", "HEADER(Location) EXISTS" },
		{ "field `user.email` is an e-mail", "PATH($.user.email) IS_TYPE e-mail" },
		{ "cookie `session` exists", "COOKIE(session) EXISTS" },
		{ "attribute `Path` of cookie `session` is `/`", "COOKIE(session; Path) IS /" },
		{ "`$.id`", "PATH($.id) EXISTS" },
		{ "count of `$.data` is 3", "PATH($.data) COUNT IS 3" },
		{ "lower case of first of `$.tags` is `a`", "PATH($.tags) FIRST LOWER IS a" },
		{ "item 2 of header `X` split at `,` is `b`", "HEADER(X) PIECES[,] ITEM[2] IS b" },
		{ "parameter `page` of `$.next` is `2`", "PATH($.next) PARAMETER[page] IS 2" },
		{ "what follows `/orders/` in header `Location` is a whole number",
		  "HEADER(Location) AFTER[/orders/] IS_TYPE whole number" },
		{ "`$.id` inside `$.payload` is 5", "PATH($.payload) INSIDE[$.id] IS 5" },
		{ "days until `$.valid_to` is at least 30", "PATH($.valid_to) DAYS_UNTIL AT_LEAST 30" },
		{ "hex of body starts with `efbbbf`", "BODY HEX STARTS_WITH efbbbf" },
		{ "SHA-256 of body is `00`", "BODY SHA256 IS 00" },
		{ "ip address is an IPv4 address", "ADDRESS IS_TYPE IPv4 address" },
		{ "HTTP version is `2`", "VERSION IS 2" },
		{ "every record satisfies the request's where", "WHERE HOLDS" },
	};
	CHECK(rows);
}

static void names_stand_before_or_behind_their_kind(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "`Location` header exists", "HEADER(Location) EXISTS" },
		{ "`sid` cookie is set", "COOKIE(sid) EXISTS" },
		{ "header `ETag` is `x` and `Location` header starts with `/`",
		  "(HEADER(ETag) IS x & HEADER(Location) STARTS_WITH /)" },
		{ "`token` field is present", "PATH($.token) EXISTS" },
		{ "`data.items` array has 3 items", "PATH($.data.items) COUNT IS 3" },
		{ "array `items` is not empty", "!PATH($.items) IS_EMPTY" },
		{ "response has `client` object", "PATH($.client) EXISTS" },
		{ "response contains `items` array and `total` field",
		  "(PATH($.items) EXISTS & PATH($.total) EXISTS)" },
		{ "does not contain field `password`", "!PATH($.password) EXISTS" },
		{ "`success: true`", "BODY LIKE {success: true}" },
		{ "JSON with `\"ok\": false`", "(MEDIA HOLDS JSON & BODY LIKE {\"ok\": false})" },
		{ "response contains `n: 5`", "BODY LIKE {n: 5}" },
		{ "header `X` is `a: 1`", "HEADER(X) IS a: 1" },
		{ "Content-Type: application/json", "MEDIA IS application/json" },
	};
	CHECK(rows);
}

static void numbers_have_units(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "latency is at most 500 ms", "LATENCY AT_MOST 500" },
		{ "latency < 500ms", "LATENCY LESS 500" },
		{ "response time is under 1.5 s", "LATENCY LESS 1500" },
		{ "within 2 s", "LATENCY AT_MOST 2000" },
		{ "body is at most 10 KB", "BODY SIZE AT_MOST 10000" },
		{ "size of body is less than 0.5 KiB", "BODY SIZE LESS 512" },
		{ "`$.data` has 3 items", "PATH($.data) COUNT IS 3" },
		{ "`$.data` has exactly 200 items", "PATH($.data) COUNT IS 200" },
		{ "`$.data` has at least 1 item", "PATH($.data) COUNT AT_LEAST 1" },
		{ "`$.data` contains 3 items", "PATH($.data) COUNT IS 3" },
		{ "`$.list` has no items", "PATH($.list) IS_EMPTY" },
	};
	CHECK(rows);
}

static void values_are_listed_and_subjects_left_out(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "`$.a` is `x` or `y`", "(PATH($.a) IS x | PATH($.a) IS y)" },
		{ "`$.a` is `FREE` or `LENT`", "(PATH($.a) IS FREE | PATH($.a) IS LENT)" },
		{ "`$.a` is `x`, or `$.b` exists, and JSON",
		  "(PATH($.a) IS x | (PATH($.b) EXISTS & MEDIA HOLDS JSON))" },
		{ "`$.a` is `x`, `y`, or `z`", "((PATH($.a) IS x | PATH($.a) IS y) | PATH($.a) IS z)" },
		{ "`$.a` is `x`, `y` or `z`", "((PATH($.a) IS x | PATH($.a) IS y) | PATH($.a) IS z)" },
		{ "`$.a` contains `x` and `y`", "(PATH($.a) CONTAINS x & PATH($.a) CONTAINS y)" },
		{ "`$.a` is not `x` or `y`", "(!PATH($.a) IS x & !PATH($.a) IS y)" },
		{ "`$.a` is 5 or 404", "(PATH($.a) IS 5 | PATH($.a) IS 404)" },
		{ "`$.a` is `x` or `$.b` is `y`", "(PATH($.a) IS x | PATH($.b) IS y)" },
		{ "status is `200` or `ORDER_EXISTS`", "(STATUS IS 200 | CODE IS ORDER_EXISTS)" },
		{ "`$.a` is a string or null", "(PATH($.a) IS_TYPE string | PATH($.a) IS_TYPE null)" },
		{ "`$.a` is null or 5", "(PATH($.a) IS null | PATH($.a) IS 5)" },
		{ "`$.a` exists and is a string", "(PATH($.a) EXISTS & PATH($.a) IS_TYPE string)" },
		{ "`$.a` is at least 1 and at most 5", "(PATH($.a) AT_LEAST 1 & PATH($.a) AT_MOST 5)" },
		{ "not (`$.a` is 1 and `$.b` is 2)", "(!PATH($.a) IS 1 | !PATH($.b) IS 2)" },
		{ "`$.a` `x`", "PATH($.a) IS x" },
		{ "`$.ok` is true", "PATH($.ok) IS true" },
	};
	CHECK(rows);
}

static void signs_need_no_blank(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "field `x` >5", "PATH($.x) GREATER 5" },
		{ "field `x` <6", "PATH($.x) LESS 6" },
		{ "field `x`>=5", "PATH($.x) AT_LEAST 5" },
		{ "field `x` \xE2\x89\xA4"
		  "5",
		  "PATH($.x) AT_MOST 5" },
		{ "field `x` !=5", "!PATH($.x) IS 5" },
		{ "field `x` !== `a`", "!PATH($.x) IS a" },
		{ "field `x` \xE2\x89\xA0 5", "!PATH($.x) IS 5" },
		{ "field `x` === -5", "PATH($.x) IS -5" },
		{ "response time <500ms", "LATENCY LESS 500" },
		{ "-> 200", "STATUS IS 200" },
	};
	CHECK(rows);
}

static void what_is_denied_is_not_expected(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "!200", "!STATUS IS 200" },
		{ "never 500", "!STATUS IS 500" },
		{ "status is never 500", "!STATUS IS 500" },
		{ "status should not be 500", "!STATUS IS 500" },
		{ "any status except 500", "!STATUS IS 500" },
		{ "anything but 500", "!STATUS IS 500" },
		{ "\xD0\xBB\xD1\x8E\xD0\xB1\xD0\xBE\xD0\xB9 \xD0\xBA\xD1\x80\xD0\xBE\xD0\xBC\xD0\xB5 500",
		  "!STATUS IS 500" },
		{ "nicht 500", "!STATUS IS 500" },
		{ "field `x` should not be 5", "!PATH($.x) IS 5" },
		{ "field `x` smaller than 5", "PATH($.x) LESS 5" },
		{ "body must never contain `p`", "!BODY CONTAINS p" },
	};
	CHECK(rows);
}

static void russian_says_the_same(void **state)
{
	(void)state;
	static const struct sentence rows[] = {
		{ "статус 200", "STATUS IS 200" },
		{ "код ответа 201 и json", "(STATUS IS 201 & MEDIA HOLDS JSON)" },
		{ "404 с кодом `ORDER_NOT_FOUND`", "(STATUS IS 404 & CODE IS ORDER_NOT_FOUND)" },
		{ "400 с сообщением `Нет`", "(STATUS IS 400 & MESSAGE IS Нет)" },
		{ "без ошибки или `ALREADY_LENT`", "(!ERROR HOLDS | CODE IS ALREADY_LENT)" },
		{ "`$.data` содержит 3 элемента", "PATH($.data) COUNT IS 3" },
		{ "количество `$.data` больше 0", "PATH($.data) COUNT GREATER 0" },
		{ "поле `id` является целым числом", "PATH($.id) IS_TYPE whole number" },
		{ "заголовок `Location` начинается с `/orders/`", "HEADER(Location) STARTS_WITH /orders/" },
		{ "`$.a` больше или равно 5", "PATH($.a) AT_LEAST 5" },
		{ "`$.x` не пусто", "!PATH($.x) IS_EMPTY" },
		{ "`$.x` отсутствует", "!PATH($.x) EXISTS" },
		{ "время ответа не больше 500 мс", "LATENCY AT_MOST 500" },
		{ "пустой результат", "RECORDS IS_EMPTY" },
		{ "`$.a` равно `x` или `y`", "(PATH($.a) IS x | PATH($.a) IS y)" },
	};
	CHECK(rows);
}

static void what_is_no_condition_says_where_it_ends(void **state)
{
	(void)state;
	static const struct {
		const char *text, *at, *failure;
	} rows[] = {
		{ "the list of everything", "list", "expected a condition; found a type" },
		{ "401 if the token is missing", "if", "expected a condition; found 'if'" },
		{ "is empty", "is empty", "expected a condition; found a predicate" },
		{ "`$.a` is less than soon", "", "expected a condition; found the end" },
		{ "(`200`", "", "expected a condition; found the end" },
	};
	struct afd_arena arena = { 0 };
	const struct afd_vocabulary *vocabulary = afd_vocabulary_new(&arena);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_expect_lexer lexer;
		assert_false(
			afd_expect_parse_text(afd_span_of(rows[i].text), false, false, vocabulary, &arena, &lexer));
		assert_string_equal(lexer.failure, rows[i].failure);
		assert_true(afd_span_is(lexer.failed_at, rows[i].at));
	}
	afd_arena_free(&arena);
}

static void unknown_and_ambiguous_words_are_noted(void **state)
{
	(void)state;
	struct afd_arena arena = { 0 };
	const struct afd_vocabulary *vocabulary = afd_vocabulary_new(&arena);
	struct afd_expect_lexer lexer;
	assert_true(
		afd_expect_parse_text(AFD_SPAN("`$.a` roughly is 5"), false, false, vocabulary, &arena, &lexer));
	assert_true(afd_span_is(lexer.noise, "roughly"));
	assert_true(
		afd_expect_parse_text(AFD_SPAN("200 for everybody"), false, false, vocabulary, &arena, &lexer));
	assert_int_equal(lexer.noise.size, 0);
	assert_true(
		afd_expect_parse_text(AFD_SPAN("200 for everybody"), false, true, vocabulary, &arena, &lexer));
	assert_true(afd_span_is(lexer.noise, "for"));
	assert_true(
		afd_expect_parse_text(AFD_SPAN("`$.a` is `x` or `404`"), false, false, vocabulary, &arena, &lexer));
	assert_true(afd_span_is(lexer.ambiguous, "404"));
	assert_true(afd_expect_parse_text(AFD_SPAN("`$.a` contains `x` and `y` or `z`"), false, false, vocabulary,
									  &arena, &lexer));
	assert_true(afd_span_is(lexer.ambiguous, "z"));
	assert_true(
		afd_expect_parse_text(AFD_SPAN("| status | is `200` |"), true, true, vocabulary, &arena, &lexer));
	afd_arena_free(&arena);
}

static void a_text_without_end_is_no_condition(void **state)
{
	(void)state;
	static char text[AFD_EXPECTATION_MAX + 8];
	memset(text, '(', sizeof text - 1);
	struct afd_arena arena = { 0 };
	const struct afd_vocabulary *vocabulary = afd_vocabulary_new(&arena);
	struct afd_expect_lexer lexer;
	assert_false(afd_expect_parse_text(afd_span_of(text), false, false, vocabulary, &arena, &lexer));
	assert_false(afd_expect_parse_text((struct afd_span){ text, AFD_EXPECTATION_MAX }, false, false,
									   vocabulary, &arena, &lexer));
	afd_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses_are_spelled_in_many_ways),
		cmocka_unit_test(codes_and_messages_stand_beside_a_status),
		cmocka_unit_test(subjects_are_named_and_measured),
		cmocka_unit_test(names_stand_before_or_behind_their_kind),
		cmocka_unit_test(numbers_have_units),
		cmocka_unit_test(values_are_listed_and_subjects_left_out),
		cmocka_unit_test(signs_need_no_blank),
		cmocka_unit_test(what_is_denied_is_not_expected),
		cmocka_unit_test(russian_says_the_same),
		cmocka_unit_test(what_is_no_condition_says_where_it_ends),
		cmocka_unit_test(unknown_and_ambiguous_words_are_noted),
		cmocka_unit_test(a_text_without_end_is_no_condition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
