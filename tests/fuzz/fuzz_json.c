/* SPDX-License-Identifier: MIT
 * Any bytes as JSON. What is accepted must be accepted by cJSON too, with the same structure and strings;
 * every node's text must parse to an equal tape, and every string must survive decoding and encoding. */
#include "json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* cJSON reads numbers of at most 63 characters, and ends strings at their first NUL. */
enum { CJSON_NUMBER_MAX = 63 };

static void require(bool good)
{
	if (!good)
		abort();
}

static bool is_beyond_cjson(const struct afd_json *json)
{
	for (uint32_t i = 0; i < json->count; i++)
		if (json->nodes[i].type == AFD_JSON_NUMBER && json->nodes[i].size > CJSON_NUMBER_MAX)
			return true;
	return afd_span_find(json->text, "\\u0000", 0) != SIZE_MAX;
}

static bool same_type(const cJSON *item, enum afd_json_type type)
{
	static const int types[] = { cJSON_NULL,   cJSON_False, cJSON_True,  cJSON_Number,
								 cJSON_String, cJSON_Array, cJSON_Object };
	return (item->type & 0xff) == types[type];
}

static void check_same(const struct afd_json *json, uint32_t node, const cJSON *item)
{
	const struct afd_json_node *it = &json->nodes[node];
	require(same_type(item, it->type));
	if (it->type == AFD_JSON_STRING)
		require(afd_json_string_is(afd_json_text(json, node), afd_span_of(item->valuestring)));
	if (it->key_size)
		require(afd_json_string_is((struct afd_span){ json->text.data + it->key_offset, it->key_size },
								   afd_span_of(item->string)));
	uint32_t child = it->count ? node + 1 : AFD_JSON_NONE;
	const cJSON *twin = item->child;
	for (; child != AFD_JSON_NONE; child = json->nodes[child].next, twin = twin->next) {
		require(twin && json->nodes[child].parent == node);
		check_same(json, child, twin);
	}
	require(!twin);
}

static void compare_with_cjson(const struct afd_json *json)
{
	if (is_beyond_cjson(json))
		return;
	cJSON *root = cJSON_ParseWithLength(json->text.data, json->text.size);
	require(root);
	check_same(json, 0, root);
	cJSON_Delete(root);
}

static void check_alone(const struct afd_json *json, uint32_t node)
{
	struct afd_json alone;
	struct afd_json_error error;
	require(afd_json_parse(afd_json_text(json, node), &alone, &error));
	require(afd_json_equal(&alone, 0, json, node));
	afd_json_free(&alone);
}

static void check_string(struct afd_span token)
{
	struct afd_text decoded;
	struct afd_text encoded;
	afd_text_init(&decoded, token.size);
	afd_text_init(&encoded, 8 * token.size);
	require(afd_json_decode(token, &decoded));
	require(afd_json_encode(afd_text_span(&decoded), &encoded));
	require(afd_json_compare_strings(token, afd_text_span(&encoded)) == 0);
	require(afd_json_string_is(token, afd_text_span(&decoded)));
	afd_text_free(&decoded);
	afd_text_free(&encoded);
}

static void check_path(const struct afd_json *json, uint32_t node)
{
	struct afd_text path;
	afd_text_init(&path, 1u << 20);
	require(afd_json_path(json, node, &path));
	afd_text_free(&path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_json json;
	struct afd_json_error error = { 0, NULL };
	if (!afd_json_parse((struct afd_span){ (const char *)data, size }, &json, &error)) {
		require(error.offset <= size && error.text);
		return 0;
	}
	for (uint32_t i = 0; i < json.count && i < 64; i++) {
		check_alone(&json, i);
		check_path(&json, i);
		if (json.nodes[i].type == AFD_JSON_STRING)
			check_string(afd_json_text(&json, i));
		if (i > 0 && json.nodes[i].type == AFD_JSON_NUMBER && json.nodes[i - 1].type == AFD_JSON_NUMBER)
			require(afd_json_compare_numbers(afd_json_text(&json, i), afd_json_text(&json, i - 1)) ==
					-afd_json_compare_numbers(afd_json_text(&json, i - 1), afd_json_text(&json, i)));
	}
	compare_with_cjson(&json);
	afd_json_free(&json);
	return 0;
}
