/* The markdown document: every sequence of blocks is accepted. What the blocks mean is found later, in the model. */
%code requires {
/* SPDX-License-Identifier: MIT */
#include "ast.h"
#include "scan.h"
}

%define api.pure full
%define api.prefix {afd_spec_}
%define api.token.prefix {AFD_TOKEN_}
%define api.value.type {struct afd_block}
%define api.location.type {struct afd_range}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { struct afd_scanner *scanner }
%parse-param { struct afd_document *document }

%code {
#define YYLLOC_DEFAULT(current, rhs, n)                                                                   \
	do {                                                                                                  \
		(current).begin = (n) ? YYRHSLOC(rhs, 1).begin : YYRHSLOC(rhs, 0).end;                            \
		(current).end = YYRHSLOC(rhs, n).end;                                                             \
	} while (0)

static int afd_spec_lex(struct afd_block *value, struct afd_range *where, struct afd_scanner *scanner);
static void afd_spec_error(const struct afd_range *where, struct afd_scanner *scanner,
						   struct afd_document *document, const char *message);
}

%token END 0 "end of document"
%token HEADING "heading" RULE "rule" FENCE "fence" LABEL "label"
%token PARAGRAPH "paragraph" TEXT "line of text"
%token LIST "list" ITEM "list item"
%token TABLE "table" ROW "table row"
%token COMMENT "comment"

%%

document:
  %empty
| document block
;

block:
  HEADING { afd_document_add(document, &$1); }
| RULE { afd_document_add(document, &$1); }
| FENCE { afd_document_add(document, &$1); }
| COMMENT { afd_document_add(document, &$1); }
| LABEL { afd_document_add(document, &$1); }
| paragraph
| list
| table
;

paragraph:
  PARAGRAPH { afd_document_add(document, &$1); }
| paragraph TEXT { afd_document_extend(document, &$2); }
;

list:
  LIST { afd_document_add(document, &$1); }
| list ITEM { afd_document_extend(document, &$2); }
;

table:
  TABLE { afd_document_add(document, &$1); }
| table ROW { afd_document_extend(document, &$2); }
;

%%

static int afd_spec_lex(struct afd_block *value, struct afd_range *where, struct afd_scanner *scanner)
{
	return afd_scan(scanner, value, where);
}

/* The scanner opens each run with its own token, so no sequence of tokens is refused; bison wants the functions. */
static int yyreport_syntax_error(const yypcontext_t *context, struct afd_scanner *scanner,
								 struct afd_document *document)
{
	(void)context;
	(void)scanner;
	(void)document;
	return 0;
}

static void afd_spec_error(const struct afd_range *where, struct afd_scanner *scanner,
						   struct afd_document *document, const char *message)
{
	(void)where;
	(void)scanner;
	(void)document;
	(void)message;
}
