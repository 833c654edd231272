/* SPDX-License-Identifier: MIT
 * The inside of a secret. */
#include "secret.h"

size_t probe(const struct afd_secrets *secrets);

size_t probe(const struct afd_secrets *secrets)
{
#ifdef LEAK
	return sizeof secrets->rows[0];
#else
	return secrets->count;
#endif
}
