/* SPDX-License-Identifier: MIT */
#include "source.h"

#include "base/file.h"

#include <string.h>

static size_t count_lines(struct afd_span text)
{
	size_t count = 1;
	for (const char *p = text.data, *end = text.data + text.size; p < end; count++) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p || ++p == end)
			break;
	}
	return count;
}

static size_t count_followers(const char *bytes, size_t size)
{
	size_t count = 0;
	for (size_t i = 0; i < size; i++)
		count += ((unsigned char)bytes[i] & 0xC0) == 0x80;
	return count;
}

/* So that a column in a line of megabytes is found at once. */
static const size_t *sum_followers(struct afd_span text, struct afd_arena *arena)
{
	size_t blocks = text.size / AFD_SOURCE_BLOCK;
	size_t *sums = afd_arena_array(arena, blocks + 1, sizeof *sums);
	for (size_t i = 0; i < blocks; i++)
		sums[i + 1] = sums[i] + count_followers(text.data + i * AFD_SOURCE_BLOCK, AFD_SOURCE_BLOCK);
	return sums;
}

static size_t followers_before(const struct afd_source *source, size_t offset)
{
	size_t block = offset / AFD_SOURCE_BLOCK;
	size_t begin = block * AFD_SOURCE_BLOCK;
	return source->followers[block] + count_followers(source->text.data + begin, offset - begin);
}

void afd_source_from(struct afd_source *source, struct afd_arena *arena, const char *path, struct afd_span text)
{
	size_t count = count_lines(text);
	size_t *lines = afd_arena_array(arena, count, sizeof *lines);
	const char *p = text.data;
	for (size_t i = 1; i < count; i++) {
		p = (const char *)memchr(p, '\n', text.size - (size_t)(p - text.data)) + 1;
		lines[i] = (size_t)(p - text.data);
	}
	*source = (struct afd_source){
		.path = path,
		.text = text,
		.lines = lines,
		.line_count = count,
		.followers = sum_followers(text, arena),
		.start = afd_span_starts(text, "\xEF\xBB\xBF") ? 3 : 0,
	};
}

int afd_source_load(struct afd_source *source, struct afd_arena *arena, const char *file, const char *path,
					struct afd_error *err)
{
	struct afd_text text;
	int rc = afd_file_read(file, AFD_SOURCE_MAX, &text, err);
	if (rc != 0)
		return rc;
	char *copy = afd_arena_copy(arena, afd_text_span(&text));
	afd_source_from(source, arena, path, (struct afd_span){ copy, text.size });
	afd_text_free(&text);
	return 0;
}

unsigned afd_source_line(const struct afd_source *source, size_t offset)
{
	size_t low = 0;
	size_t high = source->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return (unsigned)low + 1;
}

unsigned afd_source_column(const struct afd_source *source, size_t offset)
{
	size_t begin = source->lines[afd_source_line(source, offset) - 1];
	if (begin == 0)
		begin = source->start;
	if (offset > source->text.size)
		offset = source->text.size;
	if (offset <= begin)
		return 1;
	size_t followers = followers_before(source, offset) - followers_before(source, begin);
	return (unsigned)(offset - begin - followers) + 1;
}

struct afd_span afd_source_line_text(const struct afd_source *source, unsigned line)
{
	return afd_source_lines(source, line, line);
}

struct afd_span afd_source_lines(const struct afd_source *source, unsigned first, unsigned last)
{
	size_t begin = source->lines[first - 1];
	size_t end = last < source->line_count ? source->lines[last] - 1 : source->text.size;
	if (last >= source->line_count && end > begin && source->text.data[end - 1] == '\n')
		end--;
	return (struct afd_span){ source->text.data + begin, end - begin };
}
