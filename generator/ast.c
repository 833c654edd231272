/* SPDX-License-Identifier: MIT */
#include "ast.h"

static void add_line(struct afd_document *document, struct afd_block *block, struct afd_line line)
{
	struct afd_line *added = afd_arena_push(document->arena, &block->lines, &block->line_count, sizeof *added);
	*added = line;
}

static bool has_lines(enum afd_block_kind kind)
{
	return kind == AFD_PARAGRAPH || kind == AFD_LIST || kind == AFD_TABLE;
}

void afd_document_add(struct afd_document *document, const struct afd_block *block)
{
	struct afd_block *added = afd_arena_push(document->arena, &document->blocks, &document->count, sizeof *added);
	*added = *block;
	if (has_lines(block->kind))
		add_line(document, added, (struct afd_line){ block->text, block->indent });
}

void afd_document_extend(struct afd_document *document, const struct afd_block *block)
{
	struct afd_block *last = &document->blocks[document->count - 1];
	add_line(document, last, (struct afd_line){ block->text, block->indent });
	last->all.size = (size_t)(block->all.data + block->all.size - last->all.data);
}
