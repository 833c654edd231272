/* SPDX-License-Identifier: MIT */
#include "evidence_read.h"

#include "base/file.h"
#include "evidence.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1 << 30 };

const char *afd_record_text_of(const struct cJSON *record, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(record, name));
}

long long afd_record_integer_of(const struct cJSON *record, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(record, name);
	return cJSON_IsNumber(item) ? (long long)item->valuedouble : -1;
}

bool afd_record_bool_of(const struct cJSON *record, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(record, name));
}

static bool has_phase(const cJSON *record, const char *phase)
{
	const char *text = afd_record_text_of(record, "phase");
	return text && strcmp(text, phase) == 0;
}

static bool follows(const struct afd_evidence_lines *lines, const cJSON *record)
{
	const char *prev = afd_record_text_of(record, "prev");
	if (afd_record_integer_of(record, "seq") != (long long)lines->count)
		return false;
	if (lines->count == 0)
		return !cJSON_HasObjectItem(record, "prev") && has_phase(record, "run");
	return prev && strcmp(prev, lines->last) == 0 && !has_phase(lines->rows[lines->count - 1], "end");
}

static bool push(struct afd_evidence_lines *lines, cJSON *record)
{
	if ((lines->count & (lines->count - 1)) == 0) {
		size_t capacity = lines->count ? lines->count * 2 : 1;
		cJSON **rows = realloc(lines->rows, capacity * sizeof(cJSON *));
		if (!rows)
			return false;
		lines->rows = rows;
	}
	lines->rows[lines->count++] = record;
	return true;
}

static int take(struct afd_evidence_lines *lines, struct afd_span bytes, struct afd_error *err)
{
	const char *end = NULL;
	cJSON *record = cJSON_ParseWithLengthOpts(bytes.data, bytes.size, &end, 0);
	int rc = 0;
	if (!cJSON_IsObject(record) || end != bytes.data + bytes.size)
		rc = afd_fail(err, AFD_EXIT_EVIDENCE, "line %zu of the evidence is not a record", lines->count + 1);
	else if (afd_record_integer_of(record, "schema") != AFD_EVIDENCE_SCHEMA)
		rc =
			afd_fail(err, AFD_EXIT_EVIDENCE, "line %zu of the evidence has another schema", lines->count + 1);
	else if (!follows(lines, record))
		rc = afd_fail(err, AFD_EXIT_EVIDENCE,
					  "line %zu of the evidence does not follow from the one before it", lines->count + 1);
	else if (!push(lines, record))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory while reading the evidence");
	if (rc != 0)
		cJSON_Delete(record);
	else
		afd_sha256_hex(bytes, lines->last);
	return rc;
}

static int take_all(struct afd_evidence_lines *lines, struct afd_span text, struct afd_error *err)
{
	int rc = 0;
	while (text.size > 0 && rc == 0) {
		size_t size = afd_span_find(text, "\n", 0);
		if (size == SIZE_MAX)
			return afd_fail(err, AFD_EXIT_EVIDENCE, "line %zu of the evidence is cut off", lines->count + 1);
		rc = take(lines, afd_span_first(text, size), err);
		text = afd_span_from(text, size + 1);
	}
	if (rc == 0 && (lines->count == 0 || !has_phase(lines->rows[lines->count - 1], "end")))
		rc = afd_fail(err, AFD_EXIT_EVIDENCE, "the evidence has no last line: the run did not finish");
	return rc;
}

int afd_evidence_load(const char *path, struct afd_evidence_lines *lines, struct afd_error *err)
{
	*lines = (struct afd_evidence_lines){ 0 };
	struct afd_text text;
	int rc = afd_file_read(path, FILE_LIMIT, &text, err);
	if (rc != 0)
		return rc;
	rc = take_all(lines, afd_text_span(&text), err);
	afd_text_free(&text);
	if (rc != 0)
		afd_evidence_unload(lines);
	return rc;
}

void afd_evidence_unload(struct afd_evidence_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		cJSON_Delete(lines->rows[i]);
	free(lines->rows);
	*lines = (struct afd_evidence_lines){ 0 };
}
