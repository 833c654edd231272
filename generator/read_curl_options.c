/* SPDX-License-Identifier: MIT
 * The options of curl: which take an argument, and what they say of the request. */
#include "curl.h"

#include <stdint.h>
#include <string.h>

static const struct afd_curl_option options[] = {
	{ 'X', "request", AFD_CURL_METHOD },
	{ 'H', "header", AFD_CURL_HEADER },
	{ 'd', "data", AFD_CURL_DATA },
	{ 0, "data-ascii", AFD_CURL_DATA },
	{ 0, "data-binary", AFD_CURL_DATA },
	{ 0, "data-raw", AFD_CURL_RAW },
	{ 0, "data-urlencode", AFD_CURL_ENCODE },
	{ 0, "json", AFD_CURL_JSON },
	{ 'F', "form", AFD_CURL_FORM },
	{ 0, "form-string", AFD_CURL_STRING },
	{ 'u', "user", AFD_CURL_USER },
	{ 0, "oauth2-bearer", AFD_CURL_BEARER },
	{ 'G', "get", AFD_CURL_GET },
	{ 'I', "head", AFD_CURL_HEAD },
	{ 'b', "cookie", AFD_CURL_COOKIE },
	{ 'A', "user-agent", AFD_CURL_AGENT },
	{ 'e', "referer", AFD_CURL_REFERER },
	{ 0, "url", AFD_CURL_URL },
	{ 'k', "insecure", AFD_CURL_INSECURE },
	{ 'L', "location", AFD_CURL_LOCATION },
	{ 0, "location-trusted", AFD_CURL_LOCATION },
	{ 'T', "upload-file", AFD_CURL_UPLOAD },
	{ 'o', "output", AFD_CURL_ARGUMENT },
	{ 'w', "write-out", AFD_CURL_ARGUMENT },
	{ 'c', "cookie-jar", AFD_CURL_JAR },
	{ 'm', "max-time", AFD_CURL_ARGUMENT },
	{ 0, "connect-timeout", AFD_CURL_ARGUMENT },
	{ 'x', "proxy", AFD_CURL_ARGUMENT },
	{ 'U', "proxy-user", AFD_CURL_ARGUMENT },
	{ 0, "retry", AFD_CURL_ARGUMENT },
	{ 0, "retry-delay", AFD_CURL_ARGUMENT },
	{ 0, "retry-max-time", AFD_CURL_ARGUMENT },
	{ 'E', "cert", AFD_CURL_ARGUMENT },
	{ 0, "key", AFD_CURL_ARGUMENT },
	{ 0, "cacert", AFD_CURL_ARGUMENT },
	{ 0, "capath", AFD_CURL_ARGUMENT },
	{ 'D', "dump-header", AFD_CURL_ARGUMENT },
	{ 0, "resolve", AFD_CURL_ARGUMENT },
	{ 0, "connect-to", AFD_CURL_ARGUMENT },
	{ 0, "interface", AFD_CURL_ARGUMENT },
	{ 0, "limit-rate", AFD_CURL_ARGUMENT },
	{ 'K', "config", AFD_CURL_ARGUMENT },
	{ 'r', "range", AFD_CURL_RANGE },
	{ 'C', "continue-at", AFD_CURL_ARGUMENT },
	{ 'Y', "speed-limit", AFD_CURL_ARGUMENT },
	{ 'y', "speed-time", AFD_CURL_ARGUMENT },
	{ 'z', "time-cond", AFD_CURL_ARGUMENT },
	{ 0, "max-redirs", AFD_CURL_ARGUMENT },
	{ 0, "max-filesize", AFD_CURL_ARGUMENT },
	{ 0, "ciphers", AFD_CURL_ARGUMENT },
	{ 0, "trace", AFD_CURL_ARGUMENT },
	{ 0, "trace-ascii", AFD_CURL_ARGUMENT },
	{ 0, "stderr", AFD_CURL_ARGUMENT },
	{ 0, "unix-socket", AFD_CURL_ARGUMENT },
	{ 0, "noproxy", AFD_CURL_ARGUMENT },
	{ 0, "aws-sigv4", AFD_CURL_ARGUMENT },
	{ 0, "output-dir", AFD_CURL_ARGUMENT },
	{ 0, "proto", AFD_CURL_ARGUMENT },
	{ 0, "keepalive-time", AFD_CURL_ARGUMENT },
	{ 't', "telnet-option", AFD_CURL_ARGUMENT },
	{ 'P', "ftp-port", AFD_CURL_ARGUMENT },
	{ 'Q', "quote", AFD_CURL_ARGUMENT },
	/* of PowerShell's command of the same name */
	{ 0, "Uri", AFD_CURL_URL },
	{ 0, "Method", AFD_CURL_METHOD },
	{ 0, "Body", AFD_CURL_RAW },
	{ 0, "ContentType", AFD_CURL_ARGUMENT },
	{ 0, "Headers", AFD_CURL_ARGUMENT },
	{ 0, "UseBasicParsing", AFD_CURL_FLAG },
};

const struct afd_curl_option *afd_curl_long(struct afd_span name)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (afd_span_is(name, options[i].name))
			return &options[i];
	return NULL;
}

const struct afd_curl_option *afd_curl_short(char letter)
{
	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (options[i].letter == letter)
			return &options[i];
	return NULL;
}

void afd_curl_warn(struct afd_curl *curl, struct afd_span where, const char *text, const char *hint)
{
	struct afd_diagnostic *row = afd_diag_add(curl->reader->diag, AFD_WARNING, "curl", where, "%s", text);
	if (hint)
		afd_diag_hint(curl->reader->diag, row, "%s", hint);
}

void afd_curl_header(struct afd_curl *curl, const char *name, const char *value, struct afd_span where)
{
	afd_read_add_header(curl->reader, &curl->found->headers, where, afd_span_of(name), afd_span_of(value));
}

bool afd_curl_has_header(const struct afd_curl *curl, const char *name)
{
	for (size_t i = 0; i < curl->found->headers.count; i++)
		if (afd_span_equal_nocase(afd_span_of(curl->found->headers.rows[i].name), afd_span_of(name)))
			return true;
	return false;
}

/* "Name: value"; "Name:" takes one away that curl would send, "Name;" sends it empty. */
static void add_header(struct afd_curl *curl, struct afd_shell_word word)
{
	const char *colon = word.text.size ? memchr(word.text.data, ':', word.text.size) : NULL;
	if (!colon && afd_span_ends(word.text, ";")) {
		afd_read_add_header(curl->reader, &curl->found->headers, word.raw,
							afd_span_first(word.text, word.text.size - 1), (struct afd_span){ "", 0 });
		return;
	}
	if (!colon) {
		afd_curl_warn(curl, word.raw, "this header is not sent", "a header is written 'Name: value'");
		return;
	}
	size_t size = (size_t)(colon - word.text.data);
	struct afd_span value = afd_span_trim(afd_span_from(word.text, size + 1));
	if (value.size == 0) {
		curl->untyped =
			curl->untyped || afd_span_equal_nocase(afd_span_first(word.text, size), AFD_SPAN("Content-Type"));
		return;
	}
	afd_read_add_header(curl->reader, &curl->found->headers, word.raw,
						afd_span_trim(afd_span_first(word.text, size)), value);
}

static const char *base64(struct afd_arena *arena, struct afd_span bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *out = afd_arena_new(arena, (bytes.size + 2) / 3 * 4 + 1);
	char *p = out;
	for (size_t i = 0; i < bytes.size; i += 3) {
		unsigned long group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (i + k < bytes.size ? (unsigned char)bytes.data[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			*p++ = i + k > bytes.size ? '=' : digits[group >> (18 - 6 * k) & 63];
	}
	return out;
}

static void add_user(struct afd_curl *curl, struct afd_shell_word word)
{
	struct afd_span name;
	struct afd_span whole;
	if (afd_read_placeholder(word.text, 0, &name, &whole) != SIZE_MAX) {
		afd_curl_block(curl, word.raw, "a user with a placeholder cannot be encoded: the request is not sent",
					   "write the header Authorization itself");
		return;
	}
	struct afd_arena *arena = curl->reader->arena;
	if (!memchr(word.text.data, ':', word.text.size))
		word.text =
			afd_span_of(afd_arena_printf(arena, "%s:", word.text.data)); /* curl would ask for the rest */
	afd_curl_header(curl, "Authorization", afd_arena_printf(arena, "Basic %s", base64(arena, word.text)),
					word.raw);
}

static void add_cookie(struct afd_curl *curl, struct afd_shell_word word)
{
	struct afd_model_header *before = NULL;
	for (size_t i = 0; i < curl->found->headers.count; i++)
		if (strcmp(curl->found->headers.rows[i].name, "Cookie") == 0)
			before = &curl->found->headers.rows[i];
	bool written = word.text.size && memchr(word.text.data, '=', word.text.size);
	if (written && before)
		before->value = afd_arena_printf(curl->reader->arena, "%s; %s", before->value, word.text.data);
	else if (written)
		afd_curl_header(curl, "Cookie", word.text.data, word.raw);
	else if (!afd_jar_use(curl->reader, word.text, curl->found, word.raw))
		afd_curl_block(curl, word.raw, "the cookies of a file are not known here: the request is not sent",
					   "keep the cookie of an answer, or write it here");
}

/* What nothing gives a value is not sent as its name. */
static void declare_variables(struct afd_curl *curl, struct afd_shell_word word)
{
	const struct afd_model *model = curl->reader->model;
	for (size_t i = 0; i < word.variables.size; i++) {
		struct afd_span name;
		if (!afd_shell_variable(afd_span_from(word.variables, i), &name))
			continue;
		if (model->variables.count < AFD_VARIABLES_MAX || afd_read_variable(model, name)) {
			afd_read_declare(curl->reader, name, word.raw);
			continue;
		}
		afd_curl_block(curl, word.raw, "too many variables have no value: the request is not sent", NULL);
		return;
	}
}

static void add_part(struct afd_curl *curl, enum afd_curl_kind kind, struct afd_shell_word word)
{
	bool form = kind == AFD_CURL_FORM || kind == AFD_CURL_STRING;
	struct afd_curl_part *part = form ? afd_arena_push(curl->reader->arena, &curl->form.rows, &curl->form.count, sizeof *part)
									  : afd_arena_push(curl->reader->arena, &curl->data.rows, &curl->data.count, sizeof *part);
	*part = (struct afd_curl_part){ kind, word };
	declare_variables(curl, word);
}

void afd_curl_block(struct afd_curl *curl, struct afd_span where, const char *text, const char *hint)
{
	if (curl->found->unknown.size == 0)
		curl->found->unknown = where;
	afd_curl_warn(curl, where, text, hint);
}

void afd_curl_note_unknown(struct afd_curl *curl, struct afd_shell_word word)
{
	struct afd_span unknown = afd_shell_computed(word.raw);
	if (unknown.size && curl->found->unknown.size == 0)
		afd_curl_block(curl, unknown, "what this command prints is not known: the request is not sent",
					   "write the value, or a placeholder for it: {NAME}");
}

static void set_method(struct afd_curl *curl, struct afd_shell_word word)
{
	if (memchr(word.text.data, '$', word.text.size))
		afd_curl_block(curl, word.raw, "the method is not known here: the request is not sent", "write it");
	curl->method = word.text;
}

void afd_curl_apply(struct afd_curl *curl, enum afd_curl_kind kind, struct afd_shell_word word)
{
	if (kind >= AFD_CURL_HEADER && kind <= AFD_CURL_URL && kind != AFD_CURL_GET && kind != AFD_CURL_HEAD)
		afd_curl_note_unknown(curl, word);
	switch (kind) {
	case AFD_CURL_METHOD: set_method(curl, word); break;
	case AFD_CURL_HEADER: add_header(curl, word); break;
	case AFD_CURL_JSON: curl->json = true; /* fall through */
	case AFD_CURL_DATA:
	case AFD_CURL_RAW:
	case AFD_CURL_ENCODE:
	case AFD_CURL_FORM:
	case AFD_CURL_STRING: add_part(curl, kind, word); break;
	case AFD_CURL_USER: add_user(curl, word); break;
	case AFD_CURL_BEARER:
		afd_curl_header(curl, "Authorization", afd_arena_printf(curl->reader->arena, "Bearer %s", word.text.data), word.raw);
		break;
	case AFD_CURL_GET: curl->get = true; break;
	case AFD_CURL_HEAD: curl->head = true; break;
	case AFD_CURL_COOKIE: add_cookie(curl, word); break;
	case AFD_CURL_JAR: afd_jar_keep(curl->reader, word.text, curl->found, word.raw); break;
	case AFD_CURL_AGENT: afd_curl_header(curl, "User-Agent", word.text.data, word.raw); break;
	case AFD_CURL_REFERER: afd_curl_header(curl, "Referer", word.text.data, word.raw); break;
	case AFD_CURL_RANGE:
		afd_curl_header(curl, "Range", afd_arena_printf(curl->reader->arena, "bytes=%s", word.text.data),
						word.raw);
		break;
	case AFD_CURL_URL: afd_curl_set_url(curl, word); break;
	case AFD_CURL_INSECURE:
		afd_curl_warn(curl, word.raw, "certificates are always checked: this option is not followed",
					  "name the authority in CURL_CA_BUNDLE");
		break;
	case AFD_CURL_LOCATION:
		afd_curl_warn(curl, word.raw, "redirects are answers of their own: this option is not followed", NULL);
		break;
	case AFD_CURL_UPLOAD:
		curl->upload = true;
		afd_curl_block(curl, word.raw, "the file is not known here: the request is not sent",
					   "write the body here, with -d");
		break;
	default: break;
	}
}
