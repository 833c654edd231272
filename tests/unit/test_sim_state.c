/* SPDX-License-Identifier: MIT
 * What the simulator keeps: writes that later reads see, the same data in every process, and its own end. */
#include "sim_client.h"

#define SOLD ADD("CENTER_PARTERRE-20;5", "ticket9", "order9")

/* A step, and what its answer must and must not hold. */
struct step {
	const char *method, *path, *body, *piece, *absent;
};

static const struct step steps[] = {
	{ "DELETE", R "orders/4360/baskets/63993", NULL, "\"deleted_at\":\"2025-11-07T12:00:01+03:00\"", NULL },
	{ "DELETE", R "orders/4360/baskets/63993", NULL, "\"deleted_at\":\"2025-11-07T12:00:01+03:00\"", NULL },
	{ "PATCH", R "orders/4360/baskets/63993", "{\"client_name\":\"Другое\",\"price\":1}", "\"price\":1500.5",
	  NULL },
	{ "GET", R "orders/4360", NULL, "\"client_name\":\"Другое\"", "\"refunded_amount\":150" },
	{ "POST", R "orders/4360/baskets/63993/refund", "{\"amount\":150}", "\"refunded_amount\":150", NULL },
	{ "POST", R "orders/4360/baskets/63993/refund", "{\"amount\":150}", "\"refunded_amount\":150", NULL },
	{ "POST", R "orders/4360/restore", NULL, "\"refunded_amount\":150", "\"deleted_at\":\"" },
	{ "POST", R "clients", "{\"data\":{\"email\":\"a@example.com\",\"details\":{\"name\":\"Аа\"}}}",
	  "{\"data\":{\"id\":295,", NULL },
	{ "POST", R "clients", "{\"email\":\"A@example.com\",\"surname\":\"Бб\"}", "{\"data\":{\"id\":295,",
	  NULL },
	{ "GET", R "clients/295", NULL, "\"name\":\"Аа\",\"middlename\":null,\"surname\":\"Бб\"", NULL },
	{ "GET", R "clients", NULL, "\"total\":96", NULL },
	{ "POST", R "events", "{\"name\":\"Новый вечер\",\"start_date\":\"2025-12-01T19:00:00+03:00\"}",
	  "{\"data\":{\"id\":90,", NULL },
	{ "POST", R "events", "{\"name\":\"Новый вечер\",\"start_date\":\"2025-12-01T19:00:00+03:00\"}",
	  "{\"data\":{\"id\":90,", NULL },
	{ "GET", R "events", NULL, "\"total\":13", NULL },
	{ "GET", R "events/90/seats", NULL, "\"show_id\":9090", NULL },
	{ "PATCH", R "events/33", "{\"is_active\":0}", "\"is_active\":0", NULL },
	{ "GET", R "events/33", NULL, "{\"data\":{\"id\":33,\"is_active\":0", NULL },
	{ "POST", R "promo-codes", "{\"code\":\"NEW\"}", "{\"data\":{\"id\":16,", NULL },
	{ "POST", R "promo-codes", "{\"code\":\"NEW\",\"max_uses_count\":5}", "{\"data\":{\"id\":16,", NULL },
	{ "GET", R "promo-codes", NULL, "\"code\":\"NEW\",\"max_uses_count\":5", NULL },
	{ "POST", R "scanning/scan", "{\"barcode\":\"877344688530\",\"scanned_at\":\"2025-11-07T10:00:00Z\"}",
	  "\"checked_at\":\"2025-11-07T13:00:00+03:00\"", NULL },
	{ "POST", R "scanning/scan", "{\"barcode\":\"877344688530\"}",
	  "\"checked_at\":\"2025-11-07T13:00:00+03:00\"", NULL },
	{ "GET", R "scanning/info", NULL,
	  "{\"barcode\":\"877344688530\",\"checked_at\":\"2025-11-07T13:00:00+03:00\"}", NULL },
	{ "GET", R "scanning/info?barcode=%22877076325904%22", NULL,
	  "{\"barcode\":\"877076325904\",\"checked_at\":null}", NULL },
	{ "POST", P "tickets/check/12/4076", SOLD, "\"available\":true", NULL },
	{ "POST", P "tickets/add/12/4076", SOLD, "\"result\":{\"id\":140035,\"paid\":0", NULL },
	{ "POST", P "tickets/add/12/4076", SOLD, "\"result\":{\"id\":140035,", NULL },
	{ "POST", P "tickets/check/12/4076", SOLD, "\"available\":false", NULL },
	{ "POST", P "tickets/update/12/4076", "{\"id\":140035,\"paid\":1}", "\"barcode\":\"8795", NULL },
	{ "GET", P "tickets/find/12/4076", "{\"filter\":{\"external_id\":\"ticket9\"}}", "\"paid\":1,", NULL },
	{ "POST", P "tickets/remove/12/4076", "{\"id\":\"140035\"}", "\"result\":true", NULL },
	{ "POST", P "tickets/remove/12/4076", "{\"id\":140035}", "\"result\":true", NULL },
	{ "POST", P "tickets/find", "{\"filter\":{\"id\":140035}}", "\"deleted\":1", NULL },
	{ "POST", P "tickets/check/12/4076", SOLD, "\"available\":true", NULL },
};

static void test_later_reads_see_writes(void **state)
{
	struct sim sim = START("--port", "0");
	struct reply reply;
	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		send_as(&sim, NULL, steps[i].method, steps[i].path, steps[i].body, &reply);
		expect_has(&reply.body, steps[i].piece, steps[i].path);
		if (steps[i].absent && has(&reply.body, steps[i].absent))
			fail_msg("%s has %s: %.300s", steps[i].path, steps[i].absent, reply.body.data);
		forget(&reply);
	}
	stop(&sim);
}

static const char *const lists[] = {
	R "orders",    R "orders?page=6", R "clients",  R "events",       R "events/33/seats", R "price-shades",
	R "discounts", R "promo-codes",   R "barcodes", P "tickets/find", P "events/seats/12",
};

/* Whether every list is the same in both; the answers of one are equal to the byte. */
static bool same_data(struct sim *one, struct sim *other)
{
	bool same = true;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct reply mine, theirs;
		send_as(one, NULL, "GET", lists[i], NULL, &mine);
		send_as(other, NULL, "GET", lists[i], NULL, &theirs);
		assert_int_equal(mine.status, 200);
		same = same && mine.body.size == theirs.body.size &&
			   memcmp(mine.body.data, theirs.body.data, mine.body.size) == 0;
		forget(&mine);
		forget(&theirs);
	}
	return same;
}

static void test_data_follows_from_the_seed(void **state)
{
	struct sim first = START("--seed", "7"), again = START("--seed", "7"), other = START("--seed", "8");
	(void)state;
	assert_true(same_data(&first, &again));
	assert_false(same_data(&first, &other));
	stop(&first);
	stop(&again);
	stop(&other);
}

static void test_headers_are_the_vendors(void **state)
{
	struct sim sim = START("--port", "0");
	struct reply reply;
	(void)state;
	send_as(&sim, NULL, "GET", R "orders", NULL, &reply);
	expect_has(&reply.headers, "Server: nginx\r\n", "orders");
	expect_has(&reply.headers, "Content-Type: application/json\r\n", "orders");
	expect_has(&reply.headers, "Vary: ", "orders");
	expect_has(&reply.headers, "X-Cache-Status: ", "orders");
	expect_has(&reply.headers, "Transfer-Encoding: chunked\r\n", "orders");
	forget(&reply);
	send_as(&sim, NULL, "GET", R "nothing", NULL, &reply);
	expect_has(&reply.headers, "Content-Type: text/html", "nothing");
	assert_in_range(reply.body.size, 12500, 12900);
	forget(&reply);
	stop(&sim);
}

static void test_tokens_can_be_given(void **state)
{
	struct sim sim = START("--token", "other-rest", "--partner-token", "other-partner");
	(void)state;
	check(&sim, "other-rest", "GET", R "discounts", NULL, 200, "\"total\":5");
	check(&sim, NULL, "GET", R "discounts", NULL, 403, "WRONG_AUTHORIZATION");
	check(&sim, "other-partner", "GET", P "tickets/find", NULL, 200, "\"status\":\"success\"");
	check(&sim, "other-rest", "GET", P "tickets/find", NULL, 200, "WRONG_AUTHORIZATION");
	stop(&sim);
}

/* Everything that a run prints; the caller frees it. */
static char *output_of(const char *const arguments[], int code)
{
	FILE *output;
	pid_t pid = spawn(arguments, &output);
	char *text = calloc(1, ANSWER_MAX);
	assert_non_null(text);
	assert_true(fread(text, 1, ANSWER_MAX - 1, output) < ANSWER_MAX - 1);
	assert_int_equal(end_of(pid), code);
	fclose(output);
	return text;
}

#define OUTPUT(code, ...) output_of((const char *const[]){ __VA_ARGS__, NULL }, code)

static bool has_line(const char *text, const char *line, size_t size)
{
	for (const char *at = text; (at = strstr(at, "\n")) != NULL; at++)
		if (strncmp(at + 1, line, size) == 0 && at[1 + size] == '\n')
			return true;
	return false;
}

/* Each value of `key` in the answer is a line of the list; returns how many there were. */
static size_t listed(const char *list, const char *answer, const char *key)
{
	size_t count = 0;
	for (const char *at = answer; (at = strstr(at, key)) != NULL; count++) {
		at += strlen(key);
		if (!has_line(list, at, strcspn(at, "\"")))
			fail_msg("not listed as private: %.60s", at);
	}
	return count;
}

static void test_every_private_value_is_listed(void **state)
{
	char *list = OUTPUT(0, "--list-private", "--seed", "1");
	char *other = OUTPUT(0, "--list-private", "--seed", "1", "--profile", "production");
	struct sim sim = START("--seed", "1");
	struct reply reply;
	(void)state;
	send_as(&sim, NULL, "GET", R "orders", NULL, &reply);
	assert_in_range(listed(list, reply.body.data, "\"email\":\""), 50, 50);
	assert_true(listed(list, reply.body.data, "\"client_email\":\"") > 50);
	assert_true(listed(list, reply.body.data, "\"client_phone\":\"") > 50);
	assert_true(listed(list, reply.body.data, "\"client_surname\":\"") > 50);
	assert_true(listed(list, reply.body.data, "\"barcode\":\"") > 50);
	assert_true(listed(list, reply.body.data, "\"inn\":\"") > 0);
	assert_true(listed(list, reply.body.data, "\"comment\":\"") > 0);
	assert_true(listed(list, reply.body.data, "\"passport\":\"") > 0);
	assert_true(listed(list, reply.body.data, "\"payment_card_number\":\"") > 0);
	assert_true(listed(list, reply.body.data, "https:\\/\\/pay.example.com\\/cancel\\/") > 0);
	assert_string_not_equal(list, other);
	forget(&reply);
	stop(&sim);
	free(list);
	free(other);
}

static void test_wrong_use_is_refused(void **state)
{
	struct sim sim = START("--port", "0");
	char port[8];
	(void)state;
	snprintf(port, sizeof port, "%d", sim.port);
	free(OUTPUT(2, "--fault", "nothing-like-it"));
	free(OUTPUT(2, "--profile", "test"));
	free(OUTPUT(2, "--port", "70000"));
	free(OUTPUT(2, "surplus"));
	free(OUTPUT(3, "--port", port));
	stop(&sim);
}

static void test_it_stops_by_itself(void **state)
{
	char *output = OUTPUT(0, "--max-seconds", "0");
	(void)state;
	assert_non_null(strstr(output, "listening on 127.0.0.1:"));
	free(output);
}

/* The reading end sees the end of the file once the last holder of the other is gone: the simulator. */
static void test_it_dies_with_its_parent(void **state)
{
	FILE *output;
	char line[64];
	int ends[2];
	(void)state;
	assert_int_equal(pipe(ends), 0);
	pid_t parent = fork();
	assert_true(parent >= 0);
	if (parent == 0) {
		spawn((const char *const[]){ "--port", "0", NULL }, &output);
		bool started = fgets(line, sizeof line, output) != NULL;
		_exit(started && write(ends[1], line, 1) == 1 ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(end_of(parent), 0);
	assert_int_equal(read(ends[0], line, sizeof line), 1);
	assert_int_equal(read(ends[0], line, sizeof line), 0);
	close(ends[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_later_reads_see_writes),
		cmocka_unit_test(test_data_follows_from_the_seed),
		cmocka_unit_test(test_headers_are_the_vendors),
		cmocka_unit_test(test_tokens_can_be_given),
		cmocka_unit_test(test_every_private_value_is_listed),
		cmocka_unit_test(test_wrong_use_is_refused),
		cmocka_unit_test(test_it_stops_by_itself),
		cmocka_unit_test(test_it_dies_with_its_parent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
