/* SPDX-License-Identifier: MIT
 * The rows of the table May be shown: which types, classes and paths there are. The compiler checks rows with
 * it, the masker (mask.h) compiles them. Leaf: base only. */
#ifndef AFFIDAVIT_POLICY_H
#define AFFIDAVIT_POLICY_H

#include "affidavit/case.h"
#include "base/arena.h"

/* What a value must be to be shown. "never" is no form: it hides whatever is there. */
enum afd_policy_type {
	AFD_SHOW_WHOLE_NUMBER, /* a number of digits only, at most 2^53 from 0 */
	AFD_SHOW_NUMBER,       /* a number of up to 32 characters */
	AFD_SHOW_BOOLEAN,      /* true, false, 0, 1; true and false need no row */
	AFD_SHOW_TIME,         /* RFC 3339, also with a blank for the T and without a zone */
	AFD_SHOW_DATE,         /* YYYY-MM-DD */
	AFD_SHOW_UUID,         /* RFC 9562, either case */
	AFD_SHOW_CODE,         /* [A-Z][A-Z0-9_]*, up to 64 */
	AFD_SHOW_ONE_OF,       /* a string or number of the row's list */
	AFD_SHOW_COLOUR,       /* #rrggbb */
	AFD_SHOW_VERSION,      /* 1, 1.2, v1.2.3-rc.1: three numbers at most, so that no IP address is one */
	AFD_SHOW_WORD,         /* [A-Za-z_][A-Za-z0-9_-]*, up to 32, unlike a token */
	AFD_SHOW_HOST,         /* a DNS name of two labels or more, no IP address */
	AFD_SHOW_TEXT,         /* up to 200 characters in which nothing looks private (mask_prose.h) */
	AFD_SHOW_NEVER,
	AFD_SHOW_TYPES
};

/* The type of that name, or AFD_SHOW_TYPES. */
enum afd_policy_type afd_policy_type_of(const char *name);
bool afd_policy_type_known(const char *name);
/* Classes that a row "never (CLASS)" may name. */
bool afd_policy_class_known(const char *name);
/* All of them in order, NULL at the end: for hints and the manual. */
const char *const *afd_policy_types(void);
const char *const *afd_policy_classes(void);

/* One step of a simple path: names, wildcards and indexes, each perhaps at any depth (`..`). */
struct afd_policy_step {
	enum afd_policy_step_kind { AFD_STEP_NAME, AFD_STEP_ANY, AFD_STEP_INDEX } kind;
	bool descends;        /* `..`: at any depth below */
	struct afd_span name; /* decoded */
	long index;           /* below 0: from the end */
};
struct afd_policy_path {
	struct afd_policy_step *steps;
	size_t count;
};

/* Why a row is not accepted. */
struct afd_policy_fault {
	enum afd_policy_cell { AFD_CELL_PATH, AFD_CELL_TYPE, AFD_CELL_VALUES } cell;
	size_t offset;  /* byte in that cell */
	char text[160]; /* "expected a name after '.'" */
};

/* The JSONPath (RFC 9535) of a row: `$` and then `.name`, `['name']`, `[0]`, `[*]`, `.*`, or these after
 * `..`. Slices, filters and several selectors in one bracket are refused. Owned by the arena. */
AFD_CHECKED bool afd_policy_path_parse(const char *path, struct afd_arena *arena, struct afd_policy_path *out,
									   struct afd_policy_fault *fault);
/* True where path, type and values of the row are all right. */
AFD_CHECKED bool afd_policy_check(const struct afd_shown *row, struct afd_policy_fault *fault);

#endif
