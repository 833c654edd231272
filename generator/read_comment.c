/* SPDX-License-Identifier: MIT
 * Comments in fences, and whose they are: one is of the next request unless a blank line follows it; what says "expected"
 * right under a request is of that request. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

static const char *const comment_marks[] = { "#", "//", "--", "==", "**", "::", "REM ", "rem ", "<!--" };

static size_t mark_size(struct afd_span text)
{
	for (size_t i = 0; i < sizeof comment_marks / sizeof comment_marks[0]; i++)
		if (afd_span_starts(text, comment_marks[i]))
			return strlen(comment_marks[i]);
	return 0;
}

struct afd_span afd_comment_text(struct afd_span line)
{
	struct afd_span text = afd_span_trim(line);
	size_t mark = mark_size(text);
	if (mark == 0)
		return (struct afd_span){ text.data, 0 };
	text = afd_span_from(text, mark);
	while (text.size && strchr("#/=-*~_+ \t", text.data[0]))
		text = afd_span_from(text, 1);
	while (text.size && strchr("#=*~_+ \t\r", text.data[text.size - 1]))
		text.size--;
	while (text.size > 2 && (afd_span_ends(text, "--") || afd_span_ends(text, " -")))
		text.size--;
	return afd_span_trim(text);
}

/* echo "Test 1: ..." says what the next command is. */
static struct afd_span echoed(struct afd_span line)
{
	static const char *const words[] = { "echo ", "Write-Host ", "printf ", "Write-Output " };
	struct afd_span text = afd_span_trim(line);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!afd_span_starts(text, words[i]))
			continue;
		text = afd_span_trim(afd_span_from(text, strlen(words[i])));
		bool quoted = text.size > 1 && strchr("\"'", text.data[0]) && text.data[text.size - 1] == text.data[0];
		if (quoted && !memchr(text.data, '$', text.size))
			return (struct afd_span){ text.data + 1, text.size - 2 };
	}
	return (struct afd_span){ text.data, 0 };
}

static bool is_commented_command(struct afd_span text)
{
	return afd_span_starts(text, "curl ") && (afd_span_find(text, "/", 0) != SIZE_MAX || afd_span_ends(text, "\\"));
}

static void remark_comment(struct afd_walk *walk, struct afd_span text)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span after;
	if (is_commented_command(text))
		afd_remark(walk->reader, text, "a command in a comment");
	else if (afd_read_mention(text, &method, &url, &after))
		afd_remark(walk->reader, url, "said in a comment");
}

/* A comment that is a command goes on in the next line after a backslash. */
static struct afd_span continued(const struct afd_walk *walk, struct afd_span line)
{
	const char *end = walk->text.data + walk->text.size;
	while (afd_span_ends(afd_span_trim(line), "\\") && line.data + line.size < end) {
		const char *next = line.data + line.size + 1;
		const char *newline = next < end ? memchr(next, '\n', (size_t)(end - next)) : NULL;
		line.size = (size_t)((newline ? newline : end) - line.data);
	}
	return line;
}

bool afd_walk_comment(struct afd_walk *walk, struct afd_span line)
{
	struct afd_span text = afd_span_trim(line);
	bool mark = mark_size(text) > 0 || afd_span_starts(text, "```");
	bool echo = !mark && echoed(line).size > 0;
	if (!mark && !echo)
		return false;
	text = mark ? afd_comment_text(line) : echoed(line);
	remark_comment(walk, text);
	if (is_commented_command(text))
		line = continued(walk, line);
	if (walk->comments.size == 0) {
		walk->comments = line;
		walk->apart = walk->blank || !afd_walk_previous(walk);
	} else {
		walk->comments.size = (size_t)(line.data + line.size - walk->comments.data);
	}
	afd_walk_skip(walk, line);
	return true;
}

void afd_walk_echo(struct afd_walk *walk, struct afd_span before)
{
	before = afd_span_trim(before);
	while (before.size && strchr("&; ", before.data[before.size - 1]))
		before.size--;
	if (echoed(before).size == 0)
		return;
	afd_walk_settle_comments(walk, false);
	walk->comments = before;
	walk->apart = true;
}

static struct afd_span next_line(struct afd_span *text)
{
	const char *newline = text->size ? memchr(text->data, '\n', text->size) : NULL;
	size_t size = newline ? (size_t)(newline - text->data) : text->size;
	struct afd_span line = afd_span_first(*text, size);
	*text = afd_span_from(*text, newline ? size + 1 : size);
	return line;
}

static struct afd_span said(struct afd_span line)
{
	struct afd_span text = afd_comment_text(line);
	return text.size ? text : echoed(line);
}

/* "Expected Response (200):", "Ожидается: 422", "应返回 401". */
static bool says_expected(struct afd_span text)
{
	struct afd_block label = { 0 };
	char buffer[128];
	if (afd_scan_label(text, &label) && label.colon) {
		const struct afd_word *word = afd_word_find(AFD_WORD_LABEL, label.name);
		if (word && (word->id == AFD_LABEL_EXPECTED || word->id == AFD_LABEL_RESPONSE || word->id == AFD_LABEL_STATUS))
			return true;
	}
	struct afd_span folded = afd_word_fold(afd_span_first(text, 90), buffer);
	const struct afd_word *word = afd_word_prefix(AFD_WORD_LABEL, folded);
	return word && word->id == AFD_LABEL_EXPECTED;
}

static bool is_stated(const struct afd_found *found)
{
	for (size_t i = 0; i < found->notes.count; i++)
		if (found->notes.rows[i].stated)
			return true;
	return false;
}

/* To the previous request, or to the next one by way of `walk->pending`. */
void afd_walk_settle_comments(struct afd_walk *walk, bool command_follows)
{
	struct afd_span rest = walk->comments;
	struct afd_candidate *previous = afd_walk_previous(walk);
	bool tight = previous && !walk->apart && !is_stated(&previous->found);
	if (rest.size == 0)
		return;
	walk->comments = (struct afd_span){ "", 0 };
	walk->caption = (struct afd_span){ "", 0 };
	while (rest.size > 0) {
		struct afd_span text = said(next_line(&rest));
		if (text.size == 0 || is_commented_command(text) || text.data[0] == '@')
			continue;
		bool expected = says_expected(text);
		bool back = previous && (!command_follows || (tight && expected));
		tight = tight && expected;
		afd_note_add(walk->reader, back ? &previous->found : &walk->pending, text, expected);
		if (!expected && walk->caption.size == 0 && (command_follows || walk->apart))
			walk->caption = text;
	}
}
