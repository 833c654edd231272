/* SPDX-License-Identifier: MIT
 * The simulator's filter language, in bodies and in queries, and what it refuses. */
#include "sim_client.h"

/* A filter over orders, and how many satisfy it. */
struct filter_row {
	const char *path, *body, *total;
};

static const struct filter_row filter_rows[] = {
	{ R "orders", WHERE("id", ",\"value\":4360"), "\"total\":1}" },
	{ R "orders", WHERE("id", ",\"operator\":\"=\",\"value\":\"4360\""), "\"total\":1}" },
	{ R "orders", WHERE("id", ",\"operator\":\"!=\",\"value\":4360"), "\"total\":299}" },
	{ R "orders", WHERE("id", ",\"operator\":\"<\",\"value\":4270"), "\"total\":10}" },
	{ R "orders", WHERE("id", ",\"operator\":\"<=\",\"value\":4270"), "\"total\":11}" },
	{ R "orders", WHERE("id", ",\"operator\":\">\",\"value\":4270"), "\"total\":289}" },
	{ R "orders", WHERE("id", ",\"operator\":\">=\",\"value\":4270"), "\"total\":290}" },
	{ R "orders", WHERE("id", ",\"operator\":\"in\",\"value\":[1,4360]"), "\"total\":2}" },
	{ R "orders", WHERE("id", ",\"operator\":\"in array\",\"value\":[1,4360]"), "\"total\":2}" },
	{ R "orders", WHERE("id", ",\"operator\":\"not in\",\"value\":[1,4360]"), "\"total\":298}" },
	{ R "orders", WHERE("id", ",\"operator\":\"not in array\",\"value\":[1]"), "\"total\":299}" },
	{ R "orders", WHERE("deleted_at", ",\"operator\":\"null\""), "\"total\":293}" },
	{ R "orders", WHERE("currency_id", ",\"value\":\"EUR\""), "\"total\":25}" },
	{ R "orders", WHERE("client.id", ",\"operator\":\"<\",\"value\":0"), "\"total\":0}" },
	{ R "orders", WHERE("created_at", ",\"operator\":\"<\",\"value\":\"2024-11-10T05:00:00+03:00\""),
	  "\"total\":1}" },
	{ R "orders", "{\"orderBy\":{\"payed\":\"asc\",\"id\":\"desc\"}}", "{\"data\":[{\"id\":12345," },
	{ R "orders", "{\"page\":6}", "{\"perPage\":50,\"currentPage\":6,\"total\":300}" },
	{ R "orders", "{\"page\":7}",
	  "{\"data\":[],\"paging\":{\"perPage\":50,\"currentPage\":7,\"total\":300}}" },
	{ R "orders?page=2", NULL, "\"currentPage\":2" },
	{ R "orders?page=2", WHERE("payed", ",\"value\":1"), "\"currentPage\":2,\"total\":230}" },
	{ R "orders?page=2", "{\"page\":3}", "\"currentPage\":3" },
	{ R "orders?payed=1&organization=2", NULL, "\"total\":300}" },
	{ R "orders?where%5B0%5D%5Bcolumn%5D=payed&where%5B0%5D%5Bvalue%5D=0&page=2", NULL,
	  "\"currentPage\":2,\"total\":70}" },
	{ R "orders?where=%5B%7B%22column%22:%22payed%22,%22value%22:0%7D%5D&orderBy%5Bid%5D=desc", NULL,
	  "{\"data\":[{\"id\":12345," },
	{ R "events", WHERE("deleted_at", ",\"operator\":\"null\""), "\"total\":11}" },
	{ R "shows/41/seats",
	  "{\"flat\":true,\"select\":[\"id\",\"price\"],\"where\":[{\"column\":\"row\",\"value\":\"21\"}]}",
	  "{\"data\":{\"CENTER_PARTERRE-21;1\":{\"id\":\"CENTER_PARTERRE-21;1\",\"price\":1500.5}," },
	{ R "barcodes",
	  "{\"select\":[\"barcode\"],\"where\":[{\"column\":\"barcode\",\"value\":\"877076325904\"}]}",
	  "[{\"barcode\":\"877076325904\"}]" },
};

static void test_filters_select_as_they_say(void **state)
{
	struct sim sim = START("--seed", "1");
	(void)state;
	for (size_t i = 0; i < sizeof filter_rows / sizeof *filter_rows; i++)
		check(&sim, NULL, "GET", filter_rows[i].path, filter_rows[i].body, 200, filter_rows[i].total);
	stop(&sim);
}

/* What can't be used, and the error that says so. */
struct refusal_row {
	const char *method, *path, *body;
	long status;
	const char *piece;
};

static const struct refusal_row refusal_rows[] = {
	{ "GET", R "orders", "{\"where\":1}", 422, "\"field\":\"where\"" },
	{ "GET", R "orders", WHERE("id", ",\"operator\":\"like\",\"value\":1"), 422, "\"field\":\"where\"" },
	{ "GET", R "orders", WHERE("id", ""), 422, "\"field\":\"where\"" },
	{ "GET", R "orders", "{\"orderBy\":{\"id\":\"up\"}}", 422, "\"field\":\"orderBy\"" },
	{ "GET", R "orders", "{\"orderBy\":{\"nothing\":\"asc\"}}", 422, "\"field\":\"nothing\"" },
	{ "GET", R "orders", "{\"page\":\"nan\"}", 422, "\"field\":\"page\"" },
	{ "GET", R "orders", "{\"page\":1", 422, "\"field\":\"body\"" },
	{ "GET", R "events/12/seats", "{\"flat\":true}", 422, "\"field\":\"flat\"" },
	{ "GET", R "events/12/seats/5010", NULL, 404, "\"resource\":\"shows\"" },
	{ "PATCH", R "orders/4360/baskets/1", "{}", 404, "TICKET_NOT_FOUND" },
	{ "PATCH", R "orders/4360/baskets/63993", "{\"client_name\":5}", 422, "\"field\":\"client_name\"" },
	{ "POST", R "orders/4360/baskets/63993/refund", "{\"amount\":1000000}", 422, "\"field\":\"amount\"" },
	{ "POST", R "clients", "{\"email\":\"nobody\"}", 422, "\"field\":\"email\"" },
	{ "POST", R "events", "{\"name\":\"Тест\",\"start_date\":\"tomorrow\"}", 422,
	  "\"field\":\"start_date\"" },
	{ "PATCH", R "promo-codes/7", "{\"valid_to\":\"never\"}", 422, "\"field\":\"valid_to\"" },
	{ "POST", R "scanning/scan", "{\"barcode\":\"000000000000\"}", 404, "TICKET_NOT_FOUND" },
	{ "POST", R "scanning/scan", "{\"barcode\":\"877076325904\",\"show_id\":21}", 404, "TICKET_NOT_FOUND" },
	{ "POST", P "tickets/add/12/5010", ADD("CENTER_PARTERRE-20;5", "a", "b"), 200, "EVENT_NOT_FOUND" },
	{ "POST", P "tickets/add/12/4076", ADD("NOWHERE-1;1", "a", "b"), 200, "SEAT_NOT_FOUND" },
	{ "POST", P "tickets/add/12/4076", ADD("CENTER_PARTERRE-18;1", "a", "b"), 200, "SEAT_NOT_AVAILABLE" },
	{ "POST", P "tickets/add/12/4076", "{}", 200, "VALIDATION_ERROR" },
	{ "POST", P "tickets/update/12/4076", "{\"id\":7}", 200, "TICKET_NOT_FOUND" },
	{ "POST", P "tickets/remove/12/4076", "{\"batch\":[{\"id\":120260},{\"id\":7}]}", 200,
	  "TICKET_NOT_FOUND" },
	{ "POST", P "tickets/check/12/4076", "{\"batch\":[]}", 200, "VALIDATION_ERROR" },
	{ "POST", P "tickets/find", "{\"filter\":[]}", 200, "VALIDATION_ERROR" },
	{ "POST", P "tickets/find", "{", 200, "VALIDATION_ERROR" },
	/* The batch above was refused as a whole. */
	{ "POST", P "tickets/find", "{\"filter\":{\"id\":120260}}", 200, "\"deleted\":0" },
};

static void test_what_cannot_be_used_is_refused(void **state)
{
	struct sim sim = START("--port", "0");
	(void)state;
	for (size_t i = 0; i < sizeof refusal_rows / sizeof *refusal_rows; i++) {
		const struct refusal_row *row = &refusal_rows[i];
		check(&sim, NULL, row->method, row->path, row->body, row->status, row->piece);
	}
	stop(&sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filters_select_as_they_say),
		cmocka_unit_test(test_what_cannot_be_used_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
