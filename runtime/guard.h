/* SPDX-License-Identifier: MIT
 * The guard: which requests may leave. Read-only unless writes are allowed; only to the spec's own bases or
 * to what
 * --base put in their place; a budget of requests. Decides before a byte is sent. */
#ifndef AFFIDAVIT_GUARD_H
#define AFFIDAVIT_GUARD_H

#include "affidavit/case.h"
#include "base/text.h"

struct afd_rebase {
	const char *name; /* of the base, borrowed from the suite; NULL: a URL prefix of --base */
	char *prefix;     /* URL prefix of the spec; "": only relative URLs; owned */
	char *url;        /* what stands in its place; owned */
	bool replaced;    /* false: the spec's own URL */
};

struct afd_guard {
	const struct afd_suite *suite; /* borrowed */
	struct afd_rebase *rows;
	size_t count;
	bool writes;             /* --allow-writes */
	const char *writes_glob; /* only tests whose id matches; NULL: all; borrowed */
	size_t max_requests;     /* 0: unlimited */
	size_t sent;             /* counted by the caller */
};

/* `assignments` are the values of --base: NAME=URL or URL-PREFIX=URL. An unknown name or a prefix that no URL
 * of the spec has is exit 2 and lists the names; `default` is always known, for relative URLs. A URL that
 * afd_guard_rebase would refuse is refused here. */
AFD_CHECKED int afd_guard_init(struct afd_guard *guard, const struct afd_suite *suite,
							   const char *const *assignments, size_t count, struct afd_error *err);
void afd_guard_free(struct afd_guard *guard);

enum afd_permission {
	AFD_MAY_SEND,
	AFD_HELD_BACK_WRITE, /* blocked: write */
	AFD_HELD_BACK_BUDGET /* blocked: over --max-requests */
};
/* A read that asks for another method by a header (X-HTTP-Method-Override and the like) counts as a write. */
enum afd_permission afd_guard_permits(const struct afd_guard *guard, const struct afd_test *test);

/* The URL with its base replaced, by concatenation with the slashes that the spec has there, never by RFC
 * 3986 resolution. The longest replaced prefix wins, else the longest of the spec; a relative URL is put
 * after the base `default` (or the only one), without one it is exit 2. Refused (4): a scheme other than http
 * and https, http to a host that is not loopback where the spec says https, user information in the
 * authority, an authority that differs from the base's, one outside of every base that no URL of the spec
 * says in plain letters, control bytes. `out` is initialised here and freed by the caller, whatever is
 * returned.
 * `*replaced` tells whether --base changed it. */
AFD_CHECKED int afd_guard_rebase(const struct afd_guard *guard, struct afd_span url, struct afd_text *out,
								 bool *replaced, struct afd_error *err);
/* True where any base was replaced: the words of the run are those of a rehearsal. */
bool afd_guard_is_rehearsal(const struct afd_guard *guard);

#endif
