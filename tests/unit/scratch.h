/* SPDX-License-Identifier: MIT
 * A folder of its own for each test, and files in it. */
#ifndef AFFIDAVIT_TESTS_SCRATCH_H
#define AFFIDAVIT_TESTS_SCRATCH_H

#include "base/file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static inline int scratch_enter(void **state)
{
	char *folder = strdup("/tmp/afd-file-XXXXXX");
	*state = folder;
	umask(022);
	return folder && mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static inline int scratch_leave(void **state)
{
	char command[64];
	snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
	int rc = chdir("/") == 0 ? system(command) : -1;
	free(*state);
	return rc;
}

static inline void scratch_put(const char *path, struct afd_span bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.data, bytes.size), bytes.size);
	close(fd);
}

static inline void assert_holds(const char *path, struct afd_span wanted)
{
	struct afd_error err = { 0 };
	struct afd_text text;
	assert_int_equal(afd_file_read(path, 1 << 20, &text, &err), 0);
	assert_true(afd_span_equal(afd_text_span(&text), wanted));
	afd_text_free(&text);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

#endif
