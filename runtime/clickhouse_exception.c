/* SPDX-License-Identifier: MIT */
#include "clickhouse_exception.h"

#include <stdint.h>
#include <string.h>

enum {
	TAIL = 16384, /* the longest exception that a server appends to an answer */
	WORDS_MAX = 200,
	CODE_MAX = 99999,
	CODE_UNKNOWN = 1002,
};

struct known {
	unsigned short code;
	bool schema; /* its text speaks of names in the query, never of values */
	const char *name;
};

static const struct known *look_up(unsigned code)
{
	static const struct known known[] = {
		{ 6, false, "CANNOT_PARSE_TEXT" },
		{ 8, true, "THERE_IS_NO_COLUMN" },
		{ 10, true, "NOT_FOUND_COLUMN_IN_BLOCK" },
		{ 16, true, "NO_SUCH_COLUMN_IN_TABLE" },
		{ 27, false, "CANNOT_PARSE_INPUT_ASSERTION_FAILED" },
		{ 36, false, "BAD_ARGUMENTS" },
		{ 38, false, "CANNOT_PARSE_DATE" },
		{ 41, false, "CANNOT_PARSE_DATETIME" },
		{ 46, true, "UNKNOWN_FUNCTION" },
		{ 47, true, "UNKNOWN_IDENTIFIER" },
		{ 48, true, "NOT_IMPLEMENTED" },
		{ 50, true, "UNKNOWN_TYPE" },
		{ 53, false, "TYPE_MISMATCH" },
		{ 57, true, "TABLE_ALREADY_EXISTS" },
		{ 60, true, "UNKNOWN_TABLE" },
		{ 62, true, "SYNTAX_ERROR" },
		{ 72, false, "CANNOT_PARSE_NUMBER" },
		{ 73, true, "UNKNOWN_FORMAT" },
		{ 81, true, "UNKNOWN_DATABASE" },
		{ 115, true, "UNKNOWN_SETTING" },
		{ 117, false, "INCORRECT_DATA" },
		{ 158, true, "TOO_MANY_ROWS" },
		{ 159, true, "TIMEOUT_EXCEEDED" },
		{ 164, true, "READONLY" },
		{ 181, true, "ILLEGAL_FINAL" },
		{ 192, true, "UNKNOWN_USER" },
		{ 193, true, "WRONG_PASSWORD" },
		{ 194, true, "REQUIRED_PASSWORD" },
		{ 241, true, "MEMORY_LIMIT_EXCEEDED" },
		{ 242, true, "TABLE_IS_READ_ONLY" },
		{ 243, true, "NOT_ENOUGH_SPACE" },
		{ 252, true, "TOO_MANY_PARTS" },
		{ 349, false, "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN" },
		{ 497, true, "ACCESS_DENIED" },
		{ 516, true, "AUTHENTICATION_FAILED" },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].code == code)
			return &known[i];
	return NULL;
}

/* `Code: N` with what must follow it, in the wording of 26 (`. DB::Exception: `) or 18.16 (`, e.displayText()
 * = ...`). */
static unsigned read_at(struct afd_span body, size_t at, struct afd_span *text)
{
	struct afd_span rest = afd_span_from(body, at);
	if (!afd_span_starts(rest, "Code: "))
		return 0;
	size_t i = strlen("Code: ");
	unsigned code = 0;
	for (; i < rest.size && rest.data[i] >= '0' && rest.data[i] <= '9' && code <= CODE_MAX; i++)
		code = code * 10 + (unsigned)(rest.data[i] - '0');
	const char said[] = "DB::Exception: ";
	struct afd_span after = afd_span_from(rest, i);
	size_t found = afd_span_find(afd_span_first(after, 64), said, 0);
	if (code == 0 || code > CODE_MAX || found == SIZE_MAX)
		return 0;
	*text = afd_span_from(after, found + strlen(said));
	return code;
}

static bool ends_soon(struct afd_span text)
{
	return text.size <= TAIL;
}

/* Where the server had begun to answer: the last line that begins as an exception does. */
static unsigned read_in_tail(struct afd_span body, struct afd_span *text)
{
	unsigned code = 0;
	size_t from = body.size > TAIL ? body.size - TAIL : 0;
	for (size_t at = afd_span_find(body, "\nCode: ", from); at != SIZE_MAX;
		 at = afd_span_find(body, "\nCode: ", at + 1)) {
		unsigned here = read_at(body, at + 1, text);
		code = here != 0 ? here : code;
	}
	return code;
}

unsigned afd_clickhouse_exception(struct afd_span body, struct afd_span *text)
{
	*text = (struct afd_span){ NULL, 0 };
	unsigned code = read_at(body, 0, text);
	if (code == 0 || !ends_soon(*text))
		code = read_in_tail(body, text);
	/* Servers from 25.11 on mark it so, with the exception between two marks. */
	struct afd_span end = afd_span_from(body, body.size > TAIL ? body.size - TAIL : 0);
	if (code == 0 && afd_span_find(end, "\r\n__exception__\r\n", 0) != SIZE_MAX)
		code = CODE_UNKNOWN;
	return code;
}

/* `failed at position 7`: 18.16 goes on with the text that stands there. */
static struct afd_span without_place(struct afd_span text)
{
	const char position[] = "failed at position ";
	size_t at = afd_span_find(text, position, 0);
	if (at == SIZE_MAX)
		return text;
	at += strlen(position);
	while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
		at++;
	return afd_span_first(text, at);
}

/* Behind these words a message quotes the query, the row or the version. */
static struct afd_span first_words(struct afd_span text)
{
	static const char *const ends[] = { "\n",         " in scope ",       " (", ": While ",
										", e.what()", " Expected one of", ": (" };
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		size_t at = afd_span_find(text, ends[i], 0);
		if (at != SIZE_MAX)
			text = afd_span_first(text, at);
	}
	return afd_span_first(without_place(text), WORDS_MAX);
}

void afd_clickhouse_describe(unsigned code, struct afd_span text, struct afd_text *message)
{
	const struct known *known = look_up(code);
	afd_text_printf(message, "Code %u%s%s", code, known ? " " : "", known ? known->name : "");
	if (!known || !known->schema)
		return;
	struct afd_span words = first_words(text);
	if (words.size > 0)
		afd_text_puts(message, ": ");
	for (size_t i = 0; i < words.size; i++)
		afd_text_putc(message, words.data[i] >= ' ' && words.data[i] <= '~' ? words.data[i] : '?');
}
