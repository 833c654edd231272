/* SPDX-License-Identifier: MIT
 * Status codes in prose: a number counts as one only where something beside it says so. */
#include "survey.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* RFC 9110 and RFC 6585: the phrase as its first word, which documents write in many ways. */
struct reason {
	int code;
	const char *phrase;
};

static const struct reason reasons[] = {
	{ 200, "ok" },          { 201, "created" },     { 202, "accepted" },  { 204, "no content" }, { 204, "nocontent" },
	{ 206, "partial" },     { 301, "moved" },       { 302, "found" },     { 302, "redirect" },   { 303, "see other" },
	{ 304, "not modified" }, { 307, "temporary" },  { 308, "permanent" }, { 400, "bad" },        { 401, "unauth" },
	{ 401, "not auth" },    { 402, "payment" },     { 403, "forbid" },    { 404, "not found" },  { 404, "notfound" },
	{ 404, "not_found" },   { 405, "method" },      { 406, "not accept" }, { 408, "request time" }, { 409, "conflict" },
	{ 410, "gone" },        { 411, "length" },      { 412, "precondition" }, { 413, "payload" }, { 413, "content too" },
	{ 413, "request entity" }, { 414, "uri" },      { 415, "unsupported" }, { 416, "range" },    { 418, "i'm" },
	{ 422, "unprocess" },   { 422, "validation" },  { 423, "locked" },    { 424, "failed" },     { 425, "too early" },
	{ 428, "precondition" }, { 429, "too many" },   { 429, "rate" },      { 500, "internal" },   { 500, "server error" },
	{ 501, "not implemented" }, { 502, "bad" },     { 503, "service" },   { 504, "gateway" },    { 505, "http version" },
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_word_byte(char byte)
{
	return is_digit(byte) || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || byte == '_';
}

static bool starts_nocase(struct afd_span text, const char *prefix)
{
	return afd_span_equal_nocase(afd_span_first(text, strlen(prefix)), afd_span_of(prefix));
}

static int code_at(struct afd_span text, size_t at)
{
	return atoi((char[]){ text.data[at], text.data[at + 1], text.data[at + 2], '\0' });
}

static bool is_known(int code)
{
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].code == code)
			return true;
	return false;
}

/* Three digits that are no part of a longer word or number. */
static bool is_number(struct afd_span text, size_t at)
{
	if (at + 3 > text.size || text.data[at] < '1' || text.data[at] > '5' || !is_digit(text.data[at + 1]) ||
		!is_digit(text.data[at + 2]))
		return false;
	char before = at ? text.data[at - 1] : ' ';
	char after = at + 3 < text.size ? text.data[at + 3] : ' ';
	char next = at + 4 < text.size ? text.data[at + 4] : ' ';
	if (is_word_byte(before) || strchr(".$#%&?+", before) || is_word_byte(after) || strchr("%$", after))
		return false;
	bool dashed = before == '-' && at > 1 && is_word_byte(text.data[at - 2]);
	bool decimal = (after == '.' || after == ',' || after == ':') && is_digit(next);
	return !dashed && !(decimal && after != ',') && !(after == '-' && is_digit(next));
}

static size_t skip_marks(struct afd_span text, size_t at)
{
	while (at < text.size && strchr(" \t`*_\"':(){}[]/-", text.data[at]) && text.data[at] != '\0')
		at++;
	while (afd_span_starts(afd_span_from(text, at), "\xE2\x80\x93") || afd_span_starts(afd_span_from(text, at), "\xE2\x80\x94"))
		at += 3;
	while (at < text.size && text.data[at] == ' ')
		at++;
	return at;
}

static bool has_reason_after(struct afd_span text, size_t at, int code)
{
	struct afd_span after = afd_span_from(text, skip_marks(text, at + 3));
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].code == code && starts_nocase(after, reasons[i].phrase))
			return true;
	return false;
}

enum { BEFORE_MAX = 60, UNIT_MAX = 40, SHORT_WORD = 3, TEXT_MAX = 2000 };

/* The words before the number, folded, without the marks between. */
static struct afd_span words_before(struct afd_span text, size_t at, char buffer[128])
{
	size_t from = at > BEFORE_MAX ? at - BEFORE_MAX : 0;
	while (from < at && ((unsigned char)text.data[from] & 0xC0) == 0x80)
		from++;
	struct afd_span before = { text.data + from, at - from };
	const char *newline = before.size ? memrchr(before.data, '\n', before.size) : NULL;
	if (newline)
		before = afd_span_from(before, (size_t)(newline - before.data) + 1);
	return afd_word_fold(before, buffer);
}

static bool is_not(const struct afd_word *operator)
{
	return operator&& operator->id == AFD_OPERATOR_NOT;
}

static bool is_denied(struct afd_span folded)
{
	folded = afd_without_links(folded);
	return is_not(afd_last_word(folded, AFD_WORD_OPERATOR)) || afd_span_ends(folded, "n't") ||
		   afd_span_find(folded, "not return", 0) != SIZE_MAX;
}

static bool has_word_before(struct afd_span folded)
{
	struct afd_span bare = afd_without_ends(folded);
	struct afd_span words = afd_without_links(folded);
	if (afd_ends_with_class(bare, AFD_WORD_STATUS) || afd_ends_with_class(words, AFD_WORD_STATUS) ||
		afd_ends_with_class(bare, AFD_WORD_RETURNS) || afd_ends_with_class(words, AFD_WORD_RETURNS) ||
		afd_ends_with_word(words, "http"))
		return true;
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].code >= 400 && strlen(reasons[i].phrase) > 5 &&
			afd_ends_with_word(words, reasons[i].phrase))
			return true;
	return afd_ends_with_word(words, "unauthorized") || afd_ends_with_word(words, "forbidden") ||
		   afd_ends_with_word(words, "bad request");
}

static bool has_word_after(struct afd_span text, size_t at)
{
	char buffer[128];
	struct afd_span after = afd_span_from(text, skip_marks(text, at + 3));
	struct afd_span folded = afd_word_fold(afd_span_first(after, 40), buffer);
	for (const struct afd_word *word = NULL; (word = afd_word_next(AFD_WORD_CODE_AFTER, word));) {
		bool wide = (unsigned char)word->text[0] >= 0xE0;
		bool starts = afd_span_starts(folded, word->text);
		if (starts && (wide || folded.size == word->size || !is_word_byte(folded.data[word->size])))
			return true;
	}
	return false;
}

static bool has_unit_after(struct afd_span text, size_t at)
{
	char buffer[128];
	struct afd_span after = afd_span_from(text, at + 3);
	if (!afd_span_starts(after, " "))
		return false;
	struct afd_span folded = afd_word_fold(afd_span_first(afd_span_from(after, 1), UNIT_MAX), buffer);
	for (const struct afd_word *word = NULL; (word = afd_word_next(AFD_WORD_QUANTITY, word));) {
		/* a longer word is the beginning of its plurals and cases */
		bool whole =
			word->size > SHORT_WORD || folded.size == word->size || !is_word_byte(folded.data[word->size]);
		if (afd_span_starts(folded, word->text) && whole)
			return true;
	}
	return false;
}

static bool in_parentheses(struct afd_span text, size_t at)
{
	size_t before = at;
	while (before > 0 && strchr(" `*", text.data[before - 1]) && text.data[before - 1] != '\0')
		before--;
	size_t after = at + 3;
	while (after < text.size && strchr(" `*", text.data[after]) && text.data[after] != '\0')
		after++;
	bool opens = before > 0 && strchr("([", text.data[before - 1]);
	bool wide = before > 2 && afd_span_starts(afd_span_from(text, before - 3), "\xEF\xBC\x88");
	bool closes = after < text.size && strchr(")],/", text.data[after]);
	return wide || (opens && closes);
}

static bool has_arrow_before(struct afd_span folded)
{
	static const char *const arrows[] = { "\xE2\x86\x92", "->", "=>", "\xE2\x87\x92", "\xE2\x9E\x9C", "\xE2\x9E\xA1" };
	folded = afd_span_trim(folded);
	while (folded.size && strchr("(`", folded.data[folded.size - 1]))
		folded.size--;
	for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++)
		if (afd_span_ends(afd_span_trim(folded), arrows[i]))
			return true;
	return false;
}

/* At the start of the text, after marks and signs, with a dash or a colon after it. */
static bool heads_text(struct afd_span text, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_word_byte(text.data[i]))
			return false;
	struct afd_span after = afd_span_from(text, at + 3);
	while (after.size && strchr(" `*", after.data[0]))
		after = afd_span_from(after, 1);
	return after.size == 0 || strchr("-:", after.data[0]) || afd_span_starts(after, "\xE2\x80") ||
		   afd_span_starts(after, "\xE2\x86\x92");
}

/* More words stand before it than a label's: "with a bid between 500 and 1000". */
static bool is_amid(struct afd_span text, size_t at)
{
	size_t words = 0;
	for (size_t i = 0; i < at; i++) {
		bool letter = is_word_byte(text.data[i]) || (unsigned char)text.data[i] >= 0xC3;
		bool before = i > 0 && (is_word_byte(text.data[i - 1]) || (unsigned char)text.data[i - 1] >= 0x80);
		words += letter && !before;
		words = strchr(":;,|(", text.data[i]) && text.data[i] ? 0 : words;
	}
	return words > 2;
}

/* "500 değil": nothing else follows. */
static bool is_denied_after(struct afd_span text, size_t at)
{
	char buffer[128];
	struct afd_span rest = afd_word_fold(afd_span_from(text, at + 3), buffer);
	rest = afd_span_trim(afd_without_ends(rest));
	while (rest.size && strchr(".!*`", rest.data[rest.size - 1]))
		rest.size--;
	return rest.size && is_not(afd_word_find(AFD_WORD_OPERATOR, rest));
}

static bool is_status(struct afd_span text, size_t at, enum afd_statement statement)
{
	char buffer[128];
	bool path = at > 0 && text.data[at - 1] == '/';
	if (!is_number(text, at) || path)
		return false;
	int code = code_at(text, at);
	struct afd_span folded = words_before(text, at, buffer);
	if (is_denied_after(text, at))
		return false;
	if (has_reason_after(text, at, code))
		return !is_denied(folded);
	if (!is_known(code) || is_denied(folded))
		return false;
	if (has_word_before(folded) || has_word_after(text, at) || in_parentheses(text, at) || has_arrow_before(folded))
		return !has_unit_after(text, at);
	bool alone = afd_span_trim(afd_span_from(text, at + 3)).size == 0;
	bool bold = afd_span_starts(afd_span_from(text, at + 3), "**");
	if (heads_text(text, at) && (statement != AFD_STATEMENT_PROSE || code >= 400 || alone || bold))
		return true;
	return statement == AFD_STATEMENT_EXPECTED && !has_unit_after(text, at) && !is_amid(text, at);
}

/* Without the reason of the code before it: "Not Found or". */
static struct afd_span without_reason(struct afd_span folded, int code)
{
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		if (reasons[i].code != code || !afd_span_starts(folded, reasons[i].phrase))
			continue;
		size_t last = folded.size;
		while (last > 0 && folded.data[last - 1] != ' ' && folded.data[last - 1] != ',')
			last--;
		folded = afd_span_from(folded, last);
	}
	return folded;
}

/* The text between two codes only joins them: "/", "or". */
static bool joins(struct afd_span between, int code)
{
	char buffer[128];
	struct afd_span folded = afd_span_trim(without_reason(afd_word_fold(between, buffer), code));
	const struct afd_word *word = afd_word_find(AFD_WORD_OPERATOR, folded);
	return (word && word->id == AFD_OPERATOR_OR) || (folded.size == 1 && strchr("/,|", folded.data[0]));
}

size_t afd_statuses(struct afd_span text, enum afd_statement statement, struct afd_span codes[AFD_STATUSES_MAX])
{
	size_t count = 0;
	text = afd_span_first(text, TEXT_MAX);
	for (size_t at = 0; at + 3 <= text.size; at++) {
		if (!is_digit(text.data[at]))
			continue;
		if (count == 0) {
			if (is_status(text, at, statement))
				codes[count++] = (struct afd_span){ text.data + at, 3 };
			continue;
		}
		struct afd_span last = codes[count - 1];
		size_t end = (size_t)(last.data + 3 - text.data);
		if (at < end)
			continue;
		if (at - end > 40 || count == AFD_STATUSES_MAX)
			break;
		struct afd_span between = { text.data + end, at - end };
		if (is_number(text, at) && is_known(code_at(text, at)) && joins(between, code_at(last, 0)))
			codes[count++] = (struct afd_span){ text.data + at, 3 };
	}
	return count;
}

bool afd_status_in(struct afd_span text, enum afd_statement statement)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	return afd_statuses(text, statement, codes) > 0;
}

bool afd_has_status(struct afd_model_test *test)
{
	for (; test->terms_seen < test->terms.count; test->terms_seen++)
		if (strcmp(test->terms.rows[test->terms_seen].subject, "AFD_STATUS") == 0)
			test->status_stated = true;
	return test->status_stated;
}

void afd_expect_codes(struct afd_reader *reader, struct afd_model_test *test, const struct afd_span *codes, size_t count)
{
	size_t number = test->expectations.count;
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, &test->expectations.rows, &test->expectations.count, sizeof *row);
	struct afd_span all = { codes[0].data, (size_t)(codes[count - 1].data + 3 - codes[0].data) };
	*row = (struct afd_model_expectation){ .line = afd_read_line(reader, all), .text = afd_arena_copy(reader->arena, all) };
	for (size_t i = 0; i < count; i++) {
		struct afd_model_term *term = afd_arena_push(reader->arena, &test->terms.rows, &test->terms.count, sizeof *term);
		*term = (struct afd_model_term){
			.line = row->line,
			.expectation = (unsigned)number,
			.alternative = (unsigned)i + 1,
			.subject = "AFD_STATUS",
			.predicate = "AFD_IS",
			.name = "",
			.value = afd_arena_copy(reader->arena, codes[i]),
		};
	}
	test->explicit = true;
}

bool afd_expect_status(struct afd_reader *reader, struct afd_model_test *test, struct afd_span text,
					   enum afd_statement statement)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	size_t count = afd_statuses(text, statement, codes);
	if (count > 0)
		afd_expect_codes(reader, test, codes, count);
	return count > 0;
}

/* The word at a boundary; words of scripts without blanks have none. */
static bool holds_word(struct afd_span folded, const struct afd_word *word)
{
	bool wide = (unsigned char)word->text[0] >= 0xE0;
	for (size_t at = 0; (at = afd_span_find(folded, word->text, at)) != SIZE_MAX; at++) {
		size_t end = at + word->size;
		bool starts = at == 0 || !is_word_byte(folded.data[at - 1]);
		if (wide || (starts && (end == folded.size || !is_word_byte(folded.data[end]))))
			return true;
	}
	return false;
}

bool afd_says(enum afd_word_class class, int id, struct afd_span text)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(afd_span_first(text, 90), buffer);
	for (const struct afd_word *word = NULL; (word = afd_word_next(class, word));)
		if (word->id == id && holds_word(folded, word))
			return true;
	return false;
}
