/* SPDX-License-Identifier: MIT
 * responses/ID.json: what is kept of an answer. Everything in it went through the masker. */
#include "suite_case.h"

#include "evidence_record.h"
#include "url.h"

#include <string.h>

enum { ENVELOPE_LIMIT = 512 << 20 };

static bool is_first_of_its_name(const struct afd_answer *answer, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (afd_span_equal_nocase(answer->fields[i].name, answer->fields[index].name))
			return false;
	return true;
}

/* Fields of one name are joined by ", " (RFC 9110 section 5.3). */
static struct afd_masked joined(struct afd_exchange *exchange, size_t index)
{
	const struct afd_answer *answer = &exchange->answer;
	struct afd_masked all = afd_mask_field(exchange->run->masker, &answer->fields[index], &exchange->arena);
	for (size_t i = index + 1; i < answer->field_count; i++) {
		if (!afd_span_equal_nocase(answer->fields[i].name, answer->fields[index].name))
			continue;
		struct afd_masked more = afd_mask_field(exchange->run->masker, &answer->fields[i], &exchange->arena);
		all.data = afd_arena_printf(&exchange->arena, "%s, %s", all.data, more.data);
		all.size += more.size + 2;
	}
	return all;
}

static void add_headers(struct afd_record *record, struct afd_exchange *exchange)
{
	struct cJSON *headers = afd_record_object(record, NULL, "headers");
	const struct afd_answer *answer = &exchange->answer;
	for (size_t i = 0; i < answer->field_count; i++) {
		if (!is_first_of_its_name(answer, i))
			continue;
		struct afd_masked name =
			afd_mask_field_name(exchange->run->masker, &answer->fields[i], &exchange->arena);
		afd_record_masked(record, headers, name.data, joined(exchange, i));
	}
}

static void add_body(struct afd_record *record, struct afd_exchange *exchange)
{
	struct afd_raw raw = afd_answer_body(&exchange->answer);
	if (exchange->is_json) {
		exchange->masked = afd_mask_json(exchange->run->masker, &exchange->json, 0, &exchange->arena);
		afd_record_json(record, NULL, "body", exchange->masked);
		afd_record_null(record, NULL, "json_error");
		return;
	}
	struct cJSON *body = afd_record_object(record, NULL, "body");
	afd_record_integer(record, body, "bytes", (long long)raw.bytes.size);
	afd_record_masked(record, body, "hmac", afd_mask_digest(exchange->run->masker, raw, &exchange->arena));
	struct cJSON *error = afd_record_object(record, NULL, "json_error");
	afd_record_integer(record, error, "offset", (long long)exchange->json_error.offset);
	afd_record_word(record, error, "text", exchange->json_error.text);
}

static void add_media(struct afd_record *record, struct afd_exchange *exchange)
{
	struct afd_field field = { AFD_SPAN("Content-Type"), afd_span_of(exchange->answer.media) };
	struct afd_masked none = { NULL, 0 };
	afd_record_masked(record, NULL, "media",
					  field.value.size ? afd_mask_field(exchange->run->masker, &field, &exchange->arena)
									   : none);
}

static const char *peer_of(const struct afd_exchange *exchange)
{
	if (exchange->answer.peer_loopback)
		return "loopback";
	const struct afd_target *target =
		afd_destination_of(exchange->run, afd_text_span(&exchange->prepared.final), exchange->prepared.base);
	return target ? target->peer : NULL;
}

static void build(struct afd_record *record, struct afd_exchange *exchange)
{
	afd_record_integer(record, NULL, "schema", AFD_EVIDENCE_SCHEMA);
	afd_record_word(record, NULL, "test_id", exchange->of->it->id);
	afd_record_integer(record, NULL, "http_status", exchange->answer.status);
	afd_record_word(record, NULL, "http_version", exchange->answer.version);
	add_media(record, exchange);
	add_headers(record, exchange);
	add_body(record, exchange);
	afd_record_word(record, NULL, "peer", peer_of(exchange));
}

static int print(struct afd_exchange *exchange, struct afd_text *out, struct afd_error *err)
{
	struct afd_record record;
	afd_record_init(&record);
	build(&record, exchange);
	int rc = afd_record_print(&record, out, err);
	afd_record_free(&record);
	if (rc == 0 && !afd_text_putc(out, '\n'))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	return rc;
}

int afd_put_response(struct afd_exchange *exchange, struct afd_error *err)
{
	struct afd_text name, text;
	afd_text_init(&name, 512);
	afd_text_init(&text, ENVELOPE_LIMIT);
	int rc = afd_bundle_case_name(exchange->of->it->id, &name)
				 ? 0
				 : afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	if (rc == 0)
		rc = print(exchange, &text, err);
	if (rc == 0) {
		exchange->line.artifact = afd_publicf(&exchange->arena, "responses/%s.json", name.data);
		const char *file = afd_arena_printf(&exchange->arena, "data/%s", exchange->line.artifact.data);
		rc = afd_bundle_put(&exchange->run->bundle, file, afd_public(afd_text_span(&text), &exchange->arena),
							err);
	}
	exchange->run->artifacts += rc == 0;
	afd_text_free(&name);
	afd_text_free(&text);
	return rc;
}
