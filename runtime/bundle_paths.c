/* SPDX-License-Identifier: MIT
 * The files of a bundle, in one order. */
#include "bundle.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 8 };

struct walk {
	struct afd_paths *paths;
	struct afd_error *err;
	const char *folder, *below; /* below: relative, "" or ending in '/' */
	int depth;
	int rc;
};

static int push(struct afd_paths *paths, char *path, struct afd_error *err)
{
	if (paths->count == paths->capacity) {
		size_t capacity = paths->capacity ? paths->capacity * 2 : 64;
		char **rows = realloc(paths->rows, capacity * sizeof *rows);
		if (!rows)
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
		paths->rows = rows;
		paths->capacity = capacity;
	}
	paths->rows[paths->count++] = path;
	return 0;
}

static int walk(const struct walk *at);

static int enter(const struct walk *at, char *relative)
{
	char *below = NULL;
	if (at->depth == DEPTH_MAX)
		return afd_fail(at->err, AFD_EXIT_NO_VERDICT, "the bundle has too many levels at %s", relative);
	if (asprintf(&below, "%s/", relative) < 0)
		return afd_fail(at->err, AFD_EXIT_NO_VERDICT, "out of memory");
	int rc = walk(&(struct walk){ at->paths, at->err, at->folder, below, at->depth + 1, 0 });
	free(below);
	return rc;
}

/* Takes over `relative` where it is a file. */
static int take(const struct walk *at, char **relative, const char *path)
{
	struct stat status;
	if (lstat(path, &status) != 0)
		return afd_fail(at->err, AFD_EXIT_NO_VERDICT, "cannot read %s", path);
	if (S_ISDIR(status.st_mode))
		return enter(at, *relative);
	if (!S_ISREG(status.st_mode))
		return afd_fail(at->err, AFD_EXIT_EVIDENCE, "%s is no regular file: it does not belong into a bundle",
						path);
	int rc = push(at->paths, *relative, at->err);
	if (rc == 0)
		*relative = NULL;
	return rc;
}

static void visit(void *context, const char *name)
{
	struct walk *at = context;
	char *relative = NULL;
	char *path = NULL;
	if (at->rc != 0)
		return;
	if (asprintf(&relative, "%s%s", at->below, name) < 0 ||
		asprintf(&path, "%s/%s", at->folder, relative) < 0)
		at->rc = afd_fail(at->err, AFD_EXIT_NO_VERDICT, "out of memory");
	else
		at->rc = take(at, &relative, path);
	free(relative);
	free(path);
}

static int walk(const struct walk *at)
{
	char *path = NULL;
	if (asprintf(&path, "%s/%s", at->folder, at->below) < 0)
		return afd_fail(at->err, AFD_EXIT_NO_VERDICT, "out of memory");
	struct walk level = *at;
	int rc = afd_folder_each(path, visit, &level, at->err);
	free(path);
	return rc ? rc : level.rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int afd_paths_collect(struct afd_paths *paths, const char *folder, struct afd_error *err)
{
	*paths = (struct afd_paths){ 0 };
	int rc = walk(&(struct walk){ paths, err, folder, "", 0, 0 });
	if (rc == 0 && paths->count > 1)
		qsort(paths->rows, paths->count, sizeof *paths->rows, by_bytes);
	if (rc != 0)
		afd_paths_free(paths);
	return rc;
}

void afd_paths_free(struct afd_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free(paths->rows[i]);
	free(paths->rows);
	*paths = (struct afd_paths){ 0 };
}
