/* SPDX-License-Identifier: MIT
 * The cases of a model as text and as JSON, one object a line. */
#ifndef AFFIDAVIT_LIST_H
#define AFFIDAVIT_LIST_H

#include "model.h"

void afd_list_text(const struct afd_model *model, struct afd_text *out);
void afd_list_json(const struct afd_model *model, struct afd_text *out);

#endif
