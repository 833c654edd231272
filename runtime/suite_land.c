/* SPDX-License-Identifier: MIT
 * Landing a case's answer: the page that was judged, and the further ones, each a request as any other. */
#include "suite_case.h"

#include "landing_variable.h"

enum { REQUEST_LIMIT = 64 << 20 };

/* A further page. */
struct page {
	struct afd_text url, body;
	struct afd_answer answer;
	struct afd_json json;
	bool is_json;
	struct afd_arena arena; /* of its masked text */
};

static void page_free(struct page *page)
{
	if (page->is_json)
		afd_json_free(&page->json);
	afd_answer_free(&page->answer);
	afd_text_free(&page->url);
	afd_text_free(&page->body);
	afd_arena_free(&page->arena);
}

static bool is_fine(const struct afd_answer *answer, const struct afd_json *json)
{
	return answer->received && answer->status >= 200 && answer->status < 300 && json &&
		   !afd_answer_has_error(json);
}

/* Why an answer ends the list; NULL: it does not. */
static const char *fault_of(const struct page *page, struct afd_arena *arena)
{
	const struct afd_answer *answer = &page->answer;
	if (!answer->received)
		return afd_arena_printf(arena, "no answer: %s", answer->failure);
	if (answer->status < 200 || answer->status >= 300)
		return afd_arena_printf(arena, "status %ld", answer->status);
	if (!page->is_json)
		return "no JSON";
	return afd_answer_has_error(&page->json) ? "an error" : NULL;
}

static void note_page(struct afd_exchange *exchange, const struct page *page, long records, const char *fault)
{
	const struct afd_answer *answer = &page->answer;
	struct afd_page_line *line = afd_arena_push(&exchange->arena, &exchange->further,
												&exchange->line.page_count, sizeof *exchange->further);
	*line = (struct afd_page_line){
		.number = (size_t)exchange->pages.asked,
		.http_status = answer->received ? answer->status : -1,
		.latency_us = answer->received ? answer->latency_us : -1,
		.records = records,
		.problem = fault,
	};
	exchange->line.pages = exchange->further;
}

/* *more tells whether there is a next one. Not 0: the tables were lost. */
static int land_page(struct afd_exchange *exchange, struct page *page, bool *more, struct afd_error *problem)
{
	uint32_t node;
	const char *fault = fault_of(page, &exchange->arena);
	long records = fault ? -1 : afd_answer_records(&page->json, &node);
	note_page(exchange, page, records, fault);
	exchange->broken =
		fault ? afd_arena_printf(&exchange->arena, "page %llu: %s", exchange->pages.asked, fault) : NULL;
	*more = !fault && afd_pages_take(&exchange->pages, &page->json, records);
	if (fault)
		return 0;
	struct afd_masked masked = afd_mask_json(exchange->run->masker, &page->json, 0, &page->arena);
	return afd_landing_page(&exchange->landing, masked, problem);
}

/* Why the next page is not asked for, although there is one; NULL: it is. */
static const char *held_back(const struct afd_exchange *exchange)
{
	const struct afd_run *run = exchange->run;
	if (afd_signal_came())
		return "a signal ended the run before";
	if (afd_guard_permits(&run->guard, exchange->of->test) != AFD_MAY_SEND)
		return "over --max-requests";
	return NULL;
}

static int take_page(struct afd_exchange *exchange, struct page *page, bool *more, struct afd_error *problem)
{
	struct afd_error why = { 0 };
	const char *held = held_back(exchange);
	*more = false;
	if (held) {
		afd_add_note(exchange, "pages after %llu were not read: %s", exchange->pages.asked, held);
		return 0;
	}
	int rc = afd_pages_request(&exchange->pages, &page->url, &page->body, &why);
	if (rc == 0)
		rc = afd_send_page(exchange, afd_text_span(&page->url), afd_text_span(&page->body), &page->answer,
						   &why);
	if (rc != 0) {
		exchange->broken =
			afd_arena_printf(&exchange->arena, "page %llu: not asked for", exchange->pages.asked);
		return 0;
	}
	struct afd_json_error ignored;
	page->is_json =
		page->answer.received && afd_json_parse(afd_answer_body(&page->answer).bytes, &page->json, &ignored);
	return land_page(exchange, page, more, problem);
}

static int follow(struct afd_exchange *exchange, struct afd_error *problem)
{
	const struct afd_prepared *prepared = &exchange->prepared;
	struct afd_pages *pages = &exchange->pages;
	uint32_t node;
	int rc = 0;
	afd_pages_begin(pages, afd_text_span(&prepared->final), afd_text_span(&prepared->body.text),
					exchange->run->database.max_pages);
	bool more = afd_pages_take(pages, &exchange->json, afd_answer_records(&exchange->json, &node));
	while (more && rc == 0) {
		struct page page = { 0 };
		afd_text_init(&page.url, REQUEST_LIMIT);
		afd_text_init(&page.body, REQUEST_LIMIT);
		rc = take_page(exchange, &page, &more, problem);
		page_free(&page);
	}
	if (pages->taken > 0)
		exchange->line.total = (long long)pages->total;
	return rc;
}

static int begin(struct afd_exchange *exchange, struct afd_error *problem)
{
	const struct afd_run *run = exchange->run;
	struct afd_landing_variables variables = { NULL, 0 };
	int rc = afd_landing_variables(run->suite, exchange->of->test, exchange->of->it, &run->vars, run->masker,
								   &exchange->arena, &variables, problem);
	return rc ? rc
			  : afd_landing_begin(&exchange->landing, run->database.lander, exchange->of->test, variables,
								  problem);
}

int afd_land(struct afd_exchange *exchange, struct afd_error *problem)
{
	const struct afd_json *json = exchange->is_json ? &exchange->json : NULL;
	if (exchange->of->test->lands_in.count == 0 || !is_fine(&exchange->answer, json) ||
		!exchange->masked.data)
		return 0;
	int rc = begin(exchange, problem);
	if (rc == 0)
		rc = afd_landing_page(&exchange->landing, exchange->masked, problem);
	return rc ? rc : follow(exchange, problem);
}
