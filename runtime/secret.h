/* SPDX-License-Identifier: MIT
 * Secrets: values that no function prints. They come from the environment or an env file, are zeroed when
 * freed, and leave only into the header block of one request (http.c). */
#ifndef AFFIDAVIT_SECRET_H
#define AFFIDAVIT_SECRET_H

#include "base/text.h"

struct afd_secret; /* opaque: no field to format, compare or log */

struct afd_secrets {
	struct afd_secret *rows;
	size_t count, capacity;
};

/* Reads AFFIDAVIT_SECRET_<NAME> (see base/environment.h for names that no shell can set) of the environment,
 * else of the env file (NAME=value lines, `#` comments, optional `export `, optional quotes; mode must not be
 * readable by others, else refused with 4). `env_file` may be NULL. One of the first `required` that is
 * missing or empty is exit 2, and all such are named; a value with a control byte other than a tab is exit 4.
 */
AFD_CHECKED int afd_secrets_load(struct afd_secrets *secrets, const char *const *names, size_t count,
								 size_t required, const char *env_file, struct afd_error *err);
/* True where AFFIDAVIT_SECRET_<name> is there: present or missing is all that a report may know. */
bool afd_secret_present(const struct afd_secrets *secrets, const char *name);
void afd_secrets_free(struct afd_secrets *secrets);

/* For http.c alone: appends the value to a header line that is zeroed after the request. */
AFD_CHECKED bool afd_secret_expose(const struct afd_secrets *secrets, const char *name,
								   struct afd_text *header);

#endif
