/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdint.h>
#include <string.h>

#define LABEL(label, language, text)            { AFD_WORD_LABEL, AFD_LABEL_##label, "", language, text, sizeof(text) - 1 },
#define WORD(class, id, value, language, text) { AFD_WORD_##class, id, value, language, text, sizeof(text) - 1 },
const struct afd_word afd_words[] = {
#include "words.def"
};
const size_t afd_word_count = sizeof afd_words / sizeof afd_words[0];

#undef LABEL
#define LABEL(label, language, text)            AFD_WORD_LABEL,
#define WORD(class, id, value, language, text) AFD_WORD_##class,
static const unsigned char classes[] = {
#include "words.def"
};

/* The first row of the class from row `i` on; afd_word_count: none. Rows of a class stand together. */
static size_t next_of(enum afd_word_class class, size_t i)
{
	if (i >= sizeof classes || classes[i] == class)
		return i;
	const unsigned char *found = memchr(classes + i, (int)class, sizeof classes - i);
	return found ? (size_t)(found - classes) : afd_word_count;
}

enum { FOLDED_MAX = 96 };

enum { SMALL_IS_ODD, SMALL_IS_EVEN };

/* Capital letters of Latin, Cyrillic and Greek that take as many bytes as their small ones. `by` is how far the small one is,
 * or which of two neighbours it is. */
static unsigned fold_letter(unsigned letter)
{
	static const struct {
		unsigned short first, last, by;
	} capitals[] = {
		{ 0xC0, 0xD6, 32 },
		{ 0xD8, 0xDE, 32 },
		{ 0x100, 0x12F, SMALL_IS_ODD },
		{ 0x132, 0x137, SMALL_IS_ODD },
		{ 0x139, 0x148, SMALL_IS_EVEN },
		{ 0x14A, 0x177, SMALL_IS_ODD },
		{ 0x179, 0x17E, SMALL_IS_EVEN },
		{ 0x1A0, 0x1A1, SMALL_IS_ODD },
		{ 0x1AF, 0x1B0, SMALL_IS_EVEN },
		{ 0x391, 0x3A9, 32 },
		{ 0x400, 0x40F, 80 },
		{ 0x410, 0x42F, 32 },
		{ 0x1E00, 0x1E95, SMALL_IS_ODD },
		{ 0x1EA0, 0x1EFF, SMALL_IS_ODD },
	};
	for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++) {
		if (letter < capitals[i].first || letter > capitals[i].last)
			continue;
		unsigned by = capitals[i].by;
		return by == SMALL_IS_ODD ? letter | 1 : by == SMALL_IS_EVEN ? letter + (letter & 1) : letter + by;
	}
	return letter;
}

static unsigned follower(struct afd_span text, size_t at)
{
	unsigned byte = at < text.size ? (unsigned char)text.data[at] : 0;
	return (byte & 0xC0) == 0x80 ? byte & 0x3F : 0x100;
}

/* Folds one letter of two or three bytes, else one byte; returns how many bytes it took. */
static size_t fold_one(struct afd_span text, size_t from, char **out)
{
	unsigned char byte = (unsigned char)text.data[from];
	unsigned second = follower(text, from + 1);
	unsigned third = follower(text, from + 2);
	if (byte >= 0xC3 && byte <= 0xDF && second < 0x100) {
		unsigned letter = fold_letter((byte & 0x1Fu) << 6 | second);
		*(*out)++ = (char)(0xC0 | letter >> 6);
		*(*out)++ = (char)(0x80 | (letter & 0x3F));
		return 2;
	}
	if (byte == 0xE1 && second < 0x100 && third < 0x100) {
		unsigned letter = fold_letter(0x1000 | second << 6 | third);
		*(*out)++ = (char)0xE1;
		*(*out)++ = (char)(0x80 | (letter >> 6 & 0x3F));
		*(*out)++ = (char)(0x80 | (letter & 0x3F));
		return 3;
	}
	*(*out)++ = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : (char)byte;
	return 1;
}

static bool is_mark(char byte)
{
	return byte == '*' || byte == '`' || byte == '\r';
}

struct afd_span afd_word_fold(struct afd_span text, char buffer[128])
{
	static const char apostrophe[] = "\xE2\x80\x99";
	text = afd_span_trim(text);
	char *out = buffer;
	if (text.size > FOLDED_MAX)
		return (struct afd_span){ buffer, 0 };
	for (size_t i = 0; i < text.size;) {
		bool blank = text.data[i] == ' ' || text.data[i] == '\t' || text.data[i] == '\n';
		if (is_mark(text.data[i]) || (blank && out > buffer && out[-1] == ' ')) {
			i++;
		} else if (blank) {
			*out++ = ' ';
			i++;
		} else if (afd_span_starts(afd_span_from(text, i), apostrophe)) {
			*out++ = '\'';
			i += 3;
		} else {
			i += fold_one(text, i, &out);
		}
	}
	return afd_span_trim((struct afd_span){ buffer, (size_t)(out - buffer) });
}

static struct afd_span text_of(const struct afd_word *word)
{
	return (struct afd_span){ word->text, word->size };
}

const struct afd_word *afd_word_find(enum afd_word_class class, struct afd_span text)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(text, buffer);
	if (folded.size == 0)
		return NULL;
	for (size_t i = next_of(class, 0); i < afd_word_count; i = next_of(class, i + 1))
		if (afd_span_equal(folded, text_of(&afd_words[i])))
			return &afd_words[i];
	return NULL;
}

const struct afd_word *afd_word_next(enum afd_word_class class, const struct afd_word *word)
{
	size_t i = next_of(class, word ? (size_t)(word - afd_words) + 1 : 0);
	return i < afd_word_count ? &afd_words[i] : NULL;
}

static bool is_letter(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u | 32) >= 'a' && (u | 32) <= 'z' ? true : u >= 0x80 || (u >= '0' && u <= '9') || u == '_';
}

static bool starts_at_boundary(struct afd_span folded, const struct afd_word *word)
{
	if (!afd_span_equal(afd_span_first(folded, word->size), text_of(word)))
		return false;
	return folded.size == word->size || !is_letter(word->text[word->size - 1]) || !is_letter(folded.data[word->size]);
}

const struct afd_word *afd_word_prefix(enum afd_word_class class, struct afd_span folded)
{
	const struct afd_word *best = NULL;
	for (size_t i = next_of(class, 0); i < afd_word_count; i = next_of(class, i + 1)) {
		const struct afd_word *word = &afd_words[i];
		if (starts_at_boundary(folded, word) && (!best || word->size > best->size))
			best = word;
	}
	return best;
}

const struct afd_word *afd_word_near(enum afd_word_class class, struct afd_span text, size_t *distance)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(text, buffer);
	const struct afd_word *best = NULL;
	/* one slip in a short word, two in a longer one */
	size_t allowed = folded.size <= 2 ? 0 : folded.size <= 6 ? 1 : 2;
	*distance = SIZE_MAX;
	for (size_t i = next_of(class, 0); i < afd_word_count; i = next_of(class, i + 1)) {
		size_t size = afd_words[i].size;
		if (size > folded.size + allowed || folded.size > size + allowed)
			continue;
		size_t far = afd_span_distance(folded, text_of(&afd_words[i]));
		if (far <= allowed && far < *distance) {
			*distance = far;
			best = &afd_words[i];
		}
	}
	return best;
}
