/* SPDX-License-Identifier: MIT */
#include "sidecar_request.h"

#include <string.h>

enum { TEXT_LIMIT = 512 << 20 };

enum meaning {
	SETTING, /* every other name */
	QUERY,
	DATABASE,
	FORMAT,
	IGNORED, /* of the transport, and met by how answers are made here: whole, in one piece, without sessions
			  */
	UNSUPPORTED,
};

static enum meaning meaning_of(struct afd_span name)
{
	static const struct {
		const char *name;
		enum meaning meaning;
	} known[] = {
		{ "query", QUERY },
		{ "database", DATABASE },
		{ "default_format", FORMAT },
		{ "wait_end_of_query", IGNORED },
		{ "buffer_size", IGNORED },
		{ "query_id", IGNORED },
		{ "quota_key", IGNORED },
		{ "stacktrace", IGNORED },
		{ "user", UNSUPPORTED },
		{ "password", UNSUPPORTED },
		{ "session_id", UNSUPPORTED },
		{ "session_timeout", UNSUPPORTED },
		{ "session_check", UNSUPPORTED },
		{ "decompress", UNSUPPORTED },
		{ "role", UNSUPPORTED },
		{ "client_protocol_version", IGNORED },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (afd_span_is(name, known[i].name))
			return known[i].meaning;
	return SETTING;
}

void afd_sidecar_request_init(struct afd_sidecar_request *request)
{
	*request = (struct afd_sidecar_request){ .format = AFD_SPAN("TabSeparated") };
	afd_text_init(&request->text, TEXT_LIMIT);
}

void afd_sidecar_request_free(struct afd_sidecar_request *request)
{
	afd_text_free(&request->text);
}

static void add_pair(struct afd_sidecar_request *request, struct afd_engine_pair *rows, size_t *count,
					 struct afd_engine_pair pair)
{
	if (*count == AFD_SIDECAR_PAIRS_MAX)
		request->refused = "Too many arguments in the URL. (BAD_ARGUMENTS)";
	else
		rows[(*count)++] = pair;
}

static void add_setting(struct afd_sidecar_request *request, struct afd_span name, struct afd_span value)
{
	/* 0 asks for what is done anyway. */
	if (afd_span_is(name, "compress")) {
		if (!afd_span_is(value, "0"))
			request->refused = "Answers in ClickHouse's own compression are not served. (NOT_IMPLEMENTED)";
		return;
	}
	add_pair(request, request->settings, &request->setting_count, (struct afd_engine_pair){ name, value });
}

static void add_other(struct afd_sidecar_request *request, struct afd_span name, struct afd_span value)
{
	const char prefix[] = "param_";
	if (afd_span_starts(name, prefix))
		add_pair(request, request->parameters, &request->parameter_count,
				 (struct afd_engine_pair){ afd_span_from(name, strlen(prefix)), value });
	else
		add_setting(request, name, value);
}

void afd_sidecar_request_argument(struct afd_sidecar_request *request, struct afd_span name,
								  struct afd_span value)
{
	switch (meaning_of(name)) {
	case QUERY:
		afd_text_clear(&request->text);
		afd_text_add(&request->text, value);
		if (value.size > 0)
			afd_text_putc(&request->text, '\n');
		break;
	case DATABASE: request->database = value; break;
	case FORMAT: request->format = value; break;
	case UNSUPPORTED:
		request->refused = "Sessions, roles, compressed bodies and credentials in the URL are not served. "
						   "(NOT_IMPLEMENTED)";
		break;
	case IGNORED: break;
	case SETTING: add_other(request, name, value); break;
	}
}

void afd_sidecar_request_body(struct afd_sidecar_request *request, struct afd_span piece)
{
	if (!afd_text_add(&request->text, piece))
		request->refused = "The body is too large. (TOO_LARGE_STRING_SIZE)";
}

struct afd_engine_query afd_sidecar_request_query(const struct afd_sidecar_request *request, bool read_only)
{
	return (struct afd_engine_query){
		.text = afd_text_span(&request->text),
		.format = request->format,
		.database = request->database,
		.settings = { request->settings, request->setting_count },
		.parameters = { request->parameters, request->parameter_count },
		.read_only = read_only,
	};
}
