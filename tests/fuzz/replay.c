/* SPDX-License-Identifier: MIT
 * What stands in for libFuzzer where it is not built: gives a target the files of folders, whole and cut at
 * every newline. */
#include "base/file.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CUTS_MAX = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(struct afd_span text)
{
	const uint8_t *data = (const uint8_t *)text.data;
	LLVMFuzzerTestOneInput(data, text.size);
	int cuts = 0;
	for (size_t i = 0; i < text.size && cuts < CUTS_MAX; i++)
		if (text.data[i] == '\n' && ++cuts)
			LLVMFuzzerTestOneInput(data, i);
}

static size_t replay_folder(const char *folder)
{
	size_t count = 0;
	DIR *files = opendir(folder);
	for (struct dirent *file; files && (file = readdir(files));) {
		char path[4096];
		struct afd_text text;
		struct afd_error err = { 0 };
		snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
		if (file->d_name[0] == '.' || afd_file_read(path, 1 << 20, &text, &err) != 0)
			continue;
		replay(afd_text_span(&text));
		afd_text_free(&text);
		count++;
	}
	if (files)
		closedir(files);
	return count;
}

int main(int argc, char **argv)
{
	size_t count = 0;
	for (int i = 1; i < argc; i++)
		count += replay_folder(argv[i]);
	printf("%zu files\n", count);
	return count ? 0 : 1;
}
