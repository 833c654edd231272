/* SPDX-License-Identifier: MIT
 * Text for people, against what looks private in it. A second line of defence: the first is that the spec
 * allows the path. Every check is one pass; text in which one of them finds something is masked whole. */
#include "mask_fit.h"

#include <string.h>

enum {
	CHARACTERS_MAX = 200,
	DIGITS_MIN = 7,  /* digits of a phone, card or document number, with its separators */
	MIXED_MIN = 16,  /* letters and digits without a break */
	CASES_MIN = 20,  /* letters of changing case without a break */
	DASHED_MIN = 24, /* the same with dashes and at least DASHED_DIGITS digits */
	DASHED_DIGITS = 6,
	UNBROKEN_MAX = 40 /* ASCII letters */
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_lower(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_blank(char byte)
{
	return byte == ' ';
}

/* Decodes one character of valid UTF-8. */
static unsigned long next_character(struct afd_span text, size_t *at)
{
	unsigned char lead = (unsigned char)text.data[(*at)++];
	size_t more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
	unsigned long point = more == 0 ? lead : lead & (0x3Fu >> more);
	while (more-- > 0 && *at < text.size)
		point = point << 6 | ((unsigned char)text.data[(*at)++] & 0x3Fu);
	return point;
}

struct range {
	unsigned long first, last;
};

/* Controls, soft hyphen, bidirectional and zero-width marks, private use, tags; look-alikes of digits and of
 * '@'. */
static const struct range strange[] = {
	{ 0x00, 0x1F },     { 0x7F, 0x9F },       { 0xAD, 0xAD },        { 0x61C, 0x61C },   { 0x660, 0x669 },
	{ 0x6F0, 0x6F9 },   { 0x180E, 0x180E },   { 0x200B, 0x200F },    { 0x2028, 0x202E }, { 0x2060, 0x206F },
	{ 0xE000, 0xF8FF }, { 0xFE00, 0xFE0F },   { 0xFE6B, 0xFE6B },    { 0xFEFF, 0xFEFF }, { 0xFF10, 0xFF20 },
	{ 0xFFF0, 0xFFFF }, { 0x1D7CE, 0x1D7FF }, { 0xE0000, 0x10FFFF },
};

static bool is_strange(unsigned long point)
{
	for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++)
		if (point >= strange[i].first && point <= strange[i].last)
			return true;
	return false;
}

static bool has_strange_characters(struct afd_span text)
{
	size_t count = 0;
	for (size_t at = 0; at < text.size; count++)
		if (is_strange(next_character(text, &at)))
			return true;
	return count > CHARACTERS_MAX;
}

/* An '@' that touches a word: an address or the name of an account. */
static bool has_address(struct afd_span text)
{
	for (size_t i = 0; i < text.size; i++) {
		bool touches_left = i > 0 && !is_blank(text.data[i - 1]);
		bool touches_right = i + 1 < text.size && !is_blank(text.data[i + 1]);
		if (text.data[i] == '@' && (touches_left || touches_right))
			return true;
	}
	return false;
}

/* The bytes of a separator within a phone number: blanks (also U+00A0, U+2009, U+202F), dashes (U+2010 to
 * U+2015, U+2212) and ().+/ */
static size_t separator(struct afd_span text)
{
	static const char *const wide[] = { "\xC2\xA0",     "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x90",
										"\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94",
										"\xE2\x80\x95", "\xE2\x88\x92" };
	if (text.data[0] != '\0' && strchr(" -().+/", text.data[0]))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (afd_span_starts(text, wide[i]))
			return strlen(wide[i]);
	return 0;
}

/* `9` of the pattern is any digit, `-` any separator, all else itself. The bytes matched, where no digit
 * follows. */
static size_t match(struct afd_span text, const char *pattern)
{
	size_t at = 0;
	for (const char *p = pattern; *p; p++) {
		if (at >= text.size)
			return 0;
		size_t more = *p == '-' ? separator(afd_span_from(text, at)) : 1;
		bool good = *p == '9' ? is_digit(text.data[at]) : *p == '-' ? more > 0 : text.data[at] == *p;
		if (!good)
			return 0;
		at += more;
	}
	return at < text.size && is_digit(text.data[at]) ? 0 : at;
}

/* A date of this century or a season, which are no long numbers; the bytes that it takes. */
static size_t date(struct afd_span text)
{
	static const char *const shapes[] = { "99.99.2099", "2099-99-99", "2099-2099" };
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		size_t size = match(text, shapes[i]);
		if (size > 0)
			return size;
	}
	return 0;
}

static bool has_long_number(struct afd_span text)
{
	size_t digits = 0;
	for (size_t at = 0; at < text.size;) {
		struct afd_span rest = afd_span_from(text, at);
		size_t dated = digits == 0 ? date(rest) : 0;
		size_t separated = separator(rest);
		if (dated == 0 && is_digit(text.data[at])) {
			digits++;
			at++;
		} else if (dated == 0 && separated > 0)
			at += separated;
		else {
			digits = 0;
			at += dated ? dated : 1;
		}
		if (digits >= DIGITS_MIN)
			return true;
	}
	return false;
}

/* A URL that carries more than a path, percent escapes, escapes of JSON and HTML, JSON itself, a named scheme
 * of HTTP authorization, or the start of a pseudonym of ours. */
static bool has_structure(struct afd_span text)
{
	static const char *const starts[] = { "~", "{\"", "[{", "[\"", "Bearer ", "Basic ", "bearer ", "basic " };
	static const char *const parts[] = { "\\u", "\\x", "&#", " Bearer ", " Basic ", "-----BEGIN" };
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (afd_span_starts(text, starts[i]))
			return true;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (afd_span_find(text, parts[i], 0) != SIZE_MAX)
			return true;
	bool url = afd_span_find(text, "://", 0) != SIZE_MAX;
	if (url && (memchr(text.data, '?', text.size) || memchr(text.data, '#', text.size)))
		return true;
	size_t query = afd_span_find(text, "?", 0);
	return query != SIZE_MAX && afd_span_find(text, "=", query) != SIZE_MAX;
}

static bool is_hex(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static bool has_percent_escape(struct afd_span text)
{
	for (size_t i = 0; i + 2 < text.size; i++)
		if (text.data[i] == '%' && is_hex(text.data[i + 1]) && is_hex(text.data[i + 2]))
			return true;
	return false;
}

/* What is known of the characters without a break up to here. */
struct run {
	size_t size, letters, digits, turns; /* turns: from lower to upper case */
};

static void take(struct run *run, char byte, char before)
{
	run->size++;
	run->digits += is_digit(byte);
	run->letters += is_lower(byte) || is_upper(byte);
	run->turns += is_upper(byte) && is_lower(before);
}

static bool continues(char byte)
{
	return is_digit(byte) || is_lower(byte) || is_upper(byte) || byte == '+' || byte == '/' || byte == '=';
}

static bool looks_random(const struct run *run)
{
	return (run->size >= MIXED_MIN && run->digits > 0 && run->letters > 0) ||
		   (run->size >= CASES_MIN && run->turns >= 3) || run->letters >= UNBROKEN_MAX;
}

bool afd_text_is_token(struct afd_span text)
{
	struct run plain = { 0 };
	struct run dashed = { 0 };
	char before = '\0';
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.data[i];
		bool dash = byte == '-' || byte == '_' || byte == '.';
		if (!continues(byte))
			plain = (struct run){ 0 };
		else
			take(&plain, byte, before);
		if (!continues(byte) && !dash)
			dashed = (struct run){ 0 };
		else
			take(&dashed, byte, before);
		before = byte;
		if (looks_random(&plain) || (dashed.size >= DASHED_MIN && dashed.digits >= DASHED_DIGITS))
			return true;
	}
	return false;
}

bool afd_text_is_prose(struct afd_span text)
{
	return !has_strange_characters(text) && !has_address(text) && !has_long_number(text) &&
		   !has_structure(text) && !has_percent_escape(text) && !afd_text_is_token(text);
}
