/* SPDX-License-Identifier: MIT
 * Seats of an event or a show: as a tree of zones, or flat by id. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <string.h>

/* What one answer about seats selects. */
struct seat_view {
	struct sim_world *world;
	const struct sim_request *request;
	struct sim_answer *answer;
	const cJSON *select, *where;
	const char *wrong, *before;
};

static bool is_wanted(struct seat_view *view, const struct sim_seat *seat)
{
	return afd_sim_satisfies(&afd_sim_seat_shape, seat, view->where, !view->world->production, &view->wrong);
}

static void write_flat(struct seat_view *view, const struct sim_show *show)
{
	struct afd_text *body = &view->answer->body;
	for (size_t i = 0; i < show->seats.count; i++) {
		const struct sim_seat *seat = show->seats.items[i];
		if (!is_wanted(view, seat))
			continue;
		afd_text_puts(body, view->before);
		afd_sim_write_string(body, seat->id);
		afd_text_putc(body, ':');
		afd_sim_write_selected(body, &afd_sim_seat_shape, seat, view->select);
		view->before = ",";
	}
}

static void open_zone(struct afd_text *body, const struct sim_show *show, const struct sim_zone *zone)
{
	afd_text_puts(body, "{\"id\":");
	afd_sim_write_string(body, zone->id);
	afd_text_puts(body, ",\"name\":");
	afd_sim_write_string(body, zone->name);
	afd_text_puts(body, ",\"show_id\":");
	afd_sim_write_int(body, show->id);
	afd_text_puts(body, ",\"seats\":[");
}

/* Seats of a zone stand together. */
static void write_zones(struct seat_view *view, const struct sim_show *show)
{
	struct afd_text *body = &view->answer->body;
	const struct sim_zone *zone = NULL;
	for (size_t i = 0; i < show->seats.count; i++) {
		const struct sim_seat *seat = show->seats.items[i];
		bool first = seat->zone != zone;
		if (!is_wanted(view, seat))
			continue;
		if (first) {
			afd_text_puts(body, zone ? "]}," : view->before);
			open_zone(body, show, seat->zone);
			zone = seat->zone;
		}
		afd_text_puts(body, first ? "" : ",");
		afd_sim_write_selected(body, &afd_sim_seat_shape, seat, view->select);
	}
	afd_text_puts(body, zone ? "]}" : "");
	if (zone)
		view->before = ",";
}

static void answer_seats(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer, struct sim_show *const *shows, size_t count)
{
	bool flat = cJSON_IsTrue(afd_sim_argument(request, "flat"));
	struct seat_view view = { .world = world, .request = request, .answer = answer, .before = "" };
	view.select = afd_sim_argument(request, "select");
	view.where = afd_sim_argument(request, "where");
	if (flat && count > 1) {
		afd_sim_fail_invalid(answer, world, "flat");
		return;
	}
	afd_text_puts(&answer->body, flat ? "{\"data\":{" : "{\"data\":{\"zones\":[");
	for (size_t i = 0; i < count; i++)
		(flat ? write_flat : write_zones)(&view, shows[i]);
	afd_text_puts(&answer->body, flat ? "}}" : "]}}");
	if (view.wrong || (view.select && !cJSON_IsArray(view.select)))
		afd_sim_fail_invalid(answer, world, view.wrong ? view.wrong : "select");
}

void afd_sim_event_seats(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	const struct sim_event *event = afd_sim_event(world, request->ids[0]);
	struct sim_show *show = afd_sim_show(world, request->ids[1]);
	if (!event)
		afd_sim_fail_missing(answer, world, "EVENT_NOT_FOUND", "events", request->ids[0]);
	else if (request->ids[1] == SIM_NONE)
		answer_seats(world, request, answer, (struct sim_show **)event->shows.items, event->shows.count);
	else if (!show || (show->event_id != event->id && show->shared_with != event->id))
		afd_sim_fail_missing(answer, world, "EVENT_NOT_FOUND", "shows", request->ids[1]);
	else
		answer_seats(world, request, answer, &show, 1);
}

void afd_sim_show_seats(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer)
{
	struct sim_show *show = afd_sim_show(world, request->ids[0]);
	if (show)
		answer_seats(world, request, answer, &show, 1);
	else
		afd_sim_fail_missing(answer, world, "EVENT_NOT_FOUND", "shows", request->ids[0]);
}
