/* SPDX-License-Identifier: MIT */
#include "sidecar_options.h"

#include "base/file.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>

const char *afd_sidecar_options_help(void)
{
	return "Usage: affidavit-clickhouse --path DIR (--socket FILE | --port N) [--library FILE] [--parent "
		   "PID]\n"
		   "Serves an embedded ClickHouse by ClickHouse's HTTP interface until SIGTERM or its parent's end.\n"
		   "  --path DIR      the data folder; one process at a time\n"
		   "  --socket FILE   listen at a Unix socket, for its owner alone\n"
		   "  --port N        listen at 127.0.0.1 (0: a free port); needs AFFIDAVIT_CLICKHOUSE_PASSWORD, "
		   "which every\n"
		   "                  request must then give, with AFFIDAVIT_CLICKHOUSE_USER (default: default)\n"
		   "  --library FILE  libchdb.so; else AFFIDAVIT_LIBCHDB, else the one that `./run build` installed\n"
		   "  --parent PID    end at once where that process is no longer the parent; at the end remove the\n"
		   "                  socket's folder too, where it is empty\n";
}

static int read_number(const char *text, unsigned long most, unsigned long *number, struct afd_error *err)
{
	char *end = NULL;
	errno = 0;
	*number = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || *number > most)
		return afd_fail(err, AFD_EXIT_USAGE, "'%s' is not a number from 0 to %lu", text, most);
	return 0;
}

static int add_path(struct afd_sidecar_options *options, const char *path, struct afd_error *err)
{
	afd_text_clear(&options->library);
	if (!afd_text_puts(&options->library, path))
		return afd_fail(err, AFD_EXIT_USAGE, "the path of the library is too long");
	return 0;
}

static int read_option(struct afd_sidecar_options *options, int letter, const char *value,
					   struct afd_error *err)
{
	unsigned long number = 0;
	int rc = 0;
	switch (letter) {
	case 's': options->socket = value; return 0;
	case 'd': options->folder = value; return 0;
	case 'l': return add_path(options, value, err);
	case 'h': options->help = true; return 0;
	case 'p':
		rc = read_number(value, 65535, &number, err);
		options->listen_port = true;
		options->port = (unsigned)number;
		return rc;
	case 'P':
		rc = read_number(value, INT_MAX, &number, err);
		options->parent = (long)number;
		return rc;
	default: return afd_fail(err, AFD_EXIT_USAGE, "unknown or incomplete option; see --help");
	}
}

static int read_options(struct afd_sidecar_options *options, int argc, char **argv, struct afd_error *err)
{
	static const struct option known[] = {
		{ "socket", required_argument, NULL, 's' },
		{ "port", required_argument, NULL, 'p' },
		{ "path", required_argument, NULL, 'd' },
		{ "library", required_argument, NULL, 'l' },
		{ "parent", required_argument, NULL, 'P' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	opterr = 0;
	int letter = 0;
	while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1) {
		int rc = read_option(options, letter, optarg, err);
		if (rc != 0)
			return rc;
	}
	if (optind < argc)
		return afd_fail(err, AFD_EXIT_USAGE, "unknown argument '%s'; see --help", argv[optind]);
	return 0;
}

static int check(const struct afd_sidecar_options *options, struct afd_error *err)
{
	if (!options->folder || options->folder[0] == '\0')
		return afd_fail(err, AFD_EXIT_USAGE, "--path DIR is missing: the data folder; see --help");
	if (!options->socket && !options->listen_port)
		return afd_fail(err, AFD_EXIT_USAGE,
						"--socket FILE or --port N is missing: where to listen; see --help");
	if (options->listen_port && !options->password)
		return afd_fail(err, AFD_EXIT_USAGE,
						"--port is open to every user of this machine: set AFFIDAVIT_CLICKHOUSE_PASSWORD");
	return 0;
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value && value[0] != '\0' ? value : NULL;
}

/* Where the installer (cmake/libchdb/install.sh) puts it. */
static void add_installed(struct afd_text *library)
{
	const char *cache = environment("XDG_CACHE_HOME");
	const char *home = environment("HOME");
	if (cache)
		afd_text_puts(library, cache);
	else
		afd_text_printf(library, "%s/.cache", home ? home : "");
	afd_text_puts(library, "/affidavit/libchdb/libchdb.so");
}

static int find_library(struct afd_sidecar_options *options, struct afd_error *err)
{
	struct afd_text *library = &options->library;
	if (library->size == 0 && environment("AFFIDAVIT_LIBCHDB"))
		afd_text_puts(library, environment("AFFIDAVIT_LIBCHDB"));
	if (library->size == 0)
		add_installed(library);
	if (library->failed)
		return afd_fail(err, AFD_EXIT_USAGE, "the path of the library is too long");
	if (!afd_file_exists(library->data))
		return afd_fail(err, AFD_EXIT_NO_VERDICT,
						"there is no libchdb at %s: install it by `./run build`, set AFFIDAVIT_LIBCHDB to a "
						"libchdb.so of "
						"ClickHouse 26.7 or later, or use a server with --clickhouse URL",
						library->data);
	return 0;
}

int afd_sidecar_options_read(struct afd_sidecar_options *options, int argc, char **argv,
							 struct afd_error *err)
{
	const char *user = environment("AFFIDAVIT_CLICKHOUSE_USER");
	*options = (struct afd_sidecar_options){
		.user = user ? user : "default",
		.password = environment("AFFIDAVIT_CLICKHOUSE_PASSWORD"),
	};
	afd_text_init(&options->library, 4096);
	int rc = read_options(options, argc, argv, err);
	if (rc != 0 || options->help)
		return rc;
	rc = check(options, err);
	return rc == 0 ? find_library(options, err) : rc;
}

void afd_sidecar_options_free(struct afd_sidecar_options *options)
{
	afd_text_free(&options->library);
}
