/* SPDX-License-Identifier: MIT
 * The grammar of JSONPath (RFC 9535, appendix A). Blanks are the lexer's; types and singular queries are checked by the
 * builders of jsonpath_ast.h, so that their messages can say what is wrong. */
%define api.pure full
%define api.prefix {afd_jsonpath_yy}
%define api.token.prefix {PATH_}
%define api.value.type union
%define api.location.type {struct afd_path_range}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { struct afd_path_parser *parser }

%code requires {
	#include "jsonpath_ast.h"
}

%code provides {
	int afd_jsonpath_yylex(AFD_JSONPATH_YYSTYPE *value, struct afd_path_range *range, struct afd_path_parser *parser);
}

%code {
	/* More kinds of token than these are not listed in a message. */
	enum { FEW = 5 };

	#define YYLLOC_DEFAULT(current, right, count)                                      \
		do {                                                                           \
			(current).first = (count) ? (right)[1].first : (right)[0].last;            \
			(current).last = (right)[count].last;                                      \
		} while (0)

	static void afd_jsonpath_yyerror(const struct afd_path_range *range, struct afd_path_parser *parser,
									 const char *text)
	{
		afd_path_refuse(parser, range->first, "%s", text);
	}
}

%token END 0 "the end"
%token ROOT "'$'" CURRENT "'@'"
%token OPEN "'['" CLOSE "']'" DESCEND_OPEN "'..['"
%token COMMA "','" COLON "':'" STAR "'*'" QUESTION "'?'"
%token LEFT "'('" RIGHT "')'" NOT "'!'" AND "'&&'" OR "'||'"
%token DOT_STAR "'.*'" DESCEND_STAR "'..*'"
%token <struct afd_span> DOT_NAME "'.name'" DESCEND_NAME "'..name'"
%token <struct afd_span> STRING "a string" INTEGER "an integer" NUMBER "a number" FUNCTION "a function"
%token TRUE "true" FALSE "false" NULL "null"
%token <enum afd_path_relation> COMPARISON "a comparison"

%type <struct afd_path_query *> query
%type <struct afd_path_segment *> segment selectors
%type <struct afd_path_selector *> selector
%type <struct afd_path_bound> bound
%type <struct afd_path_expr *> logical conjunction basic operand literal arguments

%%
path:
  query                                  { afd_path_finish(parser, $1); }
;
query:
  "'$'"                                  { $$ = afd_path_start(parser, true); }
| "'@'"                                  { $$ = afd_path_start(parser, false); }
| query segment                          { $$ = afd_path_extend(parser, $1, $2); }
;
segment:
  "'.name'"                              { $$ = afd_path_segment(parser, afd_path_name(parser, $1)); }
| "'.*'"                                 { $$ = afd_path_segment(parser, afd_path_wildcard(parser)); }
| "'['" selectors "']'"                  { $$ = $2; }
| "'..name'"                             { $$ = afd_path_descend(afd_path_segment(parser, afd_path_name(parser, $1))); }
| "'..*'"                                { $$ = afd_path_descend(afd_path_segment(parser, afd_path_wildcard(parser))); }
| "'..['" selectors "']'"                { $$ = afd_path_descend($2); }
;
selectors:
  selector                               { $$ = afd_path_segment(parser, $1); }
| selectors "','" selector               { $$ = afd_path_add(parser, $1, $3); }
;
selector:
  "a string"                             { $$ = afd_path_name(parser, $1); }
| "'*'"                                  { $$ = afd_path_wildcard(parser); }
| "an integer"                           { $$ = afd_path_index(parser, afd_path_bound(parser, @1, $1)); }
| bound "':'" bound                      { $$ = afd_path_slice(parser, $1, $3, afd_path_no_bound()); }
| bound "':'" bound "':'" bound          { $$ = afd_path_slice(parser, $1, $3, $5); }
| "'?'" logical                          { $$ = afd_path_filter(parser, $2); }
;
bound:
  %empty                                 { $$ = afd_path_no_bound(); }
| "an integer"                           { $$ = afd_path_bound(parser, @1, $1); }
;
logical:
  conjunction
| logical "'||'" conjunction             { $$ = afd_path_join(parser, AFD_PATH_OR, $1, $3); }
;
conjunction:
  basic
| conjunction "'&&'" basic               { $$ = afd_path_join(parser, AFD_PATH_AND, $1, $3); }
;
basic:
  operand
| operand "a comparison" operand         { $$ = afd_path_compare(parser, @$, $1, $2, $3); }
| "'('" logical "')'"                    { $$ = afd_path_wrap(parser, AFD_PATH_GROUP, @$, $2); }
| "'!'" operand                          { $$ = afd_path_wrap(parser, AFD_PATH_NOT, @$, $2); }
| "'!'" "'('" logical "')'"              { $$ = afd_path_wrap(parser, AFD_PATH_NOT, @$, $3); }
;
operand:
  literal
| query                                  { $$ = afd_path_operand(parser, @1, $1); }
| "a function" "')'"                     { $$ = afd_path_call(parser, @1, $1, NULL); }
| "a function" arguments "')'"           { $$ = afd_path_call(parser, @1, $1, $2); }
;
literal:
  "a string"                             { $$ = afd_path_literal(parser, @1, AFD_JSON_STRING, $1); }
| "an integer"                           { $$ = afd_path_literal(parser, @1, AFD_JSON_NUMBER, $1); }
| "a number"                             { $$ = afd_path_literal(parser, @1, AFD_JSON_NUMBER, $1); }
| "true"                                 { $$ = afd_path_literal(parser, @1, AFD_JSON_TRUE, AFD_SPAN("true")); }
| "false"                                { $$ = afd_path_literal(parser, @1, AFD_JSON_FALSE, AFD_SPAN("false")); }
| "null"                                 { $$ = afd_path_literal(parser, @1, AFD_JSON_NULL, AFD_SPAN("null")); }
;
arguments:
  logical                                { $$ = afd_path_argument(parser, NULL, $1); }
| arguments "','" logical                { $$ = afd_path_argument(parser, $1, $3); }
;
%%

/* What was expected, where it is one of a few things, and what was found. */
static int yyreport_syntax_error(const yypcontext_t *context, struct afd_path_parser *parser)
{
	yysymbol_kind_t wanted[FEW];
	int count = yypcontext_expected_tokens(context, wanted, FEW);
	const char *text = count > 0 ? "expected " : "unexpected ";
	for (int i = 0; i < count; i++)
		text = afd_arena_printf(parser->arena, "%s%s%s", text, i ? " or " : "", yysymbol_name(wanted[i]));
	text = afd_arena_printf(parser->arena, "%s%s%s", text, count > 0 ? ", found " : "",
							yysymbol_name(yypcontext_token(context)));
	afd_path_refuse(parser, yypcontext_location(context)->first, "%s", text);
	return 0;
}
