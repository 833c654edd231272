/* SPDX-License-Identifier: MIT */
#include "clickhouse_address.h"

#include <stdint.h>
#include <string.h>

enum { LIMIT = 4096, SOCKET_MAX = 107, NAME_MAX_SIZE = 128 };

bool afd_clickhouse_is_name(struct afd_span name)
{
	if (name.size == 0 || name.size > NAME_MAX_SIZE || (name.data[0] >= '0' && name.data[0] <= '9'))
		return false;
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && c != '_')
			return false;
	}
	return true;
}

static int read_arguments(struct afd_clickhouse_address *address, struct afd_span arguments,
						  struct afd_error *err)
{
	const char name[] = "database=";
	struct afd_span database = AFD_SPAN("default");
	if (arguments.size > 0 && afd_span_starts(arguments, name))
		database = afd_span_from(arguments, strlen(name));
	else if (arguments.size > 0)
		return afd_fail(
			err, AFD_EXIT_USAGE,
			"the ClickHouse URL may have one argument, database=NAME; user and password are taken from "
			"AFFIDAVIT_CLICKHOUSE_USER and AFFIDAVIT_CLICKHOUSE_PASSWORD");
	if (!afd_clickhouse_is_name(database))
		return afd_fail(err, AFD_EXIT_USAGE,
						"the database in the ClickHouse URL is not a name of letters, digits and _");
	afd_text_add(&address->database, database);
	return 0;
}

static int read_socket(struct afd_clickhouse_address *address, struct afd_span path, struct afd_error *err)
{
	if (path.size < 2 || path.data[0] != '/')
		return afd_fail(err, AFD_EXIT_USAGE,
						"unix: in the ClickHouse URL needs an absolute path, as in unix:/run/socket");
	if (path.size > SOCKET_MAX)
		return afd_fail(
			err, AFD_EXIT_USAGE,
			"the path of the ClickHouse socket has %zu bytes, the system allows 107: choose a shorter folder",
			path.size);
	afd_text_add(&address->socket, path);
	afd_text_puts(&address->url, "http://localhost/");
	afd_text_puts(&address->where, "unix:");
	afd_text_add(&address->where, path);
	return 0;
}

static bool is_plain(char c)
{
	return c > ' ' && c < 0x7f && c != '@' && c != '#' && c != '\\';
}

static int read_server(struct afd_clickhouse_address *address, struct afd_span url, struct afd_error *err)
{
	size_t scheme = afd_span_starts(url, "https://") ? 8 : 7;
	struct afd_span rest = afd_span_from(url, scheme);
	bool plain = rest.size > 0 && rest.data[0] != '/';
	for (size_t i = 0; i < rest.size; i++)
		plain = plain && is_plain(rest.data[i]);
	if (!plain)
		return afd_fail(
			err, AFD_EXIT_USAGE,
			"the ClickHouse URL must be http://HOST:PORT/ or https://HOST:PORT/, without user and password");
	afd_text_add(&address->url, url);
	if (afd_span_find(rest, "/", 0) == SIZE_MAX)
		afd_text_putc(&address->url, '/');
	afd_text_add(&address->where, afd_text_span(&address->url));
	return 0;
}

static int read_place(struct afd_clickhouse_address *address, struct afd_span place, struct afd_error *err)
{
	if (afd_span_starts(place, "unix:"))
		return read_socket(address, afd_span_from(place, strlen("unix:")), err);
	if (afd_span_starts(place, "http://") || afd_span_starts(place, "https://"))
		return read_server(address, place, err);
	return afd_fail(err, AFD_EXIT_USAGE, "the ClickHouse URL must begin with http://, https:// or unix:/");
}

int afd_clickhouse_address_read(struct afd_clickhouse_address *address, const char *url,
								struct afd_error *err)
{
	afd_text_init(&address->url, LIMIT);
	afd_text_init(&address->where, LIMIT);
	afd_text_init(&address->socket, LIMIT);
	afd_text_init(&address->database, LIMIT);
	struct afd_span all = afd_span_of(url);
	if (all.size > LIMIT / 2)
		return afd_fail(err, AFD_EXIT_USAGE, "the ClickHouse URL is longer than %d bytes", LIMIT / 2);
	size_t mark = afd_span_find(all, "?", 0);
	struct afd_span place = mark == SIZE_MAX ? all : afd_span_first(all, mark);
	struct afd_span arguments =
		mark == SIZE_MAX ? (struct afd_span){ NULL, 0 } : afd_span_from(all, mark + 1);
	int rc = read_place(address, place, err);
	return rc == 0 ? read_arguments(address, arguments, err) : rc;
}

void afd_clickhouse_address_free(struct afd_clickhouse_address *address)
{
	afd_text_free(&address->url);
	afd_text_free(&address->where);
	afd_text_free(&address->socket);
	afd_text_free(&address->database);
}

void afd_clickhouse_add_argument(struct afd_text *url, const char *name, struct afd_span value)
{
	static const char hex[] = "0123456789ABCDEF";
	afd_text_printf(url, "%c%s=", afd_span_find(afd_text_span(url), "?", 0) == SIZE_MAX ? '?' : '&', name);
	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.data[i];
		bool plain =
			(byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
		char escaped[] = { '%', hex[byte >> 4], hex[byte & 15] };
		afd_text_add(url, plain || byte == '_' ? afd_span_first(afd_span_from(value, i), 1)
											   : (struct afd_span){ escaped, sizeof escaped });
	}
}
