/* SPDX-License-Identifier: MIT
 * --list and --plan: what a run would do. Neither sends anything nor needs a secret: header values are shown
 * as the spec has them, values from outside the spec stay names. */
#include "suite_console.h"
#include "suite_request.h"

#include <string.h>

static void print_field(const struct afd_run *run, const char *label, const char *text)
{
	fprintf(run->out, "   %s", label);
	afd_console_text(run->out, text);
	fputc('\n', run->out);
}

static const char *effect_of(const struct afd_test *test)
{
	return test->effect == AFD_WRITE ? "write" : "read";
}

static const char *url_of(const struct afd_selected *of)
{
	return of->it->url ? of->it->url : of->test->request.url;
}

void afd_run_list(const struct afd_run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		const struct afd_selected *of = &run->selected[i];
		afd_console_text(run->out, of->it->id);
		fprintf(run->out, "\t%s\t%s ", effect_of(of->test), of->test->request.method);
		afd_console_text(run->out, url_of(of));
		fputc('\t', run->out);
		afd_console_text(run->out, of->test->title ? of->test->title : "");
		fputc('\n', run->out);
	}
}

/* The shown URL after --base; of a replaced base only scheme://host:port is new, the rest is the spec's. */
static void print_url(const struct afd_run *run, const struct afd_selected *of,
					  const struct afd_prepared *prepared)
{
	struct afd_error ignored = { 0 };
	struct afd_text shown;
	bool replaced;
	int rc = afd_guard_rebase(&run->guard, afd_text_span(&prepared->url.shown), &shown, &replaced, &ignored);
	fprintf(run->out, "   %s ", of->test->request.method);
	afd_console_text(run->out, rc == 0                    ? shown.data
							   : prepared->url.shown.data ? prepared->url.shown.data
														  : url_of(of));
	fputs(replaced ? " (base replaced)\n" : "\n", run->out);
	afd_text_free(&shown);
}

static void print_headers(const struct afd_run *run, const struct afd_test *test)
{
	for (size_t i = 0; i < test->request.headers.count; i++) {
		const struct afd_header *header = &test->request.headers.rows[i];
		fputs("   ", run->out);
		afd_console_text(run->out, header->name);
		fputs(": ", run->out);
		afd_console_text(run->out, header->value);
		fputc('\n', run->out);
	}
}

static void print_body(const struct afd_run *run, const struct afd_selected *of,
					   const struct afd_prepared *prepared)
{
	const struct afd_bytes *body = &of->test->request.body;
	char digest[AFD_SHA256_HEX + 1];
	if (!prepared->has_body) {
		fputs("   no body\n", run->out);
		return;
	}
	afd_sha256_hex((struct afd_span){ body->data, body->size }, digest);
	fprintf(run->out, "   body: %zu bytes, sha256 %s%s\n", body->size, digest,
			prepared->body.all_from_spec ? "" : ", with values put in");
}

/* The test before which a value is kept under this name; NULL: none. */
static const char *kept_by(const struct afd_run *run, const char *name)
{
	for (size_t i = 0; i < run->count; i++)
		for (size_t k = 0; k < run->selected[i].test->keeps.count; k++)
			if (strcmp(run->selected[i].test->keeps.rows[k].name, name) == 0)
				return run->selected[i].test->id;
	return NULL;
}

/* True where the case would be sent, as far as can be known before anything is. */
static bool print_permission(const struct afd_run *run, const struct afd_selected *of,
							 const struct afd_prepared *prepared, struct afd_arena *arena)
{
	enum afd_reason reason = afd_withheld(run, of, prepared);
	const char *keeper = reason == AFD_REASON_VALUE ? kept_by(run, prepared->missing) : NULL;
	if (reason == AFD_REASON_WRITE)
		print_field(run, "held back: ", "write");
	else if (keeper)
		print_field(run, "would be sent, with the value kept by ", keeper);
	else if (reason == AFD_REASON_NEEDS)
		print_field(run, "would be sent, where what it needs has passed", "");
	else if (reason != AFD_REASON_NONE)
		print_field(run, "blocked: ", afd_withheld_notes(run, of, prepared, reason, arena).data);
	else if (prepared->refusal.code != AFD_EXIT_OK)
		print_field(run, "refused: ", prepared->refusal.text);
	else if (of->test->expectations.count == 0)
		print_field(run, "not sent: ", "asserts nothing");
	else {
		print_field(run, "would be sent", "");
		return true;
	}
	return keeper || reason == AFD_REASON_NEEDS;
}

static void print_flow(const struct afd_run *run, const struct afd_test *test)
{
	if (test->stage != AFD_TESTS)
		print_field(run, test->stage == AFD_SETUP ? "setup" : "cleanup", "");
	if (test->repeat.line)
		fprintf(run->out, "   repeated every %u ms, %u times at most\n", test->repeat.interval_ms,
				test->repeat.times);
}

/* The budget counts as if each case were sent once. */
static void plan_case(struct afd_run *run, const struct afd_selected *of)
{
	struct afd_arena arena = { 0 };
	struct afd_prepared prepared;
	afd_prepare(run, of, &prepared);
	afd_console_text(run->out, of->test->spec);
	fprintf(run->out, ":%u: ", of->it->line);
	afd_console_text(run->out, of->it->id);
	fprintf(run->out, " (%s)\n", effect_of(of->test));
	print_url(run, of, &prepared);
	print_headers(run, of->test);
	print_body(run, of, &prepared);
	print_flow(run, of->test);
	run->guard.sent += print_permission(run, of, &prepared, &arena);
	afd_prepared_free(&prepared);
	afd_arena_free(&arena);
}

int afd_run_plan(struct afd_run *run, struct afd_error *err)
{
	int rc = afd_find_destinations(run, false, err);
	if (rc != 0)
		return rc;
	if (run->destinations.sentence.data)
		fprintf(run->out, "%s\n", run->destinations.sentence.data);
	for (size_t i = 0; i < run->count; i++)
		plan_case(run, &run->selected[i]);
	fprintf(run->out, "%zu of %zu selected cases would be sent; nothing was sent\n", run->guard.sent,
			run->count);
	return 0;
}
