/* SPDX-License-Identifier: MIT */
#include "landing_payload.h"

#include <stdlib.h>

static struct afd_span key_of(const struct afd_json *json, uint32_t node)
{
	const struct afd_json_node *row = &json->nodes[node];
	return (struct afd_span){ json->text.data + row->key_offset, row->key_size };
}

static int by_key(const void *a, const void *b, void *context)
{
	const struct afd_json *json = context;
	return afd_json_compare_strings(key_of(json, *(const uint32_t *)a), key_of(json, *(const uint32_t *)b));
}

/* The children in the order in which they are written; NULL: memory is out. */
static uint32_t *children_of(const struct afd_json *json, uint32_t node)
{
	const struct afd_json_node *container = &json->nodes[node];
	uint32_t *children = calloc(container->count + 1u, sizeof *children);
	size_t count = 0;
	uint32_t child = container->count > 0 ? node + 1 : AFD_JSON_NONE;
	for (; children && child != AFD_JSON_NONE; child = json->nodes[child].next)
		children[count++] = child;
	if (children && container->type == AFD_JSON_OBJECT)
		qsort_r(children, count, sizeof *children, by_key, (struct afd_json *)(uintptr_t)json);
	return children;
}

/* As deep as the tape: AFD_JSON_DEPTH_MAX. */
static bool write_container(const struct afd_json *json, uint32_t node, struct afd_text *out)
{
	bool object = json->nodes[node].type == AFD_JSON_OBJECT;
	uint32_t *children = children_of(json, node);
	bool fine = children && afd_text_putc(out, object ? '{' : '[');
	for (uint32_t i = 0; fine && i < json->nodes[node].count; i++) {
		if (i > 0)
			afd_text_putc(out, ',');
		if (object) {
			afd_text_add(out, key_of(json, children[i]));
			afd_text_putc(out, ':');
		}
		fine = afd_payload_write(json, children[i], out);
	}
	free(children);
	return fine && afd_text_putc(out, object ? '}' : ']');
}

bool afd_payload_write(const struct afd_json *json, uint32_t node, struct afd_text *out)
{
	enum afd_json_type type = json->nodes[node].type;
	if (type == AFD_JSON_ARRAY || type == AFD_JSON_OBJECT)
		return write_container(json, node, out);
	return afd_text_add(out, afd_json_text(json, node));
}
