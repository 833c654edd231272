/* SPDX-License-Identifier: MIT
 * Rows on their way into a table, in batches. Private to landing*.c. */
#ifndef AFFIDAVIT_LANDING_INSERT_H
#define AFFIDAVIT_LANDING_INSERT_H

#include "landing_plan.h"

/* Rows that were made and not sent. Freed with afd_batch_free. */
struct afd_batch {
	struct afd_text rows; /* JSONEachRow */
	struct afd_text keys; /* their keys, as the list of an IN */
	size_t count;
};

void afd_batch_init(struct afd_batch *batch);
void afd_batch_free(struct afd_batch *batch);
/* True where a row is to be sent before another one is added. */
bool afd_batch_is_full(const struct afd_batch *batch);
/* False where it doesn't fit. */
AFD_CHECKED bool afd_batch_add(struct afd_batch *batch, const struct afd_plan *plan,
							   const struct afd_row *row);
/* Counts the keys that are there already, inserts the rows, counts those that are there then; empties the
 * batch. */
AFD_CHECKED int afd_batch_send(struct afd_batch *batch, const struct afd_plan *plan,
							   const struct afd_plan_run *run, struct afd_clickhouse *client,
							   struct afd_landed *landed, struct afd_error *err);

#endif
