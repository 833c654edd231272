/* SPDX-License-Identifier: MIT
 * What generated code may say: constant tables that describe a spec's tests. The only header that it includes.
 * Every row carries the line of the spec that it comes from. Strings are UTF-8; a list that the spec leaves out is
 * omitted and so { NULL, 0 }. Nothing here is owned or freed: all of it is static. */
#ifndef AFFIDAVIT_CASE_H
#define AFFIDAVIT_CASE_H

#include <stddef.h>

#define AFD_ABI 1

/* A table as a list: pointer and count. */
#define AFD_LIST(rows)           { (rows), sizeof(rows) / sizeof((rows)[0]) }
/* Raw bytes of the spec; they may hold NUL, so the size is kept. */
#define AFD_BYTES(line, literal) { (line), (literal), sizeof(literal) - 1 }

enum afd_effect { AFD_READ, AFD_WRITE };

/* When a test runs: those of one stage in the order of the spec. */
enum afd_stage {
	AFD_TESTS,
	AFD_SETUP,  /* before the tests, which are blocked where it does not pass */
	AFD_CLEANUP /* after the tests, whatever came of them */
};

struct afd_bytes {
	unsigned line; /* of the first byte; 0 where the spec has none */
	const char *data;
	size_t size;
};

struct afd_header {
	unsigned line;
	const char *name, *value; /* the value with its placeholders */
};
struct afd_headers {
	const struct afd_header *rows;
	size_t count;
};

struct afd_request {
	unsigned line;
	const char *method;
	const char *url; /* as written, with placeholders */
	struct afd_headers headers; /* all that are sent, the test's own in the place of common ones */
	struct afd_bytes body;
};

/* What a variable stands for in one case. */
struct afd_binding {
	const char *name, *value;
};
struct afd_bindings {
	const struct afd_binding *rows;
	size_t count;
};

struct afd_case {
	unsigned line;       /* the example's, else the request's */
	const char *id;      /* "1.6#2"; the test's own where it has one case */
	const char *url;     /* the example as written; NULL: the request's url after substitution */
	struct afd_bindings bindings; /* from the example or the row of the case table */
	const char *blocked; /* why it cannot be sent whatever is given; NULL: it can */
};
struct afd_cases {
	const struct afd_case *rows;
	size_t count;
};

/* What a condition looks at. */
enum afd_subject {
	AFD_STATUS = 1, /* the HTTP status */
	AFD_CODE,       /* the application's code: a string "code" at the top, or in the object "error" */
	AFD_MESSAGE,    /* the application's message: a string "message" or "error" at the top */
	AFD_HEADER,     /* the response field called name */
	AFD_PATH,       /* the nodes that the JSONPath (RFC 9535) in name selects */
	AFD_BODY,       /* the decoded body */
	AFD_RECORDS,    /* the records of the answer: $.data, $.result or a bare array */
	AFD_ERROR,      /* the error envelope: a top-level string "error", or "status" that is "error" */
	AFD_MEDIA,      /* the media type of the answer */
	AFD_LATENCY,    /* milliseconds */
	AFD_URL,        /* the effective URL */
	AFD_VERSION,    /* the HTTP version */
	AFD_WHERE,      /* every record against the "where" of the request's body */
	AFD_DELTA,      /* the change of the watched table called name */
	AFD_COOKIE, /* the value of the cookie called name; "name; Path": that attribute of it; "*": all, "a=1;
				   b=2" */
	AFD_ADDRESS /* the IP address that answered */
};

/* What is taken of the subject before it is compared. */
enum afd_measure {
	AFD_VALUE,          /* it itself */
	AFD_COUNT,          /* how many; of one array or object, its children */
	AFD_FIRST,
	AFD_LAST,
	AFD_ITEM,           /* the one at the position `with`, from 1 */
	AFD_PIECES,         /* of a text, between the separators `with` */
	AFD_SIZE,           /* bytes */
	AFD_SHA256,
	AFD_MD5,
	AFD_LOWER,
	AFD_UPPER,
	AFD_AFTER,          /* what follows the first `with` */
	AFD_BEFORE,         /* what precedes it */
	AFD_PARAMETER,      /* of a URL, the query parameter called `with` */
	AFD_INSIDE,         /* of a text that is JSON itself, what the JSONPath `with` selects */
	AFD_HEX,
	AFD_BASE64,
	AFD_DECODED_BASE64, /* either alphabet of RFC 4648, padded or not */
	AFD_URL_ENCODED,
	AFD_URL_DECODED,
	AFD_DAYS_UNTIL,
	AFD_DAYS_SINCE
};

/* One step from the subject to what is compared. */
struct afd_step {
	enum afd_measure measure;
	const char *with; /* NULL where the measure needs nothing */
};
struct afd_steps {
	const struct afd_step *rows;
	size_t count;
};
#define AFD_STEPS(...)                         \
	{ (const struct afd_step[]){ __VA_ARGS__ }, \
	  sizeof((const struct afd_step[]){ __VA_ARGS__ }) / sizeof(struct afd_step) }

enum afd_predicate {
	AFD_EXISTS = 1,
	AFD_IS,          /* equal; numbers by value, strings by text; the status also as "2xx" */
	AFD_IS_EMPTY,
	AFD_CONTAINS,
	AFD_STARTS_WITH,
	AFD_ENDS_WITH,
	AFD_MATCHES,     /* an I-Regexp (RFC 9485) found anywhere in the text */
	AFD_LESS,
	AFD_AT_MOST,
	AFD_GREATER,
	AFD_AT_LEAST,
	AFD_IS_TYPE,     /* "string", "number", "whole number", "boolean", "null", "array", "object", "time", "date", "uuid", ... */
	AFD_LIKE,        /* a JSON example as a pattern; members that it does not name may be there */
	AFD_EXACTLY_LIKE, /* they may not */
	AFD_HOLDS        /* nothing to compare with: JSON is JSON, no error is no error */
};

/* One condition. Terms of one alternative must all hold; one alternative of an expectation must. A negated term holds
 * where what it looks at is there and the predicate holds of none of it. */
struct afd_term {
	unsigned line;
	unsigned short expectation; /* index in the test's expectations */
	unsigned short alternative; /* from 1, in the order of the spec */
	enum afd_subject subject;
	const char *name;
	struct afd_steps steps; /* in their order */
	int negated;
	enum afd_predicate predicate;
	const char *value;
};
struct afd_terms {
	const struct afd_term *rows;
	size_t count;
};

/* One stated condition with its alternatives. */
struct afd_expectation {
	unsigned line;
	const char *text;    /* as the spec words it */
	int by_default;      /* from the suite's default, not from the test */
	int until;           /* the request is repeated until it holds */
};
struct afd_expectations {
	const struct afd_expectation *rows;
	size_t count;
};

/* A value of the answer that later requests use: the first that the steps leave of the subject. */
struct afd_keep {
	unsigned line;
	const char *name;      /* of the variable */
	enum afd_subject subject;
	const char *of;        /* as the name of a term */
	struct afd_steps steps;
};
struct afd_keeps {
	const struct afd_keep *rows;
	size_t count;
};

struct afd_name {
	unsigned line;
	const char *name;
};
struct afd_names {
	const struct afd_name *rows;
	size_t count;
};

/* How often a request is sent until its expectations hold that say `until`. */
struct afd_repeat {
	unsigned line;        /* 0: it is sent once */
	unsigned times;       /* at most */
	unsigned interval_ms; /* from an answer to the next request */
};

struct afd_test {
	const char *spec;                /* path relative to the root */
	unsigned first_line, last_line;
	const char *sha256;              /* of exactly those lines, without the last newline */
	const char *id, *title, *section;
	enum afd_effect effect;
	enum afd_stage stage;
	struct afd_repeat repeat;
	struct afd_request request;
	struct afd_cases cases;
	struct afd_expectations expectations;
	struct afd_terms terms;
	struct afd_keeps keeps;
	struct afd_names needs;          /* tests that must have passed; of a cleanup: must have been answered */
	struct afd_names lands_in;       /* tables, as landings of the suite */
	struct afd_names tags;
};
struct afd_tests {
	const struct afd_test *const *rows;
	size_t count;
};

struct afd_base {
	unsigned line;
	const char *name; /* "default", "partners-api" */
	const char *url;
};
struct afd_bases {
	const struct afd_base *rows;
	size_t count;
};

struct afd_variable {
	unsigned line;
	const char *name;
	const char *value; /* the spec's first value; NULL where it has none */
	int secret;        /* its value comes from the environment only */
};
struct afd_variables {
	const struct afd_variable *rows;
	size_t count;
};

/* One row of the table May be shown. */
struct afd_shown {
	unsigned line;
	const char *path;
	const char *type;  /* "whole number", "number", "boolean", "time", "date", "uuid", "text", "one of", "never", ... */
	const char *values; /* of "one of": separated by newlines; of "never": the class of the pseudonym; else "" */
};
struct afd_policy {
	const struct afd_shown *rows;
	size_t count;
};

struct afd_watched {
	unsigned line;
	const char *table, *key, *version, *time; /* "" where the spec leaves the cell empty */
};
struct afd_watch {
	const struct afd_watched *rows;
	size_t count;
};

/* One column of a landing. */
struct afd_column {
	unsigned line;
	const char *column;
	const char *from;  /* paths, separated by newlines; the first that selects a node counts (`else`), or all (`and`) */
	int together;      /* the paths are taken together: sum of products */
	const char *type;  /* "text", "whole number", "number", "time", "lower case", ... */
};
struct afd_columns {
	const struct afd_column *rows;
	size_t count;
};
struct afd_landing {
	unsigned line;
	const char *table;
	const char *records;          /* path of the records */
	const char *condition_path;   /* "" where every record lands */
	const char *condition_value;
	struct afd_columns columns;
};
struct afd_landings {
	const struct afd_landing *rows;
	size_t count;
};

/* Strings in a row: sorted by bytes where they are looked up, in order where they are pieces of one text. */
struct afd_words {
	const char *const *rows;
	size_t count;
};

struct afd_suite {
	int abi;
	const char *name;
	const char *spec, *spec_sha256;      /* path; digest of the whole document */
	struct afd_words inventory;          /* pieces of inventory.json, joined as they are */
	const char *inventory_sha256;
	struct afd_bases bases;
	struct afd_variables variables;
	struct afd_policy policy;
	struct afd_words words; /* what the spec itself says in public: its error codes, names in its paths and bodies; sorted */
	struct afd_watch watch;
	struct afd_landings landings;
	struct afd_words sql; /* pieces of the SQL file that the spec names */
	const char *sql_path, *sql_sha256; /* NULL where the spec names none */
	struct afd_tests tests;
};

/* The runtime's entry: runs the suite by the options of the command line; returns the exit code of the contract. */
int afd_main(int argc, char **argv, const struct afd_suite *suite);

#endif
