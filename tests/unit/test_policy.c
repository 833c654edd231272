/* SPDX-License-Identifier: MIT
 * The rows of May be shown: types with values that fit and values that don't, classes, paths and what is
 * wrong with them. */
#include "mask_fit.h"
#include "policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct sample {
	const char *type;
	enum afd_json_type json;
	const char *text;
	bool fits;
};

#define STRING_FITS(type, text)                                                                              \
	{                                                                                                        \
		type, AFD_JSON_STRING, text, true                                                                    \
	}
#define STRING_NOT(type, text)                                                                               \
	{                                                                                                        \
		type, AFD_JSON_STRING, text, false                                                                   \
	}
#define NUMBER_FITS(type, text)                                                                              \
	{                                                                                                        \
		type, AFD_JSON_NUMBER, text, true                                                                    \
	}
#define NUMBER_NOT(type, text)                                                                               \
	{                                                                                                        \
		type, AFD_JSON_NUMBER, text, false                                                                   \
	}

static const struct sample number_samples[] = {
	NUMBER_FITS("whole number", "0"),
	NUMBER_FITS("whole number", "-17"),
	NUMBER_FITS("whole number", "9007199254740992"),
	NUMBER_FITS("whole number", "-9007199254740992"),
	NUMBER_NOT("whole number", "9007199254740993"),
	NUMBER_NOT("whole number", "-9007199254740993"),
	NUMBER_NOT("whole number", "10000000000000000"),
	NUMBER_NOT("whole number", "1.0"),
	NUMBER_NOT("whole number", "1e2"),
	STRING_NOT("whole number", "17"),
	NUMBER_FITS("number", "1500.50"),
	NUMBER_FITS("number", "-1e2"),
	NUMBER_NOT("number", "123456789012345678901234567890123"),
	STRING_NOT("number", "1500.50"),
	NUMBER_FITS("boolean", "0"),
	NUMBER_FITS("boolean", "1"),
	NUMBER_NOT("boolean", "2"),
	NUMBER_NOT("boolean", "1.0"),
	STRING_NOT("boolean", "1"),
};

static const struct sample time_samples[] = {
	STRING_FITS("time", "2025-11-09T14:02:30Z"),
	STRING_FITS("time", "2025-11-09T14:02:30.123456789+03:00"),
	STRING_FITS("time", "2025-11-09t14:02:30-23:59"),
	STRING_FITS("time", "2025-11-09 14:02:30"),
	STRING_FITS("time", "2024-02-29 23:59:60"),
	STRING_NOT("time", "2025-02-29 14:02:30"),
	STRING_NOT("time", "2025-13-09 14:02:30"),
	STRING_NOT("time", "2025-11-09 24:00:00"),
	STRING_NOT("time", "2025-11-09 23:60:00"),
	STRING_NOT("time", "2025-11-09 23:00:61"),
	STRING_NOT("time", "2025-11-09"),
	STRING_NOT("time", "2025-11-09T14:02:30+0300"),
	STRING_NOT("time", "2025-11-09T14:02:30+24:00"),
	STRING_NOT("time", "2025-11-09T14:02:30."),
	STRING_NOT("time", "2025-11-09T14:02:30.1234567890"),
	STRING_NOT("time", "2025-11-09T14:02:30Z Ivanov"),
	NUMBER_NOT("time", "1762696950"),
	STRING_FITS("date", "2000-02-29"),
	STRING_FITS("date", "2025-12-31"),
	STRING_NOT("date", "1900-02-29"),
	STRING_NOT("date", "2025-00-10"),
	STRING_NOT("date", "2025-04-31"),
	STRING_NOT("date", "2025-04-00"),
	STRING_NOT("date", "2025-4-01"),
	STRING_NOT("date", "31.12.2025"),
	STRING_NOT("date", "2025-12-31 "),
};

static const struct sample name_samples[] = {
	STRING_FITS("uuid", "01234567-89ab-cdef-0123-456789ABCDEF"),
	STRING_NOT("uuid", "01234567-89ab-cdef-0123-456789abcde"),
	STRING_NOT("uuid", "0123456789ab-cdef-0123-456789abcdefabc"),
	STRING_NOT("uuid", "g1234567-89ab-cdef-0123-456789abcdef"),
	STRING_FITS("code", "RUB"),
	STRING_FITS("code", "VALIDATION_ERROR_2"),
	STRING_NOT("code", "rub"),
	STRING_NOT("code", "_RUB"),
	STRING_NOT("code", "RUB "),
	STRING_NOT("code", "A2345678901234567890123456789012345678901234567890123456789012345"),
	STRING_FITS("colour", "#12aBff"),
	STRING_NOT("colour", "#12abf"),
	STRING_NOT("colour", "#12abfg"),
	STRING_NOT("colour", "112abff"),
	STRING_FITS("version", "1"),
	STRING_FITS("version", "v1.2"),
	STRING_FITS("version", "1.2.3-rc.1+5"),
	STRING_NOT("version", "192.168.100.200"),
	STRING_NOT("version", "79000000001"),
	STRING_NOT("version", "1.2.3-79000000001"),
	STRING_NOT("version", "1.2."),
	STRING_NOT("version", "version"),
	STRING_NOT("version", "1.2.3-0a1b2c3d4e5f6a7b8"),
	STRING_FITS("word", "success"),
	STRING_FITS("word", "_sold-out_2"),
	STRING_NOT("word", "sold out"),
	STRING_NOT("word", "2sold"),
	STRING_NOT("word", "Иван"),
	STRING_NOT("word", "a1b2c3d4e5f60718293a4b5c6d7e8f90"),
	STRING_NOT("word", "abcdefghijklmnopqrstuvwxyzabcdefg"),
	STRING_FITS("host", "tickets.example.com"),
	STRING_FITS("host", "xn--e1afmkfd.example"),
	STRING_NOT("host", "localhost"),
	STRING_NOT("host", "192.0.2.1"),
	STRING_NOT("host", "example..com"),
	STRING_NOT("host", "-a.example.com"),
	STRING_NOT("host", "a-.example.com"),
	STRING_NOT("host", "user@example.com"),
	STRING_NOT("host", "example.com."),
	STRING_NOT("host", "f00dfeedf00dfeedf00d1.example.com"),
};

static const struct sample text_samples[] = {
	STRING_FITS("text", "Большой зал, ряд 5, место 12"),
	STRING_FITS("text", "Концерт 31.12.2025 19:00"),
	STRING_FITS("text", "Сезон 2025/2026"),
	STRING_FITS("text", "Dinner @ Eight"),
	STRING_FITS("text", "spring-concert-of-the-city-orchestra-2025"),
	STRING_FITS("text", "PARTER-5;12"),
	STRING_FITS("text", "Скидка 50% всем"),
	STRING_FITS("text", "https://example.com/events/17"),
	STRING_NOT("text", "Иван ivan@example.com"),
	STRING_NOT("text", "пишите @ivanov"),
	STRING_NOT("text", "ivan\xEF\xBC\xA0"
					   "example.com"),
	STRING_NOT("text", "звоните +7 (900) 000-00-01"),
	STRING_NOT("text", "8\xC2\xA0"
					   "900\xE2\x80\x91"
					   "000\xE2\x80\x91"
					   "0001"),
	STRING_NOT("text", "\xEF\xBC\x97\xEF\xBC\x99"),
	STRING_NOT("text", "№ 1234567"),
	STRING_NOT("text", "31.12.20251234567"),
	STRING_NOT("text", "45 10 123456"),
	STRING_NOT("text", "https://example.com/t?order=17"),
	STRING_NOT("text", "/t?order=17"),
	STRING_NOT("text", "https://example.com/#a17"),
	STRING_NOT("text", "ivan%40example.com"),
	STRING_NOT("text", "ivan&#64;example.com"),
	STRING_NOT("text", "\\u0438\\u0432"),
	STRING_NOT("text", "{\"name\":\"x\"}"),
	STRING_NOT("text", "Bearer abc"),
	STRING_NOT("text", "~phone:0123456789abcdef"),
	STRING_NOT("text", "key 0a1b2c3d4e5f6a7b8"),
	STRING_NOT("text", "01234567-89ab-cdef-0123-456789abcdef"),
	STRING_NOT("text", "AbCdEfGhIjKlMnOpQrStUv"),
	STRING_NOT("text", "a\x1b[31m"),
	STRING_NOT("text", "a\nb"),
	STRING_NOT("text", "a\xE2\x80\x8B"
					   "b"),
	STRING_NOT("text", "a\xE2\x80\xAE"
					   "b"),
	STRING_NOT("text", "a\xC2\x85"
					   "b"),
	NUMBER_NOT("text", "5"),
};

static void assert_samples(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct sample *sample = &samples[i];
		enum afd_policy_type type = afd_policy_type_of(sample->type);
		assert_int_not_equal(type, AFD_SHOW_TYPES);
		struct afd_scalar scalar = { sample->json, afd_span_of(sample->text) };
		if (afd_scalar_fits(&scalar, type, "") != sample->fits)
			fail_msg("%s: '%s' %s", sample->type, sample->text, sample->fits ? "does not fit" : "fits");
	}
}

static void numbers_fit_by_their_spelling(void **state)
{
	(void)state;
	assert_samples(number_samples, sizeof number_samples / sizeof *number_samples);
}

static void times_and_dates_are_real_ones(void **state)
{
	(void)state;
	assert_samples(time_samples, sizeof time_samples / sizeof *time_samples);
}

static void names_and_codes_have_exact_forms(void **state)
{
	(void)state;
	assert_samples(name_samples, sizeof name_samples / sizeof *name_samples);
}

static void text_holds_nothing_that_looks_private(void **state)
{
	(void)state;
	assert_samples(text_samples, sizeof text_samples / sizeof *text_samples);
}

static void text_has_two_hundred_characters_at_most(void **state)
{
	(void)state;
	char text[2 * 201 + 1];
	for (size_t i = 0; i < 201; i++)
		memcpy(text + 2 * i, "\xD0\xB6", 2);
	assert_true(afd_text_is_prose((struct afd_span){ text, 400 }));
	assert_false(afd_text_is_prose((struct afd_span){ text, 402 }));
}

static void a_nul_is_no_end_of_a_text(void **state)
{
	(void)state;
	struct afd_span dated = { "2025-11-09\0"
							  "14:02:30",
							  19 };
	for (int type = 0; type < AFD_SHOW_NEVER; type++) {
		struct afd_scalar word = { AFD_JSON_STRING, { "word\0", 5 } };
		struct afd_scalar release = { AFD_JSON_STRING, { "1.2-a\0", 6 } };
		struct afd_scalar time = { AFD_JSON_STRING, dated };
		assert_false(afd_scalar_fits(&word, (enum afd_policy_type)type, "word"));
		assert_false(afd_scalar_fits(&release, (enum afd_policy_type)type, "1.2-a"));
		assert_false(afd_scalar_fits(&time, (enum afd_policy_type)type, "2025-11-09"));
	}
}

static void one_of_compares_text_and_numbers(void **state)
{
	(void)state;
	static const struct sample samples[] = {
		STRING_FITS("", "RUB"),   STRING_FITS("", "по карте"), STRING_NOT("", "EURO"),
		STRING_NOT("", "EU"),     STRING_NOT("", "RUB\nEUR"),  NUMBER_FITS("", "2"),
		NUMBER_FITS("", "20e-1"), NUMBER_FITS("", "100"),      NUMBER_NOT("", "3"),
		STRING_FITS("", "2"),     STRING_NOT("", "2.0"),
	};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct afd_scalar scalar = { samples[i].json, afd_span_of(samples[i].text) };
		bool fits = afd_scalar_fits(&scalar, AFD_SHOW_ONE_OF, "RUB\nEUR\nпо карте\n3x\n2\n1e2");
		if (fits != samples[i].fits)
			fail_msg("'%s' %s", samples[i].text, fits ? "fits" : "does not fit");
	}
}

static void never_fits_nothing(void **state)
{
	(void)state;
	struct afd_scalar scalar = { AFD_JSON_STRING, AFD_SPAN("e-mail") };
	assert_false(afd_scalar_fits(&scalar, AFD_SHOW_NEVER, "e-mail"));
}

static void types_and_classes_are_closed_lists(void **state)
{
	(void)state;
	size_t types = 0;
	while (afd_policy_types()[types])
		assert_true(afd_policy_type_known(afd_policy_types()[types++]));
	assert_int_equal(types, AFD_SHOW_TYPES);
	assert_false(afd_policy_type_known("whole"));
	assert_false(afd_policy_type_known(""));
	for (size_t i = 0; afd_policy_classes()[i]; i++)
		assert_true(afd_policy_class_known(afd_policy_classes()[i]));
	assert_true(afd_policy_class_known("e-mail"));
	assert_false(afd_policy_class_known("email"));
	assert_false(afd_policy_class_known("key"));
}

static void steps_of_a_path_are_read(void **state)
{
	(void)state;
	struct afd_arena arena = { NULL };
	struct afd_policy_path path;
	struct afd_policy_fault fault;
	assert_true(afd_policy_path_parse("$.data[*].a1 [ -2 ]..имя.*['x\\'\\u0434\\ud83d\\ude00\"'][\"y\"]..[0]",
									  &arena, &path, &fault));
	assert_int_equal(path.count, 9);
	assert_true(afd_span_is(path.steps[0].name, "data"));
	assert_int_equal(path.steps[1].kind, AFD_STEP_ANY);
	assert_true(afd_span_is(path.steps[2].name, "a1"));
	assert_int_equal(path.steps[3].kind, AFD_STEP_INDEX);
	assert_int_equal(path.steps[3].index, -2);
	assert_false(path.steps[3].descends);
	assert_true(afd_span_is(path.steps[4].name, "имя"));
	assert_true(path.steps[4].descends);
	assert_int_equal(path.steps[5].kind, AFD_STEP_ANY);
	assert_true(afd_span_is(path.steps[6].name, "x'д\xF0\x9F\x98\x80\""));
	assert_true(afd_span_is(path.steps[7].name, "y"));
	assert_true(path.steps[8].descends);
	assert_int_equal(path.steps[8].index, 0);
	assert_true(afd_policy_path_parse("$", &arena, &path, &fault));
	assert_int_equal(path.count, 0);
	afd_arena_free(&arena);
}

static void a_bad_path_is_refused_where_it_is_bad(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		size_t offset;
	} bad[] = {
		{ "", 0 },
		{ "data", 0 },
		{ "$data", 1 },
		{ "$.", 2 },
		{ "$.1a", 2 },
		{ "$...a", 1 },
		{ "$.a-b", 3 },
		{ "$[", 2 },
		{ "$[?@.a]", 2 },
		{ "$[0:2]", 3 },
		{ "$[0,1]", 3 },
		{ "$[01]", 2 },
		{ "$[-0]", 2 },
		{ "$[1234567890]", 2 },
		{ "$['a", 4 },
		{ "$['\\q']", 4 },
		{ "$['\\ud83d']", 4 },
		{ "$['\\u12g4']", 4 },
		{ "$['a\nb']", 4 },
		{ "$.a ", 4 },
		{ "$.[0]", 2 },
		{ "$['a\\", 5 },
	};
	struct afd_arena arena = { NULL };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct afd_policy_path path;
		struct afd_policy_fault fault = { AFD_CELL_TYPE, 99, "" };
		if (afd_policy_path_parse(bad[i].path, &arena, &path, &fault))
			fail_msg("accepted: %s", bad[i].path);
		assert_int_equal(fault.cell, AFD_CELL_PATH);
		if (fault.offset != bad[i].offset || strncmp(fault.text, "expected ", 9) != 0)
			fail_msg("%s: offset %zu: %s", bad[i].path, fault.offset, fault.text);
	}
	afd_arena_free(&arena);
}

static void a_row_is_checked_cell_by_cell(void **state)
{
	(void)state;
	static const struct {
		struct afd_shown row;
		bool accepted;
		enum afd_policy_cell cell;
	} cases[] = {
		{ { 1, "$.a", "number", "" }, true, AFD_CELL_PATH },
		{ { 1, "$.a", "one of", "A" }, true, AFD_CELL_PATH },
		{ { 1, "$.a", "never", "phone" }, true, AFD_CELL_PATH },
		{ { 1, "a", "number", "" }, false, AFD_CELL_PATH },
		{ { 1, "$.a", "numbers", "" }, false, AFD_CELL_TYPE },
		{ { 1, "$.a", "number", "1" }, false, AFD_CELL_VALUES },
		{ { 1, "$.a", "one of", "" }, false, AFD_CELL_VALUES },
		{ { 1, "$.a", "never", "" }, false, AFD_CELL_VALUES },
		{ { 1, "$.a", "never", "telephone" }, false, AFD_CELL_VALUES },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct afd_policy_fault fault = { AFD_CELL_PATH, 0, "" };
		assert_int_equal(afd_policy_check(&cases[i].row, &fault), cases[i].accepted);
		assert_int_equal(fault.cell, cases[i].cell);
		assert_int_equal(fault.text[0] == '\0', cases[i].accepted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_fit_by_their_spelling),
		cmocka_unit_test(times_and_dates_are_real_ones),
		cmocka_unit_test(names_and_codes_have_exact_forms),
		cmocka_unit_test(text_holds_nothing_that_looks_private),
		cmocka_unit_test(text_has_two_hundred_characters_at_most),
		cmocka_unit_test(a_nul_is_no_end_of_a_text),
		cmocka_unit_test(one_of_compares_text_and_numbers),
		cmocka_unit_test(never_fits_nothing),
		cmocka_unit_test(types_and_classes_are_closed_lists),
		cmocka_unit_test(steps_of_a_path_are_read),
		cmocka_unit_test(a_bad_path_is_refused_where_it_is_bad),
		cmocka_unit_test(a_row_is_checked_cell_by_cell),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
