/* SPDX-License-Identifier: MIT */
#include "bundle.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MAX = 1000, CASE_NAME_MAX = 100, HASH_SHOWN = 8 };

static int no_memory(struct afd_error *err)
{
	return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
}

static bool is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
		   byte == '.' || byte == '-' || byte == '_';
}

bool afd_bundle_case_name(const char *id, struct afd_text *name)
{
	size_t size = strlen(id);
	bool whole = size > 0 && size <= CASE_NAME_MAX;
	for (size_t i = 0; i < size; i++) {
		whole = whole && (is_plain(id[i]) || id[i] == '#');
		if (i < CASE_NAME_MAX)
			afd_text_putc(name, is_plain(id[i]) ? id[i] : '_');
	}
	char digest[AFD_SHA256_HEX + 1];
	afd_sha256_hex(afd_span_of(id), digest);
	if (!whole)
		afd_text_printf(name, "-%.*s", HASH_SHOWN, digest);
	return !name->failed;
}

static int name_of(const struct afd_bundle *bundle, const char *suite, int number, struct afd_text *name)
{
	struct tm parts;
	gmtime_r(&bundle->clock.tv_sec, &parts);
	char stamp[32];
	strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &parts);
	afd_text_clear(name);
	for (const char *at = suite; *at; at++)
		afd_text_putc(name, is_plain(*at) ? *at : '-');
	afd_text_printf(name, "_%s", stamp);
	if (number > 1)
		afd_text_printf(name, "-%d", number);
	return name->failed ? -1 : 0;
}

static bool is_taken(const struct afd_bundle *bundle)
{
	char *final = NULL;
	char *zip = NULL;
	bool taken = asprintf(&final, "%s/%s", bundle->parent, bundle->name) < 0 ||
				 asprintf(&zip, "%s.zip", final) < 0 || afd_file_exists(final) || afd_file_exists(zip);
	free(final);
	free(zip);
	return taken;
}

/* 1 where the name is taken. The folder is made first and the final name looked at after: whoever finished
 * under this name held the same folder until then. */
static int claim(struct afd_bundle *bundle, struct afd_error *err)
{
	if (asprintf(&bundle->work, "%s/%s.tmp", bundle->parent, bundle->name) < 0)
		return no_memory(err);
	if (mkdir(bundle->work, 0755) != 0)
		return errno == EEXIST ? 1
							   : afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot make the folder %s: %s",
										  bundle->work, strerror(errno));
	if (!is_taken(bundle))
		return 0;
	rmdir(bundle->work);
	return 1;
}

static int claim_first_free(struct afd_bundle *bundle, const char *suite, struct afd_error *err)
{
	struct afd_text name;
	afd_text_init(&name, 200);
	int rc = 1;
	for (int number = 1; number <= NAMES_MAX && rc == 1; number++) {
		free(bundle->name);
		free(bundle->work);
		bundle->work = NULL;
		bool named = name_of(bundle, suite, number, &name) == 0;
		bundle->name = named ? strdup(name.data) : NULL;
		rc = bundle->name ? claim(bundle, err)
						  : afd_fail(err, AFD_EXIT_NO_VERDICT, "the name of the suite is too long");
	}
	afd_text_free(&name);
	return err->code != AFD_EXIT_OK || rc == 0
			   ? rc
			   : afd_fail(err, AFD_EXIT_NO_VERDICT, "no free name for a bundle in %s", bundle->parent);
}

static int make_folders(const struct afd_bundle *bundle, struct afd_error *err)
{
	char *responses = afd_bundle_path(bundle, "data/responses");
	int rc = responses ? afd_folder_make(responses, err) : no_memory(err);
	free(responses);
	return rc;
}

int afd_bundle_open(struct afd_bundle *bundle, const char *parent, const char *suite, struct timespec clock,
					struct afd_error *err)
{
	*bundle = (struct afd_bundle){ .clock = clock };
	int rc = afd_folder_make(parent, err);
	if (rc == 0) {
		bundle->parent = realpath(parent, NULL);
		rc = bundle->parent ? 0
							: afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read the folder %s: %s", parent,
									   strerror(errno));
	}
	if (rc == 0)
		rc = claim_first_free(bundle, suite, err);
	if (rc == 0)
		rc = make_folders(bundle, err);
	if (rc != 0)
		afd_bundle_free(bundle);
	return rc;
}

void afd_bundle_free(struct afd_bundle *bundle)
{
	free(bundle->parent);
	free(bundle->name);
	free(bundle->work);
	*bundle = (struct afd_bundle){ 0 };
}

char *afd_bundle_path(const struct afd_bundle *bundle, const char *file)
{
	char *path = NULL;
	return asprintf(&path, "%s/%s", bundle->work, file) < 0 ? NULL : path;
}

static int put(const struct afd_bundle *bundle, const char *file, struct afd_span bytes,
			   struct afd_error *err)
{
	char *path = afd_bundle_path(bundle, file);
	int rc = path ? afd_file_write(path, bytes, err) : no_memory(err);
	free(path);
	return rc;
}

int afd_bundle_put(const struct afd_bundle *bundle, const char *file, struct afd_masked text,
				   struct afd_error *err)
{
	return put(bundle, file, (struct afd_span){ text.data, text.size }, err);
}
