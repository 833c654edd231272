/* SPDX-License-Identifier: MIT
 * Masks any JSON text with planted values: bytes 0x01 and 0x02 of the input, which no JSON text has, become a
 * word and a long number. Under the default policy neither may be in the output; under any policy the output
 * must be JSON of the same structure. */
#include "mask.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char word[] = "zqCanaryqz";
static const char number[] = "31415926535897932384";

static const struct afd_shown rows[] = {
	{ 1, "$..*", "text", "" },
	{ 2, "$..*", "word", "" },
	{ 3, "$..*", "whole number", "" },
	{ 4, "$..*", "number", "" },
	{ 5, "$..*", "time", "" },
	{ 6, "$..*", "date", "" },
	{ 7, "$..*", "uuid", "" },
	{ 8, "$..*", "host", "" },
	{ 9, "$..*", "version", "" },
	{ 10, "$..*", "colour", "" },
	{ 11, "$..*", "code", "" },
	{ 12, "$..*", "boolean", "" },
	{ 13, "$..*", "one of", "a\n1\n1e2\n" },
	{ 14, "$..a..b[*]", "never", "e-mail" },
	{ 15, "$..b[-1]", "never", "phone" },
	{ 16, "$..c[0]", "never", "card" },
	{ 17, "$..d", "never", "number" },
	{ 18, "$..e", "never", "secret" },
};

static const char *const words[] = { "A", "RUB", "a", "b", "c", "d", "e" };

static void require(bool good)
{
	if (!good)
		abort();
}

static struct afd_masker *new_masker(const struct afd_policy *policy, const struct afd_words *known)
{
	struct afd_masker *masker;
	struct afd_key key = { .id = "fuzz" };
	struct afd_error err = { 0 };
	require(afd_masker_new(&masker, policy, known, &key, &err) == 0);
	return masker;
}

static void plant(const uint8_t *data, size_t size, struct afd_text *text)
{
	for (size_t i = 0; i < size; i++)
		if (data[i] == 1)
			afd_text_puts(text, word);
		else if (data[i] == 2)
			afd_text_puts(text, number);
		else
			afd_text_putc(text, (char)data[i]);
}

static void check_structure(struct afd_masked masked, const struct afd_json *json)
{
	struct afd_json again;
	struct afd_json_error error;
	require(afd_json_parse((struct afd_span){ masked.data, masked.size }, &again, &error));
	require(again.count == json->count);
	for (uint32_t i = 0; i < json->count; i++) {
		enum afd_json_type before = json->nodes[i].type;
		enum afd_json_type after = again.nodes[i].type;
		bool became_text = after == AFD_JSON_STRING && before != AFD_JSON_NULL && before < AFD_JSON_ARRAY;
		require(again.nodes[i].count == json->nodes[i].count && again.nodes[i].next == json->nodes[i].next);
		require(before == after || became_text);
	}
	afd_json_free(&again);
}

static void check_hidden(struct afd_masked masked)
{
	require(memmem(masked.data, masked.size, word, sizeof word - 1) == NULL);
	require(memmem(masked.data, masked.size, number, sizeof number - 1) == NULL);
}

static void mask_json(struct afd_span text, struct afd_arena *arena)
{
	static struct afd_masker *closed;
	static struct afd_masker *open;
	if (!closed) {
		closed = new_masker(&(struct afd_policy){ NULL, 0 }, &(struct afd_words){ NULL, 0 });
		open = new_masker(&(struct afd_policy)AFD_LIST(rows), &(struct afd_words)AFD_LIST(words));
	}
	struct afd_json json;
	struct afd_json_error error;
	if (!afd_json_parse(text, &json, &error))
		return;
	struct afd_masked masked = afd_mask_json(closed, &json, 0, arena);
	check_hidden(masked);
	check_structure(masked, &json);
	check_hidden(afd_mask_node(closed, &json, json.count - 1, arena));
	check_structure(afd_mask_json(open, &json, 0, arena), &json);
	afd_json_free(&json);
}

/* The first line is a name, the rest its value. */
static void mask_field(struct afd_span text, struct afd_arena *arena)
{
	static struct afd_masker *masker;
	if (!masker)
		masker = new_masker(&(struct afd_policy){ NULL, 0 }, &(struct afd_words){ NULL, 0 });
	size_t end = afd_span_find(text, "\n", 0);
	struct afd_field field = { afd_span_first(text, end),
							   afd_span_from(text, end == SIZE_MAX ? text.size : end + 1) };
	struct afd_masked masked = afd_mask_field(masker, &field, arena);
	require(memmem(masked.data, masked.size, number, sizeof number - 1) == NULL);
	check_hidden(afd_mask_field_name(masker, &field, arena));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct afd_text text;
	struct afd_arena arena = { NULL };
	afd_text_init(&text, 1024 * 1024);
	plant(data, size, &text);
	if (text.size > 0 && !text.failed) {
		mask_json(afd_text_span(&text), &arena);
		mask_field(afd_text_span(&text), &arena);
	}
	afd_arena_free(&arena);
	afd_text_free(&text);
	return 0;
}
