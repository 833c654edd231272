/* SPDX-License-Identifier: MIT
 * junit.xml, as CI systems read it: one test case a case of the spec. Blocked and unselected cases are
 * skipped ones. */
#include "report_model.h"

#include <string.h>

static void attribute(struct afd_text *out, const char *name, const char *value)
{
	afd_text_printf(out, " %s=\"", name);
	afd_report_escape(out, value);
	afd_text_putc(out, '"');
}

static void seconds(struct afd_text *out, long long us)
{
	us = us < 0 ? 0 : us;
	afd_text_printf(out, " time=\"%lld.%06lld\"", us / 1000000, us % 1000000);
}

static void outcome(struct afd_text *out, const char *element, const char *message, const char *type)
{
	afd_text_printf(out, "<%s", element);
	attribute(out, "message", message);
	attribute(out, "type", type);
	afd_text_puts(out, "/>");
}

static void put_failures(struct afd_text *out, const struct afd_report *report,
						 const struct afd_report_case *of)
{
	struct afd_arena arena = { 0 };
	for (size_t i = 0; i < of->expectation_count; i++) {
		const struct afd_report_expectation *row = &of->expectations[i];
		if (row->judged && !row->held)
			outcome(out, "failure",
					afd_arena_printf(&arena, "%s:%u: expected %s, got %s", report->spec, row->line, row->text,
									 row->got ? row->got : afd_report_got(of, &arena)),
					"expectation");
	}
	afd_arena_free(&arena);
}

static void put_outcome(struct afd_text *out, const struct afd_report *report,
						const struct afd_report_case *of)
{
	enum afd_verdict verdict = of->recorded ? of->outcome.verdict : AFD_VERDICT_BLOCKED;
	switch (verdict) {
	case AFD_VERDICT_PASS: break;
	case AFD_VERDICT_FAIL: put_failures(out, report, of); break;
	case AFD_VERDICT_ERROR:
		outcome(out, "error", afd_report_why(of), afd_reason_word(of->outcome.reason));
		break;
	case AFD_VERDICT_BLOCKED:
		afd_text_puts(out, "<skipped");
		attribute(out, "message", afd_report_why(of));
		afd_text_puts(out, "/>");
		break;
	}
}

static void put_case(struct afd_text *out, const struct afd_report *report, const struct afd_report_case *of)
{
	afd_text_puts(out, "<testcase");
	attribute(out, "classname", report->suite);
	struct afd_arena arena = { 0 };
	attribute(out, "name", afd_arena_printf(&arena, "%s %s", of->id, of->title));
	afd_arena_free(&arena);
	attribute(out, "file", report->spec);
	afd_text_printf(out, " line=\"%u\"", of->line);
	seconds(out, of->latency_us);
	afd_text_putc(out, '>');
	put_outcome(out, report, of);
	afd_text_puts(out, "</testcase>\n");
}

/* What no case stands for: sums at the end of the run, and tables that were lost. */
static void put_tables(struct afd_text *out, const struct afd_report *report)
{
	const struct afd_report_tables *tables = &report->tables;
	struct afd_arena arena = { 0 };
	afd_text_puts(out, "<testcase");
	attribute(out, "classname", report->suite);
	attribute(out, "name", "tables");
	attribute(out, "file", report->spec);
	afd_text_puts(out, " time=\"0.000000\">");
	for (size_t i = 0; i < tables->mismatch_count; i++)
		outcome(out, "failure", tables->mismatches[i].text, "reconciliation");
	if (tables->mismatch_count == 0)
		outcome(out, "error", afd_report_tables_words(report, &arena), afd_reason_word(AFD_REASON_DATABASE));
	afd_text_puts(out, "</testcase>\n");
	afd_arena_free(&arena);
}

/* A comment must not hold two hyphens in a row. */
static void put_comment(struct afd_text *out, const char *text)
{
	afd_text_puts(out, "<!-- ");
	for (const char *at = text; *at; at++) {
		bool doubled = *at == '-' && out->size > 0 && out->data[out->size - 1] == '-';
		afd_text_puts(out, doubled ? " " : "");
		afd_text_putc(out, (unsigned char)*at < 0x20 ? ' ' : *at);
	}
	afd_text_puts(out, " -->\n");
}

void afd_report_junit(const struct afd_report *report, struct afd_text *out)
{
	const struct afd_tally *tally = &report->tally;
	size_t judged = tally->by_verdict[AFD_VERDICT_PASS] + tally->by_verdict[AFD_VERDICT_FAIL] +
					tally->by_verdict[AFD_VERDICT_ERROR];
	long long total = 0;
	for (size_t i = 0; i < report->case_count; i++)
		total += report->cases[i].latency_us > 0 ? report->cases[i].latency_us : 0;
	put_comment(out, report->statement);
	afd_text_puts(out, "<testsuite");
	attribute(out, "name", report->suite);
	const char *started = afd_record_text_of(report->run, "ts");
	attribute(out, "timestamp", started ? started : "");
	bool mismatched = tally->mismatches > 0;
	bool lost = tally->lost && !mismatched;
	afd_text_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"",
					report->case_count + mismatched + lost, tally->by_verdict[AFD_VERDICT_FAIL] + mismatched,
					tally->by_verdict[AFD_VERDICT_ERROR] + lost, report->case_count - judged);
	seconds(out, total);
	afd_text_puts(out, ">\n");
	for (size_t i = 0; i < report->case_count; i++)
		put_case(out, report, &report->cases[i]);
	if (mismatched || lost)
		put_tables(out, report);
	afd_text_puts(out, "</testsuite>\n");
}
