/* SPDX-License-Identifier: MIT */
#include "evidence.h"

#include "evidence_line.h"

#include <stdio.h>
#include <string.h>

enum { LINE_LIMIT = 16 << 20 };

void afd_timestamp(struct timespec clock, char text[AFD_TIMESTAMP])
{
	struct tm parts;
	gmtime_r(&clock.tv_sec, &parts);
	char seconds[AFD_TIMESTAMP];
	strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts);
	snprintf(text, AFD_TIMESTAMP, "%.19s.%06ldZ", seconds, clock.tv_nsec / 1000 % 1000000);
}

bool afd_got_repeats(const char *got)
{
	return strncmp(got, "status ", strlen("status ")) == 0 || strncmp(got, "code ", strlen("code ")) == 0;
}

int afd_evidence_open(struct afd_evidence *evidence, const char *path, struct afd_error *err)
{
	*evidence = (struct afd_evidence){ 0 };
	return afd_log_open(&evidence->log, path, err);
}

void afd_evidence_close(struct afd_evidence *evidence)
{
	afd_log_close(&evidence->log);
}

static void begin(const struct afd_evidence *evidence, struct afd_record *line, const char *phase,
				  struct timespec clock)
{
	char ts[AFD_TIMESTAMP];
	afd_timestamp(clock, ts);
	afd_record_init(line);
	afd_record_integer(line, NULL, "schema", AFD_EVIDENCE_SCHEMA);
	afd_record_integer(line, NULL, "seq", (long long)evidence->count);
	if (evidence->count > 0)
		afd_record_word(line, NULL, "prev", evidence->last);
	afd_record_word(line, NULL, "phase", phase);
	afd_record_word(line, NULL, "ts", ts);
}

void afd_evidence_begin(const struct afd_evidence *evidence, struct afd_record *line, const char *phase)
{
	struct timespec clock;
	clock_gettime(CLOCK_REALTIME, &clock);
	begin(evidence, line, phase, clock);
}

static int append_text(struct afd_evidence *evidence, struct afd_text *text, bool sync, struct afd_error *err)
{
	char digest[AFD_SHA256_HEX + 1];
	afd_sha256_hex(afd_text_span(text), digest);
	if (!afd_text_putc(text, '\n'))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "a line of evidence is larger than %d bytes", LINE_LIMIT);
	int rc = afd_log_append(&evidence->log, afd_text_span(text), err);
	if (rc == 0 && sync)
		rc = afd_log_sync(&evidence->log, err);
	if (rc != 0)
		return rc;
	memcpy(evidence->last, digest, sizeof digest);
	evidence->count++;
	return 0;
}

int afd_evidence_append(struct afd_evidence *evidence, struct afd_record *line, bool sync,
						struct afd_error *err)
{
	struct afd_text text;
	afd_text_init(&text, LINE_LIMIT);
	int rc = afd_record_print(line, &text, err);
	if (rc == 0)
		rc = append_text(evidence, &text, sync, err);
	afd_record_free(line);
	afd_text_free(&text);
	return rc;
}

static void add_targets(struct afd_record *line, const struct afd_run_line *run)
{
	struct cJSON *bases = afd_record_array(line, NULL, "bases");
	for (size_t i = 0; i < run->target_count; i++) {
		const struct afd_target *target = &run->targets[i];
		struct cJSON *base = afd_record_object(line, bases, NULL);
		afd_record_word(line, base, "name", target->name);
		afd_record_masked(line, base, "url", target->url);
		afd_record_bool(line, base, "replaced", target->replaced);
		afd_record_bool(line, base, "used", target->used);
		const char *connected = target->reachable ? "reachable" : "unreachable";
		afd_record_word(line, base, "reachable", target->used ? connected : NULL);
		afd_record_word(line, base, "peer", target->peer);
	}
}

static void add_environment(struct afd_record *line, const struct afd_run_line *run)
{
	struct cJSON *environment = afd_record_object(line, NULL, "environment");
	for (size_t i = 0; i < run->environment_count; i++) {
		const struct afd_present *variable = &run->environment[i];
		char name[256];
		snprintf(name, sizeof name, "%s%s", variable->prefix, variable->name);
		afd_record_word(line, environment, name, variable->present ? "present" : "missing");
	}
	const struct afd_machine *machine = run->machine;
	afd_record_word(line, NULL, "commit_hash", machine->commit);
	afd_record_word(line, NULL, "os", machine->os);
	afd_record_word(line, NULL, "kernel", machine->kernel);
	afd_record_integer(line, NULL, "cpu_cores", machine->cpu_cores);
	afd_record_integer(line, NULL, "ram_gb", machine->ram_gb);
	afd_record_bool(line, NULL, "ready", run->ready);
}

static void add_sources(struct afd_record *line, const struct afd_run_line *run)
{
	const struct afd_suite *suite = run->suite;
	afd_record_word(line, NULL, "run", run->run_id);
	afd_record_word(line, NULL, "suite", suite->name);
	afd_record_word(line, NULL, "spec", suite->spec);
	afd_record_word(line, NULL, "spec_sha256", suite->spec_sha256);
	afd_record_word(line, NULL, "inventory_sha256", suite->inventory_sha256);
	afd_record_word(line, NULL, "policy_sha256", run->policy_sha256);
	afd_record_word(line, NULL, "sql_sha256", suite->sql_sha256);
	afd_record_integer(line, NULL, "generator_abi", suite->abi);
	afd_record_integer(line, NULL, "report_version", AFD_REPORT_VERSION);
	afd_record_word(line, NULL, "key_id", run->key_id);
	afd_record_null(line, NULL, "signer");
	afd_record_null(line, NULL, "previous_head");
}

int afd_evidence_run(struct afd_evidence *evidence, const struct afd_run_line *run, struct afd_error *err)
{
	struct afd_record line;
	begin(evidence, &line, "run", run->clock);
	add_sources(&line, run);
	afd_record_integer(&line, NULL, "plan", (long long)run->plan);
	afd_record_integer(&line, NULL, "cases", (long long)run->cases);
	afd_record_masked(&line, NULL, "rehearsal", run->rehearsal);
	afd_record_bool(&line, NULL, "writes_allowed", run->writes);
	add_targets(&line, run);
	afd_evidence_add_database(&line, run);
	add_environment(&line, run);
	return afd_evidence_append(evidence, &line, false, err);
}

static void add_reference(struct afd_record *line, const struct afd_case_line *of)
{
	const struct afd_test *test = of->test;
	char place[32];
	snprintf(place, sizeof place, ":%u-%u", test->first_line, test->last_line);
	struct afd_text reference;
	afd_text_init(&reference, 4096);
	bool whole = afd_text_puts(&reference, test->spec) && afd_text_puts(&reference, place);
	afd_record_word(line, NULL, "spec_ref", whole ? reference.data : place);
	afd_text_free(&reference);
	afd_record_word(line, NULL, "spec_sha256", test->sha256);
}

static void add_case(struct afd_record *line, const struct afd_case_line *of)
{
	const struct afd_bytes *body = &of->test->request.body;
	char hash[AFD_SHA256_HEX + 1];
	afd_sha256_hex((struct afd_span){ body->data, body->size }, hash);
	afd_record_word(line, NULL, "test_id", of->it->id);
	add_reference(line, of);
	afd_record_masked(line, NULL, "endpoint", of->endpoint);
	afd_record_word(line, NULL, "api", of->api);
	afd_record_word(line, NULL, "effect", of->test->effect == AFD_WRITE ? "write" : "read");
	afd_record_word(line, NULL, "request_body_hash", body->line ? hash : NULL);
	afd_record_masked(line, NULL, "sent_body_hmac", of->sent_body_hmac);
}

int afd_evidence_started(struct afd_evidence *evidence, const struct afd_case_line *of, bool sync,
						 struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "started");
	add_case(&line, of);
	afd_evidence_add_before(&line, &of->tables);
	return afd_evidence_append(evidence, &line, sync, err);
}

static void add_expectations(struct afd_record *line, const struct afd_case_line *of)
{
	struct cJSON *rows = afd_record_array(line, NULL, "expectations");
	for (size_t i = 0; i < of->expectation_count; i++) {
		const struct afd_judged_line *judged = &of->expectations[i];
		struct cJSON *row = afd_record_object(line, rows, NULL);
		afd_record_integer(line, row, "line", judged->expectation->line);
		afd_record_word(line, row, "text", judged->expectation->text);
		afd_record_bool(line, row, "default", judged->expectation->by_default);
		if (judged->judged)
			afd_record_bool(line, row, "held", judged->held);
		else
			afd_record_null(line, row, "held");
		afd_record_integer(line, row, "alternative", judged->alternative);
		afd_record_masked(line, row, "got", judged->got);
	}
}

static void add_attempts(struct afd_record *line, const struct afd_case_line *of)
{
	size_t retries = of->attempt_count > 1 ? of->attempt_count - 1 : 0;
	afd_record_integer(line, NULL, "retries", (long long)retries);
	struct cJSON *rows = afd_record_array(line, NULL, "attempts");
	for (size_t i = 0; i < of->attempt_count; i++) {
		struct cJSON *row = afd_record_object(line, rows, NULL);
		afd_record_count(line, row, "http_status", of->attempts[i].http_status);
		afd_record_milliseconds(line, row, "latency_ms", of->attempts[i].latency_us);
		afd_record_masked(line, row, "failure", of->attempts[i].failure);
	}
}

static void add_outcome(struct afd_record *line, const struct afd_case_line *of)
{
	afd_record_count(line, NULL, "http_status", of->http_status);
	afd_record_milliseconds(line, NULL, "latency_ms", of->latency_us);
	afd_record_count(line, NULL, "records", of->records);
	afd_record_json(line, NULL, "error_code", of->error_code);
	afd_evidence_add_before(line, &of->tables);
	afd_evidence_add_after(line, of);
	add_expectations(line, of);
	afd_record_word(line, NULL, "verdict", afd_verdict_word(of->outcome.verdict));
	afd_record_word(line, NULL, "reason", afd_reason_word(of->outcome.reason));
	add_attempts(line, of);
	struct cJSON *artifacts = afd_record_array(line, NULL, "artifacts");
	if (of->artifact.data)
		afd_record_masked(line, artifacts, NULL, of->artifact);
	afd_record_word(line, NULL, "notes", of->notes.data ? of->notes.data : "");
}

int afd_evidence_result(struct afd_evidence *evidence, const struct afd_case_line *of, bool sync,
						struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "result");
	add_case(&line, of);
	add_outcome(&line, of);
	return afd_evidence_append(evidence, &line, sync, err);
}

static void add_tally(struct afd_record *line, const struct afd_tally *tally)
{
	afd_record_integer(line, NULL, "cases", (long long)tally->cases);
	afd_record_integer(line, NULL, "cases_sent", (long long)tally->sent);
	afd_record_integer(line, NULL, "cases_executed", (long long)tally->executed);
	for (size_t verdict = AFD_VERDICT_PASS; verdict <= AFD_VERDICT_BLOCKED; verdict++)
		afd_record_integer(line, NULL, afd_verdict_word((enum afd_verdict)verdict),
						   (long long)tally->by_verdict[verdict]);
	struct cJSON *reasons = afd_record_object(line, NULL, "reasons");
	for (size_t reason = AFD_REASON_NONE + 1; reason < AFD_REASONS; reason++)
		if (tally->by_reason[reason] > 0)
			afd_record_integer(line, reasons, afd_reason_word((enum afd_reason)reason),
							   (long long)tally->by_reason[reason]);
}

static void add_masking(struct afd_record *line, struct afd_mask_counts counts)
{
	struct cJSON *masking = afd_record_object(line, NULL, "masking");
	afd_record_integer(line, masking, "shown", (long long)counts.shown);
	afd_record_integer(line, masking, "masked", (long long)counts.masked);
	afd_record_integer(line, masking, "names_masked", (long long)counts.names_masked);
	afd_record_integer(line, masking, "unfit", (long long)counts.unfit);
}

int afd_evidence_end(struct afd_evidence *evidence, const struct afd_end_line *end, struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "end");
	afd_record_integer(&line, NULL, "tests_executed", (long long)end->tests_executed);
	add_tally(&line, end->tally);
	add_masking(&line, end->masking);
	afd_record_integer(&line, NULL, "artifacts_generated", (long long)end->artifacts);
	afd_record_bool(&line, NULL, "interrupted", end->interrupted);
	afd_record_word(&line, NULL, "verdict", end->verdict);
	afd_record_integer(&line, NULL, "exit_code", end->exit_code);
	afd_record_milliseconds(&line, NULL, "duration_ms", end->duration_us);
	return afd_evidence_append(evidence, &line, true, err);
}
