/* SPDX-License-Identifier: MIT
 * Clients. Creating is an upsert by e-mail, as the vendor documents it. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <string.h>
#include <strings.h>

enum { CLIENTS_PER_PAGE = 100 };

void afd_sim_list_clients(struct sim_world *world, const struct sim_request *request,
						  struct sim_answer *answer)
{
	afd_sim_answer_page(request, world, answer, &world->clients, &afd_sim_client_shape, CLIENTS_PER_PAGE);
}

static struct sim_client *find_client(struct sim_world *world, const struct sim_request *request,
									  struct sim_answer *answer)
{
	struct sim_client *client = afd_sim_client(world, request->ids[0]);
	if (!client)
		afd_sim_fail_missing(answer, world, "RESOURCE_NOT_FOUND", "clients", request->ids[0]);
	return client;
}

void afd_sim_show_client(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	const struct sim_client *client = find_client(world, request, answer);
	if (client)
		afd_sim_answer_record(answer, &afd_sim_client_shape, client);
}

static struct sim_client *new_client(struct sim_world *world)
{
	struct sim_client *client = afd_arena_new(&world->arena, sizeof *client);
	client->id = ++world->clients.last_id;
	client->details = afd_arena_new(&world->arena, sizeof *client->details);
	client->details->id = client->id + 500;
	client->details->vk_id = client->details->facebook_id = SIM_NONE;
	afd_sim_append(&world->arena, &world->clients, client);
	return client;
}

static struct sim_client *client_with(struct sim_world *world, const char *email)
{
	for (size_t i = 0; i < world->clients.count && !world->repeating; i++) {
		struct sim_client *client = world->clients.items[i];
		if (client->email && strcasecmp(client->email, email) == 0)
			return client;
	}
	return new_client(world);
}

/* The names stand beside the e-mail (the spec) or in `details` (the vendor's documentation). */
static const char *misfit(const cJSON *changes)
{
	const char *wrong = afd_sim_misfit(&afd_sim_client_shape, changes);
	if (!wrong)
		wrong = afd_sim_misfit(&afd_sim_details_shape, changes);
	return wrong
			   ? wrong
			   : afd_sim_misfit(&afd_sim_details_shape, cJSON_GetObjectItemCaseSensitive(changes, "details"));
}

static void answer_changed(struct sim_world *world, struct sim_client *client, const cJSON *changes,
						   struct sim_answer *answer)
{
	const cJSON *details = cJSON_GetObjectItemCaseSensitive(changes, "details");
	afd_sim_change(&world->arena, &afd_sim_client_shape, client, changes);
	afd_sim_change(&world->arena, &afd_sim_details_shape, client->details, changes);
	afd_sim_change(&world->arena, &afd_sim_details_shape, client->details, details);
	afd_sim_tick(world);
	afd_sim_answer_record(answer, &afd_sim_client_shape, client);
}

void afd_sim_create_client(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	const cJSON *changes = world->production ? afd_sim_argument(request, "data") : afd_sim_changes(request);
	const cJSON *email = cJSON_GetObjectItemCaseSensitive(changes, "email");
	const char *wrong = misfit(changes);
	if (!cJSON_IsString(email) || !strchr(email->valuestring, '@'))
		wrong = "email";
	if (wrong)
		afd_sim_fail_invalid(answer, world, wrong);
	else
		answer_changed(world, client_with(world, email->valuestring), changes, answer);
}

void afd_sim_change_client(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	const char *wrong = misfit(afd_sim_changes(request));
	struct sim_client *client = find_client(world, request, answer);
	if (client && wrong)
		afd_sim_fail_invalid(answer, world, wrong);
	else if (client)
		answer_changed(world, client, afd_sim_changes(request), answer);
}
