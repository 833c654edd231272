/* SPDX-License-Identifier: MIT
 * Request lines, header lines and bodies, as they stand in a fence. */
#include "read.h"

#include "base/hash.h"

#include <string.h>

static bool is_method(struct afd_span word)
{
	for (size_t i = 0; i < word.size; i++)
		if (word.data[i] < 'A' || word.data[i] > 'Z')
			return false;
	return word.size > 0 && afd_word_find(AFD_WORD_METHOD, word) != NULL;
}

bool afd_read_is_url(struct afd_span text)
{
	static const char *const starts[] = { "http://", "https://", "/", "{{", "${", "$", "{", "<" };
	if (text.size == 0 || memchr(text.data, '`', text.size))
		return false;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (afd_span_starts(text, starts[i]))
			return text.size > 1 || text.data[0] == '/';
	return false;
}

static struct afd_span next_word(struct afd_span *text)
{
	*text = afd_span_trim(*text);
	size_t size = 0;
	while (size < text->size && !strchr(" \t", text->data[size]))
		size++;
	struct afd_span word = afd_span_first(*text, size);
	*text = afd_span_trim(afd_span_from(*text, size));
	return word;
}

bool afd_read_request_line(struct afd_span line, struct afd_span *method, struct afd_span *url)
{
	*method = next_word(&line);
	if (!is_method(*method))
		return false;
	*url = next_word(&line);
	return afd_read_is_url(*url) && (line.size == 0 || afd_span_starts(line, "HTTP/"));
}

static struct afd_span take_line(struct afd_span *text)
{
	const char *newline = text->size ? memchr(text->data, '\n', text->size) : NULL;
	size_t size = newline ? (size_t)(newline - text->data) : text->size;
	struct afd_span line = afd_span_first(*text, size);
	*text = afd_span_from(*text, newline ? size + 1 : size);
	return line;
}

static bool is_field_name(struct afd_span name)
{
	for (size_t i = 0; i < name.size; i++) {
		unsigned char u = (unsigned char)name.data[i];
		bool letter = (u | 32) >= 'a' && (u | 32) <= 'z';
		if (!letter && !(u >= '0' && u <= '9') && !strchr("!#$%&'*+-.^_`|~", u))
			return false;
	}
	return name.size > 0;
}

/* "Name: value"; false where the line is none. */
static bool split_field(struct afd_span line, struct afd_span *name, struct afd_span *value)
{
	const char *colon = line.size ? memchr(line.data, ':', line.size) : NULL;
	if (!colon)
		return false;
	*name = (struct afd_span){ line.data, (size_t)(colon - line.data) };
	*value = afd_span_trim(afd_span_from(line, name->size + 1));
	return is_field_name(*name);
}

static void add_header(struct afd_reader *reader, struct afd_span line, struct afd_span name, struct afd_span value,
					   struct afd_model_header **rows, size_t *count)
{
	struct afd_model_header *row = afd_arena_push(reader->arena, rows, count, sizeof *row);
	*row = (struct afd_model_header){
		.line = afd_read_line(reader, line),
		.name = afd_arena_copy(reader->arena, name),
		.value = afd_arena_copy(reader->arena, value),
	};
}

void afd_read_header_lines(struct afd_reader *reader, struct afd_span lines, struct afd_model_header **rows,
						   size_t *count)
{
	while (lines.size > 0) {
		struct afd_span line = afd_span_trim(take_line(&lines));
		struct afd_span name;
		struct afd_span value;
		if (line.size == 0)
			continue;
		if (split_field(line, &name, &value)) {
			add_header(reader, line, name, value, rows, count);
			continue;
		}
		struct afd_diagnostic *row =
			afd_diag_add(reader->diag, AFD_WARNING, "header", line, "this line is no header and is not sent");
		afd_diag_hint(reader->diag, row, "a header is written 'Name: value'");
	}
}

bool afd_read_header_line(struct afd_reader *reader, struct afd_span line, struct afd_model_header **rows, size_t *count)
{
	struct afd_span name;
	struct afd_span value;
	if (!split_field(line, &name, &value))
		return false;
	add_header(reader, line, name, value, rows, count);
	return true;
}

void afd_read_set_body(struct afd_reader *reader, struct afd_model_body *body, struct afd_span bytes, unsigned indent)
{
	body->stated = true;
	body->line = afd_read_line(reader, bytes);
	body->bytes = afd_read_dedent(bytes, indent, reader->arena);
	afd_sha256_hex(body->bytes, body->sha256);
}
