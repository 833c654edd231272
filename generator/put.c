/* SPDX-License-Identifier: MIT */
#include "put.h"

#include <stdint.h>
#include <string.h>

/* The size of the UTF-8 sequence (RFC 3629) at `p`, or 0. */
static size_t sequence(const unsigned char *p, size_t left)
{
	static const struct {
		unsigned char first, last, low, high;
		size_t size;
	} forms[] = {
		{ 0x00, 0x7F, 0, 0, 1 },          { 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 },
		{ 0xE1, 0xEC, 0x80, 0xBF, 3 },    { 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 },
		{ 0xF0, 0xF0, 0x90, 0xBF, 4 },    { 0xF1, 0xF3, 0x80, 0xBF, 4 }, { 0xF4, 0xF4, 0x80, 0x8F, 4 },
	};
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (p[0] < forms[i].first || p[0] > forms[i].last || forms[i].size > left)
			continue;
		if (forms[i].size > 1 && (p[1] < forms[i].low || p[1] > forms[i].high))
			return 0;
		for (size_t k = 2; k < forms[i].size; k++)
			if ((p[k] & 0xC0) != 0x80)
				return 0;
		return forms[i].size;
	}
	return 0;
}

static void put_json_byte(struct afd_text *out, unsigned char byte)
{
	switch (byte) {
	case '"': afd_text_puts(out, "\\\""); break;
	case '\\': afd_text_puts(out, "\\\\"); break;
	case '\n': afd_text_puts(out, "\\n"); break;
	case '\r': afd_text_puts(out, "\\r"); break;
	case '\t': afd_text_puts(out, "\\t"); break;
	default:
		if (byte < 0x20 || byte == 0x7F)
			afd_text_printf(out, "\\u%04x", byte);
		else
			afd_text_putc(out, (char)byte);
	}
}

void afd_put_json(struct afd_text *out, struct afd_span text)
{
	const unsigned char *bytes = (const unsigned char *)text.data;
	afd_text_putc(out, '"');
	for (size_t i = 0; i < text.size;) {
		size_t size = sequence(bytes + i, text.size - i);
		if (size == 1)
			put_json_byte(out, bytes[i]);
		else if (size == 0)
			afd_text_puts(out, "\xEF\xBF\xBD");
		else
			afd_text_add(out, (struct afd_span){ text.data + i, size });
		i += size ? size : 1;
	}
	afd_text_putc(out, '"');
}

void afd_put_json_string(struct afd_text *out, const char *string)
{
	if (string)
		afd_put_json(out, afd_span_of(string));
	else
		afd_text_puts(out, "null");
}

static void put_escaped(struct afd_text *out, unsigned char byte, unsigned char before)
{
	switch (byte) {
	case '"': afd_text_puts(out, "\\\""); return;
	case '\\': afd_text_puts(out, "\\\\"); return;
	case '\n': afd_text_puts(out, "\\n"); return;
	case '\t': afd_text_puts(out, "\\t"); return;
	case '\r': afd_text_puts(out, "\\r"); return;
	default: break;
	}
	bool trigraph = byte == '?' && before == '?';
	if (byte < 0x20 || byte >= 0x7F || trigraph)
		/* three octal digits end by themselves; a hexadecimal escape would take the digits after it */
		afd_text_printf(out, "\\%03o", byte);
	else
		afd_text_putc(out, (char)byte);
}

static void put_piece(struct afd_text *out, struct afd_span piece)
{
	afd_text_putc(out, '"');
	unsigned char before = 0;
	for (size_t i = 0; i < piece.size; i++) {
		put_escaped(out, (unsigned char)piece.data[i], before);
		before = (unsigned char)piece.data[i];
	}
	afd_text_putc(out, '"');
}

enum { PIECE_MAX = 96 };

static size_t piece_size(struct afd_span text)
{
	const char *newline = text.size ? memchr(text.data, '\n', text.size) : NULL;
	size_t size = newline ? (size_t)(newline - text.data) + 1 : text.size;
	if (size <= PIECE_MAX)
		return size;
	size = PIECE_MAX;
	while (size > 1 && ((unsigned char)text.data[size] & 0xC0) == 0x80)
		size--;
	return size;
}

void afd_put_literal(struct afd_text *out, struct afd_span text, unsigned indent)
{
	size_t size = piece_size(text);
	if (size == text.size) {
		put_piece(out, text);
		return;
	}
	while (text.size > 0) {
		size = piece_size(text);
		afd_text_putc(out, '\n');
		for (unsigned i = 0; i < indent; i++)
			afd_text_putc(out, '\t');
		put_piece(out, afd_span_first(text, size));
		text = afd_span_from(text, size);
	}
}

void afd_put_literal_string(struct afd_text *out, const char *string)
{
	if (string)
		put_piece(out, afd_span_of(string));
	else
		afd_text_puts(out, "NULL");
}
