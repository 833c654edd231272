/* SPDX-License-Identifier: MIT
 * Texts of a fence and the requests that they are, in a line each. */
#ifndef AFFIDAVIT_TESTS_REQUEST_SCENE_H
#define AFFIDAVIT_TESTS_REQUEST_SCENE_H

#include "compiled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A text, and its requests as METHOD URL [Name=value]... ?the URL that is sent =body, joined by " / "; then
 * what a warning says of it, each as !words. */
struct request_row {
	const char *text, *expected;
};

static inline void show_request(struct afd_text *out, const struct afd_model_test *test)
{
	afd_text_printf(out, "%s%s %s", out->size ? " / " : "", test->method, test->url);
	for (size_t i = 0; i < test->headers.count; i++)
		afd_text_printf(out, " [%s=%s]", test->headers.rows[i].name, test->headers.rows[i].value);
	if (test->cases.count && test->cases.rows[0].url && strcmp(test->cases.rows[0].url, test->url) != 0)
		afd_text_printf(out, " ?%s", test->cases.rows[0].url);
	if (test->body.stated) {
		afd_text_puts(out, " =");
		afd_text_add(out, test->body.bytes);
	}
}

static inline void show_warning(struct afd_text *out, const struct compiled *compiled,
								const struct afd_diagnostic *row)
{
	if (strcmp(row->name, "curl") != 0 && strcmp(row->name, "powershell") != 0)
		return;
	afd_text_puts(out, " !");
	afd_text_add(out, (struct afd_span){ compiled->source.text.data + row->begin, row->end - row->begin });
}

static inline void show_requests(struct afd_text *out, const char *language, const char *text)
{
	struct compiled compiled;
	struct afd_text document;
	afd_text_init(&document, 1 << 16);
	afd_text_printf(&document, "# Requests\n\n~~~~%s\n%s\n~~~~\n", language, text);
	compiled_from(&compiled, "requests.md", afd_text_span(&document));
	for (size_t i = 0; i < compiled.model.tests.count; i++)
		show_request(out, &compiled.model.tests.rows[i]);
	for (size_t i = 0; i < compiled.diag.count; i++)
		show_warning(out, &compiled, &compiled.diag.rows[i]);
	afd_text_free(&document);
	compiled_free(&compiled);
}

static inline size_t failed_requests(const struct request_row *rows, size_t count, const char *language)
{
	size_t failed = 0;
	for (size_t i = 0; i < count; i++) {
		struct afd_text out;
		afd_text_init(&out, 1 << 16);
		show_requests(&out, language, rows[i].text);
		const char *shown = out.data ? out.data : "";
		if (strcmp(shown, rows[i].expected) != 0) {
			print_error("%s\n-> %s\n   %s\n", rows[i].text, shown, rows[i].expected);
			failed++;
		}
		afd_text_free(&out);
	}
	return failed;
}

#define ASSERT_REQUESTS(rows, language)                                                                      \
	assert_int_equal(failed_requests((rows), sizeof(rows) / sizeof(rows)[0], (language)), 0)

#endif
