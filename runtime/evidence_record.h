/* SPDX-License-Identifier: MIT
 * One JSON object that is being built: the only way in which evidence, responses, head and CTRF write JSON.
 * Numbers are written exactly, never by way of a double. Failures are kept until the end: afd_record_print
 * reports them. */
#ifndef AFFIDAVIT_EVIDENCE_RECORD_H
#define AFFIDAVIT_EVIDENCE_RECORD_H

#include "base/text.h"
#include "mask.h"

struct cJSON;

struct afd_record {
	struct cJSON *root;
	bool failed; /* out of memory; sticky */
};

/* The caller ends it with afd_record_free. */
void afd_record_init(struct afd_record *record);
void afd_record_free(struct afd_record *record);

/* Each adds to `parent`, which is the root where it is NULL. In an array the name is NULL. */
struct cJSON *afd_record_object(struct afd_record *record, struct cJSON *parent, const char *name);
struct cJSON *afd_record_array(struct afd_record *record, struct cJSON *parent, const char *name);
/* Our own or the spec's words; NULL becomes null. */
void afd_record_word(struct afd_record *record, struct cJSON *parent, const char *name, const char *word);
/* Null where its data is NULL. */
void afd_record_masked(struct afd_record *record, struct cJSON *parent, const char *name,
					   struct afd_masked text);
/* A value that the masker wrote as JSON; null where its data is NULL. */
void afd_record_json(struct afd_record *record, struct cJSON *parent, const char *name,
					 struct afd_masked json);
void afd_record_integer(struct afd_record *record, struct cJSON *parent, const char *name, long long value);
/* Null where it is negative. */
void afd_record_count(struct afd_record *record, struct cJSON *parent, const char *name, long long value);
/* Microseconds as milliseconds with three decimals; null where negative. */
void afd_record_milliseconds(struct afd_record *record, struct cJSON *parent, const char *name, long long us);
void afd_record_bool(struct afd_record *record, struct cJSON *parent, const char *name, bool value);
void afd_record_null(struct afd_record *record, struct cJSON *parent, const char *name);

/* Appends the object on one line, without a newline. */
AFD_CHECKED int afd_record_print(const struct afd_record *record, struct afd_text *out,
								 struct afd_error *err);

#endif
