/* SPDX-License-Identifier: MIT
 * Measures of one value: its size, digests, case, and days. Letters change their case in ASCII, Latin-1,
 * Greek and Cyrillic; others stay as they are, in every locale alike. */
#include "expect_question.h"
#include "expect_time.h"
#include "json_utf8.h"

#include <openssl/evp.h>

#include <stdlib.h>
#include <time.h>

bool afd_measure_size(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	struct afd_got size = { .kind = AFD_GOT_NUMBER, .number = (long long)value->text.size, .unit = "bytes" };
	size.node = value->got.node;
	*value = afd_value_of_number(question, size);
	return true;
}

/* Lower-case hexadecimal. */
static bool digest(struct afd_question *question, struct afd_value *value, const EVP_MD *kind)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int size = 0;
	if (EVP_Digest(value->text.data, value->text.size, bytes, &size, kind, NULL) != 1)
		question->unanswered = true;
	char *hex = afd_arena_new(question->arena, 2 * EVP_MAX_MD_SIZE + 1);
	for (unsigned int i = 0; i < size && !question->unanswered; i++) {
		hex[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	afd_value_change(value, afd_span_of(hex));
	return true;
}

bool afd_measure_sha256(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	return digest(question, value, EVP_sha256());
}

bool afd_measure_md5(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	return digest(question, value, EVP_md5());
}

/* Capital letters `first` to `last` and their small ones, `distance` further on. */
static const struct letters {
	uint32_t first, last, distance;
} letters[] = {
	{ 'A', 'Z', 32 },     { 0xc0, 0xd6, 32 },   { 0xd8, 0xde, 32 },   { 0x391, 0x3a1, 32 },
	{ 0x3a3, 0x3ab, 32 }, { 0x400, 0x40f, 80 }, { 0x410, 0x42f, 32 },
};

static uint32_t in_case(uint32_t code, bool upper)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		const struct letters *row = &letters[i];
		uint32_t from = upper ? row->distance : 0;
		if (code >= row->first + from && code <= row->last + from)
			return upper ? code - row->distance : code + row->distance;
	}
	return code;
}

/* All letters of the table keep their size in UTF-8. */
static bool change_case(struct afd_question *question, struct afd_value *value, bool upper)
{
	char *text = afd_arena_copy(question->arena, value->text);
	for (size_t at = 0; at < value->text.size;) {
		uint32_t code;
		size_t size = afd_utf8_next(value->text, at, &code);
		if (size == 1 || size == 2)
			(void)afd_utf8_put(in_case(code, upper), text + at);
		at += size ? size : 1;
	}
	afd_value_change(value, (struct afd_span){ text, value->text.size });
	return true;
}

bool afd_measure_lower(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	return change_case(question, value, false);
}

bool afd_measure_upper(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	return change_case(question, value, true);
}

/* Days from now, with six digits of a day; a time without a zone is one of UTC. */
static bool days(struct afd_question *question, struct afd_value *value, int sign)
{
	struct afd_moment moment;
	if (!afd_moment_read(value->text, &moment))
		return false;
	long long now = question->judged->now ? question->judged->now : (long long)time(NULL);
	long long seconds = sign * (moment.seconds - moment.offset - now);
	long long whole = llabs(seconds);
	struct afd_got met = { .kind = AFD_GOT_NUMBER, .number = seconds / 86400, .unit = "days" };
	met.node = value->got.node;
	*value = afd_value_of_number(question, met);
	value->text = afd_span_of(afd_arena_printf(question->arena, "%s%lld.%06lld", seconds < 0 ? "-" : "",
											   whole / 86400, whole % 86400 * 1000000 / 86400));
	return true;
}

bool afd_measure_days_until(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	return days(question, value, 1);
}

bool afd_measure_days_since(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	return days(question, value, -1);
}
