/* SPDX-License-Identifier: MIT
 * What the tests of the masker share: keys, maskers, the shape of pseudonyms. */
#ifndef AFFIDAVIT_TEST_MASK_SCENE_H
#define AFFIDAVIT_TEST_MASK_SCENE_H

#include "mask.h"
#include "mask_masker.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define ROWS(...)  ((struct afd_policy)AFD_LIST(((const struct afd_shown[]){ __VA_ARGS__ })))
#define WORDS(...) ((struct afd_words)AFD_LIST(((const char *const[]){ __VA_ARGS__ })))

static const struct afd_policy no_rows = { NULL, 0 };
static const struct afd_words no_words = { NULL, 0 };

static inline struct afd_key key_of(unsigned char first)
{
	struct afd_key key = { .id = "00000000" };
	for (size_t i = 0; i < sizeof key.bytes; i++)
		key.bytes[i] = (unsigned char)(first + i);
	return key;
}

static inline struct afd_masker *masker_with(struct afd_policy policy, struct afd_words words, unsigned char first)
{
	struct afd_masker *masker;
	struct afd_error err = { 0 };
	struct afd_key key = key_of(first);
	if (afd_masker_new(&masker, &policy, &words, &key, &err) != 0)
		fail_msg("%s", err.text);
	return masker;
}

static inline struct afd_json parse(const char *text)
{
	struct afd_json json;
	struct afd_json_error error = { 0, "" };
	if (!afd_json_parse(afd_span_of(text), &json, &error))
		fail_msg("%s: offset %zu: %s", text, error.offset, error.text);
	return json;
}

/* The masked text, to be freed; *counts may be NULL. */
static inline char *mask(struct afd_policy policy, struct afd_words words, const char *text,
				  struct afd_mask_counts *counts)
{
	struct afd_masker *masker = masker_with(policy, words, 0);
	struct afd_arena arena = { NULL };
	struct afd_json json = parse(text);
	struct afd_masked masked = afd_mask_json(masker, &json, 0, &arena);
	assert_int_equal(strlen(masked.data), masked.size);
	char *copy = strdup(masked.data);
	if (counts)
		*counts = afd_masker_counts(masker);
	afd_json_free(&json);
	afd_masker_free(masker);
	afd_arena_free(&arena);
	return copy;
}

/* `#` of the pattern stands for 16 lower-case hexadecimal digits. */
static inline bool has_shape(const char *text, const char *pattern)
{
	for (; *pattern; pattern++) {
		size_t size = *pattern == '#' ? strspn(text, "0123456789abcdef") : *text == *pattern;
		if (size != (*pattern == '#' ? 16 : 1))
			return false;
		text += size;
	}
	return *text == '\0';
}

static inline void assert_masked(struct afd_policy policy, struct afd_words words, const char *text,
						  const char *pattern)
{
	char *masked = mask(policy, words, text, NULL);
	if (!has_shape(masked, pattern))
		fail_msg("%s\nis not\n%s", masked, pattern);
	free(masked);
}

static inline struct afd_masked text_of(const struct afd_masker *masker, const char *class, const char *value,
								 struct afd_arena *arena)
{
	return afd_mask_text(masker, class, afd_span_of(value), arena);
}

/* Every place of a ticket shop's answer that holds something of a person or that opens a door. */
static const char private_answer[] =
	"{\"data\":[{\"id\":4101,\"uniqid\":\"Zq9private01\",\"payed\":true,\"payed_at\":\"2025-11-09T14:02:30+"
	"03:00\","
	"\"client_id\":77001122,\"payment_card_number\":\"546900******9001\",\"payment_url\":\"https://"
	"pay.example.com/p/Zq9private02\","
	"\"cancel_url\":\"https://pay.example.com/c/"
	"Zq9private03\",\"currency_id\":\"RUB\",\"utm\":[],\"custom\":\"\","
	"\"client\":{\"id\":77001122,\"email\":\"ivan.private04@example.com\",\"details\":{\"name\":\"Иван\","
	"\"surname\":"
	"\"Примеров\",\"middlename\":\"Тестович\",\"phone\":\"+7 900 000-00-05\",\"vk_id\":\"private06\","
	"\"facebook_id\":123450007,\"telegram\":\"@private08\"}},\"fields\":{\"Ваше имя\":\"Пётр Образцов\"},"
	"\"baskets\":[{\"id\":5101,\"barcode\":\"290000000009\",\"seat_id\":\"PARTER-5;12\",\"seat_name\":"
	"\"Партер, ряд 5\","
	"\"price\":1500.50,\"quantity\":1,\"client_email\":\"olga.private10@example.com\",\"client_phone\":"
	"79000000011,"
	"\"client_name\":\"Ольга\",\"client_surname\":\"Образцова\",\"inn\":\"770000000012\",\"kpp\":"
	"\"770000013\","
	"\"legal_name\":\"ИП Образцова\",\"comment\":\"позвонить 8 900 000 00 "
	"14\",\"pdf_url\":\"https://t.example.com/Zq9private15\","
	"\"passbook_url\":\"https://t.example.com/"
	"Zq9private16\",\"fanid_card\":\"F0000017\",\"visitor_user_id\":99000018,"
	"\"spread\":{\"client_emails\":[\"a.private19@example.com\"]}}],"
	"\"olga.private20@example.com\":{\"+79000000021\":\"x\"},"
	"\"promo\":{\"code\":\"PRIVATE22\",\"max_uses_count\":3},\"access\":{\"token\":\"Zq9private23\"},"
	"\"raw\":\"{\\\"email\\\":\\\"k.private24@example.com\\\"}\",\"created_at\":\"звонил Иван\"}],"
	"\"paging\":{\"perPage\":50,\"currentPage\":1,\"total\":100}}";

static const char *const private_pieces[] = {
	"private",   "Иван",         "Примеров", "Тестович", "000-00",  "123450007", "Ваше имя",
	"Образцов",  "290000000009", "example",  "9000000",  "Ольга",   "77001122",  "770000",
	"позвонить", "900 000",      "F0000017", "99000018", "PRIVATE", "звонил",    "546900",
};

static const struct afd_shown shop_rows[] = {
	{ 1, "$.data[*].id", "whole number", "" },
	{ 2, "$.data[*].payed_at", "time", "" },
	{ 3, "$.data[*].created_at", "time", "" },
	{ 4, "$.data[*].currency_id", "one of", "RUB\nUSD\nEUR" },
	{ 5, "$.data[*].client", "never", "name" },
	{ 6, "$.data[*].client.email", "never", "e-mail" },
	{ 7, "$.data[*].client.details.phone", "never", "phone" },
	{ 8, "$.data[*].baskets[*].id", "whole number", "" },
	{ 9, "$.data[*].baskets[*].price", "number", "" },
	{ 10, "$.data[*].baskets[*].quantity", "whole number", "" },
	{ 11, "$.data[*].baskets[*].seat_name", "text", "" },
	{ 12, "$.data[*].baskets[*].comment", "text", "" },
	{ 13, "$.data[*].baskets[*].barcode", "never", "barcode" },
	{ 14, "$.data[*].baskets[*].client_email", "never", "e-mail" },
	{ 15, "$.data[*].baskets[*].client_phone", "never", "phone" },
	{ 16, "$.data[*].promo.code", "never", "promo-code" },
	{ 17, "$.data[*].access.token", "never", "secret" },
	{ 18, "$.data[*].raw", "text", "" },
	{ 19, "$.paging.total", "whole number", "" },
};

static inline void assert_without_private_pieces(const char *masked)
{
	for (size_t i = 0; i < sizeof private_pieces / sizeof *private_pieces; i++)
		if (strstr(masked, private_pieces[i]))
			fail_msg("'%s' is in\n%s", private_pieces[i], masked);
}

#endif
