/* SPDX-License-Identifier: MIT
 * Where a template names a variable of the spec: {NAME}, {{NAME}}, $NAME, ${NAME}, <NAME>, :name as a path
 * segment, and the bare word NAME. Only declared names count, so that {"a":1} and $.data are never touched.
 */
#ifndef AFFIDAVIT_PLACEHOLDER_H
#define AFFIDAVIT_PLACEHOLDER_H

#include "affidavit/case.h"
#include "base/text.h"

enum afd_place {
	AFD_IN_URL,   /* a value from outside the spec is percent-encoded */
	AFD_IN_BODY,  /* inside a JSON string the value is escaped */
	AFD_IN_HEADER /* a value with a control byte is refused */
};

struct afd_placeholder {
	const struct afd_variable *variable;
	size_t size; /* bytes that it takes of the template */
};

/* True where a placeholder of a declared name begins at `offset`. A bare word counts where it stands alone
 * and has no lower-case letter, in a header also where it has `_` or `-`; in a body it isn't the name of a
 * JSON member. <NAME> is no placeholder in a text that has </NAME>. */
bool afd_placeholder_at(const struct afd_variables *declared, struct afd_span template, size_t offset,
						enum afd_place place, struct afd_placeholder *found);

#endif
