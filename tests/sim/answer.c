/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include <cjson/cJSON.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ANSWER_MAX = 64 << 20, PAGE_BYTES = 12700 };

void afd_sim_answer_init(struct sim_answer *answer)
{
	*answer = (struct sim_answer){ .status = 200, .type = "application/json" };
	afd_text_init(&answer->body, ANSWER_MAX);
}

void afd_sim_answer_free(struct sim_answer *answer)
{
	afd_text_free(&answer->body);
}

void afd_sim_answer_reset(struct sim_answer *answer)
{
	afd_text_clear(&answer->body);
	answer->status = 200;
	answer->type = "application/json";
}

void afd_sim_answer_record(struct sim_answer *answer, const struct sim_shape *shape, const void *record)
{
	afd_text_puts(&answer->body, "{\"data\":");
	afd_sim_write(&answer->body, shape, record);
	afd_text_putc(&answer->body, '}');
}

void afd_sim_fail(struct sim_answer *answer, unsigned status, const char *code, const char *error,
				  const char *info)
{
	afd_sim_answer_reset(answer);
	answer->status = status;
	afd_text_puts(&answer->body, "{\"error\":");
	afd_sim_write_string(&answer->body, error);
	afd_text_printf(&answer->body, ",\"status\":%u,\"code\":\"%s\",\"info\":%s}", status, code, info);
}

void afd_sim_fail_missing(struct sim_answer *answer, const struct sim_world *world, const char *code,
						  const char *resource, int64_t id)
{
	char info[96];
	snprintf(info, sizeof info, "{\"id\":%" PRId64 ",\"resource\":\"%s\"}", id, resource);
	afd_sim_fail(answer, 404, world->production ? "RESOURCE_NOT_FOUND" : code, "Resource not found", info);
}

void afd_sim_fail_invalid(struct sim_answer *answer, const struct sim_world *world, const char *field)
{
	if (world->production) {
		afd_sim_fail(answer, 503, "UNKNOWN_ERROR", "Service Unavailable", "[]");
		return;
	}
	struct afd_text info;
	afd_text_init(&info, 4096);
	afd_text_puts(&info, "{\"field\":");
	afd_sim_write_string(&info, field);
	afd_text_putc(&info, '}');
	afd_sim_fail(answer, 422, "VALIDATION_ERROR", "The given data was invalid",
				 info.failed ? "[]" : info.data);
	afd_text_free(&info);
}

void afd_sim_fail_page(struct sim_answer *answer)
{
	struct afd_text *page = &answer->body;
	afd_sim_answer_reset(answer);
	answer->status = 404;
	answer->type = "text/html; charset=UTF-8";
	afd_text_puts(page, "<!DOCTYPE html>\n<html lang=\"ru\">\n<head><meta charset=\"utf-8\">"
						"<title>Страница не найдена</title></head>\n<body>\n<h1>404</h1>\n<ul>\n");
	for (unsigned line = 1; page->size < PAGE_BYTES - 100; line++)
		afd_text_printf(page, "<li><a href=\"/afisha/%u\" class=\"menu__link\">Афиша, раздел %u</a></li>\n",
						line, line);
	afd_text_puts(page, "</ul>\n</body>\n</html>\n");
}

void afd_sim_fail_softly(struct sim_answer *answer, const char *code, const char *message)
{
	afd_sim_answer_reset(answer);
	afd_text_printf(&answer->body, "{\"status\":\"error\",\"code\":\"%s\",\"message\":", code);
	afd_sim_write_string(&answer->body, message);
	afd_text_putc(&answer->body, '}');
}

const cJSON *afd_sim_argument(const struct sim_request *request, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(request->arguments, name);
}

const cJSON *afd_sim_changes(const struct sim_request *request)
{
	const cJSON *data = afd_sim_argument(request, "data");
	return cJSON_IsObject(data) ? data : request->arguments;
}
