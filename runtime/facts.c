/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include "base/hash.h"
#include "json.h"
#include "landing_tables.h"
#include "landing_time.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { METRICS_LIMIT = 65536, SQL_LIMIT = 1 << 20 };

static bool has_runs(const struct afd_suite *suite)
{
	for (size_t i = 0; i < suite->watch.count; i++)
		if (strcmp(suite->watch.rows[i].table, AFD_RUNS_TABLE) == 0)
			return true;
	return false;
}

/* visitParamExtractString is what both 18.16 and 26 have. */
static const char other_keys[] =
	"SELECT count() FROM (SELECT visitParamExtractString(metrics, 'key_id') AS key FROM " AFD_RUNS_TABLE
	") WHERE key != '' AND key != ";
static const char is_there[] =
	"SELECT count() FROM system.columns WHERE database = currentDatabase() AND table = '" AFD_RUNS_TABLE
	"' AND name = 'metrics'";

static int ask(struct afd_clickhouse *client, struct afd_span sql, struct afd_text *out,
			   struct afd_error *err)
{
	afd_text_init(out, METRICS_LIMIT);
	return afd_clickhouse_query(client, sql, "TabSeparated", out, err);
}

int afd_facts_check_key(struct afd_clickhouse *client, const struct afd_suite *suite, const char *key_id,
						struct afd_error *err)
{
	struct afd_text sql;
	struct afd_text out;
	if (!has_runs(suite))
		return 0;
	int rc = ask(client, afd_span_of(is_there), &out, err);
	bool there = rc == 0 && !afd_span_is(afd_span_trim(afd_text_span(&out)), "0");
	afd_text_free(&out);
	if (!there)
		return rc;
	afd_text_init(&sql, SQL_LIMIT);
	afd_text_puts(&sql, other_keys);
	afd_clickhouse_quote_literal(afd_span_of(key_id), &sql);
	rc = ask(client, afd_text_span(&sql), &out, err);
	if (rc == 0 && !afd_span_is(afd_span_trim(afd_text_span(&out)), "0"))
		rc = afd_fail(
			err, AFD_EXIT_REFUSED,
			"the database at %s holds rows under another key than %s: give that key with --key-file, or an "
			"empty database",
			afd_clickhouse_where(client), key_id);
	afd_text_free(&sql);
	afd_text_free(&out);
	return rc;
}

static int run_inserts(struct afd_clickhouse *client, const struct afd_suite *suite, struct afd_span sql,
					   bool run, size_t *statements, struct afd_error *err)
{
	struct afd_sql_file file = { sql, 0, 1 };
	*statements = 0;
	for (;;) {
		struct afd_sql_statement statement;
		int rc = afd_tables_statement(&file, suite, &statement, err);
		if (rc != 0 || statement.text.size == 0)
			return rc;
		if (statement.kind != AFD_SQL_INSERT)
			continue;
		(*statements)++;
		rc = run ? afd_clickhouse_execute(client, statement.text, err) : 0;
		if (rc != 0)
			return rc;
	}
}

int afd_facts_derive(struct afd_clickhouse *client, const struct afd_suite *suite, size_t *statements,
					 struct afd_error *err)
{
	struct afd_arena arena = { NULL };
	struct afd_span sql = afd_sql_text(suite, &arena);
	int rc = run_inserts(client, suite, sql, false, statements, err);
	if (rc == 0)
		rc = run_inserts(client, suite, sql, true, statements, err);
	afd_arena_free(&arena);
	return rc;
}

int afd_uuid_make(char text[AFD_UUID_TEXT], struct afd_error *err)
{
	unsigned char b[16];
	if (!afd_random_bytes(b, sizeof b))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the system gives no random numbers");
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(text, AFD_UUID_TEXT, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
			 b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
			 b[15]);
	return 0;
}

static bool write_metrics(const struct afd_run_row *row, struct afd_text *out)
{
	bool fine = afd_text_puts(out, "{\"key_id\":") && afd_json_encode(afd_span_of(row->key_id), out);
	for (size_t i = 0; i < row->count && fine; i++)
		fine = afd_text_putc(out, ',') && afd_json_encode(afd_span_of(row->counts[i].name), out) &&
			   afd_text_printf(out, ":%llu", row->counts[i].value);
	return fine && afd_text_putc(out, '}');
}

static void add_literal(struct afd_text *sql, const char *before, struct afd_span value)
{
	afd_text_puts(sql, before);
	afd_clickhouse_quote_literal(value, sql);
}

static bool write_insert(const struct afd_run_row *row, const char *started, const char *finished,
						 struct afd_span metrics, struct afd_text *sql)
{
	afd_text_puts(sql, "INSERT INTO " AFD_RUNS_TABLE
					   " (job, run_id, started_at, finished_at, status, rows_processed, "
					   "message, metrics) VALUES ");
	add_literal(sql, "(", afd_span_of(row->job));
	add_literal(sql, ", ", afd_span_of(row->run_id));
	add_literal(sql, ", ", afd_span_of(started));
	add_literal(sql, ", ", afd_span_of(finished));
	add_literal(sql, ", ", afd_span_of(row->status));
	afd_text_printf(sql, ", %llu", row->rows);
	add_literal(sql, ", ", afd_span_of(row->message));
	add_literal(sql, ", ", metrics);
	return afd_text_putc(sql, ')');
}

int afd_facts_write_run(struct afd_clickhouse *client, const struct afd_suite *suite,
						const struct afd_run_row *row, struct afd_error *err)
{
	char started[AFD_MOSCOW_TEXT];
	char finished[AFD_MOSCOW_TEXT];
	struct afd_text metrics;
	struct afd_text sql;
	if (!has_runs(suite))
		return 0;
	if (!afd_moscow_of_seconds(row->started, started) || !afd_moscow_of_seconds(row->finished, finished))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the clock is out of the years 1970 to 2105: set it");
	afd_text_init(&metrics, METRICS_LIMIT);
	afd_text_init(&sql, SQL_LIMIT);
	int rc = 0;
	if (!write_metrics(row, &metrics) || !write_insert(row, started, finished, afd_text_span(&metrics), &sql))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "the row of the run is over a bound");
	else
		rc = afd_clickhouse_execute(client, afd_text_span(&sql), err);
	afd_text_free(&metrics);
	afd_text_free(&sql);
	return rc;
}
