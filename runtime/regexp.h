/* SPDX-License-Identifier: MIT
 * Patterns (I-Regexp, RFC 9485) compiled once and run often: a Thompson automaton simulated over all its
 * states at once (R. Cox, "Regular Expression Matching: the Virtual Machine Approach"), so time is states
 * times text, never more.
 * '^' at the start and '$' at the end of a branch are anchors, as the JSONPath compliance suite has it;
 * elsewhere they stand for themselves. */
#ifndef AFFIDAVIT_REGEXP_H
#define AFFIDAVIT_REGEXP_H

#include "base/arena.h"

#include <stdint.h>

enum {
	AFD_REGEXP_BYTES_MAX = 4096, /* of a pattern */
	AFD_REGEXP_DEPTH_MAX = 64,   /* of nested groups */
	AFD_REGEXP_STATES_MAX = 4096 /* after {n,m} are unrolled */
};

/* One member of a class: a range, or a set of categories. */
struct afd_regexp_item {
	uint32_t first, last;
	uint32_t categories; /* bits of enum afd_category; 0: a range */
};

struct afd_regexp_class {
	bool negated;
	struct afd_regexp_item *items;
	size_t count;
};

enum afd_regexp_state_kind {
	AFD_REGEXP_RANGE, /* of code points, from first to second */
	AFD_REGEXP_CLASS,
	AFD_REGEXP_FORK,  /* to the next and to second */
	AFD_REGEXP_JUMP,  /* to second */
	AFD_REGEXP_START, /* of the text */
	AFD_REGEXP_END,   /* of the text */
	AFD_REGEXP_FOUND
};

/* What follows a state is the next one, but for jumps. */
struct afd_regexp_state {
	enum afd_regexp_state_kind kind;
	uint32_t first, second;
	const struct afd_regexp_class *class;
};

struct afd_regexp {
	struct afd_arena arena;
	struct afd_regexp_state *states;
	size_t count;
};

/* NULL where the pattern is not well-formed or over the bounds above. Owned; freed with afd_regexp_free. */
struct afd_regexp *afd_regexp_compile(struct afd_span pattern);
void afd_regexp_free(struct afd_regexp *regexp);

/* Takes what it costs from *steps; false where they are used up, or memory is. The text is UTF-8; a byte that
 * is not matches nothing but '.' and negated classes. */
AFD_CHECKED bool afd_regexp_run(const struct afd_regexp *regexp, struct afd_span text, bool full,
								size_t *steps, bool *matches);

#endif
