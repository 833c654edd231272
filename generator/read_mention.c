/* SPDX-License-Identifier: MIT
 * Requests inside text: "METHOD URL" in a heading, a label, a cell, with the marks of markdown around the two. */
#include "survey.h"

#include <stdint.h>
#include <string.h>

enum { METHOD_MAX = 7, SEPARATORS_MAX = 8, GROUP_MAX = 80, BEGIN_MAX = 1000 };

const char *afd_read_method(struct afd_span word)
{
	if (word.size < 3 || word.size > METHOD_MAX)
		return NULL;
	const struct afd_word *found = afd_word_find(AFD_WORD_METHOD, word);
	return found ? found->value : NULL;
}

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_word_byte(char byte)
{
	unsigned char u = (unsigned char)byte;
	return ((u | 32) >= 'a' && (u | 32) <= 'z') || (u >= '0' && u <= '9') || u == '_';
}

/* Bytes up to `close`, with it, where `text` starts with `open` and holds no newline before; 0: it does not. */
static size_t group_size(struct afd_span text, const char *open, const char *close)
{
	if (!afd_span_starts(text, open))
		return 0;
	size_t end = afd_span_find(afd_span_first(text, GROUP_MAX), close, strlen(open));
	if (end == SIZE_MAX || memchr(text.data, '\n', end))
		return 0;
	return end + strlen(close);
}

/* A backslash belongs to the URL, be it to escape what follows it, but before a quote and at the end of a
 * line. */
static size_t backslash_size(struct afd_span text)
{
	if (text.size < 2 || memchr(" \t\r\n\"'`", text.data[1], 7))
		return 0;
	return text.data[1] == '|' || text.data[1] == '\\' || text.data[1] == '*' || text.data[1] == '<' ? 2 : 1;
}

/* A placeholder or a group of bytes that belongs to the URL whole; else one byte. 0: the URL ends. */
static size_t url_step(struct afd_span text, unsigned *depth)
{
	static const char *const groups[][2] = { { "{{", "}}" }, { "${", "}" }, { "{", "}" }, { "<", ">" }, { "$(", ")" } };
	static const char *const ends[] = { "\xE2\x86\x92", "\xEF\xBC\x88", "\xEF\xBC\x89", "\xEF\xBC\x8C", "\xE3\x80\x82",
										"\xEF\xBC\x9A", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x94", "**" };
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		size_t size = group_size(text, groups[i][0], groups[i][1]);
		if (size)
			return size;
	}
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (afd_span_starts(text, ends[i]))
			return 0;
	if (text.data[0] == '\\')
		return backslash_size(text);
	if (memchr(" \t\r\n`\"'|<>", text.data[0], 10))
		return 0;
	if (text.data[0] == ')' && *depth == 0)
		return 0;
	*depth += text.data[0] == '(';
	*depth -= text.data[0] == ')';
	return 1;
}

static bool starts_as_url(struct afd_span text)
{
	static const char *const starts[] = { "http://", "https://", "/", "{{", "${", "$", "{", "<", "localhost", "127.0.0.1" };
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (afd_span_starts(text, starts[i]))
			return true;
	return false;
}

static bool is_loose_path(struct afd_span url)
{
	if (url.size < 3 || !is_word_byte(url.data[0]))
		return false;
	const char *slash = memchr(url.data, '/', url.size);
	return slash && slash + 1 < url.data + url.size;
}

/* Bytes up to where the URL ends, without the punctuation of the sentence around it. */
static size_t scan_url(struct afd_span text)
{
	size_t size = 0;
	unsigned depth = 0;
	for (size_t step; size < text.size && (step = url_step(afd_span_from(text, size), &depth)) > 0;)
		size += step;
	while (size > 0 && memchr(".,:;!*", text.data[size - 1], 6))
		size--;
	return size;
}

/* "$" alone, "{}" and "<b>" are no URLs; "/" is one. */
static bool is_whole_url(struct afd_span url, bool strict)
{
	if (!strict && !is_loose_path(url))
		return false;
	size_t scheme = afd_span_find(afd_span_first(url, 10), "://", 0);
	if (scheme != SIZE_MAX && (scheme + 3 >= url.size || url.data[scheme + 3] == '.'))
		return false; /* "http://..." */
	bool slash = url.size > 0 && memchr(url.data, '/', url.size) != NULL;
	bool variable = url.size > 3 && (url.data[0] == '$' || url.data[0] == '{' || url.data[0] == '<');
	return slash || variable || afd_span_starts(url, "localhost:");
}

size_t afd_read_url_size(struct afd_span text, bool loose)
{
	bool strict = starts_as_url(text);
	if (text.size == 0 || (!strict && !loose))
		return 0;
	/* the beginning tells whether it is one: what is none is not read to its end, again and again */
	struct afd_span begin = afd_span_first(text, BEGIN_MAX);
	size_t size = scan_url(begin);
	if (!is_whole_url(afd_span_first(text, size), strict))
		return 0;
	return size + GROUP_MAX < begin.size ? size : scan_url(text);
}

static size_t separators(struct afd_span text)
{
	static const char *const dashes[] = { "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x86\x92", "\xEF\xBC\x9A", "\xC2\xA0" };
	size_t size = 0;
	for (size_t count = 0; count < SEPARATORS_MAX && size < text.size; count++) {
		struct afd_span here = afd_span_from(text, size);
		size_t step = memchr(" \t`*:[]-", here.data[0], 8) ? 1 : 0;
		for (size_t i = 0; !step && i < sizeof dashes / sizeof dashes[0]; i++)
			step = afd_span_starts(here, dashes[i]) ? strlen(dashes[i]) : 0;
		if (step == 0)
			break;
		size += step;
	}
	return size;
}

static size_t capitals(struct afd_span text, size_t at)
{
	size_t size = 0;
	while (at + size < text.size && is_upper(text.data[at + size]))
		size++;
	return size;
}

/* Bytes of the method that begins at `at`, with a second one after a slash ("PUT/PATCH"); 0: none. */
static size_t method_size(struct afd_span text, size_t at, struct afd_span *method)
{
	size_t size = capitals(text, at);
	*method = (struct afd_span){ text.data + at, size };
	if (size < 3 || size > METHOD_MAX)
		return 0;
	if (at + size < text.size && text.data[at + size] == '/')
		size += 1 + capitals(text, at + size + 1);
	return at + size < text.size && is_word_byte(text.data[at + size]) ? 0 : size;
}

/* The slash of "GET / POST" is no path. */
static bool is_choice(struct afd_span url, size_t size)
{
	struct afd_span next;
	struct afd_span rest = afd_span_from(url, size);
	rest = afd_span_from(rest, separators(rest));
	return size == 1 && method_size(rest, 0, &next) > 0 && afd_read_method(next);
}

bool afd_read_mention(struct afd_span text, struct afd_span *method, struct afd_span *url, struct afd_span *after)
{
	for (size_t at = 0; at < text.size; at++) {
		bool starts = is_upper(text.data[at]) && (at == 0 || !(is_word_byte(text.data[at - 1]) || text.data[at - 1] == '/'));
		size_t size = starts ? method_size(text, at, method) : 0;
		if (size == 0 || !afd_read_method(*method))
			continue;
		struct afd_span rest = afd_span_from(text, at + size);
		size_t gap = separators(rest);
		rest = afd_span_from(rest, gap);
		size_t url_size = gap ? afd_read_url_size(rest, gap && rest.size && rest.data[-1] == '`') : 0;
		if (url_size == 0 || is_choice(rest, url_size))
			continue;
		*url = afd_span_first(rest, url_size);
		*after = afd_span_from(rest, url_size);
		return true;
	}
	return false;
}
