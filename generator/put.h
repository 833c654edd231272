/* SPDX-License-Identifier: MIT
 * Escaping: text as a JSON string, as a C string literal, for a terminal. Must not know the model. */
#ifndef AFFIDAVIT_PUT_H
#define AFFIDAVIT_PUT_H

#include "base/text.h"

/* ISO C promises string literals of 4095 bytes; what is longer becomes an array. */
enum { AFD_LITERAL_MAX = 4000 };

/* With quotes. Bytes that are not UTF-8 become U+FFFD; controls and marks of direction are escaped. */
void afd_put_json(struct afd_text *out, struct afd_span text);
void afd_put_json_string(struct afd_text *out, const char *string); /* NULL: null */
/* For people: as it is, but '?' for what a terminal would obey, and for bytes that are not UTF-8. One line. */
void afd_put_shown(struct afd_text *out, struct afd_span text);
void afd_put_shown_string(struct afd_text *out, const char *string);
/* An escaped ASCII string literal with quotes: octal escapes, no trigraphs. Long texts and texts of several lines become
 * adjacent literals, a line each, indented by `indent` tabs; what no literal may hold becomes an array of characters. An
 * initializer of a `const char *`; its size is the caller's to state where the text may hold a NUL. */
void afd_put_literal(struct afd_text *out, struct afd_span text, unsigned indent);
void afd_put_literal_string(struct afd_text *out, const char *string); /* NULL: NULL; on one line where it is short */

#endif
