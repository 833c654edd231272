/* SPDX-License-Identifier: MIT
 * A shop's server on loopback, and its suite run as users run it: the test program started again as the
 * suite. */
#ifndef AFFIDAVIT_SHOP_SERVER_H
#define AFFIDAVIT_SHOP_SERVER_H

#include "shop_suite.h"

#include "base/file.h"
#include "base/hash.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <microhttpd.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

extern char **environ;

enum { ARGUMENTS_MAX = 16, SLOW_MS = 400 };

static const char token[] = "tok-5f1d7a90c3";
static const char person[] = "anna.petrova@example.com";

/* The server
 * ------------------------------------------------------------------------------------------------------ */

struct shop {
	struct MHD_Daemon *daemon;
	unsigned port;
	atomic_size_t requests, writes, flaky;
	atomic_bool slow_began;
	char folder[64];  /* of all bundles, and of what the suite printed */
	char bundle[256]; /* of the last run; "" where it left none */
	struct afd_text out, errors;
};

static inline enum MHD_Result answer(struct MHD_Connection *connection, unsigned status, const char *media,
									 const char *body)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(body), (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", media);
	MHD_add_response_header(response, "Set-Cookie", "session=deadbeef01");
	enum MHD_Result result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static inline enum MHD_Result answer_slowly(struct shop *shop, struct MHD_Connection *connection)
{
	struct timespec pause = { 0, SLOW_MS * 1000000L };
	atomic_store(&shop->slow_began, true);
	nanosleep(&pause, NULL);
	return answer(connection, 200, "application/json", "{}");
}

static inline enum MHD_Result route(struct shop *shop, struct MHD_Connection *connection, const char *url)
{
	static const char json[] = "application/json";
	const char *said = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization");
	if (!said || strncmp(said, "Bearer ", 7) != 0 || strcmp(said + 7, token) != 0)
		return answer(connection, 403, json, "{\"status\":\"error\",\"code\":\"WRONG_TOKEN\"}");
	if (strcmp(url, "/api/orders") == 0)
		return answer(connection, 200, json,
					  "{\"data\":[{\"id\":47110815000471,\"email\":\"anna.petrova@example.com\"},{\"id\":"
					  "47110815000472,\"email\":null}]}");
	if (strcmp(url, "/api/orders/47110815000471") == 0)
		return answer(connection, 200, json,
					  "{\"data\":{\"id\":47110815000471,\"email\":\"anna.petrova@example.com\"}}");
	if (strcmp(url, "/api/orders/998") == 0)
		return answer(connection, 404, json, "{\"status\":\"error\",\"code\":\"ORDER_NOT_FOUND\"}");
	if (strcmp(url, "/api/orders/999") == 0)
		return answer(connection, 404, json,
					  "{\"status\":\"error\",\"code\":\"NOTHING_FOR_anna.petrova@example.com\"}");
	if (strcmp(url, "/api/flaky") == 0 && atomic_fetch_add(&shop->flaky, 1) < 2)
		return answer(connection, 503, json, "{}");
	if (strcmp(url, "/api/slow") == 0)
		return answer_slowly(shop, connection);
	if (strcmp(url, "/api/page") == 0)
		return answer(connection, 200, "text/html", "<html>anna.petrova@example.com</html>");
	return answer(connection, 200, json, "{}");
}

static inline enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
									 const char *method, const char *version, const char *upload,
									 size_t *upload_size, void **state)
{
	struct shop *shop = context;
	(void)version;
	(void)upload;
	if (!*state) {
		*state = shop;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		*upload_size = 0;
		return MHD_YES;
	}
	atomic_fetch_add(&shop->requests, 1);
	atomic_fetch_add(&shop->writes, strcmp(method, "POST") == 0);
	return route(shop, connection, url);
}

/* Running the suite
 * ----------------------------------------------------------------------------------------------- */

static inline int open_shop(void **state)
{
	struct shop *shop = calloc(1, sizeof *shop);
	shop->daemon =
		MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, shop, MHD_OPTION_END);
	assert_non_null(shop->daemon);
	shop->port = MHD_get_daemon_info(shop->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	strcpy(shop->folder, "/tmp/afd-suite-XXXXXX");
	assert_non_null(mkdtemp(shop->folder));
	char path[128];
	snprintf(path, sizeof path, "%s/key", shop->folder);
	setenv("AFFIDAVIT_KEY_FILE", path, 1);
	setenv("AFFIDAVIT_SECRET_YOUR_TOKEN", token, 1);
	*state = shop;
	return 0;
}

static inline int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
	(void)status;
	(void)kind;
	(void)at;
	return remove(path);
}

static inline int close_shop(void **state)
{
	struct shop *shop = *state;
	MHD_stop_daemon(shop->daemon);
	nftw(shop->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	afd_text_free(&shop->out);
	afd_text_free(&shop->errors);
	free(shop);
	return 0;
}

/* `closed`: a standard stream that the suite starts without; -1: none. */
static inline pid_t start(struct shop *shop, const char *base, const char *const *arguments, int closed)
{
	char words[ARGUMENTS_MAX][192];
	char *argv[ARGUMENTS_MAX + 1] = { NULL };
	size_t argc = 0;
	snprintf(words[argc++], sizeof words[0], "test_suite");
	snprintf(words[argc++], sizeof words[0], "as-suite");
	snprintf(words[argc++], sizeof words[0], "--base=default=%s", base);
	snprintf(words[argc++], sizeof words[0], "--out=%s/bundles", shop->folder);
	for (; *arguments; arguments++)
		snprintf(words[argc++], sizeof words[0], "%s", *arguments);
	for (size_t i = 0; i < argc; i++)
		argv[i] = words[i];
	char out[128];
	char errors[128];
	snprintf(out, sizeof out, "%s/out", shop->folder);
	snprintf(errors, sizeof errors, "%s/errors", shop->folder);
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (closed >= 0)
		posix_spawn_file_actions_addclose(&actions, closed);
	pid_t child;
	assert_int_equal(posix_spawn(&child, "/proc/self/exe", &actions, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	return child;
}

static inline void read_output(struct shop *shop, const char *file, struct afd_text *text)
{
	struct afd_error err = { 0 };
	char path[128];
	snprintf(path, sizeof path, "%s/%s", shop->folder, file);
	afd_text_free(text);
	assert_int_equal(afd_file_read(path, 1 << 20, text, &err), 0);
	(void)afd_text_putc(text, '\0');
	text->size--;
}

/* Exit code; what it printed and its bundle are in the shop. */
static inline int finish(struct shop *shop, pid_t child)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	read_output(shop, "out", &shop->out);
	read_output(shop, "errors", &shop->errors);
	shop->bundle[0] = '\0';
	const char *last = strstr(shop->out.data, "\nbundle: ");
	if (last)
		sscanf(last, "\nbundle: %255s", shop->bundle);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static inline int run_at(struct shop *shop, const char *base, const char *const *arguments)
{
	return finish(shop, start(shop, base, arguments, -1));
}

static inline const char *url_of(const struct shop *shop, char url[64])
{
	snprintf(url, 64, "http://127.0.0.1:%u/api", shop->port);
	return url;
}

#define RUN(shop, ...)                                                                                       \
	run_at((shop), url_of((shop), (char[64]){ 0 }), (const char *const[]){ __VA_ARGS__, NULL })

static inline void assert_says(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

static inline char *read_bundle(const struct shop *shop, const char *file)
{
	struct afd_error err = { 0 };
	struct afd_text text;
	char path[512];
	snprintf(path, sizeof path, "%s/%s", shop->bundle, file);
	assert_int_equal(afd_file_read(path, 1 << 20, &text, &err), 0);
	return text.data;
}

static inline void assert_evidence(const struct shop *shop, const char *part)
{
	char *text = read_bundle(shop, "data/evidence.jsonl");
	assert_says(text, part);
	free(text);
}

static inline void assert_verdict(const struct shop *shop, const char *id, enum afd_exit wanted)
{
	struct afd_error err = { 0 };
	enum afd_exit code;
	struct afd_text line;
	afd_text_init(&line, 4096);
	assert_int_equal(afd_report_case(shop->bundle, id, &line, &code, &err), 0);
	if (code != wanted)
		fail_msg("%s", line.data);
	afd_text_free(&line);
}

/* For main: runs the suite where the program was started as one, else returns -1. */
static inline int run_as_suite(int argc, char **argv)
{
	struct afd_text inventory;
	char digest[AFD_SHA256_HEX + 1];
	if (argc < 2 || strcmp(argv[1], "as-suite") != 0)
		return -1;
	afd_text_init(&inventory, 1 << 20);
	for (size_t i = 0; i < sizeof shop_inventory / sizeof shop_inventory[0]; i++)
		(void)afd_text_puts(&inventory, shop_inventory[i]);
	afd_sha256_hex(afd_text_span(&inventory), digest);
	afd_text_free(&inventory);
	const struct afd_suite shop = {
		.abi = AFD_ABI,
		.name = "shop",
		.spec = "specs/shop.md",
		.spec_sha256 = "ab",
		.inventory = AFD_LIST(shop_inventory),
		.inventory_sha256 = digest,
		.bases = AFD_LIST(shop_bases),
		.variables = AFD_LIST(shop_variables),
		.policy = AFD_LIST(shop_policy),
		.words = AFD_LIST(shop_words),
		.tests = AFD_LIST(shop_tests),
	};
	return afd_main(argc - 1, argv + 1, &shop);
}

#endif
