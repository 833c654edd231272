/* SPDX-License-Identifier: MIT
 * The parts of a URL that decide where a request goes, and which URLs are never requested. */
#ifndef AFFIDAVIT_URL_H
#define AFFIDAVIT_URL_H

#include "base/text.h"

/* "https" and "user@host:1" of https://user@host:1/path, borrowed from the URL; empty where there is none. */
struct afd_url {
	struct afd_span scheme, authority;
};

struct afd_url afd_url_split(struct afd_span url);
/* A byte that ends the authority: / ? # (RFC 3986 section 3.2). A backslash doesn't: it is refused. */
bool afd_url_is_separator(char byte);
bool afd_url_is_https(struct afd_url url);
/* True for localhost, 127.0.0.0/8 and ::1 as they are usually written. */
bool afd_url_is_loopback(struct afd_url url);
/* True for an address of 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/104. */
bool afd_address_is_loopback(const char *address);
/* Refuses (4) a scheme other than http and https, an empty host, user information, bytes in the authority
 * that no host name has, control bytes and blanks. Messages hold nothing of the URL. */
AFD_CHECKED int afd_url_check(struct afd_span url, struct afd_error *err);

#endif
