/* SPDX-License-Identifier: MIT */
#include "mask_fit.h"

#include <string.h>

enum { NUMBER_MAX = 32, CODE_MAX = 64, WORD_MAX = 32, HOST_MAX = 253, LABEL_MAX = 63, VERSION_MAX = 32 };

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_letter(char byte)
{
	return is_upper(byte) || (byte >= 'a' && byte <= 'z');
}

static bool is_hex(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

static bool is_among(char byte, const char *set)
{
	return byte != '\0' && strchr(set, byte) != NULL;
}

static size_t count_digits(struct afd_span text, size_t from)
{
	size_t count = 0;
	while (from + count < text.size && is_digit(text.data[from + count]))
		count++;
	return count;
}

static bool is_whole_number(struct afd_span text)
{
	static const char limit[] = "9007199254740992"; /* 2^53 */
	if (text.size > 0 && text.data[0] == '-')
		text = afd_span_from(text, 1);
	if (text.size == 0 || count_digits(text, 0) != text.size || text.size > sizeof limit - 1)
		return false;
	return text.size < sizeof limit - 1 || memcmp(text.data, limit, text.size) <= 0;
}

static bool is_number(struct afd_span text)
{
	return text.size <= NUMBER_MAX;
}

static bool is_bit(struct afd_span text)
{
	return afd_span_is(text, "0") || afd_span_is(text, "1");
}

static unsigned two_digits(const char *at)
{
	return (unsigned)(at[0] - '0') * 10 + (unsigned)(at[1] - '0');
}

/* `9` of the pattern is a digit, all else is itself. */
static bool has_shape(struct afd_span text, const char *pattern)
{
	if (text.size < strlen(pattern))
		return false;
	for (size_t i = 0; pattern[i]; i++)
		if (pattern[i] == '9' ? !is_digit(text.data[i]) : text.data[i] != pattern[i])
			return false;
	return true;
}

static bool is_date(struct afd_span text)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (text.size != 10 || !has_shape(text, "9999-99-99"))
		return false;
	unsigned year = two_digits(text.data) * 100 + two_digits(text.data + 2);
	unsigned month = two_digits(text.data + 5);
	unsigned day = two_digits(text.data + 8);
	if (month < 1 || month > 12 || day < 1)
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return day <= days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool is_zone(struct afd_span text)
{
	if (text.size == 0 || afd_span_is(text, "Z") || afd_span_is(text, "z"))
		return true;
	if (text.size != 6 || (text.data[0] != '+' && text.data[0] != '-') ||
		!has_shape(afd_span_from(text, 1), "99:99"))
		return false;
	return two_digits(text.data + 1) < 24 && two_digits(text.data + 4) < 60;
}

static bool is_time(struct afd_span text)
{
	if (text.size < 19 || !is_date(afd_span_first(text, 10)) || !is_among(text.data[10], "Tt "))
		return false;
	struct afd_span clock = afd_span_from(text, 11);
	if (!has_shape(clock, "99:99:99") || two_digits(clock.data) > 23 || two_digits(clock.data + 3) > 59 ||
		two_digits(clock.data + 6) > 60)
		return false;
	struct afd_span rest = afd_span_from(clock, 8);
	if (rest.size > 0 && rest.data[0] == '.') {
		size_t digits = count_digits(rest, 1);
		if (digits < 1 || digits > 9)
			return false;
		rest = afd_span_from(rest, digits + 1);
	}
	return is_zone(rest);
}

static bool is_uuid(struct afd_span text)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	if (text.size != sizeof shape - 1)
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (shape[i] == 'x' ? !is_hex(text.data[i]) : text.data[i] != '-')
			return false;
	return true;
}

bool afd_text_is_code(struct afd_span text)
{
	if (text.size == 0 || text.size > CODE_MAX || !is_upper(text.data[0]))
		return false;
	for (size_t i = 1; i < text.size; i++)
		if (!is_upper(text.data[i]) && !is_digit(text.data[i]) && text.data[i] != '_')
			return false;
	return true;
}

static bool is_colour(struct afd_span text)
{
	if (text.size != 7 || text.data[0] != '#')
		return false;
	for (size_t i = 1; i < text.size; i++)
		if (!is_hex(text.data[i]))
			return false;
	return true;
}

/* What follows the numbers: "-rc.1", "+5"; long runs of digits are no release. */
static bool is_release(struct afd_span text)
{
	if (text.size == 0)
		return true;
	if (text.size < 2 || (text.data[0] != '-' && text.data[0] != '+') || afd_text_is_token(text))
		return false;
	for (size_t i = 1; i < text.size; i++)
		if ((!is_letter(text.data[i]) && !is_digit(text.data[i]) && !is_among(text.data[i], ".-+")) ||
			count_digits(text, i) > 6)
			return false;
	return true;
}

static bool is_version(struct afd_span text)
{
	if (text.size > VERSION_MAX)
		return false;
	size_t at = text.size > 0 && text.data[0] == 'v';
	for (int numbers = 0; numbers < 3; numbers++) {
		size_t digits = count_digits(text, at);
		if (digits < 1 || digits > 6)
			return false;
		at += digits;
		if (numbers == 2 || at == text.size || text.data[at] != '.')
			break;
		at++;
	}
	return is_release(afd_span_from(text, at));
}

static bool is_word(struct afd_span text)
{
	if (text.size == 0 || text.size > WORD_MAX || !(is_letter(text.data[0]) || text.data[0] == '_'))
		return false;
	for (size_t i = 1; i < text.size; i++)
		if (!is_letter(text.data[i]) && !is_digit(text.data[i]) && text.data[i] != '_' && text.data[i] != '-')
			return false;
	return !afd_text_is_token(text);
}

static bool is_label(struct afd_span label)
{
	if (label.size == 0 || label.size > LABEL_MAX || label.data[0] == '-' ||
		label.data[label.size - 1] == '-')
		return false;
	for (size_t i = 0; i < label.size; i++)
		if (!is_letter(label.data[i]) && !is_digit(label.data[i]) && label.data[i] != '-')
			return false;
	return !afd_text_is_token(label);
}

/* RFC 1123 section 2.1. The last label begins with a letter, or it could be an IP address. */
static bool is_host(struct afd_span text)
{
	if (text.size > HOST_MAX)
		return false;
	size_t dot = afd_span_find(text, ".", 0);
	if (dot == SIZE_MAX)
		return false;
	while (dot != SIZE_MAX) {
		if (!is_label(afd_span_first(text, dot)))
			return false;
		text = afd_span_from(text, dot + 1);
		dot = afd_span_find(text, ".", 0);
	}
	return is_label(text) && text.size > 1 && is_letter(text.data[0]);
}

/* The grammar of RFC 8259 section 6: a value of the spec may be any text. */
static bool is_json_number(struct afd_span text)
{
	size_t at = text.size > 0 && text.data[0] == '-';
	size_t digits = count_digits(text, at);
	if (digits == 0 || (digits > 1 && text.data[at] == '0'))
		return false;
	at += digits;
	if (at < text.size && text.data[at] == '.') {
		digits = count_digits(text, at + 1);
		at += digits ? digits + 1 : 0;
	}
	if (at < text.size && is_among(text.data[at], "eE")) {
		size_t sign = at + 1 < text.size && is_among(text.data[at + 1], "+-");
		digits = count_digits(text, at + 1 + sign);
		at += digits ? digits + 1 + sign : 0;
	}
	return at == text.size;
}

static bool is_one_of(const struct afd_scalar *scalar, const char *values)
{
	struct afd_span rest = afd_span_of(values);
	while (rest.size > 0) {
		size_t end = afd_span_find(rest, "\n", 0);
		struct afd_span value = afd_span_first(rest, end);
		if (afd_span_equal(value, scalar->text))
			return true;
		if (scalar->type == AFD_JSON_NUMBER && is_json_number(value) &&
			afd_json_compare_numbers(value, scalar->text) == 0)
			return true;
		rest = end == SIZE_MAX ? (struct afd_span){ NULL, 0 } : afd_span_from(rest, end + 1);
	}
	return false;
}

struct form {
	enum afd_json_type json; /* the JSON type that it applies to */
	bool (*fits)(struct afd_span text);
};

static const struct form forms[AFD_SHOW_TYPES] = {
	[AFD_SHOW_WHOLE_NUMBER] = { AFD_JSON_NUMBER, is_whole_number },
	[AFD_SHOW_NUMBER] = { AFD_JSON_NUMBER, is_number },
	[AFD_SHOW_BOOLEAN] = { AFD_JSON_NUMBER, is_bit },
	[AFD_SHOW_TIME] = { AFD_JSON_STRING, is_time },
	[AFD_SHOW_DATE] = { AFD_JSON_STRING, is_date },
	[AFD_SHOW_UUID] = { AFD_JSON_STRING, is_uuid },
	[AFD_SHOW_CODE] = { AFD_JSON_STRING, afd_text_is_code },
	[AFD_SHOW_COLOUR] = { AFD_JSON_STRING, is_colour },
	[AFD_SHOW_VERSION] = { AFD_JSON_STRING, is_version },
	[AFD_SHOW_WORD] = { AFD_JSON_STRING, is_word },
	[AFD_SHOW_HOST] = { AFD_JSON_STRING, is_host },
	[AFD_SHOW_TEXT] = { AFD_JSON_STRING, afd_text_is_prose },
};

bool afd_scalar_fits(const struct afd_scalar *scalar, enum afd_policy_type type, const char *values)
{
	if (type == AFD_SHOW_ONE_OF)
		return is_one_of(scalar, values);
	const struct form *form = &forms[type];
	return form->fits && form->json == scalar->type && form->fits(scalar->text);
}
