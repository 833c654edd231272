/* SPDX-License-Identifier: MIT
 * Where the client connects to, as whom, and what it makes of what comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"

#include "clickhouse_exception.h"

static const struct afd_words no_names = { NULL, 0 };

static void open_fails(const struct afd_clickhouse_options *options, enum afd_exit code, const char *says)
{
	struct afd_error err = { 0 };
	struct afd_clickhouse *client = NULL;
	assert_int_equal(afd_clickhouse_open(&client, options, &err), code);
	assert_null(client);
	if (!strstr(err.text, says))
		fail_msg("'%s' is not in '%s'", says, err.text);
	assert_null(strstr(err.text, ENGINE_PASSWORD));
	assert_null(strstr(err.text, "hunter2"));
}

static void database_of_the_url_is_used(void **state)
{
	struct engines *engines = *state;
	for (size_t i = 0; i < 2; i++) {
		engine_require(&engines->rows[i]);
		char url[640];
		snprintf(url, sizeof url, "%s?database=system", engines->rows[i].url);
		struct afd_clickhouse *client = engine_open(url, no_names);
		assert_string_equal(afd_clickhouse_database(client), "system");
		engine_expect(client, "SELECT currentDatabase()", "system");
		afd_clickhouse_close(client);
		snprintf(url, sizeof url, "%s?database=nowhere", engines->rows[i].url);
		open_fails(&(struct afd_clickhouse_options){ .url = url }, AFD_EXIT_NO_VERDICT,
				   "Code 81 UNKNOWN_DATABASE");
	}
}

static void wrong_password_is_refused(void **state)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[1]);
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", "hunter2", 1);
	struct afd_clickhouse_options options = { .url = engines->rows[1].url };
	open_fails(&options, AFD_EXIT_NO_VERDICT, "Code 193 WRONG_PASSWORD");
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", "hunter2\r\nX-Other: 1", 1);
	open_fails(&options, AFD_EXIT_REFUSED, "line break");
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", ENGINE_PASSWORD, 1);
}

static void certificate_is_verified(void **state)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[1]);
	struct afd_clickhouse_options options = { .url = engines->secure_url };
	open_fails(&options, AFD_EXIT_NO_VERDICT, "SSL");
	options.ca_file = engines->certificate;
	struct afd_clickhouse *client = NULL;
	struct afd_error err = { 0 };
	assert_int_equal(afd_clickhouse_open(&client, &options, &err), 0);
	engine_expect(client, "SELECT 1", "1");
	afd_clickhouse_close(client);
}

static void certificate_of_another_name_is_refused(void **state)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[1]);
	char url[128];
	snprintf(url, sizeof url, "https://localhost%s", strrchr(engines->secure_url, ':'));
	open_fails(&(struct afd_clickhouse_options){ .url = url, .ca_file = engines->certificate },
			   AFD_EXIT_NO_VERDICT, "SSL");
}

static void silence_ends_in_a_time_out(void **state)
{
	struct engines *engines = *state;
	engine_require(&engines->rows[1]);
	struct afd_clickhouse_options options = { .url = engines->rows[1].url, .timeout_ms = 300 };
	struct afd_clickhouse *client = NULL;
	struct afd_error err = { 0 };
	assert_int_equal(afd_clickhouse_open(&client, &options, &err), 0);
	assert_int_equal(afd_clickhouse_execute(client, AFD_SPAN("SELECT sleep(2)"), &err), AFD_EXIT_NO_VERDICT);
	assert_non_null(strstr(err.text, "broke off: Timeout was reached"));
	afd_clickhouse_close(client);
}

static void wrong_urls_are_refused(void **state)
{
	static const struct {
		const char *url, *says;
	} wrong[] = {
		{ "ftp://127.0.0.1/", "must begin with" },
		{ "127.0.0.1:8123", "must begin with" },
		{ "http://", "must be http://HOST" },
		{ "http:///x", "must be http://HOST" },
		{ "http://default:hunter2@127.0.0.1/", "without user and password" },
		{ "http://127.0.0.1/?user=default&password=hunter2", "one argument" },
		{ "http://127.0.0.1/?database=a&password=hunter2", "not a name" },
		{ "http://127.0.0.1/?database=", "not a name" },
		{ "http://127.0.0.1/?database=a%20b", "not a name" },
		{ "unix:relative", "absolute path" },
		{ "unix:/tmp/"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaa",
		  "the system allows 107" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		open_fails(&(struct afd_clickhouse_options){ .url = wrong[i].url }, AFD_EXIT_USAGE, wrong[i].says);
}

static void nobody_at_the_address_is_said(void **state)
{
	(void)state;
	open_fails(&(struct afd_clickhouse_options){ .url = "unix:/tmp/afd-nobody-listens" }, AFD_EXIT_NO_VERDICT,
			   "nothing answers at unix:/tmp/afd-nobody-listens");
	open_fails(&(struct afd_clickhouse_options){ .url = "http://127.0.0.1:1/" }, AFD_EXIT_NO_VERDICT,
			   "nothing answers at http://127.0.0.1:1/");
}

static void exceptions_are_found_in_bodies(void **state)
{
	static const struct {
		const char *body, *says;
		unsigned code;
	} bodies[] = {
		{ "1\n2\n", "", 0 },
		{ "", "", 0 },
		{ "Code: 60. DB::Exception: Table default.t does not exist. (UNKNOWN_TABLE) (version 26.7.2.1)\n",
		  "Code 60 UNKNOWN_TABLE: Table default.t does not exist.", 60 },
		{ "Code: 60, e.displayText() = DB::Exception: Table default.t doesn't exist., e.what() = "
		  "DB::Exception\n",
		  "Code 60 UNKNOWN_TABLE: Table default.t doesn't exist.", 60 },
		{ "0\n0\nCode: 395, e.displayText() = DB::Exception: Value 7 is non zero, e.what() = DB::Exception\n",
		  "Code 395", 395 },
		{ "0\n\r\n__exception__\r\nabcdefgh\r\nCode: 241. DB::Exception: Memory limit exceeded: would use 1 "
		  "GiB (x)\n",
		  "Code 241 MEMORY_LIMIT_EXCEEDED: Memory limit exceeded: would use 1 GiB", 241 },
		{ "0\n\r\n__exception__\r\nabcdefgh\r\ncut", "Code 1002", 1002 },
		{ "Code: 62, e.displayText() = DB::Exception: Syntax error: failed at position 8: 'anna' FROM x, "
		  "e.what()",
		  "Code 62 SYNTAX_ERROR: Syntax error: failed at position 8", 62 },
		{ "Code: 27. DB::Exception: Cannot parse input: expected '\"' before: 'anna'",
		  "Code 27 CANNOT_PARSE_INPUT_ASSERTION_FAILED", 27 },
		{ "Code: 12 apples\n", "", 0 },
		{ "code\tCode: 60. DB::Exception: in a column\n", "", 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		struct afd_span text;
		struct afd_text message;
		afd_text_init(&message, 512);
		assert_int_equal(afd_clickhouse_exception(afd_span_of(bodies[i].body), &text), bodies[i].code);
		if (bodies[i].code != 0) {
			afd_clickhouse_describe(bodies[i].code, text, &message);
			assert_string_equal(message.data, bodies[i].says);
		}
		afd_text_free(&message);
	}
}

static void names_are_those_of_watch_and_landings(void **state)
{
	static const struct afd_watched watched[] = { { 1, "t", "id", "_ver", "" }, { 2, "u", "id", "", "ts" } };
	static const struct afd_column columns[] = { { .column = "id" }, { .column = "city" } };
	static const struct afd_landing landings[] = { { .table = "t", .columns = { columns, 2 } } };
	static const struct afd_suite suite = { .watch = { watched, 2 }, .landings = { landings, 1 } };
	static const char *const wanted[] = { "_ver", "city", "id", "t", "ts", "u" };
	struct afd_arena arena = { 0 };
	(void)state;
	struct afd_words words = afd_clickhouse_names(&suite, &arena);
	assert_int_equal(words.count, sizeof wanted / sizeof wanted[0]);
	for (size_t i = 0; i < words.count; i++)
		assert_string_equal(words.rows[i], wanted[i]);
	afd_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(database_of_the_url_is_used),
		cmocka_unit_test(wrong_password_is_refused),
		cmocka_unit_test(certificate_is_verified),
		cmocka_unit_test(certificate_of_another_name_is_refused),
		cmocka_unit_test(silence_ends_in_a_time_out),
		cmocka_unit_test(wrong_urls_are_refused),
		cmocka_unit_test(nobody_at_the_address_is_said),
		cmocka_unit_test(exceptions_are_found_in_bodies),
		cmocka_unit_test(names_are_those_of_watch_and_landings),
	};
	return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
