/* SPDX-License-Identifier: MIT
 * The words by their text, so that a sentence is read in time linear in it. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

struct afd_vocabulary {
	const struct afd_word **rows; /* by text */
	size_t count;
	size_t first[257]; /* of each first byte, and of the end: the first row */
};

static unsigned char first_byte(const struct afd_word *word)
{
	return (unsigned char)word->text[0];
}

static int by_text(const void *a, const void *b)
{
	return strcmp((*(const struct afd_word *const *)a)->text, (*(const struct afd_word *const *)b)->text);
}

const struct afd_vocabulary *afd_vocabulary_new(struct afd_arena *arena)
{
	struct afd_vocabulary *vocabulary = afd_arena_new(arena, sizeof *vocabulary);
	vocabulary->rows = afd_arena_array(arena, afd_word_count, sizeof *vocabulary->rows);
	for (size_t i = 0; i < afd_word_count; i++)
		vocabulary->rows[vocabulary->count++] = &afd_words[i];
	qsort((void *)vocabulary->rows, vocabulary->count, sizeof *vocabulary->rows, by_text);
	size_t row = 0;
	for (size_t byte = 0; byte <= 256; byte++) {
		while (row < vocabulary->count && first_byte(vocabulary->rows[row]) < byte)
			row++;
		vocabulary->first[byte] = row;
	}
	return vocabulary;
}

/* The first row that is not before the text. A blank sorts before what a word may go on with. */
static size_t first_row(const struct afd_vocabulary *vocabulary, struct afd_span text)
{
	unsigned char byte = (unsigned char)text.data[0];
	size_t low = vocabulary->first[byte];
	size_t high = vocabulary->first[byte + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *row = vocabulary->rows[middle]->text;
		int order = strncmp(row, text.data, text.size);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct afd_word *afd_vocabulary_find(const struct afd_vocabulary *vocabulary, enum afd_word_class class,
										   struct afd_span folded)
{
	if (folded.size == 0)
		return NULL;
	for (size_t i = first_row(vocabulary, folded); i < vocabulary->count; i++) {
		const struct afd_word *word = vocabulary->rows[i];
		if (!afd_span_is(folded, word->text))
			return NULL;
		if (word->class == class)
			return word;
	}
	return NULL;
}

bool afd_vocabulary_begins(const struct afd_vocabulary *vocabulary, struct afd_span folded)
{
	size_t row = folded.size ? first_row(vocabulary, folded) : vocabulary->count;
	if (row == vocabulary->count)
		return false;
	const char *text = vocabulary->rows[row]->text;
	return strncmp(text, folded.data, folded.size) == 0 &&
		   (text[folded.size] == '\0' || text[folded.size] == ' ');
}
