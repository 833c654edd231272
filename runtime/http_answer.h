/* SPDX-License-Identifier: MIT
 * Receiving an answer: bounds, and the framing of RFC 9112 that libcurl lets pass. Knows no libcurl. Private
 * to http.c. */
#ifndef AFFIDAVIT_HTTP_ANSWER_H
#define AFFIDAVIT_HTTP_ANSWER_H

#include "http.h"

struct afd_incoming {
	struct afd_answer *answer;
	size_t header_limit;
	size_t header_bytes;  /* of all heads, those of interim answers too */
	bool excess;          /* bytes after the end of the answer */
	long long length;     /* Content-Length; -1: none */
	bool transfer_coding; /* a field Transfer-Encoding */
	bool head_begun, head_done;
};

void afd_incoming_init(struct afd_incoming *incoming, struct afd_answer *answer,
					   const struct afd_http_options *options);
/* One line of a head with its line end, as it came. False: stop, answer->failure says why. */
bool afd_incoming_line(struct afd_incoming *incoming, struct afd_span line);
/* Decoded bytes of the body. False: stop. */
bool afd_incoming_body(struct afd_incoming *incoming, struct afd_span bytes);
/* Checks the whole and fills the answer's fields and media type. Sets answer->received. */
void afd_incoming_finish(struct afd_incoming *incoming);
/* Records the first failure and empties body and fields. */
AFD_PRINTF(3, 4)
void afd_incoming_fail(struct afd_incoming *incoming, bool violation, const char *format, ...);

#endif
