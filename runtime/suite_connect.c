/* SPDX-License-Identifier: MIT */
#include "suite_connect.h"

#include "url.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HOST_MAX = 256, PORT_MAX = 8 };

struct endpoint {
	char host[HOST_MAX], port[PORT_MAX];
};

static bool copy(char *to, size_t size, struct afd_span from)
{
	if (from.size == 0 || from.size >= size)
		return false;
	memcpy(to, from.data, from.size);
	to[from.size] = '\0';
	return true;
}

/* "[::1]:80", "host:80", "host". */
static bool split(struct afd_span url, struct endpoint *endpoint)
{
	struct afd_url parts = afd_url_split(url);
	struct afd_span host = parts.authority;
	struct afd_span port = afd_url_is_https(parts) ? AFD_SPAN("443") : AFD_SPAN("80");
	bool bracketed = afd_span_starts(host, "[");
	size_t end = afd_span_find(host, bracketed ? "]" : ":", 0);
	if (end < host.size) {
		size_t colon = bracketed ? end + 1 : end;
		if (colon + 1 < host.size)
			port = afd_span_from(host, colon + 1);
		host = afd_span_from(afd_span_first(host, end), bracketed ? 1 : 0);
	}
	return copy(endpoint->host, sizeof endpoint->host, host) &&
		   copy(endpoint->port, sizeof endpoint->port, port);
}

/* RFC 1918, RFC 6598, RFC 3927; RFC 4193, RFC 4291. */
static const char *kind_of(const struct sockaddr *address)
{
	char text[INET6_ADDRSTRLEN] = "";
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *four = (const void *)address;
		uint32_t bits = ntohl(four->sin_addr.s_addr);
		inet_ntop(AF_INET, &four->sin_addr, text, sizeof text);
		if (bits >> 24 == 10 || bits >> 20 == 0xac1 || bits >> 16 == 0xc0a8 || bits >> 22 == 0x191 ||
			bits >> 16 == 0xa9fe)
			return "private";
	} else if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const void *)address;
		inet_ntop(AF_INET6, &six->sin6_addr, text, sizeof text);
		if ((six->sin6_addr.s6_addr[0] & 0xfe) == 0xfc || IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr))
			return "private";
	}
	return afd_address_is_loopback(text) ? "loopback" : "public";
}

static bool wait_for(int fd, long timeout_ms)
{
	struct pollfd ready = { fd, POLLOUT, 0 };
	int error = 0;
	socklen_t size = sizeof error;
	int count;
	do
		count = poll(&ready, 1, (int)timeout_ms);
	while (count < 0 && errno == EINTR);
	return count == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

static bool connects(const struct addrinfo *address, long timeout_ms)
{
	int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	bool connected = connect(fd, address->ai_addr, address->ai_addrlen) == 0 ||
					 (errno == EINPROGRESS && wait_for(fd, timeout_ms));
	close(fd);
	return connected;
}

bool afd_can_connect(struct afd_span url, long timeout_ms, const char **peer)
{
	struct endpoint endpoint;
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *addresses = NULL;
	*peer = NULL;
	if (!split(url, &endpoint) || getaddrinfo(endpoint.host, endpoint.port, &hints, &addresses) != 0)
		return false;
	bool connected = false;
	for (struct addrinfo *at = addresses; at && !connected; at = at->ai_next) {
		connected = connects(at, timeout_ms);
		if (connected || !*peer)
			*peer = kind_of(at->ai_addr);
	}
	freeaddrinfo(addresses);
	return connected;
}
