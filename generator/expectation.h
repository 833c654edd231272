/* SPDX-License-Identifier: MIT
 * Expectation lines: words and code spans to conditions (grammar/expect.re, grammar/expect.y). One grammar
 * serves every place where a spec states a condition. Must not know tests. */
#ifndef AFFIDAVIT_EXPECTATION_H
#define AFFIDAVIT_EXPECTATION_H

#include "base/arena.h"

struct afd_vocabulary;

/* What is done to a subject before it is compared: an enumerator of the runtime, and what it needs. */
struct afd_condition_step {
	const char *measure;
	const char *with;      /* NULL: nothing */
	struct afd_span where; /* of `with`, else of the words */
};

struct afd_condition_steps {
	struct afd_condition_step *rows;
	size_t count;
};

/* A condition, or conditions joined. Values name the runtime's enumerators ("AFD_STATUS"), as words.def has
 * them. */
struct afd_condition {
	enum afd_junction { AFD_TERM, AFD_ALL, AFD_ANY } junction;
	struct afd_condition *left, *right; /* of AFD_ALL and AFD_ANY */
	size_t alternatives, terms; /* of its disjunctive normal form, and the most in one; 0: not counted yet */
	const char *subject, *predicate;
	struct afd_condition_steps steps;  /* in the order in which they are taken */
	const char *name, *value;          /* NULL: none */
	const char *unit;                  /* of the value; NULL: none */
	struct afd_span name_at, value_at; /* in the source, without marks of code */
	bool negated;
	struct afd_span where; /* in the source, from the subject, be it said before */
	struct afd_span place; /* what says this condition itself */
};

struct afd_expect_token {
	int kind;             /* AFD_EXPECT_* of expect_parser.h */
	struct afd_span text; /* in the source; of a code span without its marks */
	const char *value;    /* of a word */
	int id;
	bool code;        /* a code span */
	const char *name; /* of a subject: the header's, the cookie's, the path */
	struct afd_span name_at;
	struct afd_condition_steps steps; /* of a subject */
	const char *unit;                 /* of a number */
};

/* Values that follow a predicate: "`a`, `b` or `c`". */
struct afd_expect_values {
	struct afd_expect_token *rows;
	size_t count;
	bool any, all; /* joined by "or", by "and" */
};

/* A predicate with what it is compared with. */
struct afd_expect_claim {
	struct afd_expect_token predicate;
	struct afd_expect_values values;
	bool counted; /* "has 3 items" */
};

struct afd_expect_lexer {
	const char *cursor, *end;
	struct afd_arena *arena;
	const struct afd_vocabulary *vocabulary;
	bool cells;  /* bars separate the cells of a table row */
	bool strict; /* every unknown word is noted */
	bool alone;  /* the text is a subject, without a condition */
	bool begun;  /* its first token was given */
	struct afd_expect_token waiting; /* the next token, where two changed places; kind 0: none */
	/* where the scan stands */
	int previous;                      /* the last token */
	struct afd_expect_token predicate; /* the last predicate */
	bool plain;                        /* its subject is the status or the code */
	int list;                          /* the kind of the values under way; 0: none */
	struct afd_span last_word;         /* the last word token */
	/* what was found */
	struct afd_span
		noise; /* the first word inside a condition that the language does not know; empty: none */
	struct afd_span near_word; /* from the known word before it */
	struct afd_span
		ambiguous;         /* a code or status that may be a value or a condition of its own; empty: none */
	struct afd_span joint; /* the last "and", "or" or comma */
	struct afd_expect_token subject; /* the last one, for "exists and is a string" */
	bool has_subject;
	struct afd_span failed_at;
	char failure[160]; /* "expected a value; found ..."; "" where none */
	struct afd_condition *root;
};

/* Longer texts are no expectation. */
enum { AFD_EXPECTATION_MAX = 16384 };

/* Parses one expectation text; `cells`: the row of a table, whose bars say nothing; `strict`: of the
 * project's own tables. False: *lexer tells where and why. Words that it does not know are passed over and
 * noted. */
bool afd_expect_parse_text(struct afd_span text, bool cells, bool strict,
						   const struct afd_vocabulary *vocabulary, struct afd_arena *arena,
						   struct afd_expect_lexer *lexer);
/* The same for a subject without a condition: "header `Location`"; *lexer->root says that it exists. */
bool afd_expect_parse_subject(struct afd_span text, const struct afd_vocabulary *vocabulary,
							  struct afd_arena *arena, struct afd_expect_lexer *lexer);
/* A term that no words say: of a fence, of a status in prose. */
struct afd_condition *afd_expect_plain(struct afd_arena *arena, const char *subject, const char *predicate,
									   const char *value, struct afd_span where);

/* For the parser. */
int afd_expect_scan(struct afd_expect_lexer *lexer, struct afd_expect_token *token);
/* Without a look at what may follow; 0 at the end, and where the text ends inside a token. */
int afd_expect_next(struct afd_expect_lexer *lexer, struct afd_expect_token *token);
struct afd_condition *afd_expect_join(struct afd_expect_lexer *lexer, enum afd_junction junction,
									  struct afd_condition *left, struct afd_condition *right);
/* A comma: "and", but "or" between two statuses. */
struct afd_condition *afd_expect_comma(struct afd_expect_lexer *lexer, struct afd_condition *left,
									   struct afd_condition *right);
struct afd_condition *afd_expect_not(struct afd_condition *condition, struct afd_span word);
/* A status or code alone. */
struct afd_condition *afd_expect_code(struct afd_expect_lexer *lexer, struct afd_expect_token code);
/* JSON alone: the body is like it. */
struct afd_condition *afd_expect_example(struct afd_expect_lexer *lexer, struct afd_expect_token example);
/* "JSON array"; NULL where that makes no sense. */
struct afd_condition *afd_expect_json_type(struct afd_expect_lexer *lexer, struct afd_expect_token whole,
										   struct afd_expect_token type);
/* "JSON", "no error": subject and predicate in one. */
struct afd_condition *afd_expect_whole(struct afd_expect_lexer *lexer, struct afd_expect_token whole);
/* "body is JSON"; NULL where that makes no sense. */
struct afd_condition *afd_expect_is_whole(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										  struct afd_expect_token predicate, struct afd_expect_token whole);
/* "error `No such order`": the message. NULL where that makes no sense. */
struct afd_condition *afd_expect_error_text(struct afd_expect_lexer *lexer, struct afd_expect_token whole,
											struct afd_expect_token text);
struct afd_condition *afd_expect_exists(struct afd_expect_lexer *lexer, struct afd_expect_token subject);
/* "the response contains field `token`": it exists. NULL where another predicate stands before it. */
struct afd_condition *afd_expect_holds(struct afd_expect_lexer *lexer, const struct afd_expect_token *subject,
									   struct afd_expect_token predicate, struct afd_expect_token object);
/* The condition of the subject; of the last one where `subject` is NULL; NULL where there is none. */
struct afd_condition *afd_expect_claim(struct afd_expect_lexer *lexer, const struct afd_expect_token *subject,
									   struct afd_expect_claim claim);

struct afd_expect_claim afd_expect_nullary(struct afd_expect_token predicate);
struct afd_expect_claim afd_expect_compared(struct afd_expect_token predicate,
											struct afd_expect_values values);
/* "has 3 items", "has at least 3 items": `predicate` NULL for the first. */
struct afd_expect_claim afd_expect_counted(struct afd_expect_lexer *lexer,
										   const struct afd_expect_token *predicate,
										   struct afd_expect_token number);
/* A value without a predicate: "is". `where` is where the predicate would stand. */
struct afd_expect_claim afd_expect_equal(struct afd_expect_lexer *lexer, struct afd_expect_token value);
struct afd_expect_claim afd_expect_holding(struct afd_expect_lexer *lexer, struct afd_expect_token value);

struct afd_expect_values afd_expect_value(struct afd_expect_lexer *lexer, struct afd_expect_token value);
/* `word`: 'o' or, 'a' and, ',' a comma. */
struct afd_expect_values afd_expect_more(struct afd_expect_lexer *lexer, struct afd_expect_values values,
										 char word, struct afd_expect_token value);
struct afd_expect_token afd_expect_with_unit(struct afd_expect_lexer *lexer, struct afd_expect_token number,
											 struct afd_expect_token unit);

/* Subjects: expectation_subject.c */
void afd_expect_add_step(struct afd_expect_lexer *lexer, struct afd_condition_steps *steps,
						 const char *measure, const char *with, struct afd_span where);
struct afd_expect_token afd_expect_path(struct afd_expect_token path);
/* "header `Name`", "field `a.b`". */
struct afd_expect_token afd_expect_named(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										 struct afd_expect_token name);
/* "attribute `Path` of cookie `name`". */
struct afd_expect_token afd_expect_attribute(struct afd_expect_lexer *lexer, struct afd_expect_token word,
											 struct afd_expect_token attribute,
											 struct afd_expect_token cookie);
/* A step more: `with` NULL where the measure needs nothing. `from` is the first token of the whole. */
struct afd_expect_token afd_expect_step(struct afd_expect_lexer *lexer, struct afd_expect_token subject,
										struct afd_expect_token measure, const struct afd_expect_token *with);

#endif
