/* SPDX-License-Identifier: MIT
 * affidavit run: compiles a spec into a cache folder, builds the suite with the system's C compiler, executes it. The build
 * is kept under the digest of the generated files, of this program and of its library. */
#include "command.h"

#include "base/file.h"
#include "base/hash.h"
#include "output.h"

#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { WORDS_MAX = 64 };

/* Where the headers, the library and its link line stand: beside this program. All memory is the arena's. */
struct kit {
	struct afd_arena *arena;
	const char *folder;
	char *flags; /* what to link, as the build wrote it */
};

/* The suite is built elsewhere, where it would not find the program of the embedded ClickHouse that stands beside this one. */
static void name_sidecar(struct afd_arena *arena, const char *folder)
{
	const char *path = afd_arena_printf(arena, "%s/affidavit-clickhouse", folder);
	if (afd_file_exists(path))
		setenv("AFFIDAVIT_CLICKHOUSE_SIDECAR", path, 0);
}

static int find_kit(struct kit *kit, struct afd_error *err)
{
	char self[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
	if (size < 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot find this program: %s", strerror(errno));
	self[size] = '\0';
	*strrchr(self, '/') = '\0';
	name_sidecar(kit->arena, self);
	static const char *const places[] = { "sdk", "../lib/affidavit" };
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		kit->folder = afd_arena_printf(kit->arena, "%s/%s", self, places[i]);
		const char *path = afd_arena_printf(kit->arena, "%s/link.txt", kit->folder);
		struct afd_text text;
		if (!afd_file_exists(path))
			continue;
		int rc = afd_file_read(path, 4096, &text, err);
		if (rc == 0)
			kit->flags = afd_arena_copy(kit->arena, afd_text_span(&text));
		afd_text_free(&text);
		return rc;
	}
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "the runtime library is not beside %s: build or install affidavit whole", self);
}

static void add_file_stamp(struct afd_text *key, const char *path)
{
	struct stat status;
	if (stat(path, &status) == 0)
		afd_text_printf(key, "%lld %lld.%09ld\n", (long long)status.st_size, (long long)status.st_mtim.tv_sec,
						status.st_mtim.tv_nsec);
}

static void make_key(const struct afd_output *output, const struct kit *kit, char key[AFD_SHA256_HEX + 1])
{
	struct afd_text text;
	char hex[AFD_SHA256_HEX + 1];
	afd_text_init(&text, 64 << 20);
	for (size_t i = 0; i < output->count; i++) {
		afd_sha256_hex(afd_text_span(&output->rows[i].text), hex);
		afd_text_printf(&text, "%s %s\n", output->rows[i].name, hex);
	}
	add_file_stamp(&text, afd_arena_printf(kit->arena, "%s/lib/libaffidavit.a", kit->folder));
	add_file_stamp(&text, "/proc/self/exe");
	afd_sha256_hex(afd_text_span(&text), key);
	afd_text_free(&text);
}

static int wait_for(pid_t child, int *status)
{
	while (waitpid(child, status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return 0;
}

static int build(const char *folder, const struct kit *kit, const char *program, struct afd_error *err)
{
	const char *unit = afd_arena_printf(kit->arena, "%s/unit.c", folder);
	const char *temporary = afd_arena_printf(kit->arena, "%s.%ld.tmp", program, (long)getpid());
	const char *include = afd_arena_printf(kit->arena, "-I%s/include", kit->folder);
	const char *libraries = afd_arena_printf(kit->arena, "-L%s/lib", kit->folder);
	const char *words[WORDS_MAX] = {
		"cc", "-std=c11", "-O0", "-w", include, "-o", temporary, unit, libraries
	};
	size_t count = 9;
	char *rest = NULL;
	for (char *word = strtok_r(kit->flags, " \n", &rest); word && count + 1 < WORDS_MAX; word = strtok_r(NULL, " \n", &rest))
		words[count++] = word;
	pid_t child;
	int status = 0;
	int rc = posix_spawnp(&child, "cc", NULL, NULL, (char *const *)words, environ);
	if (rc != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot start the C compiler 'cc': %s", strerror(rc));
	if (wait_for(child, &status) != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the C compiler failed on %s", unit);
	if (rename(temporary, program) != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot write %s: %s", program, strerror(errno));
	return 0;
}

static int write_unit(const struct afd_output *output, const char *path, struct afd_error *err)
{
	struct afd_text text;
	bool written;
	afd_text_init(&text, 64 << 20);
	for (size_t i = 0; i < output->count; i++)
		if (afd_span_ends(afd_span_of(output->rows[i].name), ".c"))
			afd_text_printf(&text, "#include \"%s\"\n", output->rows[i].name);
	int rc = afd_file_update(path, afd_text_span(&text), &written, err);
	afd_text_free(&text);
	return rc;
}

static int cache_folder(const struct kit *kit, const char *key, const char **folder, struct afd_error *err)
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	if (cache && cache[0] == '/')
		*folder = afd_arena_printf(kit->arena, "%s/affidavit/suites/%s", cache, key);
	else if (home && home[0])
		*folder = afd_arena_printf(kit->arena, "%s/.cache/affidavit/suites/%s", home, key);
	else
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "no folder for the built suite: set HOME or XDG_CACHE_HOME");
	return afd_folder_make(*folder, err);
}

static int write_and_build(const struct afd_output *output, const struct kit *kit, const char *folder,
						   const char *program, struct afd_error *err)
{
	size_t written;
	size_t removed;
	int rc = afd_output_write(output, folder, &written, &removed, err);
	if (rc == 0)
		rc = write_unit(output, afd_arena_printf(kit->arena, "%s/unit.c", folder), err);
	return rc ? rc : build(folder, kit, program, err);
}

/* Leaves the path of the built suite in `*program`. */
static int prepare(struct afd_compilation *compilation, const char **program, struct afd_error *err)
{
	struct kit kit = { .arena = &compilation->arena };
	struct afd_output output;
	char key[AFD_SHA256_HEX + 1];
	const char *folder = NULL;
	int rc = find_kit(&kit, err);
	if (rc != 0)
		return rc;
	afd_output_make(&output, &compilation->model);
	make_key(&output, &kit, key);
	rc = cache_folder(&kit, key, &folder, err);
	if (rc == 0) {
		*program = afd_arena_printf(kit.arena, "%s/suite", folder);
		if (!afd_file_exists(*program))
			rc = write_and_build(&output, &kit, folder, *program, err);
	}
	afd_output_free(&output);
	return rc;
}

static int compile_spec(struct afd_compilation *compilation, const char *spec, const char **program)
{
	struct afd_arguments arguments = { 0 };
	struct afd_error err = { 0 };
	int rc = afd_compilation_load(compilation, spec, &arguments);
	if (rc == 0)
		rc = afd_compilation_report(compilation, AFD_FORMAT_TEXT, NULL);
	if (rc == 0 && compilation->model.tests.count == 0) {
		afd_complain("%s: error: no request is found in this document\n", compilation->source.path);
		rc = AFD_EXIT_USAGE;
	}
	if (rc == 0 && (rc = prepare(compilation, program, &err)) != 0)
		afd_complain("affidavit: %s\n", err.text);
	return rc;
}

/* Does not return where the suite could be started. */
static int execute(const char *program, int argc, char **argv)
{
	char **words = calloc((size_t)argc + 1, sizeof *words);
	if (!words)
		return AFD_EXIT_NO_VERDICT;
	memcpy(words, argv, (size_t)argc * sizeof *words);
	words[0] = (char *)program;
	execv(program, words);
	afd_complain("affidavit: cannot start %s: %s\n", program, strerror(errno));
	free(words);
	return AFD_EXIT_NO_VERDICT;
}

int afd_command_run(int argc, char **argv)
{
	if (argc < 1 || argv[0][0] == '-') {
		afd_complain("affidavit: the spec comes first\nusage: affidavit run SPEC [suite options]\n");
		return AFD_EXIT_USAGE;
	}
	struct afd_compilation compilation;
	const char *program;
	int rc = compile_spec(&compilation, argv[0], &program);
	if (rc == 0)
		rc = execute(program, argc, argv);
	afd_compilation_free(&compilation);
	return rc;
}
