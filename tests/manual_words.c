/* SPDX-License-Identifier: MIT
 * manual_words labels|conditions: the words of words.def as a table of markdown, for the manual. */
#include "words.h"

#include <stdio.h>
#include <string.h>

static const struct {
	enum afd_word_class class;
	const char *name;
} conditions[] = {
	{ AFD_WORD_OPERATOR, "Between conditions" },
	{ AFD_WORD_SUBJECT, "What is looked at" },
	{ AFD_WORD_MEASURE, "What is taken of it" },
	{ AFD_WORD_PREDICATE, "What is said of it" },
	{ AFD_WORD_TYPE, "Types" },
	{ AFD_WORD_UNIT, "Units" },
	{ AFD_WORD_BOUND, "Bounds of a repetition" },
	{ AFD_WORD_STAGE, "Stages" },
};

/* One meaning: words that say the same. */
static bool same_meaning(const struct afd_word *a, const struct afd_word *b)
{
	return a->class == b->class && a->id == b->id && strcmp(a->value, b->value) == 0;
}

static bool is_first(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (same_meaning(&afd_words[i], &afd_words[index]))
			return false;
	return true;
}

/* English, Russian, or the rest, with the names of their languages. */
static void print_words(const struct afd_word *meaning, const char *language)
{
	const char *separator = " ";
	const char *last = "";
	for (size_t i = 0; i < afd_word_count; i++) {
		const struct afd_word *word = &afd_words[i];
		bool rest = strcmp(word->language, "en") != 0 && strcmp(word->language, "ru") != 0;
		if (!same_meaning(word, meaning) || (language ? strcmp(word->language, language) != 0 : !rest))
			continue;
		printf("%s", separator);
		if (!language && strcmp(word->language, last) != 0)
			printf("*%s* ", word->language);
		printf("%s", word->text);
		last = word->language;
		separator = ", ";
	}
	printf(" |");
}

static void print_class(enum afd_word_class class, bool elsewhere)
{
	for (size_t i = 0; i < afd_word_count; i++) {
		if (afd_words[i].class != class || !is_first(i))
			continue;
		printf("|");
		print_words(&afd_words[i], "en");
		print_words(&afd_words[i], "ru");
		if (elsewhere)
			print_words(&afd_words[i], NULL);
		printf("\n");
	}
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "labels") == 0) {
		printf("| English | Russian | Elsewhere |\n|---|---|---|\n");
		print_class(AFD_WORD_LABEL, true);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "conditions") == 0) {
		for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
			bool elsewhere = conditions[i].class == AFD_WORD_OPERATOR;
			printf("%s**%s**\n\n| English | Russian |%s\n|---|---|%s\n", i ? "\n" : "", conditions[i].name,
				   elsewhere ? " Elsewhere |" : "", elsewhere ? "---|" : "");
			print_class(conditions[i].class, elsewhere);
		}
		return 0;
	}
	fputs("usage: manual_words labels|conditions\n", stderr);
	return 2;
}
