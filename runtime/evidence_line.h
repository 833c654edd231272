/* SPDX-License-Identifier: MIT
 * What the files of the evidence share: beginning and appending a line, and the parts of it that are about
 * tables. */
#ifndef AFFIDAVIT_EVIDENCE_LINE_H
#define AFFIDAVIT_EVIDENCE_LINE_H

#include "evidence.h"
#include "evidence_record.h"

/* Schema, seq, prev, phase and the time; the rest is the caller's. */
void afd_evidence_begin(const struct afd_evidence *evidence, struct afd_record *line, const char *phase);
/* Ends the record too. */
AFD_CHECKED int afd_evidence_append(struct afd_evidence *evidence, struct afd_record *line, bool sync,
									struct afd_error *err);

/* Of line 0: the database and the names of its tables. */
void afd_evidence_add_database(struct afd_record *line, const struct afd_run_line *run);
/* Of `started` and `result`: the state, and the counts before. */
void afd_evidence_add_before(struct afd_record *line, const struct afd_tables_line *tables);
/* Of `result`: the counts after, pages and landings. */
void afd_evidence_add_after(struct afd_record *line, const struct afd_case_line *of);

#endif
