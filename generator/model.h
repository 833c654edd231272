/* SPDX-License-Identifier: MIT
 * The checked model of one spec: everything that the emitter, the list and the trace need, and nothing that can still be
 * refused. All memory is the arena's. */
#ifndef AFFIDAVIT_MODEL_H
#define AFFIDAVIT_MODEL_H

#include "ast.h"
#include "diag.h"
#include "index.h"

/* A list that the arena owns: push with afd_arena_push(arena, &list.rows, &list.count, sizeof *list.rows). */
#define AFD_MODEL_LIST(type) \
	struct {                 \
		type *rows;          \
		size_t count;        \
	}

struct afd_model_header {
	unsigned line;
	const char *name, *value;
};

struct afd_model_headers {
	struct afd_model_header *rows;
	size_t count;
};

struct afd_model_binding {
	const char *name, *value;
};

struct afd_model_case {
	unsigned line;        /* the example's, else the request's */
	const char *id;
	unsigned example_line; /* 0: no example */
	const char *url;      /* the example as written; NULL: none */
	const char *case_url; /* what is sent by the spec's own values; NULL: a value is missing */
	const char *missing;  /* the name without a value; NULL: none */
	const char *blocked;  /* why it cannot be sent whatever is given; NULL: it can */
	AFD_MODEL_LIST(struct afd_model_binding) bindings;
};

struct afd_model_step {
	const char *measure; /* enumerator of the runtime */
	const char *with;    /* NULL: nothing */
};

struct afd_model_term {
	unsigned line;
	unsigned expectation, alternative;
	const char *subject, *predicate; /* enumerators of the runtime */
	AFD_MODEL_LIST(struct afd_model_step) steps;
	const char *name, *value; /* "" where there is none */
	bool negated;
	struct afd_span where; /* for messages; size 0: the spec does not say it */
};

struct afd_model_expectation {
	unsigned line;
	const char *text;
	bool by_default;
	bool until; /* the request is repeated until it holds */
	bool loose; /* words around it are not understood */
};

struct afd_model_keep {
	unsigned line;
	const char *subject, *of; /* as of a term */
	AFD_MODEL_LIST(struct afd_model_step) steps;
	const char *name;
	struct afd_span where; /* the name, for messages */
	bool implied;          /* by a script: nobody need use it */
};

struct afd_model_name {
	unsigned line;
	const char *name;
	struct afd_span where; /* for messages */
};

/* A request that is sent until a condition holds. */
struct afd_model_repeat {
	unsigned line; /* 0: it is sent once */
	unsigned times, interval_ms;
	struct afd_span where; /* for messages */
};

/* When a test runs; the order is that of the stages. */
enum afd_model_stage { AFD_STAGE_SETUP, AFD_STAGE_TESTS, AFD_STAGE_CLEANUP };

struct afd_model_body {
	bool stated; /* a body is sent, be it empty */
	unsigned line;
	struct afd_span bytes;
	char sha256[65];
};

struct afd_model_test {
	const char *unknown;        /* a part of it that the document does not tell; NULL: none */
	struct afd_span body_label; /* announces a body that is not understood there; empty: none */
	const char *id, *title, *section;
	const char *file;  /* "test_6_13": names the C file and its symbols */
	unsigned first_line, last_line;
	char sha256[65];
	bool write, effect_stated, explicit;
	bool status_stated;    /* while it is read: one of its first `terms_seen` terms states a status */
	size_t terms_seen;
	enum afd_model_stage stage;
	struct afd_model_repeat repeat;
	const char *form;
	struct afd_span where; /* the request line, for messages */
	unsigned line;
	const char *method, *url;
	const char *sent; /* the URL with the names that its variables have there; NULL: it is `url` */
	const char *base; /* name of its base; NULL: none fits */
	struct afd_model_body body;
	struct afd_model_headers headers;
	AFD_MODEL_LIST(struct afd_model_case) cases;
	AFD_MODEL_LIST(struct afd_model_expectation) expectations;
	AFD_MODEL_LIST(struct afd_model_term) terms;
	AFD_MODEL_LIST(struct afd_model_keep) keeps;
	AFD_MODEL_LIST(struct afd_model_name) needs;
	AFD_MODEL_LIST(struct afd_model_name) lands_in;
	AFD_MODEL_LIST(struct afd_model_name) tags;
	AFD_MODEL_LIST(const char *) variables;
};

struct afd_model_base {
	unsigned line;
	const char *name, *url, *qualifier; /* qualifier: folded words in the parentheses, "" */
};

struct afd_model_variable {
	unsigned line; /* 0: used and not declared */
	const char *name, *value; /* value NULL: none */
	bool secret;
	bool kept;      /* an answer gives it */
	bool in_header; /* a header names it */
	size_t used_by; /* while it is read: 1 + the last test that uses it */
};

struct afd_model_shown {
	unsigned line;
	const char *path, *type, *values;
};

struct afd_model_watched {
	unsigned line;
	const char *table, *key, *version, *time;
};

struct afd_model_column {
	unsigned line;
	const char *column, *from, *type;
	bool together;
};

struct afd_model_landing {
	unsigned line;
	const char *table, *records, *condition_path, *condition_value;
	AFD_MODEL_LIST(struct afd_model_column) columns;
};

/* Headers of the document: for all requests (qualifier ""), or for those of one base. */
struct afd_model_common {
	const char *qualifier;
	struct afd_model_headers headers;
};

/* What was taken for a request and what was left, for `check -v`. */
struct afd_model_remark {
	unsigned line;
	const char *text;
};

struct afd_model {
	const struct afd_source *source;
	struct afd_arena *arena;
	const char *name;
	char sha256[65]; /* of the whole document */
	AFD_MODEL_LIST(struct afd_model_base) bases;
	AFD_MODEL_LIST(struct afd_model_common) common;
	AFD_MODEL_LIST(struct afd_model_variable) variables;
	struct afd_index variable_names; /* of the rows above */
	AFD_MODEL_LIST(struct afd_model_expectation) default_expectations;
	AFD_MODEL_LIST(struct afd_model_term) default_terms;
	AFD_MODEL_LIST(struct afd_model_shown) policy;
	AFD_MODEL_LIST(struct afd_model_watched) watch;
	struct afd_index watched_tables; /* of the rows above */
	AFD_MODEL_LIST(struct afd_model_landing) landings;
	AFD_MODEL_LIST(const char *) words;
	AFD_MODEL_LIST(struct afd_model_test) tests;
	AFD_MODEL_LIST(struct afd_model_remark) remarks;
	const char *sql_path; /* as the spec names it, relative to the spec; NULL: none */
	unsigned sql_line;
	struct afd_span sql;
	char sql_sha256[65];
};

/* Finds what the blocks mean. Problems go to `diag`; where it has errors the model must not be emitted, but may be listed.
 * `file` is the spec's own path, for files that it names; NULL: none are read. */
void afd_model_build(struct afd_model *model, const struct afd_document *document, struct afd_diag *diag,
					 const char *file);

size_t afd_model_case_count(const struct afd_model *model);
/* "51 tests, 54 cases"; the arena's. */
const char *afd_model_summary(const struct afd_model *model);

#endif
