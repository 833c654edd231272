/* SPDX-License-Identifier: MIT
 * Answers without end and peers that are not there: bounded in time and memory, and no verdict. */
#include "http_exchange.h"
#include "http_network.h"

#include <archive.h>
#include <archive_entry.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct afd_http_options defaults;

static void fields_are_bounded(void **state)
{
	(void)state;
	static char large[200 * 1024];
	static const struct evil_step lines[] = { { EVIL_READ, NULL, 0 },
											  EVIL_BYTES("HTTP/1.1 200 OK\r\n"),
											  { EVIL_FLOOD, "X-A: bbbbbbbb\r\n", 15 } };
	static const struct evil_step interim[] = { { EVIL_READ, NULL, 0 },
												{ EVIL_FLOOD, "HTTP/1.1 103 Early\r\nX-A: b\r\n\r\n", 30 } };
	static const struct evil_step trailers[] = {
		{ EVIL_READ, NULL, 0 },
		EVIL_BYTES("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
		{ EVIL_FLOOD, "X-A: bbbbbbbb\r\n", 15 }
	};
	memset(large, 'a', sizeof large);
	const struct evil_step line[] = { { EVIL_READ, NULL, 0 },
									  EVIL_BYTES("HTTP/1.1 200 OK\r\nX-A: "),
									  { EVIL_FLOOD, large, sizeof large } };
	struct afd_answer answer = answer_to(lines, 3, &defaults);
	is_failure(&answer, "fields over 131072 bytes", true);
	answer = answer_to(interim, 2, &defaults);
	is_failure(&answer, "fields over 131072 bytes", true);
	answer = answer_to(trailers, 3, &defaults);
	is_failure(&answer, "fields over 131072 bytes", true);
	answer = answer_to(line, 3, &defaults);
	is_failure(&answer, "a field over 100 KiB, or no memory", true);
	answer = answer_to(lines, 3, &(struct afd_http_options){ .header_limit = 100 });
	is_failure(&answer, "fields over 100 bytes", true);
}

static void a_body_is_bounded(void **state)
{
	(void)state;
	static const struct afd_http_options small = { .body_limit = 1000000 };
	static char chunk[65536 + 9] = "10000\r\n";
	static const struct evil_step endless[] = { { EVIL_READ, NULL, 0 },
												EVIL_BYTES("HTTP/1.1 200 OK\r\n\r\n"),
												{ EVIL_FLOOD, chunk, sizeof chunk } };
	static const struct evil_step announced[] = {
		{ EVIL_READ, NULL, 0 },
		EVIL_BYTES("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"),
		{ EVIL_FLOOD, chunk, sizeof chunk }
	};
	static const struct evil_step chunks[] = { { EVIL_READ, NULL, 0 },
											   EVIL_BYTES(
												   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
											   { EVIL_FLOOD, chunk, sizeof chunk } };
	memset(chunk + 7, 'a', 65536);
	memcpy(chunk + 7 + 65536, "\r\n", 2);
	struct afd_answer answer = answer_to(endless, 3, &small);
	is_failure(&answer, "a body over 1000000 bytes", true);
	answer = answer_to(announced, 3, &small);
	is_failure(&answer, "a body over 1000000 bytes", true);
	answer = answer_to(chunks, 3, &small);
	is_failure(&answer, "a body over 1000000 bytes", true);
	answer = answer_to(endless, 3, &defaults);
	is_failure(&answer, "a body over 67108864 bytes", true);
}

/* `size` zeros as gzip, after a head with that Content-Length or in one chunk. Freed by the caller. */
static struct afd_text zipped(size_t size, bool chunked)
{
	static char bytes[8 * 1024 * 1024];
	static const char zeros[65536];
	size_t used = 0;
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	archive_entry_set_pathname(entry, "x");
	archive_entry_set_filetype(entry, AE_IFREG);
	assert_int_equal(archive_write_set_format_raw(archive), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter_gzip(archive), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(archive, bytes, sizeof bytes, &used), ARCHIVE_OK);
	assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	for (size_t left = size; left > 0;) {
		size_t part = left < sizeof zeros ? left : sizeof zeros;
		assert_int_equal(archive_write_data(archive, zeros, part), part);
		left -= part;
	}
	archive_write_close(archive);
	archive_write_free(archive);
	archive_entry_free(entry);
	struct afd_text text;
	afd_text_init(&text, 2 * sizeof bytes);
	(void)afd_text_puts(&text, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n");
	(void)afd_text_printf(
		&text, chunked ? "Transfer-Encoding: chunked\r\n\r\n%zx\r\n" : "Content-Length: %zu\r\n\r\n", used);
	(void)afd_text_add(&text, (struct afd_span){ bytes, used });
	assert_true(afd_text_puts(&text, chunked ? "\r\n0\r\n\r\n" : ""));
	return text;
}

static struct afd_answer unzipped(struct afd_text sent, bool accepts)
{
	static const struct afd_header row = { 1, "Accept-Encoding", "gzip" };
	static const struct afd_headers headers = { &row, 1 };
	const struct evil_step steps[] = { { EVIL_READ, NULL, 0 }, { EVIL_SEND, sent.data, sent.size } };
	struct evil *evil = evil_start(steps, 2);
	struct afd_http *http = open_http(&defaults);
	struct afd_answer answer;
	struct afd_error err;
	const struct afd_http_request request = { .method = "GET", .headers = accepts ? &headers : NULL };
	assert_int_equal(send_to(http, evil_port(evil), request, "/", NULL, &answer, &err), 0);
	afd_http_close(http);
	free(evil_stop(evil).received);
	afd_text_free(&sent);
	return answer;
}

static void what_was_asked_for_is_decoded(void **state)
{
	(void)state;
	for (int chunked = 0; chunked < 2; chunked++) {
		struct afd_answer answer = unzipped(zipped(500000, chunked), true);
		assert_string_equal(answer.failure, "");
		assert_true(answer.received);
		assert_int_equal(answer.body.size, 500000);
		assert_true(answer.wire_bytes > 0 && answer.wire_bytes < 1000);
		afd_answer_free(&answer);
	}
}

static void what_was_not_asked_for_stays_as_it_came(void **state)
{
	(void)state;
	struct afd_answer answer = unzipped(zipped(500000, false), false);
	assert_true(answer.received);
	assert_int_equal(answer.body.size, answer.wire_bytes);
	assert_memory_equal(answer.body.data, "\x1f\x8b", 2);
	afd_answer_free(&answer);
}

static void a_bomb_is_stopped(void **state)
{
	(void)state;
	static const char *const ratio = "a body that decodes to over 1000 times its size";
	struct afd_answer answer = unzipped(zipped(50000000, false), true);
	is_failure(&answer, ratio, true);
	answer = unzipped(zipped(50000000, true), true);
	is_failure(&answer, ratio, true);
	answer = unzipped(zipped(200000000, true), true);
	is_failure(&answer, "a body over 67108864 bytes", true);
}

static void a_broken_coding_is_no_answer(void **state)
{
	(void)state;
	struct afd_text sent = zipped(500000, false);
	sent.data[sent.size - 100] ^= 0x55;
	struct afd_answer answer = unzipped(sent, true);
	is_failure(&answer, "a content coding that is broken or not known", true);
	afd_text_init(&sent, 1024);
	assert_true(
		afd_text_puts(&sent, "HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 2\r\n\r\nab"));
	answer = unzipped(sent, true);
	is_failure(&answer, "a content coding that is broken or not known", true);
}

static void drips_are_stopped_by_the_total_time(void **state)
{
	(void)state;
	static const struct afd_http_options brief = { .timeout_ms = 150 };
	static const struct evil_step body[] = { { EVIL_READ, NULL, 0 },
											 EVIL_BYTES("HTTP/1.1 200 OK\r\n\r\n"),
											 { EVIL_DRIP, "aaaaaaaaaaaaaaaa", 16 } };
	static const struct evil_step head[] = { { EVIL_READ, NULL, 0 },
											 EVIL_BYTES("HTTP/1.1 200 OK\r\n"),
											 { EVIL_DRIP, "X: y\r\n", 6 } };
	static const struct evil_step nothing[] = { { EVIL_READ, NULL, 0 }, { EVIL_HOLD, NULL, 0 } };
	struct afd_answer answer = answer_to(body, 3, &brief);
	is_failure(&answer, "timed out after 0.15 s", false);
	answer = answer_to(head, 3, &brief);
	is_failure(&answer, "timed out after 0.15 s", false);
	answer = answer_to(nothing, 2, &brief);
	is_failure(&answer, "timed out after 0.15 s", false);
}

static void a_stalled_body_is_stopped(void **state)
{
	(void)state;
	static const struct evil_step steps[] = { { EVIL_READ, NULL, 0 },
											  EVIL_BYTES("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"),
											  { EVIL_HOLD, NULL, 0 } };
	struct afd_answer answer = answer_to(steps, 3, &(struct afd_http_options){ .slow_seconds = 1 });
	is_failure(&answer, "slower than 100 bytes/s for 1 s", false);
}

static void lost_connections_are_no_answer(void **state)
{
	(void)state;
	static const struct evil_step closed[] = { { EVIL_READ, NULL, 0 }, { EVIL_CLOSE, NULL, 0 } };
	static const struct evil_step reset[] = { { EVIL_READ, NULL, 0 }, { EVIL_RESET, NULL, 0 } };
	struct afd_answer answer = answer_to(closed, 2, &defaults);
	assert_true(answer.peer_loopback);
	is_failure(&answer, "the connection was closed without an answer", false);
	answer = answer_to(reset, 2, &defaults);
	is_failure(&answer, "the connection was lost while receiving", false);
}

static struct afd_answer answer_of(const char *url, const struct afd_http_options *options)
{
	static const struct afd_secrets none;
	const struct afd_http_request request = { .method = "GET", .url = afd_span_of(url) };
	struct afd_http *http = open_http(options);
	struct afd_answer answer;
	struct afd_error err = { 0 };
	assert_int_equal(afd_http_send(http, &request, &none, &declared, &answer, &err), 0);
	afd_http_close(http);
	assert_int_equal(answer.latency_us, 0);
	return answer;
}

static void hosts_that_are_not_there_are_named_in_words(void **state)
{
	(void)state;
	int closed;
	char url[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%u/", evil_closed_port(&closed));
	struct afd_answer answer = answer_of(url, &defaults);
	is_failure(&answer, "connection refused", false);
	close(closed);
	answer = answer_of("http://a-label-of-over-sixty-three-bytes-is-no-host-name-in-any-resolver-.invalid/",
					   &defaults);
	is_failure(&answer, "could not resolve the host name", false);
}

static void a_connection_has_its_own_time(void **state)
{
	(void)state;
	int full;
	int waiting[4];
	char url[64];
	unsigned short port = evil_closed_port(&full);
	const struct sockaddr_in address = { .sin_family = AF_INET,
										 .sin_port = htons(port),
										 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(listen(full, 0), 0);
	for (size_t i = 0; i < 4; i++) {
		waiting[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		(void)connect(waiting[i], (const struct sockaddr *)&address, sizeof address);
	}
	snprintf(url, sizeof url, "http://127.0.0.1:%u/", port);
	long long from = afd_now_us();
	struct afd_answer answer = answer_of(url, &(struct afd_http_options){ .connect_timeout_ms = 100 });
	assert_true(afd_now_us() - from < 20000000);
	is_failure(&answer, "no connection after 0.1 s", false);
	for (size_t i = 0; i < 4; i++)
		close(waiting[i]);
	close(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_bounded),
		cmocka_unit_test(a_body_is_bounded),
		cmocka_unit_test(what_was_asked_for_is_decoded),
		cmocka_unit_test(what_was_not_asked_for_stays_as_it_came),
		cmocka_unit_test(a_bomb_is_stopped),
		cmocka_unit_test(a_broken_coding_is_no_answer),
		cmocka_unit_test(drips_are_stopped_by_the_total_time),
		cmocka_unit_test(a_stalled_body_is_stopped),
		cmocka_unit_test(lost_connections_are_no_answer),
		cmocka_unit_test(hosts_that_are_not_there_are_named_in_words),
		cmocka_unit_test(a_connection_has_its_own_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
