/* SPDX-License-Identifier: MIT
 * Where ClickHouse is: the URL of the options, taken apart. A leaf. */
#ifndef AFFIDAVIT_CLICKHOUSE_ADDRESS_H
#define AFFIDAVIT_CLICKHOUSE_ADDRESS_H

#include "base/text.h"

struct afd_clickhouse_address {
	struct afd_text url;      /* without arguments: what requests go to */
	struct afd_text where;    /* for people: the same, or unix:/PATH */
	struct afd_text socket;   /* path of the Unix socket; empty: TCP */
	struct afd_text database; /* "default" where the URL names none */
};

/* What isn't such a URL is AFD_EXIT_USAGE and not repeated: it may hold a password. */
AFD_CHECKED int afd_clickhouse_address_read(struct afd_clickhouse_address *address, const char *url,
											struct afd_error *err);
void afd_clickhouse_address_free(struct afd_clickhouse_address *address);
/* Letters, digits and _, not beginning with a digit, at most 128. */
bool afd_clickhouse_is_name(struct afd_span name);
/* Appends an argument to a URL, its value percent-encoded (RFC 3986). */
void afd_clickhouse_add_argument(struct afd_text *url, const char *name, struct afd_span value);

#endif
