/* SPDX-License-Identifier: MIT
 * Sealing a bundle: manifest, head, zip, digest, final names, in this order, so that nothing is circular. */
#include "bundle.h"

#include "base/file.h"
#include "evidence_record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 30, MANIFEST_LIMIT = 64 << 20 };

static int no_memory(struct afd_error *err)
{
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
}

static int digest_of(const char *path, char digest[AFD_SHA256_HEX + 1], struct afd_error *err)
{
	struct afd_text bytes;
	int rc = afd_file_read(path, FILE_LIMIT, &bytes, err);
	if (rc != 0)
		return rc;
	afd_sha256_hex(afd_text_span(&bytes), digest);
	afd_text_free(&bytes);
	return 0;
}

static int write_to(const char *folder, const char *file, struct afd_span bytes, struct afd_error *err)
{
	char *path = NULL;
	if (asprintf(&path, "%s/%s", folder, file) < 0)
		return no_memory(err);
	int rc = afd_file_write(path, bytes, err);
	free(path);
	return rc;
}

static int add_digest(struct afd_text *manifest, const char *folder, const char *file, struct afd_error *err)
{
	char *path = NULL;
	char digest[AFD_SHA256_HEX + 1];
	if (asprintf(&path, "%s/data/%s", folder, file) < 0)
		return no_memory(err);
	int rc = digest_of(path, digest, err);
	free(path);
	if (rc == 0 && !afd_text_printf(manifest, "%s  data/%s\n", digest, file))
		rc = no_memory(err);
	return rc;
}

static int list_payload(struct afd_text *manifest, const char *folder, struct afd_error *err)
{
	struct afd_paths paths = { 0 };
	char *data = NULL;
	int rc = asprintf(&data, "%s/data", folder) < 0 ? no_memory(err) : afd_paths_collect(&paths, data, err);
	for (size_t i = 0; i < paths.count && rc == 0; i++)
		rc = add_digest(manifest, folder, paths.rows[i], err);
	afd_paths_free(&paths);
	free(data);
	return rc;
}

int afd_bundle_manifest(const char *folder, char digest[AFD_SHA256_HEX + 1], struct afd_error *err)
{
	struct afd_text manifest;
	afd_text_init(&manifest, MANIFEST_LIMIT);
	int rc = list_payload(&manifest, folder, err);
	if (rc == 0)
		rc = write_to(folder, "manifest-sha256.txt", afd_text_span(&manifest), err);
	if (rc == 0)
		rc = write_to(folder, "bagit.txt",
					  AFD_SPAN("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), err);
	if (rc == 0)
		afd_sha256_hex(afd_text_span(&manifest), digest);
	afd_text_free(&manifest);
	return rc;
}

static int write_head(const struct afd_bundle *bundle, const struct afd_head *head, struct afd_error *err)
{
	struct afd_record record;
	struct afd_text text;
	afd_text_init(&text, MANIFEST_LIMIT);
	afd_record_init(&record);
	afd_record_word(&record, NULL, "run", bundle->name);
	afd_record_integer(&record, NULL, "records", (long long)head->records);
	afd_record_word(&record, NULL, "last_hash", head->last_hash);
	afd_record_word(&record, NULL, "manifest_sha256", bundle->manifest);
	afd_record_null(&record, NULL, "previous_head");
	int rc = afd_record_print(&record, &text, err);
	if (rc == 0 && !afd_text_putc(&text, '\n'))
		rc = no_memory(err);
	if (rc == 0)
		rc = write_to(bundle->work, "head.json", afd_text_span(&text), err);
	afd_record_free(&record);
	afd_text_free(&text);
	return rc;
}

static int write_zip_digest(const struct afd_bundle *bundle, const char *zip, struct afd_error *err)
{
	char digest[AFD_SHA256_HEX + 1];
	struct afd_text line;
	char *name = NULL;
	afd_text_init(&line, MANIFEST_LIMIT);
	int rc = digest_of(zip, digest, err);
	if (rc == 0 && (!afd_text_printf(&line, "%s  %s.zip\n", digest, bundle->name) ||
					asprintf(&name, "%s.zip.sha256", bundle->name) < 0))
		rc = no_memory(err);
	if (rc == 0)
		rc = write_to(bundle->parent, name, afd_text_span(&line), err);
	free(name);
	afd_text_free(&line);
	return rc;
}

static int rename_to(char **from, char *to, struct afd_error *err)
{
	if (rename(*from, to) != 0) {
		int rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot rename %s: %s", *from, strerror(errno));
		free(to);
		return rc;
	}
	free(*from);
	*from = to;
	return 0;
}

static int publish(struct afd_bundle *bundle, char **zip, struct afd_error *err)
{
	char *final_zip = NULL;
	char *final = NULL;
	if (asprintf(&final_zip, "%s/%s.zip", bundle->parent, bundle->name) < 0)
		return no_memory(err);
	int rc = rename_to(zip, final_zip, err);
	if (rc == 0 && asprintf(&final, "%s/%s", bundle->parent, bundle->name) < 0)
		rc = no_memory(err);
	if (rc == 0)
		rc = rename_to(&bundle->work, final, err);
	return rc ? rc : afd_folder_sync(bundle->parent, err);
}

static int pack(struct afd_bundle *bundle, struct afd_error *err)
{
	char *zip = NULL;
	if (asprintf(&zip, "%s/%s.zip.tmp", bundle->parent, bundle->name) < 0)
		return no_memory(err);
	int rc = afd_bundle_zip(bundle->work, bundle->name, bundle->clock.tv_sec, zip, err);
	if (rc == 0)
		rc = write_zip_digest(bundle, zip, err);
	if (rc == 0)
		rc = publish(bundle, &zip, err);
	free(zip);
	return rc;
}

int afd_bundle_finish(struct afd_bundle *bundle, const struct afd_head *head, const struct afd_gate *gate,
					  struct afd_error *err)
{
	int rc = gate && gate->inspect ? gate->inspect(gate->context, bundle->work, err) : 0;
	if (rc == 0)
		rc = afd_bundle_manifest(bundle->work, bundle->manifest, err);
	if (rc == 0)
		rc = write_head(bundle, head, err);
	return rc ? rc : pack(bundle, err);
}
