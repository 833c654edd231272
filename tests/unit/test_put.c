/* SPDX-License-Identifier: MIT
 * Escaping: a C compiler, a JSON parser and a terminal each get the text, and nothing else. */
#include "put.h"

#include "c_literal.h"

#include <cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_ascii(struct afd_span text)
{
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.data[i];
		assert_true((byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t');
	}
}

/* The literal of `bytes` is ASCII and means `bytes`, with trigraphs and without. */
static void assert_literal(struct afd_span bytes)
{
	struct afd_text literal;
	afd_text_init(&literal, 1 << 20);
	afd_put_literal(&literal, bytes, 2);
	assert_ascii(afd_text_span(&literal));
	for (int trigraphs = 0; trigraphs < 2; trigraphs++) {
		struct afd_text read;
		afd_text_init(&read, 1 << 20);
		assert_true(c_literal(afd_text_span(&literal), trigraphs, &read));
		assert_true(afd_span_equal(afd_text_span(&read), bytes));
		afd_text_free(&read);
	}
	afd_text_free(&literal);
}

static void literals_mean_every_pair_of_bytes(void **state)
{
	(void)state;
	for (int a = 0; a < 256; a++) {
		for (int b = 0; b < 256; b++) {
			const char pair[] = { (char)a, (char)b };
			assert_literal((struct afd_span){ pair, 2 });
		}
	}
}

static void literals_mean_what_compilers_fall_for(void **state)
{
	(void)state;
	static const char bytes[] = "?/\\\"'\n0x=\x01*";
	enum { COUNT = sizeof bytes - 1, ALL = COUNT * COUNT * COUNT * COUNT };
	for (int i = 0; i < ALL; i++) {
		const char four[] = { bytes[i % COUNT], bytes[i / COUNT % COUNT], bytes[i / COUNT / COUNT % COUNT],
							  bytes[i / COUNT / COUNT / COUNT] };
		assert_literal((struct afd_span){ four, 4 });
	}
}

static void literals_of_any_size_mean_their_bytes(void **state)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 95, 96, 97, 192, 193, 3999, 4000, 4001, 5000, 65536 };
	char *bytes = malloc(65536);
	assert_non_null(bytes);
	for (size_t kind = 0; kind < 4; kind++) {
		for (size_t i = 0; i < 65536; i++)
			bytes[i] = kind == 0 ? (char)i : kind == 1 ? '\x80' : kind == 2 ? '?' : "\xd0\xb6"[i % 2];
		for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
			assert_literal((struct afd_span){ bytes, sizes[i] });
	}
	free(bytes);
}

/* ISO C promises 4095 bytes; what is adjacent is one literal. */
static void no_literal_is_longer_than_the_standard_promises(void **state)
{
	(void)state;
	char bytes[AFD_LITERAL_MAX + 1];
	memset(bytes, 'x', sizeof bytes);
	struct afd_text out;
	afd_text_init(&out, 1 << 20);
	afd_put_literal(&out, (struct afd_span){ bytes, AFD_LITERAL_MAX }, 0);
	assert_true(AFD_LITERAL_MAX <= 4095);
	assert_true(afd_span_find(afd_text_span(&out), "\"", 0) != SIZE_MAX);
	afd_text_clear(&out);
	afd_put_literal(&out, (struct afd_span){ bytes, sizeof bytes }, 0);
	assert_true(afd_span_starts(afd_text_span(&out), "(const char[]){"));
	assert_int_equal(afd_span_find(afd_text_span(&out), "\"", 0), SIZE_MAX);
	afd_text_clear(&out);
	char string[AFD_LITERAL_MAX + 2];
	memset(string, 'x', sizeof string - 1);
	string[sizeof string - 1] = '\0';
	afd_put_literal_string(&out, string);
	assert_true(afd_span_starts(afd_text_span(&out), "(const char[]){"));
	afd_text_free(&out);
}

static void texts_of_lines_are_a_literal_a_line(void **state)
{
	(void)state;
	struct afd_text out;
	afd_text_init(&out, 1000);
	afd_put_literal(&out, AFD_SPAN("{\n\t\"a\": 1\n}"), 3);
	assert_string_equal(out.data, "\n\t\t\t\"{\\n\"\n\t\t\t\"\\t\\\"a\\\": 1\\n\"\n\t\t\t\"}\"");
	afd_text_clear(&out);
	afd_put_literal(&out, AFD_SPAN("one line\n"), 3);
	assert_string_equal(out.data, "\"one line\\n\"");
	afd_text_clear(&out);
	afd_put_literal_string(&out, "two\nlines");
	assert_string_equal(out.data, "\"two\\nlines\"");
	afd_text_clear(&out);
	afd_put_literal_string(&out, NULL);
	assert_string_equal(out.data, "NULL");
	afd_text_free(&out);
}

/* A reader of the generated file sees whole letters escaped together. */
static void pieces_cut_no_letter(void **state)
{
	(void)state;
	struct afd_text text;
	struct afd_text out;
	afd_text_init(&text, 1000);
	afd_text_init(&out, 10000);
	afd_text_puts(&text, "x");
	for (int i = 0; i < 100; i++)
		afd_text_puts(&text, "\xf0\x9f\x98\x80");
	afd_put_literal(&out, afd_text_span(&text), 0);
	for (size_t at = 0; (at = afd_span_find(afd_text_span(&out), "\"\n\"", at)) != SIZE_MAX; at++)
		assert_true(afd_span_starts(afd_span_from(afd_text_span(&out), at + 3), "\\360"));
	assert_int_equal(afd_span_find(afd_text_span(&out), "\"\n\"\\237", 0), SIZE_MAX);
	afd_text_free(&text);
	afd_text_free(&out);
}

static void assert_json(struct afd_span bytes, const char *wanted)
{
	struct afd_text out;
	afd_text_init(&out, 1000);
	afd_put_json(&out, bytes);
	assert_string_equal(out.data, wanted);
	afd_text_free(&out);
}

static void json_escapes_what_is_no_text(void **state)
{
	(void)state;
	assert_json(AFD_SPAN(""), "\"\"");
	assert_json(AFD_SPAN("\"\\/\b\f\n\r\t"), "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\"");
	assert_json(AFD_SPAN("a\0b\x1b[2J\x7f"), "\"a\\u0000b\\u001b[2J\\u007f\"");
	assert_json(AFD_SPAN("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"), "\"\\u0085\\u2028\\u2029\"");
	assert_json(AFD_SPAN("\xe2\x80\xae\xe2\x81\xa6\xd8\x9c\xef\xbb\xbf"), "\"\\u202e\\u2066\\u061c\\ufeff\"");
	assert_json(AFD_SPAN("\xd0\xb6 \xe2\x82\xac \xf0\x9f\x98\x80"),
				"\"\xd0\xb6 \xe2\x82\xac \xf0\x9f\x98\x80\"");
	struct afd_text out;
	afd_text_init(&out, 100);
	afd_put_json_string(&out, NULL);
	assert_string_equal(out.data, "null");
	afd_text_free(&out);
}

static void json_has_no_byte_that_is_not_utf8(void **state)
{
	(void)state;
#define LOST "\xEF\xBF\xBD"
	assert_json(AFD_SPAN("a\x80z"), "\"a" LOST "z\"");
	assert_json(AFD_SPAN("\xc0\xaf"), "\"" LOST LOST "\"");
	assert_json(AFD_SPAN("\xe0\x80\xaf"), "\"" LOST LOST LOST "\"");
	assert_json(AFD_SPAN("\xed\xa0\x80"), "\"" LOST LOST LOST "\"");
	assert_json(AFD_SPAN("\xed\x9f\xbf\xee\x80\x80"), "\"\xed\x9f\xbf\xee\x80\x80\"");
	assert_json(AFD_SPAN("\xf4\x8f\xbf\xbf"), "\"\xf4\x8f\xbf\xbf\"");
	assert_json(AFD_SPAN("\xf4\x90\x80\x80"), "\"" LOST LOST LOST LOST "\"");
	assert_json(AFD_SPAN("\xf0\x9f\x98"), "\"" LOST LOST LOST "\"");
	assert_json(AFD_SPAN("\xd0"), "\"" LOST "\"");
	assert_json(AFD_SPAN("\xd0\x22"), "\"" LOST "\\\"\"");
	assert_json(AFD_SPAN("\xff\xfe"), "\"" LOST LOST "\"");
}

static size_t encode(unsigned point, char out[5])
{
	size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = size; i-- > 1; point >>= 6)
		out[i] = (char)(0x80 | (point & 0x3F));
	out[0] = (char)(lead[size] | point);
	out[size] = '\0';
	return size;
}

static void a_parser_reads_every_code_point_again(void **state)
{
	(void)state;
	for (unsigned point = 1; point < 0x110000; point += point < 0x3000 ? 1 : 97) {
		char bytes[5];
		struct afd_text out;
		if (point >= 0xD800 && point < 0xE000)
			continue;
		afd_text_init(&out, 100);
		afd_put_json(&out, (struct afd_span){ bytes, encode(point, bytes) });
		cJSON *parsed = cJSON_Parse(out.data);
		assert_non_null(parsed);
		assert_string_equal(parsed->valuestring, bytes);
		cJSON_Delete(parsed);
		afd_text_free(&out);
	}
}

static void assert_shown(struct afd_span bytes, const char *wanted)
{
	struct afd_text out;
	afd_text_init(&out, 1000);
	afd_put_shown(&out, bytes);
	assert_string_equal(out.data, wanted);
	afd_text_free(&out);
}

static void a_terminal_gets_text_alone(void **state)
{
	(void)state;
	assert_shown(AFD_SPAN("plain ~ text"), "plain ~ text");
	assert_shown(AFD_SPAN("\x1b]52;c;AAAA\x07 \x1b[2J"), "?]52;c;AAAA? ?[2J");
	assert_shown(AFD_SPAN("a\0b\tc\nd\re\x7f"), "a?b c?d?e?");
	assert_shown(AFD_SPAN("\xc2\x9b"
						  "2J"),
				 "?2J");
	assert_shown(AFD_SPAN("\xe2\x80\xae"
						  "evil\xe2\x81\xa9"),
				 "?evil?");
	assert_shown(AFD_SPAN("\xff\xd0"), "??");
	assert_shown(
		AFD_SPAN("\xd0\x9f\xd1\x80\xd0\xbe\xd0\xb2\xd0\xb5\xd1\x80\xd0\xba\xd0\xb0 \xf0\x9f\x98\x80"),
		"\xd0\x9f\xd1\x80\xd0\xbe\xd0\xb2\xd0\xb5\xd1\x80\xd0\xba\xd0\xb0 \xf0\x9f\x98\x80");
	struct afd_text out;
	afd_text_init(&out, 10);
	afd_put_shown_string(&out, "\x1b");
	assert_string_equal(out.data, "?");
	afd_text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_mean_every_pair_of_bytes),
		cmocka_unit_test(literals_mean_what_compilers_fall_for),
		cmocka_unit_test(literals_of_any_size_mean_their_bytes),
		cmocka_unit_test(no_literal_is_longer_than_the_standard_promises),
		cmocka_unit_test(texts_of_lines_are_a_literal_a_line),
		cmocka_unit_test(pieces_cut_no_letter),
		cmocka_unit_test(json_escapes_what_is_no_text),
		cmocka_unit_test(json_has_no_byte_that_is_not_utf8),
		cmocka_unit_test(a_parser_reads_every_code_point_again),
		cmocka_unit_test(a_terminal_gets_text_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
