/* SPDX-License-Identifier: MIT
 * Facts from landed rows, and the row of a run, on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"
#include "landing_spec.h"

#include "reconcile.h"

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

/* Empty tables. */
static void reset(struct afd_clickhouse *client)
{
	afd_lander_close(spec_open(&spec, client));
}

#define ORDERS                                                                                               \
	"INSERT INTO stg_qtickets_api_orders_raw (order_id, event_id, city, sale_ts, tickets_sold, revenue, "    \
	"_ver) VALUES "
#define SEATS                                                                                                \
	"INSERT INTO stg_qtickets_api_inventory_raw (snapshot_ts, event_id, city, tickets_total, tickets_left, " \
	"_ver) VALUES "
#define SALES                                                                                                \
	"SELECT sales_date, event_id, city, tickets_sold, toString(revenue), _ver FROM "                         \
	"fact_qtickets_sales_daily FINAL "                                                                       \
	"ORDER BY sales_date, event_id"

static void derive(struct afd_clickhouse *client)
{
	struct afd_error err = { 0 };
	size_t statements = 0;
	if (afd_facts_derive(client, &spec.suite, &statements, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(statements, 3);
}

/* The findings after a derivation, one a line; `*checks` comparisons. */
static char *findings(struct afd_clickhouse *client, size_t *checks)
{
	struct afd_arena arena = { NULL };
	struct afd_reconciliation found = { .arena = &arena };
	struct afd_text all;
	struct afd_error err = { 0 };
	afd_text_init(&all, 65536);
	if (afd_reconcile_facts(&found, client, &spec.suite, &err) != 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < found.count; i++)
		afd_text_printf(&all, "%s\n", found.rows[i].text.data);
	*checks = found.checks;
	char *copy = strdup(all.data ? all.data : "");
	afd_text_free(&all);
	afd_arena_free(&arena);
	return copy;
}

static void expect_findings(struct afd_clickhouse *client, const char *expected)
{
	size_t checks;
	char *found = findings(client, &checks);
	assert_string_equal(found, expected);
	assert_int_equal(checks, 2 + 3);
	free(found);
}

static void check_sales(struct afd_clickhouse *client)
{
	reset(client);
	engine_execute(client, ORDERS "('1', '33', 'msk', '2025-11-02 23:59:59', 2, 3000.10, 100), "
								  "('2', '33', 'msk', '2025-11-02 00:00:00', 1, 0.2, 100), "
								  "('3', '12', 'spb', '2025-11-03 00:00:00', 1, 99.99, 100)");
	derive(client);
	engine_expect(client, SALES, "2025-11-02\t33\tmsk\t3\t3000.3\t100\n2025-11-03\t12\tspb\t1\t99.99\t100");
	expect_findings(client, "");
}

static void sales_are_summed_by_moscow_day(void **state)
{
	on_each_engine(state, spec.names, check_sales);
}

static void check_short_window(struct afd_clickhouse *client)
{
	check_sales(client);
	engine_execute(client, ORDERS "('2', '33', 'msk', '2025-11-02 00:00:00', 1, 0.2, 200)");
	derive(client);
	engine_expect(client, SALES, "2025-11-02\t33\tmsk\t3\t3000.3\t200\n2025-11-03\t12\tspb\t1\t99.99\t200");
	expect_findings(client, "");
}

static void a_run_over_a_short_window_keeps_whole_days(void **state)
{
	on_each_engine(state, spec.names, check_short_window);
}

static void check_moved(struct afd_clickhouse *client)
{
	check_sales(client);
	engine_execute(client, ORDERS "('3', '12', 'spb', '2025-11-04 10:00:00', 1, 99.99, 200)");
	derive(client);
	derive(client);
	engine_expect(client, SALES,
				  "2025-11-02\t33\tmsk\t3\t3000.3\t200\n2025-11-03\t12\tspb\t0\t0\t200\n2025-11-"
				  "04\t12\tspb\t1\t99.99\t200");
	expect_findings(client, "");
}

static void a_day_without_orders_sells_nothing_and_is_not_forgotten(void **state)
{
	on_each_engine(state, spec.names, check_moved);
}

static void check_inventory(struct afd_clickhouse *client)
{
	reset(client);
	engine_execute(client, SEATS "('2025-11-02 10:00:00', '33', 'msk', 75, 3, 100), "
								 "('2025-11-02 11:00:00', '33', 'msk', 75, NULL, 200), "
								 "('2025-11-02 10:00:00', '12', '', 75, 0, 100)");
	derive(client);
	engine_expect(
		client,
		"SELECT event_id, snapshot_ts, tickets_total, ifNull(toString(tickets_left), 'unknown') FROM "
		"fact_qtickets_inventory_latest FINAL ORDER BY event_id",
		"12\t2025-11-02 10:00:00\t75\t0\n33\t2025-11-02 11:00:00\t75\tunknown");
	expect_findings(client, "");
}

static void the_latest_inventory_is_one_whole_snapshot(void **state)
{
	on_each_engine(state, spec.names, check_inventory);
}

static void check_nothing(struct afd_clickhouse *client)
{
	reset(client);
	derive(client);
	engine_expect(client, "SELECT count() FROM fact_qtickets_sales_daily", "0");
	expect_findings(client, "");
}

static void from_nothing_follows_nothing(void **state)
{
	on_each_engine(state, spec.names, check_nothing);
}

static void check_doctored(struct afd_clickhouse *client)
{
	check_sales(client);
	engine_execute(
		client, "INSERT INTO fact_qtickets_sales_daily (sales_date, event_id, city, tickets_sold, revenue, "
				"_ver) VALUES ('2025-11-09', '33', 'msk', 1, 0.01, 100)");
	engine_execute(client,
				   "INSERT INTO fact_qtickets_inventory_latest (snapshot_ts, event_id, city, _ver) VALUES "
				   "('2025-11-09 00:00:00', '33', 'msk', 100)");
	expect_findings(
		client,
		"fact_qtickets_sales_daily: tickets_sold is 5, but 4 in stg_qtickets_api_orders_raw\n"
		"fact_qtickets_sales_daily: revenue is 3100.3, but 3100.29 in stg_qtickets_api_orders_raw\n"
		"fact_qtickets_inventory_latest: the number of rows is 1, but 0 in stg_qtickets_api_inventory_raw\n");
}

static void a_fact_that_staging_does_not_say_is_found(void **state)
{
	on_each_engine(state, spec.names, check_doctored);
}

static void check_refused(struct afd_clickhouse *client)
{
	static const char *const sql[] = {
		"INSERT INTO fact_qtickets_sales_daily (event_id) SELECT event_id FROM "
		"stg_qtickets_api_orders_raw;\n",
		"DROP TABLE stg_qtickets_api_orders_raw;\n",
	};
	struct afd_suite suite = spec.suite;
	struct afd_error err = { 0 };
	size_t statements;
	reset(client);
	engine_execute(client, ORDERS "('1', '33', 'msk', '2025-11-02 10:00:00', 2, 1, 100)");
	suite.sql = (struct afd_words){ sql, 2 };
	assert_int_equal(afd_facts_derive(client, &suite, &statements, &err), AFD_EXIT_REFUSED);
	assert_string_equal(
		err.text,
		"qtickets.sql:2: 'DROP' is not run: neither CREATE ... IF NOT EXISTS nor INSERT ... SELECT");
	engine_expect(client, "SELECT count() FROM fact_qtickets_sales_daily", "0");
}

static void nothing_is_run_where_one_statement_is_refused(void **state)
{
	on_each_engine(state, spec.names, check_refused);
}

static void write_run(struct afd_clickhouse *client, const char *key_id)
{
	struct afd_error err = { 0 };
	struct afd_run_count counts[] = { { "cases", 54 }, { "passed", 30 } };
	struct afd_run_row row = { .job = "qtickets",
							   .started = SPEC_STARTED,
							   .finished = SPEC_STARTED + 5,
							   .status = "ok",
							   .rows = 1234,
							   .message = "INCOMPLETE: it's 24 \"blocked\"",
							   .key_id = key_id,
							   .counts = counts,
							   .count = 2 };
	assert_int_equal(afd_uuid_make(row.run_id, &err), 0);
	if (afd_facts_write_run(client, &spec.suite, &row, &err) != 0)
		fail_msg("%s", err.text);
}

static void check_run_row(struct afd_clickhouse *client)
{
	reset(client);
	write_run(client, "0a1b2c3d");
	write_run(client, "0a1b2c3d");
	engine_expect(client,
				  "SELECT DISTINCT job, started_at, finished_at, status, rows_processed, message, metrics "
				  "FROM meta_job_runs",
				  "qtickets\t" SPEC_TIME
				  "\t2025-11-07 12:00:05\tok\t1234\tINCOMPLETE: it\\'s 24 \"blocked\"\t"
				  "{\"key_id\":\"0a1b2c3d\",\"cases\":54,\"passed\":30}");
	engine_expect(client,
				  "SELECT count(), uniqExact(run_id), countIf(substring(toString(run_id), 15, 1) = '4') FROM "
				  "meta_job_runs",
				  "2\t2\t2");
}

static void a_run_leaves_one_row(void **state)
{
	on_each_engine(state, spec.names, check_run_row);
}

static enum afd_exit key_code(struct afd_clickhouse *client, const char *key_id)
{
	struct afd_error err = { 0 };
	int rc = afd_facts_check_key(client, &spec.suite, key_id, &err);
	assert_int_equal(rc, err.code);
	return err.code;
}

static void check_keys(struct afd_clickhouse *client)
{
	spec_drop_tables(&spec, client);
	assert_int_equal(key_code(client, "0a1b2c3d"), 0);
	reset(client);
	assert_int_equal(key_code(client, "0a1b2c3d"), 0);
	engine_execute(
		client,
		"INSERT INTO meta_job_runs (job, run_id, started_at, finished_at, status) VALUES ('other', "
		"'61f0c404-5cb3-11e7-907b-a6006ad3dba0', '2025-11-01 00:00:00', '2025-11-01 00:00:00', 'ok')");
	assert_int_equal(key_code(client, "0a1b2c3d"), 0);
	write_run(client, "0a1b2c3d");
	assert_int_equal(key_code(client, "0a1b2c3d"), 0);
	assert_int_equal(key_code(client, "0a1b2c3e"), AFD_EXIT_REFUSED);
}

static void rows_under_another_key_are_refused(void **state)
{
	on_each_engine(state, spec.names, check_keys);
}

static void check_without_runs(struct afd_clickhouse *client)
{
	struct afd_suite suite = spec.suite;
	struct afd_error err = { 0 };
	struct afd_run_row row = { .job = "qtickets", .status = "ok", .message = "", .key_id = "0a1b2c3d" };
	reset(client);
	write_run(client, "0a1b2c3d");
	suite.watch.count = 0;
	assert_int_equal(afd_facts_check_key(client, &suite, "ffffffff", &err), 0);
	assert_int_equal(afd_facts_write_run(client, &suite, &row, &err), 0);
	engine_expect(client, "SELECT count() FROM meta_job_runs", "1");
}

static void a_suite_that_watches_no_runs_has_none(void **state)
{
	on_each_engine(state, spec.names, check_without_runs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sales_are_summed_by_moscow_day),
		cmocka_unit_test(a_run_over_a_short_window_keeps_whole_days),
		cmocka_unit_test(a_day_without_orders_sells_nothing_and_is_not_forgotten),
		cmocka_unit_test(the_latest_inventory_is_one_whole_snapshot),
		cmocka_unit_test(from_nothing_follows_nothing),
		cmocka_unit_test(a_fact_that_staging_does_not_say_is_found),
		cmocka_unit_test(nothing_is_run_where_one_statement_is_refused),
		cmocka_unit_test(a_run_leaves_one_row),
		cmocka_unit_test(rows_under_another_key_are_refused),
		cmocka_unit_test(a_suite_that_watches_no_runs_has_none),
	};
	return cmocka_run_group_tests(tests, start_all, stop_all);
}
