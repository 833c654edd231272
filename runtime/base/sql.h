/* SPDX-License-Identifier: MIT
 * An SQL file as far as its tables need it: which statements it has, what each does, which columns there are.
 * What ClickHouse's versions would split or understand differently is refused, never guessed. A leaf: libc
 * only. */
#ifndef AFFIDAVIT_BASE_SQL_H
#define AFFIDAVIT_BASE_SQL_H

#include "base/arena.h"

enum afd_sql_kind {
	AFD_SQL_CREATE, /* CREATE TABLE or VIEW IF NOT EXISTS */
	AFD_SQL_INSERT, /* INSERT INTO ... SELECT */
	AFD_SQL_REFUSED /* anything else, and what would read or write outside of the database */
};

struct afd_sql_statement {
	enum afd_sql_kind kind;
	unsigned line;          /* of its first word; of a refused one the line of what is wrong with it */
	const char *fault;      /* of a refused one, static: "CREATE without IF NOT EXISTS" */
	struct afd_span word;   /* of a refused one: where that was seen */
	struct afd_span text;   /* without the comments before it and its semicolon */
	struct afd_span table;  /* what it makes or fills, without quotes */
	struct afd_span list;   /* between the parentheses after the table; size 0: there are none */
	struct afd_span source; /* of an INSERT: the table after its outermost FROM, where that is a plain name */
	struct afd_span from;   /* of an INSERT: from that FROM to GROUP BY, ORDER BY, LIMIT or the end */
	bool grouped;           /* of an INSERT: its outermost SELECT groups */
	bool view;
};

/* Where a reader of the file stands; begin with { text, 0, 1 }. */
struct afd_sql_file {
	struct afd_span text;
	size_t at;
	unsigned line;
};

/* The next statement; false at the end. A refused one is passed over whole. */
bool afd_sql_next(struct afd_sql_file *file, struct afd_sql_statement *statement);

struct afd_sql_column {
	const char *name, *type;
	const char *expression; /* of a default or computed column; "" */
	bool filled;            /* it has a default, or is computed: an insert may leave it out */
};

/* A table's columns in their order. */
struct afd_sql_table {
	const char *name;
	unsigned line;
	struct afd_sql_column *rows;
	size_t count;
};

/* The columns of a CREATE TABLE; memory is the arena's. */
void afd_sql_read_columns(const struct afd_sql_statement *statement, struct afd_arena *arena,
						  struct afd_sql_table *table);
/* The column called `name`, or NULL. */
const struct afd_sql_column *afd_sql_column_of(const struct afd_sql_table *table, struct afd_span name);

/* The names in "a, b": visits from `*at` on; false at the end. */
bool afd_sql_next_name(struct afd_span list, size_t *at, struct afd_span *name);
/* The columns that a key is made of: a column with an expression stands for the columns that the expression
 * names. The names are in the order of the key, each once; those that the table lacks are left out. Returns
 * how many, at most `most`. */
size_t afd_sql_key(const struct afd_sql_table *table, const char *key, const char **names, size_t most);

/* What a column can hold. */
enum afd_sql_class { AFD_SQL_TEXT, AFD_SQL_WHOLE, AFD_SQL_FRACTION, AFD_SQL_TIME, AFD_SQL_OTHER };
struct afd_sql_type {
	enum afd_sql_class class;
	bool nullable;
	bool is_signed;
	unsigned bits; /* of a whole number */
};
struct afd_sql_type afd_sql_type_of(const char *type);
/* True where values that a landing makes as `as` ("text", "whole number", ...) can stand in such a column. */
bool afd_sql_type_takes(const char *type, const char *as);
/* The types under As, in order; NULL at the end. */
const char *const *afd_sql_landing_types(void);

#endif
