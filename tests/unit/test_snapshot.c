/* SPDX-License-Identifier: MIT
 * Snapshots of watched tables, on the embedded engine and on a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"

#include "snapshot.h"

static const struct afd_watched watched[] = {
	{ 1, "orders", "id", "_ver", "ts" },
	{ 2, "runs", "", "", "" },
	{ 3, "notes", "", "", "ts" },
	{ 4, "seen", "", "_ver", "" },
};
static const struct afd_watch watch = { watched, 4 };
static const char *const names[] = { "_ver", "id", "notes", "orders", "runs", "seen", "ts" };
static const struct afd_words allowed = { names, sizeof names / sizeof names[0] };

static void make_tables(struct afd_clickhouse *client)
{
	engine_execute(client, "DROP TABLE IF EXISTS seen");
	engine_execute(client, "DROP TABLE IF EXISTS orders");
	engine_execute(client, "DROP TABLE IF EXISTS runs");
	engine_execute(client, "DROP TABLE IF EXISTS notes");
	engine_execute(client, "CREATE TABLE orders (id String, _ver UInt64, ts DateTime('Europe/Moscow')) "
						   "ENGINE = ReplacingMergeTree(_ver) PARTITION BY tuple() ORDER BY id");
	engine_execute(client,
				   "CREATE TABLE runs (id UInt32) ENGINE = MergeTree PARTITION BY tuple() ORDER BY id");
	engine_execute(client, "CREATE TABLE notes (ts Nullable(DateTime('Europe/Moscow'))) ENGINE = Memory");
	engine_execute(client, "CREATE VIEW seen AS SELECT id, _ver FROM orders FINAL");
}

static struct afd_snapshot take(struct afd_clickhouse *client, const struct afd_snapshot *previous)
{
	struct afd_snapshot snapshot;
	struct afd_error err = { 0 };
	if (afd_snapshot_take(client, &watch, previous, &snapshot, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(snapshot.count, 4);
	return snapshot;
}

static void expect(const struct afd_snapshot *snapshot, const char *table, unsigned long long final,
				   unsigned long long raw, const char *version, const char *time)
{
	const struct afd_counts *counts = afd_snapshot_table(snapshot, table);
	assert_non_null(counts);
	assert_string_equal(counts->table, table);
	assert_int_equal(counts->final, final);
	assert_int_equal(counts->raw, raw);
	assert_string_equal(counts->max_version, version);
	assert_string_equal(counts->max_time, time);
}

static void check_counts(struct afd_clickhouse *client)
{
	make_tables(client);
	engine_execute(
		client, "INSERT INTO orders VALUES ('a', 5, '2026-11-22 10:00:00'), ('b', 5, '2026-11-22 12:00:00')");
	engine_execute(client, "INSERT INTO orders VALUES ('a', 6, '2026-11-22 11:00:00')");
	engine_execute(client, "INSERT INTO runs VALUES (1), (1)");
	engine_execute(client, "INSERT INTO notes VALUES ('2026-01-02 03:04:05'), (NULL)");
	struct afd_snapshot snapshot = take(client, NULL);
	expect(&snapshot, "orders", 2, 3, "6", "2026-11-22 12:00:00");
	expect(&snapshot, "runs", 2, 2, "", "");
	expect(&snapshot, "notes", 2, 2, "", "2026-01-02 03:04:05");
	expect(&snapshot, "seen", 2, 2, "6", "");
	assert_null(afd_snapshot_table(&snapshot, "other"));
	afd_snapshot_free(&snapshot);
}

static void final_counts_and_newest_values_are_taken(void **state)
{
	on_each_engine(state, allowed, check_counts);
}

static void check_empty(struct afd_clickhouse *client)
{
	make_tables(client);
	struct afd_snapshot snapshot = take(client, NULL);
	expect(&snapshot, "orders", 0, 0, "", "");
	expect(&snapshot, "runs", 0, 0, "", "");
	expect(&snapshot, "notes", 0, 0, "", "");
	afd_snapshot_free(&snapshot);
}

static void empty_table_has_no_newest_value(void **state)
{
	on_each_engine(state, allowed, check_empty);
}

static void check_deltas(struct afd_clickhouse *client)
{
	make_tables(client);
	engine_execute(client, "INSERT INTO runs VALUES (1)");
	struct afd_snapshot before = take(client, NULL);
	engine_execute(client, "INSERT INTO orders VALUES ('a', 5, '2026-11-22 10:00:00')");
	struct afd_snapshot after = take(client, &before);
	assert_true(after.rows[0].recounted);
	assert_false(after.rows[1].recounted); /* its parts are the same */
	assert_true(after.rows[2].recounted);  /* it has none to look at */
	assert_int_equal(afd_counts_delta(&before.rows[0], &after.rows[0]), 1);
	assert_true(afd_counts_changed(&before.rows[0], &after.rows[0]));
	assert_int_equal(afd_counts_delta(&before.rows[1], &after.rows[1]), 0);
	assert_false(afd_counts_changed(&before.rows[1], &after.rows[1]));
	expect(&after, "runs", 1, 1, "", "");
	engine_execute(client, "TRUNCATE TABLE runs");
	struct afd_snapshot last = take(client, &after);
	assert_false(last.rows[0].recounted);
	assert_true(last.rows[1].recounted);
	assert_int_equal(afd_counts_delta(&after.rows[1], &last.rows[1]), -1);
	expect(&last, "runs", 0, 0, "", "");
	afd_snapshot_free(&before);
	afd_snapshot_free(&after);
	afd_snapshot_free(&last);
}

static void only_changed_tables_are_counted_again(void **state)
{
	on_each_engine(state, allowed, check_deltas);
}

static void check_replacement(struct afd_clickhouse *client)
{
	make_tables(client);
	engine_execute(client, "INSERT INTO orders VALUES ('a', 5, '2026-11-22 10:00:00')");
	struct afd_snapshot before = take(client, NULL);
	engine_execute(client, "INSERT INTO orders VALUES ('a', 6, '2026-11-22 10:00:00')");
	struct afd_snapshot after = take(client, &before);
	assert_int_equal(afd_counts_delta(&before.rows[0], &after.rows[0]), 0);
	assert_true(afd_counts_changed(&before.rows[0], &after.rows[0]));
	engine_execute(client, "OPTIMIZE TABLE orders FINAL");
	struct afd_snapshot merged = take(client, &after);
	expect(&merged, "orders", 1, 1, "6", "2026-11-22 10:00:00");
	assert_int_equal(after.rows[0].raw, 2);
	assert_false(afd_counts_changed(&after.rows[0], &merged.rows[0]));
	afd_snapshot_free(&before);
	afd_snapshot_free(&after);
	afd_snapshot_free(&merged);
}

static void replaced_row_changes_the_version_and_a_merge_nothing(void **state)
{
	on_each_engine(state, allowed, check_replacement);
}

static void take_fails(struct afd_clickhouse *client, const struct afd_watch *wrong, enum afd_exit code,
					   const char *says, const char *secret)
{
	struct afd_snapshot snapshot;
	struct afd_error err = { 0 };
	assert_int_equal(afd_snapshot_take(client, wrong, NULL, &snapshot, &err), code);
	assert_null(snapshot.rows);
	if (!strstr(err.text, says))
		fail_msg("'%s' is not in '%s'", says, err.text);
	assert_null(strstr(err.text, secret));
}

static void check_missing(struct afd_clickhouse *client)
{
	make_tables(client);
	engine_execute(client, "DROP TABLE runs");
	take_fails(client, &watch, AFD_EXIT_NO_VERDICT,
			   "the watched table 'runs' does not exist in the database 'default'", "secret");
}

static void missing_table_is_said(void **state)
{
	on_each_engine(state, allowed, check_missing);
}

static void check_gone(struct afd_clickhouse *client)
{
	struct afd_snapshot after;
	struct afd_error err = { 0 };
	make_tables(client);
	engine_execute(client, "INSERT INTO runs VALUES (1)");
	struct afd_snapshot before = take(client, NULL);
	engine_execute(client, "DROP TABLE runs");
	assert_int_equal(afd_snapshot_take(client, &watch, &before, &after, &err), AFD_EXIT_NO_VERDICT);
	assert_int_equal(afd_clickhouse_code(client), 60);
	afd_snapshot_free(&before);
}

static void table_that_went_away_is_said(void **state)
{
	on_each_engine(state, allowed, check_gone);
}

static void check_column_of_values(struct afd_clickhouse *client)
{
	static const struct afd_watched of_values[] = { { 1, "orders", "id", "id", "ts" } };
	static const struct afd_watch wrong = { of_values, 1 };
	make_tables(client);
	engine_execute(client, "INSERT INTO orders VALUES ('anna@example.com', 5, '2026-11-22 10:00:00')");
	take_fails(client, &wrong, AFD_EXIT_NO_VERDICT, "cannot read what ClickHouse", "anna");
}

static void column_of_values_is_never_let_through(void **state)
{
	on_each_engine(state, allowed, check_column_of_values);
}

static void check_unlisted(struct afd_clickhouse *client)
{
	static const struct afd_watched unlisted[] = { { 1, "orders", "id", "secret_column", "" } };
	static const struct afd_watch wrong = { unlisted, 1 };
	make_tables(client);
	take_fails(client, &wrong, AFD_EXIT_REFUSED,
			   "'secret_column' is not a table or column that the spec names", "anna");
}

static void unlisted_column_is_refused(void **state)
{
	on_each_engine(state, allowed, check_unlisted);
}

static void check_no_tables(struct afd_clickhouse *client)
{
	static const struct afd_watch nothing = { NULL, 0 };
	struct afd_snapshot snapshot;
	struct afd_error err = { 0 };
	assert_int_equal(afd_snapshot_take(client, &nothing, NULL, &snapshot, &err), 0);
	assert_int_equal(snapshot.count, 0);
	afd_snapshot_free(&snapshot);
}

static void no_watched_table_is_no_query(void **state)
{
	on_each_engine(state, allowed, check_no_tables);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(final_counts_and_newest_values_are_taken),
		cmocka_unit_test(empty_table_has_no_newest_value),
		cmocka_unit_test(only_changed_tables_are_counted_again),
		cmocka_unit_test(replaced_row_changes_the_version_and_a_merge_nothing),
		cmocka_unit_test(missing_table_is_said),
		cmocka_unit_test(table_that_went_away_is_said),
		cmocka_unit_test(column_of_values_is_never_let_through),
		cmocka_unit_test(unlisted_column_is_refused),
		cmocka_unit_test(no_watched_table_is_no_query),
	};
	return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
