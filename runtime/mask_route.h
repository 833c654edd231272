/* SPDX-License-Identifier: MIT
 * The paths of a policy as one automaton, walked along the tape: the work for a node depends on the rows that
 * are still possible there, never on the depth or on how many rows there are. Private to the masker. */
#ifndef AFFIDAVIT_MASK_ROUTE_H
#define AFFIDAVIT_MASK_ROUTE_H

#include "json.h"
#include "policy.h"

#include <stdint.h>

/* What a row says once its path has been taken away. */
struct afd_rule {
	enum afd_policy_type type;
	const char *values;          /* of "one of": the list; of "never": the class; borrowed from the policy */
	const struct afd_rule *next; /* another row with the same path */
};

struct afd_route_name {
	struct afd_span name;
	uint32_t state;
};
struct afd_route_index {
	long index;
	uint32_t state;
};

/* State 0 is the root `$`; as a target, 0 means none. */
struct afd_route_state {
	struct afd_route_name *names; /* sorted by name once all rows are in */
	size_t name_count;
	struct afd_route_index *indexes;
	size_t index_count;
	uint32_t any;     /* by `*` */
	uint32_t descend; /* the state that stays for all that is below: the `..` of a path */
	bool stays;
	const struct afd_rule *rules;
};

struct afd_routes {
	struct afd_arena arena;
	struct afd_route_state *states;
	size_t count;
};

AFD_CHECKED int afd_routes_init(struct afd_routes *routes, const struct afd_policy *policy,
								struct afd_error *err);
void afd_routes_free(struct afd_routes *routes);

/* States that hold for one node: a piece of the walk's stack. */
struct afd_route_set {
	size_t first, count;
};

/* The stack of sets of one walk. */
struct afd_walk {
	const struct afd_routes *routes;
	uint32_t *states;
	size_t used, capacity;
	uint32_t *seen; /* by state: the step that added it last */
	uint32_t step;
	struct afd_text name; /* scratch for a decoded name */
	bool failed;          /* out of memory; sticky: sets lack states then, so that nothing may be written */
};

/* False where memory is out; afd_walk_free is due in any case. */
AFD_CHECKED bool afd_walk_init(struct afd_walk *walk, const struct afd_routes *routes);
void afd_walk_free(struct afd_walk *walk);
/* The set of the document's root. */
struct afd_route_set afd_walk_root(struct afd_walk *walk);
/* The set of a child, from that of its parent; put on top of the stack. */
struct afd_route_set afd_walk_step(struct afd_walk *walk, struct afd_route_set from,
								   const struct afd_json *json, uint32_t child);
/* Takes away this set and all that were put after it. */
void afd_walk_drop(struct afd_walk *walk, struct afd_route_set set);
/* The rules that hold for the `i`th state of the set, or NULL. */
const struct afd_rule *afd_walk_rules(const struct afd_walk *walk, struct afd_route_set set, size_t i);
/* The class of a "never" row that holds there, "secret" before others; NULL: none. */
const char *afd_walk_never(const struct afd_walk *walk, struct afd_route_set set);

#endif
