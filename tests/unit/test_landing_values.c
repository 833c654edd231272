/* SPDX-License-Identifier: MIT
 * What the types under As make of values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "landing_plan_rows.h"

#include "landing_time.h"

#define CREATE(type) "CREATE TABLE IF NOT EXISTS t (c " type ") ENGINE = MergeTree ORDER BY tuple()"

/* From `$.v` as that type into a column of that type of ClickHouse. */
#define LANDS(as, type, record, value)                                                                       \
	do {                                                                                                     \
		const struct afd_column column = { 7, "c", "$.v", 0, as };                                           \
		const struct rules rules = one_column(&column, CREATE(type));                                        \
		assert_lands(&rules, record, "{\"c\":" value "}");                                                   \
	} while (0)
#define SKIPS(as, type, record, reason)                                                                      \
	do {                                                                                                     \
		const struct afd_column column = { 7, "c", "$.v", 0, as };                                           \
		const struct rules rules = one_column(&column, CREATE(type));                                        \
		assert_skipped(&rules, record, reason, 7);                                                           \
	} while (0)

static void text_is_the_value_as_it_is_written(void **state)
{
	(void)state;
	LANDS("text", "String", "{\"v\":\"a\\u0431\\n\\\"\"}", "\"aб\\n\\\"\"");
	LANDS("text", "String", "{\"v\":1500.50}", "\"1500.50\"");
	LANDS("text", "String", "{\"v\":9007199254740993}", "\"9007199254740993\"");
	LANDS("text", "String", "{\"v\":true}", "\"true\"");
	LANDS("text", "String", "{\"v\":null}", "\"\"");
	LANDS("text", "Nullable(String)", "{}", "\"\"");
	SKIPS("text", "String", "{\"v\":[1]}", AFD_SKIP_TYPE);
	SKIPS("text", "String", "{\"v\":{}}", AFD_SKIP_TYPE);
}

static void case_changes_in_every_alphabet_that_has_one(void **state)
{
	(void)state;
	LANDS("lower case", "String", "{\"v\":\"Нижний НОВГОРОД Ё ÀŽÜ ΑΣ Č I\"}",
		  "\"нижний новгород ё àžü ασ č i\"");
	LANDS("upper case", "String", "{\"v\":\"rub ёжик ıß\"}", "\"RUB ЁЖИК ıß\"");
	LANDS("lower case", "String", "{\"v\":null}", "\"\"");
}

static void pseudonyms_keep_their_case(void **state)
{
	(void)state;
	LANDS("upper case", "String", "{\"v\":\"~text:0123456789abcdef\"}", "\"~text:0123456789abcdef\"");
}

static void numbers_are_exact(void **state)
{
	(void)state;
	LANDS("number", "Float64", "{\"v\":1500.50}", "1500.5");
	LANDS("number", "Float64", "{\"v\":\"1500.50\"}", "1500.5");
	LANDS("number", "Float64", "{\"v\":-0.00}", "0");
	LANDS("number", "Float64", "{\"v\":1.5e3}", "1500");
	LANDS("number", "Float64", "{\"v\":12e-3}", "0.012");
	LANDS("whole number", "UInt64", "{\"v\":9007199254740993}", "9007199254740993");
	LANDS("whole number", "UInt64", "{\"v\":18446744073709551615}", "18446744073709551615");
	LANDS("whole number", "Int8", "{\"v\":-128}", "-128");
	LANDS("whole number", "UInt32", "{\"v\":2.0}", "2");
}

static void numbers_that_are_none_skip_the_row(void **state)
{
	(void)state;
	SKIPS("number", "Float64", "{\"v\":\"~number:0123456789abcdef\"}", AFD_SKIP_TYPE);
	SKIPS("number", "Float64", "{\"v\":\"\"}", AFD_SKIP_TYPE);
	SKIPS("number", "Float64", "{\"v\":\"01\"}", AFD_SKIP_TYPE);
	SKIPS("number", "Float64", "{\"v\":\"1 \"}", AFD_SKIP_TYPE);
	SKIPS("number", "Float64", "{\"v\":true}", AFD_SKIP_TYPE);
	SKIPS("whole number", "Float64", "{\"v\":1.5}", AFD_SKIP_TYPE);
	SKIPS("number", "Float64", "{\"v\":1e400}", AFD_SKIP_RANGE);
	SKIPS("number", "Float64", "{\"v\":1e99999999999999999999}", AFD_SKIP_RANGE);
	SKIPS("whole number", "UInt32", "{\"v\":4294967296}", AFD_SKIP_RANGE);
	SKIPS("whole number", "UInt32", "{\"v\":-1}", AFD_SKIP_RANGE);
	SKIPS("whole number", "Int8", "{\"v\":128}", AFD_SKIP_RANGE);
	SKIPS("whole number", "UInt64", "{\"v\":18446744073709551616}", AFD_SKIP_RANGE);
}

static void a_missing_number_is_null_or_zero(void **state)
{
	(void)state;
	LANDS("number", "Nullable(Float64)", "{}", "null");
	LANDS("number", "Nullable(Float64)", "{\"v\":null}", "null");
	LANDS("number", "Nullable(Float64)", "{\"v\":0}", "0");
	LANDS("number", "Float64", "{}", "0");
	LANDS("boolean", "Nullable(UInt8)", "{}", "null");
	LANDS("boolean", "UInt8", "{}", "0");
}

static void booleans_are_0_and_1(void **state)
{
	(void)state;
	LANDS("boolean", "UInt8", "{\"v\":true}", "1");
	LANDS("boolean", "UInt8", "{\"v\":1.0}", "1");
	LANDS("boolean", "UInt8", "{\"v\":false}", "0");
	LANDS("boolean", "UInt8", "{\"v\":0}", "0");
	SKIPS("boolean", "UInt8", "{\"v\":2}", AFD_SKIP_TYPE);
	SKIPS("boolean", "UInt8", "{\"v\":\"true\"}", AFD_SKIP_TYPE);
}

static void times_are_moscow_wall_clock(void **state)
{
	(void)state;
	LANDS("time", "DateTime('Europe/Moscow')", "{\"v\":\"2025-11-07T12:00:00+03:00\"}",
		  "\"2025-11-07 12:00:00\"");
	LANDS("time", "DateTime", "{\"v\":\"2025-11-07T23:30:00Z\"}", "\"2025-11-08 02:30:00\"");
	LANDS("time", "DateTime", "{\"v\":\"2025-11-07T23:30:00.999-02:00\"}", "\"2025-11-08 04:30:00\"");
	LANDS("time", "DateTime", "{\"v\":\"2025-11-07 12:00:00\"}", "\"2025-11-07 12:00:00\"");
	LANDS("time", "DateTime", "{\"v\":\"2025-12-31\"}", "\"2025-12-31 00:00:00\"");
	LANDS("time", "DateTime", "{\"v\":\"2010-07-01T08:00:00Z\"}", "\"2010-07-01 11:00:00\"");
	LANDS("time", "DateTime", "{\"v\":\"1970-01-01T00:00:00Z\"}", "\"1970-01-01 03:00:00\"");
	LANDS("time", "DateTime", "{\"v\":\"2105-12-31T23:59:59+03:00\"}", "\"2105-12-31 23:59:59\"");
}

static void times_that_are_none_skip_the_row(void **state)
{
	(void)state;
	SKIPS("time", "DateTime", "{}", AFD_SKIP_TIME);
	SKIPS("time", "DateTime", "{\"v\":null}", AFD_SKIP_TIME);
	SKIPS("time", "DateTime", "{\"v\":\"2025-02-29T00:00:00Z\"}", AFD_SKIP_TYPE);
	SKIPS("time", "DateTime", "{\"v\":\"0000-00-00 00:00:00\"}", AFD_SKIP_TYPE);
	SKIPS("time", "DateTime", "{\"v\":\"yesterday\"}", AFD_SKIP_TYPE);
	SKIPS("time", "DateTime", "{\"v\":\"~text:0123456789abcdef\"}", AFD_SKIP_TYPE);
	SKIPS("time", "DateTime", "{\"v\":1762506000}", AFD_SKIP_TYPE);
	SKIPS("time", "DateTime", "{\"v\":\"1969-12-31T23:59:59Z\"}", AFD_SKIP_TYPE);
	SKIPS("time", "DateTime", "{\"v\":\"2106-01-01T00:00:00+03:00\"}", AFD_SKIP_TYPE);
}

static void a_missing_time_is_null_where_there_may_be_one(void **state)
{
	(void)state;
	LANDS("time", "Nullable(DateTime('Europe/Moscow'))", "{\"v\":null}", "null");
	SKIPS("time", "Nullable(DateTime)", "{\"v\":\"soon\"}", AFD_SKIP_TYPE);
}

#define LANDS_FROM(from, together, as, type, record, value)                                                  \
	do {                                                                                                     \
		const struct afd_column column = { 7, "c", from, together, as };                                     \
		const struct rules rules = one_column(&column, CREATE(type));                                        \
		assert_lands(&rules, record, "{\"c\":" value "}");                                                   \
	} while (0)
#define SKIPS_FROM(from, together, as, type, record, reason)                                                 \
	do {                                                                                                     \
		const struct afd_column column = { 7, "c", from, together, as };                                     \
		const struct rules rules = one_column(&column, CREATE(type));                                        \
		assert_skipped(&rules, record, reason, 7);                                                           \
	} while (0)

static void counts_leave_null_out(void **state)
{
	(void)state;
	LANDS_FROM("$.v[*]", 0, "count", "UInt32", "{\"v\":[1,null,\"\",{}]}", "3");
	LANDS_FROM("$.v[*]", 0, "count", "UInt32", "{\"v\":[]}", "0");
	LANDS_FROM("$.v[*]", 0, "count", "Nullable(UInt32)", "{}", "0");
	LANDS_FROM("$.v[*]\n$.w[*]", 0, "count", "UInt32", "{\"v\":[],\"w\":[1,2]}", "2");
}

static void sums_are_exact(void **state)
{
	(void)state;
	LANDS_FROM("$.v[*]", 0, "sum", "Float64", "{\"v\":[0.1,0.2]}", "0.3");
	LANDS_FROM("$.v[*]", 0, "sum", "Float64", "{\"v\":[9007199254740993,\"0.01\",null]}",
			   "9007199254740993.01");
	LANDS_FROM("$.v[*]", 0, "sum", "Float64", "{\"v\":[5,-5.00]}", "0");
	LANDS_FROM("$.v[*]", 0, "sum", "Nullable(Float64)", "{}", "0");
	SKIPS_FROM("$.v[*]", 0, "sum", "Float64", "{\"v\":[1,\"x\"]}", AFD_SKIP_TYPE);
	SKIPS_FROM("$.v[*]", 0, "sum", "UInt8", "{\"v\":[200,56]}", AFD_SKIP_RANGE);
	SKIPS_FROM("$.v[*]", 0, "sum", "Float64", "{\"v\":[99999999999999999999999999999999999999,1]}",
			   AFD_SKIP_RANGE);
}

#define PRODUCTS(record, value)                                                                              \
	LANDS_FROM("$.b[*].price\n$.b[*].quantity", 1, "sum of products", "Float64", record, value)

static void products_are_exact_and_pair_what_belongs_together(void **state)
{
	(void)state;
	PRODUCTS("{\"b\":[{\"price\":1500.50,\"quantity\":2},{\"quantity\":3,\"price\":0.1}]}", "3001.3");
	PRODUCTS("{\"b\":[]}", "0");
	PRODUCTS("{\"b\":[{\"price\":null,\"quantity\":null},{\"price\":2,\"quantity\":3}]}", "6");
	LANDS_FROM("$.p[*]\n$.q[*]", 1, "sum of products", "Float64", "{\"p\":[1.5,2],\"q\":[2,4]}", "11");
	LANDS_FROM("$.b[*].price.net\n$.b[*].quantity", 1, "sum of products", "Float64",
			   "{\"b\":[{\"price\":{\"net\":2},\"quantity\":5}]}", "10");
}

#define NO_PRODUCTS(record, reason)                                                                          \
	SKIPS_FROM("$.b[*].price\n$.b[*].quantity", 1, "sum of products", "Float64", record, reason)

static void products_are_never_shifted(void **state)
{
	(void)state;
	NO_PRODUCTS("{\"b\":[{\"price\":1},{\"quantity\":2}]}", AFD_SKIP_PAIR);
	NO_PRODUCTS("{\"b\":[{\"price\":1,\"quantity\":2},{\"price\":3}]}", AFD_SKIP_PAIR);
	NO_PRODUCTS("{\"b\":[{\"price\":1,\"quantity\":\"two\"}]}", AFD_SKIP_TYPE);
	NO_PRODUCTS("{\"b\":[{\"price\":1e30,\"quantity\":1e30}]}", AFD_SKIP_RANGE);
	SKIPS_FROM("$.p.*.a\n$.p.*.b.c", 1, "sum of products", "Float64",
			   "{\"p\":{\"x\":{\"a\":1},\"y\":{\"b\":{\"c\":2}}}}", AFD_SKIP_PAIR);
}

static void json_is_the_value_with_its_names_in_order(void **state)
{
	(void)state;
	LANDS_FROM("$", 0, "JSON", "String",
			   "{\"b\" : [1.0, {\"z\":1,\"a\":null}], \"a\\u0431\":\"x\", \"a\":\"\\\"\"}",
			   "\"{\\\"a\\\":\\\"\\\\\\\"\\\",\\\"a\\\\u0431\\\":\\\"x\\\",\\\"b\\\":[1.0,{\\\"a\\\":null,"
			   "\\\"z\\\":1}]}\"");
	LANDS_FROM("$.v", 0, "JSON", "String", "{}", "\"\"");
}

static void else_takes_the_first_value_that_is_there(void **state)
{
	(void)state;
	LANDS_FROM("$.a\n$.b\n$.c", 0, "text", "String", "{\"a\":null,\"c\":\"3\"}", "\"3\"");
	LANDS_FROM("$.a\n$.b", 0, "text", "String", "{\"a\":\"\",\"b\":\"2\"}", "\"\"");
	LANDS_FROM("$.a[*]\n$.b", 0, "number", "Float64", "{\"a\":[null,4],\"b\":2}", "4");
	LANDS_FROM("$.a[*]\n$.b[*]", 0, "sum", "Float64", "{\"a\":[null],\"b\":[2,3]}", "5");
}

static void moscow_is_three_hours_ahead(void **state)
{
	(void)state;
	char text[AFD_MOSCOW_TEXT];
	assert_true(afd_moscow_of_seconds(1700000000, text));
	assert_string_equal(text, "2023-11-15 01:13:20");
	assert_false(afd_moscow_of_seconds(-1, text));
	assert_false(afd_moscow_of_seconds(1LL << 40, text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_the_value_as_it_is_written),
		cmocka_unit_test(case_changes_in_every_alphabet_that_has_one),
		cmocka_unit_test(pseudonyms_keep_their_case),
		cmocka_unit_test(numbers_are_exact),
		cmocka_unit_test(numbers_that_are_none_skip_the_row),
		cmocka_unit_test(a_missing_number_is_null_or_zero),
		cmocka_unit_test(booleans_are_0_and_1),
		cmocka_unit_test(times_are_moscow_wall_clock),
		cmocka_unit_test(times_that_are_none_skip_the_row),
		cmocka_unit_test(a_missing_time_is_null_where_there_may_be_one),
		cmocka_unit_test(counts_leave_null_out),
		cmocka_unit_test(sums_are_exact),
		cmocka_unit_test(products_are_exact_and_pair_what_belongs_together),
		cmocka_unit_test(products_are_never_shifted),
		cmocka_unit_test(json_is_the_value_with_its_names_in_order),
		cmocka_unit_test(else_takes_the_first_value_that_is_there),
		cmocka_unit_test(moscow_is_three_hours_ahead),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
