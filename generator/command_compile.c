/* SPDX-License-Identifier: MIT
 * affidavit compile */
#include "command.h"

#include "output.h"

#include <string.h>

static int write_files(const struct afd_output *output, const struct afd_compilation *compilation, const char *folder)
{
	struct afd_error err = { 0 };
	size_t written;
	size_t removed;
	if (afd_output_write(output, folder, &written, &removed, &err) != 0) {
		afd_complain("affidavit: %s\n", err.text);
		return (int)err.code;
	}
	struct afd_text text;
	afd_text_init(&text, (size_t)1 << 20);
	afd_text_printf(&text, "%s: %s; %zu files in %s, %zu written, %zu removed\n", compilation->source.path,
					afd_model_summary(&compilation->model), output->count, folder, written, removed);
	int rc = afd_print(&text);
	afd_text_free(&text);
	return rc;
}

static int check_files(const struct afd_output *output, const struct afd_compilation *compilation, const char *folder)
{
	struct afd_text report;
	afd_text_init(&report, (size_t)1 << 26);
	size_t stale = afd_output_check(output, folder, &report);
	int rc = afd_print(&report);
	afd_text_free(&report);
	if (stale)
		afd_complain("affidavit: %s is stale: %zu of its files differ from what %s says; run 'affidavit compile'\n",
				folder, stale, compilation->source.path);
	return rc ? rc : stale ? AFD_EXIT_FAILED : AFD_EXIT_OK;
}

static bool has_tests(struct afd_compilation *compilation)
{
	if (compilation->model.tests.count > 0)
		return true;
	afd_complain("%s: error: no request is found in this document\n", compilation->source.path);
	afd_complain("Try 'affidavit check -v' to see what was left, and why.\n");
	return false;
}

/* What one call of the command has written so far. */
struct batch {
	const struct afd_arguments *arguments;
	struct afd_arena arena;
	const char **folders;
	size_t count;
};

/* Two specs of one name would remove each other's tests. */
static int claim_folder(struct batch *batch, const char *folder, const char *spec)
{
	for (size_t i = 0; i < batch->count; i++) {
		if (strcmp(batch->folders[i], folder) != 0)
			continue;
		afd_complain("%s: error: another spec of this call has the folder %s\nName each by **Suite:** in the document.\n",
					 spec, folder);
		return AFD_EXIT_USAGE;
	}
	const char **row = afd_arena_push(&batch->arena, &batch->folders, &batch->count, sizeof *row);
	*row = afd_arena_copy(&batch->arena, afd_span_of(folder));
	return 0;
}

static int output_one(struct afd_compilation *compilation, struct batch *batch)
{
	const struct afd_arguments *arguments = batch->arguments;
	const char *folder = arguments->out ? arguments->out : "generated";
	if (!arguments->out || arguments->file_count > 1)
		folder = afd_arena_printf(&compilation->arena, "%s/%s", folder, compilation->model.name);
	int rc = claim_folder(batch, folder, compilation->source.path);
	if (rc != 0)
		return rc;
	struct afd_output output;
	afd_output_make(&output, &compilation->model);
	rc = (arguments->check ? check_files : write_files)(&output, compilation, folder);
	afd_output_free(&output);
	return rc;
}

static int compile_one(const char *file, struct batch *batch)
{
	struct afd_compilation compilation;
	int rc = afd_compilation_load(&compilation, file, batch->arguments);
	if (rc == 0)
		rc = afd_compilation_report(&compilation, AFD_FORMAT_TEXT, NULL);
	if (rc == 0 && !has_tests(&compilation))
		rc = AFD_EXIT_USAGE;
	if (rc == 0)
		rc = output_one(&compilation, batch);
	afd_compilation_free(&compilation);
	return rc;
}

int afd_command_compile(int argc, char **argv)
{
	struct afd_arguments arguments;
	struct batch batch = { .arguments = &arguments };
	enum afd_exit worst = AFD_EXIT_OK;
	int rc = afd_arguments_parse(&arguments, argc, argv, "oc", "compile SPEC... [-o DIR] [--check] [--root DIR]");
	for (size_t i = 0; rc == 0 && i < arguments.file_count; i++)
		worst = afd_exit_worse(worst, (enum afd_exit)compile_one(arguments.files[i], &batch));
	afd_arena_free(&batch.arena);
	afd_arguments_free(&arguments);
	return rc ? rc : (int)worst;
}
