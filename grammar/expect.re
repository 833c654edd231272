/* SPDX-License-Identifier: MIT
 * Expectation lines to tokens. Code spans and quoted text are values; words are looked up in words.def, the longest run
 * of words first; words that it doesn't know are passed over. */
#include "expectation.h"

#include "expect_parser.h"
#include "words.h"

#include <string.h>

/*!re2c
re2c:define:YYCTYPE = "unsigned char";
re2c:yyfill:enable = 0;
re2c:flags:tags = 1;

char   = [^\n\x00];
digit  = [0-9];
status = [1-5] digit{2} | [1-5] [xX]{2};
name   = [A-Z] [A-Z0-9]* ("_" [A-Z0-9]+)*;
bare   = [A-Z] [A-Z0-9]* ("_" [A-Z0-9]+)+;
number = "-"? digit+ ("." digit+)?;
*/

/* What a code span says. `inside` ends at a NUL. */
static int classify_span(const char *inside)
{
	const unsigned char *YYCURSOR = (const unsigned char *)inside;
	const unsigned char *YYMARKER = YYCURSOR;
	/*!re2c
	status ("\x00" | " " char*)   { return AFD_EXPECT_STATUS; }
	name "\x00"                   { return AFD_EXPECT_CODE; }
	[$] [.[] char*                { return AFD_EXPECT_PATH; }
	[$] "\x00"                    { return AFD_EXPECT_PATH; }
	*                             { return AFD_EXPECT_VALUE; }
	*/
}

static int take_span(struct afd_expect_lexer *lexer, struct afd_expect_token *token, struct afd_span inside)
{
	char *copy = afd_arena_copy(lexer->arena, inside);
	token->text = inside;
	token->value = copy;
	int kind = classify_span(copy);
	if (kind == AFD_EXPECT_STATUS)
		copy[3] = '\0';
	return kind;
}

static int take(struct afd_expect_lexer *lexer, struct afd_expect_token *token, const unsigned char *end, int kind)
{
	token->text = (struct afd_span){ lexer->cursor, (size_t)((const char *)end - lexer->cursor) };
	token->value = afd_arena_copy(lexer->arena, token->text);
	lexer->cursor = (const char *)end;
	return kind;
}

static bool is_one_of(const char *value, const char *first, const char *second)
{
	return strcmp(value, first) == 0 || strcmp(value, second) == 0;
}

static int word_kind(const struct afd_word *word)
{
	static const int operators[] = { AFD_EXPECT_AND, AFD_EXPECT_OR, AFD_EXPECT_NOT, AFD_EXPECT_OR, AFD_EXPECT_AND };
	switch (word->class) {
	case AFD_WORD_OPERATOR: return operators[word->id];
	case AFD_WORD_SUBJECT:
		if (word->id != 0)
			return AFD_EXPECT_WHOLE;
		return strcmp(word->value, "AFD_HEADER") == 0 ? AFD_EXPECT_HEADER : AFD_EXPECT_SUBJECT;
	case AFD_WORD_PREDICATE:
		if (is_one_of(word->value, "AFD_EXISTS", "AFD_IS_EMPTY"))
			return AFD_EXPECT_NULLARY;
		if (strcmp(word->value, "AFD_COUNT") == 0)
			return AFD_EXPECT_HAS;
		return strcmp(word->value, "AFD_IS_TYPE") == 0 ? AFD_EXPECT_IS_A : AFD_EXPECT_PREDICATE;
	case AFD_WORD_MEASURE: return AFD_EXPECT_MEASURE;
	case AFD_WORD_UNIT: return AFD_EXPECT_UNIT;
	case AFD_WORD_TYPE: return AFD_EXPECT_TYPE;
	default: return AFD_EXPECT_STATUS_WORD;
	}
}

/* The word of the class that fits here best: a unit after a number, a type after "is a". */
static const struct afd_word *look_up(const struct afd_expect_lexer *lexer, struct afd_span words)
{
	static const enum afd_word_class order[] = { AFD_WORD_OPERATOR, AFD_WORD_PREDICATE, AFD_WORD_SUBJECT,
												 AFD_WORD_MEASURE,  AFD_WORD_UNIT,      AFD_WORD_TYPE,
												 AFD_WORD_STATUS };
	const struct afd_word *found = NULL;
	if (lexer->previous == AFD_EXPECT_NUMBER)
		found = afd_word_find(AFD_WORD_UNIT, words);
	else if (lexer->previous == AFD_EXPECT_IS_A)
		found = afd_word_find(AFD_WORD_TYPE, words);
	for (size_t i = 0; !found && i < sizeof order / sizeof order[0]; i++)
		found = afd_word_find(order[i], words);
	return found;
}

static const char *skip_word(const char *at, const char *end)
{
	while (at < end && !strchr(" \t\r\n`(),;\"", *at))
		at++;
	return at;
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

enum { WORDS_MAX = 6 };

/* Ends of the runs of one, two, ... words from the cursor. */
static size_t runs_of_words(const struct afd_expect_lexer *lexer, const char *ends[WORDS_MAX])
{
	size_t count = 0;
	const char *at = lexer->cursor;
	while (count < WORDS_MAX && at < lexer->end) {
		const char *end = skip_word(at, lexer->end);
		if (end == at)
			break;
		ends[count++] = end;
		at = skip_blanks(end, lexer->end);
	}
	return count;
}

/* 0 where no run of words here is known. */
static int take_words(struct afd_expect_lexer *lexer, struct afd_expect_token *token)
{
	const char *ends[WORDS_MAX];
	for (size_t count = runs_of_words(lexer, ends); count > 0; count--) {
		struct afd_span words = { lexer->cursor, (size_t)(ends[count - 1] - lexer->cursor) };
		while (words.size > 1 && strchr(".:!?", words.data[words.size - 1]))
			words.size--;
		const struct afd_word *word = look_up(lexer, words);
		if (!word)
			continue;
		*token = (struct afd_expect_token){ .text = words, .value = word->value, .id = word->id };
		lexer->cursor = words.data + words.size;
		return word_kind(word);
	}
	return 0;
}

static void pass_over(struct afd_expect_lexer *lexer, const unsigned char *end)
{
	struct afd_span passed = { lexer->cursor, (size_t)((const char *)end - lexer->cursor) };
	bool says_something = afd_span_trim(passed).size > 0 && !strchr(".:*!", passed.data[0]);
	bool inside = lexer->previous != 0 && lexer->previous != AFD_EXPECT_STATUS && lexer->previous != AFD_EXPECT_CODE;
	if (says_something && inside && lexer->noise.size == 0)
		lexer->noise = passed;
	lexer->cursor = (const char *)end;
}

static struct afd_span between(const char *begin, const unsigned char *end, size_t marks)
{
	return (struct afd_span){ begin + marks, (size_t)((const char *)end - begin) - 2 * marks };
}

static int scan_one(struct afd_expect_lexer *lexer, struct afd_expect_token *token)
{
	const unsigned char *YYCURSOR = (const unsigned char *)lexer->cursor;
	const unsigned char *YYMARKER = YYCURSOR;
	const char *begin = lexer->cursor;
	int kind;
	/*!re2c
	[ \t\r\n]+                  { lexer->cursor = (const char *)YYCURSOR; return 0; }
	"`" [^`\n\x00]+ "`"         { lexer->cursor = (const char *)YYCURSOR;
								  return take_span(lexer, token, between(begin, YYCURSOR, 1)); }
	"``" [^\n\x00]+ "``"        { lexer->cursor = (const char *)YYCURSOR;
								  return take_span(lexer, token, afd_span_trim(between(begin, YYCURSOR, 2))); }
	["] [^"\n\x00]* ["]         { kind = take(lexer, token, YYCURSOR, AFD_EXPECT_VALUE);
								  token->text = between(begin, YYCURSOR, 1);
								  token->value = afd_arena_copy(lexer->arena, token->text);
								  return kind; }
	"("                         { return take(lexer, token, YYCURSOR, AFD_EXPECT_OPEN); }
	")"                         { return take(lexer, token, YYCURSOR, AFD_EXPECT_CLOSE); }
	"|"                         { kind = take(lexer, token, YYCURSOR, AFD_EXPECT_OR);
								  return lexer->cells ? 0 : kind; }
	"/"                         { return take(lexer, token, YYCURSOR, AFD_EXPECT_OR); }
	"," | ";"                   { return take(lexer, token, YYCURSOR, AFD_EXPECT_COMMA); }
	status                      { return take(lexer, token, YYCURSOR, AFD_EXPECT_STATUS); }
	number                      { return take(lexer, token, YYCURSOR, AFD_EXPECT_NUMBER); }
	bare                        { return take(lexer, token, YYCURSOR, AFD_EXPECT_CODE); }
	"$" [.[] [^ \t\r\n\x00,;]*  { return take(lexer, token, YYCURSOR, AFD_EXPECT_PATH); }
	[a-zA-Z0-9_\x80-\xff'-]+    { kind = take_words(lexer, token);
								  if (kind == 0)
									  pass_over(lexer, YYCURSOR);
								  return kind; }
	*                           { kind = take_words(lexer, token);
								  if (kind == 0)
									  pass_over(lexer, YYCURSOR);
								  return kind; }
	*/
}

int afd_expect_scan(struct afd_expect_lexer *lexer, struct afd_expect_token *token)
{
	int kind = 0;
	*token = (struct afd_expect_token){ .text = { lexer->end, 0 } };
	while (kind == 0 && lexer->cursor < lexer->end)
		kind = scan_one(lexer, token);
	if (kind != 0 && token->text.data + token->text.size > lexer->end)
		kind = 0;
	lexer->previous = kind;
	return kind;
}
