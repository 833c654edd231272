/* SPDX-License-Identifier: MIT
 * Verdicts: every combination of what can be known, and every account. */
#include "verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_outcome(struct afd_judgement judgement, enum afd_verdict verdict, enum afd_reason reason)
{
	struct afd_outcome outcome = afd_verdict_of_case(judgement);
	assert_int_equal(outcome.verdict, verdict);
	assert_int_equal(outcome.reason, reason);
}

static void a_case_is_judged_by_rule(void **state)
{
	(void)state;
	for (int bits = 0; bits < 8; bits++)
		for (size_t judged = 0; judged < 3; judged++)
			for (size_t held = 0; held <= judged; held++) {
				struct afd_judgement it = { .received = bits & 1,
											.violation = bits & 2,
											.evaluated = bits & 4,
											.judged = judged,
											.held = held };
				if (!it.received)
					assert_outcome(it, AFD_VERDICT_ERROR,
								   it.violation ? AFD_REASON_PROTOCOL : AFD_REASON_TRANSPORT);
				else if (!it.evaluated)
					assert_outcome(it, AFD_VERDICT_ERROR, AFD_REASON_BOUNDS);
				else if (judged == 0)
					assert_outcome(it, AFD_VERDICT_ERROR, AFD_REASON_NO_ASSERTION);
				else
					assert_outcome(it, held == judged ? AFD_VERDICT_PASS : AFD_VERDICT_FAIL, AFD_REASON_NONE);
			}
}

static void lost_tables_leave_no_pass(void **state)
{
	(void)state;
	struct afd_judgement it = { .received = true, .evaluated = true, .lost = true };
	assert_outcome(it, AFD_VERDICT_ERROR, AFD_REASON_DATABASE);
	it.judged = it.held = 2;
	assert_outcome(it, AFD_VERDICT_ERROR, AFD_REASON_DATABASE);
	it.held = 1;
	assert_outcome(it, AFD_VERDICT_FAIL, AFD_REASON_NONE);
}

static void waiting_that_was_cut_is_no_verdict(void **state)
{
	(void)state;
	struct afd_judgement it = { .received = true, .evaluated = true, .judged = 2, .held = 1 };
	assert_outcome(it, AFD_VERDICT_FAIL, AFD_REASON_NONE);
	it.cut = AFD_REASON_STOPPED;
	assert_outcome(it, AFD_VERDICT_ERROR, AFD_REASON_STOPPED);
}

static struct afd_tally tally(size_t cases, size_t pass, size_t fail, size_t error, size_t write,
							  size_t value)
{
	struct afd_tally tally = { .cases = cases };
	for (size_t i = 0; i < pass; i++)
		afd_tally_add(&tally, (struct afd_outcome){ AFD_VERDICT_PASS, AFD_REASON_NONE }, true, true);
	for (size_t i = 0; i < fail; i++)
		afd_tally_add(&tally, (struct afd_outcome){ AFD_VERDICT_FAIL, AFD_REASON_NONE }, true, true);
	for (size_t i = 0; i < error; i++)
		afd_tally_add(&tally, (struct afd_outcome){ AFD_VERDICT_ERROR, AFD_REASON_TRANSPORT }, true, false);
	for (size_t i = 0; i < write; i++)
		afd_tally_add(&tally, (struct afd_outcome){ AFD_VERDICT_BLOCKED, AFD_REASON_WRITE }, false, false);
	for (size_t i = 0; i < value; i++)
		afd_tally_add(&tally, (struct afd_outcome){ AFD_VERDICT_BLOCKED, AFD_REASON_VALUE }, false, false);
	return tally;
}

static void a_run_is_ready_only_where_every_case_of_the_spec_passed(void **state)
{
	(void)state;
	static const struct {
		size_t cases, pass, fail, error, write, value;
		enum afd_run_verdict verdict;
		enum afd_exit code;
	} rows[] = {
		{ 3, 3, 0, 0, 0, 0, AFD_RUN_READY, AFD_EXIT_OK },
		{ 4, 3, 0, 0, 0, 0, AFD_RUN_INCOMPLETE, AFD_EXIT_OK },
		{ 4, 3, 0, 0, 1, 0, AFD_RUN_INCOMPLETE, AFD_EXIT_OK },
		{ 4, 3, 0, 0, 0, 1, AFD_RUN_INCOMPLETE, AFD_EXIT_NO_VERDICT },
		{ 4, 0, 0, 0, 4, 0, AFD_RUN_INCOMPLETE, AFD_EXIT_NO_VERDICT },
		{ 0, 0, 0, 0, 0, 0, AFD_RUN_INCOMPLETE, AFD_EXIT_NO_VERDICT },
		{ 4, 3, 1, 0, 0, 0, AFD_RUN_NOT_READY, AFD_EXIT_FAILED },
		{ 4, 3, 0, 1, 0, 0, AFD_RUN_NOT_READY, AFD_EXIT_NO_VERDICT },
		{ 4, 1, 1, 1, 0, 1, AFD_RUN_NOT_READY, AFD_EXIT_FAILED },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_tally it =
			tally(rows[i].cases, rows[i].pass, rows[i].fail, rows[i].error, rows[i].write, rows[i].value);
		assert_int_equal(afd_verdict_of_run(&it), rows[i].verdict);
		assert_int_equal(afd_verdict_exit(&it), rows[i].code);
	}
}

static void a_run_whose_tables_do_not_add_up_fails(void **state)
{
	(void)state;
	struct afd_tally it = tally(2, 2, 0, 0, 0, 0);
	it.mismatches = 1;
	assert_int_equal(afd_verdict_of_run(&it), AFD_RUN_NOT_READY);
	assert_int_equal(afd_verdict_exit(&it), AFD_EXIT_FAILED);
}

static void a_run_whose_tables_were_lost_is_not_ready(void **state)
{
	(void)state;
	struct afd_tally it = tally(2, 2, 0, 0, 0, 0);
	it.lost = true;
	assert_int_equal(afd_verdict_of_run(&it), AFD_RUN_INCOMPLETE);
	assert_int_equal(afd_verdict_exit(&it), AFD_EXIT_NO_VERDICT);
	it.mismatches = 1;
	assert_int_equal(afd_verdict_exit(&it), AFD_EXIT_FAILED);
}

static void a_refused_request_is_worse_than_a_failed_test(void **state)
{
	(void)state;
	struct afd_tally it = tally(3, 1, 1, 0, 0, 0);
	afd_tally_add(&it, (struct afd_outcome){ AFD_VERDICT_ERROR, AFD_REASON_REFUSED }, false, false);
	assert_int_equal(afd_verdict_exit(&it), AFD_EXIT_REFUSED);
}

static void coverage_is_rounded_down(void **state)
{
	(void)state;
	struct afd_tally it = tally(200, 199, 0, 0, 0, 0);
	assert_int_equal(afd_tally_percent(&it), 99);
	it = tally(200, 200, 0, 0, 0, 0);
	assert_int_equal(afd_tally_percent(&it), 100);
	it = tally(3, 1, 0, 1, 0, 0);
	assert_int_equal(afd_tally_percent(&it), 33);
	it = tally(0, 0, 0, 0, 0, 0);
	assert_int_equal(afd_tally_percent(&it), 0);
}

static void a_rehearsal_has_its_own_words(void **state)
{
	(void)state;
	assert_string_equal(afd_run_verdict_words(AFD_RUN_READY, false), "READY");
	assert_string_equal(afd_run_verdict_words(AFD_RUN_INCOMPLETE, false), "INCOMPLETE");
	assert_string_equal(afd_run_verdict_words(AFD_RUN_NOT_READY, false), "NOT READY");
	assert_string_equal(afd_run_verdict_words(AFD_RUN_READY, true), "REHEARSAL PASSED");
	assert_string_equal(afd_run_verdict_words(AFD_RUN_INCOMPLETE, true), "REHEARSAL INCOMPLETE");
	assert_string_equal(afd_run_verdict_words(AFD_RUN_NOT_READY, true), "REHEARSAL FAILED");
}

static void words_lead_back_to_the_outcome(void **state)
{
	(void)state;
	for (int v = AFD_VERDICT_PASS; v <= AFD_VERDICT_BLOCKED; v++)
		for (int r = AFD_REASON_NONE; r < AFD_REASONS; r++) {
			struct afd_outcome outcome;
			const char *verdict = afd_verdict_word((enum afd_verdict)v);
			assert_true(afd_outcome_from_words(verdict, afd_reason_word((enum afd_reason)r), &outcome));
			assert_int_equal(outcome.verdict, v);
			assert_int_equal(outcome.reason, r);
			assert_int_equal(afd_reason_remedy((enum afd_reason)r)[0] == '\0', r == AFD_REASON_NONE);
		}
	struct afd_outcome outcome;
	assert_false(afd_outcome_from_words("passed", "", &outcome));
	assert_false(afd_outcome_from_words("pass", "whim", &outcome));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_is_judged_by_rule),
		cmocka_unit_test(a_run_is_ready_only_where_every_case_of_the_spec_passed),
		cmocka_unit_test(lost_tables_leave_no_pass),
		cmocka_unit_test(waiting_that_was_cut_is_no_verdict),
		cmocka_unit_test(a_run_whose_tables_do_not_add_up_fails),
		cmocka_unit_test(a_run_whose_tables_were_lost_is_not_ready),
		cmocka_unit_test(a_refused_request_is_worse_than_a_failed_test),
		cmocka_unit_test(coverage_is_rounded_down),
		cmocka_unit_test(a_rehearsal_has_its_own_words),
		cmocka_unit_test(words_lead_back_to_the_outcome),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
