/* SPDX-License-Identifier: MIT
 * Expressions of filters and their types (RFC 9535 section 2.4): what may be a test, a side of a comparison,
 * an argument. */
#include "jsonpath_parser.h"

enum { EXPRESSION_DEPTH_MAX = 100, PARAMETERS_MAX = 2 };

static const struct signature {
	const char *name;
	enum afd_path_type result;
	size_t count;
	enum afd_path_type parameters[PARAMETERS_MAX];
} signatures[AFD_PATH_FUNCTIONS] = {
	[AFD_PATH_LENGTH] = { "length", AFD_PATH_VALUE, 1, { AFD_PATH_VALUE } },
	[AFD_PATH_COUNT] = { "count", AFD_PATH_VALUE, 1, { AFD_PATH_NODES } },
	[AFD_PATH_MATCH] = { "match", AFD_PATH_LOGICAL, 2, { AFD_PATH_VALUE, AFD_PATH_VALUE } },
	[AFD_PATH_SEARCH] = { "search", AFD_PATH_LOGICAL, 2, { AFD_PATH_VALUE, AFD_PATH_VALUE } },
	[AFD_PATH_VALUE_OF] = { "value", AFD_PATH_VALUE, 1, { AFD_PATH_NODES } },
};

static struct afd_path_expr *new_expression(struct afd_path_parser *parser, enum afd_path_kind kind,
											size_t offset)
{
	struct afd_path_expr *expression = afd_arena_new(parser->arena, sizeof *expression);
	expression->kind = kind;
	expression->offset = offset;
	return expression;
}

static void deepen(struct afd_path_parser *parser, struct afd_path_expr *expression, unsigned inner)
{
	if (inner + 1 > expression->depth)
		expression->depth = inner + 1;
	if (expression->depth > EXPRESSION_DEPTH_MAX)
		afd_path_refuse(parser, expression->offset, "the filter is nested too deeply");
}

static void add_operand(struct afd_path_parser *parser, struct afd_path_expr *expression,
						struct afd_path_expr *operand)
{
	struct afd_path_expr **added = afd_arena_push(parser->arena, &expression->operands, &expression->count,
												  sizeof *expression->operands);
	*added = operand;
	deepen(parser, expression, operand->depth);
}

static bool gives_value(const struct afd_path_expr *operand)
{
	switch (operand->kind) {
	case AFD_PATH_LITERAL: return true;
	case AFD_PATH_QUERY: return operand->query->singular;
	case AFD_PATH_CALL: return signatures[operand->function].result == AFD_PATH_VALUE;
	default: return false;
	}
}

static void check_test(struct afd_path_parser *parser, const struct afd_path_expr *test)
{
	if (test->kind == AFD_PATH_LITERAL)
		afd_path_refuse(parser, test->offset, "a literal must be compared with something");
	if (test->kind == AFD_PATH_CALL && signatures[test->function].result == AFD_PATH_VALUE)
		afd_path_refuse(parser, test->offset, "the result of %s() must be compared with something",
						signatures[test->function].name);
}

static void check_side(struct afd_path_parser *parser, const struct afd_path_expr *side)
{
	if (side->kind == AFD_PATH_QUERY && !side->query->singular)
		afd_path_refuse(parser, side->offset, "a path that may select several nodes cannot be compared");
	if (side->kind == AFD_PATH_CALL && signatures[side->function].result != AFD_PATH_VALUE)
		afd_path_refuse(parser, side->offset, "%s() is true or false by itself and cannot be compared",
						signatures[side->function].name);
}

struct afd_path_selector *afd_path_filter(struct afd_path_parser *parser, struct afd_path_expr *test)
{
	check_test(parser, test);
	struct afd_path_selector *selector = afd_arena_new(parser->arena, sizeof *selector);
	selector->kind = AFD_PATH_FILTER;
	selector->filter = test;
	return selector;
}

struct afd_path_expr *afd_path_operand(struct afd_path_parser *parser, struct afd_path_range range,
									   struct afd_path_query *query)
{
	struct afd_path_expr *expression = new_expression(parser, AFD_PATH_QUERY, range.first);
	expression->query = query;
	deepen(parser, expression, query->depth);
	return expression;
}

struct afd_path_expr *afd_path_compare(struct afd_path_parser *parser, struct afd_path_range range,
									   struct afd_path_expr *left, enum afd_path_relation relation,
									   struct afd_path_expr *right)
{
	check_side(parser, left);
	check_side(parser, right);
	struct afd_path_expr *expression = new_expression(parser, AFD_PATH_COMPARISON, range.first);
	expression->relation = relation;
	add_operand(parser, expression, left);
	add_operand(parser, expression, right);
	return expression;
}

/* a && b && c is one expression of three, so that a long row is not deep. */
struct afd_path_expr *afd_path_join(struct afd_path_parser *parser, enum afd_path_kind kind,
									struct afd_path_expr *left, struct afd_path_expr *right)
{
	check_test(parser, left);
	check_test(parser, right);
	struct afd_path_expr *expression = left;
	if (left->kind != kind) {
		expression = new_expression(parser, kind, left->offset);
		add_operand(parser, expression, left);
	}
	add_operand(parser, expression, right);
	return expression;
}

struct afd_path_expr *afd_path_wrap(struct afd_path_parser *parser, enum afd_path_kind kind,
									struct afd_path_range range, struct afd_path_expr *inner)
{
	check_test(parser, inner);
	struct afd_path_expr *expression = new_expression(parser, kind, range.first);
	add_operand(parser, expression, inner);
	return expression;
}

/* Functions */

struct afd_path_expr *afd_path_argument(struct afd_path_parser *parser, struct afd_path_expr *arguments,
										struct afd_path_expr *argument)
{
	if (!arguments)
		arguments = new_expression(parser, AFD_PATH_CALL, argument->offset);
	add_operand(parser, arguments, argument);
	return arguments;
}

static bool fits(const struct afd_path_expr *argument, enum afd_path_type parameter)
{
	return parameter == AFD_PATH_NODES ? argument->kind == AFD_PATH_QUERY : gives_value(argument);
}

static void check_arguments(struct afd_path_parser *parser, const struct afd_path_expr *call)
{
	const struct signature *signature = &signatures[call->function];
	if (call->count != signature->count) {
		afd_path_refuse(parser, call->offset, "%s() takes %zu argument%s", signature->name, signature->count,
						signature->count == 1 ? "" : "s");
		return;
	}
	for (size_t i = 0; i < call->count; i++)
		if (!fits(call->operands[i], signature->parameters[i]))
			afd_path_refuse(parser, call->operands[i]->offset, "%s() takes %s here", signature->name,
							signature->parameters[i] == AFD_PATH_NODES ? "a path" : "one value");
}

static enum afd_path_function find_function(struct afd_span name)
{
	int function = 0;
	while (function < AFD_PATH_FUNCTIONS && !afd_span_is(name, signatures[function].name))
		function++;
	return (enum afd_path_function)function;
}

struct afd_path_expr *afd_path_call(struct afd_path_parser *parser, struct afd_path_range range,
									struct afd_span name, struct afd_path_expr *arguments)
{
	struct afd_path_expr *call = arguments ? arguments : new_expression(parser, AFD_PATH_CALL, range.first);
	call->offset = range.first;
	enum afd_path_function function = find_function(name);
	if (function == AFD_PATH_FUNCTIONS) {
		afd_path_refuse(parser, range.first,
						"unknown function; there are length, count, match, search and value");
		return call;
	}
	call->function = function;
	check_arguments(parser, call);
	return call;
}
