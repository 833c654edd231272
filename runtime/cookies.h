/* SPDX-License-Identifier: MIT
 * Cookies that an answer sets, as later requests send them back: names and values alone, for the document
 * says which requests those are. */
#ifndef AFFIDAVIT_COOKIES_H
#define AFFIDAVIT_COOKIES_H

#include "base/text.h"

/* Joins two values of a Cookie field (RFC 6265 section 4.2.1): pairs of `newer` in the place of those in
 * `older` that have their names, then those that are new. A pair without a value takes its cookie away. False
 * where memory is out. */
AFD_CHECKED bool afd_cookies_merge(struct afd_span older, struct afd_span newer, struct afd_text *out);

#endif
