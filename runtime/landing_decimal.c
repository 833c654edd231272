/* SPDX-License-Identifier: MIT */
#include "landing_decimal.h"

#include <string.h>

enum { DIGITS_MAX = 38, EXPONENT_MAX = 1000 };

/* 10 to the power of 38: the first magnitude that is too large. */
static afd_magnitude power_of_ten(unsigned exponent)
{
	afd_magnitude power = 1;
	for (; exponent > 0; exponent--)
		power *= 10;
	return power;
}

static bool scale_up(afd_magnitude *magnitude, unsigned digits)
{
	if (*magnitude == 0)
		return true;
	if (digits > DIGITS_MAX || *magnitude > (power_of_ten(DIGITS_MAX) - 1) / power_of_ten(digits))
		return false;
	*magnitude *= power_of_ten(digits);
	return true;
}

static void normalise(struct afd_decimal *decimal)
{
	while (decimal->scale > 0 && decimal->magnitude % 10 == 0) {
		decimal->magnitude /= 10;
		decimal->scale--;
	}
	decimal->negative = decimal->negative && decimal->magnitude != 0;
}

static bool is_digit(struct afd_span number, size_t at)
{
	return at < number.size && number.data[at] >= '0' && number.data[at] <= '9';
}

/* Takes the digits at `*at`; false where there are none, or too many to hold. */
static bool take_digits(struct afd_span number, size_t *at, afd_magnitude *magnitude)
{
	if (!is_digit(number, *at))
		return false;
	for (; is_digit(number, *at); (*at)++) {
		if (*magnitude > (power_of_ten(DIGITS_MAX) - 1) / 10)
			return false;
		*magnitude = *magnitude * 10 + (unsigned)(number.data[*at] - '0');
	}
	return true;
}

static bool take_exponent(struct afd_span number, size_t *at, long *exponent)
{
	bool negative = false;
	*exponent = 0;
	if (*at >= number.size || (number.data[*at] | 32) != 'e')
		return true;
	(*at)++;
	if (*at < number.size && (number.data[*at] == '+' || number.data[*at] == '-'))
		negative = number.data[(*at)++] == '-';
	if (!is_digit(number, *at))
		return false;
	for (; is_digit(number, *at); (*at)++)
		if (*exponent < EXPONENT_MAX)
			*exponent = *exponent * 10 + (number.data[*at] - '0');
	*exponent = negative ? -*exponent : *exponent;
	return true;
}

/* Trailing zeros after the point say nothing and must not use up the digits. */
static size_t end_of_fraction(struct afd_span number, size_t begin)
{
	size_t end = begin;
	while (is_digit(number, end))
		end++;
	while (end > begin && number.data[end - 1] == '0')
		end--;
	return end;
}

static bool place_point(struct afd_decimal *decimal, long scale)
{
	if (decimal->magnitude == 0)
		scale = 0;
	if (scale < 0 && (scale < -DIGITS_MAX || !scale_up(&decimal->magnitude, (unsigned)-scale)))
		return false;
	for (; scale > 0 && decimal->magnitude % 10 == 0; scale--)
		decimal->magnitude /= 10;
	decimal->scale = scale > 0 ? (unsigned)scale : 0;
	return scale <= DIGITS_MAX;
}

bool afd_decimal_read(struct afd_span number, struct afd_decimal *decimal)
{
	*decimal = (struct afd_decimal){ 0 };
	size_t at = number.size > 0 && number.data[0] == '-';
	bool negative = at > 0;
	long exponent = 0;
	size_t fraction = 0;
	bool leading_zero = is_digit(number, at) && number.data[at] == '0' && is_digit(number, at + 1);
	if (leading_zero || !take_digits(number, &at, &decimal->magnitude))
		return false;
	if (at < number.size && number.data[at] == '.') {
		size_t begin = ++at;
		size_t end = end_of_fraction(number, begin);
		fraction = end - begin;
		if (!is_digit(number, begin) ||
			(fraction > 0 && !take_digits(afd_span_first(number, end), &at, &decimal->magnitude)))
			return false;
		while (is_digit(number, at))
			at++;
	}
	if (fraction > EXPONENT_MAX || !take_exponent(number, &at, &exponent) || at != number.size)
		return false;
	if (!place_point(decimal, (long)fraction - exponent))
		return false;
	decimal->negative = negative && decimal->magnitude != 0;
	return true;
}

/* Both with the same number of digits after the point. */
static bool align(struct afd_decimal *a, struct afd_decimal *b)
{
	struct afd_decimal *less = a->scale < b->scale ? a : b;
	struct afd_decimal *more = less == a ? b : a;
	if (!scale_up(&less->magnitude, more->scale - less->scale))
		return false;
	less->scale = more->scale;
	return true;
}

bool afd_decimal_add(struct afd_decimal *sum, const struct afd_decimal *value)
{
	struct afd_decimal other = *value;
	if (!align(sum, &other))
		return false;
	if (sum->negative == other.negative) {
		sum->magnitude += other.magnitude;
	} else if (sum->magnitude >= other.magnitude) {
		sum->magnitude -= other.magnitude;
	} else {
		sum->magnitude = other.magnitude - sum->magnitude;
		sum->negative = other.negative;
	}
	normalise(sum);
	return sum->magnitude < power_of_ten(DIGITS_MAX);
}

bool afd_decimal_multiply(struct afd_decimal *product, const struct afd_decimal *value)
{
	afd_magnitude most = power_of_ten(DIGITS_MAX) - 1;
	if (value->magnitude != 0 && product->magnitude > most / value->magnitude)
		return false;
	product->magnitude *= value->magnitude;
	product->scale += value->scale;
	product->negative = product->negative != value->negative;
	if (product->magnitude == 0)
		product->scale = 0;
	normalise(product);
	return product->scale <= DIGITS_MAX;
}

void afd_decimal_write(const struct afd_decimal *decimal, struct afd_text *out)
{
	char digits[2 * DIGITS_MAX + 4];
	size_t at = sizeof digits;
	afd_magnitude rest = decimal->magnitude;
	unsigned written = 0;
	do {
		if (written == decimal->scale && written > 0)
			digits[--at] = '.';
		digits[--at] = (char)('0' + (int)(rest % 10));
		rest /= 10;
		written++;
	} while (rest > 0 || written <= decimal->scale);
	if (decimal->negative)
		digits[--at] = '-';
	afd_text_add(out, (struct afd_span){ digits + at, sizeof digits - at });
}

bool afd_decimal_fits(const struct afd_decimal *decimal, unsigned bits, bool is_signed)
{
	if (decimal->scale > 0 || (decimal->negative && !is_signed))
		return false;
	if (bits > 64)
		return true;
	afd_magnitude bound = (afd_magnitude)1 << (is_signed ? bits - 1 : bits);
	return decimal->negative ? decimal->magnitude <= bound : decimal->magnitude < bound;
}
