/* SPDX-License-Identifier: MIT
 * Which secrets the selected cases need: the declared ones whose placeholders stand in their headers. One
 * that an answer gives may be missing. */
#include "suite.h"

#include <string.h>

static bool names_it(const struct afd_run *run, const struct afd_header *header,
					 const struct afd_variable *variable)
{
	struct afd_span value = afd_span_of(header->value);
	struct afd_placeholder found;
	for (size_t at = 0; at < value.size; at++)
		if (afd_placeholder_at(&run->suite->variables, value, at, AFD_IN_HEADER, &found) &&
			found.variable == variable)
			return true;
	return false;
}

static bool is_used(const struct afd_run *run, const struct afd_variable *variable)
{
	for (size_t i = 0; i < run->count; i++) {
		const struct afd_headers *headers = &run->selected[i].test->request.headers;
		for (size_t h = 0; h < headers->count; h++)
			if (names_it(run, &headers->rows[h], variable))
				return true;
	}
	return false;
}

struct afd_words afd_secrets_used(struct afd_run *run, size_t *required)
{
	const struct afd_variables *variables = &run->suite->variables;
	const char **names = NULL;
	size_t count = 0;
	for (int kept = 0; kept < 2; kept++) {
		*required = kept ? *required : 0;
		for (size_t i = 0; i < variables->count; i++) {
			const struct afd_variable *row = &variables->rows[i];
			if (!row->secret || (afd_keeper_of(run->suite, row->name) != NULL) != (kept == 1) ||
				!is_used(run, row))
				continue;
			const char **slot = afd_arena_push(&run->arena, &names, &count, sizeof *names);
			*slot = row->name;
			*required += !kept;
		}
	}
	return (struct afd_words){ names, count };
}
