/* SPDX-License-Identifier: MIT
 * Shell words of a curl command: quotes over lines, continuations of three shells, and what documents put in the place of
 * values. A quote that nothing closes ends with its line. */
#include "shell.h"

#include <string.h>

/*!re2c
re2c:define:YYCTYPE = "unsigned char";
re2c:yyfill:enable = 0;
re2c:flags:tags = 1;

// No pattern runs over a newline but where it is a continuation; the text is followed by one, or by a NUL.
blank = [ \t\u00A0];
eol   = blank* "\r"? "\n";
name  = [a-zA-Z_];
plain = [^ \t\u00A0\r\n\x00\\'"`$|;&()<>#{^\u2018\u2019\u201C\u201D];
*/

enum piece {
	PIECE_GAP,     /* blanks, or a line that goes on */
	PIECE_TEXT,    /* of a word, as it stands */
	PIECE_ESCAPED, /* a byte after a backslash */
	PIECE_SINGLE,
	PIECE_DOUBLE,
	PIECE_ANSI,
	PIECE_CARET,   /* a quote as cmd.exe has it: ^"..^" */
	PIECE_BREAK,   /* a line that goes on only where something is missing */
	PIECE_CURLY,   /* quotes that an editor has made round */
	PIECE_SUBSTITUTION,
	PIECE_TICKS,
	PIECE_VARIABLE,
	PIECE_REDIRECTION,
	PIECE_HEREDOC,
	PIECE_HASH,
	PIECE_CLOSE,
	PIECE_END
};

/* The piece at `*cursor`, which moves past it. */
static enum piece scan_piece(const char **cursor, const char **inside)
{
	const unsigned char *YYCURSOR = (const unsigned char *)*cursor;
	const unsigned char *YYMARKER = YYCURSOR;
	const unsigned char *at = YYCURSOR;
	const unsigned char *mark = YYCURSOR + 1;
	enum piece piece = PIECE_TEXT;
	/*!stags:re2c format = 'const unsigned char *@@;'; */
	/*!re2c
	blank+                            { piece = PIECE_GAP; goto out; }
	[\\`^] eol (blank* ">" blank)?     { piece = PIECE_GAP; goto out; }
	"\\" blank+ "#" [^\n\x00]* "\n"    { piece = PIECE_GAP; goto out; }
	"^" ["]                           { piece = PIECE_CARET; goto out; }
	"\r"? "\n" blank* (["'] | "http" "s"? "://")
									  { YYCURSOR = mark; piece = PIECE_BREAK; goto out; }
	"\r"? "\n" blank* "-" [-a-zA-Z]   { YYCURSOR -= 2; piece = PIECE_GAP; goto out; }
	"\r"? "\n"                        { piece = PIECE_END; goto out; }
	"\r"                              { piece = PIECE_GAP; goto out; }
	"\\" [^\n\x00]                    { piece = PIECE_ESCAPED; goto out; }
	"'"                               { piece = PIECE_SINGLE; goto out; }
	["]                               { piece = PIECE_DOUBLE; goto out; }
	"$'"                              { piece = PIECE_ANSI; goto out; }
	[\u2018\u2019\u201C\u201D]        { piece = PIECE_CURLY; goto out; }
	"$("                              { piece = PIECE_SUBSTITUTION; goto out; }
	"`"                               { piece = PIECE_TICKS; goto out; }
	"$" (name | "{") [a-zA-Z0-9_]* "}"? { piece = PIECE_VARIABLE; goto out; }
	"${" [^}\n\x00]{1,64} "}"              { goto out; }
	"{{" [^}\n\x00]{1,64} "}}"             { goto out; }
	"<" name [^<>|\n\x00]{0,64} ">"        { goto out; }
	"<<<"                             { piece = PIECE_REDIRECTION; goto out; }
	"<<" "-"? @at ['"]? name          { *inside = (const char *)at; piece = PIECE_HEREDOC; goto out; }
	[0-9&]? [<>] ">"? "&"?            { piece = PIECE_REDIRECTION; goto out; }
	"&" [^& \t\r\n\x00]               { YYCURSOR--; goto out; }
	[|;&()]                           { piece = PIECE_END; goto out; }
	"#"                               { piece = PIECE_HASH; goto out; }
	plain+ | [{^\\$]              { goto out; }
	*                                 { goto out; }
	*/
out:
	*cursor = (const char *)YYCURSOR;
	return piece;
}

/* A line that starts a command of its own: a quote does not run over it. */
static bool starts_command(const char *line, const char *end)
{
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	if (end - line > 2 && strchr("$>%", *line) && line[1] == ' ')
		line += 2;
	return end - line > 5 && memcmp(line, "curl", 4) == 0 && strchr(" .\t", line[4]);
}

static const char *end_of_line(const char *at, const char *end)
{
	const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
	return newline ? newline : end;
}

enum { REACH = 4096 };

/* What is opened at `at` closes before this, or not at all. */
static const char *reach(const char *at, const char *end)
{
	return end - at > REACH ? at + REACH : end;
}

/* The end of a word in quotes inside a substitution; NULL: none. */
static const char *skip_quotes(const char *at, const char *end)
{
	const char mark = *at++;
	for (; at < end && *at != mark; at++)
		at += *at == '\\' && mark == '"';
	return at < end ? at : NULL;
}

/* The mark that closes "$(", whose inside begins at `at`, in its line; NULL: none does. */
static const char *close_substitution(const char *at, const char *end)
{
	unsigned depth = 1;
	end = end_of_line(at, reach(at, end));
	for (; at < end; at++) {
		const char *quoted = *at == '"' || *at == '\'' ? skip_quotes(at, end) : NULL;
		at = quoted ? quoted : at;
		depth += *at == '(';
		depth -= *at == ')';
		if (depth == 0)
			return at;
	}
	return NULL;
}

/* "$(cat <<EOF" up to the mark that closes it: the lines between are the value. NULL: it is nothing like that. */
static const char *close_document(const char *at, const char *end, struct afd_span *document)
{
	end = reach(at, end);
	struct afd_span rest = { at, (size_t)(end - at) };
	if (!afd_span_starts(rest, "$(cat <<"))
		return NULL;
	const char *line = end_of_line(at, end);
	struct afd_span word = { at + 8, (size_t)(line - at) - 8 };
	while (word.size && strchr("-'\"\\ ", word.data[0]))
		word = afd_span_from(word, 1);
	while (word.size && strchr("'\"\\ \t\r", word.data[word.size - 1]))
		word.size--;
	const char *begin = line < end ? line + 1 : end;
	for (line = begin; line < end && word.size; line = end_of_line(line, end) + 1) {
		struct afd_span text = { line, (size_t)(end_of_line(line, end) - line) };
		if (!afd_span_equal(afd_span_trim(text), word))
			continue;
		*document = (struct afd_span){ begin, line > begin ? (size_t)(line - begin) - 1 : 0 };
		const char *close = text.data + text.size;
		while (close < end && strchr(" \t\r\n", *close))
			close++;
		return close < end && *close == ')' ? close : NULL;
	}
	return NULL;
}

/* A backtick escapes the quote behind it (PowerShell), but where it closes a substitution (sh). */
static bool escapes_quote(const char *at, const char *end, bool *ticked)
{
	bool quote = end - at > 1 && at[1] == '"';
	bool escapes = quote && !*ticked;
	*ticked = escapes ? *ticked : !*ticked;
	return escapes;
}

/* The mark that closes the quote which was opened before `at`; NULL: none does. */
static const char *find_close(const char *at, const char *end, char mark, bool escapes)
{
	bool ticked = false;
	struct afd_span document;
	for (; at < end && *at != mark; at++) {
		if (*at == '\\' && escapes) {
			at++;
		} else if (*at == '`' && mark == '"') {
			at += escapes_quote(at, end, &ticked);
		} else if (*at == '$' && mark == '"' && end - at > 1 && at[1] == '(') {
			const char *close = close_document(at, end, &document);
			close = close ? close : close_substitution(at + 2, end);
			at = close ? close : at;
		} else if (*at == '\n' && starts_command(at + 1, end)) {
			return NULL;
		}
	}
	return at < end ? at : NULL;
}

/* What stands in quotes. Without a closing mark the quote ends with its line. */
static void take_quoted(struct afd_shell *shell, struct afd_text *out, enum piece piece)
{
	const char *begin = shell->cursor;
	char mark = piece == PIECE_DOUBLE ? '"' : '\'';
	const char *close = find_close(begin, shell->end, mark, piece != PIECE_SINGLE);
	const char *end = close ? close : end_of_line(begin, shell->end);
	while (!close && end > begin && strchr("\\ \t\r", end[-1]))
		end--;
	struct afd_span document;
	if (piece == PIECE_DOUBLE && close && close_document(begin, close, &document) == close - 1)
		afd_text_add(out, document);
	else if (piece == PIECE_DOUBLE)
		afd_shell_put_double(shell, out, (struct afd_span){ begin, (size_t)(end - begin) });
	else if (piece == PIECE_ANSI)
		afd_shell_unescape_ansi(out, (struct afd_span){ begin, (size_t)(end - begin) });
	else
		afd_text_add(out, (struct afd_span){ begin, (size_t)(end - begin) });
	shell->cursor = close ? close + 1 : end;
}

/* ^"..^": a caret stands before what cmd.exe would take for its own; \^" is a quote. */
static void take_caret(struct afd_shell *shell, struct afd_text *out)
{
	const char *at = shell->cursor;
	while (at < shell->end && !(*at == '\n' && starts_command(at + 1, shell->end))) {
		struct afd_span rest = { at, (size_t)(shell->end - at) };
		if (afd_span_starts(rest, "^\"")) {
			at += 2;
			break;
		}
		bool quote = afd_span_starts(rest, "^\\^\"");
		at += quote ? 3 : *at == '^' && rest.size > 1 ? 1 : 0;
		afd_text_putc(out, *at++);
	}
	shell->cursor = at;
}

/* "$(...)" and "`...`" stay as they are written: their value is not known. */
static void take_substitution(struct afd_shell *shell, struct afd_text *out, const char *begin, bool ticks)
{
	const char *line = end_of_line(shell->cursor, reach(shell->cursor, shell->end));
	const char *close = ticks ? memchr(shell->cursor, '`', (size_t)(line - shell->cursor))
							  : close_substitution(shell->cursor, shell->end);
	const char *at = close ? close + 1 : line;
	afd_text_add(out, (struct afd_span){ begin, (size_t)(at - begin) });
	shell->cursor = at;
}

static void take_variable(struct afd_shell *shell, struct afd_text *out, const char *begin)
{
	struct afd_span whole = { begin, (size_t)(shell->cursor - begin) };
	struct afd_span name;
	size_t size = afd_shell_variable(whole, &name);
	if (size == 0 || !shell->expand || !shell->expand(shell->context, name, out))
		afd_text_add(out, whole);
	else
		shell->cursor = begin + size;
}

/* Up to the next round quote in the line. */
static void take_curly(struct afd_shell *shell, struct afd_text *out)
{
	static const char lead[] = "\xE2\x80";
	const char *line = end_of_line(shell->cursor, reach(shell->cursor, shell->end));
	struct afd_span rest = { shell->cursor, (size_t)(line - shell->cursor) };
	size_t at = afd_span_find(rest, lead, 0);
	while (at < rest.size && !strchr("\x98\x99\x9C\x9D", rest.data[at + 2]))
		at = afd_span_find(rest, lead, at + 1);
	bool closed = at < rest.size && at + 3 <= rest.size;
	afd_text_add(out, closed ? afd_span_first(rest, at) : rest);
	shell->cursor = closed ? rest.data + at + 3 : line;
}

/* After the newline at `at`, an indented option, with nothing but comments before it; NULL: there is none. */
static const char *option_below(const char *at, const char *end)
{
	while (at < end && *at == '\n') {
		const char *line = at + 1;
		while (line < end && (*line == ' ' || *line == '\t'))
			line++;
		if (line == at + 1 || end - line < 3)
			return NULL;
		if (*line == '-' && (line[1] == '-' || ((line[1] | 32) >= 'a' && (line[1] | 32) <= 'z')))
			return line;
		at = *line == '#' ? end_of_line(line, end) : end;
	}
	return NULL;
}

/* True where the command goes on below it. */
static bool take_comment(struct afd_shell *shell)
{
	const char *end = end_of_line(shell->cursor, shell->end);
	const char *option = option_below(end, shell->end);
	if (!option)
		shell->comment = (struct afd_span){ shell->cursor, (size_t)(end - shell->cursor) };
	shell->cursor = option ? option : end;
	return option != NULL;
}

static void skip_target(struct afd_shell *shell)
{
	while (shell->cursor < shell->end && (*shell->cursor == ' ' || *shell->cursor == '\t'))
		shell->cursor++;
	while (shell->cursor < shell->end && !strchr(" \t\r\n|;&)", *shell->cursor))
		shell->cursor++;
}

static void take_heredoc(struct afd_shell *shell, const char *inside)
{
	size_t size = 0;
	while (inside + size < shell->end && !strchr(" \t\r\n|;&)", inside[size]))
		size++;
	shell->heredoc = (struct afd_span){ inside, size };
	shell->cursor = inside + size;
}

/* One piece: true while the word, or the command, goes on. */
static bool take_piece(struct afd_shell *shell, struct afd_text *out, bool *in_word)
{
	const char *begin = shell->cursor;
	const char *inside = NULL;
	enum piece piece = scan_piece(&shell->cursor, &inside);
	if (piece == PIECE_BREAK && (*in_word || !shell->open)) {
		shell->cursor = begin;
		return false;
	}
	const char *option = piece == PIECE_END && *begin == '\n' ? option_below(begin, shell->end) : NULL;
	if (option) {
		shell->cursor = option;
		return !*in_word;
	}
	bool ends = piece == PIECE_END ||
				(piece == PIECE_GAP && shell->cursor[-1] == '\n' && starts_command(shell->cursor, shell->end)) || (*begin == shell->closer && piece == PIECE_TICKS) ||
				(shell->closer == '`' && *begin == '`');
	if (shell->cursor > shell->end || ends || (piece == PIECE_HASH && !*in_word)) {
		shell->cursor = begin;
		if (piece == PIECE_HASH && begin < shell->end && take_comment(shell))
			return true;
		shell->end = shell->cursor;
		return false;
	}
	switch (piece) {
	case PIECE_BREAK:
	case PIECE_GAP: return !*in_word;
	case PIECE_CARET: take_caret(shell, out); break;
	case PIECE_SINGLE:
	case PIECE_DOUBLE:
	case PIECE_ANSI: take_quoted(shell, out, piece); break;
	case PIECE_CURLY: take_curly(shell, out); break;
	case PIECE_SUBSTITUTION: take_substitution(shell, out, begin, false); break;
	case PIECE_VARIABLE: take_variable(shell, out, begin); break;
	case PIECE_TICKS: take_substitution(shell, out, begin, true); break;
	case PIECE_REDIRECTION: skip_target(shell); return !*in_word;
	case PIECE_HEREDOC: take_heredoc(shell, inside); return !*in_word;
	case PIECE_ESCAPED: begin++; /* fall through */
	default: afd_text_add(out, (struct afd_span){ begin, (size_t)(shell->cursor - begin) }); break;
	}
	*in_word = true;
	return true;
}

bool afd_shell_next(struct afd_shell *shell, struct afd_shell_word *word)
{
	struct afd_text text;
	bool in_word = false;
	const char *begin = shell->cursor;
	const char *end = begin;
	afd_text_init(&text, (size_t)1 << 30);
	while (shell->cursor < shell->end) {
		bool before = in_word;
		const char *at = shell->cursor;
		bool on = take_piece(shell, &text, &in_word);
		if (!before && in_word)
			begin = at;
		if (in_word && (on || !before))
			end = shell->cursor;
		if (!on)
			break;
	}
	word->raw = (struct afd_span){ begin, (size_t)(end - begin) };
	word->text = (struct afd_span){ afd_arena_copy(shell->arena, afd_text_span(&text)), text.size };
	afd_text_free(&text);
	return in_word;
}
