/* SPDX-License-Identifier: MIT
 * curl commands: where they begin, their words, and the request that these make. */
#include "curl.h"

#include <stdint.h>
#include <string.h>

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool is_letter(char byte)
{
	return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

/* The word that ends before `end`. */
static struct afd_span word_before(struct afd_span line, size_t end)
{
	size_t begin = end;
	while (begin > 0 && !is_blank(line.data[begin - 1]))
		begin--;
	return (struct afd_span){ line.data + begin, end - begin };
}

/* "TOKEN=x curl ...": a variable for the one command. */
static bool is_assignment(struct afd_span word)
{
	size_t size = 0;
	while (size < word.size && (is_letter(word.data[size]) || word.data[size] == '_' || (size && word.data[size] >= '0' && word.data[size] <= '9')))
		size++;
	return size > 0 && size < word.size && word.data[size] == '=';
}

/* Words after which a command begins. */
static bool leads_command(struct afd_span word)
{
	static const char *const words[] = { "$", ">", "%", "&&", "||", "|", ";", "&", "do", "then", "else", "if", "while",
										 "until", "!", "time", "sudo", "exec", "{", "(", "&{", "=", "PS>", "cmd>" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (afd_span_is(word, words[i]))
			return true;
	bool prompt = afd_span_ends(word, "$") || afd_span_ends(word, ">") || afd_span_ends(word, "%");
	return (prompt && word.size < 40 && word.data[0] != '"' && word.data[0] != '<') || is_assignment(word) ||
		   afd_span_ends(word, ";");
}

/* watch -n 2 'curl ...' */
static bool is_watched(struct afd_span line, size_t end)
{
	struct afd_span before = afd_span_trim(afd_span_first(line, end - 1));
	return afd_span_starts(before, "watch ") && before.size < 40;
}

/* May a command begin at `at` of the line? `*closer` gets what ends a substitution around it. */
static bool is_command_place(struct afd_span line, size_t at, char *closer)
{
	*closer = '\0';
	size_t end = at;
	while (end > 0 && is_blank(line.data[end - 1]))
		end--;
	if (end == 0)
		return true;
	char before = line.data[end - 1];
	if (end == at && strchr("'\"", before) && is_watched(line, end)) {
		*closer = before;
		return true;
	}
	if (end == at) {
		*closer = before == '(' ? ')' : before == '`' ? '`' : '\0';
		return *closer || strchr(";|&{!", before);
	}
	if (before == '(' && end > 1 && line.data[end - 2] == '$')
		*closer = ')';
	return *closer || strchr("|;&({", before) || leads_command(word_before(line, end));
}

size_t afd_find_curl(struct afd_span line, size_t from, char *closer)
{
	for (size_t at; (at = afd_span_find(line, "curl", from)) != SIZE_MAX; from = at + 4) {
		struct afd_span after = afd_span_from(line, at + 4);
		bool exe = afd_span_starts(after, ".exe ");
		bool ends = exe || after.size == 0 || is_blank(after.data[0]) || afd_span_starts(after, "\xC2\xA0") || after.data[0] == '\\' || after.data[0] == '\r';
		if (ends && is_command_place(line, at, closer))
			return at;
	}
	return SIZE_MAX;
}

struct afd_span afd_heredoc_word(struct afd_span text)
{
	if (afd_span_starts(text, "-"))
		text = afd_span_from(text, 1);
	size_t quote = text.size && strchr("'\"", text.data[0]) ? 1 : 0;
	size_t size = quote;
	while (size < text.size && (is_letter(text.data[size]) || text.data[size] == '_'))
		size++;
	return (struct afd_span){ text.data + quote, size > quote ? size - quote : 0 };
}

size_t afd_heredoc_end(struct afd_reader *reader, struct afd_span text, size_t at, struct afd_span word,
					   struct afd_span *body)
{
	size_t begin = at;
	while (at < text.size && reader->survey->open_heredoc != text.data) {
		struct afd_span rest = afd_span_from(text, at);
		const char *newline = memchr(rest.data, '\n', rest.size);
		struct afd_span line = newline ? afd_span_first(rest, (size_t)(newline - rest.data)) : rest;
		size_t next = newline ? at + line.size + 1 : text.size;
		if (afd_span_equal(afd_span_trim(line), word)) {
			*body = (struct afd_span){ text.data + begin, at - begin };
			return next;
		}
		at = next;
	}
	reader->survey->open_heredoc = text.data;
	*body = (struct afd_span){ text.data + begin, 0 };
	return begin;
}

/* Whether a word without a dash can be the URL. */
static bool is_target(struct afd_span text)
{
	bool host = false;
	for (size_t i = 1; i + 1 < text.size; i++)
		host = host || (text.data[i] == '.' && is_letter(text.data[i + 1])) ||
			   (text.data[i] == ':' && text.data[i + 1] >= '0' && text.data[i + 1] <= '9');
	return afd_read_url_size(text, true) > 0 || (host && text.size > 3 && !memchr(text.data, ' ', text.size));
}

void afd_curl_set_url(struct afd_curl *curl, struct afd_shell_word word)
{
	curl->url = word.text;
	curl->plain_url = is_target(word.plain) ? word.plain : word.text;
	curl->raw_url = word.raw;
	curl->found->renamed = !afd_span_equal(word.text, curl->plain_url);
	if (curl->found->renamed)
		curl->found->sent = word.text.data;
}

static void take_positional(struct afd_curl *curl, struct afd_shell_word word)
{
	if (curl->url.size == 0 && (is_target(word.plain) || is_target(word.text))) {
		afd_curl_set_url(curl, word);
		afd_curl_note_unknown(curl, word);
	} else if (curl->url.size && afd_span_starts(word.text, "http") && is_target(word.text)) {
		afd_curl_warn(curl, word.raw, "this is a second request: it is not read",
					  "write a command of its own for it");
	}
}

/* "{a,b}" and "[1-3]" in a URL, of which curl makes a request each. */
static bool is_pattern(struct afd_span url)
{
	for (size_t at = 0; (at = afd_span_find(url, "[", at)) != SIZE_MAX; at++)
		if (at + 3 < url.size && url.data[at + 2] == '-' && memchr(url.data + at, ']', url.size - at))
			return true;
	for (size_t at = 0; (at = afd_span_find(url, "{", at)) != SIZE_MAX; at++) {
		size_t close = afd_span_find(url, "}", at);
		if (close != SIZE_MAX && memchr(url.data + at, ',', close - at))
			return true;
	}
	return false;
}

static void warn_pattern(struct afd_curl *curl)
{
	struct afd_span query = { curl->url.data, 0 };
	const char *mark = memchr(curl->url.data, '?', curl->url.size);
	query.size = mark ? (size_t)(mark - curl->url.data) : curl->url.size;
	if (is_pattern(query))
		afd_curl_warn(curl, curl->raw_url,
					  "curl makes several requests of this URL: one is sent, as it is written",
					  "write a command for each");
}

/* The variables of a word that no value is known of, as "$A$B". */
struct variables {
	struct afd_reader *reader;
	struct afd_text names;
};

static bool expand(void *context, struct afd_span name, struct afd_text *out)
{
	struct variables *variables = context;
	if (afd_script_expand(variables->reader, name, out))
		return true;
	afd_text_putc(&variables->names, '$');
	afd_text_add(&variables->names, name);
	return false;
}

static bool needs_argument(enum afd_curl_kind kind)
{
	static const enum afd_curl_kind without[] = { AFD_CURL_FLAG, AFD_CURL_GET, AFD_CURL_HEAD, AFD_CURL_INSECURE,
												  AFD_CURL_LOCATION };
	for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
		if (kind == without[i])
			return false;
	return true;
}

/* The next word, with the values that its variables have here. */
static bool next(struct afd_curl *curl, struct afd_shell_word *word)
{
	struct afd_shell again = curl->shell;
	if (!afd_shell_next(&curl->shell, word))
		return false;
	word->plain = word->text;
	word->variables = (struct afd_span){ "", 0 };
	if (!memchr(word->raw.data, '$', word->raw.size))
		return true;
	struct variables variables = { .reader = curl->reader };
	afd_text_init(&variables.names, word->raw.size + 1);
	again.expand = expand;
	again.context = &variables;
	struct afd_shell_word expanded;
	if (afd_shell_next(&again, &expanded))
		word->text = expanded.text;
	word->variables = (struct afd_span){ afd_arena_copy(curl->reader->arena, afd_text_span(&variables.names)),
										 variables.names.size };
	afd_text_free(&variables.names);
	return true;
}

static bool next_argument(struct afd_curl *curl, struct afd_shell_word *word)
{
	curl->shell.open = true;
	return next(curl, word);
}

/* `word` after its dashes, `name`, is that of an option. */
static bool take_long(struct afd_curl *curl, struct afd_shell_word word, struct afd_span name)
{
	const char *equals = name.size ? memchr(name.data, '=', name.size) : NULL;
	const struct afd_curl_option *option =
		afd_curl_long(equals ? afd_span_first(name, (size_t)(equals - name.data)) : name);
	if (!option)
		return false;
	if (equals && needs_argument(option->kind))
		word.text = word.plain = afd_span_from(name, (size_t)(equals - name.data) + 1);
	else if (needs_argument(option->kind) && !next_argument(curl, &word))
		return true;
	afd_curl_apply(curl, option->kind, word);
	return true;
}

/* "-sSX POST", "-XPOST": letters one after the other, the last may have an argument. */
static void take_short(struct afd_curl *curl, struct afd_shell_word word)
{
	struct afd_shell_word argument = word;
	for (size_t i = 1; i < word.text.size; i++) {
		const struct afd_curl_option *option = afd_curl_short(word.text.data[i]);
		if (!option || !needs_argument(option->kind)) {
			afd_curl_apply(curl, option ? option->kind : AFD_CURL_FLAG, word);
			continue;
		}
		argument.text = afd_span_from(word.text, i + 1);
		if (argument.text.size == 0 && !next_argument(curl, &argument))
			return;
		afd_curl_apply(curl, option->kind, argument);
		return;
	}
}

/* "--data" and what editors make of it; "-data", "-Method", which are words too. */
static void take_word(struct afd_curl *curl, struct afd_shell_word word)
{
	static const char *const dashes[] = { "\xE2\x80\x94", "\xE2\x80\x93\xE2\x80\x93", "--" };
	static const char en_dash[] = "\xE2\x80\x93";
	bool quoted = word.raw.size == 0 || (strchr("\"'", word.raw.data[0]) && !afd_span_starts(word.text, "-"));
	for (size_t i = 0; !quoted && i < sizeof dashes / sizeof dashes[0]; i++) {
		if (afd_span_starts(word.text, dashes[i])) {
			take_long(curl, word, afd_span_from(word.text, strlen(dashes[i])));
			return;
		}
	}
	if (!quoted && afd_span_starts(word.text, en_dash))
		word.text = afd_span_of(afd_arena_printf(curl->reader->arena, "-%s", word.text.data + 3));
	if (quoted || word.text.size < 2 || word.text.data[0] != '-')
		take_positional(curl, word);
	else if (word.text.size < 4 || !take_long(curl, word, afd_span_from(word.text, 1)))
		take_short(curl, word);
}

static void set_method(struct afd_curl *curl)
{
	struct afd_found *found = curl->found;
	const char *known = afd_read_method(afd_span_trim(curl->method));
	bool sends = curl->data.count > 0 || curl->form.count > 0;
	if (known)
		found->method = known;
	else if (curl->method.size > 0)
		found->method = curl->method.data;
	else if (curl->head)
		found->method = "HEAD";
	else
		found->method = curl->upload ? "PUT" : sends && !curl->get ? "POST" : "GET";
}

static size_t end_of_line(struct afd_span text, size_t at)
{
	const char *newline = at < text.size ? memchr(text.data + at, '\n', text.size - at) : NULL;
	return newline ? (size_t)(newline - text.data) : text.size;
}

static size_t take_document(struct afd_curl *curl, struct afd_span text, size_t at)
{
	if (curl->shell.heredoc.size == 0)
		return at;
	struct afd_span word = afd_heredoc_word(curl->shell.heredoc);
	if (word.size == 0)
		return at;
	size_t line = end_of_line(text, at);
	size_t end =
		afd_heredoc_end(curl->reader, text, line < text.size ? line + 1 : line, word, &curl->document);
	if (!strchr("'\"", curl->shell.heredoc.data[0]))
		curl->document = afd_script_fill(curl->reader, curl->document);
	return end;
}

/* False: the command ends, or another one begins in it. */
static bool next_word(struct afd_curl *curl, struct afd_shell_word *word)
{
	curl->shell.open = curl->url.size == 0;
	if (!next(curl, word) || afd_span_is(word->text, "}"))
		return false;
	if (!afd_span_is(word->raw, "--next") && !afd_span_is(word->raw, "-:"))
		return true;
	afd_curl_warn(curl, word->raw, "what follows is another request: it is not read",
				  "write a command of its own for it");
	while (afd_shell_next(&curl->shell, word))
		;
	return false;
}

size_t afd_read_curl(struct afd_reader *reader, struct afd_span text, size_t at, char closer, unsigned indent,
					 struct afd_found *found)
{
	struct afd_curl curl = { .reader = reader, .found = found, .indent = indent };
	curl.shell = (struct afd_shell){ .cursor = text.data + at, .end = text.data + text.size, .closer = closer,
									 .arena = reader->arena };
	struct afd_shell_word word;
	afd_shell_next(&curl.shell, &word);
	found->form = "curl";
	found->shell = true;
	found->where = (struct afd_span){ word.raw.data, 4 };
	while (next_word(&curl, &word))
		take_word(&curl, word);
	found->url = curl.plain_url;
	set_method(&curl);
	size_t after = take_document(&curl, text, (size_t)(curl.shell.cursor - text.data));
	if (curl.shell.comment.size)
		afd_note_add(reader, found, afd_comment_text(curl.shell.comment), false);
	if (curl.url.size) {
		warn_pattern(&curl);
		afd_curl_finish_data(&curl);
	}
	return after;
}

/* Every command of the line, from the first to the last. */
bool afd_walk_curl(struct afd_walk *walk, struct afd_span line)
{
	char closer;
	size_t begin = (size_t)(line.data - walk->text.data);
	size_t at = afd_find_curl(line, 0, &closer);
	if (at == SIZE_MAX)
		return false;
	afd_walk_echo(walk, afd_span_first(line, at));
	afd_walk_settle_comments(walk, true);
	size_t after = begin;
	size_t newline = begin + line.size;
	while (at != SIZE_MAX) {
		struct afd_found found = { 0 };
		after = afd_read_curl(walk->reader, walk->text, begin + at, closer, walk->indent, &found);
		if (found.url.size) {
			afd_walk_add(walk, AFD_RANK_WHOLE, &found);
			afd_walk_capture(walk, afd_span_first(line, at), after);
		} else
			afd_remark(walk->reader, found.where, "curl without a URL");
		if (after > newline)
			newline = end_of_line(walk->text, after);
		line = (struct afd_span){ walk->text.data + begin, newline - begin };
		if (after > begin && walk->text.data[after - 1] == '\n') {
			walk->at = after;
			return true;
		}
		at = after <= newline ? afd_find_curl(line, after - begin, &closer) : SIZE_MAX;
	}
	walk->at = end_of_line(walk->text, after);
	walk->at += walk->at < walk->text.size;
	return true;
}
