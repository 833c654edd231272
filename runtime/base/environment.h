/* SPDX-License-Identifier: MIT
 * Names of environment variables made of a prefix and a name of the spec.
 * A leaf: libc only. */
#ifndef AFFIDAVIT_BASE_ENVIRONMENT_H
#define AFFIDAVIT_BASE_ENVIRONMENT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The name that a shell can set: the prefix, then `name` in upper case with `_` for all but letters and
 * digits, so that {api-key} with "AFFIDAVIT_VAR_" is AFFIDAVIT_VAR_API_KEY. False where `out` is too small.
 */
AFD_CHECKED bool afd_environment_name(const char *prefix, const char *name, char *out, size_t size);
/* The value of prefix and name as they are, else of afd_environment_name. NULL where neither is set; borrowed
 * from the environment. */
const char *afd_environment_value(const char *prefix, const char *name);

#endif
