/* SPDX-License-Identifier: MIT
 * Inline text: code spans, cells, fences without their indentation. */
#include "read.h"

#include <stdint.h>
#include <string.h>

struct afd_span afd_read_code_span(struct afd_span text, struct afd_span *after)
{
	struct afd_span none = { text.data, 0 };
	size_t open = afd_span_find(text, "`", 0);
	if (after)
		*after = none;
	if (open == SIZE_MAX)
		return none;
	size_t marks = 1;
	while (open + marks < text.size && text.data[open + marks] == '`')
		marks++;
	static const char ticks[] = "````````";
	if (marks >= sizeof ticks)
		return none;
	size_t begin = open + marks;
	size_t close = afd_span_find(text, ticks + sizeof ticks - 1 - marks, begin);
	if (close == SIZE_MAX)
		return none;
	if (after)
		*after = afd_span_from(text, close + marks);
	return afd_span_trim((struct afd_span){ text.data + begin, close - begin });
}

static struct afd_span without_marks(struct afd_span text)
{
	text = afd_span_trim(text);
	while (text.size >= 2 && strchr("*_\"<", text.data[0]) && text.data[0] != '\0') {
		char close = text.data[0] == '<' ? '>' : text.data[0];
		if (text.data[text.size - 1] != close)
			break;
		text = afd_span_trim((struct afd_span){ text.data + 1, text.size - 2 });
	}
	return text;
}

struct afd_span afd_read_value(struct afd_span text)
{
	struct afd_span span = afd_read_code_span(text, NULL);
	return span.size ? span : without_marks(text);
}

static struct afd_span cell_of(struct afd_span cell)
{
	cell = afd_span_trim(cell);
	bool code = cell.size > 2 && cell.data[0] == '`' && cell.data[cell.size - 1] == '`';
	bool one = code && !memchr(cell.data + 1, '`', cell.size - 2);
	return one ? afd_span_trim((struct afd_span){ cell.data + 1, cell.size - 2 }) : cell;
}

size_t afd_read_cells(struct afd_span row, struct afd_span *cells, size_t most)
{
	row = afd_span_trim(row);
	if (afd_span_starts(row, "|"))
		row = afd_span_from(row, 1);
	size_t count = 0;
	size_t begin = 0;
	bool code = false;
	for (size_t i = 0; i <= row.size && count < most; i++) {
		if (i < row.size && row.data[i] == '`')
			code = !code;
		bool bar = i < row.size && row.data[i] == '|' && !code && (i == 0 || row.data[i - 1] != '\\');
		if (!bar && i < row.size)
			continue;
		struct afd_span cell = { row.data + begin, i - begin };
		if (i < row.size || afd_span_trim(cell).size > 0)
			cells[count++] = cell_of(cell);
		begin = i + 1;
	}
	return count;
}

bool afd_read_is_delimiter_row(struct afd_span row)
{
	bool dash = false;
	for (size_t i = 0; i < row.size; i++) {
		if (!strchr("|-: \t", row.data[i]) || row.data[i] == '\0')
			return false;
		dash = dash || row.data[i] == '-';
	}
	return dash;
}

static size_t indentation(struct afd_span line, unsigned most)
{
	unsigned column = 0;
	size_t size = 0;
	while (size < line.size && column < most && (line.data[size] == ' ' || line.data[size] == '\t'))
		column = line.data[size++] == '\t' ? column / 4 * 4 + 4 : column + 1;
	return size;
}

struct afd_span afd_read_dedent(struct afd_span text, unsigned indent, struct afd_arena *arena)
{
	if (indent == 0)
		return text;
	char *out = afd_arena_new(arena, text.size + 1);
	size_t size = 0;
	for (size_t at = 0; at < text.size;) {
		struct afd_span line = afd_span_from(text, at);
		const char *newline = memchr(line.data, '\n', line.size);
		if (newline)
			line.size = (size_t)(newline - line.data) + 1;
		at += line.size;
		line = afd_span_from(line, indentation(line, indent));
		memcpy(out + size, line.data, line.size);
		size += line.size;
	}
	return (struct afd_span){ out, size };
}

unsigned afd_read_line(const struct afd_reader *reader, struct afd_span where)
{
	return afd_source_line(reader->model->source, (size_t)(where.data - reader->model->source->text.data));
}

enum afd_label afd_read_label(const struct afd_block *block)
{
	const struct afd_word *word = afd_word_find(AFD_WORD_LABEL, block->name);
	if (!word || (!block->colon && !block->bold))
		return AFD_LABEL_UNKNOWN;
	return (enum afd_label)word->id;
}

const struct afd_block *afd_read_list(const struct afd_reader *reader, const struct afd_block *label)
{
	const struct afd_block *next = label + 1;
	bool list = next < reader->document->blocks + reader->end && next->kind == AFD_LIST;
	return list && (label->text.size == 0 || !next->blank_before) ? next : NULL;
}

const struct afd_block *afd_read_content(const struct afd_reader *reader, const struct afd_block *label)
{
	const struct afd_block *next = label + 1;
	const struct afd_block *end = reader->document->blocks + reader->end;
	if (label->text.size > 0 || next >= end)
		return NULL;
	bool content = next->kind == AFD_FENCE || next->kind == AFD_LIST || next->kind == AFD_TABLE ||
				   next->kind == AFD_PARAGRAPH;
	return content ? next : NULL;
}

static bool is_word_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return (u >= '0' && u <= '9') || ((u | 32) >= 'a' && (u | 32) <= 'z');
}

const char *afd_read_slug(struct afd_span text, struct afd_arena *arena)
{
	enum { SLUG_MAX = 48 };
	char *slug = afd_arena_new(arena, SLUG_MAX + 1);
	size_t size = 0;
	bool gap = false;
	for (size_t i = 0; i < text.size && size < SLUG_MAX; i++) {
		if (!is_word_byte(text.data[i])) {
			gap = size > 0;
			continue;
		}
		if (gap && size + 1 < SLUG_MAX)
			slug[size++] = '-';
		gap = false;
		unsigned char u = (unsigned char)text.data[i];
		slug[size++] = (char)(u >= 'A' && u <= 'Z' ? u + 32 : u);
	}
	return slug;
}
