/* SPDX-License-Identifier: MIT
 * Readers: from blocks to the model. Each reads one kind of thing; a new request form is a new reader of blocks. Private
 * to the model's stage. */
#ifndef AFFIDAVIT_READ_H
#define AFFIDAVIT_READ_H

#include "expectation.h"
#include "index.h"
#include "model.h"
#include "words.h"

/* Text that may state the status of a request: a comment above it, a cell. */
struct afd_note {
	struct afd_span text;
	bool stated; /* it is said to be the expectation; else only what reads as a status counts */
};

/* What a script takes out of the answer. */
struct afd_capture {
	struct afd_span where; /* in the source */
	struct afd_span name;
	const char *path; /* a JSONPath; NULL: all cookies */
};

/* A request as a reader found it, before it becomes a test. */
struct afd_found {
	const char *form;
	struct afd_span where;  /* the request line, or the URL of a curl command */
	const char *method;
	struct afd_span url;
	bool coded;              /* a row of a table whose expectation begins with a status code */
	struct afd_span caption; /* a title of its own; empty: the heading's */
	struct afd_span number;  /* a number or code of its own; empty: the title's */
	struct afd_model_headers headers;
	struct afd_model_body body;
	bool shell;             /* the URL went through a shell's rules: what is in it is meant */
	bool renamed;           /* what is sent has other variables than what is written */
	const char *sent;       /* the URL that is sent where it differs from what is written; NULL: it does not */
	AFD_MODEL_LIST(struct afd_note) notes;
	AFD_MODEL_LIST(struct afd_capture) captures;
	struct afd_span unknown; /* what only a run of the script would tell: "$(date +%s)"; empty: nothing */
};

struct afd_survey;

/* A placeholder of a URL, and what stands before it. */
struct afd_url_piece {
	struct afd_span before;
	const char *name;
};

struct afd_url {
	const char *string;
	AFD_MODEL_LIST(struct afd_url_piece) pieces;
	struct afd_span rest; /* after the last one */
};

/* What the tests under one heading share. */
struct afd_unit {
	size_t begin;              /* the first block after the heading */
	bool located;              /* the four below are known */
	unsigned first_line, last_line;
	char sha256[65];
	const char *section;
	size_t first_test;
	size_t first_of_block;     /* the first test of the block that the last one is of */
	size_t block;
	size_t taken;              /* requests under the heading */
	struct afd_span caption;   /* a bold line that is the next test's title */
	bool caption_stated;       /* it states a status */
	struct afd_span prose;     /* a sentence before the next request that states a status */
	AFD_MODEL_LIST(struct afd_span) fallbacks; /* for each test: a caption or a sentence that states one, or nothing */
	struct afd_span error;     /* what a label Error says */
	bool answered;             /* an answer was shown since the last request */
};

/* Headers that requests have in common, and their bytes. */
struct afd_common {
	struct afd_model_headers headers;
	size_t size;
};

/* A text of the source, and the string that was made of it. */
struct afd_copy {
	struct afd_span text;
	const char *string;
};

/* What a heading or a caption calls a test. */
struct afd_naming {
	struct afd_span text, number;
	const char *title, *slug; /* NULL: nothing was read yet */
};

struct afd_reader {
	struct afd_model *model;
	const struct afd_document *document;
	struct afd_diag *diag;
	struct afd_arena *arena;
	const char *file;
	const struct afd_vocabulary *vocabulary;
	size_t heading;   /* block of the unit's heading; SIZE_MAX before the first */
	size_t end;       /* first block after the unit */
	unsigned test_level; /* of the heading over the last test */
	size_t test_heading; /* block of that heading; SIZE_MAX: none */
	size_t parent;       /* 1 + the heading over that of the unit; 0: none */
	size_t first_below;  /* the first test below it */
	size_t begins[7];    /* by level: the first test of the section of the heading above */
	size_t first_of_parent;      /* the first test of the section around this one */
	struct afd_model_test *test; /* the one that labels speak of; NULL: none yet in this unit */
	size_t held[32];  /* labels before the first request of the unit */
	size_t held_count;
	bool *used;       /* blocks that a label has taken */
	struct afd_survey *survey;
	struct afd_unit unit;
	size_t above[7];  /* of each level: 1 + the last heading before; 0: none */
	struct afd_index ids;    /* of the tests so far, by the names of their files without case */
	struct afd_index kept;   /* names that a test keeps */
	struct afd_index wanted; /* of each id that was wanted twice: the last number behind it */
	struct afd_naming heading_naming, caption, own_caption; /* of the last test */
	struct afd_copy section;
	struct afd_url url;        /* of the test whose cases are read */
	struct afd_common *common; /* of no base, then of each base */
	size_t size_of_default;    /* bytes of what is expected by default; 0: not counted yet */
	size_t repeated;           /* bytes that are said once and used again */
};

/* model.c */
/* Counts bytes that stand once in the document and are used once more. False: they are too many, and were refused. */
bool afd_read_spend(struct afd_reader *reader, struct afd_span where, size_t size);

/* read_text.c: inline text */
/* The first code span of `text`, without its marks; empty: none. `*after` gets what follows it, may be NULL. */
struct afd_span afd_read_code_span(struct afd_span text, struct afd_span *after);
/* A value: the first code span, else the text without marks. */
struct afd_span afd_read_value(struct afd_span text);
/* Cells of a table row, trimmed, without the marks of code around a whole cell; returns how many there are. */
size_t afd_read_cells(struct afd_span row, struct afd_span *cells, size_t most);
bool afd_read_is_delimiter_row(struct afd_span row);
/* The text with up to `indent` columns taken from the front of each line: the body of an indented fence. */
struct afd_span afd_read_dedent(struct afd_span text, unsigned indent, struct afd_arena *arena);
unsigned afd_read_line(const struct afd_reader *reader, struct afd_span where);
enum afd_label afd_read_label(const struct afd_block *block);
/* The block that a label introduces: the next one, where the label's own line says nothing. NULL: none. */
const struct afd_block *afd_read_content(const struct afd_reader *reader, const struct afd_block *label);
/* The list below the label, be there words on its line or not; NULL: none. */
const struct afd_block *afd_read_list(const struct afd_reader *reader, const struct afd_block *label);
const char *afd_read_slug(struct afd_span text, struct afd_arena *arena);

/* read_request.c: request lines, bodies */
/* "METHOD URL" at the start of a line. False: it is none. */
bool afd_read_request_line(struct afd_span line, struct afd_span *method, struct afd_span *url);
bool afd_read_is_url(struct afd_span text);
/* `bytes` stand in the source, `indent` columns deep. */
void afd_read_set_body(struct afd_reader *reader, struct afd_model_body *body, struct afd_span bytes, unsigned indent);

/* read_url.c: URLs */
/* Without the escapes of markdown, where a text outside of fences holds them. */
struct afd_span afd_read_unescaped(const struct afd_reader *reader, struct afd_span url);
/* Warns where the code that holds the URL goes on with more of its query, after a blank. */
void afd_read_warn_blank(struct afd_reader *reader, struct afd_span url);
/* False: it holds a byte that is in no URL, which was told, at `where` if the byte is not in the source. A
 * backslash is left to those who pass it through a `shell`. */
bool afd_read_check_url(struct afd_reader *reader, struct afd_span url, bool shell, struct afd_span where);

/* read_headers.c: headers */
/* "Name: value". False: the line is no header. */
bool afd_read_header_line(struct afd_reader *reader, struct afd_span line, struct afd_model_headers *to);
void afd_read_header_lines(struct afd_reader *reader, struct afd_span lines, struct afd_model_headers *to);
/* One that no line of that form says. Those over the limit are left out, with an error. */
void afd_read_add_header(struct afd_reader *reader, struct afd_model_headers *to, struct afd_span where,
						 struct afd_span name, struct afd_span value);
/* The fence of a label that speaks of all requests (qualifier ""), or of those of a base. */
void afd_read_common_headers(struct afd_reader *reader, const struct afd_block *label, const char *qualifier);
/* What the requests of each base have in common: once, after the labels of the document. */
void afd_read_common(struct afd_reader *reader);
/* The common headers of the base, NULL: of none, in their place the test's own. */
void afd_read_merge_headers(struct afd_reader *reader, struct afd_model_test *test,
							const struct afd_model_base *base);

/* read_test.c: tests and their labels */
struct afd_model_test *afd_read_add_test(struct afd_reader *reader, const struct afd_found *found);
void afd_read_test_label(struct afd_reader *reader, enum afd_label label, const struct afd_block *block);

/* read_identity.c: ids, titles, lines */
void afd_read_identify(struct afd_reader *reader, struct afd_model_test *test, const struct afd_found *found);
/* True where the text starts with a number or a code: "TC-001: ...", "2.1 ...", "Step 3". */
bool afd_read_is_numbered(struct afd_span text);

/* read_units.c: headings, what stands under each, captions */
void afd_read_units(struct afd_reader *reader);
/* The first heading at or after `begin`, or the end. */
size_t afd_read_unit_end(const struct afd_document *document, size_t begin);
/* read_headings.c: the document with those headings as labels that are labels in all but form: "####
 * Request". */
const struct afd_document *afd_read_headed_labels(const struct afd_document *document);

/* read_forms.c: which blocks are requests */
/* Adds the tests that the survey found in the block; true where there are any. */
bool afd_read_forms(struct afd_reader *reader, size_t block);

/* read_document.c: labels of the document */
bool afd_read_document_label(struct afd_reader *reader, enum afd_label label, const struct afd_block *block);
void afd_read_variables(struct afd_reader *reader);

/* read_tables.c: the project's own tables */
void afd_read_watched(struct afd_reader *reader, const struct afd_block *label);
void afd_read_shown(struct afd_reader *reader, const struct afd_block *label);
void afd_read_landing(struct afd_reader *reader, const struct afd_block *label);

/* read_terms.c: from conditions to terms */
/* Where terms are put: a test's lists, or the default's. */
struct afd_target {
	struct afd_model_expectation **expectations;
	size_t *expectation_count;
	struct afd_model_term **terms;
	size_t *term_count;
};
/* `test` NULL: the default's. */
struct afd_target afd_read_target(struct afd_reader *reader, struct afd_model_test *test);
/* Conditions that are joined by "and" at the top are expectations of their own, but where `text` words all of them. */
void afd_read_add_conditions(struct afd_reader *reader, struct afd_target to, struct afd_condition *condition,
							 const char *text);

void afd_read_add_steps(struct afd_reader *reader, struct afd_model_step **rows, size_t *count,
						const struct afd_condition_steps *steps);

/* read_join.c: statuses that sentences state beside each other */
/* Makes alternatives of them, from the expectation `first` on: "200 for a new number", "or 400 for a known
 * one". */
void afd_read_join_statuses(struct afd_reader *reader, struct afd_target to, size_t first);

/* read_sample.c: JSON examples of an answer */
bool afd_read_is_sample(const struct afd_block *fence);
/* An example as strict JSON; NULL: it is none. */
const char *afd_read_sample_json(struct afd_span text, struct afd_arena *arena);
/* The words before a fence without "is like" or "is exactly like" at their end, whose value the fence is. */
struct afd_span afd_read_before_sample(struct afd_span text, bool *exactly);
/* The answer that a fence shows: its status, and its body as a pattern. */
void afd_read_sample(struct afd_reader *reader, const struct afd_block *fence, bool exactly, struct afd_target to);

/* read_strict.c: the project's own table of conditions */
bool afd_read_is_own_table(struct afd_reader *reader, const struct afd_block *table);
void afd_read_refuse_word(struct afd_reader *reader, const struct afd_expect_lexer *lexer);
void afd_read_refuse_row(struct afd_reader *reader, struct afd_span text, const struct afd_expect_lexer *lexer);

/* read_check.c, read_pattern.c: single conditions. False: an error was told. */
/* Also puts values into the form that the runtime takes. */
bool afd_read_check_condition(struct afd_reader *reader, struct afd_condition *condition);
/* `where` is the path as it stands in the source. */
bool afd_read_check_path(struct afd_reader *reader, const char *path, struct afd_span where);
const char *afd_read_pattern(struct afd_span pattern, struct afd_arena *arena);
bool afd_read_check_pattern(struct afd_reader *reader, const char *pattern, struct afd_span where);

/* read_logic.c, read_contradiction.c: conditions together, of the default, and of all tests */
/* Then the default's are marked as such. */
void afd_read_check_default(struct afd_reader *reader);
void afd_read_check_logic(struct afd_reader *reader);

/* read_keep.c: values that later requests use */
void afd_read_keeps(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *block);
void afd_read_capture(struct afd_reader *reader, struct afd_model_test *test,
					  const struct afd_capture *capture);
void afd_read_check_keeps(struct afd_reader *reader);

/* read_flow.c: stages, repetition, and the order of tests */
void afd_read_stage(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label);
void afd_read_repeat(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label);
void afd_read_check_flow(struct afd_reader *reader);
/* The place of a test in the order of a run, from 0. */
size_t afd_read_turn(const struct afd_model *model, size_t test);

/* read_method.c: words that are nearly a method */
void afd_read_check_methods(struct afd_reader *reader);

/* read_count.c: what the document says of its own size */
void afd_read_check_counts(struct afd_reader *reader);

/* read_expected.c: expectations */
/* What a label Expected says, on its line, in a list or in a table; false: it says no condition. */
bool afd_read_expected(struct afd_reader *reader, const struct afd_block *label, struct afd_model_test *test);
/* The same where every word must be understood. */
bool afd_read_conditions(struct afd_reader *reader, const struct afd_block *label, struct afd_model_test *test);
void afd_read_expected_default(struct afd_reader *reader, const struct afd_block *label);

/* read_default.c: what is expected where nothing is stated */
void afd_read_apply_default(struct afd_reader *reader, struct afd_model_test *test);

/* read_sql.c: what the tables say against the SQL file, and types under As */
void afd_read_check_tables(struct afd_reader *reader);

/* read_words.c: what the spec itself says in public */
void afd_read_words(struct afd_model *model);

/* read_change.c: expected changes of tables */
void afd_read_change(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label);

/* read_cases.c: examples, variables, cases */
void afd_read_example(struct afd_reader *reader, struct afd_model_test *test, struct afd_span item);
/* What its URL, its body and its expected values name. */
void afd_read_find_variables(struct afd_reader *reader, struct afd_model_test *test);
void afd_read_use_variable(struct afd_reader *reader, struct afd_model_test *test, struct afd_span name);
void afd_read_cases(struct afd_reader *reader, struct afd_model_test *test);
/* read_secret.c: what its headers name, after all tests had their variables found: what nothing else knows is
 * a secret. */
void afd_read_header_variables(struct afd_reader *reader, struct afd_model_test *test);
/* Visits the placeholders of a text: {NAME}, {{NAME}}, ${NAME}, $NAME, <NAME>. Returns the offset after the next one, or
 * SIZE_MAX; `*name` is its name, `*whole` the placeholder with its marks. */
size_t afd_read_placeholder(struct afd_span text, size_t from, struct afd_span *name, struct afd_span *whole);
struct afd_model_variable *afd_read_variable(const struct afd_model *model, struct afd_span name);
/* The same; a new one without a value, of the line of `where`, where it is not there yet. */
struct afd_model_variable *afd_read_declare(struct afd_reader *reader, struct afd_span name,
											struct afd_span where);
enum { AFD_VARIABLES_MAX = 1000 }; /* what scripts set over these is not known: look-ups are linear */
/* A new one, which the caller fills; `name` is not there yet. */
struct afd_model_variable *afd_read_add_variable(struct afd_model *model, struct afd_span name);

#endif
