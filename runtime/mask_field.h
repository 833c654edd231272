/* SPDX-License-Identifier: MIT
 * Which response fields may be shown, by name and form. Private to the masker. */
#ifndef AFFIDAVIT_MASK_FIELD_H
#define AFFIDAVIT_MASK_FIELD_H

#include "http.h"

/* NULL where the value may be shown as it is; else the class of its pseudonym: "secret", "url" or "field". */
const char *afd_field_class(const struct afd_field *field);
/* The usual spelling of a name that the masker knows, else NULL: an unknown name is a server's text as well.
 */
const char *afd_field_known_name(struct afd_span name);

#endif
