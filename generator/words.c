/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdint.h>
#include <string.h>

#define LABEL(label, language, text)            { AFD_WORD_LABEL, AFD_LABEL_##label, "", language, text },
#define WORD(class, id, value, language, text) { AFD_WORD_##class, id, value, language, text },
const struct afd_word afd_words[] = {
#include "words.def"
};
const size_t afd_word_count = sizeof afd_words / sizeof afd_words[0];

enum { FOLDED_MAX = 96 };

/* Lower case of the two-byte letters: Latin-1, Latin Extended-A, Cyrillic. */
static unsigned fold_letter(unsigned letter)
{
	if (letter >= 0xC0 && letter <= 0xDE && letter != 0xD7)
		return letter + 32;
	if (letter >= 0x100 && letter <= 0x17E)
		return letter < 0x139 || letter > 0x148 ? letter | 1 : letter + (letter & 1);
	if (letter >= 0x410 && letter <= 0x42F)
		return letter + 32;
	if (letter >= 0x400 && letter <= 0x40F)
		return letter + 80;
	return letter;
}

/* Folds one code point at `from`; returns how many bytes it took. */
static size_t fold_one(struct afd_span text, size_t from, char **out)
{
	unsigned char byte = (unsigned char)text.data[from];
	if (byte < 0x80) {
		*(*out)++ = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : (char)byte;
		return 1;
	}
	bool two = byte >= 0xC3 && byte <= 0xDF && from + 1 < text.size;
	unsigned letter = two ? (byte & 0x1Fu) << 6 | ((unsigned char)text.data[from + 1] & 0x3Fu) : 0;
	if (!two) {
		*(*out)++ = (char)byte;
		return 1;
	}
	letter = fold_letter(letter);
	*(*out)++ = (char)(0xC0 | letter >> 6);
	*(*out)++ = (char)(0x80 | (letter & 0x3F));
	return 2;
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

const struct afd_word *afd_word_find(enum afd_word_class class, struct afd_span text)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(text, buffer);
	if (folded.size == 0)
		return NULL;
	for (size_t i = 0; i < afd_word_count; i++)
		if (afd_words[i].class == class && afd_span_is(folded, afd_words[i].text))
			return &afd_words[i];
	return NULL;
}

static bool is_letter(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u | 32) >= 'a' && (u | 32) <= 'z' ? true : u >= 0x80 || (u >= '0' && u <= '9') || u == '_';
}

static bool starts_at_boundary(struct afd_span folded, const char *word)
{
	size_t size = strlen(word);
	if (!afd_span_starts(folded, word))
		return false;
	return folded.size == size || !is_letter(word[size - 1]) || !is_letter(folded.data[size]);
}

const struct afd_word *afd_word_prefix(enum afd_word_class class, struct afd_span folded)
{
	const struct afd_word *best = NULL;
	for (size_t i = 0; i < afd_word_count; i++) {
		const struct afd_word *word = &afd_words[i];
		if (word->class == class && starts_at_boundary(folded, word->text) &&
			(!best || strlen(word->text) > strlen(best->text)))
			best = word;
	}
	return best;
}

const struct afd_word *afd_word_near(enum afd_word_class class, struct afd_span text, size_t *distance)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(text, buffer);
	const struct afd_word *best = NULL;
	*distance = SIZE_MAX;
	for (size_t i = 0; i < afd_word_count; i++) {
		if (afd_words[i].class != class)
			continue;
		size_t far = afd_span_distance(folded, afd_span_of(afd_words[i].text));
		if (far < *distance) {
			*distance = far;
			best = &afd_words[i];
		}
	}
	/* one slip in a short word, two in a longer one */
	size_t allowed = folded.size <= 2 ? 0 : folded.size <= 6 ? 1 : 2;
	return *distance <= allowed ? best : NULL;
}
