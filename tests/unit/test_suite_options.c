/* SPDX-License-Identifier: MIT
 * What the options of a suite do: selection, refusals before the first request, limits, retries, and a
 * signal. */
#include "shop_server.h"

static void writes_are_held_back_by_default(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.1", "--only=2.1"), AFD_EXIT_OK);
	assert_int_equal(atomic_load(&shop->writes), 0);
	assert_evidence(shop, "\"verdict\":\"blocked\",\"reason\":\"write\"");
	assert_int_equal(RUN(shop, "--only=2.1", "--allow-writes=3.*"), AFD_EXIT_NO_VERDICT);
	assert_int_equal(atomic_load(&shop->writes), 0);
	assert_int_equal(RUN(shop, "--only=2.1", "--allow-writes=2.*"), AFD_EXIT_OK);
	assert_int_equal(atomic_load(&shop->writes), 1);
}

static void a_plan_sends_nothing_and_needs_no_secret(void **state)
{
	struct shop *shop = *state;
	unsetenv("AFFIDAVIT_SECRET_YOUR_TOKEN");
	assert_int_equal(RUN(shop, "--plan", "--var=CITY=Kolomna"), AFD_EXIT_OK);
	assert_int_equal(atomic_load(&shop->requests), 0);
	assert_says(shop->out.data, "specs/shop.md:12: 1.1 (read)\n   GET http://127.0.0.1:");
	assert_says(shop->out.data, "/api/orders (base replaced)\n   Accept: application/json\n   Authorization: "
								"Bearer YOUR_TOKEN\n   no body\n"
								"   would be sent\n");
	assert_says(shop->out.data, "   body: 18 bytes, sha256 ");
	assert_null(strstr(shop->out.data, "Kolomna"));
	assert_says(shop->out.data, "   held back: write\n");
	assert_says(shop->out.data, "   blocked: no value for PROMO\n");
	assert_says(shop->out.data, "/api/orders/{ORDER} (base replaced)\n");
	assert_says(shop->out.data, "   would be sent, where what it needs has passed\n");
	assert_says(shop->out.data, "   not sent: asserts nothing\n");
	assert_says(shop->out.data, "8 of 11 selected cases would be sent; nothing was sent\n");
	char bundles[128];
	snprintf(bundles, sizeof bundles, "%s/bundles", shop->folder);
	assert_false(afd_file_exists(bundles));
}

static void a_list_names_each_case(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--list", "--only=1.3"), AFD_EXIT_OK);
	assert_string_equal(shop->out.data,
						"1.3#1\tread\tGET https://shop.example/v1/orders/998\tTest 1.3\n"
						"1.3#2\tread\tGET https://shop.example/v1/orders/{ORDER}\tTest 1.3\n");
}

static void a_missing_secret_is_named_before_the_first_request(void **state)
{
	struct shop *shop = *state;
	unsetenv("AFFIDAVIT_SECRET_YOUR_TOKEN");
	assert_int_equal(RUN(shop, "--only=1.1"), AFD_EXIT_USAGE);
	assert_says(shop->errors.data, "AFFIDAVIT_SECRET_YOUR_TOKEN is missing");
	assert_int_equal(atomic_load(&shop->requests), 0);
	assert_string_equal(shop->bundle, "");
}

static void a_server_that_is_not_there_is_no_verdict(void **state)
{
	struct shop *shop = *state;
	const char *const arguments[] = { NULL };
	assert_int_equal(run_at(shop, "http://127.0.0.1:1/api", arguments), AFD_EXIT_NO_VERDICT);
	assert_says(shop->errors.data,
				"no connection to http://127.0.0.1:1: its cases are not sent. Start the server");
	assert_evidence(shop, "\"reachable\":\"unreachable\"");
	assert_evidence(shop, "\"ready\":false");
	assert_evidence(shop, "\"verdict\":\"blocked\",\"reason\":\"unreachable\"");
}

static void an_unknown_test_gets_a_suggestion(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.4"), AFD_EXIT_USAGE);
	assert_says(shop->errors.data, "--only: the spec has no test '1.4'; did you mean '1.1'?");
	assert_int_equal(RUN(shop, "--only=nothing-like-it"), AFD_EXIT_USAGE);
	assert_says(shop->errors.data, "--list shows them");
	assert_int_equal(RUN(shop, "--tag=never"), AFD_EXIT_USAGE);
	assert_int_equal(RUN(shop, "--base=other=http://127.0.0.1:1"), AFD_EXIT_USAGE);
}

static void assert_listed(struct shop *shop, const char *option, const char *ids)
{
	assert_int_equal(RUN(shop, "--list", option), AFD_EXIT_OK);
	char found[256] = "";
	char *rest = shop->out.data;
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n")) {
		strcat(found, strsep(&line, "\t"));
		strcat(found, " ");
	}
	assert_string_equal(found, ids);
}

static void cases_are_selected(void **state)
{
	struct shop *shop = *state;
	assert_listed(shop, "--only=1.3#2", "1.3#2 ");
	assert_listed(shop, "--only=1.1#1", "1.1 ");
	assert_listed(shop, "--only=1.*", "1.1 1.2 1.3#1 1.3#2 ");
	assert_listed(shop, "--only=*#1", "1.3#1 ");
	assert_listed(shop, "--section=2", "2.1 2.2 ");
	assert_listed(shop, "--section=2. Writing", "2.1 2.2 ");
	assert_listed(shop, "--tag=slow", "3.4 ");
	assert_listed(shop, "--shard=1/3", "1.1 2.1 3.2 3.5 ");
	assert_listed(shop, "--shard=2/3", "1.2 2.2 3.3 ");
	assert_listed(shop, "--shard=3/3", "1.3#1 1.3#2 3.1 3.4 ");
}

static void only_what_failed_is_run_again(void **state)
{
	struct shop *shop = *state;
	char option[300];
	assert_int_equal(RUN(shop, "--section=1"), AFD_EXIT_FAILED);
	snprintf(option, sizeof option, "--rerun-failed=%s", shop->bundle);
	assert_listed(shop, option, "1.3#2 ");
	assert_int_equal(RUN(shop, "--rerun-failed=/nowhere"), AFD_EXIT_NO_VERDICT);
}

static void a_get_is_sent_again_only_where_retries_are_asked_for(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=3.3", "--retry=2"), AFD_EXIT_OK);
	assert_int_equal(atomic_load(&shop->requests), 3);
	assert_evidence(shop, "\"retries\":2,\"attempts\":[{\"http_status\":503,");
	char *report = read_bundle(shop, "data/report.md");
	assert_says(report, "| pass after 2 retries |");
	free(report);
	atomic_store(&shop->flaky, 0);
	assert_int_equal(RUN(shop, "--only=3.3"), AFD_EXIT_FAILED);
	assert_int_equal(atomic_load(&shop->requests), 4);
}

static void a_budget_ends_the_sending(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.1", "--only=1.2", "--max-requests=1"), AFD_EXIT_NO_VERDICT);
	assert_int_equal(atomic_load(&shop->requests), 1);
	assert_evidence(shop, "over the 1 requests of --max-requests");
}

static void the_first_failure_may_end_the_run(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--fail-fast"), AFD_EXIT_FAILED);
	assert_int_equal(atomic_load(&shop->requests), 4);
	assert_evidence(shop, "\"reasons\":{\"stopped\":7}");
}

static void an_exchange_that_takes_too_long_has_no_verdict(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=3.4", "--timeout=0.05"), AFD_EXIT_NO_VERDICT);
	assert_evidence(shop, "\"verdict\":\"error\",\"reason\":\"transport\"");
	assert_evidence(shop, "\"http_status\":null,\"latency_ms\":null");
	assert_says(shop->errors.data, "specs/shop.md:70: ERROR 3.4: no answer: ");
}

static void a_value_that_would_change_the_path_is_refused(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.1", "--only=2.2", "--var=PROMO=.."), AFD_EXIT_REFUSED);
	assert_int_equal(atomic_load(&shop->requests), 1);
	assert_evidence(shop, "\"verdict\":\"error\",\"reason\":\"refused\"");
}

static void a_signal_ends_the_run_with_a_whole_bundle(void **state)
{
	struct shop *shop = *state;
	char url[64];
	const char *const arguments[] = { "--only=3.4", "--only=3.5", NULL };
	pid_t child = start(shop, url_of(shop, url), arguments, -1);
	struct timespec pause = { 0, 1000000 };
	while (!atomic_load(&shop->slow_began))
		nanosleep(&pause, NULL);
	assert_int_equal(kill(child, SIGTERM), 0);
	assert_int_equal(finish(shop, child), AFD_EXIT_NO_VERDICT);
	assert_int_equal(atomic_load(&shop->requests), 1);
	assert_evidence(shop, "\"reasons\":{\"stopped\":1}");
	assert_evidence(shop, "\"interrupted\":true");
	assert_verdict(shop, "3.4", AFD_EXIT_OK);
}

static void a_folder_that_cannot_be_made_is_found_before_the_first_request(void **state)
{
	struct shop *shop = *state;
	assert_int_equal(RUN(shop, "--only=1.1", "--out=/dev/null/x"), AFD_EXIT_NO_VERDICT);
	assert_int_equal(atomic_load(&shop->requests), 0);
}

static void take_bundle(void *context, const char *name)
{
	struct shop *shop = context;
	if (!strstr(name, ".zip"))
		snprintf(shop->bundle, sizeof shop->bundle, "%s/bundles/%s", shop->folder, name);
}

static void a_closed_stdout_takes_no_evidence(void **state)
{
	struct shop *shop = *state;
	struct afd_error err = { 0 };
	char url[64];
	char bundles[128];
	const char *const arguments[] = { "--only=1.1", NULL };
	assert_int_equal(finish(shop, start(shop, url_of(shop, url), arguments, STDOUT_FILENO)), AFD_EXIT_OK);
	snprintf(bundles, sizeof bundles, "%s/bundles", shop->folder);
	assert_int_equal(afd_folder_each(bundles, take_bundle, shop, &err), 0);
	assert_verdict(shop, "1.1", AFD_EXIT_OK);
}

int main(int argc, char **argv)
{
	int code = run_as_suite(argc, argv);
	if (code >= 0)
		return code;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(writes_are_held_back_by_default, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_plan_sends_nothing_and_needs_no_secret, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_list_names_each_case, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_missing_secret_is_named_before_the_first_request, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(a_server_that_is_not_there_is_no_verdict, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(an_unknown_test_gets_a_suggestion, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(cases_are_selected, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(only_what_failed_is_run_again, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_get_is_sent_again_only_where_retries_are_asked_for, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(a_budget_ends_the_sending, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(the_first_failure_may_end_the_run, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(an_exchange_that_takes_too_long_has_no_verdict, open_shop,
										close_shop),
		cmocka_unit_test_setup_teardown(a_value_that_would_change_the_path_is_refused, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_signal_ends_the_run_with_a_whole_bundle, open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_made_is_found_before_the_first_request,
										open_shop, close_shop),
		cmocka_unit_test_setup_teardown(a_closed_stdout_takes_no_evidence, open_shop, close_shop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
