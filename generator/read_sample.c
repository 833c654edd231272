/* SPDX-License-Identifier: MIT
 * JSON examples as people write them: with comments, bare ellipses and placeholders, commas too many and too
 * few. What comes out is JSON, in which "..." stands for anything that may follow and "<...>" for anything at
 * all. */
#include "json.h"
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { DEPTH_MAX = 200, EXAMPLE_MAX = 1 << 20 };

struct writer {
	struct afd_span rest;
	struct afd_text out;
	size_t depth;
	char open[DEPTH_MAX];     /* the brackets that are open */
	bool ellipsis[DEPTH_MAX]; /* this object says already that there is more */
	bool after_value, after_colon, failed;
};

/* The name of a member is due next. */
static bool is_key_due(const struct writer *writer)
{
	return writer->depth > 0 && writer->open[writer->depth - 1] == '{' && !writer->after_colon;
}

static void write_value(struct writer *writer, struct afd_span text, const char *mark)
{
	if (writer->after_value)
		afd_text_putc(&writer->out, ',');
	afd_text_puts(&writer->out, mark);
	afd_text_add(&writer->out, text);
	afd_text_puts(&writer->out, mark);
	writer->after_value = true;
	writer->after_colon = false;
}

static void write_ellipsis(struct writer *writer)
{
	if (!is_key_due(writer)) {
		write_value(writer, AFD_SPAN("\"...\""), "");
	} else if (!writer->ellipsis[writer->depth - 1]) {
		writer->ellipsis[writer->depth - 1] = true;
		write_value(writer, AFD_SPAN("\"...\":\"...\""), "");
	}
}

static void open_bracket(struct writer *writer, char bracket)
{
	if (writer->after_value)
		afd_text_putc(&writer->out, ',');
	writer->failed = writer->failed || writer->depth == DEPTH_MAX;
	if (writer->failed)
		return;
	writer->ellipsis[writer->depth] = false;
	writer->open[writer->depth++] = bracket;
	afd_text_putc(&writer->out, bracket);
	writer->after_value = writer->after_colon = false;
}

static void close_bracket(struct writer *writer, char bracket)
{
	char partner = bracket == '}' ? '{' : '[';
	writer->failed = writer->failed || writer->depth == 0 || writer->open[writer->depth - 1] != partner;
	if (writer->failed)
		return;
	writer->depth--;
	afd_text_putc(&writer->out, bracket);
	writer->after_value = true;
}

/* How many bytes of the rest a string token takes, with its quotes; 0: it has no end. */
static size_t string_size(struct afd_span rest)
{
	for (size_t i = 1; i < rest.size && rest.data[i] != '\n'; i++) {
		if (rest.data[i] == '\\')
			i++;
		else if (rest.data[i] == '"')
			return i + 1;
	}
	return 0;
}

static size_t word_size(struct afd_span rest)
{
	static const char ends[] = " \t\r\n{}[],:\"";
	size_t size = 0;
	while (size < rest.size && !strchr(ends, rest.data[size]) &&
		   !afd_span_starts(afd_span_from(rest, size), "//"))
		size++;
	return size;
}

static bool is_literal(struct afd_span word)
{
	struct afd_json json;
	struct afd_json_error error;
	if (!afd_json_parse(word, &json, &error))
		return false;
	afd_json_free(&json);
	return true;
}

/* A number or literal as it is, the name of a member in quotes; any other bare word is a placeholder. */
static size_t write_word(struct writer *writer)
{
	struct afd_span word = afd_span_first(writer->rest, word_size(writer->rest));
	bool angled = afd_span_starts(word, "<");
	if (angled && afd_span_find(writer->rest, ">", 0) != SIZE_MAX)
		word.size = afd_span_find(writer->rest, ">", 0) + 1;
	bool key = is_key_due(writer);
	if (!angled && !key && is_literal(word)) {
		write_value(writer, word, "");
		return word.size;
	}
	bool quotable =
		word.size > 0 && !memchr(word.data, '\\', word.size) && !memchr(word.data, '\n', word.size);
	writer->failed = writer->failed || !quotable;
	write_value(writer, angled || key ? word : AFD_SPAN("<any>"), "\"");
	return word.size;
}

/* Bytes of what says nothing: blanks, commas, comments. */
static size_t skipped(struct afd_span rest)
{
	if (strchr(" \t\r\n,", rest.data[0]) && rest.data[0] != '\0')
		return 1;
	if (afd_span_starts(rest, "//")) {
		size_t end = afd_span_find(rest, "\n", 0);
		return end == SIZE_MAX ? rest.size : end;
	}
	size_t end = afd_span_starts(rest, "/*") ? afd_span_find(rest, "*/", 2) : SIZE_MAX;
	return end == SIZE_MAX ? 0 : end + 2;
}

static size_t ellipsis_size(struct afd_span rest)
{
	static const char *const spellings[] = { "...", "\xE2\x80\xA6" };
	for (size_t i = 0; i < 2; i++)
		if (afd_span_starts(rest, spellings[i]))
			return 3;
	return 0;
}

/* Writes what stands next; returns how many bytes it took. */
static size_t write_next(struct writer *writer)
{
	struct afd_span rest = writer->rest;
	size_t size = skipped(rest);
	if (size)
		return size;
	if (ellipsis_size(rest)) {
		write_ellipsis(writer);
		while (ellipsis_size(afd_span_from(rest, size)) || afd_span_starts(afd_span_from(rest, size), "."))
			size += ellipsis_size(afd_span_from(rest, size)) ? 3 : 1;
		return size;
	}
	switch (rest.data[0]) {
	case '{':
	case '[': open_bracket(writer, rest.data[0]); return 1;
	case '}':
	case ']': close_bracket(writer, rest.data[0]); return 1;
	case ':':
		afd_text_putc(&writer->out, ':');
		writer->after_value = false;
		writer->after_colon = true;
		return 1;
	case '"':
		size = string_size(rest);
		writer->failed = writer->failed || size == 0;
		write_value(writer, afd_span_first(rest, size), "");
		return size;
	default: return write_word(writer);
	}
}

static bool is_json(struct afd_span text)
{
	return is_literal(text);
}

const char *afd_read_sample_json(struct afd_span text, struct afd_arena *arena)
{
	if (text.size > EXAMPLE_MAX)
		return NULL;
	if (is_json(text))
		return afd_arena_copy(arena, text);
	struct writer *writer = afd_arena_new(arena, sizeof *writer);
	writer->rest = text;
	afd_text_init(&writer->out, 4 * EXAMPLE_MAX);
	while (!writer->failed && writer->rest.size > 0)
		writer->rest = afd_span_from(writer->rest, write_next(writer));
	bool good =
		!writer->failed && writer->depth == 0 && !writer->out.failed && is_json(afd_text_span(&writer->out));
	const char *json = good ? afd_arena_copy(arena, afd_text_span(&writer->out)) : NULL;
	afd_text_free(&writer->out);
	return json;
}

static bool is_answer(struct afd_span body)
{
	return afd_span_starts(body, "HTTP/");
}

bool afd_read_is_sample(const struct afd_block *fence)
{
	static const char *const kinds[] = { "json", "jsonc", "json5" };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (afd_span_equal_nocase(fence->info, afd_span_of(kinds[i])))
			return true;
	struct afd_span body = afd_span_trim(fence->body);
	bool plain = fence->info.size == 0 || afd_span_equal_nocase(fence->info, AFD_SPAN("http"));
	return plain && (afd_span_starts(body, "{") || afd_span_starts(body, "[") || is_answer(body));
}

static struct afd_span take_last_word(struct afd_span *text)
{
	size_t at = text->size;
	while (at > 0 && text->data[at - 1] != ' ')
		at--;
	struct afd_span word = afd_span_from(*text, at);
	*text = afd_span_trim(afd_span_first(*text, at));
	return word;
}

/* "`201` and body" is "`201`" before an example of the body. */
static struct afd_span without_body(struct afd_span text)
{
	struct afd_span before = text;
	const struct afd_word *subject = afd_word_find(AFD_WORD_SUBJECT, take_last_word(&before));
	if (subject && strcmp(subject->value, "AFD_BODY") == 0)
		text = before;
	before = text;
	const struct afd_word *joint = afd_word_find(AFD_WORD_OPERATOR, take_last_word(&before));
	return joint && joint->id == AFD_OPERATOR_AND ? before : text;
}

/* The predicate that the words end with, of an example that follows; NULL: they don't. */
static const struct afd_word *likeness(struct afd_span words)
{
	while (words.size && words.data[words.size - 1] == ':')
		words.size--;
	const struct afd_word *word = afd_word_find(AFD_WORD_PREDICATE, words);
	bool like =
		word && (strcmp(word->value, "AFD_EXACTLY_LIKE") == 0 || strcmp(word->value, "AFD_LIKE") == 0);
	return like ? word : NULL;
}

struct afd_span afd_read_before_sample(struct afd_span text, bool *exactly)
{
	*exactly = false;
	for (size_t i = 0; i < text.size; i++) {
		const struct afd_word *word =
			i == 0 || text.data[i - 1] == ' ' ? likeness(afd_span_from(text, i)) : NULL;
		if (!word)
			continue;
		*exactly = strcmp(word->value, "AFD_EXACTLY_LIKE") == 0;
		return without_body(afd_span_trim(afd_span_first(text, i)));
	}
	return text;
}

/* The head of an answer in the fence: its status, and where its body begins. */
static struct afd_span after_head(struct afd_reader *reader, struct afd_span body, struct afd_target to)
{
	struct afd_span line = afd_span_trim(afd_span_first(body, afd_span_find(body, "\n", 0)));
	struct afd_span code = afd_span_first(afd_span_trim(afd_span_from(line, afd_span_find(line, " ", 0))), 3);
	if (afd_status_in(code, AFD_STATEMENT_EXPECTED)) {
		const char *value = afd_arena_copy(reader->arena, code);
		afd_read_add_conditions(reader, to,
								afd_expect_plain(reader->arena, "AFD_STATUS", "AFD_IS", value, code), NULL);
	}
	size_t blank = afd_span_find(body, "\n\n", 0);
	size_t other = afd_span_find(body, "\n\r\n", 0);
	blank = blank < other ? blank : other;
	return afd_span_trim(afd_span_from(body, blank == SIZE_MAX ? body.size : blank));
}

void afd_read_sample(struct afd_reader *reader, const struct afd_block *fence, bool exactly,
					 struct afd_target to)
{
	struct afd_span body = afd_span_trim(fence->body);
	reader->used[fence - reader->document->blocks] = true;
	if (is_answer(body))
		body = after_head(reader, body, to);
	if (body.size == 0)
		return;
	const char *json = afd_read_sample_json(body, reader->arena);
	if (!json) {
		struct afd_span line = afd_span_first(body, afd_span_find(body, "\n", 0));
		afd_diag_add(reader->diag, AFD_WARNING, "expectation", afd_span_trim(line),
					 "this example is no JSON; nothing of it is expected");
		return;
	}
	const char *predicate = exactly ? "AFD_EXACTLY_LIKE" : "AFD_LIKE";
	struct afd_condition *like = afd_expect_plain(reader->arena, "AFD_BODY", predicate, json, body);
	const char *text = exactly ? "the body is exactly like the example" : "the body is like the example";
	afd_read_add_conditions(reader, to, like, text);
}
