/* SPDX-License-Identifier: MIT
 * The words that the spec itself says in public: codes, names in its paths, names in its bodies. The masker shows them. */
#include "read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64 };

static void add_word(struct afd_model *model, struct afd_span word)
{
	if (word.size == 0 || word.size > WORD_MAX)
		return;
	const char **row = afd_arena_push(model->arena, &model->words.rows, &model->words.count, sizeof *row);
	*row = afd_arena_copy(model->arena, word);
}

static bool is_name_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u | 32) >= 'a' && (u | 32) <= 'z' ? true : (u >= '0' && u <= '9') || u == '_' || u >= 0x80;
}

/* The name that begins at `p`, after a dot or in quotes; `*next` is where to look on. */
static struct afd_span name_at(const char *p, const char **next)
{
	bool quoted = *p == '\'' || *p == '"';
	const char *end = p + 1;
	if (quoted)
		while (*end && *end != *p)
			end++;
	else if (*p == '.')
		while (is_name_byte(*end))
			end++;
	*next = quoted && *end ? end + 1 : end;
	return (struct afd_span){ p + 1, (size_t)(end - p) - 1 };
}

static void add_path(struct afd_model *model, const char *path)
{
	for (const char *p = path; *p;)
		add_word(model, name_at(p, &p));
}

/* A string with a colon after it is a name of the body's JSON. */
static void add_body_names(struct afd_model *model, struct afd_span body)
{
	for (size_t at = 0; (at = afd_span_find(body, "\"", at)) != SIZE_MAX;) {
		size_t close = afd_span_find(body, "\"", at + 1);
		if (close == SIZE_MAX)
			return;
		size_t after = close + 1;
		while (after < body.size && strchr(" \t\r\n", body.data[after]) && body.data[after])
			after++;
		if (after < body.size && body.data[after] == ':' && !memchr(body.data + at + 1, '\\', close - at - 1))
			add_word(model, (struct afd_span){ body.data + at + 1, close - at - 1 });
		at = close + 1;
	}
}

static void add_test(struct afd_model *model, const struct afd_model_test *test)
{
	for (size_t i = 0; i < test->terms.count; i++) {
		const struct afd_model_term *term = &test->terms.rows[i];
		if (strcmp(term->subject, "AFD_CODE") == 0)
			add_word(model, afd_span_of(term->value));
		else if (strcmp(term->subject, "AFD_PATH") == 0)
			add_path(model, term->name);
		if (strstr(term->predicate, "LIKE"))
			add_body_names(model, afd_span_of(term->value));
	}
	for (size_t i = 0; i < test->keeps.count; i++)
		if (strcmp(test->keeps.rows[i].subject, "AFD_PATH") == 0)
			add_path(model, test->keeps.rows[i].of);
	add_body_names(model, test->body.bytes);
}

static void add_landing(struct afd_model *model, const struct afd_model_landing *landing)
{
	add_path(model, landing->records);
	add_path(model, landing->condition_path);
	for (size_t i = 0; i < landing->columns.count; i++)
		add_path(model, landing->columns.rows[i].from);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_words(struct afd_model *model)
{
	if (model->words.count)
		qsort(model->words.rows, model->words.count, sizeof *model->words.rows, by_text);
	size_t kept = 0;
	for (size_t i = 0; i < model->words.count; i++)
		if (kept == 0 || strcmp(model->words.rows[kept - 1], model->words.rows[i]) != 0)
			model->words.rows[kept++] = model->words.rows[i];
	model->words.count = kept;
}

void afd_read_words(struct afd_model *model)
{
	/* the envelope that the runtime judges by */
	static const char *const envelope[] = { "data", "error", "code", "status", "message", "result", "info" };
	for (size_t i = 0; i < sizeof envelope / sizeof envelope[0]; i++)
		add_word(model, afd_span_of(envelope[i]));
	for (size_t i = 0; i < model->policy.count; i++)
		add_path(model, model->policy.rows[i].path);
	for (size_t i = 0; i < model->landings.count; i++)
		add_landing(model, &model->landings.rows[i]);
	for (size_t i = 0; i < model->tests.count; i++)
		add_test(model, &model->tests.rows[i]);
	sort_words(model);
}
