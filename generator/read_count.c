/* SPDX-License-Identifier: MIT
 * What a document says of its own size, in its title or in bold: "**50+ requests**". It is held against what
 * was found. */
#include "read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 3, DIGITS_MAX = 6 };

/* What the document has. */
struct size {
	size_t tests, cases;
	const char *summary;
};

struct counted {
	struct afd_span where; /* the number with its words */
	size_t number;
	bool more; /* "50+" */
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static size_t word_end(struct afd_span text, size_t at)
{
	while (at < text.size && !strchr(" \t.,;:()/*|", text.data[at]))
		at++;
	return at;
}

/* The longest run of words for requests or tests at `at`; 0: there is none. */
static size_t counted_words(struct afd_span text, size_t at)
{
	size_t end = at;
	size_t best = 0;
	for (int count = 0; count < WORDS_MAX && end < text.size; count++) {
		end = word_end(text, end);
		struct afd_span words = { text.data + at, end - at };
		const struct afd_word *word = afd_word_find(AFD_WORD_COUNTED, words);
		best = word && word->id == 0 ? end : best;
		while (end < text.size && text.data[end] == ' ')
			end++;
	}
	return best;
}

/* "per minute": not a count of the document. */
static bool is_rate(struct afd_span after)
{
	if (after.size && after.data[0] == '/')
		return true;
	after = afd_span_trim(after);
	const struct afd_word *word = afd_word_find(AFD_WORD_COUNTED, afd_span_first(after, word_end(after, 0)));
	return word && word->id == 1;
}

static bool read_counted(struct afd_span text, size_t at, struct counted *found)
{
	size_t end = at;
	while (end < text.size && is_digit(text.data[end]))
		end++;
	bool alone = at == 0 || strchr(" \t(", text.data[at - 1]);
	if (!alone || end == at || end - at > DIGITS_MAX)
		return false;
	found->number = (size_t)strtoul(text.data + at, NULL, 10);
	found->more = end < text.size && text.data[end] == '+';
	end += found->more;
	size_t words = end;
	while (words < text.size && text.data[words] == ' ')
		words++;
	size_t after = words > end ? counted_words(text, words) : 0;
	if (after == 0 || is_rate(afd_span_from(text, after)))
		return false;
	found->where = (struct afd_span){ text.data + at, after - at };
	return true;
}

static void check_text(struct afd_reader *reader, const struct size *size, struct afd_span text)
{
	for (size_t i = 0; i < text.size; i++) {
		struct counted found;
		if (!is_digit(text.data[i]) || (i && is_digit(text.data[i - 1])) || !read_counted(text, i, &found))
			continue;
		bool exact = found.number == size->tests || found.number == size->cases;
		if (exact && !found.more)
			continue;
		afd_diag_add(reader->diag, AFD_WARNING, "count", found.where, "the document has %s",
					 size->summary);
	}
}

/* Between two pairs of stars. */
static void check_bold(struct afd_reader *reader, const struct size *size, struct afd_span text)
{
	for (size_t open = afd_span_find(text, "**", 0); open != SIZE_MAX;) {
		size_t close = afd_span_find(text, "**", open + 2);
		if (close == SIZE_MAX)
			return;
		check_text(reader, size, (struct afd_span){ text.data + open + 2, close - open - 2 });
		open = afd_span_find(text, "**", close + 2);
	}
}

void afd_read_check_counts(struct afd_reader *reader)
{
	const struct afd_document *document = reader->document;
	struct afd_model *model = reader->model;
	struct size size = { model->tests.count, afd_model_case_count(model), afd_model_summary(model) };
	bool titled = false;
	for (size_t i = 0; size.tests && i < document->count; i++) {
		const struct afd_block *block = &document->blocks[i];
		bool title = block->kind == AFD_HEADING && block->level == 1 && !titled;
		titled = titled || block->kind == AFD_HEADING;
		if (title || (block->kind == AFD_LABEL && block->bold))
			check_text(reader, &size, title ? block->text : block->name);
		if (block->kind == AFD_LABEL)
			check_bold(reader, &size, block->text);
		for (size_t k = 0; (block->kind == AFD_PARAGRAPH || block->kind == AFD_LIST) && k < block->line_count;
			 k++)
			check_bold(reader, &size, block->lines[k].text);
	}
}
