/* SPDX-License-Identifier: MIT
 * The client of ClickHouse, on the embedded engine and on a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"

static const char *const names[] = { "amount", "client_id", "stg_clients", "ts" };
static const struct afd_words allowed = { names, sizeof names / sizeof names[0] };
static const struct afd_words all_columns = { names, 2 };

static void make_table(struct afd_clickhouse *client)
{
	engine_execute(client, "DROP TABLE IF EXISTS stg_clients");
	engine_execute(client,
				   "CREATE TABLE IF NOT EXISTS stg_clients (client_id String, amount UInt32, ts DateTime) "
				   "ENGINE = ReplacingMergeTree PARTITION BY tuple() ORDER BY client_id");
}

static void insert(struct afd_clickhouse *client, const char *rows, struct afd_error *err)
{
	*err = (struct afd_error){ 0 };
	int rc = afd_clickhouse_insert(client, "stg_clients", &all_columns, afd_span_of(rows), err);
	assert_int_equal(rc, err->code);
}

/* Fails with that code of ClickHouse, and says nothing of `secret`. */
static void expect_refused(const struct afd_clickhouse *client, const struct afd_error *err, unsigned code,
						   const char *secret)
{
	assert_int_equal(err->code, AFD_EXIT_NO_VERDICT);
	assert_int_equal(afd_clickhouse_code(client), code);
	char wanted[32];
	snprintf(wanted, sizeof wanted, "Code %u", code);
	assert_non_null(strstr(err->text, wanted));
	assert_null(strstr(err->text, secret));
	assert_null(strchr(err->text, '\n'));
}

static void check_rows(struct afd_clickhouse *client)
{
	struct afd_error err;
	make_table(client);
	insert(client, "{\"client_id\":\"a\",\"amount\":1}\n{\"client_id\":\"b\",\"amount\":2}\n", &err);
	assert_int_equal(err.code, 0);
	insert(client, "{\"client_id\":\"a\",\"amount\":7}\n", &err);
	assert_int_equal(err.code, 0);
	engine_expect(client, "SELECT client_id, amount FROM stg_clients FINAL ORDER BY client_id", "a\t7\nb\t2");
	engine_expect(client, "SELECT count() FROM stg_clients FINAL", "2");
}

static void rows_land_and_are_counted(void **state)
{
	on_each_engine(state, allowed, check_rows);
}

static void expect_insert_refused(struct afd_clickhouse *client, const char *rows, unsigned code,
								  const char *secret)
{
	struct afd_error err;
	make_table(client);
	insert(client, rows, &err);
	expect_refused(client, &err, code, secret);
	engine_expect(client, "SELECT count() FROM stg_clients", "0");
}

static void check_unknown_field(struct afd_clickhouse *client)
{
	expect_insert_refused(client, "{\"client_id\":\"a\",\"phone\":\"+79000000000\"}\n", 117, "79000000000");
}

static void field_without_column_is_refused(void **state)
{
	on_each_engine(state, allowed, check_unknown_field);
}

static void check_wrong_value(struct afd_clickhouse *client)
{
	expect_insert_refused(client, "{\"client_id\":\"a\",\"amount\":\"anna@example.com\"}\n", 27, "anna");
}

static void message_does_not_repeat_the_value(void **state)
{
	on_each_engine(state, allowed, check_wrong_value);
}

static void check_null(struct afd_clickhouse *client)
{
	struct afd_error err;
	make_table(client);
	insert(client, "{\"client_id\":null,\"amount\":1}\n", &err);
	assert_int_equal(err.code, AFD_EXIT_NO_VERDICT);
	assert_int_not_equal(afd_clickhouse_code(client), 0);
	engine_expect(client, "SELECT count() FROM stg_clients", "0");
	insert(client, "{\"client_id\":\"a\",\"amount\":null}\n", &err);
	assert_int_equal(err.code, 0);
	engine_expect(client, "SELECT amount FROM stg_clients", "0");
}

static void null_for_a_text_is_refused(void **state)
{
	on_each_engine(state, allowed, check_null);
}

static void check_time(struct afd_clickhouse *client)
{
	static const char *const time_columns[] = { "client_id", "ts" };
	static const struct afd_words with_time = { time_columns, 2 };
	struct afd_error err = { 0 };
	make_table(client);
	assert_int_equal(afd_clickhouse_insert(client, "stg_clients", &with_time,
										   AFD_SPAN("{\"client_id\":\"a\",\"ts\":\"2026-11-22 20:15:00\"}\n"),
										   &err),
					 0);
	engine_expect(client, "SELECT toString(ts) FROM stg_clients", "2026-11-22 20:15:00");
	assert_int_equal(
		afd_clickhouse_insert(client, "stg_clients", &with_time,
							  AFD_SPAN("{\"client_id\":\"b\",\"ts\":\"2026-11-22T20:15:00+03:00\"}\n"), &err),
		AFD_EXIT_NO_VERDICT);
}

static void time_with_a_zone_is_refused(void **state)
{
	on_each_engine(state, allowed, check_time);
}

static void check_query_writes(struct afd_clickhouse *client)
{
	struct afd_text out;
	struct afd_error err = { 0 };
	make_table(client);
	afd_text_init(&out, 4096);
	assert_int_equal(afd_clickhouse_query(client,
										  AFD_SPAN("INSERT INTO stg_clients (client_id) VALUES ('a')"),
										  "TabSeparated", &out, &err),
					 AFD_EXIT_NO_VERDICT);
	expect_refused(client, &err, 164, "'a'");
	engine_expect(client, "SELECT count() FROM stg_clients", "0");
	afd_text_free(&out);
}

static void query_cannot_write(void **state)
{
	on_each_engine(state, allowed, check_query_writes);
}

static void check_statements(struct afd_clickhouse *client)
{
	struct afd_error err = { 0 };
	assert_int_equal(afd_clickhouse_execute(client, AFD_SPAN("SELECT 1; SELECT 2"), &err),
					 AFD_EXIT_NO_VERDICT);
	expect_refused(client, &err, 62, "SELECT");
}

static void several_statements_are_refused(void **state)
{
	on_each_engine(state, allowed, check_statements);
}

static void check_missing_table(struct afd_clickhouse *client)
{
	struct afd_error err = { 0 };
	assert_int_equal(
		afd_clickhouse_execute(client, AFD_SPAN("INSERT INTO no_such_table SELECT 'anna@example.com'"), &err),
		AFD_EXIT_NO_VERDICT);
	expect_refused(client, &err, 60, "anna");
	assert_non_null(strstr(err.text, "UNKNOWN_TABLE"));
	assert_non_null(strstr(err.text, "no_such_table"));
}

static void missing_table_is_named(void **state)
{
	on_each_engine(state, allowed, check_missing_table);
}

static void check_late_exception(struct afd_clickhouse *client)
{
	struct afd_text out;
	struct afd_error err = { 0 };
	afd_text_init(&out, 1 << 24);
	const char *sql = "SELECT throwIf(number = 300000) FROM numbers(400000)";
	assert_int_equal(afd_clickhouse_query(client, afd_span_of(sql), "TabSeparated", &out, &err),
					 AFD_EXIT_NO_VERDICT);
	expect_refused(client, &err, 395, "300000");
	assert_int_equal(out.size, 0);
	afd_text_free(&out);
}

static void exception_after_many_rows_is_seen(void **state)
{
	on_each_engine(state, allowed, check_late_exception);
}

static void check_bound(struct afd_clickhouse *client)
{
	struct afd_text out;
	struct afd_error err = { 0 };
	afd_text_init(&out, 1000);
	assert_int_equal(afd_clickhouse_query(client, AFD_SPAN("SELECT number FROM numbers(100000)"),
										  "TabSeparated", &out, &err),
					 AFD_EXIT_NO_VERDICT);
	assert_non_null(strstr(err.text, "over the bound of 1000 bytes"));
	assert_int_equal(out.size, 0);
	afd_text_free(&out);
	engine_expect(client, "SELECT 1", "1");
}

static void answer_over_the_bound_is_refused(void **state)
{
	on_each_engine(state, allowed, check_bound);
}

static void check_literal(struct afd_clickhouse *client)
{
	static const char nasty[] =
		"'; DROP TABLE x -- \\ \" ` \t\n\r\b\f \0 {p:String} \xF0\x9F\x8E\xAB \xD0\x96";
	struct afd_text sql;
	afd_text_init(&sql, 4096);
	afd_text_puts(&sql, "SELECT hex(");
	afd_clickhouse_quote_literal((struct afd_span){ nasty, sizeof nasty - 1 }, &sql);
	afd_text_puts(&sql, ")");
	char hex[2 * sizeof nasty] = "";
	for (size_t i = 0; i < sizeof nasty - 1; i++)
		snprintf(hex + 2 * i, 3, "%02X", (unsigned char)nasty[i]);
	engine_expect(client, sql.data, hex);
	afd_text_free(&sql);
}

static void literal_keeps_every_byte(void **state)
{
	on_each_engine(state, allowed, check_literal);
}

static void check_format(struct afd_clickhouse *client)
{
	struct afd_text out;
	struct afd_error err = { 0 };
	afd_text_init(&out, 4096);
	assert_int_equal(afd_clickhouse_query(client, AFD_SPAN("SELECT toUInt64(9007199254740993) AS n"),
										  "JSONEachRow", &out, &err),
					 0);
	assert_string_equal(out.data, "{\"n\":\"9007199254740993\"}\n");
	afd_text_free(&out);
}

static void wide_numbers_are_strings_in_json(void **state)
{
	on_each_engine(state, allowed, check_format);
}

static void check_identifiers(struct afd_clickhouse *client)
{
	static const char *const refused[] = { "system", "stg_clients`", "",
										   "stg_clients; DROP TABLE stg_clients", "Amount" };
	struct afd_text sql;
	afd_text_init(&sql, 4096);
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct afd_error err = { 0 };
		assert_int_equal(afd_clickhouse_quote_identifier(client, refused[i], &sql, &err), AFD_EXIT_REFUSED);
		assert_int_equal(sql.size, 0);
	}
	struct afd_error err = { 0 };
	assert_int_equal(afd_clickhouse_quote_identifier(client, "stg_clients", &sql, &err), 0);
	assert_string_equal(sql.data, "`stg_clients`");
	assert_int_equal(afd_clickhouse_insert(client, "other", &all_columns, AFD_SPAN("{}\n"), &err),
					 AFD_EXIT_REFUSED);
	afd_text_free(&sql);
}

static void only_listed_names_are_identifiers(void **state)
{
	on_each_engine(state, allowed, check_identifiers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_land_and_are_counted),
		cmocka_unit_test(field_without_column_is_refused),
		cmocka_unit_test(message_does_not_repeat_the_value),
		cmocka_unit_test(null_for_a_text_is_refused),
		cmocka_unit_test(time_with_a_zone_is_refused),
		cmocka_unit_test(query_cannot_write),
		cmocka_unit_test(several_statements_are_refused),
		cmocka_unit_test(missing_table_is_named),
		cmocka_unit_test(exception_after_many_rows_is_seen),
		cmocka_unit_test(answer_over_the_bound_is_refused),
		cmocka_unit_test(literal_keeps_every_byte),
		cmocka_unit_test(wide_numbers_are_strings_in_json),
		cmocka_unit_test(only_listed_names_are_identifiers),
	};
	return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
