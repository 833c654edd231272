/* SPDX-License-Identifier: MIT
 * The world as a whole: making, ending, finding by id. */
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PRIVATE_MAX = 16 << 20 };

uint64_t afd_sim_chance(struct sim_world *world, uint64_t below)
{
	uint64_t mixed = world->chance += 0x9e3779b97f4a7c15u;
	mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
	mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
	return (mixed ^ (mixed >> 31)) % below;
}

const char *afd_sim_token(struct sim_world *world, size_t digits)
{
	char *token = afd_arena_new(&world->arena, digits + 1);
	for (size_t i = 0; i < digits; i++)
		token[i] = "0123456789abcdef"[afd_sim_chance(world, 16)];
	return token;
}

int64_t afd_sim_tick(struct sim_world *world)
{
	return ++world->now;
}

struct sim_world *afd_sim_world_new(uint64_t seed, bool production)
{
	struct sim_world *world = calloc(1, sizeof *world);
	if (!world)
		return NULL;
	world->production = production;
	world->chance = seed;
	afd_sim_parse_time("2025-11-07T12:00:00+03:00", &world->now);
	afd_sim_build_clients(world);
	afd_sim_build_events(world);
	afd_sim_build_offers(world);
	afd_sim_build_orders(world);
	afd_sim_build_tickets(world);
	return world;
}

void afd_sim_world_free(struct sim_world *world)
{
	if (!world)
		return;
	afd_arena_free(&world->arena);
	free(world);
}

static void list_private(struct afd_text *out, const struct sim_shape *shape, const struct sim_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		afd_sim_list_private(out, shape, list->items[i]);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_lines(struct afd_text *out, struct afd_text *lines)
{
	size_t count = 0;
	for (size_t i = 0; i < lines->size; i++)
		count += lines->data[i] == '\n';
	char **starts = calloc(count + 1, sizeof *starts);
	if (!starts)
		return;
	char *rest = lines->data;
	for (size_t i = 0; i < count; i++)
		starts[i] = strsep(&rest, "\n");
	qsort(starts, count, sizeof *starts, compare_lines);
	for (size_t i = 0; i < count; i++)
		if (*starts[i] && (i == 0 || strcmp(starts[i], starts[i - 1]) != 0))
			afd_text_printf(out, "%s\n", starts[i]);
	free(starts);
}

void afd_sim_world_list_private(const struct sim_world *world, struct afd_text *out)
{
	struct afd_text lines;
	afd_text_init(&lines, PRIVATE_MAX);
	afd_text_puts(&lines, SIM_NEW_PRIVATE_VALUE "\n");
	list_private(&lines, &afd_sim_client_shape, &world->clients);
	list_private(&lines, &afd_sim_order_shape, &world->orders);
	list_private(&lines, &afd_sim_promo_code_shape, &world->promo_codes);
	list_private(&lines, &afd_sim_barcode_shape, &world->barcodes);
	list_private(&lines, &afd_sim_ticket_shape, &world->tickets);
	sort_lines(out, &lines);
	afd_text_free(&lines);
}

/* Every record that is found by id begins with it. */
static void *find(const struct sim_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (*(const int64_t *)list->items[i] == id)
			return list->items[i];
	return NULL;
}

struct sim_order *afd_sim_order(const struct sim_world *world, int64_t id)
{
	return find(&world->orders, id);
}

struct sim_basket *afd_sim_basket(const struct sim_order *order, int64_t id)
{
	return find(&order->baskets, id);
}

struct sim_client *afd_sim_client(const struct sim_world *world, int64_t id)
{
	return find(&world->clients, id);
}

struct sim_event *afd_sim_event(const struct sim_world *world, int64_t id)
{
	return find(&world->events, id);
}

struct sim_promo_code *afd_sim_promo_code(const struct sim_world *world, int64_t id)
{
	return find(&world->promo_codes, id);
}

struct sim_show *afd_sim_show(const struct sim_world *world, int64_t id)
{
	return find(&world->shows, id);
}

struct sim_seat *afd_sim_seat(const struct sim_show *show, const char *id)
{
	for (size_t i = 0; i < show->seats.count; i++) {
		struct sim_seat *seat = show->seats.items[i];
		if (strcmp(seat->id, id) == 0)
			return seat;
	}
	return NULL;
}

static void add_copy(struct sim_world *world, struct sim_list *list, const struct sim_shape *shape)
{
	void *copy = afd_arena_new(&world->arena, shape->size);
	memcpy(copy, list->items[0], shape->size);
	*(int64_t *)copy = ++list->last_id;
	afd_sim_append(&world->arena, list, copy);
}

static void number_newest_ticket(struct sim_world *world)
{
	struct sim_ticket *ticket = world->tickets.items[world->tickets.count - 1];
	ticket->id = afd_arena_printf(&world->arena, "%" PRId64, ticket->number);
}

static void scan_any(struct sim_world *world)
{
	for (size_t i = 0; i < world->barcodes.count; i++) {
		struct sim_barcode *barcode = world->barcodes.items[i];
		if (barcode->checked_at == SIM_NONE) {
			barcode->checked_at = afd_sim_tick(world);
			return;
		}
	}
}

static void take_seats(struct sim_world *world)
{
	for (size_t i = 0; i < world->shows.count; i++) {
		const struct sim_show *show = world->shows.items[i];
		for (size_t j = 0; j < show->seats.count; j++) {
			struct sim_seat *seat = show->seats.items[j];
			if (!seat->available)
				continue;
			seat->available = false;
			seat->free_quantity = 0;
			break;
		}
	}
}

void afd_sim_world_disturb(struct sim_world *world, const char *resource)
{
	const struct {
		const char *resource;
		struct sim_list *list;
		const struct sim_shape *shape;
	} copied[] = {
		{ "orders", &world->orders, &afd_sim_order_shape },
		{ "clients", &world->clients, &afd_sim_client_shape },
		{ "events", &world->events, &afd_sim_event_shape },
		{ "shades", &world->shades, &afd_sim_shade_shape },
		{ "discounts", &world->discounts, &afd_sim_discount_shape },
		{ "promo-codes", &world->promo_codes, &afd_sim_promo_code_shape },
		{ "tickets", &world->tickets, &afd_sim_ticket_shape },
	};
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
		if (strcmp(resource, copied[i].resource) == 0)
			add_copy(world, copied[i].list, copied[i].shape);
	if (strcmp(resource, "tickets") == 0)
		number_newest_ticket(world);
	if (strcmp(resource, "barcodes") == 0)
		scan_any(world);
	if (strcmp(resource, "seats") == 0)
		take_seats(world);
}
