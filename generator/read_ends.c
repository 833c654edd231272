/* SPDX-License-Identifier: MIT
 * What a folded text ends with: words, marks, links. */
#include "survey.h"

#include <string.h>

static bool is_word_byte(char byte)
{
	return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || byte == '_';
}

bool afd_ends_with_word(struct afd_span folded, const char *word)
{
	size_t size = strlen(word);
	if (!afd_span_ends(folded, word))
		return false;
	return folded.size == size || (unsigned char)word[0] >= 0xE0 ||
		   !is_word_byte(folded.data[folded.size - size - 1]);
}

bool afd_ends_with_class(struct afd_span folded, enum afd_word_class class)
{
	for (const struct afd_word *word = NULL; (word = afd_word_next(class, word));)
		if (afd_ends_with_word(folded, word->text))
			return true;
	return false;
}

struct afd_span afd_without_ends(struct afd_span folded)
{
	static const char *const marks[] = { "\xEF\xBC\x9A",
										 "\xE2\x80\x93",
										 "\xE2\x80\x94",
										 "\xEF\xBC\x88",
										 "\xE2\x86\x92",
										 " ",
										 ":",
										 "=",
										 "(",
										 "[",
										 "{",
										 "\"",
										 "'",
										 "_",
										 "-",
										 ",",
										 ">",
										 "~" };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0];) {
		bool ends = afd_span_ends(folded, marks[i]);
		folded.size -= ends ? strlen(marks[i]) : 0;
		i = ends ? 0 : i + 1;
	}
	return folded;
}

const struct afd_word *afd_last_word(struct afd_span folded, enum afd_word_class class)
{
	const struct afd_word *longest = NULL;
	for (const struct afd_word *word = NULL; (word = afd_word_next(class, word));)
		if (afd_ends_with_word(folded, word->text) && (!longest || word->size > longest->size))
			longest = word;
	return longest;
}

struct afd_span afd_without_links(struct afd_span folded)
{
	const struct afd_word *link;
	folded = afd_without_ends(folded);
	while ((link = afd_last_word(folded, AFD_WORD_LINK)))
		folded = afd_without_ends(afd_span_first(folded, folded.size - link->size));
	return folded;
}
