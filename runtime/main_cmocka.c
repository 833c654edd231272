/* SPDX-License-Identifier: MIT
 * The entry of a generated suite: one CMocka test a case, and the exit codes of the contract. */
#include "options.h"
#include "suite.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { HELP_LIMIT = 1 << 16 };

/* What a CMocka test gets as its state. */
struct station {
	struct afd_run *run;
	size_t selected;
};

/* A file that is opened later must never take the place of a closed stdout, into which the terminal's text
 * would go. */
static void occupy_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
			_exit(AFD_EXIT_NO_VERDICT);
}

/* Secrets and raw answers are in this process: nothing of it may be read or dumped. */
static void harden(void)
{
	struct rlimit none = { 0, 0 };
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)setrlimit(RLIMIT_CORE, &none);
}

/* Blocked, and asked for between cases: the line that is being written is finished. */
static void hold_signals(sigset_t *held)
{
	sigemptyset(held);
	sigaddset(held, SIGINT);
	sigaddset(held, SIGTERM);
	sigaddset(held, SIGHUP);
	sigprocmask(SIG_BLOCK, held, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

/* CMocka catches these and runs on: a broken process must end instead. */
static void restore_faults(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGSYS };
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		signal(faults[i], SIG_DFL);
}

static void run_case(void **state)
{
	const struct station *station = *state;
	struct afd_run *run = station->run;
	const struct afd_selected *of = &run->selected[station->selected];
	struct afd_case_end end;
	restore_faults();
	if (run->failure.code != AFD_EXIT_OK)
		_skip(of->test->spec, (int)of->it->line);
	run->interrupted = run->interrupted || afd_signal_came();
	if (afd_run_case(run, station->selected, &end) != 0)
		_fail(of->test->spec, (int)of->it->line);
	if (end.outcome.verdict == AFD_VERDICT_BLOCKED)
		_skip(of->test->spec, (int)end.line);
	if (end.outcome.verdict != AFD_VERDICT_PASS)
		_fail(of->test->spec, (int)end.line);
}

static ssize_t swallow(void *cookie, const char *bytes, size_t size)
{
	(void)cookie;
	(void)bytes;
	return (ssize_t)size;
}

/* With --quiet CMocka's progress goes nowhere: it prints to whatever `stdout` and `stderr` are. Our own goes
 * to run->out and run->errors, which stay. */
static void call_runner(const struct afd_run *run, const struct CMUnitTest *tests)
{
	FILE *const terminal[] = { stdout, stderr };
	FILE *nowhere =
		run->options->quiet ? fopencookie(NULL, "w", (cookie_io_functions_t){ .write = swallow }) : NULL;
	if (nowhere)
		stdout = stderr = nowhere;
	(void)_cmocka_run_group_tests(run->suite->name, tests, run->count, NULL, NULL);
	stdout = terminal[0];
	stderr = terminal[1];
	if (nowhere)
		fclose(nowhere);
}

static int run_all(struct afd_run *run, struct afd_error *err)
{
	struct station *stations = afd_arena_array(&run->arena, run->count, sizeof *stations);
	struct CMUnitTest *tests = afd_arena_array(&run->arena, run->count, sizeof *tests);
	for (size_t i = 0; i < run->count; i++) {
		stations[i] = (struct station){ run, i };
		tests[i] = (struct CMUnitTest){ .name = run->selected[i].it->id,
										.test_func = run_case,
										.initial_state = &stations[i] };
	}
	unsetenv("CMOCKA_MESSAGE_OUTPUT");
	unsetenv("CMOCKA_XML_FILE");
	call_runner(run, tests);
	return run->failure.code == AFD_EXIT_OK ? 0 : afd_fail(err, run->failure.code, "%s", run->failure.text);
}

static int execute(struct afd_run *run, enum afd_exit *code, struct afd_error *err)
{
	sigset_t held;
	hold_signals(&held);
	int rc = afd_run_start(run, err);
	if (rc == 0)
		rc = run_all(run, err);
	return rc ? rc : afd_run_finish(run, code, err);
}

static bool wants_color(const struct afd_options *options)
{
	const char *refused = getenv("NO_COLOR");
	return !options->no_color && !(refused && *refused) && isatty(STDERR_FILENO);
}

static int run_suite(const struct afd_suite *suite, const struct afd_options *options, enum afd_exit *code,
					 struct afd_error *err)
{
	struct afd_run run;
	int rc = afd_run_init(&run, suite, options, stdout, stderr, err);
	run.color = wants_color(options);
	if (rc == 0 && options->list)
		afd_run_list(&run);
	else if (rc == 0 && options->plan)
		rc = afd_run_plan(&run, err);
	else if (rc == 0)
		rc = execute(&run, code, err);
	afd_run_free(&run);
	return rc;
}

static void print_help(const char *program)
{
	struct afd_text help;
	afd_text_init(&help, HELP_LIMIT);
	afd_options_help(program, &help);
	fputs(help.data ? help.data : "", stdout);
	afd_text_free(&help);
}

int afd_main(int argc, char **argv, const struct afd_suite *suite)
{
	struct afd_options options;
	struct afd_error err = { 0 };
	enum afd_exit code = AFD_EXIT_OK;
	occupy_standard_streams();
	harden();
	int rc = afd_options_parse(&options, argc, argv, &err);
	if (rc == 0 && options.help)
		print_help(suite->name);
	else if (rc == 0)
		rc = run_suite(suite, &options, &code, &err);
	if (rc != 0)
		fprintf(stderr, "%s: %s\n", suite->name, err.text);
	afd_options_free(&options);
	return (int)afd_exit_worse((enum afd_exit)rc, code);
}
