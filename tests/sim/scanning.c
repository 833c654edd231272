/* SPDX-License-Identifier: MIT
 * Scans at the entrance. The first scan of a barcode is kept; a second one answers it again. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <string.h>

static struct sim_barcode *find_barcode(const struct sim_world *world, const cJSON *wanted)
{
	for (size_t i = 0; cJSON_IsString(wanted) && i < world->barcodes.count; i++) {
		struct sim_barcode *barcode = world->barcodes.items[i];
		if (strcmp(barcode->barcode, wanted->valuestring) == 0)
			return barcode;
	}
	return NULL;
}

/* Without a barcode: the newest scan. */
static const struct sim_barcode *newest_scan(const struct sim_world *world)
{
	const struct sim_barcode *newest = world->barcodes.items[0];
	for (size_t i = 1; i < world->barcodes.count; i++) {
		const struct sim_barcode *barcode = world->barcodes.items[i];
		if (barcode->checked_at > newest->checked_at)
			newest = barcode;
	}
	return newest;
}

static void write_scan(struct afd_text *body, const char *start, const struct sim_barcode *barcode)
{
	afd_text_puts(body, start);
	afd_text_puts(body, "\"barcode\":");
	afd_sim_write_string(body, barcode->barcode);
	afd_text_puts(body, ",\"checked_at\":");
	if (barcode->checked_at == SIM_NONE)
		afd_text_puts(body, "null");
	else
		afd_sim_write_time(body, barcode->checked_at);
	afd_text_putc(body, '}');
}

void afd_sim_scan_info(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer)
{
	const cJSON *wanted = afd_sim_argument(request, "barcode");
	const struct sim_barcode *barcode = wanted ? find_barcode(world, wanted) : newest_scan(world);
	if (barcode)
		write_scan(&answer->body, "{", barcode);
	else
		afd_sim_fail(answer, 404, "TICKET_NOT_FOUND", "Resource not found", "[]");
}

static bool read_time(const cJSON *scan, const char *name, int64_t *time)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(scan, name);
	return !given || (cJSON_IsString(given) && afd_sim_parse_time(given->valuestring, time));
}

static bool is_for(const cJSON *scan, const char *name, int64_t id)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(scan, name);
	return !given || (cJSON_IsNumber(given) && given->valuedouble == (double)id);
}

/* Looks a scan up without keeping it; NULL with the error as the answer. */
static struct sim_barcode *check_scan(struct sim_world *world, const cJSON *scan, struct sim_answer *answer,
									  int64_t *time)
{
	const cJSON *wanted = cJSON_GetObjectItemCaseSensitive(scan, "barcode");
	struct sim_barcode *barcode = find_barcode(world, wanted);
	*time = world->now + 1;
	if (!cJSON_IsString(wanted))
		afd_sim_fail_invalid(answer, world, "barcode");
	else if (!read_time(scan, "scanned_at", time) || !read_time(scan, "checked_at", time))
		afd_sim_fail_invalid(answer, world, "scanned_at");
	else if (!barcode || !is_for(scan, "event_id", barcode->event_id) ||
			 !is_for(scan, "show_id", barcode->show_id))
		afd_sim_fail(answer, 404, "TICKET_NOT_FOUND", "Resource not found", "[]");
	else
		return barcode;
	return NULL;
}

static bool scan_one(struct sim_world *world, const cJSON *scan, struct sim_answer *answer)
{
	int64_t time;
	struct sim_barcode *barcode = check_scan(world, scan, answer, &time);
	if (!barcode)
		return false;
	afd_sim_tick(world);
	if (barcode->checked_at == SIM_NONE || world->repeating)
		barcode->checked_at = time;
	write_scan(&answer->body, "{\"success\":true,", barcode);
	return true;
}

void afd_sim_scan(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer)
{
	scan_one(world, afd_sim_changes(request), answer);
}

void afd_sim_scan_batch(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer)
{
	const cJSON *scans =
		cJSON_IsArray(request->arguments) ? request->arguments : afd_sim_argument(request, "scans");
	const cJSON *scan;
	int64_t time;
	if (!cJSON_IsArray(scans) || !scans->child) {
		afd_sim_fail_invalid(answer, world, "scans");
		return;
	}
	cJSON_ArrayForEach(scan, scans) if (!check_scan(world, scan, answer, &time)) return;
	afd_text_putc(&answer->body, '[');
	cJSON_ArrayForEach(scan, scans)
	{
		if (scan != scans->child)
			afd_text_putc(&answer->body, ',');
		scan_one(world, scan, answer);
	}
	afd_text_putc(&answer->body, ']');
}
