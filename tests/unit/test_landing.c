/* SPDX-License-Identifier: MIT
 * The landings of the Qtickets spec, on both engines: each mistake that a loader of these tables has made
 * before, and the accounts. All persons are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"
#include "landing_spec.h"

#define ORDERS    "stg_qtickets_api_orders_raw"
#define INVENTORY "stg_qtickets_api_inventory_raw"
#define CLIENTS   "stg_qtickets_api_clients_raw"
#define PROMOS    "stg_qtickets_api_promo_codes_raw"
#define DISCOUNTS "stg_qtickets_api_discounts_raw"
#define TICKETS   "stg_qtickets_api_partner_tickets_raw"

/* An order as the vendor sends it, with what matters here. */
#define BASKET(price, quantity, deleted, refunded)                                                           \
	"{\"price\":" price ",\"quantity\":" quantity ",\"deleted_at\":" deleted ",\"refunded_at\":" refunded "}"
#define ORDER(id, payed, currency, time, baskets)                                                            \
	"{\"id\":" id ",\"payed\":" payed ",\"payed_at\":" time ",\"created_at\":\"2025-11-01T10:00:00+03:00\"," \
	"\"deleted_at\":null,\"event_id\":33,\"currency_id\":" currency ",\"utm\":[],\"baskets\":[" baskets      \
	"],\"event\":{\"city\":{\"name\":\"Москва\"}},\"client\":{\"email\":\"ivan@example.com\"}}"
#define PAID(id, baskets) ORDER(id, "true", "\"RUB\"", "\"2025-11-02T23:30:00+00:00\"", baskets)
#define PAGE(records)     "{\"data\":[" records "],\"paging\":{\"perPage\":100,\"currentPage\":1,\"total\":1}}"

static struct spec spec;

static int start_all(void **state)
{
	spec_load(&spec);
	return engines_start(state);
}

static int stop_all(void **state)
{
	spec_free(&spec);
	return engines_stop(state);
}

/* Runs `check` on both engines, each time with a lander on empty tables. */
static void (*landing_check)(struct afd_clickhouse *client, struct afd_lander *lander);

static void with_lander(struct afd_clickhouse *client)
{
	struct afd_lander *lander = spec_open(&spec, client);
	landing_check(client, lander);
	afd_lander_close(lander);
}

static void on_each(void **state, void (*run)(struct afd_clickhouse *client, struct afd_lander *lander))
{
	landing_check = run;
	on_each_engine(state, spec.names, with_lander);
}

static void expect_account(struct afd_landing_case *landing, size_t answered, size_t eligible,
						   size_t duplicates, size_t fresh)
{
	const struct afd_landed *landed = &landing->rows[0];
	size_t skipped = 0;
	for (size_t i = 0; i < AFD_SKIPS; i++)
		skipped += landed->skipped[i];
	assert_int_equal(landed->answered, answered);
	assert_int_equal(landed->eligible, eligible);
	assert_int_equal(landed->duplicates, duplicates);
	assert_int_equal(landed->fresh, fresh);
	assert_int_equal(landed->rows, eligible - duplicates);
	assert_int_equal(landed->confirmed, landed->rows);
	assert_int_equal(landed->answered, landed->eligible + skipped);
	afd_landing_end(landing);
}

static void paid_orders_only(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, ORDERS,
			 PAGE(PAID("1", BASKET("1500.50", "2", "null", "null")) "," ORDER(
				 "2", "false", "\"RUB\"", "null",
				 BASKET("100", "1", "null",
						"null")) "," ORDER("3", "1", "\"RUB\"", "null",
										   BASKET("100", "1", "null",
												  "null")) "," ORDER("4", "null", "\"RUB\"", "null", "")));
	assert_int_equal(landing.rows[0].skipped[AFD_SKIP_CONDITION], 2);
	assert_int_equal(landing.rows[0].skipped_line[AFD_SKIP_CONDITION], landing.rows[0].landing->line);
	expect_account(&landing, 4, 2, 0, 2);
	engine_expect(
		client,
		"SELECT order_id, event_id, city, sale_ts, tickets_sold, toString(revenue), currency, _ver, "
		"_dedup_key = lower(hex(MD5('1'))) FROM " ORDERS " FINAL WHERE order_id = '1'",
		"1\t33\tмосква\t2025-11-03 02:30:00\t2\t3001\tRUB\t1762506000\t1");
	engine_expect(client, "SELECT sale_ts FROM " ORDERS " FINAL WHERE order_id = '3'", "2025-11-01 10:00:00");
}

static void only_paid_orders_land(void **state)
{
	on_each(state, paid_orders_only);
}

static void currency_and_city(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, ORDERS, PAGE(ORDER("1", "true", "\"EUR\"", "\"2025-11-02T10:00:00+03:00\"", "")));
	expect_account(&landing, 1, 1, 0, 1);
	engine_expect(client, "SELECT currency, city, tickets_sold, revenue FROM " ORDERS " FINAL",
				  "EUR\tмосква\t0\t0");
}

static void the_currency_is_that_of_currency_id_and_the_city_that_of_the_event(void **state)
{
	on_each(state, currency_and_city);
}

static void no_refunds(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, ORDERS,
			 PAGE(PAID("1", BASKET("100.10", "2", "null", "null") "," BASKET(
								"500", "1", "null",
								"\"2025-11-03T10:00:00+03:00\"") "," BASKET("700", "1",
																			"\"2025-11-03T10:00:00+03:00\"",
																			"null"))));
	expect_account(&landing, 1, 1, 0, 1);
	engine_expect(client, "SELECT tickets_sold, toString(revenue) FROM " ORDERS " FINAL", "2\t200.2");
}

static void refunded_and_deleted_tickets_are_not_sold(void **state)
{
	on_each(state, no_refunds);
}

static void correct_an_order(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, ORDERS, PAGE(PAID("1", BASKET("100", "2", "null", "null"))));
	expect_account(&landing, 1, 1, 0, 1);
	struct afd_lander *later = spec_open_at(&spec, client, SPEC_STARTED + 60);
	landing = LAND(&spec, later, ORDERS,
				   PAGE(ORDER("1", "true", "\"RUB\"", "\"2025-11-05T10:00:00+03:00\"",
							  BASKET("90", "1", "null", "null"))));
	expect_account(&landing, 1, 1, 0, 0);
	afd_lander_close(later);
	engine_expect(client, "SELECT count(), sum(tickets_sold), sum(revenue), max(_ver) FROM " ORDERS " FINAL",
				  "1\t1\t90\t1762506060");
}

static void an_order_with_another_revenue_or_time_replaces_the_one_it_was(void **state)
{
	on_each(state, correct_an_order);
}

#define TICKET(id, order, paid)                                                                              \
	"{\"id\":" id ",\"event_id\":33,\"show_id\":41,\"external_order_id\":" order                             \
	",\"external_id\":\"x\",\"barcode\":\"877076325904\",\"paid\":" paid ",\"price\":1500.50}"

static void read_result(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, TICKETS,
			 "{\"status\":\"success\",\"result\":[" TICKET("120260", "\"a\"", "1") "," TICKET(
				 "120261", "\"a\"", "0") "," TICKET("null", "\"a\"", "1") "]}");
	assert_int_equal(landing.rows[0].skipped[AFD_SKIP_KEY], 1);
	expect_account(&landing, 3, 2, 0, 2);
	engine_expect(client,
				  "SELECT ticket_id, paid, toString(price), _ingest_ts FROM " TICKETS
				  " FINAL ORDER BY ticket_id",
				  "120260\t1\t1500.5\t" SPEC_TIME "\n120261\t0\t1500.5\t" SPEC_TIME);
}

static void partners_tickets_are_read_from_result_and_need_an_id(void **state)
{
	on_each(state, read_result);
}

static void soft_errors(struct afd_clickhouse *client, struct afd_lander *lander)
{
	static const char error[] = "{\"status\":\"error\",\"code\":\"WRONG_AUTHORIZATION\",\"message\":\"no\"}";
	struct afd_landing_case landing = LAND(&spec, lander, TICKETS, error);
	expect_account(&landing, 0, 0, 0, 0);
	landing = LAND(&spec, lander, INVENTORY, error, "{\"error\":\"Not found\"}");
	expect_account(&landing, 0, 0, 0, 0);
	engine_expect(client, "SELECT count() FROM " INVENTORY, "0");
}

static void an_error_with_status_200_lands_nothing(void **state)
{
	on_each(state, soft_errors);
}

static void promo_codes(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing = LAND(&spec, lander, PROMOS,
										   PAGE("{\"id\":1,\"code\":\"SUMMER\",\"type\":\"percent\",\"active_"
												"from\":\"2025-06-01T00:00:00+03:00\","
												"\"active_to\":null}"));
	expect_account(&landing, 1, 1, 0, 1);
	engine_expect(
		client,
		"SELECT promo_code_id, discount_type, valid_from, valid_to IS NULL, discount_value IS NULL, "
		"startsWith(code, '~promo-code:') FROM " PROMOS " FINAL",
		"1\tpercent\t2025-06-01 00:00:00\t1\t1\t1");
	landing = LAND(&spec, lander, DISCOUNTS, PAGE("{\"id\":2,\"name\":\"Early\",\"type\":\"percent\"}"));
	expect_account(&landing, 1, 1, 0, 1);
	engine_expect(client,
				  "SELECT discount_id, name, discount_type, discount_value IS NULL FROM " DISCOUNTS " FINAL",
				  "2\tEarly\tpercent\t1");
}

static void promo_codes_and_discounts_have_their_kind_and_validity(void **state)
{
	on_each(state, promo_codes);
}

#define SEAT(name, available)                                                                                \
	"\"" name "\":{\"seat_id\":\"" name "\",\"available\":" available ",\"price\":1}"

static void seats(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, INVENTORY,
			 "{" SEAT("A-1", "true") "," SEAT("A-2", "false") "," SEAT("A-3", "true") "}");
	expect_account(&landing, 1, 1, 0, 1);
	engine_expect(client,
				  "SELECT event_id, snapshot_ts, tickets_total, tickets_left FROM " INVENTORY " FINAL",
				  "33\t" SPEC_TIME "\t3\t2");
}

static void a_flat_map_of_seats_is_counted(void **state)
{
	on_each(state, seats);
}

static void sold_out(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, INVENTORY,
			 "{\"event_id\":12,\"zones\":[{\"seats\":[{\"short_seat_id\":\"1\",\"available\":false}]}]}");
	expect_account(&landing, 1, 1, 0, 1);
	engine_expect(
		client, "SELECT event_id, tickets_total, tickets_left, tickets_left IS NULL FROM " INVENTORY " FINAL",
		"12\t1\t0\t0");
}

static void sold_out_is_0_and_not_unknown(void **state)
{
	on_each(state, sold_out);
}

#define CLIENT(id, email)                                                                                    \
	"{\"id\":" id ",\"email\":\"" email "\",\"details\":{\"phone\":\"+7 900 000-00-01\",\"name\":\"Иван\"}}"

static void pages(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing = LAND(
		&spec, lander, CLIENTS, PAGE(CLIENT("1", "a@example.com") "," CLIENT("2", "b@example.com")),
		PAGE(CLIENT("2", "b@example.com") "," CLIENT("3", "A@Example.com") "," CLIENT("1", "c@example.com")));
	assert_int_equal(landing.rows[0].pages, 2);
	assert_int_equal(landing.rows[0].conflicts, 1);
	expect_account(&landing, 5, 5, 2, 3);
	engine_expect(client, "SELECT client_id FROM " CLIENTS " FINAL ORDER BY client_id", "1\n2\n3");
	engine_expect(
		client,
		"SELECT uniqExact(email), countIf(startsWith(email, '~e-mail:')), uniqExact(phone) FROM " CLIENTS,
		"2\t3\t1");
	engine_expect(client, "SELECT email FROM " CLIENTS " WHERE position(payload_json, 'example') > 0", "");
}

static void a_key_of_two_pages_lands_once_and_pseudonyms_join(void **state)
{
	on_each(state, pages);
}

static void land_twice(struct afd_clickhouse *client, struct afd_lander *lander)
{
	static const char answer[] = PAGE(CLIENT("1", "a@example.com") "," CLIENT("2", "b@example.com"));
	struct afd_landing_case landing = LAND(&spec, lander, CLIENTS, answer);
	expect_account(&landing, 2, 2, 0, 2);
	struct afd_lander *later = spec_open_at(&spec, client, SPEC_STARTED + 1);
	landing = LAND(&spec, later, CLIENTS, answer, PAGE(CLIENT("3", "c@example.com")));
	expect_account(&landing, 3, 3, 0, 1);
	afd_lander_close(later);
	engine_expect(client, "SELECT count(), min(_ver) FROM " CLIENTS " FINAL", "3\t1762506001");
}

static void what_lands_again_is_not_new(void **state)
{
	on_each(state, land_twice);
}

static void quotes(struct afd_clickhouse *client, struct afd_lander *lander)
{
	struct afd_landing_case landing =
		LAND(&spec, lander, INVENTORY, "{\"city\":{\"name\":\"Rock'n\\\\Roll (`a`), ('b')\"}}");
	expect_account(&landing, 1, 1, 0, 1);
	landing = LAND(&spec, lander, INVENTORY, "{\"city\":{\"name\":\"Rock'n\\\\Roll (`a`), ('b')\"}}");
	expect_account(&landing, 1, 1, 0, 0);
	engine_expect(client, "SELECT hex(city) FROM " INVENTORY " FINAL",
				  "726F636B276E5C726F6C6C2028606160292C202827622729");
}

static void quotes_in_keys_are_only_text(void **state)
{
	on_each(state, quotes);
}

/* More rows than one batch takes. */
static void many(struct afd_clickhouse *client, struct afd_lander *lander)
{
	enum { MANY = 21000 };
	struct afd_text answer;
	afd_text_init(&answer, 16 << 20);
	afd_text_puts(&answer, "{\"data\":[");
	for (int i = 0; i < MANY; i++)
		afd_text_printf(&answer, "%s{\"id\":%d,\"type\":\"percent\"}", i > 0 ? "," : "", i);
	afd_text_puts(&answer, "]}");
	struct afd_landing_case landing = LAND(&spec, lander, DISCOUNTS, answer.data);
	afd_text_free(&answer);
	expect_account(&landing, MANY, MANY, 0, MANY);
	engine_expect(client, "SELECT count() FROM " DISCOUNTS " FINAL", "21000");
}

static void many_rows_land_in_batches(void **state)
{
	on_each(state, many);
}

static void a_masked_answer_that_failed_does_not_land(void **state)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[0]);
	struct afd_clickhouse *client = engine_open(engines->rows[0].url, spec.names);
	struct afd_lander *lander = spec_open(&spec, client);
	struct afd_landing_case landing = LAND(&spec, lander, CLIENTS, "{}");
	struct afd_error err = { 0 };
	assert_int_equal(afd_landing_page(&landing, (struct afd_masked){ "\"~failed\"", 9 }, &err),
					 AFD_EXIT_NO_VERDICT);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_landing_page(&landing, (struct afd_masked){ "{", 1 }, &err), AFD_EXIT_NO_VERDICT);
	expect_account(&landing, 0, 0, 0, 0);
	afd_lander_close(lander);
	afd_clickhouse_close(client);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_paid_orders_land),
		cmocka_unit_test(the_currency_is_that_of_currency_id_and_the_city_that_of_the_event),
		cmocka_unit_test(refunded_and_deleted_tickets_are_not_sold),
		cmocka_unit_test(an_order_with_another_revenue_or_time_replaces_the_one_it_was),
		cmocka_unit_test(partners_tickets_are_read_from_result_and_need_an_id),
		cmocka_unit_test(an_error_with_status_200_lands_nothing),
		cmocka_unit_test(promo_codes_and_discounts_have_their_kind_and_validity),
		cmocka_unit_test(a_flat_map_of_seats_is_counted),
		cmocka_unit_test(sold_out_is_0_and_not_unknown),
		cmocka_unit_test(a_key_of_two_pages_lands_once_and_pseudonyms_join),
		cmocka_unit_test(what_lands_again_is_not_new),
		cmocka_unit_test(quotes_in_keys_are_only_text),
		cmocka_unit_test(many_rows_land_in_batches),
		cmocka_unit_test(a_masked_answer_that_failed_does_not_land),
	};
	return cmocka_run_group_tests(tests, start_all, stop_all);
}
