/* SPDX-License-Identifier: MIT */
#include "report_html_text.h"

void afd_html_element(struct afd_text *out, const char *name, const char *text)
{
	afd_text_printf(out, "<%s>", name);
	afd_report_escape(out, text);
	afd_text_printf(out, "</%s>", name);
}

void afd_html_row(struct afd_text *out, const char *label, const char *value)
{
	afd_text_puts(out, "<tr>");
	afd_html_element(out, "th", label);
	afd_html_element(out, "td", value);
	afd_text_puts(out, "</tr>\n");
}

void afd_html_milliseconds(struct afd_text *out, long long us)
{
	afd_text_puts(out, "<td class=\"number\">");
	if (us >= 0)
		afd_report_milliseconds(out, us);
	afd_text_puts(out, "</td>");
}
