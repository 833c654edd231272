/* SPDX-License-Identifier: MIT
 * Variables of PowerShell: those whose value is not replaced but changed, and those inside of strings. */
#include "powershell.h"
#include "shell.h"
#include "survey.h"

#include <stdint.h>
#include <string.h>

static bool is_name_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_' || u == '-';
}

/* $map["Key"] = ..., $map.Key = ...: the offset of the value in the text; 0: it is nothing like that. */
static size_t member(struct afd_span text, struct afd_span *key)
{
	size_t quotes = afd_span_starts(text, "[\"") || afd_span_starts(text, "['") ? 2 : 0;
	size_t begin = quotes ? 2 : 1;
	size_t end = begin;
	while (end < text.size && (is_name_byte(text.data[end]) || (quotes && text.data[end] == ' ')))
		end++;
	*key = (struct afd_span){ text.data + begin, end - begin };
	if (end == begin || (!quotes && text.data[0] != '.') || end + quotes > text.size ||
		(quotes && !strchr("'\"", text.data[end])) || (quotes && text.data[end + 1] != ']'))
		return 0;
	end += quotes;
	while (end < text.size && strchr(" \t", text.data[end]))
		end++;
	return end + 1 < text.size && text.data[end] == '=' && text.data[end + 1] != '=' ? end + 1 : 0;
}

static struct afd_power_entry *entry_of(struct afd_walk *walk, struct afd_power_value *map,
										struct afd_span key)
{
	for (size_t i = 0; i < map->count; i++)
		if (afd_span_equal_nocase(map->rows[i].key, key))
			return &map->rows[i];
	struct afd_power_entry *entry =
		afd_arena_push(walk->reader->arena, &map->rows, &map->count, sizeof *entry);
	entry->key = key;
	return entry;
}

bool afd_power_change(struct afd_walk *walk, struct afd_span line)
{
	static const char *const ways[] = { ".Add(", ".Remove(", "+=", "-=", "++", "--" };
	struct afd_span text = afd_span_trim(line);
	size_t size = 1;
	while (size < text.size && is_name_byte(text.data[size]) && text.data[size] != '-')
		size++;
	struct afd_span name = afd_span_first(afd_span_from(text, 1), size - 1);
	struct afd_span rest = afd_span_trim(afd_span_from(text, size));
	const struct afd_power_value *known =
		afd_span_starts(text, "$") ? afd_power_variable(walk->reader->survey->powershell, name) : NULL;
	struct afd_span key = { "", 0 };
	size_t at = known && rest.size ? member(rest, &key) : 0;
	bool changed =
		at > 0 || (known && afd_span_starts(rest, "[") && afd_span_find(rest, " = ", 0) != SIZE_MAX);
	for (size_t i = 0; known && i < sizeof ways / sizeof ways[0]; i++)
		changed = changed || afd_span_starts(rest, ways[i]);
	if (!changed)
		return false;
	struct afd_power_value value = *known;
	value.opaque = value.opaque || at == 0 || value.kind != AFD_VALUE_MAP;
	struct afd_power_lexer lexer = { rest.data + at, walk->text.data + walk->text.size, walk->reader->arena };
	if (!value.opaque) {
		struct afd_power_value entry = afd_power_value(&lexer, walk->reader->survey->powershell);
		entry_of(walk, &value, key)->value = entry;
		value.opaque = entry.opaque;
	}
	afd_power_set(walk->reader->survey->powershell, name, value);
	afd_walk_end_line(walk, (size_t)(lexer.cursor - walk->text.data));
	return true;
}

bool afd_power_put_variable(struct afd_walk *walk, struct afd_span *text, struct afd_text *out,
							struct afd_found *found)
{
	struct afd_span name;
	size_t size = afd_shell_variable(*text, &name);
	if (size == 0 || !afd_script_expand(walk->reader, name, out)) {
		const struct afd_power_value *value = afd_power_variable(walk->reader->survey->powershell, name);
		if (size && value && value->opaque && found->unknown.size == 0)
			found->unknown = afd_span_first(*text, size);
		return false;
	}
	*text = afd_span_from(*text, size);
	return true;
}
