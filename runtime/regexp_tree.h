/* SPDX-License-Identifier: MIT
 * The tree of a pattern, between regexp_parse.c, which reads it, and regexp.c, which makes states of it. */
#ifndef AFFIDAVIT_REGEXP_TREE_H
#define AFFIDAVIT_REGEXP_TREE_H

#include "regexp.h"

#include <string.h>

#define AFD_REGEXP_WITHOUT_END UINT32_MAX

enum afd_regexp_node_kind {
	AFD_NODE_RANGE, /* least to most, code points */
	AFD_NODE_CLASS,
	AFD_NODE_START,
	AFD_NODE_END,
	AFD_NODE_SEQUENCE, /* of its children */
	AFD_NODE_CHOICE,   /* among its children */
	AFD_NODE_REPEAT    /* its child, least to most times */
};

struct afd_regexp_node {
	enum afd_regexp_node_kind kind;
	uint32_t least, most;
	struct afd_regexp_class *class;
	struct afd_regexp_node *child, *next;
};

/* NULL where the pattern is not well-formed, too long or nested too deeply. */
struct afd_regexp_node *afd_regexp_read(struct afd_span pattern, struct afd_arena *arena);

#endif
