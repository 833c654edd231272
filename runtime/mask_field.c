/* SPDX-License-Identifier: MIT */
#include "mask_field.h"

#include <stdint.h>
#include <string.h>

enum { VALUE_MAX = 256, NAME_MAX_SIZE = 40, DIGITS_MAX = 15 };

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_number(struct afd_span value)
{
	if (value.size == 0 || value.size > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < value.size; i++)
		if (!is_digit(value.data[i]))
			return false;
	return true;
}

static bool is_among(struct afd_span word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (afd_span_is(word, words[i]))
			return true;
	return false;
}

static bool two_digits_below(const char *at, int limit)
{
	return is_digit(at[0]) && is_digit(at[1]) && (at[0] - '0') * 10 + at[1] - '0' < limit;
}

/* IMF-fixdate, RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT". */
static bool is_date(struct afd_span value)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
										  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	static const char shape[] = "ddd, 99 mmm 9999 99:99:99 GMT";
	if (value.size != sizeof shape - 1)
		return false;
	for (size_t i = 0; i < value.size; i++) {
		bool digit = shape[i] == '9';
		bool named = shape[i] == 'd' || shape[i] == 'm';
		if (digit ? !is_digit(value.data[i]) : !named && value.data[i] != shape[i])
			return false;
	}
	return is_among((struct afd_span){ value.data, 3 }, days, 7) &&
		   is_among((struct afd_span){ value.data + 8, 3 }, months, 12) &&
		   two_digits_below(value.data + 5, 32) && two_digits_below(value.data + 17, 24) &&
		   two_digits_below(value.data + 20, 60) && two_digits_below(value.data + 23, 61);
}

static bool is_number_or_date(struct afd_span value)
{
	return is_number(value) || afd_span_is(value, "-1") || is_date(value);
}

/* Letters, dashes and dots that begin with a letter: no digit, so no identifier of anybody. */
static bool is_name(struct afd_span word, const char *also)
{
	if (word.size == 0 || word.size > NAME_MAX_SIZE || !is_letter(word.data[0]))
		return false;
	for (size_t i = 1; i < word.size; i++)
		if (!is_letter(word.data[i]) && !memchr(also, word.data[i], strlen(also)))
			return false;
	return true;
}

/* Takes the first element of a list off `rest`, without the blanks around it. */
static struct afd_span next_element(struct afd_span *rest, const char *separators)
{
	size_t end = 0;
	while (end < rest->size && !memchr(separators, rest->data[end], strlen(separators)))
		end++;
	struct afd_span element = afd_span_trim(afd_span_first(*rest, end));
	*rest = afd_span_from(*rest, end + 1);
	return element;
}

/* "gzip, Accept-Encoding", "*" */
static bool is_name_list(struct afd_span value)
{
	while (value.size > 0) {
		struct afd_span element = next_element(&value, ",");
		if (!is_name(element, "-") && !afd_span_is(element, "*"))
			return false;
	}
	return true;
}

/* "max-age=31536000; includeSubDomains", "no-store, max-age=0", "timeout=5" */
static bool is_directive_list(struct afd_span value)
{
	while (value.size > 0) {
		struct afd_span element = next_element(&value, ",;");
		size_t equals = afd_span_find(element, "=", 0);
		if (!is_name(afd_span_first(element, equals), "-"))
			return false;
		if (equals != SIZE_MAX && !is_number(afd_span_from(element, equals + 1)))
			return false;
	}
	return true;
}

/* "1.18.0": numbers of up to four digits. */
static bool is_version(struct afd_span value)
{
	while (value.size > 0) {
		struct afd_span element = next_element(&value, ".");
		if (!is_number(element) || element.size > 4)
			return false;
	}
	return true;
}

/* "nginx", "nginx/1.18.0" */
static bool is_product(struct afd_span value)
{
	size_t slash = afd_span_find(value, "/", 0);
	if (!is_name(afd_span_first(value, slash), "-."))
		return false;
	return slash == SIZE_MAX || (value.size - slash <= 16 && is_version(afd_span_from(value, slash + 1)));
}

static bool is_charset(struct afd_span parameter)
{
	if (!afd_span_starts(parameter, "charset="))
		return false;
	struct afd_span name = afd_span_from(parameter, strlen("charset="));
	return is_name(name, "-0123456789") && name.size <= 16;
}

/* "application/problem+json; charset=utf-8": no parameter but the charset. */
static bool is_media(struct afd_span value)
{
	struct afd_span type = next_element(&value, ";");
	size_t slash = afd_span_find(type, "/", 0);
	if (slash == SIZE_MAX || !is_name(afd_span_first(type, slash), "-") ||
		!is_name(afd_span_from(type, slash + 1), "-+."))
		return false;
	while (value.size > 0)
		if (!is_charset(next_element(&value, ";")))
			return false;
	return true;
}

/* "HIT", "MISS" */
static bool is_one_name(struct afd_span value)
{
	return is_name(value, "-");
}

struct known {
	const char *name;
	bool (*form)(struct afd_span value); /* NULL: never shown */
	const char *class;                   /* of the pseudonym where the value is not shown */
};

static const struct known fields[] = {
	{ "Accept-Ranges", is_name_list, "field" },
	{ "Access-Control-Allow-Credentials", is_one_name, "field" },
	{ "Access-Control-Allow-Headers", is_name_list, "field" },
	{ "Access-Control-Allow-Methods", is_name_list, "field" },
	{ "Access-Control-Max-Age", is_number, "field" },
	{ "Age", is_number, "field" },
	{ "Allow", is_name_list, "field" },
	{ "Authentication-Info", NULL, "secret" },
	{ "Authorization", NULL, "secret" },
	{ "Cache-Control", is_directive_list, "field" },
	{ "Connection", is_name_list, "field" },
	{ "Content-Encoding", is_name_list, "field" },
	{ "Content-Language", is_name_list, "field" },
	{ "Content-Length", is_number, "field" },
	{ "Content-Location", NULL, "url" },
	{ "Content-Type", is_media, "field" },
	{ "Cookie", NULL, "secret" },
	{ "Date", is_date, "field" },
	{ "ETag", NULL, "field" },
	{ "Expires", is_number_or_date, "field" },
	{ "Keep-Alive", is_directive_list, "field" },
	{ "Last-Modified", is_date, "field" },
	{ "Link", NULL, "url" },
	{ "Location", NULL, "url" },
	{ "Pragma", is_name_list, "field" },
	{ "Proxy-Authenticate", NULL, "secret" },
	{ "Proxy-Authorization", NULL, "secret" },
	{ "RateLimit-Limit", is_number, "field" },
	{ "RateLimit-Remaining", is_number, "field" },
	{ "RateLimit-Reset", is_number, "field" },
	{ "Referer", NULL, "url" },
	{ "Referrer-Policy", is_name_list, "field" },
	{ "Refresh", NULL, "url" },
	{ "Retry-After", is_number_or_date, "field" },
	{ "Server", is_product, "field" },
	{ "Set-Cookie", NULL, "secret" },
	{ "Strict-Transport-Security", is_directive_list, "field" },
	{ "Trailer", is_name_list, "field" },
	{ "Transfer-Encoding", is_name_list, "field" },
	{ "Upgrade", is_name_list, "field" },
	{ "Vary", is_name_list, "field" },
	{ "WWW-Authenticate", NULL, "secret" },
	{ "X-Api-Version", is_number, "field" },
	{ "X-Cache", is_one_name, "field" },
	{ "X-Cache-Status", is_one_name, "field" },
	{ "X-Content-Type-Options", is_one_name, "field" },
	{ "X-Frame-Options", is_one_name, "field" },
	{ "X-Powered-By", is_product, "field" },
	{ "X-RateLimit-Limit", is_number, "field" },
	{ "X-RateLimit-Remaining", is_number, "field" },
	{ "X-RateLimit-Reset", is_number, "field" },
};

static const struct known *find(struct afd_span name)
{
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (afd_span_equal_nocase(name, afd_span_of(fields[i].name)))
			return &fields[i];
	return NULL;
}

static bool holds_nocase(struct afd_span text, const char *word)
{
	struct afd_span wanted = afd_span_of(word);
	for (size_t i = 0; i + wanted.size <= text.size; i++)
		if (afd_span_equal_nocase(afd_span_first(afd_span_from(text, i), wanted.size), wanted))
			return true;
	return false;
}

/* An unknown field whose name says that it carries a secret gets no pseudonym either. */
static bool names_a_secret(struct afd_span name)
{
	static const char *const hints[] = { "token", "secret", "auth", "cookie", "session",  "password",
										 "key",   "csrf",   "xsrf", "jwt",    "signature" };
	for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
		if (holds_nocase(name, hints[i]))
			return true;
	return false;
}

const char *afd_field_class(const struct afd_field *field)
{
	const struct known *known = find(field->name);
	if (!known)
		return names_a_secret(field->name) ? "secret" : "field";
	bool shown = known->form && field->value.size <= VALUE_MAX &&
				 (field->value.size == 0 || known->form(field->value));
	return shown ? NULL : known->class;
}

const char *afd_field_known_name(struct afd_span name)
{
	const struct known *known = find(name);
	return known ? known->name : NULL;
}
