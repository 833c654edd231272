/* SPDX-License-Identifier: MIT */
#include "policy.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 64, INDEX_DIGITS_MAX = 9, SURROGATE_HIGH = 0xD800, SURROGATE_LOW = 0xDC00 };

static const char *const types[AFD_SHOW_TYPES + 1] = {
	[AFD_SHOW_WHOLE_NUMBER] = "whole number",
	[AFD_SHOW_NUMBER] = "number",
	[AFD_SHOW_BOOLEAN] = "boolean",
	[AFD_SHOW_TIME] = "time",
	[AFD_SHOW_DATE] = "date",
	[AFD_SHOW_UUID] = "uuid",
	[AFD_SHOW_CODE] = "code",
	[AFD_SHOW_ONE_OF] = "one of",
	[AFD_SHOW_COLOUR] = "colour",
	[AFD_SHOW_VERSION] = "version",
	[AFD_SHOW_WORD] = "word",
	[AFD_SHOW_HOST] = "host",
	[AFD_SHOW_TEXT] = "text",
	[AFD_SHOW_NEVER] = "never",
	[AFD_SHOW_TYPES] = NULL,
};

static const char *const classes[] = {
	"address", "barcode",      "card",     "code",  "comment",    "date",   "e-mail", "id",  "inn", "name",
	"number",  "organization", "passport", "phone", "promo-code", "secret", "text",   "url", NULL,
};

enum afd_policy_type afd_policy_type_of(const char *name)
{
	for (int i = 0; types[i]; i++)
		if (strcmp(types[i], name) == 0)
			return (enum afd_policy_type)i;
	return AFD_SHOW_TYPES;
}

bool afd_policy_type_known(const char *name)
{
	return afd_policy_type_of(name) != AFD_SHOW_TYPES;
}

bool afd_policy_class_known(const char *name)
{
	for (int i = 0; classes[i]; i++)
		if (strcmp(classes[i], name) == 0)
			return true;
	return false;
}

const char *const *afd_policy_types(void)
{
	return types;
}

const char *const *afd_policy_classes(void)
{
	return classes;
}

/* Where the parser of a path stands. */
struct cursor {
	const char *start, *at;
	struct afd_arena *arena;
	struct afd_policy_fault *fault;
};

AFD_PRINTF(4, 5)
static bool refuse(struct afd_policy_fault *fault, enum afd_policy_cell cell, size_t offset,
				   const char *format, ...)
{
	fault->cell = cell;
	fault->offset = offset;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(fault->text, sizeof fault->text, format, arguments);
	va_end(arguments);
	return false;
}

static bool expected(struct cursor *cursor, const char *what)
{
	return refuse(cursor->fault, AFD_CELL_PATH, (size_t)(cursor->at - cursor->start), "expected %s", what);
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool starts_name(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || (byte & 0x80) != 0;
}

static void skip_blanks(struct cursor *cursor)
{
	cursor->at += strspn(cursor->at, " \t\r\n");
}

static bool parse_plain_name(struct cursor *cursor, struct afd_policy_step *step)
{
	const char *begin = cursor->at;
	if (!starts_name(*begin))
		return expected(cursor, "a name, '*' or, in brackets, any text in quotes");
	while (starts_name(*cursor->at) || is_digit(*cursor->at))
		cursor->at++;
	struct afd_span name = { begin, (size_t)(cursor->at - begin) };
	step->kind = AFD_STEP_NAME;
	step->name = (struct afd_span){ afd_arena_copy(cursor->arena, name), name.size };
	return true;
}

static bool parse_index(struct cursor *cursor, struct afd_policy_step *step)
{
	const char *digits = cursor->at + (*cursor->at == '-');
	size_t count = strspn(digits, "0123456789");
	bool padded = digits[0] == '0' && (count > 1 || digits != cursor->at);
	if (count == 0 || count > INDEX_DIGITS_MAX || padded)
		return expected(cursor, "an index of up to nine digits");
	step->kind = AFD_STEP_INDEX;
	step->index = strtol(cursor->at, NULL, 10);
	cursor->at = digits + count;
	return true;
}

/* Four hexadecimal digits, or -1. */
static long hex_unit(const char *at)
{
	long value = 0;
	for (int i = 0; i < 4; i++) {
		char byte = (char)(at[i] | 0x20);
		bool letter = byte >= 'a' && byte <= 'f';
		if (!letter && !is_digit(at[i]))
			return -1;
		value = value * 16 + (letter ? byte - 'a' + 10 : at[i] - '0');
	}
	return value;
}

static size_t put_utf8(unsigned long point, char *out)
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = size - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (point & 0x3F));
		point >>= 6;
	}
	out[0] = (char)(lead[size] | point);
	return size;
}

/* `at` is behind "\u"; the bytes taken of it, or 0 where it is no character. */
static size_t unescape_unicode(const char *at, char *out, size_t *size)
{
	long unit = hex_unit(at);
	if (unit < 0 || (unit >= SURROGATE_LOW && unit < 0xE000))
		return 0;
	if (unit < SURROGATE_HIGH || unit >= 0xE000) {
		*size = put_utf8((unsigned long)unit, out);
		return 4;
	}
	long low = at[4] == '\\' && at[5] == 'u' ? hex_unit(at + 6) : -1;
	if (low < SURROGATE_LOW || low >= 0xE000)
		return 0;
	unsigned long point =
		0x10000 + ((unsigned long)(unit - SURROGATE_HIGH) << 10) + (unsigned long)(low - SURROGATE_LOW);
	*size = put_utf8(point, out);
	return 10;
}

/* `cursor->at` is behind the backslash. */
static bool unescape(struct cursor *cursor, char *out, size_t *size)
{
	static const char from[] = "bfnrt/\\'\"";
	static const char to[] = "\b\f\n\r\t/\\'\"";
	if (*cursor->at == 'u') {
		size_t taken = unescape_unicode(cursor->at + 1, out, size);
		cursor->at += taken ? taken + 1 : 0;
		return taken || expected(cursor, "four hexadecimal digits of a character");
	}
	const char *found = *cursor->at ? strchr(from, *cursor->at) : NULL;
	if (!found)
		return expected(cursor, "an escape of RFC 9535 after '\\'");
	*out = to[found - from];
	*size = 1;
	cursor->at++;
	return true;
}

static bool parse_quoted_name(struct cursor *cursor, struct afd_policy_step *step)
{
	char quote = *cursor->at++;
	char *name = afd_arena_new(cursor->arena, strlen(cursor->at) + 4);
	size_t size = 0;
	while (*cursor->at != quote) {
		if ((unsigned char)*cursor->at < 0x20)
			return expected(cursor, "the end of the quoted name");
		size_t more = 1;
		if (*cursor->at != '\\')
			name[size] = *cursor->at++;
		else if (cursor->at++, !unescape(cursor, name + size, &more))
			return false;
		size += more;
	}
	cursor->at++;
	step->kind = AFD_STEP_NAME;
	step->name = (struct afd_span){ name, size };
	return true;
}

static bool parse_bracket(struct cursor *cursor, struct afd_policy_step *step)
{
	skip_blanks(cursor);
	bool parsed = true;
	if (*cursor->at == '*') {
		step->kind = AFD_STEP_ANY;
		cursor->at++;
	} else if (*cursor->at == '\'' || *cursor->at == '"')
		parsed = parse_quoted_name(cursor, step);
	else if (is_digit(*cursor->at) || *cursor->at == '-')
		parsed = parse_index(cursor, step);
	else
		return expected(cursor,
						"'*', an index or a quoted name: a path of this table has no filter and no slice");
	if (!parsed)
		return false;
	skip_blanks(cursor);
	if (*cursor->at != ']')
		return expected(cursor, "']'");
	cursor->at++;
	return true;
}

static bool parse_step(struct cursor *cursor, struct afd_policy_step *step)
{
	skip_blanks(cursor);
	size_t dots = strspn(cursor->at, ".");
	if (dots > 2 || (dots == 0 && *cursor->at != '['))
		return expected(cursor, "'.', '..' or '['");
	step->descends = dots == 2;
	cursor->at += dots;
	if (*cursor->at == '[' && dots != 1) {
		cursor->at++;
		return parse_bracket(cursor, step);
	}
	if (*cursor->at != '*')
		return parse_plain_name(cursor, step);
	step->kind = AFD_STEP_ANY;
	cursor->at++;
	return true;
}

bool afd_policy_path_parse(const char *path, struct afd_arena *arena, struct afd_policy_path *out,
						   struct afd_policy_fault *fault)
{
	struct cursor cursor = { path, path, arena, fault };
	*out = (struct afd_policy_path){ 0 };
	if (*cursor.at != '$')
		return expected(&cursor, "'$' at the start of the path");
	cursor.at++;
	while (*cursor.at) {
		if (out->count == STEPS_MAX)
			return expected(&cursor, "at most 64 steps");
		struct afd_policy_step *step = afd_arena_push(arena, &out->steps, &out->count, sizeof *step);
		if (!parse_step(&cursor, step))
			return false;
	}
	return true;
}

static bool check_values(enum afd_policy_type type, const char *values, struct afd_policy_fault *fault)
{
	bool empty = !values || !*values;
	if (type == AFD_SHOW_ONE_OF)
		return !empty || refuse(fault, AFD_CELL_VALUES, 0, "expected the values that may be shown");
	if (type != AFD_SHOW_NEVER)
		return empty || refuse(fault, AFD_CELL_VALUES, 0, "'%s' takes no values", types[type]);
	if (!empty && afd_policy_class_known(values))
		return true;
	return refuse(fault, AFD_CELL_VALUES, 0,
				  "expected a class after 'never': e-mail, phone, name, text, secret, ...");
}

bool afd_policy_check(const struct afd_shown *row, struct afd_policy_fault *fault)
{
	struct afd_arena arena = { NULL };
	struct afd_policy_path path;
	bool parsed = afd_policy_path_parse(row->path, &arena, &path, fault);
	afd_arena_free(&arena);
	if (!parsed)
		return false;
	enum afd_policy_type type = afd_policy_type_of(row->type);
	if (type == AFD_SHOW_TYPES)
		return refuse(fault, AFD_CELL_TYPE, 0,
					  "expected a type: whole number, time, code, text, ..., or never");
	return check_values(type, row->values, fault);
}
