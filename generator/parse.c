/* SPDX-License-Identifier: MIT */
#include "scan.h"

#include "spec_parser.h"

void afd_parse(const struct afd_source *source, struct afd_arena *arena, struct afd_document *document)
{
	struct afd_scanner scanner;
	afd_scanner_init(&scanner, source);
	*document = (struct afd_document){ .source = source, .arena = arena };
	afd_spec_parse(&scanner, document);
}
