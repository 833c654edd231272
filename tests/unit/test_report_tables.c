/* SPDX-License-Identifier: MIT
 * What evidence and reports say of tables: watched, lost, and where something does not come out. */
#include "evidence_read.h"
#include "evidence_sample.h"
#include "report.h"

#include <cjson/cJSON.h>

static const struct afd_watched watched[] = {
	{ 1, "orders", "id", "_ver", "ts" },
	{ 2, "clients", "id", "_ver", "ts" },
	{ 3, "daily", "day", "_ver", "" },
	{ 4, "runs", "id", "", "started" },
};
static const struct afd_table_line empty[] = {
	{ "orders", 0, 0, "", "" },
	{ "clients", 7, 9, "5", "2026-11-21 10:00:00" },
	{ "daily", 0, 0, "", "" },
	{ "runs", 1, 1, "", "2026-11-21 10:00:00" },
};
static const struct afd_table_line landed[] = {
	{ "orders", 3, 3, "6", "2026-11-22 23:15:00" },
	{ "clients", 7, 9, "5", "2026-11-21 10:00:00" },
	{ "daily", 0, 0, "", "" },
	{ "runs", 1, 1, "", "2026-11-21 10:00:00" },
};
static const struct afd_skipped_line skipped[] = { { "no key", 1 } };
static const struct afd_landed_line landing = {
	.table = "orders",
	.pages = 2,
	.answered = 4,
	.eligible = 3,
	.rows = 3,
	.fresh = 3,
	.confirmed = 3,
	.skipped = skipped,
	.skipped_count = 1,
};

static void assert_says(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

static void assert_file_says(const struct sample *sample, const char *file, const char *part)
{
	char *text = sample_read(sample, file);
	assert_says(text, part);
	free(text);
}

static int open_watched(void **state)
{
	struct sample *sample = calloc(1, sizeof *sample);
	sample_open(sample, NULL);
	sample->suite.watch = (struct afd_watch)AFD_LIST(watched);
	sample->clickhouse = (struct afd_database_line){ .state = AFD_TABLES_WATCHED,
													 .engine = "embedded",
													 .version = "26.7.2.1",
													 .database = "default",
													 .max_pages = 9 };
	sample->before = (struct afd_tables_line){ AFD_TABLES_WATCHED, NULL, empty, 4 };
	sample->between = (struct afd_tables_line){ AFD_TABLES_WATCHED, empty, landed, 4 };
	sample->after = (struct afd_tables_line){ AFD_TABLES_WATCHED, NULL, landed, 4 };
	sample->landed = &landing;
	*state = sample;
	return 0;
}

static int close_watched(void **state)
{
	sample_close(*state);
	free(*state);
	return 0;
}

static void add_end(struct sample *sample, const struct afd_mismatch_line *mismatch)
{
	static const char *const filled[] = { "daily" };
	struct afd_derive_line derive = {
		.run = true, .statements = 2, .tables = filled, .table_count = 1, .sql_sha256 = "ee"
	};
	struct afd_job_line job = { "runs", "0a1b", "ok", "3 of 4 cases executed, 1 passed", 3 };
	struct afd_error err = { 0 };
	assert_int_equal(afd_evidence_derive(&sample->evidence, &derive, &err), 0);
	assert_int_equal(afd_evidence_job(&sample->evidence, &job, &err), 0);
	assert_int_equal(afd_evidence_reconcile(&sample->evidence, 12, mismatch, mismatch != NULL, &err), 0);
	sample->tally.mismatches = mismatch != NULL;
}

/* The whole run, all of its cases with their verdicts; `passes`: it has but the one that does. */
static void write_run(struct sample *sample, bool passes, const struct afd_mismatch_line *mismatch)
{
	struct afd_error err = { 0 };
	sample_run_line(sample);
	sample_case(sample, &sample_orders, 0, true, NULL);
	if (!passes)
		sample_case(sample, &sample_order, 0, false, "code");
	add_end(sample, mismatch);
	sample_end(sample);
	if (afd_report_write(sample->bundle.work, NULL, &err) != 0)
		fail_msg("%s", err.text);
}

static void the_csv_has_a_row_for_each_table(void **state)
{
	write_run(*state, true, NULL);
	char *csv = sample_read(*state, "data/clickhouse_counts.csv");
	assert_string_equal(csv, "table_name,count_before,count_after,delta,max_ver,max_snapshot_ts\n"
							 "orders,0,3,3,6,2026-11-22 23:15:00\n"
							 "clients,7,7,0,5,2026-11-21 10:00:00\n"
							 "daily,0,0,0,,\n"
							 "runs,1,1,0,,2026-11-21 10:00:00\n");
	free(csv);
}

static void the_report_says_what_changed_and_why(void **state)
{
	static const char *const parts[] = {
		"| Tables | watched in ClickHouse 26.7.2.1, embedded |\n",
		"| Facts | derived by 2 statements of the SQL file |\n",
		"| orders | 0 | 3 | 3 |  | 1.1 | 6 | 2026-11-22 23:15:00 | 3 |\n",
		"| clients | 7 | 7 | 0 |  |  | 5 | 2026-11-21 10:00:00 | 9 |\n",
		"| daily | 0 | 0 | 0 | empty | derived |  |  | 0 |\n",
		"| runs | 1 | 1 | 0 |  | the row of the run |  | 2026-11-21 10:00:00 | 1 |\n",
		"| 1.1 | orders | 2 | | 4 | 3 | 0 | 3 | 3 | 3 | 1: no key | yes |  |\n",
		("Comparisons of answers, rows, keys and facts: 12. Of those at the end of the run 0 do not come "
		 "out.\n"),
		"| pass | status 200 | 3 | orders +3 | 1.500 |",
	};
	write_run(*state, false, NULL);
	char *report = sample_read(*state, "data/report.md");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		assert_says(report, parts[i]);
	free(report);
	assert_file_says(*state, "data/report.html", "<td>daily</td><td class=\"number\">0</td>");
	assert_file_says(*state, "data/report.html", "<td>empty</td><td>derived</td>");
	assert_file_says(*state, "data/report.html", "<th>Changed tables");
}

static void the_evidence_holds_every_count(void **state)
{
	static const char *const parts[] = {
		"\"phase\":\"snapshot\",",
		("\"moment\":\"baseline\",\"tables\":\"watched\",\"clickhouse_counts\":{\"orders\":0,\"clients\":7,"
		 "\"daily\":0,"
		 "\"runs\":1},\"raw_counts\":{\"orders\":0,\"clients\":9,\"daily\":0,\"runs\":1},\"max_versions\":{"
		 "\"orders\":null,"
		 "\"clients\":\"5\",\"daily\":null,\"runs\":null}"),
		("\"clickhouse_before\":{\"orders\":0,\"clients\":7,\"daily\":0,\"runs\":1},\"clickhouse_after\":{"
		 "\"orders\":3,"),
		("\"landed\":[{\"table\":\"orders\",\"pages\":2,\"answered\":4,\"skipped\":{\"no "
		 "key\":1},\"eligible\":3,"
		 "\"duplicates\":0,\"conflicts\":0,\"rows\":3,\"fresh\":3,\"confirmed\":3}]"),
		("\"clickhouse\":{\"tables\":\"watched\",\"engine\":\"embedded\",\"where\":null,\"version\":\"26.7.2."
		 "1\""),
		"\"watched\":[\"orders\",\"clients\",\"daily\",\"runs\"]",
		"\"phase\":\"derive\",",
		"\"run\":true,\"statements\":2,\"filled\":[\"daily\"],\"sql_sha256\":\"ee\"}",
		"\"table\":\"runs\",\"run_id\":\"0a1b\",\"status\":\"ok\",\"rows\":3",
	};
	write_run(*state, true, NULL);
	char *log = sample_read(*state, "data/evidence.jsonl");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		assert_says(log, parts[i]);
	free(log);
}

static void rows_that_do_not_add_up_are_told(void **state)
{
	struct sample *sample = *state;
	struct afd_landed_line wrong = landing;
	wrong.confirmed = 2;
	sample->landed = &wrong;
	write_run(sample, true, NULL);
	assert_file_says(sample, "data/report.md", "| 1: no key | NO |  |\n");
}

static void a_sum_that_does_not_come_out_fails_the_run(void **state)
{
	struct sample *sample = *state;
	struct afd_mismatch_line mismatch = { "daily", 3, { NULL, 0 } };
	mismatch.text = afd_public(AFD_SPAN("daily: sold is 3, but 4 in orders"), &sample->arena);
	write_run(sample, true, &mismatch);
	assert_file_says(sample, "data/report.md",
					 "NOT READY: 0 of 4 cases failed, 0 without a judgement; 1 sums do not come out\n");
	assert_file_says(sample, "data/report.md",
					 "| daily | specs/shop.md:3 | daily: sold is 3, but 4 in orders |\n");
	assert_file_says(sample, "data/junit.xml", " tests=\"5\" failures=\"1\" errors=\"0\" skipped=\"3\"");
	assert_file_says(sample, "data/junit.xml",
					 "<failure message=\"daily: sold is 3, but 4 in orders\" type=\"reconciliation\"/>");
	assert_file_says(sample, "data/ctrf.json", "\"tests\":5,\"passed\":1,\"failed\":1,");
	assert_file_says(sample, "data/report.html", "<h3>What does not come out</h3>");
}

static void a_verdict_that_passes_over_a_sum_is_invalid_evidence(void **state)
{
	struct sample *sample = *state;
	struct afd_mismatch_line mismatch = { "daily", 0, { NULL, 0 } };
	struct afd_error err = { 0 };
	mismatch.text = afd_public(AFD_SPAN("daily: 1"), &sample->arena);
	sample_run_line(sample);
	sample_case(sample, &sample_orders, 0, true, NULL);
	add_end(sample, &mismatch);
	sample->tally.mismatches = 0;
	sample_end(sample);
	assert_int_equal(afd_report_write(sample->bundle.work, NULL, &err), AFD_EXIT_EVIDENCE);
	assert_says(err.text, "the verdict of its last line does not follow");
}

static void lost_tables_are_told_and_nothing_is_invented(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	sample->between = (struct afd_tables_line){ AFD_TABLES_LOST, empty, NULL, 4 };
	sample->after = (struct afd_tables_line){ AFD_TABLES_LOST, NULL, NULL, 4 };
	sample->landed = NULL;
	sample_run_line(sample);
	assert_int_equal(afd_evidence_lost(&sample->evidence, "1.1",
									   afd_public(AFD_SPAN("nothing answers"), &sample->arena), &err),
					 0);
	sample_case(sample, &sample_orders, 0, true, NULL);
	sample->tally.lost = true;
	sample_end(sample);
	assert_int_equal(afd_report_write(sample->bundle.work, NULL, &err), 0);
	assert_file_says(sample, "data/report.md",
					 "INCOMPLETE: no case failed, 3 of 4 were not executed; the tables were lost\n");
	assert_file_says(sample, "data/report.md", "| Tables | lost at 1.1: nothing answers |\n");
	assert_file_says(sample, "data/report.md", "| orders | 0 | not known | not known |");
	assert_file_says(sample, "data/clickhouse_counts.csv", "\norders,0,,,,\n");
	assert_file_says(sample, "data/junit.xml",
					 "<error message=\"lost at 1.1: nothing answers\" type=\"database\"/>");
	assert_file_says(sample, "data/ctrf.json", "\"other\":1,");
}

static void without_tables_there_is_no_csv(void **state)
{
	struct sample *sample = *state;
	sample->clickhouse = (struct afd_database_line){ 0 };
	sample->before = sample->between = sample->after = (struct afd_tables_line){ 0 };
	sample->landed = NULL;
	struct afd_error err = { 0 };
	sample_fill(sample, "code");
	assert_int_equal(afd_report_write(sample->bundle.work, NULL, &err), 0);
	char *path = afd_bundle_path(&sample->bundle, "data/clickhouse_counts.csv");
	assert_false(afd_file_exists(path));
	free(path);
	assert_file_says(sample, "data/report.md", "| Tables | not watched: nothing is said about them |\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_watched, close_watched)
	const struct CMUnitTest tests[] = {
		TEST(the_csv_has_a_row_for_each_table),
		TEST(the_report_says_what_changed_and_why),
		TEST(the_evidence_holds_every_count),
		TEST(rows_that_do_not_add_up_are_told),
		TEST(a_sum_that_does_not_come_out_fails_the_run),
		TEST(a_verdict_that_passes_over_a_sum_is_invalid_evidence),
		TEST(lost_tables_are_told_and_nothing_is_invented),
		TEST(without_tables_there_is_no_csv),
	};
#undef TEST
	return cmocka_run_group_tests(tests, NULL, NULL);
}
