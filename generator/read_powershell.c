/* SPDX-License-Identifier: MIT
 * Invoke-RestMethod and Invoke-WebRequest, with the variables that they are given. */
#include "powershell.h"
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { COMMENT_MAX = 1 << 16 };

static const char *const commands[] = { "Invoke-RestMethod", "Invoke-WebRequest", "irm", "iwr" };

struct power_request {
	struct afd_walk *walk;
	struct afd_power_lexer lexer;
	struct afd_found *found;
	struct afd_power_value body, headers, form;
	struct afd_span content_type;
	bool body_stated;
	struct afd_span where_body;
};

static struct afd_powershell *variables_of(struct afd_walk *walk)
{
	struct afd_survey *survey = walk->reader->survey;
	if (!survey->powershell)
		survey->powershell = afd_arena_new(walk->reader->arena, sizeof *survey->powershell);
	return survey->powershell;
}

static bool is_name_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_' || u == '-';
}

/* Offset of a command's name in the line, at or after `from`, or SIZE_MAX. */
static size_t find_command(struct afd_span line, size_t from)
{
	for (size_t at = from; at < line.size; at++) {
		if ((line.data[at] | 32) != 'i' || (at > 0 && (is_name_byte(line.data[at - 1]) || strchr("\"'`", line.data[at - 1]))))
			continue;
		for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
			size_t size = strlen(commands[i]);
			struct afd_span word = afd_span_first(afd_span_from(line, at), size);
			bool ends = at + size >= line.size || strchr(" \t\r`", line.data[at + size]);
			if (ends && afd_span_equal_nocase(word, afd_span_of(commands[i])))
				return at;
		}
	}
	return SIZE_MAX;
}

bool afd_starts_powershell(struct afd_span line)
{
	line = afd_span_trim(line);
	size_t at = find_command(afd_span_first(line, 120), 0);
	if (at == SIZE_MAX || at == 0)
		return at == 0 && afd_span_find(line, "-Uri", 0) != SIZE_MAX;
	return line.data[0] == '$' && memchr(line.data, '=', at) != NULL;
}

/* Parameters may be cut short. */
static bool is_name(struct afd_span name, const char *wanted)
{
	while (name.size && (name.data[0] == '-' || name.data[name.size - 1] == ':'))
		name = name.data[0] == '-' ? afd_span_from(name, 1) : afd_span_first(name, name.size - 1);
	return name.size > 1 && afd_span_equal_nocase(name, afd_span_first(afd_span_of(wanted), name.size));
}

static bool is_switch(struct afd_span name)
{
	static const char *const switches[] = { "UseBasicParsing", "SkipCertificateCheck", "SkipHttpErrorCheck", "DisableKeepAlive",
											"UseDefaultCredentials", "PassThru", "NoProxy", "Verbose", "FollowRelLink",
											"AllowUnencryptedAuthentication", "SkipHeaderValidation", "Resume", "Debug" };
	for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++)
		if (is_name(name, switches[i]))
			return true;
	return false;
}

static void note_opaque(struct power_request *request, const struct afd_power_value *value,
						struct afd_span where)
{
	if (!value->opaque || request->found->unknown.size)
		return;
	afd_diag_add(request->walk->reader->diag, AFD_WARNING, "powershell", where,
				 "what this gives is not known: the request is not sent");
	request->found->unknown = where;
}

/* What is sent where it differs from what is written, with the names that its variables have here. */
static void set_sent(struct power_request *request, struct afd_span text, struct afd_span where, bool differs)
{
	struct afd_reader *reader = request->walk->reader;
	struct afd_span filled = afd_power_fill(request->walk, text, request->found);
	differs = differs || filled.data != text.data;
	request->found->renamed = differs && afd_read_spend(reader, where, filled.size);
	if (request->found->renamed)
		request->found->sent = afd_arena_copy(reader->arena, filled);
}

/* The text of a URL as it is written: a variable keeps its name. */
static void set_url(struct power_request *request)
{
	struct afd_power first = afd_power_peek(&request->lexer);
	struct afd_power_value value = afd_power_argument(&request->lexer, variables_of(request->walk));
	note_opaque(request, &value, first.raw);
	bool variable = first.kind == AFD_POWER_VARIABLE;
	const char *end = request->lexer.cursor;
	bool alone = variable && first.raw.data + first.raw.size == end;
	request->found->url = alone ? first.raw : value.text;
	bool braced = request->found->url.size > 1 && afd_span_ends(request->found->url, "}") &&
				  !memchr(request->found->url.data, '{', request->found->url.size);
	request->found->url.size -= braced; /* the end of a script block */
	set_sent(request, value.text, first.raw, alone && value.kind == AFD_VALUE_TEXT);
}

static void set_method(struct power_request *request, struct afd_span word)
{
	const char *known = afd_read_method(word);
	request->found->method = known ? known : afd_arena_copy(request->walk->reader->arena, word);
}

static void set_body(struct power_request *request, const struct afd_power_value *value,
					 struct afd_span where)
{
	request->body = *value;
	request->body_stated = true;
	request->where_body = where;
}

/* A parameter but the URL, be it written or splatted; `where` in the source. */
static void apply(struct power_request *request, struct afd_span name, struct afd_power_value value,
				  struct afd_span where)
{
	struct afd_reader *reader = request->walk->reader;
	if (is_name(name, "SessionVariable") || is_name(name, "SV")) {
		afd_jar_keep(reader, value.text, request->found, where);
		return;
	}
	if (is_name(name, "Method") || is_name(name, "CustomMethod")) {
		set_method(request, value.text);
	} else if (is_name(name, "Headers")) {
		request->headers = value;
		value.opaque = value.opaque || value.kind != AFD_VALUE_MAP;
	} else if (is_name(name, "ContentType")) {
		request->content_type = value.text;
	} else if (is_name(name, "WebSession")) {
		struct afd_span jar = value.kind == AFD_VALUE_UNKNOWN && !value.opaque ? value.text : where;
		value.opaque = !afd_jar_use(reader, jar, request->found, where);
	} else if (is_name(name, "Body")) {
		set_body(request, &value, where);
	} else if (is_name(name, "Form") || is_name(name, "InFile")) {
		value.opaque = true; /* files, and multipart with files in it */
		set_body(request, &value, where);
	} else {
		return;
	}
	note_opaque(request, &value, where);
}

static void set_parameter(struct power_request *request, struct afd_span name)
{
	if (is_switch(name))
		return;
	if (is_name(name, "Uri") || is_name(name, "Url")) {
		set_url(request);
		return;
	}
	struct afd_span where = afd_power_peek(&request->lexer).raw;
	enum afd_power_token next = afd_power_peek(&request->lexer).kind;
	if (next == AFD_POWER_PARAMETER || next == AFD_POWER_NEWLINE || next == AFD_POWER_END ||
		next == AFD_POWER_PIPE)
		return;
	apply(request, name, afd_power_argument(&request->lexer, variables_of(request->walk)), where);
}

/* "@params": a map of parameters. */
static void set_splatted(struct power_request *request, struct afd_span name)
{
	static const struct afd_power_value unknown = { .opaque = true };
	const struct afd_power_value *map = afd_power_variable(variables_of(request->walk), afd_span_from(name, 1));
	if (!map || map->kind != AFD_VALUE_MAP) {
		note_opaque(request, &unknown, name);
		return;
	}
	for (size_t i = 0; i < map->count; i++) {
		const struct afd_power_entry *entry = &map->rows[i];
		if (!is_name(entry->key, "Uri")) {
			apply(request, entry->key, entry->value, name);
			continue;
		}
		note_opaque(request, &entry->value, name);
		request->found->url = entry->value.text;
		set_sent(request, entry->value.text, name, false);
	}
}

static void add_header(struct power_request *request, struct afd_span name, struct afd_span value)
{
	struct afd_reader *reader = request->walk->reader;
	value = afd_power_fill(request->walk, value, request->found);
	if (afd_read_spend(reader, request->found->where, name.size + value.size))
		afd_read_add_header(reader, &request->found->headers, request->found->where, name, value);
}

/* A map as a body: name=value&name=value. */
static struct afd_span form_of(const struct afd_power_value *map, struct afd_arena *arena)
{
	struct afd_text text;
	afd_text_init(&text, 1 << 20);
	for (size_t i = 0; i < map->count; i++) {
		afd_text_puts(&text, i ? "&" : "");
		afd_text_add(&text, map->rows[i].key);
		afd_text_putc(&text, '=');
		afd_text_add(&text, map->rows[i].value.text);
	}
	struct afd_span form = { afd_arena_copy(arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return form;
}

static void finish(struct power_request *request)
{
	struct afd_reader *reader = request->walk->reader;
	struct afd_found *found = request->found;
	for (size_t i = 0; request->headers.kind == AFD_VALUE_MAP && i < request->headers.count; i++)
		add_header(request, request->headers.rows[i].key, request->headers.rows[i].value.text);
	if (request->content_type.size)
		add_header(request, AFD_SPAN("Content-Type"), request->content_type);
	if (!found->method)
		found->method = "GET";
	if (!request->body_stated || request->body.opaque)
		return;
	if (request->body.kind == AFD_VALUE_UNKNOWN) {
		afd_diag_add(reader->diag, AFD_WARNING, "powershell", request->where_body,
					 "the value of this body is not known here: the request is not sent");
		found->unknown = found->unknown.size ? found->unknown : request->where_body;
		return;
	}
	struct afd_span bytes = request->body.text;
	if (request->body.kind == AFD_VALUE_MAP)
		bytes = form_of(&request->body, reader->arena);
	bytes = afd_power_fill(request->walk, bytes, found);
	if (!afd_read_spend(reader, found->where, bytes.size))
		return;
	afd_set_text_body(&found->body, afd_read_line(reader, request->where_body), bytes);
}

/* The words of the command up to its end. */
static void read_words(struct power_request *request)
{
	for (;;) {
		struct afd_power_lexer ahead = request->lexer;
		struct afd_power token = afd_power_next(&ahead);
		bool option = token.kind == AFD_POWER_NEWLINE && token.raw.data[0] == '\n' &&
					  afd_power_peek(&ahead).kind == AFD_POWER_PARAMETER;
		switch (token.kind) {
		case AFD_POWER_NEWLINE:
			if (!option)
				return;
			request->lexer = ahead;
			break;
		case AFD_POWER_PARAMETER:
			request->lexer = ahead;
			set_parameter(request, token.raw);
			break;
		case AFD_POWER_SPLAT:
			request->lexer = ahead;
			set_splatted(request, token.raw);
			break;
		case AFD_POWER_STRING:
		case AFD_POWER_WORD:
		case AFD_POWER_VARIABLE:
			if (request->found->url.size == 0)
				set_url(request);
			else
				request->lexer = ahead;
			break;
		default: return;
		}
	}
}

static size_t read_command(struct afd_walk *walk, size_t at)
{
	struct afd_found found = { .form = "powershell", .shell = true };
	struct power_request request = { .walk = walk, .found = &found };
	request.lexer = (struct afd_power_lexer){ walk->text.data + at, walk->text.data + walk->text.size, walk->reader->arena };
	found.where = afd_power_next(&request.lexer).raw;
	read_words(&request);
	finish(&request);
	if (found.url.size)
		afd_walk_add(walk, AFD_RANK_WHOLE, &found);
	else
		afd_remark(walk->reader, found.where, "Invoke without a URL");
	return (size_t)(request.lexer.cursor - walk->text.data);
}

/* "$name = " at the start of the line: its name, and where the value begins; SIZE_MAX: it is none. */
static size_t assignment(struct afd_span line, struct afd_span *name)
{
	struct afd_span text = afd_span_trim(line);
	size_t size = 1;
	while (size < text.size && is_name_byte(text.data[size]) && text.data[size] != '-')
		size++;
	if (!afd_span_starts(text, "$") || size < 2)
		return SIZE_MAX;
	*name = (struct afd_span){ text.data + 1, size - 1 };
	struct afd_span after = afd_span_trim(afd_span_from(text, size));
	if (!afd_span_starts(after, "=") || afd_span_starts(after, "=="))
		return SIZE_MAX;
	return (size_t)(after.data + 1 - line.data);
}

/* Nothing but blanks and a bracket stands between the two. */
static bool is_blank(struct afd_span line, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!strchr(" \t(", line.data[i]))
			return false;
	return true;
}

/* "<# ... #>", over lines. */
static bool skip_comment(struct afd_walk *walk, struct afd_span line)
{
	size_t begin = (size_t)(line.data - walk->text.data);
	if (!afd_span_starts(afd_span_trim(line), "<#"))
		return false;
	size_t close = afd_span_find(afd_span_first(walk->text, begin + COMMENT_MAX), "#>", begin);
	if (close == SIZE_MAX)
		return false;
	afd_walk_end_line(walk, close);
	return true;
}

bool afd_walk_powershell(struct afd_walk *walk, struct afd_span line)
{
	struct afd_span name;
	size_t begin = (size_t)(line.data - walk->text.data);
	if (skip_comment(walk, line))
		return true;
	size_t command = find_command(line, 0);
	size_t value = assignment(line, &name);
	if (command == SIZE_MAX && value == SIZE_MAX)
		return afd_power_change(walk, line);
	if (command != SIZE_MAX) {
		afd_walk_settle_comments(walk, true);
		size_t count = walk->reader->survey->rows.count;
		size_t after = read_command(walk, begin + command);
		if (value != SIZE_MAX && is_blank(line, value, command) && walk->reader->survey->rows.count > count)
			afd_power_hold(walk, name, after);
		afd_walk_end_line(walk, after);
		return true;
	}
	if (afd_power_take(walk, name, afd_span_from(line, value))) {
		afd_walk_skip(walk, line);
		return true;
	}
	struct afd_power_lexer lexer = { line.data + value, walk->text.data + walk->text.size, walk->reader->arena };
	struct afd_power_value read = afd_power_value(&lexer, variables_of(walk));
	/* what a branch empties has its value on the other one */
	bool emptied = read.kind == AFD_VALUE_LITERAL && afd_span_is(read.text, "null");
	if (!emptied || !afd_power_variable(variables_of(walk), name))
		afd_power_set(variables_of(walk), name, read);
	bool known = !emptied && (read.kind == AFD_VALUE_TEXT || read.kind == AFD_VALUE_LITERAL) && !read.opaque;
	if (known && !memchr(read.text.data, '$', read.text.size))
		afd_script_assign(walk, name, read.text, true);
	afd_walk_end_line(walk, (size_t)(lexer.cursor - walk->text.data));
	return true;
}
