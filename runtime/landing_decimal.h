/* SPDX-License-Identifier: MIT
 * Decimal numbers as they are written: sums and products of prices have no rounding. A leaf. */
#ifndef AFFIDAVIT_LANDING_DECIMAL_H
#define AFFIDAVIT_LANDING_DECIMAL_H

#include "base/text.h"

__extension__ typedef unsigned __int128 afd_magnitude;

/* Up to 38 digits, of which `scale` (at most 38) stand after the point. Zero is never negative; no trailing
 * zero stands after the point. */
struct afd_decimal {
	afd_magnitude magnitude;
	unsigned scale;
	bool negative;
};

/* A number as JSON writes it (RFC 8259 section 6). False where it is none, or takes more than 38 digits. */
AFD_CHECKED bool afd_decimal_read(struct afd_span number, struct afd_decimal *decimal);
/* False where the result takes more than 38 digits. */
AFD_CHECKED bool afd_decimal_add(struct afd_decimal *sum, const struct afd_decimal *value);
AFD_CHECKED bool afd_decimal_multiply(struct afd_decimal *product, const struct afd_decimal *value);
/* Without exponent: "-1500.5". */
void afd_decimal_write(const struct afd_decimal *decimal, struct afd_text *out);
/* True where it is whole and fits so many bits, with or without a sign; more than 64 bits have no bound but
 * the digits. */
bool afd_decimal_fits(const struct afd_decimal *decimal, unsigned bits, bool is_signed);

#endif
