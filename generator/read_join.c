/* SPDX-License-Identifier: MIT
 * Sentences that state one status each: no answer has them all, so each is an alternative. Conditions in the
 * language's own words are left alone: there it is a contradiction. */
#include "read_logic.h"

#include <string.h>

/* The terms of a target that one label has added; those before them are not looked at again. */
struct added {
	struct afd_target to;
	size_t first; /* expectation */
	size_t first_term;
};

static struct added added_since(struct afd_target to, size_t first)
{
	size_t term = *to.term_count;
	while (term > 0 && (*to.terms)[term - 1].expectation >= first)
		term--;
	return (struct added){ to, first, term };
}

/* All its terms are of the status; `*statuses` gets what they leave possible, `*where` the first of them. */
static bool is_of_status(const struct added *added, size_t expectation, struct afd_statuses *statuses,
						 struct afd_span *where)
{
	bool any = false;
	*statuses = (struct afd_statuses){ .has = { false } };
	for (size_t i = added->first_term; i < *added->to.term_count; i++) {
		const struct afd_model_term *term = &(*added->to.terms)[i];
		struct afd_statuses one;
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
static void move_terms(const struct added *added, size_t to, size_t from)
{
	unsigned last = 0;
	size_t count = *added->to.term_count;
	for (size_t i = added->first_term; i < count; i++) {
		const struct afd_model_term *term = &(*added->to.terms)[i];
		if (term->expectation == to && term->alternative > last)
			last = term->alternative;
	}
	for (size_t i = added->first_term; i < count; i++) {
		struct afd_model_term *term = &(*added->to.terms)[i];
		if (term->expectation == from) {
			term->expectation = (unsigned)to;
			term->alternative += last;
		} else if (term->expectation > from) {
			term->expectation--;
		}
	}
}

static void join(struct afd_reader *reader, const struct added *added, size_t to, size_t from,
				 struct afd_span where)
{
	struct afd_model_expectation *rows = *added->to.expectations;
	size_t *count = added->to.expectation_count;
	afd_diag_add(reader->diag, AFD_WARNING, "expectation", where,
				 "another status than before: either is accepted");
	rows[to].text = afd_arena_printf(reader->arena, "%s or %s", rows[to].text, rows[from].text);
	rows[to].loose = true;
	move_terms(added, to, from);
	memmove(&rows[from], &rows[from + 1], (*count - from - 1) * sizeof *rows);
	--*count;
}

void afd_read_join_statuses(struct afd_reader *reader, struct afd_target to, size_t first)
{
	struct afd_statuses before;
	struct afd_statuses after;
	struct afd_span where;
	size_t base = first;
	struct added added = added_since(to, first);
	if (*to.term_count - added.first_term > AFD_REASONED_TERMS_MAX)
		return;
	while (base < *to.expectation_count && !is_of_status(&added, base, &before, &where))
		base++;
	for (size_t i = base + 1; i < *to.expectation_count; i++) {
		bool loose = (*to.expectations)[base].loose || (*to.expectations)[i].loose;
		if (!loose || !is_of_status(&added, i, &after, &where) || afd_statuses_meet(&before, &after))
			continue;
		join(reader, &added, base, i--, where);
		(void)is_of_status(&added, base, &before, &where);
	}
}
