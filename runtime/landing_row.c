/* SPDX-License-Identifier: MIT
 * One record, one row: its condition, its columns, its key. */
#include "landing_plan.h"

#include <string.h>

/* `true` also stands for 1, and `false` for 0, as in a column of booleans. */
static bool equals(const struct afd_json *json, uint32_t node, struct afd_span value)
{
	enum afd_json_type type = json->nodes[node].type;
	struct afd_span token = afd_json_text(json, node);
	if (type == AFD_JSON_STRING)
		return afd_json_string_is(token, value);
	if (type != AFD_JSON_NUMBER)
		return afd_span_equal(token, value);
	if (afd_span_is(value, "true") || afd_span_is(value, "false"))
		value = afd_span_is(value, "true") ? AFD_SPAN("1") : AFD_SPAN("0");
	struct afd_json_error error;
	struct afd_json number;
	if (!afd_json_parse(value, &number, &error))
		return false;
	bool same = number.nodes[0].type == AFD_JSON_NUMBER && afd_json_compare_numbers(token, value) == 0;
	afd_json_free(&number);
	return same;
}

/* A condition without a value asks that something is there: neither null nor false. */
static bool meets(const struct afd_json *json, uint32_t node, const char *value)
{
	enum afd_json_type type = json->nodes[node].type;
	if (value[0] == '\0')
		return type != AFD_JSON_NULL && type != AFD_JSON_FALSE;
	return equals(json, node, afd_span_of(value));
}

static enum afd_skip check_condition(const struct afd_plan_input *input, uint32_t record)
{
	struct afd_nodes nodes = { 0 };
	enum afd_skip skip = AFD_SKIP_CONDITION;
	if (!input->plan->condition)
		return AFD_SKIP_NONE;
	if (!afd_jsonpath_select(input->plan->condition, input->json, record, &nodes))
		skip = AFD_SKIP_BOUND;
	for (size_t i = 0; i < nodes.count && skip == AFD_SKIP_CONDITION; i++)
		if (meets(input->json, nodes.rows[i], input->plan->landing->condition_value))
			skip = AFD_SKIP_NONE;
	afd_nodes_free(&nodes);
	return skip;
}

/* The place of the column in the key, or the number of the key's columns. */
static size_t place_in_key(const struct afd_plan *plan, size_t column)
{
	size_t place = 0;
	while (place < plan->key_count && plan->key[place] != column)
		place++;
	return place;
}

static enum afd_skip keep_key(const struct afd_plan *plan, size_t column,
							  const struct afd_plan_making *making, struct afd_row *row)
{
	size_t place = place_in_key(plan, column);
	if (place == plan->key_count)
		return AFD_SKIP_NONE;
	bool empty = making->null || making->text.size == 0;
	if (place == 0 && empty)
		return AFD_SKIP_KEY;
	bool fine = empty || afd_text_add(&row->values[place], afd_text_span(&making->text));
	return fine ? AFD_SKIP_NONE : AFD_SKIP_BOUND;
}

static enum afd_skip write_value(const struct afd_plan_making *making, struct afd_text *json)
{
	bool fine = !making->text.failed;
	if (making->null)
		fine = fine && afd_text_puts(json, "null");
	else if (making->quoted)
		fine = fine && afd_json_encode(afd_text_span(&making->text), json);
	else
		fine = fine && afd_text_add(json, afd_text_span(&making->text));
	return fine ? AFD_SKIP_NONE : AFD_SKIP_BOUND;
}

static enum afd_skip make_column(const struct afd_plan_input *input, uint32_t record, size_t index,
								 struct afd_row *row)
{
	const struct afd_plan_column *column = &input->plan->columns[index];
	struct afd_plan_making making = { .input = input, .record = record, .column = column };
	afd_text_init(&making.text, AFD_ROW_LIMIT);
	enum afd_skip skip = column->make(&making);
	if (skip == AFD_SKIP_NONE)
		skip = keep_key(input->plan, index, &making, row);
	if (skip == AFD_SKIP_NONE) {
		afd_text_putc(&row->json, index == 0 ? '{' : ',');
		if (!afd_json_encode(afd_span_of(column->name), &row->json) || !afd_text_putc(&row->json, ':'))
			skip = AFD_SKIP_BOUND;
	}
	if (skip == AFD_SKIP_NONE)
		skip = write_value(&making, &row->json);
	afd_nodes_free(&making.nodes);
	afd_text_free(&making.text);
	return skip;
}

/* Each value with its length before it, so that no two keys have one text. */
static bool join_key(const struct afd_plan *plan, struct afd_row *row)
{
	for (size_t i = 0; i < plan->key_count; i++) {
		struct afd_span value = afd_text_span(&row->values[i]);
		if (!afd_text_printf(&row->key, "%zu:", value.size) || !afd_text_add(&row->key, value))
			return false;
	}
	return true;
}

enum afd_skip afd_plan_row(const struct afd_plan_input *input, uint32_t record, struct afd_row *row,
						   unsigned *line)
{
	const struct afd_plan *plan = input->plan;
	memset(row, 0, sizeof *row);
	afd_text_init(&row->json, AFD_ROW_LIMIT);
	afd_text_init(&row->key, AFD_ROW_LIMIT);
	for (size_t i = 0; i < AFD_PLAN_KEY_MAX; i++)
		afd_text_init(&row->values[i], AFD_ROW_LIMIT);
	*line = plan->landing->line;
	enum afd_skip skip = check_condition(input, record);
	for (size_t i = 0; i < plan->column_count && skip == AFD_SKIP_NONE; i++) {
		*line = plan->columns[i].line;
		skip = make_column(input, record, i, row);
	}
	if (skip == AFD_SKIP_NONE && (!afd_text_putc(&row->json, '}') || !join_key(plan, row)))
		skip = AFD_SKIP_BOUND;
	return skip;
}

void afd_row_free(struct afd_row *row)
{
	afd_text_free(&row->json);
	afd_text_free(&row->key);
	for (size_t i = 0; i < AFD_PLAN_KEY_MAX; i++)
		afd_text_free(&row->values[i]);
}
