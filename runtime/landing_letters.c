/* SPDX-License-Identifier: MIT */
#include "landing_letters.h"

#include "json_utf8.h"

#include <stdint.h>

/* Upper-case letters and how far their lower-case ones are. */
struct range {
	uint32_t first, last;
	uint32_t step; /* 2: upper and lower case alternate */
	uint32_t distance;
};

static const struct range ranges[] = {
	{ 0x41, 0x5A, 1, 32 },   { 0xC0, 0xD6, 1, 32 },   { 0xD8, 0xDE, 1, 32 },    { 0x100, 0x12E, 2, 1 },
	{ 0x132, 0x136, 2, 1 },  { 0x139, 0x147, 2, 1 },  { 0x14A, 0x176, 2, 1 },   { 0x179, 0x17D, 2, 1 },
	{ 0x386, 0x386, 1, 38 }, { 0x388, 0x38A, 1, 37 }, { 0x38C, 0x38C, 1, 64 },  { 0x38E, 0x38F, 1, 63 },
	{ 0x391, 0x3A1, 1, 32 }, { 0x3A3, 0x3AB, 1, 32 }, { 0x400, 0x40F, 1, 80 },  { 0x410, 0x42F, 1, 32 },
	{ 0x460, 0x480, 2, 1 },  { 0x48A, 0x4BE, 2, 1 },  { 0x4C0, 0x4C0, 1, 15 },  { 0x4C1, 0x4CD, 2, 1 },
	{ 0x4D0, 0x52E, 2, 1 },  { 0x531, 0x556, 1, 48 }, { 0x1E00, 0x1E94, 2, 1 }, { 0x1EA0, 0x1EFE, 2, 1 },
};

/* The range that the letter is an upper-case or a lower-case one of. */
static const struct range *range_of(uint32_t letter, bool lower)
{
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		uint32_t shift = lower ? ranges[i].distance : 0;
		if (letter < ranges[i].first + shift || letter > ranges[i].last + shift)
			continue;
		if ((letter - shift - ranges[i].first) % ranges[i].step == 0)
			return &ranges[i];
	}
	return NULL;
}

static uint32_t lower_of(uint32_t letter)
{
	const struct range *range = range_of(letter, false);
	return range ? letter + range->distance : letter;
}

static uint32_t upper_of(uint32_t letter)
{
	const struct range *range = range_of(letter, true);
	return range ? letter - range->distance : letter;
}

static void write_each(struct afd_span utf8, uint32_t (*map)(uint32_t), struct afd_text *out)
{
	for (size_t at = 0; at < utf8.size;) {
		uint32_t letter;
		char bytes[4];
		size_t size = afd_utf8_next(utf8, at, &letter);
		if (size > 0)
			afd_text_add(out, (struct afd_span){ bytes, afd_utf8_put(map(letter), bytes) });
		else
			afd_text_putc(out, utf8.data[at]);
		at += size > 0 ? size : 1;
	}
}

void afd_letters_lower(struct afd_span utf8, struct afd_text *out)
{
	write_each(utf8, lower_of, out);
}

void afd_letters_upper(struct afd_span utf8, struct afd_text *out)
{
	write_each(utf8, upper_of, out);
}
