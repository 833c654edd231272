/* SPDX-License-Identifier: MIT
 * Documents as blocks: what a line is, where it ends, for any bytes. */
#include "scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct afd_arena arena;
static struct afd_source source;
static struct afd_document document;

static int release(void **state)
{
	(void)state;
	afd_arena_free(&arena);
	return 0;
}

static void parse(struct afd_span text)
{
	afd_source_from(&source, &arena, "a.md", (struct afd_span){ afd_arena_copy(&arena, text), text.size });
	afd_parse(&source, &arena, &document);
}

static void put_span(struct afd_text *out, struct afd_span span)
{
	for (size_t i = 0; i < span.size; i++) {
		char byte = span.data[i];
		afd_text_puts(out, byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : byte == '\0' ? "\\0" : "");
		if (byte != '\n' && byte != '\r' && byte != '\0')
			afd_text_putc(out, byte);
	}
}

static void put_lines(struct afd_text *out, const char *kind, const struct afd_block *block)
{
	afd_text_puts(out, kind);
	for (size_t i = 0; i < block->line_count; i++) {
		afd_text_printf(out, "%s%u:", i ? "|" : " ", block->lines[i].indent);
		put_span(out, block->lines[i].text);
	}
}

static void put_label(struct afd_text *out, const struct afd_block *block)
{
	afd_text_printf(out, "label%s%s%s ", block->bold ? "*" : "", block->colon ? ":" : "",
					block->item ? "-" : "");
	put_span(out, block->name);
	if (block->qualifier.size) {
		afd_text_puts(out, " [");
		put_span(out, block->qualifier);
		afd_text_putc(out, ']');
	}
	afd_text_puts(out, " = ");
	put_span(out, block->text);
}

static void put_fence(struct afd_text *out, const struct afd_block *block)
{
	afd_text_printf(out, "fence%s@%u ", block->closed ? "" : "!", block->indent);
	put_span(out, block->info);
	afd_text_puts(out, " <");
	put_span(out, block->body);
	afd_text_putc(out, '>');
}

static void put_block(struct afd_text *out, const struct afd_block *block)
{
	switch (block->kind) {
	case AFD_HEADING:
		afd_text_printf(out, "h%u ", block->level);
		put_span(out, block->text);
		break;
	case AFD_RULE: afd_text_puts(out, "rule"); break;
	case AFD_COMMENT: afd_text_puts(out, "comment"); break;
	case AFD_FENCE: put_fence(out, block); break;
	case AFD_LABEL: put_label(out, block); break;
	case AFD_PARAGRAPH: put_lines(out, "text", block); break;
	case AFD_LIST: put_lines(out, "list", block); break;
	case AFD_TABLE: put_lines(out, "table", block); break;
	}
	afd_text_putc(out, '\n');
}

/* The blocks of a document, one a line: fence! is not closed; label*:- is bold, with a colon, an item. */
static void assert_span_blocks(struct afd_span text, const char *wanted)
{
	struct afd_text out;
	parse(text);
	afd_text_init(&out, 1 << 20);
	afd_text_puts(&out, "");
	for (size_t i = 0; i < document.count; i++)
		put_block(&out, &document.blocks[i]);
	assert_string_equal(out.data, wanted);
	afd_text_free(&out);
}

static void assert_blocks(const char *text, const char *wanted)
{
	assert_span_blocks(afd_span_of(text), wanted);
}

static void an_empty_document_has_no_blocks(void **state)
{
	(void)state;
	assert_blocks("", "");
	assert_blocks("\n \t\r\n\n", "");
	assert_blocks("\xEF\xBB\xBF", "");
}

static void headings_have_one_to_six_marks_and_a_blank(void **state)
{
	(void)state;
	assert_blocks("# a\n###### b ##\n", "h1 a\nh6 b\n");
	assert_blocks("  ## 1. a #1 \n", "h2 1. a #1\n");
	assert_blocks("# C#\n", "h1 C#\n");
	assert_blocks("#\n## \n### #\n", "h1 \nh2 \nh3 \n");
	assert_blocks("####### a\n", "text 0:####### a\n");
	assert_blocks("#a\n", "text 0:#a\n");
	assert_blocks("# a:\n# **b**", "h1 a:\nh1 **b**\n");
}

static void a_comment_of_three_lines_is_left_out(void **state)
{
	(void)state;
	assert_blocks("<!--\n# a\n-->\n# b\n", "comment\nh1 b\n");
	assert_blocks("<!-- a\n\n```\n b --> c\nd\n", "comment\ntext 0:d\n");
	assert_blocks("<!-- a -->\n", "text 0:<!-- a -->\n");
	assert_blocks("<!--\na -->\n", "text 0:<!--|0:a -->\n");
	assert_blocks("<!--\n# a\n# b\n", "text 0:<!--\nh1 a\nh1 b\n");
}

static void rules_are_three_marks(void **state)
{
	(void)state;
	assert_blocks("---\n* * *\n___ \n -  -  -\n", "rule\nrule\nrule\nrule\n");
	assert_blocks("--\n", "text 0:--\n");
	assert_blocks("---a\n", "text 0:---a\n");
	assert_blocks("- - x\n", "list 0:- x\n");
}

static void fences_keep_their_bytes(void **state)
{
	(void)state;
	assert_blocks("```json\n{\n  \"a\": 1\n}\n```\n", "fence@0 json <{\\n  \"a\": 1\\n}>\n");
	assert_blocks("~~~ http x=1 \na\n~~~\n", "fence@0 http x=1 <a>\n");
	assert_blocks("```\n```\n", "fence@0  <>\n");
	assert_blocks("```\n\n```\n", "fence@0  <>\n");
	assert_blocks("```\n\n\n```\n", "fence@0  <\\n>\n");
	assert_span_blocks(AFD_SPAN("```\na\0b\n```"), "fence@0  <a\\0b>\n");
	assert_blocks("```\n# no heading\n**No:** label\n- no\n~~~\n```\n",
				  "fence@0  <# no heading\\n**No:** label\\n- no\\n~~~>\n");
}

static void a_fence_is_closed_by_as_many_marks_of_its_kind(void **state)
{
	(void)state;
	assert_blocks("````\n```\na\n```\n````\nb\n", "fence@0  <```\\na\\n```>\ntext 0:b\n");
	assert_blocks("```\na\n``\n~~~\n``` x\n````\n", "fence@0  <a\\n``\\n~~~\\n``` x>\n");
	assert_blocks("~~~\n```\n~~~~~\n", "fence@0  <```>\n");
	assert_blocks("````````````\n`````````\na\n````````````\n", "fence@0  <`````````\\na>\n");
	assert_blocks("``` a`b\n", "text 0:``` a`b\n");
	assert_blocks("~~~ a`b\n~~~\n", "fence@0 a`b <>\n");
	assert_blocks("``\na\n``\n", "text 0:``|0:a|0:``\n");
}

static void fences_may_be_indented_and_stand_in_lists(void **state)
{
	(void)state;
	assert_blocks("   ```\n   a\n  ```\nb\n", "fence@3  <   a>\ntext 0:b\n");
	assert_blocks("- ```json\n  {}\n  ```\n", "fence@2 json <  {}>\n");
	assert_blocks("1. Step\n\n\t```\n\ta\n\t```\n", "list 0:Step\nfence@4  <\ta>\n");
	assert_blocks("12) ~~~\n    a\n    ~~~\n", "fence@4  <    a>\n");
}

static void a_fence_that_nothing_closes_is_the_rest(void **state)
{
	(void)state;
	assert_blocks("```\na\n# b\n", "fence!@0  <a\\n# b>\n");
	assert_blocks("```", "fence!@0  <>\n");
	assert_blocks("```\n", "fence!@0  <>\n");
	assert_blocks("`````\na\n```\n# b\n", "fence!@0  <a>\nh1 b\n");
}

static void fences_of_lengths_that_were_lost_are_not_looked_for_again(void **state)
{
	(void)state;
	assert_blocks("`````\na\n```\n````\nb\n````\n`````\nc\n```\n",
				  "fence@0  <a\\n```\\n````\\nb\\n````>\ntext 0:c\nfence!@0  <>\n");
	assert_blocks("~~~~~\na\n~~~\n````\nb\n````\n~~~~~\nc\n~~~\n",
				  "fence@0  <a\\n~~~\\n````\\nb\\n````>\ntext 0:c\nfence!@0  <>\n");
	assert_blocks("~~~~~\na\n~~~\n`````\nb\n`````\n", "fence!@0  <a>\nfence@0  <b>\n");
	assert_blocks("``````\na\n```\n````\nb\n````\n", "fence!@0  <a>\nfence@0  <b>\n");
}

static void lines_may_end_with_cr_lf_or_not_at_all(void **state)
{
	(void)state;
	assert_blocks("# a\r\n\r\n**B:** c\r\n\r\n- d\r\n- e\r\n\r\n| f |\r\n|---|\r\n\r\ng\r\nh",
				  "h1 a\nlabel*: B = c\nlist 0:d|0:e\ntable 0:| f ||0:|---|\ntext 0:g|0:h\n");
	assert_blocks("```json\r\n{}\r\n```\r\n---\r\n", "fence@0 json <{}\\r>\nrule\n");
	assert_blocks("\xEF\xBB\xBF# a\n\xEF\xBB\xBF# b", "h1 a\ntext 0:\xEF\xBB\xBF# b\n");
	assert_blocks("# a\xe2\x80\xa8# b\n", "h1 a\xe2\x80\xa8# b\n");
	assert_blocks("# a\r# b\n", "h1 a\\r# b\n");
}

static void labels_are_bold_or_words_and_a_colon(void **state)
{
	(void)state;
	assert_blocks("**Body:** x\n", "label*: Body = x\n");
	assert_blocks("**Body**: x\n", "label*: Body = x\n");
	assert_blocks("**Body** x\n", "label* Body = x\n");
	assert_blocks("Body: x\n", "label: Body = x\n");
	assert_blocks("Expected result:\n", "label: Expected result = \n");
	assert_blocks("- **Body:** x\n1. Body: y\n- [ ] **Done:** z\n",
				  "label*:- Body = x\nlabel:- Body = y\nlabel*:- Done = z\n");
	assert_blocks("\xf0\x9f\x9a\x80 **Request:** x\n", "label*: Request = x\n");
	assert_blocks("**Headers (Partners API):**\n", "label*: Headers [Partners API] = \n");
	assert_blocks("**\xe8\xaf\xb7\xe6\xb1\x82\xef\xbc\x9a** x\n", "label*: \xe8\xaf\xb7\xe6\xb1\x82 = x\n");
	assert_blocks("\xe8\xaf\xb7\xe6\xb1\x82\xef\xbc\x9ax\n", "label: \xe8\xaf\xb7\xe6\xb1\x82 = x\n");
}

static void what_only_looks_like_a_label_is_text(void **state)
{
	(void)state;
	assert_blocks("http://example.com\n", "text 0:http://example.com\n");
	assert_blocks("19:30\n", "text 0:19:30\n");
	assert_blocks("`a`: b\n", "text 0:`a`: b\n");
	assert_blocks("{\"a\": 1}\n", "text 0:{\"a\": 1}\n");
	assert_blocks("**a\nb:** c\n", "text 0:**a|0:b:** c\n");
	assert_blocks("****\n", "rule\n");
	assert_blocks("**:** x\n", "text 0:**:** x\n");
	assert_blocks("** ** x\n", "text 0:** ** x\n");
	char words[200];
	memset(words, 'a', sizeof words);
	memcpy(words + sizeof words - 3, ": x", 3);
	parse((struct afd_span){ words, sizeof words });
	assert_int_equal(document.blocks[0].kind, AFD_PARAGRAPH);
}

static void paragraphs_lists_and_tables_are_runs_of_lines(void **state)
{
	(void)state;
	assert_blocks("a\n b \nc\n\nd\n", "text 0:a|1:b|0:c\ntext 0:d\n");
	assert_blocks("- a\n- b\n\n- c\n* d\n", "list 0:a|0:b|0:c|0:d\n");
	assert_blocks("1. a\n2) b\n", "list 0:a|0:b\n");
	assert_blocks("- a\n  - b\n\t- c\n", "list 0:a|2:b|4:c\n");
	assert_blocks("| a |\n| b |\n\n| c |\n", "table 0:| a ||0:| b |\ntable 0:| c |\n");
	assert_blocks("a\n- b\n| c |\nd\n", "text 0:a\nlist 0:b\ntable 0:| c |\ntext 0:d\n");
	assert_blocks("-a\n+ b\n1.c\n", "text 0:-a\nlist 0:b\ntext 0:1.c\n");
	assert_blocks("1234567890. a\n", "text 0:1234567890. a\n");
}

static void blocks_know_their_bytes_and_what_stood_before(void **state)
{
	(void)state;
	parse(AFD_SPAN("a\nb\n\n- c\n- d\n```\ne\n```\n# f"));
	assert_int_equal(document.count, 4);
	assert_true(afd_span_is(document.blocks[0].all, "a\nb"));
	assert_false(document.blocks[0].blank_before);
	assert_true(afd_span_is(document.blocks[1].all, "- c\n- d"));
	assert_true(document.blocks[1].blank_before);
	assert_true(afd_span_is(document.blocks[2].all, "```\ne\n```"));
	assert_true(afd_span_is(document.blocks[3].all, "# f"));
	assert_false(document.blocks[3].blank_before);
}

/* Every byte of every span is the source's, and blocks stand one after the other. */
static void assert_sound(void)
{
	const char *begin = source.text.data;
	const char *end = begin + source.text.size;
	for (size_t i = 0; i < document.count; i++) {
		const struct afd_block *block = &document.blocks[i];
		const struct afd_span spans[] = { block->all,  block->text, block->info,
										  block->body, block->name, block->qualifier };
		assert_true(block->all.data >= begin);
		for (size_t k = 0; k < sizeof spans / sizeof spans[0]; k++)
			assert_true(spans[k].size == 0 ||
						(spans[k].data >= block->all.data && spans[k].data + spans[k].size <= end));
		for (size_t k = 0; k < block->line_count; k++)
			assert_true(block->lines[k].text.data >= block->all.data && block->lines[k].text.data <= end);
		begin = block->all.data + block->all.size;
	}
	assert_true(begin <= end);
}

static void documents_need_not_be_utf8(void **state)
{
	(void)state;
	assert_blocks("```json \xff\n{\xff}\n```\n", "fence@0 json \xff <{\xff}>\n");
	assert_blocks("# \xcf\xf0\xee\xe2\xe5\xf0\xea\xe0\n", "h1 \xcf\xf0\xee\xe2\xe5\xf0\xea\xe0\n");
	assert_blocks("**\xc7\xe0\xef\xf0\xee\xf1:** x\n", "label*: \xc7\xe0\xef\xf0\xee\xf1 = x\n");
	assert_blocks("\xff **Body:** x\n\xed\xa0\x80: y\n", "label*: Body = x\nlabel: \xed\xa0\x80 = y\n");
	assert_blocks("\x80\x81\n- \xff\n| \xff |\n", "text 0:\x80\x81\nlist 0:\xff\ntable 0:| \xff |\n");
}

static void any_sequence_of_marks_is_a_document(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"```", "~~~", "`",  "\n",  "\n\n", "# ", "- ", "**",   ":",   "|", "a",
		" ",   "\t",  "\r", "1. ", "---",  "(",  ")",  "````", "[ ]", "*", "\xf0\x9f\x98\x80",
		"\xff"
	};
	enum { PARTS = sizeof parts / sizeof parts[0] };
	unsigned seed = 7;
	for (int round = 0; round < 20000; round++) {
		struct afd_text text;
		afd_text_init(&text, 1000);
		for (int i = 0; i < 24; i++) {
			seed = seed * 1103515245 + 12345;
			unsigned kind = seed >> 16;
			if (kind % (PARTS + 1) == PARTS)
				afd_text_putc(&text, '\0');
			else
				afd_text_puts(&text, parts[kind % (PARTS + 1)]);
		}
		parse(afd_text_span(&text));
		assert_sound();
		afd_text_free(&text);
		afd_arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_document_has_no_blocks),
		cmocka_unit_test(headings_have_one_to_six_marks_and_a_blank),
		cmocka_unit_test(a_comment_of_three_lines_is_left_out),
		cmocka_unit_test(rules_are_three_marks),
		cmocka_unit_test(fences_keep_their_bytes),
		cmocka_unit_test(a_fence_is_closed_by_as_many_marks_of_its_kind),
		cmocka_unit_test(fences_may_be_indented_and_stand_in_lists),
		cmocka_unit_test(a_fence_that_nothing_closes_is_the_rest),
		cmocka_unit_test(fences_of_lengths_that_were_lost_are_not_looked_for_again),
		cmocka_unit_test(lines_may_end_with_cr_lf_or_not_at_all),
		cmocka_unit_test(labels_are_bold_or_words_and_a_colon),
		cmocka_unit_test(what_only_looks_like_a_label_is_text),
		cmocka_unit_test(paragraphs_lists_and_tables_are_runs_of_lines),
		cmocka_unit_test(blocks_know_their_bytes_and_what_stood_before),
		cmocka_unit_test(documents_need_not_be_utf8),
		cmocka_unit_test(any_sequence_of_marks_is_a_document),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
