/* SPDX-License-Identifier: MIT */
#include "suite_request.h"

#include "url.h"

#include <string.h>

/* Documents write blanks in queries; a request line has none (RFC 3986 section 2.1). */
static void encode_blanks(struct afd_text *url)
{
	struct afd_span written = afd_text_span(url);
	struct afd_span authority = afd_url_split(written).authority;
	size_t from = authority.size ? (size_t)(authority.data + authority.size - written.data) : written.size;
	if (from >= written.size || !memchr(written.data + from, ' ', written.size - from))
		return;
	struct afd_text encoded;
	afd_text_init(&encoded, 3 * written.size);
	for (size_t i = 0; i < written.size; i++)
		if (i > from && written.data[i] == ' ')
			(void)afd_text_puts(&encoded, "%20");
		else
			(void)afd_text_putc(&encoded, written.data[i]);
	afd_text_free(url);
	*url = encoded;
}

static void prepare_url(const struct afd_run *run, const struct afd_selected *of,
						struct afd_prepared *prepared)
{
	struct afd_span template = afd_span_of(of->it->url ? of->it->url : of->test->request.url);
	int rc =
		afd_vars_substitute(&run->vars, of->it, template, AFD_IN_URL, &prepared->url, &prepared->refusal);
	encode_blanks(&prepared->url.text);
	prepared->missing = prepared->url.missing;
	prepared->base = afd_base_of(run->suite, template);
	if (rc == 0 && !prepared->missing)
		(void)!afd_guard_rebase(&run->guard, afd_text_span(&prepared->url.text), &prepared->final,
								&prepared->replaced, &prepared->refusal);
}

static void prepare_body(const struct afd_run *run, const struct afd_selected *of,
						 struct afd_prepared *prepared)
{
	const struct afd_bytes *body = &of->test->request.body;
	struct afd_span template = { body->data, body->size };
	(void)!afd_vars_substitute(&run->vars, of->it, template, AFD_IN_BODY, &prepared->body,
							   &prepared->refusal);
	if (!prepared->missing)
		prepared->missing = prepared->body.missing;
}

const struct afd_test *afd_keeper_of(const struct afd_suite *suite, const char *name)
{
	for (size_t i = 0; i < suite->tests.count; i++)
		for (size_t k = 0; k < suite->tests.rows[i]->keeps.count; k++)
			if (strcmp(suite->tests.rows[i]->keeps.rows[k].name, name) == 0)
				return suite->tests.rows[i];
	return NULL;
}

/* A secret that no answer gives was asked for before the first request. */
static bool is_missing(const struct afd_run *run, const struct afd_selected *of,
					   const struct afd_variable *variable)
{
	if (afd_vars_value(&run->vars, of->it, variable) || afd_secret_present(&run->secrets, variable->name))
		return false;
	return !variable->secret || afd_keeper_of(run->suite, variable->name);
}

static const char *missing_in(const struct afd_run *run, const struct afd_selected *of, struct afd_span value)
{
	struct afd_placeholder found;
	for (size_t at = 0; at < value.size; at++)
		if (afd_placeholder_at(&run->suite->variables, value, at, AFD_IN_HEADER, &found) &&
			is_missing(run, of, found.variable))
			return found.variable->name;
	return NULL;
}

static void look_at_headers(const struct afd_run *run, const struct afd_selected *of,
							struct afd_prepared *prepared)
{
	const struct afd_headers *headers = &of->test->request.headers;
	for (size_t i = 0; i < headers->count && !prepared->missing; i++)
		prepared->missing = missing_in(run, of, afd_span_of(headers->rows[i].value));
}

/* Whatever fails is kept in prepared->refusal. */
void afd_prepare(const struct afd_run *run, const struct afd_selected *of, struct afd_prepared *prepared)
{
	*prepared = (struct afd_prepared){ .has_body = of->test->request.body.line > 0 };
	prepare_url(run, of, prepared);
	if (prepared->has_body && prepared->refusal.code == AFD_EXIT_OK)
		prepare_body(run, of, prepared);
	look_at_headers(run, of, prepared);
}

void afd_prepared_free(struct afd_prepared *prepared)
{
	afd_substitution_free(&prepared->url);
	afd_substitution_free(&prepared->body);
	afd_text_free(&prepared->final);
}

struct afd_masked afd_endpoint_of(const struct afd_selected *of, const struct afd_prepared *prepared,
								  struct afd_arena *arena)
{
	struct afd_span shown = afd_text_span(&prepared->url.shown);
	struct afd_span authority = afd_url_split(shown).authority;
	if (authority.size > 0)
		shown = afd_span_from(shown, (size_t)(authority.data - shown.data) + authority.size);
	struct afd_text text;
	afd_text_init(&text, shown.size + strlen(of->test->request.method) + 1);
	afd_text_puts(&text, of->test->request.method);
	afd_text_putc(&text, ' ');
	afd_text_add(&text, shown);
	struct afd_masked endpoint = afd_public(afd_text_span(&text), arena);
	afd_text_free(&text);
	return endpoint;
}

static bool has_passed(const struct afd_run *run, size_t test)
{
	return run->passed[test] == run->suite->tests.rows[test]->cases.count;
}

/* What a cleanup needs must have happened, whatever was found of it. */
static bool is_met(const struct afd_run *run, const struct afd_test *test, const char *need)
{
	for (size_t t = 0; t < run->suite->tests.count; t++)
		if (strcmp(run->suite->tests.rows[t]->id, need) == 0 &&
			(test->stage == AFD_CLEANUP ? run->executed[t] > 0 : has_passed(run, t)))
			return true;
	return false;
}

/* The first test that this one needs and that has not passed with all its cases. */
static const char *unmet_need(const struct afd_run *run, const struct afd_test *test)
{
	for (size_t i = 0; i < test->needs.count; i++)
		if (!is_met(run, test, test->needs.rows[i].name))
			return test->needs.rows[i].name;
	return NULL;
}

/* The first setup that runs before this test and has not passed. */
static const char *unmet_setup(const struct afd_run *run, const struct afd_test *test)
{
	const struct afd_tests *tests = &run->suite->tests;
	bool before = test->stage != AFD_CLEANUP && run->setups > 0;
	for (size_t t = 0; t < tests->count && before; t++) {
		before = tests->rows[t] != test || test->stage == AFD_TESTS;
		if (before && tests->rows[t]->stage == AFD_SETUP && !has_passed(run, t))
			return tests->rows[t]->id;
	}
	return NULL;
}

enum afd_reason afd_withheld(const struct afd_run *run, const struct afd_selected *of,
							 const struct afd_prepared *prepared)
{
	enum afd_permission permission = afd_guard_permits(&run->guard, of->test);
	if ((run->stopped || run->interrupted) && of->test->stage != AFD_CLEANUP)
		return AFD_REASON_STOPPED;
	if (of->it->blocked)
		return AFD_REASON_SPEC;
	if (permission == AFD_HELD_BACK_WRITE)
		return AFD_REASON_WRITE;
	if (run->database.state == AFD_TABLES_LOST)
		return AFD_REASON_DATABASE;
	if (unmet_setup(run, of->test) || unmet_need(run, of->test))
		return AFD_REASON_NEEDS;
	if (prepared->missing)
		return AFD_REASON_VALUE;
	if (permission == AFD_HELD_BACK_BUDGET)
		return AFD_REASON_BUDGET;
	const struct afd_target *target =
		afd_destination_of(run, afd_text_span(&prepared->final), prepared->base);
	if (prepared->refusal.code == AFD_EXIT_OK && target && !target->reachable)
		return AFD_REASON_UNREACHABLE;
	return AFD_REASON_NONE;
}

static struct afd_masked missing_value(const struct afd_run *run, const char *name, struct afd_arena *arena)
{
	const struct afd_test *keeper = afd_keeper_of(run->suite, name);
	const char *failed = afd_vars_doubted_by(&run->vars, name);
	if (failed)
		return afd_publicf(arena, "no value for %s: %s, which gave it, has not passed", name, failed);
	if (!keeper)
		return afd_publicf(arena, "no value for %s", name);
	return afd_publicf(arena, "no value for %s: %s keeps it, and has not", name, keeper->id);
}

static struct afd_masked unmet(const struct afd_run *run, const struct afd_test *test,
							   struct afd_arena *arena)
{
	const char *setup = unmet_setup(run, test);
	if (setup)
		return afd_publicf(arena, "the setup %s has not passed", setup);
	return afd_publicf(arena, "needs %s, which has not %s", unmet_need(run, test),
					   test->stage == AFD_CLEANUP ? "been answered" : "passed");
}

struct afd_masked afd_withheld_notes(const struct afd_run *run, const struct afd_selected *of,
									 const struct afd_prepared *prepared, enum afd_reason reason,
									 struct afd_arena *arena)
{
	static const struct afd_masked nothing;
	switch (reason) {
	case AFD_REASON_WRITE: return afd_publicf(arena, "a write, held back: --allow-writes sends it");
	case AFD_REASON_VALUE: return missing_value(run, prepared->missing, arena);
	case AFD_REASON_SPEC: return afd_public(afd_span_of(of->it->blocked), arena);
	case AFD_REASON_NEEDS: return unmet(run, of->test, arena);
	case AFD_REASON_BUDGET:
		return afd_publicf(arena, "over the %zu requests of --max-requests", run->guard.max_requests);
	case AFD_REASON_DATABASE: return afd_publicf(arena, "the tables were lost before");
	case AFD_REASON_UNREACHABLE: return afd_publicf(arena, "no connection before the first request");
	case AFD_REASON_STOPPED:
		return afd_publicf(arena, run->interrupted ? "a signal ended the run before"
												   : "--fail-fast ended the run before");
	default: return nothing;
	}
}
