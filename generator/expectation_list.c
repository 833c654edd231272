/* SPDX-License-Identifier: MIT
 * Lists of values in expectations, "`a`, `b` or `c`", and names before what they name, "`Location` header".
 * An operator before one more value is a token of its own, and a name comes second, so that the grammar needs
 * no second look. */
#include "expectation.h"

#include "expect_parser.h"

#include <string.h>

static bool is_number_kind(int kind)
{
	return kind == AFD_EXPECT_NUMBER || kind == AFD_EXPECT_STATUS;
}

static bool is_value_kind(int kind)
{
	return kind == AFD_EXPECT_VALUE || kind == AFD_EXPECT_EXAMPLE || kind == AFD_EXPECT_CODE ||
		   is_number_kind(kind);
}

static bool is_like_the_list(const struct afd_expect_lexer *lexer, int kind)
{
	return kind == lexer->list || (is_number_kind(kind) && is_number_kind(lexer->list));
}

static bool is_more(int kind)
{
	return kind == AFD_EXPECT_MORE_OR || kind == AFD_EXPECT_MORE_AND || kind == AFD_EXPECT_MORE_COMMA;
}

/* Of a field: array, list, object. */
static bool is_container(const struct afd_expect_token *token)
{
	return token->kind == AFD_EXPECT_TYPE &&
		   (strcmp(token->value, "array") == 0 || strcmp(token->value, "object") == 0);
}

static bool is_field_name(const struct afd_expect_token *token)
{
	bool name = token->code && token->text.size > 0 && token->text.data[token->text.size - 1] != '.';
	for (size_t i = 0; name && i < token->text.size; i++) {
		unsigned char u = (unsigned char)token->text.data[i];
		bool letter = ((u | 32) >= 'a' && (u | 32) <= 'z') || u == '_' || u >= 0x80;
		name = letter || (i > 0 && ((u >= '0' && u <= '9') || u == '.'));
	}
	return name;
}

/* "`Location` header", "`items` array": whether the next token, left in `*lexer`, says what kind of thing the
 * name is of. */
static bool names_kind(struct afd_expect_lexer *lexer, const struct afd_expect_token *name)
{
	struct afd_expect_token kind;
	struct afd_expect_token after;
	struct afd_expect_lexer ahead = *lexer;
	ahead.previous = AFD_EXPECT_VALUE;
	afd_expect_next(&ahead, &kind);
	if (!name->code || !(kind.kind == AFD_EXPECT_NAMED || (is_container(&kind) && is_field_name(name))))
		return false;
	struct afd_expect_lexer beyond = ahead;
	beyond.previous = AFD_EXPECT_NAMED;
	afd_expect_next(&beyond, &after);
	if (after.code)
		return false; /* it names what follows */
	*lexer = ahead;
	lexer->waiting = kind;
	return true;
}

/* What a value belongs to stands before it. */
static bool wants_value(int previous)
{
	static const int kinds[] = { AFD_EXPECT_IS_A,  AFD_EXPECT_NAMED,     AFD_EXPECT_MEASURE_WITH,
								 AFD_EXPECT_SPLIT, AFD_EXPECT_ATTRIBUTE, AFD_EXPECT_STATUS,
								 AFD_EXPECT_CODE,  AFD_EXPECT_VALUE };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (previous == kinds[i])
			return true;
	return is_more(previous);
}

/* The kind first, then its name: "array `items`", and "`items` array" with its tokens in the other order. */
static int kind_first(struct afd_expect_lexer *lexer, struct afd_expect_token *token, int kind)
{
	if (lexer->list || wants_value(lexer->previous))
		return kind;
	if (kind == AFD_EXPECT_VALUE && names_kind(lexer, token)) {
		struct afd_expect_token name = *token;
		*token = lexer->waiting;
		lexer->waiting = name;
		kind = token->kind;
	}
	struct afd_expect_lexer ahead = *lexer;
	struct afd_expect_token name = lexer->waiting;
	ahead.previous = kind;
	if (!is_container(token) || (name.kind == 0 && afd_expect_next(&ahead, &name) != AFD_EXPECT_VALUE) ||
		!is_field_name(&name))
		return kind;
	token->value = "AFD_PATH";
	return AFD_EXPECT_NAMED;
}

/* Whether the token after an operator is one more value of the list; a status or a code may begin a condition
 * of its own. */
static bool continues(struct afd_expect_lexer *lexer, int operator)
{
	struct afd_expect_lexer ahead = *lexer;
	struct afd_expect_token next;
	ahead.previous = operator;
	int kind = afd_expect_next(&ahead, &next);
	if (lexer->list == AFD_EXPECT_TYPE)
		return kind == AFD_EXPECT_TYPE;
	if (kind == AFD_EXPECT_VALUE && names_kind(&ahead, &next))
		return false;
	if (kind == AFD_EXPECT_VALUE || kind == AFD_EXPECT_EXAMPLE || kind == AFD_EXPECT_NUMBER)
		return true;
	bool own = kind == AFD_EXPECT_STATUS || kind == AFD_EXPECT_CODE;
	if (!own || lexer->plain)
		return own && is_like_the_list(lexer, kind);
	bool equal = strcmp(lexer->predicate.value, "AFD_IS") == 0;
	if (operator== AFD_EXPECT_AND && equal)
		return false;
	if (is_like_the_list(lexer, kind))
		return true;
	if (operator== AFD_EXPECT_OR && next.code && lexer->ambiguous.size == 0)
		lexer->ambiguous = next.text;
	return false;
}

static int with_list(struct afd_expect_lexer *lexer, int kind)
{
	static const struct {
		int alone, more;
	} rows[] = { { AFD_EXPECT_OR, AFD_EXPECT_MORE_OR },
				 { AFD_EXPECT_AND, AFD_EXPECT_MORE_AND },
				 { AFD_EXPECT_COMMA, AFD_EXPECT_MORE_COMMA } };
	for (size_t i = 0; lexer->list && i < sizeof rows / sizeof rows[0]; i++)
		if (kind == rows[i].alone && continues(lexer, kind))
			return rows[i].more;
	return kind;
}

/* ", or" is "or". */
static int without_comma(struct afd_expect_lexer *lexer, struct afd_expect_token *token, int kind)
{
	if (kind != AFD_EXPECT_COMMA)
		return kind;
	struct afd_expect_lexer ahead = *lexer;
	struct afd_expect_token next;
	ahead.previous = kind;
	int after = afd_expect_next(&ahead, &next);
	if (after != AFD_EXPECT_OR && after != AFD_EXPECT_AND)
		return kind;
	*lexer = ahead;
	*token = next;
	return after;
}

/* Remembers what the next tokens depend on. */
static void note(struct afd_expect_lexer *lexer, const struct afd_expect_token *token, int kind)
{
	bool after = lexer->previous == AFD_EXPECT_PREDICATE || lexer->previous == AFD_EXPECT_IS_A ||
				 is_more(lexer->previous);
	if (kind == AFD_EXPECT_PREDICATE || kind == AFD_EXPECT_IS_A)
		lexer->predicate = *token;
	else if (kind == AFD_EXPECT_SUBJECT)
		lexer->plain = strcmp(token->value, "AFD_STATUS") == 0 || strcmp(token->value, "AFD_CODE") == 0;
	else if (kind == AFD_EXPECT_PATH || kind == AFD_EXPECT_NAMED)
		lexer->plain = false;
	if (kind == AFD_EXPECT_OR || kind == AFD_EXPECT_AND || kind == AFD_EXPECT_COMMA)
		lexer->joint = token->text;
	if (after && (is_value_kind(kind) || kind == AFD_EXPECT_TYPE))
		lexer->list = lexer->list ? lexer->list : kind;
	else if (kind != AFD_EXPECT_UNIT && !is_more(kind))
		lexer->list = 0;
	lexer->previous = kind;
}

int afd_expect_scan(struct afd_expect_lexer *lexer, struct afd_expect_token *token)
{
	if (lexer->alone && !lexer->begun) {
		lexer->begun = true;
		*token = (struct afd_expect_token){ .text = { lexer->cursor, 0 } };
		return token->kind = AFD_EXPECT_SUBJECT_ALONE;
	}
	if (lexer->waiting.kind) {
		*token = lexer->waiting;
		lexer->waiting.kind = 0;
		note(lexer, token, token->kind);
		return token->kind;
	}
	int kind = without_comma(lexer, token, afd_expect_next(lexer, token));
	/* "with status 404": nothing stands before it that it could be joined to */
	while (lexer->previous == 0 && kind == AFD_EXPECT_AND)
		kind = afd_expect_next(lexer, token);
	kind = kind_first(lexer, token, with_list(lexer, kind));
	token->kind = kind;
	note(lexer, token, kind);
	return kind;
}
