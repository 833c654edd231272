/* SPDX-License-Identifier: MIT
 * Fences: a walk over their lines, from one command or request line to the next. */
#include "survey.h"

#include "expectation.h"

#include <stdint.h>
#include <string.h>

enum { MENTION_MAX = 400 };

struct fence_word {
	const char *word;
	enum afd_fence_kind kind;
};

static const struct fence_word fence_words[] = {
	{ "", AFD_FENCE_PLAIN },          { "text", AFD_FENCE_PLAIN },     { "txt", AFD_FENCE_PLAIN },
	{ "plaintext", AFD_FENCE_PLAIN }, { "plain", AFD_FENCE_PLAIN },    { "none", AFD_FENCE_PLAIN },
	{ "http", AFD_FENCE_HTTP },       { "https", AFD_FENCE_HTTP },     { "rest", AFD_FENCE_HTTP },
	{ "bash", AFD_FENCE_SHELL },      { "sh", AFD_FENCE_SHELL },       { "shell", AFD_FENCE_SHELL },
	{ "zsh", AFD_FENCE_SHELL },       { "fish", AFD_FENCE_SHELL },     { "console", AFD_FENCE_SHELL },
	{ "terminal", AFD_FENCE_SHELL },  { "curl", AFD_FENCE_SHELL },     { "shell-session", AFD_FENCE_SHELL },
	{ "sh-session", AFD_FENCE_SHELL }, { "shellsession", AFD_FENCE_SHELL }, { "shellscript", AFD_FENCE_SHELL },
	{ "cmd", AFD_FENCE_SHELL },       { "bat", AFD_FENCE_SHELL },      { "batch", AFD_FENCE_SHELL },
	{ "dos", AFD_FENCE_SHELL },       { "powershell", AFD_FENCE_SHELL }, { "pwsh", AFD_FENCE_SHELL },
	{ "ps1", AFD_FENCE_SHELL },       { "ps", AFD_FENCE_SHELL },       { "posh", AFD_FENCE_SHELL },
};

/* The first word of the info string: "bash title=x", "{.bash}". */
static enum afd_fence_kind kind_of(struct afd_span info)
{
	while (info.size && strchr("{.", info.data[0]))
		info = afd_span_from(info, 1);
	size_t size = 0;
	while (size < info.size && !strchr(" \t,:{}", info.data[size]))
		size++;
	for (size_t i = 0; i < sizeof fence_words / sizeof fence_words[0]; i++)
		if (afd_span_equal_nocase(afd_span_first(info, size), afd_span_of(fence_words[i].word)))
			return fence_words[i].kind;
	return AFD_FENCE_CODE;
}

struct afd_span afd_walk_line(const struct afd_walk *walk)
{
	struct afd_span rest = afd_span_from(walk->text, walk->at);
	const char *newline = rest.size ? memchr(rest.data, '\n', rest.size) : NULL;
	return newline ? afd_span_first(rest, (size_t)(newline - rest.data)) : rest;
}

void afd_walk_skip(struct afd_walk *walk, struct afd_span line)
{
	walk->at = (size_t)(line.data - walk->text.data) + line.size + 1;
	if (walk->at > walk->text.size)
		walk->at = walk->text.size;
}

void afd_walk_end_line(struct afd_walk *walk, size_t at)
{
	const char *newline =
		at < walk->text.size ? memchr(walk->text.data + at, '\n', walk->text.size - at) : NULL;
	walk->at = newline ? (size_t)(newline - walk->text.data) + 1 : walk->text.size;
}

struct afd_candidate *afd_walk_previous(struct afd_walk *walk)
{
	struct afd_survey *survey = walk->reader->survey;
	return survey->rows.count > walk->first ? &survey->rows.rows[survey->rows.count - 1] : NULL;
}

struct afd_candidate *afd_walk_add(struct afd_walk *walk, enum afd_rank rank, struct afd_found *found)
{
	if (found->caption.size == 0)
		found->caption = walk->caption;
	for (size_t i = 0; i < walk->pending.notes.count; i++)
		afd_note_add(walk->reader, found, walk->pending.notes.rows[i].text, walk->pending.notes.rows[i].stated);
	walk->caption = (struct afd_span){ "", 0 };
	walk->pending = (struct afd_found){ 0 };
	walk->stopped = false;
	return afd_survey_add(walk->reader, walk->block, rank, found);
}

static bool take_blank(struct afd_walk *walk, struct afd_span line)
{
	if (afd_span_trim(line).size > 0)
		return false;
	afd_walk_settle_comments(walk, false);
	walk->blank = true;
	afd_walk_skip(walk, line);
	return true;
}

/* "HTTP/1.1 201 Created", "Expected: 404": an answer, which speaks of the request above. */
static bool is_answer_line(struct afd_span text)
{
	struct afd_block label = { 0 };
	if (afd_span_starts(text, "HTTP/") || (afd_span_starts(text, "\xE2\x86\x92") && afd_status_in(text, AFD_STATEMENT_LABEL)))
		return true;
	if (!afd_scan_label(text, &label) || !label.colon)
		return false;
	enum afd_label name = afd_read_label(&label);
	return name == AFD_LABEL_EXPECTED || name == AFD_LABEL_RESPONSE || name == AFD_LABEL_STATUS;
}

bool afd_is_drawn(struct afd_span text)
{
	static const char *const marks[] = { "\xE2\x86", "\xE2\x94", "\xE2\x95", "\xE2\x96", "|--", "+--", "`--" };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (afd_span_starts(text, marks[i]))
			return true;
	return false;
}

/* echo "$STATUS"  # expect 401 */
static struct afd_span comment_behind(struct afd_span line)
{
	size_t at = afd_span_find(line, " # ", 0);
	return at == SIZE_MAX ? (struct afd_span){ "", 0 } : afd_span_from(line, at + 3);
}

/* if ($response.StatusCode -eq 200), [ "$STATUS" = "201" ]: what a script holds against the status. */
static struct afd_span compared(struct afd_span text)
{
	static const char *const marks[] = { "StatusCode -eq ", "StatusCode == ",  "status_code -eq ",
										 "STATUS\" = ",     "STATUS\" == ",    "STATUS -eq ",
										 "HTTP_CODE\" = ",  "HTTP_CODE\" == ", "HTTP_CODE\" -eq ",
										 "STATUS\" -eq " };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t at = afd_span_find(text, marks[i], 0);
		if (at != SIZE_MAX)
			return afd_span_from(text, at + strlen(marks[i]));
	}
	return (struct afd_span){ text.data, 0 };
}

/* HTTPie and its like: they send requests, and are not read. */
static bool is_other_client(struct afd_span text)
{
	static const char *const clients[] = {
		"http ", "https ", "wget ", "xh ", "grpcurl ", "newman ", "hurl "
	};
	for (size_t i = 0; i < sizeof clients / sizeof clients[0]; i++)
		if (afd_span_starts(text, clients[i]))
			return true;
	return false;
}

static void remark_text(struct afd_walk *walk, struct afd_span text)
{
	if (walk->kind == AFD_FENCE_SHELL) {
		if (is_other_client(text))
			afd_remark(walk->reader, text, "a command of another program");
		return;
	}
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	if (afd_read_mention(afd_span_first(text, MENTION_MAX), &method, &url, &after))
		afd_remark_request(walk->reader, method, url,
						   afd_is_drawn(text) ? "a step of a picture" : "part of a text");
}

/* Words, output, JSON of an answer: anything that is no request. */
static bool take_text(struct afd_walk *walk, struct afd_span line)
{
	afd_walk_settle_comments(walk, false);
	struct afd_candidate *previous = afd_walk_previous(walk);
	struct afd_span text = afd_span_trim(line);
	struct afd_span comment = comment_behind(text);
	if (previous && is_answer_line(text))
		afd_note_add(walk->reader, &previous->found, text, true);
	else if (previous && walk->kind == AFD_FENCE_SHELL && afd_status_in(comment, AFD_STATEMENT_PROSE))
		afd_note_add(walk->reader, &previous->found, comment, true);
	else if (previous && walk->kind == AFD_FENCE_SHELL)
		afd_note_add(walk->reader, &previous->found, compared(text), true);
	else if (walk->kind == AFD_FENCE_PLAIN && afd_is_drawn(text))
		walk->overviews++;
	remark_text(walk, text);
	/* in a fence without a language a request line within text is part of the text */
	walk->stopped = walk->kind == AFD_FENCE_PLAIN && !previous;
	afd_walk_skip(walk, line);
	return true;
}

/* "cat > file <<EOF": lines that are data. */
static bool take_heredoc(struct afd_walk *walk, struct afd_span line)
{
	size_t at = walk->kind == AFD_FENCE_SHELL ? afd_span_find(line, "<<", 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		return false;
	struct afd_span word = afd_heredoc_word(afd_span_from(line, at + 2));
	if (word.size == 0)
		return false;
	afd_walk_settle_comments(walk, false);
	struct afd_span body;
	afd_walk_skip(walk, line);
	walk->at = afd_heredoc_end(walk->reader, walk->text, walk->at, word, &body);
	return true;
}

static bool take_request(struct afd_walk *walk, struct afd_span line)
{
	return !walk->stopped && (afd_walk_raw(walk, line) || afd_walk_pair(walk, line));
}

typedef bool line_reader(struct afd_walk *walk, struct afd_span line);

static void walk_lines(struct afd_walk *walk)
{
	static line_reader *const readers[] = { take_blank,    afd_walk_comment,    afd_walk_curl, afd_walk_powershell,
											take_request, afd_walk_variable, take_heredoc,  take_text };
	while (walk->at < walk->text.size) {
		struct afd_span line = afd_walk_line(walk);
		for (size_t i = 0; !readers[i](walk, line);)
			i++;
		if (afd_span_trim(line).size > 0)
			walk->blank = false;
	}
	afd_walk_settle_comments(walk, false);
}

static bool says_no_host(struct afd_span url)
{
	return afd_span_starts(url, "/") && !memchr(url.data, '?', url.size);
}

/* What comes back is said right below the fence. */
static bool is_answered(const struct afd_walk *walk)
{
	const struct afd_document *document = walk->reader->document;
	const struct afd_block *below = &document->blocks[walk->block] + 1;
	if (walk->block + 1 >= document->count || below->kind != AFD_LABEL)
		return false;
	enum afd_label label = afd_loose_label(below);
	bool answer = label == AFD_LABEL_EXPECTED || label == AFD_LABEL_RESPONSE || label == AFD_LABEL_STATUS;
	return answer && afd_status_in(afd_label_words(below), AFD_STATEMENT_EXPECTED);
}

/* "/users/1", "/users/ann@example.com": no list of what there is has such a path. */
static bool has_concrete_segment(struct afd_span url)
{
	for (size_t at = 0; (at = afd_span_find(url, "/", at)) != SIZE_MAX; at++) {
		struct afd_span segment = afd_span_from(url, at + 1);
		segment = afd_span_first(segment, afd_span_find(segment, "/", 0));
		size_t digits = 0;
		while (digits < segment.size && segment.data[digits] >= '0' && segment.data[digits] <= '9')
			digits++;
		if (segment.size && (digits == segment.size || memchr(segment.data, '@', segment.size)))
			return true;
	}
	return false;
}

/* One under a comment; and one that is said twice is no list of what there is, either. */
static bool has_example(const struct afd_walk *walk)
{
	const struct afd_survey *survey = walk->reader->survey;
	for (size_t i = walk->first; i < survey->rows.count && i < walk->first + 64; i++) {
		if (survey->rows.rows[walk->first].found.caption.size &&
			has_concrete_segment(survey->rows.rows[i].found.url))
			return true;
		for (size_t k = walk->first; k < i; k++)
			if (afd_span_equal(survey->rows.rows[k].found.url, survey->rows.rows[i].found.url) &&
				strcmp(survey->rows.rows[k].found.method, survey->rows.rows[i].found.method) == 0)
				return true;
	}
	return false;
}

/* Request lines one under the other, with nothing between them and nothing said of any: a list of what there
 * is. A fence of HTTP is one only under a heading that says so. */
static void leave_overview(struct afd_walk *walk)
{
	bool lists = afd_section_lists(walk->reader);
	if (is_answered(walk) || (!lists && (walk->kind == AFD_FENCE_HTTP || has_example(walk))))
		return;
	struct afd_survey *survey = walk->reader->survey;
	struct afd_candidate *rows = survey->rows.rows;
	for (size_t i = walk->first; i < survey->rows.count; i++) {
		unsigned line = afd_read_line(walk->reader, rows[i].found.where);
		bool plain = rows[i].rank == AFD_RANK_LINE && says_no_host(rows[i].found.url);
		bool below = i > walk->first && rows[i - 1].rank == AFD_RANK_LINE && says_no_host(rows[i - 1].found.url) &&
					 afd_read_line(walk->reader, rows[i - 1].found.where) + 1 == line;
		bool above = i + 1 < survey->rows.count && rows[i + 1].rank == AFD_RANK_LINE &&
					 says_no_host(rows[i + 1].found.url) &&
					 afd_read_line(walk->reader, rows[i + 1].found.where) == line + 1;
		if (plain && (below || above || walk->overviews))
			rows[i].left = "listed among others: an overview";
	}
}

/* The first line that says something, comments left out. */
static bool first_line_is_request(struct afd_walk *walk)
{
	size_t at = 0;
	bool good = false;
	while (at < walk->text.size) {
		struct afd_walk probe = *walk;
		probe.at = at;
		struct afd_span line = afd_walk_line(&probe);
		struct afd_span text = afd_span_trim(line);
		struct afd_span method;
		struct afd_span url;
		struct afd_span rest;
		good = afd_span_starts(text, "curl ") || afd_read_raw_line(text, &method, &url, &rest);
		if (text.size > 0 && !afd_span_starts(text, "#") && !afd_span_starts(text, "//"))
			break;
		at = (size_t)(line.data - walk->text.data) + line.size + 1;
	}
	return good;
}

static bool is_requested(const struct afd_reader *reader, size_t block)
{
	const struct afd_block *above = block ? &reader->document->blocks[block - 1] : NULL;
	return above && above->kind == AFD_LABEL && above->text.size == 0 && afd_read_label(above) == AFD_LABEL_REQUEST;
}

void afd_read_fence(struct afd_reader *reader, size_t block)
{
	const struct afd_block *fence = &reader->document->blocks[block];
	struct afd_walk walk = { .reader = reader, .block = block, .indent = fence->indent, .kind = kind_of(fence->info),
							 .requested = is_requested(reader, block), .text = fence->body,
							 .first = reader->survey->rows.count };
	if (walk.kind == AFD_FENCE_CODE && !first_line_is_request(&walk)) {
		afd_remark_mentions(reader, block);
		return;
	}
	walk_lines(&walk);
	leave_overview(&walk);
}

void afd_read_lines(struct afd_reader *reader, size_t block, struct afd_span text)
{
	struct afd_walk walk = { .reader = reader, .block = block, .kind = AFD_FENCE_SHELL, .text = text,
							 .first = reader->survey->rows.count };
	while (walk.at < walk.text.size) {
		struct afd_span line = afd_walk_line(&walk);
		if (!afd_walk_curl(&walk, line) && !afd_walk_powershell(&walk, line))
			afd_walk_skip(&walk, line);
	}
}
