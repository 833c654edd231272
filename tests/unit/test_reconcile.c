/* SPDX-License-Identifier: MIT
 * What does not add up is found: in made-up accounts, in the answers of a broken simulator, in tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"
#include "sim_client.h"

#include "landing_audit.h"

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

static const struct afd_landing landing = { 58, "orders", "$", "", "", { NULL, 0 } };

static void assert_found(const struct afd_landed *landed, const struct afd_pages *pages, long long delta,
						 const char *expected)
{
	struct afd_arena arena = { NULL };
	struct afd_reconciliation found = { .arena = &arena };
	struct afd_counts before = { .table = "orders", .final = 100 };
	struct afd_counts after = { .table = "orders", .final = (unsigned long long)(100 + delta) };
	afd_reconcile_case(&found, landed, pages, &before, &after);
	if (expected[0] == '\0') {
		if (found.count > 0)
			fail_msg("%s", found.rows[0].text.data);
	} else {
		assert_int_equal(found.count, 1);
		assert_string_equal(found.rows[0].text.data, expected);
		assert_string_equal(found.rows[0].table, "orders");
		assert_int_equal(found.rows[0].line, 58);
	}
	assert_true(found.checks >= 5);
	afd_arena_free(&arena);
}

/* 10 answered, 2 skipped, 8 eligible and landed, 5 of them new. */
static struct afd_landed account(void)
{
	struct afd_landed landed = {
		.landing = &landing, .pages = 1, .answered = 10, .eligible = 8, .rows = 8, .fresh = 5, .confirmed = 8
	};
	landed.skipped[AFD_SKIP_CONDITION] = 1;
	landed.skipped[AFD_SKIP_KEY] = 1;
	return landed;
}

static void an_account_that_adds_up_has_no_finding(void **state)
{
	(void)state;
	struct afd_landed landed = account();
	assert_found(&landed, NULL, 5, "");
}

static void each_sum_of_an_account_is_checked(void **state)
{
	(void)state;
	struct afd_landed landed = account();
	landed.answered = 11;
	assert_found(&landed, NULL, 5, "orders: 11 records were answered, but 8 are eligible and 2 skipped");
	landed = account();
	landed.rows = landed.confirmed = 7;
	assert_found(&landed, NULL, 5, "orders: 8 records are eligible, but 7 landed and 0 repeat a key");
	landed = account();
	landed.duplicates = 1;
	landed.rows = landed.confirmed = 7;
	assert_found(&landed, NULL, 5,
				 "orders: 1 record of the answer repeats a key, 0 with other content; the first one landed");
	landed = account();
	landed.confirmed = 6;
	assert_found(&landed, NULL, 5, "orders: 8 rows were sent, but 6 are found in the table");
	landed = account();
	assert_found(&landed, NULL, 4, "orders: 5 rows landed under new keys, but the table changed by 4");
	assert_found(&landed, NULL, -1, "orders: 5 rows landed under new keys, but the table changed by -1");
}

static struct afd_pages followed(enum afd_pages_end end)
{
	return (struct afd_pages){
		.first = 1, .asked = 2, .total = 10, .per_page = 5, .taken = 2, .records = 10, .end = end
	};
}

static void pages_that_do_not_add_up_are_found(void **state)
{
	(void)state;
	struct afd_landed landed = account();
	struct afd_pages pages = followed(AFD_PAGES_WHOLE);
	assert_found(&landed, &pages, 5, "");
	pages.records = 9;
	assert_found(&landed, &pages, 5, "orders: the answer announces 10 records, its 2 pages hold 9");
	pages = followed(AFD_PAGES_WHOLE);
	pages.total_changed = true;
	assert_found(&landed, &pages, 5, "orders: the total changed while the pages were read");
	pages = followed(AFD_PAGES_TRUNCATED);
	pages.records = 5;
	assert_found(&landed, &pages, 5,
				 "orders: its pages were followed to the bound, not to the end: 5 of 10 records were "
				 "answered on 2 pages");
	pages = (struct afd_pages){ .end = AFD_PAGES_NONE, .records = 3 };
	assert_found(&landed, &pages, 5, "");
}

/* The findings of one test of the spec on the embedded engine, asked of a simulator with that fault. */
static void expect_of_fault(void **state, const char *fault, const char *test, const char *expected)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[0]);
	struct afd_clickhouse *client = engine_open(engines->rows[0].url, spec.names);
	struct sim sim = START("--seed", "1", "--fault", fault);
	struct audit audit;
	spec_drop_tables(&spec, client);
	audit_begin(&audit, &spec, &sim, client, SPEC_STARTED);
	audit_run(&audit, test);
	const char *found = audit_findings(&audit);
	if (!strstr(found, expected) || (expected[0] == '\0' && found[0] != '\0'))
		fail_msg("%s: '%s' lacks '%s'", fault, found, expected);
	audit_end(&audit);
	stop(&sim);
	afd_clickhouse_close(client);
}

static void a_lost_record_is_found(void **state)
{
	expect_of_fault(state, "lost-record", "2.1", "the answer announces 95 records, its ");
}

static void a_wrong_total_is_found(void **state)
{
	expect_of_fault(state, "wrong-total", "2.1", "the answer announces 96 records, its ");
}

static void a_doubled_record_is_found(void **state)
{
	expect_of_fault(state, "doubled-record", "2.1", "the answer announces 95 records, its ");
}

static void a_page_that_comes_again_is_found(void **state)
{
	expect_of_fault(state, "wrong-page", "1.1",
					"215 records of the answer repeat a key, 0 with other content; the first one landed");
}

static void records_without_a_key_are_accounted_for(void **state)
{
	expect_of_fault(state, "missing-field", "2.1", "");
	expect_of_fault(state, "null-field", "2.1", "");
}

static void check_keys(struct afd_clickhouse *client)
{
	struct afd_arena arena = { NULL };
	struct afd_reconciliation found = { .arena = &arena };
	struct afd_snapshot snapshot;
	struct afd_error err = { 0 };
	static const char run[] =
		"INSERT INTO meta_job_runs (job, run_id, started_at, finished_at, status) VALUES ('a', "
		"'61f0c404-5cb3-11e7-907b-a6006ad3dba0', '2025-11-01 00:00:00', '2025-11-01 00:00:00', 'ok')";
	static const char client_row[] =
		"INSERT INTO stg_qtickets_api_clients_raw (client_id, _ver) VALUES ('1', 1)";
	afd_lander_close(spec_open(&spec, client));
	engine_execute(client, client_row);
	engine_execute(client, client_row);
	engine_execute(client, run);
	for (size_t round = 0; round < 2; round++) {
		assert_int_equal(afd_snapshot_take(client, &spec.suite.watch, NULL, &snapshot, &err), 0);
		assert_string_equal(afd_table_state(afd_snapshot_table(&snapshot, "fact_qtickets_sales_daily")),
							"empty");
		assert_string_equal(afd_table_state(afd_snapshot_table(&snapshot, "meta_job_runs")), "");
		if (afd_reconcile_keys(&found, client, &spec.suite, &snapshot, &err) != 0)
			fail_msg("%s", err.text);
		afd_snapshot_free(&snapshot);
		assert_int_equal(found.count, round);
		engine_execute(client, run);
	}
	assert_int_equal(found.checks, 2 * spec.suite.watch.count);
	assert_string_equal(found.rows[0].text.data, "meta_job_runs: 1 key (run_id) stands twice or more");
	afd_arena_free(&arena);
}

static void a_key_that_stands_twice_is_found(void **state)
{
	on_each_engine(state, spec.names, check_keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_that_adds_up_has_no_finding),
		cmocka_unit_test(each_sum_of_an_account_is_checked),
		cmocka_unit_test(pages_that_do_not_add_up_are_found),
		cmocka_unit_test(a_lost_record_is_found),
		cmocka_unit_test(a_wrong_total_is_found),
		cmocka_unit_test(a_doubled_record_is_found),
		cmocka_unit_test(a_page_that_comes_again_is_found),
		cmocka_unit_test(records_without_a_key_are_accounted_for),
		cmocka_unit_test(a_key_that_stands_twice_is_found),
	};
	return cmocka_run_group_tests(tests, start_all, stop_all);
}
