/* SPDX-License-Identifier: MIT
 * The scanner of markdown documents (grammar/spec.re) and the parser over it (grammar/spec.y). Allocates nothing but
 * through the document's arena. */
#ifndef AFFIDAVIT_SCAN_H
#define AFFIDAVIT_SCAN_H

#include "ast.h"

/* Bytes of the source: begin <= end. */
struct afd_range {
	size_t begin, end;
};

enum { AFD_FENCE_RUN_MAX = 64 }; /* longer runs of marks close each other */

struct afd_scanner {
	const struct afd_source *source;
	const char *cursor;
	int previous;    /* token before, AFD_TOKEN_* */
	bool blank;      /* a blank line came before */
	bool uncommented;                    /* no comment ends from here on */
	bool lost[2][AFD_FENCE_RUN_MAX + 1]; /* no closing line is left for fences of this mark and length */
};

void afd_scanner_init(struct afd_scanner *scanner, const struct afd_source *source);
/* The next token (AFD_TOKEN_*, 0 at the end) with its block and place. */
int afd_scan(struct afd_scanner *scanner, struct afd_block *block, struct afd_range *where);
/* True where `line` starts as a label; fills name, qualifier, text, bold, colon. */
bool afd_scan_label(struct afd_span line, struct afd_block *block);

/* Parses the whole source; cannot fail. */
void afd_parse(const struct afd_source *source, struct afd_arena *arena, struct afd_document *document);

#endif
