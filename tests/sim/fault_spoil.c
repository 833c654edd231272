/* SPDX-License-Identifier: MIT
 * Faults in the answer as a whole: status, type, bytes, framing, time. */
#include "fault.h"

#include <cjson/cJSON.h>

#include <string.h>

static bool is_error(const struct sim_answer *answer)
{
	return answer->status != 200 ||
		   (answer->body.size > 18 && strncmp(answer->body.data, "{\"status\":\"error\"", 17) == 0);
}

void afd_sim_wrong_status(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	afd_sim_fail(answer, 500, "UNKNOWN_ERROR", "Internal Server Error", "[]");
}

void afd_sim_error_with_200(const struct sim_request *request, struct sim_answer *answer)
{
	if (afd_sim_api_of(request->path) == SIM_PARTNERS) {
		afd_sim_fail_softly(answer, "UNKNOWN_ERROR", "Unknown error");
		return;
	}
	afd_sim_fail(answer, 500, "UNKNOWN_ERROR", "Internal Server Error", "[]");
	answer->status = 200;
}

void afd_sim_error_as_success(const struct sim_request *request, struct sim_answer *answer)
{
	if (!is_error(answer))
		return;
	afd_sim_answer_reset(answer);
	bool partners = afd_sim_api_of(request->path) == SIM_PARTNERS;
	afd_text_puts(&answer->body, partners ? "{\"status\":\"success\",\"result\":{}}" : "{\"data\":{}}");
}

void afd_sim_wrong_error_code(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	cJSON *root = is_error(answer) ? cJSON_ParseWithLength(answer->body.data, answer->body.size) : NULL;
	if (!root)
		return;
	cJSON_DeleteItemFromObjectCaseSensitive(root, "code");
	cJSON_AddStringToObject(root, "code", "UNKNOWN_ERROR");
	afd_sim_replace_body(answer, root);
	cJSON_Delete(root);
}

void afd_sim_html_with_200(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	afd_sim_fail_page(answer);
	answer->status = 200;
}

void afd_sim_wrong_content_type(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	answer->type = "text/plain; charset=UTF-8";
}

void afd_sim_empty_body(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	afd_sim_answer_reset(answer);
}

/* Half of the bytes, well framed: only the JSON tells. */
void afd_sim_truncate(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	answer->body.size /= 2;
}

void afd_sim_short_body(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	answer->missing_bytes = answer->body.size / 2 + 1;
	answer->body.size -= answer->body.size / 2;
}

/* Puts `piece` in at `offset`. */
static void insert(struct sim_answer *answer, size_t offset, struct afd_span piece)
{
	struct afd_text body;
	struct afd_span old = afd_text_span(&answer->body);
	afd_text_init(&body, answer->body.limit);
	afd_text_add(&body, afd_span_first(old, offset));
	afd_text_add(&body, piece);
	afd_text_add(&body, afd_span_from(old, offset));
	afd_text_free(&answer->body);
	answer->body = body;
}

void afd_sim_duplicate_key(const struct sim_request *request, struct sim_answer *answer)
{
	struct afd_span body = afd_text_span(&answer->body);
	size_t open = afd_span_find(body, "{\"", 0);
	size_t close = open == SIZE_MAX ? open : afd_span_find(body, "\":", open);
	struct afd_text piece;
	(void)request;
	if (close == SIZE_MAX)
		return;
	afd_text_init(&piece, 4096);
	afd_text_add(&piece, (struct afd_span){ body.data + open + 1, close - open });
	afd_text_puts(&piece, ":null,");
	insert(answer, open + 1, afd_text_span(&piece));
	afd_text_free(&piece);
}

void afd_sim_trailing_garbage(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	afd_text_puts(&answer->body, "\n<!-- 0.012 s -->");
}

/* At the end of the first key or string. */
void afd_sim_bad_utf8(const struct sim_request *request, struct sim_answer *answer)
{
	size_t open = afd_span_find(afd_text_span(&answer->body), "\"", 0);
	(void)request;
	if (open != SIZE_MAX)
		insert(answer, open + 1, AFD_SPAN("\xff"));
}

void afd_sim_lose_zone(const struct sim_request *request, struct sim_answer *answer)
{
	static const char zone[] = "+03:00\"";
	struct afd_span old = afd_text_span(&answer->body);
	struct afd_text body;
	size_t from = 0, at;
	(void)request;
	afd_text_init(&body, answer->body.limit);
	while ((at = afd_span_find(old, zone, from)) != SIZE_MAX) {
		afd_text_add(&body, (struct afd_span){ old.data + from, at - from });
		from = at + sizeof zone - 2;
	}
	afd_text_add(&body, afd_span_from(old, from));
	afd_text_free(&answer->body);
	answer->body = body;
}

void afd_sim_redirect(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	afd_sim_answer_reset(answer);
	answer->status = 302;
	answer->location = "http://127.0.0.2:9/api/rest/v1/elsewhere";
}

void afd_sim_rate_limit(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	afd_sim_fail(answer, 429, "UNKNOWN_ERROR", "Too Many Requests", "[]");
}

void afd_sim_no_reply(const struct sim_request *request, struct sim_answer *answer)
{
	(void)request;
	answer->dropped = true;
}

void afd_sim_slow_reply(const struct sim_request *request, struct sim_answer *answer)
{
	enum { SLOW_MILLISECONDS = 1500 };
	(void)request;
	answer->delay += SLOW_MILLISECONDS;
}
