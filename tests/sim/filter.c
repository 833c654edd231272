/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include <cjson/cJSON.h>

#include <stdlib.h>
#include <string.h>

enum comparison { EQUAL, NOT_EQUAL, LESS, GREATER, AT_MOST, AT_LEAST, AMONG, NOT_AMONG, NOTHING, UNKNOWN };

static enum comparison comparison_of(const cJSON *operator)
{
	static const struct {
		const char *word;
		enum comparison comparison;
	} words[] = {
		{ "=", EQUAL },
		{ "!=", NOT_EQUAL },
		{ "<", LESS },
		{ ">", GREATER },
		{ "<=", AT_MOST },
		{ ">=", AT_LEAST },
		{ "in", AMONG },
		{ "in array", AMONG },
		{ "not in", NOT_AMONG },
		{ "null", NOTHING },
		{ "not in array", NOT_AMONG },
	};
	if (!operator)
		return EQUAL;
	for (size_t i = 0; cJSON_IsString(operator) && i < sizeof words / sizeof *words; i++)
		if (strcmp(operator->valuestring, words[i].word) == 0)
			return words[i].comparison;
	return UNKNOWN;
}

/* A number, a truth value, or a text that is a number as a whole. */
static bool as_number(const cJSON *json, double *number)
{
	char *end = NULL;
	*number = cJSON_IsTrue(json) ? 1 : 0;
	if (cJSON_IsNumber(json))
		*number = json->valuedouble;
	if (cJSON_IsString(json) && *json->valuestring)
		*number = strtod(json->valuestring, &end);
	return cJSON_IsBool(json) || cJSON_IsNumber(json) || (end && *end == '\0');
}

/* The order of a column's value and a filter's value as -1, 0, 1. False where they can't be compared: SQL's
 * null. */
static bool compare(const struct sim_value *value, const cJSON *json, int *order)
{
	int64_t time;
	double number;
	if (value->kind == SIM_VALUE_TEXT && cJSON_IsString(json)) {
		*order = strcmp(value->text, json->valuestring);
		return true;
	}
	if (value->kind == SIM_VALUE_TIME && cJSON_IsString(json)) {
		if (!afd_sim_parse_time(json->valuestring, &time))
			return false;
		*order = (value->number > (double)time) - (value->number < (double)time);
		return true;
	}
	double mine = value->kind == SIM_VALUE_TEXT ? strtod(value->text, NULL) : value->number;
	if (value->kind == SIM_VALUE_NULL || !as_number(json, &number))
		return false;
	*order = (mine > number) - (mine < number);
	return true;
}

static bool is_equal(const struct sim_value *value, const cJSON *json)
{
	int order;
	if (cJSON_IsNull(json))
		return value->kind == SIM_VALUE_NULL;
	return compare(value, json, &order) && order == 0;
}

static bool is_among(const struct sim_value *value, const cJSON *list)
{
	const cJSON *one;
	if (!cJSON_IsArray(list))
		return is_equal(value, list);
	cJSON_ArrayForEach(one, list) if (is_equal(value, one)) return true;
	return false;
}

static bool holds(const struct sim_value *value, enum comparison comparison, const cJSON *json)
{
	int order = 0;
	switch (comparison) {
	case EQUAL: return is_equal(value, json);
	case NOT_EQUAL: return !is_equal(value, json);
	case AMONG: return is_among(value, json);
	case NOT_AMONG: return !is_among(value, json);
	case NOTHING: return value->kind == SIM_VALUE_NULL;
	default: break;
	}
	if (!compare(value, json, &order))
		return false;
	switch (comparison) {
	case LESS: return order < 0;
	case GREATER: return order > 0;
	case AT_MOST: return order <= 0;
	default: return order >= 0;
	}
}

static bool condition_holds(const struct sim_shape *shape, const void *record, const cJSON *condition,
							bool hidden, const char **wrong)
{
	const cJSON *column = cJSON_GetObjectItemCaseSensitive(condition, "column");
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(condition, "value");
	enum comparison comparison = comparison_of(cJSON_GetObjectItemCaseSensitive(condition, "operator"));
	struct sim_value mine;
	if (!cJSON_IsString(column) || comparison == UNKNOWN || (!value && comparison != NOTHING)) {
		*wrong = "where";
		return false;
	}
	if (!afd_sim_look_up(shape, record, column->valuestring, hidden, &mine)) {
		*wrong = column->valuestring;
		return false;
	}
	return holds(&mine, comparison, value);
}

bool afd_sim_satisfies(const struct sim_shape *shape, const void *record, const cJSON *where, bool hidden,
					   const char **wrong)
{
	const cJSON *condition;
	bool all = true;
	if (where && !cJSON_IsArray(where))
		*wrong = "where";
	cJSON_ArrayForEach(condition, where) all =
		condition_holds(shape, record, condition, hidden, wrong) && all;
	return all;
}

/* What sorting needs to know; ties keep the list's order. */
struct sorting {
	const struct sim_shape *shape;
	const cJSON *by;
	bool hidden;
};

struct placed {
	void *record;
	size_t place;
};

static int compare_values(const struct sim_value *a, const struct sim_value *b)
{
	if (a->kind == SIM_VALUE_NULL || b->kind == SIM_VALUE_NULL)
		return (a->kind != SIM_VALUE_NULL) - (b->kind != SIM_VALUE_NULL);
	if (a->kind == SIM_VALUE_TEXT)
		return strcmp(a->text, b->text);
	return (a->number > b->number) - (a->number < b->number);
}

static int compare_placed(const void *left, const void *right, void *context)
{
	const struct placed *a = left, *b = right;
	const struct sorting *sorting = context;
	const cJSON *key;
	cJSON_ArrayForEach(key, sorting->by)
	{
		struct sim_value x, y;
		if (!afd_sim_look_up(sorting->shape, a->record, key->string, sorting->hidden, &x) ||
			!afd_sim_look_up(sorting->shape, b->record, key->string, sorting->hidden, &y))
			continue;
		int order = compare_values(&x, &y);
		if (order != 0)
			return strcmp(key->valuestring, "desc") == 0 ? -order : order;
	}
	return (a->place > b->place) - (a->place < b->place);
}

static const char *check_order(const struct sorting *sorting, const void *record)
{
	const cJSON *key;
	struct sim_value value;
	if (sorting->by && !cJSON_IsObject(sorting->by))
		return "orderBy";
	cJSON_ArrayForEach(key, sorting->by)
	{
		if (!cJSON_IsString(key) ||
			(strcmp(key->valuestring, "asc") != 0 && strcmp(key->valuestring, "desc") != 0))
			return "orderBy";
		if (record && !afd_sim_look_up(sorting->shape, record, key->string, sorting->hidden, &value))
			return key->string;
	}
	return NULL;
}

static size_t collect(struct placed *placed, const struct sim_list *list, const struct sorting *sorting,
					  const cJSON *where, const char **wrong)
{
	size_t count = 0;
	for (size_t i = 0; i < list->count && !*wrong; i++)
		if (afd_sim_satisfies(sorting->shape, list->items[i], where, sorting->hidden, wrong))
			placed[count++] = (struct placed){ list->items[i], i };
	return count;
}

bool afd_sim_select(const struct sim_request *request, const struct sim_world *world,
					struct sim_answer *answer, const struct sim_list *list, const struct sim_shape *shape,
					void ***records, size_t *count)
{
	struct sorting sorting = { shape, afd_sim_argument(request, "orderBy"), !world->production };
	const char *wrong = check_order(&sorting, list->count ? list->items[0] : NULL);
	struct placed *placed = calloc(list->count + 1, sizeof *placed);
	*records = calloc(list->count + 1, sizeof **records);
	*count = placed ? collect(placed, list, &sorting, afd_sim_argument(request, "where"), &wrong) : 0;
	if (wrong)
		afd_sim_fail_invalid(answer, world, wrong);
	else if (!placed || !*records)
		afd_sim_fail(answer, 500, "UNKNOWN_ERROR", "Out of memory", "[]");
	else {
		if (sorting.by)
			qsort_r(placed, *count, sizeof *placed, compare_placed, &sorting);
		for (size_t i = 0; i < *count; i++)
			(*records)[i] = placed[i].record;
		free(placed);
		return true;
	}
	free(placed);
	free(*records);
	*records = NULL;
	return false;
}

static bool page_of(const struct sim_request *request, size_t *page)
{
	const cJSON *asked = afd_sim_argument(request, "page");
	double number = 1;
	if (asked && (!as_number(asked, &number) || !(number <= 1e6)))
		return false;
	*page = number < 1 ? 1 : (size_t)number;
	return true;
}

void afd_sim_answer_page(const struct sim_request *request, const struct sim_world *world,
						 struct sim_answer *answer, const struct sim_list *list,
						 const struct sim_shape *shape, size_t per_page)
{
	void **records;
	size_t count, page;
	if (!page_of(request, &page)) {
		afd_sim_fail_invalid(answer, world, "page");
		return;
	}
	if (!afd_sim_select(request, world, answer, list, shape, &records, &count))
		return;
	struct afd_text *body = &answer->body;
	afd_text_puts(body, "{\"data\":[");
	for (size_t i = (page - 1) * per_page; i < count && i < page * per_page; i++) {
		if (i > (page - 1) * per_page)
			afd_text_putc(body, ',');
		afd_sim_write(body, shape, records[i]);
	}
	afd_text_printf(body, "],\"paging\":{\"perPage\":%zu,\"currentPage\":%zu,\"total\":%zu}}", per_page, page,
					count);
	free(records);
}
