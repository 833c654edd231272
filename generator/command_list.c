/* SPDX-License-Identifier: MIT
 * affidavit list, affidavit check */
#include "command.h"

#include "base/environment.h"
#include "list.h"
#include "sarif.h"

static int list_one(const char *file, const struct afd_arguments *arguments)
{
	struct afd_compilation compilation;
	int rc = afd_compilation_load(&compilation, file, arguments);
	if (rc == 0) {
		struct afd_text text;
		afd_text_init(&text, (size_t)1 << 30);
		if (arguments->format == AFD_FORMAT_JSON)
			afd_list_json(&compilation.model, &text);
		else
			afd_list_text(&compilation.model, &text);
		rc = afd_print(&text);
		afd_text_free(&text);
		int refused = afd_compilation_report(&compilation, AFD_FORMAT_TEXT, NULL);
		rc = rc ? rc : refused;
	}
	afd_compilation_free(&compilation);
	return rc;
}

int afd_command_list(int argc, char **argv)
{
	struct afd_arguments arguments;
	enum afd_exit worst = AFD_EXIT_OK;
	int rc = afd_arguments_parse(&arguments, argc, argv, "f", "list SPEC... [--format=text|json] [--root DIR]");
	for (size_t i = 0; rc == 0 && i < arguments.file_count; i++)
		worst = afd_exit_worse(worst, (enum afd_exit)list_one(arguments.files[i], &arguments));
	afd_arguments_free(&arguments);
	return rc ? rc : (int)worst;
}

/* What a run asks of its environment. */
static void put_secrets(const struct afd_model *model, struct afd_text *out)
{
	for (size_t i = 0; i < model->variables.count; i++) {
		const struct afd_model_variable *row = &model->variables.rows[i];
		char name[256];
		if (row->secret && !row->kept && row->in_header &&
			afd_environment_name("AFFIDAVIT_SECRET_", row->name, name, sizeof name))
			afd_text_printf(out, "%s:%u: needs: %s in the environment of a run\n", model->source->path,
							row->line, name);
	}
}

static void put_remarks(const struct afd_model *model, struct afd_text *out)
{
	for (size_t i = 0; i < model->tests.count; i++) {
		const struct afd_model_test *test = &model->tests.rows[i];
		afd_text_printf(out, "%s:%u: taken (%s): %s %s %s\n", model->source->path, test->line, test->form, test->id,
						test->method, test->url);
	}
	for (size_t i = 0; i < model->remarks.count; i++)
		afd_text_printf(out, "%s:%u: %s\n", model->source->path, model->remarks.rows[i].line,
						model->remarks.rows[i].text);
	put_secrets(model, out);
}

static int check_one(const char *file, const struct afd_arguments *arguments, struct afd_sarif *sarif)
{
	struct afd_compilation compilation;
	int rc = afd_compilation_load(&compilation, file, arguments);
	if (rc == 0) {
		struct afd_text text;
		afd_text_init(&text, (size_t)1 << 30);
		if (arguments->verbose && arguments->format == AFD_FORMAT_TEXT)
			put_remarks(&compilation.model, &text);
		rc = afd_compilation_report(&compilation, arguments->format, &text);
		if (arguments->format == AFD_FORMAT_SARIF)
			afd_sarif_add(sarif, &compilation.diag);
		if (arguments->format == AFD_FORMAT_TEXT && rc == 0)
			afd_text_printf(&text, "%s: %s\n", compilation.source.path, afd_model_summary(&compilation.model));
		int printed = afd_print(&text);
		rc = printed ? printed : rc;
		afd_text_free(&text);
	}
	afd_compilation_free(&compilation);
	return rc;
}

static int print_log(struct afd_sarif *sarif)
{
	struct afd_text text;
	afd_text_init(&text, (size_t)1 << 30);
	afd_sarif_print(sarif, &text);
	int rc = afd_print(&text);
	afd_text_free(&text);
	return rc;
}

int afd_command_check(int argc, char **argv)
{
	struct afd_arguments arguments;
	struct afd_sarif sarif;
	enum afd_exit worst = AFD_EXIT_OK;
	int rc = afd_arguments_parse(&arguments, argc, argv, "fvs",
									"check SPEC... [-v] [--format=text|json|sarif] [-Wno-NAME] [--root DIR]");
	afd_sarif_init(&sarif);
	for (size_t i = 0; rc == 0 && i < arguments.file_count; i++)
		worst = afd_exit_worse(worst, (enum afd_exit)check_one(arguments.files[i], &arguments, &sarif));
	if (rc == 0 && arguments.format == AFD_FORMAT_SARIF)
		worst = afd_exit_worse(worst, (enum afd_exit)print_log(&sarif));
	afd_text_free(&sarif.results);
	afd_arguments_free(&arguments);
	return rc ? rc : (int)worst;
}
