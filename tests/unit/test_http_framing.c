/* SPDX-License-Identifier: MIT
 * Answers that are not framed as RFC 9112 says: each ends as a sentence and no verdict. */
#include "http_answer.h"
#include "http_exchange.h"

static const struct afd_http_options defaults;

/* What follows "HTTP/1.1 " is sent, then the connection is closed. */
static struct afd_answer after(struct afd_span bytes)
{
	const struct evil_step steps[] = { { EVIL_READ, NULL, 0 },
									   EVIL_BYTES("HTTP/1.1 "),
									   { EVIL_SEND, bytes.data, bytes.size },
									   { EVIL_CLOSE, NULL, 0 } };
	return answer_to(steps, 4, &defaults);
}

static void breaks(struct afd_span bytes, const char *text)
{
	struct afd_answer answer = after(bytes);
	is_failure(&answer, text, true);
}

static void holds(struct afd_span bytes, const char *body)
{
	struct afd_answer answer = after(bytes);
	is_body(&answer, body);
	afd_answer_free(&answer);
}

static void a_length_is_one_number(void **state)
{
	(void)state;
	static const char *const differ = "two Content-Length fields that differ";
	static const char *const no_number = "a Content-Length that is no number";
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc"), differ);
	breaks(AFD_SPAN("200 OK\r\ncontent-length: 3\r\nX: y\r\nContent-LENGTH: 2\r\n\r\nabc"), differ);
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 2, 3\r\n\r\nabc"), differ);
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 2x\r\n\r\nab"), no_number);
	breaks(AFD_SPAN("200 OK\r\nContent-Length: -2\r\n\r\nab"), "a malformed answer");
	breaks(AFD_SPAN("200 OK\r\nContent-Length: +2\r\n\r\nab"), no_number);
	breaks(AFD_SPAN("200 OK\r\nContent-Length:\r\n\r\nab"), "a malformed answer");
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nab"), no_number);
	holds(AFD_SPAN(
			  "103 Early Hints\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"),
		  "ab");
	holds(AFD_SPAN("200 OK\r\nContent-Length: 2\r\nContent-Length: 02\r\n\r\nab"), "ab");
}

static void a_length_and_chunks_exclude_each_other(void **state)
{
	(void)state;
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
		   "Content-Length beside Transfer-Encoding");
	breaks(AFD_SPAN("200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
		   "Content-Length beside Transfer-Encoding");
}

static void fields_are_well_formed(void **state)
{
	(void)state;
	breaks(AFD_SPAN("200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n"), "a folded field");
	breaks(AFD_SPAN("200 OK\r\nX-A: b\r\n\tc\r\nContent-Length: 0\r\n\r\n"), "a folded field");
	breaks(AFD_SPAN("200 OK\r\nX-A: b\0c\r\nContent-Length: 0\r\n\r\n"), "a malformed answer");
	breaks(AFD_SPAN("200 O\0K\r\nContent-Length: 0\r\n\r\n"), "a malformed answer");
	breaks(AFD_SPAN("200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: a\0b\r\n\r\n"),
		   "a malformed answer");
	breaks(AFD_SPAN("200 OK\r\nX-A: b\rX-B: c\r\nContent-Length: 0\r\n\r\n"), "a bare CR in a field");
	breaks(AFD_SPAN("200 OK\r\nno field\r\nContent-Length: 0\r\n\r\n"), "a malformed answer");
	breaks(AFD_SPAN("200 OK\r\nContent-Length : 0\r\n\r\n"), "a malformed field");
	breaks(AFD_SPAN("200 OK\r\n: b\r\nContent-Length: 0\r\n\r\n"), "a malformed field");
	breaks(AFD_SPAN("200 OK\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "a malformed answer");
}

/* libcurl stops some of these itself: other releases of it may not. */
static void the_reader_of_fields_trusts_no_library(void **state)
{
	(void)state;
	static const struct {
		struct afd_span line;
		const char *text;
	} rows[] = {
		{ { "X: a\0b\r\n", 8 }, "a NUL byte in a field" },
		{ { "Content-Length: -1\r\n", 20 }, "a Content-Length that is no number" },
		{ { "Content-Length: \r\n", 18 }, "a Content-Length that is no number" },
		{ { "no field\r\n", 10 }, "a malformed field" },
		{ { ": b\r\n", 5 }, "a malformed field" },
	};
	static const struct afd_http_options options = { .header_limit = 100, .body_limit = 100 };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_incoming incoming;
		struct afd_answer answer;
		afd_incoming_init(&incoming, &answer, &options);
		assert_true(afd_incoming_line(&incoming, AFD_SPAN("HTTP/1.1 200 OK\r\n")));
		assert_true(afd_incoming_line(&incoming, AFD_SPAN("X-A: b\r\n")));
		assert_false(afd_incoming_line(&incoming, rows[i].line));
		afd_incoming_finish(&incoming);
		is_failure(&answer, rows[i].text, true);
	}
}

static void the_number_of_fields_is_bounded(void **state)
{
	(void)state;
	struct afd_text head;
	afd_text_init(&head, 65536);
	assert_true(afd_text_puts(&head, "200 OK\r\nContent-Length: 2\r\n"));
	for (int i = 0; i < 999; i++)
		assert_true(afd_text_puts(&head, "X: y\r\n"));
	size_t size = head.size;
	assert_true(afd_text_puts(&head, "\r\nab"));
	holds(afd_text_span(&head), "ab");
	head.size = size;
	assert_true(afd_text_puts(&head, "X: y\r\n\r\nab"));
	breaks(afd_text_span(&head), "over 1000 fields");
	afd_text_free(&head);
}

static void a_body_is_as_long_as_announced(void **state)
{
	(void)state;
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 5\r\n\r\nabc"), "the body is shorter than announced");
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 5\r\n\r\n"), "the body is shorter than announced");
	breaks(AFD_SPAN("200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"),
		   "the body is shorter than announced");
	breaks(AFD_SPAN("200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
		   "the body is shorter than announced");
	breaks(AFD_SPAN("200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
		   "the chunks of the body are broken");
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 2\r\n\r\nabc"), "bytes after the end of the answer");
	breaks(AFD_SPAN("200 OK\r\nContent-Length: 0\r\n\r\nabc"), "bytes after the end of the answer");
	breaks(
		AFD_SPAN("200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
		"bytes after the end of the answer");
}

static void some_statuses_announce_no_body(void **state)
{
	(void)state;
	breaks(AFD_SPAN("204 No Content\r\nContent-Length: 2\r\n\r\nab"),
		   "a body announced with a status that has none");
	breaks(AFD_SPAN("204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		   "a body announced with a status that has none");
	breaks(AFD_SPAN("100 Continue\r\nContent-Length: 2\r\n\r\n"),
		   "a body announced with a status that has none");
	breaks(AFD_SPAN("204 No Content\r\n\r\nab"), "bytes after the end of the answer");
	breaks(AFD_SPAN("304 Not Modified\r\n\r\nab"), "bytes after the end of the answer");
	breaks(AFD_SPAN("101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
		   "an upgrade that was not asked for");
}

static void the_first_line_is_that_of_http_1(void **state)
{
	(void)state;
	static const char *const firsts[] = {
		"<html>hello</html>",     "HTTP/2 200\r\n\r\nab",
		"HTTP/1.1 20\r\n\r\nab",  "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nab",
		"HTTP/1.1 OK\r\n\r\n",    "HTTP/1.1 000 No\r\n\r\n",
		"SSH-2.0-OpenSSH_9.2\r\n"
	};
	for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
		const struct evil_step steps[] = { { EVIL_READ, NULL, 0 },
										   { EVIL_SEND, firsts[i], strlen(firsts[i]) },
										   { EVIL_CLOSE, NULL, 0 } };
		struct afd_answer answer = answer_to(steps, 3, &defaults);
		is_failure(&answer, "not an HTTP/1.x answer", true);
	}
}

static void a_head_has_an_end(void **state)
{
	(void)state;
	breaks(AFD_SPAN("200 OK\r\nContent-Ty"), "the answer has no end of its head");
	struct afd_answer answer = after(AFD_SPAN("100 Continue\r\n\r\n"));
	is_failure(&answer, "the connection was closed without an answer", false);
}

static void leftovers_never_become_the_next_answer(void **state)
{
	(void)state;
	static const struct evil_step steps[] = {
		EVIL_ANSWER("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"),
		EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright"),
	};
	struct evil *evil = evil_start(steps, 4);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	const struct afd_http_request request = { .method = "GET" };
	assert_int_equal(send_to(http, evil_port(evil), request, "/1", NULL, &answer, &err), 0);
	is_failure(&answer, "bytes after the end of the answer", true);
	assert_int_equal(send_to(http, evil_port(evil), request, "/2", NULL, &answer, &err), 0);
	is_body(&answer, "right");
	afd_answer_free(&answer);
	afd_http_close(http);
	struct evil_account account = evil_stop(evil);
	assert_int_equal(account.connections, 2);
	free(account.received);
}

static void nothing_sent_unasked_becomes_an_answer(void **state)
{
	(void)state;
	static const struct evil_step steps[] = {
		EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"),
		{ EVIL_PAUSE, NULL, 0 },
		EVIL_BYTES("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"),
		EVIL_ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright"),
	};
	struct evil *evil = evil_start(steps, 6);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	const struct afd_http_request request = { .method = "GET" };
	assert_int_equal(send_to(http, evil_port(evil), request, "/1", NULL, &answer, &err), 0);
	is_body(&answer, "one");
	afd_answer_free(&answer);
	evil_resume(evil);
	assert_int_equal(send_to(http, evil_port(evil), request, "/2", NULL, &answer, &err), 0);
	is_body(&answer, "right");
	afd_answer_free(&answer);
	afd_http_close(http);
	free(evil_stop(evil).received);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_length_is_one_number),
		cmocka_unit_test(a_length_and_chunks_exclude_each_other),
		cmocka_unit_test(fields_are_well_formed),
		cmocka_unit_test(the_reader_of_fields_trusts_no_library),
		cmocka_unit_test(the_number_of_fields_is_bounded),
		cmocka_unit_test(a_body_is_as_long_as_announced),
		cmocka_unit_test(some_statuses_announce_no_body),
		cmocka_unit_test(the_first_line_is_that_of_http_1),
		cmocka_unit_test(a_head_has_an_end),
		cmocka_unit_test(leftovers_never_become_the_next_answer),
		cmocka_unit_test(nothing_sent_unasked_becomes_an_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
