/* SPDX-License-Identifier: MIT
 * From the subject to what is compared. A pick and a count look at the sample as a whole; every other step is
 * taken of one value at a time, when it is asked of, so that a path may select many nodes. */
#include "expect_question.h"

#include <stdlib.h>
#include <string.h>

/* More pieces than these are no verdict. */
enum { PIECES_MAX = 100000 };

static afd_measure *const measures[] = {
	[AFD_SIZE] = afd_measure_size,
	[AFD_SHA256] = afd_measure_sha256,
	[AFD_MD5] = afd_measure_md5,
	[AFD_LOWER] = afd_measure_lower,
	[AFD_UPPER] = afd_measure_upper,
	[AFD_AFTER] = afd_measure_after,
	[AFD_BEFORE] = afd_measure_before,
	[AFD_PARAMETER] = afd_measure_parameter,
	[AFD_INSIDE] = afd_measure_inside,
	[AFD_HEX] = afd_measure_hex,
	[AFD_BASE64] = afd_measure_base64,
	[AFD_DECODED_BASE64] = afd_measure_decoded_base64,
	[AFD_URL_ENCODED] = afd_measure_url_encoded,
	[AFD_URL_DECODED] = afd_measure_url_decoded,
	[AFD_DAYS_UNTIL] = afd_measure_days_until,
	[AFD_DAYS_SINCE] = afd_measure_days_since,
};

static afd_measure *measure_of(const struct afd_step *step)
{
	size_t kind = (size_t)step->measure;
	return kind < sizeof measures / sizeof *measures ? measures[kind] : NULL;
}

static bool is_pick(const struct afd_step *step)
{
	return step->measure == AFD_FIRST || step->measure == AFD_LAST || step->measure == AFD_ITEM;
}

static bool is_known(const struct afd_step *step)
{
	return measure_of(step) || is_pick(step) || step->measure == AFD_COUNT || step->measure == AFD_PIECES ||
		   step->measure == AFD_VALUE;
}

/* Takes the steps `from` to `to` of one value. Picks are in the sample already: they change nothing here. */
static bool measure(struct afd_question *question, struct afd_value *value, size_t from, size_t to)
{
	bool there = true;
	for (size_t i = from; there && i < to; i++) {
		const struct afd_step *step = &question->term->steps.rows[i];
		afd_measure *take = measure_of(step);
		there = !take || take(question, step->with ? step->with : "", value);
	}
	return there;
}

bool afd_sample_value(struct afd_question *question, const struct afd_sample *sample, size_t index,
					  struct afd_value *value)
{
	struct afd_value raw = afd_sample_raw(question, sample, index);
	*value = raw;
	bool there = measure(question, value, sample->taken, question->term->steps.count);
	if (!there)
		*value = raw;
	return there;
}

static struct afd_got count_of(const struct afd_question *question, const struct afd_sample *sample,
							   bool plain)
{
	long long count = (long long)sample->count;
	if (plain && sample->container != AFD_JSON_NONE)
		count = question->judged->json->nodes[sample->container].count;
	const char *unit = question->term->subject == AFD_RECORDS ? "records" : "items";
	return (struct afd_got){ .kind = AFD_GOT_NUMBER, .number = count, .unit = unit, .node = AFD_JSON_NONE };
}

static void replace(struct afd_sample *sample, struct afd_sample with, size_t taken)
{
	afd_sample_free(sample);
	*sample = with;
	sample->taken = taken;
}

/* The position of a pick, from 0; SIZE_MAX: it has none. */
static size_t position_of(const struct afd_step *step, size_t count)
{
	if (step->measure == AFD_ITEM) {
		unsigned long long number = strtoull(step->with ? step->with : "", NULL, 10);
		return number >= 1 && number <= count ? (size_t)number - 1 : SIZE_MAX;
	}
	size_t last = step->measure == AFD_LAST ? count - 1 : 0;
	return count == 0 ? SIZE_MAX : last;
}

static uint32_t child_at(const struct afd_json *json, uint32_t container, size_t position)
{
	uint32_t child = container + 1;
	while (position-- > 0)
		child = json->nodes[child].next;
	return child;
}

/* `plain`: no step of one value comes before, so the children of one container are what is picked from. */
static void pick(struct afd_question *question, struct afd_sample *sample, const struct afd_step *step,
				 bool plain)
{
	bool children = plain && sample->container != AFD_JSON_NONE;
	struct afd_got count = count_of(question, sample, plain);
	size_t position = position_of(step, (size_t)count.number);
	size_t taken = sample->taken;
	if (position == SIZE_MAX) {
		replace(sample, afd_sample_of_none(sample->count == 0 ? sample->got : count), taken);
		return;
	}
	struct afd_value value =
		children ? afd_value_of_node(question, child_at(question->judged->json, sample->container, position))
				 : afd_sample_raw(question, sample, position);
	replace(sample, afd_sample_of(value), taken);
	if (value.node != AFD_JSON_NONE)
		sample->container = afd_container(question, value.node);
}

static void add_pieces(struct afd_question *question, struct afd_sample *pieces, struct afd_value value,
					   const char *separator)
{
	struct afd_span rest = value.text;
	while (!question->unanswered) {
		size_t end = separator[0] ? afd_span_find(rest, separator, 0) : SIZE_MAX;
		question->unanswered = pieces->count == PIECES_MAX;
		if (question->unanswered)
			return;
		struct afd_value *piece =
			afd_arena_push(question->arena, &pieces->rows, &pieces->count, sizeof *pieces->rows);
		*piece = value;
		afd_value_change(piece, afd_span_trim(afd_span_first(rest, end)));
		if (end == SIZE_MAX)
			return;
		rest = afd_span_from(rest, end + strlen(separator));
	}
}

/* `step` is the number of the step that cuts into pieces. */
static void cut(struct afd_question *question, struct afd_sample *sample, size_t step)
{
	struct afd_sample pieces = afd_sample_of_none(sample->got);
	const char *separator = question->term->steps.rows[step].with;
	for (size_t i = 0; i < sample->count && !question->unanswered; i++) {
		struct afd_value value = afd_sample_raw(question, sample, i);
		if (measure(question, &value, sample->taken, step))
			add_pieces(question, &pieces, value, separator ? separator : "");
	}
	pieces.uncountable = pieces.count == 0;
	replace(sample, pieces, step + 1);
}

static void count(struct afd_question *question, struct afd_sample *sample, bool plain, size_t step)
{
	struct afd_sample counted =
		sample->uncountable ? afd_sample_of_none(sample->got)
							: afd_sample_of(afd_value_of_number(question, count_of(question, sample, plain)));
	replace(sample, counted, step + 1);
}

/* Whether nothing but picks lies between the steps that the sample holds and this one. */
static bool is_plain(const struct afd_question *question, const struct afd_sample *sample, size_t step)
{
	for (size_t i = sample->taken; i < step; i++)
		if (measure_of(&question->term->steps.rows[i]))
			return false;
	return true;
}

void afd_sample_step(struct afd_question *question, struct afd_sample *sample)
{
	const struct afd_steps *steps = &question->term->steps;
	for (size_t i = 0; i < steps->count && !question->unanswered; i++) {
		const struct afd_step *step = &steps->rows[i];
		bool plain = is_plain(question, sample, i);
		if (!is_known(step))
			question->unanswered = true;
		else if (is_pick(step))
			pick(question, sample, step, plain);
		else if (step->measure == AFD_COUNT)
			count(question, sample, plain, i);
		else if (step->measure == AFD_PIECES)
			cut(question, sample, i);
	}
}
