/* SPDX-License-Identifier: MIT */
#include "verdict.h"

#include <string.h>

static const char *const verdict_words[] = {
	[AFD_VERDICT_PASS] = "pass",
	[AFD_VERDICT_FAIL] = "fail",
	[AFD_VERDICT_ERROR] = "error",
	[AFD_VERDICT_BLOCKED] = "blocked",
};

static const struct {
	const char *word, *remedy;
} reasons[AFD_REASONS] = {
	[AFD_REASON_NONE] = { "", "" },
	[AFD_REASON_WRITE] = { "write", "Run again with --allow-writes against a server that may be changed." },
	[AFD_REASON_VALUE] = { "value", "Give the value: --var NAME=VALUE or AFFIDAVIT_VAR_NAME." },
	[AFD_REASON_SPEC] = { "spec", "Complete the spec at this line and compile it again." },
	[AFD_REASON_BUDGET] = { "budget", "Raise --max-requests." },
	[AFD_REASON_NEEDS] = { "needs", "Run it together with the test that it needs, once that one passes." },
	[AFD_REASON_STOPPED] = { "stopped", "Run again: the run ended before this case." },
	[AFD_REASON_UNREACHABLE] = { "unreachable", "Start the server, or name another with --base NAME=URL." },
	[AFD_REASON_TRANSPORT] = { "transport", "Check the server and the network, then run again." },
	[AFD_REASON_PROTOCOL] = { "protocol", "The server's answer breaks HTTP: have it corrected." },
	[AFD_REASON_NO_ASSERTION] = { "no assertion", "State in the spec what is expected." },
	[AFD_REASON_BOUNDS] = { "bounds", "Narrow the expectation, or make the answer smaller." },
	[AFD_REASON_DATABASE] = { "database", "See that ClickHouse is there and answers, then run again." },
	[AFD_REASON_REFUSED] = { "refused", "Correct the URL, header or value at this line of the spec." },
};

static struct afd_outcome error(enum afd_reason reason)
{
	return (struct afd_outcome){ AFD_VERDICT_ERROR, reason };
}

struct afd_outcome afd_verdict_of_case(struct afd_judgement judgement)
{
	if (!judgement.received)
		return error(judgement.violation ? AFD_REASON_PROTOCOL : AFD_REASON_TRANSPORT);
	if (!judgement.evaluated)
		return error(AFD_REASON_BOUNDS);
	if (judgement.judged == 0 && !judgement.lost)
		return error(AFD_REASON_NO_ASSERTION);
	if (judgement.cut != AFD_REASON_NONE)
		return error(judgement.cut);
	bool held = judgement.held == judgement.judged;
	if (held && judgement.lost)
		return error(AFD_REASON_DATABASE);
	return (struct afd_outcome){ held ? AFD_VERDICT_PASS : AFD_VERDICT_FAIL, AFD_REASON_NONE };
}

void afd_tally_add(struct afd_tally *tally, struct afd_outcome outcome, bool sent, bool answered)
{
	tally->by_verdict[outcome.verdict]++;
	tally->by_reason[outcome.reason]++;
	tally->sent += sent;
	tally->executed += answered;
}

unsigned afd_tally_percent(const struct afd_tally *tally)
{
	return tally->cases ? (unsigned)(tally->executed * 100 / tally->cases) : 0;
}

enum afd_run_verdict afd_verdict_of_run(const struct afd_tally *tally)
{
	if (tally->by_verdict[AFD_VERDICT_FAIL] > 0 || tally->by_verdict[AFD_VERDICT_ERROR] > 0 ||
		tally->mismatches > 0)
		return AFD_RUN_NOT_READY;
	if (!tally->lost && tally->cases > 0 && tally->by_verdict[AFD_VERDICT_PASS] == tally->cases)
		return AFD_RUN_READY;
	return AFD_RUN_INCOMPLETE;
}

const char *afd_run_verdict_words(enum afd_run_verdict verdict, bool rehearsal)
{
	static const char *const words[][2] = {
		[AFD_RUN_READY] = { "READY", "REHEARSAL PASSED" },
		[AFD_RUN_INCOMPLETE] = { "INCOMPLETE", "REHEARSAL INCOMPLETE" },
		[AFD_RUN_NOT_READY] = { "NOT READY", "REHEARSAL FAILED" },
	};
	return words[verdict][rehearsal];
}

enum afd_exit afd_verdict_exit(const struct afd_tally *tally)
{
	enum afd_exit worst = AFD_EXIT_OK;
	size_t withheld = tally->by_verdict[AFD_VERDICT_BLOCKED] - tally->by_reason[AFD_REASON_WRITE];
	if (tally->sent == 0 || withheld > 0 || tally->by_verdict[AFD_VERDICT_ERROR] > 0 || tally->lost)
		worst = AFD_EXIT_NO_VERDICT;
	if (tally->by_verdict[AFD_VERDICT_FAIL] > 0 || tally->mismatches > 0)
		worst = afd_exit_worse(worst, AFD_EXIT_FAILED);
	if (tally->by_reason[AFD_REASON_REFUSED] > 0)
		worst = afd_exit_worse(worst, AFD_EXIT_REFUSED);
	return worst;
}

const char *afd_verdict_word(enum afd_verdict verdict)
{
	return verdict_words[verdict];
}

const char *afd_reason_word(enum afd_reason reason)
{
	return reasons[reason].word;
}

const char *afd_reason_remedy(enum afd_reason reason)
{
	return reasons[reason].remedy;
}

bool afd_outcome_from_words(const char *verdict, const char *reason, struct afd_outcome *outcome)
{
	size_t v = 0;
	size_t r = 0;
	while (v <= AFD_VERDICT_BLOCKED && strcmp(verdict, verdict_words[v]) != 0)
		v++;
	while (r < AFD_REASONS && strcmp(reason, reasons[r].word) != 0)
		r++;
	*outcome = (struct afd_outcome){ (enum afd_verdict)v, (enum afd_reason)r };
	return v <= AFD_VERDICT_BLOCKED && r < AFD_REASONS;
}
