/* SPDX-License-Identifier: MIT
 * HMAC-SHA-256 (RFC 2104) under one key for very many short texts: the two blocks of the key are hashed once.
 * Private to the masker; base/hash.h has the plain form. */
#ifndef AFFIDAVIT_MASK_HMAC_H
#define AFFIDAVIT_MASK_HMAC_H

#include "base/text.h"

enum { AFD_HMAC_BYTES = 32, AFD_HMAC_KEY_MAX = 64 };

struct afd_hmac; /* owned; freed with afd_hmac_free, which zeroes it */

/* NULL where memory is out. A key has at most AFD_HMAC_KEY_MAX bytes. */
struct afd_hmac *afd_hmac_new(struct afd_span key);
void afd_hmac_free(struct afd_hmac *hmac);
void afd_hmac_of(const struct afd_hmac *hmac, struct afd_span bytes, unsigned char digest[AFD_HMAC_BYTES]);

#endif
