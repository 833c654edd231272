/* SPDX-License-Identifier: MIT */
#include "index.h"

#include <stdint.h>

/* A leaf has a key; an inner node has the first place where the keys below it differ. */
struct afd_index_node {
	struct afd_index_node *child[2]; /* NULL in a leaf */
	size_t place;                    /* of an inner node: byte of the keys */
	unsigned bit;                    /* of an inner node: one bit of the symbol there */
	size_t number;
	struct afd_span key;
};

static bool is_leaf(const struct afd_index_node *node)
{
	return !node->child[0];
}

/* A byte, or 0 past the end, which is in no key: one may be the start of another. */
static unsigned symbol(struct afd_span key, size_t place)
{
	return place < key.size ? (unsigned char)key.data[place] : 0;
}

static unsigned side(const struct afd_index_node *node, struct afd_span key)
{
	return (symbol(key, node->place) & node->bit) != 0;
}

/* The leaf that `key` would be; another's where it is not there. */
static struct afd_index_node *nearest(const struct afd_index *index, struct afd_span key)
{
	struct afd_index_node *node = index->root;
	while (node && !is_leaf(node))
		node = node->child[side(node, key)];
	return node;
}

size_t afd_index_find_span(const struct afd_index *index, struct afd_span key)
{
	const struct afd_index_node *node = nearest(index, key);
	return node && afd_span_equal(node->key, key) ? node->number : SIZE_MAX;
}

size_t afd_index_find(const struct afd_index *index, const char *key)
{
	return afd_index_find_span(index, afd_span_of(key));
}

static unsigned highest_bit(unsigned symbols)
{
	unsigned bit = 0x80;
	while (!(symbols & bit))
		bit >>= 1;
	return bit;
}

/* The link where an inner node of that place belongs: places never fall on the way down. */
static struct afd_index_node **link_for(struct afd_index *index, struct afd_span key, size_t place)
{
	struct afd_index_node **link = &index->root;
	while (!is_leaf(*link) && (*link)->place <= place)
		link = &(*link)->child[side(*link, key)];
	return link;
}

/* A leaf, and the inner node that tells it from `near`. */
static void insert(struct afd_index *index, struct afd_arena *arena, struct afd_index_node *leaf,
				   const struct afd_index_node *near)
{
	struct afd_index_node *inner = afd_arena_new(arena, sizeof *inner);
	while (symbol(leaf->key, inner->place) == symbol(near->key, inner->place))
		inner->place++;
	inner->bit = highest_bit(symbol(leaf->key, inner->place) ^ symbol(near->key, inner->place));
	struct afd_index_node **link = link_for(index, leaf->key, inner->place);
	unsigned to = side(inner, leaf->key);
	inner->child[to] = leaf;
	inner->child[!to] = *link;
	*link = inner;
}

void afd_index_put(struct afd_index *index, struct afd_arena *arena, const char *key, size_t number)
{
	struct afd_span span = afd_span_of(key);
	struct afd_index_node *near = nearest(index, span);
	if (near && afd_span_equal(near->key, span)) {
		near->number = number;
		return;
	}
	struct afd_index_node *leaf = afd_arena_new(arena, sizeof *leaf);
	leaf->key = span;
	leaf->number = number;
	if (near)
		insert(index, arena, leaf, near);
	else
		index->root = leaf;
}
