/* SPDX-License-Identifier: MIT
 * The request of a case before it is sent: its values put in, its base replaced, or the reason why it cannot
 * be. */
#ifndef AFFIDAVIT_SUITE_REQUEST_H
#define AFFIDAVIT_SUITE_REQUEST_H

#include "suite.h"

/* Owned; freed with afd_prepared_free. */
struct afd_prepared {
	struct afd_substitution url, body;
	struct afd_text final; /* the URL that is sent; empty where there is none */
	bool has_body;
	bool replaced;            /* --base changed the URL */
	const char *missing;      /* the first name without a value; NULL: none */
	struct afd_error refusal; /* why it must not be sent; code AFD_EXIT_OK: it may */
	const char *base;         /* name of its base; NULL: none */
};

void afd_prepare(const struct afd_run *run, const struct afd_selected *of, struct afd_prepared *prepared);
void afd_prepared_free(struct afd_prepared *prepared);
/* "GET /v1/orders/{ID}": values from outside the spec are left as names. */
struct afd_masked afd_endpoint_of(const struct afd_selected *of, const struct afd_prepared *prepared,
								  struct afd_arena *arena);

/* Why a case is not sent, in the order in which reasons are looked at; AFD_REASON_NONE: it may be. */
enum afd_reason afd_withheld(const struct afd_run *run, const struct afd_selected *of,
							 const struct afd_prepared *prepared);
/* The same as a sentence. */
struct afd_masked afd_withheld_notes(const struct afd_run *run, const struct afd_selected *of,
									 const struct afd_prepared *prepared, enum afd_reason reason,
									 struct afd_arena *arena);

#endif
