/* SPDX-License-Identifier: MIT */
#include "evidence_record.h"

#include <cjson/cJSON.h>
#include <stdio.h>

void afd_record_init(struct afd_record *record)
{
	record->root = cJSON_CreateObject();
	record->failed = !record->root;
}

void afd_record_free(struct afd_record *record)
{
	cJSON_Delete(record->root);
	record->root = NULL;
}

static cJSON *add(struct afd_record *record, cJSON *parent, const char *name, cJSON *item)
{
	cJSON *target = parent ? parent : record->root;
	bool added = item && !record->failed &&
				 (name ? cJSON_AddItemToObject(target, name, item) : cJSON_AddItemToArray(target, item));
	if (added)
		return item;
	cJSON_Delete(item);
	record->failed = true;
	return NULL;
}

struct cJSON *afd_record_object(struct afd_record *record, struct cJSON *parent, const char *name)
{
	return add(record, parent, name, cJSON_CreateObject());
}

struct cJSON *afd_record_array(struct afd_record *record, struct cJSON *parent, const char *name)
{
	return add(record, parent, name, cJSON_CreateArray());
}

void afd_record_word(struct afd_record *record, struct cJSON *parent, const char *name, const char *word)
{
	add(record, parent, name, word ? cJSON_CreateString(word) : cJSON_CreateNull());
}

void afd_record_masked(struct afd_record *record, struct cJSON *parent, const char *name,
					   struct afd_masked text)
{
	afd_record_word(record, parent, name, text.data);
}

void afd_record_json(struct afd_record *record, struct cJSON *parent, const char *name,
					 struct afd_masked json)
{
	add(record, parent, name, json.data ? cJSON_CreateRaw(json.data) : cJSON_CreateNull());
}

void afd_record_integer(struct afd_record *record, struct cJSON *parent, const char *name, long long value)
{
	char digits[24];
	snprintf(digits, sizeof digits, "%lld", value);
	add(record, parent, name, cJSON_CreateRaw(digits));
}

void afd_record_count(struct afd_record *record, struct cJSON *parent, const char *name, long long value)
{
	if (value < 0)
		afd_record_null(record, parent, name);
	else
		afd_record_integer(record, parent, name, value);
}

void afd_record_milliseconds(struct afd_record *record, struct cJSON *parent, const char *name, long long us)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%lld.%03lld", us / 1000, us % 1000);
	if (us < 0)
		afd_record_null(record, parent, name);
	else
		add(record, parent, name, cJSON_CreateRaw(digits));
}

void afd_record_bool(struct afd_record *record, struct cJSON *parent, const char *name, bool value)
{
	add(record, parent, name, cJSON_CreateBool(value));
}

void afd_record_null(struct afd_record *record, struct cJSON *parent, const char *name)
{
	add(record, parent, name, cJSON_CreateNull());
}

int afd_record_print(const struct afd_record *record, struct afd_text *out, struct afd_error *err)
{
	char *json = record->failed ? NULL : cJSON_PrintUnformatted(record->root);
	bool added = json && afd_text_puts(out, json);
	cJSON_free(json);
	return added ? 0 : afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory while writing a record");
}
