/* SPDX-License-Identifier: MIT
 * A curl command as its options say it. Private to its readers. */
#ifndef AFFIDAVIT_CURL_H
#define AFFIDAVIT_CURL_H

#include "shell.h"
#include "survey.h"

enum afd_curl_kind {
	AFD_CURL_FLAG,     /* says nothing about the request */
	AFD_CURL_ARGUMENT, /* so does this, with an argument */
	AFD_CURL_METHOD,
	AFD_CURL_HEADER,
	AFD_CURL_DATA,
	AFD_CURL_RAW, /* --data-raw: an "@" means itself */
	AFD_CURL_JSON,
	AFD_CURL_ENCODE,
	AFD_CURL_FORM,
	AFD_CURL_STRING, /* --form-string */
	AFD_CURL_USER,
	AFD_CURL_BEARER,
	AFD_CURL_GET,
	AFD_CURL_HEAD,
	AFD_CURL_COOKIE,
	AFD_CURL_JAR,
	AFD_CURL_AGENT,
	AFD_CURL_REFERER,
	AFD_CURL_RANGE,
	AFD_CURL_URL,
	AFD_CURL_INSECURE,
	AFD_CURL_LOCATION,
	AFD_CURL_UPLOAD
};

struct afd_curl_option {
	char letter; /* 0: none */
	const char *name;
	enum afd_curl_kind kind;
};

struct afd_curl_part {
	enum afd_curl_kind kind; /* of the option */
	struct afd_shell_word word;
};

struct afd_curl {
	struct afd_reader *reader;
	struct afd_shell shell;
	struct afd_found *found;
	unsigned indent;
	struct afd_span url, plain_url, raw_url, method, data_raw;
	AFD_MODEL_LIST(struct afd_curl_part) data;
	AFD_MODEL_LIST(struct afd_curl_part) form;
	struct afd_span document; /* the heredoc's, for "-d @-" */
	bool get, head, upload, json;
	bool untyped; /* no Content-Type is sent */
};

/* NULL: curl knows no such option. */
const struct afd_curl_option *afd_curl_long(struct afd_span name);
const struct afd_curl_option *afd_curl_short(char letter);
/* Takes what the option says; `word` is its argument. */
void afd_curl_apply(struct afd_curl *curl, enum afd_curl_kind kind, struct afd_shell_word word);
/* Warns, and the request cannot be sent for what stands at `where`, in the source. */
void afd_curl_block(struct afd_curl *curl, struct afd_span where, const char *text, const char *hint);
/* The word is the URL. */
void afd_curl_set_url(struct afd_curl *curl, struct afd_shell_word word);
/* Says so where a part of the word is what a command would print. */
void afd_curl_note_unknown(struct afd_curl *curl, struct afd_shell_word word);
/* The body, and what -G makes of the URL. */
void afd_curl_finish_data(struct afd_curl *curl);
void afd_curl_header(struct afd_curl *curl, const char *name, const char *value, struct afd_span where);
bool afd_curl_has_header(const struct afd_curl *curl, const char *name);
void afd_curl_warn(struct afd_curl *curl, struct afd_span where, const char *text, const char *hint);

#endif
