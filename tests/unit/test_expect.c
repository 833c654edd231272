/* SPDX-License-Identifier: MIT
 * Judging real answers: subjects, counts, alternatives, and what a finding tells. */
#include "expect_scene.h"

static void the_status_is_a_number_or_a_class(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_STATUS, "", AFD_VALUE, AFD_IS, "200", true },
		{ AFD_STATUS, "", AFD_VALUE, AFD_IS, "201", false },
		{ AFD_STATUS, "", AFD_VALUE, AFD_IS, "2xx", true },
		{ AFD_STATUS, "", AFD_VALUE, AFD_IS, "4XX", false },
		{ AFD_STATUS, "", AFD_VALUE, AFD_LESS, "300", true },
		{ AFD_STATUS, "", AFD_VALUE, AFD_GREATER, "200", false },
		{ AFD_STATUS, "", AFD_VALUE, AFD_IS, "OK", false },
		{ AFD_STATUS, "", AFD_VALUE, AFD_AT_MOST, "200", true },
	};
	struct scene scene;
	set_up(&scene, "{}", JSON_MEDIA);
	CHECK(&scene, rows);
	struct afd_finding finding =
		find(&scene, (struct afd_term){ .subject = AFD_STATUS, .predicate = AFD_IS, .value = "404" });
	assert_int_equal(finding.got.kind, AFD_GOT_STATUS);
	assert_int_equal(finding.got.number, 200);
	tear_down(&scene);
}

static void headers_are_found_in_any_case_and_all_of_them_count(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_HEADER, "content-type", AFD_VALUE, AFD_IS, "image/png", true },
		{ AFD_HEADER, "Content-Type", AFD_VALUE, AFD_EXISTS, "", true },
		{ AFD_HEADER, "Location", AFD_VALUE, AFD_EXISTS, "", false },
		{ AFD_HEADER, "Location", AFD_VALUE, AFD_IS, "/x", false },
		{ AFD_HEADER, "X-Part", AFD_VALUE, AFD_STARTS_WITH, "a", true },
		{ AFD_HEADER, "X-Part", AFD_VALUE, AFD_IS, "ab", false },
		{ AFD_HEADER, "X-Part", AFD_COUNT, AFD_IS, "2", true },
		{ AFD_HEADER, "X-Part", AFD_LAST, AFD_IS, "ac", true },
		{ AFD_HEADER, "Location", AFD_COUNT, AFD_IS, "0", true },
		{ AFD_HEADER, "X-Total", AFD_VALUE, AFD_GREATER, "4", true },
		{ AFD_HEADER, "X-Total", AFD_VALUE, AFD_IS_TYPE, "whole number", true },
	};
	struct afd_field fields[] = {
		{ AFD_SPAN("Content-Type"), AFD_SPAN("image/png") },
		{ AFD_SPAN("x-part"), AFD_SPAN("ab") },
		{ AFD_SPAN("X-PART"), AFD_SPAN("ac") },
		{ AFD_SPAN("X-Total"), AFD_SPAN("5") },
	};
	struct scene scene;
	set_up(&scene, "", "image/png");
	scene.answer.fields = fields;
	scene.answer.field_count = sizeof fields / sizeof *fields;
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void a_predicate_holds_for_every_node_and_one_at_least(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_PATH, "$.data[*].currency_id", AFD_VALUE, AFD_IS, "RUB", true },
		{ AFD_PATH, "$.data[*].id", AFD_VALUE, AFD_IS, "7", false },
		{ AFD_PATH, "$.data[*].id", AFD_VALUE, AFD_AT_LEAST, "7", true },
		{ AFD_PATH, "$.data[*].nothing", AFD_VALUE, AFD_IS, "7", false },
		{ AFD_PATH, "$.data[*].nothing", AFD_VALUE, AFD_EXISTS, "", false },
		{ AFD_PATH, "$.data[*].id", AFD_VALUE, AFD_EXISTS, "", true },
		{ AFD_PATH, "$.data[0].deleted_at", AFD_VALUE, AFD_EXISTS, "", true },
		{ AFD_PATH, "$.data[0].price", AFD_VALUE, AFD_IS, "1500.5", true },
		{ AFD_PATH, "$.data[0].currency_id", AFD_VALUE, AFD_IS, "\"RUB\"", true },
		{ AFD_PATH, "$.data[0].payed", AFD_VALUE, AFD_IS, "true", true },
		{ AFD_PATH, "$.data[0].deleted_at", AFD_VALUE, AFD_IS, "null", true },
		{ AFD_PATH, "$.data[0].tags", AFD_VALUE, AFD_IS, "[ \"a\", \"b\" ]", true },
		{ AFD_PATH, "$.data[0].tags", AFD_VALUE, AFD_IS, "[\"b\",\"a\"]", false },
		{ AFD_PATH, "$.paging", AFD_VALUE, AFD_IS, "{\"total\":2.0}", true },
		{ AFD_PATH, "$.paging", AFD_VALUE, AFD_IS, "total", false },
	};
	struct scene scene;
	set_up(&scene, orders, JSON_MEDIA);
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void counts_are_of_nodes_or_of_the_elements_of_one(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_PATH, "$.data", AFD_COUNT, AFD_IS, "2", true },
		{ AFD_PATH, "$.data[*]", AFD_COUNT, AFD_IS, "2", true },
		{ AFD_PATH, "$.data[*].tags", AFD_COUNT, AFD_IS, "2", true },
		{ AFD_PATH, "$.data[1].tags", AFD_COUNT, AFD_IS, "1", true },
		{ AFD_PATH, "$.paging", AFD_COUNT, AFD_IS, "1", true },
		{ AFD_PATH, "$.data[?@.id > 8]", AFD_COUNT, AFD_IS, "0", true },
		{ AFD_PATH, "$.data[?@.id > 7]", AFD_COUNT, AFD_IS, "0", false },
		{ AFD_PATH, "$.nothing", AFD_COUNT, AFD_IS, "0", false },
		{ AFD_PATH, "$.data", AFD_COUNT, AFD_AT_LEAST, "3", false },
		{ AFD_PATH, "$.data[0].id", AFD_COUNT, AFD_IS, "1", true },
		{ AFD_RECORDS, "", AFD_COUNT, AFD_IS, "2", true },
		{ AFD_PATH, "$.data", AFD_FIRST, AFD_LIKE, "{\"id\":7}", true },
		{ AFD_PATH, "$.data", AFD_LAST, AFD_LIKE, "{\"id\":8}", true },
		{ AFD_PATH, "$.data[*].id", AFD_LAST, AFD_IS, "8", true },
		{ AFD_PATH, "$.data[0].tags", AFD_FIRST, AFD_IS, "a", true },
		{ AFD_PATH, "$.nothing", AFD_FIRST, AFD_EXISTS, "", false },
	};
	struct scene scene;
	set_up(&scene, orders, JSON_MEDIA);
	CHECK(&scene, rows);
	tear_down(&scene);
	set_up(&scene, "<html>", "text/html");
	assert_false(find(&scene, (struct afd_term){ .subject = AFD_PATH,
												 .name = "$.data[*]",
												 .steps = AFD_STEPS({ AFD_COUNT, NULL }),
												 .predicate = AFD_IS,
												 .value = "0" })
					 .held);
	tear_down(&scene);
}

static void the_body_is_its_bytes_and_its_json(void **state)
{
	(void)state;
	static const struct row full[] = {
		{ AFD_BODY, "", AFD_VALUE, AFD_IS_EMPTY, "", false },
		{ AFD_BODY, "", AFD_VALUE, AFD_IS, "[ ]", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_CONTAINS, "[]", true },
		{ AFD_BODY, "", AFD_SIZE, AFD_IS, "2", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_IS_TYPE, "array", true },
		{ AFD_BODY, "", AFD_COUNT, AFD_IS, "0", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_LIKE, "[\"...\"]", true },
	};
	static const struct row text[] = {
		{ AFD_BODY, "", AFD_VALUE, AFD_IS, "pong", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_IS, "pin", false },
		{ AFD_BODY, "", AFD_VALUE, AFD_MATCHES, "^p.ng$", true },
		{ AFD_BODY, "", AFD_VALUE, AFD_LIKE, "{}", false },
		{ AFD_BODY, "", AFD_VALUE, AFD_IS_TYPE, "object", false },
	};
	static const struct row none[] = {
		{ AFD_BODY, "", AFD_VALUE, AFD_IS_EMPTY, "", true },
		{ AFD_BODY, "", AFD_SIZE, AFD_IS, "0", true },
	};
	struct scene scene;
	set_up(&scene, "[]", JSON_MEDIA);
	CHECK(&scene, full);
	tear_down(&scene);
	set_up(&scene, "pong", "text/plain");
	CHECK(&scene, text);
	tear_down(&scene);
	set_up(&scene, "", "");
	CHECK(&scene, none);
	tear_down(&scene);
}

static void latency_url_and_version_are_judged(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ AFD_LATENCY, "", AFD_VALUE, AFD_LESS, "12.4", true },
		{ AFD_LATENCY, "", AFD_VALUE, AFD_LESS, "12", false },
		{ AFD_URL, "", AFD_VALUE, AFD_ENDS_WITH, "page=1", true },
		{ AFD_URL, "", AFD_VALUE, AFD_IS, "https://example.com", false },
		{ AFD_VERSION, "", AFD_VALUE, AFD_IS, "1.1", true },
		{ AFD_VERSION, "", AFD_VALUE, AFD_IS, "2", false },
		{ AFD_MEDIA, "", AFD_VALUE, AFD_IS, "application/json", true },
		{ AFD_MEDIA, "", AFD_VALUE, AFD_STARTS_WITH, "text/", false },
	};
	struct scene scene;
	set_up(&scene, "{}", JSON_MEDIA);
	CHECK(&scene, rows);
	tear_down(&scene);
}

static void what_cannot_be_evaluated_is_no_verdict(void **state)
{
	(void)state;
	static const struct afd_term terms[] = {
		{ .alternative = 1, .subject = AFD_PATH, .name = "$.", .predicate = AFD_EXISTS },
		{ .alternative = 1, .subject = AFD_PATH, .name = "$.a", .predicate = AFD_MATCHES, .value = "(" },
		{ .alternative = 1, .subject = AFD_BODY, .predicate = AFD_LIKE, .value = "{not json" },
		{ .alternative = 1, .subject = AFD_PATH, .name = "$.a", .predicate = AFD_IS_TYPE, .value = "thing" },
	};
	struct scene scene;
	set_up(&scene, "{\"a\":\"b\"}", JSON_MEDIA);
	struct afd_finding finding;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		assert_false(judge(&scene, &terms[i], 1, &finding));
	tear_down(&scene);
}

/* 404 and code ORDER_NOT_FOUND, or code RESOURCE_NOT_FOUND. */
static const struct afd_term alternatives[] = {
	{ .alternative = 1, .subject = AFD_STATUS, .predicate = AFD_IS, .value = "404" },
	{ .alternative = 1, .subject = AFD_CODE, .predicate = AFD_IS, .value = "ORDER_NOT_FOUND" },
	{ .alternative = 2, .subject = AFD_CODE, .predicate = AFD_IS, .value = "RESOURCE_NOT_FOUND" },
};

static struct afd_finding judge_alternatives(long status, const char *body)
{
	struct scene scene;
	set_up(&scene, body, JSON_MEDIA);
	scene.answer.status = status;
	struct afd_finding finding;
	assert_true(judge(&scene, alternatives, 3, &finding));
	tear_down(&scene);
	return finding;
}

static void alternatives_keep_which_happened(void **state)
{
	(void)state;
	struct afd_finding finding = judge_alternatives(404, "{\"code\":\"ORDER_NOT_FOUND\"}");
	assert_true(finding.held);
	assert_int_equal(finding.alternative, 1);
	finding = judge_alternatives(404, "{\"code\":\"RESOURCE_NOT_FOUND\"}");
	assert_true(finding.held);
	assert_int_equal(finding.alternative, 2);
	assert_int_equal(finding.term, 2);
	finding = judge_alternatives(404, "{\"code\":\"OTHER\"}");
	assert_false(finding.held);
	assert_int_equal(finding.alternative, 0);
	assert_int_equal(finding.term, 1);
	assert_int_equal(finding.got.kind, AFD_GOT_NODE);
	finding = judge_alternatives(403, "{}");
	assert_false(finding.held);
	assert_int_equal(finding.term, 0);
	assert_int_equal(finding.got.number, 403);
}

static void deltas_are_left_to_others(void **state)
{
	(void)state;
	static const struct afd_expectation expectations[] = { { 1, "", 0, 0 }, { 2, "", 0, 0 }, { 3, "", 0, 0 } };
	static const struct afd_term terms[] = {
		{ .expectation = 0,
		  .alternative = 1,
		  .subject = AFD_DELTA,
		  .name = "t",
		  .predicate = AFD_IS,
		  .value = "1" },
		{ .expectation = 2, .alternative = 1, .subject = AFD_STATUS, .predicate = AFD_IS, .value = "200" },
	};
	struct afd_test test = { .expectations = { expectations, 3 }, .terms = { terms, 2 } };
	struct scene scene;
	set_up(&scene, "{}", JSON_MEDIA);
	scene.judged.test = &test;
	struct afd_finding findings[3];
	assert_true(afd_expect_judge(&scene.judged, findings));
	assert_false(findings[0].held);
	assert_int_equal(findings[0].alternative, 0);
	assert_false(findings[1].held);
	assert_true(findings[2].held);
	assert_int_equal(findings[2].expectation, 2);
	tear_down(&scene);
}

static void findings_tell_what_was_there(void **state)
{
	(void)state;
	struct scene scene;
	set_up(&scene, orders, JSON_MEDIA);
	struct afd_finding finding = find(
		&scene,
		(struct afd_term){ .subject = AFD_PATH, .name = "$.data[*].id", .predicate = AFD_IS, .value = "7" });
	assert_int_equal(finding.got.kind, AFD_GOT_NODE);
	assert_true(afd_span_is(afd_json_text(&scene.json, finding.got.node), "8"));
	finding = find(&scene,
				   (struct afd_term){
					   .subject = AFD_PATH, .name = "$.data[*].id", .negated = 1, .predicate = AFD_EXISTS });
	assert_int_equal(finding.got.kind, AFD_GOT_NODES);
	assert_int_equal(finding.got.number, 2);
	assert_true(afd_span_is(afd_json_text(&scene.json, finding.got.node), "7"));
	finding = find(
		&scene, (struct afd_term){ .subject = AFD_PATH, .name = "$.x", .predicate = AFD_IS, .value = "7" });
	assert_int_equal(finding.got.kind, AFD_GOT_NOTHING);
	finding = find(&scene, (struct afd_term){ .subject = AFD_PATH,
											  .name = "$.data",
											  .steps = AFD_STEPS({ AFD_COUNT, NULL }),
											  .predicate = AFD_IS,
											  .value = "7" });
	assert_int_equal(finding.got.kind, AFD_GOT_NUMBER);
	assert_int_equal(finding.got.number, 2);
	tear_down(&scene);
	set_up(&scene, "<html>", "text/html");
	finding = find(&scene, (struct afd_term){ .subject = AFD_PATH, .name = "$.x", .predicate = AFD_EXISTS });
	assert_int_equal(finding.got.kind, AFD_GOT_NOT_JSON);
	tear_down(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_status_is_a_number_or_a_class),
		cmocka_unit_test(headers_are_found_in_any_case_and_all_of_them_count),
		cmocka_unit_test(a_predicate_holds_for_every_node_and_one_at_least),
		cmocka_unit_test(counts_are_of_nodes_or_of_the_elements_of_one),
		cmocka_unit_test(the_body_is_its_bytes_and_its_json),
		cmocka_unit_test(latency_url_and_version_are_judged),
		cmocka_unit_test(what_cannot_be_evaluated_is_no_verdict),
		cmocka_unit_test(alternatives_keep_which_happened),
		cmocka_unit_test(deltas_are_left_to_others),
		cmocka_unit_test(findings_tell_what_was_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
