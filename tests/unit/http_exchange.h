/* SPDX-License-Identifier: MIT
 * One request against a scripted server, for the tests of http.c. Includes CMocka, so only tests include it.
 */
#ifndef AFFIDAVIT_UNIT_HTTP_EXCHANGE_H
#define AFFIDAVIT_UNIT_HTTP_EXCHANGE_H

#include "evil.h"
#include "http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct afd_variable declaration_rows[] = { { 1, "YOUR_TOKEN", NULL, 1 },
														{ 2, "ORDER_ID", "32", 0 } };
static const struct afd_variables declared = { declaration_rows, 2 };

static inline struct afd_http *open_http(const struct afd_http_options *options)
{
	struct afd_error err = { 0 };
	struct afd_http *http = NULL;
	assert_int_equal(afd_http_open(&http, options, &err), 0);
	return http;
}

/* Sends to http://127.0.0.1:PORT and `path`; `body` NULL: none. */
static inline int send_to(struct afd_http *http, unsigned short port, struct afd_http_request request,
						  const char *path, const char *body, struct afd_answer *answer,
						  struct afd_error *err)
{
	static const struct afd_secrets none;
	char url[512];
	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", port, path);
	request.url = afd_span_of(url);
	request.body = afd_span_of(body);
	request.has_body = body != NULL;
	*err = (struct afd_error){ 0 };
	return afd_http_send(http, &request, &none, &declared, answer, err);
}

/* One GET / on a connection of its own. */
static inline struct afd_answer answer_to(const struct evil_step *steps, size_t count,
										  const struct afd_http_options *options)
{
	struct evil *evil = evil_start(steps, count);
	struct afd_http *http = open_http(options);
	struct afd_error err;
	struct afd_answer answer;
	int rc = send_to(http, evil_port(evil), (struct afd_http_request){ .method = "GET" }, "/", NULL, &answer,
					 &err);
	afd_http_close(http);
	free(evil_stop(evil).received);
	assert_int_equal(rc, 0);
	return answer;
}

static inline void is_body(const struct afd_answer *answer, const char *text)
{
	struct afd_span body = afd_answer_body(answer).bytes;
	assert_string_equal(answer->failure, "");
	assert_true(answer->received);
	assert_int_equal(body.size, strlen(text));
	assert_memory_equal(body.data ? body.data : "", text, body.size);
}

/* The answer is given up with that text and nothing of it is left. */
static inline void is_failure(struct afd_answer *answer, const char *text, bool violation)
{
	assert_false(answer->received);
	assert_string_equal(answer->failure, text);
	assert_int_equal(answer->violation, violation);
	assert_int_equal(answer->body.size, 0);
	assert_int_equal(answer->field_count, 0);
	afd_answer_free(answer);
}

#endif
