/* SPDX-License-Identifier: MIT
 * What the evidence says of tables, read back and added up again. */
#include "report_model.h"

#include <cjson/cJSON.h>
#include <string.h>

enum { TEXT_LIMIT = 1 << 20 };

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const char *word(const cJSON *object, const char *name)
{
	const char *text = afd_record_text_of(object, name);
	return text ? text : "";
}

/* The first line of a phase, and where `value` is given, with that word in its member `name`; NULL: there is
 * none. */
static const cJSON *line_of(const struct afd_report *report, const char *phase, const char *name,
							const char *value)
{
	for (size_t i = 0; i < report->lines.count; i++) {
		const cJSON *line = report->lines.rows[i];
		if (strcmp(word(line, "phase"), phase) == 0 && (!name || strcmp(word(line, name), value) == 0))
			return line;
	}
	return NULL;
}

static const char *take(struct afd_report *report, struct afd_text *text)
{
	const char *copy = afd_arena_copy(&report->arena, afd_text_span(text));
	afd_text_free(text);
	return copy;
}

/* The tables
 * ----------------------------------------------------------------------------------------------------- */

static bool lands_in(const struct afd_report_case *of, const char *table)
{
	const cJSON *row;
	cJSON_ArrayForEach(row, member(of->result, "landed"))
	{
		if (strcmp(word(row, "table"), table) == 0 && afd_record_integer_of(row, "rows") > 0)
			return true;
	}
	return false;
}

/* Of what fills a table besides cases. */
static const char *filler_of(const struct afd_report *report, const char *table)
{
	const cJSON *name;
	cJSON_ArrayForEach(name, member(line_of(report, "derive", NULL, NULL), "filled"))
	{
		if (name->valuestring && strcmp(name->valuestring, table) == 0)
			return "derived";
	}
	return line_of(report, "job", "table", table) ? "the row of the run" : "";
}

static const char *sources_of(struct afd_report *report, const char *table)
{
	struct afd_text text;
	afd_text_init(&text, TEXT_LIMIT);
	afd_text_puts(&text, filler_of(report, table));
	for (size_t i = 0; i < report->case_count; i++)
		if (lands_in(&report->cases[i], table))
			afd_text_printf(&text, "%s%s", text.size ? ", " : "", report->cases[i].id);
	return take(report, &text);
}

static void add_table(struct afd_report *report, const char *name)
{
	struct afd_report_tables *tables = &report->tables;
	const cJSON *before = line_of(report, "snapshot", "moment", "baseline");
	const cJSON *after = line_of(report, "snapshot", "moment", "final");
	struct afd_report_table *table =
		afd_arena_push(&report->arena, &tables->rows, &tables->count, sizeof *tables->rows);
	*table = (struct afd_report_table){
		.name = name,
		.before = afd_record_integer_of(member(before, "clickhouse_counts"), name),
		.after = afd_record_integer_of(member(after, "clickhouse_counts"), name),
		.raw_before = afd_record_integer_of(member(before, "raw_counts"), name),
		.raw_after = afd_record_integer_of(member(after, "raw_counts"), name),
		.max_version = word(member(after, "max_versions"), name),
		.max_time = word(member(after, "max_times"), name),
		.sources = sources_of(report, name),
	};
}

/* Cases
 * ----------------------------------------------------------------------------------------------------------
 */

static long long delta_of(const cJSON *result, const char *table)
{
	const cJSON *after = member(result, "clickhouse_after");
	return cJSON_IsObject(after) ? afd_record_integer_of(after, table) -
									   afd_record_integer_of(member(result, "clickhouse_before"), table)
								 : 0;
}

static void read_changes(struct afd_report *report, struct afd_report_case *of)
{
	struct afd_text text;
	afd_text_init(&text, TEXT_LIMIT);
	for (size_t i = 0; i < report->tables.count; i++) {
		const char *name = report->tables.rows[i].name;
		long long delta = delta_of(of->result, name);
		if (delta != 0)
			afd_text_printf(&text, "%s%s %+lld", text.size ? ", " : "", name, delta);
	}
	of->changes = take(report, &text);
}

static void read_skipped(struct afd_report *report, struct afd_report_landed *landed, const cJSON *skipped)
{
	struct afd_text text;
	const cJSON *reason;
	afd_text_init(&text, TEXT_LIMIT);
	cJSON_ArrayForEach(reason, skipped)
	{
		long long count = afd_record_integer_of(skipped, reason->string);
		landed->skipped += count;
		afd_text_printf(&text, "%s%lld: %s", text.size ? "; " : "", count, reason->string);
	}
	landed->reasons = take(report, &text);
}

/* Of all landings of the case into the table. */
static long long fresh_of(const cJSON *result, const char *table)
{
	long long sum = 0;
	const cJSON *row;
	cJSON_ArrayForEach(row, member(result, "landed"))
	{
		if (strcmp(word(row, "table"), table) == 0)
			sum += afd_record_integer_of(row, "fresh");
	}
	return sum;
}

static void add_landed(struct afd_report *report, const struct afd_report_case *of, const cJSON *row)
{
	struct afd_report_tables *tables = &report->tables;
	struct afd_report_landed *landed =
		afd_arena_push(&report->arena, &tables->landed, &tables->landed_count, sizeof *tables->landed);
	*landed = (struct afd_report_landed){
		.of = of,
		.table = word(row, "table"),
		.pages = afd_record_integer_of(row, "pages"),
		.total = afd_record_integer_of(of->result, "total"),
		.answered = afd_record_integer_of(row, "answered"),
		.eligible = afd_record_integer_of(row, "eligible"),
		.duplicates = afd_record_integer_of(row, "duplicates"),
		.rows = afd_record_integer_of(row, "rows"),
		.fresh = afd_record_integer_of(row, "fresh"),
		.confirmed = afd_record_integer_of(row, "confirmed"),
		.delta = delta_of(of->result, word(row, "table")),
	};
	read_skipped(report, landed, member(row, "skipped"));
	landed->adds_up = landed->answered == landed->eligible + landed->skipped &&
					  landed->eligible == landed->rows + landed->duplicates &&
					  landed->rows == landed->confirmed &&
					  fresh_of(of->result, landed->table) == landed->delta;
}

static void read_cases(struct afd_report *report)
{
	for (size_t i = 0; i < report->case_count; i++) {
		struct afd_report_case *of = &report->cases[i];
		const cJSON *row;
		if (!of->recorded)
			continue;
		read_changes(report, of);
		cJSON_ArrayForEach(row, member(of->result, "landed"))
		{
			add_landed(report, of, row);
		}
	}
}

/* The run
 * ------------------------------------------------------------------------------------------------------- */

static void read_reconciliation(struct afd_report *report)
{
	struct afd_report_tables *tables = &report->tables;
	const cJSON *line = line_of(report, "reconcile", NULL, NULL);
	const cJSON *row;
	tables->checks = line ? afd_record_integer_of(line, "checks") : 0;
	cJSON_ArrayForEach(row, member(line, "mismatches"))
	{
		struct afd_report_mismatch *mismatch = afd_arena_push(
			&report->arena, &tables->mismatches, &tables->mismatch_count, sizeof *tables->mismatches);
		long long at = afd_record_integer_of(row, "line");
		*mismatch =
			(struct afd_report_mismatch){ word(row, "table"), word(row, "text"), at > 0 ? (unsigned)at : 0 };
	}
	report->tally.mismatches = tables->mismatch_count;
}

static const char *facts_of(struct afd_report *report)
{
	const cJSON *line = line_of(report, "derive", NULL, NULL);
	if (!line)
		return "";
	if (afd_record_bool_of(line, "run"))
		return afd_arena_printf(&report->arena, "derived by %lld statements of the SQL file",
								afd_record_integer_of(line, "statements"));
	return afd_record_text_of(line, "sql_sha256")
			   ? "not derived: the SQL file is run on the embedded engine, or with --create-tables"
			   : "the spec names no SQL file to derive any";
}

static const char *where_of(struct afd_report *report, const cJSON *clickhouse)
{
	const char *version = word(clickhouse, "version");
	const char *where = word(clickhouse, "where");
	return afd_arena_printf(&report->arena, "ClickHouse%s%s, %s%s%s", *version ? " " : "", version,
							word(clickhouse, "engine"), *where ? " at " : "", where);
}

void afd_report_read_tables(struct afd_report *report)
{
	struct afd_report_tables *tables = &report->tables;
	const cJSON *clickhouse = member(report->run, "clickhouse");
	const cJSON *lost = line_of(report, "lost", NULL, NULL);
	const cJSON *name;
	*tables = (struct afd_report_tables){ .state = word(clickhouse, "tables"), .where = "", .facts = "" };
	if (!afd_report_watches(report))
		return;
	tables->where = where_of(report, clickhouse);
	if (lost) {
		tables->state = "lost";
		tables->lost_at = word(lost, "moment");
		tables->problem = word(lost, "problem");
		report->tally.lost = true;
	}
	cJSON_ArrayForEach(name, member(clickhouse, "watched"))
	{
		add_table(report, name->valuestring ? name->valuestring : "");
	}
	tables->facts = facts_of(report);
	read_cases(report);
	read_reconciliation(report);
}

bool afd_report_watches(const struct afd_report *report)
{
	return strcmp(report->tables.state, "watched") == 0 || strcmp(report->tables.state, "lost") == 0;
}

const char *afd_report_tables_words(const struct afd_report *report, struct afd_arena *arena)
{
	const struct afd_report_tables *tables = &report->tables;
	if (!afd_report_watches(report))
		return "not watched: nothing is said about them";
	if (tables->problem && strcmp(tables->lost_at, "baseline") == 0)
		return afd_arena_printf(arena, "not watched: %s", tables->problem);
	if (tables->problem)
		return afd_arena_printf(arena, "lost at %s: %s", tables->lost_at, tables->problem);
	return afd_arena_printf(arena, "watched in %s", tables->where);
}
