/* SPDX-License-Identifier: MIT
 * Orders and the tickets (baskets) in them. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <math.h>

enum { ORDERS_PER_PAGE = 50 };

void afd_sim_list_orders(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer)
{
	afd_sim_answer_page(request, world, answer, &world->orders, &afd_sim_order_shape, ORDERS_PER_PAGE);
}

static struct sim_order *find_order(struct sim_world *world, const struct sim_request *request,
									struct sim_answer *answer)
{
	struct sim_order *order = afd_sim_order(world, request->ids[0]);
	if (!order)
		afd_sim_fail_missing(answer, world, "ORDER_NOT_FOUND", "orders", request->ids[0]);
	return order;
}

/* The order and the basket of the path, or false with the error as the answer. */
static bool find_basket(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer,
						struct sim_order **order, struct sim_basket **basket)
{
	*order = find_order(world, request, answer);
	if (!*order)
		return false;
	*basket = afd_sim_basket(*order, request->ids[1]);
	if (!*basket)
		afd_sim_fail_missing(answer, world, "TICKET_NOT_FOUND", "baskets", request->ids[1]);
	return *basket != NULL;
}

void afd_sim_show_order(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer)
{
	const struct sim_order *order = find_order(world, request, answer);
	if (order)
		afd_sim_answer_record(answer, &afd_sim_order_shape, order);
}

void afd_sim_delete_basket(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	struct sim_order *order;
	struct sim_basket *basket;
	if (!find_basket(world, request, answer, &order, &basket))
		return;
	if (basket->deleted_at == SIM_NONE || world->repeating)
		basket->deleted_at = basket->updated_at = order->updated_at = afd_sim_tick(world);
	afd_sim_answer_record(answer, &afd_sim_order_shape, order);
}

void afd_sim_change_basket(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	struct sim_order *order;
	struct sim_basket *basket;
	if (!find_basket(world, request, answer, &order, &basket))
		return;
	const char *wrong = afd_sim_misfit(&afd_sim_basket_shape, afd_sim_changes(request));
	if (wrong) {
		afd_sim_fail_invalid(answer, world, wrong);
		return;
	}
	afd_sim_change(&world->arena, &afd_sim_basket_shape, basket, afd_sim_changes(request));
	basket->updated_at = order->updated_at = afd_sim_tick(world);
	afd_sim_answer_record(answer, &afd_sim_basket_shape, basket);
}

/* An amount of the request in hundredths; one that is missing is `otherwise`. */
static bool read_amount(const struct sim_request *request, const char *name, int64_t otherwise,
						int64_t *amount)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(afd_sim_changes(request), name);
	*amount = otherwise;
	if (!given)
		return true;
	if (!cJSON_IsNumber(given) || given->valuedouble < 0 || given->valuedouble > 1e12)
		return false;
	*amount = llround(given->valuedouble * 100);
	return true;
}

static void refund(struct sim_world *world, struct sim_order *order, struct sim_basket *basket,
				   int64_t amount, int64_t deduction)
{
	struct sim_refund *refund = afd_arena_new(&world->arena, sizeof *refund);
	*refund = (struct sim_refund){ 900 + (int64_t)++world->serial, amount, deduction, afd_sim_tick(world) };
	basket->refunded_at = basket->updated_at = order->updated_at = refund->created_at;
	basket->refunded_amount = (basket->refunded_amount == SIM_NONE ? 0 : basket->refunded_amount) + amount;
	basket->refunded_deduction_amount = deduction;
	afd_sim_append(&world->arena, &basket->refunds, refund);
	afd_sim_append(&world->arena, &order->refunds, refund);
}

void afd_sim_refund_basket(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	struct sim_order *order;
	struct sim_basket *basket;
	int64_t amount, deduction;
	if (!find_basket(world, request, answer, &order, &basket))
		return;
	if (!read_amount(request, "amount", basket->price, &amount) || amount > basket->price) {
		afd_sim_fail_invalid(answer, world, "amount");
		return;
	}
	if (!read_amount(request, "deduction_amount", 0, &deduction) || deduction > amount) {
		afd_sim_fail_invalid(answer, world, "deduction_amount");
		return;
	}
	if (basket->refunded_at == SIM_NONE || world->repeating)
		refund(world, order, basket, amount, deduction);
	afd_sim_answer_record(answer, &afd_sim_order_shape, order);
}

void afd_sim_restore_order(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	struct sim_order *order = find_order(world, request, answer);
	if (!order)
		return;
	if (world->production && order->refunds.count) {
		afd_sim_fail(answer, 503, "UNKNOWN_ERROR", "The order has refunds", "[]");
		return;
	}
	order->deleted_at = SIM_NONE;
	for (size_t i = 0; i < order->baskets.count; i++)
		((struct sim_basket *)order->baskets.items[i])->deleted_at = SIM_NONE;
	order->updated_at = afd_sim_tick(world);
	afd_sim_answer_record(answer, &afd_sim_order_shape, order);
}
