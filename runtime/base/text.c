/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct afd_span afd_span_of(const char *string)
{
	return (struct afd_span){ string, string ? strlen(string) : 0 };
}

bool afd_span_is(struct afd_span span, const char *string)
{
	return afd_span_equal(span, afd_span_of(string));
}

bool afd_span_equal(struct afd_span a, struct afd_span b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static unsigned char lower(char byte)
{
	unsigned char u = (unsigned char)byte;
	return u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u;
}

bool afd_span_equal_nocase(struct afd_span a, struct afd_span b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

bool afd_span_starts(struct afd_span span, const char *prefix)
{
	size_t size = strlen(prefix);
	return size == 0 || (span.size >= size && memcmp(span.data, prefix, size) == 0);
}

bool afd_span_ends(struct afd_span span, const char *suffix)
{
	size_t size = strlen(suffix);
	return size == 0 || (span.size >= size && memcmp(span.data + span.size - size, suffix, size) == 0);
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

struct afd_span afd_span_trim(struct afd_span span)
{
	while (span.size > 0 && is_space(span.data[0])) {
		span.data++;
		span.size--;
	}
	while (span.size > 0 && is_space(span.data[span.size - 1]))
		span.size--;
	return span;
}

struct afd_span afd_span_from(struct afd_span span, size_t from)
{
	if (span.size == 0)
		return span;
	if (from >= span.size)
		return (struct afd_span){ span.data + span.size, 0 };
	return (struct afd_span){ span.data + from, span.size - from };
}

struct afd_span afd_span_first(struct afd_span span, size_t size)
{
	return (struct afd_span){ span.data, size < span.size ? size : span.size };
}

size_t afd_span_find(struct afd_span span, const char *needle, size_t from)
{
	size_t size = strlen(needle);
	if (from > span.size || span.size - from < size || span.size == 0)
		return SIZE_MAX;
	const char *found = memmem(span.data + from, span.size - from, needle, size);
	return found ? (size_t)(found - span.data) : SIZE_MAX;
}

size_t afd_span_utf8(struct afd_span span)
{
	static const struct {
		unsigned char first, last, low, high;
		size_t size;
	} forms[] = {
		{ 0x00, 0x7F, 0, 0, 1 },       { 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 },
		{ 0xE1, 0xEC, 0x80, 0xBF, 3 }, { 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 },
		{ 0xF0, 0xF0, 0x90, 0xBF, 4 }, { 0xF1, 0xF3, 0x80, 0xBF, 4 }, { 0xF4, 0xF4, 0x80, 0x8F, 4 },
	};
	const unsigned char *p = (const unsigned char *)span.data;
	for (size_t i = 0; span.size > 0 && i < sizeof forms / sizeof forms[0]; i++) {
		if (p[0] < forms[i].first || p[0] > forms[i].last || forms[i].size > span.size)
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

int afd_span_compare(struct afd_span a, struct afd_span b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common ? memcmp(a.data, b.data, common) : 0;
	if (order != 0)
		return order;
	return a.size < b.size ? -1 : a.size > b.size;
}

enum { DISTANCE_MAX = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
	size_t smaller = a < b ? a : b;
	return smaller < c ? smaller : c;
}

size_t afd_span_distance(struct afd_span a, struct afd_span b)
{
	if (a.size > DISTANCE_MAX || b.size > DISTANCE_MAX)
		return SIZE_MAX;
	size_t rows[3][DISTANCE_MAX + 1];
	for (size_t j = 0; j <= b.size; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.size; i++) {
		const size_t *above = rows[(i - 1) % 3];
		size_t *row = rows[i % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.size; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a.data[i - 1] != b.data[j - 1]));
			bool swapped = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
			if (swapped)
				row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1, row[j]);
		}
	}
	return rows[a.size % 3][b.size];
}

void afd_text_init(struct afd_text *text, size_t limit)
{
	/* so that no sum of sizes and no doubling overflows */
	size_t most = SIZE_MAX / 4;
	*text = (struct afd_text){ .limit = limit < most ? limit : most };
}

void afd_text_free(struct afd_text *text)
{
	free(text->data);
	*text = (struct afd_text){ .limit = text->limit };
}

static bool grow(struct afd_text *text, size_t more)
{
	if (text->failed || more > text->limit || text->size > text->limit - more) {
		text->failed = true;
		return false;
	}
	size_t needed = text->size + more + 1;
	if (needed <= text->capacity)
		return true;
	size_t capacity = text->capacity ? text->capacity : 64;
	while (capacity < needed)
		capacity *= 2;
	char *data = realloc(text->data, capacity);
	if (!data) {
		text->failed = true;
		return false;
	}
	text->data = data;
	text->capacity = capacity;
	return true;
}

bool afd_text_add(struct afd_text *text, struct afd_span bytes)
{
	if (!grow(text, bytes.size))
		return false;
	if (bytes.size)
		memcpy(text->data + text->size, bytes.data, bytes.size);
	text->size += bytes.size;
	text->data[text->size] = '\0';
	return true;
}

bool afd_text_puts(struct afd_text *text, const char *string)
{
	return afd_text_add(text, afd_span_of(string));
}

bool afd_text_putc(struct afd_text *text, char byte)
{
	return afd_text_add(text, (struct afd_span){ &byte, 1 });
}

bool afd_text_printf(struct afd_text *text, const char *format, ...)
{
	va_list arguments;
	va_list again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int size = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	bool grown = size >= 0 && grow(text, (size_t)size);
	if (grown) {
		vsnprintf(text->data + text->size, (size_t)size + 1, format, again);
		text->size += (size_t)size;
	}
	va_end(again);
	return grown;
}

struct afd_span afd_text_span(const struct afd_text *text)
{
	return (struct afd_span){ text->data, text->size };
}

void afd_text_clear(struct afd_text *text)
{
	text->size = 0;
	text->failed = false;
	if (text->data)
		text->data[0] = '\0';
}
