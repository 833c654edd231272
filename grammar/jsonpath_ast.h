/* SPDX-License-Identifier: MIT
 * A JSONPath (RFC 9535) as a tree: built by the actions of jsonpath.y, checked as it grows, evaluated by
 * runtime/jsonpath_*.c. All of it lives in the arena of its struct afd_jsonpath. */
#ifndef AFFIDAVIT_JSONPATH_AST_H
#define AFFIDAVIT_JSONPATH_AST_H

#include "base/arena.h"
#include "jsonpath.h"

struct afd_path_expr;

enum afd_path_selector_kind {
	AFD_PATH_NAME,
	AFD_PATH_WILDCARD,
	AFD_PATH_INDEX,
	AFD_PATH_SLICE,
	AFD_PATH_FILTER
};

struct afd_path_bound {
	bool given;
	long long value;
};

struct afd_path_selector {
	enum afd_path_selector_kind kind;
	struct afd_span name;                   /* of a name: a JSON string token */
	struct afd_path_bound start, end, step; /* of a slice; of an index only start */
	struct afd_path_expr *filter;
};

struct afd_path_segment {
	bool descendant;
	struct afd_path_selector *selectors;
	size_t count;
};

struct afd_path_query {
	bool absolute; /* from $; else from @ */
	bool singular;
	unsigned depth; /* of nested filters */
	struct afd_path_segment *segments;
	size_t count;
};

/* The types of RFC 9535 section 2.4.1. */
enum afd_path_type { AFD_PATH_VALUE, AFD_PATH_LOGICAL, AFD_PATH_NODES };

enum afd_path_function {
	AFD_PATH_LENGTH,
	AFD_PATH_COUNT,
	AFD_PATH_MATCH,
	AFD_PATH_SEARCH,
	AFD_PATH_VALUE_OF,
	AFD_PATH_FUNCTIONS
};

enum afd_path_relation { AFD_PATH_EQ, AFD_PATH_NE, AFD_PATH_LT, AFD_PATH_LE, AFD_PATH_GT, AFD_PATH_GE };

enum afd_path_kind {
	/* Operands: bare ones are an argument's own; elsewhere they are tests. */
	AFD_PATH_LITERAL,
	AFD_PATH_QUERY,
	AFD_PATH_CALL,
	/* Logical expressions. */
	AFD_PATH_COMPARISON,
	AFD_PATH_AND,
	AFD_PATH_OR,
	AFD_PATH_NOT,
	AFD_PATH_GROUP
};

struct afd_path_expr {
	enum afd_path_kind kind;
	size_t offset;           /* in the path */
	unsigned depth;          /* of nested expressions */
	enum afd_json_type type; /* of a literal */
	struct afd_span literal; /* its JSON token */
	struct afd_path_query *query;
	enum afd_path_function function;
	enum afd_path_relation relation;
	struct afd_path_expr *
		*operands; /* arguments, both sides of a comparison, what is joined, negated or grouped */
	size_t count;
};

struct afd_jsonpath {
	struct afd_arena arena;
	struct afd_path_query *query;
};

/* A piece of the path, in bytes. */
struct afd_path_range {
	size_t first, last;
};

/* What lexer, grammar and builders share during one parse. */
struct afd_path_parser {
	struct afd_span text;
	size_t cursor;
	struct afd_arena *arena;
	struct afd_jsonpath_error *error;
	bool failed;
	struct afd_path_query *result;
};

/* Keeps the first failure. */
AFD_PRINTF(3, 4)
void afd_path_refuse(struct afd_path_parser *parser, size_t offset, const char *format, ...);

/* The actions of jsonpath.y. What is not well-typed is refused, and parsing goes on to its end. */
struct afd_path_query *afd_path_start(struct afd_path_parser *parser, bool absolute);
struct afd_path_query *afd_path_extend(struct afd_path_parser *parser, struct afd_path_query *query,
									   struct afd_path_segment *segment);
void afd_path_finish(struct afd_path_parser *parser, struct afd_path_query *query);

struct afd_path_segment *afd_path_segment(struct afd_path_parser *parser, struct afd_path_selector *selector);
struct afd_path_segment *afd_path_add(struct afd_path_parser *parser, struct afd_path_segment *segment,
									  struct afd_path_selector *selector);
struct afd_path_segment *afd_path_descend(struct afd_path_segment *segment);

struct afd_path_selector *afd_path_name(struct afd_path_parser *parser, struct afd_span token);
struct afd_path_selector *afd_path_wildcard(struct afd_path_parser *parser);
struct afd_path_selector *afd_path_index(struct afd_path_parser *parser, struct afd_path_bound bound);
struct afd_path_selector *afd_path_slice(struct afd_path_parser *parser, struct afd_path_bound start,
										 struct afd_path_bound end, struct afd_path_bound step);
struct afd_path_selector *afd_path_filter(struct afd_path_parser *parser, struct afd_path_expr *test);
struct afd_path_bound afd_path_no_bound(void);
struct afd_path_bound afd_path_bound(struct afd_path_parser *parser, struct afd_path_range range,
									 struct afd_span digits);

struct afd_path_expr *afd_path_literal(struct afd_path_parser *parser, struct afd_path_range range,
									   enum afd_json_type type, struct afd_span token);
struct afd_path_expr *afd_path_operand(struct afd_path_parser *parser, struct afd_path_range range,
									   struct afd_path_query *query);
struct afd_path_expr *afd_path_call(struct afd_path_parser *parser, struct afd_path_range range,
									struct afd_span name, struct afd_path_expr *arguments);
struct afd_path_expr *afd_path_argument(struct afd_path_parser *parser, struct afd_path_expr *arguments,
										struct afd_path_expr *argument);
struct afd_path_expr *afd_path_compare(struct afd_path_parser *parser, struct afd_path_range range,
									   struct afd_path_expr *left, enum afd_path_relation relation,
									   struct afd_path_expr *right);
/* `kind`: AFD_PATH_AND, AFD_PATH_OR. */
struct afd_path_expr *afd_path_join(struct afd_path_parser *parser, enum afd_path_kind kind,
									struct afd_path_expr *left, struct afd_path_expr *right);
/* `kind`: AFD_PATH_NOT, AFD_PATH_GROUP. */
struct afd_path_expr *afd_path_wrap(struct afd_path_parser *parser, enum afd_path_kind kind,
									struct afd_path_range range, struct afd_path_expr *inner);

#endif
