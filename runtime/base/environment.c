/* SPDX-License-Identifier: MIT */
#include "base/environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 256 };

static char shell_byte(char byte)
{
	if (byte >= 'a' && byte <= 'z')
		return (char)(byte - 'a' + 'A');
	bool kept = (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
	return kept ? byte : '_';
}

bool afd_environment_name(const char *prefix, const char *name, char *out, size_t size)
{
	int used = snprintf(out, size, "%s%s", prefix, name);
	if (used < 0 || (size_t)used >= size)
		return false;
	for (char *byte = out + strlen(prefix); *byte; byte++)
		*byte = shell_byte(*byte);
	return true;
}

const char *afd_environment_value(const char *prefix, const char *name)
{
	char full[NAME_MAX_BYTES];
	int used = snprintf(full, sizeof full, "%s%s", prefix, name);
	if (used < 0 || (size_t)used >= sizeof full)
		return NULL;
	const char *value = getenv(full);
	if (value || !afd_environment_name(prefix, name, full, sizeof full))
		return value;
	return getenv(full);
}
