/* SPDX-License-Identifier: MIT
 * The options that the compiler's commands share. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

static int usage_error(const char *usage, const char *what, const char *word)
{
	afd_complain("affidavit: %s%s\nusage: affidavit %s\n", what, word, usage);
	return AFD_EXIT_USAGE;
}

/* The value of "--name=value" or of "--name value"; NULL: `argument` is another option. */
static const char *value_of(const char *name, int argc, char **argv, int *i)
{
	size_t size = strlen(name);
	if (strncmp(argv[*i], name, size) != 0)
		return NULL;
	if (argv[*i][size] == '=')
		return argv[*i] + size + 1;
	if (argv[*i][size] == '\0' && *i + 1 < argc)
		return argv[++*i];
	return NULL;
}

static bool set_format(struct afd_arguments *arguments, const char *word, const char *allowed)
{
	static const char *const names[] = { "text", "json", "sarif" };
	for (int i = 0; i < 3; i++) {
		if (strcmp(word, names[i]) == 0 && (i < 2 || strchr(allowed, 's'))) {
			arguments->format = (enum afd_format)i;
			return true;
		}
	}
	return false;
}

/* As the manual lists them. */
static bool is_diagnostic(const char *name)
{
	static const char *const names[] = {
		"always",        "base",   "bidi",    "body",       "cells",   "change",   "column",
		"contradiction", "count",  "curl",    "duplicate",  "effect",  "encoding", "example",
		"expectation",   "header", "keep",    "label",      "landing", "method",   "needs",
		"nul",           "path",   "pattern", "powershell", "repeat",  "request",  "size",
		"sql",           "stage",  "suite",   "table",      "type",    "url",      "variable",
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* `allowed` names the options of the command by a letter: f format, o -o, c --check, v -v, s sarif, i --case. 0: none of them. */
static int take_option(struct afd_arguments *arguments, int argc, char **argv, int *i, const char *allowed)
{
	const char *value;
	const char *word = argv[*i];
	if (strchr(allowed, 'v') && strcmp(word, "-v") == 0)
		return arguments->verbose = true;
	if (strchr(allowed, 'c') && strcmp(word, "--check") == 0)
		return arguments->check = true;
	if (strncmp(word, "-Wno-", 5) == 0 && is_diagnostic(word + 5)) {
		arguments->warnings_off[arguments->warnings_off_count++] = word + 5;
		return true;
	}
	if (strchr(allowed, 'f') && (value = value_of("--format", argc, argv, i)))
		return set_format(arguments, value, allowed);
	if (strchr(allowed, 'o') && (value = value_of("-o", argc, argv, i)))
		return (arguments->out = value) != NULL;
	if (strchr(allowed, 'i') && (value = value_of("--case", argc, argv, i)))
		return (arguments->id = value) != NULL;
	if ((value = value_of("--root", argc, argv, i)))
		return (arguments->root = value) != NULL;
	return false;
}

int afd_arguments_parse(struct afd_arguments *arguments, int argc, char **argv, const char *allowed, const char *usage)
{
	*arguments = (struct afd_arguments){ .files = calloc((size_t)argc + 1, sizeof(char *)),
										 .warnings_off = calloc((size_t)argc + 1, sizeof(char *)) };
	if (!arguments->files || !arguments->warnings_off) {
		afd_complain("affidavit: out of memory\n");
		return AFD_EXIT_NO_VERDICT;
	}
	bool options = true;
	for (int i = 0; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (options && argv[i][0] == '-' && argv[i][1] != '\0') {
			if (!take_option(arguments, argc, argv, &i, allowed))
				return usage_error(usage, "unknown option or value: ", argv[i]);
		} else
			arguments->files[arguments->file_count++] = argv[i];
	}
	if (arguments->file_count == 0)
		return usage_error(usage, "no file is given", "");
	return 0;
}

void afd_arguments_free(struct afd_arguments *arguments)
{
	free((void *)arguments->files);
	free((void *)arguments->warnings_off);
}
