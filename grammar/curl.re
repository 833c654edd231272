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
	PIECE_CURLY,   /* quotes that an editor has made round */
	PIECE_SUBSTITUTION,
	PIECE_TICKS,
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
	enum piece piece = PIECE_TEXT;
	/*!stags:re2c format = 'const unsigned char *@@;'; */
	/*!re2c
	blank+                            { piece = PIECE_GAP; goto out; }
	[\\`^] eol                        { piece = PIECE_GAP; goto out; }
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
	return end - line > 5 && memcmp(line, "curl", 4) == 0 && strchr(" .\t", line[4]);
}

static const char *end_of_line(const char *at, const char *end)
{
	const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
	return newline ? newline : end;
}

/* The mark that closes the quote which was opened before `at`; NULL: none does. */
static const char *find_close(const char *at, const char *end, char mark)
{
	for (; at < end && *at != mark; at++) {
		if (*at == '\\' && mark != '\'')
			at++;
		else if (*at == '$' && mark == '"' && end - at > 1 && at[1] == '(') {
			const char *close = memchr(at, ')', (size_t)(end_of_line(at, end) - at));
			at = close ? close : at;
		} else if (*at == '\n' && starts_command(at + 1, end))
			return NULL;
	}
	return at < end ? at : NULL;
}

static void unescape_double(struct afd_text *out, const char *at, const char *end)
{
	for (; at < end; at++) {
		bool pair = (*at == '\\' || *at == '`') && at + 1 < end;
		if (pair && strchr(*at == '`' ? "\"$`" : "\"\\$`", at[1])) {
			at++;
		} else if (pair && at[1] == '\n') {
			at++;
			continue;
		}
		afd_text_putc(out, *at);
	}
}

static void unescape_ansi(struct afd_text *out, const char *at, const char *end)
{
	static const char from[] = "nrt'\"\\";
	static const char to[] = "\n\r\t'\"\\";
	for (; at < end; at++) {
		const char *known = *at == '\\' && at + 1 < end ? strchr(from, at[1]) : NULL;
		if (known && *known)
			afd_text_putc(out, to[known - from]);
		else
			afd_text_putc(out, *at);
		at += known && *known;
	}
}

/* What stands in quotes. Without a closing mark the quote ends with its line. */
static void take_quoted(struct afd_shell *shell, struct afd_text *out, enum piece piece)
{
	const char *begin = shell->cursor;
	char mark = piece == PIECE_DOUBLE ? '"' : '\'';
	const char *close = find_close(begin, shell->end, piece == PIECE_ANSI ? '\'' : mark);
	const char *end = close ? close : end_of_line(begin, shell->end);
	while (!close && end > begin && strchr("\\ \t\r", end[-1]))
		end--;
	if (piece == PIECE_DOUBLE)
		unescape_double(out, begin, end);
	else if (piece == PIECE_ANSI)
		unescape_ansi(out, begin, end);
	else
		afd_text_add(out, (struct afd_span){ begin, (size_t)(end - begin) });
	shell->cursor = close ? close + 1 : end;
}

/* What is opened here closes before this, or not at all. */
static const char *reach(const struct afd_shell *shell)
{
	enum { REACH = 4096 };
	return shell->end - shell->cursor > REACH ? shell->cursor + REACH : shell->end;
}

/* "$(...)" and "`...`" stay as they are written: their value is not known. */
static void take_substitution(struct afd_shell *shell, struct afd_text *out, const char *begin, bool ticks)
{
	const char *end = end_of_line(shell->cursor, reach(shell));
	unsigned depth = 1;
	const char *at = shell->cursor;
	for (; at < end && depth > 0; at++) {
		depth += !ticks && *at == '(';
		depth -= *at == (ticks ? '`' : ')');
	}
	afd_text_add(out, (struct afd_span){ begin, (size_t)(at - begin) });
	shell->cursor = at;
}

/* Up to the next round quote in the line. */
static void take_curly(struct afd_shell *shell, struct afd_text *out)
{
	static const char lead[] = "\xE2\x80";
	const char *line = end_of_line(shell->cursor, reach(shell));
	struct afd_span rest = { shell->cursor, (size_t)(line - shell->cursor) };
	size_t at = afd_span_find(rest, lead, 0);
	while (at < rest.size && !strchr("\x98\x99\x9C\x9D", rest.data[at + 2]))
		at = afd_span_find(rest, lead, at + 1);
	bool closed = at < rest.size && at + 3 <= rest.size;
	afd_text_add(out, closed ? afd_span_first(rest, at) : rest);
	shell->cursor = closed ? rest.data + at + 3 : line;
}

static void take_comment(struct afd_shell *shell)
{
	const char *end = end_of_line(shell->cursor, shell->end);
	shell->comment = (struct afd_span){ shell->cursor, (size_t)(end - shell->cursor) };
	shell->cursor = end;
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
	bool ends = piece == PIECE_END || (*begin == shell->closer && piece == PIECE_TICKS) ||
				(shell->closer == '`' && *begin == '`');
	if (shell->cursor > shell->end || ends || (piece == PIECE_HASH && !*in_word)) {
		shell->cursor = begin;
		if (piece == PIECE_HASH && begin < shell->end)
			take_comment(shell);
		shell->end = shell->cursor;
		return false;
	}
	switch (piece) {
	case PIECE_GAP: return !*in_word;
	case PIECE_SINGLE:
	case PIECE_DOUBLE:
	case PIECE_ANSI: take_quoted(shell, out, piece); break;
	case PIECE_CURLY: take_curly(shell, out); break;
	case PIECE_SUBSTITUTION: take_substitution(shell, out, begin, false); break;
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
