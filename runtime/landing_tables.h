/* SPDX-License-Identifier: MIT
 * The suite's tables in the database: made by its SQL file, or checked against what the spec says of them. */
#ifndef AFFIDAVIT_LANDING_TABLES_H
#define AFFIDAVIT_LANDING_TABLES_H

#include "base/sql.h"
#include "clickhouse.h"

struct afd_table {
	struct afd_sql_table columns;
	bool replaces; /* rows of one key replace each other: the engine is Replacing..., or Distributed */
};

/* In the order of their names; all memory is the arena's. */
struct afd_tables {
	struct afd_table *rows;
	size_t count;
};

/* Runs the CREATE statements of the suite's SQL file, one by one. First the whole file is looked through: a
 * statement that is neither CREATE TABLE or VIEW IF NOT EXISTS nor INSERT ... SELECT into a watched table, or
 * that reaches out of the database, is exit 4, with the file's line, and nothing has been run. */
AFD_CHECKED int afd_tables_make(struct afd_clickhouse *client, const struct afd_suite *suite,
								struct afd_error *err);
/* The tables that the suite watches or lands in, as they are. */
AFD_CHECKED int afd_tables_read(struct afd_clickhouse *client, const struct afd_suite *suite,
								struct afd_arena *arena, struct afd_tables *tables, struct afd_error *err);
/* Exit 3 where a table or column that the suite names is missing, or can't hold what lands in it; the message
 * lists them. */
AFD_CHECKED int afd_tables_check(const struct afd_tables *tables, const struct afd_suite *suite,
								 const char *where, struct afd_error *err);
const struct afd_table *afd_tables_find(const struct afd_tables *tables, const char *name);

/* The next statement of the SQL file that is accepted, in `*file` (begin with afd_sql_text in text); exit 4
 * as above. `statement->text.size` is 0 at the end. */
AFD_CHECKED int afd_tables_statement(struct afd_sql_file *file, const struct afd_suite *suite,
									 struct afd_sql_statement *statement, struct afd_error *err);
/* The pieces of the suite's SQL file as one text; size 0 where it has none. */
struct afd_span afd_sql_text(const struct afd_suite *suite, struct afd_arena *arena);

#endif
