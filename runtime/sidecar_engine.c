/* SPDX-License-Identifier: MIT */
#include "sidecar_engine.h"

#include "base/file.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

/* What this needs of the library's C interface. */
struct handle {
	void *internal;
};
typedef struct handle *connection;

struct analysis {
	uint32_t struct_size, statements, flags, class;
};
enum { CLASS_CONTROL = 3 };

struct library {
	void *self;
	connection *(*connect)(int argc, char **argv);
	void (*close)(connection *connection);
	struct handle *(*query)(connection session, const char *text, size_t size, const char *format,
							size_t format_size);
	struct handle *(*query_with)(connection session, const char *text, size_t size, const char *format,
								 size_t format_size, const char *const *names, const size_t *name_sizes,
								 const char *const *values, const size_t *value_sizes, size_t count);
	char *(*buffer)(struct handle *result);
	size_t (*length)(struct handle *result);
	const char *(*error)(struct handle *result);
	uint64_t (*rows_read)(struct handle *result);
	uint64_t (*bytes_read)(struct handle *result);
	uint64_t (*rows_written)(struct handle *result);
	uint64_t (*bytes_written)(struct handle *result);
	void (*destroy)(struct handle *result);
	int (*classify)(connection session, const char *text, size_t size, const char *database,
					size_t database_size, struct analysis *analysis);
	void (*set_signal_handlers)(int enabled);
};

struct afd_engine {
	struct library library;
	connection *keeper; /* keeps the engine up between the sessions */
	char *argument;     /* --path=FOLDER */
};

enum {
	CODE_SYNTAX = 62,
	CODE_NOT_IMPLEMENTED = 48,
	CODE_UNKNOWN = 1002,
	PARAMETERS_MAX = 64,
	BODY_LIMIT = 1 << 30,
};

/* Object and function pointers convert by way of dlsym alone (POSIX), never in ISO C. */
static bool find(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);
	memcpy(function, &symbol, sizeof symbol);
	return symbol != NULL;
}

static int bind(struct library *library, const char *path, struct afd_error *err)
{
	const struct {
		const char *name;
		void *function;
	} wanted[] = {
		{ "chdb_connect", &library->connect },
		{ "chdb_close_conn", &library->close },
		{ "chdb_query_n", &library->query },
		{ "chdb_query_with_params_n", &library->query_with },
		{ "chdb_result_buffer", &library->buffer },
		{ "chdb_result_length", &library->length },
		{ "chdb_result_error", &library->error },
		{ "chdb_result_storage_rows_read", &library->rows_read },
		{ "chdb_result_storage_bytes_read", &library->bytes_read },
		{ "chdb_result_rows_written", &library->rows_written },
		{ "chdb_result_bytes_written", &library->bytes_written },
		{ "chdb_destroy_query_result", &library->destroy },
		{ "chdb_classify_query_n", &library->classify },
		{ "chdb_set_signal_handlers_enabled", &library->set_signal_handlers },
	};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (!find(library->self, wanted[i].name, wanted[i].function))
			return afd_fail(
				err, AFD_EXIT_NO_VERDICT,
				"%s is not a libchdb of ClickHouse 26.7 or later: it lacks %s; `./run build` installs one",
				path, wanted[i].name);
	return 0;
}

static int load(struct library *library, const char *path, struct afd_error *err)
{
	library->self = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!library->self)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot load %s: %s", path, dlerror());
	return bind(library, path, err);
}

static connection *connect_to(const struct afd_engine *engine)
{
	char name[] = "affidavit-clickhouse";
	char *argv[] = { name, engine->argument, NULL };
	return engine->library.connect(2, argv);
}

static int open_folder(struct afd_engine *engine, const char *folder, struct afd_error *err)
{
	struct afd_text argument;
	afd_text_init(&argument, 4096);
	if (!afd_text_printf(&argument, "--path=%s", folder))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the path of the data folder is too long");
	engine->argument = argument.data;
	int rc = afd_folder_make(folder, err);
	if (rc != 0)
		return rc;
	engine->library.set_signal_handlers(0);
	engine->keeper = connect_to(engine);
	if (!engine->keeper)
		return afd_fail(
			err, AFD_EXIT_NO_VERDICT,
			"cannot open the data folder %s: another process has it open, or it was written by a newer "
			"ClickHouse, or it is not writable; give another folder or end that process",
			folder);
	return 0;
}

int afd_engine_open(struct afd_engine **engine, const char *library, const char *folder,
					struct afd_error *err)
{
	*engine = calloc(1, sizeof **engine);
	if (!*engine)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	int rc = load(&(*engine)->library, library, err);
	if (rc == 0)
		rc = open_folder(*engine, folder, err);
	if (rc != 0) {
		afd_engine_close(*engine);
		*engine = NULL;
	}
	return rc;
}

void afd_engine_close(struct afd_engine *engine)
{
	if (!engine)
		return;
	if (engine->keeper)
		engine->library.close(engine->keeper);
	free(engine->argument);
	free(engine);
}

void afd_engine_answer_free(struct afd_engine_answer *answer)
{
	afd_text_free(&answer->body);
}

static void refuse(struct afd_engine_answer *answer, unsigned code, const char *why)
{
	answer->code = code;
	afd_text_clear(&answer->body);
	afd_text_printf(&answer->body, "Code: %u. DB::Exception: %s", code, why);
}

static void take_error(struct afd_engine_answer *answer, const char *error)
{
	unsigned long code = strncmp(error, "Code: ", 6) == 0 ? strtoul(error + 6, NULL, 10) : 0;
	answer->code = code > 0 && code < 100000 ? (unsigned)code : CODE_UNKNOWN;
	afd_text_clear(&answer->body);
	if (code == 0)
		afd_text_printf(&answer->body, "Code: %d. DB::Exception: ", CODE_UNKNOWN);
	afd_text_puts(&answer->body, error);
}

static void take_result(const struct library *library, struct handle *result,
						struct afd_engine_answer *answer)
{
	answer->read_rows = library->rows_read(result);
	answer->read_bytes = library->bytes_read(result);
	answer->written_rows = library->rows_written(result);
	answer->written_bytes = library->bytes_written(result);
	size_t size = library->length(result);
	if (!afd_text_add(&answer->body, (struct afd_span){ library->buffer(result), size }))
		refuse(answer, CODE_UNKNOWN, "The result is too large. (UNKNOWN_EXCEPTION)");
}

/* Owns `result`. */
static bool take(const struct library *library, struct handle *result, struct afd_engine_answer *answer)
{
	if (!result) {
		refuse(answer, CODE_UNKNOWN, "The engine gave no result. (UNKNOWN_EXCEPTION)");
		return false;
	}
	const char *error = library->error(result);
	if (error && error[0])
		take_error(answer, error);
	else
		take_result(library, result, answer);
	library->destroy(result);
	return answer->code == 0;
}

static void add_quoted(struct afd_text *text, struct afd_span value, char quote)
{
	afd_text_putc(text, quote);
	for (size_t i = 0; i < value.size; i++) {
		if (value.data[i] == quote || value.data[i] == '\\')
			afd_text_putc(text, '\\');
		afd_text_putc(text, value.data[i]);
	}
	afd_text_putc(text, quote);
}

static bool run_text(const struct library *library, connection session, const struct afd_text *text,
					 struct afd_engine_answer *answer)
{
	if (text->size == 0)
		return true;
	return take(library, library->query(session, text->data, text->size, "Null", 4), answer);
}

/* Settings as one SET: as arguments of the connection, unknown ones would be ignored in silence. Read-only
 * comes last, since it forbids itself to be changed. */
static bool apply_settings(const struct library *library, connection session,
						   const struct afd_engine_query *query, struct afd_engine_answer *answer)
{
	struct afd_text text;
	afd_text_init(&text, 1 << 20);
	for (size_t i = 0; i < query->settings.count; i++) {
		afd_text_puts(&text, i == 0 ? "SET " : ", ");
		add_quoted(&text, query->settings.rows[i].name, '`');
		afd_text_puts(&text, " = ");
		add_quoted(&text, query->settings.rows[i].value, '\'');
	}
	if (query->read_only)
		afd_text_puts(&text, text.size == 0 ? "SET `readonly` = 2" : ", `readonly` = 2");
	bool fine = run_text(library, session, &text, answer);
	afd_text_free(&text);
	return fine;
}

static bool use_database(const struct library *library, connection session, struct afd_span database,
						 struct afd_engine_answer *answer)
{
	if (database.size == 0 || afd_span_is(database, "default"))
		return true;
	struct afd_text text;
	afd_text_init(&text, 4096);
	afd_text_puts(&text, "USE ");
	add_quoted(&text, database, '`');
	bool fine = run_text(library, session, &text, answer);
	afd_text_free(&text);
	return fine;
}

static bool starts_with_word(struct afd_span text, const char *word)
{
	struct afd_span trimmed = afd_span_trim(text);
	return afd_span_equal_nocase(afd_span_first(trimmed, strlen(word)), afd_span_of(word));
}

/* A server refuses several statements in a request, and statements that write files beside its data. Text
 * that does not parse is left to the engine, whose message says where. */
static bool is_allowed(const struct library *library, connection session, struct afd_span text,
					   struct afd_engine_answer *answer)
{
	static const char *const control[] = { "SET", "USE", "SYSTEM", "KILL", "ATTACH", "DETACH" };
	struct analysis analysis = { .struct_size = sizeof analysis };
	if (library->classify(session, text.data, text.size, NULL, 0, &analysis) != 0)
		return true;
	if (analysis.statements > 1) {
		refuse(answer, CODE_SYNTAX,
			   "Syntax error: several statements in one request; send one at a time (SYNTAX_ERROR)");
		return false;
	}
	if (analysis.class != CLASS_CONTROL)
		return true;
	for (size_t i = 0; i < sizeof control / sizeof control[0]; i++)
		if (starts_with_word(text, control[i]))
			return true;
	refuse(answer, CODE_NOT_IMPLEMENTED, "This statement is not served over HTTP. (NOT_IMPLEMENTED)");
	return false;
}

static struct handle *query_with_parameters(const struct library *library, connection session,
											const struct afd_engine_query *query)
{
	const char *names[PARAMETERS_MAX], *values[PARAMETERS_MAX];
	size_t name_sizes[PARAMETERS_MAX], value_sizes[PARAMETERS_MAX];
	size_t count = query->parameters.count < PARAMETERS_MAX ? query->parameters.count : PARAMETERS_MAX;
	for (size_t i = 0; i < count; i++) {
		names[i] = query->parameters.rows[i].name.data;
		name_sizes[i] = query->parameters.rows[i].name.size;
		values[i] = query->parameters.rows[i].value.data;
		value_sizes[i] = query->parameters.rows[i].value.size;
	}
	return library->query_with(session, query->text.data, query->text.size, query->format.data,
							   query->format.size, names, name_sizes, values, value_sizes, count);
}

static void run_in(const struct library *library, connection session, const struct afd_engine_query *query,
				   struct afd_engine_answer *answer)
{
	if (!use_database(library, session, query->database, answer) ||
		!apply_settings(library, session, query, answer) ||
		!is_allowed(library, session, query->text, answer))
		return;
	afd_text_clear(&answer->body);
	struct handle *result = query->parameters.count > 0
								? query_with_parameters(library, session, query)
								: library->query(session, query->text.data, query->text.size,
												 query->format.data, query->format.size);
	take(library, result, answer);
}

void afd_engine_run(const struct afd_engine *engine, const struct afd_engine_query *query,
					struct afd_engine_answer *answer)
{
	*answer = (struct afd_engine_answer){ 0 };
	afd_text_init(&answer->body, BODY_LIMIT);
	connection *session = connect_to(engine);
	if (!session) {
		refuse(answer, CODE_UNKNOWN, "The engine opened no session. (UNKNOWN_EXCEPTION)");
		return;
	}
	run_in(&engine->library, *session, query, answer);
	engine->library.close(session);
}
