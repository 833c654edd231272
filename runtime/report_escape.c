/* SPDX-License-Identifier: MIT
 * Text for XML 1.0 and HTML. */
#include "report_model.h"

#include <string.h>

/* What XML 1.0 (section 2.2) leaves out, and the marks that reorder text. The input is UTF-8. */
static size_t forbidden(const unsigned char *at)
{
	if (at[0] < 0x20 && at[0] != '\t' && at[0] != '\n')
		return 1;
	if (at[0] == 0x7f)
		return 1;
	if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f)
		return 2;
	if (at[0] == 0xef && at[1] == 0xbf && (at[2] == 0xbe || at[2] == 0xbf))
		return 3;
	bool embedding = at[0] == 0xe2 && at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae;
	bool isolate = at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9;
	return embedding || isolate ? 3 : 0;
}

static const char *entity(char byte)
{
	switch (byte) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	case '\t': return "&#9;";
	case '\n': return "&#10;";
	default: return NULL;
	}
}

void afd_report_escape(struct afd_text *out, const char *text)
{
	for (const char *at = text; *at;) {
		size_t size = forbidden((const unsigned char *)at);
		const char *escaped = size ? "\xef\xbf\xbd" : entity(*at);
		if (escaped)
			afd_text_puts(out, escaped);
		else
			afd_text_putc(out, *at);
		at += size ? size : 1;
	}
}
