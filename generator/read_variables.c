/* SPDX-License-Identifier: MIT
 * Variables that fences set: "BASE_URL=http://...", "@host = ...", "$base = ..." */
#include "shell.h"
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { STAND_IN_MAX = 32, TOKEN_MIN = 96 };

static bool is_name_byte(char byte, bool first)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || u == '_' || (!first && u >= '0' && u <= '9');
}

bool afd_is_secret(struct afd_span name)
{
	static const char *const names[] = {
		"token", "secret", "password", "passwd", "api_key", "apikey", "auth"
	};
	char buffer[128];
	struct afd_span folded = afd_word_fold(name, buffer);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (afd_span_find(folded, names[i], 0) != SIZE_MAX)
			return true;
	return false;
}

bool afd_stands_in(struct afd_span value)
{
	static const char *const stand_ins[] = { "your",  "<",  "...", "xxx", "changeme",
											 "paste", "{{", "tu_", "seu_" };
	char buffer[128];
	struct afd_span folded = afd_word_fold(afd_span_first(value, STAND_IN_MAX), buffer);
	for (size_t i = 0; i < sizeof stand_ins / sizeof stand_ins[0]; i++)
		if (afd_span_starts(folded, stand_ins[i]))
			return true;
	return folded.size == 0;
}

void afd_walk_declare(struct afd_walk *walk, struct afd_span line, struct afd_span name, struct afd_span value)
{
	struct afd_model *model = walk->reader->model;
	bool computed = memchr(value.data, '$', value.size) || memchr(value.data, '`', value.size);
	/* one word as long as this lets people in, whatever it is called */
	bool token = value.size > TOKEN_MIN;
	if (computed || token || afd_is_secret(name) || afd_stands_in(value) ||
		model->variables.count >= AFD_VARIABLES_MAX || afd_read_variable(model, name))
		return;
	struct afd_model_variable *variable = afd_read_add_variable(model, name);
	variable->line = afd_read_line(walk->reader, line);
	variable->value = afd_arena_copy(walk->reader->arena, value);
}

static struct afd_span without_quotes(struct afd_span text)
{
	bool quoted = text.size > 1 && strchr("\"'", text.data[0]) && text.data[text.size - 1] == text.data[0];
	return quoted ? (struct afd_span){ text.data + 1, text.size - 2 } : text;
}

/* NAME='...', over lines: the offset behind it; 0: more than that stands there. */
static size_t assign(struct afd_walk *walk, struct afd_span name, size_t at)
{
	struct afd_reader *reader = walk->reader;
	const char *end = walk->text.data + walk->text.size;
	struct afd_shell shell = { .cursor = walk->text.data + at, .end = end, .arena = reader->arena };
	struct afd_shell_word word;
	shell.expand = afd_script_expand;
	shell.context = reader;
	if (shell.cursor == end || strchr(" \t\r\n(", *shell.cursor) || !afd_shell_next(&shell, &word))
		return 0;
	const char *after = word.raw.data + word.raw.size;
	struct afd_span rest = { after, (size_t)(end - after) };
	rest = afd_span_trim(afd_span_first(rest, afd_span_find(rest, "\n", 0)));
	if (word.raw.data != walk->text.data + at || (rest.size && !strchr("#;", rest.data[0])))
		return 0;
	bool computed = afd_shell_computed(word.raw).size || afd_span_starts(word.text, "$(");
	afd_script_assign(walk, name, word.text, !computed);
	return (size_t)(after - walk->text.data);
}

bool afd_walk_variable(struct afd_walk *walk, struct afd_span line)
{
	static const char *const leads[] = { "export ", "set ", "SET ", "@", "let ", "const " };
	struct afd_span text = afd_span_trim(line);
	bool led = walk->kind == AFD_FENCE_SHELL;
	for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
		if (afd_span_starts(text, leads[i])) {
			text = afd_span_trim(afd_span_from(text, strlen(leads[i])));
			led = true;
			break;
		}
	}
	size_t size = 0;
	while (size < text.size && is_name_byte(text.data[size], size == 0))
		size++;
	struct afd_span after = afd_span_trim(afd_span_from(text, size));
	if (!led || size == 0 || !afd_span_starts(after, "=") || afd_span_starts(after, "=="))
		return false;
	struct afd_span value = without_quotes(afd_span_trim(afd_span_from(after, 1)));
	struct afd_span name = afd_span_first(text, size);
	bool shell = walk->kind == AFD_FENCE_SHELL && text.data[size] == '=';
	bool taken = afd_walk_take(walk, name, value);
	size_t begin = (size_t)(text.data - walk->text.data);
	size_t end = shell && !taken ? assign(walk, name, begin + size + 1) : 0;
	if (!taken && !end && !memchr(value.data, ' ', value.size))
		afd_walk_declare(walk, line, name, value);
	afd_walk_settle_comments(walk, false);
	afd_walk_end_line(walk, end ? end : begin);
	return true;
}
