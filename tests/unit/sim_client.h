/* SPDX-License-Identifier: MIT
 * The Qtickets simulator as a process, asked by libcurl. It is $AFD_SIM, else ../sim/qtickets-sim beside the
 * folder of the running program. Includes CMocka, so only tests include it. */
#ifndef AFFIDAVIT_UNIT_SIM_CLIENT_H
#define AFFIDAVIT_UNIT_SIM_CLIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <curl/curl.h>

#include "base/text.h"

#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define R "/api/rest/v1/"
#define P "/api/partners/v1/"

/* Bodies. */
#define ADD(seat, id, order)                                                                                 \
	"{\"seat_id\":\"" seat "\",\"external_id\":\"" id "\",\"external_order_id\":\"" order                    \
	"\",\"price\":1500.50}"
#define WHERE(column, more) "{\"where\":[{\"column\":\"" column "\"" more "}]}"

#define REST_TOKEN    "a-rest-token"
#define PARTNER_TOKEN "a-partner-token"

enum { ARGUMENTS_MAX = 8, ANSWER_MAX = 4 << 20 };

struct sim {
	pid_t pid;
	int port;
	FILE *output;
	CURL *curl;
};

struct reply {
	CURLcode code;
	long status;
	double seconds;
	struct afd_text headers, body;
};

static inline const char *program(char path[PATH_MAX])
{
	const char *named = getenv("AFD_SIM");
	if (named)
		return named;
	char self[PATH_MAX - 32] = "";
	assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
	snprintf(path, PATH_MAX, "%s/../sim/qtickets-sim", dirname(self));
	return path;
}

/* Starts the program with up to ARGUMENTS_MAX arguments, which end with NULL; its output is a pipe. */
static inline pid_t spawn(const char *const arguments[], FILE **output)
{
	char path[PATH_MAX];
	const char *argv[ARGUMENTS_MAX + 2] = { program(path) };
	int ends[2];
	for (size_t i = 0; arguments[i]; i++) {
		assert_true(i < ARGUMENTS_MAX);
		argv[i + 1] = arguments[i];
	}
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setenv("SIM_TOKEN", REST_TOKEN, 1);
		setenv("SIM_PARTNER_TOKEN", PARTNER_TOKEN, 1);
		bool open = dup2(ends[1], STDOUT_FILENO) >= 0;
		close(ends[0]);
		close(ends[1]);
		if (open)
			execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
	*output = fdopen(ends[0], "r");
	assert_non_null(*output);
	return pid;
}

static inline int end_of(pid_t pid)
{
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static inline struct sim start(const char *const arguments[])
{
	struct sim sim = { .curl = curl_easy_init() };
	char line[64] = "";
	assert_non_null(sim.curl);
	sim.pid = spawn(arguments, &sim.output);
	assert_non_null(fgets(line, sizeof line, sim.output));
	assert_int_equal(sscanf(line, "listening on 127.0.0.1:%d\n", &sim.port), 1);
	return sim;
}

static inline void stop(struct sim *sim)
{
	curl_easy_cleanup(sim->curl);
	kill(sim->pid, SIGTERM);
	assert_int_equal(end_of(sim->pid), 0);
	fclose(sim->output);
}

#define START(...) start((const char *const[]){ __VA_ARGS__, NULL })

static inline size_t take(char *bytes, size_t one, size_t size, void *text)
{
	return afd_text_add(text, (struct afd_span){ bytes, one * size }) ? one * size : 0;
}

static inline void set(CURL *curl, CURLoption option, const void *value)
{
	assert_int_equal(curl_easy_setopt(curl, option, value), CURLE_OK);
}

/* Sends with `token`, or with the API's own where it is NULL. */
static inline void send_as(struct sim *sim, const char *token, const char *method, const char *path,
						   const char *body, struct reply *reply)
{
	char url[512], line[128];
	const char *own = strncmp(path, P, strlen(P)) == 0 ? PARTNER_TOKEN : REST_TOKEN;
	struct curl_slist *headers = NULL;
	afd_text_init(&reply->headers, ANSWER_MAX);
	afd_text_init(&reply->body, ANSWER_MAX);
	snprintf(url, sizeof url, "http://127.0.0.1:%d%s", sim->port, path);
	snprintf(line, sizeof line, "Authorization: Bearer %s", token ? token : own);
	headers = curl_slist_append(curl_slist_append(headers, line), "Content-Type: application/json");
	curl_easy_reset(sim->curl);
	set(sim->curl, CURLOPT_URL, url);
	set(sim->curl, CURLOPT_HTTPHEADER, headers);
	set(sim->curl, CURLOPT_POSTFIELDS, body);
	set(sim->curl, CURLOPT_CUSTOMREQUEST, method);
	set(sim->curl, CURLOPT_HEADERDATA, &reply->headers);
	set(sim->curl, CURLOPT_WRITEDATA, &reply->body);
	assert_int_equal(curl_easy_setopt(sim->curl, CURLOPT_WRITEFUNCTION, take), CURLE_OK);
	reply->code = curl_easy_perform(sim->curl);
	curl_easy_getinfo(sim->curl, CURLINFO_RESPONSE_CODE, &reply->status);
	curl_easy_getinfo(sim->curl, CURLINFO_TOTAL_TIME, &reply->seconds);
	curl_slist_free_all(headers);
	afd_text_puts(&reply->headers, "");
	afd_text_puts(&reply->body, "");
}

static inline void forget(struct reply *reply)
{
	afd_text_free(&reply->headers);
	afd_text_free(&reply->body);
}

static inline bool has(const struct afd_text *text, const char *piece)
{
	return memmem(text->data, text->size, piece, strlen(piece)) != NULL;
}

static inline void expect_has(const struct afd_text *text, const char *piece, const char *of)
{
	if (!has(text, piece))
		fail_msg("%s lacks %s: %.300s", of, piece, text->data);
}

/* One request, its status and a piece of its answer. */
static inline void check(struct sim *sim, const char *token, const char *method, const char *path,
						 const char *body, long status, const char *piece)
{
	struct reply reply;
	send_as(sim, token, method, path, body, &reply);
	assert_int_equal(reply.code, CURLE_OK);
	if (reply.status != status)
		fail_msg("%s %s: status %ld, expected %ld: %.300s", method, path, reply.status, status,
				 reply.body.data);
	expect_has(&reply.body, piece, path);
	forget(&reply);
}

#endif
