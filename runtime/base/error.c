/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

int afd_fail(struct afd_error *err, enum afd_exit code, const char *format, ...)
{
	if (err->code != AFD_EXIT_OK)
		return (int)err->code;
	err->code = code;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(err->text, sizeof err->text, format, arguments);
	va_end(arguments);
	for (char *byte = err->text; *byte; byte++)
		if ((unsigned char)*byte < 0x20 || *byte == 0x7F)
			*byte = '?';
	return (int)code;
}

enum afd_exit afd_exit_worse(enum afd_exit a, enum afd_exit b)
{
	static const unsigned char rank[] = {
		[AFD_EXIT_OK] = 0,      [AFD_EXIT_NO_VERDICT] = 1, [AFD_EXIT_USAGE] = 2, [AFD_EXIT_FAILED] = 3,
		[AFD_EXIT_REFUSED] = 4, [AFD_EXIT_EVIDENCE] = 5,   [AFD_EXIT_LEAK] = 6,
	};
	return rank[a] >= rank[b] ? a : b;
}
