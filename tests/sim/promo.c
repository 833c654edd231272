/* SPDX-License-Identifier: MIT
 * Price shades, discounts and promo codes. Creating a promo code is an upsert by its code. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <string.h>

enum { SHADES_PER_PAGE = 100, DISCOUNTS_PER_PAGE = 100, PROMO_CODES_PER_PAGE = 500 };

void afd_sim_list_shades(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	afd_sim_answer_page(request, world, answer, &world->shades, &afd_sim_shade_shape, SHADES_PER_PAGE);
}

void afd_sim_list_discounts(struct sim_world *world, const struct sim_request *request,
							struct sim_answer *answer)
{
	afd_sim_answer_page(request, world, answer, &world->discounts, &afd_sim_discount_shape,
						DISCOUNTS_PER_PAGE);
}

void afd_sim_list_promo_codes(struct sim_world *world, const struct sim_request *request,
							  struct sim_answer *answer)
{
	afd_sim_answer_page(request, world, answer, &world->promo_codes, &afd_sim_promo_code_shape,
						PROMO_CODES_PER_PAGE);
}

static struct sim_promo_code *new_promo_code(struct sim_world *world)
{
	struct sim_promo_code *promo = afd_arena_new(&world->arena, sizeof *promo);
	*promo = (struct sim_promo_code){
		.id = ++world->promo_codes.last_id,
		.is_active = true,
		.discount_id = 1,
		.max_uses_count = 1,
		.active_from = SIM_NONE,
		.active_to = SIM_NONE,
		.created_at = afd_sim_tick(world),
		.updated_at = world->now,
		.deleted_at = SIM_NONE,
	};
	afd_sim_append(&world->arena, &world->promo_codes, promo);
	return promo;
}

static struct sim_promo_code *promo_code_with(struct sim_world *world, const char *code)
{
	for (size_t i = 0; i < world->promo_codes.count && !world->repeating; i++) {
		struct sim_promo_code *promo = world->promo_codes.items[i];
		if (strcmp(promo->code, code) == 0)
			return promo;
	}
	return new_promo_code(world);
}

static const char *misfit(const cJSON *changes)
{
	const cJSON *code = cJSON_GetObjectItemCaseSensitive(changes, "code");
	const char *wrong = afd_sim_misfit(&afd_sim_promo_code_shape, changes);
	return code && (!cJSON_IsString(code) || !*code->valuestring) ? "code" : wrong;
}

static void answer_changed(struct sim_world *world, struct sim_promo_code *promo, const cJSON *changes,
						   struct sim_answer *answer)
{
	afd_sim_change(&world->arena, &afd_sim_promo_code_shape, promo, changes);
	promo->updated_at = afd_sim_tick(world);
	afd_sim_answer_record(answer, &afd_sim_promo_code_shape, promo);
}

void afd_sim_create_promo_code(struct sim_world *world, const struct sim_request *request,
							   struct sim_answer *answer)
{
	const cJSON *changes = world->production ? afd_sim_argument(request, "data") : afd_sim_changes(request);
	const cJSON *code = cJSON_GetObjectItemCaseSensitive(changes, "code");
	const char *wrong = code ? misfit(changes) : "code";
	if (wrong)
		afd_sim_fail_invalid(answer, world, wrong);
	else
		answer_changed(world, promo_code_with(world, code->valuestring), changes, answer);
}

void afd_sim_change_promo_code(struct sim_world *world, const struct sim_request *request,
							   struct sim_answer *answer)
{
	const cJSON *changes = afd_sim_changes(request);
	const char *wrong = misfit(changes);
	struct sim_promo_code *promo = afd_sim_promo_code(world, request->ids[0]);
	if (!promo)
		afd_sim_fail_missing(answer, world, "RESOURCE_NOT_FOUND", "promo-codes", request->ids[0]);
	else if (wrong)
		afd_sim_fail_invalid(answer, world, wrong);
	else
		answer_changed(world, promo, changes, answer);
}
