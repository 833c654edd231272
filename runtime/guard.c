/* SPDX-License-Identifier: MIT */
#include "guard.h"

#include "placeholder.h"
#include "url.h"

#include <fnmatch.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { URL_MAX = 64 * 1024 };

static int check_downgrade(struct afd_span spec, struct afd_span url, struct afd_error *err)
{
	struct afd_url parts = afd_url_split(url);
	if (afd_url_is_https(afd_url_split(spec)) && !afd_url_is_https(parts) && !afd_url_is_loopback(parts))
		return afd_fail(
			err, AFD_EXIT_REFUSED,
			"--base: the spec says https; http is taken for a loopback address only, not for %.*s",
			(int)(parts.authority.size < 200 ? parts.authority.size : 200), parts.authority.data);
	return 0;
}

/* A slash at its end doesn't count: https://q.ru/api stands for the base https://q.ru/api/ too. */
static size_t prefix_size(const char *prefix)
{
	size_t size = strlen(prefix);
	return size > 0 && prefix[size - 1] == '/' ? size - 1 : size;
}

/* True where `prefix` ends at a border of the URL's parts: https://q.ru is no prefix of https://q.ru.example.
 */
static bool covers(const char *prefix, struct afd_span url)
{
	size_t size = prefix_size(prefix);
	if (size == 0 || url.size < size || memcmp(url.data, prefix, size) != 0)
		return false;
	return size == url.size || afd_url_is_separator(url.data[size]);
}

static struct afd_rebase *named(const struct afd_guard *guard, struct afd_span name)
{
	for (size_t i = 0; i < guard->count; i++)
		if (guard->rows[i].name && afd_span_is(name, guard->rows[i].name))
			return &guard->rows[i];
	return NULL;
}

static bool spec_has_prefix(const struct afd_suite *suite, const char *prefix)
{
	for (size_t i = 0; i < suite->bases.count; i++)
		if (covers(prefix, afd_span_of(suite->bases.rows[i].url)))
			return true;
	for (size_t i = 0; i < suite->tests.count; i++) {
		const struct afd_test *test = suite->tests.rows[i];
		if (covers(prefix, afd_span_of(test->request.url)))
			return true;
		for (size_t j = 0; j < test->cases.count; j++)
			if (test->cases.rows[j].url && covers(prefix, afd_span_of(test->cases.rows[j].url)))
				return true;
	}
	return false;
}

static int add_row(struct afd_guard *guard, const char *name, char *prefix, char *url)
{
	if (!prefix || !url) {
		free(prefix);
		free(url);
		return -1;
	}
	guard->rows[guard->count++] = (struct afd_rebase){ name, prefix, url, false };
	return 0;
}

static int unknown_base(const struct afd_guard *guard, struct afd_span key, struct afd_error *err)
{
	struct afd_text names;
	afd_text_init(&names, 512);
	for (size_t i = 0; i < guard->count; i++)
		if (guard->rows[i].name)
			(void)afd_text_printf(&names, "%s%s", names.size ? ", " : "", guard->rows[i].name);
	int rc = afd_fail(err, AFD_EXIT_USAGE, "--base: the spec has no base '%.*s'; its bases: %s",
					  (int)(key.size < 200 ? key.size : 200), key.data, names.size ? names.data : "none");
	afd_text_free(&names);
	return rc;
}

/* The row that the key of an assignment means, made where there is none; NULL with err set. */
static struct afd_rebase *row_for(struct afd_guard *guard, struct afd_span key, struct afd_error *err)
{
	struct afd_rebase *row = named(guard, key);
	bool is_url = afd_url_split(key).authority.size > 0;
	for (size_t i = 0; is_url && i < guard->count && !row; i++)
		if (afd_span_is(key, guard->rows[i].prefix))
			row = &guard->rows[i];
	if (row)
		return row;
	char *prefix = is_url ? strndup(key.data, key.size) : strdup("");
	bool known = is_url ? prefix && spec_has_prefix(guard->suite, prefix) : afd_span_is(key, "default");
	if (!known) {
		(void)unknown_base(guard, key, err);
		free(prefix);
		return NULL;
	}
	if (add_row(guard, is_url ? NULL : "default", prefix, strdup("")) != 0) {
		(void)afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
		return NULL;
	}
	return &guard->rows[guard->count - 1];
}

/* A key may hold `=` itself: it ends before the URL. */
static size_t key_size(struct afd_span assignment)
{
	size_t plain = afd_span_find(assignment, "=http://", 0);
	size_t secure = afd_span_find(assignment, "=https://", 0);
	return plain < secure ? plain : secure;
}

static int assign(struct afd_guard *guard, struct afd_span assignment, struct afd_error *err)
{
	size_t size = key_size(assignment);
	if (size == 0 || size == SIZE_MAX)
		return afd_fail(err, AFD_EXIT_USAGE, "--base: expected NAME=URL with an http:// or https:// URL");
	struct afd_span url = afd_span_from(assignment, size + 1);
	struct afd_rebase *row = row_for(guard, afd_span_first(assignment, size), err);
	if (!row)
		return (int)err->code;
	if (memchr(url.data, '?', url.size) || memchr(url.data, '#', url.size))
		return afd_fail(err, AFD_EXIT_USAGE, "--base: a base URL has no query and no fragment");
	int rc = afd_url_check(url, err);
	if (rc == 0)
		rc = check_downgrade(afd_span_of(row->prefix), url, err);
	if (rc != 0)
		return rc;
	char *owned = strndup(url.data, url.size);
	if (!owned)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	free(row->url);
	row->url = owned;
	row->replaced = true;
	return 0;
}

int afd_guard_init(struct afd_guard *guard, const struct afd_suite *suite, const char *const *assignments,
				   size_t count, struct afd_error *err)
{
	*guard = (struct afd_guard){ .suite = suite };
	int rc = 0;
	guard->rows = calloc(suite->bases.count + count + 1, sizeof *guard->rows);
	if (!guard->rows)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	for (size_t i = 0; i < suite->bases.count && rc == 0; i++) {
		const struct afd_base *base = &suite->bases.rows[i];
		if (add_row(guard, base->name, strdup(base->url), strdup(base->url)) != 0)
			rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	}
	for (size_t i = 0; i < count && rc == 0; i++)
		rc = assign(guard, afd_span_of(assignments[i]), err);
	if (rc != 0)
		afd_guard_free(guard);
	return rc;
}

void afd_guard_free(struct afd_guard *guard)
{
	for (size_t i = 0; i < guard->count; i++) {
		free(guard->rows[i].prefix);
		free(guard->rows[i].url);
	}
	free(guard->rows);
	guard->rows = NULL;
	guard->count = 0;
}

bool afd_guard_is_rehearsal(const struct afd_guard *guard)
{
	for (size_t i = 0; i < guard->count; i++)
		if (guard->rows[i].replaced)
			return true;
	return false;
}

/* Servers that know these headers take the method from them. */
static bool overrides_method(const struct afd_headers *headers)
{
	static const char *const names[] = { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" };
	for (size_t i = 0; i < headers->count; i++) {
		struct afd_span value = afd_span_trim(afd_span_of(headers->rows[i].value));
		bool safe =
			afd_span_equal_nocase(value, AFD_SPAN("GET")) || afd_span_equal_nocase(value, AFD_SPAN("HEAD"));
		for (size_t j = 0; !safe && j < sizeof names / sizeof names[0]; j++)
			if (afd_span_equal_nocase(afd_span_of(headers->rows[i].name), afd_span_of(names[j])))
				return true;
	}
	return false;
}

enum afd_permission afd_guard_permits(const struct afd_guard *guard, const struct afd_test *test)
{
	bool writes = test->effect == AFD_WRITE || overrides_method(&test->request.headers);
	bool allowed = guard->writes && (!guard->writes_glob || fnmatch(guard->writes_glob, test->id, 0) == 0);
	if (writes && !allowed)
		return AFD_HELD_BACK_WRITE;
	if (guard->max_requests > 0 && guard->sent >= guard->max_requests)
		return AFD_HELD_BACK_BUDGET;
	return AFD_MAY_SEND;
}

static const struct afd_rebase *longest(const struct afd_guard *guard, struct afd_span url, bool replaced)
{
	const struct afd_rebase *best = NULL;
	for (size_t i = 0; i < guard->count; i++) {
		const struct afd_rebase *row = &guard->rows[i];
		if (row->replaced == replaced && covers(row->prefix, url) &&
			(!best || prefix_size(row->prefix) > prefix_size(best->prefix)))
			best = row;
	}
	return best;
}

static const struct afd_rebase *relative_base(const struct afd_guard *guard)
{
	const struct afd_rebase *row = named(guard, AFD_SPAN("default"));
	return row || guard->count != 1 ? row : &guard->rows[0];
}

/* `rest` keeps the slashes that it begins with; without one it gets one. */
static void join(struct afd_span base, struct afd_span rest, struct afd_text *out)
{
	while (afd_span_ends(base, "/"))
		base.size--;
	(void)afd_text_add(out, base);
	if (rest.size > 0 && !afd_url_is_separator(rest.data[0]))
		(void)afd_text_putc(out, '/');
	(void)afd_text_add(out, rest);
}

static bool says_plainly(const struct afd_suite *suite, const char *template, struct afd_url wanted)
{
	struct afd_span text = afd_span_of(template);
	struct afd_url parts = afd_url_split(text);
	if (!afd_span_equal(parts.scheme, wanted.scheme) || !afd_span_equal(parts.authority, wanted.authority))
		return false;
	size_t end = (size_t)(parts.authority.data - text.data) + parts.authority.size;
	for (size_t at = 0; at < end; at++) {
		struct afd_placeholder found;
		if (afd_placeholder_at(&suite->variables, text, at, AFD_IN_URL, &found))
			return false;
	}
	return true;
}

static bool is_in_spec(const struct afd_suite *suite, struct afd_span url)
{
	struct afd_url wanted = afd_url_split(url);
	for (size_t i = 0; i < suite->tests.count; i++) {
		const struct afd_test *test = suite->tests.rows[i];
		if (says_plainly(suite, test->request.url, wanted))
			return true;
		for (size_t j = 0; j < test->cases.count; j++)
			if (test->cases.rows[j].url && says_plainly(suite, test->cases.rows[j].url, wanted))
				return true;
	}
	return false;
}

static int replace(const struct afd_rebase *row, struct afd_span url, struct afd_span rest,
				   struct afd_text *out, bool *replaced, struct afd_error *err)
{
	bool relative = rest.size == url.size;
	*replaced = row->replaced;
	if (row->replaced || relative)
		join(afd_span_of(row->url), rest, out);
	else
		(void)afd_text_add(out, url);
	if (!afd_span_equal(afd_url_split(afd_text_span(out)).authority,
						afd_url_split(afd_span_of(row->url)).authority))
		return afd_fail(err, AFD_EXIT_REFUSED, "the host of the URL is not that of its base");
	return check_downgrade(afd_span_of(row->prefix), afd_text_span(out), err);
}

static int rebase(const struct afd_guard *guard, struct afd_span url, struct afd_text *out, bool *replaced,
				  struct afd_error *err)
{
	bool relative = afd_url_split(url).scheme.size == 0;
	const struct afd_rebase *row = relative ? relative_base(guard) : longest(guard, url, true);
	if (!row && relative)
		return afd_fail(err, AFD_EXIT_USAGE,
						"a relative URL, and the spec has no base URL: say where to with --base default=URL");
	if (!row)
		row = longest(guard, url, false);
	if (row)
		return replace(row, url, afd_span_from(url, relative ? 0 : prefix_size(row->prefix)), out, replaced,
					   err);
	if (!is_in_spec(guard->suite, url))
		return afd_fail(err, AFD_EXIT_REFUSED,
						"the host of the URL is neither a base's nor written in the spec");
	(void)afd_text_add(out, url);
	return 0;
}

int afd_guard_rebase(const struct afd_guard *guard, struct afd_span url, struct afd_text *out, bool *replaced,
					 struct afd_error *err)
{
	afd_text_init(out, URL_MAX);
	*replaced = false;
	if (url.size == 0)
		return afd_fail(err, AFD_EXIT_REFUSED, "an empty URL is not requested");
	int rc = rebase(guard, url, out, replaced, err);
	if (rc == 0 && out->failed)
		rc = afd_fail(err, AFD_EXIT_REFUSED, "a URL over %d bytes is not requested", URL_MAX);
	return rc == 0 ? afd_url_check(afd_text_span(out), err) : rc;
}
