/* SPDX-License-Identifier: MIT
 * A map from strings to numbers: a crit-bit tree (D. J. Bernstein), in an arena. A look-up takes time linear in the key, whatever
 * the other keys are: no document can make it slow. */
#ifndef AFFIDAVIT_INDEX_H
#define AFFIDAVIT_INDEX_H

#include "base/arena.h"

/* Zeroed: empty. */
struct afd_index {
	struct afd_index_node *root;
};

/* The number that `key` was put with; SIZE_MAX: it is not there. */
size_t afd_index_find(const struct afd_index *index, const char *key);
size_t afd_index_find_span(const struct afd_index *index, struct afd_span key);
/* Puts a key, or gives it another number; the string is borrowed. */
void afd_index_put(struct afd_index *index, struct afd_arena *arena, const char *key, size_t number);

#endif
