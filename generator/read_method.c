/* SPDX-License-Identifier: MIT
 * Words that are nearly an HTTP method: where a request was meant and none is found, or is sent by a method
 * that nobody knows. */
#include "survey.h"

#include <string.h>

enum { SHORT = 3, LONG = 8 };

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_among(struct afd_span letters, char letter)
{
	return letters.size && memchr(letters.data, letter, letters.size);
}

/* "GTE" is GET; "SET" and "LET" are words of their own. */
static bool has_letters_of(struct afd_span word, const char *method)
{
	size_t size = strlen(method);
	for (size_t i = 0; i < word.size; i++)
		if (!strchr(method, is_upper(word.data[i]) ? word.data[i] : word.data[i] - ('a' - 'A')))
			return false;
	for (size_t i = 0; i < size; i++)
		if (!is_among(word, method[i]) && !is_among(word, (char)(method[i] + ('a' - 'A'))))
			return false;
	return true;
}

/* NULL: it is a method, or nothing like one. */
static const char *meant_method(struct afd_span word)
{
	size_t distance;
	if (word.size < SHORT || word.size > LONG || afd_read_method(word))
		return NULL;
	const struct afd_word *near = afd_word_near(AFD_WORD_METHOD, word, &distance);
	if (!near || distance > 1 || (near->size <= SHORT && !has_letters_of(word, near->value)))
		return NULL;
	return near->value;
}

static void warn(struct afd_reader *reader, struct afd_span word, const char *method, const char *what)
{
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_WARNING, "method", word, "'%.*s' is no HTTP method: %s",
					 (int)word.size, word.data, what);
	afd_diag_hint(reader->diag, row, "did you mean '%s'?", method);
}

/* The capitals that the text begins with, where a URL follows them. */
static struct afd_span word_before_url(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && is_upper(text.data[size]))
		size++;
	struct afd_span rest = afd_span_from(text, size);
	size_t blank = 0;
	while (blank < rest.size && strchr(" \t`*|", rest.data[blank]))
		blank++;
	bool url = blank > 0 && afd_read_url_size(afd_span_from(rest, blank), false) > 0;
	return afd_span_first(text, url ? size : 0);
}

static struct afd_span without_marks(struct afd_span text)
{
	text = afd_span_trim(text);
	while (text.size && strchr("`*|[ ", text.data[0]))
		text = afd_span_from(text, 1);
	return text;
}

static void check_beginning(struct afd_reader *reader, struct afd_span text)
{
	struct afd_span word = word_before_url(without_marks(text));
	const char *method = meant_method(word);
	if (method)
		warn(reader, word, method, "no request is found here");
}

/* Behind the number: "### 5. GTE /orders". */
static void check_heading(struct afd_reader *reader, struct afd_span text)
{
	size_t at = 0;
	while (at < text.size && !is_upper(text.data[at]))
		at++;
	check_beginning(reader, afd_span_from(text, at));
}

static void check_fence(struct afd_reader *reader, struct afd_span body)
{
	size_t end = afd_span_find(body, "\n", 0);
	check_beginning(reader, afd_span_first(body, end));
}

static void check_cells(struct afd_reader *reader, struct afd_span row)
{
	struct afd_span cells[4];
	size_t count = afd_read_cells(row, cells, sizeof cells / sizeof cells[0]);
	for (size_t i = 0; i < count && i < sizeof cells / sizeof cells[0]; i++)
		check_beginning(reader,
						(struct afd_span){ cells[i].data, (size_t)(row.data + row.size - cells[i].data) });
}

static void check_label(struct afd_reader *reader, const struct afd_block *block)
{
	struct afd_span value = afd_read_value(block->text);
	const char *method = afd_read_label(block) == AFD_LABEL_METHOD ? meant_method(value) : NULL;
	if (method)
		warn(reader, value, method, "no request is found here");
	else
		check_beginning(reader, block->text);
}

/* Under a label Request a line that is no request is an error already. */
static bool is_announced(const struct afd_reader *reader, const struct afd_block *block)
{
	return block > reader->document->blocks && block[-1].kind == AFD_LABEL &&
		   afd_read_label(&block[-1]) == AFD_LABEL_REQUEST;
}

static void check_block(struct afd_reader *reader, const struct afd_block *block)
{
	switch (block->kind) {
	case AFD_HEADING: check_heading(reader, block->text); break;
	case AFD_FENCE:
		if (!is_announced(reader, block))
			check_fence(reader, block->body);
		break;
	case AFD_LABEL: check_label(reader, block); break;
	case AFD_TABLE:
		for (size_t i = 1; i < block->line_count; i++)
			check_cells(reader, block->lines[i].text);
		break;
	default: break;
	}
}

void afd_read_check_methods(struct afd_reader *reader)
{
	for (size_t i = 0; i < reader->document->count; i++)
		check_block(reader, &reader->document->blocks[i]);
	for (size_t i = 0; i < reader->model->tests.count; i++) {
		const struct afd_model_test *test = &reader->model->tests.rows[i];
		const char *method = meant_method(afd_span_of(test->method));
		if (!method)
			continue;
		struct afd_diagnostic *row =
			afd_diag_add(reader->diag, AFD_WARNING, "method", test->where,
						 "'%s' is no HTTP method that is known: it is sent as it is", test->method);
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", method);
	}
}
