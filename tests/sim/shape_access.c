/* SPDX-License-Identifier: MIT
 * Looking up, changing and listing the members of records, by their shapes. */
#include "shape.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct sim_field *find_field(const struct sim_shape *shape, struct afd_span name, bool hidden)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct sim_field *field = &shape->fields[i];
		if (afd_span_is(name, field->name) && (hidden || !(field->flags & SIM_HIDDEN)))
			return field;
	}
	return NULL;
}

static struct sim_value number_value(enum sim_value_kind kind, double number)
{
	return (struct sim_value){ .kind = kind, .number = number };
}

static bool read_value(const struct sim_field *field, const void *member, struct sim_value *value)
{
	*value = (struct sim_value){ .kind = SIM_VALUE_NULL };
	switch (field->kind) {
	case SIM_INT:
	case SIM_MONEY:
	case SIM_TIME: {
		int64_t number = *(const int64_t *)member;
		double scale = field->kind == SIM_MONEY ? 100 : 1;
		if (number != SIM_NONE)
			*value = number_value(field->kind == SIM_TIME ? SIM_VALUE_TIME : SIM_VALUE_NUMBER,
								  (double)number / scale);
		return true;
	}
	case SIM_BOOL:
	case SIM_FLAG: *value = number_value(SIM_VALUE_NUMBER, *(const bool *)member); return true;
	case SIM_TEXT: {
		const char *text = *(const char *const *)member;
		if (text)
			*value = (struct sim_value){ .kind = SIM_VALUE_TEXT, .text = text };
		return true;
	}
	default: return false;
	}
}

bool afd_sim_look_up(const struct sim_shape *shape, const void *record, const char *column, bool hidden,
					 struct sim_value *value)
{
	struct afd_span name = { column, strcspn(column, ".") };
	const struct sim_field *field = find_field(shape, name, hidden);
	if (!field)
		return false;
	const void *member = (const char *)record + field->offset;
	if (column[name.size] == '\0')
		return read_value(field, member, value);
	if (field->kind != SIM_OBJECT)
		return false;
	const void *inner = *(const void *const *)member;
	if (inner)
		return afd_sim_look_up(field->shape, inner, column + name.size + 1, hidden, value);
	*value = (struct sim_value){ .kind = SIM_VALUE_NULL };
	return true;
}

static bool time_of(const cJSON *json, int64_t *time)
{
	return cJSON_IsString(json) && afd_sim_parse_time(json->valuestring, time);
}

static bool is_flag(const cJSON *json)
{
	return cJSON_IsBool(json) || (cJSON_IsNumber(json) && (json->valuedouble == 0 || json->valuedouble == 1));
}

static bool fits(const struct sim_field *field, const cJSON *json)
{
	int64_t time;
	switch (field->kind) {
	case SIM_INT:
	case SIM_MONEY: return cJSON_IsNull(json) || (cJSON_IsNumber(json) && fabs(json->valuedouble) < 1e15);
	case SIM_BOOL:
	case SIM_FLAG: return is_flag(json);
	case SIM_TEXT: return cJSON_IsNull(json) || cJSON_IsString(json);
	case SIM_TIME: return cJSON_IsNull(json) || time_of(json, &time);
	default: return false;
	}
}

static int64_t number_of(enum sim_kind kind, const cJSON *json)
{
	int64_t number = SIM_NONE;
	if (cJSON_IsNull(json))
		return number;
	if (kind == SIM_TIME)
		return time_of(json, &number) ? number : SIM_NONE;
	return llround(json->valuedouble * (kind == SIM_MONEY ? 100 : 1));
}

static void store(struct afd_arena *arena, const struct sim_field *field, void *member, const cJSON *json)
{
	if (field->kind == SIM_TEXT)
		*(const char **)member =
			cJSON_IsNull(json) ? NULL : afd_arena_copy(arena, afd_span_of(json->valuestring));
	else if (field->kind == SIM_BOOL || field->kind == SIM_FLAG)
		*(bool *)member = cJSON_IsTrue(json) || json->valuedouble == 1;
	else
		*(int64_t *)member = number_of(field->kind, json);
}

static const struct sim_field *writable(const struct sim_shape *shape, const cJSON *change)
{
	const struct sim_field *field = find_field(shape, afd_span_of(change->string), true);
	return field && (field->flags & SIM_WRITABLE) ? field : NULL;
}

const char *afd_sim_misfit(const struct sim_shape *shape, const cJSON *changes)
{
	const cJSON *change = cJSON_IsObject(changes) ? changes->child : NULL;
	for (; change; change = change->next) {
		const struct sim_field *field = writable(shape, change);
		if (field && !fits(field, change))
			return field->name;
	}
	return NULL;
}

void afd_sim_change(struct afd_arena *arena, const struct sim_shape *shape, void *record,
					const cJSON *changes)
{
	const cJSON *change = cJSON_IsObject(changes) ? changes->child : NULL;
	for (; change; change = change->next) {
		const struct sim_field *field = writable(shape, change);
		if (field)
			store(arena, field, (char *)record + field->offset, change);
	}
}

static void list_text(struct afd_text *out, const char *text)
{
	const char *tail = strrchr(text, '/');
	afd_text_printf(out, "%s\n", text);
	if (strncmp(text, "https://", 8) == 0 && tail)
		afd_text_printf(out, "%s\n", tail + 1);
}

static void list_member(struct afd_text *out, const struct sim_field *field, const void *member)
{
	int64_t number;
	const void *pointed;
	if (field->kind == SIM_LIST) {
		const struct sim_list *list = member;
		for (size_t i = 0; i < list->count; i++)
			afd_sim_list_private(out, field->shape, list->items[i]);
	} else if (field->kind == SIM_OBJECT) {
		if ((pointed = *(const void *const *)member) != NULL)
			afd_sim_list_private(out, field->shape, pointed);
	} else if (field->flags & SIM_PRIVATE && field->kind == SIM_TEXT) {
		if ((pointed = *(const void *const *)member) != NULL)
			list_text(out, pointed);
	} else if (field->flags & SIM_PRIVATE) {
		if ((number = *(const int64_t *)member) != SIM_NONE) {
			afd_sim_write_int(out, number);
			afd_text_putc(out, '\n');
		}
	}
}

void afd_sim_list_private(struct afd_text *out, const struct sim_shape *shape, const void *record)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct sim_field *field = &shape->fields[i];
		if (field->kind != SIM_CONSTANT && field->kind != SIM_RAW)
			list_member(out, field, (const char *)record + field->offset);
	}
}

/* The seconds east of UTC that `zone` names; an empty one is the vendor's own. */
static bool parse_zone(const char *zone, int64_t *seconds)
{
	int hours, minutes, end = 0;
	char sign;
	*seconds = 3 * 3600;
	if (*zone == '\0')
		return true;
	if (strcmp(zone, "Z") == 0) {
		*seconds = 0;
		return true;
	}
	if (sscanf(zone, "%c%2d:%2d%n", &sign, &hours, &minutes, &end) != 3 || zone[end] != '\0')
		return false;
	*seconds = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
	return sign == '-' || sign == '+';
}

bool afd_sim_parse_time(const char *text, int64_t *time)
{
	struct tm parts = { 0 };
	int64_t east;
	const char *rest = strptime(text, "%Y-%m-%d", &parts);
	if (!rest)
		return false;
	if (*rest == 'T' || *rest == ' ') {
		rest = strptime(rest + 1, "%H:%M:%S", &parts);
		if (rest && *rest == '.')
			rest += 1 + strspn(rest + 1, "0123456789");
	}
	if (!rest || !parse_zone(rest, &east))
		return false;
	*time = (int64_t)timegm(&parts) - east;
	return true;
}
