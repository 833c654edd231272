/* SPDX-License-Identifier: MIT
 * The builders behind the actions of jsonpath.y, and the checks of RFC 9535 that are no matter of syntax:
 * types of functions, singular queries, the range of integers, and our own bounds on size and depth. */
#include "jsonpath_parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES_MAX = 64 * 1024 };
static const long long INTEGER_MAX = 9007199254740991; /* 2^53 - 1: RFC 9535 section 2.1 */

void afd_path_refuse(struct afd_path_parser *parser, size_t offset, const char *format, ...)
{
	if (parser->failed)
		return;
	parser->failed = true;
	parser->error->offset = offset;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(parser->error->text, sizeof parser->error->text, format, arguments);
	va_end(arguments);
}

/* Queries */

struct afd_path_query *afd_path_start(struct afd_path_parser *parser, bool absolute)
{
	struct afd_path_query *query = afd_arena_new(parser->arena, sizeof *query);
	query->absolute = absolute;
	query->singular = true;
	return query;
}

static unsigned deepest_filter(const struct afd_path_segment *segment)
{
	unsigned depth = 0;
	for (size_t i = 0; i < segment->count; i++)
		if (segment->selectors[i].filter && segment->selectors[i].filter->depth > depth)
			depth = segment->selectors[i].filter->depth;
	return depth;
}

static bool is_singular(const struct afd_path_segment *segment)
{
	enum afd_path_selector_kind kind = segment->selectors[0].kind;
	return !segment->descendant && segment->count == 1 && (kind == AFD_PATH_NAME || kind == AFD_PATH_INDEX);
}

struct afd_path_query *afd_path_extend(struct afd_path_parser *parser, struct afd_path_query *query,
									   struct afd_path_segment *segment)
{
	struct afd_path_segment *added =
		afd_arena_push(parser->arena, &query->segments, &query->count, sizeof *query->segments);
	*added = *segment;
	query->singular = query->singular && is_singular(segment);
	unsigned depth = deepest_filter(segment);
	query->depth = depth > query->depth ? depth : query->depth;
	return query;
}

void afd_path_finish(struct afd_path_parser *parser, struct afd_path_query *query)
{
	if (!query->absolute)
		afd_path_refuse(parser, 0, "a path starts with '$'");
	parser->result = query;
}

/* Segments and selectors */

struct afd_path_segment *afd_path_segment(struct afd_path_parser *parser, struct afd_path_selector *selector)
{
	return afd_path_add(parser, afd_arena_new(parser->arena, sizeof(struct afd_path_segment)), selector);
}

struct afd_path_segment *afd_path_add(struct afd_path_parser *parser, struct afd_path_segment *segment,
									  struct afd_path_selector *selector)
{
	struct afd_path_selector *added =
		afd_arena_push(parser->arena, &segment->selectors, &segment->count, sizeof *segment->selectors);
	*added = *selector;
	return segment;
}

struct afd_path_segment *afd_path_descend(struct afd_path_segment *segment)
{
	segment->descendant = true;
	return segment;
}

static struct afd_path_selector *new_selector(struct afd_path_parser *parser,
											  enum afd_path_selector_kind kind)
{
	struct afd_path_selector *selector = afd_arena_new(parser->arena, sizeof *selector);
	selector->kind = kind;
	return selector;
}

/* Escapes of both kinds of string are those of JSON but for the quotes. */
static void copy_requoted(struct afd_text *out, struct afd_span inside)
{
	for (size_t i = 0; i < inside.size; i++) {
		char byte = inside.data[i];
		bool escaped = byte == '\\' && i + 1 < inside.size;
		if (escaped && inside.data[i + 1] == '\'')
			afd_text_putc(out, inside.data[++i]);
		else if (escaped)
			afd_text_add(out, (struct afd_span){ &inside.data[i++], 2 });
		else if (byte == '"')
			afd_text_puts(out, "\\\"");
		else
			afd_text_putc(out, byte);
	}
}

/* The JSON token of a string of the path, or of a bare name. */
static struct afd_span json_token(struct afd_path_parser *parser, struct afd_span token)
{
	if (token.data[0] == '"')
		return token;
	bool quoted = token.data[0] == '\'';
	struct afd_span inside = quoted ? (struct afd_span){ token.data + 1, token.size - 2 } : token;
	struct afd_text text;
	afd_text_init(&text, inside.size * 2 + 2);
	afd_text_putc(&text, '"');
	copy_requoted(&text, inside);
	afd_text_putc(&text, '"');
	if (text.failed)
		afd_path_refuse(parser, 0, "out of memory");
	struct afd_span copy = { afd_arena_copy(parser->arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return copy;
}

struct afd_path_selector *afd_path_name(struct afd_path_parser *parser, struct afd_span token)
{
	struct afd_path_selector *selector = new_selector(parser, AFD_PATH_NAME);
	selector->name = json_token(parser, token);
	return selector;
}

struct afd_path_selector *afd_path_wildcard(struct afd_path_parser *parser)
{
	return new_selector(parser, AFD_PATH_WILDCARD);
}

struct afd_path_selector *afd_path_index(struct afd_path_parser *parser, struct afd_path_bound bound)
{
	struct afd_path_selector *selector = new_selector(parser, AFD_PATH_INDEX);
	selector->start = bound;
	return selector;
}

struct afd_path_selector *afd_path_slice(struct afd_path_parser *parser, struct afd_path_bound start,
										 struct afd_path_bound end, struct afd_path_bound step)
{
	struct afd_path_selector *selector = new_selector(parser, AFD_PATH_SLICE);
	selector->start = start;
	selector->end = end;
	selector->step = step;
	return selector;
}

struct afd_path_bound afd_path_no_bound(void)
{
	return (struct afd_path_bound){ false, 0 };
}

struct afd_path_bound afd_path_bound(struct afd_path_parser *parser, struct afd_path_range range,
									 struct afd_span digits)
{
	long long value = 0;
	bool negative = digits.data[0] == '-';
	for (size_t i = negative; i < digits.size && value <= INTEGER_MAX; i++)
		value = value * 10 + (digits.data[i] - '0');
	if (value > INTEGER_MAX)
		afd_path_refuse(parser, range.first, "the integer is out of range");
	return (struct afd_path_bound){ true, negative ? -value : value };
}

struct afd_path_expr *afd_path_literal(struct afd_path_parser *parser, struct afd_path_range range,
									   enum afd_json_type type, struct afd_span token)
{
	struct afd_path_expr *expression = afd_arena_new(parser->arena, sizeof *expression);
	expression->kind = AFD_PATH_LITERAL;
	expression->offset = range.first;
	expression->type = type;
	expression->literal = type == AFD_JSON_STRING ? json_token(parser, token) : token;
	return expression;
}

/* The contract of runtime/jsonpath.h */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Blanks are allowed inside a path and not around it. */
static void check_ends(struct afd_path_parser *parser)
{
	struct afd_span text = parser->text;
	if (text.size > PATH_BYTES_MAX)
		afd_path_refuse(parser, PATH_BYTES_MAX, "the path is over 64 KiB");
	else if (text.size > 0 && is_blank(text.data[0]))
		afd_path_refuse(parser, 0, "a path does not begin with a blank");
	else if (text.size > 0 && is_blank(text.data[text.size - 1]))
		afd_path_refuse(parser, text.size - 1, "a path does not end with a blank");
}

/* The tree points into the arena's copy of the text. */
struct afd_jsonpath *afd_jsonpath_parse(struct afd_span text, struct afd_jsonpath_error *error)
{
	struct afd_arena arena = { NULL };
	struct afd_span copy = { afd_arena_copy(&arena, afd_span_first(text, PATH_BYTES_MAX + 1)), text.size };
	struct afd_path_parser parser = { .text = copy, .arena = &arena, .error = error };
	check_ends(&parser);
	if (!parser.failed && afd_jsonpath_yyparse(&parser) != 0)
		afd_path_refuse(&parser, parser.cursor, "not a path");
	if (parser.failed) {
		afd_arena_free(&arena);
		return NULL;
	}
	struct afd_jsonpath *path = afd_arena_new(&arena, sizeof *path);
	path->query = parser.result;
	path->arena = arena;
	return path;
}

void afd_jsonpath_free(struct afd_jsonpath *path)
{
	if (!path)
		return;
	struct afd_arena arena = path->arena;
	afd_arena_free(&arena);
}

bool afd_jsonpath_is_singular(const struct afd_jsonpath *path)
{
	return path->query->singular;
}
