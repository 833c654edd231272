/* SPDX-License-Identifier: MIT
 * Members by name: walked where few, sorted where many, so that no object costs more than n log n. */
#include "json_names.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 16 };

struct afd_span afd_json_name(const struct afd_json *json, uint32_t node)
{
	const struct afd_json_node *it = &json->nodes[node];
	return (struct afd_span){ json->text.data + it->key_offset, it->key_size };
}

static int compare_members(const void *a, const void *b, void *context)
{
	const struct afd_json *json = context;
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;
	int order = afd_json_compare_strings(afd_json_name(json, x), afd_json_name(json, y));
	return order ? order : (x > y) - (x < y);
}

static uint32_t *sort_members(const struct afd_json *json, uint32_t object)
{
	size_t count = json->nodes[object].count;
	uint32_t *sorted = malloc(count * sizeof *sorted);
	if (!sorted)
		return NULL;
	uint32_t member = object + 1;
	for (size_t i = 0; i < count; i++, member = json->nodes[member].next)
		sorted[i] = member;
	qsort_r(sorted, count, sizeof *sorted, compare_members, (void *)(uintptr_t)json);
	return sorted;
}

static bool find_twin_sorted(const struct afd_json *json, uint32_t object, uint32_t *twin)
{
	uint32_t *sorted = sort_members(json, object);
	if (!sorted)
		return false;
	for (size_t i = 1; i < json->nodes[object].count && *twin == AFD_JSON_NONE; i++)
		if (afd_json_compare_strings(afd_json_name(json, sorted[i - 1]), afd_json_name(json, sorted[i])) == 0)
			*twin = sorted[i];
	free(sorted);
	return true;
}

static bool same_name(struct afd_span a, struct afd_span b, bool escaped)
{
	return escaped ? afd_json_compare_strings(a, b) == 0
				   : a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

bool afd_json_find_twin(const struct afd_json *json, uint32_t object, bool escaped, uint32_t *twin)
{
	*twin = AFD_JSON_NONE;
	uint32_t count = json->nodes[object].count;
	if (count > FEW)
		return find_twin_sorted(json, object, twin);
	struct afd_span names[FEW];
	uint32_t member = object + 1;
	for (uint32_t i = 0; i < count; i++, member = json->nodes[member].next) {
		names[i] = afd_json_name(json, member);
		for (uint32_t j = 0; j < i; j++) {
			if (!same_name(names[i], names[j], escaped))
				continue;
			*twin = member;
			return true;
		}
	}
	return true;
}

uint32_t afd_json_member(const struct afd_json *json, uint32_t node, struct afd_span name)
{
	if (json->nodes[node].type != AFD_JSON_OBJECT || json->nodes[node].count == 0)
		return AFD_JSON_NONE;
	uint32_t member = node + 1;
	while (member != AFD_JSON_NONE && !afd_json_string_is(afd_json_name(json, member), name))
		member = json->nodes[member].next;
	return member;
}

/* Without memory for the index members are walked: slower, and right. */
void afd_json_index_init(struct afd_json_index *index, const struct afd_json *json, uint32_t object)
{
	*index = (struct afd_json_index){ .json = json, .object = object };
	if (json->nodes[object].count > FEW)
		index->sorted = sort_members(json, object);
}

void afd_json_index_free(struct afd_json_index *index)
{
	free(index->sorted);
	index->sorted = NULL;
}

static uint32_t find_walking(const struct afd_json *json, uint32_t object, struct afd_span name)
{
	uint32_t member = json->nodes[object].count ? object + 1 : AFD_JSON_NONE;
	while (member != AFD_JSON_NONE && afd_json_compare_strings(afd_json_name(json, member), name) != 0)
		member = json->nodes[member].next;
	return member;
}

uint32_t afd_json_index_find(const struct afd_json_index *index, struct afd_span name)
{
	if (!index->sorted)
		return find_walking(index->json, index->object, name);
	size_t low = 0;
	size_t high = index->json->nodes[index->object].count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = afd_json_compare_strings(afd_json_name(index->json, index->sorted[middle]), name);
		if (order == 0)
			return index->sorted[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return AFD_JSON_NONE;
}
