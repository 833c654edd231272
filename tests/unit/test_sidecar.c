/* SPDX-License-Identifier: MIT
 * ClickHouse's HTTP interface in front of the embedded engine, as any client sees it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "clickhouse_engines.h"

#include <sys/socket.h>
#include <sys/un.h>

struct reply {
	int status;
	char text[65536]; /* head and body */
	const char *body;
};

static void talk(int fd, const char *request, struct reply *reply)
{
	size_t size = strlen(request);
	assert_int_equal(write(fd, request, size), size);
	size_t count = 0;
	for (ssize_t got = 1; got > 0; count += (size_t)got) {
		got = read(fd, reply->text + count, sizeof reply->text - 1 - count);
		assert_true(got >= 0);
	}
	close(fd);
	reply->text[count] = '\0';
	assert_int_equal(sscanf(reply->text, "HTTP/1.1 %d", &reply->status), 1);
	const char *end = strstr(reply->text, "\r\n\r\n");
	assert_non_null(end);
	reply->body = end + 4;
}

static int connect_to_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void ask(void **state, const char *head, const char *body, struct reply *reply)
{
	const struct engines *engines = *state;
	engine_require(&engines->rows[0]);
	char request[4096];
	snprintf(request, sizeof request,
			 "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s", head,
			 strlen(body), body);
	talk(connect_to_socket(engines->rows[0].url + strlen("unix:")), request, reply);
}

static void expect(void **state, const char *head, const char *body, int status, const char *text)
{
	struct reply reply;
	ask(state, head, body, &reply);
	if (reply.status != status || strcmp(reply.body, text) != 0)
		fail_msg("%s: %d %s", head, reply.status, reply.body);
}

/* The status, the header and the first words of an exception. */
static void expect_exception(void **state, const char *head, const char *body, int status, unsigned code)
{
	struct reply reply;
	char header[64];
	char text[64];
	ask(state, head, body, &reply);
	snprintf(header, sizeof header, "\r\nX-ClickHouse-Exception-Code: %u\r\n", code);
	snprintf(text, sizeof text, "Code: %u. DB::Exception: ", code);
	if (reply.status != status || !strstr(reply.text, header) || strncmp(reply.body, text, strlen(text)) != 0)
		fail_msg("%s: %s", head, reply.text);
}

static void it_answers_that_it_is_there(void **state)
{
	expect(state, "GET /ping", "", 200, "Ok.\n");
	expect(state, "GET /", "", 200, "Ok.\n");
	expect(state, "POST /nowhere", "SELECT 1", 404, "There is no such handle; queries go to /\n");
	expect(state, "DELETE /", "", 405, "Only GET, HEAD and POST are served\n");
}

static void query_comes_in_url_or_body_or_both(void **state)
{
	expect(state, "GET /?query=SELECT%201", "", 200, "1\n");
	expect(state, "POST /", "SELECT 2", 200, "2\n");
	expect(state, "POST /?query=SELECT%203%2C", "4", 200, "3\t4\n");
	expect(state, "POST /?query=CREATE%20TABLE%20split%20(a%20UInt8)%20ENGINE%3DMemory", "", 200, "");
	expect(state, "POST /?query=INSERT%20INTO%20split%20FORMAT%20JSONEachRow", "{\"a\":5}\n{\"a\":6}", 200,
		   "");
	expect(state, "POST /?query=INSERT%20INTO%20split%20FORMAT%20TabSeparated", "7\n8\n", 200, "");
	expect(state, "POST /", "INSERT INTO split VALUES (9)", 200, "");
	expect(state, "POST /", "SELECT sum(a) FROM split", 200, "35\n");
	expect(state, "POST /", "DROP TABLE split", 200, "");
}

static void arguments_are_format_database_settings_and_parameters(void **state)
{
	expect(state, "POST /?default_format=JSONEachRow", "SELECT 1 AS a", 200, "{\"a\":1}\n");
	expect(state, "POST /?default_format=JSONEachRow", "SELECT 1 AS a FORMAT CSV", 200, "1\n");
	expect(state, "POST /?database=system", "SELECT currentDatabase()", 200, "system\n");
	expect(state, "POST /?max_block_size=77&max_threads=1", "SELECT getSetting('max_block_size')", 200,
		   "77\n");
	expect(state, "POST /?param_n=41&param_s=it%27s", "SELECT {n:UInt8} + 1, {s:String}", 200,
		   "42\tit\\'s\n");
	expect(state, "POST /?wait_end_of_query=1&query_id=x&buffer_size=1&compress=0", "SELECT 1", 200, "1\n");
}

static void nothing_outlives_a_request(void **state)
{
	expect(state, "POST /", "SET max_block_size = 77", 200, "");
	expect(state, "POST /", "SELECT getSetting('max_block_size') = 77", 200, "0\n");
	expect(state, "POST /", "USE system", 200, "");
	expect(state, "POST /", "SELECT currentDatabase()", 200, "default\n");
}

static void exceptions_have_status_header_and_body(void **state)
{
	expect_exception(state, "POST /", "SELEC 1", 400, 62);
	expect_exception(state, "POST /", "SELECT * FROM nowhere", 404, 60);
	expect_exception(state, "POST /?no_such_setting=1", "SELECT 1", 404, 115);
	expect_exception(state, "POST /?max_threads=many", "SELECT 1", 400, 27);
	expect_exception(state, "POST /?database=nowhere", "SELECT 1", 404, 81);
	expect_exception(state, "POST /", "SELECT throwIf(1)", 500, 395);
	expect_exception(state, "POST /", "SELECT 1 FORMAT Nothing", 404, 73);
	expect_exception(state, "POST /", "", 400, 62);
}

static void get_cannot_write(void **state)
{
	expect_exception(state, "GET /?query=CREATE%20TABLE%20g%20(a%20UInt8)%20ENGINE%3DMemory", "", 500, 164);
	expect_exception(state, "GET /?readonly=0&query=CREATE%20TABLE%20g%20(a%20UInt8)%20ENGINE%3DMemory", "",
					 500, 164);
}

static void statements_beyond_one_and_files_are_refused(void **state)
{
	expect_exception(state, "POST /", "SELECT 1; SELECT 2", 400, 62);
	expect_exception(state, "POST /", "SELECT 1 INTO OUTFILE '/tmp/afd-outfile'", 501, 48);
	expect_exception(state, "POST /",
					 "INSERT INTO FUNCTION file('/tmp/afd-outfile', 'CSV', 'a Int8') SELECT 1", 501, 48);
	assert_int_equal(access("/tmp/afd-outfile", F_OK), -1);
	expect(state, "POST /", "SELECT 1;", 200, "1\n");
}

static void what_it_cannot_do_is_said(void **state)
{
	expect_exception(state, "POST /?session_id=a", "SELECT 1", 501, 48);
	expect_exception(state, "POST /?user=default&password=x", "SELECT 1", 501, 48);
	expect_exception(state, "POST /?compress=1", "SELECT 1", 501, 48);
	expect_exception(state, "POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nX-Rest:", "SELECT 1", 501, 48);
}

static void written_rows_are_in_the_summary(void **state)
{
	struct reply reply;
	expect(state, "POST /", "CREATE TABLE summed (a UInt8) ENGINE = Memory", 200, "");
	ask(state, "POST /?query=INSERT%20INTO%20summed%20FORMAT%20CSV", "1\n2\n3\n", &reply);
	assert_non_null(strstr(reply.text, "X-ClickHouse-Summary: {"));
	assert_non_null(strstr(reply.text, "\"written_rows\":\"3\""));
	expect(state, "POST /", "DROP TABLE summed", 200, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_answers_that_it_is_there),
		cmocka_unit_test(query_comes_in_url_or_body_or_both),
		cmocka_unit_test(arguments_are_format_database_settings_and_parameters),
		cmocka_unit_test(nothing_outlives_a_request),
		cmocka_unit_test(exceptions_have_status_header_and_body),
		cmocka_unit_test(get_cannot_write),
		cmocka_unit_test(statements_beyond_one_and_files_are_refused),
		cmocka_unit_test(what_it_cannot_do_is_said),
		cmocka_unit_test(written_rows_are_in_the_summary),
	};
	return cmocka_run_group_tests(tests, engines_start_one, engines_stop);
}
