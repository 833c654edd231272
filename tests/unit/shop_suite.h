/* SPDX-License-Identifier: MIT
 * A suite as the compiler would write it, by hand: the spec of a small shop whose server is in test_suite.c.
 */
#ifndef AFFIDAVIT_SHOP_SUITE_H
#define AFFIDAVIT_SHOP_SUITE_H

#include "affidavit/case.h"

#define SHOP_URL "https://shop.example/v1"

static const struct afd_header shop_headers[] = {
	{ 6, "Accept", "application/json" },
	{ 7, "Authorization", "Bearer YOUR_TOKEN" },
};

#define STATUS(line, expectation, value)                                                                     \
	{                                                                                                        \
		(line), (expectation), 1, AFD_STATUS, "", { NULL, 0 }, 0, AFD_IS, (value)                              \
	}
#define JSON(line, expectation)                                                                              \
	{                                                                                                        \
		(line), (expectation), 1, AFD_MEDIA, "", { NULL, 0 }, 0, AFD_HOLDS, "JSON"                             \
	}
#define CODE(line, expectation, value)                                                                       \
	{                                                                                                        \
		(line), (expectation), 1, AFD_CODE, "", { NULL, 0 }, 0, AFD_IS, (value)                                \
	}
#define DELTA(line, expectation)                                                                             \
	{                                                                                                        \
		(line), (expectation), 1, AFD_DELTA, "orders", { NULL, 0 }, 0, AFD_IS, "records"                       \
	}

static const struct afd_expectation expect_ok_and_json[] = { { 14, "`200`", 0, 0 }, { 14, "JSON", 0, 0 } };
static const struct afd_term ok_and_json[] = { STATUS(14, 0, "200"), JSON(14, 1) };
static const struct afd_expectation expect_ok[] = { { 5, "2xx", 1, 0 } };
static const struct afd_term ok[] = { STATUS(5, 0, "2xx") };
static const struct afd_expectation expect_no_order[] = { { 40, "`404`", 0, 0 },
														  { 40, "`ORDER_NOT_FOUND`", 0, 0 } };
static const struct afd_term no_order[] = { STATUS(40, 0, "404"), CODE(40, 1, "ORDER_NOT_FOUND") };
static const struct afd_expectation expect_change[] = { { 61, "`orders` by records", 0, 0 } };
static const struct afd_term change[] = { DELTA(61, 0) };

static const struct afd_keep keep_order[] = { { 15, "ORDER", AFD_PATH, "$.data[0].id", { NULL, 0 } } };
static const struct afd_name need_list[] = { { 21, "1.1" } };
static const struct afd_name tag_slow[] = { { 70, "slow" } };

static const struct afd_binding missing_order[] = { { "ORDER", "999" } };
static const struct afd_case list_case[] = { { .line = 12, .id = "1.1" } };
static const struct afd_case one_case[] = { { .line = 20, .id = "1.2" } };
static const struct afd_case lost_cases[] = {
	{ .line = 38, .id = "1.3#1", .url = SHOP_URL "/orders/998" },
	{ .line = 39, .id = "1.3#2", .bindings = AFD_LIST(missing_order) },
};
static const struct afd_case create_case[] = { { .line = 45, .id = "2.1" } };
static const struct afd_case promo_case[] = { { .line = 50, .id = "2.2" } };
static const struct afd_case silent_case[] = { { .line = 55, .id = "3.1" } };
static const struct afd_case tables_case[] = { { .line = 60, .id = "3.2" } };
static const struct afd_case flaky_case[] = { { .line = 65, .id = "3.3" } };
static const struct afd_case slow_case[] = { { .line = 70, .id = "3.4" } };
static const struct afd_case page_case[] = { { .line = 75, .id = "3.5" } };

/* Leaves the braces open for what differs. */
#define TEST(name, test_id, part, from, to, does, verb, path)                                                \
	static const struct afd_test name = { .spec = "specs/shop.md",                                           \
										  .first_line = (from),                                              \
										  .last_line = (to),                                                 \
										  .sha256 = "aa",                                                    \
										  .id = test_id,                                                     \
										  .title = "Test " test_id,                                          \
										  .section = part,                                                   \
										  .effect = does,                                                    \
										  .request.line = (from) + 1,                                        \
										  .request.method = verb,                                            \
										  .request.url = SHOP_URL path,                                      \
										  .request.headers = AFD_LIST(shop_headers)

TEST(shop_list, "1.1", "1. Orders", 10, 15, AFD_READ, "GET", "/orders"),
	.cases = AFD_LIST(list_case), .expectations = AFD_LIST(expect_ok_and_json),
	.terms = AFD_LIST(ok_and_json), .keeps = AFD_LIST(keep_order),
}
;
TEST(shop_one, "1.2", "1. Orders", 18, 22, AFD_READ, "GET", "/orders/{ORDER}"),
	.cases = AFD_LIST(one_case), .expectations = AFD_LIST(expect_ok), .terms = AFD_LIST(ok),
	.needs = AFD_LIST(need_list),
}
;
TEST(shop_lost, "1.3", "1. Orders", 30, 40, AFD_READ, "GET", "/orders/{ORDER}"),
	.cases = AFD_LIST(lost_cases), .expectations = AFD_LIST(expect_no_order), .terms = AFD_LIST(no_order),
}
;
TEST(shop_create, "2.1", "2. Writing", 42, 47, AFD_WRITE, "POST", "/orders"),
	.request.body = AFD_BYTES(44, "{\"city\": \"{CITY}\"}"), .cases = AFD_LIST(create_case),
	.expectations = AFD_LIST(expect_ok), .terms = AFD_LIST(ok),
}
;
TEST(shop_promo, "2.2", "2. Writing", 48, 52, AFD_READ, "GET", "/promo/{PROMO}"),
	.cases = AFD_LIST(promo_case), .expectations = AFD_LIST(expect_ok), .terms = AFD_LIST(ok),
}
;
TEST(shop_silent, "3.1", "3. Rest", 54, 56, AFD_READ, "GET", "/orders"), .cases = AFD_LIST(silent_case),
}
;
TEST(shop_tables, "3.2", "3. Rest", 58, 61, AFD_READ, "GET", "/orders"),
	.cases = AFD_LIST(tables_case), .expectations = AFD_LIST(expect_change), .terms = AFD_LIST(change),
}
;
TEST(shop_flaky, "3.3", "3. Rest", 63, 66, AFD_READ, "GET", "/flaky"),
	.cases = AFD_LIST(flaky_case), .expectations = AFD_LIST(expect_ok), .terms = AFD_LIST(ok),
}
;
TEST(shop_slow, "3.4", "3. Rest", 68, 71, AFD_READ, "GET", "/slow"),
	.cases = AFD_LIST(slow_case), .expectations = AFD_LIST(expect_ok), .terms = AFD_LIST(ok),
	.tags = AFD_LIST(tag_slow),
}
;
TEST(shop_page, "3.5", "3. Rest", 73, 76, AFD_READ, "GET", "/page"),
	.cases = AFD_LIST(page_case), .expectations = AFD_LIST(expect_ok_and_json),
	.terms = AFD_LIST(ok_and_json),
}
;

static const struct afd_test *const shop_tests[] = { &shop_list,  &shop_one,    &shop_lost,   &shop_create,
													 &shop_promo, &shop_silent, &shop_tables, &shop_flaky,
													 &shop_slow,  &shop_page };
static const struct afd_base shop_bases[] = { { 3, "default", SHOP_URL "/" } };
static const struct afd_variable shop_variables[] = {
	{ 80, "YOUR_TOKEN", NULL, 1 },
	{ 81, "ORDER", NULL, 0 },
	{ 82, "PROMO", NULL, 0 },
	{ 83, "CITY", "Tver", 0 },
};
static const struct afd_shown shop_policy[] = { { 90, "$.data[*].id", "whole number", "" } };
static const char *const shop_words[] = { "ORDER_NOT_FOUND", "data" };

#define CASE(name, number) "{\"id\":\"" name "\",\"line\":" number ",\"missing\":null}"
#define ROW(name, first, last, does, verb, path, cases)                                                      \
	"{\"id\":\"" name "\",\"title\":\"Test " name "\",\"section\":\"\",\"first_line\":" first                \
	",\"last_line\":" last ",\"sha256\":\"aa\",\"effect\":\"" does "\",\"method\":\"" verb                   \
	"\",\"endpoint\":\"" SHOP_URL path "\",\"body_sha256\":null,\"cases\":[" cases "],\"expectations\":[]}"

static const char *const shop_inventory[] = {
	"{\"schema\":1,\"suite\":\"shop\",\"spec\":\"specs/shop.md\",\"spec_sha256\":\"ab\",\"tests\":[\n",
	ROW("1.1", "10", "15", "read", "GET", "/orders", CASE("1.1", "12")) ",\n",
	ROW("1.2", "18", "22", "read", "GET", "/orders/{ORDER}", CASE("1.2", "20")) ",\n",
	ROW("1.3", "30", "40", "read", "GET", "/orders/{ORDER}",
		CASE("1.3#1", "38") "," CASE("1.3#2", "39")) ",\n",
	ROW("2.1", "42", "47", "write", "POST", "/orders", CASE("2.1", "45")) ",\n",
	ROW("2.2", "48", "52", "read", "GET", "/promo/{PROMO}", CASE("2.2", "50")) ",\n",
	ROW("3.1", "54", "56", "read", "GET", "/orders", CASE("3.1", "55")) ",\n",
	ROW("3.2", "58", "61", "read", "GET", "/orders", CASE("3.2", "60")) ",\n",
	ROW("3.3", "63", "66", "read", "GET", "/flaky", CASE("3.3", "65")) ",\n",
	ROW("3.4", "68", "71", "read", "GET", "/slow", CASE("3.4", "70")) ",\n",
	ROW("3.5", "73", "76", "read", "GET", "/page", CASE("3.5", "75")) "\n",
	"]}\n",
};

#endif
