/* SPDX-License-Identifier: MIT
 * Which handler answers a request: a table of method, path and profiles. */
#ifndef AFFIDAVIT_SIM_ROUTE_H
#define AFFIDAVIT_SIM_ROUTE_H

#include "answer.h"

typedef void sim_handler(struct sim_world *world, const struct sim_request *request,
						 struct sim_answer *answer);

enum sim_profile { SIM_SPEC = 1, SIM_PRODUCTION = 2, SIM_BOTH = 3 };
enum sim_effect { SIM_READ, SIM_CREATE, SIM_UPDATE, SIM_REMOVE };

struct sim_route {
	const char *method;  /* Partners' routes take GET and POST alike */
	const char *pattern; /* after the API's prefix; {} is a number */
	unsigned profiles;   /* of enum sim_profile */
	enum sim_effect effect;
	sim_handler *handler;
	const char *resource; /* what a read is about, for faults */
};

enum sim_api { SIM_NO_API, SIM_REST, SIM_PARTNERS };
enum sim_api afd_sim_api_of(const char *path);

/* Finds the route and sets request->ids. NULL where the path is unknown or takes another method; `known`
 * tells which. */
const struct sim_route *afd_sim_route(struct sim_request *request, enum sim_profile profile, bool *known);

sim_handler afd_sim_list_orders, afd_sim_show_order, afd_sim_delete_basket, afd_sim_change_basket;
sim_handler afd_sim_refund_basket, afd_sim_restore_order;
sim_handler afd_sim_list_clients, afd_sim_show_client, afd_sim_create_client, afd_sim_change_client;
sim_handler afd_sim_list_events, afd_sim_show_event, afd_sim_create_event, afd_sim_change_event;
sim_handler afd_sim_event_seats, afd_sim_show_seats;
sim_handler afd_sim_list_shades, afd_sim_list_discounts, afd_sim_list_promo_codes;
sim_handler afd_sim_create_promo_code, afd_sim_change_promo_code;
sim_handler afd_sim_list_barcodes, afd_sim_list_show_barcodes;
sim_handler afd_sim_scan_info, afd_sim_scan, afd_sim_scan_batch;
sim_handler afd_sim_add_tickets, afd_sim_update_tickets, afd_sim_remove_tickets, afd_sim_check_seats;
sim_handler afd_sim_find_tickets, afd_sim_partner_seats;

#endif
