/* SPDX-License-Identifier: MIT
 * The key file: where it is, how it is made, whom it is refused from. Runs in a folder of its own. */
#include "mask.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char good[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

static int enter_folder(void **state)
{
	static char folder[] = "/tmp/affidavit-key-XXXXXX";
	umask(022);
	unsetenv("AFFIDAVIT_KEY_FILE");
	unsetenv("XDG_STATE_HOME");
	*state = mkdtemp(folder);
	return !*state || chdir(folder) != 0 || setenv("HOME", folder, 1) != 0;
}

static int remove_one(const char *path)
{
	return remove(path);
}

static int leave_folder(void **state)
{
	static const char *const left[] = { "bad",
										"open",
										"good",
										"named",
										"short",
										"early",
										"folder",
										"many",
										".local/state/affidavit/key",
										".local/state/affidavit",
										".local/state",
										".local",
										"xdg/affidavit/key",
										"xdg/affidavit",
										"xdg" };
	for (size_t i = 0; i < sizeof left / sizeof *left; i++)
		remove_one(left[i]);
	return chdir("/") != 0 || rmdir(*state) != 0;
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	struct afd_error err = { 0 };
	unlink(path);
	assert_int_equal(afd_file_create_private(path, afd_span_of(text), &err), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static mode_t mode_of(const char *path)
{
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	return status.st_mode & 07777;
}

static struct afd_key load(const char *path)
{
	struct afd_key key;
	struct afd_error err = { 0 };
	if (afd_key_load(&key, path, &err) != 0)
		fail_msg("%s", err.text);
	return key;
}

static void assert_refused(const char *path, enum afd_exit code, const char *part)
{
	struct afd_key key;
	struct afd_error err = { 0 };
	static const unsigned char zeros[sizeof key.bytes];
	assert_int_equal(afd_key_load(&key, path, &err), code);
	if (!strstr(err.text, part))
		fail_msg("'%s' lacks '%s'", err.text, part);
	assert_memory_equal(key.bytes, zeros, sizeof zeros);
}

static void a_key_is_read_and_known_by_its_id(void **state)
{
	(void)state;
	write_file("good", good, 0600);
	struct afd_key key = load("good");
	for (size_t i = 0; i < sizeof key.bytes; i++)
		assert_int_equal(key.bytes[i], i);
	/* printf id | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f */
	assert_string_equal(key.id, "8adc89f9");
	assert_false(key.created);
	assert_string_equal(key.path, "good");
}

static void the_first_use_makes_a_private_key(void **state)
{
	(void)state;
	struct afd_key made = load(NULL);
	assert_true(made.created);
	assert_int_equal(mode_of(".local/state/affidavit/key"), 0600);
	assert_int_equal(mode_of(".local/state/affidavit"), 0700);
	assert_int_equal(mode_of(".local"), 0700);
	struct afd_key again = load(NULL);
	assert_false(again.created);
	assert_memory_equal(made.bytes, again.bytes, sizeof made.bytes);
	assert_string_equal(made.id, again.id);
}

static void the_environment_names_the_place(void **state)
{
	char folder[4096];
	snprintf(folder, sizeof folder, "%s/xdg", (const char *)*state);
	setenv("XDG_STATE_HOME", folder, 1);
	struct afd_key there = load(NULL);
	assert_true(there.created);
	assert_int_equal(mode_of("xdg/affidavit/key"), 0600);
	setenv("XDG_STATE_HOME", "relative", 1);
	struct afd_key home = load(NULL);
	assert_non_null(strstr(home.path, "/.local/state/affidavit/key"));
	setenv("AFFIDAVIT_KEY_FILE", "named", 1);
	struct afd_key named = load(NULL);
	assert_string_equal(named.path, "named");
	assert_true(named.created);
	struct afd_key given = load("good");
	assert_string_equal(given.path, "good");
	unsetenv("AFFIDAVIT_KEY_FILE");
	unsetenv("XDG_STATE_HOME");
	assert_memory_not_equal(there.bytes, named.bytes, sizeof there.bytes);
}

static void without_a_home_it_is_a_matter_of_usage(void **state)
{
	unsetenv("HOME");
	assert_refused(NULL, AFD_EXIT_USAGE, "--key-file");
	setenv("HOME", *state, 1);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
	(void)state;
	static const mode_t modes[] = { 0640, 0604, 0620, 0602, 0610 };
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		write_file("open", good, modes[i]);
		assert_refused("open", AFD_EXIT_REFUSED, "chmod 600 open");
	}
	assert_int_equal(chmod("open", 0400), 0);
	load("open");
}

static void an_odd_content_is_refused_and_not_told(void **state)
{
	(void)state;
	static const char *const odd[] = {
		"",
		"00010203\n",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n\n",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g\n",
		"000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F\n",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0",
	};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		write_file("bad", odd[i], 0600);
		assert_refused("bad", AFD_EXIT_REFUSED, "64 hexadecimal digits");
		struct afd_key key;
		struct afd_error err = { 0 };
		assert_int_equal(afd_key_load(&key, "bad", &err), AFD_EXIT_REFUSED);
		assert_null(strstr(err.text, "000102"));
	}
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_refused("folder", AFD_EXIT_REFUSED, "not a regular file");
}

static void a_place_that_cannot_be_is_no_verdict(void **state)
{
	(void)state;
	write_file("good", good, 0600);
	assert_refused("good/key", AFD_EXIT_NO_VERDICT, "cannot");
	assert_refused("missing/folder/key", AFD_EXIT_NO_VERDICT, "cannot");
	char path[5000];
	memset(path, 'a', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	assert_refused(path, AFD_EXIT_USAGE, "too long");
}

/* Sixteen processes start together; each tells the id that it got. */
static void many_first_uses_get_one_key(void **state)
{
	(void)state;
	enum { PROCESSES = 16 };
	int gate[2];
	int told[2];
	assert_int_equal(pipe(gate), 0);
	assert_int_equal(pipe(told), 0);
	for (int i = 0; i < PROCESSES; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			char wait_for;
			struct afd_key key;
			struct afd_error err = { 0 };
			close(gate[1]);
			bool ready = read(gate[0], &wait_for, 1) == 0;
			bool good_key = ready && afd_key_load(&key, "many", &err) == 0;
			char answer[10];
			snprintf(answer, sizeof answer, "%c%s", good_key && key.created ? '1' : '0',
					 good_key ? key.id : "failed..");
			_exit(write(told[1], answer, 9) == 9 ? 0 : 1);
		}
	}
	close(gate[0]);
	close(gate[1]);
	struct afd_key key = { 0 };
	int created = 0;
	for (int i = 0; i < PROCESSES; i++) {
		char answer[10] = "";
		assert_int_equal(read(told[0], answer, 9), 9);
		if (i == 0)
			key = load("many");
		assert_string_equal(answer + 1, key.id);
		created += answer[0] == '1';
	}
	assert_int_equal(created, 1);
	while (wait(NULL) > 0)
		;
	close(told[0]);
	close(told[1]);
}

static void a_forgotten_key_is_zero(void **state)
{
	(void)state;
	static const struct afd_key zero;
	struct afd_key key = load("good");
	afd_key_forget(&key);
	assert_memory_equal(&key, &zero, sizeof key);
}

static void count_names(void *context, const char *name)
{
	*(int *)context += strstr(name, ".tmp") != NULL;
}

static void nothing_is_left_beside_the_key(void **state)
{
	(void)state;
	int count = 0;
	struct afd_error err = { 0 };
	assert_int_equal(afd_folder_each(".", count_names, &count, &err), 0);
	assert_int_equal(count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_read_and_known_by_its_id),
		cmocka_unit_test(the_first_use_makes_a_private_key),
		cmocka_unit_test(the_environment_names_the_place),
		cmocka_unit_test(without_a_home_it_is_a_matter_of_usage),
		cmocka_unit_test(a_key_that_others_may_read_is_refused),
		cmocka_unit_test(an_odd_content_is_refused_and_not_told),
		cmocka_unit_test(a_place_that_cannot_be_is_no_verdict),
		cmocka_unit_test(many_first_uses_get_one_key),
		cmocka_unit_test(a_forgotten_key_is_zero),
		cmocka_unit_test(nothing_is_left_beside_the_key),
	};
	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
