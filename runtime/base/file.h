/* SPDX-License-Identifier: MIT
 * Files and folders. The only module that opens a file for output: the compiler, the evidence and the reports all
 * write through it. A leaf: libc only. Paths are NUL-terminated; failures carry AFD_EXIT_NO_VERDICT (3). */
#ifndef AFFIDAVIT_BASE_FILE_H
#define AFFIDAVIT_BASE_FILE_H

#include "base/text.h"

/* Reads a regular file whole; the caller owns `text` (initialised here with `limit`). A file over `limit` fails. */
AFD_CHECKED int afd_file_read(const char *path, size_t limit, struct afd_text *text, struct afd_error *err);
/* Replaces the file at once: a temporary file beside it, fsync, rename. Mode 0644 less the umask. */
AFD_CHECKED int afd_file_write(const char *path, struct afd_span bytes, struct afd_error *err);
/* As afd_file_write, with mode 0600: for keys. Fails where the file exists. */
AFD_CHECKED int afd_file_create_private(const char *path, struct afd_span bytes, struct afd_error *err);
/* Writes only where the bytes differ, so that an unchanged file keeps its time. `*written` tells. At once, but not synced
 * to the disk: for files that can be made again. */
AFD_CHECKED int afd_file_update(const char *path, struct afd_span bytes, bool *written, struct afd_error *err);
/* True where `path` is a regular file with exactly these bytes. */
bool afd_file_same(const char *path, struct afd_span bytes);
bool afd_file_exists(const char *path);
/* Makes the folder and its parents; an existing one is fine. */
AFD_CHECKED int afd_folder_make(const char *path, struct afd_error *err);
/* Names in the folder, sorted by bytes, without `.` and `..`; each is passed to `visit` with `context`. */
AFD_CHECKED int afd_folder_each(const char *path, void (*visit)(void *context, const char *name), void *context,
								struct afd_error *err);
/* Makes renames in the folder durable. */
AFD_CHECKED int afd_folder_sync(const char *path, struct afd_error *err);

/* An append-only log, one writer. */
struct afd_log {
	int fd; /* -1 where closed */
};
/* Creates it; fails where it exists. */
AFD_CHECKED int afd_log_open(struct afd_log *log, const char *path, struct afd_error *err);
/* One write of all bytes; short writes and EINTR are completed. */
AFD_CHECKED int afd_log_append(struct afd_log *log, struct afd_span bytes, struct afd_error *err);
/* fdatasync: what was appended survives a crash of the machine. */
AFD_CHECKED int afd_log_sync(struct afd_log *log, struct afd_error *err);
void afd_log_close(struct afd_log *log);

#endif
