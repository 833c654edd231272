/* SPDX-License-Identifier: MIT
 * Expectations: from the words of a label, a list or a table to terms in alternatives. */
#include "read.h"

#include <string.h>

enum { ALTERNATIVES_MAX = 32, TERMS_MAX = 16 };

/* An alternative under way: the terms that must all hold. */
struct conjunction {
	const struct afd_condition *terms[TERMS_MAX];
	size_t count;
};

struct alternatives {
	struct conjunction rows[ALTERNATIVES_MAX];
	size_t count;
	bool overflow;
};

static void add_all(struct alternatives *out, const struct alternatives *left, const struct alternatives *right)
{
	for (size_t i = 0; i < left->count; i++) {
		for (size_t j = 0; j < right->count; j++) {
			if (out->count == ALTERNATIVES_MAX || left->rows[i].count + right->rows[j].count > TERMS_MAX) {
				out->overflow = true;
				return;
			}
			struct conjunction *both = &out->rows[out->count++];
			*both = left->rows[i];
			for (size_t k = 0; k < right->rows[j].count; k++)
				both->terms[both->count++] = right->rows[j].terms[k];
		}
	}
}

/* Disjunctive normal form; the depth is that of the parentheses. */
static void distribute(const struct afd_condition *condition, struct afd_arena *arena, struct alternatives *out)
{
	if (condition->junction == AFD_TERM) {
		if (out->count < ALTERNATIVES_MAX) {
			out->rows[out->count].terms[0] = condition;
			out->rows[out->count++].count = 1;
		}
		out->overflow = out->overflow || out->count == ALTERNATIVES_MAX;
		return;
	}
	if (condition->junction == AFD_ANY) {
		distribute(condition->left, arena, out);
		distribute(condition->right, arena, out);
		return;
	}
	struct alternatives *left = afd_arena_new(arena, sizeof *left);
	struct alternatives *right = afd_arena_new(arena, sizeof *right);
	distribute(condition->left, arena, left);
	distribute(condition->right, arena, right);
	out->overflow = out->overflow || left->overflow || right->overflow;
	add_all(out, left, right);
}

/* Where terms are put: a test's lists, or the default's. */
struct target {
	struct afd_model_expectation **expectations;
	size_t *expectation_count;
	struct afd_model_term **terms;
	size_t *term_count;
};

static struct target target_of(struct afd_reader *reader, struct afd_model_test *test)
{
	struct afd_model *model = reader->model;
	if (!test)
		return (struct target){ &model->default_expectations.rows, &model->default_expectations.count,
								&model->default_terms.rows, &model->default_terms.count };
	return (struct target){ &test->expectations.rows, &test->expectations.count, &test->terms.rows,
							&test->terms.count };
}

static void add_term(struct afd_reader *reader, struct target to, const struct afd_condition *condition,
					 size_t expectation, size_t alternative)
{
	struct afd_model_term *term = afd_arena_push(reader->arena, to.terms, to.term_count, sizeof *term);
	*term = (struct afd_model_term){
		.line = afd_read_line(reader, condition->where),
		.expectation = (unsigned)expectation,
		.alternative = (unsigned)alternative,
		.subject = condition->subject,
		.measure = condition->measure ? condition->measure : "AFD_VALUE",
		.predicate = condition->predicate,
		.name = condition->name ? condition->name : "",
		.value = condition->value ? condition->value : "",
		.negated = condition->negated,
	};
}

static struct afd_span widened(struct afd_span where)
{
	/* the marks of a code span belong to what the reader sees */
	if (where.data[where.size] == '`')
		where.size++;
	if (where.data[-1] == '`') {
		where.data--;
		where.size++;
	}
	return where;
}

/* The cells of a table row read as one sentence; bars in code are the code's. */
static char *without_bars(char *text)
{
	bool code = false;
	char *out = text;
	for (const char *p = text; *p; p++) {
		code = code != (*p == '`');
		char byte = *p == '|' && !code ? ' ' : *p;
		if (code || byte != ' ' || (out > text && out[-1] != ' '))
			*out++ = byte;
	}
	*out = '\0';
	return text;
}

static void add_expectation(struct afd_reader *reader, struct target to, const struct afd_condition *condition)
{
	struct alternatives *found = afd_arena_new(reader->arena, sizeof *found);
	distribute(condition, reader->arena, found);
	if (found->overflow) {
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", condition->where,
					 "this expectation has more than %d alternatives", ALTERNATIVES_MAX);
		return;
	}
	size_t number = *to.expectation_count;
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, to.expectations, to.expectation_count, sizeof *row);
	struct afd_span where = widened(condition->where);
	*row = (struct afd_model_expectation){
		.line = afd_read_line(reader, where),
		.text = without_bars(afd_arena_copy(reader->arena, where)),
	};
	for (size_t i = 0; i < found->count; i++)
		for (size_t k = 0; k < found->rows[i].count; k++)
			add_term(reader, to, found->rows[i].terms[k], number, i + 1);
}

/* Conditions that are joined by "and" at the top are expectations of their own. */
static void add_expectations(struct afd_reader *reader, struct target to, const struct afd_condition *condition)
{
	if (condition->junction != AFD_ALL) {
		add_expectation(reader, to, condition);
		return;
	}
	add_expectations(reader, to, condition->left);
	add_expectations(reader, to, condition->right);
}

/* The status that stands first, where the words around it are prose. */
static struct afd_condition *status_in(struct afd_reader *reader, struct afd_span text)
{
	for (size_t i = 0; i + 2 < text.size; i++) {
		struct afd_span code = { text.data + i, 3 };
		bool digits = code.data[0] >= '1' && code.data[0] <= '5' && strspn(code.data, "0123456789") == 3;
		bool alone = i == 0 || !strchr("0123456789.$-/", code.data[-1]);
		if (!digits || !alone)
			continue;
		struct afd_condition *term = afd_arena_new(reader->arena, sizeof *term);
		*term = (struct afd_condition){ .subject = "AFD_STATUS", .predicate = "AFD_IS", .where = code };
		term->value = afd_arena_copy(reader->arena, code);
		return term;
	}
	return NULL;
}

static void warn_prose(struct afd_reader *reader, const struct afd_expect_lexer *lexer, struct afd_span text,
					   bool found)
{
	struct afd_span where = lexer->failure[0] ? lexer->failed_at : lexer->noise;
	if (where.size == 0)
		where = afd_span_first(text, text.size ? text.size : 1);
	struct afd_diagnostic *row = afd_diag_add(reader->diag, AFD_WARNING, "expectation", where,
											  found ? "these words are taken for prose: only the status is expected"
													: "no condition is understood here: the default stands");
	if (lexer->failure[0])
		afd_diag_hint(reader->diag, row, "%s", lexer->failure);
}

static bool read_conditions(struct afd_reader *reader, struct afd_span text, bool cells, struct target to)
{
	struct afd_expect_lexer lexer;
	if (afd_span_trim(text).size == 0)
		return false;
	if (afd_expect_parse_text(text, cells, reader->arena, &lexer)) {
		if (lexer.noise.size)
			afd_diag_add(reader->diag, AFD_WARNING, "expectation", lexer.noise,
						 "'%.*s' is not understood; the condition is read without it", (int)lexer.noise.size, lexer.noise.data);
		add_expectations(reader, to, lexer.root);
		return true;
	}
	struct afd_condition *status = status_in(reader, text);
	warn_prose(reader, &lexer, text, status != NULL);
	if (status)
		add_expectation(reader, to, status);
	return status != NULL;
}

static bool read_lines(struct afd_reader *reader, const struct afd_block *content, struct target to)
{
	bool any = false;
	bool table = content->kind == AFD_TABLE;
	for (size_t i = 0; i < content->line_count; i++) {
		struct afd_span line = content->lines[i].text;
		bool head = table && (i == 0 || afd_read_is_delimiter_row(line));
		if (!head)
			any |= read_conditions(reader, line, table, to);
	}
	return any;
}

bool afd_read_expected(struct afd_reader *reader, const struct afd_block *label, struct afd_model_test *test)
{
	struct target to = target_of(reader, test);
	bool any = label->qualifier.size && read_conditions(reader, label->qualifier, false, to);
	any |= read_conditions(reader, label->text, false, to);
	const struct afd_block *content = afd_read_content(reader, label);
	if (content && content->kind != AFD_FENCE)
		any |= read_lines(reader, content, to);
	return any;
}

void afd_read_expected_default(struct afd_reader *reader, const struct afd_block *label)
{
	if (!afd_read_expected(reader, label, NULL))
		afd_diag_add(reader->diag, AFD_ERROR_SEVERITY, "expectation", label->name,
					 "the default expectation asserts nothing");
}

static bool asks_for_json(const struct afd_model_test *test)
{
	for (size_t i = 0; i < test->headers.count; i++)
		if (afd_span_equal_nocase(afd_span_of(test->headers.rows[i].name), AFD_SPAN("Accept")))
			return strstr(test->headers.rows[i].value, "json") != NULL;
	return false;
}

static void add_builtin(struct afd_reader *reader, struct afd_model_test *test, const char *text,
						struct afd_model_term term)
{
	term.expectation = (unsigned)test->expectations.count;
	term.alternative = 1;
	term.line = test->line;
	term.measure = "AFD_VALUE";
	term.name = "";
	struct afd_model_expectation *row =
		afd_arena_push(reader->arena, &test->expectations.rows, &test->expectations.count, sizeof *row);
	*row = (struct afd_model_expectation){ .line = test->line, .text = text, .by_default = true };
	struct afd_model_term *added =
		afd_arena_push(reader->arena, &test->terms.rows, &test->terms.count, sizeof *added);
	*added = term;
}

static void apply_stated_default(struct afd_reader *reader, struct afd_model_test *test)
{
	const struct afd_model *model = reader->model;
	unsigned before = (unsigned)test->expectations.count;
	for (size_t i = 0; i < model->default_expectations.count; i++) {
		struct afd_model_expectation *row =
			afd_arena_push(reader->arena, &test->expectations.rows, &test->expectations.count, sizeof *row);
		*row = model->default_expectations.rows[i];
		row->by_default = true;
	}
	for (size_t i = 0; i < model->default_terms.count; i++) {
		struct afd_model_term *term =
			afd_arena_push(reader->arena, &test->terms.rows, &test->terms.count, sizeof *term);
		*term = model->default_terms.rows[i];
		term->expectation += before;
	}
}

void afd_read_apply_default(struct afd_reader *reader, struct afd_model_test *test)
{
	if (reader->model->default_expectations.count) {
		apply_stated_default(reader, test);
		return;
	}
	add_builtin(reader, test, "2xx",
				(struct afd_model_term){ .subject = "AFD_STATUS", .predicate = "AFD_IS", .value = "2xx" });
	if (asks_for_json(test))
		add_builtin(reader, test, "JSON",
					(struct afd_model_term){ .subject = "AFD_MEDIA", .predicate = "AFD_HOLDS", .value = "JSON" });
	add_builtin(reader, test, "no error",
				(struct afd_model_term){
					.subject = "AFD_ERROR", .predicate = "AFD_HOLDS", .value = "", .negated = true });
}
