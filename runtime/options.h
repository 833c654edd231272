/* SPDX-License-Identifier: MIT
 * The options of a suite. One table gives the parser, the environment variables, the help and the refusals.
 */
#ifndef AFFIDAVIT_OPTIONS_H
#define AFFIDAVIT_OPTIONS_H

#include "base/arena.h"

struct afd_strings {
	const char **rows;
	size_t count;
};

/* Strings are borrowed from the command line and the environment, or owned by the arena. */
struct afd_options {
	struct afd_arena arena;
	bool help, list, plan, fail_fast, quiet, no_color;
	struct afd_strings only, tags, sections, bases, vars;
	size_t shard, shards; /* 1-based; shards 0: not sharded */
	bool allow_writes;
	const char *writes_glob; /* NULL: all */
	const char *env_file, *key_file, *rerun_failed;
	const char *clickhouse; /* a URL, "embedded:DIR" or "none"; NULL: none */
	bool create_tables;
	const char *out; /* NULL: the default */
	long rate;       /* requests a minute; 0: unlimited */
	long timeout_ms; /* 0: the default */
	long retry;
	long max_requests; /* 0: unlimited */
	long max_pages;    /* of one list; 0: the default */
};

/* Reads the environment, AFFIDAVIT_<OPTION_NAME> of each option, then the command line, which wins: what it
 * gives of an option takes the place of the variable. Several values of a repeatable option are separated by
 * blanks in a variable. Fails with 2 for what is no option, has a value out of its range, or is not supported
 * by this version. Free with afd_options_free, also after a failure. */
AFD_CHECKED int afd_options_parse(struct afd_options *options, int argc, char **argv, struct afd_error *err);
void afd_options_free(struct afd_options *options);

/* The manual of the options, for --help. */
void afd_options_help(const char *program, struct afd_text *out);

#endif
