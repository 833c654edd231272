/* SPDX-License-Identifier: MIT */
#include "bytes.h"

#include <string.h>

static struct afd_span line_around(const struct afd_source *source, const char *place)
{
	return afd_source_line_text(source, afd_source_line(source, (size_t)(place - source->text.data)));
}

static bool is_utf16(struct afd_span text)
{
	return afd_span_starts(text, "\xFF\xFE") || afd_span_starts(text, "\xFE\xFF");
}

/* Strings end at a NUL: what follows it would be lost without a word. */
static void check_nuls(const struct afd_source *source, struct afd_diag *diag, struct afd_span run)
{
	const char *found;
	while (run.size > 0 && (found = memchr(run.data, '\0', run.size))) {
		afd_diag_add(diag, AFD_ERROR_SEVERITY, "nul", (struct afd_span){ found, 1 },
					 "a NUL byte stands here; only the body in a fence may hold one");
		struct afd_span line = line_around(source, found);
		const char *next = line.data + line.size;
		run = afd_span_from(run, (size_t)(next - run.data));
	}
}

/* Words are looked up in UTF-8. One warning is enough: the document has another encoding. */
static bool check_encoding(struct afd_diag *diag, struct afd_span run)
{
	for (size_t i = 0; i < run.size;) {
		size_t size = (unsigned char)run.data[i] < 0x80 ? 1 : afd_span_utf8(afd_span_from(run, i));
		if (size == 0) {
			struct afd_diagnostic *row =
				afd_diag_add(diag, AFD_WARNING, "encoding", (struct afd_span){ run.data + i, 1 },
							 "these bytes are not UTF-8: words around them may not be understood");
			afd_diag_hint(diag, row, "save the document as UTF-8");
			return false;
		}
		i += size;
	}
	return true;
}

/* Embeddings, overrides, isolates (Unicode Standard Annex 9); marks of single letters are left to those who
 * need them. */
static bool reorders(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;
	return (u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE) || (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9);
}

static void check_order(const struct afd_source *source, struct afd_diag *diag)
{
	struct afd_span rest = source->text;
	const char *found;
	while (rest.size > 2 && (found = memchr(rest.data, 0xE2, rest.size - 2))) {
		size_t step = 1;
		if (reorders(found)) {
			afd_diag_add(diag, AFD_WARNING, "bidi", (struct afd_span){ found, 3 },
						 "a mark changes the order of letters here: this line is not what it looks like");
			struct afd_span line = line_around(source, found);
			step = (size_t)(line.data + line.size - found);
		}
		rest = afd_span_from(rest, (size_t)(found - rest.data) + step);
	}
}

void afd_bytes_check(const struct afd_document *document, struct afd_diag *diag)
{
	const struct afd_source *source = document->source;
	struct afd_span rest = afd_span_from(source->text, source->start);
	bool utf8 = true;
	if (is_utf16(rest)) {
		struct afd_diagnostic *row =
			afd_diag_add(diag, AFD_ERROR_SEVERITY, "encoding", afd_span_first(rest, 2),
						 "this document is UTF-16, which is not read");
		afd_diag_hint(diag, row, "save the document as UTF-8");
		return;
	}
	for (size_t i = 0; i <= document->count; i++) {
		bool last = i == document->count;
		if (!last && document->blocks[i].kind != AFD_FENCE)
			continue;
		struct afd_span body = last ? afd_span_from(rest, rest.size) : document->blocks[i].body;
		struct afd_span run = afd_span_first(rest, (size_t)(body.data - rest.data));
		check_nuls(source, diag, run);
		utf8 = utf8 && check_encoding(diag, run);
		rest = afd_span_from(rest, run.size + body.size);
	}
	check_order(source, diag);
}
