/* SPDX-License-Identifier: MIT
 * Types of columns, as far as it matters which values can stand in them. */
#include "base/sql.h"

#include <stdlib.h>
#include <string.h>

/* The text between the parentheses of `wrapper`; size 0: it is not one. */
static struct afd_span inside(struct afd_span type, const char *wrapper)
{
	size_t size = strlen(wrapper);
	bool wrapped = afd_span_starts(type, wrapper) && type.size > size + 2 && type.data[size] == '(' &&
				   type.data[type.size - 1] == ')';
	return wrapped ? afd_span_trim((struct afd_span){ type.data + size + 1, type.size - size - 2 })
				   : (struct afd_span){ type.data, 0 };
}

static enum afd_sql_class class_of(struct afd_span type)
{
	static const struct {
		const char *start;
		enum afd_sql_class class;
	} classes[] = {
		{ "String", AFD_SQL_TEXT },      { "FixedString", AFD_SQL_TEXT }, { "Enum", AFD_SQL_TEXT },
		{ "UUID", AFD_SQL_TEXT },        { "UInt", AFD_SQL_WHOLE },       { "Int", AFD_SQL_WHOLE },
		{ "Bool", AFD_SQL_WHOLE },       { "Float", AFD_SQL_FRACTION },   { "BFloat", AFD_SQL_FRACTION },
		{ "Decimal", AFD_SQL_FRACTION }, { "DateTime", AFD_SQL_TIME },
	};
	bool interval = afd_span_starts(type, "Interval");
	for (size_t i = 0; i < sizeof classes / sizeof classes[0] && !interval; i++)
		if (afd_span_starts(type, classes[i].start))
			return classes[i].class;
	return AFD_SQL_OTHER;
}

struct afd_sql_type afd_sql_type_of(const char *text)
{
	struct afd_sql_type type = { .class = AFD_SQL_OTHER };
	struct afd_span bare = afd_span_trim(afd_span_of(text));
	struct afd_span low = inside(bare, "LowCardinality");
	bare = low.size > 0 ? low : bare;
	struct afd_span nullable = inside(bare, "Nullable");
	bare = nullable.size > 0 ? nullable : bare;
	type.nullable = nullable.size > 0;
	type.class = class_of(bare);
	type.is_signed = !afd_span_starts(bare, "U") && !afd_span_starts(bare, "Bool");
	size_t digits = 0;
	while (digits < bare.size && !(bare.data[digits] >= '0' && bare.data[digits] <= '9'))
		digits++;
	if (type.class == AFD_SQL_WHOLE)
		type.bits = digits < bare.size ? (unsigned)strtoul(bare.data + digits, NULL, 10) : 1;
	return type;
}

static const char *const landing_types[] = { "text",   "lower case", "upper case",      "JSON",
											 "time",   "boolean",    "count",           "whole number",
											 "number", "sum",        "sum of products", NULL };

const char *const *afd_sql_landing_types(void)
{
	return landing_types;
}

bool afd_sql_type_takes(const char *type, const char *as)
{
	enum { TEXTS = 4 };
	enum afd_sql_class class = afd_sql_type_of(type).class;
	size_t row = 0;
	while (landing_types[row] && strcmp(landing_types[row], as) != 0)
		row++;
	if (!landing_types[row])
		return false;
	if (row < TEXTS)
		return class == AFD_SQL_TEXT;
	if (strcmp(as, "time") == 0)
		return class == AFD_SQL_TIME;
	return class == AFD_SQL_WHOLE || class == AFD_SQL_FRACTION;
}
