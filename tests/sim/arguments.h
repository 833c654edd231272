/* SPDX-License-Identifier: MIT
 * The arguments of a request: its JSON body, or a query that says the same. */
#ifndef AFFIDAVIT_SIM_ARGUMENTS_H
#define AFFIDAVIT_SIM_ARGUMENTS_H

#include "answer.h"

/* Takes the body, if there is one, as the arguments; sets `malformed` where it isn't JSON as a whole. */
void afd_sim_take_body(struct sim_request *request, struct afd_span body);
/* Adds one query parameter, `where=[{...}]` or `where[0][column]=payed`, unless the body has it. */
void afd_sim_take_parameter(struct sim_request *request, const char *name, const char *value);
void afd_sim_arguments_free(struct sim_request *request);

#endif
