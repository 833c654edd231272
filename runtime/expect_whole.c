/* SPDX-License-Identifier: MIT
 * Terms on the answer as a whole: the class of a status, JSON, no error, an empty result, where. */
#include "expect_question.h"

#include <string.h>

static struct afd_got got(enum afd_got_kind kind)
{
	return (struct afd_got){ .kind = kind, .node = AFD_JSON_NONE };
}

/* "2xx" */
static bool is_status_class(const char *value)
{
	return value && strlen(value) == 3 && value[0] >= '1' && value[0] <= '5' && (value[1] | 0x20) == 'x' &&
		   (value[2] | 0x20) == 'x';
}

static bool status_class_holds(struct afd_question *question)
{
	long status = question->judged->answer->status;
	question->got = got(AFD_GOT_STATUS);
	question->got.number = status;
	return status / 100 == question->value[0] - '0';
}

/* RFC 6839: application/json, or a type that is built on it. */
static bool is_json_media(const char *media)
{
	return strcmp(media, "application/json") == 0 || afd_span_ends(afd_span_of(media), "+json");
}

static bool json_holds(struct afd_question *question)
{
	bool media = is_json_media(question->judged->answer->media);
	question->got = got(media && !question->judged->json ? AFD_GOT_NOT_JSON : AFD_GOT_MEDIA);
	return media && question->judged->json;
}

static bool media_holds(struct afd_question *question)
{
	if (strcmp(question->value, "JSON") == 0)
		return json_holds(question);
	question->got = got(AFD_GOT_MEDIA);
	return afd_span_equal_nocase(afd_span_of(question->judged->answer->media), afd_span_of(question->value));
}

/* What names the error: its code, else its message, else the whole. */
static uint32_t error_node(const struct afd_json *json)
{
	uint32_t code = afd_answer_code(json);
	uint32_t message = afd_answer_message(json);
	return code != AFD_JSON_NONE ? code : message != AFD_JSON_NONE ? message : 0;
}

static bool error_holds(struct afd_question *question)
{
	const struct afd_json *json = question->judged->json;
	question->got = afd_got_nothing(question);
	if (!json || !afd_answer_has_error(json))
		return false;
	question->got = got(AFD_GOT_NODE);
	question->got.node = error_node(json);
	return true;
}

/* The records are there, as an array, and there are none; an error is no empty result. */
static bool empty_result_holds(struct afd_question *question)
{
	const struct afd_json *json = question->judged->json;
	uint32_t records = AFD_JSON_NONE;
	long count = json ? afd_answer_records(json, &records) : -1;
	question->got = afd_got_nothing(question);
	if (count < 0 || error_holds(question))
		return false;
	question->got = got(AFD_GOT_NUMBER);
	question->got.number = count;
	question->got.unit = "records";
	return count == 0 && json->nodes[records].type == AFD_JSON_ARRAY;
}

afd_whole_term *afd_whole_term_of(const struct afd_term *term)
{
	switch (term->subject) {
	case AFD_STATUS:
		return term->predicate == AFD_IS && is_status_class(term->value) ? status_class_holds : NULL;
	case AFD_MEDIA: return term->predicate == AFD_HOLDS || term->predicate == AFD_IS ? media_holds : NULL;
	case AFD_RECORDS:
		return term->predicate == AFD_IS_EMPTY && !term->negated && term->steps.count == 0
				   ? empty_result_holds
				   : NULL;
	case AFD_ERROR: return error_holds;
	case AFD_WHERE: return afd_where_holds;
	default: return NULL;
	}
}
