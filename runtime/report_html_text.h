/* SPDX-License-Identifier: MIT
 * Elements and table rows in HTML, escaped. */
#ifndef AFFIDAVIT_REPORT_HTML_TEXT_H
#define AFFIDAVIT_REPORT_HTML_TEXT_H

#include "report_model.h"

void afd_html_element(struct afd_text *out, const char *name, const char *text);
/* A row of a heading and a cell. */
void afd_html_row(struct afd_text *out, const char *label, const char *value);
/* A cell; empty where it is negative. */
void afd_html_milliseconds(struct afd_text *out, long long us);

/* report_html_tables.c: the chapter about tables; nothing where none was to be watched. */
void afd_html_tables(struct afd_text *out, const struct afd_report *report);

#endif
