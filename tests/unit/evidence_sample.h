/* SPDX-License-Identifier: MIT
 * A small suite and the evidence of a run over it, for the tests of the evidence, the bundle and the reports.
 * Its three tests have four cases: 1.1 passes, 1.2#1 fails, 1.2#2 is held back, 1.3 gets no result. */
#ifndef AFFIDAVIT_EVIDENCE_SAMPLE_H
#define AFFIDAVIT_EVIDENCE_SAMPLE_H

#include "bundle.h"
#include "evidence.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

struct sample {
	struct afd_arena arena;
	char folder[64];
	struct afd_bundle bundle;
	struct afd_evidence evidence;
	struct afd_suite suite;
	char inventory_sha256[AFD_SHA256_HEX + 1];
	const char *rehearsal;                         /* NULL: not a rehearsal */
	const char *end_verdict;                       /* NULL: the one that follows from the results */
	struct afd_database_line clickhouse;           /* zero: no table is watched */
	struct afd_tables_line before, between, after; /* of the baseline, of each case, of the end */
	const struct afd_landed_line *landed;          /* of the case that passes; NULL: none */
	struct afd_tally tally;
};

static const char sample_inventory[] =
	"{\"schema\":1,\"suite\":\"shop\",\"spec\":\"specs/shop.md\",\"spec_sha256\":\"00\",\"tests\":[\n"
	"{\"id\":\"1.1\",\"title\":\"Orders | all\",\"section\":\"1. Orders\",\"first_line\":10,\"last_line\":14,"
	"\"sha256\":\"aa\",\"effect\":\"read\",\"method\":\"GET\",\"endpoint\":\"https://shop.example/v1/"
	"orders\","
	"\"body_sha256\":null,\"cases\":[{\"id\":\"1.1\",\"line\":12,\"blocked\":null}],"
	"\"expectations\":[{\"line\":14,\"text\":\"`200` and JSON\",\"default\":false}]},\n"
	"{\"id\":\"1.2\",\"title\":\"One order\",\"section\":\"1. Orders\",\"first_line\":16,\"last_line\":22,"
	"\"sha256\":\"bb\",\"effect\":\"read\",\"method\":\"GET\",\"endpoint\":\"https://shop.example/v1/orders/"
	"{ID}\","
	"\"body_sha256\":null,\"cases\":[{\"id\":\"1.2#1\",\"line\":20,\"blocked\":null},"
	"{\"id\":\"1.2#2\",\"line\":21,\"blocked\":null}],"
	"\"expectations\":[{\"line\":22,\"text\":\"code NOT_FOUND\",\"default\":false}]},\n"
	"{\"id\":\"1.3\",\"title\":\"Last <b>\",\"section\":\"1. Orders\",\"first_line\":24,\"last_line\":26,"
	"\"sha256\":\"cc\",\"effect\":\"write\",\"method\":\"POST\",\"endpoint\":\"https://shop.example/v1/"
	"orders\","
	"\"body_sha256\":null,\"cases\":[{\"id\":\"1.3\",\"line\":25,\"blocked\":null}],"
	"\"expectations\":[{\"line\":2,\"text\":\"`a|b` ``x` <i>\",\"default\":true}]}\n]}\n";

static const struct afd_expectation sample_orders_expected[] = { { 14, "`200` and JSON", 0, 0 } };
static const struct afd_expectation sample_order_expected[] = { { 22, "code NOT_FOUND", 0, 0 } };
static const struct afd_case sample_orders_cases[] = { { .line = 12, .id = "1.1" } };
static const struct afd_case sample_order_cases[] = { { .line = 20, .id = "1.2#1" },
													  { .line = 21, .id = "1.2#2" } };
static const struct afd_test sample_orders = {
	.spec = "specs/shop.md",
	.first_line = 10,
	.last_line = 14,
	.sha256 = "aa",
	.id = "1.1",
	.request = { .line = 12, .method = "GET", .url = "https://shop.example/v1/orders" },
	.cases = AFD_LIST(sample_orders_cases),
	.expectations = AFD_LIST(sample_orders_expected),
};
static const struct afd_test sample_order = {
	.spec = "specs/shop.md",
	.first_line = 16,
	.last_line = 22,
	.sha256 = "bb",
	.id = "1.2",
	.request = { .line = 18,
				 .method = "GET",
				 .url = "https://shop.example/v1/orders/{ID}",
				 .body = AFD_BYTES(19, "{}") },
	.cases = AFD_LIST(sample_order_cases),
	.expectations = AFD_LIST(sample_order_expected),
};

static inline int sample_remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
	(void)status;
	(void)kind;
	(void)at;
	return remove(path);
}

static inline void sample_open(struct sample *sample, const char *rehearsal)
{
	struct afd_error err = { 0 };
	struct timespec clock = { 1795378500, 123456000 }; /* 2026-11-22T20:15:00Z */
	*sample = (struct sample){ .rehearsal = rehearsal };
	strcpy(sample->folder, "/tmp/afd-sample-XXXXXX");
	assert_non_null(mkdtemp(sample->folder));
	assert_int_equal(afd_bundle_open(&sample->bundle, sample->folder, "shop", clock, &err), 0);
	afd_sha256_hex(AFD_SPAN(sample_inventory), sample->inventory_sha256);
	sample->suite =
		(struct afd_suite){ .abi = AFD_ABI, .name = "shop", .spec = "specs/shop.md", .spec_sha256 = "00" };
	sample->suite.inventory_sha256 = sample->inventory_sha256;
	char *path = afd_bundle_path(&sample->bundle, "data/evidence.jsonl");
	assert_int_equal(afd_evidence_open(&sample->evidence, path, &err), 0);
	free(path);
	struct afd_masked inventory = afd_public(AFD_SPAN(sample_inventory), &sample->arena);
	assert_int_equal(afd_bundle_put(&sample->bundle, "data/inventory.json", inventory, &err), 0);
	sample->tally.cases = 4;
}

static inline void sample_close(struct sample *sample)
{
	afd_evidence_close(&sample->evidence);
	afd_bundle_free(&sample->bundle);
	afd_arena_free(&sample->arena);
	nftw(sample->folder, sample_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void sample_run_line(struct sample *sample)
{
	struct afd_error err = { 0 };
	struct afd_machine machine = { "unknown", "Example OS 1", "6.1.0", 2, 8 };
	struct afd_present token = { "AFFIDAVIT_SECRET_", "TOKEN", true };
	struct afd_target target = {
		.name = "default",
		.url = afd_public(AFD_SPAN("https://shop.example/v1"), &sample->arena),
		.used = true,
		.reachable = true,
		.peer = "public",
	};
	struct afd_run_line run = {
		.suite = &sample->suite,
		.run_id = sample->bundle.name,
		.key_id = "0a1b2c3d",
		.policy_sha256 = "dd",
		.clock = sample->bundle.clock,
		.plan = 3,
		.cases = 4,
		.targets = &target,
		.target_count = 1,
		.environment = &token,
		.environment_count = 1,
		.machine = &machine,
		.clickhouse = sample->clickhouse,
		.ready = true,
	};
	if (sample->rehearsal)
		run.rehearsal = afd_public(afd_span_of(sample->rehearsal), &sample->arena);
	assert_int_equal(afd_evidence_run(&sample->evidence, &run, &err), 0);
	assert_int_equal(afd_evidence_snapshot(&sample->evidence, "baseline", &sample->before, &err), 0);
}

static inline void sample_case(struct sample *sample, const struct afd_test *test, size_t index, bool held,
							   const char *got)
{
	struct afd_error err = { 0 };
	struct afd_judged_line judged = { &test->expectations.rows[0], true, held, held, { NULL, 0 } };
	struct afd_attempt attempt = { held ? 200 : 404, held ? 1500 : 2750, { NULL, 0 } };
	struct afd_case_line line = {
		.test = test,
		.it = &test->cases.rows[index],
		.endpoint = afd_publicf(&sample->arena, "GET /v1/orders%s", index ? "/{ID}" : ""),
		.api = "default",
		.outcome = { held ? AFD_VERDICT_PASS : AFD_VERDICT_FAIL, AFD_REASON_NONE },
		.http_status = attempt.http_status,
		.latency_us = attempt.latency_us,
		.records = held ? 3 : -1,
		.expectations = &judged,
		.expectation_count = 1,
		.attempts = &attempt,
		.attempt_count = 1,
		.tables = sample->between,
		.total = -1,
		.landed = held ? sample->landed : NULL,
		.landed_count = held && sample->landed,
		.artifact = afd_publicf(&sample->arena, "responses/%s.json", held ? "1.1" : "1.2_1"),
	};
	if (!held) {
		judged.got = afd_public(afd_span_of(got), &sample->arena);
		line.error_code = afd_public(AFD_SPAN("\"NO_SUCH_ORDER\""), &sample->arena);
	}
	assert_int_equal(afd_evidence_started(&sample->evidence, &line, false, &err), 0);
	assert_int_equal(afd_evidence_result(&sample->evidence, &line, true, &err), 0);
	afd_tally_add(&sample->tally, line.outcome, true, true);
}

static inline void sample_blocked(struct sample *sample)
{
	struct afd_error err = { 0 };
	struct afd_case_line line = {
		.test = &sample_order,
		.it = &sample_order_cases[1],
		.endpoint = afd_public(AFD_SPAN("GET /v1/orders/{ID}"), &sample->arena),
		.outcome = { AFD_VERDICT_BLOCKED, AFD_REASON_VALUE },
		.http_status = -1,
		.latency_us = -1,
		.records = -1,
		.total = -1,
		.notes = afd_public(AFD_SPAN("no value for ID"), &sample->arena),
	};
	assert_int_equal(afd_evidence_started(&sample->evidence, &line, false, &err), 0);
	assert_int_equal(afd_evidence_result(&sample->evidence, &line, false, &err), 0);
	afd_tally_add(&sample->tally, line.outcome, false, false);
}

static inline void sample_end(struct sample *sample)
{
	struct afd_error err = { 0 };
	const char *verdict =
		afd_run_verdict_words(afd_verdict_of_run(&sample->tally), sample->rehearsal != NULL);
	struct afd_end_line end = {
		.tally = &sample->tally,
		.tests_executed = 2,
		.artifacts = 2,
		.verdict = sample->end_verdict ? sample->end_verdict : verdict,
		.exit_code = afd_verdict_exit(&sample->tally),
		.duration_us = 123456,
		.masking = { 4, 9, 1, 2 },
	};
	assert_int_equal(afd_evidence_snapshot(&sample->evidence, "final", &sample->after, &err), 0);
	assert_int_equal(afd_evidence_end(&sample->evidence, &end, &err), 0);
}

/* The whole run. */
static inline void sample_fill(struct sample *sample, const char *got)
{
	sample_run_line(sample);
	sample_case(sample, &sample_orders, 0, true, NULL);
	sample_case(sample, &sample_order, 0, false, got);
	sample_blocked(sample);
	sample_end(sample);
}

static inline char *sample_read(const struct sample *sample, const char *file)
{
	struct afd_error err = { 0 };
	struct afd_text text;
	char *path = afd_bundle_path(&sample->bundle, file);
	assert_int_equal(afd_file_read(path, 1 << 20, &text, &err), 0);
	free(path);
	return text.data;
}

#endif
