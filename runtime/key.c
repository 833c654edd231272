/* SPDX-License-Identifier: MIT
 * The project's key: found, made at first use, checked. */
#include "base/file.h"
#include "base/hash.h"
#include "mask.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX_SIZE = 64, FILE_SIZE = HEX_SIZE + 1, MARK_BYTES = 8, PRIVATE_FOLDER = 0700 };

AFD_PRINTF(3, 4)
static int set_path(struct afd_key *key, struct afd_error *err, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(key->path, sizeof key->path, format, arguments);
	va_end(arguments);
	if (size > 0 && (size_t)size < sizeof key->path)
		return 0;
	return afd_fail(err, AFD_EXIT_USAGE, "the path of the key file is empty or too long");
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

/* XDG Base Directory Specification: a relative path there is to be ignored. */
static int choose_path(struct afd_key *key, const char *path, bool *usual, struct afd_error *err)
{
	const char *named = path ? path : environment("AFFIDAVIT_KEY_FILE");
	const char *state = environment("XDG_STATE_HOME");
	const char *home = environment("HOME");
	*usual = !named;
	if (named)
		return set_path(key, err, "%s", named);
	if (state && *state == '/')
		return set_path(key, err, "%s/affidavit/key", state);
	if (home)
		return set_path(key, err, "%s/.local/state/affidavit/key", home);
	return afd_fail(err, AFD_EXIT_USAGE,
					"no place for the key: give --key-file, or set HOME or XDG_STATE_HOME");
}

/* Makes the folders above the key that are not there. */
static int make_folders(const char *path, struct afd_error *err)
{
	char folder[sizeof((struct afd_key *)0)->path];
	memcpy(folder, path, strlen(path) + 1);
	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, PRIVATE_FOLDER) != 0 && errno != EEXIST)
			return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot make the folder %s: %s", folder,
							strerror(errno));
		*slash = '/';
	}
	return 0;
}

static void to_hex(const unsigned char *bytes, size_t size, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < size; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * size] = '\0';
}

/* Writes beside and links, so that nobody ever reads half a key; a key that another process has made
 * meanwhile stays. */
static int publish(struct afd_key *key, const char *temporary, struct afd_span text, struct afd_error *err)
{
	int rc = afd_file_create_private(temporary, text, err);
	if (rc != 0)
		return rc;
	if (link(temporary, key->path) == 0)
		key->created = true;
	else if (errno != EEXIST)
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot create the key file %s: %s", key->path,
					  strerror(errno));
	unlink(temporary);
	return rc;
}

static int create(struct afd_key *key, struct afd_error *err)
{
	unsigned char bytes[sizeof key->bytes + MARK_BYTES];
	char mark[2 * MARK_BYTES + 1];
	char text[FILE_SIZE + 1];
	char temporary[sizeof key->path + sizeof mark + 8];
	if (!afd_random_bytes(bytes, sizeof bytes))
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "the system gives no random bytes for a key");
	to_hex(bytes + sizeof key->bytes, MARK_BYTES, mark);
	snprintf(temporary, sizeof temporary, "%s.%s.tmp", key->path, mark);
	to_hex(bytes, sizeof key->bytes, text);
	text[HEX_SIZE] = '\n';
	int rc = publish(key, temporary, (struct afd_span){ text, FILE_SIZE }, err);
	explicit_bzero(bytes, sizeof bytes);
	explicit_bzero(text, sizeof text);
	return rc;
}

static int check_file(const struct afd_key *key, int fd, struct afd_error *err)
{
	struct stat status;
	if (fstat(fd, &status) != 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read the key file %s: %s", key->path,
						strerror(errno));
	if (!S_ISREG(status.st_mode))
		return afd_fail(err, AFD_EXIT_REFUSED, "the key file %s is not a regular file", key->path);
	if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return afd_fail(err, AFD_EXIT_REFUSED, "the key file %s is open to others; run: chmod 600 %s",
						key->path, key->path);
	return 0;
}

static int nibble(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static bool parse(const char *text, ssize_t size, unsigned char *bytes)
{
	if (size != FILE_SIZE || text[HEX_SIZE] != '\n')
		return false;
	for (size_t i = 0; i < HEX_SIZE / 2; i++) {
		int high = nibble(text[2 * i]);
		int low = nibble(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static int read_key(struct afd_key *key, int fd, struct afd_error *err)
{
	char text[FILE_SIZE + 2];
	int rc = check_file(key, fd, err);
	if (rc != 0)
		return rc;
	if (!parse(text, read(fd, text, sizeof text), key->bytes))
		rc = afd_fail(err, AFD_EXIT_REFUSED,
					  "the key file %s does not hold 64 hexadecimal digits (0-9, a-f) and a newline; restore "
					  "it, or move "
					  "it away and a new key is made",
					  key->path);
	explicit_bzero(text, sizeof text);
	return rc;
}

/* *missing: there is no such file. */
static int open_and_read(struct afd_key *key, bool *missing, struct afd_error *err)
{
	int fd = open(key->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	*missing = fd < 0 && errno == ENOENT;
	if (*missing)
		return 0;
	if (fd < 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot read the key file %s: %s", key->path,
						strerror(errno));
	int rc = read_key(key, fd, err);
	close(fd);
	return rc;
}

static void identify(struct afd_key *key)
{
	char hex[AFD_SHA256_HEX + 1];
	afd_hmac_sha256_hex((struct afd_span){ (const char *)key->bytes, sizeof key->bytes }, AFD_SPAN("id"),
						hex);
	memcpy(key->id, hex, sizeof key->id - 1);
	key->id[sizeof key->id - 1] = '\0';
}

static int find_or_make(struct afd_key *key, bool usual, struct afd_error *err)
{
	bool missing = false;
	int rc = open_and_read(key, &missing, err);
	if (rc == 0 && missing && usual)
		rc = make_folders(key->path, err);
	if (rc == 0 && missing)
		rc = create(key, err);
	if (rc == 0 && missing)
		rc = open_and_read(key, &missing, err);
	if (rc == 0 && missing)
		rc =
			afd_fail(err, AFD_EXIT_NO_VERDICT, "the key file %s was taken away while it was made", key->path);
	return rc;
}

int afd_key_load(struct afd_key *key, const char *path, struct afd_error *err)
{
	bool usual = false;
	*key = (struct afd_key){ .created = false };
	int rc = choose_path(key, path, &usual, err);
	if (rc == 0)
		rc = find_or_make(key, usual, err);
	if (rc == 0)
		identify(key);
	else
		explicit_bzero(key->bytes, sizeof key->bytes);
	return rc;
}

void afd_key_forget(struct afd_key *key)
{
	explicit_bzero(key, sizeof *key);
}
