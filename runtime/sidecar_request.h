/* SPDX-License-Identifier: MIT
 * One HTTP request to the sidecar, put together as ClickHouse does: arguments of the URL are the query, its
 * database and format, its parameters, and settings; the body is the query or what follows it. Knows nothing
 * of sockets. */
#ifndef AFFIDAVIT_SIDECAR_REQUEST_H
#define AFFIDAVIT_SIDECAR_REQUEST_H

#include "sidecar_engine.h"

enum { AFD_SIDECAR_PAIRS_MAX = 64 };

struct afd_sidecar_request {
	struct afd_text text; /* the query of the URL, a newline, then the body */
	struct afd_span format, database;
	struct afd_engine_pair settings[AFD_SIDECAR_PAIRS_MAX], parameters[AFD_SIDECAR_PAIRS_MAX];
	size_t setting_count, parameter_count;
	const char *refused; /* what this interface can't do, as the text of an exception; NULL: nothing */
};

void afd_sidecar_request_init(struct afd_sidecar_request *request);
/* One decoded argument of the URL; borrowed until the request is freed. */
void afd_sidecar_request_argument(struct afd_sidecar_request *request, struct afd_span name,
								  struct afd_span value);
/* A piece of the body; after all arguments. */
void afd_sidecar_request_body(struct afd_sidecar_request *request, struct afd_span piece);
/* What the engine is to run; borrowed. */
struct afd_engine_query afd_sidecar_request_query(const struct afd_sidecar_request *request, bool read_only);
void afd_sidecar_request_free(struct afd_sidecar_request *request);

#endif
