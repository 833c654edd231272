/* SPDX-License-Identifier: MIT
 * Reading an evidence log back: every line must follow from the one before it. For the reports, which may say
 * nothing else. */
#ifndef AFFIDAVIT_EVIDENCE_READ_H
#define AFFIDAVIT_EVIDENCE_READ_H

#include "base/hash.h"
#include "base/text.h"

struct cJSON;

/* A finished log. Owned; freed with afd_evidence_unload. */
struct afd_evidence_lines {
	struct cJSON **rows; /* one a line; the first is `run`, the last is `end` */
	size_t count;
	char last[AFD_SHA256_HEX + 1]; /* digest of the last line */
};

/* Fails with 6 and the number of the line where a line is no record of this schema, its seq or prev does not
 * follow, the first is not `run`, or the last is not a whole `end`; with 3 where the file cannot be read.
 * Nothing is to be freed then. */
AFD_CHECKED int afd_evidence_load(const char *path, struct afd_evidence_lines *lines, struct afd_error *err);
void afd_evidence_unload(struct afd_evidence_lines *lines);

/* Members of a record, by exact name. */
const char *afd_record_text_of(const struct cJSON *record, const char *name); /* NULL where it is no string */
long long afd_record_integer_of(const struct cJSON *record, const char *name); /* -1 where it is no number */
bool afd_record_bool_of(const struct cJSON *record, const char *name);

#endif
