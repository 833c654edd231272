/* SPDX-License-Identifier: MIT
 * Judging real answers: what is taken of a subject before it is compared, step by step; cookies, addresses,
 * variables. */
#include "expect_scene.h"

/* A term with steps: its words, and whether it holds. */
struct stepped {
	enum afd_subject subject;
	const char *name;
	struct afd_steps steps;
	enum afd_predicate predicate;
	const char *value;
	bool holds;
};

static void check_steps(struct scene *scene, const struct stepped *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct afd_term term = {
			1, 0, 1, rows[i].subject, rows[i].name, rows[i].steps, 0, rows[i].predicate, rows[i].value
		};
		if (find(scene, term).held != rows[i].holds)
			fail_msg("row %zu: %s %s gives %d", i, rows[i].name, rows[i].value, !rows[i].holds);
		term.negated = 1;
		if (rows[i].holds)
			assert_false(find(scene, term).held);
	}
}

#define CHECK_STEPS(scene, rows) check_steps(scene, rows, sizeof(rows) / sizeof *(rows))

static void set_fields(struct scene *scene, struct afd_field *fields, size_t count)
{
	scene->answer.fields = fields;
	scene->answer.field_count = count;
}

static const struct stepped pieces[] = {
	{ AFD_HEADER, "X-Servers", AFD_STEPS({ AFD_PIECES, "," }, { AFD_COUNT, NULL }), AFD_IS, "3", true },
	{ AFD_HEADER, "X-Servers", AFD_STEPS({ AFD_PIECES, "," }, { AFD_ITEM, "2" }), AFD_IS, "b2", true },
	{ AFD_HEADER, "X-Servers", AFD_STEPS({ AFD_PIECES, "," }, { AFD_ITEM, "4" }), AFD_EXISTS, "", false },
	{ AFD_HEADER, "X-Servers", AFD_STEPS({ AFD_PIECES, "," }, { AFD_LAST, NULL }, { AFD_UPPER, NULL }),
	  AFD_IS, "C", true },
	{ AFD_HEADER, "X-Servers", AFD_STEPS({ AFD_PIECES, "|" }), AFD_IS, "a, b2, c", true },
	{ AFD_PATH, "$.tags[*]", AFD_STEPS({ AFD_PIECES, "-" }, { AFD_COUNT, NULL }), AFD_IS, "4", true },
	{ AFD_PATH, "$.tags", AFD_STEPS({ AFD_ITEM, "2" }), AFD_IS, "c-d", true },
	{ AFD_PATH, "$.tags", AFD_STEPS({ AFD_FIRST, NULL }, { AFD_PIECES, "-" }, { AFD_LAST, NULL }), AFD_IS,
	  "b", true },
	{ AFD_PATH, "$.lists", AFD_STEPS({ AFD_ITEM, "2" }, { AFD_COUNT, NULL }), AFD_IS, "3", true },
	{ AFD_PATH, "$.lists", AFD_STEPS({ AFD_ITEM, "0" }), AFD_EXISTS, "", false },
	{ AFD_PATH, "$.none", AFD_STEPS({ AFD_PIECES, "-" }, { AFD_COUNT, NULL }), AFD_IS, "0", false },
};

static void texts_are_cut_into_pieces_and_picked(void **state)
{
	(void)state;
	struct afd_field fields[] = { { AFD_SPAN("x-servers"), AFD_SPAN("a, b2, c") } };
	struct scene scene;
	set_up(&scene, "{\"tags\":[\"a-b\",\"c-d\"],\"lists\":[[1],[1,2,3]]}", JSON_MEDIA);
	set_fields(&scene, fields, 1);
	CHECK_STEPS(&scene, pieces);
	tear_down(&scene);
}

static const struct stepped texts[] = {
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_AFTER, "/orders/" }, { AFD_BEFORE, "?" }), AFD_IS, "42", true },
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_AFTER, "/tickets/" }), AFD_EXISTS, "", false },
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_AFTER, "/tickets/" }), AFD_STARTS_WITH, "", false },
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_PARAMETER, "q" }), AFD_IS, "a b&\xd1\x88", true },
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_PARAMETER, "page" }), AFD_IS, "2", true },
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_PARAMETER, "flag" }), AFD_IS, "", true },
	{ AFD_HEADER, "Location", AFD_STEPS({ AFD_PARAMETER, "x" }), AFD_EXISTS, "", false },
	{ AFD_PATH, "$.token", AFD_STEPS({ AFD_DECODED_BASE64, NULL }), AFD_IS, "<<?\?\?>>", true },
	{ AFD_PATH, "$.safe", AFD_STEPS({ AFD_DECODED_BASE64, NULL }), AFD_IS, "<<?\?\?>>", true },
	{ AFD_PATH, "$.plain", AFD_STEPS({ AFD_DECODED_BASE64, NULL }), AFD_EXISTS, "", false },
	{ AFD_PATH, "$.plain", AFD_STEPS({ AFD_BASE64, NULL }), AFD_IS, "YSBiLyVkMSU4OA==", true },
	{ AFD_PATH, "$.plain", AFD_STEPS({ AFD_HEX, NULL }), AFD_STARTS_WITH, "6120622f", true },
	{ AFD_PATH, "$.plain", AFD_STEPS({ AFD_URL_ENCODED, NULL }), AFD_IS, "a%20b/%25d1%2588", true },
	{ AFD_PATH, "$.plain", AFD_STEPS({ AFD_URL_DECODED, NULL }), AFD_IS, "a b/\xd1\x88", true },
	{ AFD_PATH, "$.payload", AFD_STEPS({ AFD_INSIDE, "$.id" }), AFD_IS, "5", true },
	{ AFD_PATH, "$.payload", AFD_STEPS({ AFD_INSIDE, "$.name" }, { AFD_UPPER, NULL }), AFD_IS, "ANN", true },
	{ AFD_PATH, "$.payload", AFD_STEPS({ AFD_INSIDE, "$.id" }), AFD_IS_TYPE, "whole number", true },
	{ AFD_PATH, "$.payload", AFD_STEPS({ AFD_INSIDE, "$.list" }), AFD_IS_TYPE, "array", true },
	{ AFD_PATH, "$.payload", AFD_STEPS({ AFD_INSIDE, "$.none" }), AFD_EXISTS, "", false },
	{ AFD_PATH, "$.plain", AFD_STEPS({ AFD_INSIDE, "$" }), AFD_EXISTS, "", false },
	{ AFD_BODY, "", AFD_STEPS({ AFD_SIZE, NULL }), AFD_AT_LEAST, "10", true },
};

static void texts_are_taken_apart_and_written_otherwise(void **state)
{
	(void)state;
	struct afd_field fields[] = { { AFD_SPAN("Location"),
									AFD_SPAN("/v1/orders/42?q=a+b%26%D1%88&page=2&flag#end") } };
	struct scene scene;
	set_up(&scene,
		   "{\"token\":\"PDw/Pz8+Pg==\",\"safe\":\"PDw_Pz8-Pg\",\"plain\":\"a b/%d1%88\","
		   "\"payload\":\"{\\\"id\\\":5,\\\"name\\\":\\\"ann\\\",\\\"list\\\":[]}\"}",
		   JSON_MEDIA);
	set_fields(&scene, fields, 1);
	CHECK_STEPS(&scene, texts);
	tear_down(&scene);
}

static const struct stepped days[] = {
	{ AFD_PATH, "$.end", AFD_STEPS({ AFD_DAYS_UNTIL, NULL }), AFD_GREATER, "29.5", true },
	{ AFD_PATH, "$.end", AFD_STEPS({ AFD_DAYS_UNTIL, NULL }), AFD_AT_MOST, "30", true },
	{ AFD_PATH, "$.end", AFD_STEPS({ AFD_DAYS_SINCE, NULL }), AFD_LESS, "-29", true },
	{ AFD_PATH, "$.zoned", AFD_STEPS({ AFD_DAYS_SINCE, NULL }), AFD_IS, "0.5", true },
	{ AFD_PATH, "$.word", AFD_STEPS({ AFD_DAYS_UNTIL, NULL }), AFD_AT_LEAST, "-1000000", false },
	{ AFD_HEADER, "Last-Modified", AFD_STEPS({ AFD_DAYS_SINCE, NULL }), AFD_IS, "1", true },
	{ AFD_HEADER, "Last-Modified", AFD_STEPS({ AFD_VALUE, NULL }), AFD_IS_TYPE, "time", true },
	{ AFD_HEADER, "Last-Modified", AFD_STEPS({ AFD_VALUE, NULL }), AFD_LESS, "2025-11-09", true },
};

static void days_are_counted_from_the_clock_of_the_judgement(void **state)
{
	(void)state;
	struct afd_field fields[] = { { AFD_SPAN("last-modified"), AFD_SPAN("Sat, 08 Nov 2025 12:00:00 GMT") } };
	struct scene scene;
	set_up(&scene,
		   "{\"end\":\"2025-12-09T12:00:00Z\",\"zoned\":\"2025-11-09T03:00:00+03:00\",\"word\":\"soon\"}",
		   JSON_MEDIA);
	scene.judged.now = 1762689600; /* 2025-11-09T12:00:00Z */
	set_fields(&scene, fields, 1);
	CHECK_STEPS(&scene, days);
	tear_down(&scene);
}

static void cookies_and_their_attributes_are_read(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_COOKIE, "session", AFD_VALUE, AFD_IS, "a=b", true },
		{ AFD_COOKIE, "SESSION", AFD_VALUE, AFD_EXISTS, "", false },
		{ AFD_COOKIE, "session; Path", AFD_VALUE, AFD_IS, "/accounts", true },
		{ AFD_COOKIE, "session; httponly", AFD_VALUE, AFD_EXISTS, "", true },
		{ AFD_COOKIE, "session; Secure", AFD_VALUE, AFD_EXISTS, "", false },
		{ AFD_COOKIE, "theme; Max-Age", AFD_VALUE, AFD_GREATER, "3599", true },
		{ AFD_COOKIE, "theme", AFD_COUNT, AFD_IS, "2", true },
		{ AFD_COOKIE, "none", AFD_COUNT, AFD_IS, "0", true },
	};
	struct afd_field fields[] = {
		{ AFD_SPAN("Set-Cookie"), AFD_SPAN("session=a=b; Path=/accounts; HttpOnly; SameSite=Lax") },
		{ AFD_SPAN("set-cookie"), AFD_SPAN("theme=light;Max-Age=3600") },
		{ AFD_SPAN("Set-Cookie"), AFD_SPAN("theme=dark; max-age=7200") },
		{ AFD_SPAN("Cookie"), AFD_SPAN("none=1") },
	};
	struct scene scene;
	set_up(&scene, "", "");
	set_fields(&scene, fields, 4);
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void addresses_and_more_types_are_told(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_ADDRESS, "", AFD_VALUE, AFD_IS_TYPE, "IPv4 address", true },
		{ AFD_ADDRESS, "", AFD_VALUE, AFD_IS_TYPE, "IPv6 address", false },
		{ AFD_ADDRESS, "", AFD_VALUE, AFD_IS, "127.0.0.1", true },
		{ AFD_PATH, "$.v6", AFD_VALUE, AFD_IS_TYPE, "IPv6 address", true },
		{ AFD_PATH, "$.v4", AFD_VALUE, AFD_IS_TYPE, "IPv4 address", false },
		{ AFD_PATH, "$.half", AFD_VALUE, AFD_IS_TYPE, "decimal number", true },
		{ AFD_PATH, "$.half", AFD_VALUE, AFD_IS_TYPE, "whole number", false },
		{ AFD_PATH, "$.one", AFD_VALUE, AFD_IS_TYPE, "decimal number", false },
	};
	struct scene scene;
	set_up(&scene, "{\"v6\":\"2001:db8::1\",\"v4\":\"127.0.0.256\",\"half\":0.5,\"one\":1}", JSON_MEDIA);
	snprintf(scene.answer.peer, sizeof scene.answer.peer, "127.0.0.1");
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void a_negated_term_speaks_of_every_node_and_of_one_at_least(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		enum afd_predicate predicate;
		const char *value;
		bool holds;
	} rows[] = {
		{ "$.data[*].id", AFD_IS, "9", true },        { "$.data[*].id", AFD_IS, "7", false },
		{ "$.data[*].none", AFD_IS, "7", false },     { "$.none", AFD_CONTAINS, "x", false },
		{ "$.none", AFD_EXISTS, "", true },           { "$.data[*].id", AFD_EXISTS, "", false },
		{ "$.data[*].tags", AFD_IS_EMPTY, "", true },
	};
	struct scene scene;
	set_up(&scene, orders, JSON_MEDIA);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct afd_term term = { .subject = AFD_PATH, .name = rows[i].path, .predicate = rows[i].predicate };
		term.value = rows[i].value;
		term.negated = 1;
		assert_int_equal(find(&scene, term).held, rows[i].holds);
	}
	tear_down(&scene);
}

static void an_exact_example_names_everything(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_BODY, "", AFD_VALUE, AFD_EXACTLY_LIKE, "{\"id\":1,\"list\":[1,2],\"more\":{\"a\":\"<any>\"}}",
		  true },
		{ AFD_BODY, "", AFD_VALUE, AFD_EXACTLY_LIKE, "{\"id\":1,\"list\":[1,2]}", false },
		{ AFD_BODY, "", AFD_VALUE, AFD_LIKE, "{\"id\":1,\"list\":[1,2]}", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_EXACTLY_LIKE, "{\"id\":1,\"...\":\"...\"}", true },
		{ AFD_PATH, "$.list", AFD_VALUE, AFD_EXACTLY_LIKE, "[1]", false },
		{ AFD_PATH, "$.list", AFD_VALUE, AFD_LIKE, "[1]", true },
		{ AFD_PATH, "$.list", AFD_VALUE, AFD_EXACTLY_LIKE, "[1,\"...\"]", true },
		{ AFD_PATH, "$.more", AFD_VALUE, AFD_EXACTLY_LIKE, "{}", false },
	};
	struct scene scene;
	set_up(&scene, "{\"more\":{\"a\":5},\"list\":[1,2],\"id\":1}", JSON_MEDIA);
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void expected_values_name_variables(void **state)
{
	(void)state;
	static const struct afd_variable declared[] = { { 1, "ID", NULL, 0 },
													{ 2, "NAME", "ann", 0 },
													{ 3, "KEY", NULL, 1 } };
	static const struct afd_variables variables = { declared, 3 };
	static const struct afd_case it = { .id = "1" };
	struct afd_vars vars;
	struct afd_error err = { 0 };
	afd_vars_init(&vars, &variables);
	assert_int_equal(afd_vars_keep(&vars, "ID", AFD_SPAN("6b1f \"x\""), &err), 0);
	struct scene scene;
	set_up(&scene, "{\"id\":\"6b1f \\\"x\\\"\",\"url\":\"/books/6b1f \\\"x\\\"\",\"name\":\"ann\",\"n\":1}",
		   JSON_MEDIA);
	scene.judged.vars = &vars;
	scene.judged.it = &it;
	static const struct row rows[] = {
		{ AFD_PATH, "$.id", AFD_VALUE, AFD_IS, "{ID}", true },
		{ AFD_PATH, "$.url", AFD_VALUE, AFD_ENDS_WITH, "/{ID}", true },
		{ AFD_PATH, "$.name", AFD_VALUE, AFD_IS, "{{NAME}}", true },
		{ AFD_PATH, "$.n", AFD_VALUE, AFD_IS, "1", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_LIKE, "{\"id\":\"{ID}\",\"name\":\"{NAME}\",\"n\":\"{OTHER}\"}",
		  true },
		{ AFD_BODY, "", AFD_VALUE, AFD_LIKE, "{\"name\":\"{ID}\"}", false },
	};
	CHECK(&scene, rows);
	struct afd_finding finding;
	const struct afd_term secret = {
		.alternative = 1, .subject = AFD_PATH, .name = "$.id", .predicate = AFD_IS, .value = "{KEY}"
	};
	assert_false(judge(&scene, &secret, 1, &finding));
	tear_down(&scene);
	afd_vars_free(&vars);
}

static void unknown_steps_and_too_many_pieces_are_no_verdict(void **state)
{
	(void)state;
	static const struct afd_step unknown = { (enum afd_measure)99, NULL };
	static const struct afd_step cut = { AFD_PIECES, "," };
	static char body[2 * 100002 + 1];
	memset(body, ',', sizeof body - 1);
	struct scene scene;
	set_up(&scene, body, "text/plain");
	struct afd_finding finding;
	struct afd_term term = {
		.alternative = 1, .subject = AFD_BODY, .steps = { &unknown, 1 }, .predicate = AFD_EXISTS
	};
	assert_false(judge(&scene, &term, 1, &finding));
	term.steps.rows = &cut;
	assert_false(judge(&scene, &term, 1, &finding));
	tear_down(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_cut_into_pieces_and_picked),
		cmocka_unit_test(texts_are_taken_apart_and_written_otherwise),
		cmocka_unit_test(days_are_counted_from_the_clock_of_the_judgement),
		cmocka_unit_test(cookies_and_their_attributes_are_read),
		cmocka_unit_test(addresses_and_more_types_are_told),
		cmocka_unit_test(a_negated_term_speaks_of_every_node_and_of_one_at_least),
		cmocka_unit_test(an_exact_example_names_everything),
		cmocka_unit_test(expected_values_name_variables),
		cmocka_unit_test(unknown_steps_and_too_many_pieces_are_no_verdict),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
