/* SPDX-License-Identifier: MIT
 * One case: its answers, its rows, its delta. */
#include "reconcile.h"

#include "reconcile_find.h"

#include <stdarg.h>
#include <stdio.h>

void afd_reconcile_add(struct afd_reconciliation *reconciliation, const char *table, unsigned line,
					   const char *format, ...)
{
	char text[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	struct afd_reconcile_finding *finding =
		afd_arena_push(reconciliation->arena, &reconciliation->rows, &reconciliation->count, sizeof *finding);
	*finding = (struct afd_reconcile_finding){
		.table = table, .line = line, .text = afd_publicf(reconciliation->arena, "%s: %s", table, text)
	};
}

const char *afd_table_state(const struct afd_counts *counts)
{
	return counts->final == 0 ? "empty" : "";
}

static size_t skipped(const struct afd_landed *landed)
{
	size_t sum = 0;
	for (size_t i = 0; i < AFD_SKIPS; i++)
		sum += landed->skipped[i];
	return sum;
}

/* "record" or "records". */
static const char *records(unsigned long long count)
{
	return count == 1 ? "record" : "records";
}

static void check_account(struct afd_reconciliation *to, const struct afd_landed *landed)
{
	const char *table = landed->landing->table;
	unsigned line = landed->landing->line;
	to->checks += 4;
	if (landed->answered != landed->eligible + skipped(landed))
		afd_reconcile_add(to, table, line, "%zu %s were answered, but %zu are eligible and %zu skipped",
						  landed->answered, records(landed->answered), landed->eligible, skipped(landed));
	if (landed->eligible != landed->rows + landed->duplicates)
		afd_reconcile_add(to, table, line, "%zu %s are eligible, but %zu landed and %zu repeat a key",
						  landed->eligible, records(landed->eligible), landed->rows, landed->duplicates);
	if (landed->duplicates > 0)
		afd_reconcile_add(to, table, line,
						  "%zu %s of the answer %s a key, %zu with other content; the first one landed",
						  landed->duplicates, records(landed->duplicates),
						  landed->duplicates == 1 ? "repeats" : "repeat", landed->conflicts);
	if (landed->confirmed != landed->rows)
		afd_reconcile_add(to, table, line, "%zu rows were sent, but %zu are found in the table", landed->rows,
						  landed->confirmed);
}

static void check_end(struct afd_reconciliation *to, const struct afd_landed *landed,
					  const struct afd_pages *pages)
{
	static const char *const texts[] = {
		[AFD_PAGES_OPEN] = "its pages were not followed to the end",
		[AFD_PAGES_TRUNCATED] = "its pages were followed to the bound, not to the end",
		[AFD_PAGES_WRONG_PAGE] = "another page came than was asked for",
		[AFD_PAGES_EMPTY] = "a page came without records before the end",
		[AFD_PAGES_MALFORMED] = "its paging has numbers that can't be",
		[AFD_PAGES_LOST] = "a further page came without paging",
		[AFD_PAGES_WHOLE] = NULL,
	};
	const char *text = pages->end == AFD_PAGES_NONE ? NULL : texts[pages->end];
	to->checks++;
	if (text)
		afd_reconcile_add(to, landed->landing->table, landed->landing->line,
						  "%s: %zu of %llu %s were answered on %zu pages", text, pages->records,
						  afd_pages_announced(pages), records(afd_pages_announced(pages)), pages->taken);
}

static void check_pages(struct afd_reconciliation *to, const struct afd_landed *landed,
						const struct afd_pages *pages)
{
	const char *table = landed->landing->table;
	unsigned line = landed->landing->line;
	check_end(to, landed, pages);
	if (pages->taken == 0)
		return;
	to->checks += 2;
	if (pages->end == AFD_PAGES_WHOLE && afd_pages_announced(pages) != pages->records)
		afd_reconcile_add(to, table, line, "the answer announces %llu %s, its %zu pages hold %zu",
						  afd_pages_announced(pages), records(afd_pages_announced(pages)), pages->taken,
						  pages->records);
	if (pages->total_changed)
		afd_reconcile_add(to, table, line, "the total changed while the pages were read");
}

static void check_delta(struct afd_reconciliation *to, const struct afd_landed *landed,
						const struct afd_counts *before, const struct afd_counts *after)
{
	long long delta = afd_counts_delta(before, after);
	to->checks++;
	if (delta != (long long)landed->fresh)
		afd_reconcile_add(to, landed->landing->table, landed->landing->line,
						  "%zu rows landed under new keys, but the table changed by %lld", landed->fresh,
						  delta);
}

void afd_reconcile_case(struct afd_reconciliation *reconciliation, const struct afd_landed *landed,
						const struct afd_pages *pages, const struct afd_counts *before,
						const struct afd_counts *after)
{
	check_account(reconciliation, landed);
	if (pages)
		check_pages(reconciliation, landed, pages);
	if (before && after)
		check_delta(reconciliation, landed, before, after);
}
