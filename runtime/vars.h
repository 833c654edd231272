/* SPDX-License-Identifier: MIT
 * Variables of request lines and bodies, and their substitution. Order: the case's bindings, values kept from
 * earlier answers, --var, AFFIDAVIT_VAR_<NAME>, the spec's own value unless an answer should have given one. placeholder.h says what stands for a
 * variable. */
#ifndef AFFIDAVIT_VARS_H
#define AFFIDAVIT_VARS_H

#include "affidavit/case.h"
#include "base/text.h"
#include "placeholder.h"

enum afd_origin { AFD_FROM_CASE, AFD_FROM_ANSWER, AFD_FROM_OPTION, AFD_FROM_ENVIRONMENT, AFD_FROM_SPEC };

struct afd_var {
	char *name, *value;
	enum afd_origin origin; /* AFD_FROM_ANSWER or AFD_FROM_OPTION: what is held here */
	const char
		*doubted_by; /* the test whose answer gave it, where that has not passed; NULL: none; borrowed */
};

struct afd_vars {
	const struct afd_variables *declared; /* of the suite; borrowed */
	struct afd_var *rows;
	size_t count, capacity;
	bool doubtful; /* doubted values are given: cleanup takes away what a failed test has made, too */
};

void afd_vars_init(struct afd_vars *vars, const struct afd_variables *declared);
void afd_vars_free(struct afd_vars *vars);
/* "NAME=VALUE" of --var; the last one counts. Exit 2 for a name that the spec doesn't declare or declares as
 * a secret. */
AFD_CHECKED int afd_vars_option(struct afd_vars *vars, const char *assignment, struct afd_error *err);
/* Keeps a value of an answer; the last one counts. An empty one says that the answer gave none: the spec's own value does not
 * stand in for it. A value with NUL or over 64 KiB is refused (4). */
AFD_CHECKED int afd_vars_keep(struct afd_vars *vars, const char *name, struct afd_span value,
							  struct afd_error *err);

/* The test of that id has not passed: what its answer gave is no value until it is kept anew. */
void afd_vars_doubt(struct afd_vars *vars, const char *name, const char *id);
/* The id of that test; NULL: the value is not doubted. */
const char *afd_vars_doubted_by(const struct afd_vars *vars, const char *name);

/* The value of a variable for a case, in the order above; of a secret only what an answer gave. NULL: none.
 * Borrowed, until the next value is kept. */
const char *afd_vars_value(const struct afd_vars *vars, const struct afd_case *it,
						   const struct afd_variable *variable);

struct afd_substitution {
	struct afd_text text;  /* what is sent; may hold private values */
	struct afd_text shown; /* the same with values that do not come from the spec left as {NAME} */
	bool all_from_spec;    /* text equals shown */
	const char *missing;   /* the first name without a value; NULL: none; borrowed from the suite */
};
/* Replaces placeholders that the suite declares (struct afd_variables); all other text is kept as it is, and
 * so is the placeholder of a missing name. Empty values of answers and of the environment count as missing.
 * In a URL, values of the spec stand as they are; others are percent-encoded but for the unreserved
 * characters (RFC 3986 section 2.3), and refused (4) with control bytes or as a path step ("." or ".."). In a
 * JSON body a value is escaped inside a string; outside of one it stands as it is where it is a number, true,
 * false or null or comes from the spec, else as a string. The caller frees both texts with
 * afd_substitution_free, whatever is returned. */
AFD_CHECKED int afd_vars_substitute(const struct afd_vars *vars, const struct afd_case *it,
									struct afd_span template, enum afd_place place,
									struct afd_substitution *out, struct afd_error *err);
void afd_substitution_free(struct afd_substitution *substitution);

#endif
