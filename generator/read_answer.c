/* SPDX-License-Identifier: MIT
 * Answers: what labels, bold lines and sentences say of the status that comes back. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { CELLS_MAX = 8 };

/* Without the signs before its first letter. */
static struct afd_span without_signs(struct afd_span text)
{
	while (text.size > 0) {
		unsigned char byte = (unsigned char)text.data[0];
		size_t size = byte >= 0xF0                             ? 4
					  : byte == 0xE2 || byte == 0xEF           ? 3
					  : byte && strchr("*_> \t-?", (char)byte) ? 1
															   : 0;
		if (size == 0)
			break;
		text = afd_span_from(text, size);
	}
	return text;
}

struct afd_span afd_label_words(const struct afd_block *label)
{
	const char *end = label->name.data + label->name.size;
	if (label->qualifier.size)
		end = label->qualifier.data + label->qualifier.size;
	end += label->qualifier.size && *end == ')';
	if (label->text.size)
		end = label->text.data + label->text.size;
	return (struct afd_span){ label->name.data, (size_t)(end - label->name.data) };
}

static bool speaks_of_answer(enum afd_label label)
{
	return label == AFD_LABEL_EXPECTED || label == AFD_LABEL_RESPONSE || label == AFD_LABEL_STATUS;
}

enum afd_label afd_loose_label(const struct afd_block *block)
{
	enum afd_label label = afd_read_label(block);
	char buffer[128];
	if (label != AFD_LABEL_UNKNOWN || (!block->colon && !block->bold))
		return label;
	struct afd_span folded = afd_word_fold(without_signs(block->name), buffer);
	const struct afd_word *word = afd_word_prefix(AFD_WORD_LABEL, folded);
	bool answer = word && speaks_of_answer((enum afd_label)word->id);
	bool whole = answer && strlen(word->text) == folded.size;
	return answer && (whole || word->id != AFD_LABEL_STATUS) ? (enum afd_label)word->id : AFD_LABEL_UNKNOWN;
}

/* "HTTP/1.1 201 Created" or "201 Created" as the first line of a fence. */
static struct afd_span first_line(const struct afd_block *fence)
{
	const char *newline = fence->body.size ? memchr(fence->body.data, '\n', fence->body.size) : NULL;
	return newline ? afd_span_first(fence->body, (size_t)(newline - fence->body.data)) : fence->body;
}

/* "- `200 OK`: done", before the errors that there may be; empty: the list begins otherwise. */
static struct afd_span first_success(const struct afd_block *list)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	struct afd_span line = list->lines[0].text;
	bool success = afd_statuses(line, AFD_STATEMENT_LABEL, codes) > 0 && codes[0].data[0] == '2' &&
				   codes[0].data <= line.data + 8;
	return success ? line : afd_span_first(line, 0);
}

void afd_read_answer(struct afd_reader *reader, struct afd_model_test *test, enum afd_label label,
					 const struct afd_block *block)
{
	struct afd_span all = { block->name.data, (size_t)(block->text.data + block->text.size - block->name.data) };
	if (label == AFD_LABEL_ERRORS) {
		if (reader->unit.error.size == 0 && !reader->unit.answered)
			reader->unit.error = all;
		return;
	}
	reader->unit.answered = reader->unit.answered || label == AFD_LABEL_RESPONSE;
	if (afd_has_status(test))
		return;
	bool loose = afd_read_label(block) != label;
	enum afd_statement statement = label == AFD_LABEL_RESPONSE ? AFD_STATEMENT_LABEL : AFD_STATEMENT_EXPECTED;
	/* "**Expected 403**", "**Response 403**", but no "Response size: 200" */
	if (loose && afd_expect_status(reader, test, all, label == AFD_LABEL_RESPONSE ? AFD_STATEMENT_PROSE : statement))
		return;
	if (block->qualifier.size && afd_expect_status(reader, test, block->qualifier, AFD_STATEMENT_EXPECTED))
		return;
	if (block->text.size && !loose && afd_expect_status(reader, test, block->text, statement))
		return;
	const struct afd_block *content = afd_read_content(reader, block);
	if (content && content->kind == AFD_FENCE && !afd_is_json(content->body))
		afd_expect_status(reader, test, first_line(content), statement);
	else if (content && content->kind == AFD_PARAGRAPH)
		afd_expect_status(reader, test, content->lines[0].text, statement);
	else if (content && content->kind == AFD_LIST && label == AFD_LABEL_RESPONSE)
		afd_expect_status(reader, test, first_success(content), AFD_STATEMENT_LABEL);
}

/* "**Erwartung:** `401 Unauthorized`": a status with its reason and nothing before it says what comes back,
 * whatever the label is called. */
static bool gives_status(const struct afd_block *block)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	struct afd_span all = afd_label_words(block);
	size_t colon = afd_span_find(all, ":", 0);
	struct afd_span value = afd_read_value(colon == SIZE_MAX ? all : afd_span_from(all, colon + 1));
	while (value.size && strchr("*_ ", value.data[0]))
		value = afd_span_from(value, 1);
	return colon != SIZE_MAX && value.size > 3 && afd_statuses(value, AFD_STATEMENT_PROSE, codes) > 0 &&
		   codes[0].data == value.data;
}

/* "201 Created" and "Success - 200 OK" are answers; "Case 401: no token" over a request is a caption. */
void afd_read_unknown_answer(struct afd_reader *reader, const struct afd_block *block)
{
	struct afd_unit *unit = &reader->unit;
	const char *end = block->text.data + block->text.size;
	struct afd_span all = { block->name.data, (size_t)(end - block->name.data) };
	struct afd_span codes[AFD_STATUSES_MAX];
	if (!block->bold || !reader->test || unit->fallbacks.count == 0 ||
		afd_says(AFD_WORD_ANSWER, 2, block->name) || afd_statuses(all, AFD_STATEMENT_LABEL, codes) == 0)
		return;
	bool first = codes[0].data <= without_signs(all).data + 5;
	bool error = afd_says(AFD_WORD_ANSWER, 1, block->name);
	if (error && unit->error.size == 0 && !unit->answered)
		unit->error = all;
	if (error || (!first && !gives_status(block) && !afd_says(AFD_WORD_ANSWER, 0, block->name)))
		return;
	struct afd_span *fallback = &unit->fallbacks.rows[unit->fallbacks.count - 1];
	if (fallback->size == 0)
		*fallback = all;
	unit->answered = true;
}

void afd_read_script(struct afd_reader *reader, size_t index)
{
	struct afd_span rest = reader->document->blocks[index].body;
	while (reader->test && !afd_has_status(reader->test) && rest.size > 0) {
		const char *newline = memchr(rest.data, '\n', rest.size);
		struct afd_span line = newline ? afd_span_first(rest, (size_t)(newline - rest.data)) : rest;
		if (afd_span_find(line, "pm.test(", 0) != SIZE_MAX ||
			afd_span_find(line, "to.have.status(", 0) != SIZE_MAX)
			(void)afd_expect_status(reader, reader->test, line, AFD_STATEMENT_PROSE);
		rest = afd_span_from(rest, line.size + 1);
	}
}

static bool is_expected_column(struct afd_span head)
{
	const struct afd_word *column = afd_word_find(AFD_WORD_COLUMN, head);
	const struct afd_word *label = afd_word_find(AFD_WORD_LABEL, head);
	return (column && column->id == AFD_COLUMN_EXPECTED) || (label && label->id == AFD_LABEL_EXPECTED);
}

static bool is_about_status(struct afd_span cell)
{
	const struct afd_word *label = afd_word_find(AFD_WORD_LABEL, cell);
	return (label && label->id == AFD_LABEL_STATUS) || afd_word_find(AFD_WORD_STATUS, cell);
}

/* A request in a row: it speaks of itself. */
static bool says_request(const struct afd_span *cells, size_t count)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	for (size_t i = 0; i < count; i++) {
		struct afd_span value = afd_read_value(cells[i]);
		if (afd_read_mention(cells[i], &method, &url, &after) || afd_span_starts(value, "/") ||
			afd_span_starts(value, "http"))
			return true;
	}
	return false;
}

void afd_read_answer_table(struct afd_reader *reader, size_t index)
{
	const struct afd_block *table = &reader->document->blocks[index];
	struct afd_span cells[CELLS_MAX];
	size_t count = afd_read_cells(table->lines[0].text, cells, CELLS_MAX);
	size_t expected = 1;
	while (expected < count && !is_expected_column(cells[expected]))
		expected++;
	bool first = true;
	if (expected >= count || !reader->test || afd_has_status(reader->test))
		return;
	for (size_t i = 1; i < table->line_count; i++) {
		count = afd_read_cells(table->lines[i].text, cells, CELLS_MAX);
		if (afd_read_is_delimiter_row(table->lines[i].text))
			continue;
		bool about =
			count > expected && (is_about_status(cells[0]) || (first && !says_request(cells, count)));
		first = false;
		if (about && afd_expect_status(reader, reader->test, cells[expected], AFD_STATEMENT_EXPECTED))
			return;
	}
}

/* Block of the next request, or SIZE_MAX. */
size_t afd_next_request(const struct afd_reader *reader)
{
	const struct afd_survey *survey = reader->survey;
	size_t row = survey->taken[survey->next];
	return row < survey->rows.count ? survey->rows.rows[row].block : SIZE_MAX;
}

/* "Returns 200 OK when alive" beside what other statuses there may be: the one success of a list; empty:
 * none, or several. */
static struct afd_span success_line(const struct afd_block *block)
{
	struct afd_span none = { "", 0 };
	struct afd_span found = none;
	struct afd_span code = none;
	for (size_t i = 0; i < block->line_count && i < 64; i++) {
		struct afd_span codes[AFD_STATUSES_MAX];
		struct afd_span line = block->lines[i].text;
		if (afd_statuses(line, AFD_STATEMENT_PROSE, codes) == 0 || codes[0].data[0] != '2' ||
			!afd_says(AFD_WORD_RETURNS, 0, line))
			continue;
		if (found.size && memcmp(code.data, codes[0].data, 3) != 0)
			return none;
		code = codes[0];
		found = found.size ? found : line;
	}
	return found;
}

/* The one line of a list, or of several, that states a status; a list of several is a glossary. */
static struct afd_span status_line(const struct afd_block *block)
{
	struct afd_span none = { "", 0 };
	struct afd_span found = none;
	for (size_t i = 0; i < block->line_count && i < 64; i++) {
		struct afd_span line = block->lines[i].text;
		if (!afd_status_in(line, AFD_STATEMENT_PROSE) || afd_says(AFD_WORD_PROVIDED, 0, line))
			continue;
		if (found.size)
			return none;
		found = line;
	}
	if (found.size == 0 && block->kind == AFD_LIST)
		return success_line(block);
	bool says = block->kind != AFD_LIST || afd_span_starts(found, "**") ||
				afd_says(AFD_WORD_RETURNS, 0, found) || afd_says(AFD_WORD_STATUS, 0, found);
	return says ? found : none;
}

void afd_read_prose(struct afd_reader *reader, size_t index)
{
	const struct afd_block *block = &reader->document->blocks[index];
	const struct afd_block *next = block + 1;
	bool tight = index + 1 < reader->end && next->kind == AFD_FENCE && afd_next_request(reader) == index + 1 &&
				 (!next->blank_before || next->indent > 0);
	struct afd_span line = status_line(block);
	if (line.size == 0)
		return;
	if (!reader->test || tight || reader->unit.fallbacks.count == 0) {
		reader->unit.prose = line;
		return;
	}
	struct afd_span *fallback = &reader->unit.fallbacks.rows[reader->unit.fallbacks.count - 1];
	if (fallback->size == 0)
		*fallback = line;
}
