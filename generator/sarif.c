/* SPDX-License-Identifier: MIT
 * Diagnostics as SARIF 2.1.0 (OASIS standard). */
#include "diag.h"

#include "put.h"

#include <stdint.h>
#include <string.h>

static void put_location(const struct afd_diag *diag, size_t begin, size_t end, struct afd_text *out)
{
	afd_text_puts(out, "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
	afd_put_json_string(out, diag->source->path);
	afd_text_printf(out, "},\"region\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u}}",
					afd_source_line(diag->source, begin), afd_source_column(diag->source, begin),
					afd_source_line(diag->source, end), afd_source_column(diag->source, end));
}

static void put_message(const struct afd_diagnostic *row, struct afd_text *out)
{
	struct afd_text text;
	afd_text_init(&text, 4096);
	afd_text_printf(&text, "%s%s%s", row->text, row->hint ? "; " : "", row->hint ? row->hint : "");
	afd_text_puts(out, "\"message\":{\"text\":");
	afd_put_json(out, afd_text_span(&text));
	afd_text_putc(out, '}');
	afd_text_free(&text);
}

static void put_result(const struct afd_diag *diag, const struct afd_diagnostic *row, struct afd_text *out)
{
	static const char *const levels[] = { "note", "warning", "error" };
	afd_text_printf(out, "{\"ruleId\":\"%s\",\"level\":\"%s\",", row->name, levels[row->severity]);
	put_message(row, out);
	afd_text_puts(out, ",\"locations\":[");
	put_location(diag, row->begin, row->end, out);
	afd_text_puts(out, "}]");
	if (row->peer != SIZE_MAX) {
		afd_text_puts(out, ",\"relatedLocations\":[");
		put_location(diag, row->peer, row->peer, out);
		afd_text_puts(out, ",\"message\":{\"text\":");
		afd_put_json_string(out, row->peer_text);
		afd_text_puts(out, "}}]");
	}
	afd_text_putc(out, '}');
}

static bool seen_before(const struct afd_diag *diag, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(diag->rows[i].name, diag->rows[index].name) == 0)
			return true;
	return false;
}

static void put_rules(const struct afd_diag *diag, struct afd_text *out)
{
	const char *comma = "";
	for (size_t i = 0; i < diag->count; i++) {
		if (seen_before(diag, i))
			continue;
		afd_text_printf(out, "%s{\"id\":\"%s\"}", comma, diag->rows[i].name);
		comma = ",";
	}
}

void afd_diag_print_sarif(struct afd_diag *diag, struct afd_text *out)
{
	afd_diag_sort(diag);
	afd_text_puts(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
					   "\"tool\":{\"driver\":{\"name\":\"affidavit\",\"rules\":[");
	put_rules(diag, out);
	afd_text_puts(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
	for (size_t i = 0; i < diag->count; i++) {
		afd_text_puts(out, i ? ",\n" : "\n");
		put_result(diag, &diag->rows[i], out);
	}
	afd_text_puts(out, "\n]}]}\n");
}
