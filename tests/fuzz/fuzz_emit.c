/* SPDX-License-Identifier: MIT
 * Emits any document that compiles without errors. Whatever it says, the generated C is ASCII, has one comment, and is made of
 * nothing but tables once its strings are taken out, with trigraphs and without; what is emitted again is equal, and the trace
 * reads its references. */
#include "bytes.h"
#include "emit.h"
#include "model.h"
#include "scan.h"
#include "trace.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void require(bool good)
{
	if (!good)
		abort();
}

/* After the string or character constant that begins at `p`. */
static const char *skip_constant(const char *p)
{
	char mark = *p++;
	while (*p != mark) {
		require(*p >= 0x20 && *p < 0x7F);
		/* no trigraph, so that both dialects read the same */
		require(p[0] != '?' || p[1] != '?');
		p += *p == '\\' ? 2 : 1;
	}
	return p + 1;
}

static void check_c(const struct afd_text *text)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ \t\n{}()[],.=;&*#!";
	const char *p = strstr(text->data, "*/");
	require(!text->failed && strncmp(text->data, "/* ", 3) == 0 && p);
	for (p += 2; *p;) {
		if (*p == '"' || *p == '\'') {
			p = skip_constant(p);
			continue;
		}
		bool path = strncmp(p, "/case.h", 7) == 0;
		require(path || strchr(allowed, *p));
		p++;
	}
}

static void check_test(const struct afd_model *model, const struct afd_model_test *test)
{
	struct afd_text first;
	struct afd_text again;
	struct afd_reference reference;
	afd_text_init(&first, AFD_EMIT_MAX);
	afd_text_init(&again, AFD_EMIT_MAX);
	afd_emit_test(model, test, &first);
	afd_emit_test(model, test, &again);
	require(afd_span_equal(afd_text_span(&first), afd_text_span(&again)));
	check_c(&first);
	require(afd_trace_read(afd_text_span(&first), model->arena, &reference));
	require(strcmp(reference.id, test->id) == 0 && strcmp(reference.spec, model->source->path) == 0);
	require(reference.first_line == test->first_line && reference.last_line == test->last_line);
	afd_text_free(&first);
	afd_text_free(&again);
}

static void check_model(const struct afd_model *model)
{
	struct afd_text text;
	for (size_t i = 0; i < model->tests.count; i++)
		check_test(model, &model->tests.rows[i]);
	afd_text_init(&text, AFD_EMIT_MAX);
	afd_emit_suite(model, &text);
	check_c(&text);
	afd_emit_cases(model, &text);
	require(!text.failed);
	afd_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first line is the path. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_arena arena = { 0 };
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_model model;
	struct afd_span text = { afd_arena_copy(&arena, (struct afd_span){ (const char *)data, size }), size };
	size_t line = afd_span_find(text, "\n", 0);
	const char *path = afd_arena_copy(&arena, afd_span_first(text, line == SIZE_MAX ? 0 : line));
	afd_source_from(&source, &arena, path[0] ? path : "spec.md", text);
	afd_diag_init(&diag, &source, &arena);
	afd_parse(&source, &arena, &document);
	afd_bytes_check(&document, &diag);
	afd_model_build(&model, &document, &diag, NULL);
	if (diag.errors == 0 && model.tests.count > 0)
		check_model(&model);
	afd_arena_free(&arena);
	return 0;
}
