/* SPDX-License-Identifier: MIT
 * Tests: what they are called, which lines are theirs, and what their labels say. */
#include "read.h"

#include "base/hash.h"

#include <stdint.h>
#include <string.h>

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_id_byte(char byte)
{
	return is_digit(byte) || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* "6.13. Title" -> 6.13; "TC-001: Title" -> TC-001. Empty: the heading has no number. */
static struct afd_span number_of(struct afd_span heading)
{
	size_t size = 0;
	bool digit = false;
	while (size < heading.size && (is_id_byte(heading.data[size]) || strchr(".-_", heading.data[size]))) {
		digit = digit || is_digit(heading.data[size]);
		size++;
	}
	struct afd_span number = afd_span_first(heading, size);
	bool starts_well = digit && (is_digit(heading.data[0]) || (size > 2 && memchr(heading.data, '-', size)));
	bool ends_well = size == heading.size || strchr(" \t:)", heading.data[size]);
	while (number.size && !is_id_byte(number.data[number.size - 1]))
		number.size--;
	return starts_well && ends_well ? number : (struct afd_span){ heading.data, 0 };
}

static struct afd_span title_of(struct afd_span heading, struct afd_span number)
{
	struct afd_span title = afd_span_from(heading, number.size);
	while (number.size && title.size && strchr(".:)- \t", title.data[0]))
		title = afd_span_from(title, 1);
	return title.size ? title : heading;
}

static const struct afd_model_test *test_with_id(const struct afd_model *model, const char *id)
{
	for (size_t i = 0; i + 1 < model->tests.count; i++)
		if (strcmp(model->tests.rows[i].id, id) == 0)
			return &model->tests.rows[i];
	return NULL;
}

static void make_unique(struct afd_reader *reader, struct afd_model_test *test)
{
	const struct afd_model_test *first = test_with_id(reader->model, test->id);
	if (!first)
		return;
	const char *wanted = test->id;
	for (unsigned n = 2; test_with_id(reader->model, test->id); n++)
		test->id = afd_arena_printf(reader->arena, "%s-%u", wanted, n);
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "duplicate", test->where,
											  "a second test '%s'; it is called '%s'", wanted, test->id);
	afd_diag_peer(row, reader->diag, first->where, "the first one is here");
}

static const char *section_of(const struct afd_reader *reader)
{
	if (reader->heading == SIZE_MAX)
		return "";
	const struct afd_block *heading = &reader->document->blocks[reader->heading];
	for (size_t i = reader->heading; i-- > 0;) {
		const struct afd_block *above = &reader->document->blocks[i];
		if (above->kind == AFD_HEADING && above->level < heading->level)
			return above->level > 1 ? afd_arena_copy(reader->arena, above->text) : "";
	}
	return "";
}

static const char *file_of(struct afd_arena *arena, const char *id)
{
	char *file = afd_arena_printf(arena, "test_%s", id);
	for (char *p = file; *p; p++)
		if (!is_id_byte(*p))
			*p = '_';
	return file;
}

void afd_read_identify(struct afd_reader *reader, struct afd_model_test *test, struct afd_span caption)
{
	struct afd_span heading = caption;
	if (heading.size == 0 && reader->heading != SIZE_MAX)
		heading = reader->document->blocks[reader->heading].text;
	struct afd_span number = heading.size ? number_of(heading) : heading;
	struct afd_span title = heading.size ? title_of(heading, number) : AFD_SPAN("");
	test->title = afd_arena_copy(reader->arena, title);
	test->section = section_of(reader);
	test->id = number.size ? afd_arena_copy(reader->arena, number) : afd_read_slug(title, reader->arena);
	if (!test->id[0])
		test->id = afd_arena_printf(reader->arena, "line-%u", test->line);
	make_unique(reader, test);
	test->file = file_of(reader->arena, test->id);
}

/* The lines from the heading to the last one that is not blank before a rule or the next heading. */
static void set_lines(struct afd_reader *reader, struct afd_model_test *test)
{
	const struct afd_document *document = reader->document;
	size_t last = reader->heading == SIZE_MAX ? 0 : reader->heading;
	struct afd_span begin = reader->heading == SIZE_MAX ? test->where : document->blocks[reader->heading].all;
	for (size_t i = last; i < reader->end && document->blocks[i].kind != AFD_RULE; i++)
		last = i;
	struct afd_span all = document->blocks[last].all;
	test->first_line = afd_read_line(reader, begin);
	test->last_line = afd_read_line(reader, afd_span_from(all, all.size ? all.size - 1 : 0));
	while (test->last_line > test->first_line &&
		   afd_span_trim(afd_source_line_text(reader->model->source, test->last_line)).size == 0)
		test->last_line--;
	afd_sha256_hex(afd_source_lines(reader->model->source, test->first_line, test->last_line), test->sha256);
}

static void apply_held(struct afd_reader *reader)
{
	for (size_t i = 0; i < reader->held_count; i++) {
		const struct afd_block *block = &reader->document->blocks[reader->held[i]];
		afd_read_test_label(reader, afd_read_label(block), block);
	}
	reader->held_count = 0;
}

struct afd_model_test *afd_read_add_test(struct afd_reader *reader, const struct afd_found *found)
{
	struct afd_model *model = reader->model;
	struct afd_model_test *test =
		afd_arena_push(reader->arena, &model->tests.rows, &model->tests.count, sizeof *test);
	test->form = found->form;
	test->where = found->where;
	test->line = afd_read_line(reader, found->where);
	test->method = found->method;
	test->url = afd_arena_copy(reader->arena, found->url);
	test->body = found->body;
	test->headers.rows = found->headers.rows;
	test->headers.count = found->headers.count;
	const struct afd_word *method = afd_word_find(AFD_WORD_METHOD, afd_span_of(test->method));
	test->write = !method || method->id == 1;
	afd_read_identify(reader, test, found->caption);
	set_lines(reader, test);
	reader->test = test;
	apply_held(reader);
	return test;
}

static void read_body(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block)
{
	struct afd_span code = afd_read_code_span(block->text, NULL);
	if (code.size > 0) {
		afd_read_set_body(reader, &test->body, code, 0);
		return;
	}
	if (afd_word_find(AFD_WORD_NONE, block->text))
		return;
	const struct afd_block *content = afd_read_content(reader, block);
	if (content && content->kind == AFD_FENCE) {
		reader->used[content - reader->document->blocks] = true;
		afd_read_set_body(reader, &test->body, content->body, content->indent);
		return;
	}
	afd_diag_add(reader->diag, AFD_WARNING, "body", block->text.size ? block->text : block->name,
				 "no body is understood here: the request is sent without one");
}

static void read_headers(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block)
{
	struct afd_span code = afd_read_code_span(block->text, NULL);
	if (code.size > 0) {
		afd_read_header_lines(reader, code, &test->headers.rows, &test->headers.count);
		return;
	}
	const struct afd_block *content = afd_read_content(reader, block);
	if (content && content->kind == AFD_FENCE) {
		reader->used[content - reader->document->blocks] = true;
		afd_read_header_lines(reader, content->body, &test->headers.rows, &test->headers.count);
		return;
	}
	for (size_t i = 0; content && content->kind == AFD_LIST && i < content->line_count; i++)
		afd_read_header_lines(reader, afd_read_value(content->lines[i].text), &test->headers.rows, &test->headers.count);
}

static void read_examples(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block)
{
	if (afd_read_code_span(block->text, NULL).size)
		afd_read_example(reader, test, block->text);
	const struct afd_block *content = afd_read_content(reader, block);
	if (!content || content->kind != AFD_LIST)
		return;
	for (size_t i = 0; i < content->line_count; i++)
		afd_read_example(reader, test, content->lines[i].text);
}

static void read_effect(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block)
{
	const struct afd_word *word = afd_word_find(AFD_WORD_EFFECT, afd_read_value(block->text));
	if (word) {
		test->write = word->id == 1;
		test->effect_stated = true;
		return;
	}
	afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "effect", block->text.size ? block->text : block->name,
				 "an effect is 'read' or 'write'");
}

/* Code spans of a label's line, or of its list, as names. */
static void read_names(struct afd_reader *reader, const struct afd_block *block, struct afd_model_name **rows,
					   size_t *count)
{
	struct afd_span after = block->text;
	for (struct afd_span span; (span = afd_read_code_span(after, &after)).size > 0;) {
		struct afd_model_name *row = afd_arena_push(reader->arena, rows, count, sizeof *row);
		*row = (struct afd_model_name){ afd_read_line(reader, span), afd_arena_copy(reader->arena, span) };
	}
}

static void read_keep(struct afd_reader *reader, struct afd_model_test *test, struct afd_span item)
{
	struct afd_span after;
	struct afd_span path = afd_read_code_span(item, &after);
	struct afd_span target = afd_read_code_span(after, NULL);
	struct afd_span name;
	struct afd_span whole;
	if (!afd_span_starts(path, "$") || afd_read_placeholder(target, 0, &name, &whole) == SIZE_MAX) {
		struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "keep", item,
												  "this does not say what to keep and under which name");
		afd_diag_hint(reader->diag, row, "write `$.data.id` \xE2\x86\x92 `{ORDER_ID}`");
		return;
	}
	struct afd_model_keep *row = afd_arena_push(reader->arena, &test->keeps.rows, &test->keeps.count, sizeof *row);
	*row = (struct afd_model_keep){ afd_read_line(reader, item), afd_arena_copy(reader->arena, path),
									afd_arena_copy(reader->arena, name) };
}

static void read_keeps(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block)
{
	if (block->text.size)
		read_keep(reader, test, block->text);
	const struct afd_block *content = afd_read_content(reader, block);
	for (size_t i = 0; content && content->kind == AFD_LIST && i < content->line_count; i++)
		read_keep(reader, test, content->lines[i].text);
}

void afd_read_test_label(struct afd_reader *reader, enum afd_label label, const struct afd_block *block)
{
	struct afd_model_test *test = reader->test;
	switch (label) {
	case AFD_LABEL_BODY: read_body(reader, test, block); break;
	case AFD_LABEL_HEADERS: read_headers(reader, test, block); break;
	case AFD_LABEL_EXAMPLES: read_examples(reader, test, block); break;
	case AFD_LABEL_EFFECT: read_effect(reader, test, block); break;
	case AFD_LABEL_EXPECTED: test->explicit |= afd_read_expected(reader, block, test); break;
	case AFD_LABEL_CHANGE: afd_read_change(reader, test, block); break;
	case AFD_LABEL_KEEP: read_keeps(reader, test, block); break;
	case AFD_LABEL_LANDS_IN: read_names(reader, block, &test->lands_in.rows, &test->lands_in.count); break;
	case AFD_LABEL_NEEDS: read_names(reader, block, &test->needs.rows, &test->needs.count); break;
	case AFD_LABEL_TAGS: read_names(reader, block, &test->tags.rows, &test->tags.count); break;
	default: break;
	}
}
