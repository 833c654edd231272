/* SPDX-License-Identifier: MIT
 * What changed in the tables during a case, against what the test says of it and what landed. */
#include "suite_case.h"

#include "reconcile.h"

#include <stdio.h>
#include <string.h>

enum { GOT_LIMIT = 1 << 16 };

static bool is_delta(const struct afd_term *term)
{
	return term->subject == AFD_DELTA;
}

static bool is_named(const struct afd_test *test, const char *table)
{
	for (size_t i = 0; i < test->terms.count; i++)
		if (is_delta(&test->terms.rows[i]) && strcmp(test->terms.rows[i].name, table) == 0)
			return true;
	return false;
}

static bool lands_in(const struct afd_test *test, const char *table)
{
	for (size_t i = 0; i < test->lands_in.count; i++)
		if (strcmp(test->lands_in.rows[i].name, table) == 0)
			return true;
	return false;
}

/* Rows that landed in the table under keys that it did not hold. */
static long long fresh_in(const struct afd_exchange *exchange, const char *table)
{
	long long sum = 0;
	for (size_t i = 0; i < exchange->landing.count; i++)
		if (strcmp(exchange->landing.rows[i].landing->table, table) == 0)
			sum += (long long)exchange->landing.rows[i].fresh;
	return sum;
}

static const struct afd_counts *now_of(const struct afd_exchange *exchange, size_t index)
{
	return &exchange->run->database.now.rows[index];
}

/* "changed orders by 3"; rows that took the place of others count too. */
static void describe_change(const struct afd_exchange *exchange, size_t index, struct afd_text *out)
{
	const struct afd_counts *before = &exchange->before.rows[index];
	long long delta = afd_counts_delta(before, now_of(exchange, index));
	afd_text_printf(out, "%s%s by %lld", out->size ? ", " : "changed ", before->table, delta);
	if (delta == 0)
		afd_text_puts(out, " (newer rows in the place of others)");
}

/* Tables that no term names, and, where the test does not speak of changes at all, in which it does not land.
 * False where one of them has changed: `out` says which. */
static bool others_kept(const struct afd_exchange *exchange, bool may_land, struct afd_text *out)
{
	const struct afd_test *test = exchange->of->test;
	for (size_t i = 0; i < exchange->before.count; i++) {
		const struct afd_counts *before = &exchange->before.rows[i];
		bool expected = is_named(test, before->table) || (may_land && lands_in(test, before->table));
		if (!expected && afd_counts_changed(before, now_of(exchange, i)))
			describe_change(exchange, i, out);
	}
	if (out->size > 0)
		afd_text_puts(out, ", which nobody expected");
	return out->size == 0;
}

/* "records", "0", "2": of one table. */
static bool change_holds(const struct afd_exchange *exchange, const struct afd_term *term,
						 struct afd_text *out)
{
	const struct afd_counts *before = afd_snapshot_table(&exchange->before, term->name);
	const struct afd_counts *after = afd_snapshot_table(&exchange->run->database.now, term->name);
	if (!before || !after) {
		afd_text_printf(out, "%s is not watched", term->name);
		return false;
	}
	long long delta = afd_counts_delta(before, after);
	char wanted[24];
	bool by_records = strcmp(term->value, "records") == 0;
	snprintf(wanted, sizeof wanted, "%lld", fresh_in(exchange, term->name));
	const char *value = by_records ? wanted : term->value + (term->value[0] == '+');
	char found[24];
	snprintf(found, sizeof found, "%lld", delta);
	bool held = strcmp(value, found) == 0;
	if (held && strcmp(value, "0") == 0 && !by_records)
		held = !afd_counts_changed(before, after);
	if (!held && by_records)
		afd_text_printf(out, "%s changed by %lld, %s rows landed under new keys", term->name, delta, wanted);
	else if (!held)
		describe_change(exchange, (size_t)(before - exchange->before.rows), out);
	return held;
}

static bool term_holds(const struct afd_exchange *exchange, const struct afd_term *term, struct afd_text *out)
{
	return strcmp(term->name, "*") == 0 ? others_kept(exchange, false, out)
										: change_holds(exchange, term, out);
}

/* The terms of one expectation on tables: all must hold. */
static void judge_expectation(struct afd_exchange *exchange, size_t index)
{
	const struct afd_terms *terms = &exchange->of->test->terms;
	struct afd_judged_line *line = &exchange->judged[index];
	struct afd_text got;
	size_t judged = 0;
	bool held = true;
	afd_text_init(&got, GOT_LIMIT);
	for (size_t i = 0; i < terms->count && held; i++) {
		if (terms->rows[i].expectation != index || !is_delta(&terms->rows[i]))
			continue;
		held = term_holds(exchange, &terms->rows[i], &got);
		judged++;
	}
	if (judged > 0) {
		line->judged = true;
		line->held = held;
		line->alternative = held;
		line->got = held ? (struct afd_masked){ NULL, 0 } : afd_public(afd_text_span(&got), &exchange->arena);
		exchange->judgement.judged++;
		exchange->judgement.held += held;
	}
	afd_text_free(&got);
}

/* A read may change nothing but the tables that its answer lands in, whatever its test says or leaves out. */
static void judge_unstated(struct afd_exchange *exchange)
{
	const struct afd_test *test = exchange->of->test;
	struct afd_text got;
	if (test->effect != AFD_READ || is_named(test, "*"))
		return;
	afd_text_init(&got, GOT_LIMIT);
	if (!others_kept(exchange, true, &got))
		afd_add_unmet(exchange, exchange->of->it->line, "no other table",
					  afd_public(afd_text_span(&got), &exchange->arena));
	afd_text_free(&got);
}

/* What landed
 * ----------------------------------------------------------------------------------------------------- */

static void add_unmet(struct afd_exchange *exchange, struct afd_masked got)
{
	afd_add_unmet(exchange, exchange->of->test->lands_in.rows[0].line, "answers and rows add up", got);
}

/* NULL where the list was not to be read to its end. */
static const struct afd_pages *pages_to_check(struct afd_exchange *exchange)
{
	const struct afd_pages *pages = &exchange->pages;
	if (pages->end == AFD_PAGES_TRUNCATED)
		afd_add_note(exchange, "%zu pages were read, with %zu of %llu records: --max-pages reads more",
					 pages->taken, pages->records, afd_pages_announced(pages));
	return pages->end == AFD_PAGES_TRUNCATED || pages->end == AFD_PAGES_OPEN ? NULL : pages;
}

static void judge_landed(struct afd_exchange *exchange)
{
	struct afd_reconciliation found = { .arena = &exchange->arena };
	const struct afd_pages *pages = exchange->landing.count > 0 ? pages_to_check(exchange) : NULL;
	if (exchange->broken)
		add_unmet(exchange, afd_publicf(&exchange->arena, "%s", exchange->broken));
	for (size_t i = 0; i < exchange->landing.count; i++) {
		const struct afd_landed *landed = &exchange->landing.rows[i];
		const char *table = landed->landing->table;
		bool stated = is_named(exchange->of->test, table);
		afd_reconcile_case(&found, landed, pages,
						   stated ? NULL : afd_snapshot_table(&exchange->before, table),
						   stated ? NULL : afd_snapshot_table(&exchange->run->database.now, table));
	}
	for (size_t i = 0; i < found.count; i++)
		add_unmet(exchange, found.rows[i].text);
	exchange->run->database.checks += found.checks;
}

void afd_judge_changes(struct afd_exchange *exchange)
{
	for (size_t i = 0; i < exchange->of->test->expectations.count; i++)
		judge_expectation(exchange, i);
	judge_unstated(exchange);
	judge_landed(exchange);
}
