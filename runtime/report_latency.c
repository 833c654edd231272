/* SPDX-License-Identifier: MIT
 * Latency per API: integer microseconds throughout, percentiles by nearest rank. */
#include "report_model.h"

#include <stdlib.h>
#include <string.h>

struct sample {
	long long us;
	const struct afd_report_case *of;
};

static const char *api_of(const struct afd_report_case *of)
{
	return of->api ? of->api : "(no base)";
}

static int by_latency(const void *a, const void *b)
{
	const struct sample *x = a;
	const struct sample *y = b;
	if (x->us != y->us)
		return x->us < y->us ? -1 : 1;
	return x->of < y->of ? -1 : x->of > y->of;
}

static long long nearest_rank(const struct sample *samples, size_t count, size_t percent)
{
	return samples[(count * percent + 99) / 100 - 1].us;
}

static struct afd_report_latency summary(const char *api, struct sample *samples, size_t count)
{
	long long sum = 0;
	qsort(samples, count, sizeof *samples, by_latency);
	for (size_t i = 0; i < count; i++)
		sum += samples[i].us;
	long long half = (long long)count / 2;
	return (struct afd_report_latency){
		.api = api,
		.count = count,
		.average = (sum + half) / (long long)count,
		.median = (samples[(count - 1) / 2].us + samples[count / 2].us + 1) / 2,
		.p95 = nearest_rank(samples, count, 95),
		.fastest = samples[0].us,
		.slowest = samples[count - 1].us,
		.fastest_id = samples[0].of->id,
		.slowest_id = samples[count - 1].of->id,
	};
}

static bool is_known(const struct afd_report *report, const char *api)
{
	for (size_t i = 0; i < report->latency_count; i++)
		if (strcmp(report->latencies[i].api, api) == 0)
			return true;
	return false;
}

static void add_api(struct afd_report *report, const char *api, struct sample *samples)
{
	size_t count = 0;
	for (size_t i = 0; i < report->case_count; i++) {
		const struct afd_report_case *of = &report->cases[i];
		if (afd_report_executed(of) && of->latency_us >= 0 && strcmp(api_of(of), api) == 0)
			samples[count++] = (struct sample){ of->latency_us, of };
	}
	struct afd_report_latency *row =
		afd_arena_push(&report->arena, &report->latencies, &report->latency_count, sizeof *report->latencies);
	*row = summary(api, samples, count);
}

void afd_report_latencies(struct afd_report *report)
{
	if (report->case_count == 0)
		return;
	struct sample *samples = afd_arena_array(&report->arena, report->case_count, sizeof *samples);
	for (size_t i = 0; i < report->case_count; i++) {
		const struct afd_report_case *of = &report->cases[i];
		if (afd_report_executed(of) && of->latency_us >= 0 && !is_known(report, api_of(of)))
			add_api(report, api_of(of), samples);
	}
}

void afd_report_milliseconds(struct afd_text *out, long long us)
{
	afd_text_printf(out, "%lld.%03lld", us / 1000, us % 1000);
}
