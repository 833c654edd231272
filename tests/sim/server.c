/* SPDX-License-Identifier: MIT */
#include "server.h"

#include <string.h>

bool afd_sim_server_init(struct sim_server *server, const struct sim_options *options)
{
	*server = (struct sim_server){ .options = options };
	server->world = afd_sim_world_new(options->seed, options->profile == SIM_PRODUCTION);
	return server->world != NULL;
}

void afd_sim_server_free(struct sim_server *server)
{
	afd_sim_world_free(server->world);
	afd_sim_world_free(server->true_world);
}

static bool is_authorized(const struct sim_options *options, enum sim_api api, const char *authorization)
{
	static const char scheme[] = "Bearer ";
	const char *token = api == SIM_REST ? options->token : options->partner_token;
	/* Production knows a separate key that support hands out: nothing that a client sends here is it. */
	if (api == SIM_PARTNERS && options->profile == SIM_PRODUCTION)
		return false;
	return authorization && strncmp(authorization, scheme, sizeof scheme - 1) == 0 &&
		   strcmp(authorization + sizeof scheme - 1, token) == 0;
}

static void refuse_authorization(const struct sim_options *options, enum sim_api api,
								 struct sim_answer *answer)
{
	if (api == SIM_PARTNERS) {
		afd_sim_fail_softly(answer, "WRONG_AUTHORIZATION", "Wrong authorization");
	} else if (options->profile == SIM_SPEC) {
		afd_sim_fail(answer, 403, "WRONG_AUTHORIZATION", "Forbidden", "[]");
	} else {
		/* The vendor's short form. */
		afd_sim_answer_reset(answer);
		answer->status = 403;
		afd_text_puts(&answer->body, "{\"error\":\"Forbidden\",\"status\":403}");
	}
}

static void refuse_body(struct sim_server *server, enum sim_api api, struct sim_answer *answer)
{
	if (api == SIM_PARTNERS)
		afd_sim_fail_softly(answer, "VALIDATION_ERROR", "The body is not JSON");
	else
		afd_sim_fail_invalid(answer, server->world, "body");
}

/* What the vendor refuses before it looks at a record. True where the answer stands. */
static bool refuse(struct sim_server *server, const struct sim_request *request,
				   const struct sim_route *route, bool known, const char *authorization,
				   struct sim_answer *answer)
{
	const struct sim_options *options = server->options;
	enum sim_api api = afd_sim_api_of(request->path);
	if (!route && !known)
		afd_sim_fail_page(answer);
	else if (!is_authorized(options, api, authorization))
		refuse_authorization(options, api, answer);
	else if (!route)
		afd_sim_fail(answer, 503, "UNKNOWN_ERROR", "Service Unavailable", "[]");
	else if (request->malformed)
		refuse_body(server, api, answer);
	else if (options->profile == SIM_PRODUCTION && request->by_query && afd_sim_argument(request, "where"))
		afd_sim_fail(answer, 503, "UNKNOWN_ERROR", "Service Unavailable", "[]");
	else
		return false;
	return true;
}

void afd_sim_serve(struct sim_server *server, struct sim_request *request, const char *authorization,
				   struct sim_answer *answer)
{
	bool known;
	const struct sim_route *route = afd_sim_route(request, server->options->profile, &known);
	answer->delay = server->options->latency;
	if (!refuse(server, request, route, known, authorization, answer))
		route->handler(server->world, request, answer);
}
