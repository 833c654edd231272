/* SPDX-License-Identifier: MIT */
#include "sidecar_http.h"

#include "sidecar_request.h"
#include "sidecar_status.h"

#include <inttypes.h>
#include <limits.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	CODE_BAD_ARGUMENTS = 36,
	CODE_NOT_IMPLEMENTED = 48,
	CODE_SYNTAX = 62,
	CODE_AUTHENTICATION = 516,
	MEMORY_PER_CONNECTION = 1 << 20, /* bounds the URL, as ClickHouse does */
};

struct afd_sidecar_front {
	struct MHD_Daemon *daemon;
	const struct afd_engine *engine;
	struct afd_sidecar_access access;
};

static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status,
									 struct MHD_Response *response)
{
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", "text/plain; charset=UTF-8");
	MHD_add_response_header(response, "X-ClickHouse-Server-Display-Name", "affidavit-clickhouse");
	enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static struct MHD_Response *copy(struct afd_span body)
{
	void *data = (void *)(size_t)(body.size > 0 ? body.data : "");
	return MHD_create_response_from_buffer(body.size, data, MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_text(struct MHD_Connection *connection, unsigned status, const char *text)
{
	return send_response(connection, status, copy(afd_span_of(text)));
}

static enum MHD_Result send_exception(struct MHD_Connection *connection, unsigned code, struct afd_text *body)
{
	afd_text_putc(body, '\n');
	struct MHD_Response *response = copy(afd_text_span(body));
	char number[16];
	snprintf(number, sizeof number, "%u", code);
	if (response)
		MHD_add_response_header(response, "X-ClickHouse-Exception-Code", number);
	return send_response(connection, afd_sidecar_status(code), response);
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned code, const char *why)
{
	struct afd_text body;
	afd_text_init(&body, 1024);
	afd_text_printf(&body, "Code: %u. DB::Exception: %s", code, why);
	enum MHD_Result result = send_exception(connection, code, &body);
	afd_text_free(&body);
	return result;
}

static enum MHD_Result send_result(struct MHD_Connection *connection, const struct afd_engine_answer *answer)
{
	struct MHD_Response *response = copy(afd_text_span(&answer->body));
	char summary[256];
	snprintf(summary, sizeof summary,
			 "{\"read_rows\":\"%" PRIu64 "\",\"read_bytes\":\"%" PRIu64 "\",\"written_rows\":\"%" PRIu64
			 "\",\"written_bytes\":\"%" PRIu64 "\"}",
			 answer->read_rows, answer->read_bytes, answer->written_rows, answer->written_bytes);
	if (response)
		MHD_add_response_header(response, "X-ClickHouse-Summary", summary);
	return send_response(connection, MHD_HTTP_OK, response);
}

static enum MHD_Result run(const struct afd_sidecar_front *front, struct MHD_Connection *connection,
						   const struct afd_sidecar_request *request, bool read_only)
{
	if (request->refused)
		return refuse(connection, CODE_NOT_IMPLEMENTED, request->refused);
	if (afd_span_trim(afd_text_span(&request->text)).size == 0)
		return refuse(connection, CODE_SYNTAX, "Syntax error: Empty query. (SYNTAX_ERROR)");
	struct afd_engine_query query = afd_sidecar_request_query(request, read_only);
	struct afd_engine_answer answer;
	afd_engine_run(front->engine, &query, &answer);
	enum MHD_Result result = answer.code != 0 ? send_exception(connection, answer.code, &answer.body)
											  : send_result(connection, &answer);
	afd_engine_answer_free(&answer);
	return result;
}

static bool same_secret(const char *given, const char *wanted)
{
	size_t size = strlen(wanted);
	if (!given || strlen(given) != size)
		return false;
	unsigned difference = 0;
	for (size_t i = 0; i < size; i++)
		difference |= (unsigned char)given[i] ^ (unsigned char)wanted[i];
	return difference == 0;
}

static bool allowed_by_headers(const struct afd_sidecar_access *access, struct MHD_Connection *connection)
{
	const char *user = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-ClickHouse-User");
	const char *key = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-ClickHouse-Key");
	return same_secret(user ? user : "default", access->user) && same_secret(key, access->password);
}

static bool allowed_by_basic(const struct afd_sidecar_access *access, struct MHD_Connection *connection)
{
	char *password = NULL;
	char *user = MHD_basic_auth_get_username_password(connection, &password);
	bool allowed = same_secret(user, access->user) && same_secret(password, access->password);
	MHD_free(user);
	MHD_free(password);
	return allowed;
}

static bool is_allowed(const struct afd_sidecar_access *access, struct MHD_Connection *connection)
{
	return !access->password || allowed_by_headers(access, connection) ||
		   allowed_by_basic(access, connection);
}

static enum MHD_Result answer(const struct afd_sidecar_front *front, struct MHD_Connection *connection,
							  const char *path, const char *method, const struct afd_sidecar_request *request)
{
	bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	if (strcmp(path, "/ping") == 0)
		return send_text(connection, MHD_HTTP_OK, "Ok.\n");
	if (strcmp(path, "/") != 0)
		return send_text(connection, MHD_HTTP_NOT_FOUND, "There is no such handle; queries go to /\n");
	if (!get && strcmp(method, "POST") != 0)
		return send_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "Only GET, HEAD and POST are served\n");
	if (get && request->text.size == 0)
		return send_text(connection, MHD_HTTP_OK, "Ok.\n");
	if (!is_allowed(&front->access, connection))
		return refuse(connection, CODE_AUTHENTICATION,
					  "Authentication failed: password is incorrect, or there is no user with such name. "
					  "(AUTHENTICATION_FAILED)");
	if (MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_ENCODING))
		return refuse(connection, CODE_NOT_IMPLEMENTED,
					  "Compressed bodies are not served. (NOT_IMPLEMENTED)");
	return run(front, connection, request, get);
}

static enum MHD_Result take_argument(void *context, enum MHD_ValueKind kind, const char *name,
									 size_t name_size, const char *value, size_t value_size)
{
	(void)kind;
	afd_sidecar_request_argument(context, (struct afd_span){ name, name_size },
								 (struct afd_span){ value, value ? value_size : 0 });
	return MHD_YES;
}

static struct afd_sidecar_request *begin(struct MHD_Connection *connection)
{
	struct afd_sidecar_request *request = malloc(sizeof *request);
	if (!request)
		return NULL;
	afd_sidecar_request_init(request);
	MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, take_argument, request);
	return request;
}

/* MHD calls this once for the head of a request, once for each piece of its body, and once at its end. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path,
							  const char *method, const char *version, const char *piece, size_t *piece_size,
							  void **state)
{
	(void)version;
	if (!*state) {
		*state = begin(connection);
		return *state ? MHD_YES : MHD_NO;
	}
	if (*piece_size > 0) {
		afd_sidecar_request_body(*state, (struct afd_span){ piece, *piece_size });
		*piece_size = 0;
		return MHD_YES;
	}
	return answer(context, connection, path, method, *state);
}

static void end(void *context, struct MHD_Connection *connection, void **state,
				enum MHD_RequestTerminationCode reason)
{
	(void)context;
	(void)connection;
	(void)reason;
	if (*state)
		afd_sidecar_request_free(*state);
	free(*state);
	*state = NULL;
}

int afd_sidecar_front_open(struct afd_sidecar_front **front, const struct afd_engine *engine,
						   struct afd_sidecar_access access, int listener, struct afd_error *err)
{
	*front = calloc(1, sizeof **front);
	if (*front) {
		**front = (struct afd_sidecar_front){ .engine = engine, .access = access };
		(*front)->daemon =
			MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, *front, MHD_OPTION_LISTEN_SOCKET, listener,
							 MHD_OPTION_NOTIFY_COMPLETED, end, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
							 (size_t)MEMORY_PER_CONNECTION, MHD_OPTION_END);
	}
	if (*front && (*front)->daemon)
		return 0;
	free(*front);
	*front = NULL;
	close(listener);
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot start the HTTP server");
}

int afd_sidecar_front_descriptor(const struct afd_sidecar_front *front)
{
	return MHD_get_daemon_info(front->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int afd_sidecar_front_timeout(const struct afd_sidecar_front *front)
{
	MHD_UNSIGNED_LONG_LONG milliseconds = 0;
	if (MHD_get_timeout(front->daemon, &milliseconds) != MHD_YES)
		return -1;
	return milliseconds > INT_MAX ? INT_MAX : (int)milliseconds;
}

void afd_sidecar_front_run(struct afd_sidecar_front *front)
{
	MHD_run(front->daemon);
}

void afd_sidecar_front_close(struct afd_sidecar_front *front)
{
	if (!front)
		return;
	MHD_stop_daemon(front->daemon);
	free(front);
}
