/* SPDX-License-Identifier: MIT */
#include "trace.h"

#include "index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

const char *afd_trace_word(enum afd_trace_state state)
{
	static const char *const words[] = { "exact", "moved", "changed", "orphaned", "missing" };
	return words[state];
}

/* Text after ".name = " up to the end of that line, or empty. */
static struct afd_span field(struct afd_span text, const char *name)
{
	size_t at = afd_span_find(text, name, 0);
	if (at == SIZE_MAX)
		return (struct afd_span){ text.data, 0 };
	struct afd_span value = afd_span_from(text, at + strlen(name));
	const char *newline = memchr(value.data, '\n', value.size);
	return newline ? afd_span_first(value, (size_t)(newline - value.data)) : value;
}

static unsigned octal(struct afd_span text, size_t at)
{
	return (unsigned)(text.data[at] - '0') * 64 + (unsigned)(text.data[at + 1] - '0') * 8 +
		   (unsigned)(text.data[at + 2] - '0');
}

static char unescaped(char byte)
{
	return byte == 'n' ? '\n' : byte == 't' ? '\t' : byte == 'r' ? '\r' : byte;
}

/* The string of a literal on one line, as the emitter escapes it. */
static const char *literal(struct afd_span text, const char *name, struct afd_arena *arena)
{
	struct afd_span value = field(text, name);
	if (value.size < 2 || value.data[0] != '"')
		return NULL;
	char *out = afd_arena_new(arena, value.size);
	size_t size = 0;
	for (size_t i = 1; i < value.size && value.data[i] != '"'; i++) {
		bool escape = value.data[i] == '\\' && i + 1 < value.size;
		bool number = escape && value.data[i + 1] >= '0' && value.data[i + 1] <= '3' && i + 3 < value.size;
		if (number) {
			out[size++] = (char)octal(value, i + 1);
			i += 3;
		} else {
			out[size++] = escape ? unescaped(value.data[++i]) : value.data[i];
		}
	}
	return out;
}

static unsigned number(struct afd_span text, const char *name)
{
	struct afd_span value = field(text, name);
	unsigned long result = 0;
	for (size_t i = 0; i < value.size && value.data[i] >= '0' && value.data[i] <= '9' && result < 1000000000; i++)
		result = result * 10 + (unsigned long)(value.data[i] - '0');
	return (unsigned)result;
}

bool afd_trace_read(struct afd_span text, struct afd_arena *arena, struct afd_reference *reference)
{
	size_t begin = afd_span_find(text, "\nconst struct afd_test ", 0);
	if (begin == SIZE_MAX)
		return false;
	text = afd_span_from(text, begin);
	*reference = (struct afd_reference){
		.spec = literal(text, "\t.spec = ", arena),
		.id = literal(text, "\t.id = ", arena),
		.sha256 = literal(text, "\t.sha256 = ", arena),
		.first_line = number(text, "\t.first_line = "),
		.last_line = number(text, "\t.last_line = "),
	};
	return reference->spec && reference->id && reference->sha256 && reference->first_line;
}

static void compare_one(struct afd_reference *reference, const struct afd_model *model, const struct afd_index *tests)
{
	size_t number = afd_index_find(tests, reference->id);
	if (number == SIZE_MAX) {
		reference->state = AFD_ORPHANED;
		return;
	}
	const struct afd_model_test *test = &model->tests.rows[number];
	reference->now_first = test->first_line;
	reference->now_last = test->last_line;
	bool same = strcmp(test->sha256, reference->sha256) == 0;
	bool there = test->first_line == reference->first_line && test->last_line == reference->last_line;
	reference->state = !same ? AFD_CHANGED : there ? AFD_EXACT : AFD_MOVED;
}

static int by_line(const void *a, const void *b)
{
	const struct afd_reference *x = a;
	const struct afd_reference *y = b;
	if (x->first_line != y->first_line)
		return x->first_line < y->first_line ? -1 : 1;
	return strcmp(x->id, y->id);
}

void afd_trace_compare(struct afd_trace *trace, const struct afd_model *model)
{
	struct afd_index tests = { 0 };
	struct afd_index covered = { 0 };
	for (size_t i = 0; i < model->tests.count; i++)
		afd_index_put(&tests, model->arena, model->tests.rows[i].id, i);
	for (size_t i = 0; i < trace->references.count; i++) {
		compare_one(&trace->references.rows[i], model, &tests);
		afd_index_put(&covered, model->arena, trace->references.rows[i].id, i);
	}
	for (size_t i = 0; i < model->tests.count; i++) {
		const struct afd_model_test *test = &model->tests.rows[i];
		if (afd_index_find(&covered, test->id) != SIZE_MAX)
			continue;
		struct afd_reference *row =
			afd_arena_push(model->arena, &trace->references.rows, &trace->references.count, sizeof *row);
		*row = (struct afd_reference){ .spec = model->source->path,
									   .id = test->id,
									   .sha256 = test->sha256,
									   .first_line = test->first_line,
									   .last_line = test->last_line,
									   .state = AFD_MISSING,
									   .now_first = test->first_line,
									   .now_last = test->last_line };
	}
	if (trace->references.count)
		qsort(trace->references.rows, trace->references.count, sizeof *trace->references.rows, by_line);
}
