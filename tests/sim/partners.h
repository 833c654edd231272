/* SPDX-License-Identifier: MIT
 * What the handlers of the Partners API share. */
#ifndef AFFIDAVIT_SIM_PARTNERS_H
#define AFFIDAVIT_SIM_PARTNERS_H

#include "answer.h"

/* The event and the show of a path; the show is NULL where the path names none. */
struct sim_stage {
	struct sim_event *event;
	struct sim_show *show;
};

/* False, with EVENT_NOT_FOUND as the answer, where they aren't sold by partners. */
bool afd_sim_stage(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer,
				   struct sim_stage *stage);
/* Writes `{` and the header fields, each with its comma: event, show, scheme, city, hash. */
void afd_sim_write_header(struct sim_world *world, const struct sim_stage *stage, struct afd_text *body);

/* Does one entry of a request: writes its result, or answers the error and returns false. `writing` is false
 * in a first pass over a batch, which checks all entries before one is changed. */
typedef bool sim_entry(struct sim_world *world, const struct sim_stage *stage, const struct cJSON *entry,
					   bool writing, struct sim_answer *answer);
/* The whole answer: of the single entry, or of each entry in `batch`, all or nothing. */
void afd_sim_answer_entries(struct sim_world *world, const struct sim_request *request,
							struct sim_answer *answer, sim_entry *handle);

#endif
