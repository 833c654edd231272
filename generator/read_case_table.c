/* SPDX-License-Identifier: MIT
 * Case tables: each row is a request with what is expected of it. Tables that only list requests, or tell how a run went,
 * are none. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { CELLS_MAX = 16, NO_COLUMN = -1 };

struct case_columns {
	int method, url, expected, title, id, body;
	int results[CELLS_MAX]; /* columns that a run fills in */
	size_t result_count;
	bool numbered; /* each row has the number or code of a case */
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

/* Columns by what they hold
 * --------------------------------------------------------------------------------------------- */

typedef bool cell_test(struct afd_span cell);

static bool is_method_cell(struct afd_span cell)
{
	return afd_read_method(afd_read_value(cell)) != NULL;
}

static bool is_path_cell(struct afd_span cell)
{
	struct afd_span value = afd_read_value(cell);
	return value.size > 0 && (value.data[0] == '/' || afd_span_starts(value, "http")) &&
		   afd_read_url_size(value, false) > 0;
}

/* "1.1", "TC-03"; a plain number only counts rows. */
static bool is_number_cell(struct afd_span cell)
{
	struct afd_span value = afd_read_value(cell);
	size_t at = 0;
	while (at < value.size && value.data[at] >= 'A' && value.data[at] <= 'Z')
		at++;
	bool code = at > 0;
	at += code && at < value.size && (value.data[at] == '-' || value.data[at] == '_');
	bool dotted = false;
	size_t digits = at;
	for (; at < value.size && ((value.data[at] >= '0' && value.data[at] <= '9') || value.data[at] == '.');
		 at++)
		dotted |= value.data[at] == '.' && at + 1 < value.size;
	return value.size <= 16 && at == value.size && at > digits && (code || dotted);
}

/* One status, not several: a list of the errors that may come is no expectation. */
static bool is_status_cell(struct afd_span cell)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	return afd_statuses(cell, AFD_STATEMENT_EXPECTED, codes) == 1 && codes[0].data - cell.data < 4;
}

static bool is_good_status_cell(struct afd_span cell)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	return is_status_cell(cell) && afd_statuses(cell, AFD_STATEMENT_EXPECTED, codes) == 1 &&
		   codes[0].data[0] == '2';
}

/* How many rows hold such a cell; `*rows` gets how many there are. */
static size_t count_cells(const struct afd_block *table, int column, cell_test *test, size_t *rows)
{
	size_t held = 0;
	*rows = 0;
	for (size_t i = 1; i < table->line_count; i++) {
		struct afd_span cells[CELLS_MAX];
		if (afd_read_is_delimiter_row(table->lines[i].text))
			continue;
		size_t count = afd_read_cells(table->lines[i].text, cells, CELLS_MAX);
		held += test(cell_at(cells, count, column));
		++*rows;
	}
	return held;
}

static int column_of(const struct afd_block *table, int known, cell_test *test)
{
	struct afd_span cells[CELLS_MAX];
	size_t count = known == NO_COLUMN ? afd_read_cells(table->lines[0].text, cells, CELLS_MAX) : 0;
	for (size_t i = 0; i < count; i++) {
		size_t rows;
		if (count_cells(table, (int)i, test, &rows) == rows && rows > 1)
			return (int)i;
	}
	return known;
}

/* Where the head says nothing that is known, in whatever language. */
static void look_into_cells(const struct afd_block *table, struct case_columns *columns)
{
	size_t rows;
	columns->method = column_of(table, columns->method, is_method_cell);
	columns->url = column_of(table, columns->url, is_path_cell);
	if (columns->url == NO_COLUMN || (columns->method == NO_COLUMN && columns->expected == NO_COLUMN))
		return;
	int number = column_of(table, NO_COLUMN, is_number_cell);
	int status = column_of(table, columns->expected, is_status_cell);
	if (columns->expected == NO_COLUMN && status != NO_COLUMN &&
		count_cells(table, status, is_good_status_cell, &rows) > 0)
		columns->expected = status;
	columns->numbered = number != NO_COLUMN;
	if (columns->id == NO_COLUMN)
		columns->id = number;
}

static bool shows_marks(const struct afd_block *table)
{
	static const char *const marks[] = { "\xE2\x9C\x85", "\xE2\x9D\x8C", "\xE2\x9C\x93", "\xE2\x9C\x97",
										 "\xE2\x9C\x94", "PASS",         "FAIL" };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (afd_span_find(table->all, marks[i], 0) != SIZE_MAX)
			return true;
	return false;
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
	if (!read_request(columns, cells, count, &row) || (expected.size == 0 && !columns->numbered))
		return;
	struct afd_found found = { .form = "table", .where = row.url, .url = row.url, .method = afd_read_method(row.method) };
	struct afd_span body = cell_at(cells, count, columns->body);
	if (afd_span_starts(body, "{") || afd_span_starts(body, "["))
		afd_read_set_body(reader, &found.body, body, 0);
	found.caption = cell_at(cells, count, columns->title);
	found.number = cell_at(cells, count, columns->id);
	found.coded = starts_with_status(expected);
	if (expected.size)
		afd_note_add(reader, &found, expected, true);
	afd_survey_add(reader, block, AFD_RANK_WHOLE, &found);
}

static void remark_rows(struct afd_reader *reader, const struct afd_block *table,
						const struct case_columns *columns)
{
	for (size_t i = 1; i < table->line_count; i++) {
		struct afd_span cells[CELLS_MAX];
		struct case_row row;
		struct afd_span after;
		struct afd_span line = table->lines[i].text;
		size_t count = afd_read_cells(line, cells, CELLS_MAX);
		if (!read_request(columns, cells, count, &row) &&
			!afd_read_mention(line, &row.method, &row.url, &after))
			continue;
		afd_remark_request(reader, row.method, row.url, "a table of what there is");
	}
}

void afd_survey_table(struct afd_reader *reader, size_t block)
{
	const struct afd_block *table = &reader->document->blocks[block];
	struct case_columns columns = read_head(table->lines[0].text);
	look_into_cells(table, &columns);
	bool numbered = columns.numbered && columns.method != NO_COLUMN && !shows_marks(table);
	bool cases = columns.url != NO_COLUMN && (columns.expected != NO_COLUMN || numbered) &&
				 table->line_count > 2 && !tells_results(table, &columns);
	bool curl = false;
	for (size_t i = 1; i < table->line_count; i++) {
		if (cases && !afd_read_is_delimiter_row(table->lines[i].text))
			add_row(reader, block, &columns, table->lines[i].text);
		else if (!cases)
			curl |= afd_read_inline_curl(reader, block, table->lines[i].text);
	}
	if (!cases && !curl)
		remark_rows(reader, table, &columns);
}
