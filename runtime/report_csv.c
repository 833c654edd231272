/* SPDX-License-Identifier: MIT
 * clickhouse_counts.csv (RFC 4180, lines end in LF): one row for each watched table. */
#include "report_model.h"

#include <string.h>

static void field(struct afd_text *out, const char *text)
{
	bool quoted = strpbrk(text, ",\"\r\n") != NULL;
	if (quoted)
		afd_text_putc(out, '"');
	for (; *text; text++)
		afd_text_printf(out, "%s%c", *text == '"' ? "\"" : "", *text);
	if (quoted)
		afd_text_putc(out, '"');
}

/* Empty where it is not known. */
static void number(struct afd_text *out, long long value, bool known)
{
	afd_text_putc(out, ',');
	if (known)
		afd_text_printf(out, "%lld", value);
}

void afd_report_csv(const struct afd_report *report, struct afd_text *out)
{
	afd_text_puts(out, "table_name,count_before,count_after,delta,max_ver,max_snapshot_ts\n");
	for (size_t i = 0; i < report->tables.count; i++) {
		const struct afd_report_table *table = &report->tables.rows[i];
		field(out, table->name);
		number(out, table->before, table->before >= 0);
		number(out, table->after, table->after >= 0);
		number(out, table->after - table->before, table->before >= 0 && table->after >= 0);
		afd_text_putc(out, ',');
		field(out, table->max_version);
		afd_text_putc(out, ',');
		field(out, table->max_time);
		afd_text_putc(out, '\n');
	}
}
