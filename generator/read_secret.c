/* SPDX-License-Identifier: MIT
 * Placeholders in headers. One that the document gives a value is a variable, one that an answer gives is
 * kept; all others are secrets, which only the environment of a run has. */
#include "read.h"

#include <stdint.h>
#include <string.h>

enum { NAME_MAX_BYTES = 100 };

/* What a header of such a name holds lets people in. */
static bool is_sensitive(const char *header)
{
	static const char *const names[] = { "authorization", "token", "key",     "secret",
										 "cookie",        "auth",  "session", "password" };
	char buffer[128];
	struct afd_span folded = afd_word_fold(afd_span_of(header), buffer);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (afd_span_find(folded, names[i], 0) != SIZE_MAX)
			return true;
	return false;
}

static bool is_word_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_' || u == '-' ||
		   u >= 0x80;
}

static bool is_shouted(struct afd_span word)
{
	for (size_t i = 0; i < word.size; i++)
		if (word.data[i] >= 'a' && word.data[i] <= 'z')
			return false;
	return true;
}

/* The word of the class for the part of `word` that begins at `*at`; moves to the next part. */
static const struct afd_word *next_part(struct afd_span word, size_t *at)
{
	char buffer[128];
	size_t end = *at;
	while (end < word.size && word.data[end] != '_' && word.data[end] != '-')
		end++;
	struct afd_span part = { word.data + *at, end - *at };
	*at = end + 1;
	return afd_word_find(AFD_WORD_STAND_IN, afd_word_fold(part, buffer));
}

/* YOUR_TOKEN, your-api-key, TOKEN; no INVALID_TOKEN, which is sent as it is. */
static bool is_stand_in(struct afd_span word)
{
	bool any = false;
	for (size_t at = 0; at < word.size;) {
		const struct afd_word *part = next_part(word, &at);
		if (part && part->id == AFD_STAND_IN_FAULT)
			return false;
		any = any || (part && (part->id == AFD_STAND_IN_YOURS || is_shouted(word)));
	}
	bool joined = word.size && (memchr(word.data, '_', word.size) || memchr(word.data, '-', word.size));
	return any && (joined || is_shouted(word));
}

/* "<your token>", whose name has blanks. */
static size_t described_size(struct afd_span text, struct afd_span *name)
{
	size_t close = afd_span_find(afd_span_first(text, NAME_MAX_BYTES), ">", 0);
	if (close == SIZE_MAX || close < 2 || text.data[0] != '<')
		return 0;
	*name = afd_span_trim((struct afd_span){ text.data + 1, close - 1 });
	return name->size && !memchr(name->data, '<', name->size) ? close + 1 : 0;
}

static size_t word_size(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && is_word_byte(text.data[size]))
		size++;
	return size;
}

/* The placeholder that begins the text: its size, or 0. `sensitive`: a bare word or a description is one,
 * too. */
static size_t placeholder_size(struct afd_span text, bool sensitive, struct afd_span *name)
{
	struct afd_span whole;
	struct afd_span near = afd_span_first(text, NAME_MAX_BYTES);
	size_t size = strchr("{$<", text.data[0]) ? afd_read_placeholder(near, 0, name, &whole) : SIZE_MAX;
	if (size != SIZE_MAX && whole.data == text.data)
		return size;
	size = sensitive ? described_size(text, name) : 0;
	if (size || !sensitive)
		return size;
	*name = afd_span_first(text, word_size(text));
	return is_stand_in(*name) ? name->size : 0;
}

static void use_in_header(struct afd_reader *reader, struct afd_model_test *test,
						  const struct afd_model_header *header, struct afd_span name)
{
	struct afd_model_variable *variable = afd_read_variable(reader->model, name);
	if (!variable) {
		variable = afd_read_add_variable(reader->model, name);
		variable->line = header->line;
		variable->secret = true;
	} else if (!variable->secret && !variable->value && is_sensitive(header->name)) {
		variable->secret = variable->kept;
	}
	variable->in_header = true;
	if (!variable->secret)
		afd_read_use_variable(reader, test, name);
}

void afd_read_header_variables(struct afd_reader *reader, struct afd_model_test *test)
{
	for (size_t i = 0; i < test->headers.count; i++) {
		const struct afd_model_header *header = &test->headers.rows[i];
		struct afd_span value = afd_span_of(header->value);
		bool sensitive = is_sensitive(header->name);
		for (size_t at = 0; at < value.size;) {
			struct afd_span name;
			struct afd_span rest = afd_span_from(value, at);
			size_t size = placeholder_size(rest, sensitive, &name);
			size_t word = word_size(rest);
			if (size)
				use_in_header(reader, test, header, name);
			at += size ? size : word ? word : 1;
		}
	}
}
