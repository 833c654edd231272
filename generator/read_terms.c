/* SPDX-License-Identifier: MIT
 * From conditions to the terms of the model: alternatives of terms that must all hold. */
#include "read.h"

#include <string.h>

enum { ALTERNATIVES_MAX = 32, TERMS_MAX = 16 };

/* Counts the alternatives of the disjunctive normal form, and the terms of the longest one. False: too many.
 */
static bool count_alternatives(struct afd_condition *condition)
{
	condition->alternatives = condition->terms = 1;
	if (condition->junction == AFD_TERM)
		return true;
	struct afd_condition *left = condition->left;
	struct afd_condition *right = condition->right;
	if (!count_alternatives(left) || !count_alternatives(right))
		return false;
	bool all = condition->junction == AFD_ALL;
	size_t longer = left->terms > right->terms ? left->terms : right->terms;
	condition->alternatives =
		all ? left->alternatives * right->alternatives : left->alternatives + right->alternatives;
	condition->terms = all ? left->terms + right->terms : longer;
	return condition->alternatives <= ALTERNATIVES_MAX && condition->terms <= TERMS_MAX;
}

struct afd_target afd_read_target(struct afd_reader *reader, struct afd_model_test *test)
{
	struct afd_model *model = reader->model;
	if (!test)
		return (struct afd_target){ &model->default_expectations.rows, &model->default_expectations.count,
									&model->default_terms.rows, &model->default_terms.count };
	return (struct afd_target){ &test->expectations.rows, &test->expectations.count, &test->terms.rows,
								&test->terms.count };
}

void afd_read_add_steps(struct afd_reader *reader, struct afd_model_step **rows, size_t *count,
						const struct afd_condition_steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		struct afd_model_step *step = afd_arena_push(reader->arena, rows, count, sizeof *step);
		*step = (struct afd_model_step){ steps->rows[i].measure, steps->rows[i].with };
	}
}

/* Of the last expectation. */
static void add_term(struct afd_reader *reader, struct afd_target to, const struct afd_condition *condition,
					 size_t alternative)
{
	struct afd_model_term *term = afd_arena_push(reader->arena, to.terms, to.term_count, sizeof *term);
	*term = (struct afd_model_term){
		.line = afd_read_line(reader, condition->where),
		.expectation = (unsigned)*to.expectation_count - 1,
		.alternative = (unsigned)alternative,
		.subject = condition->subject,
		.predicate = condition->predicate,
		.name = condition->name ? condition->name : "",
		.value = condition->value ? condition->value : "",
		.negated = condition->negated,
		.where = condition->place,
	};
	afd_read_add_steps(reader, &term->steps.rows, &term->steps.count, &condition->steps);
}

/* Adds the terms of one of its alternatives, `index` from 0, as those of alternative `number`. */
static void add_alternative(struct afd_reader *reader, struct afd_target to,
							const struct afd_condition *condition, size_t index, size_t number)
{
	const struct afd_condition *left = condition->left;
	const struct afd_condition *right = condition->right;
	if (condition->junction == AFD_TERM) {
		add_term(reader, to, condition, number);
	} else if (condition->junction == AFD_ALL) {
		add_alternative(reader, to, left, index / right->alternatives, number);
		add_alternative(reader, to, right, index % right->alternatives, number);
	} else if (index < left->alternatives) {
		add_alternative(reader, to, left, index, number);
	} else {
		add_alternative(reader, to, right, index - left->alternatives, number);
	}
}

/* The marks of a code span belong to what the reader sees. */
static struct afd_span widened(const struct afd_reader *reader, struct afd_span where)
{
	struct afd_span all = reader->model->source->text;
	if (where.data + where.size < all.data + all.size && where.data[where.size] == '`')
		where.size++;
	if (where.data > all.data && where.data[-1] == '`') {
		where.data--;
		where.size++;
	}
	return where;
}

/* The cells of a table row read as one sentence; bars in code are the code's. */
static char *without_bars(char *text)
{
	bool code = false;
	char *out = text;
	for (const char *p = text; *p; p++) {
		code = code != (*p == '`');
		char byte = *p == '|' && !code ? ' ' : *p;
		if (code || byte != ' ' || (out > text && out[-1] != ' '))
			*out++ = byte;
	}
	*out = '\0';
	return text;
}

static void add_expectation(struct afd_reader *reader, struct afd_target to, struct afd_condition *condition,
							const char *text)
{
	if (!count_alternatives(condition)) {
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", condition->where,
					 "this expectation has more than %d alternatives", ALTERNATIVES_MAX);
		return;
	}
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, to.expectations, to.expectation_count, sizeof *row);
	struct afd_span where = widened(reader, condition->where);
	row->line = afd_read_line(reader, where);
	row->text = text ? text : without_bars(afd_arena_copy(reader->arena, where));
	for (size_t i = 0; i < condition->alternatives; i++)
		add_alternative(reader, to, condition, i, i + 1);
}

void afd_read_add_conditions(struct afd_reader *reader, struct afd_target to, struct afd_condition *condition,
							 const char *text)
{
	if (condition->junction != AFD_ALL || text) {
		add_expectation(reader, to, condition, text);
		return;
	}
	afd_read_add_conditions(reader, to, condition->left, NULL);
	afd_read_add_conditions(reader, to, condition->right, NULL);
}
