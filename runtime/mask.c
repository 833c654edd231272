/* SPDX-License-Identifier: MIT
 * The only file that makes a struct afd_masked. */
#include "mask.h"

#include "base/hash.h"
#include "mask_field.h"
#include "mask_fit.h"
#include "mask_masker.h"
#include "mask_pseudonym.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_MAX = 256 * 1024 * 1024, FIELD_MAX = 1024 * 1024, PUBLIC_MAX = 64 * 1024 };

static int compare_spans(const void *a, const void *b)
{
	return afd_span_compare(*(const struct afd_span *)a, *(const struct afd_span *)b);
}

bool afd_span_set_holds(const struct afd_span_set *set, struct afd_span span)
{
	return set->count > 0 && bsearch(&span, set->rows, set->count, sizeof *set->rows, compare_spans) != NULL;
}

static void insert(struct afd_masker *masker, struct afd_span_set *set, struct afd_span span)
{
	struct afd_span *row = afd_arena_push(&masker->arena, &set->rows, &set->count, sizeof *row);
	*row = span;
}

static void sort(struct afd_span_set *set)
{
	if (set->count > 1)
		qsort(set->rows, set->count, sizeof *set->rows, compare_spans);
}

static void collect_words(struct afd_masker *masker, const struct afd_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		struct afd_span word = afd_span_of(words->rows[i]);
		insert(masker, &masker->names, word);
		if (word.size > 1 && afd_text_is_code(word))
			insert(masker, &masker->codes, word);
	}
	for (size_t i = 0; i < masker->routes.count; i++)
		for (size_t j = 0; j < masker->routes.states[i].name_count; j++)
			insert(masker, &masker->names, masker->routes.states[i].names[j].name);
	sort(&masker->codes);
	sort(&masker->names);
}

int afd_masker_new(struct afd_masker **masker, const struct afd_policy *policy, const struct afd_words *words,
				   const struct afd_key *key, struct afd_error *err)
{
	*masker = NULL;
	struct afd_masker *made = calloc(1, sizeof *made);
	if (!made)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	made->key = *key;
	made->counts = calloc(1, sizeof *made->counts);
	made->hmac = afd_hmac_new((struct afd_span){ (const char *)key->bytes, sizeof key->bytes });
	int rc = 0;
	if (!made->counts || !made->hmac)
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	else
		rc = afd_routes_init(&made->routes, policy, err);
	if (rc != 0) {
		afd_masker_free(made);
		return rc;
	}
	collect_words(made, words);
	*masker = made;
	return 0;
}

void afd_masker_free(struct afd_masker *masker)
{
	if (!masker)
		return;
	afd_key_forget(&masker->key);
	afd_hmac_free(masker->hmac);
	afd_routes_free(&masker->routes);
	afd_arena_free(&masker->arena);
	free(masker->counts);
	free(masker);
}

static struct afd_masked constant(const char *text)
{
	return (struct afd_masked){ text, strlen(text) };
}

/* Takes the text over into the arena; what is not whole is not used at all. */
static struct afd_masked finish(struct afd_text *text, bool whole, const char *failed,
								struct afd_arena *arena)
{
	struct afd_masked masked = constant(failed);
	if (whole)
		masked = (struct afd_masked){ afd_arena_copy(arena, afd_text_span(text)), text->size };
	afd_text_free(text);
	return masked;
}

static struct afd_masked mask_tree(const struct afd_masker *masker, const struct afd_json *json,
								   uint32_t root, struct afd_mask_counts *counts, struct afd_arena *arena)
{
	struct afd_text out;
	afd_text_init(&out, OUTPUT_MAX);
	bool whole = afd_mask_write_tree(masker, json, root, &out, counts);
	return finish(&out, whole, "\"~failed\"", arena);
}

struct afd_masked afd_mask_json(const struct afd_masker *masker, const struct afd_json *json, uint32_t root,
								struct afd_arena *arena)
{
	struct afd_mask_counts met = { 0 };
	struct afd_masked masked = mask_tree(masker, json, root, &met, arena);
	masker->counts->shown += met.shown;
	masker->counts->masked += met.masked;
	masker->counts->names_masked += met.names_masked;
	masker->counts->unfit += met.unfit;
	return masked;
}

struct afd_masked afd_mask_node(const struct afd_masker *masker, const struct afd_json *json, uint32_t node,
								struct afd_arena *arena)
{
	const struct afd_json_node *at = &json->nodes[node];
	if (at->type == AFD_JSON_ARRAY)
		return afd_publicf(arena, "array of %lu", (unsigned long)at->count);
	if (at->type == AFD_JSON_OBJECT)
		return afd_publicf(arena, "object of %lu", (unsigned long)at->count);
	struct afd_mask_counts ignored = { 0 };
	return mask_tree(masker, json, node, &ignored, arena);
}

struct afd_masked afd_mask_digest(const struct afd_masker *masker, struct afd_raw raw,
								  struct afd_arena *arena)
{
	char subkey[AFD_SHA256_HEX + 1];
	char digest[AFD_SHA256_HEX + 1];
	struct afd_span key = { (const char *)masker->key.bytes, sizeof masker->key.bytes };
	afd_hmac_sha256_hex(key, AFD_SPAN("digest"), subkey);
	afd_hmac_sha256_hex((struct afd_span){ subkey, AFD_SHA256_HEX }, raw.bytes, digest);
	explicit_bzero(subkey, sizeof subkey);
	return afd_public((struct afd_span){ digest, AFD_SHA256_HEX }, arena);
}

struct afd_masked afd_mask_text(const struct afd_masker *masker, const char *class, struct afd_span value,
								struct afd_arena *arena)
{
	struct afd_text scratch;
	struct afd_text out;
	afd_text_init(&scratch, UINT32_MAX);
	afd_text_init(&out, FIELD_MAX);
	bool whole = afd_pseudonym(masker->hmac, class, value, &scratch, &out);
	afd_text_free(&scratch);
	return finish(&out, whole, "~failed", arena);
}

struct afd_masked afd_mask_field(const struct afd_masker *masker, const struct afd_field *field,
								 struct afd_arena *arena)
{
	const char *class = afd_field_class(field);
	return class ? afd_mask_text(masker, class, field->value, arena) : afd_public(field->value, arena);
}

struct afd_masked afd_mask_field_name(const struct afd_masker *masker, const struct afd_field *field,
									  struct afd_arena *arena)
{
	const char *known = afd_field_known_name(field->name);
	return known ? constant(known) : afd_mask_text(masker, "field-name", field->name, arena);
}

struct afd_masked afd_public(struct afd_span text, struct afd_arena *arena)
{
	return (struct afd_masked){ afd_arena_copy(arena, text), text.size };
}

struct afd_masked afd_publicf(struct afd_arena *arena, const char *format, ...)
{
	char text[PUBLIC_MAX];
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	if (size < 0 || (size_t)size >= sizeof text)
		return constant("~failed");
	return afd_public((struct afd_span){ text, (size_t)size }, arena);
}

struct afd_mask_counts afd_masker_counts(const struct afd_masker *masker)
{
	return *masker->counts;
}
