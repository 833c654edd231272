/* SPDX-License-Identifier: MIT
 * Sentences that state one status each: no answer has them all, so each is an alternative. Conditions in the language's own
 * words are left alone: there it is a contradiction. */
#include "read_logic.h"

#include <string.h>

/* All its terms are of the status; `*statuses` gets what they leave possible, `*where` the first of them. */
static bool is_of_status(struct afd_target to, size_t expectation, struct afd_statuses *statuses, struct afd_span *where)
{
	bool any = false;
	*statuses = (struct afd_statuses){ .has = { false } };
	for (size_t i = 0; i < *to.term_count; i++) {
		const struct afd_model_term *term = &(*to.terms)[i];
		struct afd_statuses one = { .has = { false } };
		if (term->expectation != expectation)
			continue;
		if (!afd_term_is(term, "AFD_STATUS", "AFD_IS") || term->negated || !afd_term_statuses(term, &one))
			return false;
		for (size_t code = 0; code < sizeof one.has / sizeof one.has[0]; code++)
			statuses->has[code] |= one.has[code];
		*where = any ? *where : term->where;
		any = true;
	}
	return any;
}

/* The terms of `from` become alternatives of `to`, after those that it has. */
static void move_terms(struct afd_target target, size_t to, size_t from)
{
	unsigned last = 0;
	for (size_t i = 0; i < *target.term_count; i++) {
		const struct afd_model_term *term = &(*target.terms)[i];
		if (term->expectation == to && term->alternative > last)
			last = term->alternative;
	}
	for (size_t i = 0; i < *target.term_count; i++) {
		struct afd_model_term *term = &(*target.terms)[i];
		if (term->expectation == from) {
			term->expectation = (unsigned)to;
			term->alternative += last;
		} else if (term->expectation > from) {
			term->expectation--;
		}
	}
}

static void join(struct afd_reader *reader, struct afd_target target, size_t to, size_t from, struct afd_span where)
{
	struct afd_model_expectation *rows = *target.expectations;
	afd_diag_add(reader->diag, AFD_WARNING, "expectation", where,
				 "another status than before: either is accepted");
	rows[to].text = afd_arena_printf(reader->arena, "%s or %s", rows[to].text, rows[from].text);
	rows[to].loose = true;
	move_terms(target, to, from);
	memmove(&rows[from], &rows[from + 1], (*target.expectation_count - from - 1) * sizeof *rows);
	--*target.expectation_count;
}

void afd_read_join_statuses(struct afd_reader *reader, struct afd_target to, size_t first)
{
	struct afd_statuses before;
	struct afd_statuses after;
	struct afd_span where;
	size_t base = first;
	while (base < *to.expectation_count && !is_of_status(to, base, &before, &where))
		base++;
	if (*to.expectation_count - first > AFD_REASONED_TERMS_MAX)
		return;
	for (size_t i = base + 1; i < *to.expectation_count; i++) {
		bool loose = (*to.expectations)[base].loose || (*to.expectations)[i].loose;
		if (!loose || !is_of_status(to, i, &after, &where) || afd_statuses_meet(&before, &after))
			continue;
		join(reader, to, base, i--, where);
		(void)is_of_status(to, base, &before, &where);
	}
}
