/* SPDX-License-Identifier: MIT
 * What a term looks at: one row a subject. Values are made one at a time, so that a path may select many
 * nodes. */
#include "expect_question.h"

#include <string.h>

struct afd_got afd_got_nothing(const struct afd_question *question)
{
	enum afd_got_kind kind = question->judged->json ? AFD_GOT_NOTHING : AFD_GOT_NOT_JSON;
	return (struct afd_got){ .kind = kind, .node = AFD_JSON_NONE };
}

static struct afd_got got(enum afd_got_kind kind)
{
	return (struct afd_got){ .kind = kind, .node = AFD_JSON_NONE };
}

/* Values */

static struct afd_span decoded(struct afd_question *question, struct afd_span token)
{
	struct afd_text text;
	afd_text_init(&text, token.size);
	if (!afd_json_decode(token, &text))
		question->unanswered = true;
	struct afd_span copy = { afd_arena_copy(question->arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return copy;
}

struct afd_value afd_value_of_node(struct afd_question *question, uint32_t node)
{
	const struct afd_json *json = question->judged->json;
	struct afd_value value = { .type = json->nodes[node].type, .node = node };
	value.text = afd_json_text(json, node);
	if (value.type == AFD_JSON_STRING)
		value.text = decoded(question, value.text);
	value.got = got(AFD_GOT_NODE);
	value.got.node = node;
	return value;
}

struct afd_value afd_value_of_number(struct afd_question *question, struct afd_got number)
{
	const char *text = afd_arena_printf(question->arena, "%lld", number.number);
	return (struct afd_value){ AFD_JSON_NUMBER, afd_span_of(text), AFD_JSON_NONE, number };
}

struct afd_value afd_value_of_text(struct afd_span text, struct afd_got met)
{
	return (struct afd_value){ AFD_JSON_STRING, text, AFD_JSON_NONE, met };
}

/* Samples */

struct afd_sample afd_sample_of_none(struct afd_got met)
{
	return (struct afd_sample){ .container = AFD_JSON_NONE, .uncountable = true, .got = met };
}

struct afd_sample afd_sample_of(struct afd_value value)
{
	return (struct afd_sample){ .count = 1, .one = value, .container = AFD_JSON_NONE, .got = value.got };
}

uint32_t afd_container(const struct afd_question *question, uint32_t node)
{
	enum afd_json_type type = question->judged->json->nodes[node].type;
	return type == AFD_JSON_ARRAY || type == AFD_JSON_OBJECT ? node : AFD_JSON_NONE;
}

static struct afd_sample one_node(struct afd_question *question, uint32_t node)
{
	if (node == AFD_JSON_NONE)
		return afd_sample_of_none(afd_got_nothing(question));
	struct afd_sample sample = afd_sample_of(afd_value_of_node(question, node));
	sample.container = afd_container(question, node);
	return sample;
}

static struct afd_sample take_status(struct afd_question *question)
{
	struct afd_got status = got(AFD_GOT_STATUS);
	status.number = question->judged->answer->status;
	return afd_sample_of(afd_value_of_number(question, status));
}

static struct afd_sample take_code(struct afd_question *question)
{
	const struct afd_json *json = question->judged->json;
	return one_node(question, json ? afd_answer_code(json) : AFD_JSON_NONE);
}

static struct afd_sample take_message(struct afd_question *question)
{
	const struct afd_json *json = question->judged->json;
	return one_node(question, json ? afd_answer_message(json) : AFD_JSON_NONE);
}

static struct afd_sample take_records(struct afd_question *question)
{
	uint32_t records = AFD_JSON_NONE;
	if (question->judged->json)
		(void)afd_answer_records(question->judged->json, &records);
	struct afd_sample sample = one_node(question, records);
	if (records != AFD_JSON_NONE && question->judged->json->nodes[records].type == AFD_JSON_OBJECT)
		sample.container = AFD_JSON_NONE; /* it is one record */
	return sample;
}

static bool is_field(const struct afd_field *field, const char *name)
{
	return afd_span_equal_nocase(field->name, afd_span_of(name));
}

static struct afd_sample take_fields(struct afd_question *question)
{
	const struct afd_answer *answer = question->judged->answer;
	struct afd_sample sample = afd_sample_of_none(got(AFD_GOT_NOTHING));
	sample.uncountable = false;
	sample.field = question->term->name;
	for (size_t i = 0; i < answer->field_count; i++)
		sample.count += is_field(&answer->fields[i], sample.field);
	return sample;
}

static struct afd_sample select_nodes(struct afd_question *question, const struct afd_jsonpath *path)
{
	struct afd_sample sample = afd_sample_of_none(got(AFD_GOT_NOTHING));
	if (!afd_jsonpath_select(path, question->judged->json, 0, &sample.nodes)) {
		question->unanswered = true;
		return sample;
	}
	sample.count = sample.nodes.count;
	bool singular = afd_jsonpath_is_singular(path);
	sample.uncountable = singular && sample.count == 0;
	if (singular && sample.count == 1)
		sample.container = afd_container(question, sample.nodes.rows[0]);
	return sample;
}

static struct afd_sample take_nodes(struct afd_question *question)
{
	if (!question->judged->json)
		return afd_sample_of_none(afd_got_nothing(question));
	struct afd_jsonpath_error error;
	struct afd_jsonpath *path = afd_jsonpath_parse(afd_span_of(question->term->name), &error);
	question->unanswered = question->unanswered || !path;
	struct afd_sample sample = path ? select_nodes(question, path) : afd_sample_of_none(got(AFD_GOT_NOTHING));
	afd_jsonpath_free(path);
	return sample;
}

static struct afd_sample take_body(struct afd_question *question)
{
	const struct afd_answer *answer = question->judged->answer;
	struct afd_got size = got(AFD_GOT_NUMBER);
	size.number = (long long)answer->body.size;
	size.unit = "bytes";
	if (answer->body.size == 0)
		return afd_sample_of(afd_value_of_text((struct afd_span){ "", 0 }, size));
	struct afd_span text = afd_answer_body(answer).bytes;
	if (!question->judged->json)
		return afd_sample_of(afd_value_of_text(text, size));
	struct afd_sample sample = one_node(question, 0);
	sample.one.text = text;
	return sample;
}

static struct afd_sample take_media(struct afd_question *question)
{
	const char *media = question->judged->answer->media;
	return afd_sample_of(afd_value_of_text(afd_span_of(media), got(AFD_GOT_MEDIA)));
}

static struct afd_sample take_latency(struct afd_question *question)
{
	long long microseconds = question->judged->answer->latency_us;
	struct afd_got latency = got(AFD_GOT_NUMBER);
	latency.number = microseconds / 1000;
	latency.unit = "ms";
	struct afd_value value = afd_value_of_number(question, latency);
	value.text = afd_span_of(
		afd_arena_printf(question->arena, "%lld.%03lld", microseconds / 1000, microseconds % 1000));
	return afd_sample_of(value);
}

static struct afd_sample take_url(struct afd_question *question)
{
	struct afd_got other = got(AFD_GOT_WORD);
	other.word = "another URL";
	if (question->judged->url.size == 0)
		return afd_sample_of_none(got(AFD_GOT_NOTHING));
	return afd_sample_of(afd_value_of_text(question->judged->url, other));
}

/* "name=value; attribute; attribute=value" (RFC 6265 section 4.1.1), one piece at a time. */
static struct afd_span next_piece(struct afd_span *rest)
{
	size_t end = afd_span_find(*rest, ";", 0);
	struct afd_span piece = afd_span_trim(afd_span_first(*rest, end));
	*rest = afd_span_from(*rest, end == SIZE_MAX ? rest->size : end + 1);
	return piece;
}

/* What follows the equals sign; empty where there is none. */
static struct afd_span piece_value(struct afd_span piece)
{
	size_t equals = afd_span_find(piece, "=", 0);
	return afd_span_from(piece, equals == SIZE_MAX ? piece.size : equals + 1);
}

static struct afd_span piece_name(struct afd_span piece)
{
	return afd_span_trim(afd_span_first(piece, afd_span_find(piece, "=", 0)));
}

/* False: the field sets another cookie, or this one without the attribute. `attribute` empty: the value. */
static bool read_cookie(struct afd_span field, struct afd_span name, struct afd_span attribute,
						struct afd_span *value)
{
	struct afd_span piece = next_piece(&field);
	*value = piece_value(piece);
	if (!afd_span_equal(piece_name(piece), name) || attribute.size == 0)
		return afd_span_equal(piece_name(piece), name);
	while (field.size > 0) {
		piece = next_piece(&field);
		*value = piece_value(piece);
		if (afd_span_equal_nocase(piece_name(piece), attribute))
			return true;
	}
	return false;
}

enum { COOKIES_MAX = 1 << 16 };

/* "a=1; b=2", as a request sends them back. */
static struct afd_sample take_all_cookies(struct afd_question *question)
{
	const struct afd_answer *answer = question->judged->answer;
	struct afd_text all;
	afd_text_init(&all, COOKIES_MAX);
	for (size_t i = 0; i < answer->field_count; i++) {
		struct afd_span rest = answer->fields[i].value;
		struct afd_span pair = next_piece(&rest);
		if (is_field(&answer->fields[i], "Set-Cookie") && memchr(pair.data, '=', pair.size)) {
			(void)afd_text_puts(&all, all.size ? "; " : "");
			(void)afd_text_add(&all, pair);
		}
	}
	struct afd_span copy = { all.size ? afd_arena_copy(question->arena, afd_text_span(&all)) : "", all.size };
	bool found = all.size && !all.failed;
	if (all.data)
		explicit_bzero(all.data, all.size);
	afd_text_free(&all);
	return found ? afd_sample_of(afd_value_of_text(copy, got(AFD_GOT_FIELD)))
				 : afd_sample_of_none(got(AFD_GOT_NOTHING));
}

static struct afd_sample take_cookies(struct afd_question *question)
{
	if (strcmp(question->term->name, "*") == 0)
		return take_all_cookies(question);
	const struct afd_answer *answer = question->judged->answer;
	struct afd_sample sample = afd_sample_of_none(got(AFD_GOT_NOTHING));
	sample.uncountable = false;
	struct afd_span attribute = afd_span_of(question->term->name);
	struct afd_span name = next_piece(&attribute);
	attribute = afd_span_trim(attribute);
	for (size_t i = 0; i < answer->field_count; i++) {
		struct afd_span value;
		if (!is_field(&answer->fields[i], "Set-Cookie") ||
			!read_cookie(answer->fields[i].value, name, attribute, &value))
			continue;
		struct afd_value *row =
			afd_arena_push(question->arena, &sample.rows, &sample.count, sizeof *sample.rows);
		*row = afd_value_of_text(value, got(AFD_GOT_FIELD));
	}
	return sample;
}

static struct afd_sample take_address(struct afd_question *question)
{
	struct afd_got other = got(AFD_GOT_WORD);
	other.word = "another address";
	const char *peer = question->judged->answer->peer;
	return peer[0] ? afd_sample_of(afd_value_of_text(afd_span_of(peer), other))
				   : afd_sample_of_none(got(AFD_GOT_NOTHING));
}

static const char *known_version(struct afd_span version)
{
	static const char *const versions[] = { "0.9", "1.0", "1.1", "2", "3" };
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		if (afd_span_is(version, versions[i]))
			return versions[i];
	return "another HTTP version";
}

static struct afd_sample take_version(struct afd_question *question)
{
	struct afd_span version = afd_span_of(question->judged->answer->version);
	struct afd_got met = got(AFD_GOT_WORD);
	met.word = known_version(version);
	return afd_sample_of(afd_value_of_text(version, met));
}

typedef struct afd_sample take(struct afd_question *question);

/* Those that are asked as a whole (expect_whole.c) have no row. */
static take *const subjects[] = {
	[AFD_STATUS] = take_status,   [AFD_CODE] = take_code,       [AFD_MESSAGE] = take_message,
	[AFD_HEADER] = take_fields,   [AFD_PATH] = take_nodes,      [AFD_BODY] = take_body,
	[AFD_RECORDS] = take_records, [AFD_MEDIA] = take_media,     [AFD_LATENCY] = take_latency,
	[AFD_URL] = take_url,         [AFD_VERSION] = take_version, [AFD_COOKIE] = take_cookies,
	[AFD_ADDRESS] = take_address,
};

struct afd_sample afd_sample_take(struct afd_question *question)
{
	size_t subject = (size_t)question->term->subject;
	if (subject < sizeof subjects / sizeof *subjects && subjects[subject])
		return subjects[subject](question);
	question->unanswered = true;
	return afd_sample_of_none(got(AFD_GOT_NOTHING));
}

static struct afd_value value_of_field(const struct afd_question *question, const char *name, size_t index)
{
	const struct afd_answer *answer = question->judged->answer;
	size_t at = 0;
	while (!is_field(&answer->fields[at], name) || index-- > 0)
		at++;
	return afd_value_of_text(answer->fields[at].value, got(AFD_GOT_FIELD));
}

struct afd_value afd_sample_raw(struct afd_question *question, const struct afd_sample *sample, size_t index)
{
	if (sample->rows)
		return sample->rows[index];
	if (sample->nodes.count > 0)
		return afd_value_of_node(question, sample->nodes.rows[index]);
	if (sample->field)
		return value_of_field(question, sample->field, index);
	return sample->one;
}

void afd_sample_free(struct afd_sample *sample)
{
	afd_nodes_free(&sample->nodes);
}
