/* SPDX-License-Identifier: MIT */
#include "put.h"

#include <stdint.h>
#include <string.h>

static unsigned code_point(const unsigned char *p, size_t size)
{
	static const unsigned char lead[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	unsigned point = p[0] & lead[size];
	for (size_t i = 1; i < size; i++)
		point = point << 6 | (p[i] & 0x3Fu);
	return point;
}

/* Controls, line separators, and the marks that change the order of the text around them: a terminal would
 * obey them. */
static bool is_control(unsigned point)
{
	static const unsigned short ranges[][2] = {
		{ 0x00, 0x1F },     { 0x7F, 0x9F },     { 0x061C, 0x061C }, { 0x200E, 0x200F },
		{ 0x2028, 0x202E }, { 0x2066, 0x2069 }, { 0xFEFF, 0xFEFF },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (point >= ranges[i][0] && point <= ranges[i][1])
			return true;
	return false;
}

static void put_json_control(struct afd_text *out, unsigned point)
{
	switch (point) {
	case '\n': afd_text_puts(out, "\\n"); break;
	case '\r': afd_text_puts(out, "\\r"); break;
	case '\t': afd_text_puts(out, "\\t"); break;
	default: afd_text_printf(out, "\\u%04x", point);
	}
}

/* Adds the letters that need no escape anywhere, which most text is; returns how many there are. */
static size_t put_plain(struct afd_text *out, struct afd_span text, size_t from)
{
	size_t end = from;
	while (end < text.size && text.data[end] >= 0x20 && text.data[end] < 0x7F && text.data[end] != '"' &&
		   text.data[end] != '\\')
		end++;
	afd_text_add(out, (struct afd_span){ text.data + from, end - from });
	return end - from;
}

void afd_put_json(struct afd_text *out, struct afd_span text)
{
	const unsigned char *bytes = (const unsigned char *)text.data;
	afd_text_putc(out, '"');
	for (size_t i = 0; i < text.size;) {
		i += put_plain(out, text, i);
		if (i == text.size)
			break;
		size_t size = afd_span_utf8(afd_span_from(text, i));
		unsigned point = code_point(bytes + i, size);
		if (size == 0)
			afd_text_puts(out, "\xEF\xBF\xBD");
		else if (is_control(point))
			put_json_control(out, point);
		else if (point == '"' || point == '\\')
			afd_text_printf(out, "\\%c", (char)point);
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

void afd_put_shown(struct afd_text *out, struct afd_span text)
{
	const unsigned char *bytes = (const unsigned char *)text.data;
	for (size_t i = 0; i < text.size;) {
		i += put_plain(out, text, i);
		if (i == text.size)
			break;
		size_t size = afd_span_utf8(afd_span_from(text, i));
		if (size == 0 || is_control(code_point(bytes + i, size)))
			afd_text_putc(out, bytes[i] == '\t' ? ' ' : '?');
		else
			afd_text_add(out, (struct afd_span){ text.data + i, size });
		i += size ? size : 1;
	}
}

void afd_put_shown_string(struct afd_text *out, const char *string)
{
	afd_put_shown(out, afd_span_of(string));
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

/* The size of the line, or of the part of it, that `text` starts with; sequences of UTF-8 stay whole. */
static size_t piece_size(struct afd_span text)
{
	size_t most = text.size < PIECE_MAX ? text.size : PIECE_MAX;
	const char *newline = most ? memchr(text.data, '\n', most) : NULL;
	if (newline || most == text.size)
		return newline ? (size_t)(newline - text.data) + 1 : most;
	size_t size = most;
	while (size > most - 3 && ((unsigned char)text.data[size] & 0xC0) == 0x80)
		size--;
	return size;
}

static void put_indent(struct afd_text *out, unsigned indent)
{
	afd_text_putc(out, '\n');
	for (unsigned i = 0; i < indent; i++)
		afd_text_putc(out, '\t');
}

static void put_array(struct afd_text *out, struct afd_span text, unsigned indent)
{
	afd_text_puts(out, "(const char[]){");
	for (size_t i = 0; i < text.size; i++) {
		unsigned char byte = (unsigned char)text.data[i];
		if (i % 24 == 0)
			put_indent(out, indent);
		else
			afd_text_putc(out, ' ');
		/* as a character constant, which is right whether or not char is signed */
		afd_text_printf(out, byte < 0x80 ? "%d," : "'\\%03o',", byte);
	}
	afd_text_puts(out, " 0 }");
}

void afd_put_literal(struct afd_text *out, struct afd_span text, unsigned indent)
{
	if (text.size > AFD_LITERAL_MAX) {
		put_array(out, text, indent);
		return;
	}
	if (piece_size(text) == text.size) {
		put_piece(out, text);
		return;
	}
	while (text.size > 0) {
		size_t size = piece_size(text);
		put_indent(out, indent);
		put_piece(out, afd_span_first(text, size));
		text = afd_span_from(text, size);
	}
}

void afd_put_literal_string(struct afd_text *out, const char *string)
{
	if (!string)
		afd_text_puts(out, "NULL");
	else if (strlen(string) > AFD_LITERAL_MAX)
		put_array(out, afd_span_of(string), 2);
	else
		put_piece(out, afd_span_of(string));
}
