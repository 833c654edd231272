/* SPDX-License-Identifier: MIT
 * Escaping: text as a JSON string and as a C string literal. Must not know the model. */
#ifndef AFFIDAVIT_PUT_H
#define AFFIDAVIT_PUT_H

#include "base/text.h"

/* With quotes. Bytes that are not UTF-8 become U+FFFD. */
void afd_put_json(struct afd_text *out, struct afd_span text);
void afd_put_json_string(struct afd_text *out, const char *string); /* NULL: null */
/* An escaped ASCII string literal with quotes: octal escapes, no trigraphs. Long texts and texts of several lines become
 * adjacent literals, a line each, indented by `indent` tabs. */
void afd_put_literal(struct afd_text *out, struct afd_span text, unsigned indent);
void afd_put_literal_string(struct afd_text *out, const char *string); /* NULL: NULL */

#endif
