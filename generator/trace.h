/* SPDX-License-Identifier: MIT
 * The references of generated files against the spec as it is now. */
#ifndef AFFIDAVIT_TRACE_H
#define AFFIDAVIT_TRACE_H

#include "model.h"

enum afd_trace_state { AFD_EXACT, AFD_MOVED, AFD_CHANGED, AFD_ORPHANED, AFD_MISSING };

/* What a generated file says of the lines that it comes from. */
struct afd_reference {
	const char *file; /* its own name; NULL: missing */
	const char *spec, *id, *sha256;
	unsigned first_line, last_line;
	enum afd_trace_state state;
	unsigned now_first, now_last; /* where the test stands now; 0: nowhere */
};

struct afd_trace {
	AFD_MODEL_LIST(struct afd_reference) references;
};

/* Reads the references of a generated C file; false where it has none. */
bool afd_trace_read(struct afd_span text, struct afd_arena *arena, struct afd_reference *reference);
/* Sets the state of the references, all of one spec, and adds the tests that no file covers. */
void afd_trace_compare(struct afd_trace *trace, const struct afd_model *model);
const char *afd_trace_word(enum afd_trace_state state);

#endif
