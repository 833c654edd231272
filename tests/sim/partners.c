/* SPDX-License-Identifier: MIT
 * The frame of Partners answers: header fields, status, result. */
#include "partners.h"

#include <cjson/cJSON.h>

#include <string.h>

bool afd_sim_stage(struct sim_world *world, const struct sim_request *request, struct sim_answer *answer,
				   struct sim_stage *stage)
{
	*stage = (struct sim_stage){ .event = afd_sim_event(world, request->ids[0]) };
	if (request->ids[1] != SIM_NONE)
		stage->show = afd_sim_show(world, request->ids[1]);
	bool shown =
		request->ids[1] == SIM_NONE ||
		(stage->event && stage->show &&
		 (stage->show->event_id == stage->event->id || stage->show->shared_with == stage->event->id));
	if (stage->event && shown)
		return true;
	afd_sim_fail_softly(answer, "EVENT_NOT_FOUND", "Event not found");
	return false;
}

static void write_show(struct afd_text *body, const struct sim_show *show)
{
	afd_text_puts(body, ",\"start_date\":");
	afd_sim_write_time(body, show->start_date);
	afd_text_puts(body, ",\"finish_date\":");
	afd_sim_write_time(body, show->finish_date);
}

void afd_sim_write_header(struct sim_world *world, const struct sim_stage *stage, struct afd_text *body)
{
	const struct sim_event *event = stage->event;
	const struct sim_show *show = stage->show ? stage->show : event->shows.items[0];
	afd_text_puts(body, "{\"event_id\":");
	afd_sim_write_int(body, event->id);
	afd_text_puts(body, ",\"show_id\":");
	if (stage->show)
		afd_sim_write_int(body, show->id);
	else
		afd_text_puts(body, "null");
	afd_text_puts(body, ",\"event_name\":");
	afd_sim_write_string(body, event->name);
	write_show(body, show);
	afd_text_puts(body, ",\"scheme\":{\"id\":");
	afd_sim_write_int(body, event->scheme_id);
	afd_text_puts(body, ",\"name\":\"Зал\",\"zones\":[\"CENTER_PARTERRE\",\"BALCONY_LEFT\",\"DANCEFLOOR\"]},"
						"\"city\":{\"id\":");
	afd_sim_write_int(body, event->city_id);
	afd_text_puts(body, ",\"name\":");
	afd_sim_write_string(body, event->city->name);
	afd_text_putc(body, '}');
	afd_text_printf(body, ",\"last_update_hash\":\"%016llx\",",
					(unsigned long long)world->now * 0x9e3779b97f4a7c15u);
}

static bool handle_batch(struct sim_world *world, const struct sim_stage *stage, const cJSON *batch,
						 sim_entry *handle, struct sim_answer *answer)
{
	const cJSON *entry;
	if (!cJSON_IsArray(batch) || !batch->child) {
		afd_sim_fail_softly(answer, "VALIDATION_ERROR", "batch must be a list with entries");
		return false;
	}
	cJSON_ArrayForEach(entry, batch) if (!handle(world, stage, entry, false, answer)) return false;
	afd_text_putc(&answer->body, '[');
	cJSON_ArrayForEach(entry, batch)
	{
		if (entry != batch->child)
			afd_text_putc(&answer->body, ',');
		if (!handle(world, stage, entry, true, answer))
			return false;
	}
	afd_text_putc(&answer->body, ']');
	return true;
}

void afd_sim_answer_entries(struct sim_world *world, const struct sim_request *request,
							struct sim_answer *answer, sim_entry *handle)
{
	const cJSON *batch = afd_sim_argument(request, "batch");
	struct sim_stage stage;
	if (!afd_sim_stage(world, request, answer, &stage))
		return;
	afd_sim_write_header(world, &stage, &answer->body);
	afd_text_puts(&answer->body, "\"status\":\"success\",\"result\":");
	bool done = batch ? handle_batch(world, &stage, batch, handle, answer)
					  : handle(world, &stage, request->arguments, true, answer);
	if (done)
		afd_text_putc(&answer->body, '}');
}
