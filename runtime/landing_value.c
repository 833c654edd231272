/* SPDX-License-Identifier: MIT
 * Values: what the types under As make of the nodes that a column's paths select. */
#include "landing_plan.h"

#include "landing_decimal.h"
#include "landing_letters.h"
#include "landing_payload.h"
#include "landing_time.h"

#include <string.h>

/* A scalar of the record, or of a variable. */
struct scalar {
	enum afd_json_type type;
	struct afd_span text; /* as in JSON */
};

static enum afd_json_type type_of(struct afd_span token)
{
	switch (token.data[0]) {
	case '"': return AFD_JSON_STRING;
	case 't': return AFD_JSON_TRUE;
	case 'f': return AFD_JSON_FALSE;
	case 'n': return AFD_JSON_NULL;
	case '[': return AFD_JSON_ARRAY;
	case '{': return AFD_JSON_OBJECT;
	default: return AFD_JSON_NUMBER;
	}
}

static struct scalar scalar_at(const struct afd_plan_making *making, size_t index)
{
	const struct afd_json *json = making->input->json;
	uint32_t node = making->nodes.rows[index];
	return (struct scalar){ json->nodes[node].type, afd_json_text(json, node) };
}

/* Drops the nodes that are null: they stand for values that are not there. */
static void drop_nulls(struct afd_plan_making *making)
{
	struct afd_nodes *nodes = &making->nodes;
	size_t kept = 0;
	for (size_t i = 0; i < nodes->count; i++)
		if (making->input->json->nodes[nodes->rows[i]].type != AFD_JSON_NULL)
			nodes->rows[kept++] = nodes->rows[i];
	nodes->count = kept;
}

static enum afd_skip select_source(struct afd_plan_making *making, const struct afd_plan_source *source)
{
	making->nodes.count = 0;
	if (!source->path)
		return AFD_SKIP_NONE;
	if (!afd_jsonpath_select(source->path, making->input->json, making->record, &making->nodes))
		return AFD_SKIP_BOUND;
	drop_nulls(making);
	return AFD_SKIP_NONE;
}

/* The nodes of the first source that has any. */
static enum afd_skip select_first(struct afd_plan_making *making)
{
	enum afd_skip skip = AFD_SKIP_NONE;
	for (size_t i = 0; i < making->column->source_count; i++) {
		skip = select_source(making, &making->column->sources[i]);
		if (skip != AFD_SKIP_NONE || making->nodes.count > 0)
			break;
	}
	return skip;
}

static bool find_variable(const struct afd_plan_making *making, struct afd_span name, struct scalar *scalar)
{
	const struct afd_landing_variables *variables = &making->input->variables;
	for (size_t i = 0; i < variables->count; i++) {
		struct afd_masked value = variables->rows[i].value;
		if (!afd_span_is(name, variables->rows[i].name) || value.size == 0)
			continue;
		*scalar = (struct scalar){ AFD_JSON_NULL, { value.data, value.size } };
		scalar->type = type_of(scalar->text);
		return scalar->type != AFD_JSON_NULL;
	}
	return false;
}

/* The first value that is there. `scalar->type` is null where there is none. */
static enum afd_skip find_scalar(struct afd_plan_making *making, struct scalar *scalar)
{
	*scalar = (struct scalar){ AFD_JSON_NULL, { "", 0 } };
	for (size_t i = 0; i < making->column->source_count; i++) {
		const struct afd_plan_source *source = &making->column->sources[i];
		if (!source->path && find_variable(making, source->variable, scalar))
			break;
		enum afd_skip skip = select_source(making, source);
		if (skip != AFD_SKIP_NONE)
			return skip;
		if (making->nodes.count > 0) {
			*scalar = scalar_at(making, 0);
			break;
		}
	}
	bool container = scalar->type == AFD_JSON_ARRAY || scalar->type == AFD_JSON_OBJECT;
	return container ? AFD_SKIP_TYPE : AFD_SKIP_NONE;
}

static enum afd_skip write_scalar(const struct scalar *scalar, struct afd_text *out)
{
	if (scalar->type == AFD_JSON_STRING)
		return afd_json_decode(scalar->text, out) ? AFD_SKIP_NONE : AFD_SKIP_BOUND;
	if (scalar->type != AFD_JSON_NULL)
		afd_text_add(out, scalar->text);
	return out->failed ? AFD_SKIP_BOUND : AFD_SKIP_NONE;
}

static enum afd_skip make_text(struct afd_plan_making *making)
{
	struct scalar scalar;
	enum afd_skip skip = find_scalar(making, &scalar);
	making->quoted = true;
	return skip == AFD_SKIP_NONE ? write_scalar(&scalar, &making->text) : skip;
}

/* A pseudonym stays as it is in every table, or it would no longer be equal to itself. */
static enum afd_skip make_cased(struct afd_plan_making *making,
								void (*change)(struct afd_span, struct afd_text *))
{
	enum afd_skip skip = make_text(making);
	if (skip != AFD_SKIP_NONE || (making->text.size > 0 && making->text.data[0] == '~'))
		return skip;
	struct afd_text plain = making->text;
	afd_text_init(&making->text, plain.limit);
	change(afd_text_span(&plain), &making->text);
	afd_text_free(&plain);
	return making->text.failed ? AFD_SKIP_BOUND : AFD_SKIP_NONE;
}

static enum afd_skip make_lower(struct afd_plan_making *making)
{
	return make_cased(making, afd_letters_lower);
}

static enum afd_skip make_upper(struct afd_plan_making *making)
{
	return make_cased(making, afd_letters_upper);
}

/* A number, or a text that is one. Null is 0. */
static enum afd_skip read_decimal(const struct scalar *scalar, struct afd_decimal *decimal)
{
	*decimal = (struct afd_decimal){ 0 };
	struct afd_span text = scalar->text;
	if (scalar->type == AFD_JSON_NULL)
		return AFD_SKIP_NONE;
	if (scalar->type == AFD_JSON_STRING)
		text = (struct afd_span){ text.data + 1, text.size - 2 };
	else if (scalar->type != AFD_JSON_NUMBER)
		return AFD_SKIP_TYPE;
	if (afd_decimal_read(text, decimal))
		return AFD_SKIP_NONE;
	return scalar->type == AFD_JSON_NUMBER ? AFD_SKIP_RANGE : AFD_SKIP_TYPE;
}

static enum afd_skip write_decimal(struct afd_plan_making *making, const struct afd_decimal *decimal)
{
	const struct afd_sql_type *type = &making->column->type;
	if (type->class == AFD_SQL_WHOLE && !afd_decimal_fits(decimal, type->bits, type->is_signed))
		return AFD_SKIP_RANGE;
	afd_decimal_write(decimal, &making->text);
	return AFD_SKIP_NONE;
}

static enum afd_skip make_number(struct afd_plan_making *making)
{
	struct scalar scalar;
	struct afd_decimal decimal;
	enum afd_skip skip = find_scalar(making, &scalar);
	making->null = scalar.type == AFD_JSON_NULL && making->column->type.nullable;
	if (skip == AFD_SKIP_NONE)
		skip = read_decimal(&scalar, &decimal);
	return skip == AFD_SKIP_NONE ? write_decimal(making, &decimal) : skip;
}

static enum afd_skip make_whole_number(struct afd_plan_making *making)
{
	enum afd_skip skip = make_number(making);
	bool whole = making->text.size == 0 || !memchr(making->text.data, '.', making->text.size);
	return skip == AFD_SKIP_NONE && !whole ? AFD_SKIP_TYPE : skip;
}

static enum afd_skip make_boolean(struct afd_plan_making *making)
{
	struct scalar scalar;
	enum afd_skip skip = find_scalar(making, &scalar);
	making->null = scalar.type == AFD_JSON_NULL && making->column->type.nullable;
	bool number = scalar.type == AFD_JSON_NUMBER;
	bool one = number && afd_json_compare_numbers(scalar.text, AFD_SPAN("1")) == 0;
	bool zero = number && afd_json_compare_numbers(scalar.text, AFD_SPAN("0")) == 0;
	if (skip == AFD_SKIP_NONE && (scalar.type == AFD_JSON_STRING || (number && !one && !zero)))
		skip = AFD_SKIP_TYPE;
	afd_text_putc(&making->text, one || scalar.type == AFD_JSON_TRUE ? '1' : '0');
	return skip;
}

static enum afd_skip make_time(struct afd_plan_making *making)
{
	struct scalar scalar;
	char moscow[AFD_MOSCOW_TEXT];
	enum afd_skip skip = find_scalar(making, &scalar);
	making->quoted = true;
	if (skip != AFD_SKIP_NONE)
		return skip;
	making->null = scalar.type == AFD_JSON_NULL;
	if (making->null)
		return making->column->type.nullable ? AFD_SKIP_NONE : AFD_SKIP_TIME;
	struct afd_text written;
	afd_text_init(&written, 64);
	bool fine = scalar.type == AFD_JSON_STRING && afd_json_decode(scalar.text, &written) &&
				afd_moscow_of_text(afd_text_span(&written), moscow);
	afd_text_free(&written);
	if (fine)
		afd_text_puts(&making->text, moscow);
	return fine ? AFD_SKIP_NONE : AFD_SKIP_TYPE;
}

static enum afd_skip make_count(struct afd_plan_making *making)
{
	enum afd_skip skip = select_first(making);
	struct afd_decimal count = { .magnitude = making->nodes.count };
	return skip == AFD_SKIP_NONE ? write_decimal(making, &count) : skip;
}

static enum afd_skip make_sum(struct afd_plan_making *making)
{
	struct afd_decimal sum = { 0 };
	enum afd_skip skip = select_first(making);
	for (size_t i = 0; i < making->nodes.count && skip == AFD_SKIP_NONE; i++) {
		struct afd_decimal value;
		struct scalar scalar = scalar_at(making, i);
		skip = read_decimal(&scalar, &value);
		if (skip == AFD_SKIP_NONE && !afd_decimal_add(&sum, &value))
			skip = AFD_SKIP_RANGE;
	}
	return skip == AFD_SKIP_NONE ? write_decimal(making, &sum) : skip;
}

/* Steps up to the nearest element of an array, or the root. */
static uint32_t element_of(const struct afd_json_node *nodes, uint32_t node)
{
	while (node != AFD_JSON_NONE && nodes[node].key_size > 0)
		node = nodes[node].parent;
	return node;
}

/* Members of one object or of one element below the record, or values at the same places of two arrays: two
 * lists of which one lacks a value here and the other one there must not be shifted against each other. */
static bool are_pair(const struct afd_plan_making *making, uint32_t a, uint32_t b)
{
	const struct afd_json_node *nodes = making->input->json->nodes;
	if (nodes[a].key_size > 0 && nodes[b].key_size > 0 && nodes[a].parent == nodes[b].parent)
		return true;
	bool same_place = false;
	for (;;) {
		a = element_of(nodes, a);
		b = element_of(nodes, b);
		if (a == b)
			return same_place || a != element_of(nodes, making->record);
		if (a == AFD_JSON_NONE || b == AFD_JSON_NONE || nodes[a].index != nodes[b].index)
			return false;
		same_place = true;
		a = nodes[a].parent;
		b = nodes[b].parent;
	}
}

static enum afd_skip add_product(const struct afd_plan_making *making, const struct afd_plan_making *other,
								 size_t index, struct afd_decimal *sum)
{
	struct afd_decimal product;
	struct afd_decimal factor;
	struct scalar a = scalar_at(making, index);
	struct scalar b = scalar_at(other, index);
	if (!are_pair(making, making->nodes.rows[index], other->nodes.rows[index]))
		return AFD_SKIP_PAIR;
	enum afd_skip skip = read_decimal(&a, &product);
	if (skip == AFD_SKIP_NONE)
		skip = read_decimal(&b, &factor);
	if (skip != AFD_SKIP_NONE)
		return skip;
	bool fine = afd_decimal_multiply(&product, &factor) && afd_decimal_add(sum, &product);
	return fine ? AFD_SKIP_NONE : AFD_SKIP_RANGE;
}

static enum afd_skip make_sum_of_products(struct afd_plan_making *making)
{
	struct afd_decimal sum = { 0 };
	struct afd_plan_making other = { .input = making->input, .record = making->record };
	enum afd_skip skip = select_source(making, &making->column->sources[0]);
	if (skip == AFD_SKIP_NONE)
		skip = select_source(&other, &making->column->sources[1]);
	if (skip == AFD_SKIP_NONE && making->nodes.count != other.nodes.count)
		skip = AFD_SKIP_PAIR;
	for (size_t i = 0; i < making->nodes.count && skip == AFD_SKIP_NONE; i++)
		skip = add_product(making, &other, i, &sum);
	afd_nodes_free(&other.nodes);
	return skip == AFD_SKIP_NONE ? write_decimal(making, &sum) : skip;
}

static enum afd_skip make_json(struct afd_plan_making *making)
{
	enum afd_skip skip = select_first(making);
	making->quoted = true;
	if (skip != AFD_SKIP_NONE || making->nodes.count == 0)
		return skip;
	bool fine = afd_payload_write(making->input->json, making->nodes.rows[0], &making->text);
	return fine ? AFD_SKIP_NONE : AFD_SKIP_BOUND;
}

enum afd_skip afd_plan_make_version(struct afd_plan_making *making)
{
	afd_text_puts(&making->text, making->input->run->version);
	return AFD_SKIP_NONE;
}

enum afd_skip afd_plan_make_time(struct afd_plan_making *making)
{
	making->quoted = true;
	afd_text_puts(&making->text, making->input->run->time);
	return AFD_SKIP_NONE;
}

afd_plan_make *afd_plan_maker(const char *type)
{
	static const struct {
		const char *type;
		afd_plan_make *make;
	} makers[] = {
		{ "text", make_text },
		{ "lower case", make_lower },
		{ "upper case", make_upper },
		{ "number", make_number },
		{ "boolean", make_boolean },
		{ "whole number", make_whole_number },
		{ "time", make_time },
		{ "count", make_count },
		{ "sum", make_sum },
		{ "JSON", make_json },
		{ "sum of products", make_sum_of_products },
	};
	for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
		if (strcmp(makers[i].type, type) == 0)
			return makers[i].make;
	return NULL;
}
