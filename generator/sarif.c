/* SPDX-License-Identifier: MIT
 * Diagnostics as SARIF 2.1.0 (OASIS standard). */
#include "sarif.h"

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

static void add_rule(struct afd_sarif *sarif, const char *name)
{
	for (size_t i = 0; i < sarif->rule_count; i++)
		if (strcmp(sarif->rules[i], name) == 0)
			return;
	if (sarif->rule_count < AFD_SARIF_RULES_MAX)
		sarif->rules[sarif->rule_count++] = name;
}

void afd_sarif_init(struct afd_sarif *sarif)
{
	*sarif = (struct afd_sarif){ .count = 0 };
	afd_text_init(&sarif->results, (size_t)1 << 30);
}

void afd_sarif_add(struct afd_sarif *sarif, struct afd_diag *diag)
{
	afd_diag_sort(diag);
	for (size_t i = 0; i < diag->count; i++) {
		add_rule(sarif, diag->rows[i].name);
		afd_text_puts(&sarif->results, sarif->count++ ? ",\n" : "\n");
		put_result(diag, &diag->rows[i], &sarif->results);
	}
}

void afd_sarif_print(struct afd_sarif *sarif, struct afd_text *out)
{
	afd_text_puts(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
					   "\"tool\":{\"driver\":{\"name\":\"affidavit\",\"rules\":[");
	for (size_t i = 0; i < sarif->rule_count; i++)
		afd_text_printf(out, "%s{\"id\":\"%s\"}", i ? "," : "", sarif->rules[i]);
	afd_text_puts(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
	afd_text_add(out, afd_text_span(&sarif->results));
	afd_text_puts(out, "\n]}]}\n");
	afd_text_free(&sarif->results);
}
