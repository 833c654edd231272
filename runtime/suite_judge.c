/* SPDX-License-Identifier: MIT
 * From findings on the raw answer to masked words about it. */
#include "suite_case.h"

#include "cookies.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const struct afd_json *json_of(const struct afd_exchange *exchange)
{
	return exchange->is_json ? &exchange->json : NULL;
}

struct afd_masked afd_unquoted(struct afd_masked json, struct afd_arena *arena)
{
	if (json.size < 2 || json.data[0] != '"' || memchr(json.data, '\\', json.size))
		return json;
	return afd_public((struct afd_span){ json.data + 1, json.size - 2 }, arena);
}

/* What the term is about, in the words of the spec: "code ", "message ", "$.role is ". */
static const char *subject_of(const struct afd_exchange *exchange, const struct afd_finding *finding,
							  struct afd_arena *arena)
{
	const struct afd_terms *terms = &exchange->of->test->terms;
	if (finding->term >= terms->count)
		return "";
	const struct afd_term *term = &terms->rows[finding->term];
	switch (term->subject) {
	case AFD_CODE: return "code ";
	case AFD_MESSAGE: return "message ";
	case AFD_PATH:
	case AFD_HEADER: return term->name ? afd_arena_printf(arena, "%s: ", term->name) : "";
	default: return "";
	}
}

static struct afd_masked media_of(struct afd_exchange *exchange)
{
	const char *media = exchange->answer.media;
	struct afd_field field = { AFD_SPAN("Content-Type"), afd_span_of(media) };
	return afd_mask_field(exchange->run->masker, &field, &exchange->arena);
}

static struct afd_masked describe_nothing(const char *subject, struct afd_arena *arena)
{
	if (strcmp(subject, "code ") == 0)
		return afd_publicf(arena, "no code");
	if (strcmp(subject, "message ") == 0)
		return afd_publicf(arena, "no message");
	return afd_publicf(arena, "%snothing there", subject);
}

static struct afd_masked describe_got(struct afd_exchange *exchange, const struct afd_finding *finding)
{
	struct afd_arena *arena = &exchange->arena;
	const struct afd_got *got = &finding->got;
	const char *subject = subject_of(exchange, finding, arena);
	struct afd_masked node = afd_public(AFD_SPAN(""), arena);
	if ((got->kind == AFD_GOT_NODE || got->kind == AFD_GOT_NODES) && exchange->is_json &&
		got->node < exchange->json.count)
		node = afd_unquoted(afd_mask_node(exchange->run->masker, &exchange->json, got->node, arena), arena);
	switch (got->kind) {
	case AFD_GOT_NOTHING: return describe_nothing(subject, arena);
	case AFD_GOT_STATUS: return afd_publicf(arena, "status %lld", got->number);
	case AFD_GOT_NUMBER:
		return afd_publicf(arena, "%s%lld%s%s", subject, got->number, got->unit && *got->unit ? " " : "",
						   got->unit ? got->unit : "");
	case AFD_GOT_NODE: return afd_publicf(arena, "%s%s", subject, node.data);
	case AFD_GOT_NODES: return afd_publicf(arena, "%s%lld, the first: %s", subject, got->number, node.data);
	case AFD_GOT_FIELD: return afd_publicf(arena, "%sanother value", subject);
	case AFD_GOT_MEDIA:
		return afd_publicf(arena, "media type %s",
						   exchange->answer.media[0] ? media_of(exchange).data : "not stated");
	case AFD_GOT_NOT_JSON:
		return afd_publicf(arena, "no JSON: %s at byte %zu",
						   exchange->json_error.text ? exchange->json_error.text : "empty",
						   exchange->json_error.offset);
	case AFD_GOT_WORD: return afd_publicf(arena, "%s%s", subject, got->word ? got->word : "");
	}
	return afd_publicf(arena, "something else");
}

/* Expectations on tables are judged later, where tables are watched. */
static bool is_on_tables(const struct afd_test *test, size_t expectation)
{
	for (size_t i = 0; i < test->terms.count; i++)
		if (test->terms.rows[i].expectation == expectation && test->terms.rows[i].subject == AFD_DELTA)
			return true;
	return false;
}

static const char *unwatched(const struct afd_exchange *exchange)
{
	return exchange->run->database.state == AFD_TABLES_NOT_WATCHED ? "not watched" : "lost";
}

static void fill_lines(struct afd_exchange *exchange, bool evaluated, struct afd_judgement *judgement)
{
	const struct afd_test *test = exchange->of->test;
	for (size_t i = 0; i < test->expectations.count; i++) {
		struct afd_judged_line *line = &exchange->judged[i];
		const struct afd_finding *finding = &exchange->findings[i];
		line->judged = evaluated && !is_on_tables(test, i);
		line->held = line->judged && finding->held;
		line->alternative = line->held ? finding->alternative : 0;
		if (line->judged && !line->held)
			line->got = describe_got(exchange, finding);
		else if (!line->judged)
			line->got = afd_publicf(&exchange->arena, "%s", evaluated ? unwatched(exchange) : "not judged");
		judgement->judged += line->judged;
		judgement->held += line->held;
	}
}

static void read_envelope(struct afd_exchange *exchange)
{
	const struct afd_json *json = json_of(exchange);
	exchange->line.http_status = exchange->answer.status;
	exchange->line.latency_us = exchange->answer.latency_us;
	if (!json)
		return;
	uint32_t node;
	exchange->line.records = afd_answer_records(json, &node);
	uint32_t code = afd_answer_code(json);
	if (code != AFD_JSON_NONE)
		exchange->line.error_code = afd_mask_node(exchange->run->masker, json, code, &exchange->arena);
}

static struct afd_judged judged_of(const struct afd_exchange *exchange)
{
	return (struct afd_judged){
		.test = exchange->of->test,
		.answer = &exchange->answer,
		.json = json_of(exchange),
		.json_error = exchange->is_json ? NULL : &exchange->json_error,
		.request_body = afd_text_span(&exchange->prepared.body.text),
		.url = afd_text_span(&exchange->prepared.final),
		.vars = &exchange->run->vars,
		.it = exchange->of->it,
	};
}

void afd_judge(struct afd_exchange *exchange)
{
	const struct afd_answer *answer = &exchange->answer;
	struct afd_judgement *judgement = &exchange->judgement;
	*judgement = (struct afd_judgement){ .received = answer->received, .violation = answer->violation };
	if (!answer->received) {
		afd_add_note(exchange, "no answer: %s", answer->failure);
		return;
	}
	struct afd_judged judged = judged_of(exchange);
	read_envelope(exchange);
	judgement->evaluated = afd_expect_judge(&judged, exchange->findings);
	fill_lines(exchange, judgement->evaluated, judgement);
}

void afd_conclude(struct afd_exchange *exchange)
{
	struct afd_case_line *line = &exchange->line;
	line->expectations = exchange->judged;
	line->expectation_count = exchange->answer.received ? exchange->judged_count : 0;
	line->outcome = afd_verdict_of_case(exchange->judgement);
	if (line->outcome.reason == AFD_REASON_BOUNDS)
		afd_add_note(exchange, "an expectation could not be evaluated within its bounds");
	if (line->outcome.reason == AFD_REASON_NO_ASSERTION)
		afd_add_note(exchange, "asserts nothing that can be judged while no table is watched");
	if (line->outcome.reason == AFD_REASON_DATABASE)
		afd_add_note(exchange, "the tables were lost before they could be counted again");
}

void afd_add_unmet(struct afd_exchange *exchange, unsigned line, const char *text, struct afd_masked got)
{
	struct afd_expectation *expectation = afd_arena_new(&exchange->arena, sizeof *expectation);
	*expectation = (struct afd_expectation){ .line = line, .text = text, .by_default = 1 };
	struct afd_judged_line *judged = afd_arena_push(&exchange->arena, &exchange->judged,
													&exchange->judged_count, sizeof *exchange->judged);
	*judged = (struct afd_judged_line){ .expectation = expectation, .judged = true, .got = got };
	exchange->judgement.judged++;
}

void afd_add_note(struct afd_exchange *exchange, const char *format, ...)
{
	struct afd_masked *notes = &exchange->line.notes;
	char text[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	*notes = afd_publicf(&exchange->arena, "%s%s%s", notes->data ? notes->data : "", notes->data ? "; " : "",
						 text);
}

size_t afd_first_unmet(const struct afd_exchange *exchange)
{
	for (size_t i = 0; i < exchange->judged_count; i++)
		if (exchange->judged[i].judged && !exchange->judged[i].held)
			return i;
	return SIZE_MAX;
}

/* Keeping
 * ---------------------------------------------------------------------------------------------------------
 */

/* All cookies: they go to those that are kept, and none is no loss. */
static bool is_jar(const struct afd_keep *row)
{
	return row->subject == AFD_COOKIE && strcmp(row->of, "*") == 0;
}

static int keep_cookies(struct afd_exchange *exchange, const struct afd_keep *row, struct afd_span newer,
						struct afd_error *err)
{
	struct afd_vars *vars = &exchange->run->vars;
	struct afd_variable variable = { .name = row->name, .secret = 1 };
	const char *older = afd_vars_value(vars, NULL, &variable);
	struct afd_text all;
	afd_text_init(&all, 1 << 16);
	int rc = afd_cookies_merge(older ? afd_span_of(older) : (struct afd_span){ "", 0 }, newer, &all)
				 ? afd_vars_keep(vars, row->name, afd_text_span(&all), err)
				 : afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory, or too many cookies");
	if (all.data)
		explicit_bzero(all.data, all.size);
	afd_text_free(&all);
	return rc;
}

static void note_nothing(struct afd_exchange *exchange, const struct afd_keep *row)
{
	if (is_jar(row))
		return;
	if (row->subject == AFD_PATH && row->steps.count == 0)
		afd_add_note(exchange, "nothing at %s to keep as %s", row->of, row->name);
	else
		afd_add_note(exchange, "nothing to keep as %s", row->name);
}

/* What an earlier answer gave is no longer it, and the spec's own value would be another one than the spec asks for. */
static int lose(struct afd_exchange *exchange, const struct afd_keep *row, struct afd_error *err)
{
	note_nothing(exchange, row);
	return is_jar(row) ? 0 : afd_vars_keep(&exchange->run->vars, row->name, AFD_SPAN(""), err);
}

static int keep(struct afd_exchange *exchange, const struct afd_keep *row, struct afd_error *err)
{
	struct afd_judged judged = judged_of(exchange);
	struct afd_text value;
	afd_text_init(&value, 1 << 16);
	int rc = 0;
	bool found = afd_expect_value_of(&judged, row, &value);
	if (found && is_jar(row))
		rc = keep_cookies(exchange, row, afd_text_span(&value), err);
	else if (found)
		rc = afd_vars_keep(&exchange->run->vars, row->name, afd_text_span(&value), err);
	else
		rc = lose(exchange, row, err);
	if (value.data)
		explicit_bzero(value.data, value.size);
	afd_text_free(&value);
	return rc;
}

int afd_keep_values(struct afd_exchange *exchange, struct afd_error *err)
{
	const struct afd_keeps *keeps = &exchange->of->test->keeps;
	int rc = 0;
	for (size_t i = 0; i < keeps->count && rc == 0; i++)
		rc = exchange->answer.received ? keep(exchange, &keeps->rows[i], err)
									   : lose(exchange, &keeps->rows[i], err);
	return rc;
}
