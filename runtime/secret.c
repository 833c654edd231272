/* SPDX-License-Identifier: MIT */
#include "secret.h"

#include "base/environment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENV_FILE_MAX = 1024 * 1024, NAME_MAX_BYTES = 256, NAMES_MAX_BYTES = 300 };

static const char prefix[] = "AFFIDAVIT_SECRET_";

/* Pages of their own: locked, kept out of core files, zeroed before they are given back. */
struct vault {
	char *data;
	size_t size, capacity;
};

struct afd_secret {
	char *name;
	struct vault value;
};

static bool vault_open(struct vault *vault, size_t capacity)
{
	*vault = (struct vault){ .capacity = capacity };
	void *pages = mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED)
		return false;
	/* Best effort: the limit of locked memory may be 0, an old kernel may not know the advice. */
	(void)mlock(pages, capacity);
	(void)madvise(pages, capacity, MADV_DONTDUMP);
	vault->data = pages;
	return true;
}

static void vault_close(struct vault *vault)
{
	if (!vault->data)
		return;
	explicit_bzero(vault->data, vault->capacity);
	munmap(vault->data, vault->capacity);
	*vault = (struct vault){ 0 };
}

static int read_whole(int fd, struct vault *file, const char *path, struct afd_error *err)
{
	while (file->size < file->capacity) {
		ssize_t size = read(fd, file->data + file->size, file->capacity - file->size);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read %s: %s", path, strerror(errno));
		if (size == 0)
			return 0;
		file->size += (size_t)size;
	}
	return afd_fail(err, AFD_EXIT_USAGE, "%s is too large for an env file", path);
}

static int check_file(int fd, const char *path, size_t *size, struct afd_error *err)
{
	struct stat status;
	if (fstat(fd, &status) != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read %s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return afd_fail(err, AFD_EXIT_REFUSED, "%s is not a regular file: not taken as an env file", path);
	if (status.st_mode & (S_IRWXG | S_IRWXO))
		return afd_fail(err, AFD_EXIT_REFUSED, "others may read %s: make it private with chmod 600", path);
	if (status.st_size >= ENV_FILE_MAX)
		return afd_fail(err, AFD_EXIT_USAGE, "%s is too large for an env file", path);
	*size = (size_t)status.st_size;
	return 0;
}

/* Not by base/file.h, whose growing buffer would leave copies of the secrets behind. */
static int read_env_file(const char *path, struct vault *file, struct afd_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return afd_fail(err, AFD_EXIT_USAGE, "cannot read the env file %s: %s", path, strerror(errno));
	size_t size = 0;
	int rc = check_file(fd, path, &size, err);
	if (rc == 0 && !vault_open(file, size + 1))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	if (rc == 0)
		rc = read_whole(fd, file, path, err);
	close(fd);
	return rc;
}

static struct afd_span unquoted(struct afd_span value)
{
	bool quoted = value.size >= 2 && (value.data[0] == '"' || value.data[0] == '\'') &&
				  value.data[value.size - 1] == value.data[0];
	return quoted ? afd_span_first(afd_span_from(value, 1), value.size - 2) : value;
}

static struct afd_span trimmed_blanks(struct afd_span span)
{
	while (span.size > 0 && (span.data[0] == ' ' || span.data[0] == '\t'))
		span = afd_span_from(span, 1);
	while (span.size > 0 && (span.data[span.size - 1] == ' ' || span.data[span.size - 1] == '\t'))
		span.size--;
	return span;
}

/* One line as name and value; false for blank lines and comments. `*bad` for a line of another form. */
static bool assignment(struct afd_span line, struct afd_span *name, struct afd_span *value, bool *bad)
{
	if (afd_span_ends(line, "\r"))
		line.size--;
	line = trimmed_blanks(line);
	if (line.size == 0 || line.data[0] == '#')
		return false;
	if (afd_span_starts(line, "export "))
		line = trimmed_blanks(afd_span_from(line, strlen("export ")));
	size_t equals = afd_span_find(line, "=", 0);
	*bad = equals == 0 || equals == SIZE_MAX;
	if (*bad)
		return false;
	*name = trimmed_blanks(afd_span_first(line, equals));
	*value = unquoted(trimmed_blanks(afd_span_from(line, equals + 1)));
	return true;
}

/* Calls for each line; the last assignment of `wanted` is put into `value`. The number of a bad line, or 0.
 */
static size_t find_in_file(struct afd_span file, struct afd_span wanted, struct afd_span *value)
{
	size_t number = 0;
	while (file.size > 0) {
		size_t end = afd_span_find(file, "\n", 0);
		struct afd_span name, text;
		bool bad = false;
		number++;
		if (assignment(afd_span_first(file, end), &name, &text, &bad) && afd_span_equal(name, wanted))
			*value = text;
		if (bad)
			return number;
		file = end == SIZE_MAX ? afd_span_from(file, file.size) : afd_span_from(file, end + 1);
	}
	return 0;
}

static bool has_controls(struct afd_span value)
{
	for (size_t i = 0; i < value.size; i++) {
		unsigned char byte = (unsigned char)value.data[i];
		if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
			return true;
	}
	return false;
}

static int store(struct afd_secrets *secrets, const char *name, struct afd_span value, struct afd_error *err)
{
	struct afd_secret *row = &secrets->rows[secrets->count];
	row->name = strdup(name);
	if (!row->name || !vault_open(&row->value, value.size)) {
		free(row->name);
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	}
	memcpy(row->value.data, value.data, value.size);
	row->value.size = value.size;
	secrets->count++;
	return 0;
}

/* All at once, as many as the message holds. */
static int missing(const struct afd_text *names, size_t count, const char *env_file, struct afd_error *err)
{
	const char *place = env_file ? env_file : "a file for --env-file";
	return afd_fail(err, AFD_EXIT_USAGE, "%s %s missing or empty: set %s in the environment or in %s",
					names->data, count == 1 ? "is" : "are", count == 1 ? "it" : "them", place);
}

/* `*absent` where it has no value anywhere. */
static int load_one(struct afd_secrets *secrets, const char *name, char variable[NAME_MAX_BYTES],
					const struct vault *file, const char *env_file, bool *absent, struct afd_error *err)
{
	if (!afd_environment_name(prefix, name, variable, NAME_MAX_BYTES))
		return afd_fail(err, AFD_EXIT_USAGE, "the name of a secret is too long");
	struct afd_span value = afd_span_of(afd_environment_value(prefix, name));
	size_t bad = 0;
	if (value.size == 0 && file->size > 0)
		bad = find_in_file((struct afd_span){ file->data, file->size }, afd_span_of(variable), &value);
	if (bad > 0)
		return afd_fail(err, AFD_EXIT_USAGE, "%s:%zu: expected NAME=value", env_file, bad);
	*absent = value.size == 0;
	if (*absent)
		return 0;
	if (has_controls(value))
		return afd_fail(err, AFD_EXIT_REFUSED, "the value of %s has a line break or another control byte",
						variable);
	return store(secrets, name, value, err);
}

/* Two names of a spec may ask for one variable: {token}, $TOKEN. */
static bool is_listed(const struct afd_text *names, const char *variable)
{
	size_t size = strlen(variable);
	for (const char *at = names->size ? strstr(names->data, variable) : NULL; at;
		 at = strstr(at + 1, variable))
		if (at[size] == ',' || at[size] == '\0')
			return true;
	return false;
}

static int load_all(struct afd_secrets *secrets, const char *const *names, size_t count, size_t required,
					const struct vault *file, const char *env_file, struct afd_error *err)
{
	char variable[NAME_MAX_BYTES];
	struct afd_text absent_names;
	size_t absent_count = 0;
	int rc = 0;
	afd_text_init(&absent_names, NAMES_MAX_BYTES);
	for (size_t i = 0; i < count && rc == 0; i++) {
		bool absent = false;
		rc = load_one(secrets, names[i], variable, file, env_file, &absent, err);
		if (rc != 0 || !absent || i >= required || is_listed(&absent_names, variable))
			continue;
		if (absent_names.size + strlen(variable) + 2 < NAMES_MAX_BYTES)
			(void)afd_text_printf(&absent_names, "%s%s", absent_count ? ", " : "", variable);
		absent_count++;
	}
	if (rc == 0 && absent_count)
		rc = missing(&absent_names, absent_count, env_file, err);
	afd_text_free(&absent_names);
	return rc;
}

int afd_secrets_load(struct afd_secrets *secrets, const char *const *names, size_t count, size_t required,
					 const char *env_file, struct afd_error *err)
{
	*secrets = (struct afd_secrets){ 0 };
	struct vault file = { 0 };
	int rc = env_file ? read_env_file(env_file, &file, err) : 0;
	if (rc != 0)
		goto out;
	secrets->rows = calloc(count + 1, sizeof *secrets->rows);
	if (!secrets->rows) {
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
		goto out;
	}
	secrets->capacity = count;
	rc = load_all(secrets, names, count, required, &file, env_file, err);
out:
	vault_close(&file);
	if (rc != 0)
		afd_secrets_free(secrets);
	return rc;
}

static const struct afd_secret *find(const struct afd_secrets *secrets, const char *name)
{
	for (size_t i = 0; i < secrets->count; i++)
		if (strcmp(secrets->rows[i].name, name) == 0)
			return &secrets->rows[i];
	return NULL;
}

bool afd_secret_present(const struct afd_secrets *secrets, const char *name)
{
	return find(secrets, name) != NULL;
}

void afd_secrets_free(struct afd_secrets *secrets)
{
	for (size_t i = 0; i < secrets->count; i++) {
		free(secrets->rows[i].name);
		vault_close(&secrets->rows[i].value);
	}
	free(secrets->rows);
	*secrets = (struct afd_secrets){ 0 };
}

bool afd_secret_expose(const struct afd_secrets *secrets, const char *name, struct afd_text *header)
{
	const struct afd_secret *secret = find(secrets, name);
	return secret && afd_text_add(header, (struct afd_span){ secret->value.data, secret->value.size });
}
