/* SPDX-License-Identifier: MIT
 * Patterns as people write them, made I-Regexps (RFC 9485): \d, \w and \s become classes. What would need
 * more than linear time to match is refused with its name. */
#include "read.h"

#include "jsonpath.h"

#include <stdint.h>
#include <string.h>

/* What a shorthand stands for, inside a class and as one. */
static const struct shorthand {
	char letter;
	const char *members, *negated;
} shorthands[] = {
	{ 'd', "0-9", NULL },           { 'D', NULL, "[^0-9]" },     { 'w', "A-Za-z0-9_", NULL },
	{ 'W', NULL, "[^A-Za-z0-9_]" }, { 's', " \\t\\r\\n", NULL }, { 'S', NULL, "[^ \\t\\r\\n]" },
};

static const struct shorthand *find_shorthand(char letter)
{
	for (size_t i = 0; i < sizeof shorthands / sizeof shorthands[0]; i++)
		if (shorthands[i].letter == letter)
			return &shorthands[i];
	return NULL;
}

/* Copies an escape, a shorthand as what it stands for. */
static void copy_escape(struct afd_text *out, char letter, bool in_class)
{
	const struct shorthand *found = find_shorthand(letter);
	if (!found || (in_class && !found->members)) {
		bool plain = strchr("/\"'#_,:;<>=!@%&~ ", letter) != NULL;
		afd_text_printf(out, plain ? "%.0s%c" : "%s%c", "\\", letter);
	} else if (in_class) {
		afd_text_puts(out, found->members);
	} else if (found->members) {
		afd_text_printf(out, "[%s]", found->members);
	} else {
		afd_text_puts(out, found->negated);
	}
}

const char *afd_read_pattern(struct afd_span pattern, struct afd_arena *arena)
{
	if (pattern.size > 2 && pattern.data[0] == '/' && pattern.data[pattern.size - 1] == '/')
		pattern = (struct afd_span){ pattern.data + 1, pattern.size - 2 };
	struct afd_text out;
	afd_text_init(&out, 1 << 16);
	bool in_class = false;
	for (size_t i = 0; i < pattern.size; i++) {
		char byte = pattern.data[i];
		if (byte == '\\' && i + 1 < pattern.size) {
			copy_escape(&out, pattern.data[++i], in_class);
			continue;
		}
		in_class = in_class ? byte != ']' : byte == '[';
		afd_text_putc(&out, byte);
	}
	const char *copy = afd_arena_copy(arena, afd_text_span(&out));
	afd_text_free(&out);
	return copy;
}

/* Why it is refused, and the bytes that are at fault. */
struct fault {
	const char *bytes, *text;
};

static const struct fault faults[] = {
	{ "(?=", "nothing looks ahead" },
	{ "(?!", "nothing looks ahead" },
	{ "(?<", "nothing looks behind, and groups have no names" },
	{ "(?:", "write a plain group '(': groups are not kept" },
	{ "(?", "a pattern has no flags; compare the lower case of the value" },
	{ "*?", "there is no lazy repetition: a pattern is found or it is not" },
	{ "+?", "there is no lazy repetition: a pattern is found or it is not" },
	{ "\\b", "there are no word boundaries: write the characters around the word" },
	{ "\\1", "there are no references back to a group" },
};

bool afd_read_check_pattern(struct afd_reader *reader, const char *pattern, struct afd_span where)
{
	if (afd_regexp_search(afd_span_of(pattern), AFD_SPAN("")) != AFD_MATCH_BAD_PATTERN)
		return true;
	struct afd_span place = where;
	const char *why = "see RFC 9485 for what may stand in a pattern";
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		size_t at = afd_span_find(where, faults[i].bytes, 0);
		if (at == SIZE_MAX)
			continue;
		place = (struct afd_span){ where.data + at, strlen(faults[i].bytes) };
		why = faults[i].text;
		break;
	}
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "pattern", place, "this pattern is not well-formed");
	afd_diag_hint(reader->diag, row, "%s", why);
	return false;
}
