/* SPDX-License-Identifier: MIT */
#include "mask_pseudonym.h"

#include <stdint.h>
#include <string.h>

enum { SHOWN_DIGITS = 16, EXPONENT_DIGITS_MAX = 15 };

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* U+0410..U+042F and U+0401 in UTF-8 are D0 90..D0 AF and D0 81. */
static void lower_russian(unsigned char pair[2])
{
	if (pair[0] != 0xD0)
		return;
	if (pair[1] == 0x81) {
		pair[0] = 0xD1;
		pair[1] = 0x91;
	} else if (pair[1] >= 0x90 && pair[1] <= 0x9F)
		pair[1] = (unsigned char)(pair[1] + 0x20);
	else if (pair[1] >= 0xA0 && pair[1] <= 0xAF) {
		pair[0] = 0xD1;
		pair[1] = (unsigned char)(pair[1] - 0x20);
	}
}

static bool canonical_address(struct afd_span value, struct afd_text *out)
{
	size_t start = out->size;
	if (!afd_text_add(out, afd_span_trim(value)))
		return false;
	for (size_t i = start; i < out->size; i++) {
		char byte = out->data[i];
		if (byte >= 'A' && byte <= 'Z')
			out->data[i] = (char)(byte + 32);
		else if ((unsigned char)byte == 0xD0 && i + 1 < out->size)
			lower_russian((unsigned char *)out->data + i++);
	}
	return true;
}

static bool canonical_digits(struct afd_span value, struct afd_text *out)
{
	size_t start = out->size;
	for (size_t i = 0; i < value.size; i++)
		if (is_digit(value.data[i]) && !afd_text_putc(out, value.data[i]))
			return false;
	return out->size > start || afd_text_add(out, value);
}

static bool canonical_phone(struct afd_span value, struct afd_text *out)
{
	size_t start = out->size;
	if (!canonical_digits(value, out))
		return false;
	size_t digits = out->size - start;
	if (digits == 11 && out->data[start] == '8')
		out->data[start] = '7';
	return true;
}

/* The digits of the part before the exponent, without a point; *point is how many stand before it. */
static bool add_digits(struct afd_span mantissa, struct afd_text *out, long long *point)
{
	size_t start = out->size;
	bool behind = false;
	*point = 0;
	for (size_t i = 0; i < mantissa.size; i++) {
		char byte = mantissa.data[i];
		behind = behind || byte == '.';
		if (!is_digit(byte))
			continue;
		*point += !behind;
		if (out->size == start && byte == '0')
			(*point)--;
		else if (!afd_text_putc(out, byte))
			return false;
	}
	while (out->size > start && out->data[out->size - 1] == '0')
		out->size--;
	return true;
}

static long long exponent_of(struct afd_span digits)
{
	long long value = 0;
	bool negative = digits.size > 0 && digits.data[0] == '-';
	for (size_t i = 0; i < digits.size; i++)
		if (is_digit(digits.data[i]))
			value = value * 10 + (digits.data[i] - '0');
	return negative ? -value : value;
}

static bool canonical_number(struct afd_span value, struct afd_text *out)
{
	size_t mark = 0;
	while (mark < value.size && (value.data[mark] | 0x20) != 'e')
		mark++;
	struct afd_span exponent =
		mark < value.size ? afd_span_from(value, mark + 1) : (struct afd_span){ "", 0 };
	if (exponent.size > EXPONENT_DIGITS_MAX)
		return afd_text_add(out, value);
	size_t start = out->size;
	bool negative = value.size > 0 && value.data[0] == '-';
	long long point = 0;
	if (negative && !afd_text_putc(out, '-'))
		return false;
	if (!add_digits(afd_span_first(value, mark), out, &point))
		return false;
	if (out->size == start + negative) {
		out->size = start;
		return afd_text_putc(out, '0');
	}
	return afd_text_printf(out, "e%lld", point + exponent_of(exponent));
}

struct canon {
	const char *class;
	bool (*add)(struct afd_span value, struct afd_text *out);
};

static const struct canon canons[] = {
	{ "e-mail", canonical_address },
	{ "phone", canonical_phone },
	{ "card", canonical_digits },
	{ "number", canonical_number },
};

bool afd_canonical(const char *class, struct afd_span value, struct afd_text *out)
{
	for (size_t i = 0; i < sizeof canons / sizeof canons[0]; i++)
		if (strcmp(canons[i].class, class) == 0)
			return canons[i].add(value, out);
	return afd_text_add(out, value);
}

static bool add_hex(const unsigned char *digest, struct afd_text *out)
{
	static const char digits[] = "0123456789abcdef";
	char hex[SHOWN_DIGITS];
	for (size_t i = 0; i < SHOWN_DIGITS / 2; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	return afd_text_add(out, (struct afd_span){ hex, sizeof hex });
}

bool afd_pseudonym(const struct afd_hmac *hmac, const char *class, struct afd_span value,
				   struct afd_text *scratch, struct afd_text *out)
{
	if (strcmp(class, "secret") == 0)
		return afd_text_puts(out, "~secret");
	afd_text_clear(scratch);
	bool ready =
		afd_text_puts(scratch, class) && afd_text_putc(scratch, '\0') && afd_canonical(class, value, scratch);
	unsigned char digest[AFD_HMAC_BYTES];
	if (ready)
		afd_hmac_of(hmac, afd_text_span(scratch), digest);
	if (scratch->data)
		explicit_bzero(scratch->data, scratch->size);
	return ready && afd_text_putc(out, '~') && afd_text_puts(out, class) && afd_text_putc(out, ':') &&
		   add_hex(digest, out);
}
