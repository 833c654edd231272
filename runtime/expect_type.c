/* SPDX-License-Identifier: MIT
 * Types of values: one row a type. What is no JSON (a field, a URL) is a number where its text is one. */
#include "expect_question.h"
#include "expect_time.h"
#include "json_token.h"

#include <arpa/inet.h>
#include <string.h>

bool afd_text_is_number(struct afd_span text)
{
	struct afd_json_scanner scanner = { .cursor = text.data, .limit = text.data + text.size };
	return text.size > 0 && afd_json_scan(&scanner) == AFD_TOKEN_NUMBER && scanner.start == text.data &&
		   scanner.cursor == scanner.limit;
}

static bool is_string(const struct afd_value *value)
{
	return value->type == AFD_JSON_STRING;
}

static bool is_number(const struct afd_value *value)
{
	bool outside = value->node == AFD_JSON_NONE;
	return value->type == AFD_JSON_NUMBER || (outside && is_string(value) && afd_text_is_number(value->text));
}

static bool is_whole_number(const struct afd_value *value)
{
	return is_number(value) && afd_json_is_whole(value->text);
}

/* By its spelling: 1.0 and 1e2 are, 1 is not. */
static bool is_decimal_number(const struct afd_value *value)
{
	return is_number(value) && (memchr(value->text.data, '.', value->text.size) ||
								memchr(value->text.data, 'e', value->text.size) ||
								memchr(value->text.data, 'E', value->text.size));
}

static bool is_boolean(const struct afd_value *value)
{
	return value->type == AFD_JSON_TRUE || value->type == AFD_JSON_FALSE;
}

static bool is_null(const struct afd_value *value)
{
	return value->type == AFD_JSON_NULL;
}

static bool is_array(const struct afd_value *value)
{
	return value->type == AFD_JSON_ARRAY;
}

static bool is_object(const struct afd_value *value)
{
	return value->type == AFD_JSON_OBJECT;
}

static bool is_time(const struct afd_value *value)
{
	struct afd_moment moment;
	return is_string(value) && afd_moment_read(value->text, &moment) && moment.has_clock;
}

static bool is_date(const struct afd_value *value)
{
	struct afd_moment moment;
	return is_string(value) && afd_moment_read(value->text, &moment) && !moment.has_clock;
}

static bool is_hex(char byte)
{
	return byte != '\0' && strchr("0123456789abcdefABCDEF", byte);
}

/* RFC 9562 section 4. */
static bool is_uuid(const struct afd_value *value)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	if (!is_string(value) || value->text.size != sizeof shape - 1)
		return false;
	for (size_t i = 0; i < value->text.size; i++)
		if (shape[i] == 'x' ? !is_hex(value->text.data[i]) : value->text.data[i] != '-')
			return false;
	return true;
}

static bool is_unbroken(struct afd_span text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] <= ' ' || text.data[i] == 0x7f)
			return false;
	return text.size > 0;
}

/* One '@' between a name and a host with a dot inside it. */
static bool is_mail_address(const struct afd_value *value)
{
	size_t at = afd_span_find(value->text, "@", 0);
	if (!is_string(value) || !is_unbroken(value->text) || at == SIZE_MAX || at == 0)
		return false;
	struct afd_span host = afd_span_from(value->text, at + 1);
	size_t dot = afd_span_find(host, ".", 0);
	return afd_span_find(host, "@", 0) == SIZE_MAX && dot != SIZE_MAX && dot > 0 && !afd_span_ends(host, ".");
}

static bool is_url(const struct afd_value *value)
{
	bool web = afd_span_starts(value->text, "https://") || afd_span_starts(value->text, "http://");
	if (!is_string(value) || !web || !is_unbroken(value->text))
		return false;
	struct afd_span rest = afd_span_from(value->text, afd_span_find(value->text, "://", 0) + 3);
	return rest.size > 0 && !strchr("/?#:@", rest.data[0]);
}

static bool is_address(const struct afd_value *value, int family)
{
	char text[INET6_ADDRSTRLEN];
	unsigned char bytes[sizeof(struct in6_addr)];
	if (!is_string(value) || value->text.size >= sizeof text ||
		memchr(value->text.data, '\0', value->text.size))
		return false;
	memcpy(text, value->text.data, value->text.size);
	text[value->text.size] = '\0';
	return inet_pton(family, text, bytes) == 1;
}

static bool is_ipv4_address(const struct afd_value *value)
{
	return is_address(value, AF_INET);
}

static bool is_ipv6_address(const struct afd_value *value)
{
	return is_address(value, AF_INET6);
}

static const struct type {
	const char *name;
	bool (*holds)(const struct afd_value *value);
} types[] = {
	{ "string", is_string },
	{ "number", is_number },
	{ "whole number", is_whole_number },
	{ "boolean", is_boolean },
	{ "null", is_null },
	{ "array", is_array },
	{ "object", is_object },
	{ "time", is_time },
	{ "date", is_date },
	{ "uuid", is_uuid },
	{ "url", is_url },
	{ "e-mail", is_mail_address },
	{ "decimal number", is_decimal_number },
	{ "IPv4 address", is_ipv4_address },
	{ "IPv6 address", is_ipv6_address },
};

static const struct type *find_type(const char *name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	return NULL;
}

bool afd_type_is_known(const char *name)
{
	return find_type(name) != NULL;
}

bool afd_value_is_type(const struct afd_value *value, const char *name)
{
	const struct type *type = find_type(name);
	return type && type->holds(value);
}
