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
	struct afd_condition *condition;
}

%code {
#define YYLLOC_DEFAULT(current, rhs, n) ((current) = YYRHSLOC(rhs, (n) ? 1 : 0))

static int afd_expect_lex(YYSTYPE *value, struct afd_span *where, struct afd_expect_lexer *lexer);
static void afd_expect_error(const struct afd_span *where, struct afd_expect_lexer *lexer, const char *message);

static const struct afd_expect_token nothing;
}

%token END 0 "the end"
%token OR "'or'" AND "'and'" COMMA "','" NOT "'no'" OPEN "'('" CLOSE "')'"
%token <token> STATUS "a status code" CODE "a code" PATH "a path" VALUE "a value" NUMBER "a number"
%token <token> STATUS_WORD "'status'" SUBJECT "a subject" HEADER "'header'" WHOLE "a condition" MEASURE "a measure"
%token <token> PREDICATE "a predicate" NULLARY "'exists'" IS_A "'is a'" HAS "'has'" TYPE "a type" UNIT "a unit"
%type <condition> disjunction conjunction condition
%type <token> subject value number predicate

%%

expectation: disjunction { lexer->root = $1; } ;

disjunction:
  conjunction
| disjunction OR conjunction { $$ = afd_expect_join(lexer, AFD_ANY, $1, $3); }
;

conjunction:
  condition
| conjunction AND condition { $$ = afd_expect_join(lexer, AFD_ALL, $1, $3); }
| conjunction COMMA condition { $$ = afd_expect_join(lexer, AFD_ALL, $1, $3); }
;

condition:
  STATUS { $$ = afd_expect_term(lexer, nothing, nothing, $1); }
| STATUS_WORD STATUS { $$ = afd_expect_term(lexer, nothing, nothing, $2); }
| WHOLE STATUS { $$ = afd_expect_term(lexer, nothing, nothing, $2); }
| CODE { $$ = afd_expect_term(lexer, nothing, nothing, $1); }
| WHOLE { $$ = afd_expect_term(lexer, $1, nothing, nothing); }
| PATH { $$ = afd_expect_term(lexer, $1, nothing, nothing); }
| subject NULLARY { $$ = afd_expect_term(lexer, $1, $2, nothing); }
| subject predicate value { $$ = afd_expect_term(lexer, $1, $2, $3); }
| subject IS_A TYPE { $$ = afd_expect_term(lexer, $1, $2, $3); }
| subject HAS number { $$ = afd_expect_counted(lexer, $1, nothing, $3); }
| subject HAS predicate number { $$ = afd_expect_counted(lexer, $1, $3, $4); }
| SUBJECT value { $$ = afd_expect_term(lexer, $1, nothing, $2); }
| NOT condition { $$ = afd_expect_not($2, @1); }
| OPEN disjunction CLOSE { $$ = $2; }
;

subject:
  SUBJECT
| PATH
| HEADER value { $$ = afd_expect_named($1, $2); }
| MEASURE SUBJECT { $$ = $2; $$.measure = $1.value; }
| MEASURE PATH { $$ = $2; $$.measure = $1.value; }
;

predicate: PREDICATE ;

value: VALUE | CODE | STATUS | number ;

number: NUMBER | NUMBER UNIT { $$ = afd_expect_with_unit($1, $2); } ;

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
		afd_text_puts(&text, "expected a condition");
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
