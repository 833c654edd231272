/* SPDX-License-Identifier: MIT
 * Variables of shell scripts. One that is given a second value goes on under a name of its own, so that each
 * command has the value that it would have had; a value of several words stands where it is used. */
#include "powershell.h"
#include "shell.h"
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { BINDINGS_MAX = 256, VALUE_MAX = 1 << 16 };

static struct afd_binding *find(const struct afd_survey *survey, struct afd_span name)
{
	for (size_t i = 0; i < survey->bindings.count; i++)
		if (afd_span_equal(survey->bindings.rows[i].name, name))
			return &survey->bindings.rows[i];
	return NULL;
}

static struct afd_binding *add(struct afd_walk *walk, struct afd_span name)
{
	struct afd_survey *survey = walk->reader->survey;
	if (survey->bindings.count == BINDINGS_MAX)
		return NULL;
	struct afd_binding *binding =
		afd_arena_push(walk->reader->arena, &survey->bindings.rows, &survey->bindings.count, sizeof *binding);
	*binding = (struct afd_binding){ .name = name, .current = name };
	return binding;
}

static bool is_full(const struct afd_walk *walk)
{
	return walk->reader->model->variables.count >= AFD_VARIABLES_MAX;
}

/* NAME_2, NAME_3: the first that is free. */
static struct afd_span alias_of(const struct afd_walk *walk, struct afd_binding *binding)
{
	struct afd_span name = binding->name;
	for (unsigned i = ++binding->number + 1; !is_full(walk); i++) {
		const char *alias = afd_arena_printf(walk->reader->arena, "%.*s_%u", (int)name.size, name.data, i);
		if (!afd_read_variable(walk->reader->model, afd_span_of(alias)))
			return afd_span_of(alias);
	}
	return afd_span_of(afd_arena_printf(walk->reader->arena, "%.*s_more", (int)name.size, name.data));
}

/* Alternatives of a host are no values one after the other: the first stands. */
static bool is_address(struct afd_span name, struct afd_span value)
{
	static const char *const words[] = { "base",   "host",   "api",  "server",
										 "domain", "origin", "root", "endpoint" };
	char buffer[128];
	struct afd_span folded = afd_word_fold(name, buffer);
	bool address = false;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		address = address || afd_span_find(folded, words[i], 0) != SIZE_MAX;
	return address && (afd_span_find(afd_span_first(value, 10), "://", 0) != SIZE_MAX ||
					   afd_span_starts(value, "localhost") || afd_span_starts(value, "127."));
}

/* One word that a URL, too, may hold. */
static bool is_plain(struct afd_span value)
{
	for (size_t i = 0; i < value.size; i++)
		if ((unsigned char)value.data[i] <= ' ' || strchr("$`{\"'", value.data[i]))
			return false;
	return value.size > 0;
}

void afd_script_assign(struct afd_walk *walk, struct afd_span name, struct afd_span value, bool known)
{
	struct afd_binding *binding = find(walk->reader->survey, name);
	bool secret = afd_is_secret(name);
	if (value.size > VALUE_MAX || afd_stands_in(value) || (secret && !binding))
		return;
	known = known && !secret && (!binding || !is_full(walk));
	if (known && is_address(name, value)) {
		afd_walk_declare(walk, name, name, value);
		return;
	}
	bool same = binding && !binding->kept && binding->known == known && afd_span_equal(binding->value, value);
	bool first = !binding;
	if (same || (first && !(binding = add(walk, name))))
		return;
	if (!first)
		binding->current = alias_of(walk, binding);
	binding->known = known;
	binding->kept = false;
	binding->value = value;
	binding->direct = known && !is_plain(value);
	if (known && !binding->direct)
		afd_walk_declare(walk, name, binding->current, value);
	else if (!known && !first && !secret) /* in a header it is one more secret */
		afd_read_declare(walk->reader, binding->current, name);
}

struct afd_span afd_script_keep(struct afd_walk *walk, struct afd_span name)
{
	struct afd_binding *binding = find(walk->reader->survey, name);
	bool first = !binding;
	if (first && !(binding = add(walk, name)))
		return name;
	if (!first && !binding->kept)
		binding->current = alias_of(walk, binding);
	if (!first && !binding->kept)
		afd_read_declare(walk->reader, binding->current, name);
	binding->kept = true;
	binding->direct = binding->known = false;
	return binding->current;
}

/* What stands in many places is bounded by what the document may repeat; over that it is refused. */
static void put_value(struct afd_reader *reader, struct afd_span where, struct afd_span value,
					  struct afd_text *out)
{
	if (afd_read_spend(reader, where, value.size))
		afd_text_add(out, value);
}

/* curl in a script of PowerShell. */
static bool expand_powershell(struct afd_reader *reader, struct afd_span name, struct afd_text *out)
{
	const struct afd_powershell *variables = reader->survey->powershell;
	const struct afd_power_value *value = afd_power_variable(variables, name);
	bool direct = value && value->kind == AFD_VALUE_TEXT && !value->opaque && !is_plain(value->text) &&
				  afd_span_find(value->text, "$(", 0) == SIZE_MAX;
	if (direct)
		put_value(reader, variables->rows[0].name, value->text, out);
	return direct;
}

bool afd_script_expand(void *context, struct afd_span name, struct afd_text *out)
{
	struct afd_reader *reader = context;
	const struct afd_binding *binding = find(reader->survey, name);
	if (!binding)
		return expand_powershell(reader, name, out);
	if (binding->direct) {
		put_value(reader, binding->name, binding->value, out);
		return true;
	}
	if (afd_span_equal(binding->current, name))
		return false;
	afd_text_putc(out, '{');
	afd_text_add(out, binding->current);
	afd_text_putc(out, '}');
	return true;
}

struct afd_span afd_script_fill(struct afd_reader *reader, struct afd_span text)
{
	if (text.size == 0 || reader->survey->bindings.count == 0 || !memchr(text.data, '$', text.size))
		return text;
	struct afd_text out;
	afd_text_init(&out, (size_t)1 << 30);
	while (text.size > 0) {
		struct afd_span name;
		size_t size = afd_shell_variable(text, &name);
		if (size == 0 || !afd_script_expand(reader, name, &out)) {
			size = 1;
			afd_text_putc(&out, text.data[0]);
		}
		text = afd_span_from(text, size);
	}
	struct afd_span filled = { afd_arena_copy(reader->arena, afd_text_span(&out)), out.size };
	afd_text_free(&out);
	return filled;
}
