/* SPDX-License-Identifier: MIT
 * A landing ready to use: parsed paths, and what each column of the table can hold. Private to landing*.c and
 * its tests. */
#ifndef AFFIDAVIT_LANDING_PLAN_H
#define AFFIDAVIT_LANDING_PLAN_H

#include "base/sql.h"
#include "jsonpath.h"
#include "landing.h"

enum { AFD_PLAN_KEY_MAX = 16, AFD_ROW_LIMIT = 16 << 20 };

struct afd_plan_source {
	struct afd_jsonpath *path; /* NULL: a variable */
	struct afd_span variable;  /* its name, without braces */
};

struct afd_plan_making;

struct afd_plan_column {
	const char *name;
	unsigned line; /* of the spec; 0: the run's version or time */
	enum afd_skip (*make)(struct afd_plan_making *making);
	struct afd_sql_type type; /* of the table's column */
	struct afd_plan_source *sources;
	size_t source_count;
};

struct afd_plan {
	const struct afd_landing *landing;
	const struct afd_watched *watched; /* NULL: the table is not watched */
	const struct afd_sql_table *table;
	struct afd_jsonpath *records, *condition;
	struct afd_plan_column *columns;
	size_t column_count;
	struct afd_words names; /* of the columns, for the insert */
	size_t
		key[AFD_PLAN_KEY_MAX];  /* columns; the one that names the record is the first that isn't the run's */
	size_t key_count;           /* 0: rows have no key that landed columns make */
	const char *version_column; /* the run's; NULL: none */
	bool replaces;              /* a row replaces the one of its key: the engine is of the Replacing kind */
};

/* The run's own values. */
struct afd_plan_run {
	char version[24], time[24];
};

/* Compiles the landing for the table as it is. Exit 2 where a path or a type is wrong. Owns nothing but the
 * parsed paths, which afd_plan_free frees, also after a failure. */
AFD_CHECKED int afd_plan_compile(struct afd_plan *plan, const struct afd_suite *suite,
								 const struct afd_landing *landing, const struct afd_sql_table *table,
								 struct afd_arena *arena, struct afd_error *err);
void afd_plan_free(struct afd_plan *plan);

/* What rows are made of. All borrowed. */
struct afd_plan_input {
	const struct afd_plan *plan;
	const struct afd_json *json;
	struct afd_landing_variables variables;
	const struct afd_plan_run *run;
};

/* One column's value while it is made. */
struct afd_plan_making {
	const struct afd_plan_input *input;
	uint32_t record;
	const struct afd_plan_column *column;
	struct afd_nodes nodes;
	struct afd_text text; /* the value, without quotes */
	bool null, quoted;
};

/* The maker of a type under As; NULL: there is no such type. */
typedef enum afd_skip afd_plan_make(struct afd_plan_making *making);
afd_plan_make *afd_plan_maker(const char *type);
afd_plan_make afd_plan_make_version, afd_plan_make_time;

/* One row, to be freed with afd_row_free. */
struct afd_row {
	struct afd_text json;                     /* an object, for JSONEachRow */
	struct afd_text key;                      /* the key's values as one text, "" where there is no key */
	struct afd_text values[AFD_PLAN_KEY_MAX]; /* the key's values, each for itself */
};
/* Makes the row of one record. Else the reason, and in `*line` the line of the spec. */
enum afd_skip afd_plan_row(const struct afd_plan_input *input, uint32_t record, struct afd_row *row,
						   unsigned *line);
void afd_row_free(struct afd_row *row);

#endif
