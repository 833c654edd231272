/* SPDX-License-Identifier: MIT
 * The bytes of a document, before anybody reads words: what cannot be kept, and what reads otherwise than it
 * is. */
#ifndef AFFIDAVIT_BYTES_H
#define AFFIDAVIT_BYTES_H

#include "ast.h"
#include "diag.h"

/* Errors: UTF-16, a NUL outside a fence. Warnings: other bytes there that are not UTF-8 (the first of them),
 * marks that change the order in which text is shown (once a line). In a fence any bytes may be meant. */
void afd_bytes_check(const struct afd_document *document, struct afd_diag *diag);

#endif
