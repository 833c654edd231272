/* SPDX-License-Identifier: MIT
 * The simulator's answers on both engines: what is in the tables afterwards. */
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

/* Counts by the parties themselves: the simulator's data are in tests/sim/README.md. */
static const char counts[] = "SELECT (SELECT count() FROM stg_qtickets_api_orders_raw FINAL), "
							 "(SELECT count() FROM stg_qtickets_api_clients_raw FINAL), "
							 "(SELECT count() FROM stg_qtickets_api_price_shades_raw FINAL), "
							 "(SELECT count() FROM stg_qtickets_api_discounts_raw FINAL), "
							 "(SELECT count() FROM stg_qtickets_api_promo_codes_raw FINAL), "
							 "(SELECT count() FROM stg_qtickets_api_barcodes_raw FINAL), "
							 "(SELECT count() > 0 FROM stg_qtickets_api_partner_tickets_raw FINAL), "
							 "(SELECT count() > 0 FROM stg_qtickets_api_inventory_raw FINAL)";

static void whole_audit(struct afd_clickhouse *client)
{
	struct sim sim = START("--seed", "1");
	struct audit audit;
	spec_drop_tables(&spec, client);
	audit_begin(&audit, &spec, &sim, client, SPEC_STARTED);
	audit_run(&audit, NULL);
	assert_string_equal(audit_findings(&audit), "");
	assert_true(audit.cases >= 17);
	assert_true(audit.pages > audit.cases);
	assert_true(audit.found.checks > 100);
	engine_expect(client, counts, "230\t95\t8\t5\t15\t345\t1\t1");
	engine_expect(
		client, "SELECT count() FROM stg_qtickets_api_orders_raw WHERE currency NOT IN ('RUB', 'EUR')", "0");
	engine_expect(client,
				  "SELECT countIf(revenue < 0), countIf(event_id = '') FROM stg_qtickets_api_orders_raw",
				  "0\t0");
	engine_expect(client,
				  "SELECT countIf(email = lower(email) AND startsWith(email, '~e-mail:')) FROM "
				  "stg_qtickets_api_clients_raw FINAL",
				  "95");
	audit_end(&audit);
	stop(&sim);
}

static void the_whole_list_lands_and_everything_adds_up(void **state)
{
	on_each_engine(state, spec.names, whole_audit);
}

static void second_audit(struct afd_clickhouse *client)
{
	struct sim sim = START("--seed", "1");
	struct audit audit;
	spec_drop_tables(&spec, client);
	audit_begin(&audit, &spec, &sim, client, SPEC_STARTED);
	audit_run(&audit, NULL);
	audit_end(&audit);
	audit_begin(&audit, &spec, &sim, client, SPEC_STARTED + 10);
	audit_run(&audit, NULL);
	assert_string_equal(audit_findings(&audit), "");
	for (size_t i = 0; i < audit.last.count; i++) {
		const struct afd_counts *before = &audit.baseline.rows[i];
		bool snapshots = strcmp(before->table, "stg_qtickets_api_inventory_raw") == 0;
		long long delta = afd_counts_delta(before, &audit.last.rows[i]);
		if (snapshots)
			assert_int_equal(delta, (long long)before->final);
		else
			assert_int_equal(delta, 0);
	}
	audit_end(&audit);
	stop(&sim);
}

static void a_second_audit_adds_snapshots_of_the_inventory_alone(void **state)
{
	on_each_engine(state, spec.names, second_audit);
}

/* Everything that the tables hold, as text. */
static void dump(struct afd_clickhouse *client, const char *format, struct afd_text *out)
{
	for (size_t i = 0; i < spec.suite.watch.count; i++) {
		struct afd_text rows;
		struct afd_error err = { 0 };
		char sql[128];
		snprintf(sql, sizeof sql, "SELECT * FROM %s FINAL ORDER BY %s", spec.suite.watch.rows[i].table,
				 spec.suite.watch.rows[i].key);
		if (strcmp(spec.suite.watch.rows[i].table, AFD_RUNS_TABLE) == 0)
			continue;
		afd_text_init(&rows, 64 << 20);
		if (afd_clickhouse_query(client, afd_span_of(sql), format, &rows, &err) != 0)
			fail_msg("%s", err.text);
		afd_text_add(out, afd_text_span(&rows));
		afd_text_free(&rows);
	}
	afd_text_putc(out, '\n');
}

static void no_private_value(struct afd_clickhouse *client)
{
	struct sim sim = START("--seed", "1", "--fault", "new-private-field");
	struct audit audit;
	struct afd_text tables;
	char line[512];
	size_t values = 0;
	FILE *list;
	spec_drop_tables(&spec, client);
	audit_begin(&audit, &spec, &sim, client, SPEC_STARTED);
	audit_run(&audit, NULL);
	afd_text_init(&tables, 256 << 20);
	dump(client, "TabSeparatedRaw", &tables);
	assert_true(tables.size > 100000);
	pid_t lister = spawn((const char *const[]){ "--list-private", NULL }, &list);
	while (fgets(line, sizeof line, list)) {
		line[strcspn(line, "\n")] = '\0';
		values++;
		if (strlen(line) > 3 && has(&tables, line))
			fail_msg("a private value of %zu bytes is in a table", strlen(line));
	}
	assert_int_equal(end_of(lister), 0);
	assert_true(values > 500);
	fclose(list);
	afd_text_free(&tables);
	audit_end(&audit);
	stop(&sim);
}

static void no_private_value_is_in_any_table(void **state)
{
	on_each_engine(state, spec.names, no_private_value);
}

static void both_engines_hold_the_same(void **state)
{
	struct engines *engines = *state;
	struct afd_text tables[2];
	for (size_t i = 0; i < 2; i++) {
		engine_require(&engines->rows[i]);
		struct sim sim = START("--seed", "2");
		struct audit audit;
		struct afd_clickhouse *client = engine_open(engines->rows[i].url, spec.names);
		spec_drop_tables(&spec, client);
		audit_begin(&audit, &spec, &sim, client, SPEC_STARTED);
		audit_run(&audit, NULL);
		audit_end(&audit);
		afd_text_init(&tables[i], 256 << 20);
		dump(client, "TabSeparated", &tables[i]);
		afd_clickhouse_close(client);
		stop(&sim);
	}
	assert_true(tables[0].size > 100000);
	assert_int_equal(tables[0].size, tables[1].size);
	assert_memory_equal(tables[0].data, tables[1].data, tables[0].size);
	afd_text_free(&tables[0]);
	afd_text_free(&tables[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_list_lands_and_everything_adds_up),
		cmocka_unit_test(a_second_audit_adds_snapshots_of_the_inventory_alone),
		cmocka_unit_test(no_private_value_is_in_any_table),
		cmocka_unit_test(both_engines_hold_the_same),
	};
	return cmocka_run_group_tests(tests, start_all, stop_all);
}
