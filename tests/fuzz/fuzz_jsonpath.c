/* SPDX-License-Identifier: MIT
 * A path, a newline, and JSON to apply it to. Whatever is selected is a node, and its normalised path selects
 * it and nothing else. */
#include "jsonpath.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NODES_CHECKED = 8 };

static void require(bool good)
{
	if (!good)
		abort();
}

static void check_node(const struct afd_json *json, uint32_t node)
{
	struct afd_text text;
	afd_text_init(&text, 1u << 16);
	struct afd_jsonpath_error error;
	if (afd_json_path(json, node, &text)) {
		struct afd_jsonpath *path = afd_jsonpath_parse(afd_text_span(&text), &error);
		struct afd_nodes nodes = { 0 };
		require(path && afd_jsonpath_is_singular(path));
		require(afd_jsonpath_select(path, json, 0, &nodes));
		require(nodes.count == 1 && nodes.rows[0] == node);
		afd_nodes_free(&nodes);
		afd_jsonpath_free(path);
	}
	afd_text_free(&text);
}

static void select_from(const struct afd_jsonpath *path, struct afd_span text)
{
	struct afd_json json;
	struct afd_json_error error;
	if (!afd_json_parse(text, &json, &error))
		return;
	struct afd_nodes nodes = { 0 };
	if (afd_jsonpath_select(path, &json, 0, &nodes)) {
		require(!afd_jsonpath_is_singular(path) || nodes.count <= 1);
		for (size_t i = 0; i < nodes.count; i++)
			require(nodes.rows[i] < json.count);
		for (size_t i = 0; i < nodes.count && i < NODES_CHECKED; i++)
			check_node(&json, nodes.rows[i]);
	}
	afd_nodes_free(&nodes);
	afd_json_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_span input = { (const char *)data, size };
	size_t end = afd_span_find(input, "\n", 0);
	struct afd_span text = afd_span_first(input, end);
	struct afd_jsonpath_error error = { 0, "" };
	struct afd_jsonpath *path = afd_jsonpath_parse(text, &error);
	if (path)
		select_from(path, end == SIZE_MAX ? AFD_SPAN("[{\"a\":[1,\"b\"]},{\"a\":2}]")
										  : afd_span_from(input, end + 1));
	else
		require(error.offset <= text.size && error.text[0] != '\0' &&
				memchr(error.text, '\0', sizeof error.text));
	afd_jsonpath_free(path);
	return 0;
}
