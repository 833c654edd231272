/* SPDX-License-Identifier: MIT
 * The actions of grammar/expect.y. */
#include "expectation.h"

#include "expect_parser.h"

#include <stdlib.h>
#include <string.h>

static struct afd_condition *new_condition(struct afd_arena *arena)
{
	return afd_arena_new(arena, sizeof(struct afd_condition));
}

static struct afd_span span_to(struct afd_span from, struct afd_span to)
{
	from.size = (size_t)(to.data + to.size - from.data);
	return from;
}

/* Joined conditions */

struct afd_condition *afd_expect_join(struct afd_expect_lexer *lexer, enum afd_junction junction,
									  struct afd_condition *left, struct afd_condition *right)
{
	struct afd_condition *joined = new_condition(lexer->arena);
	*joined = (struct afd_condition){ .junction = junction, .left = left, .right = right };
	joined->where = span_to(left->where, right->where);
	return joined;
}

static bool is_plain_status(const struct afd_condition *condition)
{
	if (condition->junction == AFD_ANY)
		return is_plain_status(condition->left) && is_plain_status(condition->right);
	return condition->junction == AFD_TERM && !condition->negated && condition->steps.count == 0 &&
		   strcmp(condition->subject, "AFD_STATUS") == 0 && strcmp(condition->predicate, "AFD_IS") == 0;
}

struct afd_condition *afd_expect_comma(struct afd_expect_lexer *lexer, struct afd_condition *left,
									   struct afd_condition *right)
{
	if (!is_plain_status(right))
		return afd_expect_join(lexer, AFD_ALL, left, right);
	if (is_plain_status(left))
		return afd_expect_join(lexer, AFD_ANY, left, right);
	if (left->junction != AFD_ALL || !is_plain_status(left->right))
		return afd_expect_join(lexer, AFD_ALL, left, right);
	left->right = afd_expect_join(lexer, AFD_ANY, left->right, right);
	left->where = span_to(left->where, right->where);
	return left;
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
	condition->where = span_to(word, condition->where);
	return condition;
}

/* Terms */

struct afd_condition *afd_expect_plain(struct afd_arena *arena, const char *subject, const char *predicate,
									   const char *value, struct afd_span where)
{
	struct afd_condition *term = new_condition(arena);
	*term =
		(struct afd_condition){ .subject = subject, .predicate = predicate, .value = value, .where = where };
	term->value_at = term->place = where;
	return term;
}

struct afd_condition *afd_expect_code(struct afd_expect_lexer *lexer, struct afd_expect_token code)
{
	bool status = code.kind == AFD_EXPECT_STATUS;
	return afd_expect_plain(lexer->arena, status ? "AFD_STATUS" : "AFD_CODE", "AFD_IS", code.value,
							code.text);
}

struct afd_condition *afd_expect_whole(struct afd_expect_lexer *lexer, struct afd_expect_token whole)
{
	bool empty = whole.id == 2;
	const char *value = strcmp(whole.value, "AFD_MEDIA") == 0 ? "JSON" : NULL;
	return afd_expect_plain(lexer->arena, whole.value, empty ? "AFD_IS_EMPTY" : "AFD_HOLDS", value,
							whole.text);
}

/* `success: true`: a member without its object. */
static bool is_member(const struct afd_expect_token *token)
{
	return token->kind == AFD_EXPECT_EXAMPLE && !strchr("{[", token->value[0]);
}

static const char *as_object(struct afd_expect_lexer *lexer, const struct afd_expect_token *token)
{
	return is_member(token) ? afd_arena_printf(lexer->arena, "{%s}", token->value) : token->value;
}

struct afd_condition *afd_expect_example(struct afd_expect_lexer *lexer, struct afd_expect_token example)
{
	return afd_expect_plain(lexer->arena, "AFD_BODY", "AFD_LIKE", as_object(lexer, &example), example.text);
}

static void *fail(struct afd_expect_lexer *lexer, struct afd_span where, const char *failure)
{
	lexer->failed_at = where;
	for (size_t i = 0; failure[i] && i + 1 < sizeof lexer->failure; i++)
		lexer->failure[i] = failure[i];
	return NULL;
}

struct afd_condition *afd_expect_is_whole(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										  struct afd_expect_token predicate, struct afd_expect_token whole)
{
	bool json = strcmp(whole.value, "AFD_MEDIA") == 0 && strcmp(predicate.value, "AFD_IS") == 0;
	bool answer = strcmp(subject.value, "AFD_BODY") == 0 || strcmp(subject.value, "AFD_MEDIA") == 0;
	if (!json || !answer || subject.steps.count)
		return fail(lexer, whole.text, "expected a value; found a condition");
	struct afd_condition *term = afd_expect_whole(lexer, whole);
	term->negated = predicate.id == 1;
	term->where = term->place = span_to(subject.text, whole.text);
	return term;
}

struct afd_condition *afd_expect_json_type(struct afd_expect_lexer *lexer, struct afd_expect_token whole,
										   struct afd_expect_token type)
{
	if (strcmp(whole.value, "AFD_MEDIA") != 0)
		return fail(lexer, type.text, "expected a condition; found a type");
	struct afd_condition *json = afd_expect_whole(lexer, whole);
	return afd_expect_join(lexer, AFD_ALL, json,
						   afd_expect_plain(lexer->arena, "AFD_BODY", "AFD_IS_TYPE", type.value, type.text));
}

struct afd_condition *afd_expect_error_text(struct afd_expect_lexer *lexer, struct afd_expect_token whole,
											struct afd_expect_token text)
{
	if (strcmp(whole.value, "AFD_ERROR") != 0)
		return fail(lexer, text.text, "expected a condition; found a value");
	struct afd_condition *term =
		afd_expect_plain(lexer->arena, "AFD_MESSAGE", "AFD_IS", text.value, text.text);
	term->where = term->place = span_to(whole.text, text.text);
	return term;
}

static struct afd_condition *new_term(struct afd_expect_lexer *lexer, struct afd_expect_token subject)
{
	struct afd_condition *term = new_condition(lexer->arena);
	*term = (struct afd_condition){ .subject = subject.value,
									.steps = subject.steps,
									.name = subject.name,
									.name_at = subject.name_at,
									.where = subject.text,
									.place = subject.text };
	lexer->subject = subject;
	lexer->has_subject = true;
	return term;
}

struct afd_condition *afd_expect_exists(struct afd_expect_lexer *lexer, struct afd_expect_token subject)
{
	struct afd_condition *term = new_term(lexer, subject);
	term->predicate = "AFD_EXISTS";
	return term;
}

struct afd_condition *afd_expect_holds(struct afd_expect_lexer *lexer, const struct afd_expect_token *subject,
									   struct afd_expect_token predicate, struct afd_expect_token object)
{
	bool body = !subject || (strcmp(subject->value, "AFD_BODY") == 0 && subject->steps.count == 0);
	if (!body || strcmp(predicate.value, "AFD_CONTAINS") != 0)
		return fail(lexer, object.text, "expected a value; found a subject");
	struct afd_condition *term = afd_expect_exists(lexer, object);
	term->negated = predicate.id == 1;
	return term;
}

/* Claims */

struct afd_expect_claim afd_expect_nullary(struct afd_expect_token predicate)
{
	return (struct afd_expect_claim){ .predicate = predicate };
}

struct afd_expect_claim afd_expect_compared(struct afd_expect_token predicate,
											struct afd_expect_values values)
{
	return (struct afd_expect_claim){ .predicate = predicate, .values = values };
}

static struct afd_expect_claim claim_of(struct afd_expect_lexer *lexer, const char *predicate,
										struct afd_expect_token value)
{
	struct afd_expect_claim claim = { .predicate = { .text = { value.text.data, 0 }, .value = predicate } };
	claim.values = afd_expect_value(lexer, value);
	return claim;
}

struct afd_expect_claim afd_expect_counted(struct afd_expect_lexer *lexer,
										   const struct afd_expect_token *predicate,
										   struct afd_expect_token number)
{
	struct afd_expect_claim claim = claim_of(lexer, "AFD_IS", number);
	if (predicate)
		claim.predicate = *predicate;
	claim.counted = true;
	return claim;
}

struct afd_expect_claim afd_expect_equal(struct afd_expect_lexer *lexer, struct afd_expect_token value)
{
	return claim_of(lexer, "AFD_IS", value);
}

struct afd_expect_claim afd_expect_holding(struct afd_expect_lexer *lexer, struct afd_expect_token value)
{
	return claim_of(lexer, "AFD_CONTAINS", value);
}

struct afd_expect_values afd_expect_value(struct afd_expect_lexer *lexer, struct afd_expect_token value)
{
	struct afd_expect_values values = { 0 };
	return afd_expect_more(lexer, values, ',', value);
}

struct afd_expect_values afd_expect_more(struct afd_expect_lexer *lexer, struct afd_expect_values values,
										 char word, struct afd_expect_token value)
{
	struct afd_expect_token *row =
		afd_arena_push(lexer->arena, &values.rows, &values.count, sizeof *values.rows);
	*row = value;
	values.any = values.any || word == 'o';
	values.all = values.all || word == 'a';
	if (values.any && values.all && lexer->ambiguous.size == 0)
		lexer->ambiguous = value.text;
	return values;
}

/* A number times the size of its unit, exactly, to a millionth; the number as it is where it is too large. */
static const char *scaled(struct afd_arena *arena, const char *number, long long factor)
{
	const char *dot = strchr(number, '.');
	size_t whole = dot ? (size_t)(dot - number) : strlen(number);
	if (factor <= 1 || whole > 9 || number[0] == '-')
		return number;
	long long millionths = strtoll(number, NULL, 10) * 1000000;
	long long place = 100000;
	for (const char *p = dot ? dot + 1 : ""; *p && place > 0; p++, place /= 10)
		millionths += (*p - '0') * place;
	long long product = millionths * factor;
	if (product % 1000000 == 0)
		return afd_arena_printf(arena, "%lld", product / 1000000);
	return afd_arena_printf(arena, "%lld.%06lld", product / 1000000, product % 1000000);
}

struct afd_expect_token afd_expect_with_unit(struct afd_expect_lexer *lexer, struct afd_expect_token number,
											 struct afd_expect_token unit)
{
	number.text = span_to(number.text, unit.text);
	number.value = scaled(lexer->arena, number.value, unit.id);
	number.unit = unit.value;
	return number;
}

static bool has_unit(const struct afd_condition *term, const char *unit)
{
	return term->unit && strcmp(term->unit, unit) == 0;
}

static bool is_subject(const struct afd_condition *term, const char *subject)
{
	return strcmp(term->subject, subject) == 0;
}

/* What the words leave to the value: "contains 3 items" counts, "body is at most 10 KB" is its size, and a
 * code of three digits is the status. */
static void complete(struct afd_expect_lexer *lexer, struct afd_condition *term,
					 const struct afd_expect_claim *claim, const struct afd_expect_token *value)
{
	bool contains = strcmp(term->predicate, "AFD_CONTAINS") == 0;
	if (contains && has_unit(term, "items"))
		term->predicate = "AFD_IS";
	if (claim->counted || (contains && has_unit(term, "items")))
		afd_expect_add_step(lexer, &term->steps, "AFD_COUNT", NULL, claim->predicate.text);
	bool sized =
		is_subject(term, "AFD_BODY") || is_subject(term, "AFD_PATH") || is_subject(term, "AFD_HEADER");
	if (has_unit(term, "bytes") && term->steps.count == 0 && sized)
		afd_expect_add_step(lexer, &term->steps, "AFD_SIZE", NULL, value->text);
	if (is_subject(term, "AFD_CODE") && value->kind == AFD_EXPECT_STATUS)
		term->subject = "AFD_STATUS";
	/* "body: `{...}`" shows the body */
	bool shown = is_subject(term, "AFD_BODY") && claim->predicate.text.size == 0 && term->steps.count == 0;
	bool part = is_subject(term, "AFD_BODY") && contains && is_member(value);
	if (part || (shown && value->kind == AFD_EXPECT_EXAMPLE)) {
		term->predicate = "AFD_LIKE";
		term->value = as_object(lexer, value);
	}
	bool holds = is_subject(term, "AFD_MEDIA") && strcmp(term->predicate, "AFD_IS") == 0;
	if (holds && strcmp(term->value, "json") == 0)
		term->value = "JSON";
}

static struct afd_condition *term_of(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
									 const struct afd_expect_claim *claim,
									 const struct afd_expect_token *value)
{
	struct afd_condition *term = new_term(lexer, subject);
	term->predicate = claim->predicate.value;
	term->where = term->place = span_to(subject.text, claim->predicate.text);
	if (!value)
		return term;
	term->value = value->value;
	term->value_at = value->text;
	term->unit = value->unit;
	term->where = term->place = span_to(subject.text, value->text);
	complete(lexer, term, claim, value);
	return term;
}

/* A claim without a subject: of the last one, or of the latency where it is in milliseconds. */
static bool find_subject(struct afd_expect_lexer *lexer, const struct afd_expect_claim *claim,
						 struct afd_expect_token *subject)
{
	const char *unit = claim->values.count ? claim->values.rows[0].unit : NULL;
	*subject = lexer->subject;
	if (lexer->has_subject || !unit || strcmp(unit, "ms") != 0)
		return lexer->has_subject;
	*subject = (struct afd_expect_token){ .text = { claim->predicate.text.data, 0 }, .value = "AFD_LATENCY" };
	return true;
}

struct afd_condition *afd_expect_claim(struct afd_expect_lexer *lexer, const struct afd_expect_token *subject,
									   struct afd_expect_claim claim)
{
	struct afd_expect_token of;
	if (subject)
		of = *subject;
	else if (!find_subject(lexer, &claim, &of))
		return fail(lexer, claim.predicate.text, "expected a condition; found a predicate");
	const struct afd_expect_values *values = &claim.values;
	struct afd_condition *all = term_of(lexer, of, &claim, values->count ? &values->rows[0] : NULL);
	if (!subject)
		all->place = span_to(claim.predicate.text, all->where);
	bool any = values->any || (!values->all && strcmp(claim.predicate.value, "AFD_IS") == 0);
	for (size_t i = 1; i < values->count; i++)
		all = afd_expect_join(lexer, any ? AFD_ANY : AFD_ALL, all,
							  term_of(lexer, of, &claim, &values->rows[i]));
	if (claim.predicate.id == 1)
		negate(all);
	return all;
}

static bool parse(struct afd_span text, struct afd_expect_lexer *lexer)
{
	lexer->cursor = text.data;
	lexer->end = text.data + text.size;
	lexer->failed_at = text;
	if (text.size > AFD_EXPECTATION_MAX)
		return fail(lexer, afd_span_first(text, 1), "expected a condition; found a text that is too long") !=
			   NULL;
	return afd_expect_parse(lexer) == 0 && lexer->root;
}

bool afd_expect_parse_text(struct afd_span text, bool cells, bool strict,
						   const struct afd_vocabulary *vocabulary, struct afd_arena *arena,
						   struct afd_expect_lexer *lexer)
{
	*lexer = (struct afd_expect_lexer){
		.arena = arena, .vocabulary = vocabulary, .cells = cells, .strict = strict
	};
	return parse(text, lexer);
}

bool afd_expect_parse_subject(struct afd_span text, const struct afd_vocabulary *vocabulary,
							  struct afd_arena *arena, struct afd_expect_lexer *lexer)
{
	*lexer =
		(struct afd_expect_lexer){ .arena = arena, .vocabulary = vocabulary, .strict = true, .alone = true };
	return parse(text, lexer);
}
