/* SPDX-License-Identifier: MIT
 * Which cases a run takes: --only, --tag, --section, --rerun-failed, --shard. */
#include "suite.h"

#include "report_model.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

enum { NEAR = 2 };

static bool is_glob(const char *pattern)
{
	return strpbrk(pattern, "*?[") != NULL;
}

/* "1.6" is the test; "1.6#1" its first case, also where the only case is called as the test is. */
static bool fits(const char *pattern, const struct afd_test *test, const struct afd_case *it)
{
	if (is_glob(pattern))
		return fnmatch(pattern, test->id, 0) == 0 || fnmatch(pattern, it->id, 0) == 0;
	size_t size = strlen(test->id);
	bool first = it == &test->cases.rows[0] && strncmp(pattern, test->id, size) == 0 &&
				 strcmp(pattern + size, "#1") == 0;
	return first || strcmp(pattern, test->id) == 0 || strcmp(pattern, it->id) == 0;
}

static bool fits_any(const struct afd_strings *patterns, const struct afd_test *test,
					 const struct afd_case *it)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (fits(patterns->rows[i], test, it))
			return true;
	return patterns->count == 0;
}

static bool has_tag(const struct afd_strings *tags, const struct afd_test *test)
{
	for (size_t i = 0; i < tags->count; i++)
		for (size_t k = 0; k < test->tags.count; k++)
			if (strcmp(tags->rows[i], test->tags.rows[k].name) == 0)
				return true;
	return tags->count == 0;
}

/* By the number that the section's heading begins with, or by its whole text. */
static bool in_section(const struct afd_strings *sections, const struct afd_test *test)
{
	const char *section = test->section ? test->section : "";
	for (size_t i = 0; i < sections->count; i++) {
		size_t size = strlen(sections->rows[i]);
		bool begins = size > 0 && strncmp(section, sections->rows[i], size) == 0;
		unsigned char next = begins ? (unsigned char)section[size] : 'x';
		if (begins && !isalnum(next) && !(next == '.' && isdigit((unsigned char)section[size + 1])))
			return true;
	}
	return sections->count == 0;
}

/* Unknown ids
 * ------------------------------------------------------------------------------------------------- */

static void look_nearer(const char *wanted, const char *id, size_t *least, const char **nearest)
{
	size_t distance = afd_span_distance(afd_span_of(wanted), afd_span_of(id));
	if (distance < *least) {
		*least = distance;
		*nearest = id;
	}
}

static int unknown(const struct afd_suite *suite, const char *wanted, struct afd_error *err)
{
	const char *nearest = NULL;
	size_t least = NEAR + 1;
	for (size_t t = 0; t < suite->tests.count; t++) {
		const struct afd_test *test = suite->tests.rows[t];
		look_nearer(wanted, test->id, &least, &nearest);
		for (size_t c = 0; c < test->cases.count; c++)
			look_nearer(wanted, test->cases.rows[c].id, &least, &nearest);
	}
	if (nearest)
		return afd_fail(err, AFD_EXIT_USAGE, "--only: the spec has no test '%.80s'; did you mean '%s'?",
						wanted, nearest);
	return afd_fail(err, AFD_EXIT_USAGE, "--only: the spec has no test '%.80s'; --list shows them", wanted);
}

static int check_patterns(const struct afd_run *run, struct afd_error *err)
{
	const struct afd_strings *patterns = &run->options->only;
	for (size_t i = 0; i < patterns->count; i++) {
		bool known = false;
		for (size_t t = 0; t < run->suite->tests.count && !known; t++) {
			const struct afd_test *test = run->suite->tests.rows[t];
			for (size_t c = 0; c < test->cases.count && !known; c++)
				known = fits(patterns->rows[i], test, &test->cases.rows[c]);
		}
		if (!known)
			return unknown(run->suite, patterns->rows[i], err);
	}
	return 0;
}

/* --rerun-failed
 * ---------------------------------------------------------------------------------------------- */

static bool failed_before(const struct afd_report *report, const char *id)
{
	for (size_t i = 0; i < report->case_count; i++) {
		const struct afd_report_case *of = &report->cases[i];
		if (of->recorded && strcmp(of->id, id) == 0)
			return of->outcome.verdict == AFD_VERDICT_FAIL || of->outcome.verdict == AFD_VERDICT_ERROR;
	}
	return false;
}

static int load_bundle(const struct afd_run *run, struct afd_report *report, struct afd_error *err)
{
	*report = (struct afd_report){ 0 };
	if (!run->options->rerun_failed)
		return 0;
	int rc = afd_report_load(report, run->options->rerun_failed, err);
	if (rc == 0 && strcmp(report->suite, run->suite->name) != 0)
		rc = afd_fail(err, AFD_EXIT_USAGE, "--rerun-failed: the bundle is of another suite, '%.80s'",
					  report->suite);
	return rc;
}

/* Selection
 * --------------------------------------------------------------------------------------------------- */

static bool takes(const struct afd_run *run, const struct afd_report *before, const struct afd_test *test,
				  const struct afd_case *it)
{
	const struct afd_options *options = run->options;
	return fits_any(&options->only, test, it) && has_tag(&options->tags, test) &&
		   in_section(&options->sections, test) && (!options->rerun_failed || failed_before(before, it->id));
}

static void take(struct afd_run *run, size_t index, const struct afd_case *it)
{
	struct afd_selected *slot =
		afd_arena_push(&run->arena, &run->selected, &run->count, sizeof *run->selected);
	*slot = (struct afd_selected){ run->suite->tests.rows[index], it, index };
}

static size_t take_test(struct afd_run *run, const struct afd_report *before, size_t index)
{
	const struct afd_test *test = run->suite->tests.rows[index];
	size_t taken = 0;
	for (size_t c = 0; c < test->cases.count; c++) {
		if (!takes(run, before, test, &test->cases.rows[c]))
			continue;
		take(run, index, &test->cases.rows[c]);
		taken++;
	}
	return taken;
}

/* Tests go to the parts in turn; the cases of a test stay together. */
static void take_tests(struct afd_run *run, const struct afd_report *before)
{
	size_t turn = 0;
	for (size_t t = 0; t < run->suite->tests.count; t++) {
		if (run->suite->tests.rows[t]->stage != AFD_TESTS)
			continue;
		size_t taken = take_test(run, before, t);
		if (taken > 0 && run->options->shards > 0 && turn++ % run->options->shards != run->options->shard - 1)
			run->count -= taken;
	}
}

/* Setup and cleanup
 * --------------------------------------------------------------------------------------------- */

static bool is_selected(const struct afd_run *run, const char *id)
{
	for (size_t i = 0; i < run->count; i++)
		if (strcmp(run->selected[i].test->id, id) == 0)
			return true;
	return false;
}

/* A cleanup has nothing to do where nothing that it needs is run. */
static bool is_due(const struct afd_run *run, const struct afd_test *test)
{
	for (size_t i = 0; i < test->needs.count; i++)
		if (!is_selected(run, test->needs.rows[i].name))
			return false;
	return true;
}

static bool is_named(const struct afd_run *run, const struct afd_test *test, const struct afd_case *it)
{
	return run->options->only.count > 0 && fits_any(&run->options->only, test, it);
}

static void take_stage(struct afd_run *run, enum afd_stage stage)
{
	const struct afd_tests *tests = &run->suite->tests;
	for (size_t t = 0; t < tests->count; t++) {
		const struct afd_test *test = tests->rows[t];
		bool due = test->stage == stage && is_due(run, test);
		for (size_t c = 0; test->stage == stage && c < test->cases.count; c++)
			if (due || is_named(run, test, &test->cases.rows[c]))
				take(run, t, &test->cases.rows[c]);
	}
}

/* A setup or cleanup that the options name, where they name no test. */
static bool names_stage(const struct afd_run *run, const struct afd_report *before)
{
	const struct afd_tests *tests = &run->suite->tests;
	for (size_t t = 0; t < tests->count; t++)
		for (size_t c = 0; tests->rows[t]->stage != AFD_TESTS && c < tests->rows[t]->cases.count; c++)
			if (takes(run, before, tests->rows[t], &tests->rows[t]->cases.rows[c]))
				return true;
	return false;
}

/* Setups come before what is selected, cleanups after it, whatever the options name. */
static void take_all(struct afd_run *run, const struct afd_report *before)
{
	take_tests(run, before);
	if (run->count == 0 && !names_stage(run, before))
		return;
	struct afd_selected *tests = run->selected;
	size_t count = run->count;
	run->selected = NULL;
	run->count = 0;
	take_stage(run, AFD_SETUP);
	for (size_t i = 0; i < count; i++)
		take(run, tests[i].index, tests[i].it);
	take_stage(run, AFD_CLEANUP);
}

static void count_all(struct afd_run *run)
{
	const struct afd_tests *tests = &run->suite->tests;
	for (size_t t = 0; t < tests->count; t++) {
		run->cases += tests->rows[t]->cases.count;
		run->setups += tests->rows[t]->stage == AFD_SETUP;
	}
}

int afd_select_cases(struct afd_run *run, struct afd_error *err)
{
	struct afd_report before;
	int rc = check_patterns(run, err);
	if (rc != 0)
		return rc;
	rc = load_bundle(run, &before, err);
	count_all(run);
	if (rc == 0)
		take_all(run, &before);
	if (rc == 0 && run->count == 0)
		rc = afd_fail(err, AFD_EXIT_USAGE, "no case is selected: --list shows them with their sections");
	afd_report_free(&before);
	return rc;
}
