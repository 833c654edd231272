/* SPDX-License-Identifier: MIT
 * What scripts take out of answers: TOKEN=$(curl ... | jq -r .token), $token = $response.token. It is read,
 * never run: a path of names and numbers is kept as **Keep:** keeps it, anything else is left alone. */
#include "shell.h"
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { HOLDERS_MAX = 256, SCRIPT_MAX = 400, FILLED_MAX = 1 << 20, STEPS_MAX = 16 };

static bool is_name_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_';
}

static size_t name_size(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && is_name_byte(text.data[size]))
		size++;
	return size;
}

static struct afd_span skip_blanks(struct afd_span text)
{
	for (;;) {
		if (text.size && strchr(" \t\r", text.data[0]))
			text = afd_span_from(text, 1);
		else if (afd_span_starts(text, "\\\n"))
			text = afd_span_from(text, 2);
		else
			return text;
	}
}

static bool take(struct afd_span *text, const char *word)
{
	bool starts = afd_span_starts(*text, word);
	if (starts)
		*text = afd_span_from(*text, strlen(word));
	return starts;
}

/* Paths */

static void put_name(struct afd_text *path, struct afd_span name)
{
	bool plain = name_size(name) == name.size && !(name.data[0] >= '0' && name.data[0] <= '9');
	afd_text_puts(path, plain ? "." : "['");
	afd_text_add(path, name);
	afd_text_puts(path, plain ? "" : "']");
}

/* What stands between quotes; false: there are none, or the name would need an escape. */
static bool take_quoted(struct afd_span *text, struct afd_span *name)
{
	char quote = text->size ? text->data[0] : '\0';
	const char *close = quote == '"' || quote == '\'' ? memchr(text->data + 1, quote, text->size - 1) : NULL;
	if (!close || close == text->data + 1)
		return false;
	*name = (struct afd_span){ text->data + 1, (size_t)(close - text->data) - 1 };
	*text = afd_span_from(*text, name->size + 2);
	for (size_t i = 0; i < name->size; i++)
		if ((unsigned char)name->data[i] < 0x20 || strchr("\\'\"", name->data[i]))
			return false;
	return true;
}

/* "[0]", "['name']", and Python's ".get('name')". */
static bool take_index(struct afd_span *text, struct afd_text *path)
{
	struct afd_span name;
	struct afd_span rest = *text;
	bool get = take(&rest, ".get(");
	if (!get && !take(&rest, "["))
		return false;
	size_t digits = 0;
	while (!get && digits < rest.size && digits < 6 && rest.data[digits] >= '0' && rest.data[digits] <= '9')
		digits++;
	if (digits) {
		afd_text_printf(path, "[%.*s]", (int)digits, rest.data);
		rest = afd_span_from(rest, digits);
	} else if (take_quoted(&rest, &name)) {
		put_name(path, name);
	} else {
		return false;
	}
	*text = rest;
	return take(text, get ? ")" : "]");
}

static bool take_step(struct afd_span *text, struct afd_text *path)
{
	struct afd_span name;
	if (take_index(text, path))
		return true;
	struct afd_span rest = *text;
	if (!take(&rest, "."))
		return false;
	if (afd_span_starts(rest, "["))
		return *text = rest, take_index(text, path);
	if (!take_quoted(&rest, &name)) {
		name = afd_span_first(rest, name_size(rest));
		rest = afd_span_from(rest, name.size);
	}
	if (name.size == 0)
		return false;
	put_name(path, name);
	*text = rest;
	return true;
}

/* ".data[0].token" as a JSONPath; NULL where it has no step. `*text` is left at what comes after it. */
static const char *take_path(struct afd_walk *walk, struct afd_span *text)
{
	struct afd_text path;
	int steps = 0;
	afd_text_init(&path, SCRIPT_MAX);
	afd_text_puts(&path, "$");
	while (steps < STEPS_MAX && take_step(text, &path))
		steps++;
	const char *copy =
		steps && !path.failed ? afd_arena_copy(walk->reader->arena, afd_text_span(&path)) : NULL;
	afd_text_free(&path);
	return copy;
}

/* Programs that take a value out of JSON */

/* Nothing is done with what the program prints: the substitution ends, or the line. */
static bool ends_command(struct afd_span text)
{
	text = skip_blanks(text);
	return text.size == 0 || strchr(")`\"", text.data[0]) != NULL;
}

/* jq -r '.token', also with a default behind it. */
static const char *jq_path(struct afd_walk *walk, struct afd_span text)
{
	text = skip_blanks(text);
	while (afd_span_starts(text, "-")) {
		while (text.size && !strchr(" \t\n", text.data[0]))
			text = afd_span_from(text, 1);
		text = skip_blanks(text);
	}
	char quote = text.size && strchr("'\"", text.data[0]) ? text.data[0] : '\0';
	text = afd_span_trim(quote ? afd_span_from(text, 1) : text);
	const char *path = take_path(walk, &text);
	struct afd_span rest = skip_blanks(text);
	const char *close = quote && rest.size ? memchr(rest.data, quote, rest.size) : NULL;
	if (!path || (quote && !close))
		return NULL;
	bool whole = !quote || close == rest.data || afd_span_starts(rest, "//");
	return whole && ends_command(quote ? afd_span_from(rest, (size_t)(close - rest.data) + 1) : text) ? path
																									  : NULL;
}

/* python3 -c "import sys, json; print(json.load(sys.stdin)['token'])" */
static const char *python_path(struct afd_walk *walk, struct afd_span text)
{
	static const char load[] = "json.load(sys.stdin)";
	size_t script = afd_span_find(text, "-c ", 0);
	size_t at = script == SIZE_MAX ? SIZE_MAX : afd_span_find(text, load, script);
	if (at == SIZE_MAX)
		return NULL;
	struct afd_span quoted = skip_blanks(afd_span_from(text, script + 3));
	text = afd_span_from(text, at + sizeof load - 1);
	const char *path = take_path(walk, &text);
	if (!path || !take(&text, ")"))
		return NULL;
	text = skip_blanks(text);
	bool closed = quoted.size && text.size && strchr("'\"", text.data[0]) && text.data[0] == quoted.data[0];
	return closed && ends_command(afd_span_from(text, 1)) ? path : NULL;
}

/* The path that the program at the start of the text takes; NULL: not known. */
static const char *program_path(struct afd_walk *walk, struct afd_span text)
{
	text = skip_blanks(afd_span_first(text, SCRIPT_MAX));
	const char *newline = text.size ? memchr(text.data, '\n', text.size) : NULL;
	if (newline)
		text = afd_span_first(text, (size_t)(newline - text.data));
	if (afd_span_starts(text, "jq ") || afd_span_starts(text, "jq.exe "))
		return jq_path(walk, afd_span_from(text, afd_span_find(text, " ", 0)));
	return afd_span_starts(text, "python") ? python_path(walk, text) : NULL;
}

/* Names */

static void hold(struct afd_walk *walk, struct afd_span name, size_t row)
{
	struct afd_survey *survey = walk->reader->survey;
	struct afd_holder *holder = NULL;
	for (size_t i = 0; i < survey->holders.count; i++)
		if (afd_span_equal(survey->holders.rows[i].name, name))
			holder = &survey->holders.rows[i];
	if (!holder && survey->holders.count < HOLDERS_MAX)
		holder = afd_arena_push(walk->reader->arena, &survey->holders.rows, &survey->holders.count,
								sizeof *holder);
	if (holder)
		*holder = (struct afd_holder){ name, row };
}

/* The holder that `text` begins with, after "$" or "${". */
static const struct afd_holder *holder_at(const struct afd_walk *walk, struct afd_span *text)
{
	const struct afd_survey *survey = walk->reader->survey;
	struct afd_span rest = *text;
	if (!take(&rest, "$"))
		return NULL;
	bool braced = take(&rest, "{");
	struct afd_span name = afd_span_first(rest, name_size(rest));
	rest = afd_span_from(rest, name.size);
	if (braced)
		take(&rest, "}");
	for (size_t i = 0; i < survey->holders.count; i++) {
		if (!afd_span_equal(survey->holders.rows[i].name, name))
			continue;
		*text = rest;
		return &survey->holders.rows[i];
	}
	return NULL;
}

static const struct afd_holder *holder_in(const struct afd_walk *walk, struct afd_span text)
{
	for (size_t at = 0; (at = afd_span_find(text, "$", at)) != SIZE_MAX; at++) {
		struct afd_span here = afd_span_from(text, at);
		const struct afd_holder *holder = holder_at(walk, &here);
		if (holder)
			return holder;
	}
	return NULL;
}

static void capture(struct afd_walk *walk, size_t row, struct afd_span where, struct afd_span name,
					const char *path)
{
	struct afd_found *found = &walk->reader->survey->rows.rows[row].found;
	struct afd_capture *to =
		afd_arena_push(walk->reader->arena, &found->captures.rows, &found->captures.count, sizeof *to);
	*to = (struct afd_capture){ where, name, path };
}

/* `TOKEN="$(`: the name that what the command prints is given. */
static struct afd_span assigned_name(struct afd_span before)
{
	struct afd_span none = { before.data, 0 };
	before = afd_span_trim(before);
	if (afd_span_ends(before, "$("))
		before.size -= 2;
	else if (afd_span_ends(before, "`"))
		before.size--;
	else
		return none;
	if (afd_span_ends(before, "\""))
		before.size--;
	if (!afd_span_ends(before, "="))
		return none;
	size_t end = before.size - 1;
	size_t begin = end;
	while (begin > 0 && is_name_byte(before.data[begin - 1]))
		begin--;
	return (struct afd_span){ before.data + begin, end - begin };
}

void afd_walk_capture(struct afd_walk *walk, struct afd_span before, size_t after)
{
	size_t count = walk->reader->survey->rows.count;
	struct afd_span name = assigned_name(before);
	if (name.size == 0 || count == 0 || count == AFD_CANDIDATES_MAX)
		return;
	struct afd_span rest = skip_blanks(afd_span_from(walk->text, after));
	if (!take(&rest, "|")) {
		hold(walk, name, count - 1);
		return;
	}
	const char *path = program_path(walk, rest);
	if (path)
		capture(walk, count - 1, name, afd_script_keep(walk, name), path);
}

bool afd_walk_take(struct afd_walk *walk, struct afd_span name, struct afd_span value)
{
	value = afd_span_first(value, SCRIPT_MAX);
	const struct afd_holder *holder =
		afd_span_starts(value, "$(") || afd_span_starts(value, "`") ? holder_in(walk, value) : NULL;
	size_t pipe = holder ? afd_span_find(value, "|", 0) : SIZE_MAX;
	size_t program = pipe == SIZE_MAX ? 2 : pipe + 1;
	const char *path = holder ? program_path(walk, afd_span_from(value, program)) : NULL;
	if (path)
		capture(walk, holder->row, name, afd_script_keep(walk, name), path);
	return path != NULL;
}

/* PowerShell */

/* Nothing more is done with the value. */
static bool ends_statement(struct afd_span text)
{
	text = skip_blanks(text);
	return text.size == 0 || strchr("\n;#", text.data[0]) != NULL;
}

void afd_power_hold(struct afd_walk *walk, struct afd_span name, size_t after)
{
	size_t count = walk->reader->survey->rows.count;
	if (count == 0 || count == AFD_CANDIDATES_MAX)
		return;
	struct afd_span rest = afd_span_from(walk->text, after);
	const char *path = take(&rest, ")") ? take_path(walk, &rest) : NULL;
	if (path && ends_statement(rest))
		capture(walk, count - 1, name, name, path);
	else if (!path)
		hold(walk, name, count - 1);
}

bool afd_power_take(struct afd_walk *walk, struct afd_span name, struct afd_span value)
{
	value = skip_blanks(value);
	bool grouped = take(&value, "(");
	const struct afd_holder *holder = holder_at(walk, &value);
	if (!holder)
		return false;
	bool json = take(&value, ".Content | ConvertFrom-Json");
	if (grouped && (!json || !take(&value, ")")))
		return false;
	const char *path = take_path(walk, &value);
	if (!ends_statement(value))
		return false;
	if (path)
		capture(walk, holder->row, name, name, path);
	else if (json)
		hold(walk, name, holder->row);
	return path || json;
}

/* The value of one "$(...)", whose inside begins the text: a placeholder of what it takes; NULL: not known.
 */
static const char *placeholder_of(struct afd_walk *walk, struct afd_span where, struct afd_span *inside)
{
	struct afd_arena *arena = walk->reader->arena;
	struct afd_span rest = skip_blanks(*inside);
	const char *begin = rest.data;
	const struct afd_holder *holder = holder_at(walk, &rest);
	const char *path = holder ? take_path(walk, &rest) : NULL;
	struct afd_span words = { begin, (size_t)(rest.data - begin) };
	if (!path || !take(&rest, ")"))
		return NULL;
	char *name = afd_arena_copy(arena, afd_span_from(words, 1));
	for (char *at = name; *at; at++)
		*at = is_name_byte(*at) ? *at : '_';
	capture(walk, holder->row, where, (struct afd_span){ name, strlen(name) }, path);
	*inside = rest;
	return afd_arena_printf(arena, "{%s}", name);
}

struct afd_span afd_power_fill(struct afd_walk *walk, struct afd_span text, struct afd_found *found)
{
	if (text.size == 0 || text.size > FILLED_MAX || !memchr(text.data, '$', text.size))
		return text;
	const struct afd_span whole = text;
	struct afd_text out;
	afd_text_init(&out, (size_t)1 << 30);
	bool filled = false;
	for (size_t at; (at = afd_span_find(text, "$", 0)) != SIZE_MAX;) {
		bool inner = afd_span_starts(afd_span_from(text, at), "$(");
		struct afd_span rest = afd_span_from(text, at + (inner ? 2 : 0));
		const char *placeholder = inner ? placeholder_of(walk, found->where, &rest) : NULL;
		afd_text_add(&out, afd_span_first(text, at));
		bool variable = !inner && afd_power_put_variable(walk, &rest, &out, found);
		filled = filled || inner || variable;
		if (inner)
			afd_text_puts(&out, placeholder ? placeholder : "$(");
		if (inner && !placeholder && found->unknown.size == 0)
			found->unknown = afd_span_first(afd_span_from(text, at), afd_span_find(rest, ")", 0) + 3);
		if (!inner && !variable)
			afd_text_putc(&out, '$');
		text = inner || variable ? rest : afd_span_from(text, at + 1);
	}
	afd_text_add(&out, text);
	struct afd_span result = { afd_arena_copy(walk->reader->arena, afd_text_span(&out)), out.size };
	afd_text_free(&out);
	return filled ? result : whole;
}
