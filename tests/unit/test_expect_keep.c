/* SPDX-License-Identifier: MIT
 * Values of an answer that are kept for later requests. */
#include "expect_scene.h"

static const struct afd_step first_tag[] = { { AFD_FIRST, NULL } };
static const struct afd_step lower[] = { { AFD_LOWER, NULL } };
static const struct afd_step after_orders[] = { { AFD_AFTER, "/orders?page=" } };
static const struct afd_step missing[] = { { AFD_AFTER, "nowhere" } };
static const struct afd_step count[] = { { AFD_COUNT, NULL } };

#define STEPS(rows)                                                                                          \
	{                                                                                                        \
		(rows), sizeof(rows) / sizeof((rows)[0])                                                             \
	}

/* NULL: nothing is kept. */
static void assert_kept(const struct afd_keep *keep, const char *expected)
{
	struct scene scene;
	struct afd_text value;
	set_up(&scene, orders, JSON_MEDIA);
	afd_text_init(&value, 1000);
	bool kept = afd_expect_value_of(&scene.judged, keep, &value);
	assert_int_equal(kept, expected != NULL);
	if (expected)
		assert_string_equal(value.data, expected);
	afd_text_free(&value);
	tear_down(&scene);
}

static void a_path_gives_its_first_value(void **state)
{
	(void)state;
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[*].id" }, "7");
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[0].currency_id" }, "RUB");
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[0].price" }, "1500.50");
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[0].payed" }, "true");
}

static void steps_are_taken(void **state)
{
	(void)state;
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[0].tags", .steps = STEPS(first_tag) },
				"a");
	assert_kept(
		&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[0].currency_id", .steps = STEPS(lower) },
		"rub");
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data", .steps = STEPS(count) }, "2");
}

static void other_subjects_give_values(void **state)
{
	(void)state;
	assert_kept(&(struct afd_keep){ .subject = AFD_STATUS, .of = "" }, "200");
	assert_kept(&(struct afd_keep){ .subject = AFD_URL, .of = "", .steps = STEPS(after_orders) }, "1");
}

static void what_is_no_scalar_is_not_kept(void **state)
{
	(void)state;
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data" }, NULL);
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.paging" }, NULL);
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.data[0].deleted_at" }, NULL);
	assert_kept(&(struct afd_keep){ .subject = AFD_PATH, .of = "$.nothing" }, NULL);
	assert_kept(&(struct afd_keep){ .subject = AFD_URL, .of = "", .steps = STEPS(missing) }, NULL);
	assert_kept(&(struct afd_keep){ .subject = AFD_HEADER, .of = "Location" }, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_gives_its_first_value),
		cmocka_unit_test(steps_are_taken),
		cmocka_unit_test(other_subjects_give_values),
		cmocka_unit_test(what_is_no_scalar_is_not_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
