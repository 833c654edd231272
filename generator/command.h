/* SPDX-License-Identifier: MIT
 * The commands of affidavit: each takes its own arguments and returns an exit code of the contract. */
#ifndef AFFIDAVIT_COMMAND_H
#define AFFIDAVIT_COMMAND_H

#include "model.h"

enum afd_format { AFD_FORMAT_TEXT, AFD_FORMAT_JSON, AFD_FORMAT_SARIF };

struct afd_arguments {
	const char **files;
	size_t file_count;
	enum afd_format format;
	const char *out, *root, *id;
	bool verbose, check;
	const char **warnings_off;
	size_t warnings_off_count;
};

int afd_command_check(int argc, char **argv);
int afd_command_list(int argc, char **argv);
int afd_command_compile(int argc, char **argv);
int afd_command_trace(int argc, char **argv);
int afd_command_diff(int argc, char **argv);
int afd_command_run(int argc, char **argv);
int afd_command_report(int argc, char **argv);

/* options.c: the options that commands share. 0, or 2 after a message. */
int afd_arguments_parse(struct afd_arguments *arguments, int argc, char **argv, const char *allowed, const char *usage);
void afd_arguments_free(struct afd_arguments *arguments);

/* A spec from its file to its model. */
struct afd_compilation {
	struct afd_arena arena;
	struct afd_source source;
	struct afd_document document;
	struct afd_diag diag;
	struct afd_model model;
};
/* 0, or the exit code after a message: 3 where the file cannot be read. Diagnostics stay in `diag`. */
int afd_compilation_load(struct afd_compilation *compilation, const char *file, const struct afd_arguments *arguments);
/* Prints the diagnostics to stderr, or as JSON to `out`; as SARIF nowhere: sarif.h makes one log of all. 2
 * where there are errors. */
int afd_compilation_report(struct afd_compilation *compilation, enum afd_format format, struct afd_text *out);
void afd_compilation_free(struct afd_compilation *compilation);
/* Writes all of `text` to standard output, by afd_put_shown line by line; 3 where that fails. */
int afd_print(const struct afd_text *text);
/* As printf, to standard error, by afd_put_shown line by line. */
AFD_PRINTF(1, 2) void afd_complain(const char *format, ...);

#endif
