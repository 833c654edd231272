/* SPDX-License-Identifier: MIT
 * HTTP answers and connections: what an answer becomes, what is kept and what is never done twice. */
#include "http_exchange.h"

#include <time.h>

static const struct afd_http_options defaults;

#define OK_ANSWER EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

static void an_answer_is_taken_apart(void **state)
{
	(void)state;
	static const struct evil_step steps[] = { EVIL_ANSWER(
		"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
		"HTTP/1.1 404 Not Found\r\nContent-Type: Application/JSON; charset=utf-8\r\nX-Empty:\r\nX-A:  b c "
		"\t\r\n"
		"x-a: d\r\nContent-Length: 13\r\n\r\n{\"status\":404") };
	struct afd_answer answer = answer_to(steps, 2, &defaults);
	is_body(&answer, "{\"status\":404");
	assert_int_equal(answer.status, 404);
	assert_string_equal(answer.version, "1.1");
	assert_string_equal(answer.media, "application/json");
	assert_string_equal(answer.peer, "127.0.0.1");
	assert_true(answer.peer_loopback);
	assert_int_equal(answer.wire_bytes, 13);
	assert_true(answer.latency_us > 0);
	assert_int_equal(answer.field_count, 5);
	assert_true(afd_span_is(afd_answer_field(&answer, "X-A")->value, "b c"));
	assert_true(afd_span_is(afd_answer_field(&answer, "x-empty")->value, ""));
	assert_null(afd_answer_field(&answer, "Link"));
	afd_answer_free(&answer);
}

static void bodies_end_by_chunks_or_by_the_connection(void **state)
{
	(void)state;
	static const struct evil_step chunks[] = { EVIL_ANSWER(
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nX-Trailer: "
		"z\r\n\r\n") };
	static const struct evil_step closed[] = { EVIL_ANSWER("HTTP/1.0 200 OK\r\n\r\nabcde"),
											   { EVIL_CLOSE, NULL, 0 } };
	struct afd_answer answer = answer_to(chunks, 2, &defaults);
	is_body(&answer, "abcde");
	assert_null(afd_answer_field(&answer, "X-Trailer"));
	assert_string_equal(answer.media, "");
	afd_answer_free(&answer);
	answer = answer_to(closed, 3, &defaults);
	is_body(&answer, "abcde");
	assert_string_equal(answer.version, "1.0");
	afd_answer_free(&answer);
}

static void html_is_an_answer_like_any(void **state)
{
	(void)state;
	static const struct evil_step steps[] = { EVIL_ANSWER(
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>") };
	struct afd_answer answer = answer_to(steps, 2, &defaults);
	is_body(&answer, "<html>");
	assert_string_equal(answer.media, "text/html");
	afd_answer_free(&answer);
}

static void statuses_without_a_body_have_none(void **state)
{
	(void)state;
	static const struct evil_step rows[][2] = {
		{ EVIL_ANSWER("HTTP/1.1 204 No Content\r\n\r\n") },
		{ EVIL_ANSWER("HTTP/1.1 304 Not Modified\r\nContent-Length: 50\r\n\r\n") },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_answer answer = answer_to(rows[i], 2, &defaults);
		is_body(&answer, "");
		afd_answer_free(&answer);
	}
}

static void head_has_no_body(void **state)
{
	(void)state;
	static const struct evil_step steps[] = { EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"),
											  OK_ANSWER };
	struct evil *evil = evil_start(steps, 4);
	struct afd_http *http = open_http(&defaults);
	static const char *const methods[] = { "HEAD", "GET" };
	for (size_t i = 0; i < 2; i++) {
		struct afd_answer answer;
		struct afd_error err;
		assert_int_equal(send_to(http, evil_port(evil), (struct afd_http_request){ .method = methods[i] },
								 "/", NULL, &answer, &err),
						 0);
		is_body(&answer, i == 0 ? "" : "ok");
		afd_answer_free(&answer);
	}
	afd_http_close(http);
	struct evil_account account = evil_stop(evil);
	assert_int_equal(account.connections, 1);
	free(account.received);
}

static struct evil_account two_requests(const struct evil_step *steps, size_t count, const char *method,
										struct afd_answer *second)
{
	struct evil *evil = evil_start(steps, count);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer first;
	struct afd_error err;
	const struct afd_http_request request = { .method = method };
	assert_int_equal(send_to(http, evil_port(evil), request, "/1", NULL, &first, &err), 0);
	afd_answer_free(&first);
	assert_int_equal(send_to(http, evil_port(evil), request, "/2", NULL, second, &err), 0);
	afd_http_close(http);
	return evil_stop(evil);
}

static void a_connection_is_kept(void **state)
{
	(void)state;
	static const struct evil_step steps[] = {
		OK_ANSWER, EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo")
	};
	struct afd_answer answer;
	struct evil_account account = two_requests(steps, 4, "GET", &answer);
	is_body(&answer, "two");
	assert_int_equal(account.connections, 1);
	assert_int_equal(account.requests, 2);
	afd_answer_free(&answer);
	free(account.received);
}

static void a_read_is_sent_again_on_a_new_connection(void **state)
{
	(void)state;
	static const struct evil_step steps[] = {
		OK_ANSWER, { EVIL_READ, NULL, 0 }, { EVIL_CLOSE, NULL, 0 }, OK_ANSWER
	};
	struct afd_answer answer;
	struct evil_account account = two_requests(steps, 6, "GET", &answer);
	is_body(&answer, "ok");
	assert_int_equal(account.connections, 2);
	assert_int_equal(account.requests, 3);
	afd_answer_free(&answer);
	free(account.received);
}

static void a_write_is_never_sent_twice(void **state)
{
	(void)state;
	static const struct evil_step steps[] = {
		OK_ANSWER, { EVIL_READ, NULL, 0 }, { EVIL_CLOSE, NULL, 0 }, OK_ANSWER
	};
	struct afd_answer answer;
	struct evil_account account = two_requests(steps, 6, "DELETE", &answer);
	is_failure(&answer, "the kept connection was closed, and a request that may write is not sent twice",
			   false);
	assert_int_equal(account.requests, 2);
	free(account.received);
}

static void a_redirect_is_not_followed(void **state)
{
	(void)state;
	static const struct evil_step target[] = { OK_ANSWER };
	struct evil *elsewhere = evil_start(target, 2);
	char location[128];
	int size = snprintf(location, sizeof location,
						"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/\r\nContent-Length: 0\r\n\r\n",
						evil_port(elsewhere));
	const struct evil_step steps[] = { { EVIL_READ, NULL, 0 },
									   { EVIL_SEND, location, (size_t)size },
									   OK_ANSWER };
	struct evil *evil = evil_start(steps, 4);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	assert_int_equal(send_to(http, evil_port(evil), (struct afd_http_request){ .method = "GET" }, "/", NULL,
							 &answer, &err),
					 0);
	is_body(&answer, "");
	assert_int_equal(answer.status, 302);
	assert_non_null(afd_answer_field(&answer, "Location"));
	afd_answer_free(&answer);
	afd_http_close(http);
	struct evil_account account = evil_stop(evil);
	struct evil_account other = evil_stop(elsewhere);
	assert_int_equal(account.requests, 1);
	assert_int_equal(other.connections, 0);
	free(account.received);
	free(other.received);
}

static void cookies_are_not_kept(void **state)
{
	(void)state;
	static const struct evil_step steps[] = {
		EVIL_ANSWER("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n"), OK_ANSWER
	};
	struct afd_answer answer;
	struct evil_account account = two_requests(steps, 4, "GET", &answer);
	assert_null(strstr(account.received, "a=b"));
	afd_answer_free(&answer);
	free(account.received);
}

static void the_rate_is_kept(void **state)
{
	(void)state;
	static const struct evil_step steps[] = { OK_ANSWER, OK_ANSWER, OK_ANSWER };
	struct evil *evil = evil_start(steps, 6);
	struct afd_http *http = open_http(&(struct afd_http_options){ .rate_per_minute = 6000 });
	struct timespec from, to;
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < 3; i++) {
		struct afd_answer answer;
		struct afd_error err;
		assert_int_equal(send_to(http, evil_port(evil), (struct afd_http_request){ .method = "GET" }, "/",
								 NULL, &answer, &err),
						 0);
		afd_answer_free(&answer);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true((to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec >= 20000000LL);
	afd_http_close(http);
	free(evil_stop(evil).received);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_taken_apart),
		cmocka_unit_test(bodies_end_by_chunks_or_by_the_connection),
		cmocka_unit_test(html_is_an_answer_like_any),
		cmocka_unit_test(statuses_without_a_body_have_none),
		cmocka_unit_test(head_has_no_body),
		cmocka_unit_test(a_connection_is_kept),
		cmocka_unit_test(a_read_is_sent_again_on_a_new_connection),
		cmocka_unit_test(a_write_is_never_sent_twice),
		cmocka_unit_test(a_redirect_is_not_followed),
		cmocka_unit_test(cookies_are_not_kept),
		cmocka_unit_test(the_rate_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
