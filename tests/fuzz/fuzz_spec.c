/* SPDX-License-Identifier: MIT
 * Compiles any bytes as a spec. Whatever they are, each test points into them, has an id and a file of its own, and the list
 * and the diagnostics can be printed. */
#include "list.h"
#include "model.h"
#include "scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void require(bool good)
{
	if (!good)
		abort();
}

static void check_place(const struct afd_source *source, const struct afd_model_test *test)
{
	const char *begin = source->text.data;
	require(test->where.data >= begin && test->where.data + test->where.size <= begin + source->text.size);
	require(test->line >= 1 && test->line <= source->line_count);
	require(test->first_line <= test->line && test->first_line <= test->last_line);
	require(test->last_line <= source->line_count);
}

static void check_test(const struct afd_model *model, size_t index)
{
	const struct afd_model_test *test = &model->tests.rows[index];
	require(test->id && test->id[0] && test->file && test->form && test->method && test->url);
	require(test->cases.count > 0 && test->expectations.count > 0);
	check_place(model->source, test);
	for (size_t i = 0; i < index && i < 64; i++) {
		require(strcmp(model->tests.rows[i].id, test->id) != 0);
		require(strcmp(model->tests.rows[i].file, test->file) != 0);
	}
	for (size_t i = 0; i < test->terms.count; i++)
		require(test->terms.rows[i].expectation < test->expectations.count);
}

static void print_all(const struct afd_model *model, struct afd_diag *diag)
{
	struct afd_text text;
	afd_text_init(&text, 64 << 20);
	afd_list_json(model, &text);
	afd_list_text(model, &text);
	afd_diag_print_text(diag, &text);
	require(!text.failed);
	afd_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_arena arena = { 0 };
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_model model;
	char *copy = malloc(size + 1);
	require(copy != NULL);
	if (size)
		memcpy(copy, data, size);
	copy[size] = '\0';
	afd_source_from(&source, &arena, "spec.md", (struct afd_span){ copy, size });
	afd_diag_init(&diag, &source, &arena);
	afd_parse(&source, &arena, &document);
	afd_model_build(&model, &document, &diag, NULL);
	for (size_t i = 0; i < model.tests.count; i++)
		check_test(&model, i);
	print_all(&model, &diag);
	afd_arena_free(&arena);
	free(copy);
	return 0;
}
