/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <cjson/cJSON.h>

#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 100, DEPTH_MAX = 4 };

void afd_sim_take_body(struct sim_request *request, struct afd_span body)
{
	body = afd_span_trim(body);
	if (body.size == 0)
		return;
	const char *end = NULL;
	request->arguments = cJSON_ParseWithLengthOpts(body.data, body.size, &end, false);
	request->malformed = !request->arguments || end != body.data + body.size ||
						 !(cJSON_IsObject(request->arguments) || cJSON_IsArray(request->arguments));
}

/* JSON where it is JSON, else the text itself. */
static cJSON *value_of(const char *value)
{
	const char *end = NULL;
	cJSON *json = cJSON_ParseWithOpts(value, &end, false);
	if (json && *end == '\0')
		return json;
	cJSON_Delete(json);
	return cJSON_CreateString(value);
}

static cJSON *item_at(cJSON *parent, const char *key)
{
	return cJSON_IsArray(parent) ? cJSON_GetArrayItem(parent, atoi(key))
								 : cJSON_GetObjectItemCaseSensitive(parent, key);
}

/* Puts `item` where `key` is; false where the parent can't have it, and then `item` is gone. */
static bool put_item(cJSON *parent, const char *key, cJSON *item)
{
	if (cJSON_IsArray(parent) && cJSON_GetArraySize(parent) < LIST_MAX && cJSON_AddItemToArray(parent, item))
		return true;
	if (cJSON_IsObject(parent) && cJSON_AddItemToObject(parent, key, item))
		return true;
	cJSON_Delete(item);
	return false;
}

/* A list follows where the next key is a number or is left out. */
static cJSON *new_parent(const char *next_key)
{
	return strspn(next_key, "0123456789") == strlen(next_key) ? cJSON_CreateArray() : cJSON_CreateObject();
}

void afd_sim_take_parameter(struct sim_request *request, const char *name, const char *value)
{
	char path[256];
	char *keys[DEPTH_MAX + 1], *rest = path;
	size_t count = 0;
	if (strlen(name) >= sizeof path || (request->arguments && !cJSON_IsObject(request->arguments)))
		return;
	if (!request->arguments)
		request->arguments = cJSON_CreateObject();
	if (strncmp(name, "where", strlen("where")) == 0 && !item_at(request->arguments, "where"))
		request->where_by_query = true;
	strcpy(path, name);
	for (char *key; count <= DEPTH_MAX && (key = strsep(&rest, "[")) != NULL; count++) {
		keys[count] = key;
		key[strcspn(key, "]")] = '\0';
	}
	cJSON *parent = request->arguments;
	for (size_t i = 0; i + 1 < count; i++) {
		cJSON *inner = item_at(parent, keys[i]);
		if (!inner && !put_item(parent, keys[i], inner = new_parent(keys[i + 1])))
			return;
		parent = inner;
	}
	if (count > 0 && (cJSON_IsArray(parent) || !item_at(parent, keys[count - 1])))
		put_item(parent, keys[count - 1], value_of(value));
}

void afd_sim_arguments_free(struct sim_request *request)
{
	cJSON_Delete(request->arguments);
	request->arguments = NULL;
}
