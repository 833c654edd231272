/* SPDX-License-Identifier: MIT
 * A map from strings to numbers: open addressing over a power of two, FNV-1a (Fowler, Noll, Vo). Grows in an arena. */
#ifndef AFFIDAVIT_INDEX_H
#define AFFIDAVIT_INDEX_H

#include "base/arena.h"

struct afd_index_row;

struct afd_index {
	struct afd_index_row *rows;
	size_t count, capacity;
};

/* The number that `key` was put with; SIZE_MAX: it is not there. */
size_t afd_index_find(const struct afd_index *index, const char *key);
/* Puts a key that is not there yet; the string is borrowed. */
void afd_index_put(struct afd_index *index, struct afd_arena *arena, const char *key, size_t number);

#endif
