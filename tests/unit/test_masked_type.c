/* SPDX-License-Identifier: MIT
 * That a leak does not compile: runs the compiler over compile_fail/, and reads the sources for other makers
 * of masked text than mask.c. */
#include "base/file.h"

#include <ctype.h>
#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

extern char **environ;

static bool compiles(const char *file, bool leak)
{
	const char *compiler = getenv("CC");
	if (!compiler || strchr(compiler, ' '))
		compiler = "cc";
	const char *arguments[] = { compiler,
								"-std=c11",
								"-D_GNU_SOURCE",
								"-fsyntax-only",
								"-I" AFD_SOURCE_DIR "/runtime",
								file,
								leak ? "-DLEAK" : "-DNO_LEAK",
								NULL };
	posix_spawn_file_actions_t actions;
	assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
	assert_int_equal(posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0), 0);
	pid_t child;
	int status;
	assert_int_equal(posix_spawnp(&child, compiler, &actions, NULL, (char *const *)arguments, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 127);
	return WEXITSTATUS(status) == 0;
}

static void check_one(void *context, const char *name)
{
	char path[4096];
	if (!afd_span_ends(afd_span_of(name), ".c"))
		return;
	snprintf(path, sizeof path, "%s/tests/unit/compile_fail/%s", AFD_SOURCE_DIR, name);
	if (!compiles(path, false))
		fail_msg("%s does not compile at all", name);
	if (compiles(path, true))
		fail_msg("%s: the leak compiles", name);
	++*(int *)context;
}

static void a_leak_does_not_compile(void **state)
{
	(void)state;
	int count = 0;
	struct afd_error err = { 0 };
	assert_int_equal(afd_folder_each(AFD_SOURCE_DIR "/tests/unit/compile_fail", check_one, &count, &err), 0);
	assert_true(count >= 7);
}

static size_t skip_over(struct afd_span text, size_t at, int (*in)(int))
{
	while (at < text.size && in((unsigned char)text.data[at]))
		at++;
	return at;
}

static int in_name(int byte)
{
	return isalnum(byte) || byte == '_';
}

/* `(struct afd_masked){ x` or `struct afd_masked name = { x`, with x other than nothing (0 and NULL). */
static bool makes_masked(struct afd_span text, size_t after)
{
	size_t at = after;
	if (at < text.size && text.data[at] == ')')
		at++;
	else {
		at = skip_over(text, skip_over(text, skip_over(text, at, isspace), in_name), isspace);
		if (at >= text.size || text.data[at++] != '=')
			return false;
	}
	at = skip_over(text, at, isspace);
	if (at >= text.size || text.data[at] != '{')
		return false;
	struct afd_span inside = afd_span_from(text, skip_over(text, at + 1, isspace));
	return !afd_span_starts(inside, "0") && !afd_span_starts(inside, "NULL") && !afd_span_starts(inside, "}");
}

static size_t count_makers(const char *path)
{
	static const char type[] = "struct afd_masked";
	struct afd_text file;
	struct afd_error err = { 0 };
	assert_int_equal(afd_file_read(path, 16 * 1024 * 1024, &file, &err), 0);
	size_t count = 0;
	struct afd_span text = afd_text_span(&file);
	for (size_t at = afd_span_find(text, type, 0); at != SIZE_MAX; at = afd_span_find(text, type, at + 1))
		count += makes_masked(text, at + sizeof type - 1);
	afd_text_free(&file);
	return count;
}

struct search {
	const char *folder;
	size_t files, makers;
};

static void read_one(void *context, const char *name)
{
	struct search *search = context;
	struct afd_span span = afd_span_of(name);
	if (!afd_span_ends(span, ".c") && !afd_span_ends(span, ".h"))
		return;
	char path[4096];
	snprintf(path, sizeof path, "%s/%s/%s", AFD_SOURCE_DIR, search->folder, name);
	size_t makers = count_makers(path);
	if (makers > 0 && strcmp(name, "mask.c") != 0)
		fail_msg("%s/%s makes a struct afd_masked", search->folder, name);
	search->makers += makers;
	search->files++;
}

static void only_the_masker_makes_masked_text(void **state)
{
	(void)state;
	static const char *const folders[] = { "runtime", "runtime/base", "runtime/affidavit", "generator" };
	struct search search = { .makers = 0 };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char path[4096];
		struct afd_error err = { 0 };
		search.folder = folders[i];
		snprintf(path, sizeof path, "%s/%s", AFD_SOURCE_DIR, folders[i]);
		assert_int_equal(afd_folder_each(path, read_one, &search, &err), 0);
	}
	assert_true(search.makers > 0);
	assert_true(search.files > 40);
}

static void a_maker_is_known_when_seen(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool maker;
	} samples[] = {
		{ "(struct afd_masked){ text, 5 }", true },
		{ "(struct afd_masked) {\n\t.data = text }", true },
		{ "struct afd_masked m = { text, 5 };", true },
		{ "struct afd_masked m={text};", true },
		{ "struct afd_masked m = { NULL, 0 };", false },
		{ "(struct afd_masked){ 0 }", false },
		{ "struct afd_masked m = afd_public(x, y);", false },
		{ "f(struct afd_masked text)\n{\n}", false },
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct afd_span text = afd_span_of(samples[i].text);
		size_t at = afd_span_find(text, "struct afd_masked", 0);
		if (makes_masked(text, at + strlen("struct afd_masked")) != samples[i].maker)
			fail_msg("%s", samples[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leak_does_not_compile),
		cmocka_unit_test(only_the_masker_makes_masked_text),
		cmocka_unit_test(a_maker_is_known_when_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
