/* SPDX-License-Identifier: MIT
 * affidavit-clickhouse: the embedded engine as a process of its own, which ends with its parent. */
#include "sidecar_http.h"
#include "sidecar_options.h"
#include "sidecar_socket.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct sidecar {
	struct afd_sidecar_options options;
	struct afd_engine *engine;
	struct afd_sidecar_front *socket, *port; /* NULL: not asked for */
	int socket_listener, port_listener, signals;
};

/* The signals that end it are read as data, between requests; blocked before the engine makes its threads. */
static int take_signals(struct sidecar *sidecar, struct afd_error *err)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || (sidecar->signals = signalfd(-1, &set, SFD_CLOEXEC)) < 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot take signals: %s", strerror(errno));
	return 0;
}

/* A parent that ended before this call sends no signal: then there is nobody to serve. */
static int tie_to_parent(const struct sidecar *sidecar, struct afd_error *err)
{
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot follow the parent process: %s", strerror(errno));
	if (sidecar->options.parent != 0 && sidecar->options.parent != (long)getppid())
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the parent process %ld has ended",
						sidecar->options.parent);
	return 0;
}

/* Where it listens is settled first: loading the engine takes its time, and whoever connects meanwhile waits.
 */
static int listen_everywhere(struct sidecar *sidecar, struct afd_error *err)
{
	struct afd_sidecar_options *options = &sidecar->options;
	int rc = options->socket ? afd_sidecar_listen_at(options->socket, &sidecar->socket_listener, err) : 0;
	if (rc == 0 && options->listen_port)
		rc = afd_sidecar_listen_on(&options->port, &sidecar->port_listener, err);
	return rc;
}

static int open_fronts(struct sidecar *sidecar, struct afd_error *err)
{
	const struct afd_sidecar_options *options = &sidecar->options;
	struct afd_sidecar_access owner = { 0 };
	struct afd_sidecar_access named = { options->user, options->password };
	int rc = 0;
	if (options->socket)
		rc = afd_sidecar_front_open(&sidecar->socket, sidecar->engine, owner, sidecar->socket_listener, err);
	if (rc == 0 && options->listen_port)
		rc = afd_sidecar_front_open(&sidecar->port, sidecar->engine, named, sidecar->port_listener, err);
	return rc;
}

static int open_sidecar(struct sidecar *sidecar, struct afd_error *err)
{
	const struct afd_sidecar_options *options = &sidecar->options;
	int rc = take_signals(sidecar, err);
	if (rc == 0)
		rc = tie_to_parent(sidecar, err);
	if (rc == 0)
		rc = listen_everywhere(sidecar, err);
	if (rc == 0)
		rc = afd_engine_open(&sidecar->engine, options->library.data, options->folder, err);
	return rc == 0 ? open_fronts(sidecar, err) : rc;
}

static void announce(const struct afd_sidecar_options *options)
{
	if (options->socket)
		printf("listening on unix:%s\n", options->socket);
	if (options->listen_port)
		printf("listening on http://127.0.0.1:%u/\n", options->port);
	fflush(stdout);
}

static int sooner(int a, int b)
{
	if (a < 0)
		return b;
	return b >= 0 && b < a ? b : a;
}

static int front_timeout(const struct afd_sidecar_front *front)
{
	return front ? afd_sidecar_front_timeout(front) : -1;
}

static struct pollfd watch_front(const struct afd_sidecar_front *front)
{
	return (struct pollfd){ .fd = front ? afd_sidecar_front_descriptor(front) : -1, .events = POLLIN };
}

static int serve(const struct sidecar *sidecar, struct afd_error *err)
{
	struct pollfd watched[] = {
		{ .fd = sidecar->signals, .events = POLLIN },
		watch_front(sidecar->socket),
		watch_front(sidecar->port),
	};
	for (;;) {
		int timeout = sooner(front_timeout(sidecar->socket), front_timeout(sidecar->port));
		if (poll(watched, sizeof watched / sizeof watched[0], timeout) < 0 && errno != EINTR)
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot wait for requests: %s", strerror(errno));
		if (watched[0].revents != 0)
			return 0;
		if (sidecar->socket)
			afd_sidecar_front_run(sidecar->socket);
		if (sidecar->port)
			afd_sidecar_front_run(sidecar->port);
	}
}

/* The folder of the socket goes too where it was made for this alone: with a parent that can't do it any
 * more. */
static void remove_socket(const struct afd_sidecar_options *options)
{
	char folder[128];
	unlink(options->socket);
	int size = snprintf(folder, sizeof folder, "%s", options->socket);
	char *slash = strrchr(folder, '/');
	if (options->parent == 0 || size >= (int)sizeof folder || !slash)
		return;
	*slash = '\0';
	rmdir(folder);
}

static void close_sidecar(struct sidecar *sidecar)
{
	if (sidecar->socket_listener >= 0)
		remove_socket(&sidecar->options);
	afd_sidecar_front_close(sidecar->socket);
	afd_sidecar_front_close(sidecar->port);
	afd_engine_close(sidecar->engine);
	afd_sidecar_options_free(&sidecar->options);
}

static int run(struct sidecar *sidecar, struct afd_error *err)
{
	int rc = open_sidecar(sidecar, err);
	if (rc != 0)
		return rc;
	announce(&sidecar->options);
	return serve(sidecar, err);
}

int main(int argc, char **argv)
{
	struct sidecar sidecar = { .socket_listener = -1, .port_listener = -1, .signals = -1 };
	struct afd_error err = { 0 };
	int rc = afd_sidecar_options_read(&sidecar.options, argc, argv, &err);
	if (rc == 0 && sidecar.options.help)
		fputs(afd_sidecar_options_help(), stdout);
	else if (rc == 0)
		rc = run(&sidecar, &err);
	close_sidecar(&sidecar);
	if (rc != 0)
		fprintf(stderr, "affidavit-clickhouse: %s\n", err.text);
	fflush(NULL);
	/* Threads of the library may still run: its destructors must not race with them. */
	_exit(rc);
}
