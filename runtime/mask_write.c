/* SPDX-License-Identifier: MIT
 * Writes a tape masked: one walk in the order of the text, without recursion. */
#include "mask_fit.h"
#include "mask_masker.h"
#include "mask_pseudonym.h"

#include <string.h>

/* A container that the walk is in. */
struct frame {
	uint32_t node;
	struct afd_route_set set;
	const char *never; /* class of a "never" row here or above, or NULL */
};

struct writer {
	const struct afd_masker *masker;
	const struct afd_json *json;
	struct afd_text *out;
	struct afd_walk walk;
	struct afd_text decoded; /* of the string at hand */
	struct afd_text scratch;
	struct frame frames[AFD_JSON_DEPTH_MAX + 2];
	size_t depth;
	struct afd_mask_counts counts;
	bool failed;
};

/* What is to be done with a scalar. */
struct choice {
	const char *class; /* of the pseudonym; NULL: shown */
	bool unfit;
};

static struct afd_span decode(struct writer *writer, struct afd_span token)
{
	if (!memchr(token.data, '\\', token.size))
		return (struct afd_span){ token.data + 1, token.size - 2 };
	afd_text_clear(&writer->decoded);
	if (!afd_json_decode(token, &writer->decoded))
		writer->failed = true;
	return afd_text_span(&writer->decoded);
}

static struct afd_scalar scalar_of(struct writer *writer, uint32_t node)
{
	enum afd_json_type type = writer->json->nodes[node].type;
	struct afd_span token = afd_json_text(writer->json, node);
	return (struct afd_scalar){ type, type == AFD_JSON_STRING ? decode(writer, token) : token };
}

/* Whether a row shows the scalar; *stated tells whether any row is about it. */
static bool allowed(const struct writer *writer, struct afd_route_set set, const struct afd_scalar *scalar,
					bool *stated)
{
	*stated = false;
	for (size_t i = 0; i < set.count; i++)
		for (const struct afd_rule *rule = afd_walk_rules(&writer->walk, set, i); rule; rule = rule->next) {
			*stated = true;
			if (afd_scalar_fits(scalar, rule->type, rule->values))
				return true;
		}
	return false;
}

static struct choice choose(const struct writer *writer, const struct frame *at,
							const struct afd_scalar *scalar)
{
	bool stated = false;
	bool is_string = scalar->type == AFD_JSON_STRING;
	bool absent = scalar->type == AFD_JSON_NULL || (is_string && scalar->text.size == 0);
	if (absent)
		return (struct choice){ NULL, false };
	if (at->never)
		return (struct choice){ at->never, false };
	if (scalar->type == AFD_JSON_TRUE || scalar->type == AFD_JSON_FALSE)
		return (struct choice){ NULL, false };
	if (is_string && afd_span_set_holds(&writer->masker->codes, scalar->text))
		return (struct choice){ NULL, false };
	if (allowed(writer, at->set, scalar, &stated))
		return (struct choice){ NULL, false };
	return (struct choice){ is_string ? "text" : "number", stated };
}

static void check(struct writer *writer, bool good)
{
	writer->failed = writer->failed || !good;
}

static void put_pseudonym(struct writer *writer, const char *class, struct afd_span value)
{
	check(writer, afd_text_putc(writer->out, '"') &&
					  afd_pseudonym(writer->masker->hmac, class, value, &writer->scratch, writer->out) &&
					  afd_text_putc(writer->out, '"'));
}

static void put_scalar(struct writer *writer, const struct frame *at)
{
	struct afd_scalar scalar = scalar_of(writer, at->node);
	struct choice choice = choose(writer, at, &scalar);
	if (writer->failed)
		return;
	writer->counts.shown += choice.class == NULL;
	writer->counts.masked += choice.class != NULL;
	writer->counts.unfit += choice.unfit;
	if (choice.class)
		put_pseudonym(writer, choice.class, scalar.text);
	else if (scalar.type == AFD_JSON_STRING)
		check(writer, afd_json_encode(scalar.text, writer->out));
	else
		check(writer, afd_text_add(writer->out, scalar.text));
}

static void put_name(struct writer *writer, const struct afd_json_node *node)
{
	struct afd_span token = { writer->json->text.data + node->key_offset, node->key_size };
	struct afd_span name = decode(writer, token);
	if (writer->failed)
		return;
	if (afd_span_set_holds(&writer->masker->names, name))
		check(writer, afd_json_encode(name, writer->out));
	else {
		writer->counts.names_masked++;
		put_pseudonym(writer, "key", name);
	}
	check(writer, afd_text_puts(writer->out, ": "));
}

static void put_line(struct writer *writer, size_t depth)
{
	static const char blanks[] = "                                                                ";
	check(writer, afd_text_putc(writer->out, '\n'));
	for (size_t left = 2 * depth; left > 0;) {
		size_t size = left < sizeof blanks - 1 ? left : sizeof blanks - 1;
		check(writer, afd_text_add(writer->out, (struct afd_span){ blanks, size }));
		left -= size;
	}
}

static bool is_container(const struct afd_json_node *node)
{
	return node->type == AFD_JSON_ARRAY || node->type == AFD_JSON_OBJECT;
}

/* The child with the rules that hold for it. */
static struct frame enter(struct writer *writer, const struct frame *parent, uint32_t child)
{
	struct frame at = { child, afd_walk_step(&writer->walk, parent->set, writer->json, child), NULL };
	at.never = afd_walk_never(&writer->walk, at.set);
	if (!at.never)
		at.never = parent->never;
	writer->failed = writer->failed || writer->walk.failed;
	return at;
}

/* The rules for `node`, found along its ancestors. */
static struct frame locate(struct writer *writer, uint32_t node)
{
	uint32_t chain[AFD_JSON_DEPTH_MAX + 1];
	size_t count = 0;
	uint32_t up = node;
	for (; writer->json->nodes[up].parent != AFD_JSON_NONE && count <= AFD_JSON_DEPTH_MAX; count++) {
		chain[count] = up;
		up = writer->json->nodes[up].parent;
	}
	struct frame at = { up, afd_walk_root(&writer->walk), NULL };
	at.never = afd_walk_never(&writer->walk, at.set);
	while (count > 0)
		at = enter(writer, &at, chain[--count]);
	check(writer, writer->json->nodes[up].parent == AFD_JSON_NONE && !writer->walk.failed);
	return at;
}

static void open_container(struct writer *writer, struct frame at)
{
	if (writer->depth > AFD_JSON_DEPTH_MAX) {
		writer->failed = true;
		return;
	}
	writer->frames[writer->depth++] = at;
	check(writer,
		  afd_text_putc(writer->out, writer->json->nodes[at.node].type == AFD_JSON_ARRAY ? '[' : '{'));
}

/* Closes the containers that end behind `node`; the node that follows, or AFD_JSON_NONE at the end. */
static uint32_t close_containers(struct writer *writer, uint32_t node)
{
	while (writer->depth > 0 && writer->json->nodes[node].next == AFD_JSON_NONE) {
		struct frame *frame = &writer->frames[--writer->depth];
		node = frame->node;
		put_line(writer, writer->depth);
		check(writer,
			  afd_text_putc(writer->out, writer->json->nodes[node].type == AFD_JSON_ARRAY ? ']' : '}'));
		afd_walk_drop(&writer->walk, frame->set);
	}
	return writer->depth > 0 ? writer->json->nodes[node].next : AFD_JSON_NONE;
}

/* Writes one node; true where the walk goes on with its first child. */
static bool put_node(struct writer *writer, struct frame at)
{
	const struct afd_json_node *node = &writer->json->nodes[at.node];
	if (is_container(node) && node->count > 0) {
		open_container(writer, at);
		return true;
	}
	if (is_container(node))
		check(writer, afd_text_puts(writer->out, node->type == AFD_JSON_ARRAY ? "[]" : "{}"));
	else
		put_scalar(writer, &at);
	afd_walk_drop(&writer->walk, at.set);
	return false;
}

static void put_tree(struct writer *writer, uint32_t root)
{
	uint32_t node = root;
	bool inside = put_node(writer, locate(writer, root));
	while (!writer->failed) {
		node = inside ? node + 1 : close_containers(writer, node);
		if (node == AFD_JSON_NONE)
			break;
		if (!inside)
			check(writer, afd_text_putc(writer->out, ','));
		put_line(writer, writer->depth);
		if (writer->json->nodes[node].key_size > 0)
			put_name(writer, &writer->json->nodes[node]);
		inside = put_node(writer, enter(writer, &writer->frames[writer->depth - 1], node));
	}
}

bool afd_mask_write_tree(const struct afd_masker *masker, const struct afd_json *json, uint32_t root,
						 struct afd_text *out, struct afd_mask_counts *counts)
{
	struct writer writer = { .masker = masker, .json = json, .out = out };
	afd_text_init(&writer.decoded, UINT32_MAX);
	afd_text_init(&writer.scratch, UINT32_MAX);
	writer.failed = !afd_walk_init(&writer.walk, &masker->routes);
	if (!writer.failed)
		put_tree(&writer, root);
	afd_walk_free(&writer.walk);
	afd_text_free(&writer.decoded);
	afd_text_free(&writer.scratch);
	*counts = writer.counts;
	return !writer.failed;
}
