/* SPDX-License-Identifier: MIT
 * HTTP by libcurl: one reused connection, exactly the headers and body that the spec states, no redirect
 * followed, everything bounded. What comes back is raw: it is judged, then masked, and never written. */
#ifndef AFFIDAVIT_HTTP_H
#define AFFIDAVIT_HTTP_H

#include "affidavit/case.h"
#include "base/text.h"
#include "secret.h"

/* Raw bytes of an answer. A type of its own, so that nothing which writes accepts them (see mask.h). */
struct afd_raw {
	struct afd_span bytes;
};

struct afd_http_options {
	long connect_timeout_ms; /* 0: the default, 5 s */
	long timeout_ms;         /* of the whole exchange; 0: 30 s */
	long slow_seconds;       /* below 100 bytes/s for so long: stopped; 0: 10 s */
	size_t body_limit;       /* decoded bytes; 0: 64 MiB */
	size_t header_limit;     /* bytes of all fields; 0: 128 KiB */
	long rate_per_minute;    /* 0: unlimited */
};

struct afd_http; /* one connection; owned, closed with afd_http_close */

struct afd_field {
	struct afd_span name, value; /* borrowed from the answer */
};

/* What came back. Owned; freed with afd_answer_free. Where nothing was received the body and the fields are
 * empty. */
struct afd_answer {
	bool received;     /* a complete, well-framed answer: may be judged */
	char failure[256]; /* why not, as a sentence without any value: "connection refused", "two Content-Length
						  fields" */
	bool violation;    /* the failure is of the answer (framing, a bound), not of the network: no use to try
						  again */
	long status;
	char version[8];      /* "1.1" */
	char media[128];      /* type/subtype in lower case, without parameters; "" where absent */
	struct afd_text head; /* the raw fields */
	struct afd_field *fields;
	size_t field_count;
	struct afd_text body; /* decoded */
	size_t wire_bytes;    /* of the body, before decoding */
	long long latency_us; /* from the first byte sent to the last received, CLOCK_MONOTONIC; 0 where nothing
							 was sent */
	char peer[64];        /* address of the peer */
	bool peer_loopback;
};

struct afd_http_request {
	const char *method;
	struct afd_span url;               /* absolute, substituted */
	const struct afd_headers *headers; /* values hold placeholders still */
	struct afd_span body;              /* size 0 with has_body: an empty body */
	bool has_body;
	/* The value of a variable in a header; NULL, or NULL returned: it has none but a secret's. */
	const char *(*value_of)(const void *context, const struct afd_variable *variable);
	const void *context;
};

struct afd_raw afd_answer_body(const struct afd_answer *answer);
/* The first field of that name, or NULL. */
const struct afd_field *afd_answer_field(const struct afd_answer *answer, const char *name);
void afd_answer_free(struct afd_answer *answer);

AFD_CHECKED int afd_http_open(struct afd_http **http, const struct afd_http_options *options,
							  struct afd_error *err);
void afd_http_close(struct afd_http *http);
/* 0 where an exchange was made or failed on the wire (answer->received tells); else nothing was sent and err
 * says why: a method, URL or header that must not be sent (4), a variable in a header that has no value (2),
 * no memory (3). The declared placeholders (placeholder.h) in header values are replaced just before sending,
 * each once: by what the request's `value_of` says, else by the secret of that name. A request is sent once:
 * only GET, HEAD and OPTIONS are sent again, where a kept connection turns out to be closed. An answer is
 * decoded only where the request has a field Accept-Encoding. `answer` is initialised here and freed by the
 * caller, whatever is returned. */
AFD_CHECKED int afd_http_send(struct afd_http *http, const struct afd_http_request *request,
							  const struct afd_secrets *secrets, const struct afd_variables *declared,
							  struct afd_answer *answer, struct afd_error *err);

#endif
