/* SPDX-License-Identifier: MIT
 * What looks like a request and is none: remembered with the reason, for `check -v`. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { REMARKS_MAX = 20000, SHOWN_MAX = 80 };

static void remark(struct afd_reader *reader, struct afd_span where, struct afd_span shown,
				   const char *reason)
{
	struct afd_model *model = reader->model;
	if (model->remarks.count >= REMARKS_MAX)
		return;
	struct afd_model_remark *row =
		afd_arena_push(reader->arena, &model->remarks.rows, &model->remarks.count, sizeof *row);
	const char *newline = shown.size ? memchr(shown.data, '\n', shown.size) : NULL;
	shown =
		afd_span_first(newline ? afd_span_first(shown, (size_t)(newline - shown.data)) : shown, SHOWN_MAX);
	row->line = afd_read_line(reader, where);
	row->text = afd_arena_printf(reader->arena, "left: %s: %s", afd_arena_copy(reader->arena, shown), reason);
}

void afd_remark(struct afd_reader *reader, struct afd_span where, const char *reason)
{
	remark(reader, where, where, reason);
}

void afd_remark_request(struct afd_reader *reader, struct afd_span method, struct afd_span url,
						const char *reason)
{
	if (reader->model->remarks.count >= REMARKS_MAX)
		return;
	const char *shown = afd_arena_printf(reader->arena, "%.*s %.*s", (int)method.size, method.data,
										 (int)(url.size < SHOWN_MAX ? url.size : SHOWN_MAX), url.data);
	remark(reader, method, afd_span_of(shown), reason);
}

static const char *reason_of(const struct afd_block *block)
{
	switch (block->kind) {
	case AFD_LIST: return "a list of what there is";
	case AFD_TABLE: return "a table of what there is";
	case AFD_FENCE: return "code of another language";
	case AFD_LABEL: return "no label of a request";
	case AFD_COMMENT: return "commented out";
	default: return "said in a sentence";
	}
}

/* Calls of the libraries that documents show beside their requests. */
static bool is_call(struct afd_span line)
{
	static const char *const calls[] = { "fetch(", "axios.", "axios(", "requests.", "request(", "http.Get(", "http.Post(",
										 "HttpClient", "supertest", "client.get(", "client.post(", "$http.", "urllib" };
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		if (afd_span_find(line, calls[i], 0) != SIZE_MAX)
			return true;
	return false;
}

void afd_remark_mentions(struct afd_reader *reader, size_t block)
{
	const struct afd_block *row = &reader->document->blocks[block];
	struct afd_span rest = row->kind == AFD_FENCE ? row->body : row->all;
	while (rest.size > 0) {
		const char *newline = memchr(rest.data, '\n', rest.size);
		struct afd_span line = newline ? afd_span_first(rest, (size_t)(newline - rest.data)) : rest;
		struct afd_span method;
		struct afd_span url;
		struct afd_span after;
		rest = afd_span_from(rest, line.size + 1);
		if (afd_read_mention(line, &method, &url, &after))
			afd_remark_request(reader, method, url, reason_of(row));
		else if (row->kind == AFD_FENCE && is_call(line))
			afd_remark(reader, afd_span_trim(line), "a call in code of another language");
	}
}

/* The words of a heading without number, emoji and marks. */
static struct afd_span bare_heading(struct afd_span text)
{
	while (text.size && !((text.data[0] | 32) >= 'a' && (text.data[0] | 32) <= 'z')) {
		bool letter = (unsigned char)text.data[0] >= 0xC3 && (unsigned char)text.data[0] <= 0xE1;
		bool wide = (unsigned char)text.data[0] >= 0xE3 && (unsigned char)text.data[0] <= 0xEE;
		if (letter || wide)
			break;
		text = afd_span_from(text, 1);
	}
	while (text.size && strchr(":.*`! ", text.data[text.size - 1]))
		text.size--;
	return text;
}

/* Two words, "quick tips", but no "get /api/tips". */
static bool is_short(struct afd_span folded)
{
	size_t blanks = 0;
	for (size_t i = 0; i < folded.size; i++)
		blanks += folded.data[i] == ' ' ? 1 : folded.data[i] == '/' ? 8 : 0;
	return blanks == 1 && !afd_span_starts(folded, "get") && !afd_span_starts(folded, "list") &&
		   !afd_span_starts(folded, "create");
}

/* What the heading's section is, or NULL. */
static const char *section_kind(struct afd_span heading)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(bare_heading(heading), buffer);
	const struct afd_word *word = afd_word_prefix(AFD_WORD_SECTION, folded);
	if (word)
		return word->value;
	for (word = NULL; (word = afd_word_next(AFD_WORD_SECTION, word));)
		if (afd_span_ends(folded, word->text))
			return is_short(folded) || word->size > 6 ? word->value : NULL;
	return NULL;
}

/* "/health" and its kin: whether the server runs at all. */
static bool is_liveness(struct afd_span url)
{
	static const char *const ends[] = { "/health", "/healthz", "/ping", "/ready", "/live", "/status", "/docs", "/health/",
										"/actuator/health", "/api", "/api/health" };
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (afd_span_ends(url, ends[i]))
			return true;
	struct afd_span scheme = afd_span_first(url, 8);
	size_t from = afd_span_find(scheme, "://", 0);
	size_t slash = afd_span_find(url, "/", from == SIZE_MAX ? 0 : from + 3);
	return slash == SIZE_MAX || slash + 1 == url.size;
}

const char *afd_section_reason(const struct afd_reader *reader, size_t block, struct afd_span url)
{
	const struct afd_survey *survey = reader->survey;
	(void)block;
	for (size_t level = 2; level < 7; level++) {
		if (survey->above[level] == 0)
			continue;
		const char *kind = survey->kinds[level];
		if (kind && strcmp(kind, "trouble") == 0)
			return "a hint for when something is wrong";
		if (kind && strcmp(kind, "before") == 0 && is_liveness(url))
			return "shows that the server runs";
	}
	return NULL;
}

bool afd_section_lists(const struct afd_reader *reader)
{
	const struct afd_survey *survey = reader->survey;
	size_t level = 6;
	while (level > 0 && survey->above[level] == 0)
		level--;
	return level > 0 && survey->kinds[level] && strcmp(survey->kinds[level], "list") == 0;
}

void afd_enter_section(struct afd_reader *reader, size_t block)
{
	struct afd_survey *survey = reader->survey;
	const struct afd_block *heading = &reader->document->blocks[block];
	size_t level = heading->level < 7 ? heading->level : 6;
	for (size_t i = level; i < 7; i++)
		survey->above[i] = 0;
	survey->above[level] = block + 1;
	survey->kinds[level] = section_kind(heading->text);
}
