/* SPDX-License-Identifier: MIT
 * Markdown lines to tokens. One line is one token, but a fence is a token whole. Total: any bytes are accepted. */
#include "scan.h"

#include "spec_parser.h"

#include <stdint.h>
#include <string.h>

enum { LABEL_MAX = 96 };

static const char WIDE_COLON[] = "\xEF\xBC\x9A";

/*!re2c
re2c:define:YYCTYPE = "unsigned char";
re2c:yyfill:enable = 0;
re2c:flags:tags = 1;
re2c:encoding:utf8 = 0; // by bytes: a document need not be UTF-8

// The text ends with a NUL: no pattern runs over one, or over a newline.
char    = [^\n\x00];
rest    = char*;
blank   = [ \t];
visible = [^ \t\n\x00];
eol     = [ \t\r]* [\n\x00];
marker  = [-*+] | [0-9]{1,9} [.)];
hashes  = "#"{1,6};
ticks   = "```" "`"* [^`\n\x00]* [\n\x00];
tildes  = "~~~" rest;
rule    = (("-" blank*){3,} | ("*" blank*){3,} | ("_" blank*){3,}) eol;
*/

enum line_kind {
	LINE_BLANK,
	LINE_HEADING,
	LINE_RULE,
	LINE_FENCE,
	LINE_ROW,
	LINE_ITEM,
	LINE_TEXT
};

/* What a line is. `*text` is where its own text begins. */
static enum line_kind classify(const char *line, const char **text)
{
	const unsigned char *YYCURSOR = (const unsigned char *)line;
	const unsigned char *YYMARKER = YYCURSOR;
	const unsigned char *at = YYCURSOR;
	/*!stags:re2c format = 'const unsigned char *@@;'; */
	/*!re2c
	blank* @at hashes blank+ rest            { *text = (const char *)at; return LINE_HEADING; }
	blank* @at hashes eol                    { *text = (const char *)at; return LINE_HEADING; }
	blank* @at rule                          { *text = (const char *)at; return LINE_RULE; }
	blank* @at (ticks | tildes)              { *text = (const char *)at; return LINE_FENCE; }
	blank* @at "|" rest                      { *text = (const char *)at; return LINE_ROW; }
	blank* marker blank+ @at (ticks | tildes) { *text = (const char *)at; return LINE_FENCE; }
	blank* @at marker blank+ rest            { *text = (const char *)at; return LINE_ITEM; }
	eol                                      { *text = (const char *)YYCURSOR; return LINE_BLANK; }
	blank* @at visible rest                   { *text = (const char *)at; return LINE_TEXT; }
	*                                        { *text = line; return LINE_TEXT; }
	*/
}

/* Where the text of a list item begins, after its marker and a check box. */
static const char *after_marker(const char *item)
{
	const unsigned char *YYCURSOR = (const unsigned char *)item;
	const unsigned char *YYMARKER = YYCURSOR;
	/*!re2c
	marker blank+ ("[" [ xX] "]" blank+)? { return (const char *)YYCURSOR; }
	*                                     { return item; }
	*/
}

enum label_shape {
	NO_LABEL,
	BOLD_LABEL,
	PLAIN_LABEL
};

struct label_split {
	const char *name, *name_end, *after;
};

/* Bold text at the start of a line (an emoji may stand before it), or words and a colon. */
static enum label_shape split_label(const char *line, struct label_split *split)
{
	const unsigned char *YYCURSOR = (const unsigned char *)line;
	const unsigned char *YYMARKER = YYCURSOR;
	const unsigned char *at = YYCURSOR;
	/*!stags:re2c format = 'const unsigned char *@@;'; */
	/*!re2c
	([\x80-\xff]+ blank*)? "**" @at [^*\n\x00]+ "**" {
		*split = (struct label_split){ (const char *)at, (const char *)YYCURSOR - 2, (const char *)YYCURSOR };
		return BOLD_LABEL;
	}
	[^:`|<>*{}"'\\=$[\n\x00]+ ":" {
		*split = (struct label_split){ line, (const char *)YYCURSOR - 1, (const char *)YYCURSOR };
		return PLAIN_LABEL;
	}
	* { return NO_LABEL; }
	*/
}

/* Words and a full-width colon, as Chinese documents have it. */
static enum label_shape split_wide_label(struct afd_span line, struct label_split *split)
{
	size_t colon = afd_span_find(afd_span_first(line, LABEL_MAX), WIDE_COLON, 0);
	if (colon == SIZE_MAX || colon == 0 || memchr(line.data, '`', colon))
		return NO_LABEL;
	*split = (struct label_split){ line.data, line.data + colon, line.data + colon + sizeof WIDE_COLON - 1 };
	return PLAIN_LABEL;
}

/* "Expected Response (Status: 201)" -> name and what stands in the last parentheses. */
static void split_qualifier(struct afd_block *block)
{
	struct afd_span name = block->name;
	size_t open = afd_span_find(name, "(", 0);
	if (open == SIZE_MAX || open == 0 || !afd_span_ends(name, ")"))
		return;
	block->qualifier = (struct afd_span){ name.data + open + 1, name.size - open - 2 };
	block->name = afd_span_trim(afd_span_first(name, open));
}

/* "**Body** (raw JSON): ...": what stands in parentheses between the name and its colon. */
static void split_behind(struct afd_block *block)
{
	size_t close = afd_span_starts(block->text, "(") ? afd_span_find(block->text, ")", 0) : SIZE_MAX;
	if (block->colon || close == SIZE_MAX || close > LABEL_MAX)
		return;
	struct afd_span after = afd_span_trim(afd_span_from(block->text, close + 1));
	if (!afd_span_starts(after, ":"))
		return;
	block->qualifier = afd_span_trim((struct afd_span){ block->text.data + 1, close - 1 });
	block->text = afd_span_trim(afd_span_from(after, 1));
	block->colon = true;
}

static struct afd_span without_colon(struct afd_span name, bool *colon)
{
	name = afd_span_trim(name);
	if (afd_span_ends(name, ":") || afd_span_ends(name, WIDE_COLON)) {
		*colon = true;
		name.size -= afd_span_ends(name, ":") ? 1 : sizeof WIDE_COLON - 1;
	}
	return afd_span_trim(name);
}

/* "http://..." and "19:30" are no labels. */
static bool ends_a_word(struct afd_span line, const char *after)
{
	return after >= line.data + line.size || strchr(" \t\r\n`", *after) || (*after & 0x80);
}

bool afd_scan_label(struct afd_span line, struct afd_block *block)
{
	struct label_split split;
	enum label_shape shape = line.size ? split_label(line.data, &split) : NO_LABEL;
	if (shape == PLAIN_LABEL && (split.after - line.data > LABEL_MAX || !ends_a_word(line, split.after)))
		shape = NO_LABEL;
	if (shape == NO_LABEL)
		shape = split_wide_label(line, &split);
	if (shape == NO_LABEL || split.after > line.data + line.size)
		return false;
	bool colon = shape == PLAIN_LABEL;
	struct afd_span name = without_colon((struct afd_span){ split.name, (size_t)(split.name_end - split.name) }, &colon);
	if (name.size == 0)
		return false;
	block->bold = shape == BOLD_LABEL;
	block->colon = colon;
	block->name = name;
	block->text = afd_span_trim((struct afd_span){ split.after, (size_t)(line.data + line.size - split.after) });
	if (!block->colon && afd_span_starts(block->text, ":")) {
		block->colon = true;
		block->text = afd_span_trim(afd_span_from(block->text, 1));
	}
	split_qualifier(block);
	split_behind(block);
	return block->name.size > 0;
}

void afd_scanner_init(struct afd_scanner *scanner, const struct afd_source *source)
{
	*scanner = (struct afd_scanner){ .source = source, .cursor = source->text.data + source->start };
}

static const char *line_end(const struct afd_scanner *scanner, const char *line)
{
	const char *end = scanner->source->text.data + scanner->source->text.size;
	const char *newline = memchr(line, '\n', (size_t)(end - line));
	return newline ? newline + 1 : end;
}

static unsigned columns(const char *line, const char *text)
{
	unsigned count = 0;
	for (; line < text; line++)
		count = *line == '\t' ? count / 4 * 4 + 4 : count + 1;
	return count;
}

static size_t run_length(const char *text, const char *end)
{
	size_t size = 0;
	while (text + size < end && text[size] == text[0])
		size++;
	return size;
}

static bool closes(const char *line, const char *end, char mark, size_t length)
{
	const char *text = line;
	while (text < end && (*text == ' ' || *text == '\t'))
		text++;
	if (text == end || *text != mark || run_length(text, end) < length)
		return false;
	text += run_length(text, end);
	return afd_span_trim((struct afd_span){ text, (size_t)(end - text) }).size == 0;
}

/* The line that closes a fence, or NULL. A length that found none once finds none later: the scan stays linear. */
static const char *find_closing(struct afd_scanner *scanner, const char *from, char mark, size_t length)
{
	const char *end = scanner->source->text.data + scanner->source->text.size;
	bool *lost = &scanner->lost[mark == '~'][length];
	if (*lost)
		return NULL;
	for (const char *line = from; line < end; line = line_end(scanner, line))
		if (closes(line, line_end(scanner, line), mark, length))
			return line;
	*lost = true;
	return NULL;
}

static void scan_fence(struct afd_scanner *scanner, const char *text, const char *end, struct afd_block *block)
{
	size_t length = run_length(text, end);
	if (length > AFD_FENCE_RUN_MAX)
		length = AFD_FENCE_RUN_MAX;
	const char *info = text + run_length(text, end);
	block->kind = AFD_FENCE;
	block->info = afd_span_trim((struct afd_span){ info, (size_t)(end - info) });
	const char *close = find_closing(scanner, end, *text, length);
	block->closed = close != NULL;
	if (!close && length > 3)
		close = find_closing(scanner, end, *text, 3);
	const char *document_end = scanner->source->text.data + scanner->source->text.size;
	const char *body_end = close ? close : document_end;
	scanner->cursor = close ? line_end(scanner, close) : document_end;
	block->body = (struct afd_span){ end, (size_t)(body_end - end) };
	if (block->body.size > 0 && block->body.data[block->body.size - 1] == '\n')
		block->body.size--;
}

static void scan_heading(const char *text, const char *end, struct afd_block *block)
{
	block->kind = AFD_HEADING;
	block->level = (unsigned)run_length(text, end);
	struct afd_span words = afd_span_trim((struct afd_span){ text + block->level, (size_t)(end - text) - block->level });
	size_t size = words.size;
	while (size > 0 && words.data[size - 1] == '#')
		size--;
	bool trailing = size < words.size && (size == 0 || words.data[size - 1] == ' ');
	block->text = trailing ? afd_span_trim(afd_span_first(words, size)) : words;
}

static int scan_words(struct afd_scanner *scanner, const char *text, const char *end, bool item,
					  struct afd_block *block)
{
	int previous = scanner->previous;
	if (item)
		text = after_marker(text);
	struct afd_span words = { text, (size_t)(end - text) };
	block->text = afd_span_trim(words);
	block->item = item;
	if (afd_scan_label(words, block)) {
		block->kind = AFD_LABEL;
		return AFD_TOKEN_LABEL;
	}
	if (item) {
		bool goes_on = previous == AFD_TOKEN_LIST || previous == AFD_TOKEN_ITEM;
		block->kind = AFD_LIST;
		return goes_on ? AFD_TOKEN_ITEM : AFD_TOKEN_LIST;
	}
	bool goes_on = (previous == AFD_TOKEN_PARAGRAPH || previous == AFD_TOKEN_TEXT) && !block->blank_before;
	block->kind = AFD_PARAGRAPH;
	return goes_on ? AFD_TOKEN_TEXT : AFD_TOKEN_PARAGRAPH;
}

/* What ends after the line that follows its beginning is no title, but a part of the document that is left out. */
static bool scan_comment(struct afd_scanner *scanner, const char *text, const char *end, struct afd_block *block)
{
	const char *limit = scanner->source->text.data + scanner->source->text.size;
	struct afd_span rest = { text, (size_t)(limit - text) };
	if (!afd_span_starts(rest, "<!--") || scanner->uncommented)
		return false;
	size_t close = afd_span_find(rest, "-->", 4);
	scanner->uncommented = close == SIZE_MAX;
	if (scanner->uncommented || text + close < end || text + close < line_end(scanner, end))
		return false;
	block->kind = AFD_COMMENT;
	scanner->cursor = line_end(scanner, text + close);
	return true;
}

static int scan_row(struct afd_scanner *scanner, const char *text, const char *end, struct afd_block *block)
{
	int previous = scanner->previous;
	bool goes_on = (previous == AFD_TOKEN_TABLE || previous == AFD_TOKEN_ROW) && !block->blank_before;
	block->kind = AFD_TABLE;
	block->text = afd_span_trim((struct afd_span){ text, (size_t)(end - text) });
	return goes_on ? AFD_TOKEN_ROW : AFD_TOKEN_TABLE;
}

static int scan_line(struct afd_scanner *scanner, enum line_kind kind, const char *text, const char *end,
					 struct afd_block *block)
{
	switch (kind) {
	case LINE_HEADING: scan_heading(text, end, block); return AFD_TOKEN_HEADING;
	case LINE_RULE: block->kind = AFD_RULE; return AFD_TOKEN_RULE;
	case LINE_FENCE: scan_fence(scanner, text, end, block); return AFD_TOKEN_FENCE;
	case LINE_ROW: return scan_row(scanner, text, end, block);
	case LINE_ITEM: return scan_words(scanner, text, end, true, block);
	default: break;
	}
	if (scan_comment(scanner, text, end, block))
		return AFD_TOKEN_COMMENT;
	return scan_words(scanner, text, end, false, block);
}

static struct afd_span without_newline(const char *begin, const char *end)
{
	size_t size = (size_t)(end - begin);
	if (size > 0 && begin[size - 1] == '\n')
		size--;
	return (struct afd_span){ begin, size };
}

int afd_scan(struct afd_scanner *scanner, struct afd_block *block, struct afd_range *where)
{
	const char *start = scanner->source->text.data;
	const char *limit = start + scanner->source->text.size;
	*block = (struct afd_block){ 0 };
	while (scanner->cursor < limit) {
		const char *line = scanner->cursor;
		const char *end = line_end(scanner, line);
		const char *text = line;
		enum line_kind kind = classify(line, &text);
		scanner->cursor = end;
		if (kind == LINE_BLANK) {
			scanner->blank = true;
			continue;
		}
		block->indent = columns(line, text);
		block->blank_before = scanner->blank;
		scanner->blank = false;
		int token = scan_line(scanner, kind, text, end, block);
		block->all = without_newline(line, scanner->cursor);
		*where = (struct afd_range){ (size_t)(line - start), (size_t)(scanner->cursor - start) };
		scanner->previous = token;
		return token;
	}
	*where = (struct afd_range){ (size_t)(limit - start), (size_t)(limit - start) };
	return 0;
}
