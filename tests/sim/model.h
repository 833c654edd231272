/* SPDX-License-Identifier: MIT
 * The records that the simulator keeps. Members are named as the vendor names them; what their shapes write,
 * in which order, stands in shapes_*.c. Money is in hundredths, times are in seconds since 1970, SIM_NONE and
 * NULL are null. */
#ifndef AFFIDAVIT_SIM_MODEL_H
#define AFFIDAVIT_SIM_MODEL_H

#include "shape.h"

struct sim_details {
	int64_t id, vk_id, facebook_id;
	const char *name, *middlename, *surname, *phone;
};

struct sim_client {
	int64_t id;
	const char *email;
	struct sim_details *details;
};

struct sim_refund {
	int64_t id, amount, deduction_amount, created_at;
};

struct sim_basket {
	int64_t id, show_id, quantity;
	const char *series, *barcode, *seat_id, *seat_name;
	int64_t original_price, ticket_original_price, discount_value, price, ticket_amount, service_fee_amount;
	const char *client_email, *client_phone, *client_name, *client_surname, *client_middlename;
	const char *organization_name, *legal_name, *work_position, *inn, *kpp, *comment;
	const char *pdf_url, *passbook_url;
	int64_t checked_at, created_at, updated_at, deleted_at, refunded_at;
	int64_t refunded_amount, refunded_deduction_amount;
	struct sim_list refunds;
};

struct sim_site {
	int64_t id;
	const char *host;
};

struct sim_utm {
	const char *utm_source, *utm_medium, *utm_campaign, *utm_content, *utm_term;
};

/* What visitors typed into the organiser's own form. */
struct sim_custom {
	const char *telegram_id, *passport, *guest_name, *guest_phone;
};

struct sim_order {
	int64_t id, payed_at, created_at, updated_at, deleted_at;
	const char *uniqid;
	bool payed, reserved, reserve_extended;
	int64_t client_id;
	struct sim_client *client;
	struct sim_site *site;
	int64_t site_id, payment_id, basket_user_id, backend_user_id, access_code_id, discount_id, promo_code_id;
	const char *payment_type_id, *payment_card_number, *payment_url, *cancel_url, *currency_id;
	int64_t reserved_to, event_id, price, original_price;
	struct sim_utm *utm;
	struct sim_custom *custom, *fields, *integrations;
	struct sim_list baskets, refunds;
};

struct sim_city {
	int64_t id;
	const char *name, *timezone;
};

struct sim_price {
	int64_t id, default_price;
	const char *color_theme;
};

struct sim_zone {
	const char *id, *name;
};

struct sim_seat {
	const char *id, *name, *short_seat_id, *row, *place, *currency_id;
	const struct sim_zone *zone;
	const char *zone_id, *spread, *coords;
	bool admission, available, disabled, ordered;
	int64_t root_id, zone_root_id, max_quantity, free_quantity, ordered_quantity, payed_quantity;
	int64_t in_basket_quantity, price, color_theme_id;
};

struct sim_show {
	int64_t id, event_id;
	int64_t shared_with; /* another event under which partners sell it, or SIM_NONE */
	bool is_active;
	const char *name;
	int64_t sale_start_date, sale_finish_date, open_date, start_date, finish_date;
	int64_t min_price, max_price, created_at, updated_at, deleted_at;
	struct sim_list prices, seats;
	size_t taken; /* seats given to orders so far */
};

struct sim_event {
	int64_t id, scheme_id, city_id, ticket_id, mail_template_id, event_type_id;
	int64_t created_at, updated_at, deleted_at;
	bool is_active;
	const char *name, *currency_id, *place_name, *place_address, *place_description, *description, *site_url;
	const char *external_id, *age, *slug, *place_coordinates, *url;
	struct sim_city *city;
	struct sim_list shows;
};

struct sim_shade {
	int64_t id;
	const char *color;
};

struct sim_discount {
	int64_t id, active_from, active_to, created_at, updated_at, deleted_at;
	bool is_active;
	const char *name;
	struct sim_list events; /* of struct sim_event */
};

struct sim_promo_code {
	int64_t id, type, discount_id, max_uses_count, active_from, active_to, created_at, updated_at, deleted_at;
	bool is_active;
	const char *code;
};

struct sim_barcode {
	const char *barcode, *seat_name, *zone_name, *row, *place;
	bool admission;
	int64_t price, event_id, show_id, checked_at;
	const char *client_name, *client_surname, *client_middlename;
};

struct sim_ticket {
	int64_t number;
	const char *id; /* JSON: the number, or the number in quotes */
	int64_t event_id, show_id, paid_at, reserved_to, price;
	bool paid, admission, deleted;
	const char *seat_id, *offer_id, *payment_type_id, *external_id, *external_order_id, *barcode;
	const char *client_email, *client_phone, *client_name, *client_surname, *client_middlename;
	const char *fanid_card, *visitor_user_id;
};

extern const struct sim_shape afd_sim_client_shape, afd_sim_details_shape;
extern const struct sim_shape afd_sim_order_shape, afd_sim_basket_shape;
extern const struct sim_shape afd_sim_event_shape, afd_sim_show_shape, afd_sim_seat_shape;
extern const struct sim_shape afd_sim_shade_shape, afd_sim_discount_shape, afd_sim_promo_code_shape;
extern const struct sim_shape afd_sim_barcode_shape, afd_sim_ticket_shape, afd_sim_found_ticket_shape;

#endif
