/* SPDX-License-Identifier: MIT */
#include "clickhouse_embedded.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH_LIMIT = 4096, START_MS = 60000, STOP_MS = 10000 };

static const char program_name[] = "affidavit-clickhouse";

struct afd_embedded {
	pid_t process; /* 0: has ended */
	int ready;     /* reads the line that it prints when it listens */
	int said;      /* what it says otherwise: a file in memory, which never blocks it */
	bool listens;
	struct afd_text place; /* a short private folder for the socket: its path may have 107 bytes */
	struct afd_text url;
};

static int fail(struct afd_error *err, const char *what)
{
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot start the embedded ClickHouse: %s: %s", what,
					strerror(errno));
}

/* The program's own folder, or the one above it. */
static bool find_near(const char *levels, struct afd_text *path)
{
	char own[PATH_LIMIT];
	ssize_t size = readlink("/proc/self/exe", own, sizeof own - 1);
	if (size <= 0)
		return false;
	own[size] = '\0';
	char *slash = strrchr(own, '/');
	if (slash)
		*slash = '\0';
	afd_text_clear(path);
	return afd_text_printf(path, "%s/%s%s", own, levels, program_name) && access(path->data, X_OK) == 0;
}

static void find_program(struct afd_text *path)
{
	const char *given = getenv("AFFIDAVIT_CLICKHOUSE_SIDECAR");
	bool found = given && given[0] != '\0';
	if (found)
		afd_text_puts(path, given);
	if (!found && !find_near("", path) && !find_near("../", path)) {
		afd_text_clear(path);
		afd_text_puts(path, program_name);
	}
}

static int make_place(struct afd_embedded *embedded, struct afd_error *err)
{
	const char *given = getenv("XDG_RUNTIME_DIR");
	const char *parents[] = { given && given[0] == '/' && strlen(given) < 64 ? given : "/tmp", "/tmp" };
	for (size_t i = 0; i < sizeof parents / sizeof parents[0]; i++) {
		afd_text_clear(&embedded->place);
		afd_text_printf(&embedded->place, "%s/afd-XXXXXX", parents[i]);
		if (mkdtemp(embedded->place.data)) {
			afd_text_printf(&embedded->url, "unix:%s/s", embedded->place.data);
			return 0;
		}
	}
	afd_text_free(&embedded->place);
	return fail(err, "no folder for its socket in /tmp");
}

/* Not the whole environment: it holds secrets. */
static size_t keep_environment(char *kept[], size_t limit)
{
	static const char *const names[] = {
		"HOME=",           "PATH=", "TMPDIR=", "LANG=", "LC_ALL=", "XDG_CACHE_HOME=", "AFFIDAVIT_LIBCHDB=",
		"LD_LIBRARY_PATH="
	};
	size_t count = 0;
	for (char **variable = environ; *variable; variable++)
		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
			if (strncmp(*variable, names[i], strlen(names[i])) == 0 && count < limit)
				kept[count++] = *variable;
	return count;
}

static bool set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none;
	sigset_t all;
	sigemptyset(&none);
	sigfillset(&all);
	/* A group of its own: Ctrl-C is for the suite, which then ends it in order. */
	short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	return posix_spawnattr_setpgroup(attributes, 0) == 0 &&
		   posix_spawnattr_setsigmask(attributes, &none) == 0 &&
		   posix_spawnattr_setsigdefault(attributes, &all) == 0 &&
		   posix_spawnattr_setflags(attributes, flags) == 0;
}

static int spawn_with(struct afd_embedded *embedded, char *argv[], int output,
					  posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes)
{
	enum { KEPT_MAX = 8 };
	char zone[] = "TZ=UTC";
	char *environment[KEPT_MAX + 2] = { NULL };
	environment[keep_environment(environment, KEPT_MAX)] = zone;
	if (!set_attributes(attributes) ||
		posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) != 0 ||
		posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO) != 0 ||
		posix_spawn_file_actions_adddup2(actions, embedded->said, STDERR_FILENO) != 0)
		return ENOMEM;
	return posix_spawnp(&embedded->process, argv[0], actions, attributes, argv, environment);
}

static int spawn(struct afd_embedded *embedded, char *argv[], int output)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int rc = posix_spawn_file_actions_init(&actions);
	if (rc != 0)
		return rc;
	rc = posix_spawnattr_init(&attributes);
	if (rc == 0) {
		rc = spawn_with(embedded, argv, output, &actions, &attributes);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

static int run_program(struct afd_embedded *embedded, const char *folder, int output, struct afd_error *err)
{
	struct afd_text program;
	afd_text_init(&program, PATH_LIMIT);
	find_program(&program);
	char options[3][PATH_LIMIT] = { { 0 } };
	int a = snprintf(options[0], PATH_LIMIT, "--path=%s", folder);
	int b = snprintf(options[1], PATH_LIMIT, "--socket=%s", embedded->url.data + strlen("unix:"));
	int c = snprintf(options[2], PATH_LIMIT, "--parent=%ld", (long)getpid());
	char *argv[] = { program.data, options[0], options[1], options[2], NULL };
	bool fits = !program.failed && a < PATH_LIMIT && b < PATH_LIMIT && c < PATH_LIMIT;
	int failure = fits ? spawn(embedded, argv, output) : ENAMETOOLONG;
	int rc = 0;
	if (failure != 0) {
		embedded->process = 0;
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT,
					  "cannot start the embedded ClickHouse, %s: %s: build it with `./run build` or set "
					  "AFFIDAVIT_CLICKHOUSE_SIDECAR",
					  program.data, strerror(failure));
	}
	afd_text_free(&program);
	return rc;
}

static int start(struct afd_embedded *embedded, const char *folder, struct afd_error *err)
{
	int ends[2];
	int rc = make_place(embedded, err);
	if (rc != 0)
		return rc;
	embedded->said = memfd_create("affidavit-clickhouse", MFD_CLOEXEC);
	if (embedded->said < 0 || pipe2(ends, O_CLOEXEC) != 0)
		return fail(err, "no descriptors");
	embedded->ready = ends[0];
	rc = run_program(embedded, folder, ends[1], err);
	close(ends[1]);
	return rc;
}

int afd_embedded_start(struct afd_embedded **embedded, const char *folder, struct afd_error *err)
{
	*embedded = calloc(1, sizeof **embedded);
	if (!*embedded)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	(*embedded)->ready = (*embedded)->said = -1;
	afd_text_init(&(*embedded)->place, PATH_LIMIT);
	afd_text_init(&(*embedded)->url, PATH_LIMIT);
	int rc = start(*embedded, folder, err);
	if (rc != 0) {
		afd_embedded_stop(*embedded);
		*embedded = NULL;
	}
	return rc;
}

/* The last line that it said: its own sentence, behind what the engine may have said before. */
static void last_line(int fd, char *line, size_t size)
{
	char said[2048];
	off_t end = lseek(fd, 0, SEEK_END);
	off_t from = end > (off_t)sizeof said ? end - (off_t)sizeof said : 0;
	ssize_t count = pread(fd, said, sizeof said, from);
	struct afd_span text = afd_span_trim((struct afd_span){ said, count > 0 ? (size_t)count : 0 });
	const char *newline = text.size > 0 ? memrchr(text.data, '\n', text.size) : NULL;
	if (newline)
		text = afd_span_from(text, (size_t)(newline - text.data) + 1);
	snprintf(line, size, "%.*s", (int)text.size, text.size > 0 ? text.data : "");
}

static int fail_by_end(struct afd_embedded *embedded, struct afd_error *err)
{
	char line[1024];
	int status = 0;
	kill(embedded->process, SIGKILL); /* it has closed its output: it ends or hangs */
	waitpid(embedded->process, &status, 0);
	embedded->process = 0;
	last_line(embedded->said, line, sizeof line);
	if (line[0] != '\0')
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the embedded ClickHouse did not start: %s", line);
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "the embedded ClickHouse did not start: it ended with %s %d",
					WIFSIGNALED(status) ? "signal" : "status",
					WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

int afd_embedded_wait(struct afd_embedded *embedded, struct afd_error *err)
{
	if (embedded->listens)
		return 0;
	if (embedded->process == 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the embedded ClickHouse did not start");
	char line[256];
	struct pollfd watched = { .fd = embedded->ready, .events = POLLIN };
	int polled = 0;
	do
		polled = poll(&watched, 1, START_MS);
	while (polled < 0 && errno == EINTR);
	if (polled == 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the embedded ClickHouse is not there after %d s",
						START_MS / 1000);
	if (polled < 0 || read(embedded->ready, line, sizeof line) <= 0)
		return fail_by_end(embedded, err);
	embedded->listens = true;
	return 0;
}

const char *afd_embedded_url(const struct afd_embedded *embedded)
{
	return embedded->url.data;
}

long afd_embedded_process(const struct afd_embedded *embedded)
{
	return (long)embedded->process;
}

static void end_process(pid_t process)
{
	kill(process, SIGTERM);
	int fd = pidfd_open(process, 0);
	struct pollfd watched = { .fd = fd, .events = POLLIN };
	if (fd < 0 || poll(&watched, 1, STOP_MS) <= 0)
		kill(process, SIGKILL);
	if (fd >= 0)
		close(fd);
	while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
		;
}

static void remove_place(struct afd_embedded *embedded)
{
	if (embedded->url.size > 0)
		unlink(embedded->url.data + strlen("unix:"));
	if (embedded->place.size > 0)
		rmdir(embedded->place.data);
}

void afd_embedded_stop(struct afd_embedded *embedded)
{
	if (!embedded)
		return;
	if (embedded->process > 0)
		end_process(embedded->process);
	remove_place(embedded);
	if (embedded->ready >= 0)
		close(embedded->ready);
	if (embedded->said >= 0)
		close(embedded->said);
	afd_text_free(&embedded->place);
	afd_text_free(&embedded->url);
	free(embedded);
}
