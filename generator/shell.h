/* SPDX-License-Identifier: MIT
 * Shell words of a curl command, as people write them in documents (grammar/curl.re). Nothing is ever given to a shell. */
#ifndef AFFIDAVIT_SHELL_H
#define AFFIDAVIT_SHELL_H

#include "base/arena.h"

struct afd_shell {
	const char *cursor, *end;
	bool open;              /* something is missing yet: the next line may hold it */
	char closer;            /* ')' or '`' of the substitution that holds the command; 0: none */
	struct afd_arena *arena;
	/* Puts the value of a variable outside of single quotes; false: it stays as it is written. NULL: all do.
	 */
	bool (*expand)(void *context, struct afd_span name, struct afd_text *out);
	void *context;
	struct afd_span heredoc; /* the word that ends one; empty: there is none */
	struct afd_span comment; /* at the end of the command's line; empty: there is none */
};

/* Where `cursor` stands after it: past the word, or before what ends the command. */
struct afd_shell_word {
	struct afd_span text; /* without quotes */
	struct afd_span raw;  /* as written */
	struct afd_span plain;     /* `text` with its variables as they are written; of curl's words */
	struct afd_span variables; /* "$A$B": those that stay as they are written; of curl's words */
};

/* The next word of the command; false at its end. Continuations are backslash, backtick and caret at the end of a line,
 * and a next line that starts with an option. */
bool afd_shell_next(struct afd_shell *shell, struct afd_shell_word *word);

/* Bytes of "$NAME" or "${NAME}" that the text begins with; 0: it begins with none. */
size_t afd_shell_variable(struct afd_span text, struct afd_span *name);
/* The first part of a word, as written, whose value only a shell knows: "$(...)", "`...`", "${NAME:-...}";
 * empty: none. What a heredoc holds is read by itself. */
struct afd_span afd_shell_computed(struct afd_span raw);
/* The inside of "..", where backslash (sh) and backtick (PowerShell) escape. */
void afd_shell_put_double(const struct afd_shell *shell, struct afd_text *out, struct afd_span text);
/* The inside of $'..' (POSIX.1-2024, section 2.2.4). */
void afd_shell_unescape_ansi(struct afd_text *out, struct afd_span text);

#endif
