/* SPDX-License-Identifier: MIT
 * Lower and upper case of UTF-8 text, whatever the locale: European Latin, Vietnamese, Greek, Cyrillic and
 * Armenian letters that have one letter as their other case (Unicode's simple mappings). A leaf. */
#ifndef AFFIDAVIT_LANDING_LETTERS_H
#define AFFIDAVIT_LANDING_LETTERS_H

#include "base/text.h"

void afd_letters_lower(struct afd_span utf8, struct afd_text *out);
void afd_letters_upper(struct afd_span utf8, struct afd_text *out);

#endif
