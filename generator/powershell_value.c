/* SPDX-License-Identifier: MIT
 * Values of PowerShell expressions, and what ConvertTo-Json makes of them. */
#include "powershell.h"

#include "put.h"

#include <string.h>

enum { DEPTH_MAX = 32, TEXT_MAX = 1 << 16, MADE_MAX = 8 << 20 };

struct power_parse {
	struct afd_power_lexer *lexer;
	struct afd_powershell *variables;
	unsigned depth;
};

static struct afd_power_value parse_joined(struct power_parse *parse);
static struct afd_power_value parse_group(struct power_parse *parse);

static struct afd_power_value text_value(enum afd_power_kind kind, struct afd_span text)
{
	return (struct afd_power_value){ .kind = kind, .text = text };
}

/* What stands there is not read, or cannot be. */
static struct afd_power_value opaque_value(struct afd_span raw)
{
	return (struct afd_power_value){ .kind = AFD_VALUE_UNKNOWN, .text = raw, .opaque = true };
}

const struct afd_power_value *afd_power_variable(const struct afd_powershell *variables, struct afd_span name)
{
	for (size_t i = 0; variables && i < variables->count; i++)
		if (afd_span_equal_nocase(variables->rows[i].name, name))
			return &variables->rows[i].value;
	return NULL;
}

void afd_power_set(struct afd_powershell *variables, struct afd_span name, struct afd_power_value value)
{
	size_t at = 0;
	while (at < variables->count && !afd_span_equal_nocase(variables->rows[at].name, name))
		at++;
	if (at == AFD_POWER_VARIABLES_MAX)
		return;
	variables->rows[at].name = name;
	variables->rows[at].value = value;
	variables->count += at == variables->count;
}

static struct afd_power_value variable_value(const struct power_parse *parse, struct afd_span raw)
{
	static const char *const literals[] = { "true", "false", "null" };
	struct afd_span name = afd_span_from(raw, 1);
	for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++)
		if (afd_span_equal_nocase(name, afd_span_of(literals[i])))
			return text_value(AFD_VALUE_LITERAL, afd_span_of(literals[i]));
	const struct afd_power_value *known = afd_power_variable(parse->variables, name);
	if (known)
		return *known;
	/* "$name" may be an answer's to give, a member of it is not read here */
	struct afd_power_value value = text_value(AFD_VALUE_UNKNOWN, raw);
	value.opaque = memchr(raw.data, '.', raw.size) || memchr(raw.data, '[', raw.size);
	return value;
}

static void skip_newlines(struct afd_power_lexer *lexer)
{
	while (afd_power_peek(lexer).kind == AFD_POWER_NEWLINE)
		afd_power_next(lexer);
}

/* What stands between brackets in it goes with it. */
static void skip_rest(struct afd_power_lexer *lexer, enum afd_power_token close)
{
	for (unsigned depth = 0;;) {
		enum afd_power_token kind = afd_power_peek(lexer).kind;
		bool ends = kind == close || kind == AFD_POWER_COMMA || kind == AFD_POWER_NEWLINE;
		if (kind == AFD_POWER_END || (depth == 0 && ends))
			return;
		depth += kind == AFD_POWER_OPEN || kind == AFD_POWER_MAP || kind == AFD_POWER_LIST ||
				 kind == AFD_POWER_BLOCK;
		depth -= depth && (kind == AFD_POWER_CLOSE || kind == AFD_POWER_CLOSE_BLOCK);
		afd_power_next(lexer);
	}
}

/* The rest of "@{ name = value; ... }" or of "@( value, ... )". */
static struct afd_power_value parse_entries(struct power_parse *parse, bool map)
{
	struct afd_power_value value = { .kind = map ? AFD_VALUE_MAP : AFD_VALUE_LIST };
	enum afd_power_token close = map ? AFD_POWER_CLOSE_BLOCK : AFD_POWER_CLOSE;
	for (;;) {
		struct afd_power token = afd_power_peek(parse->lexer);
		if (token.kind == AFD_POWER_END)
			return value;
		if (token.kind == close || token.kind == AFD_POWER_COMMA || token.kind == AFD_POWER_NEWLINE) {
			afd_power_next(parse->lexer);
			if (token.kind == close)
				return value;
			continue;
		}
		struct afd_power_entry *entry = afd_arena_push(parse->lexer->arena, &value.rows, &value.count, sizeof *entry);
		if (map) {
			entry->key = afd_power_next(parse->lexer).value;
			if (afd_power_peek(parse->lexer).kind != AFD_POWER_EQUALS)
				continue;
			afd_power_next(parse->lexer);
		}
		struct afd_power_value item = parse_joined(parse);
		enum afd_power_token next = afd_power_peek(parse->lexer).kind;
		bool whole =
			next == close || next == AFD_POWER_COMMA || next == AFD_POWER_NEWLINE || next == AFD_POWER_END;
		if (!whole)
			skip_rest(parse->lexer, close);
		item.opaque = item.opaque || !whole;
		value.opaque = value.opaque || item.opaque;
		value.rows[value.count - 1].value = item;
	}
}

/* "-Depth 5" */
static void skip_parameters(struct afd_power_lexer *lexer)
{
	while (afd_power_peek(lexer).kind == AFD_POWER_PARAMETER ||
		   afd_power_peek(lexer).kind == AFD_POWER_NUMBER)
		afd_power_next(lexer);
}

/* "| ConvertTo-Json -Depth 5": with its parameters. */
static bool takes_json(struct power_parse *parse)
{
	struct afd_power_lexer ahead = *parse->lexer;
	if (afd_power_next(&ahead).kind != AFD_POWER_PIPE)
		return false;
	skip_newlines(&ahead);
	if (!afd_span_equal_nocase(afd_power_next(&ahead).raw, AFD_SPAN("ConvertTo-Json")))
		return false;
	skip_parameters(&ahead);
	*parse->lexer = ahead;
	return true;
}

/* Get-Date, New-Guid: a verb, a dash, a noun. */
static bool is_command(struct afd_span word)
{
	const char *dash = memchr(word.data, '-', word.size);
	size_t verb = dash ? (size_t)(dash - word.data) : 0;
	bool letters = verb > 1 && verb + 2 < word.size;
	for (size_t i = 0; i < word.size && letters; i++)
		letters = i == verb || ((word.data[i] | 32) >= 'a' && (word.data[i] | 32) <= 'z');
	return letters;
}

static struct afd_power_value parse_one(struct power_parse *parse)
{
	struct afd_power token = afd_power_next(parse->lexer);
	struct afd_power_value value = opaque_value(token.raw);
	if (parse->depth == DEPTH_MAX)
		return value;
	parse->depth++;
	switch (token.kind) {
	case AFD_POWER_STRING: value = text_value(AFD_VALUE_TEXT, token.value); break;
	case AFD_POWER_NUMBER: value = text_value(AFD_VALUE_LITERAL, token.raw); break;
	case AFD_POWER_WORD:
		value = text_value(AFD_VALUE_TEXT, token.raw);
		value.opaque = is_command(token.raw);
		break;
	case AFD_POWER_VARIABLE: value = variable_value(parse, token.raw); break;
	case AFD_POWER_MAP: value = parse_entries(parse, true); break;
	case AFD_POWER_LIST: value = parse_entries(parse, false); break;
	case AFD_POWER_OPEN: value = parse_group(parse); break;
	case AFD_POWER_CAST:
		if (!afd_span_starts(afd_power_peek(parse->lexer).raw, "::"))
			value = parse_one(parse);
		break;
	default: break;
	}
	parse->depth--;
	return value;
}

static bool may_make(struct power_parse *parse, size_t size)
{
	parse->variables->made += size;
	return size <= TEXT_MAX && parse->variables->made <= MADE_MAX;
}

static struct afd_power_value as_json(struct power_parse *parse, const struct afd_power_value *value)
{
	bool known = !value->opaque && may_make(parse, 0);
	struct afd_span json = known ? afd_power_json(value, parse->lexer->arena) : (struct afd_span){ "", 0 };
	may_make(parse, json.size);
	return json.size ? text_value(AFD_VALUE_TEXT, json) : opaque_value(json);
}

static struct afd_power_value parse_joined(struct power_parse *parse)
{
	struct afd_power_value value = parse_one(parse);
	while (afd_power_peek(parse->lexer).kind == AFD_POWER_PLUS) {
		afd_power_next(parse->lexer);
		struct afd_power_value more = parse_one(parse);
		if (!may_make(parse, value.text.size + more.text.size))
			return opaque_value(AFD_SPAN(""));
		const char *joined = afd_arena_printf(parse->lexer->arena, "%.*s%.*s", (int)value.text.size, value.text.data,
											  (int)more.text.size, more.text.data);
		bool opaque =
			value.opaque || more.opaque || value.kind == AFD_VALUE_LITERAL || more.count || value.count;
		bool text =
			value.kind == AFD_VALUE_TEXT && (more.kind == AFD_VALUE_TEXT || more.kind == AFD_VALUE_LITERAL);
		value = text_value(text ? AFD_VALUE_TEXT : AFD_VALUE_UNKNOWN, afd_span_of(joined));
		value.opaque = opaque;
	}
	if (!takes_json(parse))
		return value;
	return as_json(parse, &value);
}

/* "ConvertTo-Json @{...} -Depth 5"; what any other command gives is not known. */
static struct afd_power_value parse_command(struct power_parse *parse)
{
	struct afd_power command = afd_power_next(parse->lexer);
	if (!afd_span_equal_nocase(command.raw, AFD_SPAN("ConvertTo-Json")))
		return opaque_value(command.raw);
	skip_parameters(parse->lexer);
	struct afd_power_value value = parse_one(parse);
	skip_parameters(parse->lexer);
	return as_json(parse, &value);
}

static struct afd_power_value parse_group(struct power_parse *parse)
{
	struct afd_power first = afd_power_peek(parse->lexer);
	struct afd_power_value value = first.kind == AFD_POWER_WORD ? parse_command(parse) : parse_joined(parse);
	for (;;) {
		enum afd_power_token kind = afd_power_peek(parse->lexer).kind;
		if (kind == AFD_POWER_END)
			return value;
		afd_power_next(parse->lexer);
		if (kind == AFD_POWER_CLOSE)
			break;
		value.opaque = value.opaque || kind != AFD_POWER_NEWLINE;
	}
	bool member = parse->lexer->cursor < parse->lexer->end && *parse->lexer->cursor == '.';
	return member ? opaque_value(first.raw) : value;
}

struct afd_power_value afd_power_value(struct afd_power_lexer *lexer, struct afd_powershell *variables)
{
	struct power_parse parse = { .lexer = lexer, .variables = variables };
	skip_newlines(lexer);
	struct afd_power first = afd_power_peek(lexer);
	bool json = first.kind == AFD_POWER_WORD && afd_span_equal_nocase(first.raw, AFD_SPAN("ConvertTo-Json"));
	struct afd_power_value value = json ? parse_command(&parse) : parse_joined(&parse);
	enum afd_power_token next = afd_power_peek(lexer).kind;
	value.opaque =
		value.opaque || (next != AFD_POWER_NEWLINE && next != AFD_POWER_END && next != AFD_POWER_CLOSE_BLOCK);
	return value;
}

struct afd_power_value afd_power_argument(struct afd_power_lexer *lexer, struct afd_powershell *variables)
{
	struct power_parse parse = { .lexer = lexer, .variables = variables };
	return parse_one(&parse);
}

static void put_value(struct afd_text *out, const struct afd_power_value *value, unsigned depth)
{
	bool map = value->kind == AFD_VALUE_MAP;
	if (depth > DEPTH_MAX || value->kind < AFD_VALUE_MAP) {
		if (value->kind == AFD_VALUE_LITERAL)
			afd_text_add(out, value->text);
		else
			afd_put_json(out, value->text);
		return;
	}
	afd_text_putc(out, map ? '{' : '[');
	for (size_t i = 0; i < value->count && !out->failed; i++) {
		afd_text_puts(out, i ? "," : "");
		if (map) {
			afd_put_json(out, value->rows[i].key);
			afd_text_putc(out, ':');
		}
		put_value(out, &value->rows[i].value, depth + 1);
	}
	afd_text_putc(out, map ? '}' : ']');
}

struct afd_span afd_power_json(const struct afd_power_value *value, struct afd_arena *arena)
{
	struct afd_text text;
	afd_text_init(&text, TEXT_MAX);
	put_value(&text, value, 0);
	struct afd_span json = { "", 0 };
	if (!text.failed)
		json = (struct afd_span){ afd_arena_copy(arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return json;
}
