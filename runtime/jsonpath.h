/* SPDX-License-Identifier: MIT
 * JSONPath (RFC 9535) over the tape of json.h. The grammar is grammar/jsonpath.y; the compiler checks paths
 * with the same parser that the runtime evaluates with. */
#ifndef AFFIDAVIT_JSONPATH_H
#define AFFIDAVIT_JSONPATH_H

#include "json.h"

struct afd_jsonpath; /* owned by its creator; freed with afd_jsonpath_free */

struct afd_jsonpath_error {
	size_t offset;  /* byte in the path */
	char text[160]; /* "expected a name after '.'" */
};

/* NULL where the path is not well-formed; *error says where and why. */
struct afd_jsonpath *afd_jsonpath_parse(struct afd_span path, struct afd_jsonpath_error *error);
void afd_jsonpath_free(struct afd_jsonpath *path);
/* True where the path can select one node at most (a singular query). */
bool afd_jsonpath_is_singular(const struct afd_jsonpath *path);

struct afd_nodes {
	uint32_t *rows; /* nodes in the order of RFC 9535 */
	size_t count, capacity;
};
/* Replaces what `nodes` held; the caller frees with afd_nodes_free. False where memory or time is out: the
 * work is bounded by a number of visited nodes. `root` is where $ stands. */
AFD_CHECKED bool afd_jsonpath_select(const struct afd_jsonpath *path, const struct afd_json *json,
									 uint32_t root, struct afd_nodes *nodes);
void afd_nodes_free(struct afd_nodes *nodes);

/* An I-Regexp (RFC 9485) over UTF-8 in time linear in the text. '^' first and '$' last in a branch are
 * anchors; the categories of \p{..} are those of re2c's tables. BAD_PATTERN: not well-formed, over 4096
 * bytes, 64 nested groups or 4096 states. OUT_OF_BOUNDS: no verdict, the states times the text are too much,
 * or memory is out. */
enum afd_match { AFD_MATCH_NO, AFD_MATCH_YES, AFD_MATCH_BAD_PATTERN, AFD_MATCH_OUT_OF_BOUNDS };
enum afd_match afd_regexp_search(struct afd_span pattern, struct afd_span text);
enum afd_match afd_regexp_full(struct afd_span pattern, struct afd_span text);

#endif
