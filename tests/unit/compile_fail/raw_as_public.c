/* SPDX-License-Identifier: MIT
 * A raw answer declared to be the spec's own words. */
#include "mask.h"

struct afd_masked probe(struct afd_raw raw, struct afd_span word, struct afd_arena *arena);

struct afd_masked probe(struct afd_raw raw, struct afd_span word, struct afd_arena *arena)
{
#ifdef LEAK
	(void)word;
	return afd_public(raw, arena);
#else
	(void)raw;
	return afd_public(word, arena);
#endif
}
