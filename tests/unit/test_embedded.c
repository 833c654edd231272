/* SPDX-License-Identifier: MIT
 * The embedded engine's process: how it starts and ends, and what it says where it can't. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"

#include <signal.h>
#include <sys/prctl.h>

/* A process that serves another folder, for tests that end it. */
struct own {
	struct engines *engines;
	struct afd_embedded *embedded;
	char folder[128];
};

static void start_own(void **state, struct own *own)
{
	struct afd_error err = { 0 };
	own->engines = *state;
	engine_require(&own->engines->rows[0]);
	engine_path(own->folder, sizeof own->folder, own->engines, "own");
	assert_int_equal(afd_embedded_start(&own->embedded, own->folder, &err), 0);
	if (afd_embedded_wait(own->embedded, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(afd_embedded_wait(own->embedded, &err), 0);
}

static void rows_outlive_the_process(void **state)
{
	struct own own;
	struct afd_words none = { NULL, 0 };
	start_own(state, &own);
	struct afd_clickhouse *client = engine_open(afd_embedded_url(own.embedded), none);
	engine_execute(client, "CREATE TABLE IF NOT EXISTS kept (a UInt8) ENGINE = MergeTree ORDER BY a");
	engine_execute(client, "INSERT INTO kept VALUES (1), (2)");
	afd_clickhouse_close(client);
	afd_embedded_stop(own.embedded);
	start_own(state, &own);
	client = engine_open(afd_embedded_url(own.embedded), none);
	engine_expect(client, "SELECT count() FROM kept", "2");
	afd_clickhouse_close(client);
	afd_embedded_stop(own.embedded);
}

static void stopping_removes_socket_and_folder(void **state)
{
	struct own own;
	char path[256];
	start_own(state, &own);
	snprintf(path, sizeof path, "%s", afd_embedded_url(own.embedded) + strlen("unix:"));
	assert_int_equal(access(path, F_OK), 0);
	long process = afd_embedded_process(own.embedded);
	afd_embedded_stop(own.embedded);
	assert_int_equal(access(path, F_OK), -1);
	*strrchr(path, '/') = '\0';
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(kill((pid_t)process, 0), -1);
}

static void folder_in_use_is_said(void **state)
{
	struct own own;
	struct afd_embedded *second = NULL;
	struct afd_error err = { 0 };
	start_own(state, &own);
	assert_int_equal(afd_embedded_start(&second, own.folder, &err), 0);
	assert_int_equal(afd_embedded_wait(second, &err), AFD_EXIT_NO_VERDICT);
	assert_non_null(strstr(err.text, "another process has it open"));
	assert_int_equal(afd_embedded_process(second), 0);
	afd_embedded_stop(second);
	afd_embedded_stop(own.embedded);
}

static void engine_that_dies_midway_is_said(void **state)
{
	struct own own;
	struct afd_error err = { 0 };
	struct afd_words none = { NULL, 0 };
	start_own(state, &own);
	struct afd_clickhouse *client = engine_open(afd_embedded_url(own.embedded), none);
	engine_expect(client, "SELECT 1", "1");
	kill((pid_t)afd_embedded_process(own.embedded), SIGKILL);
	siginfo_t ended;
	assert_int_equal(waitid(P_PID, (id_t)afd_embedded_process(own.embedded), &ended, WEXITED | WNOWAIT), 0);
	assert_int_equal(afd_clickhouse_execute(client, AFD_SPAN("SELECT 1"), &err), AFD_EXIT_NO_VERDICT);
	assert_int_equal(afd_clickhouse_code(client), 0);
	assert_non_null(strstr(err.text, "unix:/"));
	afd_clickhouse_close(client);
	afd_embedded_stop(own.embedded);
}

static void start_fails(const char *variable, const char *value, const char *says)
{
	struct afd_embedded *embedded = NULL;
	struct afd_error err = { 0 };
	char before[4096] = "";
	if (getenv(variable))
		snprintf(before, sizeof before, "%s", getenv(variable));
	setenv(variable, value, 1);
	int rc = afd_embedded_start(&embedded, "/tmp/afd-never-made", &err);
	if (rc == 0)
		rc = afd_embedded_wait(embedded, &err);
	afd_embedded_stop(embedded);
	if (before[0] != '\0')
		setenv(variable, before, 1);
	else
		unsetenv(variable);
	assert_int_equal(rc, AFD_EXIT_NO_VERDICT);
	if (!strstr(err.text, says))
		fail_msg("'%s' is not in '%s'", says, err.text);
	assert_int_equal(access("/tmp/afd-never-made", F_OK), -1);
}

static void missing_parts_are_said_with_what_to_do(void **state)
{
	(void)state;
	start_fails("AFFIDAVIT_CLICKHOUSE_SIDECAR", "/nowhere/affidavit-clickhouse",
				"set AFFIDAVIT_CLICKHOUSE_SIDECAR");
	start_fails("AFFIDAVIT_LIBCHDB", "/nowhere/libchdb.so",
				"install it by `./run build`, set AFFIDAVIT_LIBCHDB");
	start_fails("AFFIDAVIT_LIBCHDB", "/etc/hostname", "cannot load /etc/hostname");
}

struct orphan {
	long process;
	char url[128];
};

/* Starts the engine in a process that then ends without stopping it. */
static void leave_orphan(const char *folder, struct orphan *orphan)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t parent = fork();
	if (parent == 0) {
		struct afd_embedded *embedded = NULL;
		struct afd_error err = { 0 };
		if (afd_embedded_start(&embedded, folder, &err) == 0 && afd_embedded_wait(embedded, &err) == 0) {
			orphan->process = afd_embedded_process(embedded);
			snprintf(orphan->url, sizeof orphan->url, "%s", afd_embedded_url(embedded));
		}
		_exit(write(ends[1], orphan, sizeof *orphan) == sizeof *orphan ? 0 : 1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], orphan, sizeof *orphan), sizeof *orphan);
	close(ends[0]);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
}

static void it_ends_with_its_parent(void **state)
{
	struct engines *engines = *state;
	struct orphan orphan = { 0 };
	char folder[128];
	int status = 0;
	engine_require(&engines->rows[0]);
	engine_path(folder, sizeof folder, engines, "orphan");
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); /* the orphan becomes this process's child */
	leave_orphan(folder, &orphan);
	assert_true(orphan.process > 0);
	assert_int_equal(waitpid((pid_t)orphan.process, &status, 0), orphan.process);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	*strrchr(orphan.url, '/') = '\0';
	assert_int_equal(access(orphan.url + strlen("unix:"), F_OK), -1);
}

/* Runs the program to its end and gives its exit code; its standard error goes to `said`. */
static int run_sidecar(char *const argv[], char *said, size_t size)
{
	int ends[2];
	int status = 0;
	assert_int_equal(pipe(ends), 0);
	pid_t process = fork();
	if (process == 0) {
		dup2(ends[1], STDERR_FILENO);
		execv(getenv("AFFIDAVIT_CLICKHOUSE_SIDECAR"), argv);
		_exit(127);
	}
	close(ends[1]);
	ssize_t count = read(ends[0], said, size - 1);
	said[count > 0 ? count : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(process, &status, 0), process);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void wrong_options_are_refused(void **state)
{
	static char
		name[] = "affidavit-clickhouse",
		path[] = "--path=/tmp/afd-never-made", port[] = "--port=70000",
		socket[] =
			"--socket=/tmp/"
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			"aaaaaaaaaaaaaaaaaaaa",
		unknown[] = "--unknown", parent[] = "--parent=1", short_socket[] = "--socket=/tmp/afd-never";
	const struct {
		char *argv[5];
		int code;
		const char *says;
	} wrong[] = {
		{ { name, short_socket, NULL }, 2, "--path DIR is missing" },
		{ { name, path, NULL }, 2, "--socket FILE or --port N is missing" },
		{ { name, path, port, NULL }, 2, "'70000' is not a number from 0 to 65535" },
		{ { name, path, unknown, NULL }, 2, "see --help" },
		{ { name, path, socket, NULL }, 2, "the system allows 107" },
		{ { name, path, short_socket, parent, NULL }, 3, "the parent process 1 has ended" },
	};
	const struct engines *engines = *state;
	char said[1024];
	engine_require(&engines->rows[0]);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(run_sidecar(wrong[i].argv, said, sizeof said), wrong[i].code);
		if (!strstr(said, wrong[i].says))
			fail_msg("'%s' is not in '%s'", wrong[i].says, said);
	}
	assert_int_equal(access("/tmp/afd-never-made", F_OK), -1);
}

static void port_without_password_is_refused(void **state)
{
	char name[] = "affidavit-clickhouse", path[] = "--path=/tmp/afd-never-made", port[] = "--port=0";
	char *argv[] = { name, path, port, NULL };
	const struct engines *engines = *state;
	char said[1024];
	engine_require(&engines->rows[0]);
	unsetenv("AFFIDAVIT_CLICKHOUSE_PASSWORD");
	int code = run_sidecar(argv, said, sizeof said);
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", ENGINE_PASSWORD, 1);
	assert_int_equal(code, 2);
	assert_non_null(strstr(said, "set AFFIDAVIT_CLICKHOUSE_PASSWORD"));
}

/* Serves a port of its own; gives the process and the URL. */
static pid_t serve_port(const char *folder, char url[64])
{
	int ends[2];
	char line[128] = "";
	char path[160];
	char name[] = "affidavit-clickhouse", port[] = "--port=0";
	char *argv[] = { name, path, port, NULL };
	snprintf(path, sizeof path, "--path=%s", folder);
	assert_int_equal(pipe(ends), 0);
	pid_t process = fork();
	if (process == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execv(getenv("AFFIDAVIT_CLICKHOUSE_SIDECAR"), argv);
		_exit(127);
	}
	close(ends[1]);
	assert_true(read(ends[0], line, sizeof line - 1) > 0);
	close(ends[0]);
	assert_int_equal(sscanf(line, "listening on %63s", url), 1);
	return process;
}

static void port_asks_for_the_password(void **state)
{
	struct engines *engines = *state;
	char folder[128];
	char url[64];
	struct afd_error err = { 0 };
	struct afd_clickhouse *client = NULL;
	engine_require(&engines->rows[0]);
	engine_path(folder, sizeof folder, engines, "port");
	pid_t process = serve_port(folder, url);
	struct afd_words none = { NULL, 0 };
	client = engine_open(url, none);
	engine_expect(client, "SELECT 1", "1");
	afd_clickhouse_close(client);
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", "another", 1);
	int rc = afd_clickhouse_open(&client, &(struct afd_clickhouse_options){ .url = url }, &err);
	setenv("AFFIDAVIT_CLICKHOUSE_PASSWORD", ENGINE_PASSWORD, 1);
	assert_int_equal(rc, AFD_EXIT_NO_VERDICT);
	assert_non_null(strstr(err.text, "Code 516 AUTHENTICATION_FAILED"));
	kill(process, SIGTERM);
	int status = 0;
	assert_int_equal(waitpid(process, &status, 0), process);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void environment_holds_no_secret(void **state)
{
	struct own own;
	char path[64];
	setenv("AFFIDAVIT_SECRET_TOKEN", "invented-token-value", 1);
	start_own(state, &own);
	unsetenv("AFFIDAVIT_SECRET_TOKEN");
	snprintf(path, sizeof path, "/proc/%ld/environ", afd_embedded_process(own.embedded));
	static char environment[65536];
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t size = fread(environment, 1, sizeof environment - 1, file);
	fclose(file);
	afd_embedded_stop(own.embedded);
	assert_true(size > 0);
	assert_null(memmem(environment, size, "invented", strlen("invented")));
	assert_non_null(memmem(environment, size, "TZ=UTC", strlen("TZ=UTC")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_outlive_the_process),
		cmocka_unit_test(stopping_removes_socket_and_folder),
		cmocka_unit_test(folder_in_use_is_said),
		cmocka_unit_test(engine_that_dies_midway_is_said),
		cmocka_unit_test(missing_parts_are_said_with_what_to_do),
		cmocka_unit_test(it_ends_with_its_parent),
		cmocka_unit_test(wrong_options_are_refused),
		cmocka_unit_test(port_without_password_is_refused),
		cmocka_unit_test(port_asks_for_the_password),
		cmocka_unit_test(environment_holds_no_secret),
	};
	return cmocka_run_group_tests(tests, engines_start_one, engines_stop);
}
