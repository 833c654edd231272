/* SPDX-License-Identifier: MIT
 * One evaluation of a path, shared by jsonpath.c (segments and selectors) and jsonpath_filter.c
 * (expressions). */
#ifndef AFFIDAVIT_JSONPATH_RUN_H
#define AFFIDAVIT_JSONPATH_RUN_H

#include "jsonpath_ast.h"
#include "regexp.h"

struct afd_path_run {
	const struct afd_json *json;
	uint32_t root;
	size_t visits;             /* nodes that may still be looked at */
	size_t steps;              /* of patterns */
	bool failed;               /* a bound is reached or memory is out; what is found then does not count */
	struct afd_regexp *regexp; /* of the pattern that ran last; NULL: it is malformed */
	struct afd_span pattern;   /* its token, known by its address */
};

/* False once the visits are used up. */
bool afd_path_visit(struct afd_path_run *run, size_t count);
/* Adds what the query selects from `node`, or from the root where it is absolute. */
void afd_path_select(struct afd_path_run *run, const struct afd_path_query *query, uint32_t node,
					 struct afd_nodes *nodes);
/* The one node of a singular query, or AFD_JSON_NONE. */
uint32_t afd_path_select_one(struct afd_path_run *run, const struct afd_path_query *query, uint32_t node);
/* Whether the filter holds for `node`. */
bool afd_path_holds(struct afd_path_run *run, const struct afd_path_expr *test, uint32_t node);

#endif
