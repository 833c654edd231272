/* SPDX-License-Identifier: MIT */
/* EVP costs a microsecond a text, ten times the hashing itself; these functions do the same in place. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "mask_hmac.h"

#include <assert.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

struct afd_hmac {
	SHA256_CTX inner, outer; /* after the key's block */
};

static void begin(SHA256_CTX *context, struct afd_span key, unsigned char pad)
{
	unsigned char block[AFD_HMAC_KEY_MAX];
	memset(block, pad, sizeof block);
	for (size_t i = 0; i < key.size; i++)
		block[i] = (unsigned char)(block[i] ^ (unsigned char)key.data[i]);
	SHA256_Init(context);
	SHA256_Update(context, block, sizeof block);
	explicit_bzero(block, sizeof block);
}

struct afd_hmac *afd_hmac_new(struct afd_span key)
{
	assert(key.size <= AFD_HMAC_KEY_MAX);
	struct afd_hmac *hmac = malloc(sizeof *hmac);
	if (!hmac)
		return NULL;
	begin(&hmac->inner, key, 0x36);
	begin(&hmac->outer, key, 0x5C);
	return hmac;
}

void afd_hmac_free(struct afd_hmac *hmac)
{
	if (hmac)
		explicit_bzero(hmac, sizeof *hmac);
	free(hmac);
}

void afd_hmac_of(const struct afd_hmac *hmac, struct afd_span bytes, unsigned char digest[AFD_HMAC_BYTES])
{
	SHA256_CTX context = hmac->inner;
	SHA256_Update(&context, bytes.data, bytes.size);
	SHA256_Final(digest, &context);
	context = hmac->outer;
	SHA256_Update(&context, digest, AFD_HMAC_BYTES);
	SHA256_Final(digest, &context);
}
