/* SPDX-License-Identifier: MIT
 * Requests outside of fences: in headings, labels, paragraphs and lists. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

static struct afd_candidate *add_mention(struct afd_reader *reader, size_t block, const char *form, enum afd_rank rank,
										 struct afd_span method, struct afd_span url)
{
	struct afd_found found = { .form = form, .where = url, .url = url, .method = afd_read_method(method) };
	return afd_survey_add(reader, block, rank, &found);
}

bool afd_read_inline_curl(struct afd_reader *reader, size_t block, struct afd_span text)
{
	bool any = false;
	struct afd_span after = text;
	for (struct afd_span code; (code = afd_read_code_span(after, &after)).size > 0;) {
		char closer;
		if (!afd_span_starts(code, "curl ") || afd_find_curl(code, 0, &closer) != 0)
			continue;
		struct afd_found found = { 0 };
		afd_read_curl(reader, code, 0, '\0', 0, &found);
		found.form = "inline";
		if (found.url.size) {
			afd_survey_add(reader, block, AFD_RANK_INLINE, &found);
			any = true;
		}
	}
	return any;
}

/* "Example response for GET /orders": the words before the method name an answer. */
static bool is_of_answer(struct afd_span before)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(afd_span_first(before, 90), buffer);
	for (const struct afd_word *word = NULL; (word = afd_word_next(AFD_WORD_LABEL, word));) {
		size_t at = word->id == AFD_LABEL_RESPONSE ? afd_span_find(folded, word->text, 0) : SIZE_MAX;
		if (at != SIZE_MAX && (at == 0 || folded.data[at - 1] == ' ') && at + word->size < folded.size)
			return true;
	}
	return false;
}

void afd_survey_heading(struct afd_reader *reader, size_t block)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	struct afd_span text = reader->document->blocks[block].text;
	if (afd_read_inline_curl(reader, block, text) || !afd_read_mention(text, &method, &url, &after))
		return;
	struct afd_candidate *row = add_mention(reader, block, "heading", AFD_RANK_HEADING, method, url);
	if (is_of_answer((struct afd_span){ text.data, (size_t)(method.data - text.data) }))
		row->left = "an example of its answer";
}

static bool is_bold_method(const struct afd_block *block)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	if (block->kind != AFD_LABEL || !block->bold)
		return false;
	if (afd_read_method(afd_read_value(block->name)) && block->text.size)
		return true;
	return afd_read_mention(block->name, &method, &url, &after) && url.data + url.size + 2 >= block->name.data + block->name.size;
}

/* What follows an item speaks of it: a fence, items below it, or items of a list that it heads. */
static bool has_details(const struct afd_block *row, const struct afd_block *end)
{
	const struct afd_block *next = row + 1;
	if (next >= end || next->kind == AFD_HEADING || next->kind == AFD_RULE)
		return false;
	bool headed = !next->blank_before && (next->kind == AFD_LIST || next->item);
	return next->kind == AFD_FENCE || next->indent > row->indent || headed;
}

/* Lines of a kind one under the other, or items of a list, give an overview. */
static bool is_overview(const struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	const struct afd_block *end = reader->document->blocks + reader->document->count;
	bool above = block > 0 && !row->blank_before && is_bold_method(row - 1);
	bool below = row + 1 < end && !row[1].blank_before && is_bold_method(row + 1);
	return above || below || (row->item && !has_details(row, end));
}

/* "**POST** `/x`", "**POST /x**" */
static bool read_bold(struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	if (!is_bold_method(row))
		return false;
	struct afd_span all = { row->name.data, (size_t)(row->text.data + row->text.size - row->name.data) };
	if (row->text.size == 0)
		all = row->name;
	if (!afd_read_mention(all, &method, &url, &after) || method.data > row->name.data + 1)
		return false;
	struct afd_candidate *found = add_mention(reader, block, "bold", AFD_RANK_BOLD, method, url);
	if (is_overview(reader, block))
		found->left = "listed among others: an overview";
	return true;
}

/* A label alone on its line, with the request alone on the next one. */
static bool read_below(struct afd_reader *reader, const struct afd_block *label, struct afd_span *method,
					   struct afd_span *url)
{
	const struct afd_block *content = afd_read_content(reader, label);
	struct afd_span after;
	if (!content || content->kind != AFD_PARAGRAPH || content->line_count > 2 ||
		!afd_read_mention(content->lines[0].text, method, url, &after) || method->data > content->lines[0].text.data + 4)
		return false;
	reader->used[content - reader->document->blocks] = true;
	return true;
}

static struct afd_span first_line(struct afd_span text)
{
	const char *newline = text.size ? memchr(text.data, '\n', text.size) : NULL;
	return afd_span_trim(newline ? afd_span_first(text, (size_t)(newline - text.data)) : text);
}

/* Under the label Request, a first line that begins with a method, or nearly, and is no request line is a slip. */
static void refuse_slip(struct afd_reader *reader, const struct afd_block *label)
{
	const struct afd_block *fence = afd_read_content(reader, label);
	if (!fence || fence->kind != AFD_FENCE)
		return;
	struct afd_span line = first_line(fence->body);
	size_t size = 0;
	while (size < line.size && line.data[size] >= 'A' && line.data[size] <= 'Z')
		size++;
	struct afd_span word = afd_span_first(line, size);
	struct afd_span method;
	struct afd_span url;
	size_t distance;
	bool ends = size < line.size && (line.data[size] == ' ' || line.data[size] == '\t');
	const struct afd_word *near = ends && size > 2 ? afd_word_near(AFD_WORD_METHOD, word, &distance) : NULL;
	struct afd_span rest;
	if (!near || afd_read_request_line(line, &method, &url) || afd_read_raw_line(line, &method, &url, &rest))
		return;
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "request", line, "expected a request line: 'METHOD URL'");
	if (distance > 0)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", near->value);
}

/* Whatever the label is called: a method with an absolute URL, in code, and nothing else. The URL ends where
 * the code does. */
static bool is_whole_request(const struct afd_block *row, struct afd_span *method, struct afd_span *url)
{
	struct afd_span after;
	struct afd_span code = afd_read_code_span(row->text, &after);
	struct afd_span rest;
	bool whole = row->bold && row->colon && code.size > 0 && code.data <= row->text.data + 2 &&
				 afd_span_trim(after).size == 0 && afd_read_raw_line(code, method, url, &rest) &&
				 afd_span_starts(*url, "http");
	if (whole)
		url->size = (size_t)(code.data + code.size - url->data);
	return whole;
}

void afd_survey_label(struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	enum afd_label label = afd_read_label(row);
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	if (label == AFD_LABEL_REQUEST)
		refuse_slip(reader, row);
	if (afd_read_inline_curl(reader, block, row->text))
		return;
	if (label == AFD_LABEL_UNKNOWN && read_bold(reader, block))
		return;
	bool request = label == AFD_LABEL_REQUEST || label == AFD_LABEL_ENDPOINT || label == AFD_LABEL_URL ||
				   label == AFD_LABEL_METHOD;
	if (label == AFD_LABEL_UNKNOWN && is_whole_request(row, &method, &url))
		add_mention(reader, block, "label", AFD_RANK_LABEL, method, url);
	else if (request && read_below(reader, row, &method, &url))
		add_mention(reader, block, "label", AFD_RANK_LABEL, method, url);
	else if (request && afd_read_mention(row->text, &method, &url, &after))
		add_mention(reader, block, "label", AFD_RANK_LABEL, method, url);
	else if (request && afd_survey_pair(reader, block, label))
		return;
	else
		afd_remark_mentions(reader, block);
}

/* `POST /x` as all that the line says. */
static bool is_alone(struct afd_span line, struct afd_span code, struct afd_span url)
{
	const char *end = line.data + line.size;
	return code.size > 0 && code.data <= line.data + 2 && code.data + code.size + 2 >= end &&
		   url.data + url.size == code.data + code.size;
}

/* One of its lines does, after a prompt at most; or a PowerShell command, after a variable at most. */
static bool begins_with_command(const struct afd_block *row)
{
	char closer;
	for (size_t i = 0; i < row->line_count; i++)
		if (afd_find_curl(afd_span_first(row->lines[i].text, 80), 0, &closer) < 3 ||
			afd_starts_powershell(row->lines[i].text))
			return true;
	return false;
}

void afd_survey_paragraph(struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	struct afd_span line = row->lines[0].text;
	if (begins_with_command(row)) {
		afd_read_lines(reader, block, row->all);
		return;
	}
	struct afd_span code = afd_read_code_span(line, NULL);
	if (row->line_count == 1 && afd_read_mention(line, &method, &url, &after) && is_alone(line, code, url)) {
		add_mention(reader, block, "inline", AFD_RANK_INLINE, method, url);
		return;
	}
	bool curl = false;
	for (size_t i = 0; i < row->line_count; i++)
		curl |= afd_read_inline_curl(reader, block, row->lines[i].text);
	if (!curl)
		afd_remark_mentions(reader, block);
}

void afd_survey_list(struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	bool curl = false;
	for (size_t i = 0; i < row->line_count; i++)
		curl |= afd_read_inline_curl(reader, block, row->lines[i].text);
	if (!curl)
		afd_remark_mentions(reader, block);
}

/* The tests of the block; true where there are any. */
bool afd_read_forms(struct afd_reader *reader, size_t block)
{
	struct afd_survey *survey = reader->survey;
	bool any = false;
	for (; survey->next < survey->rows.count && survey->rows.rows[survey->next].block <= block; survey->next++) {
		const struct afd_candidate *row = &survey->rows.rows[survey->next];
		if (row->left) {
			afd_remark(reader, row->found.where, row->left);
			continue;
		}
		afd_read_add_test(reader, &row->found);
		any = true;
	}
	return any;
}
