/* SPDX-License-Identifier: MIT
 * What the watched tables hold at one moment, and what changed between two. A count is that of a table with
 * FINAL, since raw counts fall when the server merges parts; raw rows are recorded beside it and never
 * judged. Knows nothing of tests and writes nothing. */
#ifndef AFFIDAVIT_SNAPSHOT_H
#define AFFIDAVIT_SNAPSHOT_H

#include "clickhouse.h"

/* A version or a time, as text: digits and `-: .` only, or empty. */
enum { AFD_COUNT_TEXT = 40, AFD_COUNT_PARTS = 72 };

struct afd_counts {
	const char *table;                /* borrowed from the watch list */
	unsigned long long final;         /* rows with FINAL; without it where the engine has none */
	unsigned long long raw;           /* rows that are stored */
	char max_version[AFD_COUNT_TEXT]; /* "" where the table is empty or has no such column */
	char max_time[AFD_COUNT_TEXT];
	char parts[AFD_COUNT_PARTS]; /* which active parts it has: unchanged where these are the same; "": has
									none to look at */
	bool has_parts;              /* its engine is of the MergeTree family */
	bool has_final;
	bool recounted; /* in this snapshot, not taken over from the one before */
};

/* Rows in the order of the watch list. Freed with afd_snapshot_free. */
struct afd_snapshot {
	struct afd_counts *rows;
	size_t count;
};

/* Counts every watched table, or, given the `previous` snapshot of the same list (else NULL), only those
 * whose parts have changed since: one look at system.parts and at most one query of counts. A table that is
 * not there, or a column of versions or times that holds something else, fails. The client's names must hold
 * the watch list's. */
AFD_CHECKED int afd_snapshot_take(struct afd_clickhouse *client, const struct afd_watch *watch,
								  const struct afd_snapshot *previous, struct afd_snapshot *snapshot,
								  struct afd_error *err);
void afd_snapshot_free(struct afd_snapshot *snapshot);

/* The table's counts, or NULL. */
const struct afd_counts *afd_snapshot_table(const struct afd_snapshot *snapshot, const char *table);
/* Rows that came (or, negative, went). */
long long afd_counts_delta(const struct afd_counts *before, const struct afd_counts *after);
/* Something is different: the count, the newest version or time. Rows that replaced others of their key
 * change no count, but a version. */
bool afd_counts_changed(const struct afd_counts *before, const struct afd_counts *after);

#endif
