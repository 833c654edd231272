/* SPDX-License-Identifier: MIT
 * The Qtickets simulator over real HTTP: every route in both profiles, twice in a row. */
#include "sim_client.h"

#define BY_ORDER "{\"filter\":{\"external_order_id\":\"order67890\"}}"
#define UNKNOWN  503, "\"code\":\"UNKNOWN_ERROR\""
#define MISSING  404, "\"code\":\"RESOURCE_NOT_FOUND\""
#define PAGE     404, "<title>"
#define REFUSED  200, "\"code\":\"WRONG_AUTHORIZATION\""
#define PAID(value)                                                                                          \
	"{\"where\":[{\"column\":\"payed\",\"value\":" value "}],\"orderBy\":{\"id\":\"desc\"},\"page\":1}"

/* One request of the spec: what each profile answers. */
struct route_row {
	const char *method, *path, *body, *token;
	long status;
	const char *piece;
	long production_status;
	const char *production_piece;
};

static const struct route_row route_rows[] = {
	{ "GET", R "orders", NULL, NULL, 200, "\"paging\":{\"perPage\":50,\"currentPage\":1,\"total\":300}", 200,
	  "\"total\":300" },
	{ "GET", R "orders", PAID("1"), NULL, 200, "\"total\":230", 200, "\"total\":230" },
	{ "GET", R "orders", PAID("0"), NULL, 200, "{\"data\":[{\"id\":12345,", 200, "\"total\":70" },
	{ "GET", R "orders", WHERE("created_at", ",\"operator\":\">=\",\"value\":\"2025-01-01\""), NULL, 200,
	  "\"total\":256", 200, "\"total\":256" },
	{ "GET", R "orders",
	  "{\"where\":[{\"column\":\"payed\",\"value\":1},{\"column\":\"event_id\",\"value\":33}]}", NULL, 200,
	  "\"total\":20", 200, "\"data\":[]" },
	{ "GET", R "orders/4360", NULL, NULL, 200, "\"baskets\":[{\"id\":63993,", MISSING },
	{ "GET", R "orders/1", NULL, NULL, 200, "{\"data\":{\"id\":1,", MISSING },
	{ "GET", R "orders/12345", NULL, NULL, 200, "{\"data\":{\"id\":12345,", MISSING },
	{ "DELETE", R "orders/4360/baskets/63993", NULL, NULL, 200, "\"deleted_at\":\"2025-11-07T", PAGE },
	{ "PATCH", R "orders/4360/baskets/63993", "{\"client_name\":\"Новое\"}", NULL, 200,
	  "\"client_name\":\"Новое\"", PAGE },
	{ "POST", R "orders/4360/baskets/63993/refund", "{\"amount\":150,\"deduction_amount\":15}", NULL, 200,
	  "\"amount\":150,\"deduction_amount\":15", PAGE },
	{ "POST", R "orders/4360/restore", NULL, NULL, 200, "\"deleted_at\":null", MISSING },
	{ "GET", R "clients", NULL, NULL, 200, "\"paging\":{\"perPage\":100,\"currentPage\":1,", 200,
	  "\"total\":95" },
	{ "GET", R "clients", "{\"page\":1,\"per_page\":50}", NULL, 200, "\"perPage\":100", 200,
	  "\"perPage\":100" },
	{ "POST", R "clients", "{\"email\":\"test@example.com\",\"name\":\"Тестовый\"}", NULL, 200,
	  "\"name\":\"Тестовый\"", UNKNOWN },
	{ "PATCH", R "clients/235", "{\"phone\":\"+79000000000\"}", NULL, 200, "\"phone\":\"+79000000000\"",
	  UNKNOWN },
	{ "GET", R "events", NULL, NULL, 200, "\"perPage\":10,\"currentPage\":1,", 200, "\"total\":12" },
	{ "GET", R "events", WHERE("active", ",\"value\":1"), NULL, 200, "\"is_active\":1", UNKNOWN },
	{ "GET", R "events/33", NULL, NULL, 200, "\"shows\":[{\"id\":41,", MISSING },
	{ "GET", R "events/12", NULL, NULL, 200, "\"shows\":[{\"id\":4076,", MISSING },
	{ "POST", R "events", "{\"name\":\"Тест\",\"start_date\":\"2025-12-01T19:00:00+03:00\"}", NULL, 200,
	  "\"start_date\":\"2025-12-01T19:00:00+03:00\"", UNKNOWN },
	{ "PATCH", R "events/33", "{\"name\":\"Новое\"}", NULL, 200, "\"name\":\"Новое\"", UNKNOWN },
	{ "GET", R "events/33/seats", NULL, NULL, 200,
	  "\"show_id\":41,\"seats\":[{\"id\":\"CENTER_PARTERRE-18;1\"", PAGE },
	{ "GET", R "events/33/seats/41", NULL, NULL, 200, "\"show_id\":41", PAGE },
	{ "GET", R "price-shades", NULL, NULL, 200, "\"total\":8", PAGE },
	{ "GET", R "discounts", NULL, NULL, 200, "\"total\":5", 200,
	  "\"perPage\":100,\"currentPage\":1,\"total\":5" },
	{ "GET", R "promo-codes", NULL, NULL, 200, "\"perPage\":500", 200, "\"total\":15" },
	{ "POST", R "promo-codes", "{\"code\":\"TEST\",\"valid_to\":\"2025-12-31\"}", NULL, 200,
	  "\"active_to\":\"2025-12-31T00:00:00+03:00\"", UNKNOWN },
	{ "PATCH", R "promo-codes/7", "{\"valid_to\":\"2026-01-31\"}", NULL, 200,
	  "\"active_to\":\"2026-01-31T00:00:00+03:00\"", UNKNOWN },
	{ "GET", R "barcodes", NULL, NULL, 200, "[{\"barcode\":\"", PAGE },
	{ "GET", R "barcodes", WHERE("event_id", ",\"value\":33"), NULL, 200, "\"barcode\":\"877344688530\"",
	  PAGE },
	{ "GET", R "scanning/info", NULL, NULL, 200, "\"checked_at\":\"", PAGE },
	{ "POST", R "scanning/scan", "{\"barcode\":\"877076325904\",\"event_id\":33,\"show_id\":41}", NULL, 200,
	  "{\"success\":true,\"barcode\":\"877076325904\"", PAGE },
	{ "POST", R "scanning/batch",
	  "{\"scans\":[{\"barcode\":\"877344688530\",\"scanned_at\":\"2025-11-07T19:31:00+03:00\"}]}", NULL, 200,
	  "[{\"success\":true,\"barcode\":\"877344688530\",\"checked_at\":\"2025-11-07T19:31:00+03:00\"}]",
	  PAGE },
	{ "POST", P "tickets/add/12/4076", ADD("CENTER_PARTERRE-20;5", "ticket12345", "order67890"), NULL, 200,
	  "\"status\":\"success\",\"result\":{\"id\":140035,", REFUSED },
	{ "POST", P "tickets/add/12/41",
	  "{\"batch\":[" ADD("CENTER_PARTERRE-20;5", "ticket001",
						 "order123") "," ADD("CENTER_PARTERRE-20;6", "ticket002", "order123") "]}",
	  NULL, 200, "\"result\":[{\"id\":140036,", REFUSED },
	{ "POST", P "tickets/update/12/4076", "{\"id\":120260,\"paid\":1}", NULL, 200,
	  "\"result\":{\"id\":120260,\"paid\":1,", REFUSED },
	{ "POST", P "tickets/update/12/41", "{\"batch\":[{\"id\":120260,\"paid\":1},{\"id\":120261,\"paid\":1}]}",
	  NULL, 200, "{\"id\":120261,\"paid\":1,", REFUSED },
	{ "POST", P "tickets/remove/12/41", "{\"id\":120260}", NULL, 200, "\"result\":true", REFUSED },
	{ "POST", P "tickets/remove/12/41", "{\"batch\":[{\"id\":120260},{\"id\":120261}]}", NULL, 200,
	  "\"result\":[true,true]", REFUSED },
	{ "POST", P "tickets/check/12/41",
	  "{\"batch\":[{\"seat_id\":\"CENTER_PARTERRE-20;7\",\"offer_id\":\"full\"}]}", NULL, 200,
	  "\"result\":[{\"seat_id\":\"CENTER_PARTERRE-20;7\",\"offer_id\":\"full\",\"available\":true", REFUSED },
	{ "POST", P "tickets/find", BY_ORDER, NULL, 200, "{\"status\":\"success\",\"result\":[{\"id\":120290,",
	  REFUSED },
	{ "POST", P "tickets/find/12", BY_ORDER, NULL, 200, "{\"event_id\":12,\"show_id\":null", REFUSED },
	{ "POST", P "tickets/find/12/4076", BY_ORDER, NULL, 200, "\"show_id\":4076", REFUSED },
	{ "POST", P "tickets/find", "{\"filter\":{\"barcode\":\"872964136579\"}}", NULL, 200,
	  "\"result\":[{\"id\":134857,", REFUSED },
	{ "POST", P "tickets/find",
	  "{\"filter\":{\"external_order_id\":\"6a5cc185-bc59-451f-b7cb-94376476ae01\",\"external_id\":["
	  "\"ticket12345\"],\"barcode\":[\"872964136579\",\"879979255977\"],\"id\":[134857,134858]}}",
	  NULL, 200, "\"result\":[{\"id\":134857,", REFUSED },
	{ "GET", P "events/seats/12", NULL, NULL, 200, "\"zones\":[{\"zone_id\":\"CENTER_PARTERRE\"", REFUSED },
	{ "GET", P "events/seats/12/21", NULL, NULL, 200, "\"show_id\":21", REFUSED },
	{ "GET", R "events", NULL, "INVALID_TOKEN_12345", 403, "\"code\":\"WRONG_AUTHORIZATION\"", 403,
	  "{\"error\":\"Forbidden\",\"status\":403}" },
	{ "POST", P "tickets/find", BY_ORDER, "INVALID_TOKEN_12345", 200,
	  "{\"status\":\"error\",\"code\":\"WRONG_AUTHORIZATION\"", REFUSED },
	{ "GET", R "orders/999999999", NULL, NULL, 404,
	  "\"code\":\"ORDER_NOT_FOUND\",\"info\":{\"id\":999999999,\"resource\":\"orders\"}", MISSING },
	{ "GET", R "events/999999999", NULL, NULL, 404, "\"code\":\"EVENT_NOT_FOUND\"", MISSING },
	{ "POST", R "clients", "{}", NULL, 422, "\"code\":\"VALIDATION_ERROR\"", UNKNOWN },
	{ "GET", R "orders", WHERE("invalid_column", ",\"value\":1"), NULL, 422, "\"code\":\"VALIDATION_ERROR\"",
	  UNKNOWN },
	{ "POST", R "orders", "{}", NULL, UNKNOWN, UNKNOWN },
	{ "GET", R "orders?where=[]", NULL, NULL, 200, "\"total\":300", UNKNOWN },
	{ "GET", R "orders/filter", NULL, NULL, PAGE, PAGE },
	{ "GET", "/", NULL, NULL, PAGE, PAGE },
	{ "GET", R "color-themes", NULL, NULL, PAGE, 200, "\"total\":8" },
	{ "DELETE", P "tickets/find", NULL, NULL, 200, "\"code\":\"UNKNOWN_ERROR\"", REFUSED },
};

/* Twice against the same process: the sequence of an audit can be repeated. */
static void test_spec_routes_answer_as_documented_and_again(void **state)
{
	struct sim sim = START("--port", "0");
	(void)state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < sizeof route_rows / sizeof *route_rows; i++) {
			const struct route_row *row = &route_rows[i];
			check(&sim, row->token, row->method, row->path, row->body, row->status, row->piece);
		}
	stop(&sim);
}

static void test_production_routes_answer_as_seen(void **state)
{
	struct sim sim = START("--profile", "production");
	(void)state;
	for (size_t i = 0; i < sizeof route_rows / sizeof *route_rows; i++) {
		const struct route_row *row = &route_rows[i];
		check(&sim, row->token, row->method, row->path, row->body, row->production_status,
			  row->production_piece);
	}
	stop(&sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spec_routes_answer_as_documented_and_again),
		cmocka_unit_test(test_production_routes_answer_as_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
