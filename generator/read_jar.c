/* SPDX-License-Identifier: MIT
 * Cookies that one command leaves for others: curl -c FILE and -b FILE, PowerShell's -SessionVariable and
 * -WebSession. A jar is a variable that answers fill and requests send. */
#include "survey.h"

#include <string.h>

enum { JARS_MAX = 256, NAME_SIZE_MAX = 40 };

static bool is_name_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_';
}

/* "cookies.txt" and "$session" as the name of a variable. */
static const char *jar_name(struct afd_reader *reader, struct afd_span text)
{
	while (text.size && text.data[0] == '$')
		text = afd_span_from(text, 1);
	const char *scope = text.size ? memchr(text.data, ':', text.size) : NULL; /* $global:session */
	if (scope)
		text = afd_span_from(text, (size_t)(scope - text.data) + 1);
	char *name = afd_arena_copy(reader->arena, afd_span_first(text, NAME_SIZE_MAX));
	for (char *at = name; *at; at++)
		*at = is_name_byte(*at) ? *at : '_';
	return name[0] >= '0' && name[0] <= '9' ? afd_arena_printf(reader->arena, "_%s", name) : name;
}

static bool is_jar(const struct afd_reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->survey->jars.count; i++)
		if (strcmp(reader->survey->jars.rows[i], name) == 0)
			return true;
	return false;
}

void afd_jar_keep(struct afd_reader *reader, struct afd_span text, struct afd_found *found,
				  struct afd_span where)
{
	struct afd_survey *survey = reader->survey;
	const char *name = jar_name(reader, text);
	if (!name[0] || (survey->jars.count >= JARS_MAX && !is_jar(reader, name)))
		return;
	if (!is_jar(reader, name)) {
		const char **row =
			afd_arena_push(reader->arena, &survey->jars.rows, &survey->jars.count, sizeof *row);
		*row = name;
	}
	struct afd_capture *to =
		afd_arena_push(reader->arena, &found->captures.rows, &found->captures.count, sizeof *to);
	*to = (struct afd_capture){ where, afd_span_of(name), NULL };
}

bool afd_jar_use(struct afd_reader *reader, struct afd_span text, struct afd_found *found,
				 struct afd_span where)
{
	const char *name = jar_name(reader, text);
	if (!is_jar(reader, name))
		return false;
	const char *value = afd_arena_printf(reader->arena, "{%s}", name);
	afd_read_add_header(reader, &found->headers, where, AFD_SPAN("Cookie"), afd_span_of(value));
	return true;
}
