/* SPDX-License-Identifier: MIT
 * The variables that landings name under From, with the values that a case's request had. */
#ifndef AFFIDAVIT_LANDING_VARIABLE_H
#define AFFIDAVIT_LANDING_VARIABLE_H

#include "landing.h"
#include "vars.h"

/* All memory is the arena's. A value that the spec itself says stands as it is; any other is masked as if the
 * answer had said it in a member of that name in lower case, so that an EVENT_ID of the command line is shown
 * where the policy shows
 * `$..event_id`, and has the pseudonym of an answer's where not. A variable without a value, or a secret, is
 * left out. */
AFD_CHECKED int afd_landing_variables(const struct afd_suite *suite, const struct afd_test *test,
									  const struct afd_case *it, const struct afd_vars *vars,
									  const struct afd_masker *masker, struct afd_arena *arena,
									  struct afd_landing_variables *variables, struct afd_error *err);

#endif
