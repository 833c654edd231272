/* SPDX-License-Identifier: MIT */
#include "landing_pages.h"

#include "landing_decimal.h"

#include <string.h>

struct paging {
	unsigned long long per_page, current, total;
};

void afd_pages_begin(struct afd_pages *pages, struct afd_span url, struct afd_span body, size_t bound)
{
	*pages = (struct afd_pages){ .url = url, .body = body, .bound = bound > 0 ? bound : AFD_PAGES_BOUND };
}

static bool read_count(const struct afd_json *json, uint32_t object, const char *name,
					   unsigned long long *count)
{
	uint32_t node = afd_json_member(json, object, afd_span_of(name));
	struct afd_decimal decimal;
	if (node == AFD_JSON_NONE || json->nodes[node].type != AFD_JSON_NUMBER ||
		!afd_decimal_read(afd_json_text(json, node), &decimal) || !afd_decimal_fits(&decimal, 48, false))
		return false;
	*count = (unsigned long long)decimal.magnitude;
	return true;
}

static bool is_paged(const struct afd_json *json)
{
	uint32_t node = afd_json_member(json, 0, AFD_SPAN("paging"));
	return node != AFD_JSON_NONE && json->nodes[node].type == AFD_JSON_OBJECT;
}

static bool read_paging(const struct afd_json *json, struct paging *paging)
{
	uint32_t node = afd_json_member(json, 0, AFD_SPAN("paging"));
	return read_count(json, node, "perPage", &paging->per_page) &&
		   read_count(json, node, "currentPage", &paging->current) &&
		   read_count(json, node, "total", &paging->total) && paging->per_page > 0 && paging->current > 0;
}

/* Pages are counted by what was asked for, not by what answers say: a server that repeats a page can't keep
 * it going. */
static enum afd_pages_end judge(const struct afd_pages *pages, const struct paging *paging, long records)
{
	if (paging->current != pages->asked)
		return AFD_PAGES_WRONG_PAGE;
	if (pages->asked > paging->total / paging->per_page || pages->asked * paging->per_page == paging->total)
		return AFD_PAGES_WHOLE;
	if (records <= 0)
		return AFD_PAGES_EMPTY;
	return pages->taken >= pages->bound ? AFD_PAGES_TRUNCATED : AFD_PAGES_OPEN;
}

bool afd_pages_take(struct afd_pages *pages, const struct afd_json *answer, long records)
{
	struct paging paging = { 0, 0, 0 };
	pages->records += records > 0 ? (size_t)records : 0;
	if (!is_paged(answer)) {
		pages->end = pages->taken > 0 ? AFD_PAGES_LOST : AFD_PAGES_NONE;
		return false;
	}
	if (!read_paging(answer, &paging)) {
		pages->end = AFD_PAGES_MALFORMED;
		return false;
	}
	if (pages->taken++ == 0) {
		pages->first = pages->asked = paging.current;
		pages->total = paging.total;
		pages->per_page = paging.per_page;
	}
	pages->total_changed = pages->total_changed || paging.total != pages->total;
	pages->end = judge(pages, &paging, records);
	return pages->end == AFD_PAGES_OPEN;
}

unsigned long long afd_pages_announced(const struct afd_pages *pages)
{
	if (pages->taken == 0 || pages->first - 1 > pages->total / pages->per_page)
		return 0;
	return pages->total - (pages->first - 1) * pages->per_page;
}

static bool add_page(struct afd_text *out, unsigned long long page)
{
	return afd_text_printf(out, "%llu", page);
}

/* Where the root ends, before its closing brace. */
static size_t end_of_object(const struct afd_json *json)
{
	struct afd_span root = afd_json_text(json, 0);
	return (size_t)(root.data - json->text.data) + root.size - 1;
}

/* All bytes of the body stay but those of the page. */
static void write_body(const struct afd_json *json, unsigned long long page, struct afd_text *out)
{
	uint32_t node = afd_json_member(json, 0, AFD_SPAN("page"));
	struct afd_span body = json->text;
	if (node != AFD_JSON_NONE) {
		struct afd_span old = afd_json_text(json, node);
		size_t at = (size_t)(old.data - body.data);
		afd_text_add(out, afd_span_first(body, at));
		add_page(out, page);
		afd_text_add(out, afd_span_from(body, at + old.size));
		return;
	}
	size_t end = end_of_object(json);
	struct afd_span members = { body.data, end };
	while (members.size > 1 && strchr(" \t\r\n", members.data[members.size - 1]))
		members.size--;
	afd_text_add(out, members);
	afd_text_puts(out, json->nodes[0].count > 0 ? ",\"page\":" : "\"page\":");
	add_page(out, page);
	afd_text_add(out, afd_span_from(body, members.size));
}

/* The parameter `page` of the query, from its name to its end; size 0: there is none. */
static struct afd_span find_parameter(struct afd_span url)
{
	const char *query = url.size > 0 ? memchr(url.data, '?', url.size) : NULL;
	size_t at = query ? (size_t)(query - url.data) + 1 : url.size;
	while (at < url.size) {
		size_t end = at;
		while (end < url.size && url.data[end] != '&' && url.data[end] != '#')
			end++;
		struct afd_span parameter = { url.data + at, end - at };
		if (afd_span_starts(parameter, "page="))
			return parameter;
		at = end < url.size && url.data[end] == '&' ? end + 1 : url.size;
	}
	return (struct afd_span){ url.data, 0 };
}

static void write_url(struct afd_span url, unsigned long long page, struct afd_text *out)
{
	struct afd_span old = find_parameter(url);
	const char *hash = url.size > 0 ? memchr(url.data, '#', url.size) : NULL;
	size_t end = hash ? (size_t)(hash - url.data) : url.size;
	size_t at = old.size > 0 ? (size_t)(old.data - url.data) : end;
	afd_text_add(out, afd_span_first(url, at));
	if (old.size == 0)
		afd_text_putc(out, memchr(url.data, '?', end) ? '&' : '?');
	afd_text_printf(out, "page=%llu", page);
	afd_text_add(out, afd_span_from(url, at + old.size));
}

int afd_pages_request(struct afd_pages *pages, struct afd_text *url, struct afd_text *body,
					  struct afd_error *err)
{
	struct afd_json json;
	struct afd_json_error error;
	unsigned long long page = pages->asked + 1;
	bool empty = afd_span_trim(pages->body).size == 0;
	bool parsed = !empty && afd_json_parse(pages->body, &json, &error);
	bool object = parsed && json.nodes[0].type == AFD_JSON_OBJECT;
	if (object) {
		write_body(&json, page, body);
		afd_text_add(url, pages->url);
	} else if (empty) {
		write_url(pages->url, page, url);
		afd_text_add(body, pages->body);
	}
	if (parsed)
		afd_json_free(&json);
	if (!object && !empty)
		return afd_fail(err, AFD_EXIT_NO_VERDICT,
						"the next page can't be asked for: the body of the request is no JSON object");
	if (url->failed || body->failed)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the request for the next page is over its bound");
	pages->asked = page;
	return 0;
}
