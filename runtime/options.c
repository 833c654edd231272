/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "clickhouse_address.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 64, NEAR = 2, HELP_COLUMN = 30 };

enum kind {
	FLAG,       /* bool */
	TEXT,       /* const char * */
	STRINGS,    /* struct afd_strings */
	NUMBER,     /* long, from 0 */
	PAGES,      /* long, from 1 */
	SECONDS,    /* long, in milliseconds; fractions are taken */
	SHARD,      /* I/N */
	WRITES,     /* a flag that may have a glob */
	CLICKHOUSE, /* const char *: a URL, embedded:DIR or none */
	UNSUPPORTED
};

static const struct row {
	const char *name, *value, *help;
	enum kind kind;
	size_t offset;
} rows[] = {
#define FIELD(member) offsetof(struct afd_options, member)
	{ "help", "", "show this and end", FLAG, FIELD(help) },
	{ "list", "", "list the cases that are selected and end", FLAG, FIELD(list) },
	{ "plan", "", "show what would be sent, masked, and send nothing", FLAG, FIELD(plan) },
	{ "only", "ID|GLOB", "only this test or case; may be repeated", STRINGS, FIELD(only) },
	{ "tag", "TAG", "only tests with this tag; may be repeated", STRINGS, FIELD(tags) },
	{ "section", "N", "only tests of this section of the spec; may be repeated", STRINGS, FIELD(sections) },
	{ "shard", "I/N", "only the I-th of N parts", SHARD, FIELD(shard) },
	{ "jobs", "N", "requests at the same time", UNSUPPORTED, 0 },
	{ "base", "NAME=URL", "send requests of this base of the spec to URL; may be repeated", STRINGS,
	  FIELD(bases) },
	{ "var", "NAME=VALUE", "a value for a variable of the spec; may be repeated", STRINGS, FIELD(vars) },
	{ "env-file", "FILE", "read secrets (AFFIDAVIT_SECRET_NAME=value) from FILE, mode 0600", TEXT,
	  FIELD(env_file) },
	{ "clickhouse", "URL|embedded:DIR|none", "where the tables are watched (default: none)", CLICKHOUSE,
	  FIELD(clickhouse) },
	{ "create-tables", "", "create the tables that the spec's SQL file names", FLAG, FIELD(create_tables) },
	{ "out", "PARENT", "the folder in which the bundle is made (default: bundles)", TEXT, FIELD(out) },
	{ "allow-writes", "[=GLOB]", "send writes too, of all tests or of those whose id fits", WRITES,
	  FIELD(allow_writes) },
	{ "expect-writes-denied", "", "send writes and expect that all are refused", UNSUPPORTED, 0 },
	{ "rate", "N", "send at most N requests a minute", NUMBER, FIELD(rate) },
	{ "timeout", "S", "give up an exchange after S seconds (default: 30)", SECONDS, FIELD(timeout_ms) },
	{ "retry", "N", "send a GET up to N times more after a broken exchange or 502, 503, 504", NUMBER,
	  FIELD(retry) },
	{ "max-requests", "N", "send at most N requests", NUMBER, FIELD(max_requests) },
	{ "max-pages", "N", "read at most N pages of a list that lands in a table (default: 100)", PAGES,
	  FIELD(max_pages) },
	{ "fail-fast", "", "stop at the first case that does not pass", FLAG, FIELD(fail_fast) },
	{ "rerun-failed", "BUNDLE", "only cases that failed or had no judgement in BUNDLE", TEXT,
	  FIELD(rerun_failed) },
	{ "key-file", "F", "the key of the pseudonyms", TEXT, FIELD(key_file) },
	{ "no-color", "", "no colours on the terminal", FLAG, FIELD(no_color) },
	{ "quiet", "", "print failures and the end only", FLAG, FIELD(quiet) },
#undef FIELD
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static void *field(struct afd_options *options, const struct row *row)
{
	return (char *)options + row->offset;
}

static int wrong(const struct row *row, const char *expected, struct afd_error *err)
{
	return afd_fail(err, AFD_EXIT_USAGE, "--%s: expected %s", row->name, expected);
}

static bool parse_number(const char *text, long *number)
{
	char *end;
	errno = 0;
	*number = strtol(text, &end, 10);
	return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
}

/* Seconds with up to three decimals, as milliseconds. */
static bool parse_seconds(const char *text, long *ms)
{
	char *end;
	errno = 0;
	long whole = strtol(text, &end, 10);
	if (*text < '0' || *text > '9' || errno != 0 || whole > LONG_MAX / 1000 - 1)
		return false;
	*ms = whole * 1000;
	if (*end != '.')
		return *end == '\0';
	long unit = 100;
	for (end++; *end >= '0' && *end <= '9'; end++, unit /= 10)
		*ms += (*end - '0') * unit;
	return *end == '\0' && end[-1] != '.';
}

static int set_shard(struct afd_options *options, const struct row *row, const char *value,
					 struct afd_error *err)
{
	char *end;
	unsigned long part = strtoul(value, &end, 10);
	if (*value < '1' || *value > '9' || *end != '/' || end[1] < '1' || end[1] > '9')
		return wrong(row, "I/N, as 1/4", err);
	unsigned long parts = strtoul(end + 1, &end, 10);
	if (*end != '\0' || part > parts || parts > INT_MAX)
		return wrong(row, "I/N with I from 1 to N, as 1/4", err);
	options->shard = part;
	options->shards = parts;
	return 0;
}

static void add_string(struct afd_options *options, struct afd_strings *strings, const char *value)
{
	const char **slot =
		afd_arena_push(&options->arena, &strings->rows, &strings->count, sizeof *strings->rows);
	*slot = value;
}

static int set_clickhouse(struct afd_options *options, const struct row *row, const char *value,
						  struct afd_error *err)
{
	static const char embedded[] = "embedded:";
	struct afd_clickhouse_address address;
	options->clickhouse = value;
	if (strcmp(value, "none") == 0)
		return 0;
	if (strncmp(value, embedded, strlen(embedded)) == 0)
		return value[strlen(embedded)]
				   ? 0
				   : wrong(row, "a folder after embedded:, as embedded:build/clickhouse", err);
	int rc = afd_clickhouse_address_read(&address, value, err);
	afd_clickhouse_address_free(&address);
	return rc;
}

/* `value` is NULL where none was given, which the caller has checked. */
static int set(struct afd_options *options, const struct row *row, const char *value, struct afd_error *err)
{
	void *at = field(options, row);
	switch (row->kind) {
	case FLAG: *(bool *)at = true; return 0;
	case TEXT: *(const char **)at = value; return 0;
	case STRINGS: add_string(options, at, value); return 0;
	case NUMBER: return parse_number(value, at) ? 0 : wrong(row, "a whole number from 0", err);
	case PAGES:
		return parse_number(value, at) && *(long *)at > 0 ? 0 : wrong(row, "a whole number from 1", err);
	case SECONDS:
		return parse_seconds(value, at) && *(long *)at > 0 ? 0 : wrong(row, "seconds, as 30 or 2.5", err);
	case SHARD: return set_shard(options, row, value, err);
	case WRITES:
		options->allow_writes = true;
		options->writes_glob = value;
		return 0;
	case CLICKHOUSE: return set_clickhouse(options, row, value, err);
	case UNSUPPORTED: break;
	}
	return afd_fail(err, AFD_EXIT_USAGE, "--%s is not supported by this version", row->name);
}

/* The environment
 * ------------------------------------------------------------------------------------------------- */

static bool is_no(const char *value)
{
	static const char *const words[] = { "", "0", "false", "no", "off" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(value, words[i]) == 0)
			return true;
	return false;
}

static bool is_yes(const char *value)
{
	static const char *const words[] = { "1", "true", "yes", "on" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(value, words[i]) == 0)
			return true;
	return false;
}

static void variable_of(const struct row *row, char name[NAME_BYTES])
{
	size_t size = 0;
	for (const char *at = "AFFIDAVIT_"; *at; at++)
		name[size++] = *at;
	for (const char *at = row->name; *at && size + 1 < NAME_BYTES; at++)
		name[size++] = (char)(*at == '-' ? '_' : *at - 'a' + 'A');
	name[size] = '\0';
}

static void add_words(struct afd_options *options, struct afd_strings *strings, const char *value)
{
	static const char blanks[] = " \t\r\n";
	for (value += strspn(value, blanks); *value; value += strspn(value, blanks)) {
		size_t size = strcspn(value, blanks);
		add_string(options, strings, afd_arena_copy(&options->arena, (struct afd_span){ value, size }));
		value += size;
	}
}

static bool is_switch(const struct row *row)
{
	return row->kind == FLAG || row->kind == WRITES || (row->kind == UNSUPPORTED && !*row->value);
}

static int take_variable(struct afd_options *options, const struct row *row, struct afd_error *err)
{
	char name[NAME_BYTES];
	variable_of(row, name);
	const char *value = getenv(name);
	if (!value || !*value || (is_switch(row) && is_no(value)))
		return 0;
	if (row->kind == STRINGS) {
		add_words(options, field(options, row), value);
		return 0;
	}
	if (row->kind == FLAG && !is_yes(value))
		return afd_fail(err, AFD_EXIT_USAGE, "%s: expected yes or no", name);
	return set(options, row, is_switch(row) && is_yes(value) ? NULL : value, err);
}

/* The command line
 * ------------------------------------------------------------------------------------------------ */

static const struct row *find(struct afd_span name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (afd_span_is(name, rows[i].name))
			return &rows[i];
	return NULL;
}

static int unknown(struct afd_span name, struct afd_error *err)
{
	const struct row *nearest = NULL;
	size_t least = NEAR + 1;
	for (size_t i = 0; i < ROWS; i++) {
		size_t distance = afd_span_distance(name, afd_span_of(rows[i].name));
		if (distance < least) {
			least = distance;
			nearest = &rows[i];
		}
	}
	int shown = (int)(name.size < NAME_BYTES ? name.size : NAME_BYTES);
	if (nearest)
		return afd_fail(err, AFD_EXIT_USAGE, "unknown option --%.*s; did you mean --%s?", shown, name.data,
						nearest->name);
	return afd_fail(err, AFD_EXIT_USAGE, "unknown option --%.*s; --help lists the options", shown, name.data);
}

/* What the command line says of an option takes the place of its variable. */
static void forget_variable(struct afd_options *options, const struct row *row, bool seen[ROWS])
{
	if (row->kind == STRINGS && !seen[row - rows])
		*(struct afd_strings *)field(options, row) = (struct afd_strings){ 0 };
	seen[row - rows] = true;
}

/* Takes argv[*at] and, where the option needs it, the one after. */
static int take_argument(struct afd_options *options, char **argv, int *at, bool seen[ROWS],
						 struct afd_error *err)
{
	const char *argument = argv[*at];
	if (strncmp(argument, "--", 2) != 0 || !argument[2])
		return afd_fail(err, AFD_EXIT_USAGE, "'%.*s' is no option; --help lists the options", NAME_BYTES,
						argument);
	const char *equals = strchr(argument, '=');
	size_t size = equals ? (size_t)(equals - argument) : strlen(argument);
	struct afd_span name = { argument + 2, size - 2 };
	const struct row *row = find(name);
	if (!row)
		return unknown(name, err);
	const char *value = equals ? equals + 1 : NULL;
	if (is_switch(row) && row->kind != WRITES && value)
		return afd_fail(err, AFD_EXIT_USAGE, "--%s takes no value", row->name);
	if (!is_switch(row) && !value)
		value = argv[*at + 1] ? argv[++*at] : NULL;
	if ((!is_switch(row) || equals) && (!value || !*value) && *row->value)
		return afd_fail(err, AFD_EXIT_USAGE, "--%s needs a value: %s", row->name, row->value);
	forget_variable(options, row, seen);
	return set(options, row, value, err);
}

int afd_options_parse(struct afd_options *options, int argc, char **argv, struct afd_error *err)
{
	bool seen[ROWS] = { false };
	*options = (struct afd_options){ 0 };
	int rc = 0;
	for (size_t i = 0; i < ROWS && rc == 0; i++)
		rc = take_variable(options, &rows[i], err);
	for (int at = 1; at < argc && rc == 0; at++)
		rc = take_argument(options, argv, &at, seen, err);
	return rc;
}

void afd_options_free(struct afd_options *options)
{
	afd_arena_free(&options->arena);
	*options = (struct afd_options){ 0 };
}

void afd_options_help(const char *program, struct afd_text *out)
{
	afd_text_printf(out, "usage: %s [options]\n", program);
	for (size_t i = 0; i < ROWS; i++) {
		const struct row *row = &rows[i];
		const char *between = !*row->value || row->kind == WRITES ? "" : " ";
		size_t from = out->size;
		afd_text_printf(out, "  --%s%s%s", row->name, between, row->value);
		while (!out->failed && out->size - from < HELP_COLUMN)
			afd_text_putc(out, ' ');
		afd_text_printf(out, " %s%s\n", row->help,
						row->kind == UNSUPPORTED ? " (not supported by this version)" : "");
	}
	afd_text_puts(
		out,
		"Each has an environment variable too: --max-requests is AFFIDAVIT_MAX_REQUESTS. Secrets are taken "
		"from\n"
		"AFFIDAVIT_SECRET_<NAME> or --env-file only.\n"
		"Exit codes: 0 all good, 1 a test failed, 2 usage, 3 no verdict, 4 refused for safety, 5 leak gate,\n"
		"6 evidence invalid.\n");
}
