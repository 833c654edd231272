/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include "index.h"
#include "put.h"

#include <stdint.h>
#include <string.h>

static void index_tests(struct afd_index *index, const struct afd_model *model)
{
	for (size_t i = 0; i < model->tests.count; i++)
		afd_index_put(index, model->arena, model->tests.rows[i].id, i);
}

static const struct afd_model_test *find_test(const struct afd_model *model, const struct afd_index *index, const char *id)
{
	size_t number = afd_index_find(index, id);
	return number == SIZE_MAX ? NULL : &model->tests.rows[number];
}

static bool headers_differ(const struct afd_model_test *a, const struct afd_model_test *b)
{
	if (a->headers.count != b->headers.count)
		return true;
	for (size_t i = 0; i < a->headers.count; i++)
		if (strcmp(a->headers.rows[i].name, b->headers.rows[i].name) != 0 ||
			strcmp(a->headers.rows[i].value, b->headers.rows[i].value) != 0)
			return true;
	return false;
}

static bool steps_equal(const struct afd_model_term *a, const struct afd_model_term *b)
{
	bool equal = a->steps.count == b->steps.count;
	for (size_t i = 0; equal && i < a->steps.count; i++) {
		const struct afd_model_step *x = &a->steps.rows[i];
		const struct afd_model_step *y = &b->steps.rows[i];
		equal = strcmp(x->measure, y->measure) == 0 &&
				strcmp(x->with ? x->with : "", y->with ? y->with : "") == 0;
	}
	return equal;
}

static bool terms_equal(const struct afd_model_term *a, const struct afd_model_term *b)
{
	return a->expectation == b->expectation && a->alternative == b->alternative && a->negated == b->negated &&
		   strcmp(a->subject, b->subject) == 0 && steps_equal(a, b) &&
		   strcmp(a->predicate, b->predicate) == 0 && strcmp(a->name, b->name) == 0 &&
		   strcmp(a->value, b->value) == 0;
}

static bool expectations_differ(const struct afd_model_test *a, const struct afd_model_test *b)
{
	if (a->terms.count != b->terms.count)
		return true;
	for (size_t i = 0; i < a->terms.count; i++)
		if (!terms_equal(&a->terms.rows[i], &b->terms.rows[i]))
			return true;
	return false;
}

static bool strings_differ(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") != 0;
}

static bool cases_differ(const struct afd_model_test *a, const struct afd_model_test *b)
{
	if (a->cases.count != b->cases.count)
		return true;
	for (size_t i = 0; i < a->cases.count; i++)
		if (strings_differ(a->cases.rows[i].case_url, b->cases.rows[i].case_url))
			return true;
	return false;
}

static void compare_one(struct afd_diff_row *row)
{
	const struct afd_model_test *a = row->before;
	const struct afd_model_test *b = row->after;
	row->request = strcmp(a->method, b->method) != 0 || strcmp(a->url, b->url) != 0;
	row->headers = headers_differ(a, b);
	row->body = a->body.stated != b->body.stated || !afd_span_equal(a->body.bytes, b->body.bytes);
	row->expectations = expectations_differ(a, b);
	row->effect = a->write != b->write;
	row->cases = !row->request && cases_differ(a, b);
	bool said = row->request || row->headers || row->body || row->expectations || row->effect || row->cases;
	row->text = !said && strcmp(a->sha256, b->sha256) != 0;
	row->difference = said || row->text ? AFD_CHANGED_TEST : AFD_MOVED_TEST;
}

static struct afd_diff_row *add_row(struct afd_diff *diff, const struct afd_model *after)
{
	return afd_arena_push(after->arena, &diff->rows.rows, &diff->rows.count, sizeof *diff->rows.rows);
}

/* The tests of the old spec from `begin` to `end` that the new one no longer has. */
static void add_removed(struct afd_diff *diff, const struct afd_model *before, const struct afd_model *after,
						const struct afd_index *tests, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++) {
		const struct afd_model_test *test = &before->tests.rows[i];
		if (!find_test(after, tests, test->id))
			*add_row(diff, after) = (struct afd_diff_row){ .difference = AFD_REMOVED, .before = test };
	}
}

static bool stands_still(const struct afd_diff_row *row)
{
	return row->before && row->difference == AFD_MOVED_TEST && row->before->first_line == row->after->first_line &&
		   row->before->last_line == row->after->last_line;
}

static void add_one(struct afd_diff *diff, const struct afd_model *after, struct afd_diff_row row)
{
	if (row.before)
		compare_one(&row);
	else
		row.difference = AFD_ADDED;
	if (stands_still(&row))
		diff->same++;
	else
		*add_row(diff, after) = row;
}

void afd_diff_compare(struct afd_diff *diff, const struct afd_model *before, const struct afd_model *after)
{
	*diff = (struct afd_diff){ .same = 0 };
	struct afd_index old_tests = { 0 };
	struct afd_index new_tests = { 0 };
	size_t seen = 0;
	index_tests(&old_tests, before);
	index_tests(&new_tests, after);
	for (size_t i = 0; i < after->tests.count; i++) {
		struct afd_diff_row row = { .after = &after->tests.rows[i] };
		row.before = find_test(before, &old_tests, row.after->id);
		size_t place = row.before ? (size_t)(row.before - before->tests.rows) + 1 : 0;
		if (place > seen) {
			add_removed(diff, before, after, &new_tests, seen, place);
			seen = place;
		}
		add_one(diff, after, row);
	}
	add_removed(diff, before, after, &new_tests, seen, before->tests.count);
}

static const char *const words[] = { "added", "removed", "moved", "changed" };

struct part {
	bool changed;
	const char *name;
};

enum { PARTS = 7 };

static void parts_of(const struct afd_diff_row *row, struct part parts[PARTS])
{
	parts[0] = (struct part){ row->request, "request" };
	parts[1] = (struct part){ row->headers, "headers" };
	parts[2] = (struct part){ row->body, "body" };
	parts[3] = (struct part){ row->expectations, "expectation" };
	parts[4] = (struct part){ row->effect, "effect" };
	parts[5] = (struct part){ row->cases, "cases" };
	parts[6] = (struct part){ row->text, "text" };
}

static void put_lines(const struct afd_model *model, const struct afd_model_test *test, struct afd_text *out)
{
	afd_text_printf(out, "%s:%u-%u", model->source->path, test->first_line, test->last_line);
}

static void put_expectations(const struct afd_model_test *test, const char *mark, struct afd_text *out)
{
	for (size_t i = 0; i < test->expectations.count; i++)
		afd_text_printf(out, "    %s %u: %s\n", mark, test->expectations.rows[i].line, test->expectations.rows[i].text);
}

static void put_change(const struct afd_diff_row *row, struct afd_text *out)
{
	if (row->request)
		afd_text_printf(out, "    - %u: %s %s\n    + %u: %s %s\n", row->before->line, row->before->method, row->before->url,
						row->after->line, row->after->method, row->after->url);
	if (row->body)
		afd_text_printf(out, "    - body: %zu bytes, sha256 %.12s\n    + body: %zu bytes, sha256 %.12s\n",
						row->before->body.bytes.size, row->before->body.sha256, row->after->body.bytes.size,
						row->after->body.sha256);
	if (row->effect)
		afd_text_printf(out, "    - effect: %s\n    + effect: %s\n", row->before->write ? "write" : "read",
						row->after->write ? "write" : "read");
	if (row->expectations) {
		put_expectations(row->before, "-", out);
		put_expectations(row->after, "+", out);
	}
}

static void put_text_row(const struct afd_diff_row *row, const struct afd_model *before, const struct afd_model *after,
						 struct afd_text *out)
{
	const struct afd_model_test *test = row->after ? row->after : row->before;
	struct part parts[PARTS];
	afd_text_printf(out, "%-8s %s  ", words[row->difference], test->id);
	if (row->before)
		put_lines(before, row->before, out);
	afd_text_puts(out, row->before && row->after ? " -> " : "");
	if (row->after)
		put_lines(after, row->after, out);
	if (row->difference == AFD_CHANGED_TEST) {
		parts_of(row, parts);
		const char *comma = "  ";
		for (size_t i = 0; i < PARTS; i++) {
			if (!parts[i].changed)
				continue;
			afd_text_printf(out, "%s%s", comma, parts[i].name);
			comma = ", ";
		}
	}
	afd_text_printf(out, "  %s\n", test->title);
	if (row->difference == AFD_CHANGED_TEST)
		put_change(row, out);
}

void afd_diff_text(const struct afd_diff *diff, const struct afd_model *before, const struct afd_model *after,
				   struct afd_text *out)
{
	size_t counts[4] = { 0 };
	for (size_t i = 0; i < diff->rows.count; i++) {
		put_text_row(&diff->rows.rows[i], before, after, out);
		counts[diff->rows.rows[i].difference]++;
	}
	afd_text_printf(out, "%zu added, %zu removed, %zu moved, %zu changed, %zu the same\n", counts[AFD_ADDED],
					counts[AFD_REMOVED], counts[AFD_MOVED_TEST], counts[AFD_CHANGED_TEST], diff->same);
}

static void put_json_test(const char *name, const struct afd_model_test *test, struct afd_text *out)
{
	afd_text_printf(out, ",\"%s\":", name);
	if (test)
		afd_text_printf(out, "{\"first_line\":%u,\"last_line\":%u,\"spec_sha256\":\"%s\"}", test->first_line,
						test->last_line, test->sha256);
	else
		afd_text_puts(out, "null");
}

void afd_diff_json(const struct afd_diff *diff, struct afd_text *out)
{
	for (size_t i = 0; i < diff->rows.count; i++) {
		const struct afd_diff_row *row = &diff->rows.rows[i];
		const struct afd_model_test *test = row->after ? row->after : row->before;
		struct part parts[PARTS];
		parts_of(row, parts);
		afd_text_printf(out, "{\"difference\":\"%s\",\"test\":", words[row->difference]);
		afd_put_json_string(out, test->id);
		afd_text_puts(out, ",\"title\":");
		afd_put_json_string(out, test->title);
		put_json_test("before", row->before, out);
		put_json_test("after", row->after, out);
		afd_text_puts(out, ",\"changed\":[");
		const char *comma = "";
		for (size_t k = 0; k < PARTS; k++) {
			if (!parts[k].changed)
				continue;
			afd_text_printf(out, "%s\"%s\"", comma, parts[k].name);
			comma = ",";
		}
		afd_text_puts(out, "]}\n");
	}
}
