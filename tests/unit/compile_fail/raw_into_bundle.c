/* SPDX-License-Identifier: MIT
 * A raw answer as a file of the bundle. */
#include "bundle.h"

int probe(const struct afd_bundle *bundle, struct afd_raw raw, struct afd_masked masked,
		  struct afd_error *err);

int probe(const struct afd_bundle *bundle, struct afd_raw raw, struct afd_masked masked,
		  struct afd_error *err)
{
#ifdef LEAK
	(void)masked;
	return afd_bundle_put(bundle, "data/1.1.json", raw, err);
#else
	(void)raw;
	return afd_bundle_put(bundle, "data/1.1.json", masked, err);
#endif
}
