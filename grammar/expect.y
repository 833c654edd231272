/* Expectations: "`404` and `ORDER_NOT_FOUND` or empty result". */
%code requires {
/* SPDX-License-Identifier: MIT */
#include "expectation.h"
}

%define api.pure full
%define api.prefix {afd_expect_}
%define api.token.prefix {AFD_EXPECT_}
%define api.location.type {struct afd_span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { struct afd_expect_lexer *lexer }

%union {
	struct afd_expect_token token;
	struct afd_expect_values values;
	struct afd_expect_claim claim;
	struct afd_condition *condition;
}

%code {
#define YYLLOC_DEFAULT(current, rhs, n) ((current) = YYRHSLOC(rhs, (n) ? 1 : 0))

static int afd_expect_lex(YYSTYPE *value, struct afd_span *where, struct afd_expect_lexer *lexer);
static void afd_expect_error(const struct afd_span *where, struct afd_expect_lexer *lexer, const char *message);
}

%token END 0 "the end"
%token SUBJECT_ALONE "a subject alone"
%token OR "'or'" AND "'and'" COMMA "','" NOT "'no'" OPEN "'('" CLOSE "')'"
%token IF "'if'" ELSE "'else'"
%token MORE_OR "'or' with a value" MORE_AND "'and' with a value" MORE_COMMA "',' with a value"
%token <token> STATUS "a status code" CODE "a code" PATH "a path" VALUE "a value" NUMBER "a number"
%token <token> EXAMPLE "an example"
%token <token> STATUS_WORD "'status'" SUBJECT "a subject" NAMED "'header'" WHOLE "a condition" ATTRIBUTE "'attribute'"
%token <token> MEASURE "a measure" MEASURE_WITH "'item'" SPLIT "'split at'" INSIDE "'inside'"
%token <token> PREDICATE "a predicate" NULLARY "'exists'" IS_A "'is a'" HAS "'has'" TYPE "a type" UNIT "a unit"
%type <condition> disjunction conjunction condition status
%type <token> subject piece object value number text
%type <values> values types
%type <claim> claim

%%

/* What an answer is asked for, with and without a condition: the first token tells. */
expectation:
  disjunction { lexer->root = $1; }
| SUBJECT_ALONE subject { lexer->root = afd_expect_exists(lexer, $2); }
;

disjunction:
  conjunction
| disjunction OR conjunction { $$ = afd_expect_join(lexer, AFD_ANY, $1, $3); }
;

conjunction:
  condition
| conjunction AND condition { $$ = afd_expect_join(lexer, AFD_ALL, $1, $3); }
| conjunction COMMA condition { $$ = afd_expect_comma(lexer, $1, $3); }
;

condition:
  status
| STATUS_WORD status { $$ = $2; }
| STATUS_WORD NOT status { $$ = afd_expect_not($3, @2); }
| CODE prose { $$ = afd_expect_code(lexer, $1); }
| EXAMPLE { $$ = afd_expect_example(lexer, $1); }
| WHOLE { $$ = afd_expect_whole(lexer, $1); }
| WHOLE TYPE { $$ = afd_expect_json_type(lexer, $1, $2); if (!$$) YYERROR; }
| WHOLE CODE prose { $$ = afd_expect_code(lexer, $2); }
| WHOLE VALUE { $$ = afd_expect_error_text(lexer, $1, $2); if (!$$) YYERROR; }
| object { $$ = afd_expect_exists(lexer, $1); }
| HAS object { $$ = afd_expect_exists(lexer, $2); }
| subject claim { $$ = afd_expect_claim(lexer, &$1, $2); }
| subject HAS object { $$ = afd_expect_exists(lexer, $3); }
| PREDICATE object { $$ = afd_expect_holds(lexer, NULL, $1, $2); if (!$$) YYERROR; }
| subject PREDICATE object { $$ = afd_expect_holds(lexer, &$1, $2, $3); if (!$$) YYERROR; }
| subject PREDICATE WHOLE { $$ = afd_expect_is_whole(lexer, $1, $2, $3); if (!$$) YYERROR; }
| subject value { $$ = afd_expect_claim(lexer, &$1, afd_expect_equal(lexer, $2)); }
| subject NOT value { $$ = afd_expect_not(afd_expect_claim(lexer, &$1, afd_expect_equal(lexer, $3)), @2); }
| claim { $$ = afd_expect_claim(lexer, NULL, $1); if (!$$) YYERROR; }
| NOT condition { $$ = afd_expect_not($2, @1); }
| OPEN disjunction CLOSE { $$ = $2; }
;

/* What stands right behind a status belongs to it. */
status:
  STATUS prose { $$ = afd_expect_code(lexer, $1); }
| STATUS CODE prose { $$ = afd_expect_join(lexer, AFD_ALL, afd_expect_code(lexer, $1), afd_expect_code(lexer, $2)); }
| STATUS EXAMPLE { $$ = afd_expect_join(lexer, AFD_ALL, afd_expect_code(lexer, $1), afd_expect_example(lexer, $2)); }
| STATUS OPEN disjunction CLOSE { $$ = afd_expect_join(lexer, AFD_ALL, afd_expect_code(lexer, $1), $3); }
;

/* A text after a status says why, and is no condition. */
prose: %empty | prose VALUE ;

claim:
  NULLARY { $$ = afd_expect_nullary($1); }
| PREDICATE values { $$ = afd_expect_compared($1, $2); }
| IS_A types { $$ = afd_expect_compared($1, $2); }
| HAS number { $$ = afd_expect_counted(lexer, NULL, $2); }
| HAS PREDICATE number { $$ = afd_expect_counted(lexer, &$2, $3); }
| HAS text { $$ = afd_expect_holding(lexer, $2); }
;

subject:
  piece
| MEASURE subject { $$ = afd_expect_step(lexer, $2, $1, NULL); }
| MEASURE_WITH value subject { $$ = afd_expect_step(lexer, $3, $1, &$2); }
| PATH INSIDE subject { $$ = afd_expect_step(lexer, $3, $2, &$1); }
;

piece:
  SUBJECT
| object
| piece SPLIT text { $$ = afd_expect_step(lexer, $1, $2, &$3); }
;

object:
  PATH { $$ = afd_expect_path($1); }
| NAMED text { $$ = afd_expect_named(lexer, $1, $2); }
| ATTRIBUTE text NAMED text { $$ = afd_expect_attribute(lexer, $1, $2, afd_expect_named(lexer, $3, $4)); }
;

values:
  value { $$ = afd_expect_value(lexer, $1); }
| values MORE_OR value { $$ = afd_expect_more(lexer, $1, 'o', $3); }
| values MORE_AND value { $$ = afd_expect_more(lexer, $1, 'a', $3); }
| values MORE_COMMA value { $$ = afd_expect_more(lexer, $1, ',', $3); }
;

types:
  TYPE { $$ = afd_expect_value(lexer, $1); }
| types MORE_OR TYPE { $$ = afd_expect_more(lexer, $1, 'o', $3); }
| types MORE_COMMA TYPE { $$ = afd_expect_more(lexer, $1, ',', $3); }
;

value: text | number ;

text: VALUE | CODE | EXAMPLE ;

number: NUMBER | STATUS | NUMBER UNIT { $$ = afd_expect_with_unit(lexer, $1, $2); } ;

%%

static int afd_expect_lex(YYSTYPE *value, struct afd_span *where, struct afd_expect_lexer *lexer)
{
	int kind = afd_expect_scan(lexer, &value->token);
	*where = value->token.text;
	return kind;
}

static int yyreport_syntax_error(const yypcontext_t *context, struct afd_expect_lexer *lexer)
{
	yysymbol_kind_t expected[4];
	int count = yypcontext_expected_tokens(context, expected, 4);
	yysymbol_kind_t found = yypcontext_token(context);
	struct afd_text text;
	afd_text_init(&text, sizeof lexer->failure - 1);
	if (count == 0)
		afd_text_puts(&text, lexer->alone ? "expected a part of the answer" : "expected a condition");
	for (int i = 0; i < count; i++)
		afd_text_printf(&text, "%s%s", i == 0 ? "expected " : i + 1 == count ? " or " : ", ", yysymbol_name(expected[i]));
	afd_text_printf(&text, "; found %s", yysymbol_name(found));
	lexer->failed_at = *yypcontext_location(context);
	for (size_t i = 0; i < text.size && i + 1 < sizeof lexer->failure; i++)
		lexer->failure[i] = text.data[i];
	afd_text_free(&text);
	return 0;
}

static void afd_expect_error(const struct afd_span *where, struct afd_expect_lexer *lexer, const char *message)
{
	(void)message;
	lexer->failed_at = *where;
}
