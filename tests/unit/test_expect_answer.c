/* SPDX-License-Identifier: MIT
 * Judging real answers by their envelope: code, message, error, records, JSON. */
#include "expect_scene.h"

static void check_code(const char *body, const char *code, bool holds)
{
	struct scene scene;
	set_up(&scene, body, JSON_MEDIA);
	struct afd_finding finding =
		find(&scene, (struct afd_term){ .subject = AFD_CODE, .predicate = AFD_IS, .value = code });
	assert_int_equal(finding.held, holds);
	tear_down(&scene);
}

static void the_code_is_at_the_top_or_in_the_error(void **state)
{
	(void)state;
	check_code("{\"code\":\"ORDER_NOT_FOUND\"}", "ORDER_NOT_FOUND", true);
	check_code("{\"code\":\"ORDER_NOT_FOUND\"}", "ORDER", false);
	check_code("{\"error\":{\"code\":\"BAD\"}}", "BAD", true);
	check_code("{\"code\":\"TOP\",\"error\":{\"code\":\"BAD\"}}", "BAD", false);
	check_code("{\"code\":40401}", "40401", true);
	check_code("{\"code\":40401}", "40402", false);
	check_code("{\"code\":null,\"error\":{\"code\":7}}", "7", true);
	check_code("{\"error\":\"text\"}", "text", false);
	check_code("[]", "BAD", false);
	check_code("<html>", "BAD", false);
}

static void the_message_is_at_the_top_or_in_the_error(void **state)
{
	(void)state;
	static const char *const bodies[] = { "{\"message\":\"No such order\"}", "{\"error\":\"No such order\"}",
										  "{\"error\":{\"message\":\"No such order\"}}" };
	static const struct row rows[] = {
		{ AFD_MESSAGE, "", AFD_VALUE, AFD_CONTAINS, "such", true },
		{ AFD_MESSAGE, "", AFD_VALUE, AFD_STARTS_WITH, "No ", true },
		{ AFD_MESSAGE, "", AFD_VALUE, AFD_ENDS_WITH, "No", false },
		{ AFD_MESSAGE, "", AFD_VALUE, AFD_IS, "No such order", true },
		{ AFD_MESSAGE, "", AFD_LOWER, AFD_IS, "no such order", true },
	};
	for (size_t i = 0; i < 3; i++) {
		struct scene scene;
		set_up(&scene, bodies[i], JSON_MEDIA);
		CHECK(&scene, rows);
		tear_down(&scene);
	}
}

static struct afd_finding ask_whole(const char *body, const char *media, enum afd_subject subject,
									enum afd_predicate predicate)
{
	struct scene scene;
	set_up(&scene, body, media);
	const char *value = subject == AFD_MEDIA ? "JSON" : "";
	struct afd_finding finding =
		find(&scene, (struct afd_term){ .subject = subject, .predicate = predicate, .value = value });
	tear_down(&scene);
	return finding;
}

static void json_is_a_media_type_and_a_body(void **state)
{
	(void)state;
	assert_true(ask_whole("{}", JSON_MEDIA, AFD_MEDIA, AFD_HOLDS).held);
	assert_true(ask_whole("{}", "application/problem+json", AFD_MEDIA, AFD_HOLDS).held);
	assert_int_equal(ask_whole("{}", "text/html", AFD_MEDIA, AFD_HOLDS).got.kind, AFD_GOT_MEDIA);
	assert_false(ask_whole("{}", "text/html", AFD_MEDIA, AFD_HOLDS).held);
	assert_false(ask_whole("{]", JSON_MEDIA, AFD_MEDIA, AFD_HOLDS).held);
	assert_int_equal(ask_whole("{]", JSON_MEDIA, AFD_MEDIA, AFD_HOLDS).got.kind, AFD_GOT_NOT_JSON);
	assert_false(ask_whole("", JSON_MEDIA, AFD_MEDIA, AFD_HOLDS).held);
}

static void an_error_is_known_by_its_envelope(void **state)
{
	(void)state;
	assert_true(ask_whole("{\"error\":\"No\"}", JSON_MEDIA, AFD_ERROR, AFD_HOLDS).held);
	assert_true(ask_whole("{\"status\":\"error\",\"code\":\"X\"}", JSON_MEDIA, AFD_ERROR, AFD_HOLDS).held);
	assert_false(ask_whole("{\"status\":\"success\"}", JSON_MEDIA, AFD_ERROR, AFD_HOLDS).held);
	assert_false(ask_whole("{\"error\":null,\"status\":500}", JSON_MEDIA, AFD_ERROR, AFD_HOLDS).held);
	assert_false(ask_whole("[{\"error\":\"No\"}]", JSON_MEDIA, AFD_ERROR, AFD_HOLDS).held);
	assert_false(ask_whole("<html>", "text/html", AFD_ERROR, AFD_HOLDS).held);
	struct afd_finding finding =
		ask_whole("{\"status\":\"error\",\"code\":\"X\"}", JSON_MEDIA, AFD_ERROR, AFD_HOLDS);
	assert_int_equal(finding.got.kind, AFD_GOT_NODE);
	assert_int_equal(finding.got.node, 2);
}

static void an_empty_result_is_an_empty_array_of_records(void **state)
{
	(void)state;
	assert_true(ask_whole("{\"data\":[]}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_true(ask_whole("{\"result\":[]}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_true(ask_whole("[]", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_false(ask_whole("{\"data\":[1]}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_false(ask_whole("{\"data\":{}}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_false(ask_whole("{\"data\":[],\"error\":\"No\"}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_false(ask_whole("{\"other\":[]}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	assert_false(ask_whole("", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY).held);
	struct afd_finding finding = ask_whole("{\"data\":[1,2]}", JSON_MEDIA, AFD_RECORDS, AFD_IS_EMPTY);
	assert_int_equal(finding.got.kind, AFD_GOT_NUMBER);
	assert_int_equal(finding.got.number, 2);
	assert_string_equal(finding.got.unit, "records");
}

static long records_of(const char *body)
{
	struct scene scene;
	set_up(&scene, body, JSON_MEDIA);
	uint32_t node;
	long records = afd_answer_records(&scene.json, &node);
	assert_int_equal(records < 0, node == AFD_JSON_NONE);
	tear_down(&scene);
	return records;
}

static void records_are_found_where_apis_put_them(void **state)
{
	(void)state;
	assert_int_equal(records_of("[1,2,3]"), 3);
	assert_int_equal(records_of("{\"data\":[1,2]}"), 2);
	assert_int_equal(records_of("{\"data\":{\"id\":1}}"), 1);
	assert_int_equal(records_of("{\"status\":\"success\",\"result\":[1]}"), 1);
	assert_int_equal(records_of("{\"data\":null,\"result\":[]}"), 0);
	assert_int_equal(records_of("{\"result\":true}"), -1);
	assert_int_equal(records_of("{\"items\":[]}"), -1);
	assert_int_equal(records_of("\"text\""), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_code_is_at_the_top_or_in_the_error),
		cmocka_unit_test(the_message_is_at_the_top_or_in_the_error),
		cmocka_unit_test(json_is_a_media_type_and_a_body),
		cmocka_unit_test(an_error_is_known_by_its_envelope),
		cmocka_unit_test(an_empty_result_is_an_empty_array_of_records),
		cmocka_unit_test(records_are_found_where_apis_put_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
