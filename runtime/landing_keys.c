/* SPDX-License-Identifier: MIT
 * An open-addressing table; full to a half at most. */
#include "landing_keys.h"

#include "base/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 256, DIGEST = 32 };

/* Digests stand for keys and rows, so that a key costs the same whatever its length. */
struct slot {
	char key[DIGEST + 1];
	char row[DIGEST + 1];
};

struct afd_landing_keys {
	struct slot *slots;
	size_t size, count;
};

static void digest(struct afd_span bytes, char out[DIGEST + 1])
{
	char hex[AFD_SHA256_HEX + 1];
	afd_sha256_hex(bytes, hex);
	memcpy(out, hex, DIGEST);
	out[DIGEST] = '\0';
}

struct afd_landing_keys *afd_landing_keys_new(void)
{
	struct afd_landing_keys *keys = calloc(1, sizeof *keys);
	if (keys)
		keys->slots = calloc(FIRST_SIZE, sizeof *keys->slots);
	if (!keys || !keys->slots) {
		free(keys);
		return NULL;
	}
	keys->size = FIRST_SIZE;
	return keys;
}

void afd_landing_keys_free(struct afd_landing_keys *keys)
{
	if (!keys)
		return;
	free(keys->slots);
	free(keys);
}

/* The slot of the key, or the free one where it belongs. */
static struct slot *slot_of(struct slot *slots, size_t size, const char *key)
{
	size_t at = 0;
	for (size_t i = 0; i < 8; i++)
		at = at * 31 + (unsigned char)key[i];
	while (slots[at % size].key[0] != '\0' && strcmp(slots[at % size].key, key) != 0)
		at++;
	return &slots[at % size];
}

static bool grow(struct afd_landing_keys *keys)
{
	if (keys->count * 2 < keys->size)
		return true;
	size_t size = keys->size * 2;
	struct slot *slots = calloc(size, sizeof *slots);
	if (!slots)
		return false;
	for (size_t i = 0; i < keys->size; i++)
		if (keys->slots[i].key[0] != '\0')
			*slot_of(slots, size, keys->slots[i].key) = keys->slots[i];
	free(keys->slots);
	keys->slots = slots;
	keys->size = size;
	return true;
}

enum afd_key_seen afd_landing_keys_add(struct afd_landing_keys *keys, struct afd_span key,
									   struct afd_span row)
{
	struct slot added;
	digest(key, added.key);
	digest(row, added.row);
	if (!grow(keys))
		return AFD_KEY_NO_MEMORY;
	struct slot *slot = slot_of(keys->slots, keys->size, added.key);
	if (slot->key[0] != '\0')
		return strcmp(slot->row, added.row) == 0 ? AFD_KEY_SAME : AFD_KEY_OTHER;
	*slot = added;
	keys->count++;
	return AFD_KEY_NEW;
}
