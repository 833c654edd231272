/* SPDX-License-Identifier: MIT
 * The evidence log: its form, its chain, and that every way of breaking the chain is found. */
#include "evidence_sample.h"

#include "evidence_read.h"

#include <cjson/cJSON.h>

enum { LINES = 10, LINE_MAX_BYTES = 4096 };

static int open_sample(void **state)
{
	struct sample *sample = calloc(1, sizeof *sample);
	sample_open(sample, NULL);
	sample_fill(sample, "code \"NO_SUCH_ORDER\"");
	*state = sample;
	return 0;
}

static int close_sample(void **state)
{
	sample_close(*state);
	free(*state);
	return 0;
}

static int load(const struct sample *sample, const char *text, struct afd_error *err)
{
	char path[128];
	snprintf(path, sizeof path, "%s/tampered.jsonl", sample->folder);
	struct afd_error ignored = { 0 };
	assert_int_equal(afd_file_write(path, afd_span_of(text), &ignored), 0);
	struct afd_evidence_lines lines;
	int rc = afd_evidence_load(path, &lines, err);
	if (rc == 0)
		afd_evidence_unload(&lines);
	return rc;
}

static void assert_broken(const struct sample *sample, const char *text, const char *says)
{
	struct afd_error err = { 0 };
	assert_int_equal(load(sample, text, &err), AFD_EXIT_EVIDENCE);
	if (!strstr(err.text, says))
		fail_msg("'%s' lacks '%s'", err.text, says);
}

/* Splits a copy of the log; the newline of each line is replaced by NUL. */
static size_t split(char *text, char *lines[LINES])
{
	size_t count = 0;
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		assert_true(count < LINES);
		lines[count++] = line;
	}
	return count;
}

static void join(char *out, char *const *lines, size_t count)
{
	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		strcat(out, lines[i]);
		strcat(out, "\n");
	}
}

static void every_line_carries_the_digest_of_the_one_before(void **state)
{
	char *text = sample_read(*state, "data/evidence.jsonl");
	char *lines[LINES];
	char digest[AFD_SHA256_HEX + 1] = "";
	size_t count = split(text, lines);
	assert_int_equal(count, LINES);
	for (size_t i = 0; i < count; i++) {
		cJSON *line = cJSON_Parse(lines[i]);
		assert_int_equal(afd_record_integer_of(line, "schema"), 1);
		assert_int_equal(afd_record_integer_of(line, "seq"), (long long)i);
		if (i > 0)
			assert_string_equal(afd_record_text_of(line, "prev"), digest);
		else
			assert_null(cJSON_GetObjectItem(line, "prev"));
		afd_sha256_hex(afd_span_of(lines[i]), digest);
		cJSON_Delete(line);
	}
	assert_string_equal(((struct sample *)*state)->evidence.last, digest);
	free(text);
}

static void phases_stand_in_the_order_of_the_run(void **state)
{
	static const char *const phases[] = { "run",    "snapshot", "started", "result",   "started",
										  "result", "started",  "result",  "snapshot", "end" };
	struct afd_error err = { 0 };
	struct afd_evidence_lines lines;
	char *path = afd_bundle_path(&((struct sample *)*state)->bundle, "data/evidence.jsonl");
	assert_int_equal(afd_evidence_load(path, &lines, &err), 0);
	assert_int_equal(lines.count, LINES);
	for (size_t i = 0; i < LINES; i++)
		assert_string_equal(afd_record_text_of(lines.rows[i], "phase"), phases[i]);
	afd_evidence_unload(&lines);
	free(path);
}

static void a_result_has_the_fields_of_the_audit_process(void **state)
{
	char *text = sample_read(*state, "data/evidence.jsonl");
	char *lines[LINES];
	split(text, lines);
	const char *result = lines[5];
	static const char *const parts[] = {
		"\"test_id\":\"1.2#1\"",
		"\"spec_ref\":\"specs/shop.md:16-22\"",
		"\"spec_sha256\":\"bb\"",
		"\"endpoint\":\"GET /v1/orders\"",
		/* printf '{}' | sha256sum */
		"\"request_body_hash\":\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"",
		"\"sent_body_hmac\":null",
		"\"http_status\":404",
		"\"latency_ms\":2.750,",
		"\"records\":null",
		"\"error_code\":\"NO_SUCH_ORDER\"",
		"\"tables\":\"not watched\",\"clickhouse_before\":null,\"clickhouse_after\":null",
		"\"expectations\":[{\"line\":22,\"text\":\"code "
		"NOT_FOUND\",\"default\":false,\"held\":false,\"alternative\":0,"
		"\"got\":\"code \\\"NO_SUCH_ORDER\\\"\"}]",
		"\"verdict\":\"fail\",\"reason\":\"\"",
		"\"retries\":0,\"attempts\":[{\"http_status\":404,\"latency_ms\":2.750,\"failure\":null}]",
		"\"artifacts\":[\"responses/1.2_1.json\"]",
	};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!strstr(result, parts[i]))
			fail_msg("no %s in %s", parts[i], result);
	assert_non_null(strstr(lines[0], "\"ts\":\"2026-11-22T20:15:00.123456Z\""));
	assert_non_null(strstr(lines[0], "\"AFFIDAVIT_SECRET_TOKEN\":\"present\""));
	assert_non_null(strstr(lines[7], "\"verdict\":\"blocked\",\"reason\":\"value\""));
	assert_non_null(strstr(lines[9], "\"reasons\":{\"value\":1}"));
	free(text);
}

static void a_changed_byte_is_found(void **state)
{
	char *text = sample_read(*state, "data/evidence.jsonl");
	size_t last = (size_t)(strstr(text, "\"phase\":\"end\"") - text);
	for (size_t i = 0; i < last; i += 4) {
		char saved = text[i];
		text[i] = saved == '7' ? '8' : '7';
		struct afd_error err = { 0 };
		assert_int_equal(load(*state, text, &err), AFD_EXIT_EVIDENCE);
		text[i] = saved;
	}
	char *latency = strstr(text, "2.750");
	latency[0] = '1';
	assert_broken(*state, text, "line 7 of the evidence does not follow");
	free(text);
}

static void a_line_left_out_doubled_or_moved_is_found(void **state)
{
	char *text = sample_read(*state, "data/evidence.jsonl");
	char *tampered = malloc(2 * LINES * LINE_MAX_BYTES);
	char *lines[LINES];
	size_t count = split(text, lines);
	for (size_t i = 0; i < count; i++) {
		char *changed[LINES + 1];
		memcpy(changed, lines, i * sizeof *lines);
		memcpy(changed + i, lines + i + 1, (count - i - 1) * sizeof *lines);
		join(tampered, changed, count - 1);
		assert_broken(*state, tampered, i + 1 < count ? "does not follow" : "did not finish");
		memcpy(changed, lines, (i + 1) * sizeof *lines);
		memcpy(changed + i + 1, lines + i, (count - i) * sizeof *lines);
		join(tampered, changed, count + 1);
		assert_broken(*state, tampered, "does not follow");
		if (i + 1 == count)
			break;
		memcpy(changed, lines, count * sizeof *lines);
		changed[i] = lines[i + 1];
		changed[i + 1] = lines[i];
		join(tampered, changed, count);
		assert_broken(*state, tampered, "does not follow");
	}
	free(tampered);
	free(text);
}

static void a_log_cut_off_anywhere_is_found(void **state)
{
	char *text = sample_read(*state, "data/evidence.jsonl");
	for (size_t size = strlen(text) - 1; size > 0; size -= size > 5 ? 5 : 1) {
		text[size] = '\0';
		struct afd_error err = { 0 };
		assert_int_equal(load(*state, text, &err), AFD_EXIT_EVIDENCE);
	}
	assert_broken(*state, "", "did not finish");
	free(text);
}

static void what_is_no_record_is_named_by_its_line(void **state)
{
	assert_broken(*state, "no record\n", "line 1 of the evidence is not a record");
	assert_broken(*state, "{\"schema\":2,\"seq\":0,\"phase\":\"run\"}\n",
				  "line 1 of the evidence has another schema");
	assert_broken(*state, "{\"schema\":1,\"seq\":0,\"phase\":\"run\"} x\n",
				  "line 1 of the evidence is not a record");
	assert_broken(*state, "{\"schema\":1,\"seq\":0,\"phase\":\"run\",\"prev\":\"\"}\n", "does not follow");
	assert_broken(*state, "{\"schema\":1,\"seq\":0,\"phase\":\"result\"}\n", "does not follow");
}

static void an_existing_log_is_not_written_to(void **state)
{
	struct sample *sample = *state;
	struct afd_evidence second;
	struct afd_error err = { 0 };
	char *path = afd_bundle_path(&sample->bundle, "data/evidence.jsonl");
	assert_int_equal(afd_evidence_open(&second, path, &err), AFD_EXIT_NO_VERDICT);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_carries_the_digest_of_the_one_before),
		cmocka_unit_test(phases_stand_in_the_order_of_the_run),
		cmocka_unit_test(a_result_has_the_fields_of_the_audit_process),
		cmocka_unit_test(a_changed_byte_is_found),
		cmocka_unit_test(a_line_left_out_doubled_or_moved_is_found),
		cmocka_unit_test(a_log_cut_off_anywhere_is_found),
		cmocka_unit_test(what_is_no_record_is_named_by_its_line),
		cmocka_unit_test(an_existing_log_is_not_written_to),
	};
	return cmocka_run_group_tests(tests, open_sample, close_sample);
}
