/* SPDX-License-Identifier: MIT
 * From the model to text: C tables, the inventory, the list of cases for CMake. Sees nothing but the model; the same model
 * gives the same bytes. What is constant is not printed here: it stands in affidavit/case.h and the runtime. */
#ifndef AFFIDAVIT_EMIT_H
#define AFFIDAVIT_EMIT_H

#include "model.h"

enum { AFD_EMIT_ABI = 1, AFD_EMIT_MAX = 256 << 20 };

void afd_emit_test(const struct afd_model *model, const struct afd_model_test *test, struct afd_text *out);
void afd_emit_suite(const struct afd_model *model, struct afd_text *out);
void afd_emit_inventory(const struct afd_model *model, struct afd_text *out);
void afd_emit_cases(const struct afd_model *model, struct afd_text *out);

/* The symbol of a test: afd_NAME_test_6_13. */
void afd_emit_symbol(const struct afd_model *model, const struct afd_model_test *test, struct afd_text *out);
/* The banner, the include and the guard that every C file starts with; `where` follows the spec's path. */
void afd_emit_head(const struct afd_model *model, const char *where, struct afd_text *out);
/* ".name = LITERAL" as a line of its own; nothing where `value` is NULL or empty. */
void afd_emit_string(struct afd_text *out, const char *name, const char *value);
/* ".name = AFD_LIST(prefix_name)" as a line of its own; nothing where `count` is 0. */
void afd_emit_list(struct afd_text *out, const char *prefix, const char *name, size_t count);

#endif
