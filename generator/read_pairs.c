/* SPDX-License-Identifier: MIT
 * Requests said in two lines: "Method: POST" and "URL: /x", in either order, in prose, in lists and in fences. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { LOOK_BACK = 4 };

static struct afd_span url_in(struct afd_span text)
{
	struct afd_span value = afd_read_value(text);
	size_t size = afd_read_url_size(value, true);
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

bool afd_survey_pair(struct afd_reader *reader, size_t block, enum afd_label label)
{
	const struct afd_block *row = &reader->document->blocks[block];
	struct afd_span method = { "", 0 };
	struct afd_span url = { "", 0 };
	if (label == AFD_LABEL_METHOD ? !method_in(row->text, &method) : (url = url_in(row->text)).size == 0)
		return false;
	for (size_t i = block; i-- > 0 && block - i <= LOOK_BACK && (i > reader->survey->paired || !reader->survey->paired);) {
		const struct afd_block *other = &reader->document->blocks[i];
		if (other->kind != AFD_LABEL)
			return false;
		enum afd_label name = afd_read_label(other);
		if (name == label)
			return false;
		if (label == AFD_LABEL_METHOD && says_url(name))
			url = url_in(other->text);
		else if (label != AFD_LABEL_METHOD && name == AFD_LABEL_METHOD)
			method_in(other->text, &method);
		else if (label == AFD_LABEL_URL)
			bold_method(other, &method);
		if (afd_read_method(method) && url.size) {
			add_pair(reader, block, method, url);
			return true;
		}
	}
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
