/* SPDX-License-Identifier: MIT */
#include "report_md_text.h"

#include <string.h>

static bool is_word(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
		   (byte & 0x80);
}

/* An underscore inside a word is no markup; neither is a '#' after the first byte. */
static bool is_markup(const char *text, size_t at)
{
	if (text[at] == '_')
		return at == 0 || !is_word(text[at - 1]) || !is_word(text[at + 1]);
	return strchr("\\`*[]<>|~!&$", text[at]) || (at == 0 && strchr("#+-=", text[at]));
}

void afd_md_put(struct afd_text *out, const char *text)
{
	for (size_t i = 0; text[i]; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte < 0x20 || byte == 0x7f) {
			afd_text_putc(out, ' ');
			continue;
		}
		if (is_markup(text, i))
			afd_text_putc(out, '\\');
		afd_text_putc(out, text[i]);
	}
}

/* The size of the code span that begins here; 0 where the run of backticks has no match. */
static size_t code_span(const char *text)
{
	size_t run = strspn(text, "`");
	for (const char *at = text + run; *at;) {
		size_t length = strspn(at, "`");
		if (length == run)
			return (size_t)(at - text) + run;
		at += length ? length : 1;
	}
	return 0;
}

/* A spec's words about what it expects: code spans stay what they are, in which a table needs only `|`
 * escaped. */
void afd_md_spec_cell(struct afd_text *out, struct afd_arena *arena, const char *text)
{
	afd_text_puts(out, "| ");
	while (*text) {
		size_t size = *text == '`' ? code_span(text) : strcspn(text, "`");
		size_t plain = size ? size : strspn(text, "`");
		if (*text != '`' || size == 0)
			afd_md_put(out, afd_arena_copy(arena, afd_span_first(afd_span_of(text), plain)));
		else
			for (size_t i = 0; i < size; i++)
				afd_text_printf(out, "%s%c", text[i] == '|' ? "\\" : "",
								(unsigned char)text[i] < 0x20 ? ' ' : text[i]);
		text += plain;
	}
	afd_text_putc(out, ' ');
}

void afd_md_cell(struct afd_text *out, const char *text)
{
	afd_text_puts(out, "| ");
	afd_md_put(out, text);
	afd_text_putc(out, ' ');
}

void afd_md_number_row(struct afd_text *out, const char *label, long long value)
{
	afd_text_printf(out, "| %s | %lld |\n", label, value);
}

void afd_md_text_row(struct afd_text *out, const char *label, const char *value)
{
	afd_md_cell(out, label);
	afd_md_cell(out, value);
	afd_text_puts(out, "|\n");
}
