/* SPDX-License-Identifier: MIT
 * Text and table cells in markdown: whatever is not our own word is escaped. */
#ifndef AFFIDAVIT_REPORT_MD_TEXT_H
#define AFFIDAVIT_REPORT_MD_TEXT_H

#include "report_model.h"

void afd_md_put(struct afd_text *out, const char *text);
/* "| text "; the caller ends the row with "|\n". */
void afd_md_cell(struct afd_text *out, const char *text);
/* A cell of a spec's words: code spans stay what they are. */
void afd_md_spec_cell(struct afd_text *out, struct afd_arena *arena, const char *text);
/* A row of two cells. */
void afd_md_number_row(struct afd_text *out, const char *label, long long value);
void afd_md_text_row(struct afd_text *out, const char *label, const char *value);

/* report_md_tables.c: the chapter about tables; nothing where none was to be watched. */
void afd_md_tables(struct afd_text *out, const struct afd_report *report);

#endif
