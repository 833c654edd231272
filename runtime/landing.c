/* SPDX-License-Identifier: MIT */
#include "landing.h"

#include "expect.h"
#include "landing_insert.h"
#include "landing_keys.h"
#include "landing_plan.h"
#include "landing_tables.h"
#include "landing_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct afd_lander {
	const struct afd_suite *suite;
	struct afd_clickhouse *client;
	struct afd_arena arena;
	struct afd_tables tables;
	struct afd_plan *plans; /* one for each landing of the suite */
	struct afd_plan_run run;
};

const char *afd_skip_text(enum afd_skip skip)
{
	static const char *const texts[AFD_SKIPS] = {
		[AFD_SKIP_NONE] = "",
		[AFD_SKIP_CONDITION] = "the condition is not met",
		[AFD_SKIP_KEY] = "no key",
		[AFD_SKIP_TIME] = "no time",
		[AFD_SKIP_TYPE] = "a value of another type",
		[AFD_SKIP_RANGE] = "a number out of range",
		[AFD_SKIP_PAIR] = "values that are no pairs",
		[AFD_SKIP_BOUND] = "over a bound",
	};
	return skip > AFD_SKIP_NONE && skip < AFD_SKIPS ? texts[skip] : texts[AFD_SKIP_NONE];
}

static int write_run(struct afd_plan_run *run, long long started, struct afd_error *err)
{
	char moscow[AFD_MOSCOW_TEXT];
	if (!afd_moscow_of_seconds(started, moscow))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the clock is out of the years 1970 to 2105: set it");
	snprintf(run->version, sizeof run->version, "%lld", started);
	snprintf(run->time, sizeof run->time, "%s", moscow);
	return 0;
}

static int open_lander(struct afd_lander *lander, const struct afd_lander_options *options,
					   struct afd_error *err)
{
	const struct afd_suite *suite = options->suite;
	int rc = write_run(&lander->run, options->started, err);
	if (rc == 0 && options->create_tables)
		rc = afd_tables_make(lander->client, suite, err);
	if (rc == 0)
		rc = afd_tables_read(lander->client, suite, &lander->arena, &lander->tables, err);
	if (rc == 0)
		rc = afd_tables_check(&lander->tables, suite, afd_clickhouse_where(lander->client), err);
	lander->plans = afd_arena_array(&lander->arena, suite->landings.count + 1, sizeof *lander->plans);
	for (size_t i = 0; i < suite->landings.count && rc == 0; i++) {
		const struct afd_landing *landing = &suite->landings.rows[i];
		const struct afd_table *table = afd_tables_find(&lander->tables, landing->table);
		rc = afd_plan_compile(&lander->plans[i], suite, landing, &table->columns, &lander->arena, err);
		lander->plans[i].replaces = table->replaces;
	}
	return rc;
}

int afd_lander_open(struct afd_lander **lander, const struct afd_lander_options *options,
					struct afd_error *err)
{
	*lander = calloc(1, sizeof **lander);
	if (!*lander)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	(*lander)->suite = options->suite;
	(*lander)->client = options->client;
	int rc = open_lander(*lander, options, err);
	if (rc != 0) {
		afd_lander_close(*lander);
		*lander = NULL;
	}
	return rc;
}

void afd_lander_close(struct afd_lander *lander)
{
	if (!lander)
		return;
	for (size_t i = 0; lander->plans && i < lander->suite->landings.count; i++)
		afd_plan_free(&lander->plans[i]);
	afd_arena_free(&lander->arena);
	free(lander);
}

static bool lands_in(const struct afd_test *test, const char *table)
{
	for (size_t i = 0; i < test->lands_in.count; i++)
		if (strcmp(test->lands_in.rows[i].name, table) == 0)
			return true;
	return false;
}

int afd_landing_begin(struct afd_landing_case *landing, struct afd_lander *lander,
					  const struct afd_test *test, struct afd_landing_variables variables,
					  struct afd_error *err)
{
	const struct afd_landings *landings = &lander->suite->landings;
	*landing = (struct afd_landing_case){ .lander = lander, .variables = variables };
	landing->rows = calloc(landings->count + 1, sizeof *landing->rows);
	bool fine = landing->rows != NULL;
	for (size_t i = 0; i < landings->count && fine; i++) {
		if (!lands_in(test, landings->rows[i].table))
			continue;
		struct afd_landed *landed = &landing->rows[landing->count++];
		landed->landing = &landings->rows[i];
		landed->keys = afd_landing_keys_new();
		fine = landed->keys != NULL;
	}
	if (fine)
		return 0;
	afd_landing_end(landing);
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
}

void afd_landing_end(struct afd_landing_case *landing)
{
	for (size_t i = 0; i < landing->count; i++)
		afd_landing_keys_free(landing->rows[i].keys);
	free(landing->rows);
	*landing = (struct afd_landing_case){ 0 };
}

/* A page on its way into one table. */
struct page {
	const struct afd_plan_input *input;
	struct afd_landed *landed;
	struct afd_batch batch;
	struct afd_clickhouse *client;
};

static int send_batch(struct page *page, struct afd_error *err)
{
	return afd_batch_send(&page->batch, page->input->plan, page->input->run, page->client, page->landed, err);
}

/* A key that this case has landed already is not sent again. */
static int add_row(struct page *page, const struct afd_row *row, struct afd_error *err)
{
	struct afd_landed *landed = page->landed;
	landed->eligible++;
	if (page->input->plan->key_count > 0) {
		enum afd_key_seen seen =
			afd_landing_keys_add(landed->keys, afd_text_span(&row->key), afd_text_span(&row->json));
		if (seen == AFD_KEY_NO_MEMORY)
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
		landed->duplicates += seen != AFD_KEY_NEW;
		landed->conflicts += seen == AFD_KEY_OTHER;
		if (seen != AFD_KEY_NEW)
			return 0;
	}
	if (!afd_batch_add(&page->batch, page->input->plan, row))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	return afd_batch_is_full(&page->batch) ? send_batch(page, err) : 0;
}

static int land_record(struct page *page, uint32_t record, struct afd_error *err)
{
	struct afd_row row;
	unsigned line;
	int rc = 0;
	struct afd_landed *landed = page->landed;
	enum afd_skip skip = afd_plan_row(page->input, record, &row, &line);
	landed->answered++;
	if (skip == AFD_SKIP_NONE)
		rc = add_row(page, &row, err);
	else if (landed->skipped[skip]++ == 0)
		landed->skipped_line[skip] = line;
	afd_row_free(&row);
	return rc;
}

static int land_records(struct page *page, struct afd_error *err)
{
	struct afd_nodes records = { 0 };
	const struct afd_plan *plan = page->input->plan;
	int rc = 0;
	if (!afd_jsonpath_select(plan->records, page->input->json, 0, &records))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "the records of %s are over the bound of work of their path",
					  plan->landing->table);
	for (size_t i = 0; i < records.count && rc == 0; i++)
		rc = land_record(page, records.rows[i], err);
	if (rc == 0)
		rc = send_batch(page, err);
	afd_nodes_free(&records);
	return rc;
}

static const struct afd_plan *plan_of(const struct afd_lander *lander, const struct afd_landing *landing)
{
	return &lander->plans[landing - lander->suite->landings.rows];
}

static int land_page(struct afd_landing_case *landing, struct afd_landed *landed, const struct afd_json *json,
					 struct afd_error *err)
{
	struct afd_lander *lander = landing->lander;
	struct afd_plan_input input = { plan_of(lander, landed->landing), json, landing->variables,
									&lander->run };
	struct page page = { .input = &input, .landed = landed, .client = lander->client };
	afd_batch_init(&page.batch);
	landed->pages++;
	int rc = land_records(&page, err);
	afd_batch_free(&page.batch);
	return rc;
}

int afd_landing_page(struct afd_landing_case *landing, struct afd_masked answer, struct afd_error *err)
{
	struct afd_json json;
	struct afd_json_error error;
	if (landing->count == 0)
		return 0;
	if (!afd_json_parse((struct afd_span){ answer.data, answer.size }, &json, &error))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "a masked answer can't land: it is no JSON (%s)",
						error.text);
	int rc = 0;
	if (json.nodes[0].type == AFD_JSON_STRING &&
		afd_json_string_is(afd_json_text(&json, 0), AFD_SPAN("~failed")))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "an answer can't land: masking it ran over its bound");
	bool error_envelope = afd_answer_has_error(&json);
	for (size_t i = 0; i < landing->count && rc == 0 && !error_envelope; i++)
		rc = land_page(landing, &landing->rows[i], &json, err);
	afd_json_free(&json);
	return rc;
}
