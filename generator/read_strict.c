/* SPDX-License-Identifier: MIT
 * The project's own table of conditions: | What | Condition |. Nothing in it is prose, so a word that is not
 * understood is an error, with the word that was meant where one is near. */
#include "read.h"

#include <stdint.h>
#include <string.h>

enum { CELLS_MAX = 8, NEAR_WORDS_MAX = 5 };

static void check_column(struct afd_reader *reader, struct afd_span cell)
{
	const struct afd_word *word = afd_word_find(AFD_WORD_COLUMN, cell);
	if (word && (word->id == AFD_COLUMN_WHAT || word->id == AFD_COLUMN_CONDITION))
		return;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "column", cell,
											  "unknown column '%.*s'", (int)cell.size, cell.data);
	size_t distance;
	const struct afd_word *near = afd_word_near(AFD_WORD_COLUMN, cell, &distance);
	if (near)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", near->text);
}

bool afd_read_is_own_table(struct afd_reader *reader, const struct afd_block *table)
{
	struct afd_span cells[CELLS_MAX];
	size_t count = table->line_count ? afd_read_cells(table->lines[0].text, cells, CELLS_MAX) : 0;
	bool what = false;
	bool own = false;
	for (size_t i = 0; i < count; i++) {
		const struct afd_word *word = afd_word_find(AFD_WORD_COLUMN, cells[i]);
		own = own || (what && word && word->id == AFD_COLUMN_CONDITION);
		what = what || (word && word->id == AFD_COLUMN_WHAT);
	}
	for (size_t i = 0; own && i < count; i++)
		check_column(reader, cells[i]);
	return own;
}

struct suggestion {
	const struct afd_word *word;
	size_t distance;
};

/* Tries the words that begin at `from`, and reach past `past`, as one. */
static void try_words(const char *from, const char *past, const char *end, struct suggestion *best)
{
	static const enum afd_word_class classes[] = { AFD_WORD_PREDICATE, AFD_WORD_SUBJECT, AFD_WORD_MEASURE,
												   AFD_WORD_UNIT,      AFD_WORD_TYPE,    AFD_WORD_OPERATOR };
	const char *at = from;
	for (int count = 0; count < NEAR_WORDS_MAX && at < end; count++) {
		while (at < end && *at == ' ')
			at++;
		while (at < end && !strchr(" `|(),;\"", *at))
			at++;
		struct afd_span words = afd_span_trim((struct afd_span){ from, (size_t)(at - from) });
		for (size_t i = 0; at > past && i < sizeof classes / sizeof classes[0]; i++) {
			size_t distance;
			const struct afd_word *near = afd_word_near(classes[i], words, &distance);
			if (near && distance < best->distance)
				*best = (struct suggestion){ near, distance };
		}
	}
}

static void suggest(struct afd_reader *reader, struct afd_diagnostic *row, struct afd_span word,
					struct afd_span before)
{
	const char *end = word.data;
	const struct afd_span all = reader->model->source->text;
	while (end < all.data + all.size && *end != '\n')
		end++;
	struct suggestion best = { NULL, SIZE_MAX };
	try_words(word.data, word.data, end, &best);
	bool joined = before.size && before.data + before.size + 1 == word.data;
	if (joined)
		try_words(before.data, word.data, end, &best);
	if (best.word)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", best.word->text);
}

void afd_read_refuse_word(struct afd_reader *reader, const struct afd_expect_lexer *lexer)
{
	struct afd_span word = lexer->noise;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", word,
											  "unknown word '%.*s'", (int)word.size, word.data);
	if (row)
		suggest(reader, row, word, lexer->near_word);
}

void afd_read_refuse_row(struct afd_reader *reader, struct afd_span text,
						 const struct afd_expect_lexer *lexer)
{
	if (lexer->noise.size) {
		afd_read_refuse_word(reader, lexer);
		return;
	}
	struct afd_span where = lexer->failed_at.size ? lexer->failed_at : text;
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", where, "this row states no condition");
	if (lexer->failure[0])
		afd_diag_hint(reader->diag, row, "%s", lexer->failure);
}
