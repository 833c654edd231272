/* SPDX-License-Identifier: MIT
 * Predicates on one value: one row a predicate. Numbers are compared by value, strings by text, times as
 * moments, containers as JSON. */
#include "expect_question.h"
#include "expect_time.h"

#include <string.h>

static struct afd_span expected_text(const struct afd_question *question)
{
	return afd_span_of(question->value);
}

/* The expected value where it is written as a JSON string, with its quotes. */
static bool is_expected_string(const struct afd_question *question, struct afd_span text)
{
	if (!question->expected_is_json || question->expected.nodes[0].type != AFD_JSON_STRING)
		return false;
	struct afd_text decoded;
	afd_text_init(&decoded, question->expected.text.size);
	bool same = afd_json_decode(afd_json_text(&question->expected, 0), &decoded) &&
				afd_span_equal(afd_text_span(&decoded), text);
	afd_text_free(&decoded);
	return same;
}

/* A container of the answer itself. */
static bool is_container(const struct afd_value *value)
{
	return value->node != AFD_JSON_NONE && (value->type == AFD_JSON_ARRAY || value->type == AFD_JSON_OBJECT);
}

static bool is_equal(struct afd_question *question, const struct afd_value *value)
{
	struct afd_span expected = expected_text(question);
	const struct afd_json *json = question->judged->json;
	if (is_container(value) && question->expected_is_json)
		return afd_json_equal(json, value->node, &question->expected, 0);
	if (value->type == AFD_JSON_NUMBER && afd_text_is_number(expected))
		return afd_json_compare_numbers(value->text, expected) == 0;
	if (afd_span_equal(value->text, expected))
		return true;
	return value->type == AFD_JSON_STRING && is_expected_string(question, value->text);
}

static bool is_empty(struct afd_question *question, const struct afd_value *value)
{
	if (value->type == AFD_JSON_STRING || question->term->subject == AFD_BODY)
		return value->text.size == 0;
	return is_container(value) && question->judged->json->nodes[value->node].count == 0;
}

static bool holds_element(struct afd_question *question, uint32_t container)
{
	const struct afd_json_node *nodes = question->judged->json->nodes;
	uint32_t child = nodes[container].count ? container + 1 : AFD_JSON_NONE;
	for (; child != AFD_JSON_NONE; child = nodes[child].next) {
		struct afd_value element = afd_value_of_node(question, child);
		if (is_equal(question, &element))
			return true;
	}
	return false;
}

/* A piece of a text, an element of an array, the name of a member. */
static bool contains(struct afd_question *question, const struct afd_value *value)
{
	struct afd_span expected = expected_text(question);
	bool container = question->term->subject != AFD_BODY && is_container(value);
	if (container && value->type == AFD_JSON_ARRAY)
		return holds_element(question, value->node);
	if (container)
		return afd_json_member(question->judged->json, value->node, expected) != AFD_JSON_NONE;
	return expected.size == 0 ||
		   (value->text.size > 0 && memmem(value->text.data, value->text.size, expected.data, expected.size));
}

static bool starts_with(struct afd_question *question, const struct afd_value *value)
{
	return afd_span_starts(value->text, question->value);
}

static bool ends_with(struct afd_question *question, const struct afd_value *value)
{
	return afd_span_ends(value->text, question->value);
}

static bool matches(struct afd_question *question, const struct afd_value *value)
{
	enum afd_match match = afd_regexp_search(expected_text(question), value->text);
	if (match == AFD_MATCH_BAD_PATTERN || match == AFD_MATCH_OUT_OF_BOUNDS)
		question->unanswered = true;
	return match == AFD_MATCH_YES;
}

enum order { LESS, SAME, MORE, NOT_COMPARABLE };

static enum order order_of(int compared)
{
	return compared < 0 ? LESS : compared > 0 ? MORE : SAME;
}

static enum order compare(const struct afd_question *question, const struct afd_value *value)
{
	struct afd_span expected = expected_text(question);
	struct afd_moment a;
	struct afd_moment b;
	if (afd_text_is_number(value->text) && afd_text_is_number(expected))
		return order_of(afd_json_compare_numbers(value->text, expected));
	if (afd_moment_read(value->text, &a) && afd_moment_read(expected, &b))
		return order_of(afd_moment_compare(&a, &b));
	return NOT_COMPARABLE;
}

static bool is_less(struct afd_question *question, const struct afd_value *value)
{
	return compare(question, value) == LESS;
}

static bool is_at_most(struct afd_question *question, const struct afd_value *value)
{
	enum order order = compare(question, value);
	return order == LESS || order == SAME;
}

static bool is_greater(struct afd_question *question, const struct afd_value *value)
{
	return compare(question, value) == MORE;
}

static bool is_at_least(struct afd_question *question, const struct afd_value *value)
{
	enum order order = compare(question, value);
	return order == MORE || order == SAME;
}

static bool is_of_type(struct afd_question *question, const struct afd_value *value)
{
	question->unanswered = question->unanswered || !afd_type_is_known(question->value);
	return afd_value_is_type(value, question->value);
}

static bool is_there(struct afd_question *question, const struct afd_value *value)
{
	(void)question;
	(void)value;
	return true;
}

typedef bool predicate(struct afd_question *question, const struct afd_value *value);

static predicate *const predicates[] = {
	[AFD_EXISTS] = is_there,         [AFD_IS] = is_equal,
	[AFD_IS_EMPTY] = is_empty,       [AFD_CONTAINS] = contains,
	[AFD_STARTS_WITH] = starts_with, [AFD_ENDS_WITH] = ends_with,
	[AFD_MATCHES] = matches,         [AFD_LESS] = is_less,
	[AFD_AT_MOST] = is_at_most,      [AFD_GREATER] = is_greater,
	[AFD_AT_LEAST] = is_at_least,    [AFD_IS_TYPE] = is_of_type,
	[AFD_LIKE] = afd_value_is_like,  [AFD_EXACTLY_LIKE] = afd_value_is_like,
	[AFD_HOLDS] = is_there,
};

bool afd_value_satisfies(struct afd_question *question, const struct afd_value *value)
{
	size_t asked = (size_t)question->term->predicate;
	question->got = value->got;
	if (asked < sizeof predicates / sizeof *predicates && predicates[asked])
		return predicates[asked](question, value);
	question->unanswered = true;
	return false;
}
