/* SPDX-License-Identifier: MIT
 * A pattern, a newline, and a text. What matches in full is found by a search, and matching in full is the
 * same as searching for ^(pattern)$. */
#include "jsonpath.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool good)
{
	if (!good)
		abort();
}

static bool is_answer(enum afd_match match)
{
	return match == AFD_MATCH_NO || match == AFD_MATCH_YES;
}

static enum afd_match search_anchored(struct afd_span pattern, struct afd_span text)
{
	struct afd_text anchored;
	afd_text_init(&anchored, pattern.size + 8);
	afd_text_puts(&anchored, "^(");
	afd_text_add(&anchored, pattern);
	afd_text_puts(&anchored, ")$");
	enum afd_match match = afd_regexp_search(afd_text_span(&anchored), text);
	afd_text_free(&anchored);
	return match;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_span input = { (const char *)data, size };
	size_t end = afd_span_find(input, "\n", 0);
	struct afd_span pattern = afd_span_first(input, end);
	struct afd_span text = end == SIZE_MAX ? AFD_SPAN("aab\xd0\xb6") : afd_span_from(input, end + 1);
	enum afd_match full = afd_regexp_full(pattern, text);
	enum afd_match found = afd_regexp_search(pattern, text);
	require((full == AFD_MATCH_BAD_PATTERN) == (found == AFD_MATCH_BAD_PATTERN));
	if (full == AFD_MATCH_YES)
		require(found == AFD_MATCH_YES || found == AFD_MATCH_OUT_OF_BOUNDS);
	enum afd_match anchored = search_anchored(pattern, text);
	if (is_answer(full) && is_answer(anchored))
		require(full == anchored);
	return 0;
}
