/* SPDX-License-Identifier: MIT
 * Following pages to their end. */
#include "landing_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool take(struct afd_pages *pages, const char *answer, long records)
{
	struct afd_json json;
	struct afd_json_error error;
	if (!afd_json_parse(afd_span_of(answer), &json, &error))
		fail_msg("%s: %s", answer, error.text);
	bool more = afd_pages_take(pages, &json, records);
	assert_int_equal(more, pages->end == AFD_PAGES_OPEN);
	afd_json_free(&json);
	return more;
}

static bool take_page(struct afd_pages *pages, int per_page, int current, int total, long records)
{
	char answer[160];
	snprintf(answer, sizeof answer,
			 "{\"data\":[],\"paging\":{\"perPage\":%d,\"currentPage\":%d,\"total\":%d}}", per_page, current,
			 total);
	return take(pages, answer, records);
}

/* The next request of `pages`, compared with these. */
static void assert_next(struct afd_pages *pages, const char *url, const char *body)
{
	struct afd_text next_url;
	struct afd_text next_body;
	struct afd_error err = { 0 };
	afd_text_init(&next_url, 4096);
	afd_text_init(&next_body, 4096);
	if (afd_pages_request(pages, &next_url, &next_body, &err) != 0)
		fail_msg("%s", err.text);
	assert_string_equal(next_url.data, url);
	assert_string_equal(next_body.data ? next_body.data : "", body);
	afd_text_free(&next_url);
	afd_text_free(&next_body);
}

static struct afd_pages begin(const char *url, const char *body, size_t bound)
{
	struct afd_pages pages;
	afd_pages_begin(&pages, afd_span_of(url), afd_span_of(body), bound);
	return pages;
}

#define URL "https://example.com/orders"

static void every_page_is_asked_for(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 0);
	assert_true(take_page(&pages, 100, 1, 250, 100));
	assert_next(&pages, URL "?page=2", "");
	assert_true(take_page(&pages, 100, 2, 250, 100));
	assert_next(&pages, URL "?page=3", "");
	assert_false(take_page(&pages, 100, 3, 250, 50));
	assert_int_equal(pages.end, AFD_PAGES_WHOLE);
	assert_int_equal(pages.records, 250);
	assert_int_equal(afd_pages_announced(&pages), 250);
}

static void a_full_last_page_is_the_end(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 0);
	assert_false(take_page(&pages, 100, 1, 100, 100));
	assert_int_equal(pages.end, AFD_PAGES_WHOLE);
	pages = begin(URL, "", 0);
	assert_false(take_page(&pages, 100, 1, 0, 0));
	assert_int_equal(pages.end, AFD_PAGES_WHOLE);
}

static void an_answer_without_paging_is_whole(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 0);
	assert_false(take(&pages, "[1,2]", 2));
	assert_int_equal(pages.end, AFD_PAGES_NONE);
	assert_false(take(&pages, "{\"paging\":7}", 0));
	assert_int_equal(pages.end, AFD_PAGES_NONE);
}

static void pages_are_followed_from_the_one_that_was_asked_for(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "{\"page\":3}", 0);
	assert_true(take_page(&pages, 10, 3, 45, 10));
	assert_next(&pages, URL, "{\"page\":4}");
	assert_true(take_page(&pages, 10, 4, 45, 10));
	assert_next(&pages, URL, "{\"page\":5}");
	assert_false(take_page(&pages, 10, 5, 45, 5));
	assert_int_equal(afd_pages_announced(&pages), 25);
	assert_int_equal(pages.records, 25);
}

static void a_page_behind_the_end_announces_nothing(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "{\"page\":9}", 0);
	assert_false(take_page(&pages, 10, 9, 45, 0));
	assert_int_equal(pages.end, AFD_PAGES_WHOLE);
	assert_int_equal(afd_pages_announced(&pages), 0);
}

static void the_bound_ends_it(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 2);
	assert_true(take_page(&pages, 1, 1, 1000000, 1));
	assert_next(&pages, URL "?page=2", "");
	assert_false(take_page(&pages, 1, 2, 1000000, 1));
	assert_int_equal(pages.end, AFD_PAGES_TRUNCATED);
	assert_int_equal(begin(URL, "", 0).bound, 1000);
}

static void a_page_that_comes_again_ends_it(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 0);
	assert_true(take_page(&pages, 100, 1, 250, 100));
	assert_next(&pages, URL "?page=2", "");
	assert_false(take_page(&pages, 100, 1, 250, 100));
	assert_int_equal(pages.end, AFD_PAGES_WRONG_PAGE);
}

static void an_empty_page_before_the_end_ends_it(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 0);
	assert_false(take_page(&pages, 100, 1, 250, 0));
	assert_int_equal(pages.end, AFD_PAGES_EMPTY);
	assert_false(take_page(&pages, 100, 1, 250, -1));
	assert_int_equal(pages.end, AFD_PAGES_EMPTY);
}

static void a_total_that_changes_is_noticed(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "", 0);
	assert_true(take_page(&pages, 1, 1, 2, 1));
	assert_false(pages.total_changed);
	assert_next(&pages, URL "?page=2", "");
	assert_true(take_page(&pages, 1, 2, 3, 1));
	assert_true(pages.total_changed);
}

static void assert_malformed(const char *paging)
{
	char answer[200];
	struct afd_pages pages = begin(URL, "", 0);
	snprintf(answer, sizeof answer, "{\"paging\":%s}", paging);
	assert_false(take(&pages, answer, 1));
	assert_int_equal(pages.end, AFD_PAGES_MALFORMED);
}

static void numbers_that_cannot_be_end_it(void **state)
{
	(void)state;
	assert_malformed("{}");
	assert_malformed("{\"perPage\":0,\"currentPage\":1,\"total\":5}");
	assert_malformed("{\"perPage\":1,\"currentPage\":0,\"total\":5}");
	assert_malformed("{\"perPage\":1,\"currentPage\":1,\"total\":-5}");
	assert_malformed("{\"perPage\":1,\"currentPage\":1,\"total\":1.5}");
	assert_malformed("{\"perPage\":1,\"currentPage\":1,\"total\":\"5\"}");
	assert_malformed("{\"perPage\":1,\"currentPage\":1,\"total\":1e30}");
	struct afd_pages pages = begin(URL, "", 0);
	assert_true(take_page(&pages, 1, 1, 2, 1));
	assert_next(&pages, URL "?page=2", "");
	assert_false(take(&pages, "{\"data\":[]}", 0));
	assert_int_equal(pages.end, AFD_PAGES_LOST);
}

static void assert_body(const char *body, const char *next)
{
	struct afd_pages pages = begin(URL, body, 0);
	assert_true(take_page(&pages, 1, 1, 5, 1));
	assert_next(&pages, URL, next);
}

static void the_body_keeps_all_but_its_page(void **state)
{
	(void)state;
	assert_body("{\n  \"where\": [{\"page\": 1}],\n  \"page\": 1\n}",
				"{\n  \"where\": [{\"page\": 1}],\n  \"page\": 2\n}");
	assert_body("{ \"p\\u0061ge\":\"1\", \"x\":1500.50 }", "{ \"p\\u0061ge\":2, \"x\":1500.50 }");
	assert_body("{\n  \"x\": \"}\"\n}\n", "{\n  \"x\": \"}\",\"page\":2\n}\n");
	assert_body("{}", "{\"page\":2}");
	assert_body("{ }", "{\"page\":2 }");
}

static void assert_url(const char *url, const char *next)
{
	struct afd_pages pages = begin(url, " \n", 0);
	assert_true(take_page(&pages, 1, 1, 5, 1));
	assert_next(&pages, next, " \n");
}

static void the_query_keeps_all_but_its_page(void **state)
{
	(void)state;
	assert_url("/a?page=1", "/a?page=2");
	assert_url("/a?x=1&page=1&y=page=3", "/a?x=1&page=2&y=page=3");
	assert_url("/page=1/a?homepage=1", "/page=1/a?homepage=1&page=2");
	assert_url("/a#page=1", "/a?page=2#page=1");
}

static void a_body_that_is_no_object_cannot_say_a_page(void **state)
{
	(void)state;
	struct afd_pages pages = begin(URL, "[1]", 0);
	struct afd_text url;
	struct afd_text body;
	struct afd_error err = { 0 };
	afd_text_init(&url, 4096);
	afd_text_init(&body, 4096);
	assert_true(take_page(&pages, 1, 1, 5, 1));
	assert_int_equal(afd_pages_request(&pages, &url, &body, &err), AFD_EXIT_NO_VERDICT);
	afd_text_free(&url);
	afd_text_free(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_is_asked_for),
		cmocka_unit_test(a_full_last_page_is_the_end),
		cmocka_unit_test(an_answer_without_paging_is_whole),
		cmocka_unit_test(pages_are_followed_from_the_one_that_was_asked_for),
		cmocka_unit_test(a_page_behind_the_end_announces_nothing),
		cmocka_unit_test(the_bound_ends_it),
		cmocka_unit_test(a_page_that_comes_again_ends_it),
		cmocka_unit_test(an_empty_page_before_the_end_ends_it),
		cmocka_unit_test(a_total_that_changes_is_noticed),
		cmocka_unit_test(numbers_that_cannot_be_end_it),
		cmocka_unit_test(the_body_keeps_all_but_its_page),
		cmocka_unit_test(the_query_keeps_all_but_its_page),
		cmocka_unit_test(a_body_that_is_no_object_cannot_say_a_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
