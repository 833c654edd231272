/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

static void to_hex(const unsigned char digest[SHA256_DIGEST_LENGTH], char hex[AFD_SHA256_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[AFD_SHA256_HEX] = '\0';
}

/* A digest that was not made must never be taken for one. */
static void require(const unsigned char *made)
{
	if (made)
		return;
	fputs("affidavit: no digest could be made: out of memory\n", stderr);
	exit(AFD_EXIT_NO_VERDICT);
}

void afd_sha256_hex(struct afd_span bytes, char hex[AFD_SHA256_HEX + 1])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	require(SHA256((const unsigned char *)bytes.data, bytes.size, digest));
	to_hex(digest, hex);
}

void afd_hmac_sha256_hex(struct afd_span key, struct afd_span bytes, char hex[AFD_SHA256_HEX + 1])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	unsigned int size = sizeof digest;
	/* libcrypto takes a NULL key for the one of the call before */
	const char *known = key.data ? key.data : "";
	require(HMAC(EVP_sha256(), known, (int)key.size, (const unsigned char *)bytes.data, bytes.size, digest, &size));
	to_hex(digest, hex);
}

bool afd_random_bytes(unsigned char *bytes, size_t size)
{
	return getrandom(bytes, size, 0) == (ssize_t)size;
}
