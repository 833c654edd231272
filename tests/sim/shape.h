/* SPDX-License-Identifier: MIT
 * Shapes: tables that say which members a kind of record has. One table writes a record as JSON, finds a
 * column for a filter, changes a member by a request and lists the private values. Records are owned by the
 * world's arena. */
#ifndef AFFIDAVIT_SIM_SHAPE_H
#define AFFIDAVIT_SIM_SHAPE_H

#include "base/arena.h"

#include <stdint.h>

struct cJSON;

enum sim_kind {
	SIM_INT,      /* int64_t; SIM_NONE is null */
	SIM_BOOL,     /* bool as true, false */
	SIM_FLAG,     /* bool as 1, 0 */
	SIM_TEXT,     /* const char *; NULL is null */
	SIM_MONEY,    /* int64_t in hundredths; SIM_NONE is null */
	SIM_TIME,     /* int64_t in seconds since 1970; SIM_NONE is null */
	SIM_RAW,      /* const char *, JSON as it is; NULL is null */
	SIM_OBJECT,   /* pointer to a record; NULL is the field's `literal`, or null */
	SIM_LIST,     /* struct sim_list of records */
	SIM_CONSTANT, /* no member: the field's `literal` */
};

enum sim_field_flag {
	SIM_PRIVATE = 1,  /* about a person, or opens something: it must not leave an audit unmasked */
	SIM_HIDDEN = 2,   /* not written; a column of filters and a name in changes, in profile spec */
	SIM_WRITABLE = 4, /* a request may change it */
};

#define SIM_NONE INT64_MIN

struct sim_list {
	void **items;
	size_t count;
	int64_t last_id; /* of the newest record */
};

struct sim_shape;

struct sim_field {
	const char *name;
	enum sim_kind kind;
	unsigned flags; /* of enum sim_field_flag */
	size_t offset;
	const struct sim_shape *shape; /* of SIM_OBJECT, SIM_LIST */
	const char *literal;
};

struct sim_shape {
	const struct sim_field *fields;
	size_t count;
	size_t size; /* bytes of a record */
};

/* A row of a table of fields: a member under its own name, or under another. */
#define SIM_AS(type, key, member, form, bits)                                                                \
	{                                                                                                        \
		.name = (key), .kind = (form), .flags = (bits), .offset = offsetof(struct type, member)              \
	}
#define SIM_ROW(type, member, form, bits) SIM_AS(type, #member, member, form, bits)
#define SIM_PART(type, member, form, inner, none)                                                            \
	{                                                                                                        \
		.name = #member, .kind = (form), .offset = offsetof(struct type, member), .shape = &(inner),         \
		.literal = (none)                                                                                    \
	}
#define SIM_FIXED(key, json)                                                                                 \
	{                                                                                                        \
		.name = (key), .kind = SIM_CONSTANT, .literal = (json)                                               \
	}
#define SIM_SHAPE(type, rows)                                                                                \
	{                                                                                                        \
		.fields = (rows), .count = sizeof(rows) / sizeof *(rows), .size = sizeof(struct type)                \
	}

/* Adds a record to a list; both are the arena's. */
void afd_sim_append(struct afd_arena *arena, struct sim_list *list, void *record);

void afd_sim_write(struct afd_text *out, const struct sim_shape *shape, const void *record);
/* As afd_sim_write, with only the fields that `select`, a JSON array of names, holds; NULL selects all. */
void afd_sim_write_selected(struct afd_text *out, const struct sim_shape *shape, const void *record,
							const struct cJSON *select);
/* A JSON string with its quotes. Slashes are escaped, as the vendor does. */
void afd_sim_write_string(struct afd_text *out, const char *string);
void afd_sim_write_int(struct afd_text *out, int64_t number);
void afd_sim_write_time(struct afd_text *out, int64_t time);
void afd_sim_write_money(struct afd_text *out, int64_t amount);

/* The value of one column, for comparisons. */
struct sim_value {
	enum sim_value_kind { SIM_VALUE_NULL, SIM_VALUE_NUMBER, SIM_VALUE_TIME, SIM_VALUE_TEXT } kind;
	double number; /* of a number, and the seconds of a time */
	const char *text;
};

/* Finds `column` (`client.email` goes into an object). False where the shape has no such scalar; `hidden`
 * says whether hidden fields count. */
bool afd_sim_look_up(const struct sim_shape *shape, const void *record, const char *column, bool hidden,
					 struct sim_value *value);

/* The name of the first writable member that `changes` gives a value that doesn't fit, or NULL. Names that
 * the shape doesn't have are passed over, as the vendor does. */
const char *afd_sim_misfit(const struct sim_shape *shape, const struct cJSON *changes);
/* Changes each writable member that `changes` names; they must fit. */
void afd_sim_change(struct afd_arena *arena, const struct sim_shape *shape, void *record,
					const struct cJSON *changes);

/* Adds each private value of the record to `out`, one a line. */
void afd_sim_list_private(struct afd_text *out, const struct sim_shape *shape, const void *record);

/* ISO 8601 with or without time and zone (none is +03:00); false where it isn't one. */
bool afd_sim_parse_time(const char *text, int64_t *time);

#endif
