/* SPDX-License-Identifier: MIT */
#include "suite.h"

#include "base/environment.h"
#include "report.h"
#include "suite_console.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { INVENTORY_LIMIT = 256 << 20 };

long long afd_clock_us(void)
{
	struct timespec clock;
	clock_gettime(CLOCK_MONOTONIC, &clock);
	return clock.tv_sec * 1000000LL + clock.tv_nsec / 1000;
}

bool afd_signal_came(void)
{
	sigset_t pending;
	return sigpending(&pending) == 0 &&
		   (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
			sigismember(&pending, SIGHUP) == 1);
}

/* Before anything is sent
 * ---------------------------------------------------------------------------------------- */

static int take_options(struct afd_run *run, struct afd_error *err)
{
	const struct afd_options *options = run->options;
	int rc = afd_guard_init(&run->guard, run->suite, options->bases.rows, options->bases.count, err);
	run->guard.writes = options->allow_writes;
	run->guard.writes_glob = options->writes_glob;
	run->guard.max_requests = (size_t)options->max_requests;
	afd_vars_init(&run->vars, &run->suite->variables);
	for (size_t i = 0; i < options->vars.count && rc == 0; i++)
		rc = afd_vars_option(&run->vars, options->vars.rows[i], err);
	return rc;
}

int afd_run_init(struct afd_run *run, const struct afd_suite *suite, const struct afd_options *options,
				 FILE *out, FILE *errors, struct afd_error *err)
{
	*run = (struct afd_run){ .suite = suite, .options = options, .out = out, .errors = errors };
	run->evidence.log.fd = -1;
	if (suite->abi != AFD_ABI)
		return afd_fail(err, AFD_EXIT_USAGE,
						"the suite was generated for runtime ABI %d, this is %d: compile the spec again",
						suite->abi, AFD_ABI);
	int rc = take_options(run, err);
	if (rc == 0)
		rc = afd_select_cases(run, err);
	size_t tests = suite->tests.count ? suite->tests.count : 1;
	run->passed = afd_arena_array(&run->arena, tests, sizeof *run->passed);
	run->executed = afd_arena_array(&run->arena, tests, sizeof *run->executed);
	run->tally.cases = run->cases;
	return rc;
}

void afd_run_free(struct afd_run *run)
{
	afd_database_free(&run->database);
	afd_http_close(run->http);
	afd_evidence_close(&run->evidence);
	afd_bundle_free(&run->bundle);
	afd_masker_free(run->masker);
	afd_key_forget(&run->key);
	afd_secrets_free(&run->secrets);
	afd_vars_free(&run->vars);
	afd_guard_free(&run->guard);
	afd_arena_free(&run->arena);
}

/* The beginning
 * -------------------------------------------------------------------------------------------------- */

static int open_masker(struct afd_run *run, struct afd_error *err)
{
	int rc = afd_key_load(&run->key, run->options->key_file, err);
	if (rc == 0 && run->key.created)
		fprintf(run->errors, "made the key of the pseudonyms, %s: keep it, and keep it secret\n",
				run->key.path);
	return rc ? rc : afd_masker_new(&run->masker, &run->suite->policy, &run->suite->words, &run->key, err);
}

/* The digest of what decides over masking: rows of path, type, values. */
static void digest_policy(const struct afd_policy *policy, char digest[AFD_SHA256_HEX + 1])
{
	struct afd_text text;
	afd_text_init(&text, INVENTORY_LIMIT);
	for (size_t i = 0; i < policy->count; i++)
		afd_text_printf(&text, "%s\t%s\t%s\n", policy->rows[i].path, policy->rows[i].type,
						policy->rows[i].values);
	afd_sha256_hex(afd_text_span(&text), digest);
	afd_text_free(&text);
}

static int put_inventory(struct afd_run *run, struct afd_error *err)
{
	struct afd_text text;
	char digest[AFD_SHA256_HEX + 1];
	afd_text_init(&text, INVENTORY_LIMIT);
	for (size_t i = 0; i < run->suite->inventory.count; i++)
		afd_text_puts(&text, run->suite->inventory.rows[i]);
	afd_sha256_hex(afd_text_span(&text), digest);
	int rc = 0;
	if (text.failed || strcmp(digest, run->suite->inventory_sha256) != 0)
		rc = afd_fail(err, AFD_EXIT_EVIDENCE,
					  "the suite's inventory is not the one that its digest names: compile the spec again");
	if (rc == 0)
		rc = afd_bundle_put(&run->bundle, "data/inventory.json",
							afd_public(afd_text_span(&text), &run->arena), err);
	afd_text_free(&text);
	return rc;
}

/* Secrets that are used, and variables that the spec leaves open. */
static size_t list_environment(struct afd_run *run, const struct afd_words *secrets,
							   struct afd_present **rows)
{
	size_t count = 0;
	for (size_t i = 0; i < secrets->count; i++) {
		struct afd_present *row = afd_arena_push(&run->arena, rows, &count, sizeof **rows);
		*row = (struct afd_present){ "AFFIDAVIT_SECRET_", secrets->rows[i],
									 afd_secret_present(&run->secrets, secrets->rows[i]) };
	}
	for (size_t i = 0; i < run->suite->variables.count; i++) {
		const struct afd_variable *variable = &run->suite->variables.rows[i];
		if (variable->secret || variable->value)
			continue;
		struct afd_present *row = afd_arena_push(&run->arena, rows, &count, sizeof **rows);
		const char *value = afd_environment_value("AFFIDAVIT_VAR_", variable->name);
		*row = (struct afd_present){ "AFFIDAVIT_VAR_", variable->name, value && *value };
	}
	return count;
}

static int write_first_line(struct afd_run *run, const struct afd_words *secrets, struct afd_error *err)
{
	struct afd_machine machine;
	struct afd_present *environment = NULL;
	char policy[AFD_SHA256_HEX + 1];
	afd_machine_read(&machine);
	digest_policy(&run->suite->policy, policy);
	struct afd_run_line line = {
		.suite = run->suite,
		.run_id = run->bundle.name,
		.key_id = run->key.id,
		.policy_sha256 = policy,
		.clock = run->bundle.clock,
		.plan = run->count,
		.cases = run->cases,
		.rehearsal = run->destinations.sentence,
		.writes = run->guard.writes,
		.targets = run->destinations.rows,
		.target_count = run->destinations.count,
		.machine = &machine,
		.clickhouse = afd_database_line(run),
	};
	line.ready = run->destinations.ready && line.clickhouse.state != AFD_TABLES_LOST;
	line.environment_count = list_environment(run, secrets, &environment);
	line.environment = environment;
	return afd_evidence_run(&run->evidence, &line, err);
}

static int write_baseline(struct afd_run *run, struct afd_error *err)
{
	struct afd_error problem = run->database.problem;
	int rc = 0;
	if (problem.code != AFD_EXIT_OK)
		rc = afd_database_lose(run, "baseline", &problem, err);
	return rc ? rc : afd_database_record(run, "baseline", err);
}

static int open_bundle(struct afd_run *run, struct afd_error *err)
{
	const char *parent = run->options->out ? run->options->out : "bundles";
	int rc = afd_bundle_open(&run->bundle, parent, run->suite->name, run->clock, err);
	if (rc != 0)
		return rc;
	char *path = afd_bundle_path(&run->bundle, "data/evidence.jsonl");
	rc = path ? afd_evidence_open(&run->evidence, path, err)
			  : afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	free(path);
	return rc ? rc : put_inventory(run, err);
}

static int open_http(struct afd_run *run, struct afd_error *err)
{
	struct afd_http_options options = {
		.timeout_ms = run->options->timeout_ms,
		.rate_per_minute = run->options->rate,
	};
	return afd_http_open(&run->http, &options, err);
}

int afd_run_start(struct afd_run *run, struct afd_error *err)
{
	size_t required;
	struct afd_words secrets = afd_secrets_used(run, &required);
	run->began_us = afd_clock_us();
	clock_gettime(CLOCK_REALTIME, &run->clock);
	int rc =
		afd_secrets_load(&run->secrets, secrets.rows, secrets.count, required, run->options->env_file, err);
	if (rc == 0)
		rc = afd_database_begin(run, err);
	if (rc == 0)
		rc = open_masker(run, err);
	if (rc == 0)
		rc = open_http(run, err);
	if (rc == 0)
		rc = afd_find_destinations(run, true, err);
	if (rc == 0)
		rc = afd_database_connect(run, run->clock.tv_sec, err);
	if (rc == 0)
		rc = open_bundle(run, err);
	if (rc == 0)
		rc = write_first_line(run, &secrets, err);
	if (rc == 0)
		afd_console_start(run);
	return rc ? rc : write_baseline(run, err);
}

/* The end
 * -------------------------------------------------------------------------------------------------------- */

static size_t tests_executed(const struct afd_run *run)
{
	size_t count = 0;
	for (size_t i = 0; i < run->suite->tests.count; i++)
		count += run->executed[i] > 0;
	return count;
}

static int write_last_line(struct afd_run *run, enum afd_exit code, struct afd_error *err)
{
	bool rehearsal = run->destinations.sentence.data != NULL;
	struct afd_end_line line = {
		.tally = &run->tally,
		.tests_executed = tests_executed(run),
		.artifacts = run->artifacts,
		.verdict = afd_run_verdict_words(afd_verdict_of_run(&run->tally), rehearsal),
		.exit_code = code,
		.interrupted = run->interrupted,
		.duration_us = afd_clock_us() - run->began_us,
		.masking = afd_masker_counts(run->masker),
	};
	return afd_evidence_end(&run->evidence, &line, err);
}

int afd_run_finish(struct afd_run *run, enum afd_exit *code, struct afd_error *err)
{
	int rc = afd_close_tables(run, err);
	*code = afd_verdict_exit(&run->tally);
	if (run->interrupted)
		*code = afd_exit_worse(*code, AFD_EXIT_NO_VERDICT);
	if (rc == 0)
		rc = write_last_line(run, *code, err);
	afd_evidence_close(&run->evidence);
	if (rc == 0)
		rc = afd_report_write(run->bundle.work, NULL, err);
	struct afd_head head = { run->evidence.count, run->evidence.last };
	if (rc == 0)
		rc = afd_bundle_finish(&run->bundle, &head, NULL, err);
	return rc ? rc : afd_console_end(run, err);
}
