/* SPDX-License-Identifier: MIT
 * HTTP requests: exactly what is sent, what is refused before it is sent, and where secrets go. */
#include "http_exchange.h"
#include "process_memory.h"

#include <sys/socket.h>
#include <unistd.h>

static const struct afd_http_options defaults;

#define OK_ANSWER EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

static void sends(struct afd_http_request request, const char *path, const char *body, const char *expected)
{
	static const struct evil_step steps[] = { OK_ANSWER };
	struct evil *evil = evil_start(steps, 2);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	char wanted[4096];
	snprintf(wanted, sizeof wanted, expected, evil_port(evil));
	assert_int_equal(send_to(http, evil_port(evil), request, path, body, &answer, &err), 0);
	afd_answer_free(&answer);
	afd_http_close(http);
	struct evil_account account = evil_stop(evil);
	assert_string_equal(account.received, wanted);
	assert_int_equal(account.size, strlen(wanted));
	free(account.received);
}

static void nothing_is_sent_but_what_the_spec_says(void **state)
{
	(void)state;
	sends((struct afd_http_request){ .method = "GET" }, "/", NULL,
		  "GET / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n");
	sends((struct afd_http_request){ .method = "DELETE" }, "/orders/32", NULL,
		  "DELETE /orders/32 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n");
	sends((struct afd_http_request){ .method = "POST" }, "/orders/32/restore", NULL,
		  "POST /orders/32/restore HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n");
}

static void every_method_takes_a_body(void **state)
{
	(void)state;
	static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "QUERY" };
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		char expected[128];
		snprintf(expected, sizeof expected,
				 "%s /find HTTP/1.1\r\nHost: 127.0.0.1:%%u\r\nContent-Length: 11\r\n\r\n{\"page\": 1}",
				 methods[i]);
		sends((struct afd_http_request){ .method = methods[i] }, "/find", "{\"page\": 1}", expected);
	}
	sends((struct afd_http_request){ .method = "PUT" }, "/", "",
		  "PUT / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Length: 0\r\n\r\n");
}

static void headers_are_sent_as_written(void **state)
{
	(void)state;
	static const struct afd_header rows[] = {
		{ 1, "accept", "application/json, */*;q=0.1" },
		{ 2, "X-Empty", " " },
		{ 3, "User-Agent", "Проверка/1.0" },
		{ 4, "Content-Type", "application/json" },
		{ 5, "X-Twice", "a" },
		{ 6, "X-Twice", "b; c=\"d:e\"" },
		{ 7, "Content-Length", "2" },
	};
	sends((struct afd_http_request){ .method = "POST", .headers = &(struct afd_headers)AFD_LIST(rows) }, "/",
		  "{}",
		  "POST / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\naccept: application/json, */*;q=0.1\r\nX-Empty:\r\n"
		  "User-Agent: Проверка/1.0\r\nContent-Type: application/json\r\nX-Twice: a\r\nX-Twice: b; "
		  "c=\"d:e\"\r\n"
		  "Content-Length: 2\r\n\r\n{}");
}

static void a_stated_host_and_coding_stand(void **state)
{
	(void)state;
	static const struct afd_header rows[] = { { 1, "Host", "api.example.com" },
											  { 2, "Accept-Encoding", "gzip" } };
	sends((struct afd_http_request){ .method = "GET", .headers = &(struct afd_headers)AFD_LIST(rows) }, "/",
		  NULL, "GET / HTTP/1.1\r\nHost: api.example.com\r\nAccept-Encoding: gzip\r\n\r\n");
}

static void the_target_is_sent_as_written(void **state)
{
	(void)state;
	sends((struct afd_http_request){ .method = "GET" }, "/a/../b/./c//d%2f?w=[{\"a\":1}]&q=%%41#fragment",
		  NULL, "GET /a/../b/./c//d%%2f?w=[{\"a\":1}]&q=%%%%41 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n");
	sends((struct afd_http_request){ .method = "GET" }, "?a=b", NULL,
		  "GET /?a=b HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n");
}

static void a_large_body_is_sent_whole_and_at_once(void **state)
{
	(void)state;
	static char body[1200 * 1024 + 1];
	static const struct evil_step steps[] = { OK_ANSWER };
	memset(body, 'x', sizeof body - 1);
	struct evil *evil = evil_start(steps, 2);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	assert_int_equal(send_to(http, evil_port(evil), (struct afd_http_request){ .method = "POST" }, "/", body,
							 &answer, &err),
					 0);
	is_body(&answer, "ok");
	afd_answer_free(&answer);
	afd_http_close(http);
	struct evil_account account = evil_stop(evil);
	assert_null(strstr(account.received, "Expect"));
	assert_non_null(strstr(account.received, "\r\nContent-Length: 1228800\r\n\r\nxxx"));
	free(account.received);
}

static void the_environment_changes_nothing(void **state)
{
	(void)state;
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
	nothing_is_sent_but_what_the_spec_says(state);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
}

/* YOUR_TOKEN in the environment, and a server that tells what it got. */
struct with_secret {
	struct afd_secrets secrets;
	struct evil *evil;
	struct afd_http *http;
	char url[64];
};

static struct with_secret with_secret(const char *value, const struct evil_step steps[2])
{
	const char *name = "YOUR_TOKEN";
	struct with_secret with;
	struct afd_error err = { 0 };
	setenv("AFFIDAVIT_SECRET_YOUR_TOKEN", value, 1);
	assert_int_equal(afd_secrets_load(&with.secrets, &name, 1, 1, NULL, &err), 0);
	with.evil = evil_start(steps, 2);
	with.http = open_http(&defaults);
	snprintf(with.url, sizeof with.url, "http://127.0.0.1:%u/", evil_port(with.evil));
	return with;
}

static struct evil_account without_secret(struct with_secret *with)
{
	afd_http_close(with->http);
	afd_secrets_free(&with->secrets);
	unsetenv("AFFIDAVIT_SECRET_YOUR_TOKEN");
	return evil_stop(with->evil);
}

static void secrets_go_into_headers(void **state)
{
	(void)state;
	static const struct afd_header rows[] = { { 1, "Authorization", "Bearer YOUR_TOKEN" },
											  { 2, "X-Key", "<YOUR_TOKEN>:{{YOUR_TOKEN}}:MY_YOUR_TOKEN" } };
	static const struct evil_step steps[] = { OK_ANSWER };
	struct afd_answer answer;
	struct afd_error err = { 0 };
	struct with_secret with = with_secret("t0ps3cret {ORDER_ID}", steps);
	const struct afd_http_request request = { .method = "GET",
											  .url = afd_span_of(with.url),
											  .headers = &(struct afd_headers)AFD_LIST(rows) };
	assert_int_equal(afd_http_send(with.http, &request, &with.secrets, &declared, &answer, &err), 0);
	is_body(&answer, "ok");
	afd_answer_free(&answer);
	struct evil_account account = without_secret(&with);
	assert_non_null(strstr(account.received,
						   "\r\nAuthorization: Bearer t0ps3cret {ORDER_ID}\r\n"
						   "X-Key: t0ps3cret {ORDER_ID}:t0ps3cret {ORDER_ID}:MY_YOUR_TOKEN\r\n\r\n"));
	free(account.received);
}

static const char *order_or_evil(const void *context, const struct afd_variable *variable)
{
	return strcmp(variable->name, "ORDER_ID") == 0 ? context : NULL;
}

/* What an answer gave may look like the name of a secret: it is put in once, as it is. */
static void values_go_into_headers_once(void **state)
{
	(void)state;
	static const struct afd_header rows[] = { { 1, "X-Order", "<ORDER_ID>:YOUR_TOKEN" } };
	static const struct evil_step steps[] = { OK_ANSWER };
	struct afd_answer answer;
	struct afd_error err = { 0 };
	struct with_secret with = with_secret("t0ps3cret", steps);
	struct afd_http_request request = { .method = "GET",
										.url = afd_span_of(with.url),
										.value_of = order_or_evil,
										.context = "47 {YOUR_TOKEN}",
										.headers = &(struct afd_headers)AFD_LIST(rows) };
	assert_int_equal(afd_http_send(with.http, &request, &with.secrets, &declared, &answer, &err), 0);
	afd_answer_free(&answer);
	request.context = "47\r\nX-Injected: yes";
	assert_int_equal(afd_http_send(with.http, &request, &with.secrets, &declared, &answer, &err),
					 AFD_EXIT_REFUSED);
	assert_non_null(strstr(err.text, "the header X-Order has a control byte"));
	afd_answer_free(&answer);
	struct evil_account account = without_secret(&with);
	assert_non_null(strstr(account.received, "\r\nX-Order: 47 {YOUR_TOKEN}:t0ps3cret\r\n\r\n"));
	free(account.received);
}

static void no_copy_of_a_secret_is_left_in_memory(void **state)
{
	(void)state;
	static const struct afd_header rows[] = { { 1, "Authorization", "Bearer YOUR_TOKEN" } };
	const char *name = "YOUR_TOKEN";
	char path[] = "/tmp/affidavit-http-XXXXXX";
	char url[64];
	int descriptor = mkstemp(path);
	int closed;
	struct afd_secrets secrets;
	struct afd_answer answer;
	struct afd_error err = { 0 };
	struct veiled secret = veiled_write(path, "AFFIDAVIT_SECRET_YOUR_TOKEN=");
	assert_int_equal(afd_secrets_load(&secrets, &name, 1, 1, path, &err), 0);
	/* A server of another process that reads and never answers: the kernel takes the request for it. */
	unsigned short port = evil_closed_port(&closed);
	assert_int_equal(listen(closed, 1), 0);
	snprintf(url, sizeof url, "http://127.0.0.1:%u/", port);
	const struct afd_http_request request = { .method = "GET",
											  .url = afd_span_of(url),
											  .headers = &(struct afd_headers)AFD_LIST(rows) };
	struct afd_http *http = open_http(&(struct afd_http_options){ .timeout_ms = 50 });
	assert_int_equal(afd_http_send(http, &request, &secrets, &declared, &answer, &err), 0);
	is_failure(&answer, "timed out after 0.05 s", false);
	assert_int_equal(veiled_count(&secret), 1);
	afd_http_close(http);
	afd_secrets_free(&secrets);
	assert_int_equal(veiled_count(&secret), 0);
	close(closed);
	close(descriptor);
	unlink(path);
}

static void refuses(struct afd_http_request request, const char *path, const char *body, int code,
					const char *words)
{
	static const struct evil_step steps[] = { OK_ANSWER };
	struct evil *evil = evil_start(steps, 2);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	assert_int_equal(send_to(http, evil_port(evil), request, path, body, &answer, &err), code);
	assert_non_null(strstr(err.text, words));
	assert_null(strstr(err.text, "pr1vate"));
	assert_false(answer.received);
	afd_answer_free(&answer);
	afd_http_close(http);
	struct evil_account account = evil_stop(evil);
	assert_int_equal(account.connections, 0);
	free(account.received);
}

static void refuses_header(const char *name, const char *value, int code, const char *words)
{
	const struct afd_header row = { 1, name, value };
	refuses((struct afd_http_request){ .method = "GET", .headers = &(struct afd_headers){ &row, 1 } }, "/",
			NULL, code, words);
}

static void injected_headers_are_refused(void **state)
{
	(void)state;
	refuses_header("X-A", "pr1vate\r\nX-Injected: yes", AFD_EXIT_REFUSED,
				   "the header X-A has a control byte");
	refuses_header("X-A", "pr1vate\nX-Injected: yes", AFD_EXIT_REFUSED, "the header X-A has a control byte");
	refuses_header("X-A", "\r\n", AFD_EXIT_REFUSED, "the header X-A has a control byte");
	refuses_header("X-A", "pr1vate\r", AFD_EXIT_REFUSED, "the header X-A has a control byte");
	refuses_header("X-A", "a\x1b[0m", AFD_EXIT_REFUSED, "the header X-A has a control byte");
	refuses_header("X-A", "a\x7f", AFD_EXIT_REFUSED, "the header X-A has a control byte");
	refuses_header("X-A: b\r\nX-Injected", "yes", AFD_EXIT_REFUSED, "a header's name");
	refuses_header("X A", "b", AFD_EXIT_REFUSED, "a header's name");
	refuses_header("", "b", AFD_EXIT_REFUSED, "a header's name");
}

static void other_bad_headers_are_refused(void **state)
{
	(void)state;
	static char large[70000];
	memset(large, 'a', sizeof large - 1);
	refuses_header("X-A", large, AFD_EXIT_REFUSED, "the header X-A is longer than");
	refuses_header("Content-Length", "5", AFD_EXIT_REFUSED, "not the body's length (0)");
	refuses_header("X-Order", "{ORDER_ID}", AFD_EXIT_USAGE, "names 'ORDER_ID', which has no value");
	refuses_header("Authorization", "YOUR_TOKEN", AFD_EXIT_USAGE, "names 'YOUR_TOKEN', which has no value");
}

static void bad_methods_and_urls_are_refused(void **state)
{
	(void)state;
	static const char *const methods[] = { "",        "GET /x HTTP/1.1\r\nX: y\r\n\r\nGET",
										   "G\x01T",  "get it",
										   "CONNECT", "connect" };
	static const char *const paths[] = { "/a\r\nX-Injected: yes", "/a\nb", "/a b", "/a\x01", "/a\x7f" };
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
		refuses((struct afd_http_request){ .method = methods[i] }, "/", NULL, AFD_EXIT_REFUSED, "the method");
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		refuses((struct afd_http_request){ .method = "GET" }, paths[i], NULL, AFD_EXIT_REFUSED,
				"control byte");
	refuses((struct afd_http_request){ .method = "GET" }, "0/", NULL, AFD_EXIT_REFUSED, "malformed");
	refuses((struct afd_http_request){ .method = "HEAD" }, "/", "{}", AFD_EXIT_REFUSED, "HEAD with a body");
}

static void other_schemes_are_refused(void **state)
{
	(void)state;
	static const char *const urls[] = { "file:///etc/passwd", "ftp://127.0.0.1/",
										"127.0.0.1/",         "http://user:pr1vate@127.0.0.1/",
										"http:///x",          "http://127.0.0.1\\@x/" };
	static const struct afd_secrets none;
	struct afd_http *http = open_http(&defaults);
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		const struct afd_http_request request = { .method = "GET", .url = afd_span_of(urls[i]) };
		struct afd_answer answer;
		struct afd_error err = { 0 };
		assert_int_equal(afd_http_send(http, &request, &none, &declared, &answer, &err), AFD_EXIT_REFUSED);
		assert_null(strstr(err.text, "pr1vate"));
		afd_answer_free(&answer);
	}
	afd_http_close(http);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_sent_but_what_the_spec_says),
		cmocka_unit_test(every_method_takes_a_body),
		cmocka_unit_test(headers_are_sent_as_written),
		cmocka_unit_test(a_stated_host_and_coding_stand),
		cmocka_unit_test(the_target_is_sent_as_written),
		cmocka_unit_test(a_large_body_is_sent_whole_and_at_once),
		cmocka_unit_test(the_environment_changes_nothing),
		cmocka_unit_test(secrets_go_into_headers),
		cmocka_unit_test(values_go_into_headers_once),
		cmocka_unit_test(no_copy_of_a_secret_is_left_in_memory),
		cmocka_unit_test(injected_headers_are_refused),
		cmocka_unit_test(other_bad_headers_are_refused),
		cmocka_unit_test(bad_methods_and_urls_are_refused),
		cmocka_unit_test(other_schemes_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
