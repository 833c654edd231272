/* SPDX-License-Identifier: MIT
 * Diagnostics of several sources as one log of SARIF 2.1.0 (OASIS standard). */
#ifndef AFFIDAVIT_SARIF_H
#define AFFIDAVIT_SARIF_H

#include "diag.h"

enum { AFD_SARIF_RULES_MAX = 128 };

/* One run of a log under way. Begin it with afd_sarif_init; afd_sarif_print ends it. */
struct afd_sarif {
	struct afd_text results;
	size_t count;
	const char *rules[AFD_SARIF_RULES_MAX]; /* names of diagnostics: static */
	size_t rule_count;
};

void afd_sarif_init(struct afd_sarif *sarif);
/* Adds the diagnostics of one source, in its order. */
void afd_sarif_add(struct afd_sarif *sarif, struct afd_diag *diag);
/* Prints the log and frees what it held. */
void afd_sarif_print(struct afd_sarif *sarif, struct afd_text *out);

#endif
