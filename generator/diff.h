/* SPDX-License-Identifier: MIT
 * What changed between two versions of a spec: tests by id, and of each what of it. */
#ifndef AFFIDAVIT_DIFF_H
#define AFFIDAVIT_DIFF_H

#include "model.h"

enum afd_difference { AFD_ADDED, AFD_REMOVED, AFD_MOVED_TEST, AFD_CHANGED_TEST };

struct afd_diff_row {
	enum afd_difference difference;
	const struct afd_model_test *before, *after; /* NULL where there is none */
	bool request, headers, body, expectations, effect, cases, text; /* of a change: what of it */
};

struct afd_diff {
	AFD_MODEL_LIST(struct afd_diff_row) rows; /* in the order of the new spec, removed ones where they stood */
	size_t same;
};

/* Memory is the newer model's arena. */
void afd_diff_compare(struct afd_diff *diff, const struct afd_model *before, const struct afd_model *after);
void afd_diff_text(const struct afd_diff *diff, const struct afd_model *before, const struct afd_model *after,
				   struct afd_text *out);
/* One JSON object a line: {"difference","test","title","before":{lines},"after":{lines},"changed":[...]}. */
void afd_diff_json(const struct afd_diff *diff, struct afd_text *out);

#endif
