/* SPDX-License-Identifier: MIT
 * report.html: one static page, no script, nothing loaded from anywhere. */
#include "report_html_text.h"

#include <string.h>

static const char head[] =
	"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
	"'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n"
	"body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1c1c1c}\n"
	"table{border-collapse:collapse;width:100%;margin:1rem 0}\n"
	"th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}\n"
	"td.number{text-align:right;font-variant-numeric:tabular-nums}\n"
	".pass{color:#0a6b2d}.fail{color:#b00020;font-weight:600}.error{color:#8a4b00;font-weight:600}.blocked{"
	"color:#555}\n"
	".statement{background:#fff4d6;padding:.6rem 1rem}\n</style>\n";

static void put_head(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, head);
	afd_text_puts(out, "<title>");
	afd_report_escape(out, report->suite);
	afd_text_puts(out, ": ");
	afd_report_escape(out, report->verdict);
	afd_text_puts(out, "</title>\n</head>\n<body>\n<p class=\"statement\">");
	afd_report_escape(out, report->statement);
	afd_text_puts(out, "</p>\n<h1>");
	afd_report_escape(out, report->suite);
	afd_text_puts(out, ": ");
	afd_report_escape(out, report->verdict);
	afd_text_puts(out, "</h1>\n");
}

static void put_summary(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	const struct afd_tally *tally = &report->tally;
	afd_text_puts(out, "<table>\n");
	afd_html_row(out, "Coverage",
				 afd_arena_printf(&arena, "%zu of %zu cases executed (%u%%)", tally->executed, tally->cases,
								  afd_tally_percent(tally)));
	for (size_t v = AFD_VERDICT_PASS; v <= AFD_VERDICT_BLOCKED; v++)
		afd_html_row(out, afd_verdict_word((enum afd_verdict)v),
					 afd_arena_printf(&arena, "%zu", tally->by_verdict[v]));
	size_t unjudged = 0;
	for (size_t i = 0; i < report->case_count; i++)
		unjudged += afd_report_unjudged(&report->cases[i]);
	afd_html_row(out, "Expectations on tables that were not judged",
				 afd_arena_printf(&arena, "%zu", unjudged));
	afd_html_row(out, "Tables", afd_report_tables_words(report, &arena));
	if (tally->mismatches > 0)
		afd_html_row(out, "Sums that do not come out", afd_arena_printf(&arena, "%zu", tally->mismatches));
	afd_html_row(out, "Spec", report->spec);
	afd_html_row(out, "SHA-256 of the last line of evidence", report->lines.last);
	afd_text_puts(out, "</table>\n");
	afd_arena_free(&arena);
}

static void put_missing(struct afd_text *out, const struct afd_report *report)
{
	if (report->tally.executed == report->case_count)
		return;
	afd_text_puts(out, "<h2>Not executed</h2>\n<table>\n<tr><th>Case<th>Spec<th>Why<th>What to do</tr>\n");
	for (size_t i = 0; i < report->case_count; i++) {
		const struct afd_report_case *of = &report->cases[i];
		if (afd_report_executed(of))
			continue;
		afd_text_puts(out, "<tr>");
		afd_html_element(out, "td", of->id);
		afd_html_element(out, "td", of->spec_ref);
		afd_html_element(out, "td", afd_report_why(of));
		afd_html_element(out, "td", afd_report_remedy(of));
		afd_text_puts(out, "</tr>\n");
	}
	afd_text_puts(out, "</table>\n");
}

static void put_case(struct afd_text *out, const struct afd_report *report, const struct afd_report_case *of,
					 struct afd_arena *arena)
{
	const char *verdict = of->recorded ? afd_verdict_word(of->outcome.verdict) : "not selected";
	afd_text_puts(out, "<tr>");
	afd_html_element(out, "td", of->id);
	afd_html_element(out, "td", of->title);
	afd_html_element(out, "td", of->endpoint);
	afd_html_element(out, "td", of->spec_ref);
	afd_html_element(out, "td", of->expected);
	afd_text_printf(out, "<td class=\"%s\">%s</td>", of->recorded ? verdict : "blocked", verdict);
	afd_html_element(out, "td", afd_report_got(of, arena));
	if (afd_report_watches(report))
		afd_html_element(out, "td", of->changes);
	afd_html_milliseconds(out, of->latency_us);
	afd_html_element(out, "td", of->artifact ? of->artifact : "");
	afd_text_puts(out, "</tr>\n");
}

static void put_matrix(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	afd_text_printf(out,
					"<h2>Test matrix</h2>\n<table>\n<tr><th>Case<th>Title<th>Endpoint<th>Spec<th>Expected"
					"<th>Result<th>Got%s<th>ms<th>Artifact</tr>\n",
					afd_report_watches(report) ? "<th>Changed tables" : "");
	for (size_t i = 0; i < report->case_count; i++)
		put_case(out, report, &report->cases[i], &arena);
	afd_text_puts(out, "</table>\n");
	afd_arena_free(&arena);
}

static void put_latency(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(
		out, "<h2>Latency per API, in milliseconds</h2>\n<table>\n<tr><th>API<th>Count<th>Average<th>Median"
			 "<th>p95<th>Fastest<th>Case<th>Slowest<th>Case</tr>\n");
	for (size_t i = 0; i < report->latency_count; i++) {
		const struct afd_report_latency *of = &report->latencies[i];
		afd_text_puts(out, "<tr>");
		afd_html_element(out, "td", of->api);
		afd_text_printf(out, "<td class=\"number\">%zu</td>", of->count);
		afd_html_milliseconds(out, of->average);
		afd_html_milliseconds(out, of->median);
		afd_html_milliseconds(out, of->p95);
		afd_html_milliseconds(out, of->fastest);
		afd_html_element(out, "td", of->fastest_id);
		afd_html_milliseconds(out, of->slowest);
		afd_html_element(out, "td", of->slowest_id);
		afd_text_puts(out, "</tr>\n");
	}
	afd_text_puts(out, "</table>\n");
}

void afd_report_html(const struct afd_report *report, struct afd_text *out)
{
	afd_text_puts(out, "<!-- ");
	/* Escaped, so that it cannot end the comment. */
	afd_report_escape(out, report->statement);
	afd_text_puts(out, " -->\n");
	put_head(out, report);
	put_summary(out, report);
	put_missing(out, report);
	put_matrix(out, report);
	afd_html_tables(out, report);
	if (report->latency_count > 0)
		put_latency(out, report);
	afd_text_puts(out, "</body>\n</html>\n");
}
