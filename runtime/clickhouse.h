/* SPDX-License-Identifier: MIT
 * The one client for ClickHouse: its HTTP interface by libcurl, over TCP, TLS or a Unix socket. The embedded
 * engine, a server of 18.16 and one of 26 are the same to it. It retries nothing. Knows nothing of tests,
 * landing or reports. */
#ifndef AFFIDAVIT_CLICKHOUSE_H
#define AFFIDAVIT_CLICKHOUSE_H

#include "affidavit/case.h"
#include "base/arena.h"
#include "base/text.h"

struct afd_clickhouse_options {
	/* http://HOST:PORT/, https://HOST:PORT/ or unix:/PATH, each also with ?database=NAME. User and password
	 * are never in it, but in AFFIDAVIT_CLICKHOUSE_USER and AFFIDAVIT_CLICKHOUSE_PASSWORD, which are sent as
	 * headers. */
	const char *url;
	struct afd_words names;  /* the only identifiers that may be quoted; borrowed until it is closed */
	const char *ca_file;     /* of https, in the place of the system's authorities; NULL: those */
	long connect_timeout_ms; /* 0: 5 s */
	long timeout_ms;         /* of one exchange; 0: 60 s */
};

struct afd_clickhouse; /* one connection, kept open; owned, closed with afd_clickhouse_close */

/* Tables and columns that a suite's watch list and landings name, sorted, without doubles; owned by the
 * arena. */
struct afd_words afd_clickhouse_names(const struct afd_suite *suite, struct afd_arena *arena);

/* Connects and asks for the version, so that a server which is down, refuses the password or lacks the
 * database is found here (3). A wrong URL is AFD_EXIT_USAGE. */
AFD_CHECKED int afd_clickhouse_open(struct afd_clickhouse **client,
									const struct afd_clickhouse_options *options, struct afd_error *err);
void afd_clickhouse_close(struct afd_clickhouse *client);

/* "26.7.2.1" */
const char *afd_clickhouse_version(const struct afd_clickhouse *client);
/* The database of the URL, or "default". */
const char *afd_clickhouse_database(const struct afd_clickhouse *client);
/* For messages and evidence: the URL without its arguments. */
const char *afd_clickhouse_where(const struct afd_clickhouse *client);
/* The code of the exception that the last call failed with; 0 where it failed otherwise, or did not. */
unsigned afd_clickhouse_code(const struct afd_clickhouse *client);

/* Runs one statement that changes nothing: the server is told to refuse any other. The answer, in `format`
 * ("TabSeparated", "JSONEachRow", ...), goes into `out`, which the caller initialised: its limit is the
 * bound. Numbers of 64 bits are strings in JSON. A failure leaves it empty. */
AFD_CHECKED int afd_clickhouse_query(struct afd_clickhouse *client, struct afd_span sql, const char *format,
									 struct afd_text *out, struct afd_error *err);
/* Runs one statement that may change something, and has nothing to say. */
AFD_CHECKED int afd_clickhouse_execute(struct afd_clickhouse *client, struct afd_span sql,
									   struct afd_error *err);
/* Inserts rows in JSONEachRow into these columns. A field that is no column, a null for a text and a time
 * that isn't `YYYY-MM-DD hh:mm:ss` are refused by every version alike; a null for a number is taken as 0 by
 * every version, so send none where the column isn't Nullable. List no column that a row leaves out: 18.16
 * would fill it with zero, not with the table's default. */
AFD_CHECKED int afd_clickhouse_insert(struct afd_clickhouse *client, const char *table,
									  const struct afd_words *columns, struct afd_span rows,
									  struct afd_error *err);

/* Appends `name` as a quoted identifier. One that isn't in the options' list, or holds anything but letters,
 * digits and
 * _, is AFD_EXIT_REFUSED. */
AFD_CHECKED int afd_clickhouse_quote_identifier(const struct afd_clickhouse *client, const char *name,
												struct afd_text *sql, struct afd_error *err);
/* Appends the bytes as a string literal. */
void afd_clickhouse_quote_literal(struct afd_span value, struct afd_text *sql);

#endif
