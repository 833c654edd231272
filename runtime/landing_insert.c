/* SPDX-License-Identifier: MIT */
#include "landing_insert.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ClickHouse takes 256 KiB of SQL by default; rows are no SQL. */
enum { ROWS_FULL = 1 << 20, KEYS_FULL = 96 << 10, COUNT_FULL = 10000 };

void afd_batch_init(struct afd_batch *batch)
{
	batch->count = 0;
	afd_text_init(&batch->rows, ROWS_FULL + AFD_ROW_LIMIT);
	afd_text_init(&batch->keys, KEYS_FULL + 2 * (size_t)AFD_ROW_LIMIT);
}

void afd_batch_free(struct afd_batch *batch)
{
	afd_text_free(&batch->rows);
	afd_text_free(&batch->keys);
}

bool afd_batch_is_full(const struct afd_batch *batch)
{
	return batch->rows.size >= ROWS_FULL || batch->keys.size >= KEYS_FULL || batch->count >= COUNT_FULL;
}

bool afd_batch_add(struct afd_batch *batch, const struct afd_plan *plan, const struct afd_row *row)
{
	afd_text_add(&batch->rows, afd_text_span(&row->json));
	afd_text_putc(&batch->rows, '\n');
	for (size_t i = 0; i < plan->key_count; i++) {
		afd_text_puts(&batch->keys, i > 0 ? ", " : batch->count > 0 ? ", (" : "(");
		afd_clickhouse_quote_literal(afd_text_span(&row->values[i]), &batch->keys);
	}
	if (plan->key_count > 0)
		afd_text_putc(&batch->keys, ')');
	batch->count++;
	return !batch->rows.failed && !batch->keys.failed;
}

/* The key's column as text: what went in is then compared with what comes out. */
static int write_key_column(const struct afd_plan *plan, size_t place, struct afd_clickhouse *client,
							struct afd_text *sql, struct afd_error *err)
{
	const struct afd_plan_column *column = &plan->columns[plan->key[place]];
	const struct afd_sql_column *known = afd_sql_column_of(&plan->table[0], afd_span_of(column->name));
	bool plain = known && strcmp(known->type, "String") == 0;
	afd_text_puts(sql, plain ? "" : column->type.nullable ? "ifNull(toString(" : "toString(");
	int rc = afd_clickhouse_quote_identifier(client, column->name, sql, err);
	afd_text_puts(sql, plain ? "" : column->type.nullable ? "), '')" : ")");
	return rc;
}

static int write_key(const struct afd_plan *plan, struct afd_clickhouse *client, struct afd_text *sql,
					 struct afd_error *err)
{
	int rc = 0;
	for (size_t i = 0; i < plan->key_count && rc == 0; i++) {
		afd_text_puts(sql, i > 0 ? ", " : "");
		rc = write_key_column(plan, i, client, sql, err);
	}
	return rc;
}

/* Counts the different keys of the batch that the table holds; with `version` only rows of that version or a
 * newer one. */
static int count_keys(const struct afd_batch *batch, const struct afd_plan *plan, const char *version,
					  struct afd_clickhouse *client, size_t *count, struct afd_error *err)
{
	struct afd_text sql;
	struct afd_text out;
	afd_text_init(&sql, batch->keys.limit + 65536);
	afd_text_init(&out, 64);
	afd_text_puts(&sql, "SELECT uniqExact(");
	int rc = write_key(plan, client, &sql, err);
	afd_text_puts(&sql, ") FROM ");
	if (rc == 0)
		rc = afd_clickhouse_quote_identifier(client, plan->landing->table, &sql, err);
	afd_text_puts(&sql, " WHERE (");
	if (rc == 0)
		rc = write_key(plan, client, &sql, err);
	afd_text_puts(&sql, ") IN (");
	afd_text_add(&sql, afd_text_span(&batch->keys));
	afd_text_putc(&sql, ')');
	if (rc == 0 && version) {
		afd_text_puts(&sql, " AND ");
		rc = afd_clickhouse_quote_identifier(client, plan->version_column, &sql, err);
		afd_text_printf(&sql, " >= %s", version);
	}
	if (rc == 0 && sql.failed)
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "the keys of a batch of rows are over a bound");
	if (rc == 0)
		rc = afd_clickhouse_query(client, afd_text_span(&sql), "TabSeparated", &out, err);
	*count = rc == 0 && out.size > 0 ? (size_t)strtoull(out.data, NULL, 10) : 0;
	afd_text_free(&sql);
	afd_text_free(&out);
	return rc;
}

static int send_rows(struct afd_batch *batch, const struct afd_plan *plan, const struct afd_plan_run *run,
					 struct afd_clickhouse *client, struct afd_landed *landed, struct afd_error *err)
{
	bool keyed = plan->key_count > 0;
	size_t known = 0;
	size_t found = batch->count;
	int rc = keyed && plan->replaces ? count_keys(batch, plan, NULL, client, &known, err) : 0;
	if (rc == 0)
		rc = afd_clickhouse_insert(client, plan->landing->table, &plan->names, afd_text_span(&batch->rows),
								   err);
	if (rc != 0)
		return rc;
	landed->rows += batch->count;
	if (keyed)
		rc = count_keys(batch, plan, plan->version_column ? run->version : NULL, client, &found, err);
	landed->fresh += batch->count - (known < batch->count ? known : batch->count);
	landed->confirmed += found;
	return rc;
}

int afd_batch_send(struct afd_batch *batch, const struct afd_plan *plan, const struct afd_plan_run *run,
				   struct afd_clickhouse *client, struct afd_landed *landed, struct afd_error *err)
{
	int rc = batch->count > 0 ? send_rows(batch, plan, run, client, landed, err) : 0;
	afd_text_clear(&batch->rows);
	afd_text_clear(&batch->keys);
	batch->count = 0;
	return rc;
}
