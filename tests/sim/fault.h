/* SPDX-License-Identifier: MIT
 * Faults by name: what a broken API does. README.md says what a good test notices of each. */
#ifndef AFFIDAVIT_SIM_FAULT_H
#define AFFIDAVIT_SIM_FAULT_H

#include "route.h"

#include <stdio.h>

/* Where the records are in the JSON of an answer; NULL where it has none. */
struct sim_parts {
	struct cJSON *root;
	struct cJSON *list;   /* of records */
	struct cJSON *record; /* the first of the list, or the only one */
};

/* Changes the JSON of an answer with status 200. */
typedef void sim_twister(const struct sim_parts *parts);
/* Changes an answer as it stands. */
typedef void sim_spoiler(const struct sim_request *request, struct sim_answer *answer);

enum sim_reach { SIM_ON_READS = 1, SIM_ON_WRITES = 2, SIM_ON_ALL = 3 };

/* A fault with neither function is one of the server: of tokens, arguments or records. */
struct sim_fault {
	const char *name, *summary;
	enum sim_reach reach;
	sim_twister *twist;
	sim_spoiler *spoil;
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
/* Each fault with its summary, one a line, sorted by name. */
void afd_sim_list_faults(FILE *out);
/* Whether `name` was asked for, wherever it applies. */
bool afd_sim_has_fault(const struct sim_fault_set *set, const char *name);
/* Whether the fault `name` touches this request. `route` is NULL for an unknown one, which counts as a read.
 */
bool afd_sim_is_faulty(const struct sim_fault_set *set, const char *name, const struct sim_request *request,
					   const struct sim_route *route);
/* Applies every twister and spoiler that touches this request, in the order of the table. */
void afd_sim_spoil(const struct sim_fault_set *set, const struct sim_request *request,
				   const struct sim_route *route, struct sim_answer *answer);
/* Finds the records of an answer. */
struct sim_parts afd_sim_parts(struct cJSON *root);
/* Prints the JSON over the answer's body. */
void afd_sim_replace_body(struct sim_answer *answer, const struct cJSON *root);

sim_twister afd_sim_lose_record, afd_sim_double_record, afd_sim_empty_list, afd_sim_swap_ids,
	afd_sim_wrong_total;
sim_twister afd_sim_change_currency, afd_sim_off_by_one, afd_sim_missing_field, afd_sim_null_field;
sim_twister afd_sim_type_change, afd_sim_rename_field, afd_sim_huge_number, afd_sim_new_private_field;

sim_spoiler afd_sim_wrong_status, afd_sim_error_with_200, afd_sim_error_as_success, afd_sim_wrong_error_code;
sim_spoiler afd_sim_html_with_200, afd_sim_wrong_content_type, afd_sim_empty_body, afd_sim_truncate;
sim_spoiler afd_sim_short_body, afd_sim_duplicate_key, afd_sim_trailing_garbage, afd_sim_bad_utf8;
sim_spoiler afd_sim_lose_zone, afd_sim_redirect, afd_sim_rate_limit, afd_sim_no_reply, afd_sim_slow_reply;

#endif
