/* SPDX-License-Identifier: MIT
 * Files: exact bytes or a failure with exit code 3; nothing is written through a link; no call hangs. */
#include "scratch.h"

#include <signal.h>
#include <sys/resource.h>

static void assert_unreadable(const char *path, const char *why)
{
	struct afd_error err = { 0 };
	struct afd_text text;
	assert_int_equal(afd_file_read(path, 1 << 20, &text, &err), AFD_EXIT_NO_VERDICT);
	assert_null(text.data);
	assert_non_null(strstr(err.text, path));
	assert_non_null(strstr(err.text, why));
}

static void count_name(void *context, const char *name)
{
	(void)name;
	++*(size_t *)context;
}

static size_t names_in(const char *folder)
{
	struct afd_error err = { 0 };
	size_t count = 0;
	assert_int_equal(afd_folder_each(folder, count_name, &count, &err), 0);
	return count;
}

static void reads_exact_bytes_up_to_the_limit(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct afd_text text;
	scratch_put("f", AFD_SPAN("a\0b\r\n\xff"));
	assert_int_equal(afd_file_read("f", 6, &text, &err), 0);
	assert_true(afd_span_equal(afd_text_span(&text), AFD_SPAN("a\0b\r\n\xff")));
	afd_text_free(&text);
	assert_int_equal(afd_file_read("f", 5, &text, &err), AFD_EXIT_NO_VERDICT);
	assert_string_equal(err.text, "cannot read f: larger than 5 bytes");
	assert_null(text.data);
	scratch_put("empty", AFD_SPAN(""));
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_file_read("empty", 0, &text, &err), 0);
	assert_int_equal(text.size, 0);
	afd_text_free(&text);
}

static void keeps_nothing_of_a_file_that_is_too_large(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct afd_text text;
	static char bytes[100000];
	scratch_put("f", (struct afd_span){ bytes, sizeof bytes });
	assert_int_equal(afd_file_read("f", sizeof bytes - 1, &text, &err), AFD_EXIT_NO_VERDICT);
	assert_null(text.data);
	assert_int_equal(text.size, 0);
}

static void reads_regular_files_alone(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_int_equal(mkfifo("pipe", 0644), 0);
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_int_equal(symlink("absent", "dangling"), 0);
	assert_unreadable("folder", "not a regular file");
	assert_unreadable("pipe", "not a regular file");
	assert_unreadable("/dev/zero", "not a regular file");
	assert_unreadable("loop", "Too many levels of symbolic links");
	assert_unreadable("dangling", "No such file");
	assert_unreadable("absent", "No such file");
	assert_unreadable("", "No such file");
	scratch_put("target", AFD_SPAN("t"));
	assert_int_equal(symlink("target", "link"), 0);
	assert_holds("link", AFD_SPAN("t"));
}

static void says_when_no_descriptor_is_left(void **state)
{
	(void)state;
	struct rlimit before;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	scratch_put("f", AFD_SPAN("x"));
	struct rlimit none = { 3, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	struct afd_error err = { 0 };
	struct afd_text text;
	int read_rc = afd_file_read("f", 10, &text, &err);
	struct afd_error write_err = { 0 };
	int write_rc = afd_file_write("f", AFD_SPAN("y"), &write_err);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(read_rc, AFD_EXIT_NO_VERDICT);
	assert_string_equal(err.text, "cannot read f: Too many open files");
	assert_int_equal(write_rc, AFD_EXIT_NO_VERDICT);
	assert_holds("f", AFD_SPAN("x"));
}

static void writes_at_once_with_a_mode_for_all(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct stat status;
	assert_int_equal(afd_file_write("f", AFD_SPAN("first\0"), &err), 0);
	assert_int_equal(afd_file_write("f", AFD_SPAN("2\0nd"), &err), 0);
	assert_holds("f", AFD_SPAN("2\0nd"));
	assert_int_equal(stat("f", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_int_equal(names_in("."), 1);
	umask(0);
	assert_int_equal(afd_file_write("h", AFD_SPAN(""), &err), 0);
	assert_int_equal(stat("h", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	umask(077);
	assert_int_equal(afd_file_write("g", (struct afd_span){ NULL, 0 }, &err), 0);
	assert_int_equal(stat("g", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_int_equal(status.st_size, 0);
}

static void writes_through_no_link(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct stat status;
	scratch_put("target", AFD_SPAN("theirs"));
	assert_int_equal(symlink("target", "symbolic"), 0);
	assert_int_equal(link("target", "hard"), 0);
	assert_int_equal(symlink("new", "dangling"), 0);
	assert_int_equal(afd_file_write("symbolic", AFD_SPAN("ours"), &err), 0);
	assert_int_equal(afd_file_write("hard", AFD_SPAN("ours"), &err), 0);
	assert_int_equal(afd_file_write("dangling", AFD_SPAN("ours"), &err), 0);
	assert_holds("target", AFD_SPAN("theirs"));
	assert_false(afd_file_exists("new"));
	assert_int_equal(lstat("symbolic", &status), 0);
	assert_true(S_ISREG(status.st_mode));
	assert_holds("symbolic", AFD_SPAN("ours"));
	assert_holds("hard", AFD_SPAN("ours"));
}

/* What an earlier process of the same number, or somebody else, left where the temporary file goes. */
static void opens_nothing_that_stands_in_the_place_of_its_temporary_file(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	char temporary[64];
	snprintf(temporary, sizeof temporary, "f.%ld.tmp", (long)getpid());
	scratch_put("target", AFD_SPAN("theirs"));
	assert_int_equal(symlink("target", temporary), 0);
	assert_int_equal(afd_file_write("f", AFD_SPAN("1"), &err), 0);
	assert_int_equal(link("target", temporary), 0);
	assert_int_equal(afd_file_write("f", AFD_SPAN("2"), &err), 0);
	assert_int_equal(mkfifo(temporary, 0644), 0);
	alarm(10);
	assert_int_equal(afd_file_write("f", AFD_SPAN("3"), &err), 0);
	alarm(0);
	assert_holds("target", AFD_SPAN("theirs"));
	assert_holds("f", AFD_SPAN("3"));
	assert_int_equal(mkdir(temporary, 0755), 0);
	assert_int_equal(afd_file_write("f", AFD_SPAN("4"), &err), AFD_EXIT_NO_VERDICT);
	assert_holds("f", AFD_SPAN("3"));
}

static void assert_unwritable(const char *path)
{
	struct afd_error err = { 0 };
	assert_int_equal(afd_file_write(path, AFD_SPAN("x"), &err), AFD_EXIT_NO_VERDICT);
	assert_non_null(strstr(err.text, "cannot write "));
}

static void a_failed_write_leaves_what_was_there(void **state)
{
	(void)state;
	char longest[5000];
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	assert_int_equal(mkdir("folder", 0755), 0);
	scratch_put("file", AFD_SPAN("x"));
	assert_unwritable("folder");
	assert_unwritable("absent/f");
	assert_unwritable("file/f");
	assert_unwritable("/proc/f");
	assert_unwritable("");
	assert_unwritable(longest);
	longest[300] = '\0';
	assert_unwritable(longest);
	assert_int_equal(names_in("."), 2);
	assert_int_equal(names_in("folder"), 0);
}

static void a_full_disk_leaves_what_was_there(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct rlimit before;
	char bytes[20000];
	memset(bytes, 'x', sizeof bytes);
	scratch_put("f", AFD_SPAN("old"));
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	struct rlimit little = { 10000, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	int rc = afd_file_write("f", (struct afd_span){ bytes, sizeof bytes }, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(rc, AFD_EXIT_NO_VERDICT);
	assert_string_equal(err.text, "cannot write f: File too large");
	assert_holds("f", AFD_SPAN("old"));
	assert_int_equal(names_in("."), 1);
}

static void private_files_are_new_and_nobody_elses(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	struct stat status;
	umask(0);
	assert_int_equal(afd_file_create_private("key", AFD_SPAN("k"), &err), 0);
	assert_int_equal(stat("key", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_int_equal(afd_file_create_private("key", AFD_SPAN("other"), &err), AFD_EXIT_NO_VERDICT);
	assert_holds("key", AFD_SPAN("k"));
	assert_int_equal(symlink("elsewhere", "link"), 0);
	err = (struct afd_error){ 0 };
	assert_int_equal(afd_file_create_private("link", AFD_SPAN("k"), &err), AFD_EXIT_NO_VERDICT);
	assert_false(afd_file_exists("elsewhere"));
}

static void an_update_without_a_change_writes_nothing(void **state)
{
	(void)state;
	struct afd_error err = { 0 };
	bool written = false;
	struct stat status;
	static const struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	assert_int_equal(afd_file_update("f", AFD_SPAN("a\0b"), &written, &err), 0);
	assert_true(written);
	assert_int_equal(utimensat(AT_FDCWD, "f", old, 0), 0);
	assert_int_equal(afd_file_update("f", AFD_SPAN("a\0b"), &written, &err), 0);
	assert_false(written);
	assert_int_equal(stat("f", &status), 0);
	assert_int_equal(status.st_mtim.tv_sec, 1000000000);
	assert_int_equal(afd_file_update("f", AFD_SPAN("a\0c"), &written, &err), 0);
	assert_true(written);
	assert_holds("f", AFD_SPAN("a\0c"));
}

static void sameness_is_of_all_bytes_of_a_regular_file(void **state)
{
	(void)state;
	scratch_put("f", AFD_SPAN("a\0b"));
	assert_int_equal(mkfifo("pipe", 0644), 0);
	assert_true(afd_file_same("f", AFD_SPAN("a\0b")));
	assert_false(afd_file_same("f", AFD_SPAN("a\0c")));
	assert_false(afd_file_same("f", AFD_SPAN("a\0")));
	assert_false(afd_file_same("f", AFD_SPAN("a\0bc")));
	assert_false(afd_file_same("pipe", AFD_SPAN("")));
	assert_false(afd_file_same(".", AFD_SPAN("")));
	assert_false(afd_file_same("absent", AFD_SPAN("")));
	scratch_put("empty", AFD_SPAN(""));
	assert_true(afd_file_same("empty", (struct afd_span){ NULL, 0 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(reads_exact_bytes_up_to_the_limit),
		IN_A_FOLDER(keeps_nothing_of_a_file_that_is_too_large),
		IN_A_FOLDER(reads_regular_files_alone),
		IN_A_FOLDER(says_when_no_descriptor_is_left),
		IN_A_FOLDER(writes_at_once_with_a_mode_for_all),
		IN_A_FOLDER(writes_through_no_link),
		IN_A_FOLDER(opens_nothing_that_stands_in_the_place_of_its_temporary_file),
		IN_A_FOLDER(a_failed_write_leaves_what_was_there),
		IN_A_FOLDER(a_full_disk_leaves_what_was_there),
		IN_A_FOLDER(private_files_are_new_and_nobody_elses),
		IN_A_FOLDER(an_update_without_a_change_writes_nothing),
		IN_A_FOLDER(sameness_is_of_all_bytes_of_a_regular_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
