/* SPDX-License-Identifier: MIT
 * Deep equality. The walk follows the first tape and keeps one frame per open container, so depth costs no
 * call stack; members are found through an index, so wide objects cost n log n. */
#include "json_names.h"

/* A container of the first tape beside its counterpart in the second. */
struct pair {
	uint32_t child;              /* of the first: the next to compare */
	uint32_t twin;               /* of the second, of arrays: its counterpart */
	struct afd_json_index index; /* of the second, of objects */
};

struct walk {
	const struct afd_json *a, *b;
	size_t depth;
	struct pair pairs[AFD_JSON_DEPTH_MAX];
};

static bool equal_scalars(const struct walk *walk, uint32_t x, uint32_t y)
{
	struct afd_span first = afd_json_text(walk->a, x);
	struct afd_span second = afd_json_text(walk->b, y);
	switch (walk->a->nodes[x].type) {
	case AFD_JSON_NUMBER: return afd_json_compare_numbers(first, second) == 0;
	case AFD_JSON_STRING: return afd_json_compare_strings(first, second) == 0;
	default: return true;
	}
}

static bool is_container(const struct afd_json_node *node)
{
	return node->type == AFD_JSON_ARRAY || node->type == AFD_JSON_OBJECT;
}

static void enter(struct walk *walk, uint32_t x, uint32_t y)
{
	struct pair *pair = &walk->pairs[walk->depth++];
	bool empty = walk->a->nodes[x].count == 0;
	*pair = (struct pair){ .child = empty ? AFD_JSON_NONE : x + 1, .twin = y + 1 };
	if (walk->a->nodes[x].type == AFD_JSON_OBJECT)
		afd_json_index_init(&pair->index, walk->b, y);
}

static bool visit(struct walk *walk, uint32_t x, uint32_t y)
{
	const struct afd_json_node *first = &walk->a->nodes[x];
	const struct afd_json_node *second = &walk->b->nodes[y];
	if (first->type != second->type || first->count != second->count)
		return false;
	if (!is_container(first))
		return equal_scalars(walk, x, y);
	enter(walk, x, y);
	return true;
}

/* Compares the next child of the innermost pair, or leaves it. */
static bool advance(struct walk *walk)
{
	struct pair *pair = &walk->pairs[walk->depth - 1];
	uint32_t child = pair->child;
	if (child == AFD_JSON_NONE) {
		afd_json_index_free(&pair->index);
		walk->depth--;
		return true;
	}
	pair->child = walk->a->nodes[child].next;
	uint32_t twin = pair->twin;
	if (walk->a->nodes[child].key_size)
		twin = afd_json_index_find(&pair->index, afd_json_name(walk->a, child));
	else
		pair->twin = walk->b->nodes[twin].next;
	return twin != AFD_JSON_NONE && visit(walk, child, twin);
}

bool afd_json_equal(const struct afd_json *a, uint32_t x, const struct afd_json *b, uint32_t y)
{
	struct walk walk;
	walk.a = a;
	walk.b = b;
	walk.depth = 0;
	bool equal = visit(&walk, x, y);
	while (equal && walk.depth > 0)
		equal = advance(&walk);
	while (walk.depth > 0)
		afd_json_index_free(&walk.pairs[--walk.depth].index);
	return equal;
}
