/* SPDX-License-Identifier: MIT
 * SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), from OpenSSL's libcrypto. A leaf.
 * Where none can be made, for want of memory, the process ends with exit code 3. */
#ifndef AFFIDAVIT_BASE_HASH_H
#define AFFIDAVIT_BASE_HASH_H

#include "base/text.h"

enum { AFD_SHA256_HEX = 64 };

/* Lower-case hexadecimal, NUL-terminated. Only for spec text and masked bytes: short private values can be found
 * again from an unkeyed hash. */
void afd_sha256_hex(struct afd_span bytes, char hex[AFD_SHA256_HEX + 1]);
/* HMAC under `key`, as lower-case hexadecimal. */
void afd_hmac_sha256_hex(struct afd_span key, struct afd_span bytes, char hex[AFD_SHA256_HEX + 1]);
/* `size` bytes from the system's random generator; false where it has none. */
AFD_CHECKED bool afd_random_bytes(unsigned char *bytes, size_t size);

#endif
