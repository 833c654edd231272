/* SPDX-License-Identifier: MIT
 * One TCP connection that sends nothing: whether a server is there, before the first request. */
#ifndef AFFIDAVIT_SUITE_CONNECT_H
#define AFFIDAVIT_SUITE_CONNECT_H

#include "base/text.h"

/* True where a connection to the host and port of the URL was made within `timeout_ms`. *peer: "loopback",
 * "private" or "public", by the address; NULL where the host has none. */
bool afd_can_connect(struct afd_span url, long timeout_ms, const char **peer);

#endif
