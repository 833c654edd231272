/* SPDX-License-Identifier: MIT
 * The two engines that the tests of the tables run on: the embedded one, and Debian's clickhouse-server on
 * loopback with a password, over TCP and TLS. Group fixtures start them and stop what they started. Include
 * after cmocka.h. */
#ifndef AFFIDAVIT_TESTS_CLICKHOUSE_ENGINES_H
#define AFFIDAVIT_TESTS_CLICKHOUSE_ENGINES_H

#include "clickhouse.h"
#include "clickhouse_embedded.h"

#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENGINE_PASSWORD "invented password"

struct engine {
	const char *name;
	char url[512]; /* "": it can't be had */
	char why[1024];
};

struct engines {
	char folder[64]; /* everything that they write */
	struct afd_embedded *embedded;
	struct engine rows[2]; /* embedded, server */
	char secure_url[128], certificate[128];
};

/* CI has both: there a missing one is a failure. */
static inline void engine_require(const struct engine *engine)
{
	if (engine->url[0] != '\0')
		return;
	print_message("%s: %s\n", engine->name, engine->why);
	if (getenv("CI"))
		fail();
	skip();
}

static inline void engine_path(char *path, size_t size, const struct engines *engines, const char *name)
{
	assert_true(snprintf(path, size, "%s/%s", engines->folder, name) < (int)size);
}

/* build/tests/unit/unit_NAME -> build/affidavit-clickhouse */
static inline void engine_find_sidecar(void)
{
	char path[4096];
	ssize_t size = readlink("/proc/self/exe", path, sizeof path - 64);
	assert_true(size > 0);
	path[size] = '\0';
	for (int level = 0; level < 3; level++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/affidavit-clickhouse");
	setenv("AFFIDAVIT_CLICKHOUSE_SIDECAR", path, 0);
}

static inline void engines_start_embedded(struct engines *engines)
{
	char folder[128];
	struct afd_error err = { 0 };
	struct engine *engine = &engines->rows[0];
	engine_path(folder, sizeof folder, engines, "embedded");
	engine_find_sidecar();
	if (afd_embedded_start(&engines->embedded, folder, &err) == 0 &&
		afd_embedded_wait(engines->embedded, &err) == 0)
		snprintf(engine->url, sizeof engine->url, "%s", afd_embedded_url(engines->embedded));
	snprintf(engine->why, sizeof engine->why, "%s", err.text);
}

/* Runs server.sh; its first lines of output go to `output`. 0 where it exits with 0. */
static inline int engines_run_server(const struct engines *engines, const char *verb, char *output,
									 size_t size)
{
	char folder[128];
	int ends[2];
	pid_t process = 0;
	posix_spawn_file_actions_t actions;
	engine_path(folder, sizeof folder, engines, "server");
	char *argv[] = { (char[]){ "sh" }, (char[]){ AFD_SOURCE_DIR "/tests/e2e/clickhouse/server.sh" },
					 (char[16]){ 0 }, folder, NULL };
	snprintf(argv[2], 16, "%s", verb);
	assert_int_equal(pipe(ends), 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	assert_int_equal(posix_spawnp(&process, "sh", &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	FILE *lines = fdopen(ends[0], "r");
	size_t count = fread(output, 1, size - 1, lines);
	output[count] = '\0';
	fclose(lines);
	int status = 0;
	waitpid(process, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void engines_start_server(struct engines *engines)
{
	char output[1024];
	struct engine *engine = &engines->rows[1];
	if (engines_run_server(engines, "start", output, sizeof output) != 0)
		snprintf(engine->why, sizeof engine->why, "%s", output);
	else
		assert_int_equal(sscanf(output, "%500s %120s", engine->url, engines->secure_url), 2);
	engine_path(engines->certificate, sizeof engines->certificate, engines, "server/server.crt");
}

static inline struct engines *engines_make(void)
{
	struct engines *engines = calloc(1, sizeof *engines);
	*engines = (struct engines){ .folder = "/tmp/afd-test-XXXXXX" };
	engines->rows[0].name = "embedded";
	engines->rows[1].name = "server";
	if (!mkdtemp(engines->folder))
		return NULL;
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", ENGINE_PASSWORD, 1);
	unsetenv("AFFIDAVIT_CLICKHOUSE_USER");
	engines_start_embedded(engines);
	return engines;
}

/* The embedded one alone. */
static inline int engines_start_one(void **state)
{
	*state = engines_make();
	return *state ? 0 : -1;
}

static inline int engines_start(void **state)
{
	if (engines_start_one(state) != 0)
		return -1;
	engines_start_server(*state);
	return 0;
}

static inline int engines_remove(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static inline int engines_stop(void **state)
{
	struct engines *engines = *state;
	char output[1024];
	afd_embedded_stop(engines->embedded);
	engines_run_server(engines, "stop", output, sizeof output);
	nftw(engines->folder, engines_remove, 16, FTW_DEPTH | FTW_PHYS);
	free(engines);
	return 0;
}

static inline struct afd_clickhouse *engine_open(const char *url, struct afd_words names)
{
	struct afd_clickhouse_options options = { .url = url, .names = names };
	struct afd_error err = { 0 };
	struct afd_clickhouse *client = NULL;
	if (afd_clickhouse_open(&client, &options, &err) != 0)
		fail_msg("%s", err.text);
	return client;
}

/* Runs `check` on both, each with a client of its own. */
static inline void on_each_engine(void **state, struct afd_words names,
								  void (*check)(struct afd_clickhouse *client))
{
	struct engines *engines = *state;
	for (size_t i = 0; i < sizeof engines->rows / sizeof engines->rows[0]; i++) {
		engine_require(&engines->rows[i]);
		struct afd_clickhouse *client = engine_open(engines->rows[i].url, names);
		print_message("             on %s, ClickHouse %s\n", engines->rows[i].name,
					  afd_clickhouse_version(client));
		check(client);
		afd_clickhouse_close(client);
	}
}

static inline void engine_execute(struct afd_clickhouse *client, const char *sql)
{
	struct afd_error err = { 0 };
	if (afd_clickhouse_execute(client, afd_span_of(sql), &err) != 0)
		fail_msg("%s: %s", sql, err.text);
}

/* The answer as text without its last newline. */
static inline void engine_expect(struct afd_clickhouse *client, const char *sql, const char *expected)
{
	struct afd_text out;
	struct afd_error err = { 0 };
	afd_text_init(&out, 1 << 20);
	if (afd_clickhouse_query(client, afd_span_of(sql), "TabSeparated", &out, &err) != 0)
		fail_msg("%s: %s", sql, err.text);
	if (out.size > 0 && out.data[out.size - 1] == '\n')
		out.data[out.size - 1] = '\0';
	assert_string_equal(out.size > 0 ? out.data : "", expected);
	afd_text_free(&out);
}

#endif
