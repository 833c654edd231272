/* SPDX-License-Identifier: MIT
 * The guard: what may be sent and where to. Hosts are invented; nothing is sent here. */
#include "guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct afd_base base_rows[] = {
	{ 3, "default", "https://api.example.com/rest/v1/" },
	{ 4, "partners-api", "https://api.example.com/partners/v1" },
};
static const struct afd_variable variable_rows[] = { { 9, "HOST", "x.example.org", 0 } };
static const struct afd_case case_rows[] = { { .id = "2", .url = "https://example.net/status/7" } };
static const struct afd_test test_rows[] = {
	{ .id = "1", .request = { .method = "GET", .url = "https://api.example.com/rest/v1/orders" } },
	{ .id = "2", .request = { .method = "GET", .url = "/status/{ID}" }, .cases = AFD_LIST(case_rows) },
	{ .id = "3", .request = { .method = "GET", .url = "https://{HOST}/x" } },
};
static const struct afd_test *const tests[] = { &test_rows[0], &test_rows[1], &test_rows[2] };
static const struct afd_suite suite = { .bases = AFD_LIST(base_rows),
										.variables = AFD_LIST(variable_rows),
										.tests = AFD_LIST(tests) };
static const struct afd_suite bare = { .tests = AFD_LIST(tests) };

static struct afd_guard guarded(const struct afd_suite *of, const char *first, const char *second)
{
	const char *assignments[] = { first, second };
	struct afd_error err = { 0 };
	struct afd_guard guard;
	size_t count = (size_t)(first != NULL) + (second != NULL);
	assert_int_equal(afd_guard_init(&guard, of, assignments, count, &err), 0);
	return guard;
}

static void goes_to(const struct afd_guard *guard, const char *url, const char *target, bool changed)
{
	struct afd_error err = { 0 };
	struct afd_text out;
	bool replaced = !changed;
	assert_int_equal(afd_guard_rebase(guard, afd_span_of(url), &out, &replaced, &err), 0);
	assert_string_equal(out.data, target);
	assert_int_equal(replaced, changed);
	afd_text_free(&out);
}

static void refuses(const struct afd_guard *guard, struct afd_span url, int code, const char *words)
{
	struct afd_error err = { 0 };
	struct afd_text out;
	bool replaced;
	assert_int_equal(afd_guard_rebase(guard, url, &out, &replaced, &err), code);
	assert_non_null(strstr(err.text, words));
	assert_null(strstr(err.text, "pr1vate"));
	afd_text_free(&out);
}

static void rejects(const char *assignment, int code, const char *words)
{
	struct afd_error err = { 0 };
	struct afd_guard guard;
	assert_int_equal(afd_guard_init(&guard, &suite, &assignment, 1, &err), code);
	assert_non_null(strstr(err.text, words));
	assert_int_equal(guard.count, 0);
}

static void urls_of_the_spec_stay_as_written(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	static const char *const urls[] = { "https://api.example.com/rest/v1/orders/../x?a=/b#c",
										"https://api.example.com/rest/v1//orders",
										"https://api.example.com/partners/v1",
										"https://api.example.com/rest/v2/orders",
										"https://example.net/status/9" };
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++)
		goes_to(&guard, urls[i], urls[i], false);
	assert_false(afd_guard_is_rehearsal(&guard));
	afd_guard_free(&guard);
}

static void a_base_is_replaced_by_its_name(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, "default=http://127.0.0.1:1", NULL);
	assert_true(afd_guard_is_rehearsal(&guard));
	goes_to(&guard, "https://api.example.com/rest/v1/orders", "http://127.0.0.1:1/orders", true);
	goes_to(&guard, "https://api.example.com/rest/v1/", "http://127.0.0.1:1/", true);
	goes_to(&guard, "https://api.example.com/rest/v1/?a=b", "http://127.0.0.1:1/?a=b", true);
	goes_to(&guard, "https://api.example.com/rest/v1//orders", "http://127.0.0.1:1//orders", true);
	goes_to(&guard, "https://api.example.com/rest/v1/a/../b", "http://127.0.0.1:1/a/../b", true);
	goes_to(&guard, "https://api.example.com/partners/v1/x", "https://api.example.com/partners/v1/x", false);
	goes_to(&guard, "https://api.example.com/rest/v1", "http://127.0.0.1:1", true);
	goes_to(&guard, "https://api.example.com/rest/v1?a=b", "http://127.0.0.1:1?a=b", true);
	goes_to(&guard, "https://api.example.com/rest/v12/x", "https://api.example.com/rest/v12/x", false);
	afd_guard_free(&guard);
}

static void one_slash_joins_whatever_the_base_ends_in(void **state)
{
	(void)state;
	static const char *const urls[] = { "partners-api=http://127.0.0.1:1/p",
										"partners-api=http://127.0.0.1:1/p/",
										"partners-api=http://127.0.0.1:1/p//" };
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		struct afd_guard guard = guarded(&suite, urls[i], NULL);
		goes_to(&guard, "https://api.example.com/partners/v1/find", "http://127.0.0.1:1/p/find", true);
		goes_to(&guard, "https://api.example.com/partners/v1?a=b", "http://127.0.0.1:1/p?a=b", true);
		goes_to(&guard, "https://api.example.com/partners/v1", "http://127.0.0.1:1/p", true);
		afd_guard_free(&guard);
	}
}

static void a_prefix_replaces_the_bases_under_it(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, "https://api.example.com=http://[::1]:2", NULL);
	goes_to(&guard, "https://api.example.com/rest/v1/orders", "http://[::1]:2/rest/v1/orders", true);
	goes_to(&guard, "https://api.example.com/partners/v1/x", "http://[::1]:2/partners/v1/x", true);
	afd_guard_free(&guard);
}

static void the_longest_replaced_prefix_wins(void **state)
{
	(void)state;
	struct afd_guard guard =
		guarded(&suite, "partners-api=http://127.0.0.1:3", "https://api.example.com=http://127.0.0.1:2");
	goes_to(&guard, "https://api.example.com/partners/v1/x", "http://127.0.0.1:3/x", true);
	goes_to(&guard, "https://api.example.com/rest/v1/x", "http://127.0.0.1:2/rest/v1/x", true);
	afd_guard_free(&guard);
}

static void the_last_assignment_of_a_name_counts(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, "default=http://127.0.0.1:1", "default=http://127.0.0.1:2");
	goes_to(&guard, "https://api.example.com/rest/v1/x", "http://127.0.0.1:2/x", true);
	afd_guard_free(&guard);
}

static void relative_urls_follow_the_default_base(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	goes_to(&guard, "/status/7", "https://api.example.com/rest/v1/status/7", false);
	goes_to(&guard, "status/7", "https://api.example.com/rest/v1/status/7", false);
	afd_guard_free(&guard);
	guard = guarded(&bare, "default=http://localhost:8080/api/", NULL);
	goes_to(&guard, "/status/7", "http://localhost:8080/api/status/7", true);
	goes_to(&guard, "//evil.example/x", "http://localhost:8080/api//evil.example/x", true);
	afd_guard_free(&guard);
	guard = guarded(&bare, NULL, NULL);
	refuses(&guard, AFD_SPAN("/status/7"), AFD_EXIT_USAGE, "--base default=URL");
	afd_guard_free(&guard);
}

static void variables_cannot_choose_the_host(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	refuses(&guard, AFD_SPAN("https://x.example.org/x"), AFD_EXIT_REFUSED, "neither a base's nor written");
	refuses(&guard, AFD_SPAN("https://pr1vate.example/x"), AFD_EXIT_REFUSED, "neither a base's nor written");
	refuses(&guard, AFD_SPAN("https://{HOST}/x"), AFD_EXIT_REFUSED, "neither a base's nor written");
	refuses(&guard, AFD_SPAN("http://example.net/status/7"), AFD_EXIT_REFUSED,
			"neither a base's nor written");
	refuses(&guard, AFD_SPAN("https://example.net:8443/"), AFD_EXIT_REFUSED, "neither a base's nor written");
	refuses(&guard, AFD_SPAN("https://api.example.com.pr1vate.example/rest/v1/x"), AFD_EXIT_REFUSED,
			"neither");
	refuses(&guard, AFD_SPAN("https://api.example.com@pr1vate.example/"), AFD_EXIT_REFUSED, "neither");
	refuses(&guard, AFD_SPAN("https://api.example.com\\@pr1vate.example/"), AFD_EXIT_REFUSED, "neither");
	afd_guard_free(&guard);
	guard = guarded(&suite, "https://api.example.com=http://127.0.0.1:1", NULL);
	refuses(&guard, AFD_SPAN("https://api.example.com.pr1vate.example/x"), AFD_EXIT_REFUSED, "neither");
	refuses(&guard, AFD_SPAN("https://api.example.com@pr1vate.example/"), AFD_EXIT_REFUSED, "neither");
	afd_guard_free(&guard);
}

static void bad_urls_are_refused(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	refuses(&guard, AFD_SPAN(""), AFD_EXIT_REFUSED, "empty URL");
	refuses(&guard, AFD_SPAN("https://api.example.com/rest/v1/a\r\nX-Injected: y"), AFD_EXIT_REFUSED,
			"control byte");
	refuses(&guard, AFD_SPAN("https://api.example.com/rest/v1/a\0b"), AFD_EXIT_REFUSED, "control byte");
	refuses(&guard, AFD_SPAN("https://api.example.com/rest/v1/a b"), AFD_EXIT_REFUSED, "blank");
	refuses(&guard, AFD_SPAN("file:///etc/pr1vate"), AFD_EXIT_REFUSED, "neither");
	afd_guard_free(&guard);
}

static void a_spec_cannot_make_a_bad_url_good(void **state)
{
	(void)state;
	static const struct afd_test rows[] = {
		{ .id = "1", .request = { .url = "file:///etc/passwd" } },
		{ .id = "2", .request = { .url = "https://user:pr1vate@example.com/" } },
		{ .id = "3", .request = { .url = "https:///x" } },
		{ .id = "4", .request = { .url = "https://a%2f.example/" } },
	};
	static const struct afd_test *const list[] = { &rows[0], &rows[1], &rows[2], &rows[3] };
	static const char *const words[] = { "only http:// and https://", "user information", "without a host",
										 "no host name has" };
	const struct afd_suite hostile = { .tests = AFD_LIST(list) };
	struct afd_guard guard = guarded(&hostile, NULL, NULL);
	for (size_t i = 0; i < 4; i++)
		refuses(&guard, afd_span_of(rows[i].request.url), AFD_EXIT_REFUSED, words[i]);
	afd_guard_free(&guard);
}

static void assignments_are_checked(void **state)
{
	(void)state;
	rejects("default", AFD_EXIT_USAGE, "expected NAME=URL");
	rejects("=http://127.0.0.1", AFD_EXIT_USAGE, "expected NAME=URL");
	rejects("default=ftp://127.0.0.1", AFD_EXIT_USAGE, "expected NAME=URL");
	rejects("partners=http://127.0.0.1", AFD_EXIT_USAGE,
			"no base 'partners'; its bases: default, partners-api");
	rejects("https://other.example=http://127.0.0.1", AFD_EXIT_USAGE, "its bases: default, partners-api");
	rejects("https://api.exam=http://127.0.0.1", AFD_EXIT_USAGE, "its bases: default, partners-api");
	rejects("https://=http://127.0.0.1", AFD_EXIT_USAGE, "its bases: default, partners-api");
	rejects("default=http://127.0.0.1/?a=b", AFD_EXIT_USAGE, "no query and no fragment");
	rejects("default=http://u:p@127.0.0.1/", AFD_EXIT_REFUSED, "user information");
	rejects("default=http://127.0.0.1/a\r\nb", AFD_EXIT_REFUSED, "control byte");
}

static void https_is_not_given_up_but_for_loopback(void **state)
{
	(void)state;
	static const char *const refused[] = { "http://192.0.2.1",
										   "http://staging.example.com",
										   "http://127.0.0.1.example.com",
										   "http://localhost.example.com",
										   "http://2130706433",
										   "http://0x7f.1",
										   "http://128.0.0.1",
										   "http://[::2]" };
	static const char *const taken[] = { "http://127.0.0.1",  "http://127.255.0.9:80",
										 "http://[::1]:8080", "http://localhost:1",
										 "http://LOCALHOST",  "https://staging.example.com" };
	char assignment[128];
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		snprintf(assignment, sizeof assignment, "default=%s/api", refused[i]);
		rejects(assignment, AFD_EXIT_REFUSED, "the spec says https");
	}
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
		snprintf(assignment, sizeof assignment, "default=%s/api", taken[i]);
		struct afd_guard guard = guarded(&suite, assignment, NULL);
		snprintf(assignment, sizeof assignment, "%s/api/x", taken[i]);
		goes_to(&guard, "https://api.example.com/rest/v1/x", assignment, true);
		afd_guard_free(&guard);
	}
	struct afd_guard guard = guarded(&bare, "default=http://staging.example.com", NULL);
	goes_to(&guard, "/x", "http://staging.example.com/x", true);
	afd_guard_free(&guard);
}

static void writes_are_held_back_unless_allowed(void **state)
{
	(void)state;
	const struct afd_test read = { .id = "1.1", .effect = AFD_READ, .request = { .method = "POST" } };
	const struct afd_test write = { .id = "1.2", .effect = AFD_WRITE, .request = { .method = "POST" } };
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	assert_int_equal(afd_guard_permits(&guard, &read), AFD_MAY_SEND);
	assert_int_equal(afd_guard_permits(&guard, &write), AFD_HELD_BACK_WRITE);
	guard.writes = true;
	assert_int_equal(afd_guard_permits(&guard, &write), AFD_MAY_SEND);
	guard.writes_glob = "6.*";
	assert_int_equal(afd_guard_permits(&guard, &write), AFD_HELD_BACK_WRITE);
	assert_int_equal(afd_guard_permits(&guard, &read), AFD_MAY_SEND);
	guard.writes_glob = "1.[2-4]";
	assert_int_equal(afd_guard_permits(&guard, &write), AFD_MAY_SEND);
	afd_guard_free(&guard);
}

static void a_header_that_overrides_the_method_is_a_write(void **state)
{
	(void)state;
	static const struct {
		struct afd_header header;
		enum afd_permission permission;
	} rows[] = { { { 1, "x-http-method-override", "DELETE" }, AFD_HELD_BACK_WRITE },
				 { { 1, "X-HTTP-Method", " put " }, AFD_HELD_BACK_WRITE },
				 { { 1, "X-Method-Override", "PATCH" }, AFD_HELD_BACK_WRITE },
				 { { 1, "X-HTTP-Method-Override", "get" }, AFD_MAY_SEND },
				 { { 1, "X-Method", "DELETE" }, AFD_MAY_SEND } };
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct afd_test test = { .id = "1",
									   .request = { .method = "GET", .headers = { &rows[i].header, 1 } } };
		assert_int_equal(afd_guard_permits(&guard, &test), rows[i].permission);
	}
	afd_guard_free(&guard);
}

static void the_budget_ends(void **state)
{
	(void)state;
	struct afd_guard guard = guarded(&suite, NULL, NULL);
	guard.sent = 1000000;
	assert_int_equal(afd_guard_permits(&guard, &test_rows[0]), AFD_MAY_SEND);
	guard.max_requests = 2;
	guard.sent = 1;
	assert_int_equal(afd_guard_permits(&guard, &test_rows[0]), AFD_MAY_SEND);
	guard.sent = 2;
	assert_int_equal(afd_guard_permits(&guard, &test_rows[0]), AFD_HELD_BACK_BUDGET);
	afd_guard_free(&guard);
}

int main(void)
{
	const struct CMUnitTest list[] = {
		cmocka_unit_test(urls_of_the_spec_stay_as_written),
		cmocka_unit_test(a_base_is_replaced_by_its_name),
		cmocka_unit_test(one_slash_joins_whatever_the_base_ends_in),
		cmocka_unit_test(a_prefix_replaces_the_bases_under_it),
		cmocka_unit_test(the_longest_replaced_prefix_wins),
		cmocka_unit_test(the_last_assignment_of_a_name_counts),
		cmocka_unit_test(relative_urls_follow_the_default_base),
		cmocka_unit_test(variables_cannot_choose_the_host),
		cmocka_unit_test(bad_urls_are_refused),
		cmocka_unit_test(a_spec_cannot_make_a_bad_url_good),
		cmocka_unit_test(assignments_are_checked),
		cmocka_unit_test(https_is_not_given_up_but_for_loopback),
		cmocka_unit_test(writes_are_held_back_unless_allowed),
		cmocka_unit_test(a_header_that_overrides_the_method_is_a_write),
		cmocka_unit_test(the_budget_ends),
	};
	return cmocka_run_group_tests(list, NULL, NULL);
}
