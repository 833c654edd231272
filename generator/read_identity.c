/* SPDX-License-Identifier: MIT
 * What tests are called: ids from numbers, codes and titles, unique and the same from one reading to the next; and which
 * lines are theirs. */
#include "read.h"

#include "base/hash.h"

#include <stdint.h>
#include <string.h>

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static bool is_id_byte(char byte)
{
	return is_digit(byte) || is_letter(byte);
}

/* Signs before the first word: emoji, marks of markdown, brackets. */
static struct afd_span without_signs(struct afd_span text)
{
	while (text.size > 0) {
		unsigned char byte = (unsigned char)text.data[0];
		size_t size = byte >= 0xF0 ? 4 : byte == 0xE2 || byte == 0xEF ? 3 : strchr("*_`#[( \t", (char)byte) && byte ? 1 : 0;
		if (size == 0)
			break;
		text = afd_span_from(text, size);
	}
	return text;
}

/* "Step 3" -> what stands after the word; the text itself where there is no such word. */
static struct afd_span after_counter(struct afd_span text)
{
	char buffer[128];
	const struct afd_word *word =
		afd_word_prefix(AFD_WORD_NUMBERED, afd_word_fold(afd_span_first(text, 60), buffer));
	if (!word)
		return text;
	struct afd_span rest = afd_span_from(text, strlen(word->text));
	size_t gap = 0;
	while (gap < rest.size && strchr(" #-_.", rest.data[gap]) && rest.data[gap] != '\0')
		gap++;
	rest = afd_span_from(rest, gap);
	bool code = gap > 0 && strchr("-_", rest.data[-1]); /* "TC-001" is a code whole */
	return rest.size && is_digit(rest.data[0]) && !code ? rest : text;
}

static bool ends_number(struct afd_span rest)
{
	if (rest.size == 0 || strchr(" \t:)]*`,", rest.data[0]))
		return true;
	return (unsigned char)rest.data[0] >= 0x80;
}

/* "6.13. Title" -> 6.13; "TC-001: Title" -> TC-001; "A1) Title" -> A1. Empty: the text has none. */
static struct afd_span number_of(struct afd_span text)
{
	struct afd_span start = after_counter(without_signs(text));
	struct afd_span none = { start.data, 0 };
	size_t size = 0;
	bool digit = false;
	while (size < start.size && (is_id_byte(start.data[size]) || strchr(".-_", start.data[size])) && start.data[size]) {
		digit = digit || is_digit(start.data[size]);
		size++;
	}
	struct afd_span number = afd_span_first(start, size);
	struct afd_span rest = afd_span_from(start, size);
	while (number.size && !is_id_byte(number.data[number.size - 1]))
		number.size--;
	if (!digit || number.size == 0 || number.size > 24 || !ends_number(rest))
		return none;
	bool parted = start.data + number.size < start.data + start.size && strchr(".:)-]", number.data[number.size]);
	if (is_digit(number.data[0])) {
		/* "2FA login" and "404 handling" are words */
		bool plain = strspn(number.data, "0123456789.-_") >= number.size;
		return plain && (number.size < 3 || parted || memchr(number.data, '.', number.size) || number.size == start.size)
				   ? number
				   : none;
	}
	bool code = number.size > 2 && (memchr(number.data, '-', number.size) || memchr(number.data, '_', number.size));
	return code || (parted && number.size < 7 && is_digit(number.data[number.size - 1])) ? number : none;
}

bool afd_read_is_numbered(struct afd_span text)
{
	return number_of(text).size > 0;
}

/* The run of marks of emphasis that the text begins with. */
static struct afd_span marks_of(struct afd_span text)
{
	size_t size = 0;
	while (size < text.size && strchr("*_", text.data[0]) && text.data[size] == text.data[0])
		size++;
	return afd_span_first(text, size);
}

static bool starts_with(struct afd_span text, struct afd_span start)
{
	return start.size && afd_span_equal(afd_span_first(text, start.size), start);
}

static bool holds(struct afd_span text, char byte)
{
	return text.size && memchr(text.data, byte, text.size);
}

/* The marks that open before the number and do not close there: "**1. Title**", "**1.** Title". */
static struct afd_span open_marks(struct afd_span before)
{
	while (before.size && !strchr("*_", before.data[0]))
		before = afd_span_from(before, 1);
	struct afd_span marks = marks_of(before);
	bool closed = marks.size && holds(afd_span_from(before, marks.size), marks.data[0]);
	return closed ? afd_span_first(marks, 0) : marks;
}

/* "**Title**" without its marks, which go in pairs. */
static struct afd_span without_emphasis(struct afd_span title)
{
	struct afd_span marks = marks_of(title);
	if (marks.size == 0 || title.size <= 2 * marks.size)
		return title;
	struct afd_span inside = { title.data + marks.size, title.size - 2 * marks.size };
	bool pair = starts_with(afd_span_from(title, title.size - marks.size), marks) && !holds(inside, marks.data[0]);
	return pair ? inside : title;
}

static struct afd_span without_separators(struct afd_span text)
{
	while (text.size && strchr(".:)-] \t", text.data[0]) && text.data[0])
		text = afd_span_from(text, 1);
	return text;
}

/* What stands behind the number. */
static struct afd_span title_of(struct afd_span heading, struct afd_span number)
{
	if (number.size == 0)
		return without_emphasis(heading);
	size_t at = (size_t)(number.data - heading.data);
	struct afd_span marks = open_marks(afd_span_first(heading, at));
	struct afd_span title = without_separators(afd_span_from(heading, at + number.size));
	if (starts_with(title, marks))
		title = without_separators(afd_span_from(title, marks.size));
	else if (title.size >= marks.size && starts_with(afd_span_from(title, title.size - marks.size), marks))
		title = afd_span_trim(afd_span_first(title, title.size - marks.size));
	title = without_emphasis(title);
	return title.size ? title : heading;
}

static const char *file_of(struct afd_arena *arena, const char *id)
{
	char *file = afd_arena_printf(arena, "test_%s", id);
	for (char *p = file; *p; p++)
		if (!is_id_byte(*p))
			*p = '_';
	return file;
}

/* What ids must differ in: the name of the file without case, which many file systems do not tell apart. */
static const char *key_of(struct afd_arena *arena, const char *id)
{
	char *key = afd_arena_copy(arena, afd_span_of(file_of(arena, id)));
	for (char *p = key; *p; p++)
		if (is_letter(*p))
			*p |= 32;
	return key;
}

/* Takes the id, or the first one after it that is free. */
static void make_unique(struct afd_reader *reader, struct afd_model_test *test)
{
	const char *wanted = test->id;
	const char *wanted_key = key_of(reader->arena, test->id);
	const char *key = wanted_key;
	size_t number = reader->model->tests.count - 1;
	size_t same = afd_index_find(&reader->ids, key);
	size_t last = afd_index_find(&reader->wanted, key);
	for (size_t n = last == SIZE_MAX ? 2 : last + 1; afd_index_find(&reader->ids, key) != SIZE_MAX; n++) {
		test->id = afd_arena_printf(reader->arena, "%s-%zu", wanted, n);
		key = key_of(reader->arena, test->id);
		afd_index_put(&reader->wanted, reader->arena, wanted_key, n);
	}
	afd_index_put(&reader->ids, reader->arena, key, number);
	test->file = file_of(reader->arena, test->id);
	const struct afd_model_test *first = same == SIZE_MAX ? NULL : &reader->model->tests.rows[same];
	if (!first || same >= reader->unit.first_test)
		return;
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "duplicate", test->where,
											  "a second test '%s'; it is called '%s'", wanted, test->id);
	afd_diag_peer(row, reader->diag, first->where, "the first one is here");
}

/* The copy of a text that many tests have in common, from one to the next. */
static const char *copy_once(struct afd_reader *reader, struct afd_copy *copy, struct afd_span text)
{
	if (!copy->string || copy->text.data != text.data || copy->text.size != text.size)
		*copy = (struct afd_copy){ text, afd_arena_copy(reader->arena, text) };
	return copy->string;
}

static const char *section_of(struct afd_reader *reader)
{
	if (reader->heading == SIZE_MAX)
		return "";
	const struct afd_block *heading = &reader->document->blocks[reader->heading];
	size_t nearest = 0;
	for (unsigned level = 1; level < heading->level; level++)
		if (reader->above[level] > nearest)
			nearest = reader->above[level];
	const struct afd_block *above = nearest ? &reader->document->blocks[nearest - 1] : NULL;
	return above && above->level > 1 ? copy_once(reader, &reader->section, above->text) : "";
}

/* The lines from the heading to the last one that is not blank before a rule or the next heading. */
static void locate_unit(struct afd_reader *reader)
{
	const struct afd_document *document = reader->document;
	struct afd_unit *unit = &reader->unit;
	size_t last = reader->heading == SIZE_MAX ? unit->begin : reader->heading;
	struct afd_span begin = document->blocks[last].all;
	for (size_t i = last; i < reader->end && document->blocks[i].kind != AFD_RULE; i++)
		last = i;
	struct afd_span all = document->blocks[last].all;
	unit->first_line = afd_read_line(reader, begin);
	unit->last_line = afd_read_line(reader, afd_span_from(all, all.size ? all.size - 1 : 0));
	while (unit->last_line > unit->first_line &&
		   afd_span_trim(afd_source_line_text(reader->model->source, unit->last_line)).size == 0)
		unit->last_line--;
	afd_sha256_hex(afd_source_lines(reader->model->source, unit->first_line, unit->last_line), unit->sha256);
	unit->section = section_of(reader);
	unit->located = true;
}

/* The request stands in a section before, from which the test's lines begin then. */
static void reach_back(struct afd_reader *reader, struct afd_model_test *test)
{
	test->first_line = test[-1].first_line;
	struct afd_span lines = afd_source_lines(reader->model->source, test->first_line, test->last_line);
	if (afd_read_spend(reader, test->where, lines.size))
		afd_sha256_hex(lines, test->sha256);
}

static void set_lines(struct afd_reader *reader, struct afd_model_test *test)
{
	if (!reader->unit.located)
		locate_unit(reader);
	test->first_line = reader->unit.first_line;
	test->last_line = reader->unit.last_line;
	test->section = reader->unit.section;
	memcpy(test->sha256, reader->unit.sha256, sizeof test->sha256);
	if (test->line < test->first_line)
		reach_back(reader, test);
}

/* A name for a title without ASCII letters. */
static const char *slug_of(struct afd_reader *reader, struct afd_span title)
{
	const char *slug = afd_read_slug(title, reader->arena);
	char hex[AFD_SHA256_HEX + 1];
	if (slug[0] || title.size == 0)
		return slug;
	afd_sha256_hex(title, hex);
	return afd_arena_printf(reader->arena, "test-%.8s", hex);
}

/* What a heading or a caption says, read once for the tests that have it in common. */
static const struct afd_naming *naming_of(struct afd_reader *reader, struct afd_naming *last, struct afd_span text)
{
	if (last->slug && last->text.data == text.data && last->text.size == text.size)
		return last;
	last->text = text;
	last->number = text.size ? number_of(text) : text;
	struct afd_span title = text.size ? title_of(text, last->number) : text;
	last->title = afd_arena_copy(reader->arena, title);
	last->slug = slug_of(reader, title);
	return last;
}

/* A caption of its own counts where the heading is not the test's alone, or where it has a number. */
static const struct afd_naming *caption_of(struct afd_reader *reader, const struct afd_found *found)
{
	bool several = reader->unit.taken > 1 || reader->heading == SIZE_MAX;
	if (found->caption.size && (several || found->number.size))
		return naming_of(reader, &reader->own_caption, found->caption);
	const struct afd_naming *above = naming_of(reader, &reader->caption, reader->unit.caption);
	if (above->text.size && (several || above->number.size))
		return above;
	return naming_of(reader, &reader->own_caption, (struct afd_span){ "", 0 });
}

static const char *id_of(struct afd_reader *reader, const struct afd_found *found, const struct afd_naming *caption,
						 const struct afd_naming *heading)
{
	struct afd_arena *arena = reader->arena;
	struct afd_span above = heading->number;
	struct afd_span own = found->number.size ? found->number : caption->number;
	if (caption->text.size == 0 && own.size == 0)
		return above.size ? afd_arena_copy(arena, above) : heading->slug;
	if (own.size && (above.size == 0 || is_letter(own.data[0]) || memchr(own.data, '.', own.size)))
		return afd_arena_copy(arena, own);
	const char *name = own.size ? afd_arena_copy(arena, own) : caption->slug;
	return above.size ? afd_arena_printf(arena, "%s-%s", afd_arena_copy(arena, above), name) : name;
}

void afd_read_identify(struct afd_reader *reader, struct afd_model_test *test, const struct afd_found *found)
{
	struct afd_span text = { "", 0 };
	if (reader->heading != SIZE_MAX)
		text = reader->document->blocks[reader->heading].text;
	const struct afd_naming *heading = naming_of(reader, &reader->heading_naming, text);
	const struct afd_naming *caption = caption_of(reader, found);
	test->title = caption->text.size ? caption->title : heading->title;
	test->id = id_of(reader, found, caption, heading);
	if (!test->id[0])
		test->id = afd_arena_printf(reader->arena, "line-%u", test->line);
	set_lines(reader, test);
	make_unique(reader, test);
}
