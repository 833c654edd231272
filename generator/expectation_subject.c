/* SPDX-License-Identifier: MIT
 * What a condition looks at, and what is taken of it. */
#include "expectation.h"

#include <string.h>

static struct afd_span span_to(struct afd_span from, struct afd_span to)
{
	from.size = (size_t)(to.data + to.size - from.data);
	return from;
}

void afd_expect_add_step(struct afd_expect_lexer *lexer, struct afd_condition_steps *steps,
						 const char *measure, const char *with, struct afd_span where)
{
	/* a subject may be said again: its steps are its own */
	struct afd_condition_step *rows = afd_arena_array(lexer->arena, steps->count + 1, sizeof *rows);
	if (steps->count)
		memcpy(rows, steps->rows, steps->count * sizeof *rows);
	rows[steps->count++] = (struct afd_condition_step){ measure, with, where };
	steps->rows = rows;
}

struct afd_expect_token afd_expect_path(struct afd_expect_token path)
{
	path.name = path.value;
	path.name_at = path.text;
	path.value = "AFD_PATH";
	return path;
}

struct afd_expect_token afd_expect_named(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										 struct afd_expect_token name)
{
	bool field = strcmp(subject.value, "AFD_PATH") == 0;
	subject.name = field ? afd_arena_printf(lexer->arena, "$.%s", name.value) : name.value;
	subject.name_at = name.text;
	bool behind = name.text.data > subject.text.data;
	subject.text = behind ? span_to(subject.text, name.text) : span_to(name.text, subject.text);
	return subject;
}

struct afd_expect_token afd_expect_attribute(struct afd_expect_lexer *lexer, struct afd_expect_token word,
											 struct afd_expect_token attribute,
											 struct afd_expect_token cookie)
{
	cookie.name = afd_arena_printf(lexer->arena, "%s; %s", cookie.name, attribute.value);
	cookie.text = span_to(word.text, cookie.text);
	return cookie;
}

struct afd_expect_token afd_expect_step(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										struct afd_expect_token measure, const struct afd_expect_token *with)
{
	afd_expect_add_step(lexer, &subject.steps, measure.value, with ? with->value : NULL,
						with ? with->text : measure.text);
	struct afd_span begin = measure.text.data < subject.text.data ? measure.text : subject.text;
	begin = with && with->text.data < begin.data ? with->text : begin;
	struct afd_span end = with && with->text.data > subject.text.data ? with->text : subject.text;
	subject.text = span_to(begin, end);
	return subject;
}
