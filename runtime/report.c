/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "base/file.h"
#include "report_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENT_LIMIT = 512 << 20 };

static int write_document(const char *folder, const char *file, struct afd_text *document,
						  struct afd_error *err)
{
	char *path = NULL;
	if (document->failed || asprintf(&path, "%s/%s", folder, file) < 0)
		return afd_fail(err, AFD_EXIT_NO_VERDICT, "cannot write %s: out of memory, or too large", file);
	int rc = afd_file_write(path, afd_text_span(document), err);
	free(path);
	afd_text_clear(document);
	return rc;
}

static int write_all(const struct afd_report *report, const char *folder, struct afd_error *err)
{
	static const struct {
		const char *file;
		void (*render)(const struct afd_report *report, struct afd_text *out);
	} documents[] = {
		{ "report.md", afd_report_md },
		{ "report.html", afd_report_html },
		{ "junit.xml", afd_report_junit },
	};
	struct afd_text text;
	int rc = 0;
	afd_text_init(&text, DOCUMENT_LIMIT);
	for (size_t i = 0; i < sizeof documents / sizeof documents[0] && rc == 0; i++) {
		documents[i].render(report, &text);
		rc = write_document(folder, documents[i].file, &text, err);
	}
	if (rc == 0 && afd_report_watches(report)) {
		afd_report_csv(report, &text);
		rc = write_document(folder, "clickhouse_counts.csv", &text, err);
	}
	if (rc == 0)
		rc = afd_report_ctrf(report, &text, err);
	if (rc == 0)
		rc = write_document(folder, "ctrf.json", &text, err);
	afd_text_free(&text);
	return rc;
}

int afd_report_write(const char *bundle, const char *into, struct afd_error *err)
{
	struct afd_report report;
	char *data = NULL;
	int rc = afd_report_load(&report, bundle, err);
	if (rc == 0 && asprintf(&data, "%s/data", bundle) < 0)
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	if (rc == 0 && into)
		rc = afd_folder_make(into, err);
	if (rc == 0)
		rc = write_all(&report, into ? into : data, err);
	free(data);
	afd_report_free(&report);
	return rc;
}

/* "1.6" names all cases of the test, "1.6#1" one; the only case of a test is called as the test is. */
static bool is_of(const char *id, const char *wanted)
{
	size_t size = strlen(wanted);
	if (strncmp(id, wanted, size) == 0 && (id[size] == '\0' || id[size] == '#'))
		return true;
	size = strlen(id);
	return strncmp(wanted, id, size) == 0 && strcmp(wanted + size, "#1") == 0;
}

static enum afd_exit code_of(const struct afd_report_case *of)
{
	if (of->recorded && of->outcome.verdict == AFD_VERDICT_PASS)
		return AFD_EXIT_OK;
	bool failed = of->recorded && of->outcome.verdict == AFD_VERDICT_FAIL;
	return failed ? AFD_EXIT_FAILED : AFD_EXIT_NO_VERDICT;
}

static void describe(const struct afd_report *report, const struct afd_report_case *of, struct afd_text *line)
{
	struct afd_arena arena = { 0 };
	const char *verdict = of->recorded ? afd_verdict_word(of->outcome.verdict) : "not selected";
	afd_text_printf(line, "%s%s:%u: %s %s (%s)", line->size ? "; " : "", report->spec, of->line, verdict,
					of->id, afd_report_got(of, &arena));
	afd_arena_free(&arena);
}

int afd_report_case(const char *bundle, const char *id, struct afd_text *line, enum afd_exit *code,
					struct afd_error *err)
{
	struct afd_report report;
	size_t found = 0;
	*code = AFD_EXIT_OK;
	int rc = afd_report_load(&report, bundle, err);
	for (size_t i = 0; i < report.case_count && rc == 0; i++) {
		if (!is_of(report.cases[i].id, id))
			continue;
		found++;
		describe(&report, &report.cases[i], line);
		*code = afd_exit_worse(*code, code_of(&report.cases[i]));
	}
	if (rc == 0 && found == 0)
		rc = afd_fail(err, AFD_EXIT_USAGE, "the spec of this bundle has no case %s", id);
	if (rc == 0 && !afd_text_putc(line, '\n'))
		rc = afd_fail(err, AFD_EXIT_NO_VERDICT, "out of memory");
	afd_report_free(&report);
	return rc;
}
