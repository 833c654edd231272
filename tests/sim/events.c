/* SPDX-License-Identifier: MIT
 * Events. Creating one with the name and start of an existing one answers that one. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <string.h>

enum { EVENTS_PER_PAGE = 10 };

void afd_sim_list_events(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	afd_sim_answer_page(request, world, answer, &world->events, &afd_sim_event_shape, EVENTS_PER_PAGE);
}

static struct sim_event *find_event(struct sim_world *world, const struct sim_request *request,
									struct sim_answer *answer)
{
	struct sim_event *event = afd_sim_event(world, request->ids[0]);
	if (!event)
		afd_sim_fail_missing(answer, world, "EVENT_NOT_FOUND", "events", request->ids[0]);
	return event;
}

void afd_sim_show_event(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer)
{
	const struct sim_event *event = find_event(world, request, answer);
	if (event)
		afd_sim_answer_record(answer, &afd_sim_event_shape, event);
}

static struct sim_event *same_event(const struct sim_world *world, const char *name, int64_t start)
{
	for (size_t i = 0; i < world->events.count && !world->repeating; i++) {
		struct sim_event *event = world->events.items[i];
		const struct sim_show *show = event->shows.count ? event->shows.items[0] : NULL;
		if (show && show->start_date == start && strcmp(event->name, name) == 0)
			return event;
	}
	return NULL;
}

static struct sim_event *new_event(struct sim_world *world, int64_t start)
{
	const struct sim_event *like = world->events.items[0];
	struct sim_event *event = afd_arena_new(&world->arena, sizeof *event);
	*event = *like;
	event->id = ++world->events.last_id;
	event->is_active = false;
	event->created_at = event->updated_at = afd_sim_tick(world);
	event->deleted_at = SIM_NONE;
	event->description = event->external_id = NULL;
	event->slug = afd_arena_printf(&world->arena, "event-%zu", world->events.count + 1);
	event->url =
		afd_arena_printf(&world->arena, "https://afisha.example.org/event/%zu", world->events.count + 1);
	event->shows = (struct sim_list){ 0 };
	afd_sim_append(&world->arena, &world->events, event);
	afd_sim_add_show(world, event, 9000 + event->id, start);
	return event;
}

static const char *misfit(const cJSON *changes)
{
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(changes, "name");
	const char *wrong = afd_sim_misfit(&afd_sim_event_shape, changes);
	if (!wrong)
		wrong = afd_sim_misfit(&afd_sim_show_shape, changes);
	return name && !cJSON_IsString(name) ? "name" : wrong;
}

static void answer_changed(struct sim_world *world, struct sim_event *event, const cJSON *changes,
						   struct sim_answer *answer)
{
	afd_sim_change(&world->arena, &afd_sim_event_shape, event, changes);
	if (event->shows.count)
		afd_sim_change(&world->arena, &afd_sim_show_shape, event->shows.items[0], changes);
	event->updated_at = afd_sim_tick(world);
	afd_sim_answer_record(answer, &afd_sim_event_shape, event);
}

void afd_sim_create_event(struct sim_world *world, const struct sim_request *request,
						  struct sim_answer *answer)
{
	const cJSON *changes = world->production ? afd_sim_argument(request, "data") : afd_sim_changes(request);
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(changes, "name");
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(changes, "start_date");
	const char *wrong = misfit(changes);
	int64_t start = world->now;
	if (given && (!cJSON_IsString(given) || !afd_sim_parse_time(given->valuestring, &start)))
		wrong = "start_date";
	if (!cJSON_IsString(name) || !*name->valuestring)
		wrong = "name";
	if (wrong) {
		afd_sim_fail_invalid(answer, world, wrong);
		return;
	}
	struct sim_event *event = same_event(world, name->valuestring, start);
	answer_changed(world, event ? event : new_event(world, start), changes, answer);
}

void afd_sim_change_event(struct sim_world *world, const struct sim_request *request,
						  struct sim_answer *answer)
{
	const cJSON *changes = afd_sim_changes(request);
	const char *wrong = misfit(changes);
	struct sim_event *event = find_event(world, request, answer);
	if (event && wrong)
		afd_sim_fail_invalid(answer, world, wrong);
	else if (event)
		answer_changed(world, event, changes, answer);
}
