/* SPDX-License-Identifier: MIT
 * In the place of the runtime: prints what the tables of a suite hold, in hexadecimal. A line is a test's id
 * and a name, then the bytes. */
#include "affidavit/case.h"

#include <stdio.h>
#include <string.h>

static void put(const char *name, const char *bytes, size_t size)
{
	printf("%s ", name);
	for (size_t i = 0; i < size; i++)
		printf("%02x", (unsigned char)bytes[i]);
	putchar('\n');
}

static void put_string(const char *name, const char *string)
{
	put(name, string, string ? strlen(string) : 0);
}

static void put_test(const struct afd_test *test)
{
	put_string("id", test->id);
	put_string("spec", test->spec);
	put_string("title", test->title);
	put_string("section", test->section);
	put_string("method", test->request.method);
	put_string("url", test->request.url);
	for (size_t i = 0; i < test->request.headers.count; i++) {
		put_string("name", test->request.headers.rows[i].name);
		put_string("value", test->request.headers.rows[i].value);
	}
	put("body", test->request.body.data, test->request.body.size);
	for (size_t i = 0; i < test->cases.count; i++)
		for (size_t k = 0; k < test->cases.rows[i].bindings.count; k++)
			put_string("binding", test->cases.rows[i].bindings.rows[k].value);
	for (size_t i = 0; i < test->terms.count; i++)
		put_string("term", test->terms.rows[i].value);
}

int afd_main(int argc, char **argv, const struct afd_suite *suite)
{
	(void)argc;
	(void)argv;
	for (size_t i = 0; i < suite->inventory.count; i++)
		put_string("inventory", suite->inventory.rows[i]);
	for (size_t i = 0; i < suite->tests.count; i++)
		put_test(suite->tests.rows[i]);
	return 0;
}
