/* SPDX-License-Identifier: MIT
 * Looking for a secret in the test's own memory, without holding it in clear. */
#ifndef AFFIDAVIT_UNIT_PROCESS_MEMORY_H
#define AFFIDAVIT_UNIT_PROCESS_MEMORY_H

#include <stddef.h>

enum { VEILED_MAX = 64 };

/* The bytes of a secret, each xor 0x55. */
struct veiled {
	unsigned char bytes[VEILED_MAX];
	size_t size;
};

/* Writes `prefix`, 40 random letters and a newline to `path` in a child process, so that this one never held
 * them. */
struct veiled veiled_write(const char *path, const char *prefix);
/* How often the secret stands in this process's writable private memory. */
size_t veiled_count(const struct veiled *veiled);

#endif
