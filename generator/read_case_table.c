/* SPDX-License-Identifier: MIT
 * Case tables: each row is a request with what is expected of it. Tables that only list requests, or tell how a run went,
 * are none. */
#include "survey.h"

#include <string.h>

enum { CELLS_MAX = 16, NO_COLUMN = -1 };

struct case_columns {
	int method, url, expected, title, id, body;
	int results[CELLS_MAX]; /* columns that a run fills in */
	size_t result_count;
};

struct case_row {
	struct afd_span method, url;
};

static void note_column(struct case_columns *columns, struct afd_span head, int index)
{
	const struct afd_word *word = afd_word_find(AFD_WORD_COLUMN, head);
	int *place = NULL;
	if (!word)
		return;
	switch (word->id) {
	case AFD_COLUMN_METHOD: place = &columns->method; break;
	case AFD_COLUMN_ENDPOINT:
	case AFD_COLUMN_PATH: place = &columns->url; break;
	case AFD_COLUMN_EXPECTED: place = &columns->expected; break;
	case AFD_COLUMN_TITLE: place = &columns->title; break;
	case AFD_COLUMN_ID: place = &columns->id; break;
	case AFD_COLUMN_BODY: place = &columns->body; break;
	case AFD_COLUMN_ACTUAL:
	case AFD_COLUMN_TIME: columns->results[columns->result_count++] = index; break;
	default: break;
	}
	if (place && *place == NO_COLUMN)
		*place = index;
}

static struct case_columns read_head(struct afd_span row)
{
	struct afd_span cells[CELLS_MAX];
	struct case_columns columns = { .method = NO_COLUMN, .url = NO_COLUMN, .expected = NO_COLUMN, .title = NO_COLUMN,
									.id = NO_COLUMN, .body = NO_COLUMN };
	size_t count = afd_read_cells(row, cells, CELLS_MAX);
	for (size_t i = 0; i < count; i++)
		note_column(&columns, cells[i], (int)i);
	return columns;
}

static struct afd_span cell_at(const struct afd_span *cells, size_t count, int index)
{
	return index >= 0 && (size_t)index < count ? cells[index] : (struct afd_span){ "", 0 };
}

/* The request of a row: in two cells, or in one. */
static bool read_request(const struct case_columns *columns, const struct afd_span *cells, size_t count,
						 struct case_row *row)
{
	struct afd_span after;
	struct afd_span target = cell_at(cells, count, columns->url);
	if (afd_read_mention(target, &row->method, &row->url, &after))
		return true;
	if (columns->method != NO_COLUMN && afd_read_mention(cell_at(cells, count, columns->method), &row->method, &row->url, &after))
		return true;
	target = afd_read_value(target);
	row->method = afd_read_value(cell_at(cells, count, columns->method));
	row->url = afd_span_first(target, afd_read_url_size(target, true));
	return afd_read_method(row->method) && row->url.size > 0;
}

static bool tells_results(const struct afd_block *table, const struct case_columns *columns)
{
	for (size_t i = 1; i < table->line_count && columns->result_count; i++) {
		struct afd_span cells[CELLS_MAX];
		if (afd_read_is_delimiter_row(table->lines[i].text))
			continue;
		size_t count = afd_read_cells(table->lines[i].text, cells, CELLS_MAX);
		for (size_t k = 0; k < columns->result_count; k++)
			if (afd_span_trim(cell_at(cells, count, columns->results[k])).size > 0)
				return true;
	}
	return false;
}

static bool starts_with_status(struct afd_span cell)
{
	while (cell.size && strchr("`* ", cell.data[0]))
		cell = afd_span_from(cell, 1);
	return cell.size >= 3 && cell.data[0] >= '1' && cell.data[0] <= '5' && strspn(cell.data, "0123456789") == 3;
}

static void add_row(struct afd_reader *reader, size_t block, const struct case_columns *columns, struct afd_span line)
{
	struct afd_span cells[CELLS_MAX];
	struct case_row row;
	size_t count = afd_read_cells(line, cells, CELLS_MAX);
	struct afd_span expected = cell_at(cells, count, columns->expected);
	if (!read_request(columns, cells, count, &row) || expected.size == 0)
		return;
	struct afd_found found = { .form = "table", .where = row.url, .url = row.url, .method = afd_read_method(row.method) };
	struct afd_span body = cell_at(cells, count, columns->body);
	if (afd_span_starts(body, "{") || afd_span_starts(body, "["))
		afd_read_set_body(reader, &found.body, body, 0);
	found.caption = cell_at(cells, count, columns->title);
	found.number = cell_at(cells, count, columns->id);
	found.coded = starts_with_status(expected);
	afd_note_add(reader, &found, expected, true);
	afd_survey_add(reader, block, AFD_RANK_WHOLE, &found);
}

void afd_survey_table(struct afd_reader *reader, size_t block)
{
	const struct afd_block *table = &reader->document->blocks[block];
	struct case_columns columns = read_head(table->lines[0].text);
	bool cases = columns.url != NO_COLUMN && columns.expected != NO_COLUMN && table->line_count > 2 &&
				 !tells_results(table, &columns);
	bool curl = false;
	for (size_t i = 1; i < table->line_count; i++) {
		if (cases && !afd_read_is_delimiter_row(table->lines[i].text))
			add_row(reader, block, &columns, table->lines[i].text);
		else if (!cases)
			curl |= afd_read_inline_curl(reader, block, table->lines[i].text);
	}
	if (!cases && !curl)
		afd_remark_mentions(reader, block);
}
