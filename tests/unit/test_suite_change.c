/* SPDX-License-Identifier: MIT
 * What a test says of tables, against what changed in them: every form, on counts that are given. */
#include "suite_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ORDERS  "orders"
#define CLIENTS "clients"

static const struct afd_watched watched[] = {
	{ 1, ORDERS, "id", "_ver", "ts" },
	{ 2, CLIENTS, "id", "_ver", "ts" },
	{ 3, "runs", "id", "", "" },
};
static const struct afd_suite suite = { .name = "shop", .watch = AFD_LIST(watched) };
static const struct afd_landing landing = { .line = 9, .table = ORDERS };
static const struct afd_case cases[] = { { .line = 20, .id = "1.1" } };

/* A case that has been sent: its test's terms, the counts before and now. */
struct scene {
	struct afd_run run;
	struct afd_test test;
	struct afd_term terms[4];
	struct afd_expectation expectations[4];
	struct afd_name lands_in[1];
	struct afd_selected selected;
	struct afd_counts before[3], now[3];
	struct afd_landed landed[1];
	struct afd_exchange exchange;
};

static int open_scene(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);
	scene->run.suite = &suite;
	scene->test = (struct afd_test){ .id = "1.1", .cases = AFD_LIST(cases), .effect = AFD_READ };
	scene->test.terms.rows = scene->terms;
	scene->test.expectations.rows = scene->expectations;
	scene->test.lands_in.rows = scene->lands_in;
	scene->lands_in[0] = (struct afd_name){ 33, ORDERS };
	scene->selected = (struct afd_selected){ &scene->test, &cases[0], 0 };
	for (size_t i = 0; i < 3; i++)
		scene->before[i] = (struct afd_counts){ .table = watched[i].table, .final = 10, .max_version = "5" };
	memcpy(scene->now, scene->before, sizeof scene->now);
	scene->landed[0] = (struct afd_landed){ .landing = &landing };
	*state = scene;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *scene = *state;
	afd_arena_free(&scene->exchange.arena);
	free(scene);
	return 0;
}

static void expect_change(struct scene *scene, const char *table, const char *value)
{
	size_t at = scene->test.terms.count++;
	scene->test.expectations.count++;
	scene->expectations[at] = (struct afd_expectation){ .line = 40 + (unsigned)at, .text = "a change" };
	scene->terms[at] = (struct afd_term){ .expectation = (unsigned short)at,
										  .alternative = 1,
										  .subject = AFD_DELTA,
										  .name = table,
										  .predicate = AFD_IS,
										  .value = value };
}

/* `fresh` rows of new keys, all of them found afterwards. */
static void land(struct scene *scene, size_t fresh)
{
	struct afd_landed *landed = scene->landed;
	scene->test.lands_in.count = 1;
	landed->answered = landed->eligible = landed->rows = landed->fresh = landed->confirmed = fresh;
	scene->exchange.landing = (struct afd_landing_case){ .rows = landed, .count = 1 };
}

static void judge(struct scene *scene)
{
	struct afd_exchange *exchange = &scene->exchange;
	exchange->run = &scene->run;
	exchange->of = &scene->selected;
	exchange->before = (struct afd_snapshot){ scene->before, 3 };
	scene->run.database.now = (struct afd_snapshot){ scene->now, 3 };
	for (size_t i = 0; i < scene->test.expectations.count; i++) {
		struct afd_judged_line *line = afd_arena_push(&exchange->arena, &exchange->judged,
													  &exchange->judged_count, sizeof *exchange->judged);
		line->expectation = &scene->expectations[i];
	}
	afd_judge_changes(exchange);
}

static void assert_held(const struct scene *scene, size_t index)
{
	assert_true(index < scene->exchange.judged_count);
	assert_true(scene->exchange.judged[index].judged);
	if (!scene->exchange.judged[index].held)
		fail_msg("%s", scene->exchange.judged[index].got.data);
}

static void assert_unmet(const struct scene *scene, size_t index, unsigned line, const char *got)
{
	assert_true(index < scene->exchange.judged_count);
	const struct afd_judged_line *judged = &scene->exchange.judged[index];
	assert_true(judged->judged && !judged->held);
	assert_string_equal(judged->got.data, got);
	assert_int_equal(judged->expectation->line, line);
	assert_int_equal(scene->exchange.judgement.judged, scene->exchange.judged_count);
}

static void by_records_is_as_many_as_landed_under_new_keys(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, ORDERS, "records");
	expect_change(scene, "*", "0");
	land(scene, 3);
	scene->now[0].final = 13;
	judge(scene);
	assert_held(scene, 0);
	assert_held(scene, 1);
	assert_int_equal(scene->exchange.judged_count, 2);
}

static void by_records_tells_both_numbers(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, ORDERS, "records");
	land(scene, 3);
	scene->now[0].final = 12;
	judge(scene);
	assert_unmet(scene, 0, 40, "orders changed by 2, 3 rows landed under new keys");
}

static void rows_that_replace_others_are_no_new_records(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, ORDERS, "records");
	expect_change(scene, "*", "0");
	land(scene, 0);
	strcpy(scene->now[0].max_version, "6");
	judge(scene);
	assert_held(scene, 0);
	assert_held(scene, 1);
}

static void by_a_number(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, ORDERS, "2");
	expect_change(scene, CLIENTS, "+1");
	expect_change(scene, "runs", "-1");
	scene->now[0].final = 12;
	scene->now[1].final = 11;
	scene->now[2].final = 9;
	judge(scene);
	for (size_t i = 0; i < 3; i++)
		assert_held(scene, i);
}

static void by_another_number(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, ORDERS, "2");
	scene->now[0].final = 13;
	judge(scene);
	assert_unmet(scene, 0, 40, "changed orders by 3");
}

static void no_change_is_of_all_tables(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, "*", "0");
	scene->now[0].final = 9;
	scene->now[2].final = 14;
	judge(scene);
	assert_unmet(scene, 0, 40, "changed orders by -1, runs by 4, which nobody expected");
}

static void no_change_is_no_newer_rows_either(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, CLIENTS, "0");
	strcpy(scene->now[1].max_version, "6");
	judge(scene);
	assert_unmet(scene, 0, 40, "changed clients by 0 (newer rows in the place of others)");
}

static void merges_are_no_change(void **state)
{
	struct scene *scene = *state;
	expect_change(scene, "*", "0");
	scene->before[0].raw = 30;
	scene->now[0].raw = 10;
	judge(scene);
	assert_held(scene, 0);
}

static void a_read_that_says_nothing_may_change_nothing(void **state)
{
	struct scene *scene = *state;
	scene->now[1].final = 12;
	judge(scene);
	assert_int_equal(scene->exchange.judged_count, 1);
	assert_unmet(scene, 0, 20, "changed clients by 2, which nobody expected");
	assert_string_equal(scene->exchange.judged[0].expectation->text, "no other table");
}

static void a_read_that_lands_may_change_where_it_lands(void **state)
{
	struct scene *scene = *state;
	land(scene, 3);
	scene->now[0].final = 13;
	judge(scene);
	assert_int_equal(scene->exchange.judged_count, 0);
}

static void what_a_write_changes_is_for_its_test_to_say(void **state)
{
	struct scene *scene = *state;
	scene->test.effect = AFD_WRITE;
	scene->now[1].final = 12;
	judge(scene);
	assert_int_equal(scene->exchange.judged_count, 0);
}

static void what_does_not_add_up_fails_where_it_lands(void **state)
{
	struct scene *scene = *state;
	land(scene, 3);
	scene->landed[0].confirmed = 2;
	scene->now[0].final = 12;
	judge(scene);
	assert_int_equal(scene->exchange.judged_count, 2);
	assert_unmet(scene, 0, 33, "orders: 3 rows were sent, but 2 are found in the table");
	assert_unmet(scene, 1, 33, "orders: 3 rows landed under new keys, but the table changed by 2");
}

static void a_list_that_broke_off_fails_and_one_that_was_bounded_is_told(void **state)
{
	struct scene *scene = *state;
	land(scene, 0);
	scene->exchange.broken = "page 2: status 500";
	scene->exchange.pages = (struct afd_pages){ .end = AFD_PAGES_OPEN, .taken = 1 };
	judge(scene);
	assert_unmet(scene, 0, 33, "page 2: status 500");
	assert_int_equal(scene->exchange.judged_count, 1);
	scene->exchange.broken = NULL;
	scene->exchange.pages = (struct afd_pages){
		.end = AFD_PAGES_TRUNCATED, .taken = 2, .records = 4, .first = 1, .per_page = 2, .total = 9
	};
	judge(scene);
	assert_int_equal(scene->exchange.judged_count, 1);
	assert_string_equal(scene->exchange.line.notes.data,
						"2 pages were read, with 4 of 9 records: --max-pages reads more");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		TEST(by_records_is_as_many_as_landed_under_new_keys),
		TEST(by_records_tells_both_numbers),
		TEST(rows_that_replace_others_are_no_new_records),
		TEST(by_a_number),
		TEST(by_another_number),
		TEST(no_change_is_of_all_tables),
		TEST(no_change_is_no_newer_rows_either),
		TEST(merges_are_no_change),
		TEST(a_read_that_says_nothing_may_change_nothing),
		TEST(a_read_that_lands_may_change_where_it_lands),
		TEST(what_a_write_changes_is_for_its_test_to_say),
		TEST(what_does_not_add_up_fails_where_it_lands),
		TEST(a_list_that_broke_off_fails_and_one_that_was_bounded_is_told),
	};
#undef TEST
	return cmocka_run_group_tests(tests, NULL, NULL);
}
