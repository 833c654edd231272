/* SPDX-License-Identifier: MIT
 * Diagnostics: what is wrong where, kept in the order of the source and printed together. Must not know what a spec is.
 * The first line is in GNU form (file:line:col: severity: text [-Wname]), then the source line, a caret, a hint. */
#ifndef AFFIDAVIT_DIAG_H
#define AFFIDAVIT_DIAG_H

#include "source.h"

enum afd_severity { AFD_NOTE, AFD_WARNING, AFD_ERROR_SEVERITY };

struct afd_diagnostic {
	enum afd_severity severity;
	const char *name;  /* "label": shown as [-Wlabel] of a warning, and the rule of a SARIF result */
	size_t begin, end; /* bytes of the source */
	const char *text;
	const char *hint;  /* "did you mean 'Body'?"; NULL: none */
	size_t peer;       /* begin of a second place; SIZE_MAX: none */
	const char *peer_text;
};

struct afd_diag {
	const struct afd_source *source;
	struct afd_arena *arena;
	struct afd_diagnostic *rows;
	size_t count;
	size_t errors, warnings;
	const char *const *off; /* names of warnings that are turned off */
	size_t off_count;
};

void afd_diag_init(struct afd_diag *diag, const struct afd_source *source, struct afd_arena *arena);
/* Adds one; the pointer is good until the next is added, for a hint or a peer. NULL where the warning is turned off, or
 * where so many are kept that this one is only counted. */
AFD_PRINTF(5, 6)
struct afd_diagnostic *afd_diag_add(struct afd_diag *diag, enum afd_severity severity, const char *name,
									struct afd_span where, const char *format, ...);
/* True where no more are kept: what is found from here on need not be looked at closely. */
bool afd_diag_is_full(const struct afd_diag *diag);
AFD_PRINTF(3, 4) void afd_diag_hint(struct afd_diag *diag, struct afd_diagnostic *to, const char *format, ...);
void afd_diag_peer(struct afd_diagnostic *to, const struct afd_diag *diag, struct afd_span where, const char *text);
/* In the order of the source, each once; then "2 errors, 1 warning" where there are any. */
void afd_diag_print_text(struct afd_diag *diag, struct afd_text *out);
/* Puts the diagnostics into the order of the source. */
void afd_diag_sort(struct afd_diag *diag);
/* One JSON object a diagnostic and line. */
void afd_diag_print_json(struct afd_diag *diag, struct afd_text *out);

#endif
