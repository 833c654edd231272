/* SPDX-License-Identifier: MIT
 * Placeholders, examples and the cases that they make. */
#include "read.h"

#include <stdint.h>
#include <string.h>

enum { TAG_MAX = 4096 };

static bool is_name_byte(char byte, bool first)
{
	unsigned char u = (unsigned char)byte;
	return (u | 32) >= 'a' && (u | 32) <= 'z' ? true : u == '_' || (!first && ((u >= '0' && u <= '9') || u == '-'));
}

static size_t name_size(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && is_name_byte(text.data[size], size == 0))
		size++;
	return size;
}

struct placeholder_form {
	const char *open, *close;
};

static const struct placeholder_form forms[] = { { "{{", "}}" }, { "${", "}" }, { "{", "}" }, { "<", ">" }, { "$", "" } };

/* A placeholder that begins at `at`; its size, or 0. */
static size_t placeholder_at(struct afd_span text, size_t at, struct afd_span *name)
{
	struct afd_span here = afd_span_from(text, at);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		if (!afd_span_starts(here, forms[i].open))
			continue;
		size_t open = strlen(forms[i].open);
		struct afd_span inside = afd_span_from(here, open);
		while (inside.size && forms[i].close[0] && inside.data[0] == ' ')
			inside = afd_span_from(inside, 1);
		*name = afd_span_first(inside, name_size(inside));
		struct afd_span after = afd_span_from(inside, name->size);
		while (after.size && forms[i].close[0] && after.data[0] == ' ')
			after = afd_span_from(after, 1);
		if (name->size && afd_span_starts(after, forms[i].close))
			return (size_t)(after.data - here.data) + strlen(forms[i].close);
	}
	return 0;
}

/* "<b>" is a tag where "</b>" follows. */
static bool is_tag(struct afd_span rest, struct afd_span name)
{
	if (rest.data[0] != '<')
		return false;
	for (size_t at = 0; (at = afd_span_find(rest, "</", at)) != SIZE_MAX; at++) {
		struct afd_span end = afd_span_from(rest, at + 2);
		if (afd_span_equal(afd_span_first(end, name.size), name) &&
			afd_span_starts(afd_span_from(end, name.size), ">"))
			return true;
	}
	return false;
}

size_t afd_read_placeholder(struct afd_span text, size_t from, struct afd_span *name, struct afd_span *whole)
{
	for (size_t at = from; at < text.size; at++) {
		if (!strchr("{$<", text.data[at]) || text.data[at] == '\0')
			continue;
		size_t size = placeholder_at(text, at, name);
		if (size == 0 || is_tag(afd_span_first(afd_span_from(text, at), TAG_MAX), *name))
			continue;
		*whole = (struct afd_span){ text.data + at, size };
		return at + size;
	}
	return SIZE_MAX;
}

const struct afd_model_variable *afd_read_variable(const struct afd_model *model, struct afd_span name)
{
	for (size_t i = 0; i < model->variables.count; i++)
		if (afd_span_is(name, model->variables.rows[i].name))
			return &model->variables.rows[i];
	return NULL;
}

static bool same_path_segment(char byte)
{
	return byte != '/' && byte != '?' && byte != '#' && byte != '&';
}

/* Binds the placeholders of `url` to what stands in their place in `example`. False where the two differ elsewhere. */
static bool bind_example(struct afd_reader *reader, struct afd_model_case *it, struct afd_span url, struct afd_span example)
{
	size_t at = 0;
	size_t from = 0;
	struct afd_span name;
	struct afd_span whole;
	for (size_t next; (next = afd_read_placeholder(url, from, &name, &whole)) != SIZE_MAX; from = next) {
		struct afd_span literal = { url.data + from, (size_t)(whole.data - url.data) - from };
		if (!afd_span_equal(afd_span_first(afd_span_from(example, at), literal.size), literal))
			return false;
		at += literal.size;
		size_t size = 0;
		while (at + size < example.size && same_path_segment(example.data[at + size]))
			size++;
		struct afd_model_binding *binding =
			afd_arena_push(reader->arena, &it->bindings.rows, &it->bindings.count, sizeof *binding);
		binding->name = afd_arena_copy(reader->arena, name);
		binding->value = afd_arena_copy(reader->arena, afd_span_first(afd_span_from(example, at), size));
		at += size;
	}
	return afd_span_equal(afd_span_from(url, from), afd_span_from(example, at));
}

void afd_read_example(struct afd_reader *reader, struct afd_model_test *test, struct afd_span item)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span code = afd_read_value(item);
	if (!afd_read_request_line(code, &method, &url)) {
		afd_diag_add(reader->diag, AFD_WARNING, "example", code, "this example is no 'METHOD URL' and makes no case");
		return;
	}
	struct afd_model_case *it = afd_arena_push(reader->arena, &test->cases.rows, &test->cases.count, sizeof *it);
	it->line = it->example_line = afd_read_line(reader, item);
	it->url = it->case_url = afd_arena_copy(reader->arena, url);
	struct afd_diagnostic *row = NULL;
	if (!afd_span_is(method, test->method))
		row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "example", method,
						   "the example's method differs from the request's, %s", test->method);
	else if (!bind_example(reader, it, afd_span_of(test->url), url))
		row = afd_diag_add(reader->diag, AFD_WARNING, "example", url,
						   "the example is no filled-in form of the request's URL; it is sent as it is written");
	afd_diag_peer(row, reader->diag, test->where, "the request is here");
}

static void use_variable(struct afd_reader *reader, struct afd_model_test *test, struct afd_span name)
{
	for (size_t i = 0; i < test->variables.count; i++)
		if (afd_span_is(name, test->variables.rows[i]))
			return;
	const char **row = afd_arena_push(reader->arena, &test->variables.rows, &test->variables.count, sizeof *row);
	*row = afd_arena_copy(reader->arena, name);
	if (afd_read_variable(reader->model, name))
		return;
	struct afd_model_variable *variable = afd_arena_push(reader->arena, &reader->model->variables.rows,
														 &reader->model->variables.count, sizeof *variable);
	*variable = (struct afd_model_variable){ .name = *row };
}

/* In a body and in expected values only names that the spec declares are variables: JSON has braces of its own. */
static void find_variables(struct afd_reader *reader, struct afd_model_test *test)
{
	struct afd_span name;
	struct afd_span whole;
	struct afd_span url = afd_span_of(test->url);
	for (size_t at = 0; (at = afd_read_placeholder(url, at, &name, &whole)) != SIZE_MAX;)
		use_variable(reader, test, name);
	for (size_t at = 0; (at = afd_read_placeholder(test->body.bytes, at, &name, &whole)) != SIZE_MAX;)
		if (afd_read_variable(reader->model, name))
			use_variable(reader, test, name);
	for (size_t i = 0; i < test->terms.count; i++) {
		const struct afd_model_term *term = &test->terms.rows[i];
		bool example = strstr(term->predicate, "LIKE") != NULL;
		struct afd_span value = afd_span_of(term->value);
		for (size_t at = 0; !example && (at = afd_read_placeholder(value, at, &name, &whole)) != SIZE_MAX;)
			if (afd_read_variable(reader->model, name))
				use_variable(reader, test, name);
	}
}

static const char *binding_of(const struct afd_model_case *it, struct afd_span name)
{
	for (size_t i = 0; i < it->bindings.count; i++)
		if (afd_span_is(name, it->bindings.rows[i].name))
			return it->bindings.rows[i].value;
	return NULL;
}

static const char *value_of(const struct afd_reader *reader, const struct afd_model_case *it, struct afd_span name)
{
	const char *bound = binding_of(it, name);
	const struct afd_model_variable *variable = afd_read_variable(reader->model, name);
	return bound ? bound : variable ? variable->value : NULL;
}

/* The URL by the spec's own values; notes the first name that has none. */
static void fill_in(struct afd_reader *reader, struct afd_model_test *test, struct afd_model_case *it)
{
	struct afd_span url = afd_span_of(test->url);
	struct afd_text text;
	afd_text_init(&text, 1 << 20);
	struct afd_span name;
	struct afd_span whole;
	size_t from = 0;
	for (size_t next; (next = afd_read_placeholder(url, from, &name, &whole)) != SIZE_MAX; from = next) {
		const char *value = value_of(reader, it, name);
		if (!value && !it->missing)
			it->missing = afd_arena_copy(reader->arena, name);
		afd_text_add(&text, (struct afd_span){ url.data + from, (size_t)(whole.data - url.data) - from });
		afd_text_puts(&text, value ? value : "");
	}
	afd_text_add(&text, afd_span_from(url, from));
	if (!it->missing && !it->case_url)
		it->case_url = afd_arena_copy(reader->arena, afd_text_span(&text));
	afd_text_free(&text);
}

static void check_values(struct afd_reader *reader, struct afd_model_test *test, struct afd_model_case *it)
{
	for (size_t i = 0; i < test->variables.count && !it->missing; i++)
		if (!value_of(reader, it, afd_span_of(test->variables.rows[i])))
			it->missing = test->variables.rows[i];
	if (!it->missing)
		return;
	it->case_url = NULL;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "variable", test->where,
											  "no value for '%s': case %s is blocked", it->missing, it->id);
	afd_diag_hint(reader->diag, row, "give it by --var %s=..., or list it in the spec", it->missing);
}

static bool is_kept(const struct afd_model *model, const char *name)
{
	for (size_t i = 0; i < model->tests.count; i++)
		for (size_t k = 0; k < model->tests.rows[i].keeps.count; k++)
			if (strcmp(model->tests.rows[i].keeps.rows[k].name, name) == 0)
				return true;
	return false;
}

void afd_read_cases(struct afd_reader *reader, struct afd_model_test *test)
{
	find_variables(reader, test);
	if (test->cases.count == 0) {
		struct afd_model_case *only =
			afd_arena_push(reader->arena, &test->cases.rows, &test->cases.count, sizeof *only);
		only->line = test->line;
	}
	for (size_t i = 0; i < test->cases.count; i++) {
		struct afd_model_case *it = &test->cases.rows[i];
		it->id = test->cases.count == 1 ? test->id : afd_arena_printf(reader->arena, "%s#%zu", test->id, i + 1);
		if (!it->url)
			fill_in(reader, test, it);
		if (it->missing && is_kept(reader->model, it->missing))
			it->missing = NULL;
		else
			check_values(reader, test, it);
	}
}
