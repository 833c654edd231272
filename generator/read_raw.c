/* SPDX-License-Identifier: MIT
 * Requests as they stand in a fence: a request line, headers, a body, one after the other. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

static struct afd_span first_word(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && text.data[size] != ' ' && text.data[size] != '\t')
		size++;
	return afd_span_first(text, size);
}

static bool starts_comment(struct afd_span text)
{
	return afd_span_starts(text, "#") || afd_span_starts(text, "//") || afd_span_starts(text, "<!--");
}

/* GET "http://...": up to the closing quote, or to the end of the line where that was forgotten. */
static bool take_quoted_url(struct afd_span target, struct afd_span *url, struct afd_span *rest)
{
	if (!afd_span_starts(target, "\"http"))
		return false;
	struct afd_span inside = afd_span_from(target, 1);
	const char *close = memchr(inside.data, '"', inside.size);
	size_t size = close ? (size_t)(close - inside.data) : inside.size;
	*url = afd_span_trim(afd_span_first(inside, size));
	*rest = afd_span_trim(afd_span_from(inside, size + 1));
	return afd_read_is_url(*url);
}

/* "?from=2025-01-01 00:00:00&to=...": a query that goes on after a blank, up to the end of the line. */
static size_t with_blanks(struct afd_span target, size_t size)
{
	struct afd_span rest = afd_span_trim(afd_span_from(target, size));
	bool goes_on = rest.size && memchr(target.data, '?', size) && memchr(rest.data, '&', rest.size) &&
				   memchr(rest.data, '=', rest.size);
	if (!goes_on || memchr(target.data, '#', target.size))
		return size;
	size_t version = afd_span_find(target, " HTTP/", size);
	return afd_span_trim(afd_span_first(target, version)).size;
}

bool afd_read_raw_line(struct afd_span line, struct afd_span *method, struct afd_span *url, struct afd_span *rest)
{
	line = afd_span_trim(line);
	*method = first_word(line);
	for (size_t i = 0; i < method->size; i++)
		if (method->data[i] < 'A' || method->data[i] > 'Z')
			return false;
	struct afd_span target = afd_span_trim(afd_span_from(line, method->size));
	if (method->size && take_quoted_url(target, url, rest))
		return afd_read_method(*method) != NULL;
	size_t size = method->size && target.size ? afd_read_url_size(target, false) : 0;
	if (size == 0 || !afd_read_method(*method))
		return false;
	/* a URL ends at a blank here, whatever it ends with */
	while (size < target.size && !strchr(" \t\r\n`<>\\", target.data[size]))
		size++;
	size = with_blanks(target, size);
	*url = afd_span_first(target, size);
	*rest = afd_span_trim(afd_span_from(target, size));
	return true;
}

static bool is_plain_rest(struct afd_span rest)
{
	bool aside = afd_span_starts(rest, "(") && memchr(rest.data, ')', rest.size);
	return rest.size == 0 || aside || afd_span_starts(rest, "HTTP/") || starts_comment(rest);
}

/* No line of JSON begins so: what has no end is not searched to the end of the document. */
static bool leaves_json(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || byte == '#' || byte == '`';
}

/* Offset after the JSON value that `text` starts with; SIZE_MAX: it is none, or has no end. */
static size_t json_end(struct afd_span text)
{
	size_t depth = 0;
	bool string = false;
	if (!afd_span_starts(text, "{") && !afd_span_starts(text, "["))
		return SIZE_MAX;
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.data[i];
		if (string) {
			i += byte == '\\';
			string = byte != '"' && byte != '\n';
		} else if (byte == '"') {
			string = true;
		} else if (byte == '{' || byte == '[') {
			depth++;
		} else if ((byte == '}' || byte == ']') && --depth == 0) {
			return i + 1;
		} else if (byte == '\n' && i + 1 < text.size && leaves_json(text.data[i + 1])) {
			return SIZE_MAX;
		}
	}
	return SIZE_MAX;
}

static bool ends_body(const struct afd_walk *walk, struct afd_span line, bool after_blank)
{
	struct afd_span method;
	struct afd_span url;
	struct afd_span rest;
	struct afd_span text = afd_span_trim(line);
	if (afd_span_starts(text, "###") || afd_span_starts(text, "HTTP/") || afd_span_starts(text, "```"))
		return true;
	if (afd_is_drawn(text))
		return true;
	if (afd_span_starts(text, "curl ") && walk->kind != AFD_FENCE_HTTP)
		return true;
	return after_blank && (starts_comment(text) || (afd_read_raw_line(text, &method, &url, &rest) && is_plain_rest(rest)));
}

/* The body: one JSON value, or all lines up to what cannot be of it. */
static struct afd_span take_body(struct afd_walk *walk)
{
	struct afd_span all = afd_span_from(walk->text, walk->at);
	size_t json = json_end(all);
	if (json != SIZE_MAX) {
		walk->at += json;
		afd_walk_skip(walk, afd_walk_line(walk));
		return afd_span_first(all, json);
	}
	size_t begin = walk->at;
	size_t end = begin;
	bool blank = false;
	while (walk->at < walk->text.size) {
		struct afd_span line = afd_walk_line(walk);
		if (ends_body(walk, line, blank))
			break;
		blank = afd_span_trim(line).size == 0;
		afd_walk_skip(walk, line);
		if (!blank)
			end = (size_t)(line.data - walk->text.data) + line.size;
	}
	struct afd_span body = { walk->text.data + begin, end - begin };
	while (body.size > 0 && strchr("\r\n", body.data[body.size - 1]))
		body.size--;
	return body;
}

static void set_body(struct afd_walk *walk, struct afd_found *found, struct afd_span bytes)
{
	if (afd_span_trim(bytes).size > 0)
		afd_read_set_body(walk->reader, &found->body, bytes, walk->indent);
}

/* "Body: {...}", "Header: Authorization: Bearer x", "Expected: 201": what such a line says of the request above it. */
static bool take_named_line(struct afd_walk *walk, struct afd_span line, struct afd_found *found)
{
	struct afd_block label = { 0 };
	if (!afd_scan_label(line, &label) || !label.colon || afd_span_starts(label.text, "100-"))
		return false;
	enum afd_label name = afd_read_label(&label);
	switch (name) {
	case AFD_LABEL_HEADERS:
		if (label.text.size)
			afd_read_header_lines(walk->reader, label.text, &found->headers);
		break;
	case AFD_LABEL_BODY:
		if (afd_word_find(AFD_WORD_NONE, label.text))
			break;
		if (label.text.size)
			walk->at = (size_t)(label.text.data - walk->text.data);
		else
			afd_walk_skip(walk, line);
		set_body(walk, found, take_body(walk));
		return true;
	case AFD_LABEL_EXPECTED:
	case AFD_LABEL_RESPONSE:
	case AFD_LABEL_STATUS:
		afd_note_add(walk->reader, found, line, true);
		walk->stopped = name == AFD_LABEL_RESPONSE;
		break;
	case AFD_LABEL_PARAMETERS: break;
	default: return false;
	}
	afd_walk_skip(walk, line);
	return true;
}

static bool is_query(struct afd_span text)
{
	return text.size && (text.data[0] == '?' || text.data[0] == '&');
}

/* Lines one under the other: "?page=2", "&limit=10". */
static void take_query(struct afd_walk *walk, struct afd_found *found)
{
	struct afd_text sent;
	struct afd_span line = afd_walk_line(walk);
	afd_text_init(&sent, SIZE_MAX / 2);
	afd_text_add(&sent, found->sent ? afd_span_of(found->sent) : found->url);
	bool good = afd_read_spend(walk->reader, line, sent.size);
	for (; walk->at < walk->text.size && is_query(afd_span_trim(line)); line = afd_walk_line(walk)) {
		afd_text_add(&sent, afd_span_trim(line));
		afd_walk_skip(walk, line);
	}
	if (good)
		found->sent = afd_arena_copy(walk->reader->arena, afd_text_span(&sent));
	afd_text_free(&sent);
}

/* Lines after the request line: more of the query, headers, named lines; stops at a blank line or at the body. */
static void take_fields(struct afd_walk *walk, struct afd_found *found)
{
	while (walk->at < walk->text.size && !walk->stopped) {
		struct afd_span line = afd_walk_line(walk);
		struct afd_span text = afd_span_trim(line);
		if (text.size == 0 || starts_comment(text))
			return;
		if (take_named_line(walk, text, found))
			continue;
		if (found->headers.count == 0 && is_query(text)) {
			take_query(walk, found);
			continue;
		}
		if (!afd_read_header_line(walk->reader, text, &found->headers))
			return;
		afd_walk_skip(walk, line);
	}
}

static void take_blank_lines(struct afd_walk *walk)
{
	while (walk->at < walk->text.size) {
		struct afd_span line = afd_walk_line(walk);
		if (afd_span_trim(line).size > 0)
			return;
		afd_walk_skip(walk, line);
	}
}

/* "Response time target: < 50 ms" right below the request line: words about it. */
static bool is_remark(struct afd_span line)
{
	struct afd_block label = { 0 };
	return line.size && !strchr("{[\"<", line.data[0]) && afd_scan_label(line, &label) && label.colon &&
		   memchr(label.name.data, ' ', label.name.size);
}

/* What comes after the blank line is the body where it can be one. */
static void take_rest(struct afd_walk *walk, struct afd_found *found)
{
	size_t before = walk->at;
	take_blank_lines(walk);
	while (walk->at < walk->text.size && !walk->stopped &&
		   take_named_line(walk, afd_span_trim(afd_walk_line(walk)), found))
		take_blank_lines(walk);
	struct afd_span line = afd_walk_line(walk);
	if (walk->at == before && is_remark(afd_span_trim(line)))
		return;
	bool sends = strcmp(found->method, "GET") != 0 || line.size == 0 || strchr("{[", afd_span_trim(line).data[0]);
	if (walk->at >= walk->text.size || walk->stopped || found->body.stated || starts_comment(afd_span_trim(line)) ||
		ends_body(walk, line, true) || !sends) {
		if (!walk->stopped && !found->body.stated)
			walk->at = before;
		return;
	}
	set_body(walk, found, take_body(walk));
}

void afd_walk_details(struct afd_walk *walk, struct afd_found *found)
{
	take_fields(walk, found);
	if (!walk->stopped)
		take_rest(walk, found);
	walk->stopped = false;
}

bool afd_walk_raw(struct afd_walk *walk, struct afd_span line)
{
	struct afd_found found = { .form = walk->requested ? "request" : "fence" };
	struct afd_span method;
	struct afd_span rest;
	if (!afd_read_raw_line(line, &method, &found.url, &rest))
		return false;
	if (!is_plain_rest(rest)) {
		afd_remark(walk->reader, found.url, "listed with words after it: an overview");
		walk->overviews++;
		afd_walk_skip(walk, line);
		return true;
	}
	afd_walk_settle_comments(walk, true);
	found.where = afd_span_trim(line);
	found.method = afd_read_method(method);
	if (starts_comment(rest))
		afd_note_add(walk->reader, &found, rest, false);
	afd_walk_skip(walk, line);
	afd_walk_details(walk, &found);
	bool whole = found.headers.count > 0 || found.body.stated || afd_span_starts(rest, "HTTP/");
	afd_walk_add(walk, whole ? AFD_RANK_WHOLE : AFD_RANK_LINE, &found);
	return true;
}
