/* SPDX-License-Identifier: MIT
 * Invented price shades, discounts and promo codes. */
#include "world.h"

static void add_shade(struct sim_world *world, int64_t id)
{
	struct sim_shade *shade = afd_arena_new(&world->arena, sizeof *shade);
	shade->id = id;
	shade->color = afd_arena_printf(&world->arena, "#%s", afd_sim_token(world, 6));
	afd_sim_append(&world->arena, &world->shades, shade);
	world->shades.last_id = id;
}

static void add_discount(struct sim_world *world, int64_t id)
{
	static const char *const names[] = { "Студенческий билет", "Раннее бронирование", "Для пенсионеров",
										 "Групповая заявка", "Подарок партнёра" };
	struct sim_discount *discount = afd_arena_new(&world->arena, sizeof *discount);
	*discount = (struct sim_discount){
		.id = id,
		.is_active = id != 5,
		.name = names[(id - 1) % 5],
		.active_from = id % 2 ? world->now - 200 * 86400 : SIM_NONE,
		.active_to = id % 2 ? world->now + 100 * 86400 : SIM_NONE,
		.created_at = world->now - (300 - id) * 86400,
		.updated_at = world->now - (200 - id) * 86400,
		.deleted_at = id == 5 ? world->now - 86400 : SIM_NONE,
	};
	for (size_t i = 0; i < (size_t)id % 3; i++)
		afd_sim_append(&world->arena, &discount->events,
					   world->events.items[((size_t)id + i) % world->events.count]);
	afd_sim_append(&world->arena, &world->discounts, discount);
	world->discounts.last_id = id;
}

static void add_promo_code(struct sim_world *world, int64_t id)
{
	struct sim_promo_code *promo = afd_arena_new(&world->arena, sizeof *promo);
	*promo = (struct sim_promo_code){
		.id = id,
		.is_active = id % 4 != 0,
		.discount_id = 1 + id % 4,
		.code = afd_arena_printf(&world->arena, "VESNA%sQ", afd_sim_token(world, 6)),
		.max_uses_count = id % 3 ? 100 : 1,
		.active_from = id % 2 ? world->now - 90 * 86400 : SIM_NONE,
		.active_to = id % 2 ? world->now + 90 * 86400 : SIM_NONE,
		.created_at = world->now - (200 - id) * 86400,
		.updated_at = world->now - (90 - id) * 86400,
		.deleted_at = SIM_NONE,
	};
	afd_sim_append(&world->arena, &world->promo_codes, promo);
	world->promo_codes.last_id = id;
}

void afd_sim_build_offers(struct sim_world *world)
{
	enum { SHADES = 8, DISCOUNTS = 5, PROMO_CODES = 15 };
	for (int64_t id = 1; id <= SHADES; id++)
		add_shade(world, id);
	for (int64_t id = 1; id <= DISCOUNTS; id++)
		add_discount(world, id);
	for (int64_t id = 1; id <= PROMO_CODES; id++)
		add_promo_code(world, id);
}
