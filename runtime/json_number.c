/* SPDX-License-Identifier: MIT
 * Numbers as decimal text of any size: compared exactly, in time linear in the tokens, never rounded. */
#include "json.h"

/* A number token taken apart. Its value is 0.DIGITS times ten to (point + exponent). */
struct decimal {
	bool negative, zero;
	struct afd_span digits; /* from the first digit that is not 0 to the last such; may hold '.' */
	int64_t point; /* digits before the point, counted from the first that is not 0; may be negative */
	bool exponent_negative;
	struct afd_span exponent; /* digits without leading zeros; may be empty */
};

/* More than any text of 4 GiB can shift a point by, twice. */
static const int64_t FAR = INT64_C(1) << 36;

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static void read_exponent(struct decimal *decimal, struct afd_span text)
{
	if (text.size > 0 && !is_digit(text.data[0])) {
		decimal->exponent_negative = text.data[0] == '-';
		text = afd_span_from(text, 1);
	}
	while (text.size > 0 && text.data[0] == '0')
		text = afd_span_from(text, 1);
	decimal->exponent = text;
}

static void read_mantissa(struct decimal *decimal, struct afd_span text)
{
	size_t point = 0;
	while (point < text.size && text.data[point] != '.')
		point++;
	size_t first = 0;
	while (first < text.size && (text.data[first] == '0' || text.data[first] == '.'))
		first++;
	size_t last = text.size;
	while (last > first && (text.data[last - 1] == '0' || text.data[last - 1] == '.'))
		last--;
	decimal->zero = first == text.size;
	decimal->point = (int64_t)point - (int64_t)first + (first > point);
	decimal->digits = (struct afd_span){ text.data + first, last - first };
}

static struct decimal decimal_of(struct afd_span token)
{
	struct decimal decimal = { .negative = token.size > 0 && token.data[0] == '-' };
	if (decimal.negative)
		token = afd_span_from(token, 1);
	size_t size = 0;
	while (size < token.size && token.data[size] != 'e' && token.data[size] != 'E')
		size++;
	read_mantissa(&decimal, afd_span_first(token, size));
	read_exponent(&decimal, afd_span_from(token, size + 1));
	return decimal;
}

/* The digit of the exponent that has `place` digits after it, with the exponent's sign. */
static int exponent_digit(const struct decimal *decimal, size_t place)
{
	if (place >= decimal->exponent.size)
		return 0;
	int digit = decimal->exponent.data[decimal->exponent.size - 1 - place] - '0';
	return decimal->exponent_negative ? -digit : digit;
}

/* The difference of two exponents, held within +-FAR * 10 once it is past FAR: what follows cannot bring it
 * back. */
static int64_t exponent_difference(const struct decimal *a, const struct decimal *b)
{
	size_t place = a->exponent.size > b->exponent.size ? a->exponent.size : b->exponent.size;
	int64_t difference = 0;
	while (place-- > 0 && difference > -FAR && difference < FAR)
		difference = difference * 10 + exponent_digit(a, place) - exponent_digit(b, place);
	return difference;
}

static int next_digit(struct afd_span digits, size_t *at)
{
	if (*at < digits.size && digits.data[*at] == '.')
		(*at)++;
	return *at < digits.size ? digits.data[(*at)++] : '0';
}

static int compare_digits(struct afd_span a, struct afd_span b)
{
	size_t x = 0;
	size_t y = 0;
	while (x < a.size || y < b.size) {
		int first = next_digit(a, &x);
		int second = next_digit(b, &y);
		if (first != second)
			return first < second ? -1 : 1;
	}
	return 0;
}

static int compare_magnitudes(const struct decimal *a, const struct decimal *b)
{
	int64_t shift = exponent_difference(a, b) + a->point - b->point;
	if (shift != 0)
		return shift < 0 ? -1 : 1;
	return compare_digits(a->digits, b->digits);
}

static int sign_of(const struct decimal *decimal)
{
	return decimal->zero ? 0 : decimal->negative ? -1 : 1;
}

int afd_json_compare_numbers(struct afd_span a, struct afd_span b)
{
	struct decimal x = decimal_of(a);
	struct decimal y = decimal_of(b);
	int first = sign_of(&x);
	int second = sign_of(&y);
	if (first != second)
		return first < second ? -1 : 1;
	return first == 0 ? 0 : first * compare_magnitudes(&x, &y);
}

bool afd_json_is_whole(struct afd_span number)
{
	struct decimal decimal = decimal_of(number);
	if (decimal.zero)
		return true;
	static const struct decimal none = { .zero = true };
	int64_t count = 0;
	for (size_t i = 0; i < decimal.digits.size; i++)
		count += decimal.digits.data[i] != '.';
	return exponent_difference(&decimal, &none) + decimal.point >= count;
}
