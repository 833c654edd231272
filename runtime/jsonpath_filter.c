/* SPDX-License-Identifier: MIT
 * Filter expressions (RFC 9535 section 2.3.5) and functions (2.4). Recursion goes as deep as the path is
 * nested, which the parser bounds, never as deep as the document. */
#include "jsonpath_run.h"

#include <stdio.h>
#include <string.h>

enum value_kind {
	NO_VALUE, /* Nothing, in the words of the RFC */
	NODE,
	LITERAL,
	NUMBER /* made by a function */
};

struct value {
	enum value_kind kind;
	enum afd_json_type type;
	uint32_t node;
	struct afd_span token; /* of a node or literal */
	char digits[24];       /* of a number */
};

static struct value value_of(struct afd_path_run *run, const struct afd_path_expr *operand, uint32_t node);

static struct value node_value(const struct afd_path_run *run, uint32_t node)
{
	if (node == AFD_JSON_NONE)
		return (struct value){ .kind = NO_VALUE };
	return (struct value){
		.kind = NODE,
		.type = run->json->nodes[node].type,
		.node = node,
		.token = afd_json_text(run->json, node),
	};
}

static struct value number_value(size_t number)
{
	struct value value = { .kind = NUMBER, .type = AFD_JSON_NUMBER };
	snprintf(value.digits, sizeof value.digits, "%zu", number);
	return value;
}

static struct afd_span token_of(const struct value *value)
{
	return value->kind == NUMBER ? afd_span_of(value->digits) : value->token;
}

/* Functions */

/* Unicode scalar values in a string token: an escape counts once, a pair of surrogates too. */
static size_t count_characters(struct afd_span token)
{
	size_t count = 0;
	for (size_t i = 1; i + 1 < token.size; i++) {
		if (token.data[i] != '\\') {
			count += ((unsigned char)token.data[i] & 0xc0) != 0x80;
			continue;
		}
		bool high = token.data[i + 1] == 'u' && (token.data[i + 2] | 0x20) == 'd' &&
					strchr("89abAB", token.data[i + 3]);
		i += token.data[i + 1] != 'u' ? 1 : high ? 11 : 5;
		count++;
	}
	return count;
}

static struct value length_of(struct afd_path_run *run, const struct afd_path_expr *call, uint32_t node)
{
	struct value value = value_of(run, call->operands[0], node);
	if (value.kind == NO_VALUE || !afd_path_visit(run, value.token.size / 64))
		return value;
	if (value.type == AFD_JSON_STRING)
		return number_value(count_characters(value.token));
	if (value.type == AFD_JSON_ARRAY || value.type == AFD_JSON_OBJECT)
		return number_value(run->json->nodes[value.node].count);
	return (struct value){ .kind = NO_VALUE };
}

static struct value count_of(struct afd_path_run *run, const struct afd_path_expr *call, uint32_t node)
{
	struct afd_nodes nodes = { 0 };
	afd_path_select(run, call->operands[0]->query, node, &nodes);
	size_t count = nodes.count;
	afd_nodes_free(&nodes);
	return number_value(count);
}

static struct value only_value(struct afd_path_run *run, const struct afd_path_expr *call, uint32_t node)
{
	struct afd_nodes nodes = { 0 };
	afd_path_select(run, call->operands[0]->query, node, &nodes);
	struct value value = node_value(run, nodes.count == 1 ? nodes.rows[0] : AFD_JSON_NONE);
	afd_nodes_free(&nodes);
	return value;
}

static struct value call_value(struct afd_path_run *run, const struct afd_path_expr *call, uint32_t node)
{
	switch (call->function) {
	case AFD_PATH_LENGTH: return length_of(run, call, node);
	case AFD_PATH_COUNT: return count_of(run, call, node);
	case AFD_PATH_VALUE_OF: return only_value(run, call, node);
	default: return (struct value){ .kind = NO_VALUE };
	}
}

static struct value value_of(struct afd_path_run *run, const struct afd_path_expr *operand, uint32_t node)
{
	switch (operand->kind) {
	case AFD_PATH_LITERAL:
		return (struct value){ .kind = LITERAL, .type = operand->type, .token = operand->literal };
	case AFD_PATH_QUERY: return node_value(run, afd_path_select_one(run, operand->query, node));
	case AFD_PATH_CALL: return call_value(run, operand, node);
	default: return (struct value){ .kind = NO_VALUE };
	}
}

/* The compiled pattern of the token; NULL where it is malformed. */
static struct afd_regexp *compiled(struct afd_path_run *run, struct afd_span token)
{
	if (run->pattern.data == token.data)
		return run->regexp;
	afd_regexp_free(run->regexp);
	run->regexp = NULL;
	run->pattern = token;
	struct afd_text pattern;
	afd_text_init(&pattern, token.size);
	if (!afd_json_decode(token, &pattern))
		run->failed = true;
	else
		run->regexp = afd_regexp_compile(afd_text_span(&pattern));
	afd_text_free(&pattern);
	return run->regexp;
}

static bool matches(struct afd_path_run *run, const struct afd_path_expr *call, uint32_t node)
{
	struct value subject = value_of(run, call->operands[0], node);
	struct value pattern = value_of(run, call->operands[1], node);
	if (subject.kind == NO_VALUE || pattern.kind == NO_VALUE)
		return false;
	if (subject.type != AFD_JSON_STRING || pattern.type != AFD_JSON_STRING)
		return false;
	const struct afd_regexp *regexp = compiled(run, pattern.token);
	if (!regexp)
		return false;
	struct afd_text text;
	afd_text_init(&text, subject.token.size);
	bool found = false;
	bool full = call->function == AFD_PATH_MATCH;
	bool done = afd_json_decode(subject.token, &text) &&
				afd_regexp_run(regexp, afd_text_span(&text), full, &run->steps, &found);
	run->failed = run->failed || !done;
	afd_text_free(&text);
	return found;
}

/* Comparisons */

static bool equal(const struct afd_path_run *run, const struct value *a, const struct value *b)
{
	if (a->kind == NO_VALUE || b->kind == NO_VALUE)
		return a->kind == b->kind;
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case AFD_JSON_NUMBER: return afd_json_compare_numbers(token_of(a), token_of(b)) == 0;
	case AFD_JSON_STRING: return afd_json_compare_strings(a->token, b->token) == 0;
	case AFD_JSON_ARRAY:
	case AFD_JSON_OBJECT: return afd_json_equal(run->json, a->node, run->json, b->node);
	default: return true;
	}
}

static bool less(const struct value *a, const struct value *b)
{
	if (a->kind == NO_VALUE || b->kind == NO_VALUE || a->type != b->type)
		return false;
	if (a->type == AFD_JSON_NUMBER)
		return afd_json_compare_numbers(token_of(a), token_of(b)) < 0;
	return a->type == AFD_JSON_STRING && afd_json_compare_strings(a->token, b->token) < 0;
}

static bool compare(struct afd_path_run *run, const struct afd_path_expr *comparison, uint32_t node)
{
	struct value a = value_of(run, comparison->operands[0], node);
	struct value b = value_of(run, comparison->operands[1], node);
	if (!afd_path_visit(run, 1 + (a.token.size + b.token.size) / 64))
		return false;
	switch (comparison->relation) {
	case AFD_PATH_EQ: return equal(run, &a, &b);
	case AFD_PATH_NE: return !equal(run, &a, &b);
	case AFD_PATH_LT: return less(&a, &b);
	case AFD_PATH_LE: return less(&a, &b) || equal(run, &a, &b);
	case AFD_PATH_GT: return less(&b, &a);
	case AFD_PATH_GE: break;
	}
	return less(&b, &a) || equal(run, &a, &b);
}

/* Logical expressions */

static bool exists(struct afd_path_run *run, const struct afd_path_query *query, uint32_t node)
{
	if (query->singular)
		return afd_path_select_one(run, query, node) != AFD_JSON_NONE;
	struct afd_nodes nodes = { 0 };
	afd_path_select(run, query, node, &nodes);
	bool found = nodes.count > 0;
	afd_nodes_free(&nodes);
	return found;
}

/* Whether one of the operands is `wanted`. */
static bool any(struct afd_path_run *run, const struct afd_path_expr *test, uint32_t node, bool wanted)
{
	for (size_t i = 0; i < test->count && !run->failed; i++)
		if (afd_path_holds(run, test->operands[i], node) == wanted)
			return true;
	return false;
}

bool afd_path_holds(struct afd_path_run *run, const struct afd_path_expr *test, uint32_t node)
{
	switch (test->kind) {
	case AFD_PATH_LITERAL: return false;
	case AFD_PATH_QUERY: return exists(run, test->query, node);
	case AFD_PATH_CALL: return matches(run, test, node);
	case AFD_PATH_COMPARISON: return compare(run, test, node);
	case AFD_PATH_AND: return !any(run, test, node, false);
	case AFD_PATH_OR: return any(run, test, node, true);
	case AFD_PATH_NOT: return !afd_path_holds(run, test->operands[0], node);
	case AFD_PATH_GROUP: break;
	}
	return afd_path_holds(run, test->operands[0], node);
}
