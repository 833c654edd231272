/* SPDX-License-Identifier: MIT
 * The suite's own tables: bases, variables, policy, tests, inventory. */
#include "emit.h"

#include "base/hash.h"
#include "put.h"

#include <stdlib.h>
#include <string.h>

static void open_table(struct afd_text *out, const char *type, const char *name)
{
	afd_text_printf(out, "\nstatic const struct afd_%s suite_%s[] = {\n", type, name);
}

/* "{ LINE, "a", "b" }," */
static void put_row(struct afd_text *out, unsigned line, const char *const *fields, size_t count)
{
	afd_text_printf(out, "\t{ %u", line);
	for (size_t i = 0; i < count; i++) {
		afd_text_puts(out, ", ");
		afd_put_literal(out, afd_span_of(fields[i]), 2);
	}
	afd_text_puts(out, " },\n");
}

static void put_bases(const struct afd_model *model, struct afd_text *out)
{
	if (model->bases.count == 0)
		return;
	open_table(out, "base", "bases");
	for (size_t i = 0; i < model->bases.count; i++) {
		const char *fields[] = { model->bases.rows[i].name, model->bases.rows[i].url };
		put_row(out, model->bases.rows[i].line, fields, 2);
	}
	afd_text_puts(out, "};\n");
}

static void put_variables(const struct afd_model *model, struct afd_text *out)
{
	if (model->variables.count == 0)
		return;
	open_table(out, "variable", "variables");
	for (size_t i = 0; i < model->variables.count; i++) {
		const struct afd_model_variable *row = &model->variables.rows[i];
		afd_text_printf(out, "\t{ %u, ", row->line);
		afd_put_literal_string(out, row->name);
		afd_text_puts(out, ", ");
		afd_put_literal_string(out, row->value);
		afd_text_printf(out, ", %d },\n", row->secret);
	}
	afd_text_puts(out, "};\n");
}

static void put_policy(const struct afd_model *model, struct afd_text *out)
{
	if (model->policy.count == 0)
		return;
	open_table(out, "shown", "policy");
	for (size_t i = 0; i < model->policy.count; i++) {
		const struct afd_model_shown *row = &model->policy.rows[i];
		const char *fields[] = { row->path, row->type, row->values };
		put_row(out, row->line, fields, 3);
	}
	afd_text_puts(out, "};\n");
}

static void put_watch(const struct afd_model *model, struct afd_text *out)
{
	if (model->watch.count == 0)
		return;
	open_table(out, "watched", "watch");
	for (size_t i = 0; i < model->watch.count; i++) {
		const struct afd_model_watched *row = &model->watch.rows[i];
		const char *fields[] = { row->table, row->key, row->version, row->time };
		put_row(out, row->line, fields, 4);
	}
	afd_text_puts(out, "};\n");
}

static void put_columns(const struct afd_model *model, struct afd_text *out)
{
	for (size_t i = 0; i < model->landings.count; i++) {
		const struct afd_model_landing *landing = &model->landings.rows[i];
		if (landing->columns.count == 0)
			continue;
		afd_text_printf(out, "\nstatic const struct afd_column suite_columns_%zu[] = {\n", i + 1);
		for (size_t k = 0; k < landing->columns.count; k++) {
			const struct afd_model_column *row = &landing->columns.rows[k];
			afd_text_printf(out, "\t{ %u, ", row->line);
			afd_put_literal_string(out, row->column);
			afd_text_puts(out, ", ");
			afd_put_literal(out, afd_span_of(row->from), 2);
			afd_text_printf(out, ", %d, ", row->together);
			afd_put_literal_string(out, row->type);
			afd_text_puts(out, " },\n");
		}
		afd_text_puts(out, "};\n");
	}
}

static void put_landings(const struct afd_model *model, struct afd_text *out)
{
	if (model->landings.count == 0)
		return;
	put_columns(model, out);
	open_table(out, "landing", "landings");
	for (size_t i = 0; i < model->landings.count; i++) {
		const struct afd_model_landing *row = &model->landings.rows[i];
		const char *fields[] = { row->table, row->records, row->condition_path, row->condition_value };
		afd_text_printf(out, "\t{ %u", row->line);
		for (size_t k = 0; k < 4; k++) {
			afd_text_puts(out, ", ");
			afd_put_literal_string(out, fields[k]);
		}
		if (row->columns.count)
			afd_text_printf(out, ", AFD_LIST(suite_columns_%zu) },\n", i + 1);
		else
			afd_text_puts(out, ", { NULL, 0 } },\n");
	}
	afd_text_puts(out, "};\n");
}

enum { PIECE_MAX = 1000 };

static struct afd_span first_piece(struct afd_span text)
{
	struct afd_span piece = afd_span_first(text, PIECE_MAX);
	const char *newline = memchr(piece.data, '\n', piece.size);
	return newline ? afd_span_first(piece, (size_t)(newline - piece.data) + 1) : piece;
}

/* A long text as pieces, each a literal of a line or a part of one. */
static void put_pieces(const char *name, struct afd_span text, struct afd_text *out)
{
	afd_text_printf(out, "\nstatic const char *const suite_%s[] = {\n", name);
	while (text.size > 0) {
		struct afd_span piece = first_piece(text);
		struct afd_text string;
		afd_text_init(&string, PIECE_MAX);
		afd_text_add(&string, piece);
		afd_text_putc(out, '\t');
		afd_put_literal_string(out, string.data);
		afd_text_free(&string);
		afd_text_puts(out, ",\n");
		text = afd_span_from(text, piece.size);
	}
	afd_text_puts(out, "};\n");
}

static void put_words(const struct afd_model *model, struct afd_text *out)
{
	if (model->words.count == 0)
		return;
	afd_text_puts(out, "\nstatic const char *const suite_words[] = {\n");
	for (size_t i = 0; i < model->words.count; i++) {
		afd_text_putc(out, '\t');
		afd_put_literal_string(out, model->words.rows[i]);
		afd_text_puts(out, ",\n");
	}
	afd_text_puts(out, "};\n");
}

static void put_tests(const struct afd_model *model, struct afd_text *out)
{
	afd_text_puts(out, "\nextern const struct afd_test");
	for (size_t i = 0; i < model->tests.count; i++) {
		afd_text_puts(out, i ? ",\n\t" : "\n\t");
		afd_emit_symbol(model, &model->tests.rows[i], out);
	}
	afd_text_puts(out, ";\n\nstatic const struct afd_test *const suite_tests[] = {\n");
	for (size_t i = 0; i < model->tests.count; i++) {
		afd_text_puts(out, "\t&");
		afd_emit_symbol(model, &model->tests.rows[i], out);
		afd_text_puts(out, ",\n");
	}
	afd_text_puts(out, "};\n");
}

static void put_suite(const struct afd_model *model, const char *inventory_sha256, struct afd_text *out)
{
	afd_text_printf(out, "\nstatic const struct afd_suite suite = {\n\t.abi = %d,\n", AFD_EMIT_ABI);
	afd_emit_string(out, "name", model->name);
	afd_emit_string(out, "spec", model->source->path);
	afd_emit_string(out, "spec_sha256", model->sha256);
	afd_text_puts(out, "\t.inventory = AFD_LIST(suite_inventory),\n");
	afd_emit_string(out, "inventory_sha256", inventory_sha256);
	afd_emit_list(out, "suite", "bases", model->bases.count);
	afd_emit_list(out, "suite", "variables", model->variables.count);
	afd_emit_list(out, "suite", "policy", model->policy.count);
	afd_emit_list(out, "suite", "words", model->words.count);
	afd_emit_list(out, "suite", "watch", model->watch.count);
	afd_emit_list(out, "suite", "landings", model->landings.count);
	if (model->sql_path && model->sql.size) {
		afd_text_puts(out, "\t.sql = AFD_LIST(suite_sql),\n");
		afd_emit_string(out, "sql_path", model->sql_path);
		afd_emit_string(out, "sql_sha256", model->sql_sha256);
	}
	afd_text_puts(out, "\t.tests = AFD_LIST(suite_tests),\n};\n");
	afd_text_puts(out, "\nint main(int argc, char **argv) { return afd_main(argc, argv, &suite); }\n");
}

void afd_emit_suite(const struct afd_model *model, struct afd_text *out)
{
	struct afd_text inventory;
	char sha256[AFD_SHA256_HEX + 1];
	afd_text_init(&inventory, AFD_EMIT_MAX);
	afd_emit_inventory(model, &inventory);
	afd_sha256_hex(afd_text_span(&inventory), sha256);
	afd_emit_head(model, "", out);
	put_bases(model, out);
	put_variables(model, out);
	put_policy(model, out);
	put_words(model, out);
	put_watch(model, out);
	put_landings(model, out);
	if (model->sql_path && model->sql.size)
		put_pieces("sql", model->sql, out);
	put_pieces("inventory", afd_text_span(&inventory), out);
	put_tests(model, out);
	put_suite(model, sha256, out);
	afd_text_free(&inventory);
}
