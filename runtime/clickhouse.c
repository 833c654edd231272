/* SPDX-License-Identifier: MIT */
#include "clickhouse.h"

#include "clickhouse_address.h"
#include "clickhouse_exception.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum {
	CONNECT_TIMEOUT_MS = 5000,
	TIMEOUT_MS = 60000,
	ERROR_LIMIT = 65536,
	URL_LIMIT = 1 << 20,
	IDLE_SECONDS = 2, /* a server of 18.16 drops an idle connection after 3, and an insert isn't sent twice */
	HTTP_OK = 200,
};

struct afd_clickhouse {
	CURL *curl;
	struct curl_slist *headers; /* hold the password: zeroed before they are freed */
	struct afd_clickhouse_address address;
	struct afd_words names;
	char version[32];
	unsigned major; /* of the version */
	unsigned code;
};

/* One exchange. */
struct exchange {
	CURL *curl;
	struct afd_text *out;
	struct afd_text error; /* the body where the status says that something is wrong */
	unsigned header_code;  /* X-ClickHouse-Exception-Code */
};

static void free_headers(struct curl_slist *headers)
{
	for (struct curl_slist *header = headers; header; header = header->next)
		explicit_bzero(header->data, strlen(header->data));
	curl_slist_free_all(headers);
}

static bool add_header(struct afd_clickhouse *client, const char *name, const char *value)
{
	struct afd_text line;
	afd_text_init(&line, 4096);
	bool fine = afd_text_printf(&line, "%s:%s%s", name, value[0] ? " " : "", value);
	struct curl_slist *headers = fine ? curl_slist_append(client->headers, line.data) : NULL;
	if (headers)
		client->headers = headers;
	if (line.data)
		explicit_bzero(line.data, line.size);
	afd_text_free(&line);
	return headers != NULL;
}

/* An empty value is no header field for libcurl, and an empty password none for ClickHouse. */
static bool is_given(const char *value)
{
	return value && value[0] != '\0';
}

static int add_headers(struct afd_clickhouse *client, struct afd_error *err)
{
	const char *user = getenv("AFFIDAVIT_CLICKHOUSE_USER");
	const char *password = getenv("AFFIDAVIT_CLICKHOUSE_PASSWORD");
	if ((user && strpbrk(user, "\r\n")) || (password && strpbrk(password, "\r\n")))
		return afd_fail(
			err, AFD_EXIT_REFUSED,
			"AFFIDAVIT_CLICKHOUSE_USER or AFFIDAVIT_CLICKHOUSE_PASSWORD holds a line break: remove it");
	bool fine = add_header(client, "Expect", "") && add_header(client, "Content-Type", "text/plain");
	if (fine && (is_given(user) || is_given(password)))
		fine = add_header(client, "X-ClickHouse-User", is_given(user) ? user : "default");
	if (fine && is_given(password))
		fine = add_header(client, "X-ClickHouse-Key", password);
	return fine ? 0 : afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
	struct exchange *exchange = context;
	struct afd_span bytes = { data, size * count };
	long status = 0;
	curl_easy_getinfo(exchange->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status == HTTP_OK)
		return afd_text_add(exchange->out, bytes) ? bytes.size : CURL_WRITEFUNC_ERROR;
	/* What is past the limit isn't needed to say what is wrong. */
	afd_text_add(&exchange->error, afd_span_first(bytes, ERROR_LIMIT - exchange->error.size));
	return bytes.size;
}

static size_t take_header(char *data, size_t size, size_t count, void *context)
{
	const char name[] = "X-ClickHouse-Exception-Code:";
	struct exchange *exchange = context;
	struct afd_span line = { data, size * count };
	if (afd_span_equal_nocase(afd_span_first(line, strlen(name)), afd_span_of(name))) {
		struct afd_span value = afd_span_trim(afd_span_from(line, strlen(name)));
		for (size_t i = 0; i < value.size && i < 6 && value.data[i] >= '0' && value.data[i] <= '9'; i++)
			exchange->header_code = exchange->header_code * 10 + (unsigned)(value.data[i] - '0');
	}
	return line.size;
}

static bool set_security(CURL *curl, const struct afd_clickhouse_options *options)
{
	return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
		   (!options->ca_file || curl_easy_setopt(curl, CURLOPT_CAINFO, options->ca_file) == CURLE_OK);
}

static bool set_transport(struct afd_clickhouse *client, const struct afd_clickhouse_options *options)
{
	CURL *curl = client->curl;
	long connect_timeout = options->connect_timeout_ms ? options->connect_timeout_ms : CONNECT_TIMEOUT_MS;
	long timeout = options->timeout_ms ? options->timeout_ms : TIMEOUT_MS;
	const struct afd_text *socket = &client->address.socket;
	return curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, (long)IDLE_SECONDS) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_HTTPHEADER, client->headers) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
		   curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
		   (socket->size == 0 || curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket->data) == CURLE_OK);
}

/* The answer comes whole, so that a failure has its status. */
static void begin_url(const struct afd_clickhouse *client, struct afd_text *url)
{
	afd_text_init(url, URL_LIMIT);
	afd_text_add(url, afd_text_span(&client->address.url));
	afd_clickhouse_add_argument(url, "wait_end_of_query", AFD_SPAN("1"));
	afd_clickhouse_add_argument(url, "database", afd_text_span(&client->address.database));
}

static int fail_by_exception(struct afd_clickhouse *client, unsigned code, struct afd_span text,
							 struct afd_error *err)
{
	struct afd_text message;
	afd_text_init(&message, 512);
	afd_clickhouse_describe(code, text, &message);
	client->code = code;
	int rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "ClickHouse at %s refused the query: %s",
					  client->address.where.data, message.data);
	afd_text_free(&message);
	return rc;
}

static int fail_by_transport(const struct afd_clickhouse *client, const struct exchange *exchange,
							 CURLcode curl_code, struct afd_error *err)
{
	const char *where = client->address.where.data;
	if (exchange->out->failed)
		return afd_fail(err, AFD_EXIT_NO_VERDICT,
						"the answer of ClickHouse at %s is over the bound of %zu bytes", where,
						exchange->out->limit);
	if (curl_code == CURLE_COULDNT_CONNECT || curl_code == CURLE_COULDNT_RESOLVE_HOST)
		return afd_fail(err, AFD_EXIT_NO_VERDICT,
						"nothing answers at %s (%s): start ClickHouse or give its URL", where,
						curl_easy_strerror(curl_code));
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "the exchange with ClickHouse at %s broke off: %s", where,
					curl_easy_strerror(curl_code));
}

static int judge(struct afd_clickhouse *client, const struct exchange *exchange, struct afd_error *err)
{
	long status = 0;
	curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
	struct afd_span text;
	struct afd_span body = afd_text_span(status == HTTP_OK ? exchange->out : &exchange->error);
	unsigned code = afd_clickhouse_exception(body, &text);
	if (code == 0)
		code = exchange->header_code;
	if (code != 0)
		return fail_by_exception(client, code, text, err);
	if (status != HTTP_OK)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "%s answers with HTTP status %ld: is ClickHouse there?",
						client->address.where.data, status);
	return 0;
}

static int perform(struct afd_clickhouse *client, struct afd_span body, struct exchange *exchange,
				   struct afd_error *err)
{
	CURL *curl = client->curl;
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.size);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.size > 0 ? body.data : "");
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
	CURLcode code = curl_easy_perform(curl);
	return code == CURLE_OK ? judge(client, exchange, err) : fail_by_transport(client, exchange, code, err);
}

/* Owns `url`. */
static int exchange_with(struct afd_clickhouse *client, struct afd_text *url, struct afd_span body,
						 struct afd_text *out, struct afd_error *err)
{
	struct exchange exchange = { .curl = client->curl, .out = out };
	afd_text_init(&exchange.error, ERROR_LIMIT);
	client->code = 0;
	int rc = 0;
	if (url->failed || curl_easy_setopt(client->curl, CURLOPT_URL, url->data) != CURLE_OK)
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "the URL of a ClickHouse request is over its bound");
	else
		rc = perform(client, body, &exchange, err);
	if (rc != 0)
		afd_text_clear(out);
	afd_text_free(&exchange.error);
	afd_text_free(url);
	return rc;
}

int afd_clickhouse_query(struct afd_clickhouse *client, struct afd_span sql, const char *format,
						 struct afd_text *out, struct afd_error *err)
{
	struct afd_text url;
	begin_url(client, &url);
	afd_clickhouse_add_argument(&url, "default_format", afd_span_of(format));
	afd_clickhouse_add_argument(&url, "output_format_json_quote_64bit_integers", AFD_SPAN("1"));
	afd_clickhouse_add_argument(&url, "readonly", AFD_SPAN("2"));
	return exchange_with(client, &url, sql, out, err);
}

int afd_clickhouse_execute(struct afd_clickhouse *client, struct afd_span sql, struct afd_error *err)
{
	struct afd_text url;
	struct afd_text out;
	begin_url(client, &url);
	afd_text_init(&out, ERROR_LIMIT);
	int rc = exchange_with(client, &url, sql, &out, err);
	afd_text_free(&out);
	return rc;
}

static int write_insert(const struct afd_clickhouse *client, const char *table,
						const struct afd_words *columns, struct afd_text *sql, struct afd_error *err)
{
	afd_text_puts(sql, "INSERT INTO ");
	int rc = afd_clickhouse_quote_identifier(client, table, sql, err);
	for (size_t i = 0; i < columns->count && rc == 0; i++) {
		afd_text_puts(sql, i == 0 ? " (" : ", ");
		rc = afd_clickhouse_quote_identifier(client, columns->rows[i], sql, err);
	}
	afd_text_puts(sql, ") FORMAT JSONEachRow");
	return rc;
}

/* What versions do otherwise by default is said. A setting that 18.16 does not know would be refused there.
 */
static void add_insert_settings(const struct afd_clickhouse *client, struct afd_text *url)
{
	afd_clickhouse_add_argument(url, "input_format_skip_unknown_fields", AFD_SPAN("0"));
	afd_clickhouse_add_argument(url, "date_time_input_format", AFD_SPAN("basic"));
	if (client->major < 23)
		return;
	afd_clickhouse_add_argument(url, "input_format_null_as_default", AFD_SPAN("0"));
	afd_clickhouse_add_argument(url, "async_insert", AFD_SPAN("0"));
}

int afd_clickhouse_insert(struct afd_clickhouse *client, const char *table, const struct afd_words *columns,
						  struct afd_span rows, struct afd_error *err)
{
	struct afd_text url;
	struct afd_text sql;
	afd_text_init(&sql, URL_LIMIT);
	int rc = write_insert(client, table, columns, &sql, err);
	if (rc == 0) {
		struct afd_text out;
		afd_text_init(&out, ERROR_LIMIT);
		begin_url(client, &url);
		afd_clickhouse_add_argument(&url, "query", afd_text_span(&sql));
		add_insert_settings(client, &url);
		rc = exchange_with(client, &url, rows, &out, err);
		afd_text_free(&out);
	}
	afd_text_free(&sql);
	return rc;
}

static int ask_version(struct afd_clickhouse *client, struct afd_error *err)
{
	struct afd_text out;
	afd_text_init(&out, 1024);
	int rc = afd_clickhouse_query(client, AFD_SPAN("SELECT version()"), "TabSeparated", &out, err);
	struct afd_span version = afd_span_trim(afd_text_span(&out));
	if (rc == 0 && (version.size == 0 || version.size >= sizeof client->version || version.data[0] < '1' ||
					version.data[0] > '9'))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "%s answers, but not as ClickHouse does",
					  client->address.where.data);
	if (rc == 0) {
		memcpy(client->version, version.data, version.size);
		client->major = (unsigned)strtoul(client->version, NULL, 10);
	}
	afd_text_free(&out);
	return rc;
}

static int open_client(struct afd_clickhouse *client, const struct afd_clickhouse_options *options,
					   struct afd_error *err)
{
	client->names = options->names;
	int rc = afd_clickhouse_address_read(&client->address, options->url, err);
	if (rc == 0)
		rc = add_headers(client, err);
	if (rc != 0)
		return rc;
	client->curl = curl_easy_init();
	if (!client->curl || !set_security(client->curl, options) || !set_transport(client, options))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot set up libcurl");
	return ask_version(client, err);
}

int afd_clickhouse_open(struct afd_clickhouse **client, const struct afd_clickhouse_options *options,
						struct afd_error *err)
{
	*client = NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot set up libcurl");
	*client = calloc(1, sizeof **client);
	if (!*client) {
		curl_global_cleanup();
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	}
	int rc = open_client(*client, options, err);
	if (rc != 0) {
		afd_clickhouse_close(*client);
		*client = NULL;
	}
	return rc;
}

void afd_clickhouse_close(struct afd_clickhouse *client)
{
	if (!client)
		return;
	curl_easy_cleanup(client->curl);
	free_headers(client->headers);
	afd_clickhouse_address_free(&client->address);
	free(client);
	curl_global_cleanup();
}

const char *afd_clickhouse_version(const struct afd_clickhouse *client)
{
	return client->version;
}

const char *afd_clickhouse_database(const struct afd_clickhouse *client)
{
	return client->address.database.data;
}

const char *afd_clickhouse_where(const struct afd_clickhouse *client)
{
	return client->address.where.data;
}

unsigned afd_clickhouse_code(const struct afd_clickhouse *client)
{
	return client->code;
}

static bool is_listed(const struct afd_words *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->rows[i], name) == 0)
			return true;
	return false;
}

int afd_clickhouse_quote_identifier(const struct afd_clickhouse *client, const char *name,
									struct afd_text *sql, struct afd_error *err)
{
	if (!afd_clickhouse_is_name(afd_span_of(name)) || !is_listed(&client->names, name))
		return afd_fail(
			err, AFD_EXIT_REFUSED,
			"'%.64s' is not a table or column that the spec names: add it to its watched tables or landings",
			afd_clickhouse_is_name(afd_span_of(name)) ? name : "?");
	afd_text_printf(sql, "`%s`", name);
	return 0;
}
