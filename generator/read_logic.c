/* SPDX-License-Identifier: MIT
 * Expectations that say nothing: what every answer meets. */
#include "read_logic.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

bool afd_term_is(const struct afd_model_term *term, const char *subject, const char *predicate)
{
	return is(term->subject, subject) && is(term->predicate, predicate);
}

const char *afd_term_last_step(const struct afd_model_term *term)
{
	return term->steps.count ? term->steps.rows[term->steps.count - 1].measure : "AFD_VALUE";
}

static bool is_variable(const char *value)
{
	struct afd_span name;
	struct afd_span whole;
	return afd_read_placeholder(afd_span_of(value), 0, &name, &whole) != SIZE_MAX;
}

/* Numbers */

bool afd_term_range(const struct afd_model_term *term, struct afd_range *range)
{
	char *end;
	double number = strtod(term->value, &end);
	if (term->negated || term->value[0] == '\0' || *end != '\0')
		return false;
	bool below = is(term->predicate, "AFD_LESS") || is(term->predicate, "AFD_AT_MOST");
	bool above = is(term->predicate, "AFD_GREATER") || is(term->predicate, "AFD_AT_LEAST");
	*range = (struct afd_range){ .least = below ? -HUGE_VAL : number, .most = above ? HUGE_VAL : number };
	range->least_open = is(term->predicate, "AFD_GREATER");
	range->most_open = is(term->predicate, "AFD_LESS");
	return below || above || is(term->predicate, "AFD_IS");
}

static bool ends_before(const struct afd_range *a, const struct afd_range *b)
{
	return a->most < b->least || (a->most <= b->least && (a->most_open || b->least_open));
}

bool afd_ranges_meet(const struct afd_range *a, const struct afd_range *b)
{
	return !ends_before(a, b) && !ends_before(b, a);
}

/* Statuses */

static bool is_class(const struct afd_model_term *term)
{
	return is(term->predicate, "AFD_IS") && strlen(term->value) == 3 && (term->value[1] | 0x20) == 'x';
}

static bool matches_status(const struct afd_model_term *term, int status)
{
	struct afd_range range;
	struct afd_range one = { .least = status, .most = status };
	if (is_class(term))
		return status / 100 == term->value[0] - '0';
	struct afd_model_term plain = *term;
	plain.negated = false;
	return afd_term_range(&plain, &range) && afd_ranges_meet(&range, &one);
}

bool afd_term_statuses(const struct afd_model_term *term, struct afd_statuses *statuses)
{
	struct afd_range range;
	struct afd_model_term plain = *term;
	plain.negated = false;
	if (!is(term->subject, "AFD_STATUS") || term->steps.count || is_variable(term->value) ||
		(!is_class(term) && !afd_term_range(&plain, &range)))
		return false;
	*statuses = (struct afd_statuses){ .has = { false } };
	for (int status = 200; status < 600; status++)
		statuses->has[status] = matches_status(term, status) != term->negated;
	return true;
}

bool afd_statuses_meet(const struct afd_statuses *a, const struct afd_statuses *b)
{
	for (int status = 200; status < 600; status++)
		if (a->has[status] && b->has[status])
			return true;
	return false;
}

static void set_all(struct afd_statuses *statuses, bool value)
{
	for (int status = 200; status < 600; status++)
		statuses->has[status] = value;
}

static unsigned alternatives_of(const struct afd_stated *stated, size_t expectation)
{
	unsigned most = 0;
	for (size_t i = 0; i < stated->term_count; i++)
		if (stated->terms[i].expectation == expectation && stated->terms[i].alternative > most)
			most = stated->terms[i].alternative;
	return most;
}

/* The statuses of one alternative. False: it says more than a status. */
static bool alternative_statuses(const struct afd_stated *stated, size_t expectation, unsigned alternative,
								 struct afd_statuses *statuses)
{
	bool alone = true;
	set_all(statuses, true);
	for (size_t i = 0; i < stated->term_count; i++) {
		const struct afd_model_term *term = &stated->terms[i];
		struct afd_statuses own;
		if (term->expectation != expectation || term->alternative != alternative)
			continue;
		if (!afd_term_statuses(term, &own)) {
			alone = false;
			continue;
		}
		for (int status = 200; status < 600; status++)
			statuses->has[status] = statuses->has[status] && own.has[status];
	}
	return alone;
}

void afd_expectation_statuses(const struct afd_stated *stated, size_t expectation,
							  struct afd_statuses *statuses)
{
	unsigned count = alternatives_of(stated, expectation);
	set_all(statuses, count == 0);
	for (unsigned alternative = 1; alternative <= count; alternative++) {
		struct afd_statuses own;
		(void)alternative_statuses(stated, expectation, alternative, &own);
		for (int status = 200; status < 600; status++)
			statuses->has[status] = statuses->has[status] || own.has[status];
	}
}

/* Always true */

static bool is_always_there(const struct afd_model_term *term)
{
	static const char *const subjects[] = { "AFD_STATUS",  "AFD_BODY",    "AFD_MEDIA",  "AFD_URL",
											"AFD_VERSION", "AFD_LATENCY", "AFD_ADDRESS" };
	if (!is(term->predicate, "AFD_EXISTS") || term->negated || term->steps.count)
		return false;
	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++)
		if (is(term->subject, subjects[i]))
			return true;
	return is(term->subject, "AFD_PATH") && is(term->name, "$");
}

static bool is_never_negative(const struct afd_model_term *term)
{
	struct afd_range range;
	struct afd_range possible = { .most = HUGE_VAL };
	bool count = is(afd_term_last_step(term), "AFD_COUNT") || is(afd_term_last_step(term), "AFD_SIZE") ||
				 (is(term->subject, "AFD_LATENCY") && term->steps.count == 0);
	if (!count || !afd_term_range(term, &range) || range.most < possible.most)
		return false;
	return range.least < possible.least || (range.least <= possible.least && !range.least_open);
}

static bool is_any_text(const struct afd_model_term *term)
{
	static const char *const patterns[] = { "", ".*", "^", "$", "^.*$", "^.*", ".*$", "(.*)" };
	bool piece = is(term->predicate, "AFD_CONTAINS") || is(term->predicate, "AFD_STARTS_WITH") ||
				 is(term->predicate, "AFD_ENDS_WITH");
	if (piece && !term->negated)
		return term->value[0] == '\0';
	for (size_t i = 0;
		 is(term->predicate, "AFD_MATCHES") && !term->negated && i < sizeof patterns / sizeof patterns[0];
		 i++)
		if (is(term->value, patterns[i]))
			return true;
	return false;
}

static bool is_any_example(const struct afd_model_term *term)
{
	bool like = is(term->predicate, "AFD_LIKE") || is(term->predicate, "AFD_EXACTLY_LIKE");
	return like && (is(term->value, "\"...\"") || is(term->value, "\"<any>\""));
}

static bool is_always_true(const struct afd_model_term *term)
{
	return is_always_there(term) || is_never_negative(term) || is_any_text(term) || is_any_example(term);
}

static bool covers_all(const struct afd_stated *stated, size_t expectation)
{
	struct afd_statuses covered;
	set_all(&covered, false);
	for (unsigned alternative = 1; alternative <= alternatives_of(stated, expectation); alternative++) {
		struct afd_statuses own;
		bool alone = alternative_statuses(stated, expectation, alternative, &own);
		for (int status = 200; alone && status < 600; status++)
			covered.has[status] = covered.has[status] || own.has[status];
	}
	for (int status = 200; status < 600; status++)
		if (!covered.has[status])
			return false;
	return true;
}

/* The term that makes an alternative true whatever comes; NULL: there is a term that can fail. */
static const struct afd_model_term *empty_alternative(const struct afd_stated *stated, size_t expectation,
													  unsigned alternative)
{
	const struct afd_model_term *found = NULL;
	for (size_t i = 0; i < stated->term_count; i++) {
		const struct afd_model_term *term = &stated->terms[i];
		if (term->expectation != expectation || term->alternative != alternative)
			continue;
		if (!is_always_true(term))
			return NULL;
		found = term;
	}
	return found;
}

static bool is_complete(const struct afd_model_term *term)
{
	return is(term->predicate, "AFD_EXISTS") || is(term->predicate, "AFD_HOLDS");
}

/* "it exists or it does not" */
static const struct afd_model_term *complement(const struct afd_stated *stated, size_t expectation)
{
	for (size_t i = 0; i < stated->term_count; i++) {
		const struct afd_model_term *a = &stated->terms[i];
		bool alone = a->expectation == expectation && is_complete(a);
		for (size_t k = i + 1; alone && k < stated->term_count; k++) {
			const struct afd_model_term *b = &stated->terms[k];
			if (b->expectation == expectation && b->alternative != a->alternative &&
				b->negated != a->negated && is(a->predicate, b->predicate) && afd_terms_contradict(a, b))
				return b;
		}
	}
	return NULL;
}

static void refuse(struct afd_reader *reader, struct afd_span where, const char *text)
{
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "always", where, "%s", text);
	afd_diag_hint(reader->diag, row, "a test must be able to fail");
}

static struct afd_span place_of(const struct afd_stated *stated, size_t expectation)
{
	struct afd_span where = { NULL, 0 };
	for (size_t i = 0; i < stated->term_count; i++) {
		struct afd_span term = stated->terms[i].where;
		if (stated->terms[i].expectation != expectation || term.size == 0)
			continue;
		if (where.size == 0)
			where = term;
		else if (term.data + term.size > where.data + where.size)
			where.size = (size_t)(term.data + term.size - where.data);
	}
	return where;
}

/* Another expectation says which statuses are left. */
static bool is_narrowed(const struct afd_stated *stated, size_t expectation)
{
	for (size_t e = 0; e < stated->expectation_count; e++) {
		struct afd_statuses possible;
		afd_expectation_statuses(stated, e, &possible);
		for (int status = 200; e != expectation && status < 600; status++)
			if (!possible.has[status])
				return true;
	}
	return false;
}

void afd_read_check_always(struct afd_reader *reader, const struct afd_stated *stated)
{
	for (size_t e = 0; e < stated->expectation_count; e++) {
		struct afd_span where = place_of(stated, e);
		const struct afd_model_term *found = complement(stated, e);
		for (unsigned alternative = 1; !found && alternative <= alternatives_of(stated, e); alternative++)
			found = empty_alternative(stated, e, alternative);
		if (where.size == 0 || stated->expectations[e].by_default)
			continue;
		if (found)
			refuse(reader, found->where, "this is true of every answer");
		else if (covers_all(stated, e) && !is_narrowed(stated, e))
			refuse(reader, where, "every status is expected here");
	}
}
