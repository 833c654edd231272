/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(struct afd_error *err, const char *what, const char *path)
{
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot %s %s: %s", what, path, strerror(errno));
}

static int open_output(const char *path, int flags, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, mode);
}

static int read_all(int fd, const char *path, struct afd_text *text, struct afd_error *err)
{
	char buffer[65536];
	for (;;) {
		ssize_t size = read(fd, buffer, sizeof buffer);
		if (size == 0)
			return 0;
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return fail(err, "read", path);
		if (!afd_text_add(text, (struct afd_span){ buffer, (size_t)size }))
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read %s: larger than %zu bytes", path, text->limit);
	}
}

int afd_file_read(const char *path, size_t limit, struct afd_text *text, struct afd_error *err)
{
	afd_text_init(text, limit);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return fail(err, "read", path);
	struct stat status;
	int rc = 0;
	if (fstat(fd, &status) != 0)
		rc = fail(err, "read", path);
	else if (!S_ISREG(status.st_mode))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read %s: not a regular file", path);
	else
		rc = read_all(fd, path, text, err);
	close(fd);
	if (rc != 0)
		afd_text_free(text);
	return rc;
}

static int write_all(int fd, struct afd_span bytes)
{
	while (bytes.size > 0) {
		ssize_t size = write(fd, bytes.data, bytes.size);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return -1;
		bytes = afd_span_from(bytes, (size_t)size);
	}
	return 0;
}

enum durability { LAZY, DURABLE };

static int write_and_close(int fd, struct afd_span bytes, enum durability durability)
{
	int rc = write_all(fd, bytes);
	if (rc == 0 && durability == DURABLE)
		rc = fsync(fd);
	int saved = errno;
	if (close(fd) != 0 && rc == 0)
		return -1;
	errno = saved;
	return rc;
}

static int replace_file(const char *path, struct afd_span bytes, enum durability durability, struct afd_error *err)
{
	struct afd_text temporary;
	afd_text_init(&temporary, 4096);
	if (!afd_text_printf(&temporary, "%s.%ld.tmp", path, (long)getpid()))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot write %s: the path is too long", path);
	int rc = 0;
	/* what is left of an earlier process of this number is not opened: it may be a pipe, or another file by a link */
	unlink(temporary.data);
	int fd = open_output(temporary.data, O_EXCL, 0644);
	if (fd < 0)
		rc = fail(err, "write", path);
	else if (write_and_close(fd, bytes, durability) != 0 || rename(temporary.data, path) != 0) {
		rc = fail(err, "write", path);
		unlink(temporary.data);
	}
	afd_text_free(&temporary);
	return rc;
}

int afd_file_write(const char *path, struct afd_span bytes, struct afd_error *err)
{
	return replace_file(path, bytes, DURABLE, err);
}

int afd_file_create_private(const char *path, struct afd_span bytes, struct afd_error *err)
{
	int fd = open_output(path, O_EXCL, 0600);
	if (fd < 0)
		return fail(err, "create", path);
	if (write_and_close(fd, bytes, DURABLE) != 0) {
		int rc = fail(err, "write", path);
		unlink(path);
		return rc;
	}
	return 0;
}

bool afd_file_same(const char *path, struct afd_span bytes)
{
	struct stat status;
	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != bytes.size)
		return false;
	struct afd_error ignored = { 0 };
	struct afd_text text;
	if (afd_file_read(path, bytes.size + 1, &text, &ignored) != 0)
		return false;
	bool same = afd_span_equal(afd_text_span(&text), bytes);
	afd_text_free(&text);
	return same;
}

int afd_file_update(const char *path, struct afd_span bytes, bool *written, struct afd_error *err)
{
	*written = !afd_file_same(path, bytes);
	return *written ? replace_file(path, bytes, LAZY, err) : 0;
}

bool afd_file_exists(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0;
}

static int make_one(const char *path, struct afd_error *err)
{
	struct stat status;
	if (mkdir(path, 0755) == 0 || (errno == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode)))
		return 0;
	return fail(err, "make the folder", path);
}

int afd_folder_make(const char *path, struct afd_error *err)
{
	char *copy = strdup(path);
	if (!copy)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	int rc = 0;
	for (char *slash = copy[0] ? strchr(copy + 1, '/') : NULL; slash && rc == 0; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		rc = make_one(copy, err);
		*slash = '/';
	}
	if (rc == 0)
		rc = make_one(copy, err);
	free(copy);
	return rc;
}

static int not_dots(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int afd_folder_each(const char *path, void (*visit)(void *context, const char *name), void *context,
					struct afd_error *err)
{
	struct dirent **names = NULL;
	int count = scandir(path, &names, not_dots, by_bytes);
	if (count < 0)
		return fail(err, "list", path);
	for (int i = 0; i < count; i++) {
		visit(context, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	return 0;
}

int afd_folder_sync(const char *path, struct afd_error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return fail(err, "sync", path);
	int rc = fsync(fd) == 0 ? 0 : fail(err, "sync", path);
	close(fd);
	return rc;
}

int afd_log_open(struct afd_log *log, const char *path, struct afd_error *err)
{
	log->fd = open_output(path, O_EXCL | O_APPEND, 0644);
	return log->fd < 0 ? fail(err, "create", path) : 0;
}

int afd_log_append(struct afd_log *log, struct afd_span bytes, struct afd_error *err)
{
	return write_all(log->fd, bytes) == 0 ? 0 : fail(err, "append to", "the evidence log");
}

int afd_log_sync(struct afd_log *log, struct afd_error *err)
{
	return fdatasync(log->fd) == 0 ? 0 : fail(err, "sync", "the evidence log");
}

void afd_log_close(struct afd_log *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
}
