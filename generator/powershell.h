/* SPDX-License-Identifier: MIT
 * PowerShell as documents have it: the values of its variables and the words of a command (grammar/powershell.re). Nothing is
 * ever given to a shell. */
#ifndef AFFIDAVIT_POWERSHELL_H
#define AFFIDAVIT_POWERSHELL_H

#include "base/arena.h"

enum afd_power_token {
	AFD_POWER_END,
	AFD_POWER_NEWLINE,   /* or a semicolon */
	AFD_POWER_PIPE,
	AFD_POWER_COMMA,
	AFD_POWER_EQUALS,
	AFD_POWER_PLUS,
	AFD_POWER_OPEN,      /* ( */
	AFD_POWER_CLOSE,     /* ) */
	AFD_POWER_BLOCK,     /* { */
	AFD_POWER_CLOSE_BLOCK, /* } */
	AFD_POWER_MAP,       /* @{ */
	AFD_POWER_LIST,      /* @( */
	AFD_POWER_CAST,      /* [type] */
	AFD_POWER_PARAMETER, /* -Name */
	AFD_POWER_VARIABLE,  /* $name, with what follows it */
	AFD_POWER_SPLAT,     /* @name */
	AFD_POWER_STRING,
	AFD_POWER_NUMBER,
	AFD_POWER_WORD
};

struct afd_power_lexer {
	const char *cursor, *end;
	struct afd_arena *arena;
};

struct afd_power {
	enum afd_power_token kind;
	struct afd_span raw;   /* in the source */
	struct afd_span value; /* of a string without quotes and escapes; else as raw */
};

/* The next token of the statement. Never past `end`. */
struct afd_power afd_power_next(struct afd_power_lexer *lexer);
struct afd_power afd_power_peek(const struct afd_power_lexer *lexer);

enum afd_power_kind { AFD_VALUE_UNKNOWN, AFD_VALUE_TEXT, AFD_VALUE_LITERAL, AFD_VALUE_MAP, AFD_VALUE_LIST };

struct afd_power_value {
	enum afd_power_kind kind;
	struct afd_span text;         /* of text; of a literal (a number, true, null); of what is unknown, as written */
	struct afd_power_entry *rows; /* of a map or a list */
	size_t count;
	bool opaque; /* it, or a part of a map or list, is not known, and is not to be sent */
};

struct afd_power_entry {
	struct afd_span key; /* empty in a list */
	struct afd_power_value value;
};

enum { AFD_POWER_VARIABLES_MAX = 128 };

/* The variables of the document so far; the newest value of a name counts. */
struct afd_powershell {
	struct {
		struct afd_span name;
		struct afd_power_value value;
	} rows[AFD_POWER_VARIABLES_MAX];
	size_t count;
	size_t made; /* bytes of text that expressions made: bounded, for values can hold each other */
};

/* Reads an expression: strings, numbers, variables, @{...}, @(...), in parentheses, joined by "+", sent to ConvertTo-Json. */
struct afd_power_value afd_power_value(struct afd_power_lexer *lexer, struct afd_powershell *variables);
/* Reads a value as a command takes it: what comes after it, a pipe too, is the command's. */
struct afd_power_value afd_power_argument(struct afd_power_lexer *lexer, struct afd_powershell *variables);
const struct afd_power_value *afd_power_variable(const struct afd_powershell *variables, struct afd_span name);
void afd_power_set(struct afd_powershell *variables, struct afd_span name, struct afd_power_value value);
/* The value as JSON in its entries' own order; empty where it would be too long. */
struct afd_span afd_power_json(const struct afd_power_value *value, struct afd_arena *arena);

#endif
