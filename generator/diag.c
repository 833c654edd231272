/* SPDX-License-Identifier: MIT */
#include "diag.h"

#include "put.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIAGNOSTICS_MAX = 1000, EXCERPT_MAX = 160, LEAD = 60 };

static const char *const severity_names[] = { "note", "warning", "error" };

void afd_diag_init(struct afd_diag *diag, const struct afd_source *source, struct afd_arena *arena)
{
	*diag = (struct afd_diag){ .source = source, .arena = arena };
}

static bool is_off(const struct afd_diag *diag, const char *name)
{
	for (size_t i = 0; i < diag->off_count; i++)
		if (strcmp(diag->off[i], name) == 0)
			return true;
	return false;
}

static void count_one(struct afd_diag *diag, enum afd_severity severity)
{
	diag->errors += severity == AFD_ERROR_SEVERITY;
	diag->warnings += severity == AFD_WARNING;
}

bool afd_diag_is_full(const struct afd_diag *diag)
{
	return diag->count >= DIAGNOSTICS_MAX;
}

struct afd_diagnostic *afd_diag_add(struct afd_diag *diag, enum afd_severity severity, const char *name,
									struct afd_span where, const char *format, ...)
{
	if (severity != AFD_ERROR_SEVERITY && is_off(diag, name))
		return NULL;
	count_one(diag, severity);
	if (afd_diag_is_full(diag))
		return NULL;
	char text[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	struct afd_diagnostic *row = afd_arena_push(diag->arena, &diag->rows, &diag->count, sizeof *row);
	size_t begin = (size_t)(where.data - diag->source->text.data);
	assert(begin <= diag->source->text.size);
	*row = (struct afd_diagnostic){
		.severity = severity,
		.name = name,
		.begin = begin,
		.end = begin + where.size,
		.text = afd_arena_copy(diag->arena, afd_span_of(text)),
		.peer = SIZE_MAX,
	};
	return row;
}

void afd_diag_hint(struct afd_diag *diag, struct afd_diagnostic *to, const char *format, ...)
{
	if (!to)
		return;
	char text[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	to->hint = afd_arena_copy(diag->arena, afd_span_of(text));
}

void afd_diag_peer(struct afd_diagnostic *to, const struct afd_diag *diag, struct afd_span where,
				   const char *text)
{
	if (!to)
		return;
	to->peer = (size_t)(where.data - diag->source->text.data);
	to->peer_text = text;
}

static int by_place(const void *a, const void *b)
{
	const struct afd_diagnostic *x = a;
	const struct afd_diagnostic *y = b;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return strcmp(x->text, y->text);
}

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* The nearest beginning of a code point at or before `at`; bytes that are not UTF-8 have none. */
static size_t code_point_at(struct afd_span line, size_t at)
{
	size_t begin = at;
	while (begin > 0 && at - begin < 4 && begin < line.size && is_continuation((unsigned char)line.data[begin]))
		begin--;
	return at - begin < 4 ? begin : at;
}

/* A window of the line around the place, cut at code points, so that a megabyte line prints as one line. */
static struct afd_span window(struct afd_span line, size_t at)
{
	size_t begin = at > LEAD && line.size > EXCERPT_MAX ? code_point_at(line, at - LEAD) : 0;
	size_t end = begin + EXCERPT_MAX < line.size ? code_point_at(line, begin + EXCERPT_MAX) : line.size;
	return (struct afd_span){ line.data + begin, end - begin };
}

/* How many characters `bytes` show as. */
static size_t width(struct afd_span bytes)
{
	struct afd_text shown;
	size_t count = 0;
	afd_text_init(&shown, 4 * EXCERPT_MAX);
	afd_put_shown(&shown, bytes);
	for (size_t i = 0; i < shown.size; i++)
		count += !is_continuation((unsigned char)shown.data[i]);
	afd_text_free(&shown);
	return count;
}

static void put_caret(struct afd_text *out, struct afd_span shown, const char *place, size_t size)
{
	size_t before = (size_t)(place - shown.data);
	size_t marked = width(afd_span_first(afd_span_from(shown, before), size));
	afd_text_printf(out, "     | %*s^", (int)width(afd_span_first(shown, before)), "");
	for (size_t i = 1; i < marked; i++)
		afd_text_putc(out, '~');
}

/* What to write instead belongs to the first line, which editors show. */
static bool is_suggestion(const char *hint)
{
	return hint && strncmp(hint, "did you mean", 12) == 0;
}

/* The line of the place, without the byte order mark and the CR. */
static struct afd_span line_of(const struct afd_diag *diag, unsigned number)
{
	struct afd_span line = afd_source_line_text(diag->source, number);
	if (number == 1)
		line = afd_span_from(line, diag->source->start);
	if (afd_span_ends(line, "\r"))
		line.size--;
	return line;
}

static void put_excerpt(const struct afd_diag *diag, const struct afd_diagnostic *row, struct afd_text *out)
{
	unsigned number = afd_source_line(diag->source, row->begin);
	struct afd_span line = line_of(diag, number);
	const char *place = diag->source->text.data + row->begin;
	if (place < line.data)
		place = line.data;
	struct afd_span shown = window(line, (size_t)(place - line.data));
	afd_text_printf(out, "%4u | ", number);
	afd_put_shown(out, shown);
	afd_text_putc(out, '\n');
	put_caret(out, shown, place, row->end - row->begin);
	if (row->hint && !is_suggestion(row->hint)) {
		afd_text_putc(out, ' ');
		afd_put_shown_string(out, row->hint);
	}
	afd_text_putc(out, '\n');
}

static void put_place(const struct afd_diag *diag, size_t offset, struct afd_text *out)
{
	afd_put_shown_string(out, diag->source->path);
	afd_text_printf(out, ":%u:%u: ", afd_source_line(diag->source, offset),
					afd_source_column(diag->source, offset));
}

static void put_row(const struct afd_diag *diag, const struct afd_diagnostic *row, struct afd_text *out)
{
	put_place(diag, row->begin, out);
	afd_text_printf(out, "%s: ", severity_names[row->severity]);
	afd_put_shown_string(out, row->text);
	if (is_suggestion(row->hint)) {
		afd_text_puts(out, "; ");
		afd_put_shown_string(out, row->hint);
	}
	if (row->severity == AFD_WARNING)
		afd_text_printf(out, " [-W%s]", row->name);
	afd_text_putc(out, '\n');
	put_excerpt(diag, row, out);
	if (row->peer != SIZE_MAX) {
		put_place(diag, row->peer, out);
		afd_text_printf(out, "note: %s\n", row->peer_text);
	}
}

static void put_total(const struct afd_diag *diag, struct afd_text *out)
{
	if (diag->errors)
		afd_text_printf(out, "%zu error%s", diag->errors, diag->errors == 1 ? "" : "s");
	if (diag->errors && diag->warnings)
		afd_text_puts(out, ", ");
	if (diag->warnings)
		afd_text_printf(out, "%zu warning%s", diag->warnings, diag->warnings == 1 ? "" : "s");
	if (diag->errors || diag->warnings)
		afd_text_putc(out, '\n');
}

void afd_diag_sort(struct afd_diag *diag)
{
	if (diag->count)
		qsort(diag->rows, diag->count, sizeof *diag->rows, by_place);
}

void afd_diag_print_text(struct afd_diag *diag, struct afd_text *out)
{
	afd_diag_sort(diag);
	for (size_t i = 0; i < diag->count; i++)
		put_row(diag, &diag->rows[i], out);
	put_total(diag, out);
}

static void put_json_place(const struct afd_diag *diag, size_t offset, struct afd_text *out)
{
	afd_text_printf(out, "\"line\":%u,\"column\":%u", afd_source_line(diag->source, offset),
					afd_source_column(diag->source, offset));
}

static void put_json_row(const struct afd_diag *diag, const struct afd_diagnostic *row, struct afd_text *out)
{
	afd_text_puts(out, "{\"file\":");
	afd_put_json_string(out, diag->source->path);
	afd_text_putc(out, ',');
	put_json_place(diag, row->begin, out);
	afd_text_printf(out, ",\"severity\":\"%s\",\"name\":\"%s\",\"text\":", severity_names[row->severity],
					row->name);
	afd_put_json_string(out, row->text);
	afd_text_puts(out, ",\"hint\":");
	afd_put_json_string(out, row->hint);
	afd_text_puts(out, ",\"related\":");
	if (row->peer == SIZE_MAX) {
		afd_text_puts(out, "null}\n");
		return;
	}
	afd_text_putc(out, '{');
	put_json_place(diag, row->peer, out);
	afd_text_puts(out, ",\"text\":");
	afd_put_json_string(out, row->peer_text);
	afd_text_puts(out, "}}\n");
}

void afd_diag_print_json(struct afd_diag *diag, struct afd_text *out)
{
	afd_diag_sort(diag);
	for (size_t i = 0; i < diag->count; i++)
		put_json_row(diag, &diag->rows[i], out);
}
