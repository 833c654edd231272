/* SPDX-License-Identifier: MIT
 * Request lines and bodies, as they stand in a fence. */
#include "read.h"

#include "base/hash.h"

#include <string.h>

static bool is_method(struct afd_span word)
{
	for (size_t i = 0; i < word.size; i++)
		if (word.data[i] < 'A' || word.data[i] > 'Z')
			return false;
	return word.size > 0 && afd_word_find(AFD_WORD_METHOD, word) != NULL;
}

bool afd_read_is_url(struct afd_span text)
{
	static const char *const starts[] = { "http://", "https://", "/", "{{", "${", "$", "{", "<" };
	if (text.size == 0 || memchr(text.data, '`', text.size))
		return false;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (afd_span_starts(text, starts[i]))
			return text.size > 1 || text.data[0] == '/';
	return false;
}

static struct afd_span next_word(struct afd_span *text)
{
	*text = afd_span_trim(*text);
	size_t size = 0;
	while (size < text->size && !strchr(" \t", text->data[size]))
		size++;
	struct afd_span word = afd_span_first(*text, size);
	*text = afd_span_trim(afd_span_from(*text, size));
	return word;
}

bool afd_read_request_line(struct afd_span line, struct afd_span *method, struct afd_span *url)
{
	*method = next_word(&line);
	if (!is_method(*method))
		return false;
	*url = next_word(&line);
	return afd_read_is_url(*url) && (line.size == 0 || afd_span_starts(line, "HTTP/"));
}

void afd_read_set_body(struct afd_reader *reader, struct afd_model_body *body, struct afd_span bytes, unsigned indent)
{
	body->stated = true;
	body->line = afd_read_line(reader, bytes);
	body->bytes = afd_read_dedent(bytes, indent, reader->arena);
	afd_sha256_hex(body->bytes, body->sha256);
}
