/* SPDX-License-Identifier: MIT
 * The chapter of report.html about tables. */
#include "report_html_text.h"

static void number(struct afd_text *out, long long value, bool known)
{
	afd_text_puts(out, "<td class=\"number\">");
	if (known)
		afd_text_printf(out, "%lld", value);
	afd_text_puts(out, "</td>");
}

static void put_counts(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, "<table>\n<tr><th>Table<th>Before<th>After<th>Delta<th><th>Source<th>Version"
					   "<th>Time<th>Stored rows</tr>\n");
	for (size_t i = 0; i < report->tables.count; i++) {
		const struct afd_report_table *table = &report->tables.rows[i];
		afd_text_puts(out, "<tr>");
		afd_html_element(out, "td", table->name);
		number(out, table->before, table->before >= 0);
		number(out, table->after, table->after >= 0);
		number(out, table->after - table->before, table->before >= 0 && table->after >= 0);
		afd_html_element(out, "td", table->after == 0 ? "empty" : "");
		afd_html_element(out, "td", table->sources);
		afd_html_element(out, "td", table->max_version);
		afd_html_element(out, "td", table->max_time);
		number(out, table->raw_after, table->raw_after >= 0);
		afd_text_puts(out, "</tr>\n");
	}
	afd_text_puts(out, "</table>\n");
}

static void put_landed(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(
		out,
		"<h3>From answers to rows</h3>\n<table>\n<tr><th>Case<th>Table<th>Pages<th>Total said<th>Answered"
		"<th>Eligible<th>Repeated<th>Landed<th>New keys<th>Delta<th>Skipped<th>Adds up<th>Notes</tr>\n");
	for (size_t i = 0; i < report->tables.landed_count; i++) {
		const struct afd_report_landed *landed = &report->tables.landed[i];
		const long long counts[] = { landed->answered, landed->eligible, landed->duplicates,
									 landed->rows,     landed->fresh,    landed->delta };
		afd_text_puts(out, "<tr>");
		afd_html_element(out, "td", landed->of->id);
		afd_html_element(out, "td", landed->table);
		number(out, landed->pages, true);
		number(out, landed->total, landed->total >= 0);
		for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++)
			number(out, counts[c], true);
		afd_html_element(out, "td", landed->reasons);
		afd_html_element(out, "td", landed->adds_up ? "yes" : "NO");
		afd_html_element(out, "td", landed->of->notes);
		afd_text_puts(out, "</tr>\n");
	}
	afd_text_puts(out, "</table>\n");
}

static void put_mismatches(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	afd_text_puts(
		out, "<h3>What does not come out</h3>\n<table>\n<tr><th>Table<th>Line of the spec<th>What</tr>\n");
	for (size_t i = 0; i < report->tables.mismatch_count; i++) {
		const struct afd_report_mismatch *mismatch = &report->tables.mismatches[i];
		afd_text_puts(out, "<tr>");
		afd_html_element(out, "td", mismatch->table);
		afd_html_element(out, "td", mismatch->line ? afd_arena_printf(&arena, "%u", mismatch->line) : "");
		afd_html_element(out, "td", mismatch->text);
		afd_text_puts(out, "</tr>\n");
	}
	afd_text_puts(out, "</table>\n");
	afd_arena_free(&arena);
}

void afd_html_tables(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	if (!afd_report_watches(report))
		return;
	afd_text_puts(out, "<h2>Tables</h2>\n<table>\n");
	afd_html_row(out, "Tables", afd_report_tables_words(report, &arena));
	afd_html_row(out, "Facts", report->tables.facts);
	afd_html_row(out, "Comparisons", afd_arena_printf(&arena, "%lld", report->tables.checks));
	afd_text_puts(out, "</table>\n");
	put_counts(out, report);
	if (report->tables.landed_count > 0)
		put_landed(out, report);
	if (report->tables.mismatch_count > 0)
		put_mismatches(out, report);
	afd_arena_free(&arena);
}
