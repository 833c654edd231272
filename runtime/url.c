/* SPDX-License-Identifier: MIT */
#include "url.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

bool afd_url_is_separator(char byte)
{
	return byte == '/' || byte == '?' || byte == '#';
}

struct afd_url afd_url_split(struct afd_span url)
{
	struct afd_url parts = { { url.data, 0 }, { url.data, 0 } };
	size_t colon = 0;
	while (colon < url.size && url.data[colon] != ':' && !afd_url_is_separator(url.data[colon]))
		colon++;
	if (colon == 0 || colon == url.size || url.data[colon] != ':')
		return parts;
	parts.scheme.size = colon;
	struct afd_span rest = afd_span_from(url, colon + 1);
	if (!afd_span_starts(rest, "//"))
		return parts;
	rest = afd_span_from(rest, 2);
	parts.authority.data = rest.data;
	while (parts.authority.size < rest.size && !afd_url_is_separator(rest.data[parts.authority.size]))
		parts.authority.size++;
	return parts;
}

bool afd_url_is_https(struct afd_url url)
{
	return afd_span_equal_nocase(url.scheme, AFD_SPAN("https"));
}

static struct afd_span host_of(struct afd_span authority)
{
	size_t bracket = afd_span_starts(authority, "[") ? afd_span_find(authority, "]", 0) : SIZE_MAX;
	if (bracket != SIZE_MAX)
		return (struct afd_span){ authority.data + 1, bracket - 1 };
	return afd_span_first(authority, afd_span_find(authority, ":", 0));
}

bool afd_address_is_loopback(const char *address)
{
	struct in_addr four;
	struct in6_addr six;
	if (inet_pton(AF_INET, address, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	if (inet_pton(AF_INET6, address, &six) != 1)
		return false;
	return IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127);
}

bool afd_url_is_loopback(struct afd_url url)
{
	struct afd_span host = host_of(url.authority);
	char name[64];
	if (host.size == 0 || host.size >= sizeof name)
		return false;
	memcpy(name, host.data, host.size);
	name[host.size] = '\0';
	return afd_address_is_loopback(name) || afd_span_equal_nocase(host, AFD_SPAN("localhost"));
}

static bool is_host_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u >= 0x80 ||
		   (u != '\0' && strchr("-._~[]:", byte) != NULL);
}

static int check_authority(struct afd_span authority, struct afd_error *err)
{
	if (authority.size == 0)
		return afd_fail(err, AFD_EXIT_REFUSED, "a URL without a host is not requested");
	if (memchr(authority.data, '@', authority.size))
		return afd_fail(
			err, AFD_EXIT_REFUSED,
			"a URL with user information (user:password@) is not requested: put it into a header");
	for (size_t i = 0; i < authority.size; i++)
		if (!is_host_byte(authority.data[i]))
			return afd_fail(err, AFD_EXIT_REFUSED, "the host of a URL has a byte that no host name has");
	return 0;
}

int afd_url_check(struct afd_span url, struct afd_error *err)
{
	for (size_t i = 0; i < url.size; i++)
		if ((unsigned char)url.data[i] <= 0x20 || url.data[i] == 0x7f)
			return afd_fail(err, AFD_EXIT_REFUSED, "a URL with a blank or a control byte is not requested");
	struct afd_url parts = afd_url_split(url);
	if (!afd_url_is_https(parts) && !afd_span_equal_nocase(parts.scheme, AFD_SPAN("http")))
		return afd_fail(err, AFD_EXIT_REFUSED, "only http:// and https:// URLs are requested");
	return check_authority(parts.authority, err);
}
