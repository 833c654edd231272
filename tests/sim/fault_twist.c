/* SPDX-License-Identifier: MIT
 * Faults in the records of an answer. */
#include "fault.h"

#include <cjson/cJSON.h>

#include <stdio.h>
#include <string.h>

static cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

struct sim_parts afd_sim_parts(cJSON *root)
{
	cJSON *data = member(root, "data") ? member(root, "data") : member(root, "result");
	cJSON *zones = member(data ? data : root, "zones");
	cJSON *content = zones ? zones : data ? data : root;
	struct sim_parts parts = { .root = root };
	if (zones && member(zones->child, "seats"))
		content = member(zones->child, "seats");
	if (cJSON_IsArray(content))
		parts.list = content;
	parts.record = parts.list ? content->child : content;
	if (!cJSON_IsObject(parts.record))
		parts.record = NULL;
	return parts;
}

void afd_sim_replace_body(struct sim_answer *answer, const cJSON *root)
{
	char *printed = cJSON_PrintUnformatted(root);
	afd_text_clear(&answer->body);
	if (printed)
		afd_text_puts(&answer->body, printed);
	cJSON_free(printed);
}

/* The member that tells a record from the others. */
static cJSON *identity(const cJSON *record)
{
	static const char *const names[] = { "id", "barcode", "seat_id" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (member(record, names[i]))
			return member(record, names[i]);
	return NULL;
}

static void replace(cJSON *record, cJSON *item)
{
	cJSON *old = identity(record);
	if (old)
		cJSON_ReplaceItemInObjectCaseSensitive(record, old->string, item);
	else
		cJSON_Delete(item);
}

static void set_total(const struct sim_parts *parts, double change, bool whole)
{
	cJSON *total = member(member(parts->root, "paging"), "total");
	double number = whole || !total ? change : total->valuedouble + change;
	if (total)
		cJSON_SetNumberValue(total, number);
}

void afd_sim_lose_record(const struct sim_parts *parts)
{
	int count = cJSON_GetArraySize(parts->list);
	if (count > 0)
		cJSON_DeleteItemFromArray(parts->list, count - 1);
}

void afd_sim_double_record(const struct sim_parts *parts)
{
	/* At the end: Debian's cJSON 1.7.15 refuses to insert anywhere but at the start. */
	if (parts->list && parts->record)
		cJSON_AddItemToArray(parts->list, cJSON_Duplicate(parts->record, true));
}

void afd_sim_empty_list(const struct sim_parts *parts)
{
	while (parts->list && parts->list->child)
		cJSON_DeleteItemFromArray(parts->list, 0);
	set_total(parts, 0, true);
}

void afd_sim_swap_ids(const struct sim_parts *parts)
{
	cJSON *other = parts->list && parts->record ? parts->record->next : NULL;
	cJSON *mine = identity(parts->record), *theirs = identity(other);
	if (mine && theirs) {
		cJSON *copy = cJSON_Duplicate(mine, true);
		replace(parts->record, cJSON_Duplicate(theirs, true));
		replace(other, copy);
	} else if (cJSON_IsNumber(mine)) {
		cJSON_SetNumberValue(mine, (mine->valuedouble + 1));
	}
}

void afd_sim_wrong_total(const struct sim_parts *parts)
{
	set_total(parts, 1, false);
}

void afd_sim_change_currency(const struct sim_parts *parts)
{
	struct sim_parts inner = *parts;
	for (cJSON *child = parts->root->child; child; child = child->next) {
		inner.root = child;
		afd_sim_change_currency(&inner);
		if (child->string && strcmp(child->string, "currency_id") == 0)
			cJSON_SetValuestring(child, "USD");
	}
}

/* The price of the first ticket, where the record has tickets. */
void afd_sim_off_by_one(const struct sim_parts *parts)
{
	const cJSON *baskets = member(parts->record, "baskets");
	cJSON *price = member(baskets && baskets->child ? baskets->child : parts->record, "price");
	if (cJSON_IsNumber(price))
		cJSON_SetNumberValue(price, (price->valuedouble + 1));
}

void afd_sim_missing_field(const struct sim_parts *parts)
{
	cJSON *id = identity(parts->record);
	if (id)
		cJSON_Delete(cJSON_DetachItemViaPointer(parts->record, id));
}

void afd_sim_null_field(const struct sim_parts *parts)
{
	replace(parts->record, cJSON_CreateNull());
}

void afd_sim_type_change(const struct sim_parts *parts)
{
	const cJSON *id = identity(parts->record);
	char text[32];
	snprintf(text, sizeof text, "%.0f", cJSON_IsNumber(id) ? id->valuedouble : 0);
	replace(parts->record, cJSON_IsNumber(id) ? cJSON_CreateString(text) : cJSON_CreateNumber(1));
}

void afd_sim_rename_field(const struct sim_parts *parts)
{
	cJSON *id = identity(parts->record);
	if (id)
		cJSON_AddItemToObject(parts->record, "ID", cJSON_DetachItemViaPointer(parts->record, id));
}

void afd_sim_huge_number(const struct sim_parts *parts)
{
	replace(parts->record, cJSON_CreateRaw("9007199254740993"));
}

void afd_sim_new_private_field(const struct sim_parts *parts)
{
	if (parts->record)
		cJSON_AddStringToObject(parts->record, "support_contact", SIM_NEW_PRIVATE_VALUE);
}
