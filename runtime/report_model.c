/* SPDX-License-Identifier: MIT */
#include "report_model.h"

#include "base/file.h"
#include "evidence.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INVENTORY_LIMIT = 256 << 20 };

static int invalid(struct afd_error *err, const char *what)
{
	return afd_fail(err, AFD_EXIT_EVIDENCE, "the evidence is invalid: %s", what);
}

static const char *word(const cJSON *object, const char *name)
{
	const char *text = afd_record_text_of(object, name);
	return text ? text : "";
}

static const cJSON *list(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* Inventory
 * ----------------------------------------------------------------------------------------------------- */

static const char *expected_of(struct afd_report *report, const cJSON *test)
{
	struct afd_text text;
	afd_text_init(&text, 1 << 16);
	const cJSON *row;
	cJSON_ArrayForEach(row, list(test, "expectations"))
	{
		if (text.size > 0)
			afd_text_puts(&text, "; ");
		afd_text_puts(&text, word(row, "text"));
	}
	const char *copy = afd_arena_copy(&report->arena, afd_text_span(&text));
	afd_text_free(&text);
	return copy;
}

static void add_case(struct afd_report *report, const cJSON *test, const cJSON *it, const char *expected)
{
	struct afd_report_case *of =
		afd_arena_push(&report->arena, &report->cases, &report->case_count, sizeof *report->cases);
	*of =
		(struct afd_report_case){ .id = word(it, "id"), .title = word(test, "title"), .expected = expected };
	of->line = (unsigned)afd_record_integer_of(it, "line");
	of->write = strcmp(word(test, "effect"), "write") == 0;
	of->endpoint = afd_arena_printf(&report->arena, "%s %s", word(test, "method"), word(test, "endpoint"));
	of->spec_ref =
		afd_arena_printf(&report->arena, "%s:%lld-%lld", report->spec,
						 afd_record_integer_of(test, "first_line"), afd_record_integer_of(test, "last_line"));
	of->notes = "";
	of->changes = "";
	of->http_status = -1;
	of->latency_us = -1;
	of->records = -1;
}

static void add_cases(struct afd_report *report)
{
	const cJSON *test;
	cJSON_ArrayForEach(test, list(report->inventory, "tests"))
	{
		const char *expected = expected_of(report, test);
		const cJSON *it;
		cJSON_ArrayForEach(it, list(test, "cases"))
		{
			add_case(report, test, it, expected);
		}
	}
	report->tally.cases = report->case_count;
}

static int load_inventory(struct afd_report *report, const char *path, struct afd_error *err)
{
	struct afd_text text;
	int rc = afd_file_read(path, INVENTORY_LIMIT, &text, err);
	if (rc != 0)
		return rc;
	char digest[AFD_SHA256_HEX + 1];
	afd_sha256_hex(afd_text_span(&text), digest);
	report->inventory = cJSON_ParseWithLength(text.data, text.size);
	afd_text_free(&text);
	if (strcmp(digest, word(report->run, "inventory_sha256")) != 0)
		return invalid(err, "inventory.json is not the one that the run names");
	if (!report->inventory)
		return invalid(err, "inventory.json is not JSON");
	add_cases(report);
	return 0;
}

/* Results
 * ------------------------------------------------------------------------------------------------------- */

static void add_expectations(struct afd_report *report, struct afd_report_case *of, const cJSON *result)
{
	const cJSON *rows = list(result, "expectations");
	size_t count = (size_t)cJSON_GetArraySize(rows);
	struct afd_report_expectation *expectations =
		count ? afd_arena_array(&report->arena, count, sizeof *expectations) : NULL;
	const cJSON *row;
	size_t i = 0;
	cJSON_ArrayForEach(row, rows)
	{
		const cJSON *held = list(row, "held");
		expectations[i].line = (unsigned)afd_record_integer_of(row, "line");
		expectations[i].text = word(row, "text");
		expectations[i].got = afd_record_text_of(row, "got");
		expectations[i].by_default = afd_record_bool_of(row, "default");
		expectations[i].judged = cJSON_IsBool(held);
		expectations[i++].held = cJSON_IsTrue(held);
	}
	of->expectations = expectations;
	of->expectation_count = count;
}

static long long microseconds(const cJSON *result, const char *name)
{
	const cJSON *item = list(result, name);
	return cJSON_IsNumber(item) ? (long long)(item->valuedouble * 1000.0 + 0.5) : -1;
}

static void fill(struct afd_report *report, struct afd_report_case *of, const cJSON *result)
{
	of->recorded = true;
	of->endpoint = word(result, "endpoint");
	of->spec_ref = word(result, "spec_ref");
	of->result = result;
	of->notes = word(result, "notes");
	of->api = afd_record_text_of(result, "api");
	of->artifact = cJSON_GetStringValue(cJSON_GetArrayItem(list(result, "artifacts"), 0));
	of->error_code = afd_record_text_of(result, "error_code");
	of->http_status = (long)afd_record_integer_of(result, "http_status");
	of->latency_us = microseconds(result, "latency_ms");
	of->records = afd_record_integer_of(result, "records");
	of->retries = afd_record_integer_of(result, "retries");
	of->sent = cJSON_GetArraySize(list(result, "attempts")) > 0;
	of->evidence_line = (size_t)afd_record_integer_of(result, "seq") + 1;
	add_expectations(report, of, result);
}

/* Results come in the order of the spec: the search begins after the last hit. */
static struct afd_report_case *find(struct afd_report *report, const char *id, size_t *from)
{
	for (size_t i = 0; i < report->case_count; i++) {
		size_t at = (*from + i) % report->case_count;
		if (strcmp(report->cases[at].id, id) == 0) {
			*from = at + 1;
			return &report->cases[at];
		}
	}
	return NULL;
}

static int add_result(struct afd_report *report, const cJSON *result, size_t *from, struct afd_error *err)
{
	struct afd_report_case *of = find(report, word(result, "test_id"), from);
	if (!of)
		return invalid(err, "a result is of a case that the inventory lacks");
	if (of->recorded)
		return invalid(err, "a case has two results");
	fill(report, of, result);
	if (!afd_outcome_from_words(word(result, "verdict"), word(result, "reason"), &of->outcome))
		return invalid(err, "a verdict is no word of ours");
	afd_tally_add(&report->tally, of->outcome, of->sent, of->http_status >= 0);
	return 0;
}

static int add_results(struct afd_report *report, struct afd_error *err)
{
	size_t from = 0;
	int rc = 0;
	for (size_t i = 1; i < report->lines.count && rc == 0; i++)
		if (strcmp(word(report->lines.rows[i], "phase"), "result") == 0)
			rc = add_result(report, report->lines.rows[i], &from, err);
	return rc;
}

/* The account
 * ---------------------------------------------------------------------------------------------------- */

static bool counts_agree(const struct afd_report *report)
{
	const struct afd_tally *tally = &report->tally;
	bool agree = afd_record_integer_of(report->end, "cases") == (long long)tally->cases &&
				 afd_record_integer_of(report->end, "cases_sent") == (long long)tally->sent &&
				 afd_record_integer_of(report->end, "cases_executed") == (long long)tally->executed;
	for (size_t v = AFD_VERDICT_PASS; v <= AFD_VERDICT_BLOCKED; v++)
		agree = agree && afd_record_integer_of(report->end, afd_verdict_word((enum afd_verdict)v)) ==
							 (long long)tally->by_verdict[v];
	return agree;
}

static const char *statement(struct afd_report *report, enum afd_run_verdict verdict)
{
	const struct afd_tally *tally = &report->tally;
	const char *rehearsal = afd_record_text_of(report->run, "rehearsal");
	if (rehearsal)
		return rehearsal;
	const char *lost = tally->lost ? "; the tables were lost" : "";
	if (verdict == AFD_RUN_READY)
		return "READY: every case passed";
	if (verdict == AFD_RUN_INCOMPLETE)
		return afd_arena_printf(&report->arena, "INCOMPLETE: no case failed, %zu of %zu were not executed%s",
								tally->cases - tally->by_verdict[AFD_VERDICT_PASS], tally->cases, lost);
	const char *sums = tally->mismatches > 0
						   ? afd_arena_printf(&report->arena, "; %zu sums do not come out", tally->mismatches)
						   : "";
	return afd_arena_printf(&report->arena, "NOT READY: %zu of %zu cases failed, %zu without a judgement%s%s",
							tally->by_verdict[AFD_VERDICT_FAIL], tally->cases,
							tally->by_verdict[AFD_VERDICT_ERROR], sums, lost);
}

static int conclude(struct afd_report *report, struct afd_error *err)
{
	afd_report_read_tables(report);
	enum afd_run_verdict verdict = afd_verdict_of_run(&report->tally);
	report->verdict = afd_run_verdict_words(verdict, afd_record_text_of(report->run, "rehearsal") != NULL);
	report->statement = statement(report, verdict);
	if (!counts_agree(report))
		return invalid(err, "the counts of its last line are not those of its results");
	if (strcmp(report->verdict, word(report->end, "verdict")) != 0)
		return invalid(err, "the verdict of its last line does not follow from its results");
	afd_report_latencies(report);
	return 0;
}

static int load_lines(struct afd_report *report, const char *path, struct afd_error *err)
{
	int rc = afd_evidence_load(path, &report->lines, err);
	if (rc != 0)
		return rc;
	report->run = report->lines.rows[0];
	report->end = report->lines.rows[report->lines.count - 1];
	report->suite = word(report->run, "suite");
	report->spec = word(report->run, "spec");
	if (afd_record_integer_of(report->run, "report_version") != AFD_REPORT_VERSION)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the evidence is for another version of the reports");
	return 0;
}

int afd_report_load(struct afd_report *report, const char *bundle, struct afd_error *err)
{
	*report = (struct afd_report){ 0 };
	const char *evidence = afd_arena_printf(&report->arena, "%s/data/evidence.jsonl", bundle);
	const char *inventory = afd_arena_printf(&report->arena, "%s/data/inventory.json", bundle);
	int rc = load_lines(report, evidence, err);
	if (rc == 0)
		rc = load_inventory(report, inventory, err);
	if (rc == 0)
		rc = add_results(report, err);
	return rc ? rc : conclude(report, err);
}

void afd_report_free(struct afd_report *report)
{
	cJSON_Delete(report->inventory);
	afd_evidence_unload(&report->lines);
	afd_arena_free(&report->arena);
	*report = (struct afd_report){ 0 };
}

/* Words for a case
 * ----------------------------------------------------------------------------------------------- */

bool afd_report_executed(const struct afd_report_case *of)
{
	return of->recorded && of->http_status >= 0;
}

size_t afd_report_unjudged(const struct afd_report_case *of)
{
	size_t count = 0;
	for (size_t i = 0; i < of->expectation_count; i++)
		count += !of->expectations[i].judged;
	return count;
}

const char *afd_report_why(const struct afd_report_case *of)
{
	if (!of->recorded)
		return "not selected for this run";
	return of->notes[0] ? of->notes : afd_reason_word(of->outcome.reason);
}

const char *afd_report_remedy(const struct afd_report_case *of)
{
	return of->recorded ? afd_reason_remedy(of->outcome.reason)
						: "Run the suite without --only, --tag, --section, --shard and --rerun-failed.";
}

const char *afd_report_met(const struct afd_report_case *of, const char *got, struct afd_arena *arena)
{
	const char *code = of->error_code ? afd_arena_printf(arena, ", code %s", of->error_code) : "";
	bool more = got && !afd_got_repeats(got);
	return afd_arena_printf(arena, "status %ld%s%s%s", of->http_status, code, more ? "; " : "",
							more ? got : "");
}

const char *afd_report_got(const struct afd_report_case *of, struct afd_arena *arena)
{
	const char *got = NULL;
	for (size_t i = 0; i < of->expectation_count && !got; i++)
		got = of->expectations[i].judged && !of->expectations[i].held ? of->expectations[i].got : NULL;
	return afd_report_executed(of) ? afd_report_met(of, got, arena) : afd_report_why(of);
}
