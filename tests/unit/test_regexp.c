/* SPDX-License-Identifier: MIT
 * Patterns (RFC 9485): what they match, what is refused, and that no pattern takes more than linear time. */
#include "jsonpath.h"
#include "regexp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_full(const char *pattern, const char *text, enum afd_match wanted)
{
	enum afd_match match = afd_regexp_full(afd_span_of(pattern), afd_span_of(text));
	if (match != wanted)
		fail_msg("full /%s/ on '%s' gives %d", pattern, text, match);
}

static void assert_search(const char *pattern, const char *text, enum afd_match wanted)
{
	enum afd_match match = afd_regexp_search(afd_span_of(pattern), afd_span_of(text));
	if (match != wanted)
		fail_msg("search /%s/ in '%s' gives %d", pattern, text, match);
}

struct row {
	const char *pattern, *fits, *other;
};

static void full_matches_take_the_whole_text(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "", "", "a" },
		{ "abc", "abc", "abcd" },
		{ "a|bc|", "bc", "abc" },
		{ "a|bc|", "", "b" },
		{ "(a|b)*c", "abbac", "abba" },
		{ "a?b+", "bbb", "aab" },
		{ "a{3}", "aaa", "aaaa" },
		{ "a{2,}", "aaaaa", "a" },
		{ "a{1,3}b", "aaab", "aaaab" },
		{ "a{0}b", "b", "ab" },
		{ "(ab){2}", "abab", "ab" },
		{ "()*a", "a", "" },
		{ "(a*)*b", "aab", "aa" },
		{ "[a-c-]+", "a-b", "d" },
		{ "[-a]+", "-a", "b" },
		{ "[^a-c]+", "xyz", "xaz" },
		{ "[\\]\\-\\n]+", "]-\n", "\\" },
		{ "[^^]", "a", "^" },
		{ "\\.\\*\\(\\)\\[\\]\\{\\}\\|\\?\\+\\\\\\^", ".*()[]{}|?+\\^", "x" },
		{ "a,b-c/d:e", "a,b-c/d:e", "a" },
		{ "\xd0\xb6+", "\xd0\xb6\xd0\xb6", "\xd0\xb5" },
		{ "[\xd0\xb0-\xd1\x8f]+", "\xd0\xb6\xd0\xb5", "\xd0\x96" },
		{ ".", "\xf0\x9f\x98\x80", "ab" },
		{ "\\p{Lu}\\p{Ll}*", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd", "\xd0\xb8\xd0\xb2" },
		{ "\\p{L}+", "a\xd0\x96\xe4\xb8\xad", "a1" },
		{ "[\\p{Nd}\\p{Z}]+", "1 2\xc2\xa0\xd9\xa3", "a" },
		{ "\\P{L}+", "12-", "1a" },
		{ "[^\\P{L}x]", "y", "x" },
		{ "\\p{P}\\p{S}\\p{N}", "!+\xe2\x85\xa3", "+!1" },
		{ "\\p{M}", "\xcc\x81", "a" },
		{ "\\p{Cc}\\p{Co}", "\t\xee\x80\x80", "ab" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_full(rows[i].pattern, rows[i].fits, AFD_MATCH_YES);
		assert_full(rows[i].pattern, rows[i].other, AFD_MATCH_NO);
	}
}

static void searches_find_a_piece(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "b+", "abbc", "ac" },
		{ "ab|cd", "xxcdxx", "acbd" },
		{ "^ab", "abc", "xab" },
		{ "bc$", "abc", "bcd" },
		{ "^a$|b", "xbx", "aa" },
		{ "(^a|b)c", "xbc", "xac" },
		{ "x(a|b$)", "1xb", "xbx" },
		{ "[0-9]{4}-[0-9]{2}", "on 2025-11-09", "2025" },
		{ "", "anything", NULL },
		{ "^$", "", "a" },
		{ "\xd0\xb6", "a\xd0\xb6", "\xd0\xb0" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_search(rows[i].pattern, rows[i].fits, AFD_MATCH_YES);
		if (rows[i].other)
			assert_search(rows[i].pattern, rows[i].other, AFD_MATCH_NO);
	}
}

static void anchors_elsewhere_stand_for_themselves(void **state)
{
	(void)state;
	assert_full("a^b", "a^b", AFD_MATCH_YES);
	assert_full("US$1", "US$1", AFD_MATCH_YES);
}

static void the_dot_stops_at_line_ends(void **state)
{
	(void)state;
	assert_full("a.b", "a\nb", AFD_MATCH_NO);
	assert_full("a.b", "a\rb", AFD_MATCH_NO);
	assert_full("a.b",
				"a\xe2\x80\xa8"
				"b",
				AFD_MATCH_YES);
	assert_full("[^a]", "\n", AFD_MATCH_YES);
}

static void bytes_that_are_no_utf8_match_no_character(void **state)
{
	(void)state;
	assert_full(".", "\xff", AFD_MATCH_YES);
	assert_full("[^a]", "\xff", AFD_MATCH_YES);
	assert_full("[a-\xf4\x8f\xbf\xbf]", "\xff", AFD_MATCH_NO);
	assert_full("\\p{Cn}", "\xff", AFD_MATCH_YES);
	assert_search("b",
				  "\xff\xfe"
				  "b",
				  AFD_MATCH_YES);
}

static void malformed_patterns_are_refused(void **state)
{
	(void)state;
	static const char *const patterns[] = {
		"(",     ")",      "(a",      "a)",    "[",       "[]",      "[^]",   "[a",
		"]",     "*",      "a**",     "+",     "?",       "{1}",     "a{",    "a{}",
		"a{,2}", "a{2,1}", "a{1",     "}",     "\\",      "\\d",     "\\w",   "\\b",
		"\\1",   "[b-a]",  "[a--]",   "[[a]]", "\\p{Xx}", "\\p{Lu",  "\\pL",  "\\p{}",
		"(?:a)", "(?=a)",  "a{9999}", "\xff",  "[\xff]",  "\\u0041", "[\\d]", "a{99999999999999999999}",
	};
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		assert_full(patterns[i], "a", AFD_MATCH_BAD_PATTERN);
	assert_full("[a-]b-", "-b-", AFD_MATCH_YES);
}

static char *filled(size_t size, char byte)
{
	char *text = malloc(size + 1);
	assert_non_null(text);
	memset(text, byte, size);
	text[size] = '\0';
	return text;
}

static void the_size_of_patterns_is_bounded(void **state)
{
	(void)state;
	assert_full("((a{100}){100}){100}", "a", AFD_MATCH_BAD_PATTERN);
	assert_full("((((){4000}){4000}){4000}){4000}", "", AFD_MATCH_BAD_PATTERN);
	char *deep = filled(AFD_REGEXP_DEPTH_MAX + 1, '(');
	assert_full(deep, "", AFD_MATCH_BAD_PATTERN);
	char *large = filled(AFD_REGEXP_BYTES_MAX + 1, 'a');
	assert_full(large, large, AFD_MATCH_BAD_PATTERN);
	free(deep);
	free(large);
}

/* The steps that a run takes, at most. */
static size_t steps_of(const char *pattern, const char *text)
{
	struct afd_regexp *regexp = afd_regexp_compile(afd_span_of(pattern));
	assert_non_null(regexp);
	size_t steps = (size_t)1 << 40;
	bool matches;
	assert_true(afd_regexp_run(regexp, afd_span_of(text), false, &steps, &matches));
	assert_false(matches);
	afd_regexp_free(regexp);
	return ((size_t)1 << 40) - steps;
}

static void time_is_linear_in_the_text(void **state)
{
	(void)state;
	static const char *const patterns[] = {
		"(a+)+$", "(a*)*b", "(a|a)*b", "(a|aa)+$", "(.*)*x", "a*a*a*a*b"
	};
	char *text = filled(1u << 20, 'a');
	text[(1u << 20) - 1] = '!';
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		assert_true(steps_of(patterns[i], text) < 24 * ((size_t)1 << 20));
	free(text);
}

static void too_much_work_is_no_verdict(void **state)
{
	(void)state;
	char *text = filled(1u << 20, 'a');
	assert_search("(a?){2000}b", text, AFD_MATCH_OUT_OF_BOUNDS);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_matches_take_the_whole_text),
		cmocka_unit_test(searches_find_a_piece),
		cmocka_unit_test(anchors_elsewhere_stand_for_themselves),
		cmocka_unit_test(the_dot_stops_at_line_ends),
		cmocka_unit_test(bytes_that_are_no_utf8_match_no_character),
		cmocka_unit_test(malformed_patterns_are_refused),
		cmocka_unit_test(the_size_of_patterns_is_bounded),
		cmocka_unit_test(time_is_linear_in_the_text),
		cmocka_unit_test(too_much_work_is_no_verdict),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
