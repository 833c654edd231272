/* SPDX-License-Identifier: MIT */
#include "landing_variable.h"

#include <string.h>

enum { VALUE_LIMIT = 1 << 20 };

/* What is collected for one case. */
struct collecting {
	const struct afd_case *it;
	const struct afd_vars *vars;
	const struct afd_masker *masker;
	struct afd_arena *arena;
	struct afd_landing_variable *rows;
	size_t count;
};

static void write_member(struct afd_text *text, const char *name, struct afd_span value)
{
	struct afd_json_error error;
	struct afd_json json;
	afd_text_puts(text, "{\"");
	for (; *name; name++)
		afd_text_putc(text, *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name);
	afd_text_puts(text, "\":");
	bool scalar = afd_json_parse(value, &json, &error);
	bool number = scalar && json.nodes[0].type == AFD_JSON_NUMBER;
	if (scalar)
		afd_json_free(&json);
	if (number)
		afd_text_add(text, value);
	else if (!afd_json_encode(value, text))
		text->failed = true;
	afd_text_putc(text, '}');
}

static int mask_value(struct collecting *collecting, const char *name, struct afd_span value,
					  struct afd_masked *masked, struct afd_error *err)
{
	struct afd_text text;
	struct afd_json json;
	struct afd_json_error error;
	afd_text_init(&text, VALUE_LIMIT);
	write_member(&text, name, value);
	bool fine = !text.failed && afd_json_parse(afd_text_span(&text), &json, &error);
	if (fine) {
		*masked = afd_mask_node(collecting->masker, &json, 1, collecting->arena);
		afd_json_free(&json);
	}
	afd_text_free(&text);
	return fine ? 0 : afd_fail(err, AFD_EXIT_NO_VERDICT, "the value of {%s} can't be masked", name);
}

static int show_value(struct collecting *collecting, struct afd_span value, struct afd_masked *masked,
					  struct afd_error *err)
{
	struct afd_text text;
	afd_text_init(&text, VALUE_LIMIT);
	bool fine = afd_json_encode(value, &text);
	if (fine)
		*masked = afd_public(afd_text_span(&text), collecting->arena);
	afd_text_free(&text);
	return fine ? 0 : afd_fail(err, AFD_EXIT_NO_VERDICT, "a value of the spec is over 1 MiB");
}

static bool is_there(const struct collecting *collecting, const char *name)
{
	for (size_t i = 0; i < collecting->count; i++)
		if (strcmp(collecting->rows[i].name, name) == 0)
			return true;
	return false;
}

/* `template` is {NAME}. */
static int add_variable(struct collecting *collecting, struct afd_span template, struct afd_error *err)
{
	const char *name =
		afd_arena_copy(collecting->arena, (struct afd_span){ template.data + 1, template.size - 2 });
	struct afd_substitution found;
	struct afd_masked masked = { NULL, 0 };
	if (is_there(collecting, name))
		return 0;
	int rc = afd_vars_substitute(collecting->vars, collecting->it, template, AFD_IN_HEADER, &found, err);
	struct afd_span value = afd_text_span(&found.text);
	bool declared = !afd_span_equal(value, template);
	bool known = rc == 0 && !found.missing && declared && value.size > 0;
	if (known && found.all_from_spec)
		rc = show_value(collecting, value, &masked, err);
	else if (known)
		rc = mask_value(collecting, name, value, &masked, err);
	afd_substitution_free(&found);
	if (rc != 0 || !known)
		return rc;
	struct afd_landing_variable *row =
		afd_arena_push(collecting->arena, &collecting->rows, &collecting->count, sizeof *row);
	*row = (struct afd_landing_variable){ name, masked };
	return 0;
}

static int add_landing(struct collecting *collecting, const struct afd_landing *landing,
					   struct afd_error *err)
{
	int rc = 0;
	for (size_t i = 0; i < landing->columns.count; i++) {
		struct afd_span rest = afd_span_of(landing->columns.rows[i].from);
		while (rest.size > 0 && rc == 0) {
			const char *newline = memchr(rest.data, '\n', rest.size);
			size_t size = newline ? (size_t)(newline - rest.data) : rest.size;
			struct afd_span source = afd_span_first(rest, size);
			if (size > 2 && source.data[0] == '{' && source.data[size - 1] == '}')
				rc = add_variable(collecting, source, err);
			rest = afd_span_from(rest, size + 1);
		}
	}
	return rc;
}

int afd_landing_variables(const struct afd_suite *suite, const struct afd_test *test,
						  const struct afd_case *it, const struct afd_vars *vars,
						  const struct afd_masker *masker, struct afd_arena *arena,
						  struct afd_landing_variables *variables, struct afd_error *err)
{
	struct collecting collecting = { it, vars, masker, arena, NULL, 0 };
	int rc = 0;
	for (size_t i = 0; i < test->lands_in.count; i++)
		for (size_t k = 0; k < suite->landings.count && rc == 0; k++)
			if (strcmp(suite->landings.rows[k].table, test->lands_in.rows[i].name) == 0)
				rc = add_landing(&collecting, &suite->landings.rows[k], err);
	*variables = (struct afd_landing_variables){ collecting.rows, collecting.count };
	return rc;
}
