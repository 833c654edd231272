/* SPDX-License-Identifier: MIT
 * The envelope of an answer: where APIs put their code, message, error and records. */
#include "expect.h"

static uint32_t typed(const struct afd_json *json, uint32_t node, enum afd_json_type type)
{
	return node != AFD_JSON_NONE && json->nodes[node].type == type ? node : AFD_JSON_NONE;
}

static uint32_t member_of_type(const struct afd_json *json, uint32_t node, struct afd_span name,
							   enum afd_json_type type)
{
	return typed(json, afd_json_member(json, node, name), type);
}

static uint32_t code_of(const struct afd_json *json, uint32_t node)
{
	uint32_t code = member_of_type(json, node, AFD_SPAN("code"), AFD_JSON_STRING);
	return code != AFD_JSON_NONE ? code : member_of_type(json, node, AFD_SPAN("code"), AFD_JSON_NUMBER);
}

static uint32_t error_object(const struct afd_json *json)
{
	return member_of_type(json, 0, AFD_SPAN("error"), AFD_JSON_OBJECT);
}

uint32_t afd_answer_code(const struct afd_json *json)
{
	uint32_t code = code_of(json, 0);
	uint32_t error = error_object(json);
	return code == AFD_JSON_NONE && error != AFD_JSON_NONE ? code_of(json, error) : code;
}

uint32_t afd_answer_message(const struct afd_json *json)
{
	uint32_t message = member_of_type(json, 0, AFD_SPAN("message"), AFD_JSON_STRING);
	if (message == AFD_JSON_NONE)
		message = member_of_type(json, 0, AFD_SPAN("error"), AFD_JSON_STRING);
	uint32_t error = error_object(json);
	if (message == AFD_JSON_NONE && error != AFD_JSON_NONE)
		message = member_of_type(json, error, AFD_SPAN("message"), AFD_JSON_STRING);
	return message;
}

bool afd_answer_has_error(const struct afd_json *json)
{
	if (member_of_type(json, 0, AFD_SPAN("error"), AFD_JSON_STRING) != AFD_JSON_NONE)
		return true;
	uint32_t status = member_of_type(json, 0, AFD_SPAN("status"), AFD_JSON_STRING);
	return status != AFD_JSON_NONE && afd_json_string_is(afd_json_text(json, status), AFD_SPAN("error"));
}

static bool is_container(const struct afd_json *json, uint32_t node)
{
	return typed(json, node, AFD_JSON_ARRAY) != AFD_JSON_NONE ||
		   typed(json, node, AFD_JSON_OBJECT) != AFD_JSON_NONE;
}

long afd_answer_records(const struct afd_json *json, uint32_t *node)
{
	*node = typed(json, 0, AFD_JSON_ARRAY);
	if (*node == AFD_JSON_NONE)
		*node = afd_json_member(json, 0, AFD_SPAN("data"));
	if (!is_container(json, *node))
		*node = afd_json_member(json, 0, AFD_SPAN("result"));
	if (!is_container(json, *node)) {
		*node = AFD_JSON_NONE;
		return -1;
	}
	return json->nodes[*node].type == AFD_JSON_ARRAY ? (long)json->nodes[*node].count : 1;
}
