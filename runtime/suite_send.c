/* SPDX-License-Identifier: MIT
 * Sending a case's request, and again where --retry allows it: only what changes nothing, and only after a
 * broken exchange or an answer that asks for patience. */
#include "suite_case.h"

#include <string.h>
#include <time.h>

enum { FIRST_PAUSE_MS = 250, LAST_PAUSE_MS = 4000, RETRY_AFTER_MAX_S = 30 };

static bool may_repeat(const struct afd_exchange *exchange)
{
	const struct afd_test *test = exchange->of->test;
	return test->effect == AFD_READ && strcmp(test->request.method, "GET") == 0;
}

static bool is_worth_repeating(const struct afd_answer *answer)
{
	if (!answer->received)
		return !answer->violation;
	return answer->status == 502 || answer->status == 503 || answer->status == 504;
}

/* RFC 9110 section 10.2.3, in seconds; -1 where there is none, or a date. */
static long retry_after(const struct afd_answer *answer)
{
	const struct afd_field *field = answer->received ? afd_answer_field(answer, "Retry-After") : NULL;
	if (!field || field->value.size == 0 || field->value.size > 6)
		return -1;
	long seconds = 0;
	for (size_t i = 0; i < field->value.size; i++) {
		char digit = field->value.data[i];
		if (digit < '0' || digit > '9')
			return -1;
		seconds = seconds * 10 + (digit - '0');
	}
	return seconds;
}

static void rest(const struct afd_answer *answer, size_t attempt)
{
	long ms = attempt < 5 ? FIRST_PAUSE_MS << (attempt - 1) : LAST_PAUSE_MS;
	long asked = retry_after(answer);
	if (asked >= 0)
		ms = (asked < RETRY_AFTER_MAX_S ? asked : RETRY_AFTER_MAX_S) * 1000;
	struct timespec pause = { ms / 1000, ms % 1000 * 1000000 };
	nanosleep(&pause, NULL);
}

static void note_attempt(struct afd_exchange *exchange)
{
	const struct afd_answer *answer = &exchange->answer;
	struct afd_attempt *attempt = afd_arena_push(&exchange->arena, &exchange->attempts,
												 &exchange->line.attempt_count, sizeof *exchange->attempts);
	*attempt = (struct afd_attempt){ answer->received ? answer->status : -1, -1, { NULL, 0 } };
	if (answer->received)
		attempt->latency_us = answer->latency_us;
	else
		attempt->failure = afd_public(afd_span_of(answer->failure), &exchange->arena);
	exchange->line.attempts = exchange->attempts;
}

/* A request on its way; `body` and `has_body` as in http.h. */
struct sending {
	const struct afd_exchange *exchange;
	struct afd_span url, body;
	struct afd_answer *answer;
};

static const char *value_in_header(const void *context, const struct afd_variable *variable)
{
	const struct afd_exchange *exchange = context;
	return afd_vars_value(&exchange->run->vars, exchange->of->it, variable);
}

static int send_once(const struct sending *sending, struct afd_error *err)
{
	const struct afd_test *test = sending->exchange->of->test;
	struct afd_run *run = sending->exchange->run;
	struct afd_http_request request = {
		.method = test->request.method,
		.url = sending->url,
		.headers = &test->request.headers,
		.body = sending->body,
		.has_body = sending->exchange->prepared.has_body,
		.value_of = value_in_header,
		.context = sending->exchange,
	};
	run->guard.sent++;
	return afd_http_send(run->http, &request, &run->secrets, &run->suite->variables, sending->answer, err);
}

/* `note` is told of each exchange that was made; NULL: nobody is. */
static int send_patiently(const struct sending *sending, struct afd_exchange *note, struct afd_error *err)
{
	const struct afd_run *run = sending->exchange->run;
	int rc = send_once(sending, err);
	for (size_t tries = 1; rc == 0; tries++) {
		if (note)
			note_attempt(note);
		if (tries > (size_t)run->options->retry || !may_repeat(sending->exchange) ||
			!is_worth_repeating(sending->answer) ||
			afd_guard_permits(&run->guard, sending->exchange->of->test) != AFD_MAY_SEND)
			break;
		rest(sending->answer, tries);
		afd_answer_free(sending->answer);
		rc = send_once(sending, err);
	}
	return rc;
}

int afd_send(struct afd_exchange *exchange, struct afd_error *err)
{
	struct sending sending = {
		.exchange = exchange,
		.url = afd_text_span(&exchange->prepared.final),
		.body = afd_text_span(&exchange->prepared.body.text),
		.answer = &exchange->answer,
	};
	int rc = send_patiently(&sending, exchange, err);
	if (rc == 0 && exchange->answer.received)
		exchange->is_json =
			afd_json_parse(afd_answer_body(&exchange->answer).bytes, &exchange->json, &exchange->json_error);
	return rc;
}

int afd_send_page(const struct afd_exchange *exchange, struct afd_span url, struct afd_span body,
				  struct afd_answer *answer, struct afd_error *err)
{
	struct sending sending = { exchange, url, body, answer };
	return send_patiently(&sending, NULL, err);
}
