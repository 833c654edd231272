/* SPDX-License-Identifier: MIT
 * One spec document in memory: its bytes and where its lines begin. Must not know what the bytes mean. */
#ifndef AFFIDAVIT_SOURCE_H
#define AFFIDAVIT_SOURCE_H

#include "base/arena.h"

enum { AFD_SOURCE_MAX = 256 * 1024 * 1024, AFD_SOURCE_BLOCK = 4096 };

struct afd_source {
	const char *path;      /* as shown in messages and generated files: relative to the root where it is below it */
	struct afd_span text;  /* followed by a NUL */
	const size_t *lines;   /* offset of each line's first byte */
	size_t line_count;
	const size_t *followers; /* bytes that begin no code point, up to each block of AFD_SOURCE_BLOCK */
	size_t start;          /* 3 after a byte order mark, else 0 */
};

/* Reads `file`; memory is the arena's. */
AFD_CHECKED int afd_source_load(struct afd_source *source, struct afd_arena *arena, const char *file, const char *path,
								struct afd_error *err);
/* As afd_source_load, from bytes that are followed by a NUL and outlive the source. */
void afd_source_from(struct afd_source *source, struct afd_arena *arena, const char *path, struct afd_span text);
/* 1-based line of a byte offset. */
unsigned afd_source_line(const struct afd_source *source, size_t offset);
/* 1-based column, counted in code points. */
unsigned afd_source_column(const struct afd_source *source, size_t offset);
/* The bytes of a 1-based line without its newline; a CR belongs to the line. */
struct afd_span afd_source_line_text(const struct afd_source *source, unsigned line);
/* The bytes of the lines first..last, without the newline that ends the last. */
struct afd_span afd_source_lines(const struct afd_source *source, unsigned first, unsigned last);

#endif
