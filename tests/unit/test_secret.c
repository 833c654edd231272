/* SPDX-License-Identifier: MIT
 * Secrets: where they come from, what is refused, and that no message ever holds one. */
#include "process_memory.h"
#include "secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VALUE "t0ps3cret-value"

static char env_path[] = "/tmp/affidavit-secret-XXXXXX";

static int make_env_path(void **state)
{
	(void)state;
	int fd = mkstemp(env_path);
	return fd < 0 ? -1 : close(fd);
}

static int remove_env_path(void **state)
{
	(void)state;
	return unlink(env_path);
}

static void write_env(struct afd_span bytes, mode_t mode)
{
	int fd = open(env_path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.data, bytes.size), bytes.size);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	unsetenv("AFFIDAVIT_SECRET_YOUR_TOKEN");
	unsetenv("AFFIDAVIT_SECRET_API_KEY");
}

static void loads(const char *name, const char *env_file, const char *value)
{
	struct afd_error err = { 0 };
	struct afd_secrets secrets;
	struct afd_text header;
	afd_text_init(&header, 1024);
	assert_int_equal(afd_secrets_load(&secrets, &name, 1, 1, env_file, &err), 0);
	assert_true(afd_secret_present(&secrets, name));
	assert_true(afd_text_puts(&header, "Bearer "));
	assert_true(afd_secret_expose(&secrets, name, &header));
	assert_string_equal(header.data + strlen("Bearer "), value);
	afd_text_free(&header);
	afd_secrets_free(&secrets);
	assert_false(afd_secret_present(&secrets, name));
}

static void fails(const char *name, const char *env_file, int code, const char *words)
{
	struct afd_error err = { 0 };
	struct afd_secrets secrets;
	assert_int_equal(afd_secrets_load(&secrets, &name, 1, 1, env_file, &err), code);
	assert_int_equal(err.code, code);
	assert_non_null(strstr(err.text, words));
	assert_null(strstr(err.text, "t0ps3cret"));
	assert_int_equal(secrets.count, 0);
}

static void the_environment_comes_first(void **state)
{
	(void)state;
	write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN=from-file\n"), 0600);
	loads("YOUR_TOKEN", env_path, "from-file");
	setenv("AFFIDAVIT_SECRET_YOUR_TOKEN", VALUE, 1);
	loads("YOUR_TOKEN", env_path, VALUE);
	loads("YOUR_TOKEN", NULL, VALUE);
	setenv("AFFIDAVIT_SECRET_API_KEY", VALUE, 1);
	loads("api-key", NULL, VALUE);
}

static void every_form_of_a_line_is_read(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"AFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE,
		"AFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE "\r\n",
		"# AFFIDAVIT_SECRET_YOUR_TOKEN=no\n\n  export AFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE "\nOTHER=x\n",
		"AFFIDAVIT_SECRET_YOUR_TOKEN = \"" VALUE "\" \n",
		"AFFIDAVIT_SECRET_YOUR_TOKEN='" VALUE "'\n",
		"AFFIDAVIT_SECRET_YOUR_TOKEN=no\nAFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE "\n",
		"AFFIDAVIT_SECRET_YOUR_TOKEN_2=no\nAFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE
		"\nXAFFIDAVIT_SECRET_YOUR_TOKEN=no",
	};
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		write_env(afd_span_of(lines[i]), 0600);
		loads("YOUR_TOKEN", env_path, VALUE);
	}
	write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN='a=b #c\"\n"), 0600);
	loads("YOUR_TOKEN", env_path, "'a=b #c\"");
}

static void missing_and_empty_ones_name_their_variable(void **state)
{
	(void)state;
	write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN=\"\"\n"), 0600);
	fails("YOUR_TOKEN", env_path, AFD_EXIT_USAGE, "AFFIDAVIT_SECRET_YOUR_TOKEN is missing or empty");
	fails("YOUR_TOKEN", NULL, AFD_EXIT_USAGE, "--env-file");
	fails("api-key", NULL, AFD_EXIT_USAGE, "AFFIDAVIT_SECRET_API_KEY is missing or empty");
	setenv("AFFIDAVIT_SECRET_YOUR_TOKEN", "", 1);
	fails("YOUR_TOKEN", NULL, AFD_EXIT_USAGE, "AFFIDAVIT_SECRET_YOUR_TOKEN is missing or empty");
}

static void one_missing_of_two_gives_none(void **state)
{
	(void)state;
	static const char *const names[] = { "YOUR_TOKEN", "api-key" };
	struct afd_error err = { 0 };
	struct afd_secrets secrets;
	write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE "\n"), 0600);
	assert_int_equal(afd_secrets_load(&secrets, names, 2, 2, env_path, &err), AFD_EXIT_USAGE);
	assert_false(afd_secret_present(&secrets, "YOUR_TOKEN"));
}

static void all_that_are_missing_are_named_at_once(void **state)
{
	(void)state;
	static const char *const names[] = { "ONE", "two", "TWO", "OPTIONAL" };
	struct afd_error err = { 0 };
	struct afd_secrets secrets;
	assert_int_equal(afd_secrets_load(&secrets, names, 4, 3, NULL, &err), AFD_EXIT_USAGE);
	assert_string_equal(err.text,
						"AFFIDAVIT_SECRET_ONE, AFFIDAVIT_SECRET_TWO are missing or empty: set them in the "
						"environment or in a file for --env-file");
	assert_int_equal(afd_secrets_load(&secrets, &names[3], 1, 0, NULL, &err), 0);
	assert_false(afd_secret_present(&secrets, "OPTIONAL"));
	afd_secrets_free(&secrets);
}

static void control_bytes_are_refused(void **state)
{
	(void)state;
	write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN=t0ps3cret\rX-Injected: y\n"), 0600);
	fails("YOUR_TOKEN", env_path, AFD_EXIT_REFUSED, "control byte");
	write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN=t0ps3cret\0z\n"), 0600);
	fails("YOUR_TOKEN", env_path, AFD_EXIT_REFUSED, "control byte");
	setenv("AFFIDAVIT_SECRET_YOUR_TOKEN", "t0ps3cret\nX-Injected: y", 1);
	fails("YOUR_TOKEN", NULL, AFD_EXIT_REFUSED, "control byte");
}

static void a_file_that_others_may_read_is_refused(void **state)
{
	(void)state;
	static const mode_t modes[] = { 0640, 0604, 0620, 0602, 0644 };
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		write_env(AFD_SPAN("AFFIDAVIT_SECRET_YOUR_TOKEN=" VALUE "\n"), modes[i]);
		fails("YOUR_TOKEN", env_path, AFD_EXIT_REFUSED, "chmod 600");
	}
}

static void bad_files_are_named(void **state)
{
	(void)state;
	write_env(AFD_SPAN("A=1\nt0ps3cret\n"), 0600);
	fails("YOUR_TOKEN", env_path, AFD_EXIT_USAGE, ":2: expected NAME=value");
	write_env(AFD_SPAN("=t0ps3cret\n"), 0600);
	fails("YOUR_TOKEN", env_path, AFD_EXIT_USAGE, ":1: expected NAME=value");
	fails("YOUR_TOKEN", "/nonexistent/env", AFD_EXIT_USAGE, "cannot read the env file /nonexistent/env");
	fails("YOUR_TOKEN", "/tmp", AFD_EXIT_REFUSED, "not a regular file");
}

static void nothing_is_left_in_memory(void **state)
{
	(void)state;
	const char *name = "YOUR_TOKEN";
	struct afd_error err = { 0 };
	struct afd_secrets secrets;
	unsetenv("AFFIDAVIT_SECRET_YOUR_TOKEN");
	assert_int_equal(chmod(env_path, 0600), 0);
	struct veiled secret = veiled_write(env_path, "AFFIDAVIT_SECRET_YOUR_TOKEN=");
	assert_int_equal(veiled_count(&secret), 0);
	assert_int_equal(afd_secrets_load(&secrets, &name, 1, 1, env_path, &err), 0);
	assert_int_equal(veiled_count(&secret), 1);
	afd_secrets_free(&secrets);
	assert_int_equal(veiled_count(&secret), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_environment_comes_first),
		cmocka_unit_test(every_form_of_a_line_is_read),
		cmocka_unit_test(missing_and_empty_ones_name_their_variable),
		cmocka_unit_test(one_missing_of_two_gives_none),
		cmocka_unit_test(all_that_are_missing_are_named_at_once),
		cmocka_unit_test(control_bytes_are_refused),
		cmocka_unit_test(a_file_that_others_may_read_is_refused),
		cmocka_unit_test(bad_files_are_named),
		cmocka_unit_test(nothing_is_left_in_memory),
	};
	return cmocka_run_group_tests(tests, make_env_path, remove_env_path);
}
