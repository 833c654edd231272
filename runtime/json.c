/* SPDX-License-Identifier: MIT
 * Builds the tape: a state machine over tokens with a stack of open containers, so depth costs no call stack.
 */
#include "json.h"

#include "json_names.h"
#include "json_token.h"

#include <stdlib.h>

enum expected { VALUE, ELEMENT_OR_END, NAME, NAME_OR_END, COLON, COMMA_OR_END, NOTHING };

struct frame {
	uint32_t container, last; /* last: its latest child */
	bool escaped;             /* a name in it holds an escape */
};

struct builder {
	struct afd_json *json;
	struct afd_json_error *error;
	struct afd_json_scanner scanner;
	enum expected expected;
	uint32_t key_offset, key_size; /* the name that waits for its value */
	unsigned depth;
	struct frame frames[AFD_JSON_DEPTH_MAX];
};

static bool refuse_at(struct builder *builder, size_t offset, const char *text)
{
	*builder->error = (struct afd_json_error){ offset, text };
	return false;
}

static uint32_t token_offset(const struct builder *builder)
{
	return (uint32_t)(builder->scanner.start - builder->json->text.data);
}

static bool refuse(struct builder *builder, const char *text)
{
	return refuse_at(builder, token_offset(builder), text);
}

static bool make_room(struct afd_json *json)
{
	if (json->count < json->capacity)
		return true;
	size_t capacity = json->capacity ? (size_t)json->capacity * 2 : json->text.size / 32 + 8;
	if (capacity > AFD_JSON_NONE)
		capacity = AFD_JSON_NONE;
	struct afd_json_node *nodes = realloc(json->nodes, capacity * sizeof *nodes);
	if (!nodes)
		return false;
	json->nodes = nodes;
	json->capacity = (uint32_t)capacity;
	return true;
}

static void link_child(struct builder *builder, uint32_t node)
{
	struct afd_json_node *nodes = builder->json->nodes;
	struct frame *frame = &builder->frames[builder->depth - 1];
	nodes[node].parent = frame->container;
	nodes[node].index = nodes[frame->container].count++;
	if (frame->last != AFD_JSON_NONE)
		nodes[frame->last].next = node;
	frame->last = node;
}

static bool add_node(struct builder *builder, enum afd_json_type type)
{
	struct afd_json *json = builder->json;
	if (!make_room(json))
		return refuse(builder, "out of memory");
	uint32_t node = json->count++;
	json->nodes[node] = (struct afd_json_node){
		.type = type,
		.offset = token_offset(builder),
		.size = (uint32_t)(builder->scanner.cursor - builder->scanner.start),
		.key_offset = builder->key_offset,
		.key_size = builder->key_size,
		.parent = AFD_JSON_NONE,
		.next = AFD_JSON_NONE,
	};
	builder->key_size = 0;
	if (builder->depth > 0)
		link_child(builder, node);
	return true;
}

static void after_value(struct builder *builder)
{
	builder->expected = builder->depth > 0 ? COMMA_OR_END : NOTHING;
}

static bool add_scalar(struct builder *builder, enum afd_json_type type)
{
	after_value(builder);
	return add_node(builder, type);
}

static bool open_container(struct builder *builder, enum afd_json_type type)
{
	if (builder->depth == AFD_JSON_DEPTH_MAX)
		return refuse(builder, "nested too deeply");
	if (!add_node(builder, type))
		return false;
	builder->frames[builder->depth++] = (struct frame){ builder->json->count - 1, AFD_JSON_NONE, false };
	builder->expected = type == AFD_JSON_OBJECT ? NAME_OR_END : ELEMENT_OR_END;
	return true;
}

static bool close_container(struct builder *builder)
{
	struct frame frame = builder->frames[--builder->depth];
	struct afd_json_node *node = &builder->json->nodes[frame.container];
	node->size = (uint32_t)(builder->scanner.cursor - builder->json->text.data) - node->offset;
	after_value(builder);
	if (node->type != AFD_JSON_OBJECT)
		return true;
	uint32_t twin;
	if (!afd_json_find_twin(builder->json, frame.container, frame.escaped, &twin))
		return refuse(builder, "out of memory");
	return twin == AFD_JSON_NONE ||
		   refuse_at(builder, builder->json->nodes[twin].key_offset, "duplicate name");
}

static bool value(struct builder *builder, enum afd_json_token token)
{
	switch (token) {
	case AFD_TOKEN_OBJECT: return open_container(builder, AFD_JSON_OBJECT);
	case AFD_TOKEN_ARRAY: return open_container(builder, AFD_JSON_ARRAY);
	case AFD_TOKEN_STRING: return add_scalar(builder, AFD_JSON_STRING);
	case AFD_TOKEN_NUMBER: return add_scalar(builder, AFD_JSON_NUMBER);
	case AFD_TOKEN_TRUE: return add_scalar(builder, AFD_JSON_TRUE);
	case AFD_TOKEN_FALSE: return add_scalar(builder, AFD_JSON_FALSE);
	case AFD_TOKEN_NULL: return add_scalar(builder, AFD_JSON_NULL);
	default: return refuse(builder, "expected a value");
	}
}

static bool name(struct builder *builder, enum afd_json_token token)
{
	if (token != AFD_TOKEN_STRING)
		return refuse(builder, "expected a name");
	builder->key_offset = token_offset(builder);
	builder->key_size = (uint32_t)(builder->scanner.cursor - builder->scanner.start);
	builder->frames[builder->depth - 1].escaped |= builder->scanner.escaped;
	builder->expected = COLON;
	return true;
}

static bool colon(struct builder *builder, enum afd_json_token token)
{
	builder->expected = VALUE;
	return token == AFD_TOKEN_COLON || refuse(builder, "expected ':'");
}

static bool comma_or_end(struct builder *builder, enum afd_json_token token)
{
	uint32_t container = builder->frames[builder->depth - 1].container;
	bool object = builder->json->nodes[container].type == AFD_JSON_OBJECT;
	if (token == (object ? AFD_TOKEN_OBJECT_END : AFD_TOKEN_ARRAY_END))
		return close_container(builder);
	builder->expected = object ? NAME : VALUE;
	return token == AFD_TOKEN_COMMA ||
		   refuse(builder, object ? "expected ',' or '}'" : "expected ',' or ']'");
}

static bool step(struct builder *builder, enum afd_json_token token)
{
	switch (builder->expected) {
	case ELEMENT_OR_END:
		return token == AFD_TOKEN_ARRAY_END ? close_container(builder) : value(builder, token);
	case NAME_OR_END: return token == AFD_TOKEN_OBJECT_END ? close_container(builder) : name(builder, token);
	case NAME: return name(builder, token);
	case COLON: return colon(builder, token);
	case COMMA_OR_END: return comma_or_end(builder, token);
	case NOTHING: return refuse(builder, "text after the value");
	case VALUE: break;
	}
	return value(builder, token);
}

static bool build(struct builder *builder)
{
	for (;;) {
		enum afd_json_token token = afd_json_scan(&builder->scanner);
		if (token == AFD_TOKEN_ERROR) {
			size_t offset = (size_t)(builder->scanner.cursor - builder->json->text.data);
			return refuse_at(builder, offset, builder->scanner.error);
		}
		if (token == AFD_TOKEN_END)
			return builder->expected == NOTHING || refuse(builder, "unexpected end");
		if (!step(builder, token))
			return false;
	}
}

bool afd_json_parse(struct afd_span text, struct afd_json *json, struct afd_json_error *error)
{
	*json = (struct afd_json){ .text = text };
	struct builder builder;
	builder.json = json;
	builder.error = error;
	builder.expected = VALUE;
	builder.key_offset = builder.key_size = 0;
	builder.depth = 0;
	if (text.size == 0)
		return refuse_at(&builder, 0, "unexpected end");
	if (text.size >= UINT32_MAX)
		return refuse_at(&builder, UINT32_MAX, "4 GiB or more");
	builder.scanner = (struct afd_json_scanner){ .cursor = text.data, .limit = text.data + text.size };
	if (build(&builder))
		return true;
	afd_json_free(json);
	return false;
}

void afd_json_free(struct afd_json *json)
{
	free(json->nodes);
	*json = (struct afd_json){ .text = json->text };
}

struct afd_span afd_json_text(const struct afd_json *json, uint32_t node)
{
	const struct afd_json_node *it = &json->nodes[node];
	return (struct afd_span){ json->text.data + it->offset, it->size };
}
