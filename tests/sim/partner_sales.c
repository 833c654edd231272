/* SPDX-License-Identifier: MIT
 * Invented tickets of partners, with those that the spec names. */
#include "world.h"

#include <inttypes.h>

enum { OTHER_TICKETS = 35 };

/* A ticket that the spec names, and whoever has it. */
struct named_ticket {
	int64_t number;
	const char *seat_id, *external_id, *external_order_id, *barcode; /* a barcode: it is paid */
};

static const struct named_ticket named[] = {
	{ 120260, "CENTER_PARTERRE-21;1", "ticket55001", "order55001", NULL },
	{ 120261, "CENTER_PARTERRE-21;2", "ticket55002", "order55001", NULL },
	{ 120290, "CENTER_PARTERRE-20;8", "ticket12300", "order67890", "879000000017" },
	{ 134857, "CENTER_PARTERRE-21;3", "ticket12345", "6a5cc185-bc59-451f-b7cb-94376476ae01", "872964136579" },
	{ 134858, "CENTER_PARTERRE-21;4", "ticket12346", "6a5cc185-bc59-451f-b7cb-94376476ae01", "879979255977" },
};

/* The seat is the partner's now. */
static void take(const struct sim_show *show, const struct sim_ticket *ticket)
{
	struct sim_seat *seat = afd_sim_seat(show, ticket->seat_id);
	if (!seat)
		return;
	seat->available = false;
	seat->free_quantity = 0;
	seat->in_basket_quantity = ticket->paid ? 0 : 1;
	seat->payed_quantity = ticket->paid ? 1 : 0;
}

static void add_ticket(struct sim_world *world, const struct sim_show *show, const struct named_ticket *about)
{
	struct sim_ticket *ticket = afd_arena_new(&world->arena, sizeof *ticket);
	struct sim_person person = afd_sim_person(world, 2000 + (size_t)(about->number % 997));
	*ticket = (struct sim_ticket){
		.number = about->number,
		/* The vendor answers either form. */
		.id = afd_arena_printf(&world->arena, about->number % 5 == 3 ? "\"%" PRId64 "\"" : "%" PRId64,
							   about->number),
		.event_id = show->event_id,
		.show_id = show->id,
		.paid = about->barcode != NULL,
		.paid_at = about->barcode ? world->now - 86400 : SIM_NONE,
		.reserved_to = about->barcode ? SIM_NONE : world->now + 86400,
		.price = 150050,
		.seat_id = about->seat_id,
		.offer_id = about->number % 3 ? "full" : "preferential",
		.payment_type_id = about->barcode ? "card" : NULL,
		.external_id = about->external_id,
		.external_order_id = about->external_order_id,
		.barcode = about->barcode,
		.client_email = person.email,
		.client_phone = person.phone,
		.client_name = person.name,
		.client_surname = person.surname,
		.client_middlename = person.middlename,
		.fanid_card = about->number % 7 == 0 ? afd_sim_token(world, 10) : NULL,
		.visitor_user_id = about->number % 4 == 2 ? afd_sim_token(world, 12) : NULL,
	};
	take(show, ticket);
	afd_sim_append(&world->arena, &world->tickets, ticket);
	world->tickets.last_id = ticket->number;
}

void afd_sim_build_tickets(struct sim_world *world)
{
	struct afd_arena *arena = &world->arena;
	struct sim_event *event = world->events.items[0];
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		add_ticket(world, event->shows.items[0], &named[i]);
	for (size_t i = 0; i < OTHER_TICKETS; i++) {
		struct sim_show *show = world->shows.items[1 + i % (world->shows.count - 1)];
		struct named_ticket about = {
			.number = 140000 + (int64_t)i,
			.seat_id = afd_arena_printf(arena, "CENTER_PARTERRE-21;%zu", 5 + i / 13),
			.external_id = afd_arena_printf(arena, "ext-ticket-%zu", i),
			.external_order_id = afd_arena_printf(arena, "ext-order-%zu", i / 2),
			.barcode = i % 3 ? afd_arena_printf(arena, "8791%08zu", i * 7919) : NULL,
		};
		add_ticket(world, show, &about);
	}
}
