/* SPDX-License-Identifier: MIT
 * Placeholders, examples and the cases that they make. */
#include "read.h"

#include <stdint.h>
#include <string.h>

enum { TAG_MAX = 4096, PLACEHOLDERS_MAX = 64, SUBSTITUTION_MAX = 200 };

static bool is_name_byte(char byte, bool first)
{
	unsigned char u = (unsigned char)byte;
	return (u | 32) >= 'a' && (u | 32) <= 'z' ? true
											  : u == '_' || (!first && ((u >= '0' && u <= '9') || u == '-'));
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

static const struct placeholder_form forms[] = {
	{ "{{", "}}" }, { "${", "}" }, { "{", "}" }, { "<", ">" }, { "$", "" }
};

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

/* What a command would print holds no placeholder. */
static size_t substitution_end(struct afd_span text, size_t at)
{
	struct afd_span near = afd_span_first(afd_span_from(text, at), SUBSTITUTION_MAX);
	size_t close = afd_span_find(near, ")", 0);
	return close == SIZE_MAX ? at + 1 : at + close;
}

size_t afd_read_placeholder(struct afd_span text, size_t from, struct afd_span *name, struct afd_span *whole)
{
	for (size_t at = from; at < text.size; at++) {
		if (!strchr("{$<", text.data[at]) || text.data[at] == '\0')
			continue;
		if (afd_span_starts(afd_span_from(text, at), "$(")) {
			at = substitution_end(text, at);
			continue;
		}
		size_t size = placeholder_at(text, at, name);
		if (size == 0 || is_tag(afd_span_first(afd_span_from(text, at), TAG_MAX), *name))
			continue;
		*whole = (struct afd_span){ text.data + at, size };
		return at + size;
	}
	return SIZE_MAX;
}

struct afd_model_variable *afd_read_variable(const struct afd_model *model, struct afd_span name)
{
	size_t number = afd_index_find_span(&model->variable_names, name);
	return number == SIZE_MAX ? NULL : &model->variables.rows[number];
}

struct afd_model_variable *afd_read_declare(struct afd_reader *reader, struct afd_span name,
											struct afd_span where)
{
	struct afd_model_variable *variable = afd_read_variable(reader->model, name);
	if (variable)
		return variable;
	variable = afd_read_add_variable(reader->model, name);
	variable->line = afd_read_line(reader, where);
	return variable;
}

struct afd_model_variable *afd_read_add_variable(struct afd_model *model, struct afd_span name)
{
	struct afd_model_variable *variable =
		afd_arena_push(model->arena, &model->variables.rows, &model->variables.count, sizeof *variable);
	variable->name = afd_arena_copy(model->arena, name);
	afd_index_put(&model->variable_names, model->arena, variable->name, model->variables.count - 1);
	return variable;
}

/* One placeholder more than a URL may have tells that it has too many. */
static void split_url(struct afd_reader *reader, const char *string)
{
	struct afd_span url = afd_span_of(string);
	struct afd_url *to = &reader->url;
	struct afd_span name, whole;
	size_t from = 0;
	*to = (struct afd_url){ .string = string };
	for (size_t next; to->pieces.count <= PLACEHOLDERS_MAX &&
					  (next = afd_read_placeholder(url, from, &name, &whole)) != SIZE_MAX;
		 from = next) {
		struct afd_url_piece *piece =
			afd_arena_push(reader->arena, &to->pieces.rows, &to->pieces.count, sizeof *piece);
		piece->before = (struct afd_span){ url.data + from, (size_t)(whole.data - url.data) - from };
		piece->name = afd_arena_copy(reader->arena, name);
	}
	to->rest = afd_span_from(url, from);
}

/* The URL of the test in pieces, made once for all of its examples. */
static const struct afd_url *url_of(struct afd_reader *reader, const struct afd_model_test *test)
{
	const char *url = test->sent ? test->sent : test->url;
	if (reader->url.string != url)
		split_url(reader, url);
	return &reader->url;
}

static bool same_path_segment(char byte)
{
	return byte != '/' && byte != '?' && byte != '#' && byte != '&';
}

/* Takes what stands before the piece, and its value; nothing tells where one value ends and the next one
 * begins. */
static bool bind_piece(struct afd_reader *reader, struct afd_model_case *it,
					   const struct afd_url_piece *piece, struct afd_span *example)
{
	struct afd_span before = piece->before;
	if ((it->bindings.count && before.size == 0) ||
		!afd_span_equal(afd_span_first(*example, before.size), before))
		return false;
	*example = afd_span_from(*example, before.size);
	size_t size = 0;
	while (size < example->size && same_path_segment(example->data[size]))
		size++;
	struct afd_model_binding *binding =
		afd_arena_push(reader->arena, &it->bindings.rows, &it->bindings.count, sizeof *binding);
	binding->name = piece->name;
	binding->value = afd_arena_copy(reader->arena, afd_span_first(*example, size));
	*example = afd_span_from(*example, size);
	return true;
}

/* Binds the placeholders of `url` to what stands in their place in `example`. False where the two differ
 * elsewhere. */
static bool bind_example(struct afd_reader *reader, struct afd_model_case *it, const struct afd_url *url,
						 struct afd_span example)
{
	for (size_t i = 0; i < url->pieces.count; i++)
		if (!bind_piece(reader, it, &url->pieces.rows[i], &example))
			return false;
	return afd_span_equal(url->rest, example);
}

void afd_read_example(struct afd_reader *reader, struct afd_model_test *test, struct afd_span item)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span code = afd_read_value(item);
	if (!afd_read_request_line(code, &method, &url)) {
		afd_diag_add(reader->diag, AFD_WARNING, "example", code,
					 "this example is no 'METHOD URL' and makes no case");
		return;
	}
	url = afd_read_unescaped(reader, url);
	(void)afd_read_check_url(reader, url, false, code);
	struct afd_model_case *it =
		afd_arena_push(reader->arena, &test->cases.rows, &test->cases.count, sizeof *it);
	it->line = it->example_line = afd_read_line(reader, item);
	it->url = it->case_url = afd_arena_copy(reader->arena, url);
	struct afd_diagnostic *row = NULL;
	if (!afd_span_is(method, test->method))
		row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "example", method,
						   "the example's method differs from the request's, %s", test->method);
	else if (!bind_example(reader, it, url_of(reader, test), url))
		row = afd_diag_add(
			reader->diag, AFD_WARNING, "example", url,
			"the example is no filled-in form of the request's URL; it is sent as it is written");
	afd_diag_peer(row, reader->diag, test->where, "the request is here");
}

void afd_read_use_variable(struct afd_reader *reader, struct afd_model_test *test, struct afd_span name)
{
	size_t number = (size_t)(test - reader->model->tests.rows) + 1;
	struct afd_model_variable *variable = afd_read_variable(reader->model, name);
	if (!variable)
		variable = afd_read_add_variable(reader->model, name);
	if (variable->used_by == number)
		return;
	variable->used_by = number;
	const char **row =
		afd_arena_push(reader->arena, &test->variables.rows, &test->variables.count, sizeof *row);
	*row = variable->name;
}

/* In a body and in expected values only names that the spec declares are variables: JSON has braces of its
 * own. */
static void use_declared(struct afd_reader *reader, struct afd_model_test *test, struct afd_span text)
{
	struct afd_span name, whole;
	for (size_t at = 0; (at = afd_read_placeholder(text, at, &name, &whole)) != SIZE_MAX;)
		if (afd_read_variable(reader->model, name))
			afd_read_use_variable(reader, test, name);
}

void afd_read_find_variables(struct afd_reader *reader, struct afd_model_test *test)
{
	const struct afd_url *url = url_of(reader, test);
	for (size_t i = 0; i < url->pieces.count; i++)
		afd_read_use_variable(reader, test, afd_span_of(url->pieces.rows[i].name));
	if (url->pieces.count > PLACEHOLDERS_MAX)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "variable", test->where,
					 "this URL has more than %d placeholders", PLACEHOLDERS_MAX);
	for (size_t i = 0; i < test->cases.count; i++)
		if (test->cases.rows[i].url && test->cases.rows[i].example_line == 0)
			use_declared(reader, test, afd_span_of(test->cases.rows[i].url));
	use_declared(reader, test, test->body.bytes);
	for (size_t i = 0; i < test->terms.count; i++)
		if (!strstr(test->terms.rows[i].predicate, "LIKE"))
			use_declared(reader, test, afd_span_of(test->terms.rows[i].value));
}

/* The URL by the spec's own values. False: a name has none. */
static bool put_filled(struct afd_reader *reader, const struct afd_model_test *test, struct afd_text *out)
{
	const struct afd_url *url = url_of(reader, test);
	bool good = afd_read_spend(reader, test->where, 0);
	for (size_t i = 0; good && i < url->pieces.count; i++) {
		const struct afd_url_piece *piece = &url->pieces.rows[i];
		const struct afd_model_variable *variable =
			afd_read_variable(reader->model, afd_span_of(piece->name));
		struct afd_span value = afd_span_of(variable ? variable->value : NULL);
		good = value.data && afd_read_spend(reader, test->where, value.size) &&
			   afd_read_check_url(reader, value, true, test->where);
		afd_text_add(out, piece->before);
		afd_text_add(out, value);
	}
	afd_text_add(out, url->rest);
	return good;
}

static void fill_in(struct afd_reader *reader, const struct afd_model_test *test, struct afd_model_case *it)
{
	struct afd_text text;
	afd_text_init(&text, SIZE_MAX / 2);
	if (put_filled(reader, test, &text))
		it->case_url = afd_arena_copy(reader->arena, afd_text_span(&text));
	afd_text_free(&text);
}

/* A name that only an example, or the run, gives a value. */
struct open_name {
	const char *name;
	size_t piece; /* of the URL: the first with that name; SIZE_MAX: none */
};

struct open_names {
	struct open_name *rows;
	size_t count;
};

static size_t piece_of(const struct afd_url *url, const char *name)
{
	for (size_t i = 0; i < url->pieces.count; i++)
		if (strcmp(url->pieces.rows[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

static struct open_names open_names_of(struct afd_reader *reader, const struct afd_model_test *test)
{
	struct open_names open = { NULL, 0 };
	for (size_t i = 0; i < test->variables.count; i++) {
		const char *name = test->variables.rows[i];
		const struct afd_model_variable *variable = afd_read_variable(reader->model, afd_span_of(name));
		if ((variable && variable->value) || afd_index_find(&reader->kept, name) != SIZE_MAX)
			continue;
		struct open_name *row = afd_arena_push(reader->arena, &open.rows, &open.count, sizeof *row);
		*row = (struct open_name){ name, piece_of(url_of(reader, test), name) };
	}
	return open;
}

/* An example binds the first pieces of the URL. */
static void check_values(struct afd_reader *reader, const struct afd_model_test *test,
						 struct afd_model_case *it, const struct open_names *open)
{
	if (test->unknown) {
		it->blocked = afd_arena_printf(reader->arena, "what '%s' gives is not known", test->unknown);
		it->case_url = NULL;
		return;
	}
	for (size_t i = 0; i < open->count && !it->missing; i++)
		if (open->rows[i].piece >= it->bindings.count)
			it->missing = open->rows[i].name;
	if (!it->missing)
		return;
	it->case_url = NULL;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "variable", test->where,
											  "no value for '%s': case %s is blocked", it->missing, it->id);
	afd_diag_hint(reader->diag, row, "give it by --var %s=..., or list it in the spec", it->missing);
}

void afd_read_cases(struct afd_reader *reader, struct afd_model_test *test)
{
	struct open_names open = open_names_of(reader, test);
	if (test->cases.count == 0) {
		struct afd_model_case *only =
			afd_arena_push(reader->arena, &test->cases.rows, &test->cases.count, sizeof *only);
		only->line = test->line;
	}
	for (size_t i = 0; i < test->cases.count; i++) {
		struct afd_model_case *it = &test->cases.rows[i];
		it->id =
			test->cases.count == 1 ? test->id : afd_arena_printf(reader->arena, "%s#%zu", test->id, i + 1);
		if (!it->url || it->url == test->sent)
			fill_in(reader, test, it);
		check_values(reader, test, it, &open);
	}
}
