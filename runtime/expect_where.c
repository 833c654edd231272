/* SPDX-License-Identifier: MIT
 * Every record against the "where" of the request's body: [{"column": C, "operator": O, "value": V}, ...],
 * all of which must hold. Numbers are equal by value, also to strings that spell them; true and false are 1
 * and 0; times are compared as moments. A column that a record lacks satisfies nothing. */
#include "expect_question.h"
#include "expect_time.h"

#include <string.h>

/* A node of the answer or of the request. */
struct place {
	const struct afd_json *json;
	uint32_t node;
};

struct condition {
	struct afd_question *question;
	struct place value; /* node AFD_JSON_NONE: left out */
};

enum order { LESS, SAME, MORE, OTHER };

static const struct afd_json_node *node_at(struct place place)
{
	return &place.json->nodes[place.node];
}

/* The decoded text of a string, the token of anything else; true and false as numbers. */
static struct afd_span scalar_text(struct afd_question *question, struct place place)
{
	struct afd_span token = afd_json_text(place.json, place.node);
	switch (node_at(place)->type) {
	case AFD_JSON_TRUE: return AFD_SPAN("1");
	case AFD_JSON_FALSE: return AFD_SPAN("0");
	case AFD_JSON_STRING: break;
	default: return token;
	}
	if (!memchr(token.data, '\\', token.size))
		return (struct afd_span){ token.data + 1, token.size - 2 };
	struct afd_text text;
	afd_text_init(&text, token.size);
	question->unanswered = !afd_json_decode(token, &text) || question->unanswered;
	struct afd_span copy = { afd_arena_copy(question->arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return copy;
}

static bool is_string(struct place place)
{
	return node_at(place)->type == AFD_JSON_STRING;
}

static bool is_plain(struct place place)
{
	enum afd_json_type type = node_at(place)->type;
	return type != AFD_JSON_NULL && type != AFD_JSON_ARRAY && type != AFD_JSON_OBJECT;
}

static enum order order_of(int compared)
{
	return compared < 0 ? LESS : compared > 0 ? MORE : SAME;
}

static enum order compare_texts(struct afd_span a, struct afd_span b)
{
	struct afd_moment x;
	struct afd_moment y;
	if (afd_moment_read(a, &x) && afd_moment_read(b, &y))
		return order_of(afd_moment_compare(&x, &y));
	return order_of(afd_span_compare(a, b));
}

static enum order compare(struct afd_question *question, struct place a, struct place b)
{
	if (!is_plain(a) || !is_plain(b))
		return afd_json_equal(a.json, a.node, b.json, b.node) ? SAME : OTHER;
	struct afd_span x = scalar_text(question, a);
	struct afd_span y = scalar_text(question, b);
	if (is_string(a) && is_string(b))
		return compare_texts(x, y);
	if (afd_text_is_number(x) && afd_text_is_number(y))
		return order_of(afd_json_compare_numbers(x, y));
	return OTHER;
}

/* Comparisons. The value is there, but for null. */

static bool is_same(const struct condition *condition, struct place column)
{
	return compare(condition->question, column, condition->value) == SAME;
}

static bool is_other(const struct condition *condition, struct place column)
{
	return !is_same(condition, column);
}

static bool is_less(const struct condition *condition, struct place column)
{
	return compare(condition->question, column, condition->value) == LESS;
}

static bool is_more(const struct condition *condition, struct place column)
{
	return compare(condition->question, column, condition->value) == MORE;
}

static bool is_at_most(const struct condition *condition, struct place column)
{
	enum order order = compare(condition->question, column, condition->value);
	return order == LESS || order == SAME;
}

static bool is_at_least(const struct condition *condition, struct place column)
{
	enum order order = compare(condition->question, column, condition->value);
	return order == MORE || order == SAME;
}

static bool is_array(struct place place)
{
	return node_at(place)->type == AFD_JSON_ARRAY;
}

/* Whether `one` is the other, or an element of it. */
static bool is_among(struct afd_question *question, struct place one, struct place many)
{
	if (!is_array(many))
		return compare(question, one, many) == SAME;
	struct place element = { many.json, node_at(many)->count ? many.node + 1 : AFD_JSON_NONE };
	for (; element.node != AFD_JSON_NONE; element.node = node_at(element)->next)
		if (compare(question, one, element) == SAME)
			return true;
	return false;
}

static bool is_in(const struct condition *condition, struct place column)
{
	return is_among(condition->question, column, condition->value);
}

static bool is_not_in(const struct condition *condition, struct place column)
{
	return !is_in(condition, column);
}

/* The column is an array that holds one of the values. */
static bool is_in_array(const struct condition *condition, struct place column)
{
	if (!is_array(column))
		return is_in(condition, column);
	struct place element = { column.json, node_at(column)->count ? column.node + 1 : AFD_JSON_NONE };
	for (; element.node != AFD_JSON_NONE; element.node = node_at(element)->next)
		if (is_in(condition, element))
			return true;
	return false;
}

static bool is_not_in_array(const struct condition *condition, struct place column)
{
	return !is_in_array(condition, column);
}

static bool is_null(const struct condition *condition, struct place column)
{
	(void)condition;
	return node_at(column)->type == AFD_JSON_NULL;
}

static const struct comparison {
	const char *name;
	bool (*holds)(const struct condition *condition, struct place column);
	bool without_value;
} comparisons[] = {
	{ "=", is_same, false },
	{ "!=", is_other, false },
	{ "<", is_less, false },
	{ ">", is_more, false },
	{ "<=", is_at_most, false },
	{ ">=", is_at_least, false },
	{ "in", is_in, false },
	{ "not in", is_not_in, false },
	{ "in array", is_in_array, false },
	{ "not in array", is_not_in_array, false },
	{ "null", is_null, true },
};

/* Without an operator: "=". NULL where it is unknown. */
static const struct comparison *find_comparison(const struct afd_json *request, uint32_t name)
{
	if (name == AFD_JSON_NONE)
		return &comparisons[0];
	for (size_t i = 0;
		 request->nodes[name].type == AFD_JSON_STRING && i < sizeof comparisons / sizeof *comparisons; i++)
		if (afd_json_string_is(afd_json_text(request, name), afd_span_of(comparisons[i].name)))
			return &comparisons[i];
	return NULL;
}

/* The column of a record; "client.email" is looked for whole, then by its steps. */
static uint32_t find_column(const struct afd_json *json, uint32_t record, struct afd_span name)
{
	uint32_t found = afd_json_member(json, record, name);
	while (found == AFD_JSON_NONE && record != AFD_JSON_NONE) {
		size_t dot = afd_span_find(name, ".", 0);
		if (dot == SIZE_MAX)
			return afd_json_member(json, record, name);
		record = afd_json_member(json, record, afd_span_first(name, dot));
		name = afd_span_from(name, dot + 1);
	}
	return found;
}

static struct afd_got got_node(uint32_t node)
{
	return (struct afd_got){ .kind = AFD_GOT_NODE, .node = node };
}

static struct afd_got got_word(const char *word)
{
	return (struct afd_got){ .kind = AFD_GOT_WORD, .word = word, .node = AFD_JSON_NONE };
}

static bool satisfies(struct afd_question *question, uint32_t record, struct place row)
{
	uint32_t name = afd_json_member(row.json, row.node, AFD_SPAN("column"));
	uint32_t spelled = afd_json_member(row.json, row.node, AFD_SPAN("operator"));
	const struct comparison *comparison = find_comparison(row.json, spelled);
	uint32_t value = afd_json_member(row.json, row.node, AFD_SPAN("value"));
	if (name == AFD_JSON_NONE || row.json->nodes[name].type != AFD_JSON_STRING || !comparison ||
		(value == AFD_JSON_NONE && !comparison->without_value)) {
		question->got = got_word("a condition of where that cannot be read");
		return false;
	}
	struct condition condition = { question, { row.json, value } };
	struct place column = { question->judged->json, AFD_JSON_NONE };
	column.node = find_column(column.json, record, scalar_text(question, (struct place){ row.json, name }));
	question->got = got_node(column.node == AFD_JSON_NONE ? record : column.node);
	return column.node != AFD_JSON_NONE && comparison->holds(&condition, column);
}

static bool record_satisfies(struct afd_question *question, uint32_t record, struct place where)
{
	struct place row = { where.json, where.node + 1 };
	bool holds = true;
	for (; holds && row.node != AFD_JSON_NONE; row.node = node_at(row)->next)
		holds = satisfies(question, record, row);
	return holds;
}

static bool records_satisfy(struct afd_question *question, struct place where)
{
	const struct afd_json *json = question->judged->json;
	uint32_t records = AFD_JSON_NONE;
	long count = json ? afd_answer_records(json, &records) : -1;
	question->got = afd_got_nothing(question);
	if (count < 0)
		return false;
	question->got =
		(struct afd_got){ .kind = AFD_GOT_NUMBER, .number = count, .unit = "records", .node = records };
	if (json->nodes[records].type == AFD_JSON_OBJECT)
		return record_satisfies(question, records, where);
	uint32_t record = count ? records + 1 : AFD_JSON_NONE;
	bool holds = count > 0;
	for (; holds && record != AFD_JSON_NONE; record = json->nodes[record].next)
		holds = record_satisfies(question, record, where);
	return holds;
}

bool afd_where_holds(struct afd_question *question)
{
	struct afd_json request;
	struct afd_json_error error;
	question->got = got_word("a request without where");
	if (!afd_json_parse(question->judged->request_body, &request, &error))
		return false;
	struct place where = { &request, afd_json_member(&request, 0, AFD_SPAN("where")) };
	bool stated = where.node != AFD_JSON_NONE && is_array(where) && node_at(where)->count > 0;
	bool holds = stated && records_satisfy(question, where);
	afd_json_free(&request);
	return holds;
}
