/* SPDX-License-Identifier: MIT
 * The chapter of report.md about tables: before, after, delta; what became of the records; what does not add
 * up. */
#include "report_md_text.h"

static void number_cell(struct afd_text *out, long long value, bool known)
{
	if (known)
		afd_text_printf(out, "| %lld ", value);
	else
		afd_text_puts(out, "| not known ");
}

static void put_counts(struct afd_text *out, const struct afd_report *report)
{
	afd_text_puts(out, "| Table | Before | After | Delta | | Source | Version | Time | Stored rows |\n"
					   "|---|---:|---:|---:|---|---|---:|---|---:|\n");
	for (size_t i = 0; i < report->tables.count; i++) {
		const struct afd_report_table *table = &report->tables.rows[i];
		afd_md_cell(out, table->name);
		number_cell(out, table->before, table->before >= 0);
		number_cell(out, table->after, table->after >= 0);
		number_cell(out, table->after - table->before, table->before >= 0 && table->after >= 0);
		afd_md_cell(out, table->after == 0 ? "empty" : "");
		afd_md_cell(out, table->sources);
		afd_md_cell(out, table->max_version);
		afd_md_cell(out, table->max_time);
		number_cell(out, table->raw_after, table->raw_after >= 0);
		afd_text_puts(out, "|\n");
	}
	afd_text_puts(
		out, "\nCounts are those of `SELECT count() FROM table FINAL`. Stored rows are more where newer rows "
			 "have not been merged with older ones of their key; nothing is judged by them.\n\n");
}

static void put_landed_row(struct afd_text *out, const struct afd_report_landed *landed)
{
	const long long counts[] = { landed->answered, landed->eligible, landed->duplicates,
								 landed->rows,     landed->fresh,    landed->delta };
	afd_md_cell(out, landed->of->id);
	afd_md_cell(out, landed->table);
	number_cell(out, landed->pages, true);
	afd_text_puts(out, "| ");
	if (landed->total >= 0)
		afd_text_printf(out, "%lld ", landed->total);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		number_cell(out, counts[i], true);
	afd_md_cell(out, landed->reasons);
	afd_md_cell(out, landed->adds_up ? "yes" : "NO");
	afd_md_cell(out, landed->of->notes);
	afd_text_puts(out, "|\n");
}

static void put_landed(struct afd_text *out, const struct afd_report *report)
{
	if (report->tables.landed_count == 0)
		return;
	afd_text_puts(
		out,
		"### From answers to rows\n\n| Case | Table | Pages | Total said | Answered | Eligible | Repeated "
		"| Landed | New keys | Delta | Skipped | Adds up | Notes |\n"
		"|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|---|\n");
	for (size_t i = 0; i < report->tables.landed_count; i++)
		put_landed_row(out, &report->tables.landed[i]);
	afd_text_putc(out, '\n');
}

static void put_mismatches(struct afd_text *out, const struct afd_report *report)
{
	const struct afd_report_tables *tables = &report->tables;
	afd_text_printf(
		out,
		"Comparisons of answers, rows, keys and facts: %lld. Of those at the end of the run %zu do not "
		"come out.\n\n",
		tables->checks, tables->mismatch_count);
	if (tables->mismatch_count == 0)
		return;
	afd_text_puts(out, "| Table | Spec | What does not come out |\n|---|---|---|\n");
	for (size_t i = 0; i < tables->mismatch_count; i++) {
		const struct afd_report_mismatch *mismatch = &tables->mismatches[i];
		afd_md_cell(out, mismatch->table);
		afd_text_puts(out, "| ");
		afd_md_put(out, report->spec);
		if (mismatch->line > 0)
			afd_text_printf(out, ":%u", mismatch->line);
		afd_text_putc(out, ' ');
		afd_md_cell(out, mismatch->text);
		afd_text_puts(out, "|\n");
	}
	afd_text_putc(out, '\n');
}

void afd_md_tables(struct afd_text *out, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	if (!afd_report_watches(report))
		return;
	afd_text_puts(out, "## Tables\n\n| | |\n|---|---|\n");
	afd_md_text_row(out, "Tables", afd_report_tables_words(report, &arena));
	if (report->tables.problem)
		afd_md_text_row(out, "Where", report->tables.where);
	if (*report->tables.facts)
		afd_md_text_row(out, "Facts", report->tables.facts);
	afd_text_putc(out, '\n');
	put_counts(out, report);
	put_landed(out, report);
	put_mismatches(out, report);
	afd_arena_free(&arena);
}
