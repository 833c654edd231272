/* SPDX-License-Identifier: MIT
 * The tests of the Qtickets spec that land somewhere, asked of the simulator and landed on an engine, page by
 * page. Include after clickhouse_engines.h and sim_client.h. */
#ifndef AFFIDAVIT_TESTS_LANDING_AUDIT_H
#define AFFIDAVIT_TESTS_LANDING_AUDIT_H

#include "expect.h"
#include "landing_spec.h"
#include "landing_variable.h"
#include "reconcile.h"

#define SPEC_HOST "https://qtickets.ru"

struct audit {
	const struct spec *spec;
	struct sim *sim;
	struct afd_clickhouse *client;
	struct afd_lander *lander;
	struct afd_arena arena;
	struct afd_vars vars;
	struct afd_snapshot baseline, last;
	struct afd_reconciliation found;
	size_t cases, rows, pages;
};

static inline struct afd_snapshot audit_snapshot(const struct audit *audit)
{
	struct afd_snapshot snapshot;
	struct afd_error err = { 0 };
	if (afd_snapshot_take(audit->client, &audit->spec->suite.watch, NULL, &snapshot, &err) != 0)
		fail_msg("%s", err.text);
	return snapshot;
}

/* On the tables as they are; those that are not there are made. */
static inline void audit_begin(struct audit *audit, const struct spec *spec, struct sim *sim,
							   struct afd_clickhouse *client, long long started)
{
	memset(audit, 0, sizeof *audit);
	audit->spec = spec;
	audit->sim = sim;
	audit->client = client;
	audit->lander = spec_open_at(spec, client, started);
	audit->found.arena = &audit->arena;
	afd_vars_init(&audit->vars, &spec->suite.variables);
	audit->baseline = audit_snapshot(audit);
	audit->last = audit_snapshot(audit);
}

static inline void audit_end(struct audit *audit)
{
	afd_lander_close(audit->lander);
	afd_vars_free(&audit->vars);
	afd_snapshot_free(&audit->baseline);
	afd_snapshot_free(&audit->last);
	afd_arena_free(&audit->arena);
}

/* One page; true where there is a next one. */
static inline bool audit_page(struct audit *audit, const struct afd_model_test *test, struct afd_span url,
							  struct afd_span body, struct afd_landing_case *landing, struct afd_pages *pages)
{
	struct reply reply;
	struct afd_json json;
	struct afd_json_error error;
	struct afd_error err = { 0 };
	uint32_t node;
	const char *path = afd_arena_copy(&audit->arena, afd_span_from(url, strlen(SPEC_HOST)));
	const char *text = body.size > 0 ? afd_arena_copy(&audit->arena, body) : NULL;
	send_as(audit->sim, NULL, test->method, path, text, &reply);
	if (reply.status != 200 || !afd_json_parse(afd_text_span(&reply.body), &json, &error))
		fail_msg("%s: status %ld: %.300s", test->id, reply.status, reply.body.data);
	struct afd_masked masked = afd_mask_json(audit->spec->masker, &json, 0, &audit->arena);
	if (afd_landing_page(landing, masked, &err) != 0)
		fail_msg("%s: %s", test->id, err.text);
	bool more = afd_pages_take(pages, &json, afd_answer_records(&json, &node));
	audit->pages++;
	afd_json_free(&json);
	forget(&reply);
	return more;
}

static inline void audit_pages(struct audit *audit, const struct afd_model_test *test, const char *url,
							   struct afd_landing_case *landing, struct afd_pages *pages)
{
	struct afd_text next_url;
	struct afd_text next_body;
	struct afd_error err = { 0 };
	struct afd_span body = test->body.stated ? test->body.bytes : (struct afd_span){ "", 0 };
	afd_text_init(&next_url, 1 << 16);
	afd_text_init(&next_body, 1 << 20);
	afd_pages_begin(pages, afd_span_of(url), body, 50);
	bool more = audit_page(audit, test, afd_span_of(url), body, landing, pages);
	while (more) {
		afd_text_clear(&next_url);
		afd_text_clear(&next_body);
		assert_int_equal(afd_pages_request(pages, &next_url, &next_body, &err), 0);
		more = audit_page(audit, test, afd_text_span(&next_url), afd_text_span(&next_body), landing, pages);
	}
	afd_text_free(&next_url);
	afd_text_free(&next_body);
}

static inline void audit_case(struct audit *audit, const struct afd_model_test *test,
							  const struct afd_model_case *it)
{
	struct afd_name names[8];
	struct afd_landing_variables variables;
	struct afd_landing_case landing;
	struct afd_pages pages;
	struct afd_error err = { 0 };
	struct afd_binding bindings[8];
	for (size_t i = 0; i < test->lands_in.count; i++)
		names[i] = (struct afd_name){ test->lands_in.rows[i].line, test->lands_in.rows[i].name };
	for (size_t i = 0; i < it->bindings.count; i++)
		bindings[i] = (struct afd_binding){ it->bindings.rows[i].name, it->bindings.rows[i].value };
	const struct afd_test asked = { .id = test->id, .lands_in = { names, test->lands_in.count } };
	const struct afd_case one = { .id = it->id, .bindings = { bindings, it->bindings.count } };
	if (afd_landing_variables(&audit->spec->suite, &asked, &one, &audit->vars, audit->spec->masker,
							  &audit->arena, &variables, &err) != 0 ||
		afd_landing_begin(&landing, audit->lander, &asked, variables, &err) != 0)
		fail_msg("%s: %s", it->id, err.text);
	audit_pages(audit, test, it->case_url, &landing, &pages);
	struct afd_snapshot after = audit_snapshot(audit);
	for (size_t i = 0; i < landing.count; i++) {
		const char *table = landing.rows[i].landing->table;
		audit->rows += landing.rows[i].rows;
		afd_reconcile_case(&audit->found, &landing.rows[i], &pages, afd_snapshot_table(&audit->last, table),
						   afd_snapshot_table(&after, table));
	}
	afd_landing_end(&landing);
	afd_snapshot_free(&audit->last);
	audit->last = after;
	audit->cases++;
}

/* Every case that lands, in the order of the spec; with `only` those of one test. */
static inline void audit_run(struct audit *audit, const char *only)
{
	for (size_t i = 0; i < audit->spec->model.tests.count; i++) {
		const struct afd_model_test *test = &audit->spec->model.tests.rows[i];
		if (test->lands_in.count == 0 || (only && strcmp(only, test->id) != 0))
			continue;
		for (size_t k = 0; k < test->cases.count; k++)
			audit_case(audit, test, &test->cases.rows[k]);
	}
}

/* The texts of the findings, one a line. */
static inline const char *audit_findings(struct audit *audit)
{
	const char *all = "";
	for (size_t i = 0; i < audit->found.count; i++)
		all = afd_arena_printf(&audit->arena, "%s%s\n", all, audit->found.rows[i].text.data);
	return all;
}

#endif
