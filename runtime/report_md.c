/* SPDX-License-Identifier: MIT
 * report.md. Whatever is not our own word is escaped: no text of a spec or an answer becomes markup. */
#include "report_model.h"

#include <cjson/cJSON.h>
#include <string.h>

static bool is_word(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
		   (byte & 0x80);
}

/* An underscore inside a word is no markup; neither is a '#' after the first byte. */
static bool is_markup(const char *text, size_t at)
{
	if (text[at] == '_')
		return at == 0 || !is_word(text[at - 1]) || !is_word(text[at + 1]);
	return strchr("\\`*[]<>|~!&$", text[at]) || (at == 0 && strchr("#+-=", text[at]));
}

static void put(struct afd_text *out, const char *text)
{
	for (size_t i = 0; text[i]; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte < 0x20 || byte == 0x7f) {
			afd_text_putc(out, ' ');
			continue;
		}
		if (is_markup(text, i))
			afd_text_putc(out, '\\');
		afd_text_putc(out, text[i]);
	}
}

/* The size of the code span that begins here; 0 where the run of backticks has no match. */
static size_t code_span(const char *text)
{
	size_t run = strspn(text, "`");
	for (const char *at = text + run; *at;) {
		size_t length = strspn(at, "`");
		if (length == run)
			return (size_t)(at - text) + run;
		at += length ? length : 1;
	}
	return 0;
}

/* A spec's words about what it expects: code spans stay what they are, in which a table needs only `|`
 * escaped. */
static void spec_cell(struct afd_text *out, struct afd_arena *arena, const char *text)
{
	afd_text_puts(out, "| ");
	while (*text) {
		size_t size = *text == '`' ? code_span(text) : strcspn(text, "`");
		size_t plain = size ? size : strspn(text, "`");
		if (*text != '`' || size == 0)
			put(out, afd_arena_copy(arena, afd_span_first(afd_span_of(text), plain)));
		else
			for (size_t i = 0; i < size; i++)
				afd_text_printf(out, "%s%c", text[i] == '|' ? "\\" : "",
								(unsigned char)text[i] < 0x20 ? ' ' : text[i]);
		text += plain;
	}
	afd_text_putc(out, ' ');
}

static void cell(struct afd_text *out, const char *text)
{
	afd_text_puts(out, "| ");
	put(out, text);
	afd_text_putc(out, ' ');
}

static void number_row(struct afd_text *out, const char *label, long long value)
{
	afd_text_printf(out, "| %s | %lld |\n", label, value);
}

static void text_row(struct afd_text *out, const char *label, const char *value)
{
	cell(out, label);
	cell(out, value);
	afd_text_puts(out, "|\n");
}

static const char *word(const struct cJSON *record, const char *name)
{
	const char *text = afd_record_text_of(record, name);
	return text ? text : "none";
}

static void put_summary(struct afd_text *out, const struct afd_report *report)
{
	const struct afd_tally *tally = &report->tally;
	afd_text_puts(out, "## Summary\n\n| | |\n|---|---|\n");
	text_row(out, "Verdict", report->verdict);
	afd_text_printf(out, "| Coverage | %zu of %zu cases executed (%u%%) |\n", tally->executed, tally->cases,
					afd_tally_percent(tally));
	number_row(out, "Passed", (long long)tally->by_verdict[AFD_VERDICT_PASS]);
	number_row(out, "Failed", (long long)tally->by_verdict[AFD_VERDICT_FAIL]);
	number_row(out, "Without a judgement", (long long)tally->by_verdict[AFD_VERDICT_ERROR]);
	number_row(out, "Blocked", (long long)tally->by_verdict[AFD_VERDICT_BLOCKED]);
	size_t known = 0;
	for (size_t v = AFD_VERDICT_PASS; v <= AFD_VERDICT_BLOCKED; v++)
		known += tally->by_verdict[v];
	number_row(out, "Not selected", (long long)(tally->cases - known));
	size_t unjudged = 0;
	for (size_t i = 0; i < report->case_count; i++)
		unjudged += afd_report_unjudged(&report->cases[i]);
	if (unjudged > 0)
		afd_text_printf(out, "| Expectations on tables that were not judged | %zu |\n", unjudged);
	afd_text_puts(out, "| Tables | not watched: nothing is said about them |\n");
	text_row(out, "Started", word(report->run, "ts"));
	text_row(out, "Ended", word(report->end, "ts"));
	if (afd_record_bool_of(report->end, "interrupted"))
		text_row(out, "Interrupted", "yes, by a signal");
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
		cell(out, of->id);
		cell(out, of->spec_ref);
		cell(out, afd_report_why(of));
		cell(out, afd_report_remedy(of));
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

static void put_failure(struct afd_text *out, const struct afd_report *report,
						const struct afd_report_case *of, const struct afd_report_expectation *expectation,
						struct afd_arena *arena)
{
	afd_text_puts(out, "| ");
	put(out, report->spec);
	afd_text_printf(out, ":%u ", expectation->line);
	cell(out, of->id);
	spec_cell(out, arena, expectation->text);
	cell(out, afd_report_met(of, expectation->got, arena));
	cell(out, of->artifact ? of->artifact : "none");
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

static void put_matrix(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	afd_text_puts(
		out,
		"## Test matrix\n\n| Case | Endpoint | Spec | Expected | Result | Got | Records | ms | Artifact |\n"
		"|---|---|---|---|---|---|---:|---:|---|\n");
	for (size_t i = 0; i < report->case_count; i++) {
		const struct afd_report_case *of = &report->cases[i];
		cell(out, of->id);
		cell(out, of->endpoint);
		cell(out, of->spec_ref);
		spec_cell(out, &arena, of->expected);
		cell(out, result_of(of, &arena));
		cell(out, afd_report_executed(of) ? afd_report_got(of, &arena) : "");
		cell(out, of->records >= 0 ? afd_arena_printf(&arena, "%lld", of->records) : "");
		afd_text_puts(out, "| ");
		if (of->latency_us >= 0)
			afd_report_milliseconds(out, of->latency_us);
		afd_text_putc(out, ' ');
		cell(out, of->artifact ? of->artifact : "");
		afd_text_puts(out, "|\n");
	}
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
		cell(out, row->api);
		afd_text_printf(out, "| %zu ", row->count);
		for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
			afd_text_puts(out, "| ");
			afd_report_milliseconds(out, values[v]);
			afd_text_putc(out, ' ');
		}
		cell(out, row->fastest_id);
		afd_text_puts(out, "| ");
		afd_report_milliseconds(out, row->slowest);
		afd_text_putc(out, ' ');
		cell(out, row->slowest_id);
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

static void put_masking(struct afd_text *out, const struct afd_report *report)
{
	const struct cJSON *masking = cJSON_GetObjectItemCaseSensitive(report->end, "masking");
	afd_text_puts(out, "## Masking\n\n| | |\n|---|---|\n");
	number_row(out, "Values shown, by the spec's policy", afd_record_integer_of(masking, "shown"));
	number_row(out, "Values masked", afd_record_integer_of(masking, "masked"));
	number_row(out, "Names masked", afd_record_integer_of(masking, "names_masked"));
	number_row(out, "Values of an allowed path that did not fit its type",
			   afd_record_integer_of(masking, "unfit"));
	text_row(out, "Key", word(report->run, "key_id"));
	afd_text_puts(out, "\nMasked values are pseudonymised, not anonymous: equal values have equal pseudonyms "
					   "under one key.\n\n");
}

static void put_bases(struct afd_text *out, const struct afd_report *report)
{
	const cJSON *base;
	afd_text_puts(out, "| Base | URL | Replaced | Before the first request |\n|---|---|---|---|\n");
	cJSON_ArrayForEach(base, cJSON_GetObjectItemCaseSensitive(report->run, "bases"))
	{
		cell(out, word(base, "name"));
		cell(out, word(base, "url"));
		cell(out, afd_record_bool_of(base, "replaced") ? "yes" : "no");
		const char *reachable = afd_record_text_of(base, "reachable");
		cell(out, reachable ? reachable : "not used");
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

static void put_environment(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, "## Environment\n\n");
	put_bases(out, report);
	afd_text_puts(out, "| | |\n|---|---|\n");
	text_row(out, "Ready", afd_record_bool_of(report->run, "ready") ? "yes" : "no");
	text_row(out, "Writes allowed", afd_record_bool_of(report->run, "writes_allowed") ? "yes" : "no");
	text_row(out, "Commit", word(report->run, "commit_hash"));
	text_row(out, "System", word(report->run, "os"));
	text_row(out, "Kernel", word(report->run, "kernel"));
	number_row(out, "Processor cores", afd_record_integer_of(report->run, "cpu_cores"));
	number_row(out, "Memory, GB", afd_record_integer_of(report->run, "ram_gb"));
	const cJSON *variable;
	cJSON_ArrayForEach(variable, cJSON_GetObjectItemCaseSensitive(report->run, "environment"))
	{
		text_row(out, variable->string, cJSON_GetStringValue(variable));
	}
	afd_text_putc(out, '\n');
}

static void put_evidence(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, "## Evidence\n\n| | |\n|---|---|\n");
	text_row(out, "Run", word(report->run, "run"));
	text_row(out, "Spec", report->spec);
	text_row(out, "SHA-256 of the spec", word(report->run, "spec_sha256"));
	text_row(out, "SHA-256 of the inventory", word(report->run, "inventory_sha256"));
	text_row(out, "SHA-256 of the policy", word(report->run, "policy_sha256"));
	number_row(out, "Lines of evidence.jsonl", (long long)report->lines.count);
	text_row(out, "SHA-256 of the last line", report->lines.last);
	text_row(out, "Signer", word(report->run, "signer"));
}

void afd_report_md(const struct afd_report *report, struct afd_text *out)
{
	put(out, report->statement);
	afd_text_puts(out, "\n\n# ");
	put(out, report->suite);
	afd_text_puts(out, ": ");
	put(out, report->verdict);
	afd_text_puts(out, "\n\n");
	put_summary(out, report);
	put_missing(out, report);
	put_failures(out, report);
	put_matrix(out, report);
	put_latency(out, report);
	put_masking(out, report);
	put_environment(out, report);
	put_evidence(out, report);
}
