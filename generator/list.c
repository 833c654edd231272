/* SPDX-License-Identifier: MIT */
#include "list.h"

#include "put.h"

#include <string.h>

static void put_key(struct afd_text *out, const char *key)
{
	afd_text_printf(out, "%s\"%s\":", strcmp(key, "id") == 0 ? "{" : ",", key);
}

static void put_string(struct afd_text *out, const char *key, const char *value)
{
	put_key(out, key);
	afd_put_json_string(out, value);
}

static void put_number(struct afd_text *out, const char *key, unsigned long value)
{
	put_key(out, key);
	afd_text_printf(out, "%lu", value);
}

static bool is_stated_status(const struct afd_model_test *test, const struct afd_model_term *term)
{
	return strcmp(term->subject, "AFD_STATUS") == 0 && strcmp(term->predicate, "AFD_IS") == 0 &&
		   !term->negated && !test->expectations.rows[term->expectation].by_default;
}

static bool stated_before(const struct afd_model_test *test, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_stated_status(test, &test->terms.rows[i]) &&
			strcmp(test->terms.rows[i].value, test->terms.rows[index].value) == 0)
			return true;
	return false;
}

static void put_status(struct afd_text *out, const struct afd_model_test *test)
{
	put_key(out, "status");
	afd_text_putc(out, '[');
	const char *comma = "";
	for (size_t i = 0; i < test->terms.count; i++) {
		const struct afd_model_term *term = &test->terms.rows[i];
		if (!is_stated_status(test, term) || stated_before(test, i))
			continue;
		bool digits = strspn(term->value, "0123456789") == strlen(term->value);
		afd_text_printf(out, digits ? "%s%s" : "%s\"%s\"", comma, term->value);
		comma = ",";
	}
	afd_text_putc(out, ']');
}

static void put_variables(struct afd_text *out, const struct afd_model_test *test)
{
	put_key(out, "variables");
	afd_text_putc(out, '[');
	for (size_t i = 0; i < test->variables.count; i++) {
		afd_text_puts(out, i ? "," : "");
		afd_put_json_string(out, test->variables.rows[i]);
	}
	afd_text_putc(out, ']');
}

static void put_blocked(struct afd_text *out, const struct afd_model_case *it)
{
	put_key(out, "blocked");
	struct afd_text reason;
	afd_text_init(&reason, 4096);
	if (it->blocked)
		afd_text_puts(&reason, it->blocked);
	else if (it->missing)
		afd_text_printf(&reason, "no value for %s", it->missing);
	if (reason.size)
		afd_put_json(out, afd_text_span(&reason));
	else
		afd_text_puts(out, "null");
	afd_text_free(&reason);
}

static void put_place(struct afd_text *out, const struct afd_model *model, const struct afd_model_test *test)
{
	put_string(out, "file", model->source->path);
	put_number(out, "first_line", test->first_line);
	put_number(out, "last_line", test->last_line);
	put_string(out, "spec_sha256", test->sha256);
	put_number(out, "line", test->line);
}

static void put_case(struct afd_text *out, const struct afd_model *model, const struct afd_model_test *test,
					 const struct afd_model_case *it)
{
	put_string(out, "id", it->id);
	put_string(out, "test", test->id);
	put_string(out, "title", test->title);
	put_place(out, model, test);
	put_string(out, "method", test->method);
	put_string(out, "url", test->url);
	put_key(out, "example_line");
	if (it->example_line)
		afd_text_printf(out, "%u", it->example_line);
	else
		afd_text_puts(out, "null");
	put_string(out, "case_url", it->case_url);
	put_string(out, "form", test->form);
	put_string(out, "effect", test->write ? "write" : "read");
	put_string(out, "body_sha256", test->body.stated ? test->body.sha256 : NULL);
	put_number(out, "body_bytes", test->body.bytes.size);
	put_status(out, test);
	put_number(out, "expectations", test->expectations.count);
	put_key(out, "explicit");
	afd_text_puts(out, test->explicit ? "true" : "false");
	put_variables(out, test);
	put_blocked(out, it);
	afd_text_puts(out, "}\n");
}

void afd_list_json(const struct afd_model *model, struct afd_text *out)
{
	for (size_t i = 0; i < model->tests.count; i++)
		for (size_t k = 0; k < model->tests.rows[i].cases.count; k++)
			put_case(out, model, &model->tests.rows[i], &model->tests.rows[i].cases.rows[k]);
}

void afd_list_text(const struct afd_model *model, struct afd_text *out)
{
	static const char *const stages[] = { "setup, ", "", "cleanup, " };
	for (size_t i = 0; i < model->tests.count; i++) {
		const struct afd_model_test *test = &model->tests.rows[i];
		for (size_t k = 0; k < test->cases.count; k++) {
			const struct afd_model_case *it = &test->cases.rows[k];
			afd_text_printf(out, "%-10s %s:%u-%u  %s %s", it->id, model->source->path, test->first_line,
							test->last_line, test->method, it->case_url ? it->case_url : test->url);
			afd_text_printf(out, "  [%s%s, %s]", stages[test->stage], test->write ? "write" : "read",
							test->explicit ? "expectation stated" : "default expectation");
			if (it->blocked)
				afd_text_printf(out, "  blocked: %s", it->blocked);
			else if (it->missing)
				afd_text_printf(out, "  blocked: no value for %s", it->missing);
			afd_text_putc(out, '\n');
		}
	}
	afd_text_printf(out, "%s\n", afd_model_summary(model));
}
