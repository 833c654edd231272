/* SPDX-License-Identifier: MIT
 * An arena: memory that is released together. Running out of memory ends the process with exit code 3, which is
 * right for a short-lived compiler. A leaf: libc only. */
#ifndef AFFIDAVIT_BASE_ARENA_H
#define AFFIDAVIT_BASE_ARENA_H

#include "base/text.h"

struct afd_arena {
	struct afd_arena_page *page;
};

/* Zeroed and aligned for any type; owned by the arena. */
void *afd_arena_new(struct afd_arena *arena, size_t size);
/* `count` elements of `size` bytes; ends the process where the product overflows. */
void *afd_arena_array(struct afd_arena *arena, size_t count, size_t size);
/* A NUL-terminated copy. */
char *afd_arena_copy(struct afd_arena *arena, struct afd_span span);
AFD_PRINTF(2, 3) char *afd_arena_printf(struct afd_arena *arena, const char *format, ...);
/* Makes room for one more element in an array that the arena owns: doubles it at each power of two.
 * `items` points at the array pointer, `count` is how many it holds. Returns the new, zeroed element. */
void *afd_arena_push(struct afd_arena *arena, void *items, size_t *count, size_t size);
void afd_arena_free(struct afd_arena *arena);

#endif
