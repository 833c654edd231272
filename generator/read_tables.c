/* SPDX-License-Identifier: MIT
 * The project's own tables. They are strict: an unknown column or type is an error with a suggestion. */
#include "read.h"

#include <stdint.h>
#include <string.h>

enum { CELLS_MAX = 8 };

/* A table with the columns that it must have, in whatever order they stand. */
struct columns {
	const struct afd_block *table;
	size_t count;         /* of the table */
	size_t at[CELLS_MAX]; /* cell of each wanted column */
};

static void refuse_column(struct afd_reader *reader, struct afd_span cell)
{
	size_t distance;
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "column", cell, "unknown column '%.*s'", (int)cell.size,
					 cell.data);
	const struct afd_word *near = afd_word_near(AFD_WORD_COLUMN, cell, &distance);
	if (near)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", near->text);
}

static void refuse_table(struct afd_reader *reader, struct afd_span head, enum afd_column_word lacks)
{
	const struct afd_word *word = NULL;
	while ((word = afd_word_next(AFD_WORD_COLUMN, word)) && word->id != (int)lacks)
		;
	afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "column", head, "this table lacks the column '%s'",
				 word ? word->text : "");
}

static bool find_columns(struct afd_reader *reader, const struct afd_block *label, const enum afd_column_word *wanted,
						 size_t count, struct columns *found)
{
	const struct afd_block *table = label + 1 < reader->document->blocks + reader->end ? label + 1 : NULL;
	if (!table || table->kind != AFD_TABLE || table->line_count < 2) {
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "table", label->name, "a table must follow this label");
		return false;
	}
	found->table = table;
	struct afd_span cells[CELLS_MAX];
	size_t cell_count = found->count = afd_read_cells(table->lines[0].text, cells, CELLS_MAX);
	for (size_t i = 0; i < count; i++)
		found->at[i] = CELLS_MAX;
	for (size_t c = 0; c < cell_count; c++) {
		const struct afd_word *word = afd_word_find(AFD_WORD_COLUMN, cells[c]);
		if (!word)
			refuse_column(reader, cells[c]);
		for (size_t i = 0; word && i < count; i++)
			if (word->id == (int)wanted[i])
				found->at[i] = c;
	}
	if (found->at[0] == CELLS_MAX)
		refuse_table(reader, table->lines[0].text, wanted[0]);
	return found->at[0] != CELLS_MAX;
}

/* The cells of row `line` in the order of the wanted columns; one of a column that the table lacks is empty. False for the
 * head, and for a row that is refused because it lacks cells. */
static bool row_cells(struct afd_reader *reader, const struct columns *found, size_t line, struct afd_span *out,
					  size_t count)
{
	struct afd_span text = found->table->lines[line].text;
	struct afd_span cells[CELLS_MAX];
	if (line == 0 || afd_read_is_delimiter_row(text))
		return false;
	size_t cell_count = afd_read_cells(text, cells, CELLS_MAX);
	for (size_t i = 0; i < count; i++) {
		if (found->at[i] < CELLS_MAX && found->at[i] >= cell_count) {
			afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "cells", text, "this row has %zu cell%s, the table %zu columns", cell_count,
						 cell_count == 1 ? "" : "s", found->count);
			return false;
		}
		out[i] = found->at[i] < CELLS_MAX ? cells[found->at[i]] : (struct afd_span){ text.data, 0 };
	}
	return true;
}

void afd_read_watched(struct afd_reader *reader, const struct afd_block *label)
{
	static const enum afd_column_word wanted[] = { AFD_COLUMN_TABLE, AFD_COLUMN_KEY, AFD_COLUMN_VERSION, AFD_COLUMN_TIME };
	struct columns found;
	if (!find_columns(reader, label, wanted, 4, &found))
		return;
	struct afd_model *model = reader->model;
	for (size_t i = 0; i < found.table->line_count; i++) {
		struct afd_span cells[4];
		if (!row_cells(reader, &found, i, cells, 4))
			continue;
		struct afd_model_watched *row =
			afd_arena_push(reader->arena, &model->watch.rows, &model->watch.count, sizeof *row);
		*row = (struct afd_model_watched){
			.line = afd_read_line(reader, found.table->lines[i].text),
			.table = afd_arena_copy(reader->arena, cells[0]),
			.key = afd_arena_copy(reader->arena, cells[1]),
			.version = afd_arena_copy(reader->arena, cells[2]),
			.time = afd_arena_copy(reader->arena, cells[3]),
		};
		afd_index_put(&model->watched_tables, reader->arena, row->table, model->watch.count - 1);
	}
}

static const char *code_spans(struct afd_span text, struct afd_arena *arena)
{
	struct afd_text values;
	afd_text_init(&values, SIZE_MAX / 2);
	struct afd_span after = text;
	for (struct afd_span span; (span = afd_read_code_span(after, &after)).size > 0;)
		afd_text_printf(&values, "%s%.*s", values.size ? "\n" : "", (int)span.size, span.data);
	const char *copy = afd_arena_copy(arena, afd_text_span(&values));
	afd_text_free(&values);
	return copy;
}

/* "never (e-mail)": the class of the pseudonym. */
static struct afd_span in_parentheses(struct afd_span text)
{
	const char *open = text.size ? memchr(text.data, '(', text.size) : NULL;
	const char *close = open ? memchr(open, ')', (size_t)(text.data + text.size - open)) : NULL;
	if (!close)
		return (struct afd_span){ text.data, 0 };
	return afd_span_trim((struct afd_span){ open + 1, (size_t)(close - open) - 1 });
}

static void read_only_if(struct afd_reader *reader, struct afd_model_shown *row, struct afd_span cell)
{
	struct afd_span parentheses = in_parentheses(cell);
	struct afd_span type = cell;
	if (parentheses.size)
		type = afd_span_trim((struct afd_span){ cell.data, (size_t)(parentheses.data - cell.data) - 1 });
	const struct afd_word *word = afd_word_find(AFD_WORD_SHOWN, type);
	row->values = "";
	if (word) {
		row->type = word->value;
		row->values = afd_arena_copy(reader->arena, parentheses);
		return;
	}
	row->type = "one of";
	row->values = code_spans(cell, reader->arena);
	if (row->values[0])
		return;
	size_t distance;
	struct afd_diagnostic *problem = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "type", cell,
												  "unknown type '%.*s'", (int)cell.size, cell.data);
	const struct afd_word *near = afd_word_near(AFD_WORD_SHOWN, type, &distance);
	afd_diag_hint(reader->diag, problem, near ? "did you mean '%s'?" : "write a type, or values as code: %s",
				  near ? near->text : "`RUB` or `USD`");
}

void afd_read_shown(struct afd_reader *reader, const struct afd_block *label)
{
	static const enum afd_column_word wanted[] = { AFD_COLUMN_PATH, AFD_COLUMN_ONLY_IF };
	struct columns found;
	if (!find_columns(reader, label, wanted, 2, &found))
		return;
	struct afd_model *model = reader->model;
	for (size_t i = 0; i < found.table->line_count; i++) {
		struct afd_span cells[2];
		if (!row_cells(reader, &found, i, cells, 2))
			continue;
		if (!afd_span_starts(cells[0], "$")) {
			struct afd_diagnostic *problem =
				afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "path", cells[0], "this is no path");
			afd_diag_hint(reader->diag, problem, "a path begins with '$'");
			continue;
		}
		const char *path = afd_arena_copy(reader->arena, cells[0]);
		if (!afd_read_check_path(reader, path, cells[0]))
			continue;
		struct afd_model_shown *row =
			afd_arena_push(reader->arena, &model->policy.rows, &model->policy.count, sizeof *row);
		row->line = afd_read_line(reader, found.table->lines[i].text);
		row->path = path;
		read_only_if(reader, row, cells[1].size ? cells[1] : found.table->lines[i].text);
	}
}

/* "`$.a` else `$.b`": the paths one a line; "and" takes them together. */
static void read_from(struct afd_reader *reader, struct afd_model_column *row, struct afd_span cell)
{
	struct afd_span after;
	struct afd_span first = afd_read_code_span(cell, &after);
	if (first.size == 0 || afd_span_starts(cell, "$")) {
		row->from = afd_arena_copy(reader->arena, cell);
		return;
	}
	row->from = code_spans(cell, reader->arena);
	char buffer[128];
	struct afd_span words = afd_word_fold(afd_span_first(after, 60), buffer);
	const struct afd_word *word = afd_word_prefix(AFD_WORD_OPERATOR, words);
	row->together = word && word->id == AFD_OPERATOR_AND;
}

/* Each code span that is a path; "{EVENT_ID}" is none. */
static void check_paths(struct afd_reader *reader, struct afd_span text)
{
	struct afd_span after = text;
	if (afd_span_starts(text, "$"))
		afd_read_check_path(reader, afd_arena_copy(reader->arena, text), text);
	for (struct afd_span span; (span = afd_read_code_span(after, &after)).size > 0;)
		if (afd_span_starts(span, "$"))
			afd_read_check_path(reader, afd_arena_copy(reader->arena, span), span);
}

static void read_landing_columns(struct afd_reader *reader, const struct afd_block *label, struct afd_model_landing *landing)
{
	static const enum afd_column_word wanted[] = { AFD_COLUMN_COLUMN, AFD_COLUMN_FROM, AFD_COLUMN_AS };
	struct columns found;
	if (!find_columns(reader, label, wanted, 3, &found))
		return;
	for (size_t i = 0; i < found.table->line_count; i++) {
		struct afd_span cells[3];
		if (!row_cells(reader, &found, i, cells, 3))
			continue;
		struct afd_model_column *row =
			afd_arena_push(reader->arena, &landing->columns.rows, &landing->columns.count, sizeof *row);
		row->line = afd_read_line(reader, found.table->lines[i].text);
		row->column = afd_arena_copy(reader->arena, cells[0]);
		row->type = afd_arena_copy(reader->arena, cells[2]);
		check_paths(reader, cells[1]);
		read_from(reader, row, cells[1]);
	}
}

/* "`table` from `$.data[*]` if `$.payed` is `true`", then the table of columns. */
void afd_read_landing(struct afd_reader *reader, const struct afd_block *label)
{
	struct afd_span after;
	struct afd_span table = afd_read_code_span(label->text, &after);
	struct afd_span records = afd_read_code_span(after, &after);
	struct afd_span path = afd_read_code_span(after, &after);
	struct afd_span value = afd_read_code_span(after, &after);
	if (table.size == 0 || records.size == 0) {
		struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "landing", label->name,
												  "this landing names no table or no records");
		afd_diag_hint(reader->diag, row, "write **Landing:** `table` from `$.data[*]`");
		return;
	}
	check_paths(reader, label->text);
	struct afd_model *model = reader->model;
	struct afd_model_landing *landing =
		afd_arena_push(reader->arena, &model->landings.rows, &model->landings.count, sizeof *landing);
	*landing = (struct afd_model_landing){
		.line = afd_read_line(reader, label->name),
		.table = afd_arena_copy(reader->arena, table),
		.records = afd_arena_copy(reader->arena, records),
		.condition_path = afd_arena_copy(reader->arena, path),
		.condition_value = afd_arena_copy(reader->arena, value),
	};
	read_landing_columns(reader, label, landing);
}
