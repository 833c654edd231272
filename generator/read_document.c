/* SPDX-License-Identifier: MIT
 * Labels that speak of the whole document, the list of variables, and the words that the spec itself says. */
#include "read.h"

#include "base/file.h"
#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *fold(struct afd_reader *reader, struct afd_span text)
{
	char buffer[128];
	return afd_arena_copy(reader->arena, afd_word_fold(text, buffer));
}

enum { BASES_MAX = 64 };

/* On the label's line, or alone below it. */
static struct afd_span base_of(const struct afd_reader *reader, const struct afd_block *block)
{
	const struct afd_block *content = afd_read_content(reader, block);
	struct afd_span text = block->text;
	if (content && content->kind == AFD_FENCE)
		text = afd_span_trim(content->body);
	else if (content && content->kind != AFD_TABLE)
		text = content->lines[0].text;
	return afd_read_value(afd_span_first(text, afd_span_find(text, "\n", 0)));
}

static bool is_base_name(const struct afd_model *model, const char *name)
{
	for (size_t i = 0; i < model->bases.count; i++)
		if (strcmp(model->bases.rows[i].name, name) == 0)
			return true;
	return false;
}

static bool is_base_url(const struct afd_model *model, struct afd_span url)
{
	for (size_t i = 0; i < model->bases.count; i++)
		if (afd_span_is(url, model->bases.rows[i].url))
			return true;
	return false;
}

/* The words in parentheses; "default" for the first without; those of the label for one more. */
static const char *name_base(const struct afd_reader *reader, const struct afd_block *block)
{
	const char *name = afd_read_slug(block->qualifier, reader->arena);
	if (!name[0] && !is_base_name(reader->model, "default"))
		return "default";
	if (!name[0])
		name = afd_read_slug(block->name, reader->arena);
	if (!name[0] || is_base_name(reader->model, name))
		name = afd_arena_printf(reader->arena, "%s-%zu", name[0] ? name : "default",
								reader->model->bases.count + 1);
	return name;
}

static void read_base(struct afd_reader *reader, const struct afd_block *block)
{
	struct afd_span url = base_of(reader, block);
	if (!afd_span_starts(url, "http://") && !afd_span_starts(url, "https://"))
		return;
	size_t size = 0;
	while (size < url.size && !strchr(" \t", url.data[size]))
		size++;
	url = afd_read_unescaped(reader, afd_span_first(url, size));
	struct afd_model *model = reader->model;
	bool again = block->qualifier.size == 0 && is_base_url(model, url);
	if (again || !afd_read_check_url(reader, url, false, block->name))
		return;
	if (model->bases.count == BASES_MAX) {
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "base", url, "this document has more than %d bases", BASES_MAX);
		return;
	}
	const char *name = name_base(reader, block);
	struct afd_model_base *base =
		afd_arena_push(reader->arena, &model->bases.rows, &model->bases.count, sizeof *base);
	*base = (struct afd_model_base){
		.line = afd_read_line(reader, block->text.size ? block->text : block->name),
		.name = name,
		.url = afd_arena_copy(reader->arena, url),
		.qualifier = fold(reader, block->qualifier),
	};
}

static bool is_base_qualifier(const struct afd_reader *reader, const char *qualifier)
{
	for (size_t i = 0; i < reader->model->bases.count; i++)
		if (strcmp(reader->model->bases.rows[i].qualifier, qualifier) == 0)
			return true;
	return false;
}

/* "in [qtickets.sql](qtickets.sql)": the file that makes the tables. */
static struct afd_span link_target(struct afd_span text)
{
	size_t open = afd_span_find(text, "](", 0);
	size_t close = open == SIZE_MAX ? SIZE_MAX : afd_span_find(text, ")", open);
	if (close == SIZE_MAX)
		return (struct afd_span){ text.data, 0 };
	return (struct afd_span){ text.data + open + 2, close - open - 2 };
}

static bool stays_below(struct afd_span path)
{
	return path.size > 0 && path.data[0] != '/' && afd_span_find(path, "..", 0) == SIZE_MAX &&
		   !memchr(path.data, '\0', path.size);
}

/* No link leads out of the folder that the spec stands in. What is not there is refused as that. */
static bool is_below(const char *file, const char *folder)
{
	char *path = realpath(file, NULL);
	char *home = realpath(folder, NULL);
	size_t size = home ? strlen(home) : 0;
	bool below = !path || (home && strncmp(path, home, size) == 0 && (path[size] == '/' || size == 1));
	free(path);
	free(home);
	return below;
}

static void refuse_sql(struct afd_reader *reader, struct afd_span path, const char *text)
{
	afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "sql", path, "%s", text);
}

static void take_sql(struct afd_reader *reader, struct afd_span path, struct afd_span text)
{
	struct afd_model *model = reader->model;
	if (text.size && memchr(text.data, '\0', text.size)) {
		refuse_sql(reader, path, "the SQL file holds a NUL byte");
		return;
	}
	model->sql = (struct afd_span){ afd_arena_copy(reader->arena, text), text.size };
	afd_sha256_hex(model->sql, model->sql_sha256);
}

static void load_sql(struct afd_reader *reader, struct afd_span path)
{
	struct afd_model *model = reader->model;
	model->sql_path = afd_arena_copy(reader->arena, path);
	model->sql_line = afd_read_line(reader, path);
	if (!reader->file)
		return;
	const char *slash = strrchr(reader->file, '/');
	const char *folder =
		slash ? afd_arena_printf(reader->arena, "%.*s", (int)(slash - reader->file) + 1, reader->file) : "";
	const char *file = afd_arena_printf(reader->arena, "%s%s", folder, model->sql_path);
	struct afd_error err = { 0 };
	struct afd_text text;
	if (!is_below(file, folder[0] ? folder : ".")) {
		refuse_sql(reader, path, "the SQL file is a link that leads away from the spec");
	} else if (afd_file_read(file, 16 << 20, &text, &err) != 0) {
		refuse_sql(reader, path, err.text);
	} else {
		take_sql(reader, path, afd_text_span(&text));
		afd_text_free(&text);
	}
}

static void read_suite(struct afd_reader *reader, const struct afd_block *block)
{
	struct afd_span name = afd_read_code_span(block->text, NULL);
	const char *slug = afd_read_slug(name, reader->arena);
	if (!slug[0] || !afd_span_is(name, slug)) {
		struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "suite", name.size ? name : block->name,
												  "the suite's name must be code: lower-case letters, digits and '-'");
		afd_diag_hint(reader->diag, row, "write **Suite:** `orders`");
		return;
	}
	reader->model->name = slug;
	struct afd_span path = link_target(block->text);
	if (path.size == 0)
		return;
	if (stays_below(path))
		load_sql(reader, path);
	else
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "sql", path, "the SQL file must stand beside the spec or below it");
}

bool afd_read_document_label(struct afd_reader *reader, enum afd_label label, const struct afd_block *block)
{
	switch (label) {
	case AFD_LABEL_SUITE: read_suite(reader, block); return true;
	case AFD_LABEL_BASE_URL: read_base(reader, block); return true;
	case AFD_LABEL_HEADERS_ALL: afd_read_common_headers(reader, block, ""); return true;
	case AFD_LABEL_HEADERS:
		if (block->qualifier.size == 0 || !is_base_qualifier(reader, fold(reader, block->qualifier)))
			return false;
		afd_read_common_headers(reader, block, fold(reader, block->qualifier));
		return true;
	case AFD_LABEL_EXPECTED_DEFAULT: afd_read_expected_default(reader, block); return true;
	case AFD_LABEL_WATCHED: afd_read_watched(reader, block); return true;
	case AFD_LABEL_LANDING: afd_read_landing(reader, block); return true;
	case AFD_LABEL_SHOWN: afd_read_shown(reader, block); return true;
	default: return false;
	}
}

static bool is_constant_name(struct afd_span text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char u = (unsigned char)text.data[i];
		if (!(u >= 'A' && u <= 'Z') && !(u >= '0' && u <= '9') && u != '_')
			return false;
	}
	return text.size > 2 && text.data[0] >= 'A';
}

/* "(for example, 12, 33)": the first value after the words. */
static struct afd_span first_value(struct afd_span text)
{
	const char *open = text.size ? memchr(text.data, '(', text.size) : NULL;
	const char *close = open ? memchr(open, ')', (size_t)(text.data + text.size - open)) : NULL;
	if (!close)
		return (struct afd_span){ text.data, 0 };
	struct afd_span inside = { open + 1, (size_t)(close - open) - 1 };
	char buffer[128];
	const struct afd_word *word = afd_word_prefix(AFD_WORD_EXAMPLE, afd_word_fold(afd_span_first(inside, 60), buffer));
	if (word)
		inside = afd_span_from(inside, strlen(word->text));
	while (inside.size && strchr(", :", inside.data[0]))
		inside = afd_span_from(inside, 1);
	const char *comma = inside.size ? memchr(inside.data, ',', inside.size) : NULL;
	return afd_read_value(comma ? afd_span_first(inside, (size_t)(comma - inside.data)) : inside);
}

static bool starts_with_arrow(struct afd_span text)
{
	static const char *const arrows[] = { "\xE2\x86\x92", "->", "=>", "=" };
	for (size_t i = 0; i < sizeof arrows / sizeof arrows[0]; i++)
		if (afd_span_starts(text, arrows[i]))
			return true;
	return false;
}

static void declare_variable(struct afd_reader *reader, struct afd_span item, struct afd_span name,
							 struct afd_span value, bool secret)
{
	struct afd_model *model = reader->model;
	const struct afd_model_variable *earlier = afd_read_variable(model, name);
	if (earlier) {
		afd_diag_add(reader->diag, AFD_WARNING, "variable", name, "'%s' is listed twice; the first value, of line %u, stands",
					 earlier->name, earlier->line);
		return;
	}
	struct afd_model_variable *variable = afd_read_add_variable(model, name);
	variable->line = afd_read_line(reader, item);
	variable->value = value.size ? afd_arena_copy(reader->arena, value) : NULL;
	variable->secret = secret;
}

/* An item of a list: `{NAME}` → text (for example, 1), `TOKEN` → text, or `CODE` — text. */
static void read_item(struct afd_reader *reader, struct afd_span item)
{
	if (!afd_span_starts(item, "`"))
		return;
	struct afd_span after;
	struct afd_span code = afd_read_code_span(item, &after);
	struct afd_span name;
	struct afd_span whole;
	after = afd_span_trim(after);
	size_t end = afd_read_placeholder(code, 0, &name, &whole);
	if (end == code.size && whole.data == code.data)
		declare_variable(reader, item, name, first_value(after), false);
	else if (is_constant_name(code) && starts_with_arrow(after))
		declare_variable(reader, item, code, first_value(after), true);
	else if (is_constant_name(code) && after.size > 0) {
		const char **word =
			afd_arena_push(reader->arena, &reader->model->words.rows, &reader->model->words.count, sizeof *word);
		*word = afd_arena_copy(reader->arena, code);
	}
}

void afd_read_variables(struct afd_reader *reader)
{
	for (size_t i = 0; i < reader->document->count; i++) {
		const struct afd_block *block = &reader->document->blocks[i];
		bool kept = i > 0 && block[-1].kind == AFD_LABEL && afd_read_label(&block[-1]) == AFD_LABEL_KEEP;
		if (block->kind != AFD_LIST || kept)
			continue;
		for (size_t k = 0; k < block->line_count; k++)
			read_item(reader, block->lines[k].text);
	}
}
