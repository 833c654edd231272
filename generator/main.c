/* SPDX-License-Identifier: MIT
 * affidavit: the command line. */
#include "command.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage, *purpose;
};

static const struct command commands[] = {
	{ "check", afd_command_check, "SPEC... [-v] [--format=text|json|sarif] [-Wno-NAME]", "say what is wrong with a spec" },
	{ "list", afd_command_list, "SPEC... [--format=text|json]", "list its cases" },
	{ "compile", afd_command_compile, "SPEC... [-o DIR] [--check]", "write its C files, or say what is stale" },
	{ "trace", afd_command_trace, "DIR [--format=text|json]", "hold generated references against the spec" },
	{ "diff", afd_command_diff, "OLD NEW [--format=text|json]", "say what changed between two versions of a spec" },
	{ "run", afd_command_run, "SPEC [suite options]", "compile, build and run a spec" },
	{ "report", afd_command_report, "BUNDLE [-o DIR] [--case ID]", "make the reports of a bundle again" },
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void put_help(struct afd_text *to)
{
	afd_text_puts(to, "affidavit compiles a markdown API test spec into a C test suite.\n\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		afd_text_printf(to, "  affidavit %-8s %s\n                     %s\n", commands[i].name, commands[i].usage,
				commands[i].purpose);
	afd_text_puts(to, "\n  --root DIR      paths are shown relative to DIR; else to the git root, else to the working folder\n"
		  "  --help, --version\n"
		  "\nExit codes: 0 all good, 1 a test failed or a reference drifted, 2 usage or the spec was refused,\n"
		  "3 no verdict, 4 refused for safety, 5 leak gate, 6 evidence invalid.\n");
}

static int print_help(void)
{
	struct afd_text text;
	afd_text_init(&text, 1 << 16);
	put_help(&text);
	int rc = afd_print(&text);
	afd_text_free(&text);
	return rc;
}

static int print_version(void)
{
	struct afd_text text;
	afd_text_init(&text, 1 << 10);
	afd_text_puts(&text, "affidavit " AFFIDAVIT_VERSION "\n");
	int rc = afd_print(&text);
	afd_text_free(&text);
	return rc;
}

static int missing_command(void)
{
	struct afd_text text;
	afd_text_init(&text, 1 << 16);
	put_help(&text);
	afd_complain("%s", text.data);
	afd_text_free(&text);
	return AFD_EXIT_USAGE;
}

static int unknown_command(const char *name)
{
	const char *near = NULL;
	for (size_t i = 0; i < COMMAND_COUNT && !near; i++)
		if (afd_span_distance(afd_span_of(name), afd_span_of(commands[i].name)) <= 2)
			near = commands[i].name;
	afd_complain("affidavit: unknown command '%s'%s%s%s\nTry 'affidavit --help'.\n", name, near ? "; did you mean '" : "",
				 near ? near : "", near ? "'?" : "");
	return AFD_EXIT_USAGE;
}

/* A file that is opened later must never take the place of a closed stream, into which messages would go. */
static void occupy_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
			_exit(AFD_EXIT_NO_VERDICT);
}

/* A reader that went away, or a file that may not grow, is a failed write with an exit code, not a signal. */
static void ignore_signals_of_writes(void)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
	occupy_standard_streams();
	ignore_signals_of_writes();
	if (argc < 2)
		return missing_command();
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)
		return print_help();
	if (strcmp(argv[1], "--version") == 0)
		return print_version();
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 2, argv + 2);
	return unknown_command(argv[1]);
}
