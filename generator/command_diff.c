/* SPDX-License-Identifier: MIT
 * affidavit diff */
#include "command.h"

#include "diff.h"

static int print_diff(const struct afd_compilation *before, const struct afd_compilation *after, enum afd_format format)
{
	struct afd_diff diff;
	struct afd_text out;
	afd_text_init(&out, (size_t)1 << 30);
	afd_diff_compare(&diff, &before->model, &after->model);
	if (format == AFD_FORMAT_JSON)
		afd_diff_json(&diff, &out);
	else
		afd_diff_text(&diff, &before->model, &after->model, &out);
	int rc = afd_print(&out);
	afd_text_free(&out);
	return rc ? rc : diff.rows.count ? AFD_EXIT_FAILED : AFD_EXIT_OK;
}

int afd_command_diff(int argc, char **argv)
{
	static const char usage[] = "diff OLD NEW [--format=text|json] [--root DIR]";
	struct afd_arguments arguments;
	int rc = afd_arguments_parse(&arguments, argc, argv, "f", usage);
	if (rc == 0 && arguments.file_count != 2) {
		afd_complain("affidavit: two specs are compared\nusage: affidavit %s\n", usage);
		rc = AFD_EXIT_USAGE;
	}
	if (rc == 0) {
		struct afd_compilation before = { 0 };
		struct afd_compilation after = { 0 };
		rc = afd_compilation_load(&before, arguments.files[0], &arguments);
		if (rc == 0)
			rc = afd_compilation_load(&after, arguments.files[1], &arguments);
		if (rc == 0)
			rc = print_diff(&before, &after, arguments.format);
		afd_compilation_free(&before);
		afd_compilation_free(&after);
	}
	afd_arguments_free(&arguments);
	return rc;
}
