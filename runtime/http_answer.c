/* SPDX-License-Identifier: MIT */
#include "http_answer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 1000, LENGTH_DIGITS = 18, RATIO_MAX = 1000, RATIO_FROM = 1024 * 1024 };

void afd_incoming_init(struct afd_incoming *incoming, struct afd_answer *answer,
					   const struct afd_http_options *options)
{
	*answer = (struct afd_answer){ 0 };
	*incoming =
		(struct afd_incoming){ .answer = answer, .header_limit = options->header_limit, .length = -1 };
	afd_text_init(&answer->head, options->header_limit);
	afd_text_init(&answer->body, options->body_limit);
}

void afd_incoming_fail(struct afd_incoming *incoming, bool violation, const char *format, ...)
{
	struct afd_answer *answer = incoming->answer;
	answer->received = false;
	if (answer->failure[0] == '\0') {
		va_list arguments;
		va_start(arguments, format);
		vsnprintf(answer->failure, sizeof answer->failure, format, arguments);
		va_end(arguments);
		answer->violation = violation;
	}
	afd_text_free(&answer->head);
	afd_text_free(&answer->body);
	free(answer->fields);
	answer->fields = NULL;
	answer->field_count = 0;
	answer->media[0] = '\0';
}

static bool violation(struct afd_incoming *incoming, const char *text)
{
	afd_incoming_fail(incoming, true, "%s", text);
	return false;
}

static bool is_digits(struct afd_span span)
{
	for (size_t i = 0; i < span.size; i++)
		if (span.data[i] < '0' || span.data[i] > '9')
			return false;
	return span.size > 0;
}

static long long number(struct afd_span digits)
{
	long long value = 0;
	for (size_t i = 0; i < digits.size; i++)
		value = value * 10 + (digits.data[i] - '0');
	return value;
}

/* "HTTP/1.1 200 OK" (RFC 9112 section 4). */
static bool begin_head(struct afd_incoming *incoming, struct afd_span line)
{
	struct afd_answer *answer = incoming->answer;
	size_t blank = afd_span_find(line, " ", 0);
	struct afd_span version = blank == SIZE_MAX ? AFD_SPAN("") : afd_span_first(line, blank);
	struct afd_span rest = afd_span_from(line, version.size + 1);
	struct afd_span status = afd_span_first(rest, afd_span_find(rest, " ", 0));
	if (!afd_span_starts(version, "HTTP/1.") || version.size != strlen("HTTP/1.x") || status.size != 3 ||
		!is_digits(status) || status.data[0] < '1')
		return violation(incoming, "not an HTTP/1.x answer");
	memcpy(answer->version, version.data + strlen("HTTP/"), strlen("1.x"));
	answer->version[strlen("1.x")] = '\0';
	answer->status = (long)number(status);
	afd_text_clear(&answer->head);
	incoming->length = -1;
	incoming->transfer_coding = false;
	incoming->head_begun = true;
	return true;
}

/* One value, or a list of equal ones (RFC 9112 section 6.3). */
static bool take_length(struct afd_incoming *incoming, struct afd_span value)
{
	for (;;) {
		size_t comma = afd_span_find(value, ",", 0);
		struct afd_span digits = afd_span_trim(afd_span_first(value, comma));
		if (!is_digits(digits) || digits.size > LENGTH_DIGITS)
			return violation(incoming, "a Content-Length that is no number");
		if (incoming->length >= 0 && incoming->length != number(digits))
			return violation(incoming, "two Content-Length fields that differ");
		incoming->length = number(digits);
		if (comma == SIZE_MAX)
			return true;
		value = afd_span_from(value, comma + 1);
	}
}

static bool end_head(struct afd_incoming *incoming)
{
	long status = incoming->answer->status;
	incoming->head_begun = false;
	if (incoming->length >= 0 && incoming->transfer_coding)
		return violation(incoming, "Content-Length beside Transfer-Encoding");
	/* After 101 the connection speaks another protocol. */
	if (status == 101)
		return violation(incoming, "an upgrade that was not asked for");
	if ((status < 200 || status == 204) && (incoming->length > 0 || incoming->transfer_coding))
		return violation(incoming, "a body announced with a status that has none");
	incoming->head_done = status >= 200;
	return true;
}

static bool is_name(struct afd_span name)
{
	for (size_t i = 0; i < name.size; i++) {
		unsigned char byte = (unsigned char)name.data[i];
		if (byte <= 0x20 || byte >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", byte))
			return false;
	}
	return name.size > 0;
}

static bool take_field(struct afd_incoming *incoming, struct afd_span line)
{
	size_t colon = afd_span_find(line, ":", 0);
	struct afd_span name = afd_span_first(line, colon);
	if (colon == SIZE_MAX || !is_name(name))
		return violation(incoming, "a malformed field");
	if (afd_span_equal_nocase(name, AFD_SPAN("Content-Length")) &&
		!take_length(incoming, afd_span_from(line, colon + 1)))
		return false;
	if (afd_span_equal_nocase(name, AFD_SPAN("Transfer-Encoding")))
		incoming->transfer_coding = true;
	return afd_text_add(&incoming->answer->head, line) && afd_text_putc(&incoming->answer->head, '\n');
}

static struct afd_span without_line_end(struct afd_span line)
{
	if (afd_span_ends(line, "\n"))
		line.size--;
	if (afd_span_ends(line, "\r"))
		line.size--;
	return line;
}

bool afd_incoming_line(struct afd_incoming *incoming, struct afd_span line)
{
	incoming->header_bytes += line.size;
	if (incoming->header_bytes > incoming->header_limit) {
		afd_incoming_fail(incoming, true, "fields over %zu bytes", incoming->header_limit);
		return false;
	}
	line = without_line_end(line);
	if (line.size > 0 && memchr(line.data, '\0', line.size))
		return violation(incoming, "a NUL byte in a field");
	if (line.size > 0 && memchr(line.data, '\r', line.size))
		return violation(incoming, "a bare CR in a field");
	/* Trailers are bounded and dropped: RFC 9110 section 6.5 lets a recipient do so. */
	if (incoming->head_done)
		return true;
	if (!incoming->head_begun)
		return begin_head(incoming, line);
	if (line.size == 0)
		return end_head(incoming);
	if (line.data[0] == ' ' || line.data[0] == '\t')
		return violation(incoming, "a folded field");
	return take_field(incoming, line);
}

bool afd_incoming_body(struct afd_incoming *incoming, struct afd_span bytes)
{
	struct afd_text *body = &incoming->answer->body;
	if (bytes.size > body->limit - body->size) {
		afd_incoming_fail(incoming, true, "a body over %zu bytes", body->limit);
		return false;
	}
	if (!afd_text_add(body, bytes)) {
		afd_incoming_fail(incoming, false, "no memory for the body");
		return false;
	}
	return true;
}

static void take_media(struct afd_answer *answer)
{
	const struct afd_field *type = afd_answer_field(answer, "Content-Type");
	if (!type)
		return;
	struct afd_span media = afd_span_trim(afd_span_first(type->value, afd_span_find(type->value, ";", 0)));
	if (media.size >= sizeof answer->media)
		return;
	for (size_t i = 0; i < media.size; i++) {
		char byte = media.data[i];
		if ((unsigned char)byte <= 0x20 || (unsigned char)byte >= 0x7f) {
			answer->media[0] = '\0';
			return;
		}
		answer->media[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
		answer->media[i + 1] = '\0';
	}
}

static size_t count_lines(struct afd_span head)
{
	size_t count = 0;
	for (size_t i = 0; i < head.size; i++)
		count += head.data[i] == '\n';
	return count;
}

static bool fill_fields(struct afd_answer *answer)
{
	struct afd_span head = afd_text_span(&answer->head);
	size_t count = count_lines(head);
	answer->fields = calloc(count + 1, sizeof *answer->fields);
	if (!answer->fields)
		return false;
	for (; answer->field_count < count; answer->field_count++) {
		size_t end = afd_span_find(head, "\n", 0);
		struct afd_span line = afd_span_first(head, end);
		size_t colon = afd_span_find(line, ":", 0);
		answer->fields[answer->field_count] =
			(struct afd_field){ afd_span_first(line, colon), afd_span_trim(afd_span_from(line, colon + 1)) };
		head = afd_span_from(head, end + 1);
	}
	return true;
}

/* Only now: while it comes, the count of what was read runs ahead of what is decoded. */
static bool inflates(const struct afd_answer *answer)
{
	return answer->body.size > RATIO_FROM && answer->body.size / RATIO_MAX >= answer->wire_bytes;
}

static const char *whole_violation(const struct afd_incoming *incoming)
{
	const struct afd_answer *answer = incoming->answer;
	if (!incoming->head_done)
		return "the answer has no end of its head";
	if (incoming->excess)
		return "bytes after the end of the answer";
	if (inflates(answer))
		return "a body that decodes to over 1000 times its size";
	if (count_lines(afd_text_span(&answer->head)) > FIELDS_MAX)
		return "over 1000 fields";
	return NULL;
}

void afd_incoming_finish(struct afd_incoming *incoming)
{
	struct afd_answer *answer = incoming->answer;
	if (answer->failure[0] != '\0')
		return;
	const char *wrong = whole_violation(incoming);
	if (wrong) {
		afd_incoming_fail(incoming, true, "%s", wrong);
		return;
	}
	if (!fill_fields(answer)) {
		afd_incoming_fail(incoming, false, "no memory for the fields");
		return;
	}
	take_media(answer);
	answer->received = true;
}

struct afd_raw afd_answer_body(const struct afd_answer *answer)
{
	return (struct afd_raw){ afd_text_span(&answer->body) };
}

const struct afd_field *afd_answer_field(const struct afd_answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->field_count; i++)
		if (afd_span_equal_nocase(answer->fields[i].name, afd_span_of(name)))
			return &answer->fields[i];
	return NULL;
}

void afd_answer_free(struct afd_answer *answer)
{
	afd_text_free(&answer->head);
	afd_text_free(&answer->body);
	free(answer->fields);
	*answer = (struct afd_answer){ 0 };
}
