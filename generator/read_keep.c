/* SPDX-License-Identifier: MIT
 * Values of an answer that later requests use, and those that none does. */
#include "read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Between the value and the name. */
static struct afd_span without_arrow(struct afd_span text)
{
	static const char *const arrows[] = { "\xE2\x86\x92", "->", "=>", ":", "=" };
	text = afd_span_trim(text);
	for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++) {
		size_t size = strlen(arrows[i]);
		if (text.size > size && memcmp(text.data + text.size - size, arrows[i], size) == 0)
			return afd_span_trim(afd_span_first(text, text.size - size));
	}
	return text;
}

/* The last code span, where it is a placeholder; `*before` gets what stands before it. */
static bool find_target(struct afd_span item, struct afd_span *name, struct afd_span *before)
{
	struct afd_span target = { NULL, 0 };
	struct afd_span after = item;
	for (struct afd_span span; (span = afd_read_code_span(after, &after)).size > 0;)
		target = span;
	struct afd_span whole;
	if (target.size == 0 || afd_read_placeholder(target, 0, name, &whole) == SIZE_MAX)
		return false;
	size_t begin = (size_t)(target.data - item.data);
	while (begin > 0 && item.data[begin - 1] == '`')
		begin--;
	*before = without_arrow(afd_span_first(item, begin));
	return true;
}

static void refuse_keep(struct afd_reader *reader, struct afd_span where, const char *failure)
{
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "keep", where,
											  "this does not say what to keep and under which name");
	if (failure[0])
		afd_diag_hint(reader->diag, row, "%s", failure);
	else
		afd_diag_hint(reader->diag, row, "write `$.data.id` \xE2\x86\x92 `{ORDER_ID}`");
}

static void read_value(struct afd_reader *reader, struct afd_model_keep *row, struct afd_span what)
{
	struct afd_expect_lexer lexer;
	bool read = afd_expect_parse_subject(what, reader->vocabulary, reader->arena, &lexer);
	if (!read || lexer.noise.size) {
		refuse_keep(reader, read ? lexer.noise : lexer.failed_at, read ? "" : lexer.failure);
		return;
	}
	(void)afd_read_check_condition(reader, lexer.root);
	row->subject = lexer.root->subject;
	row->of = lexer.root->name ? lexer.root->name : "";
	afd_read_add_steps(reader, &row->steps.rows, &row->steps.count, &lexer.root->steps);
}

static void read_keep(struct afd_reader *reader, struct afd_model_test *test, struct afd_span item)
{
	struct afd_span name, what;
	if (!find_target(item, &name, &what)) {
		refuse_keep(reader, item, "");
		return;
	}
	afd_read_declare(reader, name, name)->kept = true;
	struct afd_model_keep *row =
		afd_arena_push(reader->arena, &test->keeps.rows, &test->keeps.count, sizeof *row);
	*row = (struct afd_model_keep){ .line = afd_read_line(reader, item),
									.subject = "AFD_PATH",
									.of = "$",
									.name = afd_arena_copy(reader->arena, name),
									.where = name };
	afd_index_put(&reader->kept, reader->arena, row->name, 0);
	if (what.size)
		read_value(reader, row, what);
	else
		refuse_keep(reader, item, "");
}

void afd_read_keeps(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block)
{
	if (block->text.size)
		read_keep(reader, test, block->text);
	const struct afd_block *content = afd_read_list(reader, block);
	for (size_t i = 0; content && i < content->line_count; i++)
		read_keep(reader, test, content->lines[i].text);
}

void afd_read_capture(struct afd_reader *reader, struct afd_model_test *test,
					  const struct afd_capture *capture)
{
	afd_read_declare(reader, capture->name, capture->where)->kept = true;
	struct afd_model_keep *row =
		afd_arena_push(reader->arena, &test->keeps.rows, &test->keeps.count, sizeof *row);
	*row = (struct afd_model_keep){ .line = afd_read_line(reader, capture->where),
									.subject = capture->path ? "AFD_PATH" : "AFD_COOKIE",
									.of = capture->path ? capture->path : "*",
									.name = afd_arena_copy(reader->arena, capture->name),
									.where = capture->where,
									.implied = true };
	afd_index_put(&reader->kept, reader->arena, row->name, 0);
}

static bool is_name_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_' || u == '-';
}

/* A name that is kept, and the last test that uses it. */
struct kept {
	const char *name;
	size_t last_use; /* its turn, from 1; 0: none */
};

struct kept_names {
	struct kept *rows;
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct kept *)a)->name, ((const struct kept *)b)->name);
}

static int name_of_word(const void *word, const void *row)
{
	return afd_span_compare(*(const struct afd_span *)word, afd_span_of(((const struct kept *)row)->name));
}

static void note_uses(const struct kept_names *names, struct afd_span text, size_t turn)
{
	for (size_t at = 0; at < text.size; at++) {
		size_t begin = at;
		while (at < text.size && is_name_byte(text.data[at]))
			at++;
		struct afd_span word = { text.data + begin, at - begin };
		struct kept *found =
			word.size ? bsearch(&word, names->rows, names->count, sizeof *found, name_of_word) : NULL;
		if (found && found->last_use <= turn)
			found->last_use = turn + 1;
	}
}

static void note_test(const struct kept_names *names, const struct afd_model_test *test, size_t number)
{
	note_uses(names, afd_span_of(test->url), number);
	note_uses(names, test->body.bytes, number);
	for (size_t i = 0; i < test->headers.count; i++)
		note_uses(names, afd_span_of(test->headers.rows[i].value), number);
	for (size_t i = 0; i < test->terms.count; i++)
		note_uses(names, afd_span_of(test->terms.rows[i].value), number);
}

/* Every kept name once, sorted. */
static struct kept_names kept_names_of(const struct afd_model *model)
{
	struct kept_names names = { NULL, 0 };
	for (size_t i = 0; i < model->tests.count; i++)
		for (size_t k = 0; k < model->tests.rows[i].keeps.count; k++) {
			struct kept *row = afd_arena_push(model->arena, &names.rows, &names.count, sizeof *row);
			row->name = model->tests.rows[i].keeps.rows[k].name;
		}
	if (names.count)
		qsort(names.rows, names.count, sizeof *names.rows, by_name);
	size_t count = 0;
	for (size_t i = 0; i < names.count; i++)
		if (count == 0 || by_name(&names.rows[count - 1], &names.rows[i]) != 0)
			names.rows[count++] = names.rows[i];
	names.count = count;
	return names;
}

void afd_read_check_keeps(struct afd_reader *reader)
{
	const struct afd_model *model = reader->model;
	struct kept_names names = kept_names_of(model);
	for (size_t i = 0; names.count && i < model->tests.count; i++)
		note_test(&names, &model->tests.rows[i], afd_read_turn(model, i));
	for (size_t i = 0; names.count && i < model->tests.count; i++) {
		for (size_t k = 0; k < model->tests.rows[i].keeps.count; k++) {
			const struct afd_model_keep *keep = &model->tests.rows[i].keeps.rows[k];
			struct kept wanted = { keep->name, 0 };
			const struct kept *found = bsearch(&wanted, names.rows, names.count, sizeof wanted, by_name);
			if (found && !keep->implied && found->last_use <= afd_read_turn(model, i) + 1)
				afd_diag_add(reader->diag, AFD_WARNING, "keep", keep->where, "no later request uses '%s'",
							 keep->name);
		}
	}
}
