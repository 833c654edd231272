/* SPDX-License-Identifier: MIT */
#include "fault.h"

#include <cjson/cJSON.h>

#include <string.h>

/* Sorted by name. */
static const struct sim_fault faults[] = {
	{ "auth-rejected", "a valid token is refused", SIM_ON_ALL, NULL, NULL },
	{ "bad-utf8", "a byte that is not UTF-8 stands in a string", SIM_ON_READS, NULL, afd_sim_bad_utf8 },
	{ "broken-upsert", "creating what exists creates it again", SIM_ON_WRITES, NULL, NULL },
	{ "changed-currency", "every currency_id is USD", SIM_ON_READS, afd_sim_change_currency, NULL },
	{ "double-write", "a write is done twice", SIM_ON_WRITES, NULL, NULL },
	{ "doubled-record", "the first record of a list comes again at its end", SIM_ON_READS,
	  afd_sim_double_record, NULL },
	{ "duplicate-key", "the first key of the answer comes twice", SIM_ON_READS, NULL, afd_sim_duplicate_key },
	{ "empty-body", "200 with no bytes", SIM_ON_READS, NULL, afd_sim_empty_body },
	{ "empty-list", "a list is empty and its total is 0", SIM_ON_READS, afd_sim_empty_list, NULL },
	{ "error-as-success", "a refusal comes as 200 with an empty record", SIM_ON_ALL, NULL,
	  afd_sim_error_as_success },
	{ "error-with-200", "a read comes as 200 with an error body", SIM_ON_READS, NULL,
	  afd_sim_error_with_200 },
	{ "foreign-record", "a filtered list holds a record that the filter excludes", SIM_ON_READS, NULL, NULL },
	{ "html-with-200", "200 with an HTML page", SIM_ON_READS, NULL, afd_sim_html_with_200 },
	{ "huge-number", "the id is 2^53 + 1", SIM_ON_READS, afd_sim_huge_number, NULL },
	{ "lost-filter", "where and filter are ignored", SIM_ON_READS, NULL, NULL },
	{ "lost-order", "orderBy is ignored", SIM_ON_READS, NULL, NULL },
	{ "lost-record", "the last record of a list is missing", SIM_ON_READS, afd_sim_lose_record, NULL },
	{ "lost-write", "a write is answered and not kept", SIM_ON_WRITES, NULL, NULL },
	{ "lost-zone", "times have no zone", SIM_ON_READS, NULL, afd_sim_lose_zone },
	{ "missing-field", "the first record has no id", SIM_ON_READS, afd_sim_missing_field, NULL },
	{ "new-private-field", "the first record has an undocumented e-mail", SIM_ON_ALL,
	  afd_sim_new_private_field, NULL },
	{ "no-auth-accepted", "any token is accepted, and none", SIM_ON_ALL, NULL, NULL },
	{ "no-reply", "the connection is closed without an answer", SIM_ON_READS, NULL, afd_sim_no_reply },
	{ "null-field", "the first record's id is null", SIM_ON_READS, afd_sim_null_field, NULL },
	{ "off-by-one-amount", "the first price is 1 too high", SIM_ON_READS, afd_sim_off_by_one, NULL },
	{ "rate-limited", "429", SIM_ON_READS, NULL, afd_sim_rate_limit },
	{ "redirect", "302 to another host", SIM_ON_READS, NULL, afd_sim_redirect },
	{ "renamed-field", "the first record's id is called ID", SIM_ON_READS, afd_sim_rename_field, NULL },
	{ "short-body", "fewer bytes than Content-Length says", SIM_ON_READS, NULL, afd_sim_short_body },
	{ "slow-reply", "the answer takes 1.5 s", SIM_ON_READS, NULL, afd_sim_slow_reply },
	{ "stale-record", "an update is answered and changes nothing", SIM_ON_WRITES, NULL, NULL },
	{ "swapped-ids", "two records have each other's id", SIM_ON_READS, afd_sim_swap_ids, NULL },
	{ "trailing-garbage", "bytes follow the JSON", SIM_ON_READS, NULL, afd_sim_trailing_garbage },
	{ "truncated-json", "the JSON ends in its middle", SIM_ON_READS, NULL, afd_sim_truncate },
	{ "type-change", "the first record's id is of another type", SIM_ON_READS, afd_sim_type_change, NULL },
	{ "write-on-read", "a read changes what later reads say", SIM_ON_READS, NULL, NULL },
	{ "wrong-content-type", "JSON comes as text/plain", SIM_ON_READS, NULL, afd_sim_wrong_content_type },
	{ "wrong-error-code", "an error has the code UNKNOWN_ERROR", SIM_ON_ALL, NULL, afd_sim_wrong_error_code },
	{ "wrong-page", "every page is the first one", SIM_ON_READS, NULL, NULL },
	{ "wrong-status", "a read comes as 500", SIM_ON_READS, NULL, afd_sim_wrong_status },
	{ "wrong-total", "the total is 1 too high", SIM_ON_READS, afd_sim_wrong_total, NULL },
};

bool afd_sim_ask_fault(struct sim_fault_set *set, const char *asked)
{
	struct afd_span name = { asked, strcspn(asked, "@") };
	for (size_t i = 0; i < sizeof faults / sizeof *faults && set->count < SIM_FAULTS_MAX; i++) {
		if (!afd_span_is(name, faults[i].name))
			continue;
		set->asked[set->count].fault = &faults[i];
		set->asked[set->count++].part = asked[name.size] ? asked + name.size + 1 : NULL;
		return true;
	}
	return false;
}

void afd_sim_list_faults(FILE *out)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		fprintf(out, "%-18s %s\n", faults[i].name, faults[i].summary);
}

bool afd_sim_has_fault(const struct sim_fault_set *set, const char *name)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->asked[i].fault->name, name) == 0)
			return true;
	return false;
}

static bool touches(const struct sim_asked_fault *asked, const struct sim_request *request,
					const struct sim_route *route)
{
	enum sim_reach needed = route && route->effect != SIM_READ ? SIM_ON_WRITES : SIM_ON_READS;
	return (asked->fault->reach & needed) && (!asked->part || strstr(request->path, asked->part));
}

bool afd_sim_is_faulty(const struct sim_fault_set *set, const char *name, const struct sim_request *request,
					   const struct sim_route *route)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->asked[i].fault->name, name) == 0 && touches(&set->asked[i], request, route))
			return true;
	return false;
}

static bool is_json(const struct sim_answer *answer)
{
	return answer->status == 200 && strcmp(answer->type, "application/json") == 0;
}

static void twist(const struct sim_fault *fault, struct sim_answer *answer)
{
	cJSON *root = is_json(answer) ? cJSON_ParseWithLength(answer->body.data, answer->body.size) : NULL;
	if (!root)
		return;
	struct sim_parts parts = afd_sim_parts(root);
	fault->twist(&parts);
	afd_sim_replace_body(answer, root);
	cJSON_Delete(root);
}

void afd_sim_spoil(const struct sim_fault_set *set, const struct sim_request *request,
				   const struct sim_route *route, struct sim_answer *answer)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct sim_fault *fault = set->asked[i].fault;
		if (!touches(&set->asked[i], request, route))
			continue;
		if (fault->twist)
			twist(fault, answer);
		if (fault->spoil)
			fault->spoil(request, answer);
	}
}
