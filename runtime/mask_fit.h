/* SPDX-License-Identifier: MIT
 * Whether a value has the form that a row of May be shown states. Private to the masker. */
#ifndef AFFIDAVIT_MASK_FIT_H
#define AFFIDAVIT_MASK_FIT_H

#include "json.h"
#include "policy.h"

/* A scalar: the decoded text of a string, else the exact token. */
struct afd_scalar {
	enum afd_json_type type;
	struct afd_span text;
};

/* `values`: of "one of", separated by newlines. */
bool afd_scalar_fits(const struct afd_scalar *scalar, enum afd_policy_type type, const char *values);
/* A code: [A-Z][A-Z0-9_]*, up to 64. */
bool afd_text_is_code(struct afd_span text);
/* An unbroken piece of text that looks like a key or token rather than like words. */
bool afd_text_is_token(struct afd_span text);
/* Text for people: up to 200 characters, no control or invisible ones, and nothing in it looks like an e-mail
 * address, a phone or another long number, a URL with a query, a token, or structured or encoded text. Dates
 * as 31.12.2025 and seasons as 2025/2026 are no long numbers. */
bool afd_text_is_prose(struct afd_span text);

#endif
