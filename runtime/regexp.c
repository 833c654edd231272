/* SPDX-License-Identifier: MIT
 * Makes the states of a pattern's tree and runs them over a text, all at once. */
#include "regexp.h"

#include "json_utf8.h"
#include "jsonpath.h"
#include "regexp_tree.h"
#include "unicode.h"

#include <stdlib.h>

/* Making states */

#define NOWHERE UINT32_MAX

/* Nodes made, empty ones too: ((){9}){9} has no state and still takes time. */
enum { NODES_MADE_MAX = 16 * AFD_REGEXP_STATES_MAX };

struct maker {
	struct afd_regexp *regexp;
	size_t made;
	bool full; /* a bound is reached */
};

static void make_node(struct maker *maker, const struct afd_regexp_node *node);

static uint32_t add_state(struct maker *maker, struct afd_regexp_state state)
{
	struct afd_regexp *regexp = maker->regexp;
	maker->full = maker->full || regexp->count == AFD_REGEXP_STATES_MAX;
	if (maker->full)
		return NOWHERE;
	struct afd_regexp_state *added =
		afd_arena_push(&regexp->arena, &regexp->states, &regexp->count, sizeof *regexp->states);
	*added = state;
	return (uint32_t)regexp->count - 1;
}

static uint32_t add_branch(struct maker *maker, enum afd_regexp_state_kind kind, uint32_t target)
{
	return add_state(maker, (struct afd_regexp_state){ kind, 0, target, NULL });
}

/* Forks and jumps that wait for their target, the next state, are chained through `second`. */
static void land(struct maker *maker, uint32_t waiting)
{
	while (!maker->full && waiting != NOWHERE) {
		struct afd_regexp_state *state = &maker->regexp->states[waiting];
		waiting = state->second;
		state->second = (uint32_t)maker->regexp->count;
	}
}

static void make_optional(struct maker *maker, const struct afd_regexp_node *child, uint32_t times)
{
	uint32_t waiting = NOWHERE;
	for (uint32_t i = 0; i < times && !maker->full; i++) {
		waiting = add_branch(maker, AFD_REGEXP_FORK, waiting);
		make_node(maker, child);
	}
	land(maker, waiting);
}

static void make_star(struct maker *maker, const struct afd_regexp_node *child)
{
	uint32_t fork = add_branch(maker, AFD_REGEXP_FORK, NOWHERE);
	make_node(maker, child);
	add_branch(maker, AFD_REGEXP_JUMP, fork);
	land(maker, fork);
}

static void make_repeat(struct maker *maker, const struct afd_regexp_node *node)
{
	for (uint32_t i = 0; i < node->least && !maker->full; i++)
		make_node(maker, node->child);
	if (node->most == AFD_REGEXP_WITHOUT_END)
		make_star(maker, node->child);
	else
		make_optional(maker, node->child, node->most - node->least);
}

static void make_choice(struct maker *maker, const struct afd_regexp_node *node)
{
	uint32_t leaving = NOWHERE;
	const struct afd_regexp_node *child = node->child;
	for (; child->next && !maker->full; child = child->next) {
		uint32_t fork = add_branch(maker, AFD_REGEXP_FORK, NOWHERE);
		make_node(maker, child);
		leaving = add_branch(maker, AFD_REGEXP_JUMP, leaving);
		land(maker, fork);
	}
	make_node(maker, child);
	land(maker, leaving);
}

static void make_sequence(struct maker *maker, const struct afd_regexp_node *node)
{
	for (const struct afd_regexp_node *child = node->child; child && !maker->full; child = child->next)
		make_node(maker, child);
}

static void make_node(struct maker *maker, const struct afd_regexp_node *node)
{
	maker->full = maker->full || maker->made++ == NODES_MADE_MAX;
	switch (node->kind) {
	case AFD_NODE_RANGE:
		add_state(maker, (struct afd_regexp_state){ AFD_REGEXP_RANGE, node->least, node->most, NULL });
		break;
	case AFD_NODE_CLASS:
		add_state(maker, (struct afd_regexp_state){ AFD_REGEXP_CLASS, 0, 0, node->class });
		break;
	case AFD_NODE_START: add_state(maker, (struct afd_regexp_state){ .kind = AFD_REGEXP_START }); break;
	case AFD_NODE_END: add_state(maker, (struct afd_regexp_state){ .kind = AFD_REGEXP_END }); break;
	case AFD_NODE_SEQUENCE: make_sequence(maker, node); break;
	case AFD_NODE_CHOICE: make_choice(maker, node); break;
	case AFD_NODE_REPEAT: make_repeat(maker, node); break;
	}
}

struct afd_regexp *afd_regexp_compile(struct afd_span pattern)
{
	struct afd_regexp *regexp = calloc(1, sizeof *regexp);
	if (!regexp)
		return NULL;
	struct maker maker = { .regexp = regexp };
	const struct afd_regexp_node *tree = afd_regexp_read(pattern, &regexp->arena);
	if (tree)
		make_node(&maker, tree);
	add_state(&maker, (struct afd_regexp_state){ .kind = AFD_REGEXP_FOUND });
	if (tree && !maker.full)
		return regexp;
	afd_regexp_free(regexp);
	return NULL;
}

void afd_regexp_free(struct afd_regexp *regexp)
{
	if (regexp)
		afd_arena_free(&regexp->arena);
	free(regexp);
}

/* Running */

struct states {
	uint32_t *rows;
	size_t count;
};

struct runner {
	const struct afd_regexp *regexp;
	struct afd_span text;
	size_t at;     /* the position that closures are made for */
	size_t *marks; /* of each state: the last position, plus one, that it was reached at */
	struct states current, next, waiting;
	size_t *steps;
	bool found; /* the pattern ends at this position */
};

/* What is read at one position. */
struct input {
	struct afd_span text; /* from the position on */
	uint32_t code;        /* NOWHERE where the byte is no UTF-8 */
	uint32_t category;    /* as a bit; 0: not looked up yet */
};

static void reach(struct runner *runner, uint32_t state)
{
	if (runner->marks[state] == runner->at + 1)
		return;
	runner->marks[state] = runner->at + 1;
	runner->waiting.rows[runner->waiting.count++] = state;
}

/* Follows what costs no character, from the states that wait. */
static void close_over(struct runner *runner, struct states *into)
{
	while (runner->waiting.count > 0) {
		uint32_t number = runner->waiting.rows[--runner->waiting.count];
		const struct afd_regexp_state *state = &runner->regexp->states[number];
		*runner->steps -= *runner->steps > 0;
		switch (state->kind) {
		case AFD_REGEXP_FORK:
			reach(runner, state->second);
			reach(runner, number + 1);
			break;
		case AFD_REGEXP_JUMP: reach(runner, state->second); break;
		case AFD_REGEXP_START:
			if (runner->at == 0)
				reach(runner, number + 1);
			break;
		case AFD_REGEXP_END:
			if (runner->at == runner->text.size)
				reach(runner, number + 1);
			break;
		case AFD_REGEXP_FOUND: runner->found = true; break;
		default: into->rows[into->count++] = number; break;
		}
	}
}

static bool item_holds(const struct afd_regexp_item *item, struct input *input)
{
	if (item->categories == 0)
		return input->code >= item->first && input->code <= item->last;
	if (input->category == 0)
		input->category = 1u << afd_unicode_category(input->text);
	return (item->categories & input->category) != 0;
}

static bool class_holds(const struct afd_regexp_class *class, struct input *input)
{
	for (size_t i = 0; i < class->count; i++)
		if (item_holds(&class->items[i], input))
			return !class->negated;
	return class->negated;
}

static bool accepts(const struct afd_regexp_state *state, struct input *input)
{
	if (state->kind == AFD_REGEXP_CLASS)
		return class_holds(state->class, input);
	return input->code >= state->first && input->code <= state->second;
}

/* Reads one character in all current states. */
static void read_character(struct runner *runner, bool full)
{
	struct input input = { .text = afd_span_from(runner->text, runner->at) };
	size_t size = afd_utf8_next(input.text, 0, &input.code);
	if (size == 0)
		input.code = NOWHERE;
	runner->at += size ? size : 1;
	runner->found = false;
	runner->next.count = 0;
	for (size_t i = 0; i < runner->current.count; i++) {
		uint32_t state = runner->current.rows[i];
		if (accepts(&runner->regexp->states[state], &input))
			reach(runner, state + 1);
	}
	*runner->steps -= *runner->steps < runner->current.count ? *runner->steps : runner->current.count;
	if (!full)
		reach(runner, 0);
	close_over(runner, &runner->next);
	struct states read = runner->current;
	runner->current = runner->next;
	runner->next = read;
}

static bool run(struct runner *runner, bool full)
{
	reach(runner, 0);
	close_over(runner, &runner->current);
	while (runner->at<runner->text.size && * runner->steps> 0) {
		if (full ? runner->current.count == 0 : runner->found)
			break;
		read_character(runner, full);
	}
	return runner->found && (!full || runner->at == runner->text.size);
}

bool afd_regexp_run(const struct afd_regexp *regexp, struct afd_span text, bool full, size_t *steps,
					bool *matches)
{
	size_t *marks = calloc(regexp->count, sizeof *marks + 3 * sizeof(uint32_t));
	if (!marks)
		return false;
	uint32_t *rows = (uint32_t *)(void *)(marks + regexp->count);
	struct runner runner = {
		.regexp = regexp,
		.text = text,
		.marks = marks,
		.current.rows = rows,
		.next.rows = rows + regexp->count,
		.waiting.rows = rows + 2 * regexp->count,
		.steps = steps,
	};
	*matches = run(&runner, full);
	free(marks);
	return *steps > 0;
}

/* One text: about a second at most. */
static const size_t STEPS_MAX = (size_t)1 << 28;

static enum afd_match match(struct afd_span pattern, struct afd_span text, bool full)
{
	struct afd_regexp *regexp = afd_regexp_compile(pattern);
	if (!regexp)
		return AFD_MATCH_BAD_PATTERN;
	size_t steps = STEPS_MAX;
	bool matches = false;
	bool done = afd_regexp_run(regexp, text, full, &steps, &matches);
	afd_regexp_free(regexp);
	if (!done)
		return AFD_MATCH_OUT_OF_BOUNDS;
	return matches ? AFD_MATCH_YES : AFD_MATCH_NO;
}

enum afd_match afd_regexp_search(struct afd_span pattern, struct afd_span text)
{
	return match(pattern, text, false);
}

enum afd_match afd_regexp_full(struct afd_span pattern, struct afd_span text)
{
	return match(pattern, text, true);
}
