/* SPDX-License-Identifier: MIT
 * Bodies of requests that are only named: which fence is one, and which is an answer. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { UNKNOWN_MAX = 60 };

bool afd_is_json(struct afd_span text)
{
	text = afd_span_trim(text);
	return text.size > 1 && strchr("{[", text.data[0]);
}

static bool is_json_fence(const struct afd_block *block)
{
	return afd_is_json(block->body) ||
		   (afd_span_equal_nocase(afd_span_first(block->info, 4), AFD_SPAN("json")) && block->body.size > 0);
}

/* Names that answers have and requests have not. */
static bool looks_like_answer(struct afd_span json)
{
	static const char *const names[] = { "\"success\"", "\"error\"", "\"errors\"", "\"statusCode\"", "\"status_code\"", "\"detail\"",
										 "\"access_token\"", "\"createdAt\"", "\"created_at\"", "\"updatedAt\"", "\"_id\"", "\"timestamp\"" };
	json = afd_span_first(json, 1000);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (afd_span_find(json, names[i], 0) != SIZE_MAX)
			return true;
	return false;
}

static bool is_form(const struct afd_model_test *test, const char *const *forms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(test->form, forms[i]) == 0)
			return true;
	return false;
}

/* The request was only named: bodies under it, each with a caption, are a test each. */
static bool is_declared(const struct afd_model_test *test)
{
	static const char *const forms[] = { "heading", "label", "bold", "pair" };
	return is_form(test, forms, sizeof forms / sizeof forms[0]);
}

/* Of a list of cases each has a caption, the first one the request. */
static bool is_raw(const struct afd_model_test *test)
{
	static const char *const forms[] = { "fence", "request" };
	return is_form(test, forms, sizeof forms / sizeof forms[0]);
}

static bool may_take_body(const struct afd_model_test *test)
{
	static const char *const forms[] = { "heading", "label", "bold", "pair", "inline", "fence", "request" };
	static const char *const methods[] = { "POST", "PUT", "PATCH" };
	bool sends = false;
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
		sends = sends || strcmp(test->method, methods[i]) == 0;
	return sends && is_form(test, forms, sizeof forms / sizeof forms[0]);
}

/* The same request once more, with another body; itself where there are too many. */
static struct afd_model_test *add_alternative(struct afd_reader *reader, struct afd_model_test *test,
											  struct afd_span caption)
{
	struct afd_found found = { .form = test->form, .where = test->where, .method = test->method,
							   .url = afd_span_of(test->url), .caption = caption };
	size_t size = test->headers.count * sizeof *test->headers.rows;
	if (!afd_read_spend(reader, test->where, found.url.size + size))
		return test;
	found.headers.rows = afd_arena_new(reader->arena, size * 2);
	found.headers.count = test->headers.count;
	if (size)
		memcpy(found.headers.rows, test->headers.rows, size);
	reader->unit.taken++;
	return afd_read_add_test(reader, &found);
}

/* Sections that send the last request again */

enum { SHARED_MIN = 4, HEADING_MAX = 200 };

static bool is_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

/* A path or a URL, in words or in code. */
static bool names_path(struct afd_span text)
{
	for (size_t at = 0; (at = afd_span_find(text, "/", at)) != SIZE_MAX; at++) {
		bool starts = at == 0 || strchr(" `\"'(*:/}", text.data[at - 1]);
		if (starts && at + 1 < text.size &&
			(is_letter(text.data[at + 1]) || strchr("{:/", text.data[at + 1])))
			return true;
	}
	return false;
}

static bool section_names_path(const struct afd_reader *reader)
{
	for (size_t i = reader->heading; i < reader->end; i++) {
		const struct afd_block *block = &reader->document->blocks[i];
		struct afd_span text = block->kind == AFD_HEADING ? block->text : block->all;
		if (block->kind != AFD_FENCE && names_path(text))
			return true;
	}
	return false;
}

/* The headings have a word of some length in common: "Log in as admin", "Log in as nobody". */
static bool share_word(struct afd_span a, struct afd_span b)
{
	a = afd_span_first(a, HEADING_MAX);
	b = afd_span_first(b, HEADING_MAX);
	for (size_t i = 0; i < a.size;) {
		size_t size = 0;
		while (i + size < a.size && (is_letter(a.data[i + size]) || (unsigned char)a.data[i + size] >= 0x80))
			size++;
		struct afd_span word = { a.data + i, size };
		for (size_t at = 0; size >= SHARED_MIN && at + size <= b.size; at++)
			if (afd_span_equal_nocase(afd_span_first(afd_span_from(b, at), size), word))
				return true;
		i += size + 1;
	}
	return false;
}

/* The request of the section before, where this one has a body for it and says nothing of another path; NULL:
 * none. */
static struct afd_model_test *test_again(const struct afd_reader *reader)
{
	const struct afd_model *model = reader->model;
	struct afd_model_test *last = model->tests.count ? &model->tests.rows[model->tests.count - 1] : NULL;
	bool beside = last && reader->heading != SIZE_MAX && reader->test_heading != SIZE_MAX && reader->parent &&
				  reader->unit.taken == 0 && model->tests.count > reader->first_of_parent &&
				  reader->document->blocks[reader->heading].level == reader->test_level;
	if (!beside || !last->body.stated || !(is_declared(last) || is_raw(last)) || !may_take_body(last) ||
		!share_word(reader->document->blocks[reader->test_heading].text,
					reader->document->blocks[reader->heading].text) ||
		section_names_path(reader))
		return NULL;
	return last;
}

struct afd_model_test *afd_read_again(struct afd_reader *reader, const struct afd_block *fence,
									  struct afd_span caption)
{
	struct afd_model_test *last =
		fence && fence->kind == AFD_FENCE && is_json_fence(fence) ? test_again(reader) : NULL;
	if (!last)
		return NULL;
	unsigned line = last->line;
	struct afd_model_test *test = add_alternative(reader, last, caption);
	struct afd_span first = afd_span_first(fence->body, afd_span_find(fence->body, "\n", 0));
	afd_diag_add(reader->diag, AFD_WARNING, "body", first,
				 "the request of line %u is sent again, with this body", line);
	return test;
}

static void set_fence(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *fence)
{
	reader->used[fence - reader->document->blocks] = true;
	afd_read_set_body(reader, &test->body, fence->body, fence->indent);
}

/* `SignUpRequest`: what the body is of, not the body. */
static bool is_type_name(struct afd_span code)
{
	size_t capitals = 0;
	size_t letters = 0;
	for (size_t i = 0; i < code.size; i++) {
		capitals += code.data[i] >= 'A' && code.data[i] <= 'Z';
		letters += is_letter(code.data[i]);
		if (!is_letter(code.data[i]) && !strchr("<>[]0123456789", code.data[i]))
			return false;
	}
	return code.size > 0 && code.data[0] >= 'A' && code.data[0] <= 'Z' && capitals > 1 && letters > capitals;
}

void afd_read_body(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label)
{
	if (test->body.stated && is_declared(test))
		test = add_alternative(reader, test, afd_label_words(label));
	struct afd_span code = afd_read_code_span(label->text, NULL);
	if (code.size > 0 && !is_type_name(code)) {
		afd_read_set_body(reader, &test->body, code, 0);
		return;
	}
	if (afd_word_find(AFD_WORD_NONE, label->text))
		return;
	const struct afd_block *content = afd_read_content(reader, label);
	if (content && content->kind == AFD_FENCE) {
		set_fence(reader, test, content);
		return;
	}
	struct afd_span text = afd_is_json(label->text) ? label->text : content && content->kind == AFD_PARAGRAPH ? content->all : label->text;
	if (afd_is_json(text)) {
		afd_read_set_body(reader, &test->body, afd_span_trim(text), content ? content->indent : 0);
		return;
	}
	test->body_label = label->text.size ? label->text : label->name;
}

void afd_read_settle_body(struct afd_reader *reader, struct afd_model_test *test)
{
	if (test->body_label.size == 0 || test->body.stated)
		return;
	bool blocked = may_take_body(test);
	afd_diag_add(reader->diag, AFD_WARNING, "body", test->body_label,
				 "no body is understood here: the request is %s", blocked ? "not sent" : "sent without one");
	if (blocked && !test->unknown)
		test->unknown = afd_arena_copy(reader->arena, afd_span_first(test->body_label, UNKNOWN_MAX));
}

enum fence_role { ROLE_NEUTRAL, ROLE_CAPTIONED, ROLE_BODY, ROLE_ANSWER };

/* What stands above a fence says what it holds. */
static enum fence_role role_by_words(struct afd_span words, struct afd_span json, bool caption)
{
	if (afd_says(AFD_WORD_ANSWER, 0, words))
		return ROLE_ANSWER;
	if (afd_says(AFD_WORD_ANSWER, 1, words) && (!caption || looks_like_answer(json)))
		return ROLE_ANSWER;
	if (afd_says(AFD_WORD_PAYLOAD, 0, words))
		return ROLE_BODY;
	return caption ? ROLE_CAPTIONED : ROLE_NEUTRAL;
}

static enum fence_role role_of(const struct afd_reader *reader, size_t block, struct afd_span *caption)
{
	const struct afd_block *fence = &reader->document->blocks[block];
	const struct afd_block *above = block > reader->unit.begin ? fence - 1 : NULL;
	if (!above || above->kind == AFD_FENCE || above->kind == AFD_TABLE || above->kind == AFD_RULE)
		return ROLE_NEUTRAL;
	if (above->kind != AFD_LABEL) {
		struct afd_span words = above->lines[above->line_count - 1].text;
		*caption = words;
		return role_by_words(words, fence->body, false);
	}
	*caption = afd_label_words(above);
	switch (afd_loose_label(above)) {
	case AFD_LABEL_UNKNOWN: return role_by_words(afd_label_words(above), fence->body, above->bold);
	case AFD_LABEL_BODY:
	case AFD_LABEL_REQUEST: return ROLE_BODY;
	case AFD_LABEL_EXPECTED:
	case AFD_LABEL_RESPONSE:
	case AFD_LABEL_ERRORS:
	case AFD_LABEL_STATUS: return ROLE_ANSWER;
	default: return ROLE_NEUTRAL;
	}
}

void afd_read_following_fence(struct afd_reader *reader, size_t block)
{
	const struct afd_block *fence = &reader->document->blocks[block];
	struct afd_model_test *test = reader->test;
	struct afd_span caption = { "", 0 };
	enum fence_role role = role_of(reader, block, &caption);
	if (!test && role == ROLE_CAPTIONED && fence[-1].item &&
		(test = afd_read_again(reader, fence, caption))) {
		set_fence(reader, test, fence);
		return;
	}
	if (!test || !is_json_fence(fence) || !may_take_body(test))
		return;
	bool answer = role == ROLE_ANSWER || (role == ROLE_NEUTRAL && (reader->unit.answered || looks_like_answer(fence->body)));
	bool again = is_declared(test) || (role == ROLE_CAPTIONED && fence[-1].item && is_raw(test));
	bool another = test->body.stated && again && (role == ROLE_BODY || role == ROLE_CAPTIONED);
	if (answer) {
		reader->unit.answered = true;
		return;
	}
	if (test->body.stated && !another)
		return;
	if (another)
		test = add_alternative(reader, test, caption);
	set_fence(reader, test, fence);
}
