/* SPDX-License-Identifier: MIT
 * The shapes of events, shows, seats and what is sold for them. */
#include "model.h"

#define EVENT(member, form, bits)    SIM_ROW(sim_event, member, form, bits)
#define SHOW(member, form, bits)     SIM_ROW(sim_show, member, form, bits)
#define SEAT(member, form, bits)     SIM_ROW(sim_seat, member, form, bits)
#define DISCOUNT(member, form, bits) SIM_ROW(sim_discount, member, form, bits)
#define PROMO(member, form, bits)    SIM_ROW(sim_promo_code, member, form, bits)
#define BARCODE(member, form, bits)  SIM_ROW(sim_barcode, member, form, bits)

#define SCHEME_PROPERTIES                                                                                    \
	"{\"admin\":{},\"zones\":{\"CENTER_PARTERRE\":{},\"BALCONY_LEFT\":{},\"DANCEFLOOR\":{}},\"seats\":null}"

static const struct sim_field city_fields[] = {
	SIM_ROW(sim_city, id, SIM_INT, 0),
	SIM_ROW(sim_city, name, SIM_TEXT, 0),
	SIM_ROW(sim_city, timezone, SIM_TEXT, 0),
};
static const struct sim_shape city_shape = SIM_SHAPE(sim_city, city_fields);

static const struct sim_field price_fields[] = {
	SIM_ROW(sim_price, id, SIM_INT, 0),
	SIM_ROW(sim_price, default_price, SIM_MONEY, 0),
	SIM_ROW(sim_price, color_theme, SIM_TEXT, 0),
	SIM_FIXED("modifiers", "[]"),
};
static const struct sim_shape price_shape = SIM_SHAPE(sim_price, price_fields);

static const struct sim_field show_fields[] = {
	SHOW(id, SIM_INT, 0),
	SHOW(name, SIM_TEXT, 0),
	SHOW(is_active, SIM_FLAG, 0),
	SHOW(sale_start_date, SIM_TIME, 0),
	SHOW(sale_finish_date, SIM_TIME, 0),
	SHOW(open_date, SIM_TIME, 0),
	SHOW(start_date, SIM_TIME, SIM_WRITABLE),
	SHOW(finish_date, SIM_TIME, SIM_WRITABLE),
	SIM_FIXED("scheme_properties", SCHEME_PROPERTIES),
	SIM_PART(sim_show, prices, SIM_LIST, price_shape, NULL),
	SHOW(min_price, SIM_MONEY, 0),
	SHOW(max_price, SIM_MONEY, 0),
	SHOW(created_at, SIM_TIME, 0),
	SHOW(updated_at, SIM_TIME, 0),
	SHOW(deleted_at, SIM_TIME, 0),
};
const struct sim_shape afd_sim_show_shape = SIM_SHAPE(sim_show, show_fields);

static const struct sim_field event_fields[] = {
	EVENT(id, SIM_INT, 0),
	EVENT(is_active, SIM_FLAG, SIM_WRITABLE),
	EVENT(name, SIM_TEXT, SIM_WRITABLE),
	EVENT(scheme_id, SIM_INT, 0),
	EVENT(currency_id, SIM_TEXT, 0),
	EVENT(place_name, SIM_TEXT, SIM_WRITABLE),
	EVENT(place_address, SIM_TEXT, SIM_WRITABLE),
	EVENT(place_description, SIM_TEXT, SIM_WRITABLE),
	EVENT(city_id, SIM_INT, 0),
	SIM_PART(sim_event, city, SIM_OBJECT, city_shape, NULL),
	EVENT(description, SIM_TEXT, SIM_WRITABLE),
	EVENT(site_url, SIM_TEXT, SIM_WRITABLE),
	EVENT(external_id, SIM_TEXT, SIM_WRITABLE),
	EVENT(ticket_id, SIM_INT, 0),
	EVENT(mail_template_id, SIM_INT, 0),
	EVENT(age, SIM_TEXT, SIM_WRITABLE),
	SIM_PART(sim_event, shows, SIM_LIST, afd_sim_show_shape, NULL),
	SIM_FIXED("payments", "[{\"id\":7,\"type\":\"card\",\"is_active\":1}]"),
	SIM_FIXED("poster",
			  "{\"image\":{\"name\":\"poster.jpg\",\"extension\":\"jpg\",\"type\":\"image\\/jpeg\"}}"),
	EVENT(event_type_id, SIM_INT, 0),
	SIM_FIXED("ticket", "{\"id\":3,\"name\":\"A4\"}"),
	SIM_FIXED("mail_template", "{\"id\":5,\"name\":\"default\"}"),
	EVENT(slug, SIM_TEXT, 0),
	EVENT(place_coordinates, SIM_RAW, 0),
	EVENT(url, SIM_TEXT, 0),
	EVENT(created_at, SIM_TIME, 0),
	EVENT(updated_at, SIM_TIME, 0),
	EVENT(deleted_at, SIM_TIME, 0),
	SIM_AS(sim_event, "active", is_active, SIM_FLAG, SIM_HIDDEN),
};
const struct sim_shape afd_sim_event_shape = SIM_SHAPE(sim_event, event_fields);

static const struct sim_field seat_fields[] = {
	SEAT(id, SIM_TEXT, 0),
	SEAT(root_id, SIM_INT, 0),
	SEAT(name, SIM_TEXT, 0),
	SEAT(zone_id, SIM_TEXT, 0),
	SEAT(zone_root_id, SIM_INT, 0),
	SEAT(short_seat_id, SIM_TEXT, 0),
	SEAT(admission, SIM_BOOL, 0),
	SEAT(row, SIM_TEXT, 0),
	SEAT(place, SIM_TEXT, 0),
	SEAT(max_quantity, SIM_INT, 0),
	SEAT(free_quantity, SIM_INT, 0),
	SEAT(ordered_quantity, SIM_INT, 0),
	SEAT(available, SIM_BOOL, 0),
	SEAT(disabled, SIM_BOOL, 0),
	SEAT(ordered, SIM_BOOL, 0),
	SEAT(payed_quantity, SIM_INT, 0),
	SEAT(in_basket_quantity, SIM_INT, 0),
	SEAT(price, SIM_MONEY, 0),
	SEAT(currency_id, SIM_TEXT, 0),
	SIM_FIXED("related_seats", "[]"),
	SIM_FIXED("multiprice_name", "null"),
	SIM_FIXED("multiprice_code", "null"),
	SEAT(spread, SIM_RAW, 0),
	SEAT(color_theme_id, SIM_INT, 0),
	SEAT(coords, SIM_RAW, 0),
};
const struct sim_shape afd_sim_seat_shape = SIM_SHAPE(sim_seat, seat_fields);

static const struct sim_field shade_fields[] = {
	SIM_ROW(sim_shade, id, SIM_INT, 0),
	SIM_ROW(sim_shade, color, SIM_TEXT, 0),
};
const struct sim_shape afd_sim_shade_shape = SIM_SHAPE(sim_shade, shade_fields);

static const struct sim_field discount_event_fields[] = {
	EVENT(id, SIM_INT, 0),
	EVENT(is_active, SIM_FLAG, 0),
	EVENT(name, SIM_TEXT, 0),
	EVENT(deleted_at, SIM_TIME, 0),
};
static const struct sim_shape discount_event_shape = SIM_SHAPE(sim_event, discount_event_fields);

static const struct sim_field discount_fields[] = {
	DISCOUNT(id, SIM_INT, 0),
	DISCOUNT(is_active, SIM_FLAG, 0),
	DISCOUNT(name, SIM_TEXT, 0),
	DISCOUNT(active_from, SIM_TIME, 0),
	DISCOUNT(active_to, SIM_TIME, 0),
	SIM_FIXED("type", "\"P\""),
	SIM_PART(sim_discount, events, SIM_LIST, discount_event_shape, NULL),
	SIM_FIXED("shows", "[]"),
	DISCOUNT(created_at, SIM_TIME, 0),
	DISCOUNT(updated_at, SIM_TIME, 0),
	DISCOUNT(deleted_at, SIM_TIME, 0),
};
const struct sim_shape afd_sim_discount_shape = SIM_SHAPE(sim_discount, discount_fields);

static const struct sim_field promo_code_fields[] = {
	PROMO(id, SIM_INT, 0),
	PROMO(is_active, SIM_FLAG, SIM_WRITABLE),
	PROMO(type, SIM_INT, 0),
	PROMO(discount_id, SIM_INT, SIM_WRITABLE),
	PROMO(code, SIM_TEXT, SIM_PRIVATE | SIM_WRITABLE),
	PROMO(max_uses_count, SIM_INT, SIM_WRITABLE),
	PROMO(active_from, SIM_TIME, SIM_WRITABLE),
	PROMO(active_to, SIM_TIME, SIM_WRITABLE),
	PROMO(created_at, SIM_TIME, 0),
	PROMO(updated_at, SIM_TIME, 0),
	PROMO(deleted_at, SIM_TIME, 0),
	SIM_AS(sim_promo_code, "valid_from", active_from, SIM_TIME, SIM_HIDDEN | SIM_WRITABLE),
	SIM_AS(sim_promo_code, "valid_to", active_to, SIM_TIME, SIM_HIDDEN | SIM_WRITABLE),
};
const struct sim_shape afd_sim_promo_code_shape = SIM_SHAPE(sim_promo_code, promo_code_fields);

static const struct sim_field barcode_fields[] = {
	BARCODE(barcode, SIM_TEXT, SIM_PRIVATE),
	BARCODE(admission, SIM_BOOL, 0),
	BARCODE(price, SIM_MONEY, 0),
	BARCODE(seat_name, SIM_TEXT, 0),
	BARCODE(zone_name, SIM_TEXT, 0),
	BARCODE(row, SIM_TEXT, 0),
	BARCODE(place, SIM_TEXT, 0),
	BARCODE(client_name, SIM_TEXT, SIM_PRIVATE),
	BARCODE(client_surname, SIM_TEXT, SIM_PRIVATE),
	BARCODE(client_middlename, SIM_TEXT, SIM_PRIVATE),
	BARCODE(event_id, SIM_INT, 0),
	BARCODE(show_id, SIM_INT, 0),
	BARCODE(checked_at, SIM_TIME, 0),
};
const struct sim_shape afd_sim_barcode_shape = SIM_SHAPE(sim_barcode, barcode_fields);
