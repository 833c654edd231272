/* SPDX-License-Identifier: MIT
 * What partners read: the state of seats, and tickets by a filter. */
#include "partners.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_place(struct afd_text *body, const struct sim_seat *seat)
{
	afd_text_printf(body, ",\"coords\":%s,\"row\":", seat->coords);
	if (seat->row)
		afd_sim_write_string(body, seat->row);
	else
		afd_text_puts(body, "null");
	afd_text_puts(body, ",\"place\":");
	if (seat->place)
		afd_sim_write_string(body, seat->place);
	else
		afd_text_puts(body, "null");
}

static void write_price(struct afd_text *body, const struct sim_seat *seat, int64_t price)
{
	afd_text_puts(body, ",\"price\":");
	afd_sim_write_money(body, price);
	afd_text_printf(body, ",\"currency_id\":\"%s\"}", seat->currency_id);
}

static bool check_seat(struct sim_world *world, const struct sim_stage *stage, const cJSON *entry,
					   bool writing, struct sim_answer *answer)
{
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(entry, "seat_id");
	const cJSON *offer = cJSON_GetObjectItemCaseSensitive(entry, "offer_id");
	(void)world;
	if (!cJSON_IsString(id) || (offer && !cJSON_IsString(offer))) {
		afd_sim_fail_softly(answer, "VALIDATION_ERROR", "The field seat_id or offer_id is not valid");
		return false;
	}
	const struct sim_seat *seat = afd_sim_seat(stage->show, id->valuestring);
	if (!seat) {
		afd_sim_fail_softly(answer, "SEAT_NOT_FOUND", "Seat not found");
		return false;
	}
	if (!writing)
		return true;
	bool reduced = offer && strcmp(offer->valuestring, "preferential") == 0;
	afd_text_puts(&answer->body, "{\"seat_id\":");
	afd_sim_write_string(&answer->body, seat->id);
	afd_text_puts(&answer->body, ",\"offer_id\":");
	afd_sim_write_string(&answer->body, offer ? offer->valuestring : "full");
	afd_text_printf(&answer->body, ",\"available\":%s", seat->available ? "true" : "false");
	write_place(&answer->body, seat);
	write_price(&answer->body, seat, reduced ? seat->price / 200 * 100 : seat->price);
	return true;
}

void afd_sim_check_seats(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	afd_sim_answer_entries(world, request, answer, check_seat);
}

/* Whether one key of a filter, a scalar or an array of them, holds this text. */
static bool holds(const cJSON *wanted, const char *text)
{
	const cJSON *one;
	char digits[32];
	if (!text)
		return false;
	if (cJSON_IsArray(wanted)) {
		cJSON_ArrayForEach(one, wanted) if (!cJSON_IsArray(one) && holds(one, text)) return true;
		return false;
	}
	if (cJSON_IsNumber(wanted)) {
		snprintf(digits, sizeof digits, "%.0f", wanted->valuedouble);
		return strcmp(digits, text) == 0;
	}
	return cJSON_IsString(wanted) && strcmp(wanted->valuestring, text) == 0;
}

static bool is_found(const struct sim_ticket *ticket, const cJSON *filter)
{
	const cJSON *key;
	char number[32];
	snprintf(number, sizeof number, "%lld", (long long)ticket->number);
	cJSON_ArrayForEach(key, filter)
	{
		const char *text = strcmp(key->string, "id") == 0                  ? number
						   : strcmp(key->string, "barcode") == 0           ? ticket->barcode
						   : strcmp(key->string, "external_id") == 0       ? ticket->external_id
						   : strcmp(key->string, "external_order_id") == 0 ? ticket->external_order_id
																		   : NULL;
		if (!holds(key, text))
			return false;
	}
	return true;
}

static bool is_at(const struct sim_ticket *ticket, const struct sim_request *request)
{
	return (request->ids[0] == SIM_NONE || ticket->event_id == request->ids[0]) &&
		   (request->ids[1] == SIM_NONE || ticket->show_id == request->ids[1]);
}

void afd_sim_find_tickets(struct sim_world *world, const struct sim_request *request,
						  struct sim_answer *answer)
{
	const cJSON *filter = afd_sim_argument(request, "filter");
	struct afd_text *body = &answer->body;
	struct sim_stage stage;
	if (request->ids[0] != SIM_NONE && !afd_sim_stage(world, request, answer, &stage))
		return;
	if (filter && !cJSON_IsObject(filter)) {
		afd_sim_fail_softly(answer, "VALIDATION_ERROR", "filter must be an object");
		return;
	}
	if (request->ids[0] != SIM_NONE)
		afd_sim_write_header(world, &stage, body);
	afd_text_puts(body, request->ids[0] != SIM_NONE ? "" : "{");
	afd_text_puts(body, "\"status\":\"success\",\"result\":[");
	const char *before = "";
	for (size_t i = 0; i < world->tickets.count; i++) {
		const struct sim_ticket *ticket = world->tickets.items[i];
		if (!is_at(ticket, request) || !is_found(ticket, filter))
			continue;
		afd_text_puts(body, before);
		afd_sim_write(body, &afd_sim_found_ticket_shape, ticket);
		before = ",";
	}
	afd_text_puts(body, "]}");
}

static void write_seat(struct afd_text *body, const struct sim_seat *seat)
{
	afd_text_puts(body, "{\"seat_id\":");
	afd_sim_write_string(body, seat->id);
	afd_text_printf(body, ",\"available\":%s", seat->available ? "true" : "false");
	if (seat->admission) {
		afd_text_puts(body, ",\"admission\":true,\"free_quantity\":");
		afd_sim_write_int(body, seat->free_quantity);
	} else {
		write_place(body, seat);
	}
	write_price(body, seat, seat->price);
}

static void write_zones(struct afd_text *body, const struct sim_show *show, const char **before)
{
	const struct sim_zone *zone = NULL;
	for (size_t i = 0; i < show->seats.count; i++) {
		const struct sim_seat *seat = show->seats.items[i];
		if (seat->zone != zone) {
			afd_text_puts(body, zone ? "]}," : *before);
			zone = seat->zone;
			afd_text_printf(body, "{\"zone_id\":\"%s\",\"name\":\"%s\",\"show_id\":", zone->id, zone->name);
			afd_sim_write_int(body, show->id);
			afd_text_puts(body, ",\"seats\":[");
		} else {
			afd_text_putc(body, ',');
		}
		write_seat(body, seat);
	}
	afd_text_puts(body, zone ? "]}" : "");
	*before = ",";
}

void afd_sim_partner_seats(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	struct afd_text *body = &answer->body;
	struct sim_stage stage;
	const char *before = "";
	if (!afd_sim_stage(world, request, answer, &stage))
		return;
	afd_sim_write_header(world, &stage, body);
	afd_text_puts(body, "\"status\":\"success\",\"zones\":[");
	if (stage.show)
		write_zones(body, stage.show, &before);
	for (size_t i = 0; !stage.show && i < stage.event->shows.count; i++)
		write_zones(body, stage.event->shows.items[i], &before);
	afd_text_puts(body, "]}");
}
