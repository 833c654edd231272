/* SPDX-License-Identifier: MIT
 * Adds a finding. Private to reconcile*.c. */
#ifndef AFFIDAVIT_RECONCILE_FIND_H
#define AFFIDAVIT_RECONCILE_FIND_H

#include "reconcile.h"

/* The text names only tables and columns of the spec, numbers and our own words. */
AFD_PRINTF(4, 5)
void afd_reconcile_add(struct afd_reconciliation *reconciliation, const char *table, unsigned line,
					   const char *format, ...);

#endif
