/* SPDX-License-Identifier: MIT */
#include "http_memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void afd_memory_zero_and_free(void *memory)
{
	if (memory)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

void *afd_memory_zero_and_resize(void *memory, size_t size)
{
	if (!memory)
		return malloc(size);
	size_t held = malloc_usable_size(memory);
	if (size <= held)
		return memory;
	void *larger = malloc(size);
	if (larger) {
		memcpy(larger, memory, held);
		afd_memory_zero_and_free(memory);
	}
	return larger;
}
