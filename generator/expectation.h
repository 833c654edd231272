/* SPDX-License-Identifier: MIT
 * Expectation lines: words and code spans to conditions (grammar/expect.re, grammar/expect.y). One grammar serves every
 * place where a spec states a condition. Must not know tests. */
#ifndef AFFIDAVIT_EXPECTATION_H
#define AFFIDAVIT_EXPECTATION_H

#include "base/arena.h"

/* A condition, or conditions joined. Values name the runtime's enumerators ("AFD_STATUS"), as words.def has them. */
struct afd_condition {
	enum afd_junction { AFD_TERM, AFD_ALL, AFD_ANY } junction;
	struct afd_condition *left, *right; /* of AFD_ALL and AFD_ANY */
	const char *subject, *measure, *predicate;
	const char *name, *value; /* NULL: none */
	bool negated;
	struct afd_span where;    /* in the source */
};

struct afd_expect_token {
	int kind;               /* AFD_EXPECT_* of expect_parser.h */
	struct afd_span text;   /* in the source; of a code span without its marks */
	const char *value;      /* of a word */
	const char *measure;    /* of a subject: what is taken of it */
	const char *name;       /* of a subject: the header's */
	int id;
};

struct afd_expect_lexer {
	const char *cursor, *end;
	struct afd_arena *arena;
	int previous;
	bool cells;             /* bars separate the cells of a table row */
	struct afd_span noise;  /* the first word inside a condition that the language does not know; empty: none */
	struct afd_span failed_at;
	char failure[160];      /* "expected a value; found ..."; "" where none */
	struct afd_condition *root;
};

/* Parses one expectation text; `cells`: the row of a table, whose bars say nothing. False: *lexer tells where and why. Words that it does not know are passed over and noted. */
bool afd_expect_parse_text(struct afd_span text, bool cells, struct afd_arena *arena, struct afd_expect_lexer *lexer);
/* For the parser. */
int afd_expect_scan(struct afd_expect_lexer *lexer, struct afd_expect_token *token);
struct afd_condition *afd_expect_join(struct afd_expect_lexer *lexer, enum afd_junction junction,
									  struct afd_condition *left, struct afd_condition *right);
/* The subject "header `Name`". */
struct afd_expect_token afd_expect_named(struct afd_expect_token subject, struct afd_expect_token name);
struct afd_expect_token afd_expect_with_unit(struct afd_expect_token number, struct afd_expect_token unit);
struct afd_condition *afd_expect_term(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
									  struct afd_expect_token predicate, struct afd_expect_token value);
struct afd_condition *afd_expect_counted(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										 struct afd_expect_token predicate, struct afd_expect_token number);
struct afd_condition *afd_expect_not(struct afd_condition *condition, struct afd_span word);

#endif
