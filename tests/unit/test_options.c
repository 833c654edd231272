/* SPDX-License-Identifier: MIT
 * The options of a suite: every one, by command line and by environment, and every refusal. */
#include "options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARGUMENTS = 8 };

/* What it takes of the arguments is borrowed: only numbers and flags are looked at afterwards. */
static int parse(struct afd_options *options, struct afd_error *err, const char *const *arguments)
{
	char *argv[ARGUMENTS + 2] = { NULL };
	char copies[ARGUMENTS + 1][64];
	int argc = 0;
	strcpy(copies[argc], "suite");
	argv[argc] = copies[argc];
	argc++;
	for (; arguments[argc - 1]; argc++) {
		strcpy(copies[argc], arguments[argc - 1]);
		argv[argc] = copies[argc];
	}
	*err = (struct afd_error){ 0 };
	return afd_options_parse(options, argc, argv, err);
}

#define PARSE(options, err, ...) parse((options), (err), (const char *const[]){ __VA_ARGS__, NULL })

static void assert_refused(const char *says, const char *const *arguments)
{
	struct afd_options options;
	struct afd_error err;
	assert_int_equal(parse(&options, &err, arguments), AFD_EXIT_USAGE);
	if (!strstr(err.text, says))
		fail_msg("'%s' lacks '%s'", err.text, says);
	afd_options_free(&options);
}

#define REFUSED(says, ...) assert_refused((says), (const char *const[]){ __VA_ARGS__, NULL })

static void flags_are_set(void **state)
{
	(void)state;
	struct afd_options options;
	struct afd_error err;
	assert_int_equal(
		PARSE(&options, &err, "--list", "--plan", "--fail-fast", "--quiet", "--no-color", "--help"), 0);
	assert_true(options.list && options.plan && options.fail_fast && options.quiet && options.no_color &&
				options.help);
	afd_options_free(&options);
	assert_int_equal(parse(&options, &err, (const char *const[]){ NULL }), 0);
	assert_false(options.list || options.plan || options.fail_fast || options.quiet || options.no_color ||
				 options.help || options.allow_writes);
	afd_options_free(&options);
}

static void values_are_taken_after_a_blank_or_an_equals_sign(void **state)
{
	(void)state;
	char arguments[][40] = { "suite",      "--only", "1.6",
							 "--only=7.*", "--base", "default=http://127.0.0.1:1/x=y",
							 "--out=o" };
	char *argv[] = { arguments[0], arguments[1], arguments[2], arguments[3],
					 arguments[4], arguments[5], arguments[6], NULL };
	struct afd_options options;
	struct afd_error err = { 0 };
	assert_int_equal(afd_options_parse(&options, 7, argv, &err), 0);
	assert_int_equal(options.only.count, 2);
	assert_string_equal(options.only.rows[0], "1.6");
	assert_string_equal(options.only.rows[1], "7.*");
	assert_string_equal(options.bases.rows[0], "default=http://127.0.0.1:1/x=y");
	assert_string_equal(options.out, "o");
	afd_options_free(&options);
}

static void numbers_are_read_whole(void **state)
{
	(void)state;
	struct afd_options options;
	struct afd_error err;
	assert_int_equal(PARSE(&options, &err, "--rate=60", "--retry=2", "--max-requests=9", "--timeout=2.5"), 0);
	assert_int_equal(options.rate, 60);
	assert_int_equal(options.retry, 2);
	assert_int_equal(options.max_requests, 9);
	assert_int_equal(options.timeout_ms, 2500);
	afd_options_free(&options);
	assert_int_equal(PARSE(&options, &err, "--timeout", "30", "--shard", "2/3"), 0);
	assert_int_equal(options.timeout_ms, 30000);
	assert_int_equal(options.shard, 2);
	assert_int_equal(options.shards, 3);
	afd_options_free(&options);
}

static void writes_are_allowed_for_all_or_for_some(void **state)
{
	(void)state;
	struct afd_options options;
	struct afd_error err;
	assert_int_equal(PARSE(&options, &err, "--allow-writes"), 0);
	assert_true(options.allow_writes);
	assert_null(options.writes_glob);
	afd_options_free(&options);
	char arguments[][24] = { "suite", "--allow-writes=2.*" };
	char *argv[] = { arguments[0], arguments[1], NULL };
	assert_int_equal(afd_options_parse(&options, 2, argv, &err), 0);
	assert_true(options.allow_writes);
	assert_string_equal(options.writes_glob, "2.*");
	afd_options_free(&options);
}

static void what_is_wrong_is_refused_with_a_sentence(void **state)
{
	(void)state;
	REFUSED("unknown option --onyl; did you mean --only?", "--onyl", "1");
	REFUSED("unknown option --zzzzzzzz; --help lists", "--zzzzzzzz");
	REFUSED("'7.2' is no option", "7.2");
	REFUSED("'-x' is no option", "-x");
	REFUSED("'--' is no option", "--");
	REFUSED("--only needs a value: ID|GLOB", "--only");
	REFUSED("--only needs a value", "--only=");
	REFUSED("--allow-writes needs a value", "--allow-writes=");
	REFUSED("--plan takes no value", "--plan=yes");
	REFUSED("--rate: expected a whole number", "--rate=-1");
	REFUSED("--rate: expected a whole number", "--rate=1x");
	REFUSED("--rate: expected a whole number", "--rate=99999999999999999999");
	REFUSED("--timeout: expected seconds", "--timeout=0");
	REFUSED("--timeout: expected seconds", "--timeout=1.");
	REFUSED("--timeout: expected seconds", "--timeout=x");
	REFUSED("--shard: expected I/N", "--shard=3/2");
	REFUSED("--shard: expected I/N", "--shard=0/2");
	REFUSED("--shard: expected I/N", "--shard=1");
	REFUSED("--jobs is not supported by this version", "--jobs=2");
	REFUSED("--expect-writes-denied is not supported by this version", "--expect-writes-denied");
	REFUSED("--max-pages: expected a whole number from 1", "--max-pages=0");
	REFUSED("--clickhouse: expected a folder after embedded:", "--clickhouse=embedded:");
	REFUSED("must begin with http://, https:// or unix:/", "--clickhouse=127.0.0.1:8123");
	REFUSED("without user and password", "--clickhouse=http://me:secret@127.0.0.1:8123/");
}

static void clickhouse_is_a_server_a_folder_or_none(void **state)
{
	static const char *const values[] = { "none", "embedded:build/tables", "unix:/run/clickhouse",
										  "http://127.0.0.1:8123/?database=shop" };
	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct afd_options options;
		struct afd_error err;
		assert_int_equal(PARSE(&options, &err, "--create-tables", "--clickhouse", values[i]), 0);
		assert_string_equal(options.clickhouse, values[i]);
		assert_true(options.create_tables);
		afd_options_free(&options);
	}
}

static void each_option_has_a_variable(void **state)
{
	(void)state;
	struct afd_options options;
	struct afd_error err;
	setenv("AFFIDAVIT_ONLY", " 1.1  7.* ", 1);
	setenv("AFFIDAVIT_MAX_REQUESTS", "5", 1);
	setenv("AFFIDAVIT_FAIL_FAST", "yes", 1);
	setenv("AFFIDAVIT_QUIET", "0", 1);
	setenv("AFFIDAVIT_ALLOW_WRITES", "2.*", 1);
	assert_int_equal(parse(&options, &err, (const char *const[]){ NULL }), 0);
	assert_int_equal(options.only.count, 2);
	assert_string_equal(options.only.rows[1], "7.*");
	assert_int_equal(options.max_requests, 5);
	assert_true(options.fail_fast && !options.quiet && options.allow_writes);
	assert_string_equal(options.writes_glob, "2.*");
	afd_options_free(&options);
	setenv("AFFIDAVIT_ALLOW_WRITES", "no", 1);
	assert_int_equal(PARSE(&options, &err, "--max-requests=7", "--only=6.1"), 0);
	assert_int_equal(options.max_requests, 7);
	assert_int_equal(options.only.count, 1);
	assert_false(options.allow_writes);
	afd_options_free(&options);
	setenv("AFFIDAVIT_FAIL_FAST", "perhaps", 1);
	REFUSED("AFFIDAVIT_FAIL_FAST: expected yes or no", "--list");
	unsetenv("AFFIDAVIT_FAIL_FAST");
	setenv("AFFIDAVIT_JOBS", "2", 1);
	REFUSED("--jobs is not supported", "--list");
	unsetenv("AFFIDAVIT_JOBS");
	unsetenv("AFFIDAVIT_ONLY");
	unsetenv("AFFIDAVIT_MAX_REQUESTS");
	unsetenv("AFFIDAVIT_QUIET");
	unsetenv("AFFIDAVIT_ALLOW_WRITES");
}

static void help_shows_every_option_of_the_contract(void **state)
{
	(void)state;
	static const char *const options[] = {
		"--list",
		"--only ID|GLOB",
		"--tag",
		"--section N",
		"--shard I/N",
		"--jobs N",
		"--base NAME=URL",
		"--var NAME=VALUE",
		"--env-file",
		"--clickhouse URL|embedded:DIR|none",
		"--create-tables",
		"--out PARENT",
		"--plan",
		"--allow-writes[=GLOB]",
		"--expect-writes-denied",
		"--rate N",
		"--timeout S",
		"--retry N",
		"--max-requests N",
		"--max-pages N",
		"--fail-fast",
		"--rerun-failed BUNDLE",
		"--key-file F",
		"--no-color",
		"--quiet",
		"--help",
	};
	struct afd_text help;
	afd_text_init(&help, 1 << 16);
	afd_options_help("shop", &help);
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (!strstr(help.data, options[i]))
			fail_msg("the help lacks %s", options[i]);
	afd_text_free(&help);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_are_set),
		cmocka_unit_test(values_are_taken_after_a_blank_or_an_equals_sign),
		cmocka_unit_test(numbers_are_read_whole),
		cmocka_unit_test(writes_are_allowed_for_all_or_for_some),
		cmocka_unit_test(what_is_wrong_is_refused_with_a_sentence),
		cmocka_unit_test(clickhouse_is_a_server_a_folder_or_none),
		cmocka_unit_test(each_option_has_a_variable),
		cmocka_unit_test(help_shows_every_option_of_the_contract),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
