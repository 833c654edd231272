/* SPDX-License-Identifier: MIT
 * From the blocks to the checked model: labels of the document, its requests, what its labels say of them. */
#include "survey.h"

#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The work of a document that says little and means much, by variables and by what holds for all requests, is bounded. */
enum { REPEATED_MAX = 128 << 20 };

bool afd_read_spend(struct afd_reader *reader, struct afd_span where, size_t size)
{
	if (reader->repeated > REPEATED_MAX)
		return false;
	reader->repeated += size;
	if (reader->repeated <= REPEATED_MAX)
		return true;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "size", where,
											  "the requests up to here repeat more than %d MB of this document",
											  REPEATED_MAX >> 20);
	afd_diag_hint(reader->diag, row, "say less of all requests, or use shorter variables");
	return false;
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

static void finish_tests(struct afd_reader *reader)
{
	struct afd_model *model = reader->model;
	afd_read_common(reader);
	for (size_t i = 0; i < model->tests.count; i++) {
		struct afd_model_test *test = &model->tests.rows[i];
		const struct afd_model_base *base = base_of(model, test->url);
		test->base = base ? base->name : NULL;
		afd_read_merge_headers(reader, test, base);
		if (!test->explicit)
			afd_read_apply_default(reader, test);
		afd_read_settle_body(reader, test);
		afd_read_find_variables(reader, test);
	}
	for (size_t i = 0; i < model->tests.count; i++)
		afd_read_header_variables(reader, &model->tests.rows[i]);
	for (size_t i = 0; i < model->tests.count; i++)
		afd_read_cases(reader, &model->tests.rows[i]);
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
	document = afd_read_headed_labels(document);
	struct afd_reader reader = { .model = model,
								 .document = document,
								 .diag = diag,
								 .arena = document->arena,
								 .file = file,
								 .vocabulary = afd_vocabulary_new(document->arena),
								 .heading = SIZE_MAX,
								 .test_heading = SIZE_MAX,
								 .used =
									 afd_arena_array(document->arena, document->count + 1, sizeof(bool)) };
	model->name = name_of_file(document->source->path, document->arena);
	afd_sha256_hex(document->source->text, model->sha256);
	read_document_labels(&reader);
	afd_read_variables(&reader);
	afd_survey(&reader);
	afd_read_units(&reader);
	afd_read_check_default(&reader);
	finish_tests(&reader);
	afd_read_check_logic(&reader);
	afd_read_check_flow(&reader);
	afd_read_check_keeps(&reader);
	afd_read_check_counts(&reader);
	afd_read_check_methods(&reader);
	afd_read_check_tables(&reader);
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
