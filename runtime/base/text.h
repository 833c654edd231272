/* SPDX-License-Identifier: MIT
 * Spans (borrowed bytes) and texts (owned, growing, bounded bytes).
 * A leaf: libc only. A span owns nothing; a text is freed by its owner with afd_text_free. */
#ifndef AFFIDAVIT_BASE_TEXT_H
#define AFFIDAVIT_BASE_TEXT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct afd_span {
	const char *data; /* not NUL-terminated; may be NULL where size is 0 */
	size_t size;      /* bytes */
};

#define AFD_SPAN(literal) ((struct afd_span){ (literal), sizeof(literal) - 1 })

/* The span of a NUL-terminated string; NULL gives the empty span. */
struct afd_span afd_span_of(const char *string);
bool afd_span_is(struct afd_span span, const char *string);
bool afd_span_equal(struct afd_span a, struct afd_span b);
/* Equal but for the case of ASCII letters (RFC 9110 field names). */
bool afd_span_equal_nocase(struct afd_span a, struct afd_span b);
bool afd_span_starts(struct afd_span span, const char *prefix);
bool afd_span_ends(struct afd_span span, const char *suffix);
/* Without blanks, tabs, CR and LF at both ends. */
struct afd_span afd_span_trim(struct afd_span span);
/* From `from` to the end; empty where `from` is past it. */
struct afd_span afd_span_from(struct afd_span span, size_t from);
struct afd_span afd_span_first(struct afd_span span, size_t size);
/* Offset of the first occurrence at or after `from`, or SIZE_MAX. */
size_t afd_span_find(struct afd_span span, const char *needle, size_t from);
/* The size of the UTF-8 sequence (RFC 3629) that the span begins with; 0: it begins with none. */
size_t afd_span_utf8(struct afd_span span);
/* Byte order; shorter first. For qsort-like sorting. */
int afd_span_compare(struct afd_span a, struct afd_span b);
/* Optimal string alignment distance over bytes of two short words: insert, delete, change, swap of neighbours cost 1.
 * SIZE_MAX where either is over 64 bytes. */
size_t afd_span_distance(struct afd_span a, struct afd_span b);

struct afd_text {
	char *data;      /* NUL-terminated once anything was added; NULL before */
	size_t size;     /* bytes without the NUL */
	size_t capacity;
	size_t limit;    /* the most that it may hold; more sets failed */
	bool failed;     /* over the limit or out of memory; sticky; what was added before is kept */
};

void afd_text_init(struct afd_text *text, size_t limit);
void afd_text_free(struct afd_text *text);
/* Each false once failed is set, and adds nothing then. */
bool afd_text_add(struct afd_text *text, struct afd_span bytes);
bool afd_text_puts(struct afd_text *text, const char *string);
bool afd_text_putc(struct afd_text *text, char byte);
AFD_PRINTF(2, 3) bool afd_text_printf(struct afd_text *text, const char *format, ...);
/* The bytes so far, borrowed until the next change. */
struct afd_span afd_text_span(const struct afd_text *text);
/* Empties it and keeps its memory. */
void afd_text_clear(struct afd_text *text);

#endif
