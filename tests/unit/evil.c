/* SPDX-License-Identifier: MIT */
#include "evil.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DRIP_MS = 10, RECEIVED_MAX = 4 * 1024 * 1024 };

struct evil {
	const struct evil_step *steps;
	size_t count;
	int listener, connection; /* -1: none */
	int stop[2];              /* readable once the test is over */
	unsigned short port;
	pthread_t thread;
	sem_t resumed, stepped; /* of a pause, and of the step after it */
	bool paused;
	struct evil_account account;
};

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);
	if (!memory)
		abort();
	return memory;
}

static int bound_socket(unsigned short *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0 ||
		getsockname(descriptor, (struct sockaddr *)&address, &size) != 0)
		abort();
	*port = ntohs(address.sin_port);
	return descriptor;
}

unsigned short evil_closed_port(int *descriptor)
{
	unsigned short port = 0;
	*descriptor = bound_socket(&port);
	return port;
}

/* True where `descriptor` is ready within the time (-1: any), false where the test is over or the time is. */
static bool wait_for(const struct evil *evil, int descriptor, short events, int milliseconds)
{
	struct pollfd polled[2] = { { .fd = evil->stop[0], .events = POLLIN },
								{ .fd = descriptor, .events = events } };
	if (poll(polled, 2, milliseconds) <= 0 || polled[0].revents != 0)
		return false;
	return polled[1].revents != 0;
}

static void close_connection(struct evil *evil, bool reset)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
	if (evil->connection < 0)
		return;
	if (reset)
		setsockopt(evil->connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(evil->connection);
	evil->connection = -1;
}

static bool accept_connection(struct evil *evil)
{
	if (!wait_for(evil, evil->listener, POLLIN, -1))
		return false;
	evil->connection = accept4(evil->listener, NULL, NULL, SOCK_CLOEXEC);
	evil->account.connections += evil->connection >= 0;
	return evil->connection >= 0;
}

static size_t content_length(const char *head)
{
	for (const char *line = head; line; line = strstr(line, "\r\n")) {
		line += strspn(line, "\r\n");
		if (strncasecmp(line, "Content-Length:", 15) == 0)
			return strtoul(line + 15, NULL, 10);
		if (*line == '\0')
			break;
	}
	return 0;
}

static bool is_whole(const char *request, size_t size)
{
	const char *end = strstr(request, "\r\n\r\n");
	return end && size >= (size_t)(end - request) + 4 + content_length(request);
}

/* The peer may close a kept connection instead of sending on it: then the request comes on another. */
static bool read_request(struct evil *evil)
{
	struct evil_account *account = &evil->account;
	size_t start = account->size;
	while (!is_whole(account->received + start, account->size - start)) {
		if (evil->connection < 0 && !accept_connection(evil))
			return false;
		if (!wait_for(evil, evil->connection, POLLIN, -1))
			return false;
		ssize_t size =
			recv(evil->connection, account->received + account->size, RECEIVED_MAX - account->size, 0);
		if (size <= 0)
			close_connection(evil, false);
		else
			account->size += (size_t)size;
		account->received[account->size] = '\0';
	}
	account->requests++;
	return true;
}

/* False once the peer has closed. */
static bool send_bytes(struct evil *evil, const char *bytes, size_t size)
{
	while (size > 0) {
		if (!wait_for(evil, evil->connection, POLLOUT, -1))
			return false;
		ssize_t sent = send(evil->connection, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0)
			return false;
		bytes += sent;
		size -= (size_t)sent;
	}
	return true;
}

static bool send_until_closed(struct evil *evil, const struct evil_step *step, int pause_ms)
{
	while (send_bytes(evil, step->bytes, step->size)) {
		char byte;
		if (wait_for(evil, evil->connection, POLLIN, pause_ms) &&
			recv(evil->connection, &byte, 1, MSG_DONTWAIT) <= 0)
			break;
	}
	close_connection(evil, false);
	return true;
}

static bool pause_steps(struct evil *evil)
{
	while (sem_wait(&evil->resumed) != 0)
		continue;
	evil->paused = true;
	return true;
}

static bool take_step(struct evil *evil, const struct evil_step *step)
{
	switch (step->action) {
	case EVIL_READ: return read_request(evil);
	case EVIL_SEND: (void)send_bytes(evil, step->bytes, step->size); return true;
	case EVIL_DRIP: return send_until_closed(evil, step, DRIP_MS);
	case EVIL_FLOOD: return send_until_closed(evil, step, 0);
	case EVIL_HOLD: return wait_for(evil, evil->connection, POLLIN, -1);
	case EVIL_PAUSE: return pause_steps(evil);
	case EVIL_CLOSE: close_connection(evil, false); return true;
	case EVIL_RESET: close_connection(evil, true); return true;
	}
	return false;
}

static void *serve(void *context)
{
	struct evil *evil = context;
	size_t taken = 0;
	while (taken < evil->count) {
		bool after_pause = evil->paused;
		if (!take_step(evil, &evil->steps[taken++]))
			break;
		evil->paused = evil->paused && !after_pause;
		if (after_pause)
			sem_post(&evil->stepped);
	}
	close_connection(evil, false);
	while (accept_connection(evil))
		close_connection(evil, false);
	return NULL;
}

struct evil *evil_start(const struct evil_step *steps, size_t count)
{
	struct evil *evil = allocate(sizeof *evil);
	*evil = (struct evil){ .steps = steps, .count = count, .connection = -1 };
	evil->account.received = allocate(RECEIVED_MAX + 1);
	sem_init(&evil->resumed, 0, 0);
	sem_init(&evil->stepped, 0, 0);
	evil->listener = bound_socket(&evil->port);
	if (listen(evil->listener, 8) != 0 || pipe(evil->stop) != 0 ||
		pthread_create(&evil->thread, NULL, serve, evil) != 0)
		abort();
	return evil;
}

unsigned short evil_port(const struct evil *evil)
{
	return evil->port;
}

void evil_resume(struct evil *evil)
{
	sem_post(&evil->resumed);
	while (sem_wait(&evil->stepped) != 0)
		continue;
}

struct evil_account evil_stop(struct evil *evil)
{
	close(evil->stop[1]);
	pthread_join(evil->thread, NULL);
	close(evil->stop[0]);
	close(evil->listener);
	struct evil_account account = evil->account;
	free(evil);
	return account;
}
