/* SPDX-License-Identifier: MIT
 * The tokens of JSON (RFC 8259) that grammar/json.re finds. A token is a span of the text; nothing is copied,
 * decoded or allocated. runtime/json.c builds the tape of them. */
#ifndef AFFIDAVIT_JSON_TOKEN_H
#define AFFIDAVIT_JSON_TOKEN_H

#include "base/text.h"

enum afd_json_token {
	AFD_TOKEN_END, /* of the text */
	AFD_TOKEN_OBJECT,
	AFD_TOKEN_OBJECT_END,
	AFD_TOKEN_ARRAY,
	AFD_TOKEN_ARRAY_END,
	AFD_TOKEN_COLON,
	AFD_TOKEN_COMMA,
	AFD_TOKEN_STRING,
	AFD_TOKEN_NUMBER,
	AFD_TOKEN_TRUE,
	AFD_TOKEN_FALSE,
	AFD_TOKEN_NULL,
	AFD_TOKEN_ERROR
};

struct afd_json_scanner {
	const char *start;  /* of the last token */
	const char *cursor; /* after it; of an error: where it was found */
	const char *limit;
	bool escaped;      /* the string holds an escape */
	const char *error; /* static text of the last AFD_TOKEN_ERROR */
};

/* The next token. Strings are valid UTF-8 with valid escapes and paired surrogates. */
enum afd_json_token afd_json_scan(struct afd_json_scanner *scanner);

#endif
