/* SPDX-License-Identifier: MIT
 * Tests and what their labels say. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

static void apply_held(struct afd_reader *reader)
{
	size_t count = reader->held_count;
	reader->held_count = 0; /* a second body makes a test of its own, which these do not speak of */
	for (size_t i = 0; i < count; i++) {
		const struct afd_block *block = &reader->document->blocks[reader->held[i]];
		afd_read_test_label(reader, afd_loose_label(block), block);
	}
}

/* What is sent differs from what is written: the data of -G, a variable of a script. */
static void add_sent_case(struct afd_reader *reader, struct afd_model_test *test, const char *sent)
{
	struct afd_model_case *it =
		afd_arena_push(reader->arena, &test->cases.rows, &test->cases.count, sizeof *it);
	struct afd_span name;
	struct afd_span whole;
	it->line = test->line;
	it->url = sent;
	it->case_url = afd_read_placeholder(afd_span_of(sent), 0, &name, &whole) == SIZE_MAX ? sent : NULL;
}

/* The first comment that states a status counts; what is said to be expected counts before what is not. */
static void apply_notes(struct afd_reader *reader, struct afd_model_test *test, const struct afd_found *found)
{
	for (int stated = 1; stated >= 0; stated--)
		for (size_t i = 0; i < found->notes.count; i++)
			if (found->notes.rows[i].stated == (stated == 1) && !afd_has_status(test))
				afd_expect_status(reader, test, found->notes.rows[i].text,
								  stated ? AFD_STATEMENT_EXPECTED : AFD_STATEMENT_PROSE);
}

/* curl and browsers ask for http where no scheme is written. */
static const char *with_scheme(struct afd_reader *reader, const struct afd_found *found)
{
	static const char *const hosts[] = { "localhost:", "localhost/", "127.0.0.1:", "127.0.0.1/", "0.0.0.0:" };
	struct afd_span url = found->sent ? afd_span_of(found->sent) : found->url;
	bool bare = strcmp(found->form, "curl") == 0 && url.size && !strchr("/${<", url.data[0]) &&
				afd_span_find(url, "://", 0) == SIZE_MAX;
	for (size_t i = 0; !bare && i < sizeof hosts / sizeof hosts[0]; i++)
		bare = afd_span_starts(url, hosts[i]);
	if (!bare || !afd_read_spend(reader, found->where, url.size))
		return found->sent;
	return afd_arena_printf(reader->arena, "http://%s", afd_arena_copy(reader->arena, url));
}

struct afd_model_test *afd_read_add_test(struct afd_reader *reader, const struct afd_found *found)
{
	struct afd_model *model = reader->model;
	struct afd_model_test *test =
		afd_arena_push(reader->arena, &model->tests.rows, &model->tests.count, sizeof *test);
	test->stage = AFD_STAGE_TESTS;
	test->form = found->form;
	test->where = found->where;
	test->line = afd_read_line(reader, found->where);
	test->method = found->method;
	test->url = afd_arena_copy(reader->arena, found->url);
	if (afd_read_check_url(reader, found->url, found->shell, found->where) && found->sent)
		(void)afd_read_check_url(reader, afd_span_of(found->sent), true, found->where);
	test->unknown =
		found->unknown.size ? afd_arena_copy(reader->arena, afd_span_first(found->unknown, 60)) : NULL;
	test->body = found->body;
	test->headers = found->headers;
	const struct afd_word *method = afd_word_find(AFD_WORD_METHOD, afd_span_of(test->method));
	test->write = !method || method->id == 1;
	const char *sent = with_scheme(reader, found);
	test->sent = found->renamed ? sent : NULL;
	if (sent)
		add_sent_case(reader, test, sent);
	afd_read_identify(reader, test, found);
	reader->test = test;
	reader->unit.answered = false;
	struct afd_span *fallback = afd_arena_push(reader->arena, &reader->unit.fallbacks.rows,
											   &reader->unit.fallbacks.count, sizeof *fallback);
	*fallback = reader->unit.caption_stated ? reader->unit.caption : reader->unit.prose;
	if (afd_status_in(found->caption, AFD_STATEMENT_PROSE))
		*fallback = found->caption;
	apply_notes(reader, test, found);
	for (size_t i = 0; i < found->captures.count; i++)
		afd_read_capture(reader, test, &found->captures.rows[i]);
	apply_held(reader);
	return test;
}

static void read_headers(struct afd_reader *reader, struct afd_model_test *test,
						 const struct afd_block *block)
{
	struct afd_span code = afd_read_code_span(block->text, NULL);
	if (code.size > 0) {
		afd_read_header_lines(reader, code, &test->headers);
		return;
	}
	const struct afd_block *content = afd_read_content(reader, block);
	if (content && content->kind == AFD_FENCE) {
		reader->used[content - reader->document->blocks] = true;
		afd_read_header_lines(reader, content->body, &test->headers);
		return;
	}
	for (size_t i = 0; content && content->kind == AFD_LIST && i < content->line_count; i++)
		afd_read_header_lines(reader, afd_read_value(content->lines[i].text), &test->headers);
}

static void read_examples(struct afd_reader *reader, struct afd_model_test *test,
						  const struct afd_block *block)
{
	if (afd_read_code_span(block->text, NULL).size)
		afd_read_example(reader, test, block->text);
	const struct afd_block *content = afd_read_list(reader, block);
	for (size_t i = 0; content && i < content->line_count; i++)
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
static void add_names(struct afd_reader *reader, struct afd_span text, struct afd_model_name **rows,
					  size_t *count)
{
	struct afd_span after = text;
	for (struct afd_span span; (span = afd_read_code_span(after, &after)).size > 0;) {
		struct afd_model_name *row = afd_arena_push(reader->arena, rows, count, sizeof *row);
		*row =
			(struct afd_model_name){ afd_read_line(reader, span), afd_arena_copy(reader->arena, span), span };
	}
}

static void read_names(struct afd_reader *reader, const struct afd_block *block, struct afd_model_name **rows,
					   size_t *count)
{
	size_t before = *count;
	const struct afd_block *list = afd_read_list(reader, block);
	add_names(reader, block->text, rows, count);
	for (size_t i = 0; list && i < list->line_count; i++)
		add_names(reader, list->lines[i].text, rows, count);
	if (*count > before)
		return;
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "needs", block->text.size ? block->text : block->name,
					 "no name is given here");
	afd_diag_hint(reader->diag, row, "names are written as code: `1.6`");
}

void afd_read_test_label(struct afd_reader *reader, enum afd_label label, const struct afd_block *block)
{
	struct afd_model_test *test = reader->test;
	switch (label) {
	case AFD_LABEL_BODY: afd_read_body(reader, test, block); break;
	case AFD_LABEL_HEADERS: read_headers(reader, test, block); break;
	case AFD_LABEL_EXAMPLES: read_examples(reader, test, block); break;
	case AFD_LABEL_EFFECT: read_effect(reader, test, block); break;
	case AFD_LABEL_EXPECTED:
		test->explicit |= afd_read_expected(reader, block, test);
		afd_read_answer(reader, test, label, block);
		break;
	case AFD_LABEL_STATUS:
	case AFD_LABEL_RESPONSE:
	case AFD_LABEL_ERRORS: afd_read_answer(reader, test, label, block); break;
	case AFD_LABEL_CHANGE: afd_read_change(reader, test, block); break;
	case AFD_LABEL_KEEP: afd_read_keeps(reader, test, block); break;
	case AFD_LABEL_REPEAT: afd_read_repeat(reader, test, block); break;
	case AFD_LABEL_STAGE: afd_read_stage(reader, test, block); break;
	case AFD_LABEL_LANDS_IN: read_names(reader, block, &test->lands_in.rows, &test->lands_in.count); break;
	case AFD_LABEL_NEEDS: read_names(reader, block, &test->needs.rows, &test->needs.count); break;
	case AFD_LABEL_TAGS: read_names(reader, block, &test->tags.rows, &test->tags.count); break;
	default: break;
	}
}
