/* SPDX-License-Identifier: MIT
 * A JSON value as one line with the names of each object in order, so that equal records are equal texts. */
#ifndef AFFIDAVIT_LANDING_PAYLOAD_H
#define AFFIDAVIT_LANDING_PAYLOAD_H

#include "json.h"

/* Strings and numbers stay spelt as they are; names are ordered by code points. False where `out` is full or
 * memory is out. */
AFD_CHECKED bool afd_payload_write(const struct afd_json *json, uint32_t node, struct afd_text *out);

#endif
