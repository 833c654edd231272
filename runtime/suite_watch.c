/* SPDX-License-Identifier: MIT
 * The tables around a case: landed into, counted, judged. */
#include "suite_case.h"

struct afd_tables_line afd_tables_before(struct afd_exchange *exchange)
{
	const struct afd_database *database = &exchange->run->database;
	struct afd_tables_line line = { .state = database->state, .count = database->now.count };
	if (database->state == AFD_TABLES_WATCHED)
		line.before = afd_database_rows(&database->now, &exchange->arena);
	return line;
}

static void list_skipped(const struct afd_landed *landed, struct afd_landed_line *line,
						 struct afd_arena *arena)
{
	struct afd_skipped_line *rows = NULL;
	for (int skip = AFD_SKIP_NONE + 1; skip < AFD_SKIPS; skip++) {
		if (landed->skipped[skip] == 0)
			continue;
		struct afd_skipped_line *row = afd_arena_push(arena, &rows, &line->skipped_count, sizeof *rows);
		*row = (struct afd_skipped_line){ afd_skip_text((enum afd_skip)skip), landed->skipped[skip] };
	}
	line->skipped = rows;
}

static void list_landed(struct afd_exchange *exchange)
{
	struct afd_landed_line *lines =
		afd_arena_array(&exchange->arena, exchange->landing.count + 1, sizeof *lines);
	for (size_t i = 0; i < exchange->landing.count; i++) {
		const struct afd_landed *landed = &exchange->landing.rows[i];
		lines[i] = (struct afd_landed_line){
			.table = landed->landing->table,
			.pages = landed->pages,
			.answered = landed->answered,
			.eligible = landed->eligible,
			.duplicates = landed->duplicates,
			.conflicts = landed->conflicts,
			.rows = landed->rows,
			.fresh = landed->fresh,
			.confirmed = landed->confirmed,
		};
		list_skipped(landed, &lines[i], &exchange->arena);
		exchange->run->database.rows += landed->rows;
	}
	exchange->line.landed = lines;
	exchange->line.landed_count = exchange->landing.count;
}

/* Not 0: the tables were lost. */
static int watch(struct afd_exchange *exchange, struct afd_error *problem)
{
	struct afd_run *run = exchange->run;
	int rc = afd_land(exchange, problem);
	list_landed(exchange);
	if (rc == 0)
		rc = afd_database_look(run, &exchange->before, problem);
	if (rc != 0)
		return rc;
	exchange->line.tables.after = afd_database_rows(&run->database.now, &exchange->arena);
	if (exchange->judgement.evaluated)
		afd_judge_changes(exchange);
	return 0;
}

int afd_watch_case(struct afd_exchange *exchange, struct afd_error *err)
{
	struct afd_run *run = exchange->run;
	struct afd_error problem = { 0 };
	bool sent = exchange->line.attempt_count > 0;
	int rc = 0;
	if (run->database.state == AFD_TABLES_WATCHED && watch(exchange, &problem) != 0) {
		rc = afd_database_lose(run, exchange->of->it->id, &problem, err);
		exchange->line.tables.state = AFD_TABLES_LOST;
		exchange->judgement.lost = true;
	}
	if (sent)
		afd_conclude(exchange);
	return rc;
}
