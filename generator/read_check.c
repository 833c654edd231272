/* SPDX-License-Identifier: MIT
 * What a single condition must be to make sense: paths and patterns that are well-formed, numbers where
 * numbers are compared, units that fit. Every fault is told at its place. */
#include "read.h"

#include "json.h"
#include "jsonpath.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(struct afd_reader *reader, struct afd_span where, const char *text, const char *hint)
{
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", where, "%s", text);
	afd_diag_hint(reader->diag, row, "%s", hint);
	return false;
}

static bool is_path(const char *path)
{
	struct afd_jsonpath_error error;
	struct afd_jsonpath *parsed = afd_jsonpath_parse(afd_span_of(path), &error);
	afd_jsonpath_free(parsed);
	return parsed != NULL;
}

/* The path with one thing changed that is easily written wrong; NULL where that doesn't help. */
static const char *repaired(const char *path, struct afd_arena *arena)
{
	static const char *const changes[][2] = { { "=", "==" },      { "===", "==" }, { " and ", " && " },
											  { " or ", " || " }, { "[?(", "[?" }, { "..", "." },
											  { ".[", "[" } };
	struct afd_span text = afd_span_of(path);
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		size_t at = afd_span_find(text, changes[i][0], 0);
		if (at == SIZE_MAX)
			continue;
		const char *candidate = afd_arena_printf(arena, "%.*s%s%s", (int)at, path, changes[i][1],
												 path + at + strlen(changes[i][0]));
		if (is_path(candidate))
			return candidate;
	}
	size_t size = strlen(path);
	while (size > 1 && strchr(".]) ", path[size - 1]))
		size--;
	const char *shorter = afd_arena_printf(arena, "%.*s", (int)size, path);
	return size < strlen(path) && is_path(shorter) ? shorter : NULL;
}

bool afd_read_check_path(struct afd_reader *reader, const char *path, struct afd_span where)
{
	struct afd_jsonpath_error error;
	struct afd_jsonpath *parsed = afd_jsonpath_parse(afd_span_of(path), &error);
	afd_jsonpath_free(parsed);
	if (parsed)
		return true;
	/* a field is written without the "$." in front of its path */
	size_t lead = strlen(path) > where.size ? strlen(path) - where.size : 0;
	size_t offset = error.offset > lead ? error.offset - lead : 0;
	struct afd_span place = offset < where.size ? (struct afd_span){ where.data + offset, 1 } : where;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "path", place,
											  "this path is not well-formed: %s", error.text);
	const char *better = repaired(path, reader->arena);
	if (better)
		afd_diag_hint(reader->diag, row, "did you mean '%s'?", better + (lead < strlen(better) ? lead : 0));
	return false;
}

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool has_step(const struct afd_condition *term, const char *measure)
{
	for (size_t i = 0; i < term->steps.count; i++)
		if (is(term->steps.rows[i].measure, measure))
			return true;
	return false;
}

static const char *last_step(const struct afd_condition *term)
{
	return term->steps.count ? term->steps.rows[term->steps.count - 1].measure : "AFD_VALUE";
}

static bool is_number(const char *text)
{
	char *end;
	(void)strtod(text, &end);
	return end != text && *end == '\0' && strspn(text, "+-.0123456789eE") == strlen(text);
}

static bool is_whole(const char *text)
{
	return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* A variable's value is known when the test runs. */
static bool has_variable(const char *text)
{
	struct afd_span name;
	struct afd_span whole;
	return afd_read_placeholder(afd_span_of(text), 0, &name, &whole) != SIZE_MAX;
}

static bool check_steps(struct afd_reader *reader, const struct afd_condition *term)
{
	bool good = true;
	for (size_t i = 0; i < term->steps.count; i++) {
		const struct afd_condition_step *step = &term->steps.rows[i];
		if (is(step->measure, "AFD_INSIDE"))
			good = afd_read_check_path(reader, step->with, step->where) && good;
		if (is(step->measure, "AFD_ITEM") && (!is_whole(step->with) || atoi(step->with) == 0))
			good = refuse(reader, step->where, "an item has a number from 1", "write: item 1 of ...");
	}
	return good;
}

static bool check_unit(struct afd_reader *reader, const struct afd_condition *term)
{
	static const struct {
		const char *unit, *step, *subject, *hint;
	} rows[] = {
		{ "items", "AFD_COUNT", "", "write: ... has 3 items" },
		{ "bytes", "AFD_SIZE", "", "write: size of body is at most 10 KB" },
		{ "days", "AFD_DAYS_UNTIL", "", "write: days until `$.valid_to` is at least 30" },
		{ "ms", "", "AFD_LATENCY", "write: latency is at most 500 ms" },
	};
	for (size_t i = 0; term->unit && i < sizeof rows / sizeof rows[0]; i++) {
		bool days = is(rows[i].unit, "days") && is(last_step(term), "AFD_DAYS_SINCE");
		bool fits = is(last_step(term), rows[i].step) || is(term->subject, rows[i].subject) || days;
		if (is(term->unit, rows[i].unit) && !fits)
			return refuse(reader, term->value_at, "this unit does not fit what it is compared with",
						  rows[i].hint);
	}
	return true;
}

static bool is_order(const char *predicate)
{
	return is(predicate, "AFD_LESS") || is(predicate, "AFD_AT_MOST") || is(predicate, "AFD_GREATER") ||
		   is(predicate, "AFD_AT_LEAST");
}

/* A date has four digits and a dash, be it the beginning of a time; an HTTP date ends with its zone. */
static bool is_time(const char *text)
{
	return (strspn(text, "0123456789") == 4 && text[4] == '-') || afd_span_ends(afd_span_of(text), " GMT");
}

static bool is_status(const char *text)
{
	bool class = strlen(text) == 3 && strchr("12345", text[0]) && (is(text + 1, "xx") || is(text + 1, "XX"));
	return class || (is_whole(text) && strlen(text) == 3 && text[0] >= '1' && text[0] <= '5');
}

static bool is_hexadecimal(const char *text, size_t digits)
{
	return strlen(text) == digits && strspn(text, "0123456789abcdefABCDEF") == digits;
}

static bool check_digest(struct afd_reader *reader, struct afd_condition *term)
{
	bool sha = is(last_step(term), "AFD_SHA256");
	if ((!sha && !is(last_step(term), "AFD_MD5")) || !is(term->predicate, "AFD_IS"))
		return true;
	if (!is_hexadecimal(term->value, sha ? 64 : 32))
		return refuse(reader, term->value_at, sha ? "this is no SHA-256" : "this is no MD5",
					  sha ? "it has 64 hexadecimal digits" : "it has 32 hexadecimal digits");
	char *lower = afd_arena_copy(reader->arena, afd_span_of(term->value));
	for (char *p = lower; *p; p++)
		*p = (char)(*p >= 'A' && *p <= 'F' ? *p + 32 : *p);
	term->value = lower;
	return true;
}

static bool check_value(struct afd_reader *reader, struct afd_condition *term)
{
	bool equal = is(term->predicate, "AFD_IS");
	const char *value = term->value ? term->value : "";
	if (has_variable(value))
		return true;
	if (is(last_step(term), "AFD_COUNT") && (equal || is_order(term->predicate)) && !is_whole(value))
		return refuse(reader, term->value_at, "a count is a whole number", "write: ... has 3 items");
	if (is_order(term->predicate) && !is_number(value) && !is_time(value))
		return refuse(reader, term->value_at, "this is no number and no time",
					  "compare with a number, or with `2025-11-09T14:00:00Z`");
	if (is(term->subject, "AFD_STATUS") && equal && !is_status(value))
		return refuse(reader, term->value_at, "this is no status",
					  "a status is `404`, or a class of them: `4xx`");
	return check_digest(reader, term);
}

/* An example is compared with JSON of the answer: its body, its records, what a path selects. */
static bool check_example(struct afd_reader *reader, struct afd_condition *term)
{
	if (!is(term->predicate, "AFD_LIKE") && !is(term->predicate, "AFD_EXACTLY_LIKE"))
		return true;
	bool picks = true;
	for (size_t i = 0; i < term->steps.count; i++)
		picks = picks &&
				(has_step(term, "AFD_FIRST") || has_step(term, "AFD_LAST") || has_step(term, "AFD_ITEM"));
	bool json =
		is(term->subject, "AFD_PATH") || is(term->subject, "AFD_BODY") || is(term->subject, "AFD_RECORDS");
	if (!json || !picks)
		return refuse(reader, term->value_at, "only JSON of the answer is like an example",
					  "write: `$.data` is like `{\"id\": 1}`");
	const char *example = afd_read_sample_json(afd_span_of(term->value), reader->arena);
	if (!example)
		return refuse(reader, term->value_at, "this example is no JSON",
					  "write it as the answer would be: `{\"id\": 1}`");
	term->value = example;
	return true;
}

static bool check_matches(struct afd_reader *reader, struct afd_condition *term)
{
	if (!is(term->predicate, "AFD_MATCHES"))
		return true;
	term->value = afd_read_pattern(afd_span_of(term->value), reader->arena);
	return afd_read_check_pattern(reader, term->value, term->value_at);
}

/* header `X-Request-Id: 7`: the field as it is sent. */
static void split_field(struct afd_reader *reader, struct afd_condition *term)
{
	size_t colon = afd_span_find(afd_span_of(term->name), ": ", 0);
	bool field =
		is(term->subject, "AFD_HEADER") && is(term->predicate, "AFD_EXISTS") && term->steps.count == 0;
	if (!field || colon == SIZE_MAX)
		return;
	term->predicate = "AFD_IS";
	term->value =
		afd_arena_copy(reader->arena, afd_span_trim(afd_span_from(afd_span_of(term->name), colon + 1)));
	term->value_at = term->name_at;
	term->name = afd_arena_copy(reader->arena, afd_span_first(afd_span_of(term->name), colon));
}

static bool check_name(struct afd_reader *reader, struct afd_condition *term)
{
	if (is(term->subject, "AFD_PATH"))
		return afd_read_check_path(reader, term->name, term->name_at);
	split_field(reader, term);
	if (is(term->subject, "AFD_HEADER") && strpbrk(term->name, ": \t"))
		return refuse(reader, term->name_at, "this is no name of a header",
					  "write: header `Content-Type` is `text/csv`");
	return true;
}

bool afd_read_check_condition(struct afd_reader *reader, struct afd_condition *condition)
{
	if (condition->junction != AFD_TERM) {
		bool left = afd_read_check_condition(reader, condition->left);
		return afd_read_check_condition(reader, condition->right) && left;
	}
	return check_name(reader, condition) && check_steps(reader, condition) && check_unit(reader, condition) &&
		   check_matches(reader, condition) && check_example(reader, condition) &&
		   check_value(reader, condition);
}
