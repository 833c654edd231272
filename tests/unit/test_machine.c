/* SPDX-License-Identifier: MIT
 * The commit of a checkout, read from the files of git in every form that they have; and the machine. */
#include "suite.h"

#include "base/file.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char commit[] = "0123456789abcdef0123456789abcdef01234567";
static const char other[] = "ffffffffffffffffffffffffffffffffffffffff";

static int enter_folder(void **state)
{
	char *folder = strdup("/tmp/afd-machine-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	*state = folder;
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
	(void)status;
	(void)kind;
	(void)at;
	return remove(path);
}

static int leave_folder(void **state)
{
	assert_int_equal(chdir("/"), 0);
	nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(*state);
	return 0;
}

static void put(const char *path, const char *text)
{
	struct afd_error err = { 0 };
	char folder[256];
	snprintf(folder, sizeof folder, "%s", path);
	char *slash = strrchr(folder, '/');
	if (slash) {
		*slash = '\0';
		assert_int_equal(afd_folder_make(folder, &err), 0);
	}
	assert_int_equal(afd_file_write(path, afd_span_of(text), &err), 0);
}

static void put_hash(const char *path, const char *hash, const char *after)
{
	char text[256];
	snprintf(text, sizeof text, "%s%s\n", hash, after);
	put(path, text);
}

static void assert_commit(const char *wanted)
{
	struct afd_machine machine;
	afd_machine_read(&machine);
	assert_string_equal(machine.commit, wanted);
}

static void without_a_checkout_it_is_unknown(void **state)
{
	(void)state;
	assert_commit("unknown");
}

static void a_branch_has_its_own_file(void **state)
{
	(void)state;
	put(".git/HEAD", "ref: refs/heads/main\n");
	assert_commit("unknown");
	put_hash(".git/refs/heads/main", commit, "");
	put_hash(".git/packed-refs", other, " refs/heads/main");
	assert_commit(commit);
}

static void a_branch_is_found_among_the_packed(void **state)
{
	(void)state;
	char packed[512];
	snprintf(packed, sizeof packed, "# pack-refs with: peeled\n%s refs/heads/mainly\n%s refs/heads/main\n",
			 other, commit);
	put(".git/HEAD", "ref: refs/heads/main\n");
	put(".git/packed-refs", packed);
	assert_commit(commit);
}

static void a_detached_head_is_the_commit(void **state)
{
	(void)state;
	put_hash(".git/HEAD", commit, "");
	assert_commit(commit);
}

static void it_is_looked_for_in_the_folders_above(void **state)
{
	struct afd_error err = { 0 };
	(void)state;
	put_hash(".git/HEAD", commit, "");
	assert_int_equal(afd_folder_make("a/b", &err), 0);
	assert_int_equal(chdir("a/b"), 0);
	assert_commit(commit);
}

static void a_linked_worktree_names_its_folders(void **state)
{
	(void)state;
	put("tree/.git", "gitdir: ../real/worktrees/tree\n");
	put("real/worktrees/tree/HEAD", "ref: refs/heads/side\n");
	put("real/worktrees/tree/commondir", "../..\n");
	put_hash("real/refs/heads/side", commit, "");
	assert_int_equal(chdir("tree"), 0);
	assert_commit(commit);
}

static void what_is_no_hash_is_not_taken(void **state)
{
	(void)state;
	put(".git/HEAD", "ref: ../../etc/passwd\n");
	assert_commit("unknown");
	put(".git/HEAD", "0123456789abcdef\n");
	assert_commit("unknown");
	put_hash(".git/HEAD", "G123456789abcdef0123456789abcdef01234567", "");
	assert_commit("unknown");
}

static void the_machine_is_described(void **state)
{
	(void)state;
	struct afd_machine machine;
	afd_machine_read(&machine);
	assert_int_equal(machine.cpu_cores, sysconf(_SC_NPROCESSORS_ONLN));
	assert_true(machine.ram_gb >= 0);
	assert_string_not_equal(machine.os, "unknown");
	assert_string_not_equal(machine.kernel, "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_checkout_it_is_unknown, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(a_branch_has_its_own_file, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(a_branch_is_found_among_the_packed, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(a_detached_head_is_the_commit, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(it_is_looked_for_in_the_folders_above, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(a_linked_worktree_names_its_folders, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(what_is_no_hash_is_not_taken, enter_folder, leave_folder),
		cmocka_unit_test(the_machine_is_described),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
