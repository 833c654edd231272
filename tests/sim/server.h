/* SPDX-License-Identifier: MIT
 * From a request to its answer: route, token, faults, handler. Knows nothing of sockets. */
#ifndef AFFIDAVIT_SIM_SERVER_H
#define AFFIDAVIT_SIM_SERVER_H

#include "fault.h"
#include "route.h"

struct sim_options {
	enum sim_profile profile;
	const char *token, *partner_token;
	uint64_t seed;
	unsigned port, latency, max_seconds; /* latency in milliseconds */
	bool list_faults, list_private;
	struct sim_fault_set faults;
};

struct sim_server {
	const struct sim_options *options;
	struct sim_world *world;
	struct sim_world *true_world; /* where the fault lost-write drops nothing; NULL without that fault */
};

/* False where there is no memory. */
bool afd_sim_server_init(struct sim_server *server, const struct sim_options *options);
void afd_sim_server_free(struct sim_server *server);
/* Answers; `authorization` is the header's value or NULL. The answer was initialised by the caller. */
void afd_sim_serve(struct sim_server *server, struct sim_request *request, const char *authorization,
				   struct sim_answer *answer);

#endif
