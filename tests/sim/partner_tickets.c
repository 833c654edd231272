/* SPDX-License-Identifier: MIT
 * Partners' tickets: add, update, remove. A ticket is known by its external order and external id. */
#include "partners.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *text_of(const cJSON *entry, const char *name)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(entry, name);
	return cJSON_IsString(member) ? member->valuestring : NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool fail_invalid(struct sim_answer *answer, const char *field)
{
	char message[160];
	snprintf(message, sizeof message, "The field %.100s is not valid", field);
	afd_sim_fail_softly(answer, "VALIDATION_ERROR", message);
	return false;
}

static struct sim_ticket *known_ticket(const struct sim_world *world, const struct sim_stage *stage,
									   const cJSON *entry)
{
	const char *order = text_of(entry, "external_order_id"), *id = text_of(entry, "external_id");
	for (size_t i = 0; i < world->tickets.count && !world->repeating; i++) {
		struct sim_ticket *ticket = world->tickets.items[i];
		if (ticket->event_id == stage->event->id && same(ticket->external_order_id, order) &&
			same(ticket->external_id, id))
			return ticket;
	}
	return NULL;
}

static struct sim_ticket *new_ticket(struct sim_world *world, const struct sim_stage *stage,
									 const struct sim_seat *seat)
{
	struct sim_ticket *ticket = afd_arena_new(&world->arena, sizeof *ticket);
	*ticket = (struct sim_ticket){
		.number = ++world->tickets.last_id,
		.event_id = stage->event->id,
		.show_id = stage->show->id,
		.paid_at = SIM_NONE,
		.reserved_to = world->now + 1800,
		.price = seat->price,
		.seat_id = seat->id,
		.offer_id = "full",
		.admission = seat->admission,
	};
	ticket->id = afd_arena_printf(&world->arena, "%" PRId64, ticket->number);
	afd_sim_append(&world->arena, &world->tickets, ticket);
	return ticket;
}

/* A paid ticket opens the door; an unpaid one doesn't. */
static void settle(struct sim_world *world, struct sim_ticket *ticket, struct sim_seat *seat)
{
	if (ticket->paid && !ticket->barcode)
		ticket->barcode = afd_arena_printf(&world->arena, "8795%08" PRId64, ticket->number % 100000000);
	if (ticket->paid && ticket->paid_at == SIM_NONE)
		ticket->paid_at = world->now;
	if (!ticket->paid)
		ticket->barcode = NULL;
	if (!seat || seat->admission)
		return;
	seat->available = ticket->deleted;
	seat->free_quantity = ticket->deleted ? 1 : 0;
	seat->payed_quantity = !ticket->deleted && ticket->paid ? 1 : 0;
	seat->in_basket_quantity = !ticket->deleted && !ticket->paid ? 1 : 0;
}

static struct sim_seat *seat_of(const struct sim_world *world, const struct sim_ticket *ticket)
{
	const struct sim_show *show = afd_sim_show(world, ticket->show_id);
	return show ? afd_sim_seat(show, ticket->seat_id) : NULL;
}

static bool fits(const cJSON *entry, struct sim_answer *answer)
{
	const char *wrong = afd_sim_misfit(&afd_sim_ticket_shape, entry);
	return !wrong || fail_invalid(answer, wrong);
}

static bool write_changed(struct sim_world *world, struct sim_ticket *ticket, const cJSON *entry,
						  struct sim_answer *answer)
{
	afd_sim_change(&world->arena, &afd_sim_ticket_shape, ticket, entry);
	ticket->deleted = false;
	afd_sim_tick(world);
	settle(world, ticket, seat_of(world, ticket));
	afd_sim_write(&answer->body, &afd_sim_ticket_shape, ticket);
	return true;
}

/* A seat that visitors bought is refused; one that the partner itself holds may be sold by it again. */
static bool add_ticket(struct sim_world *world, const struct sim_stage *stage, const cJSON *entry,
					   bool writing, struct sim_answer *answer)
{
	const char *seat_id = text_of(entry, "seat_id");
	if (!seat_id)
		return fail_invalid(answer, "seat_id");
	if (!fits(entry, answer))
		return false;
	struct sim_seat *seat = afd_sim_seat(stage->show, seat_id);
	struct sim_ticket *ticket = known_ticket(world, stage, entry);
	if (!seat || seat->disabled || seat->ordered) {
		const char *code = seat ? "SEAT_NOT_AVAILABLE" : "SEAT_NOT_FOUND";
		afd_sim_fail_softly(answer, code, seat ? "Seat is not available" : "Seat not found");
		return false;
	}
	if (!writing)
		return true;
	return write_changed(world, ticket ? ticket : new_ticket(world, stage, seat), entry, answer);
}

/* By the id, a number or its text, within the event of the path. */
static struct sim_ticket *ticket_of(const struct sim_world *world, const struct sim_stage *stage,
									const cJSON *entry)
{
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(entry, "id");
	char digits[32] = "";
	if (cJSON_IsNumber(id))
		snprintf(digits, sizeof digits, "%.0f", id->valuedouble);
	else if (cJSON_IsString(id))
		snprintf(digits, sizeof digits, "%s", id->valuestring);
	for (size_t i = 0; i < world->tickets.count; i++) {
		struct sim_ticket *ticket = world->tickets.items[i];
		char mine[32];
		snprintf(mine, sizeof mine, "%" PRId64, ticket->number);
		if (ticket->event_id == stage->event->id && strcmp(mine, digits) == 0)
			return ticket;
	}
	return NULL;
}

static struct sim_ticket *find_or_fail(const struct sim_world *world, const struct sim_stage *stage,
									   const cJSON *entry, struct sim_answer *answer)
{
	struct sim_ticket *ticket = ticket_of(world, stage, entry);
	if (!cJSON_GetObjectItemCaseSensitive(entry, "id"))
		fail_invalid(answer, "id");
	else if (!ticket)
		afd_sim_fail_softly(answer, "TICKET_NOT_FOUND", "Ticket not found");
	return ticket;
}

/* `id` names the ticket here; it isn't writable, so the rest of the entry is what changes. */
static bool update_ticket(struct sim_world *world, const struct sim_stage *stage, const cJSON *entry,
						  bool writing, struct sim_answer *answer)
{
	struct sim_ticket *ticket = find_or_fail(world, stage, entry, answer);
	if (!ticket || !fits(entry, answer))
		return false;
	if (!writing)
		return true;
	return write_changed(world, ticket, entry, answer);
}

static bool remove_ticket(struct sim_world *world, const struct sim_stage *stage, const cJSON *entry,
						  bool writing, struct sim_answer *answer)
{
	struct sim_ticket *ticket = find_or_fail(world, stage, entry, answer);
	if (!ticket || !writing)
		return ticket != NULL;
	ticket->deleted = true;
	afd_sim_tick(world);
	settle(world, ticket, seat_of(world, ticket));
	afd_text_puts(&answer->body, "true");
	return true;
}

void afd_sim_add_tickets(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	afd_sim_answer_entries(world, request, answer, add_ticket);
}

void afd_sim_update_tickets(struct sim_world *world, const struct sim_request *request,
							struct sim_answer *answer)
{
	afd_sim_answer_entries(world, request, answer, update_ticket);
}

void afd_sim_remove_tickets(struct sim_world *world, const struct sim_request *request,
							struct sim_answer *answer)
{
	afd_sim_answer_entries(world, request, answer, remove_ticket);
}
