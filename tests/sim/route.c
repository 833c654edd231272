/* SPDX-License-Identifier: MIT */
#include "route.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char rest_prefix[] = "/api/rest/v1/", partners_prefix[] = "/api/partners/v1/";

/* The spec's routes; what production has besides is the vendor's own form of the same calls. */
static const struct sim_route rest_routes[] = {
	{ "GET", "orders", SIM_BOTH, SIM_READ, afd_sim_list_orders, "orders" },
	{ "GET", "orders/{}", SIM_BOTH, SIM_READ, afd_sim_show_order, "orders" },
	{ "DELETE", "orders/{}/baskets/{}", SIM_SPEC, SIM_REMOVE, afd_sim_delete_basket, "orders" },
	{ "PATCH", "orders/{}/baskets/{}", SIM_SPEC, SIM_UPDATE, afd_sim_change_basket, "orders" },
	{ "POST", "orders/{}/baskets/{}/refund", SIM_SPEC, SIM_CREATE, afd_sim_refund_basket, "orders" },
	{ "POST", "orders/{}/restore", SIM_BOTH, SIM_UPDATE, afd_sim_restore_order, "orders" },
	{ "GET", "clients", SIM_BOTH, SIM_READ, afd_sim_list_clients, "clients" },
	{ "GET", "clients/{}", SIM_BOTH, SIM_READ, afd_sim_show_client, "clients" },
	{ "POST", "clients", SIM_BOTH, SIM_CREATE, afd_sim_create_client, "clients" },
	{ "PATCH", "clients/{}", SIM_SPEC, SIM_UPDATE, afd_sim_change_client, "clients" },
	{ "GET", "events", SIM_BOTH, SIM_READ, afd_sim_list_events, "events" },
	{ "GET", "events/{}", SIM_BOTH, SIM_READ, afd_sim_show_event, "events" },
	{ "POST", "events", SIM_BOTH, SIM_CREATE, afd_sim_create_event, "events" },
	{ "PATCH", "events/{}", SIM_SPEC, SIM_UPDATE, afd_sim_change_event, "events" },
	{ "PUT", "events/{}", SIM_PRODUCTION, SIM_UPDATE, afd_sim_change_event, "events" },
	{ "GET", "events/{}/seats", SIM_SPEC, SIM_READ, afd_sim_event_seats, "seats" },
	{ "GET", "events/{}/seats/{}", SIM_SPEC, SIM_READ, afd_sim_event_seats, "seats" },
	{ "GET", "shows/{}/seats", SIM_BOTH, SIM_READ, afd_sim_show_seats, "seats" },
	{ "GET", "price-shades", SIM_SPEC, SIM_READ, afd_sim_list_shades, "shades" },
	{ "GET", "color-themes", SIM_PRODUCTION, SIM_READ, afd_sim_list_shades, "shades" },
	{ "GET", "discounts", SIM_BOTH, SIM_READ, afd_sim_list_discounts, "discounts" },
	{ "GET", "promo-codes", SIM_BOTH, SIM_READ, afd_sim_list_promo_codes, "promo-codes" },
	{ "POST", "promo-codes", SIM_BOTH, SIM_CREATE, afd_sim_create_promo_code, "promo-codes" },
	{ "PATCH", "promo-codes/{}", SIM_SPEC, SIM_UPDATE, afd_sim_change_promo_code, "promo-codes" },
	{ "PUT", "promo-codes/{}", SIM_PRODUCTION, SIM_UPDATE, afd_sim_change_promo_code, "promo-codes" },
	{ "GET", "barcodes", SIM_SPEC, SIM_READ, afd_sim_list_barcodes, "barcodes" },
	{ "GET", "shows/{}/barcodes", SIM_BOTH, SIM_READ, afd_sim_list_show_barcodes, "barcodes" },
	{ "GET", "scanning/info", SIM_SPEC, SIM_READ, afd_sim_scan_info, "barcodes" },
	{ "POST", "scanning/scan", SIM_SPEC, SIM_UPDATE, afd_sim_scan, "barcodes" },
	{ "POST", "scanning/batch", SIM_SPEC, SIM_UPDATE, afd_sim_scan_batch, "barcodes" },
};

static const struct sim_route partners_routes[] = {
	{ "POST", "tickets/add/{}/{}", SIM_BOTH, SIM_CREATE, afd_sim_add_tickets, "tickets" },
	{ "POST", "tickets/update/{}/{}", SIM_BOTH, SIM_UPDATE, afd_sim_update_tickets, "tickets" },
	{ "POST", "tickets/remove/{}/{}", SIM_BOTH, SIM_REMOVE, afd_sim_remove_tickets, "tickets" },
	{ "POST", "tickets/check/{}/{}", SIM_BOTH, SIM_READ, afd_sim_check_seats, "seats" },
	{ "POST", "tickets/find", SIM_BOTH, SIM_READ, afd_sim_find_tickets, "tickets" },
	{ "POST", "tickets/find/{}", SIM_BOTH, SIM_READ, afd_sim_find_tickets, "tickets" },
	{ "POST", "tickets/find/{}/{}", SIM_BOTH, SIM_READ, afd_sim_find_tickets, "tickets" },
	{ "GET", "events/seats/{}", SIM_BOTH, SIM_READ, afd_sim_partner_seats, "seats" },
	{ "GET", "events/seats/{}/{}", SIM_BOTH, SIM_READ, afd_sim_partner_seats, "seats" },
};

enum sim_api afd_sim_api_of(const char *path)
{
	if (strncmp(path, rest_prefix, sizeof rest_prefix - 1) == 0)
		return SIM_REST;
	return strncmp(path, partners_prefix, sizeof partners_prefix - 1) == 0 ? SIM_PARTNERS : SIM_NO_API;
}

/* The number at `*text`, of at most 18 digits; moves `*text` past it. */
static bool take_number(const char **text, int64_t *number)
{
	size_t digits = 0;
	*number = 0;
	for (; isdigit((unsigned char)**text) && digits < 18; digits++)
		*number = *number * 10 + (*(*text)++ - '0');
	return digits > 0;
}

static bool matches(const char *pattern, const char *path, int64_t ids[2])
{
	size_t count = 0;
	ids[0] = ids[1] = SIM_NONE;
	for (; *pattern; pattern++) {
		if (*pattern == '{') {
			if (!take_number(&path, &ids[count++]))
				return false;
			pattern++;
		} else if (*path++ != *pattern) {
			return false;
		}
	}
	return *path == '\0' || strcmp(path, "/") == 0;
}

static bool takes(const struct sim_route *route, const char *method, bool either)
{
	if (strcmp(method, "HEAD") == 0)
		method = "GET";
	if (either && (strcmp(method, "GET") == 0 || strcmp(method, "POST") == 0))
		return true;
	return strcmp(route->method, method) == 0;
}

const struct sim_route *afd_sim_route(struct sim_request *request, enum sim_profile profile, bool *known)
{
	bool rest = afd_sim_api_of(request->path) == SIM_REST;
	const struct sim_route *routes = rest ? rest_routes : partners_routes;
	size_t count = rest ? sizeof rest_routes / sizeof *routes : sizeof partners_routes / sizeof *routes;
	const char *path = request->path + (rest ? sizeof rest_prefix : sizeof partners_prefix) - 1;
	*known = false;
	if (afd_sim_api_of(request->path) == SIM_NO_API)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (!(routes[i].profiles & profile) || !matches(routes[i].pattern, path, request->ids))
			continue;
		*known = true;
		if (takes(&routes[i], request->method, !rest))
			return &routes[i];
	}
	return NULL;
}
