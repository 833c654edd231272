/* SPDX-License-Identifier: MIT */
#include "suite_console.h"

#include "report_model.h"
#include "suite_case.h"

#include <stdlib.h>
#include <string.h>

void afd_console_text(FILE *to, const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
		bool c1 = at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f;
		if (*at < 0x20 || *at == 0x7f || c1)
			fputc('?', to);
		else
			fputc(*at, to);
		at += c1;
	}
}

static bool is_named_before(const struct afd_destinations *to, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (to->rows[i].used && strcmp(to->rows[i].origin.data, to->rows[index].origin.data) == 0)
			return true;
	return false;
}

void afd_console_start(const struct afd_run *run)
{
	const struct afd_destinations *to = &run->destinations;
	if (to->sentence.data) {
		afd_console_text(run->out, to->sentence.data);
		fputc('\n', run->out);
		fflush(run->out);
	}
	for (size_t i = 0; i < to->count; i++) {
		if (!to->rows[i].used || to->rows[i].reachable || is_named_before(to, i))
			continue;
		fputs("no connection to ", run->errors);
		afd_console_text(run->errors, to->rows[i].origin.data);
		fputs(": its cases are not sent. Start the server, or name another with --base NAME=URL.\n",
			  run->errors);
	}
}

static const char *mark_of(const struct afd_run *run, enum afd_verdict verdict)
{
	if (verdict == AFD_VERDICT_FAIL)
		return run->color ? "\x1b[31mFAIL\x1b[0m" : "FAIL";
	return run->color ? "\x1b[33mERROR\x1b[0m" : "ERROR";
}

/* "status 403, code RESOURCE_NOT_FOUND", then what the expectation met, where that says more. */
static void print_got(const struct afd_run *run, const struct afd_case_line *of,
					  const struct afd_judged_line *unmet)
{
	struct afd_arena arena = { 0 };
	fprintf(run->errors, "   got status %ld", of->http_status);
	if (of->error_code.data) {
		fputs(", code ", run->errors);
		afd_console_text(run->errors, afd_unquoted(of->error_code, &arena).data);
	}
	if (unmet->got.data && !afd_got_repeats(unmet->got.data)) {
		fputs("; ", run->errors);
		afd_console_text(run->errors, unmet->got.data);
	}
	afd_arena_free(&arena);
}

static const struct afd_judged_line *first_unmet(const struct afd_case_line *of)
{
	for (size_t i = 0; i < of->expectation_count; i++)
		if (of->expectations[i].judged && !of->expectations[i].held)
			return &of->expectations[i];
	return NULL;
}

void afd_console_case(const struct afd_run *run, const struct afd_case_line *of,
					  const struct afd_case_end *end, size_t evidence_line)
{
	const struct afd_judged_line *unmet = first_unmet(of);
	fflush(run->out);
	afd_console_text(run->errors, of->test->spec);
	fprintf(run->errors, ":%u: %s ", end->line, mark_of(run, end->outcome.verdict));
	afd_console_text(run->errors, of->it->id);
	fputs(unmet ? ": expected " : ": ", run->errors);
	afd_console_text(run->errors, unmet ? unmet->expectation->text : of->notes.data ? of->notes.data : "");
	fputc('\n', run->errors);
	if (unmet)
		print_got(run, of, unmet);
	fprintf(run->errors, "   %sevidence: %s%sline %zu of evidence.jsonl\n", unmet ? "       " : "",
			of->artifact.data ? of->artifact.data : "", of->artifact.data ? ", " : "", evidence_line);
}

/* The end
 * ----------------------------------------------------------------------------------------------------------
 */

static void print_counts(const struct afd_run *run, const struct afd_report *report)
{
	const struct afd_tally *tally = &report->tally;
	fprintf(run->out, "%zu of %zu cases executed (%u%%): %zu pass, %zu fail, %zu error, %zu blocked",
			tally->executed, tally->cases, afd_tally_percent(tally), tally->by_verdict[AFD_VERDICT_PASS],
			tally->by_verdict[AFD_VERDICT_FAIL], tally->by_verdict[AFD_VERDICT_ERROR],
			tally->by_verdict[AFD_VERDICT_BLOCKED]);
	const char *before = " (";
	for (size_t reason = AFD_REASON_NONE + 1; reason < AFD_REASONS; reason++) {
		if (tally->by_reason[reason] == 0)
			continue;
		fprintf(run->out, "%s%s %zu", before, afd_reason_word((enum afd_reason)reason),
				tally->by_reason[reason]);
		before = ", ";
	}
	fputs(*before == ',' ? ")\n" : "\n", run->out);
}

static void print_unjudged(const struct afd_run *run, const struct afd_report *report)
{
	size_t unjudged = 0;
	for (size_t i = 0; i < report->case_count; i++)
		unjudged += afd_report_unjudged(&report->cases[i]);
	if (unjudged > 0)
		fprintf(run->out, "%zu expectations on tables were not judged: %s\n", unjudged,
				afd_report_watches(report) ? "the tables were lost" : "no table is watched");
}

static void print_tables(const struct afd_run *run, const struct afd_report *report)
{
	const struct afd_report_tables *tables = &report->tables;
	size_t empty = 0;
	long long added = 0;
	if (!afd_report_watches(report) || tables->problem)
		return;
	for (size_t i = 0; i < tables->count; i++) {
		empty += tables->rows[i].after == 0;
		added += tables->rows[i].after - tables->rows[i].before;
	}
	fprintf(run->out, "%zu tables of %s: %+lld rows, %zu empty; %lld comparisons, %zu do not come out\n",
			tables->count, tables->where, added, empty, tables->checks, tables->mismatch_count);
	for (size_t i = 0; i < tables->mismatch_count; i++) {
		fputs("   ", run->out);
		afd_console_text(run->out, tables->mismatches[i].text);
		fputc('\n', run->out);
	}
}

static void print_milliseconds(const struct afd_run *run, const char *label, long long us)
{
	fprintf(run->out, ", %s %lld.%03lld ms", label, us / 1000, us % 1000);
}

static void print_latencies(const struct afd_run *run, const struct afd_report *report)
{
	for (size_t i = 0; i < report->latency_count; i++) {
		const struct afd_report_latency *row = &report->latencies[i];
		fprintf(run->out, "%s: %zu answers", row->api, row->count);
		print_milliseconds(run, "median", row->median);
		print_milliseconds(run, "p95", row->p95);
		print_milliseconds(run, "slowest", row->slowest);
		fprintf(run->out, " (%s)\n", row->slowest_id);
	}
}

int afd_console_end(const struct afd_run *run, struct afd_error *err)
{
	struct afd_report report;
	int rc = afd_report_load(&report, run->bundle.work, err);
	if (rc == 0) {
		print_counts(run, &report);
		print_unjudged(run, &report);
		print_tables(run, &report);
		print_latencies(run, &report);
		fprintf(run->out, "%s\nbundle: %s\n", report.verdict, run->bundle.work);
		fflush(run->out);
	}
	afd_report_free(&report);
	return rc;
}
