/* SPDX-License-Identifier: MIT
 * Invented orders: 230 of 300 are paid, with 345 tickets between them, each with its barcode. */
#include "world.h"

#include <stdio.h>
#include <string.h>

enum { ORDERS = 300, ORDER_4360 = 100, CYCLE = 30, PAID_OF_CYCLE = 23 };

/* One order while it is built. */
struct sale {
	struct sim_world *world;
	struct sim_order *order;
	struct sim_event *event;
	struct sim_show *show;
	size_t number; /* of the order, from 0 */
};

static int64_t order_id(const struct sim_world *world, size_t number)
{
	if (world->production)
		return 200000 + (int64_t)number * 3;
	if (number == 0)
		return 1;
	return number == ORDERS - 1 ? 12345 : 4260 + (int64_t)number;
}

/* Rows 20 and 21 of the stalls are left to partners. */
static bool is_for_orders(const struct sim_seat *seat)
{
	return seat->admission || !seat->row || (strcmp(seat->row, "20") != 0 && strcmp(seat->row, "21") != 0);
}

static struct sim_seat *take_seat(struct sim_show *show)
{
	while (show->taken + 1 < show->seats.count) {
		struct sim_seat *seat = show->seats.items[show->taken++];
		if (is_for_orders(seat))
			return seat;
	}
	return show->seats.items[show->seats.count - 1];
}

static void occupy(struct sale *sale, struct sim_seat *seat, int64_t quantity)
{
	seat->free_quantity -= quantity;
	seat->ordered_quantity += quantity;
	seat->payed_quantity += sale->order->payed ? quantity : 0;
	seat->ordered = true;
	seat->available = seat->free_quantity > 0;
	if (!seat->admission)
		seat->spread =
			afd_arena_printf(&sale->world->arena, "{\"client_emails\":[\"%s\"]}", sale->order->client->email);
}

static const char *new_barcode(struct sale *sale)
{
	struct sim_world *world = sale->world;
	bool first = sale->order->baskets.count == 0;
	if (!world->production && first && sale->number == 4)
		return "877076325904";
	if (!world->production && first && sale->number == 16)
		return "877344688530";
	return afd_arena_printf(&world->arena, "86%05u%05u", (unsigned)++world->serial,
							(unsigned)afd_sim_chance(world, 100000));
}

static void add_barcode(struct sale *sale, const struct sim_basket *basket, const struct sim_seat *seat)
{
	struct sim_barcode *barcode = afd_arena_new(&sale->world->arena, sizeof *barcode);
	*barcode = (struct sim_barcode){
		.barcode = basket->barcode,
		.seat_name = seat->name,
		.zone_name = seat->zone->name,
		.row = seat->row,
		.place = seat->place,
		.admission = seat->admission,
		.price = basket->price,
		.event_id = sale->event->id,
		.show_id = sale->show->id,
		.checked_at = basket->checked_at,
		.client_name = basket->client_name,
		.client_surname = basket->client_surname,
		.client_middlename = basket->client_middlename,
	};
	afd_sim_append(&sale->world->arena, &sale->world->barcodes, barcode);
}

static void fill_company(struct sale *sale, struct sim_basket *basket)
{
	struct afd_arena *arena = &sale->world->arena;
	int64_t number = 100000 + sale->world->serial;
	basket->organization_name = afd_arena_printf(arena, "ООО «Сказочный лес %d»", (int)number);
	basket->legal_name = afd_arena_printf(arena, "ИП %s %s", basket->client_surname, basket->client_name);
	basket->work_position = "бухгалтер";
	basket->inn = afd_sim_inn(sale->world, number);
	basket->kpp = afd_arena_printf(arena, "0000%05d", (int)(number % 100000));
}

static void fill_visitor(struct sale *sale, struct sim_basket *basket, bool buyer)
{
	struct sim_world *world = sale->world;
	const struct sim_client *client = sale->order->client;
	struct sim_person person = afd_sim_person(world, 1000 + (size_t)basket->id % 9000);
	basket->client_email = buyer ? client->email : person.email;
	basket->client_phone = buyer ? client->details->phone : person.phone;
	basket->client_name = buyer ? client->details->name : person.name;
	basket->client_surname = buyer ? client->details->surname : person.surname;
	basket->client_middlename = buyer ? client->details->middlename : person.middlename;
	if (basket->client_surname && basket->id % 10 == 3)
		fill_company(sale, basket);
	if (basket->id % 9 == 3)
		basket->comment = afd_arena_printf(&world->arena, "Перезвоните, пожалуйста: %s, %s, почта %s",
										   person.phone, person.name, person.email);
}

static void price_basket(struct sale *sale, struct sim_basket *basket, const struct sim_seat *seat)
{
	bool reduced = sale->order->promo_code_id != SIM_NONE;
	basket->original_price = basket->ticket_original_price = seat->price;
	basket->discount_value = reduced ? seat->price / 10 : SIM_NONE;
	basket->price = seat->price - (reduced ? seat->price / 10 : 0);
	basket->ticket_amount = basket->price;
	basket->service_fee_amount = basket->id % 4 ? 0 : basket->price / 20;
	sale->order->price += basket->price * basket->quantity;
	sale->order->original_price += basket->original_price * basket->quantity;
}

static int64_t basket_id(struct sale *sale)
{
	const struct sim_world *world = sale->world;
	if (!world->production && sale->number == ORDER_4360 && sale->order->baskets.count == 0)
		return 63993;
	return ++sale->world->last_basket_id;
}

static struct sim_basket *new_basket(struct sale *sale, const struct sim_seat *seat)
{
	struct sim_order *order = sale->order;
	struct sim_basket *basket = afd_arena_new(&sale->world->arena, sizeof *basket);
	*basket = (struct sim_basket){
		.id = basket_id(sale),
		.show_id = sale->show->id,
		.quantity = seat->admission ? 2 : 1,
		.series = "AB",
		.barcode = order->payed ? new_barcode(sale) : NULL,
		.seat_id = seat->id,
		.seat_name = seat->name,
		.checked_at = order->payed && sale->number % 20 == 0 ? order->created_at + 86400 : SIM_NONE,
		.created_at = order->created_at,
		.updated_at = order->updated_at,
		.deleted_at = SIM_NONE,
		.refunded_at = SIM_NONE,
		.refunded_amount = SIM_NONE,
		.refunded_deduction_amount = SIM_NONE,
	};
	return basket;
}

static void add_urls(struct sale *sale, struct sim_basket *basket)
{
	struct sim_world *world = sale->world;
	if (!basket->barcode)
		return;
	basket->pdf_url =
		afd_arena_printf(&world->arena, "https://tickets.example.com/pdf/%s", afd_sim_token(world, 32));
	if (basket->id % 3 == 0)
		basket->passbook_url =
			afd_arena_printf(&world->arena, "https://tickets.example.com/pass/%s", afd_sim_token(world, 32));
}

static struct sim_basket *add_basket(struct sale *sale)
{
	size_t place = sale->order->baskets.count;
	struct sim_seat *floor = sale->show->seats.items[sale->show->seats.count - 1];
	struct sim_seat *seat = sale->number % 9 == 8 ? floor : take_seat(sale->show);
	struct sim_basket *basket = new_basket(sale, seat);
	fill_visitor(sale, basket, place == 0);
	price_basket(sale, basket, seat);
	add_urls(sale, basket);
	occupy(sale, seat, basket->quantity);
	if (basket->barcode)
		add_barcode(sale, basket, seat);
	afd_sim_append(&sale->world->arena, &sale->order->baskets, basket);
	return basket;
}

/* Some came back: money returned in an earlier month, the ticket kept in the order. */
static void refund_first(struct sale *sale)
{
	struct sim_order *order = sale->order;
	struct sim_basket *basket = order->baskets.items[0];
	struct sim_refund *refund = afd_arena_new(&sale->world->arena, sizeof *refund);
	int64_t deduction = basket->price / 10;
	*refund = (struct sim_refund){ 500 + (int64_t)sale->number, basket->price - deduction, deduction,
								   order->created_at + 2 * 86400 };
	basket->refunded_at = refund->created_at;
	basket->refunded_amount = refund->amount;
	basket->refunded_deduction_amount = deduction;
	afd_sim_append(&sale->world->arena, &basket->refunds, refund);
	afd_sim_append(&sale->world->arena, &order->refunds, refund);
}

static void delete_order(struct sim_order *order)
{
	order->deleted_at = order->created_at + 3 * 86400;
	for (size_t i = 0; i < order->baskets.count; i++)
		((struct sim_basket *)order->baskets.items[i])->deleted_at = order->deleted_at;
}

static const char *card_number(struct sim_world *world, size_t number)
{
	/* Published test numbers; most answers carry them as the bank masked them. */
	static const char *const cards[] = { "4111111111111111", "5555555555554444", "2200000000000004" };
	const char *card = cards[number % 3];
	if (number % 10 == 7)
		return card;
	return afd_arena_printf(&world->arena, "%.6s******%s", card, card + 12);
}

static void fill_payment(struct sale *sale)
{
	struct sim_order *order = sale->order;
	struct sim_world *world = sale->world;
	order->payment_id = 7;
	order->payment_type_id = sale->number % 5 ? "card" : "invoice";
	if (order->payed && sale->number % 5)
		order->payment_card_number = card_number(world, sale->number);
	order->payment_url =
		afd_arena_printf(&world->arena, "https://pay.example.com/%s", afd_sim_token(world, 32));
	order->cancel_url =
		afd_arena_printf(&world->arena, "https://pay.example.com/cancel/%s", afd_sim_token(world, 32));
}

static void fill_extras(struct sale *sale)
{
	static const struct sim_utm sources[] = {
		{ "yandex", "cpc", "autumn_2025", "banner-1", "билеты" },
		{ "vk", "social", "afisha", NULL, NULL },
		{ "newsletter", "email", "weekly", "top", NULL },
	};
	struct afd_arena *arena = &sale->world->arena;
	struct sim_order *order = sale->order;
	struct sim_custom *custom = afd_arena_new(arena, sizeof *custom);
	struct sim_person guest = afd_sim_person(sale->world, 9500 + sale->number % 400);
	order->utm = sale->number % 3 == 1 ? afd_arena_new(arena, sizeof *order->utm) : NULL;
	if (order->utm)
		*order->utm = sources[sale->number / 3 % 3];
	*custom = (struct sim_custom){
		.telegram_id = afd_arena_printf(arena, "9900%06zu", sale->number),
		.passport = afd_arena_printf(arena, "0000 9%05zu", sale->number),
		.guest_name = afd_arena_printf(arena, "%s %s", guest.surname, guest.name),
		.guest_phone = guest.phone,
	};
	order->custom = sale->number % 7 == 2 ? custom : NULL;
	order->fields = sale->number % 6 == 4 ? custom : NULL;
	order->integrations = sale->number % 11 == 5 ? custom : NULL;
}

static void fill_order(struct sale *sale)
{
	struct sim_world *world = sale->world;
	struct sim_order *order = sale->order;
	size_t number = sale->number;
	order->payed = number % CYCLE < PAID_OF_CYCLE;
	order->created_at = world->now - (int64_t)(ORDERS - number) * 29 * 3600;
	order->payed_at = order->payed ? order->created_at + 600 : SIM_NONE;
	order->updated_at = order->created_at + 900;
	order->deleted_at = SIM_NONE;
	order->uniqid = afd_sim_token(world, 13);
	order->client = world->clients.items[afd_sim_chance(world, world->clients.count)];
	order->client_id = order->client->id;
	order->basket_user_id = 550000 + (int64_t)number;
	order->backend_user_id = number % 12 == 11 ? 4 : SIM_NONE;
	order->access_code_id = order->discount_id = order->promo_code_id = SIM_NONE;
	if (number % 10 == 6) {
		order->promo_code_id = 1 + (int64_t)(number % 15);
		order->discount_id = 1 + order->promo_code_id % 4;
	}
	order->reserved = !order->payed;
	order->reserved_to = order->created_at + 86400;
	order->event_id = sale->event->id;
	order->currency_id = sale->event->currency_id;
	fill_payment(sale);
	fill_extras(sale);
}

static void add_order(struct sim_world *world, struct sim_site *site, size_t number, size_t *paid)
{
	struct sim_event *event = world->events.items[number % world->events.count];
	struct sale sale = {
		.world = world,
		.order = afd_arena_new(&world->arena, sizeof *sale.order),
		.event = event,
		.show = event->shows.items[number / 12 % event->shows.count],
		.number = number,
	};
	sale.order->id = world->orders.last_id = order_id(world, number);
	sale.order->site = site;
	sale.order->site_id = site->id;
	fill_order(&sale);
	size_t tickets = 1 + (sale.order->payed ? (*paid)++ % 2 : number % 2);
	for (size_t i = 0; i < tickets; i++)
		add_basket(&sale);
	if (sale.order->payed && number % 25 == 15)
		refund_first(&sale);
	if (number % 40 == 39)
		delete_order(sale.order);
	afd_sim_append(&world->arena, &world->orders, sale.order);
}

void afd_sim_build_orders(struct sim_world *world)
{
	struct sim_site *site = afd_arena_new(&world->arena, sizeof *site);
	size_t paid = 0;
	world->last_basket_id = world->production ? 800000 : 63400;
	*site = (struct sim_site){ 17, "afisha.example.org" };
	for (size_t i = 0; i < ORDERS; i++)
		add_order(world, site, i, &paid);
}
