/* SPDX-License-Identifier: MIT
 * The order of a run: stages, the tests that a test needs, and requests that are repeated until a condition
 * holds. */
#include "read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Stages */

void afd_read_stage(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label)
{
	struct afd_span value = afd_read_value(label->text);
	const struct afd_word *word = afd_word_find(AFD_WORD_STAGE, value);
	size_t distance;
	const struct afd_word *near =
		word || value.size == 0 ? NULL : afd_word_near(AFD_WORD_STAGE, value, &distance);
	if (word)
		test->stage = (enum afd_model_stage)word->id;
	else if (near)
		afd_diag_hint(reader->diag,
					  afd_diag_add(reader->diag, AFD_WARNING, "stage", value,
								   "this stage is not known: the test runs with the others"),
					  "did you mean '%s'?", near->text);
}

size_t afd_read_turn(const struct afd_model *model, size_t test)
{
	return (size_t)model->tests.rows[test].stage * model->tests.count + test;
}

/* Repetition */

enum {
	TIMES = 10,
	TIMES_MAX = 1000,
	INTERVAL_MS = 1000,
	INTERVAL_MIN_MS = 10,
	WAIT_MAX_MS = 60 * 60 * 1000,
	NUMBER_MAX = 10000000
};

/* What the parentheses behind the label say. */
struct bounds {
	unsigned long times, interval_ms, wait_ms; /* 0: not said */
};

static struct afd_span without_separators(struct afd_span text)
{
	text = afd_span_trim(text);
	while (text.size && (text.data[0] == ',' || text.data[0] == ';'))
		text = afd_span_trim(afd_span_from(text, 1));
	return text;
}

static struct afd_span take_word(struct afd_span *rest)
{
	size_t size = 0;
	while (size < rest->size && !strchr(" \t,;", rest->data[size]))
		size++;
	struct afd_span word = afd_span_first(*rest, size);
	*rest = without_separators(afd_span_from(*rest, size));
	return word;
}

/* "every", "at most"; its id, or -1. */
static int take_bound(struct afd_span *rest)
{
	char buffer[128];
	const struct afd_word *word = afd_word_prefix(AFD_WORD_BOUND, afd_word_fold(*rest, buffer));
	if (!word)
		return -1;
	*rest = without_separators(afd_span_from(*rest, word->size));
	return word->id;
}

/* "2 s", "2s", "10 times"; false: it is neither. */
static bool take_amount(struct afd_span *rest, bool every, struct bounds *bounds)
{
	unsigned long number = 0;
	size_t digits = 0;
	for (; digits < rest->size && isdigit((unsigned char)rest->data[digits]) && number < NUMBER_MAX; digits++)
		number = number * 10 + (unsigned long)(rest->data[digits] - '0');
	*rest = without_separators(afd_span_from(*rest, digits));
	const struct afd_word *unit = digits ? afd_word_find(AFD_WORD_UNIT, take_word(rest)) : NULL;
	bool time = unit && strcmp(unit->value, "ms") == 0;
	if (number == 0 || !unit || (!time && (every || strcmp(unit->value, "times") != 0)))
		return false;
	unsigned long *to = !time ? &bounds->times : every ? &bounds->interval_ms : &bounds->wait_ms;
	*to = number * (time ? (unsigned long)unit->id : 1);
	return true;
}

static bool read_bounds(struct afd_span text, struct bounds *bounds)
{
	struct afd_span rest = without_separators(text);
	while (rest.size) {
		bool every = false;
		for (int bound; (bound = take_bound(&rest)) >= 0;)
			every = every || bound == 1;
		if (!take_amount(&rest, every, bounds))
			return false;
	}
	return true;
}

static void settle(struct bounds *bounds)
{
	if (bounds->interval_ms == 0)
		bounds->interval_ms = INTERVAL_MS;
	if (bounds->times == 0)
		bounds->times = bounds->wait_ms ? bounds->wait_ms / bounds->interval_ms + 1 : TIMES;
	else if (bounds->wait_ms && bounds->wait_ms / bounds->interval_ms + 1 < bounds->times)
		bounds->times = bounds->wait_ms / bounds->interval_ms + 1;
}

static bool are_bearable(const struct bounds *bounds)
{
	return bounds->times >= 2 && bounds->times <= TIMES_MAX && bounds->interval_ms >= INTERVAL_MIN_MS &&
		   (bounds->times - 1) * bounds->interval_ms <= WAIT_MAX_MS;
}

void afd_read_repeat(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label)
{
	struct bounds bounds = { 0, 0, 0 };
	size_t before = test->expectations.count;
	size_t errors = reader->diag->errors;
	struct afd_diagnostic *row = NULL;
	if (!read_bounds(label->qualifier, &bounds))
		row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "repeat", label->qualifier,
						   "these are no bounds of a repetition");
	settle(&bounds);
	if (!row && !are_bearable(&bounds))
		row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "repeat", label->qualifier,
						   "a repetition is 2 to %d requests, %d ms apart at least, in an hour at most",
						   TIMES_MAX, INTERVAL_MIN_MS);
	if (row)
		afd_diag_hint(reader->diag, row, "write (every 2 s, at most 10 times)");
	if (!afd_read_conditions(reader, label, test) && reader->diag->errors == errors)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "repeat", label->name,
					 "no condition to wait for is stated");
	for (size_t i = before; i < test->expectations.count; i++)
		test->expectations.rows[i].until = true;
	test->repeat = (struct afd_model_repeat){ .line = afd_read_line(reader, label->name),
											  .times = (unsigned)bounds.times,
											  .interval_ms = (unsigned)bounds.interval_ms,
											  .where = label->name };
}

/* What is needed */

/* Tests that are looked at for a suggestion. */
enum { GUESSES_MAX = 1000 };

struct named_test {
	const char *id;
	size_t index;
};

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct named_test *)a)->id, ((const struct named_test *)b)->id);
}

/* The ids of all tests, sorted. */
static struct named_test *sorted_ids(const struct afd_model *model)
{
	struct named_test *rows = afd_arena_array(model->arena, model->tests.count + 1, sizeof *rows);
	for (size_t i = 0; i < model->tests.count; i++)
		rows[i] = (struct named_test){ model->tests.rows[i].id, i };
	if (model->tests.count)
		qsort(rows, model->tests.count, sizeof *rows, by_id);
	return rows;
}

static const char *nearest_id(const struct afd_model *model, struct afd_span wanted)
{
	const char *nearest = NULL;
	size_t least = 3;
	for (size_t i = 0; i < model->tests.count && i < GUESSES_MAX; i++) {
		size_t distance = afd_span_distance(wanted, afd_span_of(model->tests.rows[i].id));
		if (distance < least) {
			least = distance;
			nearest = model->tests.rows[i].id;
		}
	}
	return nearest;
}

static void refuse_unknown(struct afd_reader *reader, const struct afd_model_name *need)
{
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "needs", need->where,
											  "no test is called '%s'", need->name);
	const char *near = row ? nearest_id(reader->model, afd_span_of(need->name)) : NULL;
	if (near)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", near);
}

static void refuse_later(struct afd_reader *reader, const struct afd_model_name *need, size_t test,
						 size_t found)
{
	if (found == test) {
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "needs", need->where, "a test cannot need itself");
		return;
	}
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "needs", need->where,
											  "'%s' runs later: it cannot have passed before", need->name);
	afd_diag_peer(row, reader->diag, reader->model->tests.rows[found].where, "its request is here");
}

static void check_need(struct afd_reader *reader, const struct named_test *ids, size_t test,
					   const struct afd_model_name *need)
{
	const struct afd_model *model = reader->model;
	struct named_test wanted = { need->name, 0 };
	const struct named_test *found = bsearch(&wanted, ids, model->tests.count, sizeof *ids, by_id);
	if (!found)
		refuse_unknown(reader, need);
	else if (afd_read_turn(model, found->index) >= afd_read_turn(model, test))
		refuse_later(reader, need, test, found->index);
}

static void check_repeat(struct afd_reader *reader, const struct afd_model_test *test)
{
	if (!test->repeat.line || !test->write)
		return;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "repeat", test->repeat.where,
											  "a write is not repeated");
	afd_diag_hint(reader->diag, row, "**Effect:** read says that it changes nothing");
	afd_diag_peer(row, reader->diag, test->where, "the request is here");
}

void afd_read_check_flow(struct afd_reader *reader)
{
	const struct afd_model *model = reader->model;
	const struct named_test *ids = sorted_ids(model);
	for (size_t i = 0; i < model->tests.count; i++) {
		const struct afd_model_test *test = &model->tests.rows[i];
		for (size_t n = 0; n < test->needs.count; n++)
			check_need(reader, ids, i, &test->needs.rows[n]);
		check_repeat(reader, test);
	}
}
