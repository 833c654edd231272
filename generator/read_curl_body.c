/* SPDX-License-Identifier: MIT
 * What a curl command sends: -d and its kin, -F as multipart/form-data (RFC 7578), -G as a query. */
#include "curl.h"

#include "base/hash.h"

#include <stdint.h>
#include <string.h>

static const char BOUNDARY[] = "----affidavit-form-boundary";

void afd_set_text_body(struct afd_model_body *body, unsigned line, struct afd_span bytes)
{
	*body = (struct afd_model_body){ .stated = true, .line = line, .bytes = bytes };
	afd_sha256_hex(bytes, body->sha256);
}

static bool is_unreserved(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || (u && strchr("-._~", u));
}

/* Percent-encodes (RFC 3986) what stands after the first "=", or all of it. */
static void put_encoded(struct afd_text *out, struct afd_span text)
{
	const char *equals = text.size ? memchr(text.data, '=', text.size) : NULL;
	size_t name = equals ? (size_t)(equals - text.data) + 1 : 0;
	afd_text_add(out, afd_span_first(text, name > 1 ? name : 0));
	for (size_t i = name; i < text.size; i++) {
		struct afd_span variable, whole;
		size_t after =
			memchr("{$<", text.data[i], 3) ? afd_read_placeholder(text, i, &variable, &whole) : SIZE_MAX;
		if (after != SIZE_MAX && whole.data == text.data + i) {
			afd_text_add(out, whole);
			i = after - 1;
			continue;
		}
		if (is_unreserved(text.data[i]))
			afd_text_putc(out, text.data[i]);
		else
			afd_text_printf(out, "%%%02X", (unsigned)(unsigned char)text.data[i]);
	}
}

static bool is_file(const struct afd_curl_part *part)
{
	struct afd_span text = part->word.text;
	size_t at = part->kind == AFD_CURL_ENCODE ? afd_span_find(text, "@", 0) : SIZE_MAX;
	if (part->kind == AFD_CURL_ENCODE)
		return at < afd_span_find(text, "=", 0);
	return part->kind != AFD_CURL_RAW && afd_span_starts(text, "@");
}

static void put_data(struct afd_curl *curl, struct afd_text *out)
{
	for (size_t i = 0; i < curl->data.count; i++) {
		const struct afd_curl_part *part = &curl->data.rows[i];
		afd_text_puts(out, i && part->kind != AFD_CURL_JSON ? "&" : "");
		if (part->kind == AFD_CURL_ENCODE && !is_file(part))
			put_encoded(out, part->word.text);
		else if (is_file(part) && afd_span_is(part->word.text, "@-") && curl->document.size)
			afd_text_add(out, afd_span_trim(afd_read_dedent(curl->document, curl->indent, curl->reader->arena)));
		else if (is_file(part))
			afd_curl_block(curl, part->word.raw, "the file is not known here: the request is not sent",
						   "write the body here");
		else
			afd_text_add(out, afd_read_dedent(part->word.text, curl->indent, curl->reader->arena));
	}
}

/* What follows `name` among the parts of a field that semicolons separate; empty: it is not there. */
static struct afd_span parameter(struct afd_span value, const char *name)
{
	size_t at = afd_span_find(value, name, 0);
	struct afd_span rest =
		at == SIZE_MAX ? (struct afd_span){ "", 0 } : afd_span_from(value, at + strlen(name));
	const char *semicolon = rest.size ? memchr(rest.data, ';', rest.size) : NULL;
	rest = afd_span_trim(semicolon ? afd_span_first(rest, (size_t)(semicolon - rest.data)) : rest);
	bool quoted = rest.size > 1 && rest.data[0] == '"' && rest.data[rest.size - 1] == '"';
	return quoted ? afd_span_first(afd_span_from(rest, 1), rest.size - 2) : rest;
}

/* `"a;b";type=...`: what is in quotes, else up to the first parameter. */
static struct afd_span field_value(struct afd_span value)
{
	size_t close = afd_span_starts(value, "\"") ? afd_span_find(value, "\"", 1) : SIZE_MAX;
	if (close != SIZE_MAX)
		return afd_span_first(afd_span_from(value, 1), close - 1);
	size_t type = afd_span_find(value, ";type=", 0);
	size_t name = afd_span_find(value, ";filename=", 0);
	return afd_span_first(value, type < name ? type : name);
}

static void put_parameters(struct afd_text *out, struct afd_span filename, struct afd_span type)
{
	if (filename.size) {
		afd_text_puts(out, "; filename=\"");
		afd_text_add(out, filename);
		afd_text_puts(out, "\"");
	}
	if (type.size) {
		afd_text_puts(out, "\r\nContent-Type: ");
		afd_text_add(out, type);
	}
	afd_text_puts(out, "\r\n\r\n");
}

/* One field: `name=value`, `name=@file;type=...` */
static void put_field(struct afd_curl *curl, const struct afd_curl_part *part, struct afd_text *out)
{
	struct afd_span text = part->word.text;
	size_t equals = afd_span_find(text, "=", 0);
	struct afd_span whole = equals == SIZE_MAX ? text : afd_span_from(text, equals + 1);
	bool plain = part->kind == AFD_CURL_STRING;
	bool file = !plain && (afd_span_starts(whole, "@") ||
						   (afd_span_starts(whole, "<") && !memchr(whole.data, '>', whole.size)));
	struct afd_span value = plain ? whole : field_value(whole);
	struct afd_span filename = plain ? (struct afd_span){ "", 0 } : parameter(whole, ";filename=");
	if (file) {
		afd_curl_block(curl, part->word.raw, "the file is not known here: the request is not sent", NULL);
		const char *slash = memrchr(value.data, '/', value.size);
		bool named = filename.size > 0 || value.data[0] == '<';
		filename = named ? filename : afd_span_from(value, slash ? (size_t)(slash - value.data) + 1 : 1);
		value.size = 0;
	}
	afd_text_printf(out, "--%s\r\nContent-Disposition: form-data; name=\"", BOUNDARY);
	afd_text_add(out, afd_span_first(text, equals));
	afd_text_puts(out, "\"");
	put_parameters(out, filename, plain ? (struct afd_span){ "", 0 } : parameter(whole, ";type="));
	afd_text_add(out, value);
	afd_text_puts(out, "\r\n");
}

static void set_body(struct afd_curl *curl, struct afd_text *text, struct afd_span where)
{
	struct afd_span bytes = { afd_arena_copy(curl->reader->arena, afd_text_span(text)), text->size };
	afd_set_text_body(&curl->found->body, afd_read_line(curl->reader, where), bytes);
}

static void drop_header(struct afd_curl *curl, struct afd_span name)
{
	struct afd_model_header *rows = curl->found->headers.rows;
	size_t kept = 0;
	for (size_t i = 0; i < curl->found->headers.count; i++)
		if (!afd_span_equal_nocase(afd_span_of(rows[i].name), name))
			rows[kept++] = rows[i];
	curl->found->headers.count = kept;
}

static void finish_form(struct afd_curl *curl)
{
	struct afd_text text;
	afd_text_init(&text, (size_t)1 << 30);
	for (size_t i = 0; i < curl->form.count; i++)
		put_field(curl, &curl->form.rows[i], &text);
	afd_text_printf(&text, "--%s--\r\n", BOUNDARY);
	set_body(curl, &text, curl->form.rows[0].word.raw);
	afd_text_free(&text);
	drop_header(curl, AFD_SPAN("Content-Type")); /* the boundary is ours, so is the header that names it */
	afd_curl_header(curl, "Content-Type", afd_arena_printf(curl->reader->arena, "multipart/form-data; boundary=%s", BOUNDARY),
					curl->form.rows[0].word.raw);
}

/* -G: the data become the query. */
static void finish_query(struct afd_curl *curl, struct afd_text *text)
{
	bool more = memchr(curl->url.data, '?', curl->url.size) != NULL;
	curl->found->sent = afd_arena_printf(curl->reader->arena, "%s%s%s", curl->url.data, more ? "&" : "?",
										 text->data ? text->data : "");
}

void afd_curl_finish_data(struct afd_curl *curl)
{
	if (curl->form.count) {
		finish_form(curl);
		return;
	}
	if (curl->data.count == 0)
		return;
	struct afd_text text;
	afd_text_init(&text, (size_t)1 << 30);
	put_data(curl, &text);
	if (curl->get) {
		finish_query(curl, &text);
	} else {
		set_body(curl, &text, curl->data.rows[0].word.raw);
		if (curl->json && !afd_curl_has_header(curl, "Accept"))
			afd_curl_header(curl, "Accept", "application/json", curl->data.rows[0].word.raw);
		if (!curl->untyped && !afd_curl_has_header(curl, "Content-Type"))
			afd_curl_header(curl, "Content-Type", curl->json ? "application/json" : "application/x-www-form-urlencoded",
							curl->data.rows[0].word.raw);
	}
	afd_text_free(&text);
}
