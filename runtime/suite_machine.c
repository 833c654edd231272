/* SPDX-License-Identifier: MIT
 * The machine and the checkout, by reading files: no process is started for it. */
#include "suite.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { SMALL_FILE = 1 << 20, PACKED_FILE = 64 << 20, SHA1_HEX = 40, LEVELS_MAX = 64 };

/* The file's text in the arena, or "" where it cannot be read. */
static const char *read_text(struct afd_arena *arena, const char *path, size_t limit)
{
	struct afd_error ignored = { 0 };
	struct afd_text text;
	if (afd_file_read(path, limit, &text, &ignored) != 0)
		return "";
	const char *copy = afd_arena_copy(arena, afd_text_span(&text));
	afd_text_free(&text);
	return copy;
}

static struct afd_span first_line(const char *text)
{
	return (struct afd_span){ text, strcspn(text, "\r\n") };
}

static bool take_hash(struct afd_span line, struct afd_machine *machine)
{
	if ((line.size != SHA1_HEX && line.size != AFD_SHA256_HEX) ||
		strspn(line.data, "0123456789abcdef") < line.size)
		return false;
	memcpy(machine->commit, line.data, line.size);
	machine->commit[line.size] = '\0';
	return true;
}

/* "HASH refs/heads/main" lines. */
static bool take_packed(const char *text, const char *ref, struct afd_machine *machine)
{
	struct afd_span all = afd_span_of(text);
	const char *wanted = ref;
	for (size_t at = 0; at < all.size;) {
		struct afd_span line = first_line(text + at);
		struct afd_span hash = afd_span_first(line, afd_span_find(line, " ", 0));
		if (hash.size < line.size && afd_span_is(afd_span_from(line, hash.size + 1), wanted))
			return take_hash(hash, machine);
		at += line.size + 1;
	}
	return false;
}

static bool take_ref(struct afd_arena *arena, const char *folder, const char *ref,
					 struct afd_machine *machine)
{
	const char *loose = read_text(arena, afd_arena_printf(arena, "%s/%s", folder, ref), SMALL_FILE);
	if (take_hash(first_line(loose), machine))
		return true;
	return take_packed(read_text(arena, afd_arena_printf(arena, "%s/packed-refs", folder), PACKED_FILE), ref,
					   machine);
}

/* `folder` is that of HEAD; of a linked worktree its refs are in another one, which `commondir` names. */
static bool take_head(struct afd_arena *arena, const char *folder, struct afd_machine *machine)
{
	struct afd_span head =
		first_line(read_text(arena, afd_arena_printf(arena, "%s/HEAD", folder), SMALL_FILE));
	if (!afd_span_starts(head, "ref: "))
		return take_hash(head, machine);
	const char *ref = afd_arena_copy(arena, afd_span_from(head, strlen("ref: ")));
	if (strstr(ref, ".."))
		return false;
	const char *common = afd_arena_copy(
		arena, first_line(read_text(arena, afd_arena_printf(arena, "%s/commondir", folder), SMALL_FILE)));
	if (*common)
		folder = *common == '/' ? common : afd_arena_printf(arena, "%s/%s", folder, common);
	return take_ref(arena, folder, ref, machine);
}

/* `.git` is a folder, or in a linked worktree a file that names one. */
static bool take_checkout(struct afd_arena *arena, const char *top, struct afd_machine *machine)
{
	const char *git = afd_arena_printf(arena, "%s/.git", top);
	struct afd_span link = first_line(read_text(arena, git, SMALL_FILE));
	if (!afd_span_starts(link, "gitdir: "))
		return take_head(arena, git, machine);
	const char *named = afd_arena_copy(arena, afd_span_from(link, strlen("gitdir: ")));
	return take_head(arena, *named == '/' ? named : afd_arena_printf(arena, "%s/%s", top, named), machine);
}

static void read_commit(struct afd_machine *machine)
{
	struct afd_arena arena = { 0 };
	char *top = getcwd(NULL, 0);
	bool found = false;
	for (int level = 0; top && *top && !found && level < LEVELS_MAX; level++) {
		found = afd_file_exists(afd_arena_printf(&arena, "%s/.git", top));
		if (found && !take_checkout(&arena, top, machine))
			break;
		*strrchr(top, '/') = '\0';
	}
	free(top);
	afd_arena_free(&arena);
}

static void read_system(struct afd_machine *machine)
{
	static const char label[] = "PRETTY_NAME=\"";
	struct afd_arena arena = { 0 };
	const char *text = read_text(&arena, "/etc/os-release", SMALL_FILE);
	const char *name = strstr(text, label);
	struct utsname names;
	bool known = uname(&names) == 0;
	if (name)
		snprintf(machine->os, sizeof machine->os, "%.*s", (int)strcspn(name + strlen(label), "\"\n"),
				 name + strlen(label));
	else if (known)
		snprintf(machine->os, sizeof machine->os, "%s", names.sysname);
	if (known)
		snprintf(machine->kernel, sizeof machine->kernel, "%s", names.release);
	afd_arena_free(&arena);
}

void afd_machine_read(struct afd_machine *machine)
{
	struct sysinfo memory;
	*machine = (struct afd_machine){ .commit = "unknown", .os = "unknown", .kernel = "unknown" };
	read_commit(machine);
	read_system(machine);
	machine->cpu_cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (sysinfo(&memory) == 0)
		machine->ram_gb = (long)((memory.totalram * memory.mem_unit + (1UL << 29)) >> 30);
}
