/* SPDX-License-Identifier: MIT
 * Every fault of the simulator by its name: what it does shows in an answer, and does not show without it. */
#include "sim_client.h"

#define ORDERS R "orders"
#define PAID   WHERE("payed", ",\"value\":1")
#define ADDED  ADD("CENTER_PARTERRE-20;5", "ticket9", "order9")
#define FOUND  "{\"filter\":{\"external_id\":\"ticket9\"}}"
#define CLIENT "{\"email\":\"fault@example.com\"}"

enum look { STATUS, HAS, LACKS, CURL_CODE, TYPE, SLOW, HEADER };

/* A fault, a request before (or NULL), the request, and what the fault makes of its answer. */
struct fault_row {
	const char *fault;
	const char *first_method, *first_path, *first_body;
	const char *method, *path, *body, *token;
	enum look look;
	long number;
	const char *piece;
};

#define NO_FIRST             NULL, NULL, NULL
#define GET(path)            NO_FIRST, "GET", path, NULL, NULL
#define FILTERED(path, body) NO_FIRST, "GET", path, body, NULL

static const struct fault_row rows[] = {
	{ "auth-rejected", GET(ORDERS), STATUS, 403, NULL },
	{ "auth-rejected", GET(P "tickets/find"), HAS, 0, "WRONG_AUTHORIZATION" },
	{ "bad-utf8", GET(ORDERS), HAS, 0,
	  "{\"\xff"
	  "data\"" },
	{ "broken-upsert", "POST", R "clients", CLIENT, "POST", R "clients", CLIENT, NULL, HAS, 0,
	  "{\"data\":{\"id\":296," },
	{ "changed-currency", GET(ORDERS "/4360"), HAS, 0, "\"currency_id\":\"USD\"" },
	{ "double-write", "POST", R "clients", CLIENT, "GET", R "clients", NULL, NULL, HAS, 0, "\"total\":97" },
	{ "double-write", "POST", P "tickets/add/12/4076", ADDED, "POST", P "tickets/find", FOUND, NULL, HAS, 0,
	  "\"id\":140036," },
	{ "double-write", "POST", R "orders/4360/baskets/63993/refund", "{\"amount\":150}", "GET", ORDERS "/4360",
	  NULL, NULL, HAS, 0, "\"refunded_amount\":300" },
	{ "double-write", "POST", R "promo-codes", "{\"code\":\"NEW\"}", "GET", R "promo-codes", NULL, NULL, HAS,
	  0, "\"total\":17" },
	{ "double-write", "POST", R "events", "{\"name\":\"Тест\"}", "GET", R "events", NULL, NULL, HAS, 0,
	  "\"total\":14" },
	{ "doubled-record", GET(R "price-shades"), HAS, 0, "},{\"id\":1,\"color\"" },
	{ "duplicate-key", GET(ORDERS), HAS, 0, "{\"data\":null,\"data\":[" },
	{ "empty-body", GET(ORDERS), LACKS, 0, "data" },
	{ "empty-list", GET(ORDERS), HAS, 0,
	  "{\"data\":[],\"paging\":{\"perPage\":50,\"currentPage\":1,\"total\":0}}" },
	{ "error-as-success", NO_FIRST, "POST", R "clients", "{}", NULL, STATUS, 200, NULL },
	{ "error-as-success", GET(ORDERS "/999999999"), HAS, 0, "{\"data\":{}}" },
	{ "error-as-success", NO_FIRST, "GET", P "tickets/find", NULL, "INVALID", HAS, 0,
	  "\"status\":\"success\"" },
	{ "error-with-200", GET(ORDERS), HAS, 0, "{\"error\":\"Internal Server Error\"" },
	{ "error-with-200", GET(P "tickets/find"), HAS, 0, "{\"status\":\"error\",\"code\":\"UNKNOWN_ERROR\"" },
	{ "foreign-record", FILTERED(ORDERS, PAID), HAS, 0, "\"payed\":false" },
	{ "foreign-record", FILTERED(P "tickets/find", FOUND), HAS, 0, "\"id\":120260" },
	{ "html-with-200", GET(ORDERS), HAS, 0, "<title>" },
	{ "huge-number", GET(ORDERS "/1"), HAS, 0, "{\"id\":9007199254740993," },
	{ "lost-filter", FILTERED(ORDERS, PAID), HAS, 0, "\"total\":300" },
	{ "lost-filter", FILTERED(P "tickets/find", FOUND), HAS, 0, "\"id\":120260" },
	{ "lost-order", FILTERED(ORDERS, "{\"orderBy\":{\"id\":\"desc\"}}"), HAS, 0, "{\"data\":[{\"id\":1," },
	{ "lost-record", GET(R "price-shades"), LACKS, 0, "{\"id\":8," },
	{ "lost-record", GET(R "events/33/seats"), LACKS, 0, "\"id\":\"CENTER_PARTERRE-22;10\"" },
	{ "lost-write", "POST", R "clients", CLIENT, "GET", R "clients", NULL, NULL, HAS, 0, "\"total\":95" },
	{ "lost-write", "PATCH", R "clients/235", "{\"name\":\"Другое\"}", "GET", R "clients/235", NULL, NULL,
	  LACKS, 0, "Другое" },
	{ "lost-zone", GET(ORDERS "/1"), LACKS, 0, "+03:00" },
	{ "missing-field", GET(ORDERS "/1"), HAS, 0, "{\"data\":{\"uniqid\"" },
	{ "new-private-field", GET(ORDERS "/1"), HAS, 0,
	  "\"support_contact\":\"podderzhka.koncerta@example.org\"" },
	{ "no-auth-accepted", NO_FIRST, "GET", R "events", NULL, "INVALID", STATUS, 200, NULL },
	{ "no-auth-accepted", NO_FIRST, "GET", P "tickets/find", NULL, "INVALID", HAS, 0,
	  "\"status\":\"success\"" },
	{ "no-reply", GET(ORDERS), CURL_CODE, CURLE_GOT_NOTHING, NULL },
	{ "null-field", GET(R "barcodes"), HAS, 0, "[{\"barcode\":null," },
	{ "off-by-one-amount", GET(ORDERS "/4360"), HAS, 0, "\"price\":1501.5" },
	{ "off-by-one-amount", GET(R "barcodes"), HAS, 0, "\"price\":1501.5" },
	{ "rate-limited", GET(ORDERS), STATUS, 429, NULL },
	{ "redirect", GET(ORDERS), HEADER, 0, "Location: http://127.0.0.2:9/" },
	{ "renamed-field", GET(ORDERS "/1"), HAS, 0, "\"ID\":1}" },
	{ "short-body", GET(ORDERS), CURL_CODE, CURLE_PARTIAL_FILE, NULL },
	{ "slow-reply", GET(ORDERS "/1"), SLOW, 0, NULL },
	{ "stale-record", NO_FIRST, "PATCH", R "clients/235", "{\"name\":\"Другое\"}", NULL, LACKS, 0, "Другое" },
	{ "stale-record", NO_FIRST, "POST", P "tickets/update/12/4076",
	  "{\"batch\":[{\"id\":120260,\"paid\":1}]}", NULL, HAS, 0, "\"result\":[{\"id\":120260,\"paid\":0" },
	{ "swapped-ids", GET(R "price-shades"), HAS, 0, "{\"data\":[{\"id\":2," },
	{ "swapped-ids", GET(ORDERS "/4360"), HAS, 0, "{\"data\":{\"id\":4361," },
	{ "trailing-garbage", GET(ORDERS), HAS, 0, "}\n<!--" },
	{ "truncated-json", GET(ORDERS), LACKS, 0, "\"paging\"" },
	{ "type-change", GET(ORDERS "/1"), HAS, 0, "{\"id\":\"1\"," },
	{ "type-change", GET(R "barcodes"), HAS, 0, "[{\"barcode\":1," },
	{ "write-on-read", "GET", ORDERS, NULL, "GET", ORDERS, NULL, NULL, HAS, 0, "\"total\":301" },
	{ "write-on-read", "GET", R "barcodes", NULL, "GET", R "scanning/info", NULL, NULL, HAS, 0,
	  "\"checked_at\":\"2025-11-07T12:00:01" },
	{ "write-on-read", "GET", R "events/33/seats", NULL, "GET", P "events/seats/12/4076", NULL, NULL, HAS, 0,
	  "{\"seat_id\":\"CENTER_PARTERRE-19;9\",\"available\":false" },
	{ "write-on-read", "GET", P "tickets/find", NULL, "GET", P "tickets/find", NULL, NULL, HAS, 0,
	  "{\"id\":140035," },
	{ "wrong-content-type", GET(ORDERS), TYPE, 0, "Content-Type: text/plain" },
	{ "wrong-error-code", GET(R "events/999999999"), HAS, 0, "\"code\":\"UNKNOWN_ERROR\"" },
	{ "wrong-error-code", NO_FIRST, "GET", P "tickets/find", NULL, "INVALID", HAS, 0,
	  "\"code\":\"UNKNOWN_ERROR\"" },
	{ "wrong-page", FILTERED(ORDERS, "{\"page\":2}"), HAS, 0, "{\"data\":[{\"id\":1," },
	{ "wrong-status", GET(ORDERS), STATUS, 500, NULL },
	{ "wrong-total", GET(ORDERS), HAS, 0, "\"total\":301" },
};

static bool shows(const struct fault_row *row, const struct reply *reply)
{
	switch (row->look) {
	case STATUS: return reply->status == row->number;
	case HAS: return has(&reply->body, row->piece);
	case LACKS: return !has(&reply->body, row->piece);
	case CURL_CODE: return (long)reply->code == row->number;
	case SLOW: return reply->seconds >= 1.4;
	default: return has(&reply->headers, row->piece);
	}
}

static bool shows_in(struct sim *sim, const struct fault_row *row)
{
	struct reply reply;
	if (row->first_path) {
		send_as(sim, NULL, row->first_method, row->first_path, row->first_body, &reply);
		assert_int_equal(reply.status, 200);
		forget(&reply);
	}
	send_as(sim, row->token, row->method, row->path, row->body, &reply);
	bool shown = shows(row, &reply);
	forget(&reply);
	return shown;
}

static void test_each_fault_shows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sim faulty = START("--fault", rows[i].fault), sound = START("--port", "0");
		if (!shows_in(&faulty, &rows[i]))
			fail_msg("%s does not show in %s", rows[i].fault, rows[i].path);
		if (shows_in(&sound, &rows[i]))
			fail_msg("%s shows in %s without the fault", rows[i].fault, rows[i].path);
		stop(&faulty);
		stop(&sound);
	}
}

static bool is_tested(const char *name)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].fault, name) == 0)
			return true;
	return false;
}

/* No fault can be added without a row above, nor without a chapter in the simulator's README. */
static void test_each_listed_fault_is_tested_and_described(void **state)
{
	FILE *output, *readme = fopen(AFD_SOURCE_DIR "/tests/sim/README.md", "r");
	pid_t pid = spawn((const char *const[]){ "--list-faults", NULL }, &output);
	char line[256], text[65536] = "", name[64], cell[80];
	size_t count = 0;
	(void)state;
	assert_non_null(readme);
	assert_true(fread(text, 1, sizeof text - 1, readme) > 0);
	fclose(readme);
	for (; fgets(line, sizeof line, output); count++) {
		assert_int_equal(sscanf(line, "%63s", name), 1);
		snprintf(cell, sizeof cell, "| `%s` |", name);
		if (!is_tested(name) || !strstr(text, cell))
			fail_msg("%s is not tested, or not described", name);
	}
	assert_true(count >= 23);
	assert_int_equal(end_of(pid), 0);
	fclose(output);
}

static void test_a_fault_can_be_limited_to_a_path(void **state)
{
	struct sim sim = START("--fault", "wrong-status@/clients", "--fault", "lost-filter@orders");
	(void)state;
	check(&sim, NULL, "GET", R "clients", NULL, 500, "Internal Server Error");
	check(&sim, NULL, "GET", R "discounts", NULL, 200, "\"total\":5");
	check(&sim, NULL, "GET", ORDERS, PAID, 200, "\"total\":300");
	check(&sim, NULL, "GET", R "events", WHERE("id", ",\"value\":33"), 200, "\"total\":1}");
	stop(&sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_fault_shows),
		cmocka_unit_test(test_each_listed_fault_is_tested_and_described),
		cmocka_unit_test(test_a_fault_can_be_limited_to_a_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
