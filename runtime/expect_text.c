/* SPDX-License-Identifier: MIT
 * Measures that take a text apart or write it otherwise. */
#include "expect_question.h"

#include <openssl/evp.h>

#include <limits.h>
#include <string.h>

void afd_value_change(struct afd_value *value, struct afd_span text)
{
	value->type = AFD_JSON_STRING;
	value->text = text;
	value->node = AFD_JSON_NONE;
}

bool afd_measure_after(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)question;
	size_t at = afd_span_find(value->text, with, 0);
	if (at == SIZE_MAX)
		return false;
	afd_value_change(value, afd_span_from(value->text, at + strlen(with)));
	return true;
}

bool afd_measure_before(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)question;
	size_t at = afd_span_find(value->text, with, 0);
	if (at == SIZE_MAX)
		return false;
	afd_value_change(value, afd_span_first(value->text, at));
	return true;
}

static int hex_digit(char byte)
{
	const char *digits = "0123456789abcdef";
	char lower = byte >= 'A' && byte <= 'F' ? (char)(byte + 32) : byte;
	const char *found = byte ? strchr(digits, lower) : NULL;
	return found ? (int)(found - digits) : -1;
}

/* Percent escapes (RFC 3986 section 2.1); what is none stays as it is. */
static struct afd_span percent_decoded(struct afd_question *question, struct afd_span text,
									   bool plus_is_blank)
{
	char *out = afd_arena_new(question->arena, text.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.data[i];
		int high = byte == '%' && i + 2 < text.size ? hex_digit(text.data[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(text.data[i + 2]) : -1;
		if (low >= 0)
			i += 2;
		else if (byte == '+' && plus_is_blank)
			byte = ' ';
		out[size++] = low >= 0 ? (char)(high * 16 + low) : byte;
	}
	return (struct afd_span){ out, size };
}

bool afd_measure_url_decoded(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	afd_value_change(value, percent_decoded(question, value->text, false));
	return true;
}

/* All but the unreserved characters and the slash. */
bool afd_measure_url_encoded(struct afd_question *question, const char *with, struct afd_value *value)
{
	static const char kept[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	static const char digits[] = "0123456789ABCDEF";
	(void)with;
	char *out = afd_arena_new(question->arena, 3 * value->text.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < value->text.size; i++) {
		unsigned char byte = (unsigned char)value->text.data[i];
		bool plain = byte && strchr(kept, byte);
		out[size++] = plain ? (char)byte : '%';
		if (!plain) {
			out[size++] = digits[byte >> 4];
			out[size++] = digits[byte & 15];
		}
	}
	afd_value_change(value, (struct afd_span){ out, size });
	return true;
}

/* The value of the first parameter of that name, decoded as a form. */
bool afd_measure_parameter(struct afd_question *question, const char *with, struct afd_value *value)
{
	struct afd_span query = afd_span_first(value->text, afd_span_find(value->text, "#", 0));
	size_t mark = afd_span_find(query, "?", 0);
	query = afd_span_from(query, mark == SIZE_MAX ? query.size : mark + 1);
	while (query.size > 0) {
		size_t end = afd_span_find(query, "&", 0);
		struct afd_span pair = afd_span_first(query, end);
		query = afd_span_from(query, end == SIZE_MAX ? query.size : end + 1);
		size_t equals = afd_span_find(pair, "=", 0);
		if (!afd_span_is(percent_decoded(question, afd_span_first(pair, equals), true), with))
			continue;
		struct afd_span text = afd_span_from(pair, equals == SIZE_MAX ? pair.size : equals + 1);
		afd_value_change(value, percent_decoded(question, text, true));
		return true;
	}
	return false;
}

bool afd_measure_hex(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	char *out = afd_arena_new(question->arena, 2 * value->text.size + 1);
	for (size_t i = 0; i < value->text.size; i++) {
		unsigned char byte = (unsigned char)value->text.data[i];
		out[2 * i] = "0123456789abcdef"[byte >> 4];
		out[2 * i + 1] = "0123456789abcdef"[byte & 15];
	}
	afd_value_change(value, (struct afd_span){ out, 2 * value->text.size });
	return true;
}

bool afd_measure_base64(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	if (value->text.size > INT_MAX / 2) {
		question->unanswered = true;
		return false;
	}
	unsigned char *out = afd_arena_new(question->arena, (value->text.size + 2) / 3 * 4 + 1);
	int size = EVP_EncodeBlock(out, (const unsigned char *)value->text.data, (int)value->text.size);
	afd_value_change(value, (struct afd_span){ (const char *)out, (size_t)size });
	return true;
}

static int base64_digit(char byte)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char standard = byte == '-' ? '+' : byte == '_' ? '/' : byte;
	const char *found = byte ? strchr(digits, standard) : NULL;
	return found ? (int)(found - digits) : -1;
}

static struct afd_span without_padding(struct afd_span text)
{
	for (int i = 0; i < 2 && afd_span_ends(text, "="); i++)
		text.size--;
	return text;
}

bool afd_measure_decoded_base64(struct afd_question *question, const char *with, struct afd_value *value)
{
	(void)with;
	struct afd_span text = without_padding(value->text);
	char *out = afd_arena_new(question->arena, text.size + 1);
	size_t size = 0;
	unsigned bits = 0;
	unsigned held = 0;
	for (size_t i = 0; i < text.size; i++) {
		int digit = base64_digit(text.data[i]);
		if (digit < 0)
			return false;
		bits = (bits << 6 | (unsigned)digit) & 0xFFFF;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[size++] = (char)(unsigned char)(bits >> held & 0xFF);
		}
	}
	if (held == 6)
		return false;
	afd_value_change(value, (struct afd_span){ out, size });
	return true;
}

static bool take_node(struct afd_question *question, const struct afd_json *json, uint32_t node,
					  struct afd_value *value)
{
	enum afd_json_type type = json->nodes[node].type;
	struct afd_text text;
	afd_text_init(&text, json->text.size);
	struct afd_span token = afd_json_text(json, node);
	bool done = type == AFD_JSON_STRING ? afd_json_decode(token, &text) : afd_text_add(&text, token);
	question->unanswered = question->unanswered || !done;
	afd_value_change(value,
					 (struct afd_span){ afd_arena_copy(question->arena, afd_text_span(&text)), text.size });
	value->type = type;
	afd_text_free(&text);
	return done;
}

/* The one node that the path selects in the text. */
bool afd_measure_inside(struct afd_question *question, const char *with, struct afd_value *value)
{
	struct afd_json json;
	struct afd_json_error json_error;
	if (!afd_json_parse(value->text, &json, &json_error))
		return false;
	struct afd_jsonpath_error error;
	struct afd_jsonpath *path = afd_jsonpath_parse(afd_span_of(with), &error);
	struct afd_nodes nodes = { 0 };
	bool selected = path && afd_jsonpath_select(path, &json, 0, &nodes);
	question->unanswered = question->unanswered || !selected;
	bool there = selected && nodes.count == 1 && take_node(question, &json, nodes.rows[0], value);
	afd_nodes_free(&nodes);
	afd_jsonpath_free(path);
	afd_json_free(&json);
	return there;
}
