/* SPDX-License-Identifier: MIT
 * A document of one fence, compiled to its model. */
#ifndef AFFIDAVIT_FUZZ_FENCE_H
#define AFFIDAVIT_FUZZ_FENCE_H

#include "model.h"
#include "scan.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline int fuzz_fence(const char *opening, const uint8_t *data, size_t size)
{
	struct afd_arena arena = { NULL };
	struct afd_text text;
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_model model;
	afd_text_init(&text, 1 << 20);
	afd_text_printf(&text, "# 1. Fence\n\n~~~~%s", opening);
	afd_text_add(&text, (struct afd_span){ (const char *)data, size });
	afd_text_puts(&text, "\n~~~~\n");
	afd_source_from(&source, &arena, "fence.md", afd_text_span(&text));
	afd_diag_init(&diag, &source, &arena);
	afd_parse(&source, &arena, &document);
	afd_model_build(&model, &document, &diag, NULL);
	struct afd_span all = afd_text_span(&text);
	for (size_t i = 0; i < model.tests.count; i++) {
		struct afd_span where = model.tests.rows[i].where;
		if (where.data < all.data || where.data + where.size > all.data + all.size)
			abort();
	}
	afd_arena_free(&arena);
	afd_text_free(&text);
	return 0;
}

#endif
