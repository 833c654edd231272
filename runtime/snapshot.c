/* SPDX-License-Identifier: MIT */
#include "snapshot.h"

#include <stdlib.h>
#include <string.h>

enum { SQL_LIMIT = 1 << 20, ANSWER_LIMIT = 1 << 20, CODE_ILLEGAL_FINAL = 181 };

struct look {
	struct afd_clickhouse *client;
	const struct afd_watch *watch;
	struct afd_snapshot *snapshot;
	struct afd_text sql, answer;
};

static int out_of_memory(struct afd_error *err)
{
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
}

static int unreadable(const struct look *look, struct afd_error *err)
{
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read what ClickHouse at %s says of the watched tables",
					afd_clickhouse_where(look->client));
}

/* Runs look->sql and empties it. */
static int ask(struct look *look, struct afd_error *err)
{
	afd_text_clear(&look->answer);
	if (look->sql.failed)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "too many watched tables for one query");
	int rc =
		afd_clickhouse_query(look->client, afd_text_span(&look->sql), "TabSeparated", &look->answer, err);
	afd_text_clear(&look->sql);
	return rc;
}

/* Cuts the next field of a tab separated line, or the next line, off `rest`. */
static struct afd_span cut(struct afd_span *rest, char end)
{
	const char *found = rest->size > 0 ? memchr(rest->data, end, rest->size) : NULL;
	size_t size = found ? (size_t)(found - rest->data) : rest->size;
	struct afd_span field = afd_span_first(*rest, size);
	*rest = afd_span_from(*rest, size + 1);
	return field;
}

static struct afd_counts *find_row(const struct afd_snapshot *snapshot, struct afd_span table)
{
	for (size_t i = 0; i < snapshot->count; i++)
		if (afd_span_is(table, snapshot->rows[i].table))
			return &snapshot->rows[i];
	return NULL;
}

static bool read_number(struct afd_span field, unsigned long long *number)
{
	*number = 0;
	for (size_t i = 0; i < field.size; i++) {
		if (field.data[i] < '0' || field.data[i] > '9' || i > 19)
			return false;
		*number = *number * 10 + (unsigned)(field.data[i] - '0');
	}
	return field.size > 0;
}

static bool copy_field(struct afd_span field, char *text, size_t size)
{
	if (field.size >= size)
		return false;
	if (field.size > 0)
		memcpy(text, field.data, field.size);
	text[field.size] = '\0';
	return true;
}

/* Each line of the answer, its first field being a watched table, goes to `read`. */
static int read_answer(struct look *look, bool (*read)(struct afd_counts *row, struct afd_span rest),
					   struct afd_error *err)
{
	struct afd_span rest = afd_text_span(&look->answer);
	while (rest.size > 0) {
		struct afd_span line = cut(&rest, '\n');
		struct afd_counts *row = find_row(look->snapshot, cut(&line, '\t'));
		if (!row || !read(row, line))
			return unreadable(look, err);
	}
	return 0;
}

static void add_tables(struct look *look)
{
	for (size_t i = 0; i < look->watch->count; i++) {
		afd_text_puts(&look->sql, i == 0 ? "(" : ", ");
		afd_clickhouse_quote_literal(afd_span_of(look->watch->rows[i].table), &look->sql);
	}
	afd_text_puts(&look->sql, ")");
}

static bool is_family(struct afd_span engine)
{
	return afd_span_ends(engine, "MergeTree");
}

/* The plain one keeps every row, so that FINAL is refused. */
static bool family_has_final(struct afd_span engine)
{
	static const char *const prefixes[] = { "Replicated", "Shared" };
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
		if (afd_span_starts(engine, prefixes[i]))
			engine = afd_span_from(engine, strlen(prefixes[i]));
	return !afd_span_is(engine, "MergeTree");
}

/* recounted: has been found. */
static bool read_engine(struct afd_counts *row, struct afd_span engine)
{
	row->recounted = true;
	row->has_parts = is_family(engine);
	row->has_final = row->has_parts && family_has_final(engine);
	return true;
}

static int check_found(const struct look *look, struct afd_error *err)
{
	for (size_t i = 0; i < look->snapshot->count; i++)
		if (!look->snapshot->rows[i].recounted)
			return afd_fail(
				err, AFD_EXIT_NO_VERDICT,
				"the watched table '%.128s' does not exist in the database '%s' of ClickHouse at %s: create "
				"it, or let --create-tables do so",
				look->snapshot->rows[i].table, afd_clickhouse_database(look->client),
				afd_clickhouse_where(look->client));
	return 0;
}

/* Whether an engine outside the family (Distributed, a view) takes FINAL depends on what is behind it: try.
 */
static int try_final(struct look *look, struct afd_counts *row, struct afd_error *err)
{
	struct afd_error refused = { 0 };
	afd_text_puts(&look->sql, "SELECT count() FROM ");
	int rc = afd_clickhouse_quote_identifier(look->client, row->table, &look->sql, err);
	if (rc != 0)
		return rc;
	afd_text_puts(&look->sql, " FINAL");
	rc = ask(look, &refused);
	row->has_final = rc == 0;
	if (rc != 0 && afd_clickhouse_code(look->client) != CODE_ILLEGAL_FINAL)
		return afd_fail(err, refused.code, "%s", refused.text);
	return 0;
}

static int look_at_engines(struct look *look, struct afd_error *err)
{
	afd_text_puts(&look->sql,
				  "SELECT name, engine FROM system.tables WHERE database = currentDatabase() AND name IN ");
	add_tables(look);
	int rc = ask(look, err);
	if (rc == 0)
		rc = read_answer(look, read_engine, err);
	if (rc == 0)
		rc = check_found(look, err);
	for (size_t i = 0; i < look->snapshot->count && rc == 0; i++)
		if (!look->snapshot->rows[i].has_parts)
			rc = try_final(look, &look->snapshot->rows[i], err);
	return rc;
}

static bool read_parts(struct afd_counts *row, struct afd_span rest)
{
	struct afd_span all = rest;
	return copy_field(all, row->parts, sizeof row->parts) && read_number(cut(&rest, '\t'), &row->raw);
}

/* A part never changes: another content is another name, size or time. */
static int look_at_parts(struct look *look, struct afd_error *err)
{
	afd_text_puts(&look->sql,
				  "SELECT table, sum(rows), count(), sum(cityHash64(name, rows, bytes_on_disk, "
				  "modification_time)) FROM system.parts WHERE active AND database = currentDatabase() "
				  "AND table IN ");
	add_tables(look);
	afd_text_puts(&look->sql, " GROUP BY table");
	int rc = ask(look, err);
	return rc == 0 ? read_answer(look, read_parts, err) : rc;
}

/* The alias is one that no column of a watched table has: within a query it would stand for that. */
static int add_maximum(struct look *look, const char *column, const char *alias, struct afd_error *err)
{
	int rc = 0;
	if (column[0] == '\0') {
		afd_text_puts(&look->sql, ", ''");
	} else {
		afd_text_puts(&look->sql, ", if(count() = 0, '', ifNull(toString(max(");
		rc = afd_clickhouse_quote_identifier(look->client, column, &look->sql, err);
		afd_text_puts(&look->sql, ")), ''))");
	}
	afd_text_printf(&look->sql, " AS %s", alias);
	return rc;
}

static int add_raw(struct look *look, const struct afd_counts *row, struct afd_error *err)
{
	int rc = 0;
	if (row->has_parts) {
		afd_text_puts(&look->sql, ", ''");
	} else {
		afd_text_puts(&look->sql, ", toString((SELECT count() FROM ");
		rc = afd_clickhouse_quote_identifier(look->client, row->table, &look->sql, err);
		afd_text_puts(&look->sql, "))");
	}
	afd_text_puts(&look->sql, " AS afd_raw");
	return rc;
}

static int add_count(struct look *look, size_t index, struct afd_error *err)
{
	const struct afd_watched *watched = &look->watch->rows[index];
	const struct afd_counts *row = &look->snapshot->rows[index];
	afd_text_puts(&look->sql, look->sql.size == 0 ? "SELECT " : " UNION ALL SELECT ");
	afd_clickhouse_quote_literal(afd_span_of(watched->table), &look->sql);
	afd_text_puts(&look->sql, " AS afd_table, toString(count()) AS afd_count");
	int rc = add_maximum(look, watched->version, "afd_version", err);
	if (rc == 0)
		rc = add_maximum(look, watched->time, "afd_time", err);
	if (rc == 0)
		rc = add_raw(look, row, err);
	afd_text_puts(&look->sql, " FROM ");
	if (rc == 0)
		rc = afd_clickhouse_quote_identifier(look->client, watched->table, &look->sql, err);
	afd_text_puts(&look->sql, row->has_final ? " FINAL" : "");
	return rc;
}

/* The column could be any: what isn't a version or a time is never let through. */
static bool read_maximum(struct afd_span field, char *text, size_t size)
{
	for (size_t i = 0; i < field.size; i++)
		if (!memchr("0123456789-: .", field.data[i], 14))
			return false;
	return copy_field(field, text, size);
}

static bool read_count(struct afd_counts *row, struct afd_span rest)
{
	bool fine = read_number(cut(&rest, '\t'), &row->final);
	fine = fine && read_maximum(cut(&rest, '\t'), row->max_version, sizeof row->max_version);
	fine = fine && read_maximum(cut(&rest, '\t'), row->max_time, sizeof row->max_time);
	return fine && (row->has_parts || read_number(rest, &row->raw));
}

static int count_changed(struct look *look, struct afd_error *err)
{
	int rc = 0;
	for (size_t i = 0; i < look->snapshot->count && rc == 0; i++)
		if (look->snapshot->rows[i].recounted)
			rc = add_count(look, i, err);
	if (rc != 0 || look->sql.size == 0)
		return rc;
	rc = ask(look, err);
	return rc == 0 ? read_answer(look, read_count, err) : rc;
}

/* Takes over what is known of a table, before its parts are looked at. */
static void take_over(struct look *look, const struct afd_snapshot *previous)
{
	for (size_t i = 0; i < look->snapshot->count; i++) {
		struct afd_counts *row = &look->snapshot->rows[i];
		*row = previous->rows[i];
		row->parts[0] = '\0';
		row->raw = row->has_parts ? 0 : row->raw;
	}
}

static void mark_changed(struct look *look, const struct afd_snapshot *previous)
{
	for (size_t i = 0; i < look->snapshot->count; i++) {
		struct afd_counts *row = &look->snapshot->rows[i];
		row->recounted = !previous || !row->has_parts || strcmp(row->parts, previous->rows[i].parts) != 0;
	}
}

static int take(struct look *look, const struct afd_snapshot *previous, struct afd_error *err)
{
	int rc = 0;
	if (previous)
		take_over(look, previous);
	else
		rc = look_at_engines(look, err);
	if (rc == 0)
		rc = look_at_parts(look, err);
	if (rc != 0)
		return rc;
	mark_changed(look, previous);
	return count_changed(look, err);
}

static bool make_rows(struct afd_snapshot *snapshot, const struct afd_watch *watch)
{
	*snapshot = (struct afd_snapshot){ calloc(watch->count, sizeof *snapshot->rows), watch->count };
	if (!snapshot->rows)
		return false;
	for (size_t i = 0; i < watch->count; i++)
		snapshot->rows[i].table = watch->rows[i].table;
	return true;
}

int afd_snapshot_take(struct afd_clickhouse *client, const struct afd_watch *watch,
					  const struct afd_snapshot *previous, struct afd_snapshot *snapshot,
					  struct afd_error *err)
{
	struct look look = { .client = client, .watch = watch, .snapshot = snapshot };
	*snapshot = (struct afd_snapshot){ NULL, 0 };
	if (watch->count == 0)
		return 0;
	if (!make_rows(snapshot, watch))
		return out_of_memory(err);
	afd_text_init(&look.sql, SQL_LIMIT);
	afd_text_init(&look.answer, ANSWER_LIMIT);
	int rc = take(&look, previous, err);
	afd_text_free(&look.sql);
	afd_text_free(&look.answer);
	if (rc != 0)
		afd_snapshot_free(snapshot);
	return rc;
}

void afd_snapshot_free(struct afd_snapshot *snapshot)
{
	free(snapshot->rows);
	*snapshot = (struct afd_snapshot){ NULL, 0 };
}

const struct afd_counts *afd_snapshot_table(const struct afd_snapshot *snapshot, const char *table)
{
	return find_row(snapshot, afd_span_of(table));
}

long long afd_counts_delta(const struct afd_counts *before, const struct afd_counts *after)
{
	return (long long)(after->final - before->final);
}

bool afd_counts_changed(const struct afd_counts *before, const struct afd_counts *after)
{
	return before->final != after->final || strcmp(before->max_version, after->max_version) != 0 ||
		   strcmp(before->max_time, after->max_time) != 0;
}
