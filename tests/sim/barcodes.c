/* SPDX-License-Identifier: MIT
 * Barcodes of sold tickets and their scans. Lists are bare arrays, as the vendor documents them. */
#include "filter.h"
#include "route.h"

#include <cjson/cJSON.h>

#include <stdlib.h>
#include <string.h>

/* The barcodes that the request's filter selects, of one show or (SIM_NONE) of all. */
static void answer_barcodes(struct sim_world *world, const struct sim_request *request,
							struct sim_answer *answer, int64_t show_id)
{
	const cJSON *select = afd_sim_argument(request, "select");
	struct afd_text *body = &answer->body;
	void **records;
	size_t count;
	if (select && !cJSON_IsArray(select)) {
		afd_sim_fail_invalid(answer, world, "select");
		return;
	}
	if (!afd_sim_select(request, world, answer, &world->barcodes, &afd_sim_barcode_shape, &records, &count))
		return;
	afd_text_putc(body, '[');
	for (size_t i = 0; i < count; i++) {
		const struct sim_barcode *barcode = records[i];
		if (show_id != SIM_NONE && barcode->show_id != show_id)
			continue;
		if (body->data[body->size - 1] != '[')
			afd_text_putc(body, ',');
		afd_sim_write_selected(body, &afd_sim_barcode_shape, barcode, select);
	}
	afd_text_putc(body, ']');
	free(records);
}

void afd_sim_list_barcodes(struct sim_world *world, const struct sim_request *request,
						   struct sim_answer *answer)
{
	answer_barcodes(world, request, answer, SIM_NONE);
}

void afd_sim_list_show_barcodes(struct sim_world *world, const struct sim_request *request,
								struct sim_answer *answer)
{
	if (afd_sim_show(world, request->ids[0]))
		answer_barcodes(world, request, answer, request->ids[0]);
	else
		afd_sim_fail_missing(answer, world, "EVENT_NOT_FOUND", "shows", request->ids[0]);
}
