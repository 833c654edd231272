/* SPDX-License-Identifier: MIT
 * A request that is sent until a condition holds, within the bounds that the spec states. */
#include "suite_case.h"

#include <time.h>

enum { SLICE_MS = 50 };

/* True where the answer is the last one: what is waited for holds. */
static bool is_met(const struct afd_exchange *exchange)
{
	const struct afd_expectations *expectations = &exchange->of->test->expectations;
	for (size_t i = 0; i < expectations->count; i++)
		if (expectations->rows[i].until && !exchange->judged[i].held)
			return false;
	return true;
}

/* In slices, so that a signal ends it; false: one came. */
static bool wait_for(unsigned ms)
{
	for (unsigned waited = 0; waited < ms && !afd_signal_came(); waited += SLICE_MS) {
		unsigned slice = ms - waited < SLICE_MS ? ms - waited : SLICE_MS;
		nanosleep(&(struct timespec){ .tv_nsec = slice * 1000000L }, NULL);
	}
	return !afd_signal_came();
}

/* Why it cannot be asked again though it should be; AFD_REASON_NONE: it can. */
static enum afd_reason pause_before_next(const struct afd_exchange *exchange)
{
	const struct afd_test *test = exchange->of->test;
	if (afd_guard_permits(&exchange->run->guard, test) != AFD_MAY_SEND)
		return AFD_REASON_BUDGET;
	return wait_for(test->repeat.interval_ms) ? AFD_REASON_NONE : AFD_REASON_STOPPED;
}

static void forget_answer(struct afd_exchange *exchange)
{
	if (exchange->is_json)
		afd_json_free(&exchange->json);
	exchange->is_json = false;
	afd_answer_free(&exchange->answer);
	exchange->line.notes = (struct afd_masked){ NULL, 0 };
	exchange->line.error_code = (struct afd_masked){ NULL, 0 };
	exchange->line.http_status = exchange->line.records = -1;
	exchange->line.latency_us = -1;
	for (size_t i = 0; i < exchange->judged_count; i++)
		exchange->judged[i] = (struct afd_judged_line){ .expectation = exchange->judged[i].expectation };
}

static void note_end(struct afd_exchange *exchange, unsigned sent)
{
	if (exchange->judgement.cut != AFD_REASON_NONE)
		afd_add_note(exchange, "waiting ended after %u of %u requests, by %s", sent,
					 exchange->of->test->repeat.times,
					 exchange->judgement.cut == AFD_REASON_BUDGET ? "--max-requests" : "a signal");
	else if (sent > 1)
		afd_add_note(exchange, "request %u of at most %u", sent, exchange->of->test->repeat.times);
}

int afd_send_until_met(struct afd_exchange *exchange, struct afd_error *err)
{
	const struct afd_repeat *repeat = &exchange->of->test->repeat;
	enum afd_reason cut = AFD_REASON_NONE;
	int rc = afd_send(exchange, err);
	unsigned sent = 1;
	if (rc == 0)
		afd_judge(exchange);
	for (; rc == 0 && sent < repeat->times && !is_met(exchange) && !exchange->judgement.violation; sent++) {
		cut = pause_before_next(exchange);
		if (cut != AFD_REASON_NONE)
			break;
		forget_answer(exchange);
		rc = afd_send(exchange, err);
		if (rc == 0)
			afd_judge(exchange);
	}
	exchange->judgement.cut = cut;
	if (rc == 0)
		note_end(exchange, sent);
	return rc;
}
