/* SPDX-License-Identifier: MIT
 * Requests as the handlers see them, and the answers that they fill. */
#ifndef AFFIDAVIT_SIM_ANSWER_H
#define AFFIDAVIT_SIM_ANSWER_H

#include "world.h"

struct cJSON;

struct sim_request {
	const char *method, *path; /* the path with its leading slash, without a query */
	struct cJSON *arguments;   /* the body, and what only the query has; NULL where there is neither */
	bool malformed;            /* a body that isn't JSON */
	bool where_by_query;
	int64_t ids[2]; /* of the path, in its order; SIM_NONE where it has fewer */
};

struct sim_answer {
	unsigned status;
	const char *type; /* media type */
	struct afd_text body;
	const char *location; /* a redirect's, else NULL */
	unsigned delay;       /* milliseconds to wait before it is sent */
	size_t missing_bytes; /* announced in Content-Length and never sent */
	bool dropped;         /* no answer: the connection is closed */
};

void afd_sim_answer_init(struct sim_answer *answer);
void afd_sim_answer_free(struct sim_answer *answer);
/* Empties it, for another attempt. */
void afd_sim_answer_reset(struct sim_answer *answer);

/* {"data":...} of one record. */
void afd_sim_answer_record(struct sim_answer *answer, const struct sim_shape *shape, const void *record);

/* REST: status != 200 and {"error","status","code","info"}; `info` is JSON. */
void afd_sim_fail(struct sim_answer *answer, unsigned status, const char *code, const char *error,
				  const char *info);
/* 404 of a record: code `code` in profile spec, RESOURCE_NOT_FOUND in production. */
void afd_sim_fail_missing(struct sim_answer *answer, const struct sim_world *world, const char *code,
						  const char *resource, int64_t id);
/* Arguments that can't be used: 422 VALIDATION_ERROR in profile spec, 503 UNKNOWN_ERROR in production.
 * `field` names what is wrong. */
void afd_sim_fail_invalid(struct sim_answer *answer, const struct sim_world *world, const char *field);
/* The vendor's page for a route that doesn't exist: 404, text/html, about 12.7 KB. */
void afd_sim_fail_page(struct sim_answer *answer);
/* Partners: 200 and {"status":"error","code","message"}. */
void afd_sim_fail_softly(struct sim_answer *answer, const char *code, const char *message);

/* A member of the arguments, or NULL. */
const struct cJSON *afd_sim_argument(const struct sim_request *request, const char *name);
/* The changes that a write carries: the arguments, or their member `data` where the client wraps them. */
const struct cJSON *afd_sim_changes(const struct sim_request *request);

#endif
