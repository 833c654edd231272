/* SPDX-License-Identifier: MIT
 * ctrf.json, the Common Test Report Format: for dashboards. */
#include "report_model.h"

#include "evidence_record.h"

#include <stdio.h>
#include <time.h>

/* Milliseconds since the epoch of an RFC 3339 time in UTC, as afd_timestamp writes it. */
static long long epoch_ms(const char *text)
{
	struct tm parts = { 0 };
	long long micros = 0;
	if (!text || sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d.%6lldZ", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
						&parts.tm_hour, &parts.tm_min, &parts.tm_sec, &micros) != 7)
		return 0;
	parts.tm_year -= 1900;
	parts.tm_mon -= 1;
	return (long long)timegm(&parts) * 1000 + micros / 1000;
}

static const char *status_of(const struct afd_report_case *of)
{
	static const char *const words[] = {
		[AFD_VERDICT_PASS] = "passed",
		[AFD_VERDICT_FAIL] = "failed",
		[AFD_VERDICT_ERROR] = "other",
		[AFD_VERDICT_BLOCKED] = "skipped",
	};
	return of->recorded ? words[of->outcome.verdict] : "pending";
}

static void add_case(struct afd_record *record, struct cJSON *tests, const struct afd_report *report,
					 const struct afd_report_case *of)
{
	struct afd_arena arena = { 0 };
	struct cJSON *test = afd_record_object(record, tests, NULL);
	afd_record_word(record, test, "name", afd_arena_printf(&arena, "%s %s", of->id, of->title));
	afd_record_word(record, test, "status", status_of(of));
	afd_record_integer(record, test, "duration", of->latency_us > 0 ? (of->latency_us + 500) / 1000 : 0);
	afd_record_word(record, test, "suite", report->suite);
	afd_record_word(record, test, "filePath", report->spec);
	afd_record_integer(record, test, "line", of->line);
	if (!of->recorded || of->outcome.verdict != AFD_VERDICT_PASS)
		afd_record_word(record, test, "message", afd_report_got(of, &arena));
	if (of->recorded)
		afd_record_integer(record, test, "retries", of->retries > 0 ? of->retries : 0);
	struct cJSON *extra = afd_record_object(record, test, "extra");
	afd_record_word(record, extra, "id", of->id);
	afd_record_word(record, extra, "spec_ref", of->spec_ref);
	afd_record_word(record, extra, "endpoint", of->endpoint);
	afd_record_count(record, extra, "http_status", of->recorded ? of->http_status : -1);
	afd_arena_free(&arena);
}

/* What no case stands for: sums at the end of the run, and tables that were lost. */
static bool has_tables(const struct afd_report *report)
{
	return report->tally.mismatches > 0 || report->tally.lost;
}

static void add_tables(struct afd_record *record, struct cJSON *tests, const struct afd_report *report)
{
	struct afd_arena arena = { 0 };
	bool mismatched = report->tally.mismatches > 0;
	struct cJSON *test = afd_record_object(record, tests, NULL);
	afd_record_word(record, test, "name", "tables");
	afd_record_word(record, test, "status", mismatched ? "failed" : "other");
	afd_record_integer(record, test, "duration", 0);
	afd_record_word(record, test, "suite", report->suite);
	afd_record_word(record, test, "filePath", report->spec);
	afd_record_word(record, test, "message",
					mismatched ? report->tables.mismatches[0].text : afd_report_tables_words(report, &arena));
	afd_arena_free(&arena);
}

static void add_summary(struct afd_record *record, struct cJSON *results, const struct afd_report *report)
{
	const size_t *by = report->tally.by_verdict;
	size_t known =
		by[AFD_VERDICT_PASS] + by[AFD_VERDICT_FAIL] + by[AFD_VERDICT_ERROR] + by[AFD_VERDICT_BLOCKED];
	bool mismatched = report->tally.mismatches > 0;
	struct cJSON *summary = afd_record_object(record, results, "summary");
	afd_record_integer(record, summary, "tests", (long long)(report->case_count + has_tables(report)));
	afd_record_integer(record, summary, "passed", (long long)by[AFD_VERDICT_PASS]);
	afd_record_integer(record, summary, "failed", (long long)(by[AFD_VERDICT_FAIL] + mismatched));
	afd_record_integer(record, summary, "pending", (long long)(report->case_count - known));
	afd_record_integer(record, summary, "skipped", (long long)by[AFD_VERDICT_BLOCKED]);
	afd_record_integer(record, summary, "other",
					   (long long)(by[AFD_VERDICT_ERROR] + (has_tables(report) && !mismatched)));
	afd_record_integer(record, summary, "start", epoch_ms(afd_record_text_of(report->run, "ts")));
	afd_record_integer(record, summary, "stop", epoch_ms(afd_record_text_of(report->end, "ts")));
}

int afd_report_ctrf(const struct afd_report *report, struct afd_text *out, struct afd_error *err)
{
	struct afd_record record;
	afd_record_init(&record);
	afd_record_word(&record, NULL, "reportFormat", "CTRF");
	afd_record_word(&record, NULL, "specVersion", "0.0.0");
	struct cJSON *extra = afd_record_object(&record, NULL, "extra");
	afd_record_word(&record, extra, "statement", report->statement);
	afd_record_word(&record, extra, "verdict", report->verdict);
	struct cJSON *results = afd_record_object(&record, NULL, "results");
	struct cJSON *tool = afd_record_object(&record, results, "tool");
	afd_record_word(&record, tool, "name", "affidavit");
	add_summary(&record, results, report);
	struct cJSON *tests = afd_record_array(&record, results, "tests");
	for (size_t i = 0; i < report->case_count; i++)
		add_case(&record, tests, report, &report->cases[i]);
	if (has_tables(report))
		add_tables(&record, tests, report);
	int rc = afd_record_print(&record, out, err);
	afd_record_free(&record);
	afd_text_putc(out, '\n');
	return rc;
}
