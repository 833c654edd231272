/* SPDX-License-Identifier: MIT
 * JSON (RFC 8259) as a tape of nodes over the exact text: nothing is decoded, rounded or reordered until
 * asked for. Tokens come from grammar/json.re. Borrows the text, owns the nodes. See jsonpath.h for
 * selecting, mask.h for writing. */
#ifndef AFFIDAVIT_JSON_H
#define AFFIDAVIT_JSON_H

#include "base/text.h"

#include <stdint.h>

enum afd_json_type {
	AFD_JSON_NULL,
	AFD_JSON_FALSE,
	AFD_JSON_TRUE,
	AFD_JSON_NUMBER,
	AFD_JSON_STRING,
	AFD_JSON_ARRAY,
	AFD_JSON_OBJECT
};

#define AFD_JSON_NONE UINT32_MAX /* no node */
enum { AFD_JSON_DEPTH_MAX = 512 };

/* Node 0 is the root. Children of a container follow it: the first child of node n is n + 1 where count > 0.
 * A member of an object is its value node; `key` holds the text of its name. */
struct afd_json_node {
	enum afd_json_type type;
	uint32_t offset, size;         /* the exact text; of a string with its quotes */
	uint32_t key_offset, key_size; /* the name with its quotes; size 0: not a member */
	uint32_t parent;               /* AFD_JSON_NONE of the root */
	uint32_t next;                 /* next sibling; AFD_JSON_NONE of the last */
	uint32_t index;                /* position among the siblings, from 0 */
	uint32_t count;                /* children */
};

struct afd_json {
	struct afd_span text;
	struct afd_json_node *nodes;
	uint32_t count, capacity;
};

/* Why a text is not accepted. Duplicate names in one object, an unpaired surrogate, bad UTF-8, a depth over
 * AFD_JSON_DEPTH_MAX and anything after the value are refused too. */
struct afd_json_error {
	size_t offset;    /* byte in the text; 0-based */
	const char *text; /* static: "duplicate name", "unexpected end", ... never a piece of the text */
};

/* The text stays the caller's and must outlive the tape; 4 GiB and more are refused. False: *error says why
 * and nothing is to be freed. */
AFD_CHECKED bool afd_json_parse(struct afd_span text, struct afd_json *json, struct afd_json_error *error);
void afd_json_free(struct afd_json *json);

struct afd_span afd_json_text(const struct afd_json *json, uint32_t node);
/* The member called `name` (decoded, exact case) of an object; AFD_JSON_NONE where there is none or no
 * object. */
uint32_t afd_json_member(const struct afd_json *json, uint32_t node, struct afd_span name);
/* Decodes a string token (with quotes) to UTF-8. False where `out` is full. */
AFD_CHECKED bool afd_json_decode(struct afd_span token, struct afd_text *out);
/* Writes `utf8` as a JSON string with quotes; non-ASCII is kept, controls are escaped, bytes that are not
 * UTF-8 become U+FFFD, so that the result is always JSON. */
AFD_CHECKED bool afd_json_encode(struct afd_span utf8, struct afd_text *out);
/* Two string tokens (with quotes) by their decoded code points: <0, 0, >0. */
int afd_json_compare_strings(struct afd_span a, struct afd_span b);
/* True where the string token decodes to `utf8`. */
bool afd_json_string_is(struct afd_span token, struct afd_span utf8);
/* Exact comparison of two number tokens by value, whatever their spelling and size (1e2 = 100.0): <0, 0, >0.
 */
int afd_json_compare_numbers(struct afd_span a, struct afd_span b);
/* True where the number token has no fractional part (1.0 and 1e2 count as whole). */
bool afd_json_is_whole(struct afd_span number);
/* Deep equality by value: numbers by value, strings decoded, objects without regard to order. */
bool afd_json_equal(const struct afd_json *a, uint32_t x, const struct afd_json *b, uint32_t y);
/* The normalised path (RFC 9535 section 2.7) of a node: $['data'][0]['id']. */
AFD_CHECKED bool afd_json_path(const struct afd_json *json, uint32_t node, struct afd_text *out);

#endif
