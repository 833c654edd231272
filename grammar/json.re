/* SPDX-License-Identifier: MIT
 * Tokens of JSON (RFC 8259). One pure function over a cursor; the text needs no NUL at its end. */
#include "json_token.h"

#define YYCTYPE     unsigned char
#define YYPEEK()    (cursor < limit ? (unsigned char)*cursor : 0)
#define YYSKIP()    (++cursor)
#define YYBACKUP()  (marker = cursor)
#define YYRESTORE() (cursor = marker)

/*!re2c
	re2c:api = custom;
	re2c:api:style = functions;
	re2c:yyfill:enable = 0;

	blank   = [ \t\r\n];
	digits  = [0-9]+;
	number  = "-"? ("0" | [1-9] [0-9]*) ("." digits)? ([eE] [-+]? digits)?;
	ascii   = [\x20-\x7f] \ ["\\];
	wide    = [\u0080-\ud7ff\ue000-\U0010ffff];
	hex     = [0-9a-fA-F];
	high    = "\\u" [dD] [89abAB] hex{2};
	low     = "\\u" [dD] [c-fC-F] hex{2};
	unit    = "\\u" ([0-9a-cA-CefEF] hex{3} | [dD] [0-7] hex{2});
*/

static enum afd_json_token fail(struct afd_json_scanner *scanner, const char *at, const char *text)
{
	scanner->cursor = at;
	scanner->error = text;
	return AFD_TOKEN_ERROR;
}

/* After the opening quote. */
static enum afd_json_token string(struct afd_json_scanner *scanner)
{
	const char *cursor = scanner->cursor;
	const char *limit = scanner->limit;
	const char *marker = cursor;
	const char *at;
	for (;;) {
		at = cursor;
		/*!re2c
			ascii+                        { continue; }
			wide+                         { continue; }
			"\\" ["\\/bfnrt] | unit | high low { scanner->escaped = true; continue; }
			"\""                          { break; }
			high | low                    { return fail(scanner, at, "unpaired surrogate"); }
			"\\"                          { return fail(scanner, at, "bad escape"); }
			[\x00]                        { return fail(scanner, at, at < limit ? "control character in a string" : "unexpected end"); }
			[\x01-\x1f]                   { return fail(scanner, at, "control character in a string"); }
			*                             { return fail(scanner, at, "bad UTF-8"); }
		*/
	}
	scanner->cursor = cursor;
	return AFD_TOKEN_STRING;
}

enum afd_json_token afd_json_scan(struct afd_json_scanner *scanner)
{
	const char *cursor = scanner->cursor;
	const char *limit = scanner->limit;
	const char *marker;
	enum afd_json_token token;
	do {
		scanner->start = cursor;
		/*!re2c
			blank+  { continue; }
			"{"     { token = AFD_TOKEN_OBJECT; break; }
			"}"     { token = AFD_TOKEN_OBJECT_END; break; }
			"["     { token = AFD_TOKEN_ARRAY; break; }
			"]"     { token = AFD_TOKEN_ARRAY_END; break; }
			":"     { token = AFD_TOKEN_COLON; break; }
			","     { token = AFD_TOKEN_COMMA; break; }
			"true"  { token = AFD_TOKEN_TRUE; break; }
			"false" { token = AFD_TOKEN_FALSE; break; }
			"null"  { token = AFD_TOKEN_NULL; break; }
			number  { token = AFD_TOKEN_NUMBER; break; }
			"\""    { token = AFD_TOKEN_STRING; break; }
			[\x00]  {
				if (scanner->start < limit)
					return fail(scanner, scanner->start, "unexpected character");
				cursor = limit;
				token = AFD_TOKEN_END;
				break;
			}
			*       { return fail(scanner, scanner->start, "unexpected character"); }
		*/
	} while (true);
	scanner->cursor = cursor;
	if (token != AFD_TOKEN_STRING)
		return token;
	scanner->escaped = false;
	return string(scanner);
}
