/* SPDX-License-Identifier: MIT
 * Where the requests of a run go, whether someone is there, and whether it is a rehearsal. */
#include "suite_request.h"

#include "suite_connect.h"
#include "url.h"

#include <string.h>

enum { CONNECT_TIMEOUT_MS = 5000 };

const char *afd_base_of(const struct afd_suite *suite, struct afd_span url)
{
	const struct afd_base *best = NULL;
	size_t longest = 0;
	for (size_t i = 0; i < suite->bases.count; i++) {
		struct afd_span base = afd_span_of(suite->bases.rows[i].url);
		while (afd_span_ends(base, "/"))
			base.size--;
		bool covers = url.size >= base.size && memcmp(url.data, base.data, base.size) == 0 &&
					  (url.size == base.size || afd_url_is_separator(url.data[base.size]));
		if (covers && base.size > longest) {
			longest = base.size;
			best = &suite->bases.rows[i];
		}
	}
	if (!best && afd_url_split(url).scheme.size == 0)
		return "default";
	return best ? best->name : NULL;
}

/* scheme://host:port */
static struct afd_span origin_of(struct afd_span url)
{
	struct afd_span authority = afd_url_split(url).authority;
	return afd_span_first(url, authority.size ? (size_t)(authority.data - url.data) + authority.size : 0);
}

static struct afd_span host_of(struct afd_span url)
{
	struct afd_span authority = afd_url_split(url).authority;
	size_t end = afd_span_find(authority, afd_span_starts(authority, "[") ? "]" : ":", 0);
	return end < authority.size ? afd_span_first(authority, end + (authority.data[end] == ']')) : authority;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool goes_to(const struct afd_target *target, struct afd_span origin, const char *base)
{
	return target->used && same(target->name, base) && afd_span_is(origin, target->origin.data);
}

const struct afd_target *afd_destination_of(const struct afd_run *run, struct afd_span url, const char *base)
{
	struct afd_span origin = origin_of(url);
	for (size_t i = 0; i < run->destinations.count; i++)
		if (goes_to(&run->destinations.rows[i], origin, base))
			return &run->destinations.rows[i];
	return NULL;
}

static struct afd_target *push(struct afd_run *run)
{
	struct afd_destinations *to = &run->destinations;
	return afd_arena_push(&run->arena, &to->rows, &to->count, sizeof *to->rows);
}

static const char *url_of_base(const struct afd_suite *suite, const char *name)
{
	for (size_t i = 0; i < suite->bases.count; i++)
		if (same(suite->bases.rows[i].name, name))
			return suite->bases.rows[i].url;
	return NULL;
}

static void add_used(struct afd_run *run, const struct afd_selected *of, const struct afd_prepared *prepared)
{
	struct afd_span spec = afd_span_of(of->it->url ? of->it->url : of->test->request.url);
	struct afd_span final = afd_text_span(&prepared->final);
	const char *base = url_of_base(run->suite, prepared->base);
	struct afd_target *target = push(run);
	target->name = prepared->base;
	target->origin = afd_public(origin_of(final), &run->arena);
	target->url = base && !prepared->replaced ? afd_public(afd_span_of(base), &run->arena) : target->origin;
	target->host = afd_public(host_of(final), &run->arena);
	target->spec_host = afd_public(
		host_of(base && spec.size > 0 && spec.data[0] == '/' ? afd_span_of(base) : spec), &run->arena);
	target->replaced = prepared->replaced;
	target->used = true;
	target->reachable = true;
}

static int find_used(struct afd_run *run, struct afd_error *err)
{
	int rc = 0;
	for (size_t i = 0; i < run->count && rc == 0; i++) {
		struct afd_prepared prepared;
		afd_prepare(run, &run->selected[i], &prepared);
		bool sendable = prepared.refusal.code == AFD_EXIT_OK && prepared.final.size > 0;
		if (sendable && !afd_destination_of(run, afd_text_span(&prepared.final), prepared.base))
			add_used(run, &run->selected[i], &prepared);
		if (prepared.refusal.code == AFD_EXIT_USAGE)
			rc = afd_fail(err, AFD_EXIT_USAGE, "%s", prepared.refusal.text);
		afd_prepared_free(&prepared);
	}
	return rc;
}

static void add_unused(struct afd_run *run)
{
	const struct afd_bases *bases = &run->suite->bases;
	for (size_t i = 0; i < bases->count; i++) {
		bool known = false;
		for (size_t k = 0; k < run->destinations.count; k++)
			known = known || same(run->destinations.rows[k].name, bases->rows[i].name);
		if (known)
			continue;
		struct afd_target *target = push(run);
		target->name = bases->rows[i].name;
		target->url = afd_public(afd_span_of(bases->rows[i].url), &run->arena);
	}
}

static void connect_all(struct afd_run *run)
{
	struct afd_destinations *to = &run->destinations;
	long timeout = run->options->timeout_ms > 0 && run->options->timeout_ms < CONNECT_TIMEOUT_MS
					   ? run->options->timeout_ms
					   : CONNECT_TIMEOUT_MS;
	for (size_t i = 0; i < to->count; i++) {
		struct afd_target *row = &to->rows[i];
		if (!row->used)
			continue;
		row->reachable =
			afd_can_connect((struct afd_span){ row->origin.data, row->origin.size }, timeout, &row->peer);
		to->ready = to->ready && row->reachable;
	}
}

/* The rehearsal's sentence
 * ------------------------------------------------------------------------------------- */

static bool is_rehearsed(const struct afd_target *row)
{
	return row->used &&
		   (row->replaced || same(row->peer, "loopback") ||
			afd_url_is_loopback(afd_url_split((struct afd_span){ row->origin.data, row->origin.size })));
}

/* Each host once, in the order of the rows. */
static void list_hosts(const struct afd_destinations *to, bool spec, struct afd_text *out)
{
	for (size_t i = 0; i < to->count; i++) {
		const char *host = spec ? to->rows[i].spec_host.data : to->rows[i].host.data;
		bool wanted = is_rehearsed(&to->rows[i]) && *host && !(spec && same(host, to->rows[i].host.data));
		for (size_t k = 0; k < i && wanted; k++)
			wanted = !is_rehearsed(&to->rows[k]) ||
					 !same(host, spec ? to->rows[k].spec_host.data : to->rows[k].host.data);
		if (wanted)
			afd_text_printf(out, "%s%s", out->size ? ", " : "", host);
	}
}

static void say_rehearsal(struct afd_run *run)
{
	struct afd_text to, from;
	afd_text_init(&to, 1 << 16);
	afd_text_init(&from, 1 << 16);
	list_hosts(&run->destinations, false, &to);
	list_hosts(&run->destinations, true, &from);
	if (to.size > 0)
		run->destinations.sentence = afd_publicf(&run->arena, "Rehearsal against %s: says nothing about %s",
												 to.data, from.size ? from.data : "any other server");
	afd_text_free(&to);
	afd_text_free(&from);
}

int afd_find_destinations(struct afd_run *run, bool connect, struct afd_error *err)
{
	run->destinations.ready = true;
	int rc = find_used(run, err);
	if (rc != 0)
		return rc;
	add_unused(run);
	if (connect)
		connect_all(run);
	say_rehearsal(run);
	return 0;
}
