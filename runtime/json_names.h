/* SPDX-License-Identifier: MIT
 * Names of members, within json_*.c and jsonpath_*.c: their tokens, twins, and finding one among many. */
#ifndef AFFIDAVIT_JSON_NAMES_H
#define AFFIDAVIT_JSON_NAMES_H

#include "json.h"

/* The name of a member with its quotes. */
struct afd_span afd_json_name(const struct afd_json *json, uint32_t node);

/* The second of two members of one object with equal decoded names, AFD_JSON_NONE where there is none.
 * `escaped`: a name in it holds an escape. Sorts, so n log n; false: out of memory. */
AFD_CHECKED bool afd_json_find_twin(const struct afd_json *json, uint32_t object, bool escaped,
									uint32_t *twin);

/* Members of one object by name. Small objects are walked and need no memory. */
struct afd_json_index {
	const struct afd_json *json;
	uint32_t object;
	uint32_t *sorted; /* owned; NULL: walk */
};
void afd_json_index_init(struct afd_json_index *index, const struct afd_json *json, uint32_t object);
void afd_json_index_free(struct afd_json_index *index);
/* The member whose name token equals `name`, a token too; AFD_JSON_NONE. */
uint32_t afd_json_index_find(const struct afd_json_index *index, struct afd_span name);

#endif
