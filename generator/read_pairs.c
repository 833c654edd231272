/* SPDX-License-Identifier: MIT
 * Requests said in two lines: "Method: POST" and "URL: /x", in either order, in prose, in lists and in fences. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { LOOK_BACK = 6 };

static struct afd_span url_in(struct afd_span text)
{
	struct afd_span value = afd_read_value(text);
	bool json = value.size && strchr("{[", value.data[0]) && memchr(value.data, '"', value.size);
	size_t size = json ? 0 : afd_read_url_size(value, true);
	return afd_span_first(value, size);
}

/* A method alone, or with words after it. */
static const char *method_in(struct afd_span text, struct afd_span *word)
{
	struct afd_span value = afd_read_value(text);
	size_t size = 0;
	while (size < value.size && ((value.data[size] | 32) >= 'a' && (value.data[size] | 32) <= 'z'))
		size++;
	*word = afd_span_first(value, size);
	return afd_read_method(*word);
}

static bool says_url(enum afd_label label)
{
	return label == AFD_LABEL_URL || label == AFD_LABEL_ENDPOINT;
}

static void add_pair(struct afd_reader *reader, size_t block, struct afd_span method, struct afd_span url)
{
	struct afd_found found = { .form = "pair", .where = url, .url = url, .method = afd_read_method(method) };
	afd_survey_add(reader, block, AFD_RANK_LABEL, &found);
	reader->survey->paired = block;
}

/* "**API-01 `POST /x`**" above a URL: the method of the caption. */
static bool bold_method(const struct afd_block *block, struct afd_span *method)
{
	struct afd_span url;
	struct afd_span after;
	return block->kind == AFD_LABEL && block->bold && !block->colon && afd_read_mention(block->name, method, &url, &after);
}

/* What the label says: on its line, or alone in the fence below it. */
static struct afd_span said(const struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	const struct afd_block *content = row->text.size ? NULL : afd_read_content(reader, row);
	struct afd_span body = content && content->kind == AFD_FENCE ? afd_span_trim(content->body) : row->text;
	return body.size && memchr(body.data, '\n', body.size) ? row->text : body;
}

static bool is_fence_of_label(const struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	return row->kind == AFD_FENCE && block > 0 && row[-1].kind == AFD_LABEL && row[-1].text.size == 0;
}

/* Those that gave the pair its parts hold nothing else. */
static void use_fences(struct afd_reader *reader, size_t from, size_t to)
{
	for (size_t i = from; i <= to && i < reader->document->count; i++)
		if (is_fence_of_label(reader, i) && said(reader, i - 1).size)
			reader->used[i] = true;
}

/* "In all cases: Method: POST", before the first request, with no URL in its section. */
static void note_method(struct afd_reader *reader, size_t block, struct afd_span method)
{
	struct afd_survey *survey = reader->survey;
	bool alone = survey->rows.count == 0 && survey->method.size == 0;
	for (size_t i = block;
		 alone && i < reader->document->count && reader->document->blocks[i].kind != AFD_HEADING; i++) {
		const struct afd_block *row = &reader->document->blocks[i];
		alone = row->kind != AFD_LABEL || !says_url(afd_read_label(row));
	}
	if (alone)
		survey->method = method;
}

/* A URL alone, in a document that gave the method for all. */
static bool take_common_method(struct afd_reader *reader, size_t block, struct afd_span url)
{
	if (reader->survey->method.size == 0 || url.size == 0)
		return false;
	add_pair(reader, block, reader->survey->method, url);
	return true;
}

/* The label just above that gives the other part; SIZE_MAX: none does. */
static size_t find_partner(const struct afd_reader *reader, size_t block, enum afd_label label,
						   struct afd_span *method, struct afd_span *url)
{
	size_t paired = reader->survey->paired;
	for (size_t i = block; i-- > 0 && block - i <= LOOK_BACK && (i > paired || !paired);) {
		const struct afd_block *other = &reader->document->blocks[i];
		if (is_fence_of_label(reader, i))
			continue;
		enum afd_label name = other->kind == AFD_LABEL ? afd_read_label(other) : label;
		if (name == label)
			return SIZE_MAX;
		if (label == AFD_LABEL_METHOD && says_url(name))
			*url = url_in(said(reader, i));
		else if (label != AFD_LABEL_METHOD && name == AFD_LABEL_METHOD)
			method_in(said(reader, i), method);
		else if (label == AFD_LABEL_URL)
			bold_method(other, method);
		if (afd_read_method(*method) && url->size)
			return i;
	}
	return SIZE_MAX;
}

bool afd_survey_pair(struct afd_reader *reader, size_t block, enum afd_label label)
{
	struct afd_span method = { "", 0 };
	struct afd_span url = { "", 0 };
	struct afd_span text = said(reader, block);
	if (label == AFD_LABEL_METHOD ? !method_in(text, &method) : (url = url_in(text)).size == 0)
		return false;
	size_t partner = find_partner(reader, block, label, &method, &url);
	if (partner != SIZE_MAX) {
		add_pair(reader, block, method, url);
		use_fences(reader, partner, block + 1);
		return true;
	}
	if (label != AFD_LABEL_METHOD)
		return says_url(label) && take_common_method(reader, block, url);
	note_method(reader, block, method);
	return false;
}

/* In a fence: the second of the two makes the request; what follows are its headers and body. */
bool afd_walk_pair(struct afd_walk *walk, struct afd_span line)
{
	struct afd_block label = { 0 };
	struct afd_span text = afd_span_trim(line);
	if (walk->kind == AFD_FENCE_SHELL || !afd_scan_label(text, &label) || !label.colon)
		return false;
	enum afd_label name = afd_read_label(&label);
	if (name == AFD_LABEL_REQUEST && label.text.size == 0) {
		afd_walk_settle_comments(walk, true);
		afd_walk_skip(walk, line);
		return true;
	}
	if (name == AFD_LABEL_METHOD) {
		if (!method_in(label.text, &walk->method))
			return false;
	} else if (says_url(name) || name == AFD_LABEL_REQUEST) {
		struct afd_span after;
		if (!afd_read_mention(label.text, &walk->method, &walk->url, &after))
			walk->url = url_in(label.text);
		if (walk->url.size == 0)
			return false;
	} else {
		return false;
	}
	const char *method = afd_read_method(walk->method);
	afd_walk_settle_comments(walk, true);
	afd_walk_skip(walk, line);
	if (!method || walk->url.size == 0)
		return true;
	struct afd_found found = { .form = "pair", .where = walk->url, .url = walk->url, .method = method };
	walk->method.size = walk->url.size = 0;
	afd_walk_details(walk, &found);
	afd_walk_add(walk, AFD_RANK_LABEL, &found);
	return true;
}
