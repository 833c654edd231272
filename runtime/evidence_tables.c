/* SPDX-License-Identifier: MIT
 * What the evidence says of tables. */
#include "evidence_line.h"

static const char *state_word(enum afd_tables_state state)
{
	static const char *const words[] = {
		[AFD_TABLES_NOT_WATCHED] = "not watched",
		[AFD_TABLES_WATCHED] = "watched",
		[AFD_TABLES_LOST] = "lost",
	};
	return words[state];
}

static void add_counts(struct afd_record *line, const char *name, const struct afd_table_line *rows,
					   size_t count)
{
	if (!rows) {
		afd_record_null(line, NULL, name);
		return;
	}
	struct cJSON *counts = afd_record_object(line, NULL, name);
	for (size_t i = 0; i < count; i++)
		afd_record_integer(line, counts, rows[i].table, (long long)rows[i].final);
}

void afd_evidence_add_before(struct afd_record *line, const struct afd_tables_line *tables)
{
	afd_record_word(line, NULL, "tables", state_word(tables->state));
	add_counts(line, "clickhouse_before", tables->before, tables->count);
}

static void add_pages(struct afd_record *line, const struct afd_case_line *of)
{
	struct cJSON *rows = afd_record_array(line, NULL, "pages");
	for (size_t i = 0; i < of->page_count; i++) {
		const struct afd_page_line *page = &of->pages[i];
		struct cJSON *row = afd_record_object(line, rows, NULL);
		afd_record_integer(line, row, "page", (long long)page->number);
		afd_record_count(line, row, "http_status", page->http_status);
		afd_record_milliseconds(line, row, "latency_ms", page->latency_us);
		afd_record_count(line, row, "records", page->records);
		afd_record_word(line, row, "problem", page->problem);
	}
	afd_record_count(line, NULL, "total", of->total);
}

static void add_landed(struct afd_record *line, struct cJSON *rows, const struct afd_landed_line *landed)
{
	struct cJSON *row = afd_record_object(line, rows, NULL);
	afd_record_word(line, row, "table", landed->table);
	afd_record_integer(line, row, "pages", (long long)landed->pages);
	afd_record_integer(line, row, "answered", (long long)landed->answered);
	struct cJSON *skipped = afd_record_object(line, row, "skipped");
	for (size_t i = 0; i < landed->skipped_count; i++)
		afd_record_integer(line, skipped, landed->skipped[i].reason, (long long)landed->skipped[i].count);
	afd_record_integer(line, row, "eligible", (long long)landed->eligible);
	afd_record_integer(line, row, "duplicates", (long long)landed->duplicates);
	afd_record_integer(line, row, "conflicts", (long long)landed->conflicts);
	afd_record_integer(line, row, "rows", (long long)landed->rows);
	afd_record_integer(line, row, "fresh", (long long)landed->fresh);
	afd_record_integer(line, row, "confirmed", (long long)landed->confirmed);
}

void afd_evidence_add_after(struct afd_record *line, const struct afd_case_line *of)
{
	add_counts(line, "clickhouse_after", of->tables.after, of->tables.count);
	add_pages(line, of);
	struct cJSON *rows = afd_record_array(line, NULL, "landed");
	for (size_t i = 0; i < of->landed_count; i++)
		add_landed(line, rows, &of->landed[i]);
}

void afd_evidence_add_database(struct afd_record *line, const struct afd_run_line *run)
{
	const struct afd_database_line *database = &run->clickhouse;
	struct cJSON *clickhouse = afd_record_object(line, NULL, "clickhouse");
	afd_record_word(line, clickhouse, "tables", state_word(database->state));
	afd_record_word(line, clickhouse, "engine", database->engine);
	afd_record_masked(line, clickhouse, "where", database->where);
	afd_record_word(line, clickhouse, "version", database->version);
	afd_record_word(line, clickhouse, "database", database->database);
	afd_record_bool(line, clickhouse, "create_tables", database->create_tables);
	afd_record_integer(line, clickhouse, "max_pages", (long long)database->max_pages);
	struct cJSON *names = afd_record_array(line, clickhouse, "watched");
	for (size_t i = 0; i < run->suite->watch.count; i++)
		afd_record_word(line, names, NULL, run->suite->watch.rows[i].table);
}

static const char *text_or_null(const char *text)
{
	return *text ? text : NULL;
}

static void add_moment(struct afd_record *line, const struct afd_tables_line *tables)
{
	add_counts(line, "clickhouse_counts", tables->after, tables->count);
	if (!tables->after)
		return;
	struct cJSON *raw = afd_record_object(line, NULL, "raw_counts");
	struct cJSON *versions = afd_record_object(line, NULL, "max_versions");
	struct cJSON *times = afd_record_object(line, NULL, "max_times");
	for (size_t i = 0; i < tables->count; i++) {
		const struct afd_table_line *row = &tables->after[i];
		afd_record_integer(line, raw, row->table, (long long)row->raw);
		afd_record_word(line, versions, row->table, text_or_null(row->max_version));
		afd_record_word(line, times, row->table, text_or_null(row->max_time));
	}
}

int afd_evidence_snapshot(struct afd_evidence *evidence, const char *moment,
						  const struct afd_tables_line *tables, struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "snapshot");
	afd_record_word(&line, NULL, "moment", moment);
	afd_record_word(&line, NULL, "tables", state_word(tables->state));
	add_moment(&line, tables);
	return afd_evidence_append(evidence, &line, false, err);
}

int afd_evidence_lost(struct afd_evidence *evidence, const char *moment, struct afd_masked problem,
					  struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "lost");
	afd_record_word(&line, NULL, "moment", moment);
	afd_record_masked(&line, NULL, "problem", problem);
	return afd_evidence_append(evidence, &line, false, err);
}

int afd_evidence_derive(struct afd_evidence *evidence, const struct afd_derive_line *derive,
						struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "derive");
	afd_record_bool(&line, NULL, "run", derive->run);
	afd_record_integer(&line, NULL, "statements", (long long)derive->statements);
	struct cJSON *tables = afd_record_array(&line, NULL, "filled");
	for (size_t i = 0; i < derive->table_count; i++)
		afd_record_word(&line, tables, NULL, derive->tables[i]);
	afd_record_word(&line, NULL, "sql_sha256", derive->sql_sha256);
	return afd_evidence_append(evidence, &line, false, err);
}

int afd_evidence_job(struct afd_evidence *evidence, const struct afd_job_line *job, struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "job");
	afd_record_word(&line, NULL, "table", job->table);
	afd_record_word(&line, NULL, "run_id", job->run_id);
	afd_record_word(&line, NULL, "status", job->status);
	afd_record_integer(&line, NULL, "rows", (long long)job->rows);
	afd_record_word(&line, NULL, "message", job->message);
	return afd_evidence_append(evidence, &line, false, err);
}

int afd_evidence_reconcile(struct afd_evidence *evidence, size_t checks,
						   const struct afd_mismatch_line *mismatches, size_t count, struct afd_error *err)
{
	struct afd_record line;
	afd_evidence_begin(evidence, &line, "reconcile");
	afd_record_integer(&line, NULL, "checks", (long long)checks);
	struct cJSON *rows = afd_record_array(&line, NULL, "mismatches");
	for (size_t i = 0; i < count; i++) {
		struct cJSON *row = afd_record_object(&line, rows, NULL);
		afd_record_word(&line, row, "table", mismatches[i].table);
		afd_record_count(&line, row, "line", mismatches[i].line ? (long long)mismatches[i].line : -1);
		afd_record_masked(&line, row, "text", mismatches[i].text);
	}
	return afd_evidence_append(evidence, &line, false, err);
}
