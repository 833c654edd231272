/* SPDX-License-Identifier: MIT
 * Faults of the server itself: in what it takes from a request, and in what it keeps. */
#ifndef AFFIDAVIT_SIM_DISTURB_H
#define AFFIDAVIT_SIM_DISTURB_H

#include "server.h"

/* Takes away what the faults lost-filter, lost-order, wrong-page and stale-record ignore. */
void afd_sim_spoil_arguments(const struct sim_fault_set *faults, struct sim_request *request,
							 const struct sim_route *route);
/* Runs the handler, with the faults lost-write, broken-upsert, double-write, foreign-record, wrong-page and
 * write-on-read.
 */
void afd_sim_run(struct sim_server *server, struct sim_request *request, const struct sim_route *route,
				 struct sim_answer *answer);

#endif
