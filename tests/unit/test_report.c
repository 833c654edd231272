/* SPDX-License-Identifier: MIT
 * The reports: what they say, that nothing becomes markup, and that they follow from the evidence alone. */
#include "evidence_sample.h"

#include "report.h"
#include "report_model.h"

#include <cjson/cJSON.h>

static const char sentence[] = "Rehearsal against 127.0.0.1: says nothing about shop.example";
static const char hostile[] = "</td><script>alert(1)</script> | [x](http://evil.example) --> `rm` \x1b]8;;x";

static int close_sample(void **state)
{
	sample_close(*state);
	free(*state);
	return 0;
}

static int open_as(void **state, const char *rehearsal, const char *got)
{
	struct sample *sample = calloc(1, sizeof *sample);
	sample_open(sample, rehearsal);
	sample_fill(sample, got);
	*state = sample;
	return 0;
}

static int open_real(void **state)
{
	return open_as(state, NULL, "nothing there");
}

static int open_rehearsal(void **state)
{
	return open_as(state, sentence, "nothing there");
}

static int open_hostile(void **state)
{
	return open_as(state, NULL, hostile);
}

static void write_reports(const struct sample *sample)
{
	struct afd_error err = { 0 };
	int rc = afd_report_write(sample->bundle.work, NULL, &err);
	if (rc != 0)
		fail_msg("%s", err.text);
}

static void assert_says(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

static void assert_first_line(const struct sample *sample, const char *file, const char *part)
{
	char *text = sample_read(sample, file);
	text[strcspn(text, "\n")] = '\0';
	assert_says(text, part);
	free(text);
}

static void line_1_is_the_verdict(void **state)
{
	write_reports(*state);
	char *text = sample_read(*state, "data/report.md");
	assert_ptr_equal(strstr(text, "NOT READY: 1 of 4 cases failed, 0 without a judgement\n"), text);
	free(text);
}

static void line_1_of_a_rehearsal_says_so_in_every_report(void **state)
{
	static const char *const files[] = { "data/report.md", "data/report.html", "data/junit.xml",
										 "data/ctrf.json" };
	write_reports(*state);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_first_line(*state, files[i], sentence);
	char *text = sample_read(*state, "data/report.md");
	assert_ptr_equal(strstr(text, sentence), text);
	assert_says(text, "\n# shop: REHEARSAL FAILED\n");
	free(text);
}

static void markdown_gives_the_whole_account(void **state)
{
	static const char *const parts[] = {
		"| Coverage | 2 of 4 cases executed (50%) |\n",
		"| Blocked | 1 |\n| Not selected | 1 |\n",
		"| 1.2#2 | specs/shop.md:16-22 | no value for ID | Give the value: --var NAME=VALUE or "
		"AFFIDAVIT_VAR_NAME. |\n",
		"| 1.3 | specs/shop.md:24-26 | not selected for this run | Run the suite without",
		"| specs/shop.md:22 | 1.2#1 | code NOT_FOUND | status 404, code NO_SUCH_ORDER; nothing there | "
		"responses/1.2_1.json "
		"| 6 |\n",
		"| 1.1 | GET /v1/orders | specs/shop.md:10-14 | `200` and JSON | pass | status 200 | 3 | 1.500 | "
		"responses/1.1.json |\n",
		"| default | 2 | 2.125 | 2.125 | 2.750 | 1.500 | 1.1 | 2.750 | 1.2#1 |\n",
		"| `a\\|b` \\`\\`x\\` \\<i\\> | not selected |",
		"| Values masked | 9 |\n",
		"| AFFIDAVIT_SECRET_TOKEN | present |\n",
		"| default | https://shop.example/v1 | no | reachable |\n",
	};
	write_reports(*state);
	char *text = sample_read(*state, "data/report.md");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		assert_says(text, parts[i]);
	free(text);
}

static void junit_counts_every_case_of_the_spec_once(void **state)
{
	write_reports(*state);
	char *text = sample_read(*state, "data/junit.xml");
	assert_says(text, " tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\"");
	assert_says(text, "name=\"1.2#1 One order\" file=\"specs/shop.md\" line=\"20\" time=\"0.002750\">"
					  "<failure message=\"specs/shop.md:22: expected code NOT_FOUND, got nothing there\"");
	assert_says(text, "<skipped message=\"no value for ID\"/>");
	free(text);
}

static void ctrf_is_json_with_the_same_counts(void **state)
{
	write_reports(*state);
	char *text = sample_read(*state, "data/ctrf.json");
	cJSON *document = cJSON_Parse(text);
	const cJSON *results = cJSON_GetObjectItem(document, "results");
	const cJSON *summary = cJSON_GetObjectItem(results, "summary");
	assert_string_equal(afd_record_text_of(document, "reportFormat"), "CTRF");
	assert_int_equal(afd_record_integer_of(summary, "tests"), 4);
	assert_int_equal(afd_record_integer_of(summary, "passed"), 1);
	assert_int_equal(afd_record_integer_of(summary, "failed"), 1);
	assert_int_equal(afd_record_integer_of(summary, "skipped"), 1);
	assert_int_equal(afd_record_integer_of(summary, "pending"), 1);
	assert_true(afd_record_integer_of(summary, "start") == 1795378500123);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(results, "tests")), 4);
	cJSON_Delete(document);
	free(text);
}

static void no_text_becomes_markup(void **state)
{
	write_reports(*state);
	char *markdown = sample_read(*state, "data/report.md");
	char *html = sample_read(*state, "data/report.html");
	char *junit = sample_read(*state, "data/junit.xml");
	assert_says(markdown,
				"\\</td\\>\\<script\\>alert(1)\\</script\\> \\| \\[x\\](http://evil.example) --\\> \\`rm\\`");
	assert_null(strstr(markdown, "\x1b"));
	assert_null(strstr(html, "<script"));
	assert_says(html, "&lt;script&gt;");
	assert_says(html, "Content-Security-Policy\" content=\"default-src 'none'");
	assert_null(strstr(html, "\x1b"));
	assert_null(strstr(junit, "<script"));
	assert_null(strstr(junit, "\x1b"));
	assert_says(junit, "name=\"1.3 Last &lt;b&gt;\"");
	free(markdown);
	free(html);
	free(junit);
}

static void made_again_elsewhere_they_are_the_same_bytes(void **state)
{
	static const char *const files[] = { "report.md", "report.html", "junit.xml", "ctrf.json" };
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	char again[128];
	write_reports(sample);
	snprintf(again, sizeof again, "%s/again", sample->folder);
	setenv("TZ", "Asia/Kathmandu", 1);
	assert_int_equal(afd_report_write(sample->bundle.work, again, &err), 0);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		char inside[64];
		char outside[256];
		snprintf(inside, sizeof inside, "data/%s", files[i]);
		snprintf(outside, sizeof outside, "%s/%s", again, files[i]);
		char *text = sample_read(sample, inside);
		assert_true(afd_file_same(outside, afd_span_of(text)));
		free(text);
	}
}

static void a_verdict_that_does_not_follow_is_invalid(void **state)
{
	(void)state;
	struct sample sample;
	struct afd_error err = { 0 };
	sample_open(&sample, NULL);
	sample.end_verdict = "READY";
	sample_fill(&sample, "nothing there");
	assert_int_equal(afd_report_write(sample.bundle.work, NULL, &err), AFD_EXIT_EVIDENCE);
	assert_says(err.text, "the verdict of its last line does not follow");
	sample_close(&sample);
}

static void counts_that_do_not_follow_are_invalid(void **state)
{
	(void)state;
	struct sample sample;
	struct afd_error err = { 0 };
	sample_open(&sample, NULL);
	sample_run_line(&sample);
	sample_case(&sample, &sample_orders, 0, true, NULL);
	sample.tally.executed = 4;
	sample_end(&sample);
	assert_int_equal(afd_report_write(sample.bundle.work, NULL, &err), AFD_EXIT_EVIDENCE);
	assert_says(err.text, "the counts of its last line");
	sample_close(&sample);
}

static void two_results_of_a_case_are_invalid(void **state)
{
	(void)state;
	struct sample sample;
	struct afd_error err = { 0 };
	sample_open(&sample, NULL);
	sample_run_line(&sample);
	sample_case(&sample, &sample_orders, 0, true, NULL);
	sample_case(&sample, &sample_orders, 0, true, NULL);
	sample_end(&sample);
	assert_int_equal(afd_report_write(sample.bundle.work, NULL, &err), AFD_EXIT_EVIDENCE);
	assert_says(err.text, "a case has two results");
	sample_close(&sample);
}

static void another_inventory_is_invalid(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	struct afd_masked other = afd_public(AFD_SPAN("{\"tests\":[]}"), &sample->arena);
	assert_int_equal(afd_bundle_put(&sample->bundle, "data/inventory.json", other, &err), 0);
	assert_int_equal(afd_report_write(sample->bundle.work, NULL, &err), AFD_EXIT_EVIDENCE);
	assert_says(err.text, "inventory.json is not the one that the run names");
}

static void assert_case(const struct sample *sample, const char *id, enum afd_exit code, const char *says)
{
	struct afd_error err = { 0 };
	enum afd_exit got;
	struct afd_text line;
	afd_text_init(&line, 4096);
	assert_int_equal(afd_report_case(sample->bundle.work, id, &line, &got, &err), 0);
	assert_int_equal(got, code);
	assert_says(line.data, says);
	assert_ptr_equal(strchr(line.data, '\n'), line.data + line.size - 1);
	afd_text_free(&line);
}

static void a_case_is_asked_for_its_verdict(void **state)
{
	assert_case(*state, "1.1", AFD_EXIT_OK, "specs/shop.md:12: pass 1.1 (status 200)\n");
	assert_case(*state, "1.1#1", AFD_EXIT_OK, "pass 1.1");
	assert_case(*state, "1.2#1", AFD_EXIT_FAILED,
				"specs/shop.md:20: fail 1.2#1 (status 404, code NO_SUCH_ORDER; nothing there)\n");
	assert_case(*state, "1.2#2", AFD_EXIT_NO_VERDICT, "blocked 1.2#2 (no value for ID)");
	assert_case(*state, "1.2", AFD_EXIT_FAILED, "; specs/shop.md:21: blocked 1.2#2");
	assert_case(*state, "1.3", AFD_EXIT_NO_VERDICT, "not selected 1.3");
	struct afd_error err = { 0 };
	enum afd_exit code;
	struct afd_text line;
	afd_text_init(&line, 4096);
	assert_int_equal(afd_report_case(((struct sample *)*state)->bundle.work, "9", &line, &code, &err),
					 AFD_EXIT_USAGE);
}

static void latency_is_exact(void **state)
{
	(void)state;
	struct afd_report report = { 0 };
	report.case_count = 20;
	report.cases = afd_arena_array(&report.arena, report.case_count, sizeof *report.cases);
	for (size_t i = 0; i < report.case_count; i++) {
		report.cases[i].id = afd_arena_printf(&report.arena, "%zu", i + 1);
		report.cases[i].recorded = true;
		report.cases[i].http_status = 200;
		report.cases[i].latency_us = (long long)((i * 7 % 20 + 1) * 1000);
		report.cases[i].api = i < 19 ? "default" : NULL;
	}
	/* 20 is alone under its own name with 14 ms: 1..20 ms without 14 are left. */
	afd_report_latencies(&report);
	assert_int_equal(report.latency_count, 2);
	const struct afd_report_latency *row = &report.latencies[0];
	assert_int_equal(row->count, 19);
	assert_true(row->average == 10316 && row->median == 10000 && row->p95 == 20000);
	assert_true(row->fastest == 1000 && row->slowest == 20000);
	assert_string_equal(row->fastest_id, "1");
	assert_string_equal(row->slowest_id, "18");
	assert_string_equal(report.latencies[1].api, "(no base)");
	assert_true(report.latencies[1].median == 14000 && report.latencies[1].p95 == 14000);
	afd_report_free(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(line_1_is_the_verdict, open_real, close_sample),
		cmocka_unit_test_setup_teardown(line_1_of_a_rehearsal_says_so_in_every_report, open_rehearsal,
										close_sample),
		cmocka_unit_test_setup_teardown(markdown_gives_the_whole_account, open_real, close_sample),
		cmocka_unit_test_setup_teardown(junit_counts_every_case_of_the_spec_once, open_real, close_sample),
		cmocka_unit_test_setup_teardown(ctrf_is_json_with_the_same_counts, open_real, close_sample),
		cmocka_unit_test_setup_teardown(no_text_becomes_markup, open_hostile, close_sample),
		cmocka_unit_test_setup_teardown(made_again_elsewhere_they_are_the_same_bytes, open_hostile,
										close_sample),
		cmocka_unit_test(a_verdict_that_does_not_follow_is_invalid),
		cmocka_unit_test(counts_that_do_not_follow_are_invalid),
		cmocka_unit_test(two_results_of_a_case_are_invalid),
		cmocka_unit_test_setup_teardown(another_inventory_is_invalid, open_real, close_sample),
		cmocka_unit_test_setup_teardown(a_case_is_asked_for_its_verdict, open_real, close_sample),
		cmocka_unit_test(latency_is_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
