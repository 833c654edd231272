/* SPDX-License-Identifier: MIT
 * A server on a loopback port that sends scripted bytes, whatever HTTP says, and keeps what it received. */
#ifndef AFFIDAVIT_UNIT_EVIL_H
#define AFFIDAVIT_UNIT_EVIL_H

#include <stddef.h>

enum evil_action {
	EVIL_READ, /* a request: its head and the body of its Content-Length; a new connection where there is none
				*/
	EVIL_SEND, /* the bytes */
	EVIL_DRIP, /* the bytes again and again, 10 ms apart, until the peer closes */
	EVIL_FLOOD, /* the bytes again and again, until the peer closes */
	EVIL_HOLD,  /* nothing, until the peer closes */
	EVIL_PAUSE, /* nothing, until evil_resume */
	EVIL_CLOSE, /* end of the connection */
	EVIL_RESET  /* end of the connection by RST */
};

struct evil_step {
	enum evil_action action;
	const char *bytes;
	size_t size;
};

#define EVIL_BYTES(literal)                                                                                  \
	{                                                                                                        \
		EVIL_SEND, (literal), sizeof(literal) - 1                                                            \
	}
#define EVIL_ANSWER(literal) { EVIL_READ, NULL, 0 }, EVIL_BYTES(literal)

struct evil; /* freed by evil_stop */

/* The steps are borrowed. After the last one the connection is closed; later ones are accepted, counted and
 * closed. */
struct evil *evil_start(const struct evil_step *steps, size_t count);
unsigned short evil_port(const struct evil *evil);

/* Lets a pause end, and returns once the step after it is done. */
void evil_resume(struct evil *evil);

struct evil_account {
	char *received; /* NUL-terminated; freed by the caller */
	size_t size;
	unsigned connections, requests;
};
struct evil_account evil_stop(struct evil *evil);

/* A port that refuses connections as long as the descriptor is open. */
unsigned short evil_closed_port(int *descriptor);

#endif
