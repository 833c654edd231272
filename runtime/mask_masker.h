/* SPDX-License-Identifier: MIT
 * The masker from inside. Private to mask.c and mask_write.c. */
#ifndef AFFIDAVIT_MASK_MASKER_H
#define AFFIDAVIT_MASK_MASKER_H

#include "mask.h"
#include "mask_hmac.h"
#include "mask_route.h"

/* Sorted by bytes. */
struct afd_span_set {
	struct afd_span *rows;
	size_t count;
};

struct afd_masker {
	struct afd_key key;
	struct afd_hmac *hmac; /* under that key */
	struct afd_routes routes;
	struct afd_arena arena;
	struct afd_span_set codes; /* values that may be shown anywhere */
	struct afd_span_set names; /* names that may be shown anywhere */
	struct afd_mask_counts *counts;
};

bool afd_span_set_holds(const struct afd_span_set *set, struct afd_span span);

/* Appends the masked text of everything from `root` on. False where memory or the text's bound is out: what
 * was appended is no complete text then. */
AFD_CHECKED bool afd_mask_write_tree(const struct afd_masker *masker, const struct afd_json *json,
									 uint32_t root, struct afd_text *out, struct afd_mask_counts *counts);

#endif
