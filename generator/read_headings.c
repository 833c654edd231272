/* SPDX-License-Identifier: MIT
 * Headings that are labels: "#### Expected Response (200):" below the heading of a request. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

/* The first byte of an emoji or another symbol: letters of other scripts begin otherwise. */
static bool is_symbol(unsigned char byte)
{
	return byte == 0xE2 || byte == 0xEF || byte >= 0xF0;
}

/* Name, qualifier and text of a heading, as a label has them. */
static void split_heading(struct afd_block *label)
{
	struct afd_span text = label->text;
	while (text.size && is_symbol((unsigned char)text.data[0]))
		text = afd_span_from(text, (unsigned char)text.data[0] >= 0xF0 ? 4 : 3);
	text = afd_span_trim(text);
	label->name = text;
	label->text = (struct afd_span){ text.data + text.size, 0 };
	if (afd_span_starts(text, "**") || afd_span_find(text, ":", 0) < text.size) {
		struct afd_block split = { 0 };
		if (afd_scan_label(text, &split)) {
			label->name = split.name;
			label->qualifier = split.qualifier;
			label->text = split.text;
			return;
		}
	}
	size_t open = afd_span_find(text, "(", 0);
	if (open == SIZE_MAX || open == 0 || !afd_span_ends(text, ")"))
		return;
	label->name = afd_span_trim(afd_span_first(text, open));
	label->qualifier = (struct afd_span){ text.data + open + 1, text.size - open - 2 };
}

/* "Expected response - 200 OK", "Request 2 - too long": a label's word before the dash, what it says behind
 * it. */
static void split_dash(struct afd_block *label)
{
	static const char *const dashes[] = { " \xE2\x80\x94 ", " \xE2\x80\x93 ", " - " };
	if (afd_read_label(label) != AFD_LABEL_UNKNOWN)
		return;
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
		size_t dash = afd_span_find(label->name, dashes[i], 0);
		if (dash == SIZE_MAX)
			continue;
		struct afd_block split = *label;
		split.name = afd_span_trim(afd_span_first(label->name, dash));
		while (split.name.size && strchr("0123456789 #", split.name.data[split.name.size - 1]))
			split.name.size--;
		if (afd_read_label(&split) == AFD_LABEL_UNKNOWN)
			return;
		split.qualifier = afd_span_trim(afd_span_from(label->name, dash + strlen(dashes[i])));
		if (label->qualifier.size)
			split.qualifier.size =
				(size_t)(label->qualifier.data + label->qualifier.size + 1 - split.qualifier.data);
		*label = split;
		return;
	}
}

/* "#### Expected Response (200):" under a heading of a higher level, with no heading of a lower one below it.
 */
static bool is_headed_label(const struct afd_document *document, size_t index, size_t unit,
							struct afd_block *label)
{
	static const enum afd_label labels[] = { AFD_LABEL_REQUEST,  AFD_LABEL_HEADERS,    AFD_LABEL_BODY,
											 AFD_LABEL_EXPECTED, AFD_LABEL_RESPONSE,   AFD_LABEL_ERRORS,
											 AFD_LABEL_STATUS,   AFD_LABEL_PARAMETERS, AFD_LABEL_ENDPOINT,
											 AFD_LABEL_BASE_URL };
	const struct afd_block *heading = &document->blocks[index];
	size_t end = afd_read_unit_end(document, index + 1);
	unsigned above = unit == SIZE_MAX ? 7 : document->blocks[unit].level;
	bool beside = above == heading->level && heading->level > 2;
	bool heads = end < document->count && document->blocks[end].level > heading->level;
	if (heads || (above >= heading->level && !beside))
		return false;
	*label = *heading;
	label->kind = AFD_LABEL;
	label->bold = label->colon = true;
	split_heading(label);
	split_dash(label);
	enum afd_label name = afd_read_label(label);
	if (name == AFD_LABEL_UNKNOWN && label->qualifier.size &&
		afd_status_in(label->qualifier, AFD_STATEMENT_EXPECTED))
		name = afd_loose_label(label);
	if (beside)
		return name == AFD_LABEL_EXPECTED || name == AFD_LABEL_RESPONSE || name == AFD_LABEL_STATUS;
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (name == labels[i])
			return true;
	return false;
}

const struct afd_document *afd_read_headed_labels(const struct afd_document *document)
{
	struct afd_document *copy = afd_arena_new(document->arena, sizeof *copy);
	*copy = *document;
	copy->blocks = afd_arena_array(document->arena, document->count + 1, sizeof *copy->blocks);
	if (document->count)
		memcpy(copy->blocks, document->blocks, document->count * sizeof *copy->blocks);
	size_t unit = SIZE_MAX;
	for (size_t i = 0; i < copy->count; i++) {
		struct afd_block label;
		if (copy->blocks[i].kind == AFD_LABEL)
			split_dash(&copy->blocks[i]);
		if (copy->blocks[i].kind != AFD_HEADING)
			continue;
		if (is_headed_label(copy, i, unit, &label))
			copy->blocks[i] = label;
		else
			unit = i;
	}
	return copy;
}
