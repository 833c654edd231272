/* SPDX-License-Identifier: MIT */
#include "base/sql_token.h"

#include <string.h>

static bool is_letter(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '_';
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The byte `ahead` of the reader, or NUL at the end. */
static char peek(const struct afd_sql_file *file, size_t ahead)
{
	return ahead < file->text.size - file->at ? file->text.data[file->at + ahead] : '\0';
}

static void step(struct afd_sql_file *file, size_t bytes)
{
	for (; bytes > 0 && file->at < file->text.size; bytes--)
		file->line += file->text.data[file->at++] == '\n';
}

/* Passes a comment of lines; false where it does not end, or holds another one: versions differ on these. */
static bool pass_block(struct afd_sql_file *file)
{
	step(file, 2);
	while (file->at < file->text.size) {
		if (peek(file, 0) == '/' && peek(file, 1) == '*')
			return false;
		if (peek(file, 0) == '*' && peek(file, 1) == '/') {
			step(file, 2);
			return true;
		}
		step(file, 1);
	}
	return false;
}

/* Passes blanks and comments. */
static bool pass_blanks(struct afd_sql_file *file)
{
	for (;;) {
		if (is_blank(peek(file, 0))) {
			step(file, 1);
		} else if (peek(file, 0) == '-' && peek(file, 1) == '-') {
			while (file->at < file->text.size && peek(file, 0) != '\n')
				step(file, 1);
		} else if (peek(file, 0) == '/' && peek(file, 1) == '*') {
			if (!pass_block(file))
				return false;
		} else {
			return true;
		}
	}
}

/* Passes a text in quotes; false where it does not end. */
static bool pass_quoted(struct afd_sql_file *file, char quote)
{
	step(file, 1);
	while (file->at < file->text.size) {
		char byte = peek(file, 0);
		step(file, byte == '\\' ? 2 : 1);
		if (byte == quote)
			return true;
	}
	return false;
}

static enum afd_sql_token_kind pass_run(struct afd_sql_file *file, enum afd_sql_token_kind kind)
{
	while (is_letter(peek(file, 0)) || is_digit(peek(file, 0)) ||
		   (kind == AFD_SQL_NUMBER && peek(file, 0) == '.'))
		step(file, 1);
	return kind;
}

static enum afd_sql_token_kind pass_token(struct afd_sql_file *file, const char **fault)
{
	static const char symbols[] = "()[],;.+-*/%=<>!?:|&{}";
	char byte = peek(file, 0);
	if (is_letter(byte))
		return pass_run(file, AFD_SQL_WORD);
	if (is_digit(byte))
		return pass_run(file, AFD_SQL_NUMBER);
	if (byte == '\'' || byte == '`' || byte == '"') {
		*fault = "a text in quotes that does not end";
		bool whole = pass_quoted(file, byte);
		return !whole ? AFD_SQL_WRONG : byte == '\'' ? AFD_SQL_STRING : AFD_SQL_NAME;
	}
	bool known = byte != '\0' && strchr(symbols, byte);
	*fault = "a byte that ClickHouse's versions read differently";
	step(file, 1);
	return known ? AFD_SQL_SYMBOL : AFD_SQL_WRONG;
}

struct afd_sql_token afd_sql_token_next(struct afd_sql_file *file)
{
	struct afd_sql_token token = { .kind = AFD_SQL_END };
	bool fine = pass_blanks(file);
	token.line = file->line;
	token.text = (struct afd_span){ file->text.data + file->at, 0 };
	size_t begin = file->at;
	if (!fine) {
		token.kind = AFD_SQL_WRONG;
		token.fault = "a comment that does not end, or holds another one";
		step(file, file->text.size);
		return token;
	}
	if (file->at < file->text.size)
		token.kind = pass_token(file, &token.fault);
	token.text.size = file->at - begin;
	return token;
}

bool afd_sql_token_is(const struct afd_sql_token *token, const char *word)
{
	return token->kind == AFD_SQL_WORD && afd_span_equal_nocase(token->text, afd_span_of(word));
}

bool afd_sql_token_among(const struct afd_sql_token *token, const char *const *words)
{
	for (size_t i = 0; words[i]; i++)
		if (afd_sql_token_is(token, words[i]))
			return true;
	return false;
}

bool afd_sql_token_is_symbol(const struct afd_sql_token *token, char symbol)
{
	return token->kind == AFD_SQL_SYMBOL && token->text.data[0] == symbol;
}

struct afd_span afd_sql_token_name(const struct afd_sql_token *token)
{
	struct afd_span none = { token->text.data, 0 };
	if (token->kind == AFD_SQL_WORD)
		return token->text;
	if (token->kind != AFD_SQL_NAME || token->text.size < 3)
		return none;
	struct afd_span name = { token->text.data + 1, token->text.size - 2 };
	for (size_t i = 0; i < name.size; i++)
		if (!is_letter(name.data[i]) && !(i > 0 && is_digit(name.data[i])))
			return none;
	return name;
}
