/* SPDX-License-Identifier: MIT
 * Expectations that no answer meets: two conditions that cannot hold together. */
#include "read_logic.h"

#include <stdint.h>
#include <string.h>

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool same_steps(const struct afd_model_term *a, const struct afd_model_term *b)
{
	bool same = a->steps.count == b->steps.count;
	for (size_t i = 0; same && i < a->steps.count; i++)
		same = is(a->steps.rows[i].measure, b->steps.rows[i].measure) &&
			   is(a->steps.rows[i].with ? a->steps.rows[i].with : "",
				  b->steps.rows[i].with ? b->steps.rows[i].with : "");
	return same;
}

static bool same_subject(const struct afd_model_term *a, const struct afd_model_term *b)
{
	return is(a->subject, b->subject) && is(a->name, b->name) && same_steps(a, b);
}

/* Plain texts, of which equality says all: no JSON, no variable. */
static bool is_plain(const char *value)
{
	struct afd_span name;
	struct afd_span whole;
	return value[0] && !strchr("{[\"", value[0]) &&
		   afd_read_placeholder(afd_span_of(value), 0, &name, &whole) == SIZE_MAX;
}

static bool values_differ(const struct afd_model_term *a, const struct afd_model_term *b)
{
	struct afd_range range;
	bool equal = is(a->predicate, "AFD_IS") && is(b->predicate, "AFD_IS") && !a->negated && !b->negated;
	bool class = is(a->subject, "AFD_STATUS");
	bool number = afd_term_range(a, &range) && afd_term_range(b, &range);
	return equal && !class && !number && is_plain(a->value) && is_plain(b->value) && !is(a->value, b->value);
}

static bool ranges_part(const struct afd_model_term *a, const struct afd_model_term *b)
{
	struct afd_range x;
	struct afd_range y;
	return afd_term_range(a, &x) && afd_term_range(b, &y) && !afd_ranges_meet(&x, &y);
}

/* The type of JSON that a type of values is written as. */
static const char *json_type(const char *type)
{
	static const char *const rows[][2] = {
		{ "number", "number" },   { "whole number", "number" }, { "decimal number", "number" },
		{ "boolean", "boolean" }, { "null", "null" },           { "array", "array" },
		{ "object", "object" }
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (is(rows[i][0], type))
			return rows[i][1];
	return "string";
}

static bool types_differ(const struct afd_model_term *a, const struct afd_model_term *b)
{
	bool types =
		is(a->predicate, "AFD_IS_TYPE") && is(b->predicate, "AFD_IS_TYPE") && !a->negated && !b->negated;
	return types && is(a->subject, "AFD_PATH") && !is(json_type(a->value), json_type(b->value));
}

static bool is_absence(const struct afd_model_term *term)
{
	return is(term->predicate, "AFD_EXISTS") && term->negated;
}

static bool is_opposite(const struct afd_model_term *a, const struct afd_model_term *b)
{
	return is(a->predicate, b->predicate) && is(a->value, b->value) && a->negated != b->negated;
}

static bool is_count(const struct afd_model_term *term)
{
	return term->steps.count == 1 && is(term->steps.rows[0].measure, "AFD_COUNT");
}

/* "is empty" beside "has 3 items" */
static bool empty_and_counted(const struct afd_model_term *a, const struct afd_model_term *b)
{
	struct afd_range range;
	bool empty = is(a->predicate, "AFD_IS_EMPTY") && !a->negated && a->steps.count == 0;
	return empty && is_count(b) && is(a->subject, b->subject) && is(a->name, b->name) &&
		   afd_term_range(b, &range) && range.least > 0;
}

static bool needs_json(const struct afd_model_term *term)
{
	bool path = is(term->subject, "AFD_PATH") && !is_absence(term);
	bool like = is(term->predicate, "AFD_LIKE") || is(term->predicate, "AFD_EXACTLY_LIKE");
	return path || (like && !term->negated) ||
		   (afd_term_is(term, "AFD_MEDIA", "AFD_HOLDS") && !term->negated);
}

static bool empty_and_json(const struct afd_model_term *a, const struct afd_model_term *b)
{
	return afd_term_is(a, "AFD_BODY", "AFD_IS_EMPTY") && !a->negated && a->steps.count == 0 && needs_json(b);
}

bool afd_terms_contradict(const struct afd_model_term *a, const struct afd_model_term *b)
{
	struct afd_statuses x;
	struct afd_statuses y;
	if (empty_and_counted(a, b) || empty_and_counted(b, a) || empty_and_json(a, b) || empty_and_json(b, a))
		return true;
	if (!same_subject(a, b))
		return false;
	if (afd_term_statuses(a, &x) && afd_term_statuses(b, &y))
		return !afd_statuses_meet(&x, &y);
	bool absence = (is_absence(a) && !is_absence(b)) || (is_absence(b) && !is_absence(a));
	return is_opposite(a, b) || absence || values_differ(a, b) || ranges_part(a, b) || types_differ(a, b);
}

static bool is_loose(const struct afd_stated *stated, struct afd_span where)
{
	for (size_t i = 0; i < stated->term_count; i++)
		if (stated->terms[i].where.data == where.data &&
			stated->expectations[stated->terms[i].expectation].loose)
			return true;
	return false;
}

/* Of sentences that are understood in part it may be the reading that is wrong: the test is made, and fails.
 */
static void refuse(struct afd_reader *reader, const struct afd_stated *stated, struct afd_span first,
				   struct afd_span second)
{
	bool swap = first.data > second.data;
	bool loose = is_loose(stated, first) || is_loose(stated, second);
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, loose ? AFD_WARNING : AFD_ERROR_SEVERITY, "contradiction",
					 swap ? first : second, "no answer can meet this and what is expected before");
	afd_diag_peer(row, reader->diag, swap ? second : first, "it contradicts this");
}

/* Terms that every answer must meet: of expectations without alternatives. */
static void find_certain(struct afd_stated *stated)
{
	for (size_t i = 0; i < stated->term_count; i++) {
		const struct afd_model_term *term = &stated->terms[i];
		stated->certain[i] = term->where.size > 0;
		for (size_t k = 0; k < stated->term_count; k++)
			if (stated->terms[k].expectation == term->expectation && stated->terms[k].alternative > 1)
				stated->certain[i] = false;
	}
}

static bool hold_together(const struct afd_stated *stated, size_t i, size_t k)
{
	const struct afd_model_term *a = &stated->terms[i];
	const struct afd_model_term *b = &stated->terms[k];
	bool same = a->expectation == b->expectation;
	if (same)
		return a->alternative == b->alternative && a->where.size && b->where.size;
	return stated->certain[i] && stated->certain[k];
}

static bool check_terms(struct afd_reader *reader, const struct afd_stated *stated)
{
	for (size_t k = 1; k < stated->term_count; k++)
		for (size_t i = 0; i < k; i++)
			if (hold_together(stated, i, k) && afd_terms_contradict(&stated->terms[i], &stated->terms[k])) {
				refuse(reader, stated, stated->terms[i].where, stated->terms[k].where);
				return false;
			}
	return true;
}

/* The certain term of another expectation that makes the alternative impossible; NULL: it is possible. */
static const struct afd_model_term *obstacle(const struct afd_stated *stated, size_t expectation,
											 unsigned alternative)
{
	for (size_t i = 0; i < stated->term_count; i++) {
		const struct afd_model_term *term = &stated->terms[i];
		if (term->expectation != expectation || term->alternative != alternative)
			continue;
		for (size_t k = 0; k < stated->term_count; k++)
			if (stated->terms[k].expectation != expectation && stated->certain[k] &&
				afd_terms_contradict(term, &stated->terms[k]))
				return &stated->terms[k];
	}
	return NULL;
}

/* Expectations of which every alternative is impossible. */
static bool check_alternatives(struct afd_reader *reader, const struct afd_stated *stated)
{
	for (size_t i = 0; i < stated->term_count; i++) {
		const struct afd_model_term *first = &stated->terms[i];
		bool begins = i == 0 || first[-1].expectation != first->expectation;
		const struct afd_model_term *found = first;
		unsigned count = 0;
		for (size_t k = i;
			 begins && k < stated->term_count && stated->terms[k].expectation == first->expectation; k++)
			count = stated->terms[k].alternative > count ? stated->terms[k].alternative : count;
		for (unsigned alternative = 1; found && alternative <= count; alternative++)
			found = obstacle(stated, first->expectation, alternative);
		if (count > 1 && found && first->where.size) {
			refuse(reader, stated, found->where, first->where);
			return false;
		}
	}
	return true;
}

static struct afd_span status_place(const struct afd_stated *stated, size_t expectation)
{
	for (size_t i = 0; i < stated->term_count; i++)
		if (stated->terms[i].expectation == expectation && is(stated->terms[i].subject, "AFD_STATUS"))
			return stated->terms[i].where;
	return (struct afd_span){ NULL, 0 };
}

static void check_statuses(struct afd_reader *reader, const struct afd_stated *stated)
{
	for (size_t k = 1; k < stated->expectation_count; k++) {
		struct afd_span second = status_place(stated, k);
		struct afd_statuses later;
		afd_expectation_statuses(stated, k, &later);
		for (size_t i = 0; second.size && i < k; i++) {
			struct afd_span first = status_place(stated, i);
			struct afd_statuses earlier;
			afd_expectation_statuses(stated, i, &earlier);
			if (first.size == 0 || afd_statuses_meet(&earlier, &later))
				continue;
			refuse(reader, stated, first, second);
			return;
		}
	}
}

/* RFC 9110: an answer with status 204 or 304 ends after its head. */
static void check_body(struct afd_reader *reader, const struct afd_stated *stated)
{
	static const struct afd_statuses bodiless = { .has = { [204] = true, [304] = true } };
	struct afd_span status = { NULL, 0 };
	for (size_t e = 0; e < stated->expectation_count; e++) {
		struct afd_statuses possible;
		afd_expectation_statuses(stated, e, &possible);
		bool body = false;
		for (int code = 200; code < 600; code++)
			body = body || (possible.has[code] && !bodiless.has[code]);
		if (!body)
			status = status_place(stated, e);
	}
	for (size_t i = 0; status.size && i < stated->term_count; i++) {
		if (!needs_json(&stated->terms[i]) || !stated->certain[i])
			continue;
		struct afd_diagnostic *row =
			afd_diag_add(reader->diag, AFD_WARNING, "contradiction", stated->terms[i].where,
						 "an answer with this status has no body: this can never be met");
		afd_diag_peer(row, reader->diag, status, "the status is here");
		return;
	}
}

static void check_where(struct afd_reader *reader, const struct afd_model_test *test)
{
	for (size_t i = 0; i < test->terms.count; i++) {
		const struct afd_model_term *term = &test->terms.rows[i];
		if (!is(term->subject, "AFD_WHERE") || term->where.size == 0)
			continue;
		if (afd_span_find(test->body.bytes, "\"where\"", 0) != SIZE_MAX)
			return;
		struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation",
												  term->where, "the body of this request has no 'where'");
		afd_diag_peer(row, reader->diag, test->where, "the request is here");
		return;
	}
}

static void check_stated(struct afd_reader *reader, struct afd_stated *stated)
{
	if (stated->term_count > AFD_REASONED_TERMS_MAX)
		return;
	find_certain(stated);
	afd_read_check_always(reader, stated);
	afd_read_check_contradictions(reader, stated);
}

void afd_read_check_default(struct afd_reader *reader)
{
	struct afd_model *model = reader->model;
	struct afd_stated stated = { model->default_terms.rows,
								 model->default_terms.count,
								 model->default_expectations.rows,
								 model->default_expectations.count,
								 { 0 } };
	check_stated(reader, &stated);
	for (size_t i = 0; i < model->default_expectations.count; i++)
		model->default_expectations.rows[i].by_default = true;
}

void afd_read_check_logic(struct afd_reader *reader)
{
	const struct afd_model *model = reader->model;
	for (size_t i = 0; i < model->tests.count; i++) {
		const struct afd_model_test *test = &model->tests.rows[i];
		struct afd_stated stated = {
			test->terms.rows, test->terms.count, test->expectations.rows, test->expectations.count, { 0 }
		};
		check_where(reader, test);
		if (test->explicit)
			check_stated(reader, &stated);
	}
}

void afd_read_check_contradictions(struct afd_reader *reader, const struct afd_stated *stated)
{
	if (!check_terms(reader, stated) || !check_alternatives(reader, stated))
		return;
	check_statuses(reader, stated);
	check_body(reader, stated);
}
