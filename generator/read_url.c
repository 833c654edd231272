/* SPDX-License-Identifier: MIT
 * URLs as they are sent: without the escapes of markdown, and none with bytes that no URL has (RFC 3986). */
#include "survey.h"

#include <string.h>

static bool is_in_source(const struct afd_reader *reader, struct afd_span text)
{
	struct afd_span all = reader->model->source->text;
	return text.data >= all.data && text.data + text.size <= all.data + all.size;
}

static bool is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7f;
}

static void refuse_byte(struct afd_reader *reader, struct afd_span where, bool control)
{
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "url", where,
					 control ? "a URL may not hold a control byte" : "a URL may not hold a backslash");
	if (!control)
		afd_diag_hint(reader->diag, row, "write '/', or %%5C for the sign itself");
}

bool afd_read_check_url(struct afd_reader *reader, struct afd_span url, bool shell, struct afd_span where)
{
	for (size_t i = 0; i < url.size; i++) {
		bool control = is_control(url.data[i]);
		if (!control && (url.data[i] != '\\' || shell))
			continue;
		struct afd_span byte = { url.data + i, 1 };
		refuse_byte(reader, is_in_source(reader, url) ? byte : where, control);
		return false;
	}
	return true;
}

void afd_read_warn_blank(struct afd_reader *reader, struct afd_span url)
{
	const struct afd_span all = reader->model->source->text;
	if (!is_in_source(reader, url) || !memchr(url.data, '?', url.size))
		return;
	const char *begin = url.data;
	const char *after = url.data + url.size;
	unsigned marks = 0;
	for (; begin > all.data && begin[-1] != '\n'; begin--)
		marks += begin[-1] == '`';
	size_t rest = 0;
	while (after + rest < all.data + all.size && after[rest] != '\n' && after[rest] != '`')
		rest++;
	bool code = marks % 2 == 1 && after + rest < all.data + all.size && after[rest] == '`';
	struct afd_span tail = afd_span_trim((struct afd_span){ after, rest });
	if (code && tail.size && *after == ' ' && !afd_span_starts(tail, "HTTP/"))
		afd_diag_add(reader->diag, AFD_WARNING, "url", tail, "a URL holds no blank: this is not sent");
}

/* A backslash before punctuation is an escape; in code only that of a bar is one, which tables need. */
static bool is_escape(struct afd_span text, bool code)
{
	if (text.size < 2 || text.data[0] != '\\')
		return false;
	char byte = text.data[1];
	return byte == '|' || (!code && byte && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{}~", byte));
}

struct afd_span afd_read_unescaped(const struct afd_reader *reader, struct afd_span url)
{
	if (url.size == 0 || !memchr(url.data, '\\', url.size) || !is_in_source(reader, url))
		return url;
	bool code = url.data[url.size] == '`';
	char *out = afd_arena_new(reader->arena, url.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < url.size; i++) {
		i += is_escape(afd_span_from(url, i), code);
		out[size++] = url.data[i];
	}
	return size == url.size ? url : (struct afd_span){ out, size };
}
