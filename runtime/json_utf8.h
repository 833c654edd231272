/* SPDX-License-Identifier: MIT
 * UTF-8 (RFC 3629), one code point at a time, for the JSON, path and pattern modules. */
#ifndef AFFIDAVIT_JSON_UTF8_H
#define AFFIDAVIT_JSON_UTF8_H

#include "base/text.h"

#include <stdint.h>

/* The size in bytes of the code point at `offset` (< text.size), or 0 where the bytes are no UTF-8. */
size_t afd_utf8_next(struct afd_span text, size_t offset, uint32_t *code);
/* Writes the code point, which must be a scalar value; returns its size. */
size_t afd_utf8_put(uint32_t code, char bytes[4]);

#endif
