/* SPDX-License-Identifier: MIT
 * A whole suite: what it sends, how it judges, what it leaves behind, and that nothing private is in it. */
#include "shop_server.h"

static void a_run_gives_each_case_its_verdict(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--allow-writes"), AFD_EXIT_FAILED);
	assert_verdict(shop, "1.1", AFD_EXIT_OK);
	assert_verdict(shop, "1.2", AFD_EXIT_OK);
	assert_verdict(shop, "1.3#1", AFD_EXIT_OK);
	assert_verdict(shop, "1.3#2", AFD_EXIT_FAILED);
	assert_verdict(shop, "2.1", AFD_EXIT_OK);
	assert_verdict(shop, "2.2", AFD_EXIT_NO_VERDICT);
	assert_verdict(shop, "3.1", AFD_EXIT_NO_VERDICT);
	assert_verdict(shop, "3.2", AFD_EXIT_NO_VERDICT);
	assert_verdict(shop, "3.3", AFD_EXIT_FAILED);
	assert_verdict(shop, "3.4", AFD_EXIT_OK);
	assert_verdict(shop, "3.5", AFD_EXIT_FAILED);
	assert_evidence(shop, "\"test_id\":\"2.2\"");
	assert_evidence(shop, "\"verdict\":\"blocked\",\"reason\":\"value\"");
	assert_evidence(
		shop,
		"\"cases\":11,\"cases_sent\":9,\"cases_executed\":9,\"pass\":5,\"fail\":3,\"error\":2,\"blocked\":1,"
		"\"reasons\":{\"value\":1,\"no assertion\":2}");
	assert_int_equal(atomic_load(&shop->requests), 9);
}

static void the_terminal_points_at_the_spec_and_at_the_evidence(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--quiet"), AFD_EXIT_FAILED);
	assert_ptr_equal(strstr(shop->out.data, "Rehearsal against 127.0.0.1: says nothing about shop.example\n"),
					 shop->out.data);
	assert_says(shop->errors.data,
				"specs/shop.md:40: FAIL 1.3#2: expected `ORDER_NOT_FOUND`\n   got status 404, code ~text:");
	assert_says(shop->errors.data, "          evidence: responses/1.3_2.json, line 10 of evidence.jsonl\n");
	assert_says(
		shop->errors.data,
		"specs/shop.md:55: ERROR 3.1: asserts nothing: not sent\n   evidence: line 16 of evidence.jsonl\n");
	assert_says(shop->errors.data,
				"specs/shop.md:14: FAIL 3.5: expected JSON\n   got status 200; media type text/html");
	assert_says(shop->out.data, "8 of 11 cases executed (72%): 4 pass, 3 fail, 2 error, 2 blocked (write 1, "
								"value 1, no assertion 2)\n");
	assert_says(shop->out.data, "\nREHEARSAL FAILED\nbundle: /tmp/");
	assert_null(strstr(shop->out.data, "[ RUN"));
	char *log = read_bundle(shop, "data/evidence.jsonl");
	const char *line = log;
	for (int i = 1; i < 10; i++)
		line = strchr(line, '\n') + 1;
	assert_ptr_equal(strstr(line, "{\"schema\":1,\"seq\":9,"), line);
	assert_true(strstr(line, "\"phase\":\"result\"") < strchr(line, '\n') &&
				strstr(line, "1.3#2") < strchr(line, '\n'));
	free(log);
}

static void the_runner_is_cmocka_with_the_place_in_the_spec(void **state)
{
	struct shop *shop = *state;
	setenv("CMOCKA_MESSAGE_OUTPUT", "xml", 1);
	char path[128];
	snprintf(path, sizeof path, "%s/cmocka.xml", shop->folder);
	setenv("CMOCKA_XML_FILE", path, 1);
	assert_int_equal(RUN(shop, "--only", "1.3"), AFD_EXIT_FAILED);
	unsetenv("CMOCKA_MESSAGE_OUTPUT");
	unsetenv("CMOCKA_XML_FILE");
	assert_says(shop->out.data, "[ RUN      ] 1.3#1\n[       OK ] 1.3#1\n[ RUN      ] 1.3#2\n");
	assert_says(shop->errors.data, "specs/shop.md:40: error: Failure!");
	assert_says(shop->errors.data, "[  FAILED  ] 1.3#2");
	assert_false(afd_file_exists(path));
}

static void a_value_kept_from_an_answer_is_sent_and_stays_a_name(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.1", "--only=1.2"), AFD_EXIT_OK);
	assert_says(shop->out.data, "REHEARSAL INCOMPLETE");
	assert_evidence(shop, "\"endpoint\":\"GET /v1/orders/{ORDER}\"");
	char *log = read_bundle(shop, "data/evidence.jsonl");
	assert_null(strstr(log, "47110815000471"));
	free(log);
}

static void a_test_that_needs_another_is_blocked_without_it(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.2", "--var=ORDER=47110815000471"), AFD_EXIT_NO_VERDICT);
	assert_int_equal(atomic_load(&shop->requests), 0);
	assert_evidence(shop, "\"verdict\":\"blocked\",\"reason\":\"needs\"");
	assert_evidence(shop, "needs 1.1, which has not passed");
}

static void a_substituted_body_gets_a_keyed_digest_only(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=2.1", "--allow-writes", "--var=CITY=Kolomna"), AFD_EXIT_OK);
	assert_int_equal(atomic_load(&shop->writes), 1);
	char *log = read_bundle(shop, "data/evidence.jsonl");
	/* printf '{"city": "{CITY}"}' | sha256sum */
	assert_says(log,
				"\"request_body_hash\":\"bf02b815cb1219764b1234d8be5fc47acd125cba44c57441af8d457d4ad822e2\","
				"\"sent_body_hmac\":\"");
	assert_null(strstr(log, "Kolomna"));
	free(log);
}

static void a_response_is_kept_masked(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.1", "--only=3.5"), AFD_EXIT_FAILED);
	char *list = read_bundle(shop, "data/responses/1.1.json");
	assert_says(list, "{\"schema\":1,\"test_id\":\"1.1\",\"http_status\":200,\"http_version\":\"1.1\","
					  "\"media\":\"application/json\"");
	assert_says(list, "\"id\": 47110815000471");
	assert_says(list, "\"Set-Cookie\":\"~secret\"");
	assert_says(list, "\"json_error\":null,\"peer\":\"loopback\"}");
	free(list);
	char *page = read_bundle(shop, "data/responses/3.5.json");
	assert_says(page, "\"body\":{\"bytes\":37,\"hmac\":\"");
	assert_says(page, "\"json_error\":{\"offset\":0,\"text\":\"");
	free(page);
}

struct search {
	const char *folder;
	size_t files;
};

static void assert_clean(void *context, const char *name)
{
	struct search *search = context;
	char path[1024];
	struct afd_error err = { 0 };
	struct afd_text text;
	snprintf(path, sizeof path, "%s/%s", search->folder, name);
	struct search below = { path, 0 };
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	if (S_ISDIR(status.st_mode)) {
		assert_int_equal(afd_folder_each(path, assert_clean, &below, &err), 0);
		search->files += below.files;
		return;
	}
	assert_int_equal(afd_file_read(path, 1 << 22, &text, &err), 0);
	struct afd_span all = afd_text_span(&text);
	if (afd_span_find(all, token, 0) != SIZE_MAX || afd_span_find(all, person, 0) != SIZE_MAX ||
		afd_span_find(all, "petrova", 0) != SIZE_MAX || afd_span_find(all, "deadbeef01", 0) != SIZE_MAX)
		fail_msg("something private is in %s", path);
	afd_text_free(&text);
	search->files++;
}

static void nothing_private_is_in_what_it_leaves_or_prints(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--allow-writes"), AFD_EXIT_FAILED);
	struct afd_error err = { 0 };
	char bundles[128];
	snprintf(bundles, sizeof bundles, "%s/bundles", shop->folder);
	struct search search = { bundles, 0 };
	assert_int_equal(afd_folder_each(bundles, assert_clean, &search, &err), 0);
	/* Nine responses; evidence, inventory, four reports; bagit, manifest, head; zip and digest. */
	assert_int_equal(search.files, 9 + 6 + 3 + 2);
	search.folder = shop->folder;
	assert_clean(&search, "out");
	assert_clean(&search, "errors");
}

static void reports_are_made_again_from_the_bundle_byte_for_byte(void **state)
{
	static const char *const files[] = { "report.md", "report.html", "junit.xml", "ctrf.json" };
	struct shop *shop = *state;
	struct afd_error err = { 0 };
	char again[128];
	assert_int_equal(RUN(shop, "--allow-writes"), AFD_EXIT_FAILED);
	snprintf(again, sizeof again, "%s/again", shop->folder);
	assert_int_equal(afd_report_write(shop->bundle, again, &err), 0);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		char path[256];
		char file[64];
		snprintf(path, sizeof path, "%s/%s", again, files[i]);
		snprintf(file, sizeof file, "data/%s", files[i]);
		char *text = read_bundle(shop, file);
		assert_true(afd_file_same(path, afd_span_of(text)));
		free(text);
	}
}

int main(int argc, char **argv)
{
	int code = run_as_suite(argc, argv);
	if (code >= 0)
		return code;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_run_gives_each_case_its_verdict, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(the_terminal_points_at_the_spec_and_at_the_evidence, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(the_runner_is_cmocka_with_the_place_in_the_spec, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(a_value_kept_from_an_answer_is_sent_and_stays_a_name, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(a_test_that_needs_another_is_blocked_without_it, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(a_substituted_body_gets_a_keyed_digest_only, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_response_is_kept_masked, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(nothing_private_is_in_what_it_leaves_or_prints, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(reports_are_made_again_from_the_bundle_byte_for_byte, open_shop,
										close_shop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
