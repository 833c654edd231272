/* SPDX-License-Identifier: MIT
 * The spec's watched tables and landings against the CREATE TABLE of its SQL file. */
#include "read.h"

#include "base/sql.h"

#include <stdint.h>
#include <string.h>

/* A table of the SQL file, and the numbers of its columns by their names. */
struct table {
	struct afd_sql_table sql;
	struct afd_index columns;
};

struct tables {
	struct table *rows;
	size_t count;
	struct afd_index names;
};

/* `text` on that line of the spec, else the whole line: what a diagnostic points at. */
static struct afd_span place(const struct afd_reader *reader, unsigned line, const char *text, bool last)
{
	struct afd_span whole = afd_source_line_text(reader->model->source, line);
	size_t at = text[0] ? afd_span_find(whole, text, 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		return afd_span_trim(whole);
	for (size_t next = at; last && next != SIZE_MAX; next = afd_span_find(whole, text, at + 1))
		at = next;
	return (struct afd_span){ whole.data + at, strlen(text) };
}

/* Names that are looked at for a suggestion. */
enum { GUESSES_MAX = 1000 };

/* Two letters off at most, in a name of three or more. */
static bool is_near(const char *name, const char *other, size_t *distance)
{
	size_t far = afd_span_distance(afd_span_of(name), afd_span_of(other));
	bool near = far < *distance && far <= 2 && strlen(name) > 2;
	*distance = near ? far : *distance;
	return near;
}

static const struct table *find_table(const struct tables *tables, const char *name)
{
	size_t number = afd_index_find(&tables->names, name);
	return number == SIZE_MAX ? NULL : &tables->rows[number];
}

static const struct afd_sql_column *find_column(const struct table *table, struct afd_span name)
{
	size_t number = afd_index_find_span(&table->columns, name);
	return number == SIZE_MAX ? NULL : &table->sql.rows[number];
}

static void hint_near(struct afd_reader *reader, struct afd_diagnostic *row, const char *near)
{
	if (near)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", near);
}

static void refuse_table(struct afd_reader *reader, const struct tables *tables, unsigned line,
						 const char *name)
{
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "sql", place(reader, line, name, false),
					 "%s makes no table '%s'", reader->model->sql_path, name);
	const char *near = NULL;
	size_t distance = SIZE_MAX;
	for (size_t i = 0; row && i < tables->count && i < GUESSES_MAX; i++)
		if (is_near(name, tables->rows[i].sql.name, &distance))
			near = tables->rows[i].sql.name;
	hint_near(reader, row, near);
}

static void refuse_column(struct afd_reader *reader, const struct afd_sql_table *table, unsigned line,
						  struct afd_span name)
{
	const char *text = afd_arena_copy(reader->arena, name);
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "sql", place(reader, line, text, false),
					 "'%s' has no column '%s' in %s", table->name, text, reader->model->sql_path);
	const char *near = NULL;
	size_t distance = SIZE_MAX;
	for (size_t i = 0; row && i < table->count && i < GUESSES_MAX; i++)
		if (is_near(text, table->rows[i].name, &distance))
			near = table->rows[i].name;
	hint_near(reader, row, near);
}

/* Every name in the cell must be a column. */
static void check_names(struct afd_reader *reader, const struct table *table, unsigned line,
						const char *names)
{
	struct afd_span name;
	for (size_t at = 0; afd_sql_next_name(afd_span_of(names), &at, &name);)
		if (!find_column(table, name))
			refuse_column(reader, &table->sql, line, name);
}

static void check_watched(struct afd_reader *reader, const struct tables *tables)
{
	const struct afd_model *model = reader->model;
	for (size_t i = 0; i < model->watch.count; i++) {
		const struct afd_model_watched *row = &model->watch.rows[i];
		const struct table *table = find_table(tables, row->table);
		if (!table) {
			refuse_table(reader, tables, row->line, row->table);
			continue;
		}
		check_names(reader, table, row->line, row->key);
		check_names(reader, table, row->line, row->version);
		check_names(reader, table, row->line, row->time);
	}
}

/* The run's version or time. */
static bool is_of_run(const struct afd_model *model, const char *table, const char *column)
{
	size_t number = afd_index_find(&model->watched_tables, table);
	const struct afd_model_watched *row = number == SIZE_MAX ? NULL : &model->watch.rows[number];
	return row && (strcmp(row->version, column) == 0 || strcmp(row->time, column) == 0);
}

/* NULL is what a column holds that nothing is known of; any other one needs its default said. */
static void check_left_out(struct afd_reader *reader, const struct afd_model_landing *landing,
						   const struct afd_sql_table *table)
{
	struct afd_index landed = { NULL };
	for (size_t i = 0; i < landing->columns.count; i++)
		afd_index_put(&landed, reader->arena, landing->columns.rows[i].column, i);
	struct afd_span where = place(reader, landing->line, landing->table, false);
	bool good = afd_read_spend(reader, where, table->count);
	for (size_t i = 0; good && i < table->count; i++) {
		const struct afd_sql_column *column = &table->rows[i];
		if (column->filled || afd_sql_type_of(column->type).nullable ||
			afd_index_find(&landed, column->name) != SIZE_MAX ||
			is_of_run(reader->model, table->name, column->name))
			continue;
		struct afd_diagnostic *row =
			afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "landing", where, "nothing lands in '%s' of '%s'",
						 column->name, landing->table);
		afd_diag_hint(reader->diag, row, "add a row for it, or a DEFAULT in %s", reader->model->sql_path);
	}
}

static void check_column(struct afd_reader *reader, const struct afd_model_column *row,
						 const struct table *table)
{
	const struct afd_sql_column *column = find_column(table, afd_span_of(row->column));
	if (!column) {
		refuse_column(reader, &table->sql, row->line, afd_span_of(row->column));
		return;
	}
	if (!afd_word_find(AFD_WORD_LANDING, afd_span_of(row->type)) ||
		afd_sql_type_takes(column->type, row->type))
		return;
	struct afd_diagnostic *problem =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "type", place(reader, row->line, row->column, false),
					 "'%s' is %s: it can't hold what lands as %s", row->column, column->type, row->type);
	for (const char *const *type = afd_sql_landing_types(); *type; type++) {
		if (!afd_sql_type_takes(column->type, *type))
			continue;
		afd_diag_hint(reader->diag, problem, "such a column takes '%s'", *type);
		break;
	}
}

static void check_landed(struct afd_reader *reader, const struct tables *tables)
{
	const struct afd_model *model = reader->model;
	for (size_t i = 0; i < model->landings.count; i++) {
		const struct afd_model_landing *landing = &model->landings.rows[i];
		const struct table *table = find_table(tables, landing->table);
		if (!table) {
			refuse_table(reader, tables, landing->line, landing->table);
			continue;
		}
		for (size_t k = 0; k < landing->columns.count; k++)
			check_column(reader, &landing->columns.rows[k], table);
		check_left_out(reader, landing, &table->sql);
	}
}

static bool is_watched(const struct afd_model *model, struct afd_span table)
{
	return afd_index_find_span(&model->watched_tables, table) != SIZE_MAX;
}

static void refuse_statement(struct afd_reader *reader, const struct afd_sql_statement *statement,
							 struct afd_span word, const char *fault)
{
	const struct afd_model *model = reader->model;
	if (afd_diag_is_full(reader->diag))
		return;
	afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "sql",
				 place(reader, model->sql_line, model->sql_path, true), "%s:%u: '%.*s' is not run: %s",
				 model->sql_path, statement->line, (int)(word.size < 64 ? word.size : 64), word.data, fault);
}

/* Of two of one name the first is made. */
static void add_table(struct afd_reader *reader, struct tables *tables,
					  const struct afd_sql_statement *statement)
{
	struct table *table = afd_arena_push(reader->arena, &tables->rows, &tables->count, sizeof *table);
	afd_sql_read_columns(statement, reader->arena, &table->sql);
	if (!find_table(tables, table->sql.name))
		afd_index_put(&tables->names, reader->arena, table->sql.name, tables->count - 1);
	for (size_t i = table->sql.count; i-- > 0;)
		afd_index_put(&table->columns, reader->arena, table->sql.rows[i].name, i);
}

static void read_tables(struct afd_reader *reader, struct tables *tables)
{
	struct afd_sql_file file = { reader->model->sql, 0, 1 };
	struct afd_sql_statement statement;
	while (afd_sql_next(&file, &statement)) {
		if (statement.kind == AFD_SQL_REFUSED)
			refuse_statement(reader, &statement, statement.word, statement.fault);
		else if (statement.kind == AFD_SQL_INSERT && !is_watched(reader->model, statement.table))
			refuse_statement(reader, &statement, statement.table, "it is no watched table");
		else if (statement.kind == AFD_SQL_CREATE && !statement.view)
			add_table(reader, tables, &statement);
	}
}

static bool is_variable(const struct afd_reader *reader, struct afd_span source)
{
	bool braces = source.size > 2 && source.data[0] == '{' && source.data[source.size - 1] == '}';
	return braces && afd_read_variable(reader->model, (struct afd_span){ source.data + 1, source.size - 2 });
}

static size_t check_sources(struct afd_reader *reader, const struct afd_model_column *row)
{
	size_t count = 0;
	if (row->from[0] == '\0')
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "path", place(reader, row->line, "", false),
					 "'%s' comes from nowhere: this row says no path", row->column);
	for (struct afd_span rest = afd_span_of(row->from); rest.size > 0; count++) {
		const char *newline = memchr(rest.data, '\n', rest.size);
		struct afd_span source = afd_span_first(rest, newline ? (size_t)(newline - rest.data) : rest.size);
		rest = afd_span_from(rest, source.size + 1);
		if (source.data[0] == '$' || is_variable(reader, source))
			continue;
		const char *text = afd_arena_copy(reader->arena, source);
		struct afd_diagnostic *problem =
			afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "path", place(reader, row->line, text, true),
						 "'%s' is neither a path nor a variable", text);
		afd_diag_hint(reader->diag, problem, "write `$.id`, or `{NAME}` of the list of variables");
	}
	return count;
}

/* "text, lower case, ... or JSON" */
static const char *list_types(struct afd_arena *arena)
{
	const char *list = "";
	for (const char *const *type = afd_sql_landing_types(); *type; type++)
		list = afd_arena_printf(arena, "%s%s%s", list, !list[0] ? "" : type[1] ? ", " : " or ", *type);
	return list;
}

/* The type under As, in whatever language, becomes its name in the runtime. */
static void check_type(struct afd_reader *reader, struct afd_model_column *row)
{
	const struct afd_word *word = afd_word_find(AFD_WORD_LANDING, afd_span_of(row->type));
	size_t sources = check_sources(reader, row);
	struct afd_span where = place(reader, row->line, row->type, true);
	if (!word) {
		size_t distance;
		struct afd_diagnostic *problem =
			afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "type", where, "unknown type '%s'", row->type);
		const struct afd_word *near = afd_word_near(AFD_WORD_LANDING, afd_span_of(row->type), &distance);
		afd_diag_hint(reader->diag, problem, near ? "did you mean '%s'?" : "write %s",
					  near ? near->text : list_types(reader->arena));
		return;
	}
	row->type = word->value;
	bool products = strcmp(row->type, "sum of products") == 0;
	if (products && (sources != 2 || !row->together))
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "landing", where,
					 "a sum of products takes two paths with 'and' between them");
	else if (!products && row->together)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "landing", where,
					 "only a sum of products takes paths with 'and' between them: write 'else'");
}

static void check_columns(struct afd_reader *reader, struct afd_model_landing *landing)
{
	struct afd_index names = { NULL };
	for (size_t i = 0; i < landing->columns.count; i++) {
		struct afd_model_column *row = &landing->columns.rows[i];
		check_type(reader, row);
		size_t first = afd_index_find(&names, row->column);
		if (first == SIZE_MAX)
			afd_index_put(&names, reader->arena, row->column, i);
		else
			afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "landing",
						 place(reader, row->line, row->column, false), "'%s' stands in line %u already",
						 row->column, landing->columns.rows[first].line);
	}
}

void afd_read_check_tables(struct afd_reader *reader)
{
	struct tables tables = { NULL, 0, { NULL } };
	for (size_t i = 0; i < reader->model->landings.count; i++)
		check_columns(reader, &reader->model->landings.rows[i]);
	if (reader->model->sql.size == 0)
		return;
	read_tables(reader, &tables);
	check_watched(reader, &tables);
	check_landed(reader, &tables);
}
