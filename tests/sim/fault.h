/* SPDX-License-Identifier: MIT
 * Faults by name: what a broken API does. README.md says what a good test notices of each. */
#ifndef AFFIDAVIT_SIM_FAULT_H
#define AFFIDAVIT_SIM_FAULT_H

#include "route.h"

#include <stdio.h>

/* Which requests a fault touches. */
enum sim_reach { SIM_ON_READS = 1, SIM_ON_WRITES = 2, SIM_ON_ALL = 3 };

struct sim_fault;

/* Changes an answer that stands. */
typedef void sim_spoiler(struct sim_answer *answer);
/* Changes the JSON of an answer; `records` is its list of records, or its one record, or NULL. */
typedef void sim_twister(struct cJSON *root, struct cJSON *records);

struct sim_fault {
	const char *name, *summary;
	enum sim_reach reach;
	sim_spoiler *spoil; /* after the handler, on the bytes */
	sim_twister *twist; /* after the handler, on the JSON of a 200 */
};

enum { SIM_FAULTS_MAX = 16 };

/* The faults that were asked for, each with the part of the path that it is limited to, or NULL. */
struct sim_fault_set {
	struct sim_asked_fault {
		const struct sim_fault *fault;
		const char *part;
	} asked[SIM_FAULTS_MAX];
	size_t count;
};

/* `NAME` or `NAME@ROUTEPART`, kept by reference; false where the name is unknown or there are too many. */
bool afd_sim_ask_fault(struct sim_fault_set *set, const char *asked);
/* Each fault with its summary, one a line. */
void afd_sim_list_faults(FILE *out);
/* Whether the fault `name` touches this request. `route` is NULL for an unknown one, which counts as a read.
 */
bool afd_sim_is_faulty(const struct sim_fault_set *set, const char *name, const struct sim_request *request,
					   const struct sim_route *route);
/* Applies every spoiler and twister that touches this request. */
void afd_sim_spoil(const struct sim_fault_set *set, const struct sim_request *request,
				   const struct sim_route *route, struct sim_answer *answer);

#endif
