/* SPDX-License-Identifier: MIT
 * Tables of a suite: made by its SQL file, or checked as they are, on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"
#include "landing_spec.h"

#include "landing_tables.h"

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

/* The code and text of opening a lander. */
static struct afd_error open_with(const struct afd_suite *suite, struct afd_clickhouse *client,
								  bool create_tables)
{
	struct afd_lander_options options = { suite, client, SPEC_STARTED, create_tables };
	struct afd_lander *lander;
	struct afd_error err = { 0 };
	int rc = afd_lander_open(&lander, &options, &err);
	assert_int_equal(rc, err.code);
	assert_true(rc == 0 || lander == NULL);
	afd_lander_close(lander);
	return err;
}

static void assert_says(const struct afd_error *err, enum afd_exit code, const char *text)
{
	assert_int_equal(err->code, code);
	if (!strstr(err->text, text))
		fail_msg("'%s' lacks '%s'", err->text, text);
}

static void check_made(struct afd_clickhouse *client)
{
	spec_drop_tables(&spec, client);
	for (int round = 0; round < 2; round++)
		assert_int_equal(open_with(&spec.suite, client, true).code, 0);
	assert_int_equal(open_with(&spec.suite, client, false).code, 0);
	engine_expect(client,
				  "SELECT count() FROM system.tables WHERE database = currentDatabase() AND name IN "
				  "('stg_qtickets_api_orders_raw', 'fact_qtickets_sales_daily', 'meta_job_runs')",
				  "3");
}

static void tables_are_made_once(void **state)
{
	on_each_engine(state, spec.names, check_made);
}

static void check_missing(struct afd_clickhouse *client)
{
	spec_drop_tables(&spec, client);
	struct afd_error err = open_with(&spec.suite, client, false);
	assert_says(&err, AFD_EXIT_NO_VERDICT,
				"missing tables: stg_qtickets_api_orders_raw, stg_qtickets_api_inventory_raw, ");
	assert_says(&err, AFD_EXIT_NO_VERDICT,
				"meta_job_runs (--create-tables makes the tables of qtickets.sql)");
}

static void missing_tables_are_listed(void **state)
{
	on_each_engine(state, spec.names, check_missing);
}

static void check_drift(struct afd_clickhouse *client)
{
	spec_drop_tables(&spec, client);
	engine_execute(client,
				   "CREATE TABLE stg_qtickets_api_clients_raw (client_id UInt64, email String, phone String, "
				   "first_name String, last_name String, payload_json String, _ingest_ts DateTime) "
				   "ENGINE = MergeTree PARTITION BY tuple() ORDER BY client_id");
	struct afd_error err = open_with(&spec.suite, client, true);
	assert_says(
		&err, AFD_EXIT_NO_VERDICT,
		"missing columns: stg_qtickets_api_clients_raw._ver, stg_qtickets_api_clients_raw.middle_name; "
		"columns of another type than what lands in them: stg_qtickets_api_clients_raw.client_id "
		"(compare with qtickets.sql)");
}

static void tables_that_drifted_are_listed_by_column(void **state)
{
	on_each_engine(state, spec.names, check_drift);
}

static void check_refused(struct afd_clickhouse *client)
{
	static const char *const pieces[] = {
		"CREATE TABLE IF NOT EXISTS meta_job_runs (job String) ENGINE = Log;\n-- then\n",
		"INSERT INTO anything SELECT 1;",
	};
	struct afd_suite suite = spec.suite;
	spec_drop_tables(&spec, client);
	suite.sql = (struct afd_words){ pieces, 2 };
	struct afd_error err = open_with(&suite, client, true);
	assert_says(&err, AFD_EXIT_REFUSED, "qtickets.sql:3: 'anything' is not run: it is no watched table");
	engine_expect(
		client,
		"SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = 'meta_job_runs'",
		"0");
}

static void nothing_is_made_where_one_statement_is_refused(void **state)
{
	on_each_engine(state, spec.names, check_refused);
}

static void check_description(struct afd_clickhouse *client)
{
	struct afd_arena arena = { NULL };
	struct afd_tables tables;
	struct afd_error err = { 0 };
	const char *names[4];
	afd_lander_close(spec_open(&spec, client));
	assert_int_equal(afd_tables_read(client, &spec.suite, &arena, &tables, &err), 0);
	assert_int_equal(tables.count, spec.suite.watch.count);
	const struct afd_table *orders = afd_tables_find(&tables, "stg_qtickets_api_orders_raw");
	assert_true(orders->replaces);
	assert_int_equal(orders->columns.count, 15);
	assert_int_equal(afd_sql_key(&orders->columns, "_dedup_key", names, 4), 1);
	assert_string_equal(names[0], "order_id");
	const struct afd_sql_column *time = afd_sql_column_of(&orders->columns, AFD_SPAN("sale_ts"));
	assert_string_equal(time->type, "DateTime('Europe/Moscow')");
	assert_false(time->filled);
	assert_false(afd_tables_find(&tables, "meta_job_runs")->replaces);
	assert_null(afd_tables_find(&tables, "other"));
	afd_arena_free(&arena);
}

static void tables_are_read_as_they_are(void **state)
{
	on_each_engine(state, spec.names, check_description);
}

static void a_suite_without_sql_makes_nothing(void **state)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[0]);
	struct afd_clickhouse *client = engine_open(engines->rows[0].url, spec.names);
	struct afd_suite suite = spec.suite;
	spec_drop_tables(&spec, client);
	suite.sql = (struct afd_words){ NULL, 0 };
	suite.sql_path = NULL;
	struct afd_error err = open_with(&suite, client, true);
	assert_says(&err, AFD_EXIT_NO_VERDICT, "missing tables: ");
	suite.watch.count = suite.landings.count = 0;
	assert_int_equal(open_with(&suite, client, true).code, 0);
	afd_clickhouse_close(client);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_made_once),
		cmocka_unit_test(missing_tables_are_listed),
		cmocka_unit_test(tables_that_drifted_are_listed_by_column),
		cmocka_unit_test(nothing_is_made_where_one_statement_is_refused),
		cmocka_unit_test(tables_are_read_as_they_are),
		cmocka_unit_test(a_suite_without_sql_makes_nothing),
	};
	return cmocka_run_group_tests(tests, start_all, stop_all);
}
