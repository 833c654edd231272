/* SPDX-License-Identifier: MIT
 * The survey: every place of a document that may be a request, found before any test is made, so that a request said twice
 * in a section becomes one test. Private to the readers of request forms. */
#ifndef AFFIDAVIT_SURVEY_H
#define AFFIDAVIT_SURVEY_H

#include "read.h"
#include "scan.h"

/* How much of a request a form says. Of two that say the same one in a section the higher is taken, the other left. */
enum afd_rank {
	AFD_RANK_INLINE,  /* a code span alone on its line */
	AFD_RANK_HEADING,
	AFD_RANK_BOLD,
	AFD_RANK_LABEL,   /* labels and pairs of labels */
	AFD_RANK_LINE,    /* a request line alone in its fence */
	AFD_RANK_WHOLE    /* a command, or a request line with headers or a body, or a row of a case table */
};

struct afd_candidate {
	size_t block;
	enum afd_rank rank;
	struct afd_found found;
	const char *left; /* why it is no test; NULL: it is one */
	bool listed;      /* its heading announces a list of what there is */
};

enum { AFD_CANDIDATES_MAX = 100000 };

/* A variable of a script that holds the answer of a candidate. */
struct afd_holder {
	struct afd_span name;
	size_t row;
};

/* A variable of a shell script, as the commands below have it. */
struct afd_binding {
	struct afd_span name,
		current; /* the name that the document's variable has: another one after a second value */
	struct afd_span value;
	unsigned number;  /* of names that it had before */
	bool known, kept; /* kept: an answer gives it */
	bool direct;      /* the value itself stands where the variable does */
};

struct afd_survey {
	AFD_MODEL_LIST(struct afd_candidate) rows; /* in the order of the document */
	size_t *taken;                             /* for each row, and the end: the first one from there that is not left */
	struct afd_candidate surplus;              /* stands for those over the limit */
	size_t next;                               /* the first row that is not read yet */
	struct afd_powershell *powershell;         /* variables so far; NULL: none */
	AFD_MODEL_LIST(struct afd_holder) holders;
	AFD_MODEL_LIST(struct afd_binding) bindings;
	AFD_MODEL_LIST(const char *) jars;         /* names of the variables that hold cookies */
	const char *open_heredoc;                  /* the text where a heredoc was found that nothing ends */
	struct afd_span method;                    /* that the document gives for all of its URLs; empty: none */
	size_t paired;                             /* the last block of a pair of labels */
	size_t above[7];                           /* by level: block of the heading above, plus 1; 0: none */
	const char *kinds[7];                      /* what such a section is, or NULL */
};

/* survey.c */
/* Finds the candidates of the whole document and settles which are left. */
void afd_survey(struct afd_reader *reader);
struct afd_candidate *afd_survey_add(struct afd_reader *reader, size_t block, enum afd_rank rank,
									 const struct afd_found *found);
void afd_survey_settle(struct afd_reader *reader);
/* True where both say the same method and, but for hosts, prefixes, queries and placeholders, the same path. */
bool afd_same_request(const struct afd_found *a, const struct afd_found *b);

/* read_mention.c: requests inside text */
/* Bytes of the URL that `text` starts with; 0: none. `loose`: a path without its first slash is one too. */
size_t afd_read_url_size(struct afd_span text, bool loose);
/* The first method with a URL after it; marks of code, bold, brackets may stand between. `*after`: what follows the URL. */
bool afd_read_mention(struct afd_span text, struct afd_span *method, struct afd_span *url, struct afd_span *after);
/* The method, in upper case, that `word` is in any case of letters; NULL: none. */
const char *afd_read_method(struct afd_span word);

/* read_fence.c: requests in fences */
enum afd_fence_kind {
	AFD_FENCE_CODE,    /* of another language: read only where its first line is a request */
	AFD_FENCE_PLAIN,   /* no language: requests stand alone or one after the other */
	AFD_FENCE_HTTP,
	AFD_FENCE_SHELL
};

struct afd_walk {
	struct afd_reader *reader;
	size_t block;
	unsigned indent;
	enum afd_fence_kind kind;
	bool requested;          /* a label Request stands above */
	struct afd_span text;    /* all lines */
	size_t at;               /* of the next line */
	size_t first;            /* the candidates of this walk begin here */
	struct afd_span comments; /* those that wait for what comes after them */
	bool apart;              /* a blank line stands before the comments */
	struct afd_span caption; /* of the next request */
	struct afd_found pending; /* notes of the next request */
	bool blank, stopped;
	unsigned overviews;      /* lines that only list a request */
	struct afd_span method;  /* of a pair that waits for its URL, or the other way round */
	struct afd_span url;
};

void afd_read_fence(struct afd_reader *reader, size_t block);
void afd_read_lines(struct afd_reader *reader, size_t block, struct afd_span text);
/* Adds a request that the walk found, with the comments that are its own. */
struct afd_candidate *afd_walk_add(struct afd_walk *walk, enum afd_rank rank, struct afd_found *found);
struct afd_candidate *afd_walk_previous(struct afd_walk *walk);
/* The line at `walk->at`, without its newline. */
struct afd_span afd_walk_line(const struct afd_walk *walk);
void afd_walk_skip(struct afd_walk *walk, struct afd_span line);
/* Goes on below the line that holds offset `at`. */
void afd_walk_end_line(struct afd_walk *walk, size_t at);

/* read_comment.c: comments in fences: whose they are */
bool afd_walk_comment(struct afd_walk *walk, struct afd_span line);
/* `echo "404" && ` before a command on its line is a comment on it. */
void afd_walk_echo(struct afd_walk *walk, struct afd_span before);
void afd_walk_settle_comments(struct afd_walk *walk, bool command_follows);
/* The text of a comment line; empty: it is none, or only ornament. */
struct afd_span afd_comment_text(struct afd_span line);

/* Each takes what stands at the walk's line, or says false. */
bool afd_walk_curl(struct afd_walk *walk, struct afd_span line);
bool afd_walk_powershell(struct afd_walk *walk, struct afd_span line);
/* The line, outside of a fence, is a PowerShell command, or a variable that is given its answer. */
bool afd_starts_powershell(struct afd_span line);
bool afd_walk_raw(struct afd_walk *walk, struct afd_span line);
bool afd_walk_pair(struct afd_walk *walk, struct afd_span line);
bool afd_walk_variable(struct afd_walk *walk, struct afd_span line);
/* A variable with its value, where the document has not listed it. */
void afd_walk_declare(struct afd_walk *walk, struct afd_span line, struct afd_span name, struct afd_span value);
/* By its name a document must not hold the value. */
bool afd_is_secret(struct afd_span name);
/* It only stands for a value, "your-token", or there is none. */
bool afd_stands_in(struct afd_span value);
/* read_script.c: what the variables of shell scripts are where they are used */
/* `known`: the value is; else what the script puts there is not. */
void afd_script_assign(struct afd_walk *walk, struct afd_span name, struct afd_span value, bool known);
/* The name under which what an answer gives is kept. */
struct afd_span afd_script_keep(struct afd_walk *walk, struct afd_span name);
/* A text that is not in quotes, as a heredoc is. */
struct afd_span afd_script_fill(struct afd_reader *reader, struct afd_span text);
/* For struct afd_shell, with the reader as its context. */
bool afd_script_expand(void *reader, struct afd_span name, struct afd_text *out);
/* read_jar.c: jars of cookies */
/* The answer's cookies are kept in the jar of that name: curl -c FILE, -SessionVariable. */
void afd_jar_keep(struct afd_reader *reader, struct afd_span name, struct afd_found *found,
				  struct afd_span where);
/* The request sends those of the jar. False: no request before it keeps any there. */
bool afd_jar_use(struct afd_reader *reader, struct afd_span name, struct afd_found *found,
				 struct afd_span where);
/* read_capture.c: what scripts take out of answers, of the last candidate unless said otherwise */
/* "TOKEN=$(curl ... | jq -r .token)": `before` stands before the command in its line, `after` is the offset
 * behind it. */
void afd_walk_capture(struct afd_walk *walk, struct afd_span before, size_t after);
/* TOKEN=$(echo "$RESPONSE" | jq -r .token); false: the value is something else. */
bool afd_walk_take(struct afd_walk *walk, struct afd_span name, struct afd_span value);
/* "$response = Invoke-..." or "$token = (Invoke-...).token", whose command ends at offset `after`. */
void afd_power_hold(struct afd_walk *walk, struct afd_span name, size_t after);
/* "$token = $response.token"; false: the value is something else. */
bool afd_power_take(struct afd_walk *walk, struct afd_span name, struct afd_span value);
/* powershell_change.c: $map["Key"] = ..., or a change that is not read; false: the line is nothing like that.
 */
bool afd_power_change(struct afd_walk *walk, struct afd_span line);
/* Puts the "$name" that the text begins with under the name that its value has here; false: it stays as it
 * is, noted in `found` where what it holds is not known. */
bool afd_power_put_variable(struct afd_walk *walk, struct afd_span *text, struct afd_text *out,
							struct afd_found *found);
/* The text with "$($response.token)" as a placeholder of what is taken; what is not known is left, and noted
 * in `found`. */
struct afd_span afd_power_fill(struct afd_walk *walk, struct afd_span text, struct afd_found *found);
/* Headers and body after a request line. */
void afd_walk_details(struct afd_walk *walk, struct afd_found *found);

/* Starts with an arrow or a box drawing: the requests around it are steps of a picture. */
bool afd_is_drawn(struct afd_span text);
/* What the text says of the request's status; `stated`: as its expectation. */
void afd_note_add(struct afd_reader *reader, struct afd_found *found, struct afd_span text, bool stated);

/* read_raw.c */
/* A request line as it stands in a fence, with a version or a comment after it. */
bool afd_read_raw_line(struct afd_span line, struct afd_span *method, struct afd_span *url, struct afd_span *rest);

/* read_curl.c */
/* Reads a curl command in the source, `word` being its first word; returns the offset in `text` after it. */
size_t afd_read_curl(struct afd_reader *reader, struct afd_span text, size_t word, char closer, unsigned indent,
					 struct afd_found *found);
/* The word that ends a heredoc whose mark "<<" stands before `text`; empty: it is none. */
struct afd_span afd_heredoc_word(struct afd_span text);
/* Offset after the line that ends a heredoc which begins at `at`; `*body` is what it holds. */
size_t afd_heredoc_end(struct afd_reader *reader, struct afd_span text, size_t at, struct afd_span word,
					   struct afd_span *body);
/* Offset of a word curl where a command may stand in the line, at or after `from`, or SIZE_MAX. `*closer` ends it. */
size_t afd_find_curl(struct afd_span line, size_t from, char *closer);

/* Each looks at one block and adds its candidates. */
void afd_survey_heading(struct afd_reader *reader, size_t block);
void afd_survey_label(struct afd_reader *reader, size_t block);
void afd_survey_paragraph(struct afd_reader *reader, size_t block);
void afd_survey_list(struct afd_reader *reader, size_t block);
void afd_survey_table(struct afd_reader *reader, size_t block);
/* In `text`, `curl ...` as code; true where there was one. */
bool afd_read_inline_curl(struct afd_reader *reader, size_t block, struct afd_span text);
/* A label that gives the method or the URL, where the other stands just above. */
bool afd_survey_pair(struct afd_reader *reader, size_t block, enum afd_label label);

/* read_decoys.c: what is left, and why */
void afd_remark(struct afd_reader *reader, struct afd_span where, const char *reason);
void afd_remark_request(struct afd_reader *reader, struct afd_span method, struct afd_span url,
						const char *reason);
/* Remembers the requests that the text of the block mentions. */
void afd_remark_mentions(struct afd_reader *reader, size_t block);
/* Notes the heading, for what it says of the requests below it. */
void afd_enter_section(struct afd_reader *reader, size_t block);
/* The heading right above announces a list of what there is. */
bool afd_section_lists(const struct afd_reader *reader);
/* A heading above says that commands here are no tests. NULL, or the reason. */
const char *afd_section_reason(const struct afd_reader *reader, size_t block, struct afd_span url);

/* read_ends.c: the end of a folded text */
bool afd_ends_with_word(struct afd_span folded, const char *word);
bool afd_ends_with_class(struct afd_span folded, enum afd_word_class class);
/* The longest word of the class that the text ends with; NULL: none. */
const struct afd_word *afd_last_word(struct afd_span folded, enum afd_word_class class);
/* Without the marks at its end. */
struct afd_span afd_without_ends(struct afd_span folded);
/* Without the words, too, that may stand between "status" and its number. */
struct afd_span afd_without_links(struct afd_span folded);

/* read_status.c: status codes in text */
enum { AFD_STATUSES_MAX = 6 };
/* How surely a text speaks of the status that is expected. */
enum afd_statement {
	AFD_STATEMENT_PROSE,   /* a sentence, a heading: what reads as a status counts */
	AFD_STATEMENT_LABEL,   /* after a label as Response: a code at the start counts too */
	AFD_STATEMENT_EXPECTED /* said to be the expectation: a code alone counts */
};
/* The status codes that the text states first, with its alternatives; returns how many. */
size_t afd_statuses(struct afd_span text, enum afd_statement statement, struct afd_span codes[AFD_STATUSES_MAX]);
bool afd_status_in(struct afd_span text, enum afd_statement statement);
void afd_expect_codes(struct afd_reader *reader, struct afd_model_test *test, const struct afd_span *codes, size_t count);
/* Expects what the text states of the test. False: it states none. */
bool afd_expect_status(struct afd_reader *reader, struct afd_model_test *test, struct afd_span text,
					   enum afd_statement statement);
bool afd_has_status(struct afd_model_test *test);
/* True where the text holds a word of the class with that id. */
bool afd_says(enum afd_word_class class, int id, struct afd_span text);

/* read_answer.c: what is said of answers */
/* The label, by its first words too: "Expected JSON Response", "✅ Expected". */
enum afd_label afd_loose_label(const struct afd_block *block);
/* The status that a label of an answer states. */
void afd_read_answer(struct afd_reader *reader, struct afd_model_test *test, enum afd_label label,
					 const struct afd_block *block);
/* Name, qualifier and text of a label as they are written. */
struct afd_span afd_label_words(const struct afd_block *label);
/* A bold line that is an answer's title in words of its own: "**201 Created**". */
void afd_read_unknown_answer(struct afd_reader *reader, const struct afd_block *block);
/* A script of Postman below the request, `pm.response.to.have.status(201)`, that states the status. */
void afd_read_script(struct afd_reader *reader, size_t block);
/* A table of what is expected of the answer, "| Status code | 200 |", that states the status. */
void afd_read_answer_table(struct afd_reader *reader, size_t block);
/* A paragraph or a list that may state a status. */
void afd_read_prose(struct afd_reader *reader, size_t block);
/* Block of the next request, or SIZE_MAX. */
size_t afd_next_request(const struct afd_reader *reader);

/* read_body.c: bodies */
void afd_read_body(struct afd_reader *reader, struct afd_model_test *test, const struct afd_block *label);
/* Says so where a label announced a body that was found nowhere. */
void afd_read_settle_body(struct afd_reader *reader, struct afd_model_test *test);
/* A fence without a request: the body of the test above, another body that makes a test of its own, or an answer. */
void afd_read_following_fence(struct afd_reader *reader, size_t block);
/* A test more: the last request again, with the body that this section has alone, which is told; NULL: it has
 * none. */
struct afd_model_test *afd_read_again(struct afd_reader *reader, const struct afd_block *fence,
									  struct afd_span caption);
bool afd_is_json(struct afd_span text);
void afd_set_text_body(struct afd_model_body *body, unsigned line, struct afd_span bytes);

#endif
