/* SPDX-License-Identifier: MIT */
#include "mask_route.h"

#include <stdlib.h>
#include <string.h>

static uint32_t new_state(struct afd_routes *routes)
{
	afd_arena_push(&routes->arena, &routes->states, &routes->count, sizeof *routes->states);
	return (uint32_t)(routes->count - 1);
}

static uint32_t by_name(struct afd_routes *routes, uint32_t from, struct afd_span name)
{
	struct afd_route_state *state = &routes->states[from];
	for (size_t i = 0; i < state->name_count; i++)
		if (afd_span_equal(state->names[i].name, name))
			return state->names[i].state;
	uint32_t to = new_state(routes);
	state = &routes->states[from];
	struct afd_route_name *edge =
		afd_arena_push(&routes->arena, &state->names, &state->name_count, sizeof *state->names);
	*edge = (struct afd_route_name){ name, to };
	return to;
}

static uint32_t by_index(struct afd_routes *routes, uint32_t from, long index)
{
	struct afd_route_state *state = &routes->states[from];
	for (size_t i = 0; i < state->index_count; i++)
		if (state->indexes[i].index == index)
			return state->indexes[i].state;
	uint32_t to = new_state(routes);
	state = &routes->states[from];
	struct afd_route_index *edge =
		afd_arena_push(&routes->arena, &state->indexes, &state->index_count, sizeof *state->indexes);
	*edge = (struct afd_route_index){ index, to };
	return to;
}

static uint32_t by_any(struct afd_routes *routes, uint32_t from)
{
	if (routes->states[from].any == 0) {
		uint32_t to = new_state(routes);
		routes->states[from].any = to;
	}
	return routes->states[from].any;
}

static uint32_t below(struct afd_routes *routes, uint32_t from)
{
	if (routes->states[from].descend == 0) {
		uint32_t to = new_state(routes);
		routes->states[to].stays = true;
		routes->states[from].descend = to;
	}
	return routes->states[from].descend;
}

static uint32_t add_step(struct afd_routes *routes, uint32_t from, const struct afd_policy_step *step)
{
	if (step->descends)
		from = below(routes, from);
	switch (step->kind) {
	case AFD_STEP_NAME: return by_name(routes, from, step->name);
	case AFD_STEP_INDEX: return by_index(routes, from, step->index);
	case AFD_STEP_ANY: break;
	}
	return by_any(routes, from);
}

static int add_row(struct afd_routes *routes, const struct afd_shown *row, struct afd_error *err)
{
	struct afd_policy_fault fault;
	struct afd_policy_path path;
	if (!afd_policy_check(row, &fault) || !afd_policy_path_parse(row->path, &routes->arena, &path, &fault))
		return afd_fail(err, AFD_EXIT_USAGE,
						"line %u of the spec: this row of 'May be shown' is not accepted: %s", row->line,
						fault.text);
	uint32_t state = 0;
	for (size_t i = 0; i < path.count; i++)
		state = add_step(routes, state, &path.steps[i]);
	struct afd_rule *rule = afd_arena_new(&routes->arena, sizeof *rule);
	*rule = (struct afd_rule){ afd_policy_type_of(row->type), row->values, routes->states[state].rules };
	routes->states[state].rules = rule;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	const struct afd_route_name *left = a;
	const struct afd_route_name *right = b;
	return afd_span_compare(left->name, right->name);
}

int afd_routes_init(struct afd_routes *routes, const struct afd_policy *policy, struct afd_error *err)
{
	*routes = (struct afd_routes){ 0 };
	new_state(routes);
	/* Backwards, so that the rules of one path are listed in the order of the spec. */
	for (size_t i = policy->count; i > 0; i--) {
		int rc = add_row(routes, &policy->rows[i - 1], err);
		if (rc != 0) {
			afd_routes_free(routes);
			return rc;
		}
	}
	for (size_t i = 0; i < routes->count; i++)
		if (routes->states[i].name_count > 1)
			qsort(routes->states[i].names, routes->states[i].name_count, sizeof *routes->states[i].names,
				  compare_names);
	return 0;
}

void afd_routes_free(struct afd_routes *routes)
{
	afd_arena_free(&routes->arena);
	*routes = (struct afd_routes){ 0 };
}

bool afd_walk_init(struct afd_walk *walk, const struct afd_routes *routes)
{
	*walk = (struct afd_walk){ .routes = routes };
	afd_text_init(&walk->name, UINT32_MAX);
	walk->seen = calloc(routes->count, sizeof *walk->seen);
	return walk->seen != NULL;
}

void afd_walk_free(struct afd_walk *walk)
{
	free(walk->states);
	free(walk->seen);
	afd_text_free(&walk->name);
	*walk = (struct afd_walk){ 0 };
}

static bool reserve(struct afd_walk *walk)
{
	if (walk->used < walk->capacity)
		return true;
	size_t capacity = walk->capacity ? walk->capacity * 2 : 256;
	uint32_t *states = realloc(walk->states, capacity * sizeof *states);
	walk->failed = walk->failed || !states;
	if (!states)
		return false;
	walk->states = states;
	walk->capacity = capacity;
	return true;
}

/* Adds the state and the `..` that starts there; each once in a set, or sets would grow with the depth. */
static void add(struct afd_walk *walk, uint32_t state)
{
	while (state != 0 && walk->seen[state] != walk->step && reserve(walk)) {
		walk->seen[state] = walk->step;
		walk->states[walk->used++] = state;
		state = walk->routes->states[state].descend;
	}
}

static void begin_step(struct afd_walk *walk)
{
	if (++walk->step == 0) {
		memset(walk->seen, 0, walk->routes->count * sizeof *walk->seen);
		walk->step = 1;
	}
}

struct afd_route_set afd_walk_root(struct afd_walk *walk)
{
	begin_step(walk);
	size_t first = walk->used;
	if (reserve(walk)) {
		walk->states[walk->used++] = 0;
		add(walk, walk->routes->states[0].descend);
	}
	return (struct afd_route_set){ first, walk->used - first };
}

static int compare_key(const void *key, const void *edge)
{
	const struct afd_span *name = key;
	const struct afd_route_name *named = edge;
	return afd_span_compare(*name, named->name);
}

static void follow_name(struct afd_walk *walk, const struct afd_route_state *state, struct afd_span name)
{
	if (state->name_count == 0)
		return;
	const struct afd_route_name *edge =
		bsearch(&name, state->names, state->name_count, sizeof *state->names, compare_key);
	if (edge)
		add(walk, edge->state);
}

static void follow_index(struct afd_walk *walk, const struct afd_route_state *state, long index, long size)
{
	for (size_t i = 0; i < state->index_count; i++) {
		long wanted = state->indexes[i].index;
		if (wanted == index || (wanted < 0 && wanted + size == index))
			add(walk, state->indexes[i].state);
	}
}

static struct afd_span name_of(struct afd_walk *walk, const struct afd_json *json,
							   const struct afd_json_node *node)
{
	struct afd_span token = { json->text.data + node->key_offset, node->key_size };
	if (!memchr(token.data, '\\', token.size))
		return (struct afd_span){ token.data + 1, token.size - 2 };
	afd_text_clear(&walk->name);
	if (!afd_json_decode(token, &walk->name))
		walk->failed = true;
	return afd_text_span(&walk->name);
}

struct afd_route_set afd_walk_step(struct afd_walk *walk, struct afd_route_set from,
								   const struct afd_json *json, uint32_t child)
{
	begin_step(walk);
	size_t first = walk->used;
	const struct afd_json_node *node = &json->nodes[child];
	bool member = node->key_size > 0;
	struct afd_span name = member && from.count ? name_of(walk, json, node) : (struct afd_span){ "", 0 };
	for (size_t i = 0; i < from.count && !walk->failed; i++) {
		uint32_t number = walk->states[from.first + i];
		const struct afd_route_state *state = &walk->routes->states[number];
		if (state->stays)
			add(walk, number);
		add(walk, state->any);
		if (member)
			follow_name(walk, state, name);
		else
			follow_index(walk, state, (long)node->index, (long)json->nodes[node->parent].count);
	}
	return (struct afd_route_set){ first, walk->failed ? 0 : walk->used - first };
}

void afd_walk_drop(struct afd_walk *walk, struct afd_route_set set)
{
	walk->used = set.first;
}

const struct afd_rule *afd_walk_rules(const struct afd_walk *walk, struct afd_route_set set, size_t i)
{
	return walk->routes->states[walk->states[set.first + i]].rules;
}

const char *afd_walk_never(const struct afd_walk *walk, struct afd_route_set set)
{
	const char *class = NULL;
	for (size_t i = 0; i < set.count; i++)
		for (const struct afd_rule *rule = afd_walk_rules(walk, set, i); rule; rule = rule->next) {
			if (rule->type != AFD_SHOW_NEVER)
				continue;
			if (!class || strcmp(rule->values, "secret") == 0)
				class = rule->values;
		}
	return class;
}
