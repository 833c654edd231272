/* SPDX-License-Identifier: MIT
 * Units: a heading with what stands under it. Labels speak of the request above them; before the first request, of that. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum {
	HELD_MAX = sizeof((struct afd_reader *)0)->held / sizeof(size_t),
	CAPTION_REACH = 12,
	NOTATIONS_MAX = 6
};

/* A bold label that is nearly a known one is a slip more often than prose. */
static void warn_unknown_label(struct afd_reader *reader, const struct afd_block *block)
{
	size_t distance;
	bool looked_at = block->bold && block->colon && !afd_diag_is_full(reader->diag) &&
					 !afd_word_find(AFD_WORD_PROSE, block->name);
	const struct afd_word *near = looked_at ? afd_word_near(AFD_WORD_LABEL, block->name, &distance) : NULL;
	if (!near)
		return;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "label", block->name,
											  "'**%.*s:**' is taken for prose", (int)block->name.size, block->name.data);
	char first = near->text[0];
	bool ascii = first >= 'a' && first <= 'z';
	afd_diag_hint(reader->diag, row, "did you mean '%c%s'?", ascii ? first - 32 : first, near->text + 1);
}

static bool speaks_of_answer(enum afd_label label)
{
	return label == AFD_LABEL_EXPECTED || label == AFD_LABEL_RESPONSE || label == AFD_LABEL_STATUS;
}

static unsigned level_of(const struct afd_reader *reader)
{
	return reader->heading == SIZE_MAX ? 0 : reader->document->blocks[reader->heading].level;
}

/* "#### Expected (200)" beside "#### curl": the one request below the heading over both, in whatever
 * notations. */
static struct afd_model_test *sibling_test(const struct afd_reader *reader)
{
	const struct afd_model *model = reader->model;
	struct afd_model_test *last = model->tests.count ? &model->tests.rows[model->tests.count - 1] : NULL;
	if (reader->parent == 0 || level_of(reader) < 3 || reader->first_below >= model->tests.count ||
		reader->unit.taken > 0 || level_of(reader) != reader->test_level || afd_has_status(last))
		return NULL;
	for (size_t i = reader->first_below; i < model->tests.count; i++)
		if (strcmp(model->tests.rows[i].method, last->method) != 0 ||
			strcmp(model->tests.rows[i].url, last->url) != 0)
			return NULL;
	return last;
}

/* What is said under a fence of several requests of one method is said of them all. */
static void read_answer_label(struct afd_reader *reader, enum afd_label label, const struct afd_block *block)
{
	struct afd_model *model = reader->model;
	size_t first = reader->unit.first_of_block;
	size_t last = model->tests.count - 1;
	size_t size = afd_label_words(block).size + 512; /* and what a condition is made of */
	if (first > last || (first < last && !afd_read_spend(reader, block->name, (last - first) * size)))
		first = last;
	for (size_t i = first; i < last; i++)
		if (strcmp(model->tests.rows[i].method, model->tests.rows[last].method) != 0)
			first = last;
	for (size_t i = first; i <= last; i++) {
		reader->test = &model->tests.rows[i];
		if (i == last || !afd_has_status(reader->test))
			afd_read_test_label(reader, label, block);
	}
}

static void take_label(struct afd_reader *reader, size_t index)
{
	const struct afd_block *block = &reader->document->blocks[index];
	enum afd_label label = afd_loose_label(block);
	if (afd_read_forms(reader, index))
		return;
	if (label == AFD_LABEL_UNKNOWN) {
		warn_unknown_label(reader, block);
		afd_read_unknown_answer(reader, block);
		return;
	}
	if (reader->used[index])
		return;
	if (reader->test && speaks_of_answer(label))
		read_answer_label(reader, label, block);
	else if (reader->test)
		afd_read_test_label(reader, label, block);
	else if (speaks_of_answer(label) && (reader->test = sibling_test(reader)))
		read_answer_label(reader, label, block);
	else if (label == AFD_LABEL_BODY &&
			 afd_read_again(reader, afd_read_content(reader, block), (struct afd_span){ "", 0 }))
		afd_read_test_label(reader, label, block);
	else if (reader->held_count < HELD_MAX)
		reader->held[reader->held_count++] = index;
}

/* A request in two notations, one under the other: what is said of the second one is said of both. */
static void share_status(struct afd_reader *reader, size_t index)
{
	struct afd_model_test *test = &reader->model->tests.rows[index];
	const struct afd_model_test *next = test + 1;
	struct afd_found a = { .method = test->method, .url = afd_span_of(test->url) };
	struct afd_found b = { .method = next->method, .url = afd_span_of(next->url) };
	if (strcmp(test->form, next->form) == 0 || afd_has_status(test) || !afd_same_request(&a, &b))
		return;
	for (size_t i = 0; i < next->expectations.count; i++)
		if (!next->expectations.rows[i].by_default)
			afd_expect_status(reader, test, afd_span_of(next->expectations.rows[i].text),
							  AFD_STATEMENT_EXPECTED);
}

/* The sections beside the last request's may hold it in further notations. */
static void share_back(struct afd_reader *reader)
{
	size_t last = reader->model->tests.count;
	for (size_t i = last; i-- > reader->first_of_parent + 1 && last - i < NOTATIONS_MAX;)
		share_status(reader, i - 1);
}

static void read_label(struct afd_reader *reader, size_t index)
{
	bool had_test = reader->test != NULL;
	take_label(reader, index);
	bool own = had_test || reader->unit.taken > 0;
	if (!own && reader->test)
		share_back(reader);
	if (!own)
		reader->test = NULL; /* a sibling's, for the one label */
}

static void read_table(struct afd_reader *reader, size_t index)
{
	struct afd_model_test *own = reader->test;
	reader->test = own ? own : sibling_test(reader);
	afd_read_answer_table(reader, index);
	reader->test = own;
}

/* Only words stand between the block and a request. */
static bool leads_to_request(const struct afd_reader *reader, size_t index)
{
	size_t request = afd_next_request(reader);
	if (request <= index || request >= reader->end || request - index > CAPTION_REACH)
		return false;
	for (size_t i = index + 1; i < request; i++)
		if (reader->document->blocks[i].kind == AFD_FENCE || reader->document->blocks[i].kind == AFD_TABLE)
			return false;
	return true;
}

/* A bold line of its own over a request is its title; what is said after it is said of that request. */
static void read_caption(struct afd_reader *reader, size_t index)
{
	const struct afd_block *block = &reader->document->blocks[index];
	bool caption = block->kind == AFD_LABEL && block->bold && afd_loose_label(block) == AFD_LABEL_UNKNOWN &&
				   (block->text.size == 0 || afd_read_is_numbered(block->name));
	if (!caption || !leads_to_request(reader, index))
		return;
	reader->unit.caption = afd_label_words(block);
	reader->unit.caption_stated = afd_status_in(reader->unit.caption, AFD_STATEMENT_PROSE);
	reader->test = NULL;
}

static void read_block(struct afd_reader *reader, size_t index)
{
	enum afd_block_kind kind = reader->document->blocks[index].kind;
	size_t before = reader->model->tests.count;
	if (kind == AFD_LABEL) {
		read_caption(reader, index);
		read_label(reader, index);
	} else if (!reader->used[index] && !afd_read_forms(reader, index)) {
		if (kind == AFD_FENCE) {
			afd_read_following_fence(reader, index);
			afd_read_script(reader, index);
		} else if (kind == AFD_PARAGRAPH || kind == AFD_LIST)
			afd_read_prose(reader, index);
		else if (kind == AFD_TABLE)
			read_table(reader, index);
	}
	if (reader->model->tests.count == before)
		return;
	reader->unit.first_of_block = before;
	reader->unit.caption.size = reader->unit.prose.size = 0;
	reader->unit.caption_stated = false;
}

/* What the heading, or a label Error, says where nothing nearer states a status. */
static void apply_heading(struct afd_reader *reader)
{
	struct afd_model *model = reader->model;
	struct afd_unit *unit = &reader->unit;
	struct afd_span codes[AFD_STATUSES_MAX];
	size_t count = model->tests.count - unit->first_test;
	size_t stated = count && reader->heading != SIZE_MAX
						? afd_statuses(reader->document->blocks[reader->heading].text, AFD_STATEMENT_PROSE, codes)
						: 0;
	size_t first = unit->first_test;
	if (count && reader->parent && first > reader->first_of_parent)
		first--; /* the section beside this one may hold the request in another notation */
	for (size_t i = model->tests.count; i-- > first + 1;)
		share_status(reader, i - 1);
	for (size_t i = unit->first_test; i < model->tests.count; i++) {
		struct afd_model_test *test = &model->tests.rows[i];
		if (!afd_has_status(test))
			afd_expect_status(reader, test, unit->fallbacks.rows[i - unit->first_test], AFD_STATEMENT_PROSE);
		if (!afd_has_status(test) && stated)
			afd_expect_codes(reader, test, codes, stated);
		if (!afd_has_status(test) && count == 1 && unit->error.size && !unit->answered)
			afd_expect_status(reader, test, unit->error, AFD_STATEMENT_LABEL);
	}
}

static size_t count_taken(const struct afd_reader *reader)
{
	const struct afd_survey *survey = reader->survey;
	size_t count = 0;
	for (size_t i = survey->taken[survey->next]; i < survey->rows.count && survey->rows.rows[i].block < reader->end;
		 i = survey->taken[i + 1])
		count++;
	return count;
}

/* The test that a section below its heading still speaks of, where the section sends nothing itself. */
static struct afd_model_test *carried_test(const struct afd_reader *reader)
{
	return level_of(reader) > reader->test_level && reader->unit.taken == 0 ? reader->test : NULL;
}

static void read_unit(struct afd_reader *reader, size_t begin)
{
	reader->held_count = 0;
	reader->unit = (struct afd_unit){ .begin = begin, .first_test = reader->model->tests.count };
	reader->unit.first_of_block = reader->unit.first_test;
	reader->unit.taken = count_taken(reader);
	reader->test = carried_test(reader);
	if (reader->heading != SIZE_MAX)
		afd_read_forms(reader, reader->heading);
	for (size_t i = begin; i < reader->end; i++)
		read_block(reader, i);
	apply_heading(reader);
	if (reader->model->tests.count == reader->unit.first_test)
		return;
	reader->test_level = level_of(reader);
	reader->test_heading = reader->heading;
}

size_t afd_read_unit_end(const struct afd_document *document, size_t begin)
{
	size_t end = begin;
	while (end < document->count && document->blocks[end].kind != AFD_HEADING)
		end++;
	return end;
}

static void enter_heading(struct afd_reader *reader, size_t block)
{
	size_t level = reader->document->blocks[block].level;
	level = level < 7 ? level : 6;
	for (size_t i = level; i < 7; i++)
		reader->above[i] = 0;
	reader->above[level] = block + 1;
	reader->begins[level] = reader->model->tests.count;
	size_t parent = 0;
	for (size_t i = level; i-- > 0 && parent == 0;) {
		parent = reader->above[i];
		reader->first_of_parent = parent ? reader->begins[i] : reader->model->tests.count;
	}
	if (parent != reader->parent)
		reader->first_below = reader->model->tests.count;
	reader->parent = parent;
}

void afd_read_units(struct afd_reader *reader)
{
	const struct afd_document *document = reader->document;
	reader->heading = SIZE_MAX;
	for (size_t begin = 0; begin < document->count;) {
		bool heading = document->blocks[begin].kind == AFD_HEADING;
		reader->heading = heading ? begin : SIZE_MAX;
		if (heading)
			enter_heading(reader, begin);
		reader->end = afd_read_unit_end(document, begin + heading);
		read_unit(reader, begin + heading);
		begin = reader->end;
	}
}
