/* SPDX-License-Identifier: MIT
 * affidavit trace */
#include "command.h"

#include "base/file.h"
#include "put.h"
#include "trace.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct folder {
	struct afd_arena arena;
	struct afd_trace trace;
	const char *path;
	bool nested; /* holds folders of suites, not a suite */
	struct afd_error err;
	const struct afd_arguments *arguments;
	size_t drifted;
	int worst;
};

static void visit_file(void *context, const char *name)
{
	struct folder *folder = context;
	struct afd_span span = afd_span_of(name);
	if (!afd_span_starts(span, "test_") || !afd_span_ends(span, ".c") || folder->err.code)
		return;
	const char *path = afd_arena_printf(&folder->arena, "%s/%s", folder->path, name);
	struct afd_text text;
	struct afd_reference reference;
	if (afd_file_read(path, (size_t)256 << 20, &text, &folder->err) != 0)
		return;
	if (afd_trace_read(afd_text_span(&text), &folder->arena, &reference)) {
		struct afd_reference *row = afd_arena_push(&folder->arena, &folder->trace.references.rows,
												   &folder->trace.references.count, sizeof *row);
		*row = reference;
		row->file = afd_arena_copy(&folder->arena, span);
	}
	afd_text_free(&text);
}

static void put_text(const struct folder *folder, const struct afd_reference *row, struct afd_text *out)
{
	afd_text_printf(out, "%-8s %s:%u-%u  %s", afd_trace_word(row->state), row->spec, row->first_line, row->last_line,
					row->id);
	if (row->file)
		afd_text_printf(out, "  %s/%s", folder->path, row->file);
	if (row->state == AFD_MOVED || row->state == AFD_CHANGED)
		afd_text_printf(out, "  (now %u-%u)", row->now_first, row->now_last);
	afd_text_putc(out, '\n');
}

static void put_json(const struct folder *folder, const struct afd_reference *row, struct afd_text *out)
{
	afd_text_printf(out, "{\"state\":\"%s\",\"test\":", afd_trace_word(row->state));
	afd_put_json_string(out, row->id);
	afd_text_puts(out, ",\"spec\":");
	afd_put_json_string(out, row->spec);
	afd_text_printf(out, ",\"first_line\":%u,\"last_line\":%u,\"spec_sha256\":\"%s\",\"file\":", row->first_line,
					row->last_line, row->sha256);
	afd_put_json_string(out, row->file ? afd_arena_printf((struct afd_arena *)&folder->arena, "%s/%s", folder->path,
														  row->file)
									   : NULL);
	if (row->now_first)
		afd_text_printf(out, ",\"now_first_line\":%u,\"now_last_line\":%u}\n", row->now_first, row->now_last);
	else
		afd_text_puts(out, ",\"now_first_line\":null,\"now_last_line\":null}\n");
}

static int print_trace(struct folder *folder)
{
	struct afd_text out;
	size_t counts[AFD_MISSING + 1] = { 0 };
	afd_text_init(&out, (size_t)1 << 30);
	for (size_t i = 0; i < folder->trace.references.count; i++) {
		const struct afd_reference *row = &folder->trace.references.rows[i];
		counts[row->state]++;
		(folder->arguments->format == AFD_FORMAT_JSON ? put_json : put_text)(folder, row, &out);
	}
	if (folder->arguments->format == AFD_FORMAT_TEXT)
		for (int state = AFD_EXACT; state <= AFD_MISSING; state++)
			afd_text_printf(&out, "%zu %s%s", counts[state], afd_trace_word((enum afd_trace_state)state),
							state == AFD_MISSING ? "\n" : ", ");
	folder->drifted = folder->trace.references.count - counts[AFD_EXACT];
	int rc = afd_print(&out);
	afd_text_free(&out);
	return rc;
}

/* The spec's file: relative to the root option, else to a folder above the generated one, else to the working folder. */
static const char *find_spec(struct folder *folder, const char *spec)
{
	if (folder->arguments->root)
		return afd_arena_printf(&folder->arena, "%s/%s", folder->arguments->root, spec);
	char *above = realpath(folder->path, NULL);
	for (char *slash = above ? strrchr(above, '/') : NULL; slash && slash > above; slash = strrchr(above, '/')) {
		*slash = '\0';
		const char *path = afd_arena_printf(&folder->arena, "%s/%s", above, spec);
		if (afd_file_exists(path)) {
			free(above);
			return path;
		}
	}
	free(above);
	return spec;
}

static int trace_spec(struct folder *folder)
{
	struct afd_compilation compilation;
	const char *file = find_spec(folder, folder->trace.references.rows[0].spec);
	int rc = afd_compilation_load(&compilation, file, folder->arguments);
	if (rc == 0) {
		afd_trace_compare(&folder->trace, &compilation.model);
		rc = print_trace(folder);
	}
	afd_compilation_free(&compilation);
	return rc ? rc : folder->drifted ? AFD_EXIT_FAILED : AFD_EXIT_OK;
}

static int trace_folder(const char *path, const struct afd_arguments *arguments);

static void visit_folder(void *context, const char *name)
{
	struct folder *folder = context;
	const char *path = afd_arena_printf(&folder->arena, "%s/%s", folder->path, name);
	if (!afd_file_exists(afd_arena_printf(&folder->arena, "%s/inventory.json", path)))
		return;
	folder->nested = true;
	int rc = trace_folder(path, folder->arguments);
	folder->worst = (int)afd_exit_worse((enum afd_exit)folder->worst, (enum afd_exit)rc);
}

static int trace_folder(const char *path, const struct afd_arguments *arguments)
{
	struct folder folder = { .path = path, .arguments = arguments };
	int rc = afd_folder_each(path, visit_file, &folder, &folder.err);
	if (rc == 0 && folder.trace.references.count == 0)
		rc = afd_folder_each(path, visit_folder, &folder, &folder.err);
	if (folder.err.code) {
		afd_complain("affidavit: %s\n", folder.err.text);
		rc = (int)folder.err.code;
	} else if (folder.nested) {
		rc = folder.worst;
	} else if (folder.trace.references.count == 0) {
		afd_complain("affidavit: %s holds no generated test\n", path);
		rc = AFD_EXIT_USAGE;
	} else {
		rc = trace_spec(&folder);
	}
	afd_arena_free(&folder.arena);
	return rc;
}

int afd_command_trace(int argc, char **argv)
{
	struct afd_arguments arguments;
	enum afd_exit worst = AFD_EXIT_OK;
	int rc = afd_arguments_parse(&arguments, argc, argv, "f", "trace DIR... [--format=text|json] [--root DIR]");
	for (size_t i = 0; rc == 0 && i < arguments.file_count; i++)
		worst = afd_exit_worse(worst, (enum afd_exit)trace_folder(arguments.files[i], &arguments));
	afd_arguments_free(&arguments);
	return rc ? rc : (int)worst;
}
