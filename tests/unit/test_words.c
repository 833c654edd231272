/* SPDX-License-Identifier: MIT
 * The words of the language: folding, lookup, suggestions, and the list itself. */
#include "words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_folds(const char *text, const char *wanted)
{
	char buffer[128];
	struct afd_span folded = afd_word_fold(afd_span_of(text), buffer);
	assert_int_equal(folded.size, strlen(wanted));
	if (folded.size)
		assert_memory_equal(folded.data, wanted, folded.size);
}

static void folding_drops_marks_and_case(void **state)
{
	(void)state;
	assert_folds("  **Base \t URL** ", "base url");
	assert_folds("`Co\rde`\r", "code");
	assert_folds("L\xe2\x80\x99URL", "l'url");
	assert_folds("", "");
	assert_folds(" ** ", "");
}

static void folding_knows_the_letters_of_the_list(void **state)
{
	(void)state;
	assert_folds("\xd0\x97\xd0\x90\xd0\x9f\xd0\xa0\xd0\x9e\xd0\xa1 \xd0\x81",
				 "\xd0\xb7\xd0\xb0\xd0\xbf\xd1\x80\xd0\xbe\xd1\x81 \xd1\x91");
	assert_folds("R\xc3\x89PONSE \xc3\x9c \xc3\x97", "r\xc3\xa9ponse \xc3\xbc \xc3\x97");
	assert_folds("\xc5\xbb\xc4\x84\xc5\x81 \xc5\x92", "\xc5\xbc\xc4\x85\xc5\x82 \xc5\x93");
	assert_folds("\xc5\xbc\xc4\x85\xc5\x82\xc4\xb1", "\xc5\xbc\xc4\x85\xc5\x82\xc4\xb1");
	assert_folds("Y\xc3\x8aU C\xe1\xba\xa6U \xc4\x90\xc6\xaf\xe1\xbb\x9cNG",
				 "y\xc3\xaau c\xe1\xba\xa7u \xc4\x91\xc6\xb0\xe1\xbb\x9dng");
	assert_folds("\xe8\xaf\xb7\xe6\xb1\x82", "\xe8\xaf\xb7\xe6\xb1\x82");
}

static void bytes_that_are_no_letters_stay(void **state)
{
	(void)state;
	assert_folds("\xd0", "\xd0");
	assert_folds("\xd0"
				 "A",
				 "\xd0"
				 "a");
	assert_folds("\xc3\xff\x80", "\xc3\xff\x80");
	assert_folds("\xe1\xba", "\xe1\xba");
	assert_folds("\xe1\xba"
				 "B",
				 "\xe1\xba"
				 "b");
	char long_text[200];
	memset(long_text, 'a', sizeof long_text);
	char buffer[128];
	assert_int_equal(afd_word_fold((struct afd_span){ long_text, 96 }, buffer).size, 96);
	assert_int_equal(afd_word_fold((struct afd_span){ long_text, 97 }, buffer).size, 0);
}

static void a_word_is_found_in_its_class_alone(void **state)
{
	(void)state;
	const struct afd_word *word = afd_word_find(AFD_WORD_LABEL, AFD_SPAN("**BODY**"));
	assert_non_null(word);
	assert_int_equal(word->id, AFD_LABEL_BODY);
	word = afd_word_find(AFD_WORD_LABEL, AFD_SPAN("\xd0\x97\xd0\xb0\xd0\xbf\xd1\x80\xd0\xbe\xd1\x81"));
	assert_non_null(word);
	assert_int_equal(word->id, AFD_LABEL_REQUEST);
	assert_string_equal(word->language, "ru");
	assert_null(afd_word_find(AFD_WORD_METHOD, AFD_SPAN("body")));
	assert_null(afd_word_find(AFD_WORD_LABEL, AFD_SPAN("bod")));
	assert_null(afd_word_find(AFD_WORD_LABEL, AFD_SPAN("bodyy")));
	assert_null(afd_word_find(AFD_WORD_LABEL, AFD_SPAN("")));
	assert_null(afd_word_find(AFD_WORD_LABEL, AFD_SPAN("body\0x")));
}

static void the_longest_word_that_ends_at_a_boundary_is_the_prefix(void **state)
{
	(void)state;
	const struct afd_word *word = afd_word_prefix(AFD_WORD_EXAMPLE, AFD_SPAN("for example, 12"));
	assert_non_null(word);
	assert_string_equal(word->text, "for example");
	assert_null(afd_word_prefix(AFD_WORD_EXAMPLE, AFD_SPAN("for examples")));
	assert_null(afd_word_prefix(AFD_WORD_EXAMPLE, AFD_SPAN("for exampl")));
	word = afd_word_prefix(AFD_WORD_LABEL, AFD_SPAN("headers for all requests: x"));
	assert_non_null(word);
	assert_int_equal(word->id, AFD_LABEL_HEADERS_ALL);
	word = afd_word_prefix(AFD_WORD_LABEL, AFD_SPAN("headers for all"));
	assert_non_null(word);
	assert_int_equal(word->id, AFD_LABEL_HEADERS);
}

static void a_slip_in_a_short_word_and_two_in_a_long_one_are_near(void **state)
{
	(void)state;
	size_t distance = 0;
	const struct afd_word *word = afd_word_near(AFD_WORD_LABEL, AFD_SPAN("Bdy"), &distance);
	assert_non_null(word);
	assert_string_equal(word->text, "body");
	assert_int_equal(distance, 1);
	word = afd_word_near(AFD_WORD_LABEL, AFD_SPAN("Wached tabels"), &distance);
	assert_non_null(word);
	assert_int_equal(word->id, AFD_LABEL_WATCHED);
	assert_int_equal(distance, 2);
	assert_non_null(afd_word_near(AFD_WORD_LABEL, AFD_SPAN("body"), &distance));
	assert_int_equal(distance, 0);
	assert_null(afd_word_near(AFD_WORD_METHOD, AFD_SPAN("GTTT"), &distance));
	assert_null(afd_word_near(AFD_WORD_LABEL, AFD_SPAN("x"), &distance));
	assert_null(afd_word_near(AFD_WORD_LABEL, AFD_SPAN("Wachd tabls"), &distance));
	assert_null(afd_word_near(AFD_WORD_LABEL, AFD_SPAN(""), &distance));
}

static void every_word_of_the_list_is_found(void **state)
{
	(void)state;
	assert_true(afd_word_count > 100);
	for (size_t i = 0; i < afd_word_count; i++) {
		const struct afd_word *word = &afd_words[i];
		char buffer[128];
		struct afd_span text = { word->text, word->size };
		assert_int_equal(strlen(word->text), word->size);
		assert_true(afd_span_equal(afd_word_fold(text, buffer), text));
		const struct afd_word *found = afd_word_find(word->class, text);
		assert_non_null(found);
		if (found->id != word->id || strcmp(found->value, word->value) != 0)
			fail_msg("'%s' (%s) stands for two things of one class", word->text, word->language);
	}
}

/* English and Russian are complete. */
static void every_label_has_a_word_in_both_languages(void **state)
{
	(void)state;
	static const char *const languages[] = { "en", "ru" };
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < afd_word_count; i++) {
			bool here = false;
			if (afd_words[i].class != AFD_WORD_LABEL)
				continue;
			for (size_t n = 0; n < afd_word_count && !here; n++)
				here = afd_words[n].class == AFD_WORD_LABEL && afd_words[n].id == afd_words[i].id &&
					   strcmp(afd_words[n].language, languages[k]) == 0;
			if (!here)
				fail_msg("the label of '%s' has no word in %s", afd_words[i].text, languages[k]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_drops_marks_and_case),
		cmocka_unit_test(folding_knows_the_letters_of_the_list),
		cmocka_unit_test(bytes_that_are_no_letters_stay),
		cmocka_unit_test(a_word_is_found_in_its_class_alone),
		cmocka_unit_test(the_longest_word_that_ends_at_a_boundary_is_the_prefix),
		cmocka_unit_test(a_slip_in_a_short_word_and_two_in_a_long_one_are_near),
		cmocka_unit_test(every_word_of_the_list_is_found),
		cmocka_unit_test(every_label_has_a_word_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
