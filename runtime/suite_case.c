/* SPDX-License-Identifier: MIT
 * One case, from intent to result. */
#include "suite_case.h"

#include "suite_console.h"

#include <stdint.h>
#include <string.h>

static bool is_write(const struct afd_exchange *exchange)
{
	return exchange->of->test->effect == AFD_WRITE;
}

/* The line as it stands before anything is sent. */
static void begin(struct afd_exchange *exchange)
{
	const struct afd_test *test = exchange->of->test;
	struct afd_prepared *prepared = &exchange->prepared;
	afd_prepare(exchange->run, exchange->of, prepared);
	exchange->findings =
		afd_arena_array(&exchange->arena, test->expectations.count + 1, sizeof *exchange->findings);
	for (size_t i = 0; i < test->expectations.count; i++) {
		struct afd_judged_line *judged = afd_arena_push(&exchange->arena, &exchange->judged,
														&exchange->judged_count, sizeof *exchange->judged);
		judged->expectation = &test->expectations.rows[i];
	}
	exchange->line = (struct afd_case_line){
		.test = test,
		.it = exchange->of->it,
		.endpoint = afd_endpoint_of(exchange->of, prepared, &exchange->arena),
		.api = prepared->base,
		.http_status = -1,
		.latency_us = -1,
		.records = -1,
		.total = -1,
		.tables = afd_tables_before(exchange),
	};
	struct afd_raw body = { afd_text_span(&prepared->body.text) };
	struct afd_span stated = { test->request.body.data, test->request.body.size };
	if (prepared->has_body && !prepared->missing && !afd_span_equal(body.bytes, stated))
		exchange->line.sent_body_hmac = afd_mask_digest(exchange->run->masker, body, &exchange->arena);
}

static void refuse(struct afd_exchange *exchange, const struct afd_error *why)
{
	exchange->line.outcome = (struct afd_outcome){ AFD_VERDICT_ERROR, AFD_REASON_REFUSED };
	exchange->line.notes = afd_publicf(&exchange->arena, "the request was refused before it left");
	fprintf(exchange->run->errors, "%s:%u: %s: ", exchange->of->test->spec, exchange->of->it->line,
			exchange->of->it->id);
	afd_console_text(exchange->run->errors, why->text);
	fputc('\n', exchange->run->errors);
}

static int exchange_it(struct afd_exchange *exchange, struct afd_error *err)
{
	struct afd_error why = { 0 };
	int rc = afd_send_until_met(exchange, &why);
	if (rc == AFD_EXIT_NO_VERDICT)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "%s", why.text);
	if (rc != 0) {
		refuse(exchange, &why);
		return 0;
	}
	rc = afd_keep_values(exchange, err);
	return rc || !exchange->answer.received ? rc : afd_put_response(exchange, err);
}

/* Sends it, or says why not. */
static int carry_out(struct afd_exchange *exchange, struct afd_error *err)
{
	enum afd_reason reason = afd_withheld(exchange->run, exchange->of, &exchange->prepared);
	if (reason != AFD_REASON_NONE) {
		exchange->line.outcome = (struct afd_outcome){ AFD_VERDICT_BLOCKED, reason };
		exchange->line.notes =
			afd_withheld_notes(exchange->run, exchange->of, &exchange->prepared, reason, &exchange->arena);
		return 0;
	}
	if (exchange->prepared.refusal.code != AFD_EXIT_OK) {
		refuse(exchange, &exchange->prepared.refusal);
		return 0;
	}
	if (exchange->of->test->expectations.count == 0) {
		exchange->line.outcome = (struct afd_outcome){ AFD_VERDICT_ERROR, AFD_REASON_NO_ASSERTION };
		exchange->line.notes = afd_publicf(&exchange->arena, "asserts nothing: not sent");
		return 0;
	}
	return exchange_it(exchange, err);
}

/* What was kept of an answer that is not what the spec expects. */
static void doubt(struct afd_exchange *exchange)
{
	const struct afd_test *test = exchange->of->test;
	for (size_t i = 0; i < test->keeps.count; i++)
		afd_vars_doubt(&exchange->run->vars, test->keeps.rows[i].name, test->id);
}

static void account(struct afd_exchange *exchange, struct afd_case_end *end)
{
	struct afd_run *run = exchange->run;
	struct afd_outcome outcome = exchange->line.outcome;
	size_t unmet = afd_first_unmet(exchange);
	bool answered = exchange->line.http_status >= 0;
	afd_tally_add(&run->tally, outcome, exchange->line.attempt_count > 0, answered);
	run->passed[exchange->of->index] += outcome.verdict == AFD_VERDICT_PASS;
	run->executed[exchange->of->index] += answered;
	bool bad = outcome.verdict == AFD_VERDICT_FAIL || outcome.verdict == AFD_VERDICT_ERROR;
	if (bad)
		doubt(exchange);
	run->stopped = run->stopped || (bad && run->options->fail_fast);
	end->outcome = outcome;
	end->line = unmet == SIZE_MAX ? exchange->of->it->line : exchange->judged[unmet].expectation->line;
	if (bad)
		afd_console_case(run, &exchange->line, end, run->evidence.count);
}

static void release(struct afd_exchange *exchange)
{
	if (exchange->is_json)
		afd_json_free(&exchange->json);
	afd_landing_end(&exchange->landing);
	afd_snapshot_free(&exchange->before);
	afd_answer_free(&exchange->answer);
	afd_prepared_free(&exchange->prepared);
	afd_arena_free(&exchange->arena);
}

int afd_run_case(struct afd_run *run, size_t selected, struct afd_case_end *end)
{
	struct afd_exchange exchange = { .run = run, .of = &run->selected[selected] };
	*end = (struct afd_case_end){ { AFD_VERDICT_ERROR, AFD_REASON_TRANSPORT }, exchange.of->it->line };
	run->vars.doubtful = exchange.of->test->stage == AFD_CLEANUP;
	begin(&exchange);
	int rc = afd_evidence_started(&run->evidence, &exchange.line, is_write(&exchange), &run->failure);
	if (rc == 0)
		rc = carry_out(&exchange, &run->failure);
	if (rc == 0)
		rc = afd_watch_case(&exchange, &run->failure);
	if (rc == 0)
		rc = afd_evidence_result(&run->evidence, &exchange.line, is_write(&exchange), &run->failure);
	if (rc == 0)
		account(&exchange, end);
	release(&exchange);
	return rc;
}
