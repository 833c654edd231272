/* SPDX-License-Identifier: MIT
 * Documents in a test, from their text to their model. */
#ifndef AFFIDAVIT_TESTS_COMPILED_H
#define AFFIDAVIT_TESTS_COMPILED_H

#include "model.h"
#include "scan.h"

struct compiled {
	struct afd_arena arena;
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_model model;
};

static inline void compiled_from(struct compiled *compiled, const char *path, struct afd_span text)
{
	*compiled = (struct compiled){ .arena = { NULL } };
	struct afd_span copy = { afd_arena_copy(&compiled->arena, text), text.size };
	afd_source_from(&compiled->source, &compiled->arena, path, copy);
	afd_diag_init(&compiled->diag, &compiled->source, &compiled->arena);
	afd_parse(&compiled->source, &compiled->arena, &compiled->document);
	afd_model_build(&compiled->model, &compiled->document, &compiled->diag, NULL);
}

static inline void compiled_free(struct compiled *compiled)
{
	afd_arena_free(&compiled->arena);
}

#endif
