/* SPDX-License-Identifier: MIT
 * affidavit: the command line. */
#include "command.h"

#include <stdio.h>
#include <string.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage, *purpose;
};

static const struct command commands[] = {
	{ "check", afd_command_check, "SPEC... [-v] [--format=text|json]", "say what is wrong with a spec" },
	{ "list", afd_command_list, "SPEC... [--format=text|json]", "list its cases" },
	{ "compile", afd_command_compile, "SPEC... [-o DIR] [--check]", "write its C files, or say what is stale" },
	{ "trace", afd_command_trace, "DIR [--format=text|json]", "hold generated references against the spec" },
	{ "run", afd_command_run, "SPEC [suite options]", "compile, build and run a spec" },
	{ "report", afd_command_report, "BUNDLE [-o DIR] [--case ID]", "make the reports of a bundle again" },
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_help(FILE *to)
{
	fputs("affidavit compiles a markdown API test spec into a C test suite.\n\n", to);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(to, "  affidavit %-8s %s\n                     %s\n", commands[i].name, commands[i].usage,
				commands[i].purpose);
	fputs("\n  --root DIR      paths are shown relative to DIR; else to the git root, else to the working folder\n"
		  "  --help, --version\n"
		  "\nExit codes: 0 all good, 1 a test failed or a reference drifted, 2 usage or the spec was refused,\n"
		  "3 no verdict, 4 refused for safety, 5 leak gate, 6 evidence invalid.\n",
		  to);
}

static int unknown_command(const char *name)
{
	fprintf(stderr, "affidavit: unknown command '%s'", name);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (afd_span_distance(afd_span_of(name), afd_span_of(commands[i].name)) <= 2)
			fprintf(stderr, "; did you mean '%s'?", commands[i].name);
	fputs("\nTry 'affidavit --help'.\n", stderr);
	return AFD_EXIT_USAGE;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return AFD_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return AFD_EXIT_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("affidavit " AFFIDAVIT_VERSION);
		return AFD_EXIT_OK;
	}
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 2, argv + 2);
	return unknown_command(argv[1]);
}
