/* SPDX-License-Identifier: MIT */
#include "server.h"

#include "disturb.h"

#include <string.h>

bool afd_sim_server_init(struct sim_server *server, const struct sim_options *options)
{
	*server = (struct sim_server){ .options = options };
	server->world = afd_sim_world_new(options->seed, options->profile == SIM_PRODUCTION);
	if (afd_sim_has_fault(&options->faults, "lost-write"))
		server->true_world = afd_sim_world_new(options->seed, options->profile == SIM_PRODUCTION);
	return server->world != NULL;
}

void afd_sim_server_free(struct sim_server *server)
{
	afd_sim_world_free(server->world);
	afd_sim_world_free(server->true_world);
}

static bool has_token(const struct sim_options *options, enum sim_api api, const char *authorization)
{
	static const char scheme[] = "Bearer ";
	const char *token = api == SIM_REST ? options->token : options->partner_token;
	/* Production knows a separate key that support hands out: nothing that a client sends here is it. */
	if (api == SIM_PARTNERS && options->profile == SIM_PRODUCTION)
		return false;
	return authorization && strncmp(authorization, scheme, sizeof scheme - 1) == 0 &&
		   strcmp(authorization + sizeof scheme - 1, token) == 0;
}

/* One request on its way through the server. */
struct passage {
	struct sim_server *server;
	struct sim_request *request;
	const struct sim_route *route; /* NULL where the path is unknown or takes another method */
	bool known;                    /* the path is a route's */
	const char *authorization;
	struct sim_answer *answer;
};

static bool is_authorized(const struct passage *passage, enum sim_api api)
{
	const struct sim_options *options = passage->server->options;
	if (afd_sim_is_faulty(&options->faults, "auth-rejected", passage->request, passage->route))
		return false;
	return has_token(options, api, passage->authorization) ||
		   afd_sim_is_faulty(&options->faults, "no-auth-accepted", passage->request, passage->route);
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

static void refuse_method(enum sim_api api, struct sim_answer *answer)
{
	if (api == SIM_PARTNERS)
		afd_sim_fail_softly(answer, "UNKNOWN_ERROR", "Unknown error");
	else
		afd_sim_fail(answer, 503, "UNKNOWN_ERROR", "Service Unavailable", "[]");
}

static void refuse_body(const struct sim_world *world, enum sim_api api, struct sim_answer *answer)
{
	if (api == SIM_PARTNERS)
		afd_sim_fail_softly(answer, "VALIDATION_ERROR", "The body is not JSON");
	else
		afd_sim_fail_invalid(answer, world, "body");
}

/* What the vendor refuses before it looks at a record. True where the answer stands. */
static bool refuse(const struct passage *passage)
{
	const struct sim_options *options = passage->server->options;
	const struct sim_request *request = passage->request;
	enum sim_api api = afd_sim_api_of(request->path);
	if (!passage->known)
		afd_sim_fail_page(passage->answer);
	else if (!is_authorized(passage, api))
		refuse_authorization(options, api, passage->answer);
	else if (!passage->route)
		refuse_method(api, passage->answer);
	else if (request->malformed)
		refuse_body(passage->server->world, api, passage->answer);
	else if (options->profile == SIM_PRODUCTION && request->where_by_query)
		afd_sim_fail(passage->answer, 503, "UNKNOWN_ERROR", "Service Unavailable", "[]");
	else
		return false;
	return true;
}

void afd_sim_serve(struct sim_server *server, struct sim_request *request, const char *authorization,
				   struct sim_answer *answer)
{
	const struct sim_fault_set *faults = &server->options->faults;
	struct passage passage = { .server = server, .request = request, .authorization = authorization };
	passage.route = afd_sim_route(request, server->options->profile, &passage.known);
	passage.answer = answer;
	answer->delay = server->options->latency;
	if (!refuse(&passage)) {
		afd_sim_spoil_arguments(faults, request, passage.route);
		afd_sim_run(server, request, passage.route, answer);
	}
	afd_sim_spoil(faults, request, passage.route, answer);
}
