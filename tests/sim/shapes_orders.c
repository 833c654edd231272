/* SPDX-License-Identifier: MIT
 * The shapes of clients, orders and baskets. */
#include "model.h"

#define DETAILS(member, form, bits) SIM_ROW(sim_details, member, form, bits)
#define CLIENT(member, form, bits)  SIM_ROW(sim_client, member, form, bits)
#define BASKET(member, form, bits)  SIM_ROW(sim_basket, member, form, bits)
#define ORDER(member, form, bits)   SIM_ROW(sim_order, member, form, bits)
#define OWNED                       (SIM_PRIVATE | SIM_WRITABLE)

static const struct sim_field details_fields[] = {
	DETAILS(id, SIM_INT, 0),
	DETAILS(name, SIM_TEXT, OWNED),
	DETAILS(middlename, SIM_TEXT, OWNED),
	DETAILS(surname, SIM_TEXT, OWNED),
	DETAILS(phone, SIM_TEXT, OWNED),
	DETAILS(vk_id, SIM_INT, SIM_PRIVATE),
	DETAILS(facebook_id, SIM_INT, SIM_PRIVATE),
};
const struct sim_shape afd_sim_details_shape = SIM_SHAPE(sim_details, details_fields);

static const struct sim_field client_fields[] = {
	CLIENT(id, SIM_INT, 0),
	CLIENT(email, SIM_TEXT, OWNED),
	SIM_PART(sim_client, details, SIM_OBJECT, afd_sim_details_shape, NULL),
};
const struct sim_shape afd_sim_client_shape = SIM_SHAPE(sim_client, client_fields);

static const struct sim_field refund_fields[] = {
	SIM_ROW(sim_refund, id, SIM_INT, 0),
	SIM_ROW(sim_refund, amount, SIM_MONEY, 0),
	SIM_ROW(sim_refund, deduction_amount, SIM_MONEY, 0),
	SIM_ROW(sim_refund, created_at, SIM_TIME, 0),
};
static const struct sim_shape refund_shape = SIM_SHAPE(sim_refund, refund_fields);

static const struct sim_field basket_fields[] = {
	BASKET(id, SIM_INT, 0),
	BASKET(series, SIM_TEXT, 0),
	BASKET(barcode, SIM_TEXT, SIM_PRIVATE),
	BASKET(show_id, SIM_INT, 0),
	BASKET(seat_id, SIM_TEXT, 0),
	BASKET(seat_name, SIM_TEXT, 0),
	BASKET(original_price, SIM_MONEY, 0),
	BASKET(ticket_original_price, SIM_MONEY, 0),
	BASKET(discount_value, SIM_MONEY, 0),
	BASKET(price, SIM_MONEY, 0),
	BASKET(ticket_amount, SIM_MONEY, 0),
	BASKET(service_fee_amount, SIM_MONEY, 0),
	SIM_FIXED("multiprice_code", "null"),
	BASKET(quantity, SIM_INT, 0),
	BASKET(client_email, SIM_TEXT, OWNED),
	BASKET(client_phone, SIM_TEXT, OWNED),
	BASKET(client_name, SIM_TEXT, OWNED),
	BASKET(client_surname, SIM_TEXT, OWNED),
	BASKET(client_middlename, SIM_TEXT, OWNED),
	BASKET(organization_name, SIM_TEXT, OWNED),
	BASKET(legal_name, SIM_TEXT, OWNED),
	BASKET(work_position, SIM_TEXT, SIM_WRITABLE),
	BASKET(inn, SIM_TEXT, OWNED),
	BASKET(kpp, SIM_TEXT, OWNED),
	BASKET(comment, SIM_TEXT, OWNED),
	BASKET(pdf_url, SIM_TEXT, SIM_PRIVATE),
	BASKET(passbook_url, SIM_TEXT, SIM_PRIVATE),
	SIM_FIXED("gpass_url", "null"),
	SIM_FIXED("related_baskets", "[]"),
	SIM_FIXED("services", "[]"),
	BASKET(checked_at, SIM_TIME, 0),
	BASKET(created_at, SIM_TIME, 0),
	BASKET(updated_at, SIM_TIME, 0),
	BASKET(deleted_at, SIM_TIME, 0),
	BASKET(refunded_at, SIM_TIME, 0),
	BASKET(refunded_amount, SIM_MONEY, 0),
	BASKET(refunded_deduction_amount, SIM_MONEY, 0),
	SIM_PART(sim_basket, refunds, SIM_LIST, refund_shape, NULL),
};
const struct sim_shape afd_sim_basket_shape = SIM_SHAPE(sim_basket, basket_fields);

static const struct sim_field site_fields[] = {
	SIM_ROW(sim_site, id, SIM_INT, 0),
	SIM_ROW(sim_site, host, SIM_TEXT, 0),
};
static const struct sim_shape site_shape = SIM_SHAPE(sim_site, site_fields);

static const struct sim_field utm_fields[] = {
	SIM_ROW(sim_utm, utm_source, SIM_TEXT, 0),   SIM_ROW(sim_utm, utm_medium, SIM_TEXT, 0),
	SIM_ROW(sim_utm, utm_campaign, SIM_TEXT, 0), SIM_ROW(sim_utm, utm_content, SIM_TEXT, 0),
	SIM_ROW(sim_utm, utm_term, SIM_TEXT, 0),
};
static const struct sim_shape utm_shape = SIM_SHAPE(sim_utm, utm_fields);

static const struct sim_field custom_fields[] = {
	SIM_ROW(sim_custom, telegram_id, SIM_TEXT, SIM_PRIVATE),
	SIM_ROW(sim_custom, passport, SIM_TEXT, SIM_PRIVATE),
	SIM_ROW(sim_custom, guest_name, SIM_TEXT, SIM_PRIVATE),
	SIM_ROW(sim_custom, guest_phone, SIM_TEXT, SIM_PRIVATE),
};
static const struct sim_shape custom_shape = SIM_SHAPE(sim_custom, custom_fields);

static const struct sim_field order_fields[] = {
	ORDER(id, SIM_INT, 0),
	ORDER(uniqid, SIM_TEXT, 0),
	ORDER(payed, SIM_BOOL, 0),
	ORDER(payed_at, SIM_TIME, 0),
	ORDER(created_at, SIM_TIME, 0),
	ORDER(updated_at, SIM_TIME, 0),
	ORDER(deleted_at, SIM_TIME, 0),
	ORDER(client_id, SIM_INT, 0),
	SIM_PART(sim_order, client, SIM_OBJECT, afd_sim_client_shape, NULL),
	ORDER(site_id, SIM_INT, 0),
	SIM_PART(sim_order, site, SIM_OBJECT, site_shape, NULL),
	ORDER(payment_id, SIM_INT, 0),
	ORDER(payment_type_id, SIM_TEXT, 0),
	ORDER(payment_card_number, SIM_TEXT, SIM_PRIVATE),
	ORDER(payment_url, SIM_TEXT, SIM_PRIVATE),
	ORDER(cancel_url, SIM_TEXT, SIM_PRIVATE),
	ORDER(basket_user_id, SIM_INT, 0),
	ORDER(backend_user_id, SIM_INT, 0),
	ORDER(access_code_id, SIM_INT, 0),
	ORDER(discount_id, SIM_INT, 0),
	ORDER(promo_code_id, SIM_INT, 0),
	ORDER(reserved, SIM_BOOL, 0),
	ORDER(reserved_to, SIM_TIME, 0),
	ORDER(reserve_extended, SIM_BOOL, 0),
	ORDER(event_id, SIM_INT, 0),
	ORDER(price, SIM_MONEY, 0),
	ORDER(original_price, SIM_MONEY, 0),
	ORDER(currency_id, SIM_TEXT, 0),
	SIM_PART(sim_order, utm, SIM_OBJECT, utm_shape, "[]"),
	SIM_PART(sim_order, custom, SIM_OBJECT, custom_shape, "\"\""),
	SIM_PART(sim_order, fields, SIM_OBJECT, custom_shape, "[]"),
	SIM_PART(sim_order, baskets, SIM_LIST, afd_sim_basket_shape, NULL),
	SIM_PART(sim_order, refunds, SIM_LIST, refund_shape, NULL),
	SIM_PART(sim_order, integrations, SIM_OBJECT, custom_shape, "[]"),
};
const struct sim_shape afd_sim_order_shape = SIM_SHAPE(sim_order, order_fields);
