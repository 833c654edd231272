/* SPDX-License-Identifier: MIT
 * Tokens of SQL, as all versions of ClickHouse split it. Private to base/sql*.c. */
#ifndef AFFIDAVIT_BASE_SQL_TOKEN_H
#define AFFIDAVIT_BASE_SQL_TOKEN_H

#include "base/sql.h"

enum afd_sql_token_kind {
	AFD_SQL_END,
	AFD_SQL_WORD, /* a name or keyword without quotes */
	AFD_SQL_NAME, /* a name in quotes */
	AFD_SQL_STRING,
	AFD_SQL_NUMBER,
	AFD_SQL_SYMBOL, /* one byte */
	AFD_SQL_WRONG   /* fault says what */
};

struct afd_sql_token {
	enum afd_sql_token_kind kind;
	struct afd_span text; /* with its quotes */
	unsigned line;
	const char *fault;
};

struct afd_sql_token afd_sql_token_next(struct afd_sql_file *file);
/* A word without quotes, in whatever case. */
bool afd_sql_token_is(const struct afd_sql_token *token, const char *word);
/* True where it is one of the words, which end with NULL. */
bool afd_sql_token_among(const struct afd_sql_token *token, const char *const *words);
bool afd_sql_token_is_symbol(const struct afd_sql_token *token, char symbol);
/* A table's or column's name of letters, digits and _, without its quotes; size 0: it is none. */
struct afd_span afd_sql_token_name(const struct afd_sql_token *token);

#endif
