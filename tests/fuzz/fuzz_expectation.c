/* SPDX-License-Identifier: MIT
 * Any bytes as an expectation: they end in conditions or in a place where they stop to make sense, inside the
 * text. */
#include "expectation.h"
#include "words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool good)
{
	if (!good)
		abort();
}

static bool is_inside(struct afd_span inner, struct afd_span outer)
{
	return inner.size == 0 ||
		   (inner.data >= outer.data && inner.data + inner.size <= outer.data + outer.size);
}

static void require_inside(const struct afd_condition *condition, struct afd_span text)
{
	require(is_inside(condition->where, text));
	if (condition->junction != AFD_TERM) {
		require_inside(condition->left, text);
		require_inside(condition->right, text);
		return;
	}
	require(condition->subject && condition->predicate);
	require(is_inside(condition->place, text) && is_inside(condition->value_at, text));
	require(is_inside(condition->name_at, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	static struct afd_arena words;
	static const struct afd_vocabulary *vocabulary;
	if (!vocabulary)
		vocabulary = afd_vocabulary_new(&words);
	struct afd_arena arena = { 0 };
	struct afd_span text = { (const char *)data + 1, size - 1 };
	text.data = afd_arena_copy(&arena, text);
	struct afd_expect_lexer lexer;
	if (afd_expect_parse_text(text, data[0] & 1, data[0] & 2, vocabulary, &arena, &lexer))
		require_inside(lexer.root, text);
	else
		require(is_inside(lexer.failed_at, text));
	require(is_inside(lexer.noise, text) && is_inside(lexer.ambiguous, text));
	afd_arena_free(&arena);
	return 0;
}
