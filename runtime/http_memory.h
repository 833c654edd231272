/* SPDX-License-Identifier: MIT
 * Memory for libcurl, which builds requests from copies of the header lines: all that it frees is zeroed
 * first. Private to http.c. */
#ifndef AFFIDAVIT_HTTP_MEMORY_H
#define AFFIDAVIT_HTTP_MEMORY_H

#include <stddef.h>

/* free and realloc that leave no copy behind. */
void afd_memory_zero_and_free(void *memory);
void *afd_memory_zero_and_resize(void *memory, size_t size);

#endif
