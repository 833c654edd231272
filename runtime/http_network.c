/* SPDX-License-Identifier: MIT */
#include "http_network.h"

#include <errno.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>
#include <time.h>

enum {
	CONNECT_MS = 5000,
	TOTAL_MS = 30000,
	SLOW_SECONDS = 10,
	BODY_MAX = 64 * 1024 * 1024,
	HEADERS_MAX = 128 * 1024,
};

static long or_default(long value, long otherwise)
{
	return value > 0 ? value : otherwise;
}

struct afd_http_options afd_options_filled(const struct afd_http_options *options)
{
	return (struct afd_http_options){
		.connect_timeout_ms = or_default(options->connect_timeout_ms, CONNECT_MS),
		.timeout_ms = or_default(options->timeout_ms, TOTAL_MS),
		.slow_seconds = or_default(options->slow_seconds, SLOW_SECONDS),
		.body_limit = options->body_limit ? options->body_limit : BODY_MAX,
		.header_limit = options->header_limit ? options->header_limit : HEADERS_MAX,
		.rate_per_minute = options->rate_per_minute,
	};
}

long long afd_now_us(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

void afd_pace(long long *next_us, long rate_per_minute)
{
	if (rate_per_minute <= 0)
		return;
	long long now = afd_now_us();
	long long due = *next_us > now ? *next_us : now;
	*next_us = due + 60000000LL / rate_per_minute;
	struct timespec time = { .tv_sec = due / 1000000, .tv_nsec = due % 1000000 * 1000 };
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR)
		continue;
}

bool afd_socket_has_bytes(int socket)
{
	char byte;
	return socket >= 0 && recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

const char *afd_connect_words(long error)
{
	switch (error) {
	case ECONNREFUSED: return "connection refused";
	case ENETUNREACH:
	case EHOSTUNREACH: return "the host cannot be reached";
	case EMFILE:
	case ENFILE: return "too many open files";
	default: return "could not connect";
	}
}

const char *afd_certificate_words(long result)
{
	switch (result) {
	case X509_V_ERR_CERT_HAS_EXPIRED: return "the server's certificate has expired";
	case X509_V_ERR_CERT_NOT_YET_VALID: return "the server's certificate is not valid yet";
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return "the server's certificate is self-signed";
	case X509_V_OK: return "the server's certificate is not valid for its host name";
	default: return "the server's certificate is not trusted";
	}
}
