/* SPDX-License-Identifier: MIT
 * affidavit report: the reports again, from the evidence alone. */
#include "command.h"

#include "report.h"

static int report_case(const char *bundle, const char *id)
{
	struct afd_error err = { 0 };
	struct afd_text line;
	enum afd_exit code = AFD_EXIT_OK;
	afd_text_init(&line, 1 << 20);
	int rc = afd_report_case(bundle, id, &line, &code, &err);
	if (rc == 0)
		rc = afd_print(&line);
	else
		afd_complain("affidavit: %s\n", err.text);
	afd_text_free(&line);
	return rc ? rc : (int)code;
}

static int report_bundle(const char *bundle, const char *into)
{
	struct afd_error err = { 0 };
	if (afd_report_write(bundle, into, &err) == 0)
		return AFD_EXIT_OK;
	afd_complain("affidavit: %s\n", err.text);
	return (int)err.code;
}

int afd_command_report(int argc, char **argv)
{
	struct afd_arguments arguments;
	int rc = afd_arguments_parse(&arguments, argc, argv, "oi", "report BUNDLE [-o DIR] [--case ID]");
	for (size_t i = 0; rc == 0 && i < arguments.file_count; i++)
		rc = arguments.id ? report_case(arguments.files[i], arguments.id)
						  : report_bundle(arguments.files[i], arguments.out);
	afd_arguments_free(&arguments);
	return rc;
}
