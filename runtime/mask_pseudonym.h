/* SPDX-License-Identifier: MIT
 * Pseudonyms: "~class:" and the first 16 hex digits of HMAC-SHA-256(key, class || 0x00 || canonical value).
 * Each class is a domain of its own, so that equal values of two classes cannot be joined. Private to the
 * masker. */
#ifndef AFFIDAVIT_MASK_PSEUDONYM_H
#define AFFIDAVIT_MASK_PSEUDONYM_H

#include "mask_hmac.h"

/* The canonical form that makes spellings of one value equal:
 *   e-mail       trimmed, ASCII and Russian letters in lower case
 *   phone, card  the digits, of a phone with the leading 8 of 11 as 7; without any digit the text as it is
 *   number       sign, digits without zeros at either end, "e", decimal exponent (RFC 8259 section 6)
 *   all others   the decoded UTF-8 as it is
 * Appended to `out`; false where memory is out. */
AFD_CHECKED bool afd_canonical(const char *class, struct afd_span value, struct afd_text *out);
/* Appends the pseudonym, or "~secret" for the class "secret", without quotes. `scratch` is emptied, used and
 * zeroed. False where memory is out: nothing was appended then, or `out` is failed. */
AFD_CHECKED bool afd_pseudonym(const struct afd_hmac *hmac, const char *class, struct afd_span value,
							   struct afd_text *scratch, struct afd_text *out);

#endif
