/* SPDX-License-Identifier: MIT
 * Reads initializers of `const char *` as a C compiler does (C11 5.1.1.2, 6.4.5), independently of what wrote
 * them. */
#ifndef AFFIDAVIT_TESTS_C_LITERAL_H
#define AFFIDAVIT_TESTS_C_LITERAL_H

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Phase 1: trigraphs become their characters, as -std=c11 has it and -std=gnu11 has not. */
static inline void c_replace_trigraphs(struct afd_span source, struct afd_text *out)
{
	static const char third[] = "=/'()!<>-";
	static const char meaning[] = "#\\^[]|{}~";
	for (size_t i = 0; i < source.size; i++) {
		const char *found = NULL;
		if (i + 2 < source.size && source.data[i] == '?' && source.data[i + 1] == '?' && source.data[i + 2])
			found = strchr(third, source.data[i + 2]);
		afd_text_putc(out, found ? meaning[found - third] : source.data[i]);
		i += found ? 2 : 0;
	}
}

/* The character after a backslash at `*p`; false where C has none of that name, or no promise about it. */
static inline bool c_escape(const char **p, char *byte)
{
	static const char names[] = "\"'\\?abfnrtv";
	static const char meaning[] = "\"'\\?\a\b\f\n\r\t\v";
	if (**p >= '0' && **p <= '7') {
		unsigned value = 0;
		for (int digits = 0; digits < 3 && **p >= '0' && **p <= '7'; digits++)
			value = value * 8 + (unsigned)(*(*p)++ - '0');
		*byte = (char)(unsigned char)value;
		return value <= 255;
	}
	const char *found = **p ? strchr(names, **p) : NULL;
	*byte = found ? meaning[found - names] : '\0';
	*p += 1;
	return found != NULL;
}

/* What stands between two marks: the one at `*p` and the next like it. */
static inline bool c_quoted(const char **p, struct afd_text *out)
{
	char mark = *(*p)++;
	while (**p && **p != mark) {
		char byte = *(*p)++;
		if (byte == '\n' || (unsigned char)byte >= 0x80)
			return false;
		if (byte == '\\' && !c_escape(p, &byte))
			return false;
		afd_text_putc(out, byte);
	}
	return *(*p)++ == mark;
}

static inline const char *c_skip_blanks(const char *p)
{
	return p + strspn(p, " \t\n");
}

/* "(const char[]){ 65, '\303', 0 }": without the last, which ends the string. */
static inline bool c_array(const char *p, struct afd_text *out)
{
	while (*(p = c_skip_blanks(p)) != '}') {
		char *end = NULL;
		if (*p == '\'' && !c_quoted(&p, out))
			return false;
		if (p[-1] != '\'') {
			long value = strtol(p, &end, 10);
			if (end == p || value < 0 || value > 127)
				return false;
			afd_text_putc(out, (char)value);
			p = end;
		}
		p += *p == ',';
	}
	return out->size > 0 && out->data[--out->size] == '\0' && p[1] == '\0';
}

/* The bytes of an initializer; false where a compiler would refuse it or might read it otherwise. */
static inline bool c_literal(struct afd_span source, bool trigraphs, struct afd_text *out)
{
	static const char array[] = "(const char[]){";
	struct afd_text text;
	bool good = true;
	afd_text_init(&text, (size_t)1 << 30);
	if (trigraphs)
		c_replace_trigraphs(source, &text);
	else
		afd_text_add(&text, source);
	const char *p = c_skip_blanks(text.data ? text.data : "");
	if (strncmp(p, array, sizeof array - 1) == 0)
		good = c_array(p + sizeof array - 1, out);
	else
		for (good = *p == '"'; good && *p; p = c_skip_blanks(p))
			good = *p == '"' && c_quoted(&p, out);
	afd_text_free(&text);
	return good;
}

#endif
