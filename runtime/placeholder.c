/* SPDX-License-Identifier: MIT */
#include "placeholder.h"

#include <stdint.h>
#include <string.h>

enum { NAME_MAX_BYTES = 128 };

static const struct afd_variable *declared_name(const struct afd_variables *declared, struct afd_span name)
{
	for (size_t i = 0; i < declared->count; i++)
		if (name.size > 0 && afd_span_is(name, declared->rows[i].name))
			return &declared->rows[i];
	return NULL;
}

static bool is_word(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '_' ||
		   u >= 0x80;
}

static bool enclosed(const struct afd_variables *declared, struct afd_span text, const char *opening,
					 const char *closing, struct afd_placeholder *found)
{
	if (!afd_span_starts(text, opening))
		return false;
	struct afd_span inside = afd_span_first(afd_span_from(text, strlen(opening)), NAME_MAX_BYTES);
	size_t end = afd_span_find(inside, closing, 0);
	if (end == SIZE_MAX)
		return false;
	found->variable = declared_name(declared, afd_span_trim(afd_span_first(inside, end)));
	found->size = strlen(opening) + end + strlen(closing);
	return found->variable != NULL;
}

static size_t word_size(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && is_word(text.data[size]))
		size++;
	return size;
}

static bool dollar(const struct afd_variables *declared, struct afd_span text, struct afd_placeholder *found)
{
	struct afd_span rest = afd_span_from(text, 1);
	size_t size = word_size(rest);
	found->variable = declared_name(declared, afd_span_first(rest, size));
	found->size = size + 1;
	return found->variable != NULL;
}

/* An element of the same name makes <NAME> a tag. */
static bool is_tag(struct afd_span template, struct afd_span tag)
{
	for (size_t at = 0; (at = afd_span_find(template, "</", at)) != SIZE_MAX; at++)
		if (afd_span_equal(afd_span_first(afd_span_from(template, at + 2), tag.size - 1),
						   afd_span_from(tag, 1)))
			return true;
	return false;
}

static bool angle(const struct afd_variables *declared, struct afd_span template, size_t offset,
				  struct afd_placeholder *found)
{
	struct afd_span text = afd_span_from(template, offset);
	return enclosed(declared, text, "<", ">", found) && !is_tag(template, afd_span_first(text, found->size));
}

static bool segment(const struct afd_variables *declared, struct afd_span template, size_t offset,
					struct afd_placeholder *found)
{
	if (offset == 0 || template.data[offset - 1] != '/')
		return false;
	struct afd_span rest = afd_span_from(template, offset + 1);
	size_t size = 0;
	while (size < rest.size && !strchr("/?#", rest.data[size]))
		size++;
	found->variable = declared_name(declared, afd_span_first(rest, size));
	found->size = size + 1;
	return found->variable != NULL;
}

/* Words that prose or data would not hold by chance. */
static bool may_be_bare(const char *name, enum afd_place place)
{
	bool joined = strpbrk(name, "_-") != NULL;
	if (place == AFD_IN_HEADER && joined)
		return true;
	bool upper = joined;
	for (const char *byte = name; *byte; byte++) {
		if (*byte >= 'a' && *byte <= 'z')
			return false;
		upper = upper || (*byte >= 'A' && *byte <= 'Z');
	}
	return upper && strlen(name) > 1;
}

static bool stands_alone(struct afd_span template, size_t offset, const char *name)
{
	bool dashes = strchr(name, '-') != NULL;
	size_t end = offset + strlen(name);
	char before = offset > 0 ? template.data[offset - 1] : ' ';
	char after = end < template.size ? template.data[end] : ' ';
	bool in_tag = after == '>' && (before == '<' || before == '/');
	return !is_word(before) && !is_word(after) && !in_tag && !(dashes && (before == '-' || after == '-'));
}

/* "NAME": in JSON. */
static bool is_member_name(struct afd_span template, size_t offset, size_t size)
{
	struct afd_span rest = afd_span_from(template, offset + size);
	if (offset == 0 || template.data[offset - 1] != '"' || !afd_span_starts(rest, "\""))
		return false;
	return afd_span_starts(afd_span_trim(afd_span_from(rest, 1)), ":");
}

static bool bare(const struct afd_variables *declared, struct afd_span template, size_t offset,
				 enum afd_place place, struct afd_placeholder *found)
{
	struct afd_span rest = afd_span_from(template, offset);
	for (size_t i = 0; i < declared->count; i++) {
		const char *name = declared->rows[i].name;
		if (!afd_span_starts(rest, name) || !may_be_bare(name, place) ||
			!stands_alone(template, offset, name))
			continue;
		*found = (struct afd_placeholder){ &declared->rows[i], strlen(name) };
		return place != AFD_IN_BODY || !is_member_name(template, offset, found->size);
	}
	return false;
}

bool afd_placeholder_at(const struct afd_variables *declared, struct afd_span template, size_t offset,
						enum afd_place place, struct afd_placeholder *found)
{
	struct afd_span rest = afd_span_from(template, offset);
	switch (rest.size > 0 ? rest.data[0] : '\0') {
	case '{': return enclosed(declared, rest, "{{", "}}", found) || enclosed(declared, rest, "{", "}", found);
	case '$': return enclosed(declared, rest, "${", "}", found) || dollar(declared, rest, found);
	case '<': return angle(declared, template, offset, found);
	case ':': return place == AFD_IN_URL && segment(declared, template, offset, found);
	case '\0': return false;
	default: return bare(declared, template, offset, place, found);
	}
}
