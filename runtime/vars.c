/* SPDX-License-Identifier: MIT */
#include "vars.h"

#include "base/environment.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_MAX = 64 * 1024, REQUEST_MAX = 64 * 1024 * 1024 };

struct value {
	const char *text; /* NULL: none */
	enum afd_origin origin;
};

void afd_vars_init(struct afd_vars *vars, const struct afd_variables *declared)
{
	*vars = (struct afd_vars){ .declared = declared };
}

void afd_vars_free(struct afd_vars *vars)
{
	for (size_t i = 0; i < vars->count; i++) {
		free(vars->rows[i].name);
		free(vars->rows[i].value);
	}
	free(vars->rows);
	afd_vars_init(vars, vars->declared);
}

static struct afd_var *held(const struct afd_vars *vars, struct afd_span name, enum afd_origin origin)
{
	for (size_t i = 0; i < vars->count; i++)
		if (vars->rows[i].origin == origin && afd_span_is(name, vars->rows[i].name))
			return &vars->rows[i];
	return NULL;
}

static char *copy(struct afd_span span)
{
	char *string = malloc(span.size + 1);
	if (!string)
		return NULL;
	if (span.size)
		memcpy(string, span.data, span.size);
	string[span.size] = '\0';
	return string;
}

static bool has_room(struct afd_vars *vars)
{
	if (vars->count < vars->capacity)
		return true;
	size_t capacity = vars->capacity ? 2 * vars->capacity : 8;
	struct afd_var *rows = reallocarray(vars->rows, capacity, sizeof *rows);
	if (!rows)
		return false;
	vars->rows = rows;
	vars->capacity = capacity;
	return true;
}

static bool append(struct afd_vars *vars, struct afd_span name, char *value, enum afd_origin origin)
{
	char *owned = has_room(vars) ? copy(name) : NULL;
	if (!owned)
		return false;
	vars->rows[vars->count++] = (struct afd_var){ owned, value, origin, NULL };
	return true;
}

static int hold(struct afd_vars *vars, struct afd_span name, struct afd_span value, enum afd_origin origin,
				struct afd_error *err)
{
	char *owned = copy(value);
	struct afd_var *row = held(vars, name, origin);
	if (owned && row) {
		free(row->value);
		row->value = owned;
		row->doubted_by = NULL;
		return 0;
	}
	if (owned && append(vars, name, owned, origin))
		return 0;
	free(owned);
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
}

static const struct afd_variable *declaration(const struct afd_vars *vars, struct afd_span name)
{
	for (size_t i = 0; i < vars->declared->count; i++)
		if (afd_span_is(name, vars->declared->rows[i].name))
			return &vars->declared->rows[i];
	return NULL;
}

static int unknown_name(const struct afd_vars *vars, struct afd_span name, struct afd_error *err)
{
	struct afd_text names;
	afd_text_init(&names, 512);
	for (size_t i = 0; i < vars->declared->count; i++)
		if (!vars->declared->rows[i].secret)
			(void)afd_text_printf(&names, "%s%s", names.size ? ", " : "", vars->declared->rows[i].name);
	int rc = afd_fail(err, AFD_EXIT_USAGE, "--var: the spec has no variable '%.*s'; its variables: %s",
					  (int)(name.size < 64 ? name.size : 64), name.data, names.size ? names.data : "none");
	afd_text_free(&names);
	return rc;
}

static int refuse_secret(const char *name, struct afd_error *err)
{
	char variable[256];
	if (!afd_environment_name("AFFIDAVIT_SECRET_", name, variable, sizeof variable))
		variable[0] = '\0';
	return afd_fail(err, AFD_EXIT_USAGE,
					"--var: '%s' is a secret: set %s in the environment or in --env-file", name, variable);
}

int afd_vars_option(struct afd_vars *vars, const char *assignment, struct afd_error *err)
{
	struct afd_span whole = afd_span_of(assignment);
	size_t equals = afd_span_find(whole, "=", 0);
	if (equals == 0 || equals >= whole.size)
		return afd_fail(err, AFD_EXIT_USAGE, "--var: expected NAME=VALUE");
	struct afd_span name = afd_span_first(whole, equals);
	const struct afd_variable *variable = declaration(vars, name);
	if (!variable)
		return unknown_name(vars, name, err);
	if (variable->secret)
		return refuse_secret(variable->name, err);
	return hold(vars, name, afd_span_from(whole, equals + 1), AFD_FROM_OPTION, err);
}

int afd_vars_keep(struct afd_vars *vars, const char *name, struct afd_span value, struct afd_error *err)
{
	if (value.size > VALUE_MAX || (value.size > 0 && memchr(value.data, '\0', value.size)))
		return afd_fail(err, AFD_EXIT_REFUSED,
						"the answer's value for '%s' has a NUL byte or is over %d bytes", name, VALUE_MAX);
	return hold(vars, afd_span_of(name), value, AFD_FROM_ANSWER, err);
}

void afd_vars_doubt(struct afd_vars *vars, const char *name, const char *id)
{
	struct afd_var *row = held(vars, afd_span_of(name), AFD_FROM_ANSWER);
	if (row)
		row->doubted_by = id;
}

const char *afd_vars_doubted_by(const struct afd_vars *vars, const char *name)
{
	const struct afd_var *row = held(vars, afd_span_of(name), AFD_FROM_ANSWER);
	return row ? row->doubted_by : NULL;
}

static const char *binding(const struct afd_case *it, const char *name)
{
	for (size_t i = 0; it && i < it->bindings.count; i++)
		if (strcmp(it->bindings.rows[i].name, name) == 0)
			return it->bindings.rows[i].value;
	return NULL;
}

static bool is_filled(const char *value)
{
	return value && value[0] != '\0';
}

static struct value find_value(const struct afd_vars *vars, const struct afd_case *it,
							   const struct afd_variable *variable)
{
	struct afd_span name = afd_span_of(variable->name);
	const char *bound = binding(it, variable->name);
	if (bound)
		return (struct value){ bound, AFD_FROM_CASE };
	const struct afd_var *kept = held(vars, name, AFD_FROM_ANSWER);
	if (kept && is_filled(kept->value) && (!kept->doubted_by || vars->doubtful))
		return (struct value){ kept->value, AFD_FROM_ANSWER };
	if (variable->secret)
		return (struct value){ NULL, AFD_FROM_SPEC };
	const struct afd_var *row = held(vars, name, AFD_FROM_OPTION);
	if (row)
		return (struct value){ row->value, AFD_FROM_OPTION };
	const char *value = afd_environment_value("AFFIDAVIT_VAR_", variable->name);
	if (is_filled(value))
		return (struct value){ value, AFD_FROM_ENVIRONMENT };
	return (struct value){ kept ? NULL : variable->value, AFD_FROM_SPEC };
}

const char *afd_vars_value(const struct afd_vars *vars, const struct afd_case *it,
						   const struct afd_variable *variable)
{
	return find_value(vars, it, variable).text;
}

static bool is_spec_value(struct value value)
{
	return value.origin == AFD_FROM_CASE || value.origin == AFD_FROM_SPEC;
}

static bool has_controls(const char *value)
{
	for (const char *byte = value; *byte; byte++)
		if ((unsigned char)*byte < 0x20 || *byte == 0x7f)
			return true;
	return false;
}

static void add_encoded(struct afd_text *text, const char *value)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	for (const char *byte = value; *byte; byte++)
		if (strchr(unreserved, *byte))
			(void)afd_text_putc(text, *byte);
		else
			(void)afd_text_printf(text, "%%%02X", (unsigned)(unsigned char)*byte);
}

static int add_to_url(struct afd_text *text, const struct afd_variable *variable, struct value value,
					  struct afd_error *err)
{
	if (has_controls(value.text))
		return afd_fail(err, AFD_EXIT_REFUSED, "the value of '%s' has a control byte: not put into a URL",
						variable->name);
	if (is_spec_value(value))
		(void)afd_text_puts(text, value.text);
	else if (strcmp(value.text, ".") == 0 || strcmp(value.text, "..") == 0)
		return afd_fail(err, AFD_EXIT_REFUSED, "the value of '%s' is a path step: not put into a URL",
						variable->name);
	else
		add_encoded(text, value.text);
	return 0;
}

static void add_escaped(struct afd_text *text, const char *value)
{
	for (const char *byte = value; *byte; byte++) {
		if ((unsigned char)*byte < 0x20) {
			(void)afd_text_printf(text, "\\u%04x", (unsigned)(unsigned char)*byte);
			continue;
		}
		if (*byte == '"' || *byte == '\\')
			(void)afd_text_putc(text, '\\');
		(void)afd_text_putc(text, *byte);
	}
}

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

static bool is_json_number(const char *text)
{
	text += *text == '-';
	size_t whole = digits(text);
	if (whole == 0 || (whole > 1 && *text == '0'))
		return false;
	text += whole;
	if (*text == '.') {
		size_t fraction = digits(text + 1);
		if (fraction == 0)
			return false;
		text += fraction + 1;
	}
	if (*text == 'e' || *text == 'E') {
		text += text[1] == '+' || text[1] == '-' ? 2 : 1;
		return digits(text) > 0 && text[digits(text)] == '\0';
	}
	return *text == '\0';
}

static bool is_json_literal(const char *text)
{
	return is_json_number(text) || strcmp(text, "true") == 0 || strcmp(text, "false") == 0 ||
		   strcmp(text, "null") == 0;
}

/* Where the scan of a template stands. */
struct scan {
	const struct afd_vars *vars;
	const struct afd_case *it;
	enum afd_place place;
	bool json, string; /* a JSON body; inside one of its strings */
};

static void add_to_body(struct afd_text *text, const struct scan *scan, struct value value)
{
	if (scan->string) {
		add_escaped(text, value.text);
	} else if (!scan->json || is_spec_value(value) || is_json_literal(value.text)) {
		(void)afd_text_puts(text, value.text);
	} else {
		(void)afd_text_putc(text, '"');
		add_escaped(text, value.text);
		(void)afd_text_putc(text, '"');
	}
}

static int add_value(const struct scan *scan, const struct afd_variable *variable, struct value value,
					 struct afd_text *text, struct afd_error *err)
{
	if (scan->place == AFD_IN_URL)
		return add_to_url(text, variable, value, err);
	add_to_body(text, scan, value);
	return 0;
}

static void add_both(struct afd_substitution *out, struct afd_span bytes)
{
	(void)afd_text_add(&out->text, bytes);
	(void)afd_text_add(&out->shown, bytes);
}

static int replace(const struct scan *scan, struct afd_span written, const struct afd_variable *variable,
				   struct afd_substitution *out, struct afd_error *err)
{
	struct value value = find_value(scan->vars, scan->it, variable);
	if (!value.text) {
		if (!out->missing)
			out->missing = variable->name;
		add_both(out, written);
		return 0;
	}
	int rc = add_value(scan, variable, value, &out->text, err);
	if (rc != 0)
		return rc;
	if (is_spec_value(value))
		return add_value(scan, variable, value, &out->shown, err);
	out->all_from_spec = false;
	(void)afd_text_printf(&out->shown, "{%s}", variable->name);
	return 0;
}

/* Takes one byte, or a backslash in a string with the byte that it escapes. */
static size_t step(struct scan *scan, struct afd_span rest)
{
	if (!scan->json)
		return 1;
	if (scan->string && rest.data[0] == '\\' && rest.size > 1)
		return 2;
	if (rest.data[0] == '"')
		scan->string = !scan->string;
	return 1;
}

static bool looks_like_json(struct afd_span template)
{
	struct afd_span trimmed = afd_span_trim(template);
	return trimmed.size > 0 && strchr("{[\"", trimmed.data[0]) != NULL && trimmed.data[0] != '\0';
}

int afd_vars_substitute(const struct afd_vars *vars, const struct afd_case *it, struct afd_span template,
						enum afd_place place, struct afd_substitution *out, struct afd_error *err)
{
	struct scan scan = { vars, it, place, place == AFD_IN_BODY && looks_like_json(template), false };
	*out = (struct afd_substitution){ .all_from_spec = true };
	afd_text_init(&out->text, REQUEST_MAX);
	afd_text_init(&out->shown, REQUEST_MAX);
	size_t copied = 0;
	for (size_t at = 0; at < template.size;) {
		struct afd_placeholder found;
		if (!afd_placeholder_at(vars->declared, template, at, place, &found)) {
			at += step(&scan, afd_span_from(template, at));
			continue;
		}
		add_both(out, afd_span_first(afd_span_from(template, copied), at - copied));
		struct afd_span written = afd_span_first(afd_span_from(template, at), found.size);
		int rc = replace(&scan, written, found.variable, out, err);
		if (rc != 0)
			return rc;
		at += found.size;
		copied = at;
	}
	if (copied < template.size)
		add_both(out, afd_span_from(template, copied));
	if (out->text.failed || out->shown.failed)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the request is larger than %d bytes, or memory is out",
						REQUEST_MAX);
	return 0;
}

void afd_substitution_free(struct afd_substitution *substitution)
{
	afd_text_free(&substitution->text);
	afd_text_free(&substitution->shown);
}
