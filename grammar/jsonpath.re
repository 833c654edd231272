/* SPDX-License-Identifier: MIT
 * Tokens of JSONPath (RFC 9535). Where no blank may stand between two characters, they are one token. */
#include "jsonpath_parser.h"

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
	wide    = [\u0080-\ud7ff\ue000-\U0010ffff];
	first   = [a-zA-Z_] | wide;
	name    = first (first | [0-9])*;
	integer = "0" | "-"? [1-9] [0-9]*;
	number  = ("-"? "0" | integer) ("." [0-9]+)? ([eE] [-+]? [0-9]+)?;
	hex     = [0-9a-fA-F];
	high    = "\\u" [dD] [89abAB] hex{2};
	low     = "\\u" [dD] [c-fC-F] hex{2};
	unit    = "\\u" ([0-9a-cA-CefEF] hex{3} | [dD] [0-7] hex{2});
	escape  = "\\" [\\/bfnrt] | unit | high low;
	plain   = ([\x20-\x7f] \ ["'\\]) | wide;
	double  = "\"" (plain | "'" | escape | "\\\"")* "\"";
	single  = "'" (plain | "\"" | escape | "\\'")* "'";
*/

static int refuse(struct afd_path_parser *parser, const char *at, const char *why)
{
	afd_path_refuse(parser, (size_t)(at - parser->text.data), "%s", why);
	return PATH_AFD_JSONPATH_YYerror;
}

static int text(struct afd_span *value, int token, const char *first, const char *last)
{
	*value = (struct afd_span){ first, (size_t)(last - first) };
	return token;
}

static int compare(AFD_JSONPATH_YYSTYPE *value, enum afd_path_relation relation)
{
	value->PATH_COMPARISON = relation;
	return PATH_COMPARISON;
}

static int scan(AFD_JSONPATH_YYSTYPE *value, struct afd_path_parser *parser, size_t *first)
{
	const char *limit = parser->text.data + parser->text.size;
	const char *cursor = parser->text.data + parser->cursor;
	const char *marker = cursor;
	const char *start;
	int token;
	do {
		start = cursor;
		/*!re2c
			blank+       { continue; }
			"$"          { token = PATH_ROOT; break; }
			"@"          { token = PATH_CURRENT; break; }
			"["          { token = PATH_OPEN; break; }
			"]"          { token = PATH_CLOSE; break; }
			"..["        { token = PATH_DESCEND_OPEN; break; }
			","          { token = PATH_COMMA; break; }
			":"          { token = PATH_COLON; break; }
			"*"          { token = PATH_STAR; break; }
			"?"          { token = PATH_QUESTION; break; }
			"("          { token = PATH_LEFT; break; }
			")"          { token = PATH_RIGHT; break; }
			"!"          { token = PATH_NOT; break; }
			"&&"         { token = PATH_AND; break; }
			"||"         { token = PATH_OR; break; }
			".*"         { token = PATH_DOT_STAR; break; }
			"..*"        { token = PATH_DESCEND_STAR; break; }
			"." name     { token = text(&value->PATH_DOT_NAME, PATH_DOT_NAME, start + 1, cursor); break; }
			".." name    { token = text(&value->PATH_DESCEND_NAME, PATH_DESCEND_NAME, start + 2, cursor); break; }
			integer      { token = text(&value->PATH_INTEGER, PATH_INTEGER, start, cursor); break; }
			number       { token = text(&value->PATH_NUMBER, PATH_NUMBER, start, cursor); break; }
			double       { token = text(&value->PATH_STRING, PATH_STRING, start, cursor); break; }
			single       { token = text(&value->PATH_STRING, PATH_STRING, start, cursor); break; }
			[a-z] [a-z_0-9]* "(" { token = text(&value->PATH_FUNCTION, PATH_FUNCTION, start, cursor - 1); break; }
			"true"       { token = PATH_TRUE; break; }
			"false"      { token = PATH_FALSE; break; }
			"null"       { token = PATH_NULL; break; }
			"=="         { token = compare(value, AFD_PATH_EQ); break; }
			"!="         { token = compare(value, AFD_PATH_NE); break; }
			"<"          { token = compare(value, AFD_PATH_LT); break; }
			"<="         { token = compare(value, AFD_PATH_LE); break; }
			">"          { token = compare(value, AFD_PATH_GT); break; }
			">="         { token = compare(value, AFD_PATH_GE); break; }
			[\x00]       {
				token = start < limit ? refuse(parser, start, "unexpected character") : PATH_END;
				cursor = start;
				break;
			}
			"."          { token = refuse(parser, start, "expected a name or '*' after '.'"); break; }
			".."         { token = refuse(parser, start, "expected a name, '*' or '[' after '..'"); break; }
			["']         { token = refuse(parser, start, "the string has no end, or a character or escape that is not allowed"); break; }
			name         { token = refuse(parser, start, "a bare word: write a name as .name or ['name']"); break; }
			"="          { token = refuse(parser, start, "write '==' to compare"); break; }
			"&" | "|"    { token = refuse(parser, start, "write '&&' or '||'"); break; }
			*            { token = refuse(parser, start, "unexpected character"); break; }
		*/
	} while (true);
	*first = (size_t)(start - parser->text.data);
	parser->cursor = (size_t)(cursor - parser->text.data);
	return token;
}

int afd_jsonpath_yylex(AFD_JSONPATH_YYSTYPE *value, struct afd_path_range *range, struct afd_path_parser *parser)
{
	int token = scan(value, parser, &range->first);
	range->last = parser->cursor;
	return token;
}
