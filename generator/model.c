/* SPDX-License-Identifier: MIT
 * From the blocks to the checked model: units of a heading each, what their labels say, then the checks. */
#include "read.h"

#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HELD_MAX = sizeof((struct afd_reader *)0)->held / sizeof(size_t) };

/* A bold label that is nearly a known one is a slip more often than prose. */
static void warn_unknown_label(struct afd_reader *reader, const struct afd_block *block)
{
	size_t distance;
	const struct afd_word *near = block->bold && block->colon ? afd_word_near(AFD_WORD_LABEL, block->name, &distance) : NULL;
	if (!near)
		return;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "label", block->name,
											  "'**%.*s:**' is taken for prose", (int)block->name.size, block->name.data);
	char first = near->text[0];
	bool ascii = first >= 'a' && first <= 'z';
	afd_diag_hint(reader->diag, row, "did you mean '%c%s'?", ascii ? first - 32 : first, near->text + 1);
}

static bool is_request_label(enum afd_label label)
{
	return label == AFD_LABEL_REQUEST || label == AFD_LABEL_ENDPOINT;
}

static void read_label(struct afd_reader *reader, size_t index)
{
	const struct afd_block *block = &reader->document->blocks[index];
	enum afd_label label = afd_read_label(block);
	if (label == AFD_LABEL_UNKNOWN) {
		warn_unknown_label(reader, block);
		return;
	}
	if (reader->used[index])
		return;
	if (is_request_label(label))
		afd_read_labelled_request(reader, label, block);
	else if (reader->test)
		afd_read_test_label(reader, label, block);
	else if (reader->held_count < HELD_MAX)
		reader->held[reader->held_count++] = index;
}

static void read_unit(struct afd_reader *reader, size_t begin)
{
	reader->test = NULL;
	reader->held_count = 0;
	for (size_t i = begin; i < reader->end; i++) {
		if (reader->document->blocks[i].kind == AFD_LABEL)
			read_label(reader, i);
		else if (!reader->used[i])
			afd_read_forms(reader, i);
	}
}

static size_t unit_end(const struct afd_document *document, size_t begin)
{
	size_t end = begin;
	while (end < document->count && document->blocks[end].kind != AFD_HEADING)
		end++;
	return end;
}

static void read_units(struct afd_reader *reader)
{
	const struct afd_document *document = reader->document;
	reader->heading = SIZE_MAX;
	for (size_t begin = 0; begin < document->count;) {
		bool heading = document->blocks[begin].kind == AFD_HEADING;
		reader->heading = heading ? begin : SIZE_MAX;
		reader->end = unit_end(document, begin + heading);
		read_unit(reader, begin + heading);
		begin = reader->end;
	}
}

static void read_document_labels(struct afd_reader *reader)
{
	const struct afd_document *document = reader->document;
	reader->end = document->count;
	for (size_t i = 0; i < document->count; i++) {
		const struct afd_block *block = &document->blocks[i];
		enum afd_label label = block->kind == AFD_LABEL ? afd_read_label(block) : AFD_LABEL_UNKNOWN;
		if (label != AFD_LABEL_UNKNOWN)
			reader->used[i] = afd_read_document_label(reader, label, block);
	}
}

static const struct afd_model_base *base_of(const struct afd_model *model, const char *url)
{
	const struct afd_model_base *best = NULL;
	for (size_t i = 0; i < model->bases.count; i++) {
		const struct afd_model_base *base = &model->bases.rows[i];
		if (afd_span_starts(afd_span_of(url), base->url) && (!best || strlen(base->url) > strlen(best->url)))
			best = base;
	}
	return best;
}

static void put_header(struct afd_arena *arena, struct afd_model_header **rows, size_t *count,
					   const struct afd_model_header *header)
{
	for (size_t i = 0; i < *count; i++) {
		if (afd_span_equal_nocase(afd_span_of((*rows)[i].name), afd_span_of(header->name))) {
			(*rows)[i] = *header;
			return;
		}
	}
	struct afd_model_header *row = afd_arena_push(arena, rows, count, sizeof *row);
	*row = *header;
}

static void put_common(struct afd_reader *reader, const char *qualifier, struct afd_model_header **rows, size_t *count)
{
	for (size_t i = 0; i < reader->model->common.count; i++) {
		const struct afd_model_common *common = &reader->model->common.rows[i];
		for (size_t k = 0; strcmp(common->qualifier, qualifier) == 0 && k < common->headers.count; k++)
			put_header(reader->arena, rows, count, &common->headers.rows[k]);
	}
}

/* The headers of all requests, in their place those of the base, in theirs the test's own. */
static void merge_headers(struct afd_reader *reader, struct afd_model_test *test, const struct afd_model_base *base)
{
	struct afd_model_header *rows = NULL;
	size_t count = 0;
	put_common(reader, "", &rows, &count);
	if (base && base->qualifier[0])
		put_common(reader, base->qualifier, &rows, &count);
	for (size_t i = 0; i < test->headers.count; i++)
		put_header(reader->arena, &rows, &count, &test->headers.rows[i]);
	test->headers.rows = rows;
	test->headers.count = count;
}

static void finish_tests(struct afd_reader *reader)
{
	struct afd_model *model = reader->model;
	for (size_t i = 0; i < model->tests.count; i++) {
		struct afd_model_test *test = &model->tests.rows[i];
		const struct afd_model_base *base = base_of(model, test->url);
		test->base = base ? base->name : NULL;
		merge_headers(reader, test, base);
		if (!test->explicit)
			afd_read_apply_default(reader, test);
		afd_read_cases(reader, test);
	}
}


static const char *name_of_file(const char *path, struct afd_arena *arena)
{
	const char *slash = strrchr(path, '/');
	struct afd_span name = afd_span_of(slash ? slash + 1 : path);
	const char *dot = name.size ? memchr(name.data, '.', name.size) : NULL;
	const char *slug = afd_read_slug(dot ? afd_span_first(name, (size_t)(dot - name.data)) : name, arena);
	return slug[0] ? slug : "spec";
}

void afd_model_build(struct afd_model *model, const struct afd_document *document, struct afd_diag *diag,
					 const char *file)
{
	*model = (struct afd_model){ .source = document->source, .arena = document->arena };
	struct afd_reader reader = { .model = model,
								 .document = document,
								 .diag = diag,
								 .arena = document->arena,
								 .file = file,
								 .heading = SIZE_MAX,
								 .used = afd_arena_array(document->arena, document->count + 1, sizeof(bool)) };
	model->name = name_of_file(document->source->path, document->arena);
	afd_sha256_hex(document->source->text, model->sha256);
	read_document_labels(&reader);
	afd_read_variables(&reader);
	read_units(&reader);
	finish_tests(&reader);
	afd_read_words(model);
}

size_t afd_model_case_count(const struct afd_model *model)
{
	size_t count = 0;
	for (size_t i = 0; i < model->tests.count; i++)
		count += model->tests.rows[i].cases.count;
	return count;
}

const char *afd_model_summary(const struct afd_model *model)
{
	size_t cases = afd_model_case_count(model);
	return afd_arena_printf(model->arena, "%zu test%s, %zu case%s", model->tests.count,
							model->tests.count == 1 ? "" : "s", cases, cases == 1 ? "" : "s");
}
