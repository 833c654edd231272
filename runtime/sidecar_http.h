/* SPDX-License-Identifier: MIT
 * ClickHouse's HTTP interface in front of the engine, by libmicrohttpd. It runs on the caller's thread, so a
 * request is answered whole before the next one is read. */
#ifndef AFFIDAVIT_SIDECAR_HTTP_H
#define AFFIDAVIT_SIDECAR_HTTP_H

#include "sidecar_engine.h"

/* Who may ask. `password` NULL: whoever can open the socket. Borrowed. */
struct afd_sidecar_access {
	const char *user, *password;
};

struct afd_sidecar_front; /* owned; closed with afd_sidecar_front_close */

/* Serves `listener`, a bound and listening socket, which it owns from here on. */
AFD_CHECKED int afd_sidecar_front_open(struct afd_sidecar_front **front, const struct afd_engine *engine,
									   struct afd_sidecar_access access, int listener, struct afd_error *err);
/* To be watched for input: something to do is there. */
int afd_sidecar_front_descriptor(const struct afd_sidecar_front *front);
/* Milliseconds after which afd_sidecar_front_run is due without input; -1: none. */
int afd_sidecar_front_timeout(const struct afd_sidecar_front *front);
/* Answers what has arrived; returns without waiting. */
void afd_sidecar_front_run(struct afd_sidecar_front *front);
void afd_sidecar_front_close(struct afd_sidecar_front *front);

#endif
