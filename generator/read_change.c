/* SPDX-License-Identifier: MIT
 * Expected changes of watched tables: "`orders` by records, no other table". */
#include "read.h"

#include <stdint.h>
#include <string.h>

/* What is said of one table, or of all others (name "*"). */
struct change {
	struct afd_span where;
	const char *table, *value;
};

static const char *number_in(struct afd_span text, struct afd_arena *arena)
{
	for (size_t i = 0; i < text.size; i++) {
		size_t size = strspn(text.data + i, "+-0123456789");
		if (size > text.size - i)
			size = text.size - i;
		if (size && (size > 1 || strchr("0123456789", text.data[i])))
			return afd_arena_copy(arena, (struct afd_span){ text.data + i, size });
	}
	return NULL;
}

static const struct afd_word *change_word(struct afd_span text)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(text, buffer);
	for (size_t i = 0; i < folded.size; i++) {
		bool start = i == 0 || folded.data[i - 1] == ' ';
		const struct afd_word *word = start ? afd_word_prefix(AFD_WORD_CHANGE, afd_span_from(folded, i)) : NULL;
		if (word)
			return word;
	}
	return NULL;
}

/* One part between commas; false: it is not understood. */
static bool read_part(struct afd_span part, struct afd_arena *arena, struct change *change)
{
	struct afd_span after;
	struct afd_span table = afd_read_code_span(part, &after);
	const struct afd_word *word = change_word(table.size ? after : part);
	*change = (struct change){ .where = part, .table = table.size ? afd_arena_copy(arena, table) : "*" };
	if (word && (table.size || strcmp(word->value, "records") != 0))
		change->value = word->value;
	else
		change->value = table.size ? number_in(after, arena) : NULL;
	return change->value != NULL;
}

static bool is_watched(const struct afd_model *model, const char *table)
{
	return strcmp(table, "*") == 0 || afd_index_find(&model->watched_tables, table) != SIZE_MAX;
}

/* Tables that are looked at for a suggestion. */
enum { GUESSES_MAX = 1000 };

static void check_table(struct afd_reader *reader, const struct change *change)
{
	if (is_watched(reader->model, change->table))
		return;
	struct afd_span table = afd_read_code_span(change->where, NULL);
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "table", table,
											  "'%s' is no watched table", change->table);
	const char *best = NULL;
	size_t distance = 4;
	for (size_t i = 0; row && i < reader->model->watch.count && i < GUESSES_MAX; i++) {
		size_t far = afd_span_distance(table, afd_span_of(reader->model->watch.rows[i].table));
		if (far < distance) {
			distance = far;
			best = reader->model->watch.rows[i].table;
		}
	}
	if (best)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", best);
}

static void add_change(struct afd_reader *reader, struct afd_model_test *test, const struct change *change)
{
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, &test->expectations.rows, &test->expectations.count, sizeof *row);
	unsigned line = afd_read_line(reader, change->where);
	*row = (struct afd_model_expectation){ .line = line, .text = afd_arena_copy(reader->arena, change->where) };
	struct afd_model_term *term =
		afd_arena_push(reader->arena, &test->terms.rows, &test->terms.count, sizeof *term);
	*term = (struct afd_model_term){
		.line = line,
		.expectation = (unsigned)test->expectations.count - 1,
		.alternative = 1,
		.subject = "AFD_DELTA",
		.predicate = "AFD_IS",
		.name = change->table,
		.value = change->value,
	};
}

static void read_parts(struct afd_reader *reader, struct afd_model_test *test, struct afd_span text)
{
	while (text.size > 0) {
		const char *comma = memchr(text.data, ',', text.size);
		size_t size = comma ? (size_t)(comma - text.data) : text.size;
		struct afd_span part = afd_span_trim(afd_span_first(text, size));
		text = afd_span_from(text, comma ? size + 1 : size);
		struct change change;
		if (part.size == 0)
			continue;
		if (read_part(part, reader->arena, &change)) {
			check_table(reader, &change);
			add_change(reader, test, &change);
			continue;
		}
		struct afd_diagnostic *row =
			afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "change", part, "this change is not understood");
		afd_diag_hint(reader->diag, row, "write `table` by records, `table` by 2, no other table, or no change");
	}
}

void afd_read_change(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label)
{
	read_parts(reader, test, label->text);
	const struct afd_block *content = afd_read_content(reader, label);
	for (size_t i = 0; content && content->kind == AFD_LIST && i < content->line_count; i++)
		read_parts(reader, test, content->lines[i].text);
}
