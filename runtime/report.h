/* SPDX-License-Identifier: MIT
 * The reports: pure functions of inventory.json and evidence.jsonl of a finished log. They read no clock and
 * have no other input, so that anyone can make them again and compare the bytes. */
#ifndef AFFIDAVIT_REPORT_H
#define AFFIDAVIT_REPORT_H

#include "base/text.h"

/* Reads BUNDLE/data and writes report.md, report.html, junit.xml, ctrf.json and, where tables were to be
 * watched, clickhouse_counts.csv into `into`, or into BUNDLE/data where it is NULL. Fails with 6 where the
 * evidence contradicts itself, 3 where it is of another report version. */
AFD_CHECKED int afd_report_write(const char *bundle, const char *into, struct afd_error *err);

/* The verdict of one case, or of all cases of a test, from a bundle: appends one line to `line` and puts 0
 * (pass), 1 (fail) or 3 (anything else) into *code. Fails with 2 where the spec has no such case, else as
 * afd_report_write. */
AFD_CHECKED int afd_report_case(const char *bundle, const char *id, struct afd_text *line,
								enum afd_exit *code, struct afd_error *err);

#endif
