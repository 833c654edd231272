/* SPDX-License-Identifier: MIT
 * What stands in quotes of a shell, without its escapes. */
#include "shell.h"

#include "json_utf8.h"

#include <stdint.h>
#include <string.h>

static bool is_name_byte(char byte, bool first)
{
	bool letter = (byte | 32) >= 'a' && (byte | 32) <= 'z';
	return letter || byte == '_' || (!first && byte >= '0' && byte <= '9');
}

size_t afd_shell_variable(struct afd_span text, struct afd_span *name)
{
	bool braced = afd_span_starts(text, "${");
	size_t begin = braced ? 2 : 1;
	size_t end = begin;
	if (!afd_span_starts(text, "$"))
		return 0;
	while (end < text.size && is_name_byte(text.data[end], end == begin))
		end++;
	*name = (struct afd_span){ text.data + begin, end - begin };
	if (end == begin || (braced && (end == text.size || text.data[end] != '}')))
		return 0;
	return end + braced;
}

enum { REACH = 4096 };

/* Bytes of the "$(...)" that the text begins with, quotes and brackets in it; all of it where nothing closes
 * it. */
static size_t substitution_size(struct afd_span text)
{
	size_t depth = 0;
	for (size_t i = 1; i < text.size; i++) {
		char byte = text.data[i];
		const char *close = strchr("'\"", byte) ? memchr(text.data + i + 1, byte, text.size - i - 1) : NULL;
		if (close)
			i = (size_t)(close - text.data);
		depth += byte == '(';
		if (byte == ')' && --depth == 0)
			return i + 1;
	}
	return text.size;
}

static size_t expansion_size(struct afd_span text)
{
	size_t size = 2;
	while (size < text.size && is_name_byte(text.data[size], size == 2))
		size++;
	bool changed = size > 2 && size < text.size && text.data[size] && strchr(":[#%/^,", text.data[size]);
	size_t close = changed ? afd_span_find(afd_span_first(text, REACH), "}", size) : SIZE_MAX;
	return close == SIZE_MAX ? 0 : close + 1;
}

static size_t computed_size(struct afd_span text)
{
	if (afd_span_starts(text, "$("))
		return substitution_size(text);
	if (afd_span_starts(text, "${"))
		return expansion_size(text);
	/* before a quote it escapes it (PowerShell) */
	bool ticks = text.size > 2 && text.data[0] == '`' && text.data[1] != '`' && text.data[1] != '"';
	size_t close = ticks ? afd_span_find(text, "`", 1) : SIZE_MAX;
	return close == SIZE_MAX ? 0 : close + 1;
}

struct afd_span afd_shell_computed(struct afd_span raw)
{
	struct afd_span none = { raw.data, 0 };
	bool single = false;
	bool quoted = false;
	for (size_t i = 0; i + 1 < raw.size; i++) {
		char byte = raw.data[i];
		i += byte == '\\' && !single;
		quoted ^= byte == '"' && !single;
		single ^= byte == '\'' && !quoted;
		struct afd_span found = afd_span_from(raw, i);
		found.size = single ? 0 : computed_size(found);
		if (found.size == 0)
			continue;
		return afd_span_find(found, "<<", 0) == SIZE_MAX ? found : none;
	}
	return none;
}

void afd_shell_put_double(const struct afd_shell *shell, struct afd_text *out, struct afd_span text)
{
	struct afd_span name;
	const char *at = text.data;
	const char *end = at + text.size;
	for (; at < end; at++) {
		bool pair = (*at == '\\' || *at == '`') && at + 1 < end;
		if (pair && strchr(*at == '`' ? "\"$`" : "\"\\$`", at[1])) {
			at++;
		} else if (pair && at[1] == '\n') {
			at++;
			continue;
		} else if (*at == '$' && shell->expand) {
			size_t size = afd_shell_variable((struct afd_span){ at, (size_t)(end - at) }, &name);
			if (size && shell->expand(shell->context, name, out)) {
				at += size - 1;
				continue;
			}
		}
		afd_text_putc(out, *at);
	}
}

/* Digits of base `base` at `at`, at most `most`; returns how many. */
static size_t take_digits(const char *at, const char *end, size_t most, unsigned base, unsigned *value)
{
	size_t count = 0;
	*value = 0;
	for (; count < most && at + count < end; count++) {
		char byte = at[count];
		unsigned digit = byte >= '0' && byte <= '9'                 ? (unsigned)(byte - '0')
						 : (byte | 32) >= 'a' && (byte | 32) <= 'f' ? (unsigned)((byte | 32) - 'a') + 10
																	: 16;
		if (digit >= base)
			break;
		*value = *value * base + digit;
	}
	return count;
}

/* \x41, \101, \u00e9, \U0001F600: the bytes behind the backslash that it takes; 0: it is none of them. */
static size_t take_code(struct afd_text *out, const char *at, const char *end)
{
	unsigned value;
	size_t most = *at == 'x' ? 2 : *at == 'u' ? 4 : *at == 'U' ? 8 : 0;
	size_t digits = most ? take_digits(at + 1, end, most, 16, &value) : take_digits(at, end, 3, 8, &value);
	if (digits == 0)
		return 0;
	char bytes[4] = { (char)value };
	size_t size = most > 2 ? afd_utf8_put(value, bytes) : 1;
	afd_text_add(out, (struct afd_span){ bytes, size });
	return digits + (most > 0);
}

void afd_shell_unescape_ansi(struct afd_text *out, struct afd_span text)
{
	const char *at = text.data;
	const char *end = at + text.size;
	static const char from[] = "nrt'\"\\";
	static const char to[] = "\n\r\t'\"\\";
	for (; at < end; at++) {
		const char *known = *at == '\\' && at + 1 < end ? strchr(from, at[1]) : NULL;
		size_t code = *at == '\\' && at + 1 < end && !(known && *known) ? take_code(out, at + 1, end) : 0;
		if (known && *known)
			afd_text_putc(out, to[known - from]);
		else if (code == 0)
			afd_text_putc(out, *at);
		at += known && *known ? 1 : code;
	}
}
