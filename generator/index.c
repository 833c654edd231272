/* SPDX-License-Identifier: MIT */
#include "index.h"

#include <stdint.h>
#include <string.h>

struct afd_index_row {
	const char *key; /* NULL: free */
	size_t number;
	uint64_t hash;
};

static uint64_t hash_of(const char *key)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (const unsigned char *p = (const unsigned char *)key; *p; p++)
		hash = (hash ^ *p) * 0x100000001b3u;
	return hash;
}

/* Where the key is, or would be. */
static size_t place_of(const struct afd_index *index, const char *key, uint64_t hash)
{
	size_t mask = index->capacity - 1;
	size_t at = (size_t)hash & mask;
	while (index->rows[at].key && (index->rows[at].hash != hash || strcmp(index->rows[at].key, key) != 0))
		at = (at + 1) & mask;
	return at;
}

size_t afd_index_find(const struct afd_index *index, const char *key)
{
	if (index->count == 0)
		return SIZE_MAX;
	size_t at = place_of(index, key, hash_of(key));
	return index->rows[at].key ? index->rows[at].number : SIZE_MAX;
}

static void grow(struct afd_index *index, struct afd_arena *arena)
{
	struct afd_index larger = { .capacity = index->capacity ? index->capacity * 2 : 64 };
	larger.rows = afd_arena_array(arena, larger.capacity, sizeof *larger.rows);
	for (size_t i = 0; i < index->capacity; i++) {
		if (!index->rows[i].key)
			continue;
		larger.rows[place_of(&larger, index->rows[i].key, index->rows[i].hash)] = index->rows[i];
		larger.count++;
	}
	*index = larger;
}

void afd_index_put(struct afd_index *index, struct afd_arena *arena, const char *key, size_t number)
{
	if (2 * (index->count + 1) > index->capacity)
		grow(index, arena);
	uint64_t hash = hash_of(key);
	struct afd_index_row *row = &index->rows[place_of(index, key, hash)];
	if (!row->key)
		index->count++;
	*row = (struct afd_index_row){ key, number, hash };
}
