/* SPDX-License-Identifier: MIT
 * Folders and the append-only log: order, failures, interrupted writes. */
#include "scratch.h"

#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>

static void folders_are_made_with_their_parents(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	assert_int_equal(afd_folder_make("a/b//c/", &err), 0);
	assert_int_equal(afd_folder_make("a/b/c", &err), 0);
	assert_int_equal(afd_folder_make("/", &err), 0);
	assert_true(afd_file_exists("a/b/c"));
	scratch_put("a/file", AFD_SPAN(""));
	assert_int_equal(afd_folder_make("a/file", &err), AFD_EXIT_NO_VERDICT);
	assert_string_equal(err.text, "cannot make the folder a/file: File exists");
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_folder_make("a/file/b", &err), AFD_EXIT_NO_VERDICT);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_folder_make("", &err), AFD_EXIT_NO_VERDICT);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_folder_make("/proc/a", &err), AFD_EXIT_NO_VERDICT);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_folder_make("dangling/a", &err), AFD_EXIT_NO_VERDICT);
	assert_false(afd_file_exists("nowhere"));
}

static void join_name(void *context, const char *name)
{
	afd_text_printf(context, "%s|", name);
}

static void names_come_in_the_order_of_their_bytes(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct afd_text names;
	static const char *const made[] = { "b", "a b", "B", ".hidden", "\xd0\xb6", "a\nb", "10", "9" };
	assert_int_equal(mkdir("d", 0755), 0);
	for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
		char path[64];
		snprintf(path, sizeof path, "d/%s", made[i]);
		scratch_put(path, AFD_SPAN(""));
	}
	afd_text_init(&names, 1000);
	setenv("LC_ALL", "en_US.UTF-8", 1);
	assert_int_equal(afd_folder_each("d", join_name, &names, &err), 0);
	assert_string_equal(names.data, ".hidden|10|9|B|a\nb|a b|b|\xd0\xb6|");
	afd_text_free(&names);
	assert_int_equal(afd_folder_each("absent", join_name, &names, &err), AFD_EXIT_NO_VERDICT);
}

static void a_log_is_new_and_grows(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct afd_log log;
	assert_int_equal(afd_log_open(&log, "log", &err), 0);
	assert_int_equal(afd_log_append(&log, AFD_SPAN("one\n"), &err), 0);
	assert_int_equal(afd_log_append(&log, AFD_SPAN("two\n"), &err), 0);
	assert_int_equal(afd_log_sync(&log, &err), 0);
	assert_holds("log", AFD_SPAN("one\ntwo\n"));
	afd_log_close(&log);
	assert_int_equal(log.fd, -1);
	afd_log_close(&log);
	assert_int_equal(afd_log_open(&log, "log", &err), AFD_EXIT_NO_VERDICT);
	assert_int_equal(symlink("elsewhere", "link"), 0);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_log_open(&log, "link", &err), AFD_EXIT_NO_VERDICT);
	assert_false(afd_file_exists("elsewhere"));
	assert_holds("log", AFD_SPAN("one\ntwo\n"));
}

static void a_log_that_cannot_grow_is_no_verdict(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct afd_log log = { open("/dev/full", O_WRONLY | O_CLOEXEC) };
	assert_true(log.fd >= 0);
	assert_int_equal(afd_log_append(&log, AFD_SPAN("line\n"), &err), AFD_EXIT_NO_VERDICT);
	assert_string_equal(err.text, "cannot append to the evidence log: No space left on device");
	afd_log_close(&log);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_log_append(&log, AFD_SPAN("line\n"), &err), AFD_EXIT_NO_VERDICT);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_log_sync(&log, &err), AFD_EXIT_NO_VERDICT);
}

static void wake_up(int signal_number)
{
	(void)signal_number;
}

enum { INTERRUPTED = 4 << 20 };

/* Reads slowly, so that writes are short and signals interrupt them. Exits 0 where every byte came in its
 * order. */
static void read_slowly(int fd)
{
	unsigned char buffer[4096];
	size_t at = 0;
	ssize_t size;
	while ((size = read(fd, buffer, sizeof buffer)) > 0) {
		for (ssize_t i = 0; i < size; i++, at++)
			if (buffer[i] != (unsigned char)(at * 7 % 251))
				_exit(1);
		if (at % 65536 == 0)
			usleep(1000);
	}
	_exit(at == INTERRUPTED ? 0 : 2);
}

static void interrupted_and_short_writes_are_completed(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t reader = fork();
	if (reader == 0) {
		close(ends[1]);
		read_slowly(ends[0]);
	}
	close(ends[0]);
	char *bytes = malloc(INTERRUPTED);
	assert_non_null(bytes);
	for (size_t i = 0; i < INTERRUPTED; i++)
		bytes[i] = (char)(unsigned char)(i * 7 % 251);
	struct sigaction action = { .sa_handler = wake_up };
	struct itimerval often = { { 0, 500 }, { 0, 500 } };
	struct itimerval never = { { 0, 0 }, { 0, 0 } };
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	struct afd_error err = { 0 };
	struct afd_log log = { ends[1] };
	int rc = afd_log_append(&log, (struct afd_span){ bytes, INTERRUPTED }, &err);
	setitimer(ITIMER_REAL, &never, NULL);
	afd_log_close(&log);
	free(bytes);
	int status = 0;
	assert_int_equal(rc, 0);
	assert_int_equal(waitpid(reader, &status, 0), reader);
	assert_int_equal(status, 0);
}

static void syncing_needs_a_folder(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	assert_int_equal(afd_folder_sync(".", &err), 0);
	scratch_put("f", AFD_SPAN(""));
	assert_int_equal(afd_folder_sync("f", &err), AFD_EXIT_NO_VERDICT);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_folder_sync("absent", &err), AFD_EXIT_NO_VERDICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(folders_are_made_with_their_parents),
		IN_A_FOLDER(names_come_in_the_order_of_their_bytes),
		IN_A_FOLDER(a_log_is_new_and_grows),
		IN_A_FOLDER(a_log_that_cannot_grow_is_no_verdict),
		IN_A_FOLDER(interrupted_and_short_writes_are_completed),
		IN_A_FOLDER(syncing_needs_a_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
