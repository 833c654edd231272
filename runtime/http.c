/* SPDX-License-Identifier: MIT
 * The only part of the exchange that knows libcurl: http_request.c says what may be sent, http_answer.c what
 * may be received. */
#include "http.h"

#include "http_answer.h"
#include "http_memory.h"
#include "http_network.h"
#include "http_request.h"
#include "url.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOW_BYTES = 100,
	TIMER_SLACK_US = 50000, /* libcurl's timers may be early by some milliseconds */
	RECEIVE_BUFFER = 128 * 1024
};

struct afd_http {
	CURL *easy; /* NULL: no connection is kept */
	bool plain; /* the kept connection has no TLS, whose own records may arrive at any time */
	struct afd_http_options options; /* without zeros but for the rate */
	char line[AFD_HEADER_LINE_MAX];  /* a header line with its secrets, zeroed after use */
	long long next_us;               /* no request before, where a rate is set */
};

struct exchange {
	struct afd_http *http;
	struct afd_incoming incoming;
	struct curl_slist *headers;
	struct afd_text url;
	unsigned sends;       /* how often the request was begun */
	bool safe;            /* may be sent again */
	long long started_us; /* the call */
	long long sent_us;    /* the first byte */
};

int afd_http_open(struct afd_http **http, const struct afd_http_options *options, struct afd_error *err)
{
	*http = NULL;
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, afd_memory_zero_and_free,
							 afd_memory_zero_and_resize, strdup, calloc) != CURLE_OK)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot start libcurl");
	struct afd_http *made = calloc(1, sizeof *made);
	if (!made) {
		curl_global_cleanup();
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	}
	made->options = afd_options_filled(options);
	*http = made;
	return 0;
}

void afd_http_close(struct afd_http *http)
{
	if (!http)
		return;
	curl_easy_cleanup(http->easy);
	free(http);
	curl_global_cleanup();
}

static size_t on_line(char *bytes, size_t size, size_t count, void *context)
{
	struct exchange *exchange = context;
	size *= count;
	return afd_incoming_line(&exchange->incoming, (struct afd_span){ bytes, size }) ? size : 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
	struct exchange *exchange = context;
	size *= count;
	return afd_incoming_body(&exchange->incoming, (struct afd_span){ bytes, size }) ? size : 0;
}

/* libcurl drops bytes after the announced end of an answer and says so only here. */
static int on_trace(CURL *easy, curl_infotype type, char *bytes, size_t size, void *context)
{
	struct exchange *exchange = context;
	struct afd_span text = { bytes, size };
	(void)easy;
	if (type == CURLINFO_TEXT &&
		(afd_span_starts(text, "Excess found") || afd_span_starts(text, "Leftovers after")))
		exchange->incoming.excess = true;
	return 0;
}

/* Called before the request is sent, on a new connection or a kept one. libcurl sends a request again where a
 * kept connection turns out to be closed: not one that may have changed something. */
static int on_send(void *context, char *peer, char *local, int peer_port, int local_port)
{
	struct exchange *exchange = context;
	struct afd_answer *answer = exchange->incoming.answer;
	(void)local;
	(void)peer_port;
	(void)local_port;
	snprintf(answer->peer, sizeof answer->peer, "%s", peer);
	answer->peer_loopback = afd_address_is_loopback(answer->peer);
	exchange->sent_us = afd_now_us();
	if (++exchange->sends > 1 && !exchange->safe) {
		afd_incoming_fail(&exchange->incoming, false,
						  "the kept connection was closed, and a request that may write is not sent twice");
		return CURL_PREREQFUNC_ABORT;
	}
	return CURL_PREREQFUNC_OK;
}

/* What holds for every request: nothing that the spec does not say, nothing from the environment, all
 * bounded. */
static bool set_policy(const struct afd_http *http)
{
	const struct afd_http_options *options = &http->options;
	const struct {
		CURLoption option;
		long value;
	} rows[] = {
		{ CURLOPT_NOSIGNAL, 1 },
		{ CURLOPT_FOLLOWLOCATION, 0 },
		{ CURLOPT_PATH_AS_IS, 1 },
		{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
		{ CURLOPT_HTTP09_ALLOWED, 0 },
		{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
		{ CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
		{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
		{ CURLOPT_SSL_VERIFYPEER, 1 },
		{ CURLOPT_SSL_VERIFYHOST, 2 },
		{ CURLOPT_CONNECTTIMEOUT_MS, options->connect_timeout_ms },
		{ CURLOPT_TIMEOUT_MS, options->timeout_ms },
		{ CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES },
		{ CURLOPT_LOW_SPEED_TIME, options->slow_seconds },
		{ CURLOPT_BUFFERSIZE, RECEIVE_BUFFER },
		{ CURLOPT_VERBOSE, 1 }, /* for on_trace, which writes nothing */
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (curl_easy_setopt(http->easy, rows[i].option, rows[i].value) != CURLE_OK)
			return false;
	return curl_easy_setopt(http->easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
		   curl_easy_setopt(http->easy, CURLOPT_PROXY, "") == CURLE_OK;
}

static bool set_callbacks(struct exchange *exchange)
{
	CURL *easy = exchange->http->easy;
	return curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_line) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_trace) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_DEBUGDATA, exchange) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_send) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange) == CURLE_OK;
}

static bool set_body(CURL *easy, const struct afd_http_request *request)
{
	if (strcmp(request->method, "HEAD") == 0)
		return curl_easy_setopt(easy, CURLOPT_NOBODY, 1L) == CURLE_OK;
	if (!request->has_body)
		return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L) == CURLE_OK;
	const char *bytes = request->body.size ? request->body.data : "";
	return curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_POSTFIELDS, bytes) == CURLE_OK;
}

static bool set_request(struct exchange *exchange, const struct afd_http_request *request)
{
	CURL *easy = exchange->http->easy;
	/* Empty: all that libcurl can decode. The field itself is sent as the spec has it. */
	const char *decode = afd_request_field(request->headers, "Accept-Encoding") ? "" : NULL;
	return set_body(easy, request) &&
		   curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_URL, exchange->url.data) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, decode) == CURLE_OK &&
		   curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers) == CURLE_OK;
}

static bool append(struct exchange *exchange, const char *line)
{
	struct curl_slist *longer = curl_slist_append(exchange->headers, line);
	if (longer)
		exchange->headers = longer;
	return longer != NULL;
}

/* The line is built in memory that never moves, so that no copy of a secret is left behind. */
static int append_header(struct exchange *exchange, const struct afd_http_request *request,
						 const struct afd_header *header, const struct afd_secrets *secrets,
						 const struct afd_variables *declared, struct afd_error *err)
{
	struct afd_text line = { .data = exchange->http->line,
							 .capacity = AFD_HEADER_LINE_MAX,
							 .limit = AFD_HEADER_LINE_MAX - 1 };
	int rc = afd_request_header(request, header, secrets, declared, &line, err);
	if (rc == 0 && !append(exchange, line.data))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	explicit_bzero(exchange->http->line, line.size);
	return rc;
}

/* "Name:" takes a field of libcurl's own away. */
static int append_removals(struct exchange *exchange, const struct afd_headers *headers,
						   struct afd_error *err)
{
	static const char *const names[] = { "Accept", "User-Agent", "Expect", "Content-Type" };
	char line[32];
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(line, sizeof line, "%s:", names[i]);
		if (!afd_request_field(headers, names[i]) && !append(exchange, line))
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	}
	return 0;
}

static int build_headers(struct exchange *exchange, const struct afd_http_request *request,
						 const struct afd_secrets *secrets, const struct afd_variables *declared,
						 struct afd_error *err)
{
	const struct afd_headers *headers = request->headers;
	int rc = append_removals(exchange, headers, err);
	for (size_t i = 0; headers && i < headers->count && rc == 0; i++)
		rc = append_header(exchange, request, &headers->rows[i], secrets, declared, err);
	return rc;
}

static void free_headers(struct curl_slist *headers)
{
	for (struct curl_slist *row = headers; row; row = row->next)
		explicit_bzero(row->data, strlen(row->data));
	curl_slist_free_all(headers);
}

struct words {
	CURLcode code;
	bool violation;
	const char *text;
};

static const struct words failures[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, false, "could not resolve the host name" },
	{ CURLE_GOT_NOTHING, false, "the connection was closed without an answer" },
	{ CURLE_SEND_ERROR, false, "the connection was lost while sending" },
	{ CURLE_PARTIAL_FILE, true, "the body is shorter than announced" },
	{ CURLE_UNSUPPORTED_PROTOCOL, true, "not an HTTP/1.x answer" },
	{ CURLE_WEIRD_SERVER_REPLY, true, "a malformed answer" },
	{ CURLE_BAD_FUNCTION_ARGUMENT, true, "a malformed answer" }, /* what 7.88 makes of a bad trailer */
	{ CURLE_FILESIZE_EXCEEDED, true, "a Content-Length that is no number" },
	{ CURLE_BAD_CONTENT_ENCODING, true, "a content coding that is broken or not known" },
	{ CURLE_OUT_OF_MEMORY, true, "a field over 100 KiB, or no memory" },
	{ CURLE_SSL_CACERT_BADFILE, false, "the certificates of the system cannot be read" },
	{ CURLE_SSL_CONNECT_ERROR, false, "the TLS handshake failed (TLS 1.2 is the least)" },
};

static void fail_by_time(struct exchange *exchange)
{
	const struct afd_http_options *options = &exchange->http->options;
	long connect_ms =
		options->connect_timeout_ms < options->timeout_ms ? options->connect_timeout_ms : options->timeout_ms;
	if (exchange->sends == 0)
		afd_incoming_fail(&exchange->incoming, false, "no connection after %g s", (double)connect_ms / 1000);
	else if (exchange->started_us + options->timeout_ms * 1000LL <= afd_now_us() + TIMER_SLACK_US)
		afd_incoming_fail(&exchange->incoming, false, "timed out after %g s",
						  (double)options->timeout_ms / 1000);
	else
		afd_incoming_fail(&exchange->incoming, false, "slower than %d bytes/s for %ld s", SLOW_BYTES,
						  options->slow_seconds);
}

static void fail_by_code(struct exchange *exchange, CURLcode code)
{
	struct afd_incoming *incoming = &exchange->incoming;
	long error = 0;
	long certificate = 0;
	curl_easy_getinfo(exchange->http->easy, CURLINFO_OS_ERRNO, &error);
	curl_easy_getinfo(exchange->http->easy, CURLINFO_SSL_VERIFYRESULT, &certificate);
	for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
		if (failures[i].code == code)
			afd_incoming_fail(incoming, failures[i].violation, "%s", failures[i].text);
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		afd_incoming_fail(incoming, false, "%s", afd_certificate_words(certificate));
	else if (code == CURLE_COULDNT_CONNECT)
		afd_incoming_fail(incoming, false, "%s", afd_connect_words(error));
	else if (code == CURLE_OPERATION_TIMEDOUT)
		fail_by_time(exchange);
	else if (code == CURLE_RECV_ERROR && error == 0 && incoming->transfer_coding)
		afd_incoming_fail(incoming, true, "the chunks of the body are broken");
	else if (code == CURLE_RECV_ERROR)
		afd_incoming_fail(incoming, false, "the connection was lost while receiving");
	else
		afd_incoming_fail(incoming, false, "the exchange failed (libcurl's code %d)", (int)code);
}

/* Bytes that nobody asked for would be taken for the next answer. */
static bool has_excess(const struct afd_http *http)
{
	curl_socket_t socket = CURL_SOCKET_BAD;
	return http->plain && curl_easy_getinfo(http->easy, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
		   afd_socket_has_bytes(socket);
}

static void finish(struct exchange *exchange, CURLcode code)
{
	struct afd_incoming *incoming = &exchange->incoming;
	CURL *easy = exchange->http->easy;
	curl_off_t wire = 0;
	if (exchange->sends > 0)
		incoming->answer->latency_us = afd_now_us() - exchange->sent_us;
	if (code != CURLE_OK)
		fail_by_code(exchange, code);
	else if (has_excess(exchange->http))
		incoming->excess = true;
	curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
	incoming->answer->wire_bytes = (size_t)wire;
	afd_incoming_finish(incoming);
}

static void close_connections(struct afd_http *http)
{
	curl_easy_cleanup(http->easy);
	http->easy = NULL;
}

static bool renew(struct afd_http *http, bool plain)
{
	if (http->easy && has_excess(http))
		close_connections(http);
	if (http->easy)
		curl_easy_reset(http->easy);
	else
		http->easy = curl_easy_init();
	http->plain = plain;
	return http->easy != NULL;
}

static int perform(struct exchange *exchange, const struct afd_http_request *request, struct afd_error *err)
{
	struct afd_http *http = exchange->http;
	if (!renew(http, !afd_url_is_https(afd_url_split(request->url))))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	if (!set_policy(http) || !set_callbacks(exchange) || !set_request(exchange, request))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "libcurl does not take an option, or memory is out");
	exchange->started_us = afd_now_us();
	CURLcode code = curl_easy_perform(http->easy);
	if (code == CURLE_URL_MALFORMAT)
		return afd_fail(err, AFD_EXIT_REFUSED, "the URL is malformed: not sent");
	finish(exchange, code);
	if (!exchange->incoming.answer->received)
		close_connections(http);
	return 0;
}

int afd_http_send(struct afd_http *http, const struct afd_http_request *request,
				  const struct afd_secrets *secrets, const struct afd_variables *declared,
				  struct afd_answer *answer, struct afd_error *err)
{
	struct exchange exchange = { .http = http };
	afd_incoming_init(&exchange.incoming, answer, &http->options);
	afd_text_init(&exchange.url, request->url.size + 1);
	int rc = afd_request_check(request, err);
	if (rc == 0)
		rc = build_headers(&exchange, request, secrets, declared, err);
	if (rc == 0 && !afd_text_add(&exchange.url, request->url))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	if (rc == 0) {
		exchange.safe = afd_request_is_safe(request);
		afd_pace(&http->next_us, http->options.rate_per_minute);
		rc = perform(&exchange, request, err);
	}
	free_headers(exchange.headers);
	afd_text_free(&exchange.url);
	return rc;
}
