/* SPDX-License-Identifier: MIT
 * The folder and the zip of one run. Built as NAME.tmp and renamed when it is whole, so that a bundle under
 * its final name is always complete. Knows nothing of what the files say. */
#ifndef AFFIDAVIT_BUNDLE_H
#define AFFIDAVIT_BUNDLE_H

#include "base/hash.h"
#include "base/text.h"
#include "mask.h"

#include <time.h>

/* Owned; freed with afd_bundle_free, which leaves an unfinished folder in place. */
struct afd_bundle {
	char *parent; /* absolute */
	char *name;   /* NAME_YYYYMMDDTHHMMSSZ: the run's id */
	char *work;   /* absolute path of the folder: PARENT/NAME.tmp, after afd_bundle_finish PARENT/NAME */
	struct timespec clock;
	char manifest[AFD_SHA256_HEX + 1]; /* digest of manifest-sha256.txt, once it is there */
};

/* Makes PARENT and in it the folder for a run that begins at `clock`. A name that is taken gets -2, -3, ...
 * Fails with 3. */
AFD_CHECKED int afd_bundle_open(struct afd_bundle *bundle, const char *parent, const char *suite,
								struct timespec clock, struct afd_error *err);
void afd_bundle_free(struct afd_bundle *bundle);

/* The path of `file` in the bundle, to be freed by the caller; NULL where memory is out. */
char *afd_bundle_path(const struct afd_bundle *bundle, const char *file);
AFD_CHECKED int afd_bundle_put(const struct afd_bundle *bundle, const char *file, struct afd_masked text,
							   struct afd_error *err);
/* The name of a case's file: '#' becomes '_', and what is no letter, digit, '.', '_' or '-' of ASCII too; a
 * name that lost something else than its '#', or is long, ends in 8 digits of the id's SHA-256. */
AFD_CHECKED bool afd_bundle_case_name(const char *id, struct afd_text *name);

/* What stands at the end of the log. */
struct afd_head {
	size_t records;
	const char *last_hash;
};
/* A stage that reads what was written before it is sealed; not 0 keeps the bundle from its final name. */
struct afd_gate {
	int (*inspect)(void *context, const char *folder, struct afd_error *err);
	void *context;
};

/* Gate, manifest over data/, head.json, zip, its digest, final names. `gate` may be NULL. */
AFD_CHECKED int afd_bundle_finish(struct afd_bundle *bundle, const struct afd_head *head,
								  const struct afd_gate *gate, struct afd_error *err);

/* The parts of finishing. `folder` is the bundle's. */
AFD_CHECKED int afd_bundle_manifest(const char *folder, char digest[AFD_SHA256_HEX + 1],
									struct afd_error *err);
/* Writes every file of the folder, sorted and stored, under `name`/ into a zip whose bytes depend on nothing
 * else than these and `clock`. Fails where `path` exists. Sets TZ=UTC for the process: libarchive writes
 * local time. */
AFD_CHECKED int afd_bundle_zip(const char *folder, const char *name, time_t clock, const char *path,
							   struct afd_error *err);

/* Every regular file below `folder`, relative and sorted by bytes. Owned; freed with afd_paths_free. */
struct afd_paths {
	char **rows;
	size_t count, capacity;
};
AFD_CHECKED int afd_paths_collect(struct afd_paths *paths, const char *folder, struct afd_error *err);
void afd_paths_free(struct afd_paths *paths);

#endif
