/* SPDX-License-Identifier: MIT
 * Writing records as JSON, by their shapes. */
#include "shape.h"

#include <cjson/cJSON.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ZONE_SECONDS = 3 * 3600 };

void afd_sim_append(struct afd_arena *arena, struct sim_list *list, void *record)
{
	void **slot = afd_arena_push(arena, &list->items, &list->count, sizeof *list->items);
	*slot = record;
}

static const char *escape_of(char byte)
{
	switch (byte) {
	case '"': return "\\\"";
	case '\\': return "\\\\";
	case '/': return "\\/";
	case '\n': return "\\n";
	case '\r': return "\\r";
	case '\t': return "\\t";
	default: return NULL;
	}
}

void afd_sim_write_string(struct afd_text *out, const char *string)
{
	afd_text_putc(out, '"');
	while (*string) {
		size_t plain = 0;
		while ((unsigned char)string[plain] >= 0x20 && !escape_of(string[plain]))
			plain++;
		afd_text_add(out, (struct afd_span){ string, plain });
		string += plain;
		if (!*string)
			break;
		const char *escape = escape_of(*string);
		if (escape)
			afd_text_puts(out, escape);
		else
			afd_text_printf(out, "\\u%04x", (unsigned)(unsigned char)*string);
		string++;
	}
	afd_text_putc(out, '"');
}

void afd_sim_write_int(struct afd_text *out, int64_t number)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0)
		digits[--at] = '-';
	afd_text_add(out, (struct afd_span){ digits + at, sizeof digits - at });
}

static void write_two(struct afd_text *out, char before, int number)
{
	const char bytes[] = { before, (char)('0' + number / 10 % 10), (char)('0' + number % 10) };
	afd_text_add(out, (struct afd_span){ bytes, sizeof bytes });
}

void afd_sim_write_time(struct afd_text *out, int64_t time)
{
	struct tm parts;
	time_t local = (time_t)(time + ZONE_SECONDS);
	gmtime_r(&local, &parts);
	afd_text_putc(out, '"');
	afd_sim_write_int(out, parts.tm_year + 1900);
	write_two(out, '-', parts.tm_mon + 1);
	write_two(out, '-', parts.tm_mday);
	write_two(out, 'T', parts.tm_hour);
	write_two(out, ':', parts.tm_min);
	write_two(out, ':', parts.tm_sec);
	afd_text_puts(out, "+03:00\"");
}

/* As PHP prints a float: no trailing zeros, no point where the amount is whole. */
void afd_sim_write_money(struct afd_text *out, int64_t amount)
{
	int64_t rest = amount < 0 ? -amount : amount;
	if (amount < 0)
		afd_text_putc(out, '-');
	afd_sim_write_int(out, rest / 100);
	int cents = (int)(rest % 100);
	if (cents == 0)
		return;
	write_two(out, '.', cents);
	if (cents % 10 == 0)
		out->data[--out->size] = '\0';
}

static void write_number(struct afd_text *out, enum sim_kind kind, int64_t number)
{
	if (number == SIM_NONE)
		afd_text_puts(out, "null");
	else if (kind == SIM_MONEY)
		afd_sim_write_money(out, number);
	else if (kind == SIM_TIME)
		afd_sim_write_time(out, number);
	else
		afd_sim_write_int(out, number);
}

static void write_list(struct afd_text *out, const struct sim_shape *shape, const struct sim_list *list)
{
	afd_text_putc(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0)
			afd_text_putc(out, ',');
		afd_sim_write(out, shape, list->items[i]);
	}
	afd_text_putc(out, ']');
}

static void write_pointed(struct afd_text *out, const struct sim_field *field, const void *pointed)
{
	if (!pointed)
		afd_text_puts(out, field->literal ? field->literal : "null");
	else if (field->kind == SIM_OBJECT)
		afd_sim_write(out, field->shape, pointed);
	else if (field->kind == SIM_TEXT)
		afd_sim_write_string(out, pointed);
	else
		afd_text_puts(out, pointed);
}

static void write_value(struct afd_text *out, const struct sim_field *field, const void *record)
{
	const void *member = (const char *)record + field->offset;
	switch (field->kind) {
	case SIM_INT:
	case SIM_MONEY:
	case SIM_TIME: write_number(out, field->kind, *(const int64_t *)member); break;
	case SIM_BOOL: afd_text_puts(out, *(const bool *)member ? "true" : "false"); break;
	case SIM_FLAG: afd_text_putc(out, *(const bool *)member ? '1' : '0'); break;
	case SIM_TEXT:
	case SIM_RAW:
	case SIM_OBJECT: write_pointed(out, field, *(const void *const *)member); break;
	case SIM_LIST: write_list(out, field->shape, member); break;
	case SIM_CONSTANT: afd_text_puts(out, field->literal); break;
	}
}

static bool is_selected(const struct sim_field *field, const cJSON *select)
{
	if (field->flags & SIM_HIDDEN)
		return false;
	const cJSON *name;
	cJSON_ArrayForEach(name, select) if (cJSON_IsString(name) &&
										 strcmp(name->valuestring, field->name) == 0) return true;
	return select == NULL;
}

void afd_sim_write_selected(struct afd_text *out, const struct sim_shape *shape, const void *record,
							const cJSON *select)
{
	const char *before = "{\"";
	for (size_t i = 0; i < shape->count; i++) {
		const struct sim_field *field = &shape->fields[i];
		if (!is_selected(field, select))
			continue;
		afd_text_puts(out, before);
		afd_text_puts(out, field->name);
		afd_text_puts(out, "\":");
		write_value(out, field, record);
		before = ",\"";
	}
	afd_text_puts(out, *before == '{' ? "{}" : "}");
}

void afd_sim_write(struct afd_text *out, const struct sim_shape *shape, const void *record)
{
	afd_sim_write_selected(out, shape, record, NULL);
}
