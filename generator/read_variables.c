/* SPDX-License-Identifier: MIT
 * Variables that fences set: "BASE_URL=http://...", "@host = ...", "$base = ..." */
#include "survey.h"

#include <stdint.h>
#include <string.h>

static bool is_name_byte(char byte, bool first)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || u == '_' || (!first && u >= '0' && u <= '9');
}

/* What a document must not hold, or only stands for a value. */
static bool is_withheld(struct afd_span name, struct afd_span value)
{
	static const char *const names[] = { "token", "secret", "password", "passwd", "api_key", "apikey", "auth" };
	static const char *const stand_ins[] = { "your", "<", "...", "xxx", "changeme", "paste", "{{", "tu_", "seu_" };
	char buffer[128];
	struct afd_span folded = afd_word_fold(name, buffer);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (afd_span_find(folded, names[i], 0) != SIZE_MAX)
			return true;
	folded = afd_word_fold(value, buffer);
	for (size_t i = 0; i < sizeof stand_ins / sizeof stand_ins[0]; i++)
		if (afd_span_starts(folded, stand_ins[i]))
			return true;
	return folded.size == 0 || memchr(value.data, '$', value.size) || memchr(value.data, '`', value.size);
}

void afd_walk_declare(struct afd_walk *walk, struct afd_span line, struct afd_span name, struct afd_span value)
{
	struct afd_model *model = walk->reader->model;
	if (is_withheld(name, value) || model->variables.count > 256 || afd_read_variable(model, name))
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
	if (!afd_walk_take(walk, afd_span_first(text, size), value) && !memchr(value.data, ' ', value.size))
		afd_walk_declare(walk, line, afd_span_first(text, size), value);
	afd_walk_settle_comments(walk, false);
	afd_walk_skip(walk, line);
	return true;
}
