/* SPDX-License-Identifier: MIT
 * The keys that one case has landed in one table, each with the digest of its row. A leaf: base only. */
#ifndef AFFIDAVIT_LANDING_KEYS_H
#define AFFIDAVIT_LANDING_KEYS_H

#include "base/text.h"

struct afd_landing_keys; /* owned; freed with afd_landing_keys_free */

/* NULL where memory is out. */
struct afd_landing_keys *afd_landing_keys_new(void);
void afd_landing_keys_free(struct afd_landing_keys *keys);

enum afd_key_seen { AFD_KEY_NEW, AFD_KEY_SAME, AFD_KEY_OTHER, AFD_KEY_NO_MEMORY };
/* Adds the key where it is new; else says whether its row was the same one. */
enum afd_key_seen afd_landing_keys_add(struct afd_landing_keys *keys, struct afd_span key,
									   struct afd_span row);

#endif
