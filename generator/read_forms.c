/* SPDX-License-Identifier: MIT
 * Request forms: which blocks are requests. */
#include "read.h"

#include <string.h>

static bool is_request_fence(const struct afd_block *fence)
{
	static const char *const kinds[] = { "", "http", "https", "rest", "text", "txt", "plaintext", "bash", "sh", "shell" };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (afd_span_equal_nocase(fence->info, afd_span_of(kinds[i])))
			return true;
	return false;
}

static bool read_fence(struct afd_reader *reader, size_t block)
{
	const struct afd_block *fence = &reader->document->blocks[block];
	struct afd_found found = { .form = "fence" };
	if (!is_request_fence(fence) || !afd_read_raw_request(reader, fence, &found))
		return false;
	afd_read_add_test(reader, &found);
	return true;
}

bool afd_read_forms(struct afd_reader *reader, size_t block)
{
	switch (reader->document->blocks[block].kind) {
	case AFD_FENCE: return read_fence(reader, block);
	default: return false;
	}
}

static void refuse_request(struct afd_reader *reader, struct afd_span where)
{
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "request", where, "expected a request line: 'METHOD URL'");
	size_t size = 0;
	while (size < where.size && !strchr(" \t", where.data[size]))
		size++;
	struct afd_span word = afd_span_first(where, size);
	size_t distance;
	const struct afd_word *near = afd_word_near(AFD_WORD_METHOD, word, &distance);
	if (near && distance > 0)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", near->value);
}

static struct afd_span first_line(struct afd_span text)
{
	const char *newline = text.size ? memchr(text.data, '\n', text.size) : NULL;
	return afd_span_trim(newline ? afd_span_first(text, (size_t)(newline - text.data)) : text);
}

bool afd_read_labelled_request(struct afd_reader *reader, enum afd_label label, const struct afd_block *block)
{
	struct afd_found found = { .form = label == AFD_LABEL_REQUEST ? "request" : "label" };
	const struct afd_block *content = afd_read_content(reader, block);
	if (content && content->kind == AFD_FENCE && is_request_fence(content)) {
		reader->used[content - reader->document->blocks] = true;
		if (!afd_read_raw_request(reader, content, &found)) {
			if (label == AFD_LABEL_REQUEST && content->body.size)
				refuse_request(reader, first_line(content->body));
			return true;
		}
		afd_read_add_test(reader, &found);
		return true;
	}
	struct afd_span line = afd_read_value(block->text);
	struct afd_span method;
	if (!afd_read_request_line(line, &method, &found.url))
		return false;
	found.where = line;
	found.method = afd_arena_copy(reader->arena, method);
	afd_read_add_test(reader, &found);
	return true;
}
