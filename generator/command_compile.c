/* SPDX-License-Identifier: MIT
 * affidavit compile */
#include "command.h"

#include "output.h"

#include <stdio.h>

static int write_files(const struct afd_output *output, const struct afd_compilation *compilation, const char *folder)
{
	struct afd_error err = { 0 };
	size_t written;
	size_t removed;
	if (afd_output_write(output, folder, &written, &removed, &err) != 0) {
		fprintf(stderr, "affidavit: %s\n", err.text);
		return (int)err.code;
	}
	printf("%s: %s; %zu files in %s, %zu written, %zu removed\n", compilation->source.path,
		   afd_model_summary(&compilation->model), output->count, folder, written, removed);
	return AFD_EXIT_OK;
}

static int check_files(const struct afd_output *output, const struct afd_compilation *compilation, const char *folder)
{
	struct afd_text report;
	afd_text_init(&report, (size_t)1 << 26);
	size_t stale = afd_output_check(output, folder, &report);
	int rc = afd_print(&report);
	afd_text_free(&report);
	if (stale)
		fprintf(stderr, "affidavit: %s is stale: %zu of its files differ from what %s says; run 'affidavit compile'\n",
				folder, stale, compilation->source.path);
	return rc ? rc : stale ? AFD_EXIT_FAILED : AFD_EXIT_OK;
}

static bool has_tests(struct afd_compilation *compilation)
{
	if (compilation->model.tests.count > 0)
		return true;
	fprintf(stderr, "%s: error: no request is found in this document\n", compilation->source.path);
	fputs("Try 'affidavit check -v' to see what was left, and why.\n", stderr);
	return false;
}

static int compile_one(const char *file, const struct afd_arguments *arguments)
{
	struct afd_compilation compilation;
	int rc = afd_compilation_load(&compilation, file, arguments);
	if (rc == 0)
		rc = afd_compilation_report(&compilation, AFD_FORMAT_TEXT, NULL);
	if (rc == 0 && !has_tests(&compilation))
		rc = AFD_EXIT_USAGE;
	if (rc == 0) {
		struct afd_output output;
		afd_output_make(&output, &compilation.model);
		const char *folder = arguments->out ? arguments->out : "generated";
		if (!arguments->out || arguments->file_count > 1)
			folder = afd_arena_printf(&compilation.arena, "%s/%s", folder, compilation.model.name);
		rc = (arguments->check ? check_files : write_files)(&output, &compilation, folder);
		afd_output_free(&output);
	}
	afd_compilation_free(&compilation);
	return rc;
}

int afd_command_compile(int argc, char **argv)
{
	struct afd_arguments arguments;
	int worst = afd_arguments_parse(&arguments, argc, argv, "oc", "compile SPEC... [-o DIR] [--check] [--root DIR]");
	for (size_t i = 0; worst != AFD_EXIT_USAGE && i < arguments.file_count; i++)
		worst = (int)afd_exit_worse((enum afd_exit)worst, (enum afd_exit)compile_one(arguments.files[i], &arguments));
	afd_arguments_free(&arguments);
	return worst;
}
