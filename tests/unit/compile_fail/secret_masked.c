/* SPDX-License-Identifier: MIT
 * A secret as a text with a pseudonym. */
#include "mask.h"

struct afd_masked probe(const struct afd_masker *masker, const struct afd_secrets *secrets,
						struct afd_arena *arena);

struct afd_masked probe(const struct afd_masker *masker, const struct afd_secrets *secrets,
						struct afd_arena *arena)
{
#ifdef LEAK
	return afd_mask_text(masker, "text", secrets->rows[0], arena);
#else
	return afd_publicf(arena, "%zu, %d", secrets->count, masker != NULL);
#endif
}
