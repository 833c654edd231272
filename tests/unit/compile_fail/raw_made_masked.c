/* SPDX-License-Identifier: MIT
 * A raw answer kept as a masked text. */
#include "mask.h"

struct afd_masked probe(struct afd_raw raw, struct afd_masked masked);

struct afd_masked probe(struct afd_raw raw, struct afd_masked masked)
{
#ifdef LEAK
	masked = (struct afd_masked)raw;
#endif
	(void)raw;
	return masked;
}
