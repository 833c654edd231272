/* SPDX-License-Identifier: MIT
 * Expectations: what the words of a label, a list, a table or a fence state. Prose is left with a warning;
 * the project's own table (What, Condition) is strict. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

/* Where conditions stand, and where they go. */
struct place {
	struct afd_target to;
	bool cells, strict;
	bool loose; /* under a name that is not understood: "without a key: 401" */
};

static void warn_prose(struct afd_reader *reader, struct afd_span where, const char *hint, const char *text)
{
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "expectation", where, "%s", text);
	if (hint[0])
		afd_diag_hint(reader->diag, row, "%s", hint);
}

static void refuse_ambiguous(struct afd_reader *reader, const struct afd_expect_lexer *lexer)
{
	struct afd_span value = lexer->ambiguous;
	struct afd_diagnostic *row =
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", value,
					 "'%.*s' may be one more value, or a condition of its own", (int)value.size, value.data);
	afd_diag_hint(reader->diag, row, "write 'or code `...`', 'or status `...`', or put it first");
}

static void add(struct afd_reader *reader, const struct place *place, struct afd_condition *condition,
				bool loose)
{
	size_t before = *place->to.expectation_count;
	afd_read_add_conditions(reader, place->to, condition, NULL);
	for (size_t i = before; i < *place->to.expectation_count; i++)
		(*place->to.expectations)[i].loose = loose || place->loose;
}

/* A code alone among words that say something else: "the order becomes `COMPLETED`". */
static bool is_mere_code(const struct afd_condition *condition)
{
	return condition->junction == AFD_TERM && strcmp(condition->subject, "AFD_CODE") == 0 &&
		   condition->where.data == condition->value_at.data;
}

/* A number among words that say something else: "bids between 500 and 1000". */
static bool is_mere_number(const struct afd_condition *condition, struct afd_span text)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	if (condition->junction != AFD_TERM || strcmp(condition->subject, "AFD_STATUS") != 0 ||
		condition->steps.count || condition->where.data != condition->value_at.data ||
		condition->value[1] == 'x' || condition->value_at.data[-1] == '`')
		return false;
	size_t count = afd_statuses(text, AFD_STATEMENT_EXPECTED, codes);
	for (size_t i = 0; i < count; i++)
		if (codes[i].data == condition->value_at.data)
			return false;
	return true;
}

/* "run status: `approved`": a member of the answer, not the status of HTTP. */
static const struct afd_condition *other_status(const struct afd_condition *condition)
{
	if (condition->junction != AFD_TERM) {
		const struct afd_condition *left = other_status(condition->left);
		return left ? left : other_status(condition->right);
	}
	bool other = strcmp(condition->subject, "AFD_STATUS") == 0 &&
				 strcmp(condition->predicate, "AFD_IS") == 0 && condition->value &&
				 strpbrk(condition->value, "0123456789{$<") == NULL;
	return other ? condition : NULL;
}

/* The language has all words of the text, be they of use here or not. */
static bool are_known(const struct afd_reader *reader, struct afd_span text)
{
	static const char marks[] = " \t\r\n|*_`.,:;!?()[]-/\"'";
	char buffer[128];
	while (text.size > 0) {
		size_t size = 0;
		while (size < text.size && !memchr(marks, text.data[size], sizeof marks - 1))
			size++;
		struct afd_span word = afd_word_fold(afd_span_first(text, size), buffer);
		bool letters =
			word.size > 0 && (((word.data[0] | 32) >= 'a' && (word.data[0] | 32) <= 'z') ||
							  ((unsigned char)word.data[0] >= 0xC3 && (unsigned char)word.data[0] < 0xE2));
		if (letters && !afd_vocabulary_begins(reader->vocabulary, word))
			return false;
		text = afd_span_from(text, size + 1);
	}
	return true;
}

/* Adds what was parsed of `text`; a problem in it is the spec's, and was told. */
static void take_conditions(struct afd_reader *reader, struct afd_span text,
							const struct afd_expect_lexer *lexer, const struct place *place)
{
	struct afd_span where = lexer->root->where;
	struct afd_span before = { text.data, where.data > text.data ? (size_t)(where.data - text.data) : 0 };
	struct afd_span after = afd_span_from(text, before.size + where.size);
	bool told = are_known(reader, before);
	if (!place->strict && !told && (is_mere_code(lexer->root) || is_mere_number(lexer->root, text))) {
		warn_prose(reader, where, "", "no condition is understood here: these words are taken for prose");
		return;
	}
	const struct afd_condition *other = place->strict ? NULL : other_status(lexer->root);
	if (other) {
		warn_prose(reader, other->where,
				   "a status is `404`; a member of the answer is: field `status` is `open`",
				   "this is no status: these words are taken for prose");
		return;
	}
	if (lexer->ambiguous.size) {
		refuse_ambiguous(reader, lexer);
		return;
	}
	if (lexer->noise.size)
		afd_read_refuse_word(reader, lexer);
	if (afd_read_check_condition(reader, lexer->root))
		add(reader, place, lexer->root, !told || !are_known(reader, after));
}

/* "`error` never", "500 değil": what stands before a word that denies it must not be taken for the opposite.
 */
static bool is_denied(const struct afd_expect_lexer *lexer)
{
	char buffer[128];
	const struct afd_word *word = afd_word_find(AFD_WORD_OPERATOR, afd_word_fold(lexer->failed_at, buffer));
	return word && word->id == AFD_OPERATOR_NOT;
}

/* The same, where nothing follows: "500 değil". */
static bool is_denied_last(struct afd_span text, const struct afd_expect_lexer *lexer)
{
	const char *after = lexer->failed_at.data + lexer->failed_at.size;
	const char *end = text.data + text.size;
	while (after < end && strchr(" .!*_", *after))
		after++;
	return is_denied(lexer) && after >= end;
}

/* The longest beginning that is understood. False: there is none. */
static bool parse_beginning(struct afd_reader *reader, struct afd_span *text, const struct place *place,
							struct afd_expect_lexer *lexer)
{
	while (text->size > 0) {
		size_t cut = (size_t)(lexer->failed_at.data - text->data);
		if (cut >= text->size || is_denied(lexer))
			cut = lexer->joint.size ? (size_t)(lexer->joint.data - text->data) : 0;
		*text = afd_span_trim(afd_span_first(*text, cut));
		if (text->size &&
			afd_expect_parse_text(*text, place->cells, false, reader->vocabulary, reader->arena, lexer))
			return true;
	}
	return false;
}

static void take_beginning(struct afd_reader *reader, struct afd_span all, struct afd_span text,
						   const struct afd_expect_lexer *lexer, const char *failure,
						   const struct place *place)
{
	const char *begin = text.data + text.size;
	struct afd_span rest = { begin, (size_t)(all.data + all.size - begin) };
	while (rest.size && strchr("` \t,;:.-", rest.data[0]))
		rest = afd_span_from(rest, 1);
	take_conditions(reader, all, lexer, place);
	if (afd_span_trim(rest).size)
		warn_prose(reader, afd_span_trim(rest), failure,
				   "these words are taken for prose: only what stands before them is expected");
}

/* The statuses that the sentence states, as alternatives; NULL: none. */
static struct afd_condition *stated_status(struct afd_reader *reader, struct afd_span text)
{
	struct afd_span codes[AFD_STATUSES_MAX];
	size_t count = afd_statuses(text, AFD_STATEMENT_EXPECTED, codes);
	struct afd_expect_lexer lexer = { .arena = reader->arena };
	struct afd_condition *all = NULL;
	for (size_t i = 0; i < count; i++) {
		struct afd_condition *one = afd_expect_plain(reader->arena, "AFD_STATUS", "AFD_IS",
													 afd_arena_copy(reader->arena, codes[i]), codes[i]);
		all = all ? afd_expect_join(&lexer, AFD_ANY, all, one) : one;
	}
	return all;
}

/* No condition is understood, maybe a status is. */
static void read_status(struct afd_reader *reader, struct afd_span text,
						const struct afd_expect_lexer *failed, const struct place *place)
{
	struct afd_condition *status = is_denied_last(text, failed) ? NULL : stated_status(reader, text);
	struct afd_span where = failed->failed_at.size ? failed->failed_at : text;
	warn_prose(reader, where, failed->failure,
			   status ? "these words are taken for prose: only the status is expected"
					  : "no condition is understood here: these words are taken for prose");
	if (status)
		add(reader, place, status, true);
}

static void read_prose(struct afd_reader *reader, struct afd_span text, const struct afd_expect_lexer *failed,
					   const struct place *place)
{
	struct afd_expect_lexer lexer = *failed;
	struct afd_span beginning = text;
	if (parse_beginning(reader, &beginning, place, &lexer)) {
		take_beginning(reader, text, beginning, &lexer, failed->failure, place);
		return;
	}
	read_status(reader, text, failed, place);
}

/* A sentence that goes on with words unknown: they may turn what follows around, so nothing behind them is a
 * condition; and what makes no sense before them is prose, not a mistake. */
static void read_sentence(struct afd_reader *reader, struct afd_span text,
						  const struct afd_expect_lexer *parsed, const struct place *place)
{
	struct afd_expect_lexer unknown = *parsed;
	unknown.failed_at = parsed->noise;
	unknown.failure[0] = '\0';
	struct afd_expect_lexer lexer = unknown;
	struct afd_span known = text;
	struct afd_diag before = *reader->diag;
	bool sense = parse_beginning(reader, &known, place, &lexer) && !lexer.ambiguous.size &&
				 !is_mere_code(lexer.root) && afd_read_check_condition(reader, lexer.root);
	reader->diag->count = before.count;
	reader->diag->errors = before.errors;
	reader->diag->warnings = before.warnings;
	if (sense)
		take_beginning(reader, text, known, &lexer, "", place);
	else
		read_status(reader, text, &unknown, place);
}

static void read_conditions(struct afd_reader *reader, struct afd_span text, const struct place *place)
{
	struct afd_expect_lexer lexer;
	text = afd_span_trim(text);
	if (text.size == 0)
		return;
	if (afd_expect_parse_text(text, place->cells, place->strict, reader->vocabulary, reader->arena, &lexer)) {
		if (lexer.noise.size && !place->strict)
			read_sentence(reader, text, &lexer, place);
		else
			take_conditions(reader, text, &lexer, place);
	} else if (place->strict)
		afd_read_refuse_row(reader, text, &lexer);
	else
		read_prose(reader, text, &lexer, place);
}

static void read_table(struct afd_reader *reader, const struct afd_block *table, struct place place)
{
	size_t rows = 0;
	place.cells = true;
	place.strict = afd_read_is_own_table(reader, table);
	for (size_t i = 1; i < table->line_count; i++) {
		struct afd_span line = table->lines[i].text;
		if (afd_read_is_delimiter_row(line))
			continue;
		read_conditions(reader, line, &place);
		rows++;
	}
	if (rows == 0 && place.strict)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", table->lines[0].text,
					 "this table asserts nothing");
}

/* Where a walk below a label stands. */
struct below {
	const struct afd_block *label, *block;
	bool first;   /* nothing was read yet */
	bool sampled; /* an example was */
	bool exactly;
};

/* An item with a colon is a block of its own, "- Status: 200", and goes on with the list. */
static bool is_item(const struct below *below)
{
	const struct afd_block *label = below->label;
	return below->block->kind == AFD_LABEL && below->block->item &&
		   (!label->item || below->block->indent > label->indent);
}

/* What stands right below goes on with the label; after a blank line only what is nothing else: the first
 * list or table of a label alone, an example, the own table. */
static bool goes_on(struct afd_reader *reader, const struct below *below)
{
	const struct afd_block *block = below->block;
	if (block >= reader->document->blocks + reader->end)
		return false;
	/* what the whole document expects is read before its requests are known */
	if (reader->survey && afd_next_request(reader) == (size_t)(block - reader->document->blocks))
		return false;
	bool near = !block->blank_before || (below->first && below->label->text.size == 0);
	switch (block->kind) {
	case AFD_LABEL: return near && is_item(below);
	case AFD_LIST:
	case AFD_PARAGRAPH: return near;
	case AFD_TABLE: return near || afd_read_is_own_table(reader, block);
	case AFD_FENCE: return afd_read_is_sample(block) && (below->first || near || !below->sampled);
	default: return false;
	}
}

static void read_item(struct afd_reader *reader, const struct afd_block *block, struct place place)
{
	size_t lead = (size_t)(block->name.data - block->all.data);
	place.loose = afd_read_label(block) == AFD_LABEL_UNKNOWN;
	read_conditions(reader, afd_span_from(block->all, lead), &place);
	reader->used[block - reader->document->blocks] = true;
}

static void read_fence(struct afd_reader *reader, struct below *below, struct place place)
{
	if (below->sampled)
		afd_diag_add(reader->diag, AFD_WARNING, "expectation",
					 afd_span_first(below->block->body, afd_span_find(below->block->body, "\n", 0)),
					 "a second example: nothing of it is expected");
	else
		afd_read_sample(reader, below->block, below->exactly && below->first, place.to);
	reader->used[below->block - reader->document->blocks] = true;
	below->sampled = true;
}

static void read_below(struct afd_reader *reader, struct below *below, struct place place)
{
	for (; goes_on(reader, below); below->block++) {
		switch (below->block->kind) {
		case AFD_LABEL: read_item(reader, below->block, place); break;
		case AFD_FENCE: read_fence(reader, below, place); break;
		case AFD_TABLE: read_table(reader, below->block, place); break;
		default:
			for (size_t i = 0; i < below->block->line_count; i++)
				if (!afd_span_starts(below->block->lines[i].text, "<!--"))
					read_conditions(reader, below->block->lines[i].text, &place);
		}
		below->first = false;
	}
}

/* The JSON fence right below the label: an example of the answer. */
static bool has_example(const struct afd_reader *reader, const struct afd_block *label)
{
	const struct afd_block *next = label + 1;
	return next < reader->document->blocks + reader->end && next->kind == AFD_FENCE &&
		   afd_read_is_sample(next);
}

static void read_all(struct afd_reader *reader, const struct afd_block *label, struct place place)
{
	struct below below = { .label = label, .block = label + 1, .first = true };
	struct afd_span text = label->text;
	if (has_example(reader, label))
		text = afd_read_before_sample(label->text, &below.exactly);
	read_conditions(reader, label->qualifier, &place);
	read_conditions(reader, text, &place);
	read_below(reader, &below, place);
	if (below.first && label->qualifier.size + text.size == 0)
		afd_diag_add(reader->diag, AFD_WARNING, "expectation", label->name,
					 "nothing is stated here: the default stands");
}

bool afd_read_expected(struct afd_reader *reader, const struct afd_block *label, struct afd_model_test *test)
{
	struct place place = { .to = afd_read_target(reader, test) };
	size_t before = *place.to.expectation_count;
	read_all(reader, label, place);
	afd_read_join_statuses(reader, place.to, before);
	return *place.to.expectation_count > before;
}

bool afd_read_conditions(struct afd_reader *reader, const struct afd_block *label,
						 struct afd_model_test *test)
{
	struct place place = { .to = afd_read_target(reader, test), .strict = true };
	size_t before = *place.to.expectation_count;
	struct below below = { .label = label, .block = label + 1, .first = true };
	read_conditions(reader, label->text, &place);
	read_below(reader, &below, place);
	return *place.to.expectation_count > before;
}

void afd_read_expected_default(struct afd_reader *reader, const struct afd_block *label)
{
	size_t errors = reader->diag->errors;
	if (!afd_read_expected(reader, label, NULL) && reader->diag->errors == errors)
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", label->name,
					 "the default expectation asserts nothing");
}
