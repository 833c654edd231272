/* SPDX-License-Identifier: MIT
 * What is expected where a test states nothing: what the document states by default, else 2xx, JSON where
 * JSON was asked for, and no error. */
#include "read.h"

#include <string.h>

static bool asks_for_json(const struct afd_model_test *test)
{
	for (size_t i = 0; i < test->headers.count; i++)
		if (afd_span_equal_nocase(afd_span_of(test->headers.rows[i].name), AFD_SPAN("Accept")))
			return strstr(test->headers.rows[i].value, "json") != NULL;
	return false;
}

static void add_builtin(struct afd_reader *reader, struct afd_model_test *test, const char *text,
						struct afd_model_term term)
{
	term.expectation = (unsigned)test->expectations.count;
	term.alternative = 1;
	term.line = test->line;
	term.name = "";
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, &test->expectations.rows, &test->expectations.count, sizeof *row);
	*row = (struct afd_model_expectation){ .line = test->line, .text = text, .by_default = true };
	struct afd_model_term *added =
		afd_arena_push(reader->arena, &test->terms.rows, &test->terms.count, sizeof *added);
	*added = term;
}

static size_t size_of_default(const struct afd_model *model)
{
	size_t size = 0;
	for (size_t i = 0; i < model->default_expectations.count; i++)
		size += strlen(model->default_expectations.rows[i].text);
	for (size_t i = 0; i < model->default_terms.count; i++)
		size += strlen(model->default_terms.rows[i].value) + sizeof *model->default_terms.rows;
	return size;
}

/* Behind what the test states itself, if that is none of its expectation but what it waits for. */
static void copy_default(struct afd_reader *reader, struct afd_model_test *test)
{
	const struct afd_model *model = reader->model;
	unsigned before = (unsigned)test->expectations.count;
	for (size_t i = 0; i < model->default_expectations.count; i++) {
		struct afd_model_expectation *row =
			afd_arena_push(reader->arena, &test->expectations.rows, &test->expectations.count, sizeof *row);
		*row = model->default_expectations.rows[i];
	}
	for (size_t i = 0; i < model->default_terms.count; i++) {
		struct afd_model_term *term =
			afd_arena_push(reader->arena, &test->terms.rows, &test->terms.count, sizeof *term);
		*term = model->default_terms.rows[i];
		term->expectation += before;
	}
}

static void apply_stated_default(struct afd_reader *reader, struct afd_model_test *test)
{
	const struct afd_model *model = reader->model;
	if (reader->size_of_default == 0)
		reader->size_of_default = size_of_default(model);
	if (!afd_read_spend(reader, test->where, reader->size_of_default))
		return;
	if (test->expectations.count) {
		copy_default(reader, test);
		return;
	}
	test->expectations.rows = model->default_expectations.rows;
	test->expectations.count = model->default_expectations.count;
	test->terms.rows = model->default_terms.rows;
	test->terms.count = model->default_terms.count;
}

void afd_read_apply_default(struct afd_reader *reader, struct afd_model_test *test)
{
	if (reader->model->default_expectations.count) {
		apply_stated_default(reader, test);
		return;
	}
	add_builtin(reader, test, "2xx",
				(struct afd_model_term){ .subject = "AFD_STATUS", .predicate = "AFD_IS", .value = "2xx" });
	if (asks_for_json(test))
		add_builtin(
			reader, test, "JSON",
			(struct afd_model_term){ .subject = "AFD_MEDIA", .predicate = "AFD_HOLDS", .value = "JSON" });
	add_builtin(reader, test, "no error",
				(struct afd_model_term){
					.subject = "AFD_ERROR", .predicate = "AFD_HOLDS", .value = "", .negated = true });
}
