/* SPDX-License-Identifier: MIT
 * Words of PowerShell statements: strings of four kinds, here-strings, variables, parameters. */
#include "powershell.h"

#include <string.h>

/*!re2c
re2c:define:YYCTYPE = "unsigned char";
re2c:yyfill:enable = 0;

blank  = [ \t\r];
letter = [a-zA-Z_];
digit  = [0-9];
name   = letter [a-zA-Z0-9_:]*;
*/

enum power_form {
	FORM_TOKEN,
	FORM_GAP,
	FORM_SINGLE,
	FORM_DOUBLE,
	FORM_HERE_SINGLE,
	FORM_HERE_DOUBLE,
	FORM_COMMENT
};

static enum power_form scan_form(const char **cursor, enum afd_power_token *token)
{
	const unsigned char *YYCURSOR = (const unsigned char *)*cursor;
	const unsigned char *YYMARKER = YYCURSOR;
	enum power_form form = FORM_TOKEN;
	*token = AFD_POWER_WORD;
	/*!re2c
	blank+                        { form = FORM_GAP; goto out; }
	"`" blank* "\n"               { form = FORM_GAP; goto out; }
	[\n;]                         { *token = AFD_POWER_NEWLINE; goto out; }
	"#" [^\n\x00]*                { form = FORM_GAP; goto out; }
	"<#"                          { form = FORM_COMMENT; goto out; }
	"@'" blank* "\n"              { form = FORM_HERE_SINGLE; goto out; }
	"@" ["] blank* "\n"           { form = FORM_HERE_DOUBLE; goto out; }
	"'"                           { form = FORM_SINGLE; goto out; }
	["]                           { form = FORM_DOUBLE; goto out; }
	"|"                           { *token = AFD_POWER_PIPE; goto out; }
	","                           { *token = AFD_POWER_COMMA; goto out; }
	"="                           { *token = AFD_POWER_EQUALS; goto out; }
	"+"                           { *token = AFD_POWER_PLUS; goto out; }
	"("                           { *token = AFD_POWER_OPEN; goto out; }
	")"                           { *token = AFD_POWER_CLOSE; goto out; }
	"{"                           { *token = AFD_POWER_BLOCK; goto out; }
	"}"                           { *token = AFD_POWER_CLOSE_BLOCK; goto out; }
	"@{"                          { *token = AFD_POWER_MAP; goto out; }
	"@("                          { *token = AFD_POWER_LIST; goto out; }
	"[" [a-zA-Z0-9_.]+ "[]"? "]"  { *token = AFD_POWER_CAST; goto out; }
	"-" letter [a-zA-Z0-9]* ":"?  { *token = AFD_POWER_PARAMETER; goto out; }
	"@" letter [a-zA-Z0-9_]*      { *token = AFD_POWER_SPLAT; goto out; }
	"$" name ("." name | "[" [^\]\n\x00]{0,64} "]")* { *token = AFD_POWER_VARIABLE; goto out; }
	"${" [^}\n\x00]{1,64} "}"          { *token = AFD_POWER_VARIABLE; goto out; }
	"-"? digit+ ("." digit+)?     { *token = AFD_POWER_NUMBER; goto out; }
	"http" "s"? "://" [^ \t\r\n\x00;|)"'`]+ { goto out; }
	[^ \t\r\n\x00;|,=(){}"'[] [^ \t\r\n\x00;|,=(){}"']* { goto out; }
	*                             { goto out; }
	*/
out:
	*cursor = (const char *)YYCURSOR;
	return form;
}

/* Up to the closing mark, which may stand twice for itself; without one the string ends with its line. */
static struct afd_span take_quoted(struct afd_power_lexer *lexer, char mark)
{
	struct afd_text text;
	afd_text_init(&text, (size_t)1 << 30);
	const char *at = lexer->cursor;
	const char *close = memchr(at, mark, (size_t)(lexer->end - at));
	const char *newline = memchr(at, '\n', (size_t)(lexer->end - at));
	const char *end = close || !newline ? lexer->end : newline;
	for (; at < end; at++) {
		bool twice = *at == mark && at + 1 < end && at[1] == mark;
		bool escaped = mark == '"' && *at == '`' && at + 1 < end;
		if (*at == mark && !twice)
			break;
		at += twice || escaped;
		if (escaped && (*at == 'n' || *at == 't'))
			afd_text_putc(&text, *at == 'n' ? '\n' : '\t');
		else
			afd_text_putc(&text, *at);
	}
	lexer->cursor = at < end ? at + 1 : end;
	struct afd_span value = { afd_arena_copy(lexer->arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return value;
}

/* Up to the line that starts with the closing mark. */
static struct afd_span take_here(struct afd_power_lexer *lexer, const char *close)
{
	const char *begin = lexer->cursor;
	for (const char *line = begin; line < lexer->end;) {
		const char *newline = memchr(line, '\n', (size_t)(lexer->end - line));
		struct afd_span all = { line, (size_t)((newline ? newline : lexer->end) - line) };
		if (afd_span_starts(afd_span_trim(all), close)) {
			lexer->cursor = afd_span_trim(all).data + 2;
			return afd_span_trim((struct afd_span){ begin, (size_t)(line - begin) });
		}
		line = newline ? newline + 1 : lexer->end;
	}
	lexer->cursor = lexer->end;
	return afd_span_trim((struct afd_span){ begin, (size_t)(lexer->end - begin) });
}

static void skip_comment(struct afd_power_lexer *lexer)
{
	struct afd_span rest = { lexer->cursor, (size_t)(lexer->end - lexer->cursor) };
	size_t close = afd_span_find(rest, "#>", 0);
	lexer->cursor = close < rest.size ? lexer->cursor + close + 2 : lexer->end;
}

/* "-Method:Post": the value is the next word. */
static void cut_parameter(struct afd_power_lexer *lexer, struct afd_power *word)
{
	const char *colon = word->raw.data[0] == '-' ? memchr(word->raw.data, ':', word->raw.size) : NULL;
	for (const char *at = word->raw.data + 1; colon && at < colon; at++)
		if (!((*at | 32) >= 'a' && (*at | 32) <= 'z'))
			return;
	if (!colon || colon == word->raw.data + 1)
		return;
	word->kind = AFD_POWER_PARAMETER;
	word->raw.size = (size_t)(colon - word->raw.data) + 1;
	lexer->cursor = colon + 1;
}

struct afd_power afd_power_next(struct afd_power_lexer *lexer)
{
	struct afd_power token = { AFD_POWER_END, { lexer->end, 0 }, { lexer->end, 0 } };
	while (lexer->cursor < lexer->end) {
		const char *begin = lexer->cursor;
		enum afd_power_token kind;
		enum power_form form = scan_form(&lexer->cursor, &kind);
		struct afd_span value = { NULL, 0 };
		if (lexer->cursor > lexer->end)
			lexer->cursor = lexer->end;
		switch (form) {
		case FORM_GAP: continue;
		case FORM_COMMENT: skip_comment(lexer); continue;
		case FORM_SINGLE: value = take_quoted(lexer, '\''); break;
		case FORM_DOUBLE: value = take_quoted(lexer, '"'); break;
		case FORM_HERE_SINGLE: value = take_here(lexer, "'@"); break;
		case FORM_HERE_DOUBLE: value = take_here(lexer, "\"@"); break;
		case FORM_TOKEN: break;
		}
		token.raw = (struct afd_span){ begin, (size_t)(lexer->cursor - begin) };
		token.kind = form == FORM_TOKEN ? kind : AFD_POWER_STRING;
		if (token.kind == AFD_POWER_WORD)
			cut_parameter(lexer, &token);
		token.value = form == FORM_TOKEN ? token.raw : value;
		return token;
	}
	return token;
}

struct afd_power afd_power_peek(const struct afd_power_lexer *lexer)
{
	struct afd_power_lexer copy = *lexer;
	return afd_power_next(&copy);
}
