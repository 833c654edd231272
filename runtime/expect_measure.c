/* SPDX-License-Identifier: MIT
 * Measures of one value. Letters change their case in ASCII, Latin-1, Greek and Cyrillic; others stay as they
 * are, in every locale alike. */
#include "expect_question.h"
#include "json_utf8.h"

#include <openssl/evp.h>

/* What was a container is text from then on. */
static struct afd_value changed(struct afd_value value, enum afd_json_type type, struct afd_span text)
{
	return (struct afd_value){ type, text, AFD_JSON_NONE, value.got };
}

static struct afd_value size_of(struct afd_question *question, struct afd_value value)
{
	struct afd_got size = { .kind = AFD_GOT_NUMBER, .number = (long long)value.text.size, .unit = "bytes" };
	size.node = value.got.node;
	return afd_value_of_number(question, size);
}

/* Lower-case hexadecimal; empty where the digest is not to be had. */
static struct afd_value digest(struct afd_question *question, struct afd_value value, const EVP_MD *kind)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int size = 0;
	if (EVP_Digest(value.text.data, value.text.size, bytes, &size, kind, NULL) != 1)
		question->unanswered = true;
	char *hex = afd_arena_new(question->arena, 2 * EVP_MAX_MD_SIZE + 1);
	for (unsigned int i = 0; i < size && !question->unanswered; i++) {
		hex[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	return changed(value, AFD_JSON_STRING, afd_span_of(hex));
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
static struct afd_value change_case(struct afd_question *question, struct afd_value value, bool upper)
{
	char *text = afd_arena_copy(question->arena, value.text);
	for (size_t at = 0; at < value.text.size;) {
		uint32_t code;
		size_t size = afd_utf8_next(value.text, at, &code);
		if (size == 1 || size == 2)
			(void)afd_utf8_put(in_case(code, upper), text + at);
		at += size ? size : 1;
	}
	bool container = value.type == AFD_JSON_ARRAY || value.type == AFD_JSON_OBJECT;
	enum afd_json_type type = container ? AFD_JSON_STRING : value.type;
	return changed(value, type, (struct afd_span){ text, value.text.size });
}

struct afd_value afd_value_measured(struct afd_question *question, struct afd_value value)
{
	switch (question->term->measure) {
	case AFD_SIZE: return size_of(question, value);
	case AFD_SHA256: return digest(question, value, EVP_sha256());
	case AFD_MD5: return digest(question, value, EVP_md5());
	case AFD_LOWER: return change_case(question, value, false);
	case AFD_UPPER: return change_case(question, value, true);
	default: return value;
	}
}
