/* SPDX-License-Identifier: MIT
 * The Qtickets simulator: HTTP on the loopback address. */
#include "arguments.h"
#include "options.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { BODY_MAX = 1 << 20, PRIVATE_MAX = 16 << 20 };

struct host {
	struct sim_server server;
	pthread_mutex_t lock; /* over the server: one thread a connection */
};

/* One request while it arrives. */
struct exchange {
	struct afd_text body;
	struct sim_request request;
	struct sim_answer answer;
};

static void free_answer(void *context)
{
	struct sim_answer *answer = context;
	afd_sim_answer_free(answer);
	free(answer);
}

/* Without a known size, so that the answer is chunked. */
static ssize_t read_answer(void *context, uint64_t position, char *buffer, size_t most)
{
	const struct sim_answer *answer = context;
	if (position >= answer->body.size)
		return answer->missing_bytes ? MHD_CONTENT_READER_END_WITH_ERROR : MHD_CONTENT_READER_END_OF_STREAM;
	size_t rest = answer->body.size - (size_t)position;
	size_t size = rest < most ? rest : most;
	memcpy(buffer, answer->body.data + position, size);
	return (ssize_t)size;
}

static struct MHD_Response *new_response(struct exchange *exchange)
{
	enum { BLOCK = 1 << 16 };
	struct sim_answer *answer = malloc(sizeof *answer);
	if (!answer)
		return NULL;
	*answer = exchange->answer;
	afd_sim_answer_init(&exchange->answer);
	/* libmicrohttpd 0.9.75 ends a chunked answer to HEAD with a last chunk, which is no part of it. */
	bool sized = answer->missing_bytes || strcmp(exchange->request.method, "HEAD") == 0;
	uint64_t size = sized ? answer->body.size + answer->missing_bytes : MHD_SIZE_UNKNOWN;
	struct MHD_Response *response =
		MHD_create_response_from_callback(size, BLOCK, read_answer, answer, free_answer);
	if (!response)
		return NULL;
	MHD_add_response_header(response, "Server", "nginx");
	MHD_add_response_header(response, "Content-Type", answer->type);
	MHD_add_response_header(response, "Vary", "Accept-Encoding");
	MHD_add_response_header(response, "X-Cache-Status", "BYPASS");
	MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000");
	if (answer->location)
		MHD_add_response_header(response, "Location", answer->location);
	return response;
}

static enum MHD_Result take_parameter(void *context, enum MHD_ValueKind kind, const char *name,
									  const char *value)
{
	(void)kind;
	afd_sim_take_parameter(context, name, value ? value : "");
	return MHD_YES;
}

static void wait_milliseconds(unsigned milliseconds)
{
	struct timespec rest = { milliseconds / 1000, (long)(milliseconds % 1000) * 1000000 };
	while (milliseconds && nanosleep(&rest, &rest) != 0)
		continue;
}

static enum MHD_Result finish(struct host *host, struct MHD_Connection *connection, struct exchange *exchange)
{
	struct sim_request *request = &exchange->request;
	const char *authorization = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");
	afd_sim_take_body(request, afd_text_span(&exchange->body));
	if (exchange->body.failed)
		request->malformed = true;
	if (!request->malformed)
		MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_parameter, request);
	pthread_mutex_lock(&host->lock);
	afd_sim_serve(&host->server, request, authorization, &exchange->answer);
	pthread_mutex_unlock(&host->lock);
	wait_milliseconds(exchange->answer.delay);
	if (exchange->answer.dropped || exchange->answer.body.failed)
		return MHD_NO;
	unsigned status = exchange->answer.status;
	struct MHD_Response *response = new_response(exchange);
	if (!response)
		return MHD_NO;
	enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
							  const char *method, const char *version, const char *data, size_t *size,
							  void **state)
{
	struct exchange *exchange = *state;
	(void)version;
	if (!exchange) {
		exchange = *state = calloc(1, sizeof *exchange);
		if (!exchange)
			return MHD_NO;
		afd_text_init(&exchange->body, BODY_MAX);
		afd_sim_answer_init(&exchange->answer);
		return MHD_YES;
	}
	if (*size) {
		afd_text_add(&exchange->body, (struct afd_span){ data, *size });
		*size = 0;
		return MHD_YES;
	}
	exchange->request.path = url;
	exchange->request.method = method;
	return finish(context, connection, exchange);
}

static void forget(void *context, struct MHD_Connection *connection, void **state,
				   enum MHD_RequestTerminationCode code)
{
	struct exchange *exchange = *state;
	(void)context;
	(void)connection;
	(void)code;
	if (!exchange)
		return;
	afd_text_free(&exchange->body);
	afd_sim_answer_free(&exchange->answer);
	afd_sim_arguments_free(&exchange->request);
	free(exchange);
	*state = NULL;
}

static struct MHD_Daemon *listen_on(struct host *host, unsigned port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, (uint16_t)port,
							NULL, NULL, handle, host, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
							MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
}

static int wait_for_end(const sigset_t *signals, unsigned seconds)
{
	struct timespec most = { .tv_sec = seconds };
	sigtimedwait(signals, NULL, &most);
	return EXIT_SUCCESS;
}

static int run(const struct sim_options *options, const sigset_t *signals)
{
	struct host host = { .lock = PTHREAD_MUTEX_INITIALIZER };
	if (!afd_sim_server_init(&host.server, options)) {
		fputs("qtickets-sim: out of memory\n", stderr);
		return AFD_EXIT_NO_VERDICT;
	}
	struct MHD_Daemon *daemon = listen_on(&host, options->port);
	int code = AFD_EXIT_NO_VERDICT;
	if (daemon) {
		const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
		printf("listening on 127.0.0.1:%u\n", info ? info->port : options->port);
		fflush(stdout);
		code = wait_for_end(signals, options->max_seconds);
		MHD_stop_daemon(daemon);
	} else {
		fprintf(stderr, "qtickets-sim: port %u of 127.0.0.1 can't be used; --port 0 takes a free one\n",
				options->port);
	}
	afd_sim_server_free(&host.server);
	return code;
}

static int list_private(const struct sim_options *options)
{
	struct sim_world *world = afd_sim_world_new(options->seed, options->profile == SIM_PRODUCTION);
	struct afd_text lines;
	afd_text_init(&lines, PRIVATE_MAX);
	if (world)
		afd_sim_world_list_private(world, &lines);
	bool listed = world && !lines.failed && fwrite(lines.data, 1, lines.size, stdout) == lines.size;
	afd_text_free(&lines);
	afd_sim_world_free(world);
	return listed && fflush(stdout) == 0 ? AFD_EXIT_OK : AFD_EXIT_NO_VERDICT;
}

int main(int argc, char **argv)
{
	struct sim_options options;
	sigset_t signals;
	pid_t parent = getppid();
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		return AFD_EXIT_NO_VERDICT;
	if (!afd_sim_read_options(&options, argc, argv))
		return AFD_EXIT_USAGE;
	if (options.list_faults) {
		afd_sim_list_faults(stdout);
		return AFD_EXIT_OK;
	}
	if (options.list_private)
		return list_private(&options);
	/* Blocked before any thread starts: the first one takes them with sigtimedwait. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	return run(&options, &signals);
}
