/* SPDX-License-Identifier: MIT
 * A spec from its file to its model; paths relative to the root. */
#include "command.h"

#include "bytes.h"
#include "put.h"
#include "scan.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_git(const char *folder)
{
	char path[PATH_MAX];
	return snprintf(path, sizeof path, "%s/.git", folder) < (int)sizeof path && access(path, F_OK) == 0;
}

/* The git root above the file, else the working folder. */
static void find_root(const char *file, char root[PATH_MAX])
{
	char *path = realpath(file, NULL);
	for (char *slash = path ? strrchr(path, '/') : NULL; slash && slash > path; slash = strrchr(path, '/')) {
		*slash = '\0';
		if (has_git(path)) {
			snprintf(root, PATH_MAX, "%s", path);
			free(path);
			return;
		}
	}
	free(path);
	if (!getcwd(root, PATH_MAX))
		root[0] = '\0';
}

/* The path that messages and generated files show: relative to the root where the file is below it. */
static const char *shown_path(struct afd_arena *arena, const char *file, const char *root_option)
{
	char root[PATH_MAX];
	if (!root_option || !realpath(root_option, root))
		find_root(file, root);
	char *path = realpath(file, NULL);
	size_t size = strlen(root);
	const char *shown = file;
	if (path && size > 1 && strncmp(path, root, size) == 0 && path[size] == '/')
		shown = afd_arena_copy(arena, afd_span_of(path + size + 1));
	else if (path && file[0] == '/')
		shown = afd_arena_copy(arena, afd_span_of(strrchr(path, '/') + 1));
	free(path);
	return shown;
}

static bool is_folder(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

int afd_compilation_load(struct afd_compilation *compilation, const char *file, const struct afd_arguments *arguments)
{
	memset(compilation, 0, sizeof *compilation);
	struct afd_error err = { 0 };
	if (arguments->root && !is_folder(arguments->root)) {
		afd_complain("affidavit: --root: %s is no folder\n", arguments->root);
		return AFD_EXIT_USAGE;
	}
	const char *path = shown_path(&compilation->arena, file, arguments->root);
	if (afd_source_load(&compilation->source, &compilation->arena, file, path, &err) != 0) {
		afd_complain("affidavit: %s\n", err.text);
		return (int)err.code;
	}
	afd_diag_init(&compilation->diag, &compilation->source, &compilation->arena);
	compilation->diag.off = arguments->warnings_off;
	compilation->diag.off_count = arguments->warnings_off_count;
	afd_parse(&compilation->source, &compilation->arena, &compilation->document);
	afd_bytes_check(&compilation->document, &compilation->diag);
	afd_model_build(&compilation->model, &compilation->document, &compilation->diag, file);
	return 0;
}

static bool write_shown(FILE *to, struct afd_span text)
{
	struct afd_text out;
	afd_text_init(&out, SIZE_MAX / 2);
	while (text.size > 0) {
		const char *newline = memchr(text.data, '\n', text.size);
		size_t size = newline ? (size_t)(newline - text.data) : text.size;
		afd_put_shown(&out, afd_span_first(text, size));
		if (newline)
			afd_text_putc(&out, '\n');
		text = afd_span_from(text, newline ? size + 1 : size);
	}
	bool good = !out.failed && (out.size == 0 || fwrite(out.data, 1, out.size, to) == out.size);
	afd_text_free(&out);
	return good && fflush(to) == 0;
}

int afd_compilation_report(struct afd_compilation *compilation, enum afd_format format, struct afd_text *out)
{
	struct afd_text text;
	afd_text_init(&text, (size_t)1 << 30);
	if (format == AFD_FORMAT_JSON && out)
		afd_diag_print_json(&compilation->diag, out);
	else if (format == AFD_FORMAT_TEXT || !out)
		afd_diag_print_text(&compilation->diag, &text);
	(void)write_shown(stderr, afd_text_span(&text));
	afd_text_free(&text);
	return compilation->diag.errors ? AFD_EXIT_USAGE : AFD_EXIT_OK;
}

void afd_compilation_free(struct afd_compilation *compilation)
{
	afd_arena_free(&compilation->arena);
}

int afd_print(const struct afd_text *text)
{
	if (!text->failed && write_shown(stdout, afd_text_span(text)))
		return AFD_EXIT_OK;
	fputs("affidavit: cannot write to standard output\n", stderr);
	return AFD_EXIT_NO_VERDICT;
}

void afd_complain(const char *format, ...)
{
	char text[8192];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	/* there is nowhere to say that standard error is closed */
	(void)write_shown(stderr, afd_span_of(text));
}
