/* SPDX-License-Identifier: MIT
 * The vendor's filter language: where (AND), orderBy, page; and the list answers that follow from it. */
#ifndef AFFIDAVIT_SIM_FILTER_H
#define AFFIDAVIT_SIM_FILTER_H

#include "answer.h"

/* The records of `list` that satisfy the request's `where`, in its `orderBy`. The caller frees `records`.
 * Where the filter can't be used, the answer is the error and the result is false. */
bool afd_sim_select(const struct sim_request *request, const struct sim_world *world,
					struct sim_answer *answer, const struct sim_list *list, const struct sim_shape *shape,
					void ***records, size_t *count);

/* Whether one record satisfies `where`; NULL is satisfied by all. `*wrong` is set to what can't be used, or
 * kept. */
bool afd_sim_satisfies(const struct sim_shape *shape, const void *record, const struct cJSON *where,
					   bool hidden, const char **wrong);

/* {"data":[...],"paging":{...}} of the page that the request asks for. */
void afd_sim_answer_page(const struct sim_request *request, const struct sim_world *world,
						 struct sim_answer *answer, const struct sim_list *list,
						 const struct sim_shape *shape, size_t per_page);

#endif
