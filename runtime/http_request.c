/* SPDX-License-Identifier: MIT */
#include "http_request.h"

#include "placeholder.h"
#include "url.h"

#include <stdio.h>
#include <string.h>

enum { METHOD_MAX = 32 };

static bool is_token(struct afd_span span)
{
	for (size_t i = 0; i < span.size; i++) {
		char byte = span.data[i];
		bool alphanumeric =
			(byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
		if (!alphanumeric && (byte == '\0' || !strchr("!#$%&'*+-.^_`|~", byte)))
			return false;
	}
	return span.size > 0;
}

static bool has_controls(struct afd_span span)
{
	for (size_t i = 0; i < span.size; i++) {
		unsigned char byte = (unsigned char)span.data[i];
		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return true;
	}
	return false;
}

static int check_method(struct afd_span method, struct afd_error *err)
{
	if (!is_token(method) || method.size > METHOD_MAX)
		return afd_fail(err, AFD_EXIT_REFUSED, "the method is not a word of letters: not sent");
	if (afd_span_equal_nocase(method, AFD_SPAN("CONNECT")))
		return afd_fail(err, AFD_EXIT_REFUSED, "the method CONNECT asks for a tunnel: not sent");
	return 0;
}

const struct afd_header *afd_request_field(const struct afd_headers *headers, const char *name)
{
	for (size_t i = 0; headers && i < headers->count; i++)
		if (afd_span_equal_nocase(afd_span_of(headers->rows[i].name), afd_span_of(name)))
			return &headers->rows[i];
	return NULL;
}

/* A length that isn't the body's would make the server read past this request. */
static int check_length(const struct afd_http_request *request, struct afd_error *err)
{
	const struct afd_header *stated = afd_request_field(request->headers, "Content-Length");
	char length[32];
	snprintf(length, sizeof length, "%zu", request->has_body ? request->body.size : 0);
	if (stated && !afd_span_is(afd_span_trim(afd_span_of(stated->value)), length))
		return afd_fail(err, AFD_EXIT_REFUSED,
						"the header Content-Length is not the body's length (%s): leave it out", length);
	return 0;
}

int afd_request_check(const struct afd_http_request *request, struct afd_error *err)
{
	int rc = check_method(afd_span_of(request->method), err);
	if (rc == 0)
		rc = afd_url_check(request->url, err);
	if (rc == 0 && request->has_body && strcmp(request->method, "HEAD") == 0)
		rc = afd_fail(err, AFD_EXIT_REFUSED, "HEAD with a body: not sent");
	return rc == 0 ? check_length(request, err) : rc;
}

bool afd_request_is_safe(const struct afd_http_request *request)
{
	static const char *const methods[] = { "GET", "HEAD", "OPTIONS" };
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
		if (strcmp(request->method, methods[i]) == 0)
			return true;
	return false;
}

/* Where the values of a header come from. */
struct filling {
	const struct afd_http_request *request;
	const struct afd_header *header;
	const struct afd_secrets *secrets;
	const struct afd_variables *declared;
};

static int put_value(const struct filling *filling, const struct afd_variable *variable,
					 struct afd_text *line, struct afd_error *err)
{
	const struct afd_http_request *request = filling->request;
	const char *value = request->value_of ? request->value_of(request->context, variable) : NULL;
	if (!value && !afd_secret_present(filling->secrets, variable->name))
		return afd_fail(err, AFD_EXIT_USAGE, "the header %s names '%s', which has no value",
						filling->header->name, variable->name);
	bool put = value ? afd_text_puts(line, value) : afd_secret_expose(filling->secrets, variable->name, line);
	if (!put)
		return afd_fail(err, AFD_EXIT_REFUSED, "the header %s is longer than %d bytes", filling->header->name,
						AFD_HEADER_LINE_MAX);
	return 0;
}

static int add_value(const struct filling *filling, struct afd_text *line, struct afd_error *err)
{
	struct afd_span value = afd_span_of(filling->header->value);
	int rc = 0;
	for (size_t at = 0; at < value.size && rc == 0;) {
		struct afd_placeholder found;
		if (afd_placeholder_at(filling->declared, value, at, AFD_IN_HEADER, &found)) {
			rc = put_value(filling, found.variable, line, err);
			at += found.size;
		} else {
			(void)afd_text_putc(line, value.data[at++]);
		}
	}
	return rc;
}

int afd_request_header(const struct afd_http_request *request, const struct afd_header *header,
					   const struct afd_secrets *secrets, const struct afd_variables *declared,
					   struct afd_text *line, struct afd_error *err)
{
	struct filling filling = { request, header, secrets, declared };
	if (!is_token(afd_span_of(header->name)))
		return afd_fail(err, AFD_EXIT_REFUSED, "a header's name has a byte that no field name has: not sent");
	bool empty = header->value[strspn(header->value, " \t")] == '\0';
	(void)afd_text_puts(line, header->name);
	(void)afd_text_puts(line, empty ? ";" : ": ");
	int rc = empty ? 0 : add_value(&filling, line, err);
	if (rc == 0 && line->failed)
		rc = afd_fail(err, AFD_EXIT_REFUSED, "the header %s is longer than %d bytes", header->name,
					  AFD_HEADER_LINE_MAX);
	if (rc == 0 && has_controls(afd_text_span(line)))
		rc = afd_fail(err, AFD_EXIT_REFUSED, "the header %s has a control byte: not sent", header->name);
	return rc;
}
