/* SPDX-License-Identifier: MIT
 * What a run prints. Takes masked texts only; bytes that a terminal would obey are replaced. */
#ifndef AFFIDAVIT_SUITE_CONSOLE_H
#define AFFIDAVIT_SUITE_CONSOLE_H

#include "suite.h"

/* Prints to `to` without control bytes, and with no newline of its own. */
void afd_console_text(FILE *to, const char *text);
/* The sentence of a rehearsal, and who does not answer. */
void afd_console_start(const struct afd_run *run);
/* A case that failed or has no judgement: place in the spec, what was expected, what was there, where the
 * evidence is. */
void afd_console_case(const struct afd_run *run, const struct afd_case_line *of,
					  const struct afd_case_end *end, size_t evidence_line);
/* The account, read from the finished bundle, ending in `bundle: PATH`. */
AFD_CHECKED int afd_console_end(const struct afd_run *run, struct afd_error *err);

#endif
