/* SPDX-License-Identifier: MIT
 * A zip that depends on its content alone: stored, sorted, one time, one mode, one owner. */
#include "bundle.h"

#include "base/file.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 30 };

struct zip {
	struct archive *archive;
	struct afd_log output;
	struct afd_error *err;
	const char *folder, *name;
	time_t clock;
};

static la_ssize_t write_block(struct archive *archive, void *context, const void *block, size_t size)
{
	struct zip *zip = context;
	(void)archive;
	bool written = afd_log_append(&zip->output, (struct afd_span){ block, size }, zip->err) == 0;
	return written ? (la_ssize_t)size : -1;
}

static int fail(const struct zip *zip, const char *what)
{
	const char *why = archive_error_string(zip->archive);
	return afd_fail(zip->err, AFD_EXIT_NO_VERDICT, "cannot write %s into the zip: %s", what,
					why ? why : "no reason given");
}

static int add_entry(const struct zip *zip, const char *path, struct afd_span bytes)
{
	struct archive_entry *entry = archive_entry_new();
	if (!entry)
		return afd_fail(zip->err, AFD_EXIT_NO_VERDICT, "out of memory");
	archive_entry_set_pathname(entry, path);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_uid(entry, 0);
	archive_entry_set_gid(entry, 0);
	archive_entry_set_mtime(entry, zip->clock, 0);
	archive_entry_set_size(entry, (la_int64_t)bytes.size);
	int rc = 0;
	if (archive_write_header(zip->archive, entry) != ARCHIVE_OK ||
		archive_write_data(zip->archive, bytes.data, bytes.size) != (la_ssize_t)bytes.size)
		rc = fail(zip, path);
	archive_entry_free(entry);
	return rc;
}

static int add_file(const struct zip *zip, const char *file)
{
	struct afd_text from, to, bytes;
	afd_text_init(&from, 8192);
	afd_text_init(&to, 8192);
	afd_text_init(&bytes, 0);
	int rc = 0;
	if (!afd_text_printf(&from, "%s/%s", zip->folder, file) ||
		!afd_text_printf(&to, "%s/%s", zip->name, file))
		rc = afd_fail(zip->err, AFD_EXIT_NO_VERDICT, "the path of the bundle is too long");
	if (rc == 0)
		rc = afd_file_read(from.data, FILE_LIMIT, &bytes, zip->err);
	if (rc == 0)
		rc = add_entry(zip, to.data, afd_text_span(&bytes));
	afd_text_free(&from);
	afd_text_free(&to);
	afd_text_free(&bytes);
	return rc;
}

static int start(struct zip *zip)
{
	zip->archive = archive_write_new();
	if (!zip->archive)
		return afd_fail(zip->err, AFD_EXIT_NO_VERDICT, "out of memory");
	if (archive_write_set_format_zip(zip->archive) != ARCHIVE_OK ||
		archive_write_zip_set_compression_store(zip->archive) != ARCHIVE_OK ||
		archive_write_set_bytes_in_last_block(zip->archive, 1) != ARCHIVE_OK ||
		archive_write_open(zip->archive, zip, NULL, write_block, NULL) != ARCHIVE_OK)
		return fail(zip, "anything");
	return 0;
}

static int fill(struct zip *zip)
{
	struct afd_paths paths;
	int rc = afd_paths_collect(&paths, zip->folder, zip->err);
	for (size_t i = 0; i < paths.count && rc == 0; i++)
		rc = add_file(zip, paths.rows[i]);
	afd_paths_free(&paths);
	if (rc == 0 && archive_write_close(zip->archive) != ARCHIVE_OK)
		rc = fail(zip, "the directory");
	return rc;
}

int afd_bundle_zip(const char *folder, const char *name, time_t clock, const char *path,
				   struct afd_error *err)
{
	if (setenv("TZ", "UTC", 1) != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	tzset();
	struct zip zip = { .err = err, .folder = folder, .name = name, .clock = clock };
	int rc = afd_log_open(&zip.output, path, err);
	if (rc != 0)
		return rc;
	rc = start(&zip);
	if (rc == 0)
		rc = fill(&zip);
	if (rc == 0)
		rc = afd_log_sync(&zip.output, err);
	if (zip.archive)
		archive_write_free(zip.archive);
	afd_log_close(&zip.output);
	return rc;
}
