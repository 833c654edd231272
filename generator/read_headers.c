/* SPDX-License-Identifier: MIT
 * Headers: as they stand in a fence or a list, and those that a request has in common with others. */
#include "read.h"

#include <string.h>

enum { HEADERS_MAX = 100 };

static struct afd_span take_line(struct afd_span *text)
{
	const char *newline = text->size ? memchr(text->data, '\n', text->size) : NULL;
	size_t size = newline ? (size_t)(newline - text->data) : text->size;
	struct afd_span line = afd_span_first(*text, size);
	*text = afd_span_from(*text, newline ? size + 1 : size);
	return line;
}

static bool is_field_name(struct afd_span name)
{
	for (size_t i = 0; i < name.size; i++) {
		unsigned char u = (unsigned char)name.data[i];
		bool letter = (u | 32) >= 'a' && (u | 32) <= 'z';
		if (!letter && !(u >= '0' && u <= '9') && (u == '\0' || !strchr("!#$%&'*+-.^_`|~", u)))
			return false;
	}
	return name.size > 0;
}

/* "Name: value"; false where the line is none. */
static bool split_field(struct afd_span line, struct afd_span *name, struct afd_span *value)
{
	const char *colon = line.size ? memchr(line.data, ':', line.size) : NULL;
	if (!colon)
		return false;
	*name = (struct afd_span){ line.data, (size_t)(colon - line.data) };
	*value = afd_span_trim(afd_span_from(line, name->size + 1));
	return is_field_name(*name);
}

void afd_read_add_header(struct afd_reader *reader, struct afd_model_headers *to, struct afd_span where,
						 struct afd_span name, struct afd_span value)
{
	if (to->count > HEADERS_MAX)
		return;
	if (to->count == HEADERS_MAX)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "header", where, "more than %d headers stand here",
					 HEADERS_MAX);
	else if (value.size && memchr(value.data, '\0', value.size))
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "nul", where, "a header may not hold a NUL byte");
	struct afd_model_header *row = afd_arena_push(reader->arena, &to->rows, &to->count, sizeof *row);
	*row = (struct afd_model_header){ .line = afd_read_line(reader, where),
									  .name = afd_arena_copy(reader->arena, name),
									  .value = afd_arena_copy(reader->arena, value) };
}

bool afd_read_header_line(struct afd_reader *reader, struct afd_span line, struct afd_model_headers *to)
{
	struct afd_span name;
	struct afd_span value;
	if (!split_field(line, &name, &value))
		return false;
	afd_read_add_header(reader, to, line, name, value);
	return true;
}

void afd_read_header_lines(struct afd_reader *reader, struct afd_span lines, struct afd_model_headers *to)
{
	while (lines.size > 0) {
		struct afd_span line = afd_span_trim(take_line(&lines));
		if (line.size == 0 || afd_read_header_line(reader, line, to))
			continue;
		struct afd_diagnostic *row =
			afd_diag_add(reader->diag, AFD_WARNING, "header", line, "this line is no header and is not sent");
		afd_diag_hint(reader->diag, row, "a header is written 'Name: value'");
	}
}

/* Headers in common */

/* In the place of one that has its name. */
static void put_header(struct afd_arena *arena, struct afd_model_headers *to,
					   const struct afd_model_header *header)
{
	for (size_t i = 0; i < to->count; i++) {
		if (afd_span_equal_nocase(afd_span_of(to->rows[i].name), afd_span_of(header->name))) {
			to->rows[i] = *header;
			return;
		}
	}
	struct afd_model_header *row = afd_arena_push(arena, &to->rows, &to->count, sizeof *row);
	*row = *header;
}

static void put_headers(struct afd_arena *arena, struct afd_model_headers *to,
						const struct afd_model_headers *from)
{
	for (size_t i = 0; i < from->count; i++)
		put_header(arena, to, &from->rows[i]);
}

static struct afd_model_common *common_of(struct afd_model *model, const char *qualifier)
{
	for (size_t i = 0; i < model->common.count; i++)
		if (strcmp(model->common.rows[i].qualifier, qualifier) == 0)
			return &model->common.rows[i];
	return NULL;
}

void afd_read_common_headers(struct afd_reader *reader, const struct afd_block *label, const char *qualifier)
{
	struct afd_model *model = reader->model;
	const struct afd_block *fence = afd_read_content(reader, label);
	if (!fence || fence->kind != AFD_FENCE)
		return;
	struct afd_model_common *common = common_of(model, qualifier);
	if (!common) {
		common = afd_arena_push(reader->arena, &model->common.rows, &model->common.count, sizeof *common);
		common->qualifier = qualifier;
	}
	afd_read_header_lines(reader, fence->body, &common->headers);
	reader->used[fence - reader->document->blocks] = true;
}

/* Those of the base in the place of those of all requests. */
static void merge_common(struct afd_reader *reader, const char *qualifier, struct afd_common *to)
{
	const struct afd_model_common *all = common_of(reader->model, "");
	const struct afd_model_common *own = qualifier[0] ? common_of(reader->model, qualifier) : NULL;
	if (all)
		put_headers(reader->arena, &to->headers, &all->headers);
	if (own)
		put_headers(reader->arena, &to->headers, &own->headers);
	for (size_t i = 0; i < to->headers.count; i++)
		to->size += strlen(to->headers.rows[i].name) + strlen(to->headers.rows[i].value);
}

void afd_read_common(struct afd_reader *reader)
{
	const struct afd_model *model = reader->model;
	reader->common = afd_arena_array(reader->arena, model->bases.count + 1, sizeof *reader->common);
	merge_common(reader, "", &reader->common[0]);
	for (size_t i = 0; i < model->bases.count; i++)
		merge_common(reader, model->bases.rows[i].qualifier, &reader->common[i + 1]);
}

void afd_read_merge_headers(struct afd_reader *reader, struct afd_model_test *test,
							const struct afd_model_base *base)
{
	const struct afd_common *common = &reader->common[base ? base - reader->model->bases.rows + 1 : 0];
	struct afd_model_headers merged = { NULL, 0 };
	if (common->headers.count == 0 || !afd_read_spend(reader, test->where, common->size))
		return;
	if (test->headers.count == 0) {
		test->headers = common->headers;
		return;
	}
	put_headers(reader->arena, &merged, &common->headers);
	put_headers(reader->arena, &merged, &test->headers);
	test->headers = merged;
}
