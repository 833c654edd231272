/* SPDX-License-Identifier: MIT
 * Which of the candidates are requests: one said by a heading or a label and said in full below it is one request. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { LOOK_AHEAD = 64 };

static void refuse_more(struct afd_reader *reader, const struct afd_found *found)
{
	if (!reader->survey->surplus.left)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "request", found->where, "a spec holds no more than %d requests",
					 AFD_CANDIDATES_MAX);
	reader->survey->surplus = (struct afd_candidate){ .found = *found, .left = "one too many" };
}

struct afd_candidate *afd_survey_add(struct afd_reader *reader, size_t block, enum afd_rank rank,
									 const struct afd_found *found)
{
	struct afd_survey *survey = reader->survey;
	if (survey->rows.count == AFD_CANDIDATES_MAX) {
		refuse_more(reader, found);
		return &survey->surplus;
	}
	struct afd_candidate *row = afd_arena_push(reader->arena, &survey->rows.rows, &survey->rows.count, sizeof *row);
	*row = (struct afd_candidate){ .block = block, .rank = rank, .found = *found };
	if (!found->shell && reader->document->blocks[block].kind != AFD_FENCE)
		row->found.url = afd_read_unescaped(reader, found->url);
	row->left = afd_section_reason(reader, block, found->url);
	row->listed = afd_section_lists(reader);
	if (!row->left && !found->shell)
		afd_read_warn_blank(reader, found->url);
	return row;
}

void afd_note_add(struct afd_reader *reader, struct afd_found *found, struct afd_span text, bool stated)
{
	if (text.size == 0)
		return;
	struct afd_note *note = afd_arena_push(reader->arena, &found->notes.rows, &found->notes.count, sizeof *note);
	*note = (struct afd_note){ text, stated };
}

/* The path without host or variable before it, query and slash after it. */
static struct afd_span path_of(struct afd_span url)
{
	static const char *const closes[] = { "}}", "}", ">" };
	size_t scheme = afd_span_find(afd_span_first(url, 16), "://", 0);
	if (scheme != SIZE_MAX)
		url = afd_span_from(url, scheme + 3);
	bool placed = url.size && strchr("{$<", url.data[0]);
	for (size_t i = 0; placed && i < sizeof closes / sizeof closes[0]; i++) {
		size_t close = afd_span_find(afd_span_first(url, 80), closes[i], 0);
		size_t slash = afd_span_find(url, "/", 0);
		if (close != SIZE_MAX && close < slash) {
			url = afd_span_from(url, close + strlen(closes[i]));
			break;
		}
	}
	const char *slash = url.size ? memchr(url.data, '/', url.size) : NULL;
	url = slash ? afd_span_from(url, (size_t)(slash - url.data)) : (struct afd_span){ url.data, 0 };
	for (size_t i = 0; i < url.size; i++)
		if (url.data[i] == '?' || url.data[i] == '#')
			url.size = i;
	while (url.size > 0 && url.data[url.size - 1] == '/')
		url.size--;
	return url;
}

static struct afd_span last_segment(struct afd_span *path)
{
	size_t begin = path->size;
	while (begin > 0 && path->data[begin - 1] != '/')
		begin--;
	struct afd_span segment = afd_span_from(*path, begin);
	path->size = begin ? begin - 1 : 0;
	return segment;
}

/* A placeholder stands for any segment: ":id", "{id}", "USER_ID". */
static bool is_open_segment(struct afd_span segment)
{
	size_t other = 0;
	for (size_t i = 0; i < segment.size; i++)
		other += !(segment.data[i] >= 'A' && segment.data[i] <= 'Z') && segment.data[i] != '_';
	return segment.size == 0 || strchr(":{$<[", segment.data[0]) || (other == 0 && segment.size > 1);
}

static bool same_path(struct afd_span a, struct afd_span b)
{
	bool literal = false;
	while (a.size > 0 && b.size > 0) {
		struct afd_span x = last_segment(&a);
		struct afd_span y = last_segment(&b);
		bool free = is_open_segment(x) || is_open_segment(y);
		if (!free && !afd_span_equal_nocase(x, y))
			return false;
		literal = literal || !free;
	}
	return literal || (a.size == 0 && b.size == 0);
}

static struct afd_span query_of(struct afd_span url)
{
	const char *mark = url.size ? memchr(url.data, '?', url.size) : NULL;
	return mark ? afd_span_from(url, (size_t)(mark - url.data)) : (struct afd_span){ url.data, 0 };
}

bool afd_same_request(const struct afd_found *a, const struct afd_found *b)
{
	struct afd_span target = b->sent && !memchr(b->url.data, '/', b->url.size) ? afd_span_of(b->sent) : b->url;
	struct afd_span query = query_of(a->url);
	struct afd_span other = query_of(target);
	bool unknown = afd_span_starts(target, "$") && !memchr(target.data, '/', target.size);
	bool open = query.size == 0 || other.size == 0 || afd_span_equal(query, other);
	return open && strcmp(a->method, b->method) == 0 && (unknown || same_path(path_of(a->url), path_of(target)));
}

/* For each block, its section's end: the next heading of the same or a higher level; `units` gets the heading above it. */
static void find_sections(const struct afd_document *document, size_t *ends, size_t *units)
{
	size_t next[7];
	for (size_t level = 0; level < 7; level++)
		next[level] = document->count;
	for (size_t i = document->count; i-- > 0;) {
		const struct afd_block *block = &document->blocks[i];
		if (block->kind != AFD_HEADING)
			continue;
		ends[i] = next[block->level < 7 ? block->level : 6];
		for (size_t level = block->level; level < 7; level++)
			next[level] = i;
	}
	size_t heading = SIZE_MAX;
	for (size_t i = 0; i < document->count; i++) {
		heading = document->blocks[i].kind == AFD_HEADING ? i : heading;
		units[i] = heading;
	}
}

static bool is_between_methods(const struct afd_candidate *a, const struct afd_candidate *b)
{
	return b->rank == a->rank && a->rank != AFD_RANK_HEADING && a->rank != AFD_RANK_INLINE;
}

/* A caption of its own stands over each: "**Without a token**" and "**With a wrong token**". */
static bool are_captioned(const struct afd_document *document, const struct afd_candidate *a,
						  const struct afd_candidate *b)
{
	const struct afd_block *over = a->block ? &document->blocks[a->block - 1] : NULL;
	const struct afd_block *under = &document->blocks[b->block - 1];
	return over && a->block != b->block && over->kind == AFD_LABEL && over->bold &&
		   under->kind == AFD_LABEL && under->bold && document->blocks[a->block].kind == AFD_FENCE &&
		   document->blocks[b->block].kind == AFD_FENCE && afd_read_label(over) == AFD_LABEL_UNKNOWN &&
		   afd_read_label(under) == AFD_LABEL_UNKNOWN && strcmp(a->found.form, b->found.form) == 0;
}

/* A pair, and below it "**Request:** POST /x?email=ann": the same with a query. */
static bool is_filled_in(const struct afd_reader *reader, const struct afd_candidate *row,
						 const struct afd_candidate *other)
{
	const struct afd_block *block = &reader->document->blocks[other->block];
	return row->rank == AFD_RANK_LABEL && other->rank == AFD_RANK_LABEL && !other->left &&
		   block->kind == AFD_LABEL && afd_read_label(block) == AFD_LABEL_REQUEST &&
		   query_of(row->found.url).size == 0 && query_of(other->found.url).size > 0 &&
		   afd_same_request(&row->found, &other->found);
}

/* The candidate below that says the same in full, or NULL. */
static const struct afd_candidate *find_fuller(const struct afd_reader *reader, size_t index, size_t end)
{
	const struct afd_survey *survey = reader->survey;
	const struct afd_candidate *row = &survey->rows.rows[index];
	for (size_t i = index + 1; i < survey->rows.count && i < index + LOOK_AHEAD; i++) {
		const struct afd_candidate *other = &survey->rows.rows[i];
		if (other->block < end && is_filled_in(reader, row, other))
			return other;
		if (other->block >= end || is_between_methods(row, other))
			return NULL;
		bool fuller = other->rank > row->rank && !other->left && other->block != row->block;
		bool cases = strcmp(other->found.form, "table") == 0 && row->rank != AFD_RANK_HEADING;
		if (fuller && !cases && afd_same_request(&row->found, &other->found))
			return are_captioned(reader->document, row, other) ? NULL : other;
	}
	return NULL;
}

/* "**Local Alternative:**" under "**Endpoint:**": a label of no known name, with the same path on another
 * host. */
static bool is_alternative(const struct afd_reader *reader, const struct afd_candidate *row,
						   const struct afd_candidate *above)
{
	const struct afd_block *block = &reader->document->blocks[row->block];
	return row->rank == AFD_RANK_LABEL && above->rank == AFD_RANK_LABEL && block->kind == AFD_LABEL &&
		   afd_read_label(block) == AFD_LABEL_UNKNOWN && !afd_span_equal(row->found.url, above->found.url);
}

/* The one just above, of another form or host, that says the same. */
static const struct afd_candidate *find_earlier(const struct afd_reader *reader, size_t index, size_t unit)
{
	const struct afd_candidate *row = &reader->survey->rows.rows[index];
	const struct afd_candidate *above = index ? row - 1 : NULL;
	bool near = above && !above->left && unit != SIZE_MAX && above->block >= unit && row->rank < AFD_RANK_LINE;
	bool weaker = near && above->rank > row->rank && (above->rank <= AFD_RANK_LINE || row->rank == AFD_RANK_INLINE);
	bool again = weaker || (near && is_alternative(reader, row, above));
	return again && afd_same_request(&row->found, &above->found) ? above : NULL;
}

static void leave_repeated(struct afd_reader *reader, size_t index, const size_t *ends, const size_t *units)
{
	struct afd_candidate *row = &reader->survey->rows.rows[index];
	size_t unit = units[row->block];
	size_t end = unit == SIZE_MAX ? reader->document->count : ends[unit];
	const struct afd_candidate *other = find_fuller(reader, index, end);
	if (!other)
		other = find_earlier(reader, index, unit);
	if (other)
		row->left = afd_arena_printf(reader->arena, "declared here, sent in line %u",
									 afd_read_line(reader, other->found.where));
}

/* Requests that are sent in full, up to a number of them. */
struct sent {
	const struct afd_found *rows[LOOK_AHEAD];
	size_t count;
};

static void collect_sent(const struct afd_survey *survey, struct sent *sent)
{
	for (size_t i = 0; i < survey->rows.count && sent->count < LOOK_AHEAD; i++) {
		const struct afd_candidate *row = &survey->rows.rows[i];
		if (row->rank == AFD_RANK_WHOLE && strcmp(row->found.form, "table") != 0)
			sent->rows[sent->count++] = &row->found;
	}
}

static bool is_sent_elsewhere(const struct sent *sent, const struct afd_candidate *row)
{
	for (size_t i = 0; i < sent->count; i++)
		if (afd_same_request(&row->found, sent->rows[i]))
			return true;
	return false;
}

/* A request that stands twice in a table, each row with a status of its own, is no summary of it. */
static bool says_one_twice(const struct afd_survey *survey, size_t begin, size_t end)
{
	bool twice = false;
	for (size_t i = begin; i < end; i++) {
		if (!survey->rows.rows[i].found.coded)
			return false;
		for (size_t k = i + 1; k < end && k < i + LOOK_AHEAD && !twice; k++)
			twice = afd_same_request(&survey->rows.rows[i].found, &survey->rows.rows[k].found);
	}
	return twice;
}

/* A table whose rows say requests that commands of the document send: a summary of these. */
static void leave_summary(struct afd_survey *survey, const struct sent *sent, size_t begin, size_t end)
{
	size_t count = 0;
	if (says_one_twice(survey, begin, end))
		return;
	for (size_t i = begin; i < end; i++)
		count += is_sent_elsewhere(sent, &survey->rows.rows[i]);
	for (size_t i = begin; i < end && count * 2 > end - begin; i++)
		survey->rows.rows[i].left = "a summary of requests that the document sends";
}

static void leave_summaries(struct afd_survey *survey)
{
	struct sent sent = { .count = 0 };
	collect_sent(survey, &sent);
	for (size_t i = 0; i < survey->rows.count; i++)
		if (survey->rows.rows[i].listed && survey->rows.rows[i].rank < AFD_RANK_WHOLE &&
			is_sent_elsewhere(&sent, &survey->rows.rows[i]))
			survey->rows.rows[i].left = "a list of what there is";
	for (size_t i = 0; i < survey->rows.count;) {
		size_t end = i + 1;
		bool table = strcmp(survey->rows.rows[i].found.form, "table") == 0;
		while (table && end < survey->rows.count && survey->rows.rows[end].block == survey->rows.rows[i].block)
			end++;
		if (table)
			leave_summary(survey, &sent, i, end);
		i = end;
	}
}

/* A code span alone is a request where something under it speaks of one. */
static bool has_evidence(const struct afd_reader *reader, size_t block)
{
	static const enum afd_label labels[] = { AFD_LABEL_BODY, AFD_LABEL_HEADERS, AFD_LABEL_EXPECTED, AFD_LABEL_RESPONSE };
	for (size_t i = block + 1; i < reader->document->count && i < block + 8; i++) {
		const struct afd_block *row = &reader->document->blocks[i];
		if (row->kind == AFD_HEADING)
			return false;
		if (row->kind == AFD_FENCE && row->body.size && memchr("{[", row->body.data[0], 2))
			return true;
		enum afd_label label = row->kind == AFD_LABEL ? afd_read_label(row) : AFD_LABEL_UNKNOWN;
		for (size_t k = 0; k < sizeof labels / sizeof labels[0]; k++)
			if (label == labels[k])
				return true;
	}
	return false;
}

static void leave_bare_spans(struct afd_reader *reader)
{
	for (size_t i = 0; i < reader->survey->rows.count; i++) {
		struct afd_candidate *row = &reader->survey->rows.rows[i];
		bool bare = row->rank == AFD_RANK_INLINE && row->found.where.data == row->found.url.data;
		if (bare && !row->left && !has_evidence(reader, row->block))
			row->left = "said, and nothing more";
	}
}

void afd_survey_settle(struct afd_reader *reader)
{
	struct afd_survey *survey = reader->survey;
	size_t *ends = afd_arena_array(reader->arena, reader->document->count + 1, sizeof *ends);
	size_t *units = afd_arena_array(reader->arena, reader->document->count + 1, sizeof *units);
	find_sections(reader->document, ends, units);
	leave_summaries(survey);
	leave_bare_spans(reader);
	for (size_t i = 0; i < survey->rows.count; i++)
		if (!survey->rows.rows[i].left && survey->rows.rows[i].rank < AFD_RANK_WHOLE)
			leave_repeated(reader, i, ends, units);
	survey->taken = afd_arena_array(reader->arena, survey->rows.count + 1, sizeof *survey->taken);
	survey->taken[survey->rows.count] = survey->rows.count;
	for (size_t i = survey->rows.count; i-- > 0;)
		survey->taken[i] = survey->rows.rows[i].left ? survey->taken[i + 1] : i;
}

/* A fence under these labels is theirs, whatever it looks like. */
static bool is_taken_fence(const struct afd_reader *reader, size_t block)
{
	const struct afd_block *above = block ? &reader->document->blocks[block - 1] : NULL;
	if (!above || above->kind != AFD_LABEL || above->text.size)
		return false;
	enum afd_label label = afd_read_label(above);
	return label == AFD_LABEL_BODY || label == AFD_LABEL_HEADERS;
}

static void survey_block(struct afd_reader *reader, size_t block)
{
	switch (reader->document->blocks[block].kind) {
	case AFD_HEADING:
		afd_enter_section(reader, block);
		afd_survey_heading(reader, block);
		break;
	case AFD_FENCE:
		if (!is_taken_fence(reader, block))
			afd_read_fence(reader, block);
		break;
	case AFD_LABEL: afd_survey_label(reader, block); break;
	case AFD_PARAGRAPH: afd_survey_paragraph(reader, block); break;
	case AFD_LIST: afd_survey_list(reader, block); break;
	case AFD_TABLE: afd_survey_table(reader, block); break;
	case AFD_COMMENT: afd_remark_mentions(reader, block); break;
	case AFD_RULE: break;
	}
}

void afd_survey(struct afd_reader *reader)
{
	reader->survey = afd_arena_new(reader->arena, sizeof *reader->survey);
	reader->end = reader->document->count;
	for (size_t i = 0; i < reader->document->count; i++)
		if (!reader->used[i])
			survey_block(reader, i);
	afd_survey_settle(reader);
}
