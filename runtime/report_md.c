/* SPDX-License-Identifier: MIT
 * report.md. Whatever is not our own word is escaped: no text of a spec or an answer becomes markup. */
#include "report_md_text.h"
#include "report_model.h"

#include <cjson/cJSON.h>
#include <string.h>

static const char *word(const struct cJSON *record, const char *name)
{
	const char *text = afd_record_text_of(record, name);
	return text ? text : "none";
}

static void put_summary(struct afd_text *out, const struct afd_report *report)
{
	const struct afd_tally *tally = &report->tally;
	afd_text_puts(out, "## Summary\n\n| | |\n|---|---|\n");
	afd_md_text_row(out, "Verdict", report->verdict);
	afd_text_printf(out, "| Coverage | %zu of %zu cases executed (%u%%) |\n", tally->executed, tally->cases,
					afd_tally_percent(tally));
	afd_md_number_row(out, "Passed", (long long)tally->by_verdict[AFD_VERDICT_PASS]);
	afd_md_number_row(out, "Failed", (long long)tally->by_verdict[AFD_VERDICT_FAIL]);
	afd_md_number_row(out, "Without a judgement", (long long)tally->by_verdict[AFD_VERDICT_ERROR]);
	afd_md_number_row(out, "Blocked", (long long)tally->by_verdict[AFD_VERDICT_BLOCKED]);
	size_t known = 0;
	for (size_t v = AFD_VERDICT_PASS; v <= AFD_VERDICT_BLOCKED; v++)
		known += tally->by_verdict[v];
	afd_md_number_row(out, "Not selected", (long long)(tally->cases - known));
	size_t unjudged = 0;
	for (size_t i = 0; i < report->case_count; i++)
		unjudged += afd_report_unjudged(&report->cases[i]);
	if (unjudged > 0)
		afd_text_printf(out, "| Expectations on tables that were not judged | %zu |\n", unjudged);
	struct afd_arena arena = { 0 };
	afd_md_text_row(out, "Tables", afd_report_tables_words(report, &arena));
	if (tally->mismatches > 0)
		afd_md_number_row(out, "Sums that do not come out", (long long)tally->mismatches);
	afd_arena_free(&arena);
	afd_md_text_row(out, "Started", word(report->run, "ts"));
	afd_md_text_row(out, "Ended", word(report->end, "ts"));
	if (afd_record_bool_of(report->end, "interrupted"))
		afd_md_text_row(out, "Interrupted", "yes, by a signal");
	afd_text_putc(out, '\n');
}

static void put_missing(struct afd_text *out, const struct afd_report *report)
{
	if (report->tally.executed == report->case_count)
		return;
	afd_text_puts(out, "## Not executed\n\n| Case | Spec | Why | What to do |\n|---|---|---|---|\n");
	for (size_t i = 0; i < report->case_count; i++) {
		const struct afd_report_case *of = &report->cases[i];
		if (afd_report_executed(of))
			continue;
		afd_md_cell(out, of->id);
		afd_md_cell(out, of->spec_ref);
		afd_md_cell(out, afd_report_why(of));
		afd_md_cell(out, afd_report_remedy(of));
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

static void put_failure(struct afd_text *out, const struct afd_report *report,
						const struct afd_report_case *of, const struct afd_report_expectation *expectation,
						struct afd_arena *arena)
{
	afd_text_puts(out, "| ");
	afd_md_put(out, report->spec);
	afd_text_printf(out, ":%u ", expectation->line);
	afd_md_cell(out, of->id);
	afd_md_spec_cell(out, arena, expectation->text);
	afd_md_cell(out, afd_report_met(of, expectation->got, arena));
	afd_md_cell(out, of->artifact ? of->artifact : "none");
	afd_text_printf(out, "| %zu |\n", of->evidence_line);
}

static void put_failures_of(struct afd_text *out, const struct afd_report *report,
							const struct afd_report_case *of)
{
	struct afd_arena arena = { 0 };
	for (size_t i = 0; i < of->expectation_count; i++) {
		const struct afd_report_expectation *expectation = &of->expectations[i];
		if (expectation->judged && !expectation->held)
			put_failure(out, report, of, expectation, &arena);
	}
	afd_arena_free(&arena);
}

static void put_failures(struct afd_text *out, const struct afd_report *report)
{
	if (report->tally.by_verdict[AFD_VERDICT_FAIL] == 0)
		return;
	afd_text_puts(out, "## Failed\n\n| Spec | Case | Expected | Got | Artifact | Line of evidence.jsonl |\n"
					   "|---|---|---|---|---|---:|\n");
	for (size_t i = 0; i < report->case_count; i++)
		if (report->cases[i].recorded && report->cases[i].outcome.verdict == AFD_VERDICT_FAIL)
			put_failures_of(out, report, &report->cases[i]);
	afd_text_putc(out, '\n');
}

static const char *result_of(const struct afd_report_case *of, struct afd_arena *arena)
{
	if (!of->recorded)
		return "not selected";
	size_t open = afd_report_unjudged(of);
	const char *verdict = afd_verdict_word(of->outcome.verdict);
	if (of->outcome.reason != AFD_REASON_NONE)
		return afd_arena_printf(arena, "%s: %s", verdict, afd_reason_word(of->outcome.reason));
	const char *retried = of->retries > 0 ? afd_arena_printf(arena, " after %lld retries", of->retries) : "";
	const char *unjudged = open > 0 ? afd_arena_printf(arena, ", %zu not judged", open) : "";
	return afd_arena_printf(arena, "%s%s%s", verdict, retried, unjudged);
}

static void put_matrix_row(struct afd_text *out, const struct afd_report *report,
						   const struct afd_report_case *of, struct afd_arena *arena)
{
	afd_md_cell(out, of->id);
	afd_md_cell(out, of->endpoint);
	afd_md_cell(out, of->spec_ref);
	afd_md_spec_cell(out, arena, of->expected);
	afd_md_cell(out, result_of(of, arena));
	afd_md_cell(out, afd_report_executed(of) ? afd_report_got(of, arena) : "");
	afd_md_cell(out, of->records >= 0 ? afd_arena_printf(arena, "%lld", of->records) : "");
	if (afd_report_watches(report))
		afd_md_cell(out, of->changes);
	afd_text_puts(out, "| ");
	if (of->latency_us >= 0)
		afd_report_milliseconds(out, of->latency_us);
	afd_text_putc(out, ' ');
	afd_md_cell(out, of->artifact ? of->artifact : "");
	afd_text_puts(out, "|\n");
}

static void put_matrix(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	bool watched = afd_report_watches(report);
	afd_text_printf(out,
					"## Test matrix\n\n| Case | Endpoint | Spec | Expected | Result | Got | Records %s| ms | "
					"Artifact |\n|---|---|---|---|---|---|---:%s|---:|---|\n",
					watched ? "| Changed tables " : "", watched ? "|---" : "");
	for (size_t i = 0; i < report->case_count; i++)
		put_matrix_row(out, report, &report->cases[i], &arena);
	afd_text_putc(out, '\n');
	afd_arena_free(&arena);
}

static void put_latency(struct afd_text *out, const struct afd_report *report)
{
	if (report->latency_count == 0)
		return;
	afd_text_puts(out, "## Latency per API, in milliseconds\n\n"
					   "| API | Count | Average | Median | p95 | Fastest | Case | Slowest | Case |\n"
					   "|---|---:|---:|---:|---:|---:|---|---:|---|\n");
	for (size_t i = 0; i < report->latency_count; i++) {
		const struct afd_report_latency *row = &report->latencies[i];
		const long long values[] = { row->average, row->median, row->p95, row->fastest };
		afd_md_cell(out, row->api);
		afd_text_printf(out, "| %zu ", row->count);
		for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
			afd_text_puts(out, "| ");
			afd_report_milliseconds(out, values[v]);
			afd_text_putc(out, ' ');
		}
		afd_md_cell(out, row->fastest_id);
		afd_text_puts(out, "| ");
		afd_report_milliseconds(out, row->slowest);
		afd_text_putc(out, ' ');
		afd_md_cell(out, row->slowest_id);
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

static void put_masking(struct afd_text *out, const struct afd_report *report)
{
	const struct cJSON *masking = cJSON_GetObjectItemCaseSensitive(report->end, "masking");
	afd_text_puts(out, "## Masking\n\n| | |\n|---|---|\n");
	afd_md_number_row(out, "Values shown, by the spec's policy", afd_record_integer_of(masking, "shown"));
	afd_md_number_row(out, "Values masked", afd_record_integer_of(masking, "masked"));
	afd_md_number_row(out, "Names masked", afd_record_integer_of(masking, "names_masked"));
	afd_md_number_row(out, "Values of an allowed path that did not fit its type",
					  afd_record_integer_of(masking, "unfit"));
	afd_md_text_row(out, "Key", word(report->run, "key_id"));
	afd_text_puts(out, "\nMasked values are pseudonymised, not anonymous: equal values have equal pseudonyms "
					   "under one key.\n\n");
}

static void put_bases(struct afd_text *out, const struct afd_report *report)
{
	const cJSON *base;
	afd_text_puts(out, "| Base | URL | Replaced | Before the first request |\n|---|---|---|---|\n");
	cJSON_ArrayForEach(base, cJSON_GetObjectItemCaseSensitive(report->run, "bases"))
	{
		afd_md_cell(out, word(base, "name"));
		afd_md_cell(out, word(base, "url"));
		afd_md_cell(out, afd_record_bool_of(base, "replaced") ? "yes" : "no");
		const char *reachable = afd_record_text_of(base, "reachable");
		afd_md_cell(out, reachable ? reachable : "not used");
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

static void put_environment(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, "## Environment\n\n");
	put_bases(out, report);
	afd_text_puts(out, "| | |\n|---|---|\n");
	afd_md_text_row(out, "Ready", afd_record_bool_of(report->run, "ready") ? "yes" : "no");
	afd_md_text_row(out, "Writes allowed", afd_record_bool_of(report->run, "writes_allowed") ? "yes" : "no");
	afd_md_text_row(out, "Commit", word(report->run, "commit_hash"));
	afd_md_text_row(out, "System", word(report->run, "os"));
	afd_md_text_row(out, "Kernel", word(report->run, "kernel"));
	afd_md_number_row(out, "Processor cores", afd_record_integer_of(report->run, "cpu_cores"));
	afd_md_number_row(out, "Memory, GB", afd_record_integer_of(report->run, "ram_gb"));
	const cJSON *variable;
	cJSON_ArrayForEach(variable, cJSON_GetObjectItemCaseSensitive(report->run, "environment"))
	{
		afd_md_text_row(out, variable->string, cJSON_GetStringValue(variable));
	}
	afd_text_putc(out, '\n');
}

static void put_evidence(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, "## Evidence\n\n| | |\n|---|---|\n");
	afd_md_text_row(out, "Run", word(report->run, "run"));
	afd_md_text_row(out, "Spec", report->spec);
	afd_md_text_row(out, "SHA-256 of the spec", word(report->run, "spec_sha256"));
	afd_md_text_row(out, "SHA-256 of the inventory", word(report->run, "inventory_sha256"));
	afd_md_text_row(out, "SHA-256 of the policy", word(report->run, "policy_sha256"));
	afd_md_number_row(out, "Lines of evidence.jsonl", (long long)report->lines.count);
	afd_md_text_row(out, "SHA-256 of the last line", report->lines.last);
	afd_md_text_row(out, "Signer", word(report->run, "signer"));
}

void afd_report_md(const struct afd_report *report, struct afd_text *out)
{
	afd_md_put(out, report->statement);
	afd_text_puts(out, "\n\n# ");
	afd_md_put(out, report->suite);
	afd_text_puts(out, ": ");
	afd_md_put(out, report->verdict);
	afd_text_puts(out, "\n\n");
	put_summary(out, report);
	put_missing(out, report);
	put_failures(out, report);
	put_matrix(out, report);
	afd_md_tables(out, report);
	put_latency(out, report);
	put_masking(out, report);
	put_environment(out, report);
	put_evidence(out, report);
}
