/* SPDX-License-Identifier: MIT */
#include "expectation.h"

#include "expect_parser.h"

#include <string.h>

static struct afd_condition *new_condition(struct afd_expect_lexer *lexer)
{
	return afd_arena_new(lexer->arena, sizeof(struct afd_condition));
}

struct afd_condition *afd_expect_join(struct afd_expect_lexer *lexer, enum afd_junction junction,
									  struct afd_condition *left, struct afd_condition *right)
{
	struct afd_condition *joined = new_condition(lexer);
	*joined = (struct afd_condition){ .junction = junction, .left = left, .right = right, .where = left->where };
	joined->where.size = (size_t)(right->where.data + right->where.size - left->where.data);
	return joined;
}

/* De Morgan, so that only terms are negated. */
static void negate(struct afd_condition *condition)
{
	if (condition->junction == AFD_TERM) {
		condition->negated = !condition->negated;
		return;
	}
	condition->junction = condition->junction == AFD_ALL ? AFD_ANY : AFD_ALL;
	negate(condition->left);
	negate(condition->right);
}

struct afd_condition *afd_expect_not(struct afd_condition *condition, struct afd_span word)
{
	negate(condition);
	condition->where.size += (size_t)(condition->where.data - word.data);
	condition->where.data = word.data;
	return condition;
}

/* A status or code alone: `404`, `ORDER_NOT_FOUND`. */
static void set_plain(struct afd_condition *term, struct afd_expect_token value)
{
	bool status = value.value[0] >= '1' && value.value[0] <= '5' && strlen(value.value) == 3;
	term->subject = status ? "AFD_STATUS" : "AFD_CODE";
	term->predicate = "AFD_IS";
	term->value = value.value;
	term->where = value.text;
}

static const char *whole_predicate(int id)
{
	return id == 2 ? "AFD_IS_EMPTY" : "AFD_HOLDS";
}

static void set_subject(struct afd_condition *term, struct afd_expect_token subject)
{
	bool path = subject.value && subject.value[0] == '$';
	term->subject = path ? "AFD_PATH" : subject.value;
	term->name = path ? subject.value : subject.name;
	if (subject.measure)
		term->measure = subject.measure;
	term->where = subject.text;
}

static void set_predicate(struct afd_condition *term, struct afd_expect_token subject,
						  struct afd_expect_token predicate)
{
	if (predicate.value) {
		term->predicate = predicate.value;
		term->negated = predicate.id == 1;
		term->where.size = (size_t)(predicate.text.data + predicate.text.size - term->where.data);
	} else if (subject.id != 0) {
		term->predicate = whole_predicate(subject.id);
	} else {
		term->predicate = "AFD_EXISTS";
	}
}

struct afd_expect_token afd_expect_named(struct afd_expect_token subject, struct afd_expect_token name)
{
	subject.name = name.value;
	subject.text.size = (size_t)(name.text.data + name.text.size - subject.text.data);
	return subject;
}

struct afd_expect_token afd_expect_with_unit(struct afd_expect_token number, struct afd_expect_token unit)
{
	number.text.size = (size_t)(unit.text.data + unit.text.size - number.text.data);
	return number;
}

struct afd_condition *afd_expect_term(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
									  struct afd_expect_token predicate, struct afd_expect_token value)
{
	struct afd_condition *term = new_condition(lexer);
	term->measure = "AFD_VALUE";
	if (!subject.text.data) {
		set_plain(term, value);
		return term;
	}
	set_subject(term, subject);
	set_predicate(term, subject, predicate);
	if (value.text.data) {
		term->value = value.value;
		term->where.size = (size_t)(value.text.data + value.text.size - term->where.data);
		if (!predicate.value)
			term->predicate = "AFD_IS";
	}
	if (subject.value && strcmp(subject.value, "AFD_MEDIA") == 0 && subject.id == 1)
		term->value = "JSON";
	return term;
}

struct afd_condition *afd_expect_counted(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										 struct afd_expect_token predicate, struct afd_expect_token number)
{
	struct afd_condition *term = afd_expect_term(lexer, subject, predicate, number);
	term->measure = "AFD_COUNT";
	return term;
}

bool afd_expect_parse_text(struct afd_span text, bool cells, struct afd_arena *arena, struct afd_expect_lexer *lexer)
{
	*lexer = (struct afd_expect_lexer){ .cursor = text.data, .end = text.data + text.size, .arena = arena };
	lexer->failed_at = text;
	lexer->cells = cells;
	return afd_expect_parse(lexer) == 0 && lexer->root;
}
