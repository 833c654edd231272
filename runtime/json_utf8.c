/* SPDX-License-Identifier: MIT */
#include "json_utf8.h"

static bool is_continuation(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* The size that a lead byte promises, and its bits. */
static size_t lead_size(unsigned char lead, uint32_t *bits)
{
	if (lead >= 0xc2 && lead <= 0xdf) {
		*bits = lead & 0x1fu;
		return 2;
	}
	if (lead >= 0xe0 && lead <= 0xef) {
		*bits = lead & 0x0fu;
		return 3;
	}
	*bits = lead & 0x07u;
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/* Overlong forms, surrogates and what lies past the last plane. */
static bool is_refused(uint32_t code, size_t size)
{
	if (size == 3)
		return code < 0x800 || (code >= 0xd800 && code <= 0xdfff);
	return size == 4 && (code < 0x10000 || code > 0x10ffff);
}

size_t afd_utf8_next(struct afd_span text, size_t offset, uint32_t *code)
{
	const unsigned char *bytes = (const unsigned char *)text.data + offset;
	if (bytes[0] < 0x80) {
		*code = bytes[0];
		return 1;
	}
	uint32_t bits;
	size_t size = lead_size(bytes[0], &bits);
	if (size == 0 || text.size - offset < size)
		return 0;
	for (size_t i = 1; i < size; i++) {
		if (!is_continuation(bytes[i]))
			return 0;
		bits = bits << 6 | (bytes[i] & 0x3fu);
	}
	*code = bits;
	return is_refused(bits, size) ? 0 : size;
}

size_t afd_utf8_put(uint32_t code, char bytes[4])
{
	static const unsigned char leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	if (code < 0x80) {
		bytes[0] = (char)code;
		return 1;
	}
	size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = size - 1; i > 0; i--, code >>= 6)
		bytes[i] = (char)(0x80u | (code & 0x3fu));
	bytes[0] = (char)(leads[size] | code);
	return size;
}
