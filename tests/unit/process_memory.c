/* SPDX-License-Identifier: MIT */
#include "process_memory.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LETTERS = 40, VEIL = 0x55, CHUNK = 1024 * 1024, REGION_MAX = 256 * 1024 * 1024 };

static _Noreturn void write_secret(const char *path, const char *prefix)
{
	unsigned char random[LETTERS];
	char line[256];
	int used = snprintf(line, sizeof line, "%s", prefix);
	if (getrandom(random, sizeof random, 0) != LETTERS)
		_exit(1);
	for (size_t i = 0; i < LETTERS; i++)
		line[(size_t)used + i] = (char)('a' + random[i] % 26);
	line[used + LETTERS] = '\n';
	int fd = open(path, O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0600);
	size_t size = (size_t)used + LETTERS + 1;
	_exit(fd >= 0 && write(fd, line, size) == (ssize_t)size ? 0 : 1);
}

struct veiled veiled_write(const char *path, const char *prefix)
{
	struct veiled veiled = { .size = LETTERS };
	int status = 1;
	pid_t child = fork();
	if (child == 0)
		write_secret(path, prefix);
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		abort();
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	for (size_t i = 0; i < LETTERS; i++) {
		unsigned char byte = 0;
		if (pread(fd, &byte, 1, (off_t)(strlen(prefix) + i)) != 1)
			abort();
		veiled.bytes[i] = byte ^ VEIL;
	}
	close(fd);
	return veiled;
}

static bool stands_at(const struct veiled *veiled, const unsigned char *at)
{
	for (size_t i = 0; i < veiled->size; i++)
		if ((at[i] ^ VEIL) != veiled->bytes[i])
			return false;
	return true;
}

static size_t count_in(const struct veiled *veiled, const unsigned char *bytes, size_t size)
{
	size_t count = 0;
	for (size_t i = 0; i + veiled->size <= size; i++)
		count += stands_at(veiled, bytes + i);
	return count;
}

/* Chunks overlap by the secret's size less one, so that each place is seen once. */
static size_t count_in_region(const struct veiled *veiled, int memory, unsigned char *chunk, uintptr_t from,
							  uintptr_t to)
{
	size_t count = 0;
	while (from < to) {
		size_t size = to - from < CHUNK ? to - from : CHUNK;
		ssize_t got = pread(memory, chunk, size, (off_t)from);
		if (got < (ssize_t)veiled->size)
			break;
		count += count_in(veiled, chunk, (size_t)got);
		if ((size_t)got == to - from)
			break;
		from += (size_t)got - veiled->size + 1;
	}
	return count;
}

size_t veiled_count(const struct veiled *veiled)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	/* Shared, so that the scan passes over its own buffer. */
	unsigned char *chunk = mmap(NULL, CHUNK, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!maps || memory < 0 || chunk == MAP_FAILED)
		abort();
	char line[512];
	size_t count = 0;
	while (fgets(line, sizeof line, maps)) {
		uintptr_t from, to;
		char mode[8];
		if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %7s", &from, &to, mode) != 3)
			abort();
		if (mode[1] == 'w' && mode[3] == 'p' && to - from <= REGION_MAX)
			count += count_in_region(veiled, memory, chunk, from, to);
	}
	munmap(chunk, CHUNK);
	close(memory);
	fclose(maps);
	return count;
}
