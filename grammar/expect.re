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

char   = [^\n\x00];
blank  = [ \t];
digit  = [0-9];
class  = [1-5] [xX]{2};
status = [2-5] digit{2} | class;
range  = [2-5] "00" [-\u2013] [2-5] "99";
name   = [A-Z] [A-Z0-9]* ("_" [A-Z0-9]+)*;
bare   = [A-Z] [A-Z0-9]* ("_" [A-Z0-9]+)+;
media  = ("application" | "text" | "image" | "audio" | "video" | "multipart" | "font") "/" [a-z0-9.+-]* [a-z0-9];
number = "-"? digit+ ("." digit+)?;
member = [a-zA-Z_] [a-zA-Z0-9_]*;
scalar = "true" | "false" | "null" | number | ["] [^"\n\x00]* ["];
beyond = [\u0080-\U0010FFFF];
letter = [a-zA-Z_'] | beyond;
sign   = "=" "="? "="? | "!" "=" "="? | "<>" | [<>] "="? | [\u2260\u2264\u2265];
signed = [ \t]* "-"? ["`0-9{$];
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
	"{" blank* ["}.] char*        { return AFD_EXPECT_EXAMPLE; }
	"{" blank* [a-zA-Z_] [a-zA-Z0-9_]* blank* ":" char* { return AFD_EXPECT_EXAMPLE; }
	"[" blank* ["{.\][0-9-] char* { return AFD_EXPECT_EXAMPLE; }
	["]? member ["]? blank* ":" blank* scalar blank* "\x00" { return AFD_EXPECT_EXAMPLE; }
	*                             { return AFD_EXPECT_VALUE; }
	*/
}

/* True where a status follows, be it in code: "status code: `404`". */
static bool is_before_status(const char *at, const char *end)
{
	const unsigned char *YYCURSOR = (const unsigned char *)at;
	const unsigned char *YYMARKER = YYCURSOR;
	const unsigned char *YYCTXMARKER = YYCURSOR;
	/*!re2c
	[ \t:*-]* "`"? status / ([^0-9a-zA-Z_.%] | "." [^0-9])  { return (const char *)YYCURSOR <= end; }
	*                                         { return false; }
	*/
}

static const struct afd_word *find_word(const struct afd_expect_lexer *lexer, enum afd_word_class class,
										struct afd_span text)
{
	char buffer[128];
	return afd_vocabulary_find(lexer->vocabulary, class, afd_word_fold(text, buffer));
}

static int take_span(struct afd_expect_lexer *lexer, struct afd_expect_token *token, struct afd_span inside)
{
	char *copy = afd_arena_copy(lexer->arena, inside);
	if (lexer->previous == AFD_EXPECT_STATUS && find_word(lexer, AFD_WORD_REASON, inside))
		return 0;
	*token = (struct afd_expect_token){ .text = inside, .value = copy, .code = true };
	int kind = classify_span(copy);
	if (kind == AFD_EXPECT_STATUS)
		copy[3] = '\0';
	return kind;
}

static int take(struct afd_expect_lexer *lexer, struct afd_expect_token *token, const char *end, int kind)
{
	*token = (struct afd_expect_token){ .text = { lexer->cursor, (size_t)(end - lexer->cursor) } };
	token->value = afd_arena_copy(lexer->arena, token->text);
	lexer->cursor = end;
	return kind;
}

/* "200-299" is the class 2xx; any other range is no status. */
static int take_range(struct afd_expect_lexer *lexer, struct afd_expect_token *token, const char *end)
{
	(void)take(lexer, token, end, AFD_EXPECT_STATUS);
	bool one = token->text.data[0] == token->text.data[token->text.size - 3];
	token->value = afd_arena_printf(lexer->arena, "%cxx", token->text.data[0]);
	return one ? AFD_EXPECT_STATUS : AFD_EXPECT_VALUE;
}

/* Words */

static int subject_kind(const struct afd_word *word)
{
	static const int kinds[] = { AFD_EXPECT_SUBJECT, AFD_EXPECT_WHOLE, AFD_EXPECT_WHOLE, AFD_EXPECT_NAMED };
	return kinds[word->id];
}

static int measure_kind(const struct afd_word *word)
{
	static const int kinds[] = { AFD_EXPECT_MEASURE, AFD_EXPECT_MEASURE_WITH, AFD_EXPECT_SPLIT, AFD_EXPECT_INSIDE,
								 AFD_EXPECT_ATTRIBUTE };
	return kinds[word->id];
}

static int predicate_kind(const struct afd_word *word)
{
	if (strcmp(word->value, "AFD_EXISTS") == 0 || strcmp(word->value, "AFD_IS_EMPTY") == 0)
		return AFD_EXPECT_NULLARY;
	if (strcmp(word->value, "AFD_COUNT") == 0)
		return AFD_EXPECT_HAS;
	return strcmp(word->value, "AFD_IS_TYPE") == 0 ? AFD_EXPECT_IS_A : AFD_EXPECT_PREDICATE;
}

/* 0: a word that says nothing. */
static int word_kind(const struct afd_word *word)
{
	static const int operators[] = { AFD_EXPECT_AND, AFD_EXPECT_OR, AFD_EXPECT_NOT, AFD_EXPECT_ELSE, AFD_EXPECT_IF };
	switch (word->class) {
	case AFD_WORD_OPERATOR: return operators[word->id];
	case AFD_WORD_SUBJECT: return subject_kind(word);
	case AFD_WORD_PREDICATE: return predicate_kind(word);
	case AFD_WORD_MEASURE: return measure_kind(word);
	case AFD_WORD_UNIT: return AFD_EXPECT_UNIT;
	case AFD_WORD_TYPE: return AFD_EXPECT_TYPE;
	case AFD_WORD_STATUS:
	case AFD_WORD_RETURNS: return AFD_EXPECT_STATUS_WORD;
	default: return 0;
	}
}

/* The word of the class that fits here best: a unit after a number, a type after "is a", a reason after a status. `after`:
 * what follows the words. */
static const struct afd_word *look_up(const struct afd_expect_lexer *lexer, struct afd_span folded, const char *after)
{
	static const enum afd_word_class order[] = { AFD_WORD_OPERATOR, AFD_WORD_PREDICATE, AFD_WORD_SUBJECT,
												 AFD_WORD_MEASURE,  AFD_WORD_UNIT,      AFD_WORD_TYPE,
												 AFD_WORD_FILLER };
	const struct afd_vocabulary *vocabulary = lexer->vocabulary;
	const struct afd_word *found = NULL;
	if (lexer->previous == AFD_EXPECT_STATUS)
		found = afd_vocabulary_find(vocabulary, AFD_WORD_REASON, folded);
	else if (lexer->previous == AFD_EXPECT_NUMBER)
		found = afd_vocabulary_find(vocabulary, AFD_WORD_UNIT, folded);
	else if (lexer->list == AFD_EXPECT_TYPE || lexer->previous == AFD_EXPECT_IS_A)
		found = afd_vocabulary_find(vocabulary, AFD_WORD_TYPE, folded);
	bool before = !found && is_before_status(after, lexer->end);
	for (size_t i = 0; before && !found && i < 2; i++)
		found = afd_vocabulary_find(vocabulary, i == 0 ? AFD_WORD_STATUS : AFD_WORD_RETURNS, folded);
	for (size_t i = 0; !found && i < sizeof order / sizeof order[0]; i++)
		found = afd_vocabulary_find(vocabulary, order[i], folded);
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

enum { WORDS_MAX = 7 };

/* Ends of the runs of one, two, ... words from `at`. */
static size_t runs_of_words(const char *at, const char *end, const char *ends[WORDS_MAX])
{
	size_t count = 0;
	while (count < WORDS_MAX && at < end) {
		const char *stop = skip_word(at, end);
		if (stop == at)
			break;
		ends[count++] = stop;
		at = skip_blanks(stop, end);
	}
	return count;
}

static struct afd_span without_marks(struct afd_span words)
{
	while (words.size > 1 && strchr(".:!?*", words.data[words.size - 1]))
		words.size--;
	return words;
}

/* The longest run of words that is known here. */
static const struct afd_word *find_words(const struct afd_expect_lexer *lexer, const char *at, struct afd_span *words)
{
	char buffer[128];
	const char *ends[WORDS_MAX];
	size_t count = runs_of_words(at, lexer->end, ends);
	*words = without_marks((struct afd_span){ at, count ? (size_t)(ends[0] - at) : 0 });
	if (!afd_vocabulary_begins(lexer->vocabulary, afd_word_fold(*words, buffer)))
		return NULL;
	for (; count > 0; count--) {
		*words = without_marks((struct afd_span){ at, (size_t)(ends[count - 1] - at) });
		const char *after = words->data + words->size;
		const struct afd_word *word = look_up(lexer, afd_word_fold(*words, buffer), after);
		if (word)
			return word;
	}
	return NULL;
}

static bool is_unit(const struct afd_expect_lexer *lexer, const char *at)
{
	const char *ends[WORDS_MAX];
	at = skip_blanks(at, lexer->end);
	if (runs_of_words(at, lexer->end, ends) == 0)
		return false;
	return find_word(lexer, AFD_WORD_UNIT, without_marks((struct afd_span){ at, (size_t)(ends[0] - at) })) != NULL;
}

static int take_number(struct afd_expect_lexer *lexer, struct afd_expect_token *token, const char *end, int kind)
{
	return take(lexer, token, end, is_unit(lexer, end) ? AFD_EXPECT_NUMBER : kind);
}

/* A letter or digit, in whatever script; arrows, dashes, signs and pictures (U+2000 to U+2FFF, U+10000 on) say nothing. */
static bool says_something(struct afd_span passed)
{
	for (size_t i = 0; i < passed.size; i++) {
		unsigned char byte = (unsigned char)passed.data[i];
		bool ascii = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
		if (ascii || (byte >= 0xC3 && byte <= 0xED && byte != 0xE2))
			return true;
	}
	return false;
}

/* Notes a word that says nothing to the language. */
static void pass_over(struct afd_expect_lexer *lexer, const char *end)
{
	struct afd_span passed = { lexer->cursor, (size_t)(end - lexer->cursor) };
	int previous = lexer->previous;
	bool prose = previous == 0 || previous == AFD_EXPECT_STATUS || previous == AFD_EXPECT_CODE;
	if (says_something(passed) && (lexer->strict || !prose) && lexer->noise.size == 0) {
		lexer->noise = passed;
		lexer->near_word = lexer->last_word;
	}
	lexer->cursor = end;
}

/* 0 where no run of words here is known, or it says nothing. */
static int take_words(struct afd_expect_lexer *lexer, struct afd_expect_token *token, const char *end)
{
	struct afd_span words;
	const struct afd_word *word = find_words(lexer, lexer->cursor, &words);
	if (!word) {
		pass_over(lexer, end);
		return 0;
	}
	lexer->cursor = words.data + words.size;
	int kind = word_kind(word);
	if (kind == 0)
		return 0;
	*token = (struct afd_expect_token){ .text = words, .value = word->value, .id = word->id };
	lexer->last_word = words;
	return kind;
}

/* "<6", "!=5": a sign needs no blank before its value. */
static int take_sign(struct afd_expect_lexer *lexer, struct afd_expect_token *token, const char *end)
{
	struct afd_span sign = { lexer->cursor, (size_t)(end - lexer->cursor) };
	const struct afd_word *word = find_word(lexer, AFD_WORD_PREDICATE, sign);
	if (!word)
		return take_words(lexer, token, end);
	(void)take(lexer, token, end, AFD_EXPECT_PREDICATE);
	token->value = word->value;
	token->id = word->id;
	lexer->last_word = sign;
	return AFD_EXPECT_PREDICATE;
}

static struct afd_span between(const char *begin, const char *end, size_t marks)
{
	return (struct afd_span){ begin + marks, (size_t)(end - begin) - 2 * marks };
}

/* `cells`: a bar between two cells says nothing, else it is "or". */
static int scan_one(struct afd_expect_lexer *lexer, struct afd_expect_token *token)
{
	const unsigned char *YYCURSOR = (const unsigned char *)lexer->cursor;
	const unsigned char *YYMARKER = YYCURSOR;
	const unsigned char *YYCTXMARKER = YYCURSOR;
	const char *begin = lexer->cursor;
	int kind;
#define END ((const char *)YYCURSOR)
	/*!re2c
	[ \t\r\n]+             { lexer->cursor = END; return 0; }
	"`" [^`\n\x00]+ "`"    { lexer->cursor = END; return take_span(lexer, token, between(begin, END, 1)); }
	"``" [^\n\x00]+ "``"   { lexer->cursor = END;
							 return take_span(lexer, token, afd_span_trim(between(begin, END, 2))); }
	["] [^"\n\x00]* ["]    { kind = take(lexer, token, END, AFD_EXPECT_VALUE);
							 token->text = between(begin, END, 1);
							 token->value = afd_arena_copy(lexer->arena, token->text);
							 return kind; }
	"(" [^()`\n\x00]* ")"  { if (lexer->previous == AFD_EXPECT_STATUS && END <= lexer->end) {
								 lexer->cursor = END;
								 return 0;
							 }
							 return take(lexer, token, begin + 1, AFD_EXPECT_OPEN); }
	"("                    { return take(lexer, token, END, AFD_EXPECT_OPEN); }
	")"                    { return take(lexer, token, END, AFD_EXPECT_CLOSE); }
	"|"                    { kind = take(lexer, token, END, AFD_EXPECT_OR); return lexer->cells ? 0 : kind; }
	"&" "&"?               { return take(lexer, token, END, AFD_EXPECT_AND); }
	"/"                    { return take(lexer, token, END, AFD_EXPECT_OR); }
	"," | ";"              { return take(lexer, token, END, AFD_EXPECT_COMMA); }
	[-=]+ ">"              { lexer->cursor = END; return 0; }
	sign / signed          { return take_sign(lexer, token, END); }
	"!" / ["`0-9]          { return take(lexer, token, END, AFD_EXPECT_NOT); }
	range                  { return take_range(lexer, token, END); }
	status                 { return take_number(lexer, token, END, AFD_EXPECT_STATUS); }
	number                 { return take(lexer, token, END, AFD_EXPECT_NUMBER); }
	number / ([a-zA-Z] | beyond)
						   { if (is_unit(lexer, END))
								 return take(lexer, token, END, AFD_EXPECT_NUMBER);
							 return take_words(lexer, token, skip_word(END, lexer->end)); }
	'http/' digit ("." digit)?
						   { kind = take(lexer, token, END, AFD_EXPECT_STATUS_WORD);
							 return is_before_status(END, lexer->end) ? kind : 0; }
	"true" | "false" | "null"
						   { if (lexer->list == AFD_EXPECT_TYPE || lexer->previous == AFD_EXPECT_IS_A)
								 return take_words(lexer, token, END);
							 return take(lexer, token, END, AFD_EXPECT_VALUE); }
	bare                   { return take(lexer, token, END, AFD_EXPECT_CODE); }
	media                  { return take(lexer, token, END, AFD_EXPECT_VALUE); }
	"$" [.[] [^ \t\r\n\x00,;`]*
						   { return take(lexer, token, END, AFD_EXPECT_PATH); }
	letter (letter | digit | "-")* { return take_words(lexer, token, END); }
	*                      { return take_words(lexer, token, END); }
	*/
#undef END
}

int afd_expect_next(struct afd_expect_lexer *lexer, struct afd_expect_token *token)
{
	int kind = 0;
	*token = (struct afd_expect_token){ .text = { lexer->end, 0 } };
	while (kind == 0 && lexer->cursor < lexer->end)
		kind = scan_one(lexer, token);
	if (kind == 0 || token->text.data + token->text.size > lexer->end) {
		*token = (struct afd_expect_token){ .text = { lexer->end, 0 } };
		return 0;
	}
	return token->kind = kind;
}
