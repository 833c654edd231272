/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct afd_arena_page {
	struct afd_arena_page *next;
	size_t used, size;
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

static void out_of_memory(void)
{
	fputs("affidavit: out of memory\n", stderr);
	exit(AFD_EXIT_NO_VERDICT);
}

static struct afd_arena_page *new_page(size_t size)
{
	struct afd_arena_page *page = calloc(1, sizeof *page + size);
	if (!page)
		out_of_memory();
	page->size = size;
	return page;
}

void *afd_arena_new(struct afd_arena *arena, size_t size)
{
	if (size > SIZE_MAX - PAGE_SIZE)
		out_of_memory();
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct afd_arena_page *page = arena->page;
	if (!page || page->size - page->used < size) {
		page = new_page(size > PAGE_SIZE ? size : PAGE_SIZE);
		page->next = arena->page;
		arena->page = page;
	}
	void *memory = page->bytes + page->used;
	page->used += size;
	return memory;
}

void *afd_arena_array(struct afd_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		out_of_memory();
	return afd_arena_new(arena, count * size);
}

char *afd_arena_copy(struct afd_arena *arena, struct afd_span span)
{
	char *copy = afd_arena_new(arena, span.size + 1);
	if (span.size)
		memcpy(copy, span.data, span.size);
	return copy;
}

char *afd_arena_printf(struct afd_arena *arena, const char *format, ...)
{
	va_list arguments;
	va_list again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int size = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (size < 0)
		out_of_memory();
	char *string = afd_arena_new(arena, (size_t)size + 1);
	vsnprintf(string, (size_t)size + 1, format, again);
	va_end(again);
	return string;
}

void *afd_arena_push(struct afd_arena *arena, void *items, size_t *count, size_t size)
{
	void **array = items;
	size_t held = *count;
	if ((held & (held - 1)) == 0) {
		void *larger = afd_arena_array(arena, held ? held * 2 : 1, size);
		if (held)
			memcpy(larger, *array, held * size);
		*array = larger;
	}
	*count = held + 1;
	return (char *)*array + held * size;
}

void afd_arena_free(struct afd_arena *arena)
{
	while (arena->page) {
		struct afd_arena_page *next = arena->page->next;
		free(arena->page);
		arena->page = next;
	}
}
