/* SPDX-License-Identifier: MIT
 * String tokens: decoding, encoding, comparing without a copy, and the normalised path. Tokens come from the
 * tape, so their escapes are known to be valid. */
#include "json.h"
#include "json_names.h"
#include "json_utf8.h"

#include <string.h>

/* The inside of a string token as decoded bytes, one after the other. */
struct bytes {
	const char *at, *end;
	char pending[4]; /* the rest of a decoded escape, from the end */
	size_t left;
};

static struct bytes bytes_of(struct afd_span token)
{
	return (struct bytes){ .at = token.data + 1, .end = token.data + token.size - 1 };
}

static uint32_t hex_value(char digit)
{
	if (digit <= '9')
		return (uint32_t)(digit - '0');
	return (uint32_t)((digit | 0x20) - 'a' + 10);
}

static uint32_t code_unit(const char *digits)
{
	uint32_t unit = 0;
	for (int i = 0; i < 4; i++)
		unit = unit << 4 | hex_value(digits[i]);
	return unit;
}

/* Reads the escape at `*at`, a backslash, and moves past it. */
static uint32_t read_escape(const char **at)
{
	static const char letters[] = "bfnrt";
	static const char values[] = "\b\f\n\r\t";
	char letter = (*at)[1];
	if (letter != 'u') {
		const char *found = strchr(letters, letter);
		*at += 2;
		return (uint32_t)(unsigned char)(found ? values[found - letters] : letter);
	}
	uint32_t unit = code_unit(*at + 2);
	*at += 6;
	if (unit < 0xd800 || unit > 0xdbff)
		return unit;
	uint32_t low = code_unit(*at + 2);
	*at += 6;
	return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

/* -1 at the end. */
static int next_byte(struct bytes *bytes)
{
	if (bytes->left > 0)
		return (unsigned char)bytes->pending[4 - bytes->left--];
	if (bytes->at == bytes->end)
		return -1;
	if (*bytes->at != '\\')
		return (unsigned char)*bytes->at++;
	char decoded[4];
	size_t size = afd_utf8_put(read_escape(&bytes->at), decoded);
	memcpy(bytes->pending + 4 - size, decoded, size);
	bytes->left = size - 1;
	return (unsigned char)decoded[0];
}

static bool is_plain(struct afd_span token)
{
	return !memchr(token.data, '\\', token.size);
}

static struct afd_span inside(struct afd_span token)
{
	return (struct afd_span){ token.data + 1, token.size - 2 };
}

/* Byte order of UTF-8 is the order of code points. */
int afd_json_compare_strings(struct afd_span a, struct afd_span b)
{
	if (is_plain(a) && is_plain(b))
		return afd_span_compare(inside(a), inside(b));
	struct bytes x = bytes_of(a);
	struct bytes y = bytes_of(b);
	for (;;) {
		int first = next_byte(&x);
		int second = next_byte(&y);
		if (first != second)
			return first < second ? -1 : 1;
		if (first < 0)
			return 0;
	}
}

/* An escape is never shorter than what it stands for. */
bool afd_json_string_is(struct afd_span token, struct afd_span utf8)
{
	if (token.size - 2 < utf8.size)
		return false;
	if (is_plain(token))
		return afd_span_equal(inside(token), utf8);
	struct bytes bytes = bytes_of(token);
	for (size_t i = 0; i < utf8.size; i++)
		if (next_byte(&bytes) != (unsigned char)utf8.data[i])
			return false;
	return next_byte(&bytes) < 0;
}

bool afd_json_decode(struct afd_span token, struct afd_text *out)
{
	const char *at = token.data + 1;
	const char *end = token.data + token.size - 1;
	while (at < end) {
		const char *escape = memchr(at, '\\', (size_t)(end - at));
		const char *stop = escape ? escape : end;
		if (!afd_text_add(out, (struct afd_span){ at, (size_t)(stop - at) }))
			return false;
		at = stop;
		if (!escape)
			break;
		char decoded[4];
		size_t size = afd_utf8_put(read_escape(&at), decoded);
		if (!afd_text_add(out, (struct afd_span){ decoded, size }))
			return false;
	}
	return !out->failed;
}

static bool add_escaped(struct afd_text *out, unsigned char byte, char quote)
{
	static const char letters[] = "btnfr";
	static const char values[] = "\b\t\n\f\r";
	const char *found = byte ? strchr(values, byte) : NULL;
	if (byte == (unsigned char)quote || byte == '\\')
		return afd_text_printf(out, "\\%c", byte);
	if (found)
		return afd_text_printf(out, "\\%c", letters[found - values]);
	return afd_text_printf(out, "\\u%04x", byte);
}

/* The size of the run at `from` that needs no escape. */
static size_t plain_run(struct afd_span text, size_t from, char quote)
{
	size_t at = from;
	while (at < text.size) {
		unsigned char byte = (unsigned char)text.data[at];
		uint32_t code;
		if (byte < 0x20 || byte == '\\' || byte == (unsigned char)quote)
			break;
		size_t size = byte < 0x80 ? 1 : afd_utf8_next(text, at, &code);
		if (size == 0)
			break;
		at += size;
	}
	return at - from;
}

static bool add_quoted(struct afd_text *out, struct afd_span text, char quote)
{
	afd_text_putc(out, quote);
	for (size_t at = 0; at < text.size;) {
		size_t run = plain_run(text, at, quote);
		afd_text_add(out, (struct afd_span){ text.data + at, run });
		at += run;
		if (at == text.size)
			break;
		unsigned char byte = (unsigned char)text.data[at++];
		if (byte >= 0x80)
			afd_text_puts(out, "\xef\xbf\xbd");
		else
			add_escaped(out, byte, quote);
	}
	return afd_text_putc(out, quote);
}

bool afd_json_encode(struct afd_span utf8, struct afd_text *out)
{
	return add_quoted(out, utf8, '"');
}

static bool add_name(struct afd_text *out, struct afd_span token)
{
	struct afd_text decoded;
	afd_text_init(&decoded, token.size);
	bool done = afd_json_decode(token, &decoded) && afd_text_putc(out, '[') &&
				add_quoted(out, afd_text_span(&decoded), '\'') && afd_text_putc(out, ']');
	afd_text_free(&decoded);
	return done;
}

bool afd_json_path(const struct afd_json *json, uint32_t node, struct afd_text *out)
{
	uint32_t steps[AFD_JSON_DEPTH_MAX];
	size_t depth = 0;
	for (; json->nodes[node].parent != AFD_JSON_NONE; node = json->nodes[node].parent)
		steps[depth++] = node;
	bool done = afd_text_putc(out, '$');
	while (done && depth > 0) {
		const struct afd_json_node *step = &json->nodes[steps[--depth]];
		done = step->key_size ? add_name(out, afd_json_name(json, steps[depth]))
							  : afd_text_printf(out, "[%u]", step->index);
	}
	return done;
}
