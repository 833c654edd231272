/* SPDX-License-Identifier: MIT */
#include "sidecar_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 64 };

static int open_socket(int family)
{
	return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static int fail(int fd, const char *where, struct afd_error *err)
{
	int rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot listen at %s: %s", where, strerror(errno));
	if (fd >= 0)
		close(fd);
	return rc;
}

/* Nobody listens at it: connecting is refused. */
static bool is_left_behind(const struct sockaddr_un *address)
{
	struct stat status;
	if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
		return false;
	int fd = open_socket(AF_UNIX);
	if (fd < 0)
		return false;
	int rc = connect(fd, (const struct sockaddr *)address, sizeof *address);
	bool refused = rc != 0 && errno == ECONNREFUSED;
	close(fd);
	return refused;
}

static int bind_private(int fd, const struct sockaddr_un *address)
{
	mode_t before = umask(0177);
	int rc = bind(fd, (const struct sockaddr *)address, sizeof *address);
	int saved = errno;
	umask(before);
	errno = saved;
	return rc;
}

int afd_sidecar_listen_at(const char *path, int *listener, struct afd_error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t size = strlen(path);
	if (size >= sizeof address.sun_path)
		return afd_fail(
			err, AFD_EXIT_USAGE,
			"the path of the socket has %zu bytes, the system allows 107: choose a shorter folder", size);
	memcpy(address.sun_path, path, size + 1);
	int fd = open_socket(AF_UNIX);
	if (fd < 0)
		return fail(fd, path, err);
	if (is_left_behind(&address))
		unlink(path);
	if (bind_private(fd, &address) != 0 || listen(fd, BACKLOG) != 0)
		return fail(fd, path, err);
	*listener = fd;
	return 0;
}

int afd_sidecar_listen_on(unsigned *port, int *listener, struct afd_error *err)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)*port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof address;
	int on = 1;
	int fd = open_socket(AF_INET);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
		bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 || listen(fd, BACKLOG) != 0 ||
		getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		return fail(fd, "127.0.0.1", err);
	*port = ntohs(address.sin_port);
	*listener = fd;
	return 0;
}
