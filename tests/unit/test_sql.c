/* SPDX-License-Identifier: MIT
 * SQL files: which statements are run, what columns a table has, what its key is made of. */
#include "base/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct afd_sql_statement first(const char *sql)
{
	struct afd_sql_file file = { afd_span_of(sql), 0, 1 };
	struct afd_sql_statement statement;
	assert_true(afd_sql_next(&file, &statement));
	return statement;
}

static void assert_span(struct afd_span span, const char *text)
{
	if (!afd_span_is(span, text))
		fail_msg("'%.*s' is not '%s'", (int)span.size, span.data, text);
}

static void statements_are_split_where_they_end(void **state)
{
	(void)state;
	static const char sql[] =
		"-- one; two\n"
		"CREATE TABLE IF NOT EXISTS a (x String DEFAULT ';', `y` String DEFAULT '\\';') ENGINE = Log;\n"
		"/* ; */ ;;\n"
		"INSERT INTO a (x)\n  SELECT ';'';' FROM a; -- ;\n"
		"CREATE VIEW IF NOT EXISTS v AS SELECT x FROM a";
	struct afd_sql_file file = { afd_span_of(sql), 0, 1 };
	struct afd_sql_statement statement;
	assert_true(afd_sql_next(&file, &statement));
	assert_int_equal(statement.kind, AFD_SQL_CREATE);
	assert_int_equal(statement.line, 2);
	assert_span(statement.table, "a");
	assert_true(afd_span_ends(statement.text, "ENGINE = Log"));
	assert_true(afd_sql_next(&file, &statement));
	assert_int_equal(statement.kind, AFD_SQL_INSERT);
	assert_int_equal(statement.line, 4);
	assert_span(statement.text, "INSERT INTO a (x)\n  SELECT ';'';' FROM a");
	assert_span(statement.list, "x");
	assert_span(statement.source, "a");
	assert_true(afd_sql_next(&file, &statement));
	assert_int_equal(statement.kind, AFD_SQL_CREATE);
	assert_true(statement.view);
	assert_false(afd_sql_next(&file, &statement));
	assert_false(afd_sql_next(&file, &statement));
}

static void nothing_is_no_statement(void **state)
{
	(void)state;
	struct afd_sql_statement statement;
	struct afd_sql_file empty = { { NULL, 0 }, 0, 1 };
	struct afd_sql_file comment = { AFD_SPAN("-- nothing\n ; /* at all */ ;"), 0, 1 };
	assert_false(afd_sql_next(&empty, &statement));
	assert_false(afd_sql_next(&comment, &statement));
}

#define COLUMNS "(x String) ENGINE = Log"

static void statements_that_stay_inside_are_accepted(void **state)
{
	(void)state;
	static const char *const accepted[] = {
		"create table if not exists `a` " COLUMNS,
		"CREATE TABLE IF NOT EXISTS a ON CLUSTER c (x String) ENGINE = ReplicatedReplacingMergeTree('/a', "
		"'{replica}', x) "
		"ORDER BY x",
		"CREATE TABLE IF NOT EXISTS a (x DateTime DEFAULT now() CODEC(Delta), INDEX i x TYPE minmax "
		"GRANULARITY 1) "
		"ENGINE MergeTree PARTITION BY toYYYYMM(x) ORDER BY (x) TTL x + INTERVAL 1 DAY SETTINGS "
		"index_granularity = 8192",
		"CREATE VIEW IF NOT EXISTS v AS SELECT x FROM a WHERE x IN (SELECT x FROM b) AND (x, y) NOT IN "
		"(SELECT 1, 2)",
		"INSERT INTO a SELECT max(x), f(y) FROM (SELECT x, y FROM b FINAL) GROUP BY g(x)",
		"INSERT INTO TABLE a (x, y) SELECT x, y FROM b INNER JOIN (SELECT y FROM c) USING (y) WHERE f(x)",
		"INSERT INTO a SELECT (SELECT max(x) FROM b) FROM b ORDER BY lower(x) LIMIT 5",
		"INSERT INTO a SELECT x FROM b WHERE x IN tuple(1, 2)",
	};
	for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
		struct afd_sql_statement statement = first(accepted[i]);
		if (statement.kind == AFD_SQL_REFUSED)
			fail_msg("%s: %s", accepted[i], statement.fault);
		assert_span(statement.text, accepted[i]);
	}
}

static void statements_that_change_or_reach_anything_else_are_refused(void **state)
{
	(void)state;
	static const char *const refused[] = {
		"DROP TABLE a",
		"ALTER TABLE a DELETE WHERE 1",
		"SELECT 1",
		"SET readonly = 0",
		"TRUNCATE TABLE IF EXISTS a",
		"INSERT INTO a VALUES (1)",
		"INSERT INTO a FORMAT CSV",
		"INSERT INTO other.a SELECT 1",
		"INSERT INTO FUNCTION url('http://example.com/', CSV, 'x String') SELECT x FROM a",
		"INSERT INTO TABLE FUNCTION file('a.csv') SELECT x FROM a",
		"INSERT INTO a SELECT * FROM url('http://example.com/', CSV, 'x String')",
		"INSERT INTO a SELECT * FROM `url`('http://example.com/', CSV, 'x String')",
		"INSERT INTO a SELECT * FROM /* */ remote /* */ ('example.com', 'd', 't')",
		"INSERT INTO a SELECT * FROM b, s3('http://example.com/')",
		"INSERT INTO a SELECT * FROM b JOIN numbers(10) USING (x)",
		"INSERT INTO a SELECT * FROM b WHERE x IN (SELECT y FROM mysql('example.com', 'd', 't', 'u', 'p'))",
		"INSERT INTO a SELECT * FROM b WHERE x IN anything('/etc/passwd')",
		"INSERT INTO a SELECT file('/etc/passwd')",
		"INSERT INTO a SELECT x FROM b INTO OUTFILE 'x'",
		"CREATE TABLE a " COLUMNS,
		"CREATE OR REPLACE TABLE a " COLUMNS,
		"CREATE TEMPORARY TABLE IF NOT EXISTS a " COLUMNS,
		"CREATE DATABASE IF NOT EXISTS a",
		"CREATE USER IF NOT EXISTS a",
		"CREATE MATERIALIZED VIEW IF NOT EXISTS v TO a AS SELECT x FROM b",
		"CREATE TABLE IF NOT EXISTS other.a " COLUMNS,
		"CREATE TABLE IF NOT EXISTS a",
		"CREATE TABLE IF NOT EXISTS a AS b",
		"CREATE TABLE IF NOT EXISTS a AS url('http://example.com/')",
		"CREATE TABLE IF NOT EXISTS a (x String) ENGINE = Log AS SELECT 1",
		"CREATE TABLE IF NOT EXISTS a (x String) ENGINE = URL('http://example.com/', CSV)",
		"CREATE TABLE IF NOT EXISTS a (x String) ENGINE = MySQL('example.com', 'd', 't', 'u', 'p')",
		"CREATE TABLE IF NOT EXISTS a (x String DEFAULT file('/etc/passwd')) ENGINE = Log",
		"CREATE TABLE IF NOT EXISTS a (x String) ENGINE = MergeTree ORDER BY x SETTINGS disk = disk(type = "
		"s3)",
		"CREATE TABLE IF NOT EXISTS a (x String ENGINE = Log",
		"CREATE TABLE IF NOT EXISTS a (x String)) ENGINE = Log",
		"CREATE TABLE IF NOT EXISTS `a\\x62` " COLUMNS,
		"CREATE TABLE IF NOT EXISTS a (x String DEFAULT 'y) ENGINE = Log",
		"INSERT INTO a SELECT 1 # comment",
		"INSERT INTO a SELECT $$;$$",
		"INSERT INTO a SELECT \xE2\x80\x98;\xE2\x80\x99",
		"INSERT INTO a SELECT 1 /* /* */ */",
		"INSERT INTO a SELECT 1 /* ",
	};
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct afd_sql_statement statement = first(refused[i]);
		if (statement.kind != AFD_SQL_REFUSED)
			fail_msg("accepted: %s", refused[i]);
		assert_non_null(statement.fault);
	}
}

static void a_refused_statement_says_where(void **state)
{
	(void)state;
	struct afd_sql_statement statement = first("\n\nINSERT INTO a\nSELECT 1\nFROM url('x')");
	assert_int_equal(statement.line, 5);
	assert_span(statement.word, "url");
	struct afd_sql_file file = { AFD_SPAN("DROP TABLE a; CREATE TABLE IF NOT EXISTS a " COLUMNS), 0, 1 };
	assert_true(afd_sql_next(&file, &statement));
	assert_int_equal(statement.kind, AFD_SQL_REFUSED);
	assert_true(afd_sql_next(&file, &statement));
	assert_int_equal(statement.kind, AFD_SQL_CREATE);
}

static void assert_source(const char *sql, const char *source, const char *from, bool grouped)
{
	struct afd_sql_statement statement = first(sql);
	assert_int_equal(statement.kind, AFD_SQL_INSERT);
	assert_span(statement.source, source);
	assert_span(statement.from, from);
	assert_int_equal(statement.grouped, grouped);
}

static void the_source_of_an_insert_is_known_where_it_is_comparable(void **state)
{
	(void)state;
	assert_source(
		"INSERT INTO a SELECT x, (SELECT 1 FROM z) FROM b FINAL WHERE y IN (SELECT y FROM c GROUP BY y) "
		"GROUP BY x",
		"b", "FROM b FINAL WHERE y IN (SELECT y FROM c GROUP BY y)", true);
	assert_source("INSERT INTO a SELECT x FROM b", "b", "FROM b", false);
	assert_source("INSERT INTO a SELECT 1", "", "", false);
	assert_source("INSERT INTO a SELECT x FROM d.b", "", "FROM d.b", false);
	assert_source("INSERT INTO a SELECT x FROM b LIMIT 1", "", "FROM b", false);
	assert_source("INSERT INTO a SELECT DISTINCT x FROM b", "", "FROM b", false);
	assert_source("INSERT INTO a SELECT x FROM b GROUP BY x HAVING count() > 1", "", "FROM b", true);
	assert_source("INSERT INTO a SELECT x FROM (SELECT x FROM b)", "", "FROM (SELECT x FROM b)", false);
}

static struct afd_sql_table table_of(struct afd_arena *arena, const char *sql)
{
	struct afd_sql_statement statement = first(sql);
	struct afd_sql_table table;
	assert_int_equal(statement.kind, AFD_SQL_CREATE);
	afd_sql_read_columns(&statement, arena, &table);
	return table;
}

static void assert_column(const struct afd_sql_column *column, const char *name, const char *type,
						  bool filled, const char *expression)
{
	assert_string_equal(column->name, name);
	assert_string_equal(column->type, type);
	assert_int_equal(column->filled, filled);
	assert_string_equal(column->expression, expression);
}

static void columns_have_a_type_and_perhaps_a_default(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	struct afd_sql_table table =
		table_of(&arena, "CREATE TABLE IF NOT EXISTS t (\n"
						 "  `a` DateTime('Europe/Moscow') , -- x String,\n"
						 "  b Nullable(Decimal(18, 2)) CODEC(ZSTD(1)),\n"
						 "  c String DEFAULT concat(d, ',') COMMENT 'DEFAULT',\n"
						 "  d String NULL,\n"
						 "  INDEX i (a, b) TYPE minmax GRANULARITY 1,\n"
						 "  e UInt8 MATERIALIZED 1, f String NOT NULL, CONSTRAINT k CHECK a > b\n"
						 ") ENGINE = Log");
	assert_string_equal(table.name, "t");
	assert_int_equal(table.count, 6);
	assert_column(&table.rows[0], "a", "DateTime('Europe/Moscow')", false, "");
	assert_column(&table.rows[1], "b", "Nullable(Decimal(18, 2))", false, "");
	assert_column(&table.rows[2], "c", "String", true, "concat(d, ',')");
	assert_column(&table.rows[3], "d", "Nullable(String)", false, "");
	assert_column(&table.rows[4], "e", "UInt8", true, "1");
	assert_column(&table.rows[5], "f", "String", false, "");
	assert_ptr_equal(afd_sql_column_of(&table, AFD_SPAN("e")), &table.rows[4]);
	assert_null(afd_sql_column_of(&table, AFD_SPAN("E")));
	afd_arena_free(&arena);
}

static void assert_key(const struct afd_sql_table *table, const char *key, const char *expected)
{
	const char *names[4];
	char joined[64] = "";
	size_t count = afd_sql_key(table, key, names, 4);
	for (size_t i = 0; i < count; i++) {
		strcat(joined, i > 0 ? " " : "");
		strcat(joined, names[i]);
	}
	assert_string_equal(joined, expected);
}

static void a_computed_key_is_made_of_what_it_is_computed_from(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	struct afd_sql_table table = table_of(
		&arena, "CREATE TABLE IF NOT EXISTS t (a String, b String, k FixedString(32) DEFAULT lower(hex(MD5("
				"concat(a, '::', toString(b), a)))), kk String DEFAULT k, u UUID DEFAULT generateUUIDv4(), "
				"self String DEFAULT self) ENGINE = Log");
	assert_key(&table, "a, b", "a b");
	assert_key(&table, "k", "a b");
	assert_key(&table, "b, kk", "b a");
	assert_key(&table, "a, k", "a b");
	assert_key(&table, "u", "u");
	assert_key(&table, "self", "self");
	assert_key(&table, " , missing,b", "b");
	assert_key(&table, "", "");
	afd_arena_free(&arena);
}

/* 40 columns that all name each other: followed naively these are 40 to the power of 8 steps. */
static void columns_that_name_each_other_take_no_time(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	struct afd_text sql;
	const char *names[4];
	afd_text_init(&sql, 1 << 20);
	afd_text_puts(&sql, "CREATE TABLE IF NOT EXISTS t (");
	for (int i = 0; i < 40; i++) {
		afd_text_printf(&sql, "%sc%d String DEFAULT concat(''", i > 0 ? ", " : "", i);
		for (int k = 0; k < 40; k++)
			afd_text_printf(&sql, ", c%d", k);
		afd_text_putc(&sql, ')');
	}
	afd_text_puts(&sql, ") ENGINE = Log");
	struct afd_sql_table table = table_of(&arena, sql.data);
	assert_int_equal(table.count, 40);
	assert_true(afd_sql_key(&table, "c0", names, 4) > 0);
	afd_text_free(&sql);
	afd_arena_free(&arena);
}

static void types_take_what_can_stand_in_them(void **state)
{
	(void)state;
	assert_true(afd_sql_type_takes("LowCardinality(Nullable(String))", "lower case"));
	assert_true(afd_sql_type_takes("FixedString(32)", "text"));
	assert_true(afd_sql_type_takes("Nullable(UInt32)", "count"));
	assert_true(afd_sql_type_takes("UInt8", "boolean"));
	assert_true(afd_sql_type_takes("Bool", "boolean"));
	assert_true(afd_sql_type_takes("Decimal(18, 2)", "sum of products"));
	assert_true(afd_sql_type_takes("DateTime64(3, 'Europe/Moscow')", "time"));
	assert_false(afd_sql_type_takes("UInt32", "text"));
	assert_false(afd_sql_type_takes("String", "number"));
	assert_false(afd_sql_type_takes("String", "time"));
	assert_false(afd_sql_type_takes("DateTime", "JSON"));
	assert_false(afd_sql_type_takes("Date", "time"));
	assert_false(afd_sql_type_takes("Array(String)", "text"));
	assert_false(afd_sql_type_takes("String", "words"));
	struct afd_sql_type type = afd_sql_type_of("Nullable(Int16)");
	assert_true(type.nullable && type.is_signed && type.bits == 16 && type.class == AFD_SQL_WHOLE);
	type = afd_sql_type_of("Bool");
	assert_true(!type.nullable && !type.is_signed && type.bits == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_split_where_they_end),
		cmocka_unit_test(nothing_is_no_statement),
		cmocka_unit_test(statements_that_stay_inside_are_accepted),
		cmocka_unit_test(statements_that_change_or_reach_anything_else_are_refused),
		cmocka_unit_test(a_refused_statement_says_where),
		cmocka_unit_test(the_source_of_an_insert_is_known_where_it_is_comparable),
		cmocka_unit_test(columns_have_a_type_and_perhaps_a_default),
		cmocka_unit_test(a_computed_key_is_made_of_what_it_is_computed_from),
		cmocka_unit_test(columns_that_name_each_other_take_no_time),
		cmocka_unit_test(types_take_what_can_stand_in_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
