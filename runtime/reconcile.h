/* SPDX-License-Identifier: MIT
 * Sums that must come out: what was answered against what landed, what landed against what the database says,
 * facts against staging. Each mismatch is a finding: one line of our own words, tables and columns of the
 * spec, and numbers. */
#ifndef AFFIDAVIT_RECONCILE_H
#define AFFIDAVIT_RECONCILE_H

#include "landing.h"
#include "landing_pages.h"
#include "snapshot.h"

struct afd_reconcile_finding {
	const char *table;
	unsigned line;          /* of the spec: the landing or the watched table; 0: none */
	struct afd_masked text; /* "stg_orders: 12 rows landed under new keys, but the table has 11 more" */
};

/* The findings so far; memory is the arena's. */
struct afd_reconciliation {
	struct afd_arena *arena;
	struct afd_reconcile_finding *rows;
	size_t count;
	size_t checks; /* comparisons that were made */
};

/* One table of a case. `pages` NULL: the answer has one page only; `before` and `after` NULL: there was no
 * snapshot. Compared: records announced = answered; answered = eligible + skipped; eligible = rows +
 * duplicates; there are no duplicates; rows = rows found afterwards; rows of new keys = delta of the
 * FINAL count. */
void afd_reconcile_case(struct afd_reconciliation *reconciliation, const struct afd_landed *landed,
						const struct afd_pages *pages, const struct afd_counts *before,
						const struct afd_counts *after);

/* After the facts were derived: for the first INSERT ... SELECT into each table of the SQL file, the sum of
 * every number that has one name in both tables, over the fact with FINAL and over the source by the
 * statement's own FROM and WHERE, to the fourth digit after the point; where it does not group, the number of
 * rows too. Statements that join, limit or fill a table from itself are not comparable and left out. */
AFD_CHECKED int afd_reconcile_facts(struct afd_reconciliation *reconciliation, struct afd_clickhouse *client,
									const struct afd_suite *suite, struct afd_error *err);

/* Keys of the watched tables that stand twice although merged, by `counts` (the final snapshot): one query.
 */
AFD_CHECKED int afd_reconcile_keys(struct afd_reconciliation *reconciliation, struct afd_clickhouse *client,
								   const struct afd_suite *suite, const struct afd_snapshot *counts,
								   struct afd_error *err);

/* What is to be said of a table: "empty", or "". */
const char *afd_table_state(const struct afd_counts *counts);

#endif
