/* SPDX-License-Identifier: MIT
 * Selects nodes: each segment turns a list of nodes into the next one. Descendants of a node are the nodes
 * that follow it on the tape, so no recursion goes into the document. */
#include "jsonpath.h"

#include "json_names.h"
#include "jsonpath_run.h"

#include <stdlib.h>

static const size_t VISITS_MAX = (size_t)1 << 26;
static const size_t STEPS_MAX = (size_t)1 << 28;

bool afd_path_visit(struct afd_path_run *run, size_t count)
{
	run->failed = run->failed || run->visits < count;
	run->visits -= run->failed ? 0 : count;
	return !run->failed;
}

static bool make_room(struct afd_nodes *nodes)
{
	if (nodes->count < nodes->capacity)
		return true;
	size_t capacity = nodes->capacity ? nodes->capacity * 2 : 16;
	uint32_t *rows = realloc(nodes->rows, capacity * sizeof *rows);
	if (!rows)
		return false;
	nodes->rows = rows;
	nodes->capacity = capacity;
	return true;
}

static void add(struct afd_path_run *run, struct afd_nodes *nodes, uint32_t node)
{
	run->failed = run->failed || !make_room(nodes);
	if (afd_path_visit(run, 1))
		nodes->rows[nodes->count++] = node;
}

static const struct afd_json_node *at(const struct afd_path_run *run, uint32_t node)
{
	return &run->json->nodes[node];
}

static uint32_t first_child(const struct afd_path_run *run, uint32_t node)
{
	return at(run, node)->count ? node + 1 : AFD_JSON_NONE;
}

static uint32_t find_name(struct afd_path_run *run, uint32_t node, struct afd_span name)
{
	if (at(run, node)->type != AFD_JSON_OBJECT)
		return AFD_JSON_NONE;
	uint32_t child = first_child(run, node);
	while (child != AFD_JSON_NONE && afd_json_compare_strings(afd_json_name(run->json, child), name) != 0)
		child = at(run, child)->next;
	uint32_t passed = child == AFD_JSON_NONE ? at(run, node)->count : at(run, child)->index;
	return afd_path_visit(run, passed) ? child : AFD_JSON_NONE;
}

static uint32_t find_index(struct afd_path_run *run, uint32_t node, long long index)
{
	if (at(run, node)->type != AFD_JSON_ARRAY)
		return AFD_JSON_NONE;
	long long count = at(run, node)->count;
	long long position = index < 0 ? index + count : index;
	if (position < 0 || position >= count || !afd_path_visit(run, (size_t)position))
		return AFD_JSON_NONE;
	uint32_t child = node + 1;
	while (position-- > 0)
		child = at(run, child)->next;
	return child;
}

static uint32_t find_one(struct afd_path_run *run, const struct afd_path_selector *selector, uint32_t node)
{
	return selector->kind == AFD_PATH_NAME ? find_name(run, node, selector->name)
										   : find_index(run, node, selector->start.value);
}

static void select_one(struct afd_path_run *run, const struct afd_path_selector *selector, uint32_t node,
					   struct afd_nodes *nodes)
{
	uint32_t found = find_one(run, selector, node);
	if (found != AFD_JSON_NONE)
		add(run, nodes, found);
}

static void select_children(struct afd_path_run *run, uint32_t node, struct afd_nodes *nodes)
{
	for (uint32_t child = first_child(run, node); child != AFD_JSON_NONE && !run->failed;
		 child = at(run, child)->next)
		add(run, nodes, child);
}

static void select_where(struct afd_path_run *run, const struct afd_path_expr *test, uint32_t node,
						 struct afd_nodes *nodes)
{
	for (uint32_t child = first_child(run, node); child != AFD_JSON_NONE; child = at(run, child)->next) {
		if (!afd_path_visit(run, 1))
			return;
		if (afd_path_holds(run, test, child))
			add(run, nodes, child);
	}
}

static long long clamp(long long value, long long least, long long most)
{
	return value < least ? least : value > most ? most : value;
}

/* A bound of a slice as a position, RFC 9535 section 2.3.4.2.2. */
static long long position_of(struct afd_path_bound bound, long long otherwise, long long count, bool forth)
{
	if (!bound.given)
		return otherwise;
	long long position = bound.value < 0 ? bound.value + count : bound.value;
	return forth ? clamp(position, 0, count) : clamp(position, -1, count - 1);
}

static void select_slice(struct afd_path_run *run, const struct afd_path_selector *slice, uint32_t node,
						 struct afd_nodes *nodes)
{
	long long count = at(run, node)->count;
	long long step = slice->step.given ? slice->step.value : 1;
	if (at(run, node)->type != AFD_JSON_ARRAY || step == 0)
		return;
	bool forth = step > 0;
	long long position = position_of(slice->start, forth ? 0 : count - 1, count, forth);
	long long end = position_of(slice->end, forth ? count : -1, count, forth);
	struct afd_nodes children = { 0 };
	select_children(run, node, &children);
	for (; !run->failed && (forth ? position < end : position > end); position += step)
		add(run, nodes, children.rows[position]);
	afd_nodes_free(&children);
}

static void apply_selector(struct afd_path_run *run, const struct afd_path_selector *selector, uint32_t node,
						   struct afd_nodes *nodes)
{
	switch (selector->kind) {
	case AFD_PATH_NAME:
	case AFD_PATH_INDEX: select_one(run, selector, node, nodes); break;
	case AFD_PATH_WILDCARD: select_children(run, node, nodes); break;
	case AFD_PATH_SLICE: select_slice(run, selector, node, nodes); break;
	case AFD_PATH_FILTER: select_where(run, selector->filter, node, nodes); break;
	}
}

/* The node after the last descendant. */
static uint32_t end_of(const struct afd_path_run *run, uint32_t node)
{
	while (node != AFD_JSON_NONE && at(run, node)->next == AFD_JSON_NONE)
		node = at(run, node)->parent;
	return node == AFD_JSON_NONE ? run->json->count : at(run, node)->next;
}

static void apply_segment(struct afd_path_run *run, const struct afd_path_segment *segment, uint32_t node,
						  struct afd_nodes *nodes)
{
	uint32_t end = segment->descendant ? end_of(run, node) : node + 1;
	for (; node < end && afd_path_visit(run, 1); node++)
		for (size_t i = 0; i < segment->count; i++)
			apply_selector(run, &segment->selectors[i], node, nodes);
}

void afd_path_select(struct afd_path_run *run, const struct afd_path_query *query, uint32_t node,
					 struct afd_nodes *nodes)
{
	nodes->count = 0;
	add(run, nodes, query->absolute ? run->root : node);
	struct afd_nodes next = { 0 };
	for (size_t i = 0; i < query->count && !run->failed; i++) {
		next.count = 0;
		for (size_t j = 0; j < nodes->count; j++)
			apply_segment(run, &query->segments[i], nodes->rows[j], &next);
		struct afd_nodes done = *nodes;
		*nodes = next;
		next = done;
	}
	afd_nodes_free(&next);
}

uint32_t afd_path_select_one(struct afd_path_run *run, const struct afd_path_query *query, uint32_t node)
{
	if (query->absolute)
		node = run->root;
	for (size_t i = 0; i < query->count && node != AFD_JSON_NONE; i++)
		node = find_one(run, &query->segments[i].selectors[0], node);
	return node;
}

bool afd_jsonpath_select(const struct afd_jsonpath *path, const struct afd_json *json, uint32_t root,
						 struct afd_nodes *nodes)
{
	struct afd_path_run run = { .json = json, .root = root, .visits = VISITS_MAX, .steps = STEPS_MAX };
	afd_path_select(&run, path->query, root, nodes);
	afd_regexp_free(run.regexp);
	return !run.failed;
}

void afd_nodes_free(struct afd_nodes *nodes)
{
	free(nodes->rows);
	*nodes = (struct afd_nodes){ 0 };
}
