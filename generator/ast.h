/* SPDX-License-Identifier: MIT
 * The document as a flat list of blocks, with spans into the source. Says what was written, never what it means. */
#ifndef AFFIDAVIT_AST_H
#define AFFIDAVIT_AST_H

#include "source.h"

enum afd_block_kind {
	AFD_HEADING,
	AFD_RULE,
	AFD_FENCE,
	AFD_LABEL, /* a line that starts with bold text or with words and a colon; also as a list item */
	AFD_PARAGRAPH,
	AFD_LIST,
	AFD_TABLE,
	AFD_COMMENT /* <!-- over three lines or more -->: nothing in it is read */
};

/* A line of a paragraph, an item of a list (with its continuation lines left out), a row of a table. */
struct afd_line {
	struct afd_span text; /* without indentation, list marker and trailing blanks */
	unsigned indent;      /* columns before the text */
};

struct afd_block {
	enum afd_block_kind kind;
	struct afd_span all;  /* from its first byte to the end of its last line */
	unsigned level;       /* of a heading: 1 to 6 */
	unsigned indent;      /* columns before the first byte of text */
	bool blank_before;
	struct afd_span text; /* of a heading; of a label: what follows the name */
	/* a fence */
	struct afd_span info; /* the words after the opening marks */
	struct afd_span body; /* raw bytes between the marks, without the newline before the closing ones */
	bool closed;
	/* a label */
	struct afd_span name;      /* without marks, colon and qualifier */
	struct afd_span qualifier; /* the words in parentheses, or empty */
	bool bold, colon, item;
	/* a paragraph, list or table */
	struct afd_line *lines;
	size_t line_count;
};

struct afd_document {
	const struct afd_source *source;
	struct afd_arena *arena;
	struct afd_block *blocks;
	size_t count;
};

/* For the parser. */
void afd_document_add(struct afd_document *document, const struct afd_block *block);
void afd_document_extend(struct afd_document *document, const struct afd_block *block);

#endif
