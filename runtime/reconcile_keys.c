/* SPDX-License-Identifier: MIT
 * Keys that stand twice in a table although its rows are merged. */
#include "reconcile.h"

#include "base/sql.h"
#include "reconcile_find.h"

#include <stdlib.h>
#include <string.h>

enum { SQL_LIMIT = 1 << 20, ANSWER_LIMIT = 65536 };

static int write_key(struct afd_clickhouse *client, const char *key, struct afd_text *sql,
					 struct afd_error *err)
{
	struct afd_span name;
	int rc = 0;
	size_t count = 0;
	for (size_t at = 0; rc == 0 && afd_sql_next_name(afd_span_of(key), &at, &name); count++) {
		char text[128] = "";
		memcpy(text, name.data, name.size < sizeof text ? name.size : 0);
		afd_text_puts(sql, count > 0 ? ", " : "");
		rc = afd_clickhouse_quote_identifier(client, text, sql, err);
	}
	return rc;
}

static int write_query(struct afd_clickhouse *client, const struct afd_watched *watched,
					   const struct afd_counts *counts, struct afd_text *sql, struct afd_error *err)
{
	afd_text_puts(sql, sql->size > 0 ? " UNION ALL SELECT " : "SELECT ");
	afd_clickhouse_quote_literal(afd_span_of(watched->table), sql);
	afd_text_puts(sql, ", count() FROM (SELECT ");
	int rc = write_key(client, watched->key, sql, err);
	afd_text_puts(sql, " FROM ");
	if (rc == 0)
		rc = afd_clickhouse_quote_identifier(client, watched->table, sql, err);
	afd_text_puts(sql, counts->has_final ? " FINAL GROUP BY " : " GROUP BY ");
	if (rc == 0)
		rc = write_key(client, watched->key, sql, err);
	afd_text_puts(sql, " HAVING count() > 1)");
	return rc;
}

static void take_row(struct afd_reconciliation *to, const struct afd_suite *suite, struct afd_span line)
{
	const char *tab = line.size > 0 ? memchr(line.data, '\t', line.size) : NULL;
	unsigned long long keys = tab ? strtoull(tab + 1, NULL, 10) : 0;
	for (size_t i = 0; i < suite->watch.count && tab; i++) {
		const struct afd_watched *watched = &suite->watch.rows[i];
		if (!afd_span_is(afd_span_first(line, (size_t)(tab - line.data)), watched->table))
			continue;
		to->checks++;
		if (keys > 0)
			afd_reconcile_add(to, watched->table, watched->line, "%llu %s (%s) %s twice or more", keys,
							  keys == 1 ? "key" : "keys", watched->key, keys == 1 ? "stands" : "stand");
	}
}

static int ask(struct afd_reconciliation *to, struct afd_clickhouse *client, const struct afd_suite *suite,
			   struct afd_span sql, struct afd_error *err)
{
	struct afd_text out;
	afd_text_init(&out, ANSWER_LIMIT);
	int rc = afd_clickhouse_query(client, sql, "TabSeparatedRaw", &out, err);
	for (struct afd_span rest = afd_text_span(&out); rc == 0 && rest.size > 0;) {
		const char *newline = memchr(rest.data, '\n', rest.size);
		size_t size = newline ? (size_t)(newline - rest.data) : rest.size;
		take_row(to, suite, afd_span_first(rest, size));
		rest = afd_span_from(rest, size + 1);
	}
	afd_text_free(&out);
	return rc;
}

int afd_reconcile_keys(struct afd_reconciliation *reconciliation, struct afd_clickhouse *client,
					   const struct afd_suite *suite, const struct afd_snapshot *counts,
					   struct afd_error *err)
{
	struct afd_text sql;
	afd_text_init(&sql, SQL_LIMIT);
	int rc = 0;
	for (size_t i = 0; i < suite->watch.count && rc == 0; i++) {
		const struct afd_watched *watched = &suite->watch.rows[i];
		const struct afd_counts *row = afd_snapshot_table(counts, watched->table);
		if (watched->key[0] && row)
			rc = write_query(client, watched, row, &sql, err);
	}
	if (rc == 0 && sql.failed)
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "the names of the tables are over a bound");
	if (rc == 0 && sql.size > 0)
		rc = ask(reconciliation, client, suite, afd_text_span(&sql), err);
	afd_text_free(&sql);
	return rc;
}
