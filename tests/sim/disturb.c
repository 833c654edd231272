/* SPDX-License-Identifier: MIT */
#include "disturb.h"

#include <cjson/cJSON.h>

#include <string.h>

static void drop(struct sim_request *request, const char *name)
{
	cJSON_DeleteItemFromObjectCaseSensitive(request->arguments, name);
}

/* Keeps what says which record is meant. */
static void drop_changes(cJSON *entry)
{
	cJSON *next;
	for (cJSON *child = entry ? entry->child : NULL; child; child = next) {
		next = child->next;
		if (cJSON_IsArray(entry) || (child->string && strcmp(child->string, "batch") == 0))
			drop_changes(child);
		else if (strcmp(child->string, "id") != 0)
			cJSON_Delete(cJSON_DetachItemViaPointer(entry, child));
	}
}

static bool is_scan(const struct sim_route *route)
{
	return strcmp(route->resource, "barcodes") == 0;
}

void afd_sim_spoil_arguments(const struct sim_fault_set *faults, struct sim_request *request,
							 const struct sim_route *route)
{
	if (afd_sim_is_faulty(faults, "lost-filter", request, route)) {
		drop(request, "where");
		drop(request, "filter");
	}
	if (afd_sim_is_faulty(faults, "lost-order", request, route))
		drop(request, "orderBy");
	if (route->effect == SIM_UPDATE && !is_scan(route) &&
		afd_sim_is_faulty(faults, "stale-record", request, route))
		drop_changes(request->arguments);
}

/* Answers the first page under the number that was asked for. */
static void answer_first_page(struct sim_server *server, struct sim_request *request,
							  const struct sim_route *route, struct sim_answer *answer)
{
	double page = cJSON_GetNumberValue(afd_sim_argument(request, "page"));
	drop(request, "page");
	route->handler(server->world, request, answer);
	cJSON *root = answer->status == 200 ? cJSON_ParseWithLength(answer->body.data, answer->body.size) : NULL;
	cJSON *current =
		cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(root, "paging"), "currentPage");
	if (current && page > 1) {
		cJSON_SetNumberValue(current, page);
		afd_sim_replace_body(answer, root);
	}
	cJSON_Delete(root);
}

/* The first record of `all` that `some` doesn't hold; detached. */
static cJSON *take_other(cJSON *all, const cJSON *some)
{
	for (int i = 0; i < cJSON_GetArraySize(all); i++) {
		const cJSON *candidate = cJSON_GetArrayItem(all, i), *held;
		bool known = false;
		cJSON_ArrayForEach(held, some) known = known || cJSON_Compare(candidate, held, true);
		if (!known)
			return cJSON_DetachItemFromArray(all, i);
	}
	return NULL;
}

static bool add_other(struct sim_answer *answer, const struct sim_answer *unfiltered)
{
	cJSON *root = cJSON_ParseWithLength(answer->body.data, answer->body.size);
	cJSON *all = cJSON_ParseWithLength(unfiltered->body.data, unfiltered->body.size);
	bool usable = root && all && afd_sim_parts(root).list;
	cJSON *other = usable ? take_other(afd_sim_parts(all).list, afd_sim_parts(root).list) : NULL;
	if (other && cJSON_AddItemToArray(afd_sim_parts(root).list, other))
		afd_sim_replace_body(answer, root);
	cJSON_Delete(root);
	cJSON_Delete(all);
	return other != NULL;
}

/* Only on a first page: there, a record that the filter would take is among those that it took. */
static void add_foreign_record(struct sim_server *server, struct sim_request *request,
							   const struct sim_route *route, struct sim_answer *answer)
{
	const cJSON *page = afd_sim_argument(request, "page");
	struct sim_answer unfiltered;
	bool filtered = afd_sim_argument(request, "where") || afd_sim_argument(request, "filter");
	if (!filtered || answer->status != 200 || (page && page->valuedouble > 1))
		return;
	drop(request, "where");
	drop(request, "filter");
	afd_sim_answer_init(&unfiltered);
	route->handler(server->world, request, &unfiltered);
	add_other(answer, &unfiltered);
	afd_sim_answer_free(&unfiltered);
}

static void run_aside(struct sim_world *world, const struct sim_request *request,
					  const struct sim_route *route)
{
	struct sim_answer aside;
	afd_sim_answer_init(&aside);
	route->handler(world, request, &aside);
	afd_sim_answer_free(&aside);
}

static void run_write(struct sim_server *server, struct sim_request *request, const struct sim_route *route,
					  struct sim_answer *answer)
{
	const struct sim_fault_set *faults = &server->options->faults;
	if (server->true_world && afd_sim_is_faulty(faults, "lost-write", request, route)) {
		route->handler(server->true_world, request, answer);
		return;
	}
	server->world->repeating = afd_sim_is_faulty(faults, "broken-upsert", request, route);
	route->handler(server->world, request, answer);
	server->world->repeating = true;
	if (afd_sim_is_faulty(faults, "double-write", request, route))
		run_aside(server->world, request, route);
	server->world->repeating = false;
	if (server->true_world)
		run_aside(server->true_world, request, route);
}

static void run_read(struct sim_server *server, struct sim_request *request, const struct sim_route *route,
					 struct sim_answer *answer)
{
	const struct sim_fault_set *faults = &server->options->faults;
	if (afd_sim_is_faulty(faults, "wrong-page", request, route))
		answer_first_page(server, request, route, answer);
	else
		route->handler(server->world, request, answer);
	if (afd_sim_is_faulty(faults, "foreign-record", request, route))
		add_foreign_record(server, request, route, answer);
	if (afd_sim_is_faulty(faults, "write-on-read", request, route))
		afd_sim_world_disturb(server->world, route->resource);
}

void afd_sim_run(struct sim_server *server, struct sim_request *request, const struct sim_route *route,
				 struct sim_answer *answer)
{
	if (route->effect == SIM_READ)
		run_read(server, request, route, answer);
	else
		run_write(server, request, route, answer);
}
