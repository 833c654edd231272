/* SPDX-License-Identifier: MIT
 * From conditions to the terms of the model: alternatives of terms that must all hold. */
#include "read.h"

#include <string.h>

enum { ALTERNATIVES_MAX = 32, TERMS_MAX = 16 };

/* An alternative under way: the terms that must all hold. */
struct conjunction {
	const struct afd_condition *terms[TERMS_MAX];
	size_t count;
};

struct alternatives {
	struct conjunction rows[ALTERNATIVES_MAX];
	size_t count;
	bool overflow;
};

static void add_all(struct alternatives *out, const struct alternatives *left,
					const struct alternatives *right)
{
	for (size_t i = 0; i < left->count; i++) {
		for (size_t j = 0; j < right->count; j++) {
			if (out->count == ALTERNATIVES_MAX || left->rows[i].count + right->rows[j].count > TERMS_MAX) {
				out->overflow = true;
				return;
			}
			struct conjunction *both = &out->rows[out->count++];
			*both = left->rows[i];
			for (size_t k = 0; k < right->rows[j].count; k++)
				both->terms[both->count++] = right->rows[j].terms[k];
		}
	}
}

/* Disjunctive normal form; the depth is that of the parentheses. */
static void distribute(const struct afd_condition *condition, struct afd_arena *arena,
					   struct alternatives *out)
{
	if (condition->junction == AFD_TERM) {
		out->overflow = out->overflow || out->count == ALTERNATIVES_MAX;
		if (out->overflow)
			return;
		out->rows[out->count].terms[0] = condition;
		out->rows[out->count++].count = 1;
		return;
	}
	if (condition->junction == AFD_ANY) {
		distribute(condition->left, arena, out);
		distribute(condition->right, arena, out);
		return;
	}
	struct alternatives *left = afd_arena_new(arena, sizeof *left);
	struct alternatives *right = afd_arena_new(arena, sizeof *right);
	distribute(condition->left, arena, left);
	distribute(condition->right, arena, right);
	out->overflow = out->overflow || left->overflow || right->overflow;
	add_all(out, left, right);
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

static void add_term(struct afd_reader *reader, struct afd_target to, const struct afd_condition *condition,
					 size_t expectation, size_t alternative)
{
	struct afd_model_term *term = afd_arena_push(reader->arena, to.terms, to.term_count, sizeof *term);
	*term = (struct afd_model_term){
		.line = afd_read_line(reader, condition->where),
		.expectation = (unsigned)expectation,
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

static void add_expectation(struct afd_reader *reader, struct afd_target to,
							const struct afd_condition *condition, const char *text)
{
	struct alternatives *found = afd_arena_new(reader->arena, sizeof *found);
	distribute(condition, reader->arena, found);
	if (found->overflow) {
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", condition->where,
					 "this expectation has more than %d alternatives", ALTERNATIVES_MAX);
		return;
	}
	size_t number = *to.expectation_count;
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, to.expectations, to.expectation_count, sizeof *row);
	struct afd_span where = widened(reader, condition->where);
	row->line = afd_read_line(reader, where);
	row->text = text ? text : without_bars(afd_arena_copy(reader->arena, where));
	for (size_t i = 0; i < found->count; i++)
		for (size_t k = 0; k < found->rows[i].count; k++)
			add_term(reader, to, found->rows[i].terms[k], number, i + 1);
}

void afd_read_add_conditions(struct afd_reader *reader, struct afd_target to,
							 const struct afd_condition *condition, const char *text)
{
	if (condition->junction != AFD_ALL || text) {
		add_expectation(reader, to, condition, text);
		return;
	}
	afd_read_add_conditions(reader, to, condition->left, NULL);
	afd_read_add_conditions(reader, to, condition->right, NULL);
}
