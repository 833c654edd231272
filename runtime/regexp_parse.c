/* SPDX-License-Identifier: MIT
 * Reads an I-Regexp (RFC 9485, figure 1) into a tree. Recursion goes as deep as groups are nested, which is
 * bounded. */
#include "json_utf8.h"
#include "regexp_tree.h"
#include "unicode.h"

struct reader {
	struct afd_span pattern;
	size_t at;
	struct afd_arena *arena;
	unsigned depth;
	bool failed;
};

static struct afd_regexp_node *read_choice(struct reader *reader);

static bool at_end(const struct reader *reader)
{
	return reader->at >= reader->pattern.size;
}

static char peek(const struct reader *reader)
{
	return at_end(reader) ? '\0' : reader->pattern.data[reader->at];
}

static bool at_any(const struct reader *reader, const char *set)
{
	char byte = peek(reader);
	return byte != '\0' && strchr(set, byte);
}

static bool take(struct reader *reader, char byte)
{
	if (at_end(reader) || peek(reader) != byte)
		return false;
	reader->at++;
	return true;
}

static struct afd_regexp_node *fail(struct reader *reader)
{
	reader->failed = true;
	return NULL;
}

static struct afd_regexp_node *new_node(struct reader *reader, enum afd_regexp_node_kind kind)
{
	struct afd_regexp_node *node = afd_arena_new(reader->arena, sizeof *node);
	node->kind = kind;
	return node;
}

static void add_item(struct reader *reader, struct afd_regexp_class *class, struct afd_regexp_item item)
{
	struct afd_regexp_item *added =
		afd_arena_push(reader->arena, &class->items, &class->count, sizeof *class->items);
	*added = item;
}

/* The character after a backslash that stands for itself or for a control; 0 where there is no such. */
static uint32_t read_escaped(struct reader *reader)
{
	if (!at_any(reader, "()*+-.?[\\]^nrt{|}"))
		return 0;
	char byte = reader->pattern.data[reader->at++];
	switch (byte) {
	case 'n': return '\n';
	case 'r': return '\r';
	case 't': return '\t';
	default: return (uint32_t)(unsigned char)byte;
	}
}

static uint32_t read_code(struct reader *reader)
{
	uint32_t code = 0;
	size_t size = afd_utf8_next(reader->pattern, reader->at, &code);
	reader->failed = reader->failed || size == 0;
	reader->at += size;
	return code;
}

#define CATEGORY(name) (1u << AFD_CATEGORY_##name)

static const struct category {
	const char *name;
	uint32_t mask;
} categories[] = {
	{ "L", CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT) | CATEGORY(LM) | CATEGORY(LO) },
	{ "Lu", CATEGORY(LU) },
	{ "Ll", CATEGORY(LL) },
	{ "Lt", CATEGORY(LT) },
	{ "Lm", CATEGORY(LM) },
	{ "Lo", CATEGORY(LO) },
	{ "M", CATEGORY(MN) | CATEGORY(MC) | CATEGORY(ME) },
	{ "Mn", CATEGORY(MN) },
	{ "Mc", CATEGORY(MC) },
	{ "Me", CATEGORY(ME) },
	{ "N", CATEGORY(ND) | CATEGORY(NL) | CATEGORY(NO) },
	{ "Nd", CATEGORY(ND) },
	{ "Nl", CATEGORY(NL) },
	{ "No", CATEGORY(NO) },
	{ "P", CATEGORY(PC) | CATEGORY(PD) | CATEGORY(PS) | CATEGORY(PE) | CATEGORY(PI) | CATEGORY(PF) |
			   CATEGORY(PO) },
	{ "Pc", CATEGORY(PC) },
	{ "Pd", CATEGORY(PD) },
	{ "Ps", CATEGORY(PS) },
	{ "Pe", CATEGORY(PE) },
	{ "Pi", CATEGORY(PI) },
	{ "Pf", CATEGORY(PF) },
	{ "Po", CATEGORY(PO) },
	{ "Z", CATEGORY(ZS) | CATEGORY(ZL) | CATEGORY(ZP) },
	{ "Zs", CATEGORY(ZS) },
	{ "Zl", CATEGORY(ZL) },
	{ "Zp", CATEGORY(ZP) },
	{ "S", CATEGORY(SM) | CATEGORY(SC) | CATEGORY(SK) | CATEGORY(SO) },
	{ "Sm", CATEGORY(SM) },
	{ "Sc", CATEGORY(SC) },
	{ "Sk", CATEGORY(SK) },
	{ "So", CATEGORY(SO) },
	{ "C", CATEGORY(CC) | CATEGORY(CF) | CATEGORY(CO) | CATEGORY(CN) },
	{ "Cc", CATEGORY(CC) },
	{ "Cf", CATEGORY(CF) },
	{ "Co", CATEGORY(CO) },
	{ "Cn", CATEGORY(CN) },
};

static uint32_t find_category(struct afd_span name)
{
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
		if (afd_span_is(name, categories[i].name))
			return categories[i].mask;
	return 0;
}

/* "p{Lu}" after the backslash; complements are taken here, since every code point has exactly one category.
 */
static uint32_t read_category(struct reader *reader)
{
	bool complement = peek(reader) == 'P';
	struct afd_span rest = afd_span_from(reader->pattern, reader->at + 1);
	size_t end = afd_span_find(rest, "}", 0);
	if (!afd_span_starts(rest, "{") || end == SIZE_MAX)
		return 0;
	reader->at += end + 2;
	uint32_t mask = find_category(afd_span_from(afd_span_first(rest, end), 1));
	return complement && mask ? ~mask : mask;
}

static bool at_category(const struct reader *reader)
{
	struct afd_span rest = afd_span_from(reader->pattern, reader->at);
	return afd_span_starts(rest, "\\p") || afd_span_starts(rest, "\\P");
}

static void read_category_item(struct reader *reader, struct afd_regexp_class *class)
{
	reader->at++;
	uint32_t mask = read_category(reader);
	reader->failed = reader->failed || mask == 0;
	add_item(reader, class, (struct afd_regexp_item){ 0, 0, mask });
}

/* A character of a class; '-' stands for itself only at the ends of one. */
static uint32_t read_member(struct reader *reader)
{
	if (at_end(reader) || at_any(reader, "-[]"))
		reader->failed = true;
	if (reader->failed)
		return 0;
	if (!take(reader, '\\'))
		return read_code(reader);
	uint32_t code = read_escaped(reader);
	reader->failed = reader->failed || code == 0;
	return code;
}

static bool at_range(const struct reader *reader)
{
	struct afd_span rest = afd_span_from(reader->pattern, reader->at);
	return rest.size > 1 && rest.data[0] == '-' && rest.data[1] != ']';
}

static void read_item(struct reader *reader, struct afd_regexp_class *class)
{
	if (at_category(reader)) {
		read_category_item(reader, class);
		return;
	}
	uint32_t first = read_member(reader);
	uint32_t last = first;
	if (at_range(reader)) {
		reader->at++;
		last = read_member(reader);
	}
	reader->failed = reader->failed || last < first;
	add_item(reader, class, (struct afd_regexp_item){ first, last, 0 });
}

static struct afd_regexp_node *new_class(struct reader *reader, bool negated)
{
	struct afd_regexp_node *node = new_node(reader, AFD_NODE_CLASS);
	node->class = afd_arena_new(reader->arena, sizeof *node->class);
	node->class->negated = negated;
	return node;
}

/* After '['. */
static struct afd_regexp_node *read_class(struct reader *reader)
{
	static const struct afd_regexp_item dash = { '-', '-', 0 };
	struct afd_regexp_node *node = new_class(reader, take(reader, '^'));
	if (take(reader, '-'))
		add_item(reader, node->class, dash);
	while (!reader->failed && !at_end(reader) && !at_any(reader, "-]"))
		read_item(reader, node->class);
	if (take(reader, '-'))
		add_item(reader, node->class, dash);
	if (node->class->count == 0 || !take(reader, ']'))
		return fail(reader);
	return node;
}

static struct afd_regexp_node *read_dot(struct reader *reader)
{
	struct afd_regexp_node *node = new_class(reader, true);
	add_item(reader, node->class, (struct afd_regexp_item){ '\n', '\n', 0 });
	add_item(reader, node->class, (struct afd_regexp_item){ '\r', '\r', 0 });
	return node;
}

static struct afd_regexp_node *read_group(struct reader *reader)
{
	if (++reader->depth > AFD_REGEXP_DEPTH_MAX)
		return fail(reader);
	struct afd_regexp_node *node = read_choice(reader);
	reader->depth--;
	return take(reader, ')') ? node : fail(reader);
}

static struct afd_regexp_node *new_range(struct reader *reader, uint32_t code)
{
	struct afd_regexp_node *node = new_node(reader, AFD_NODE_RANGE);
	node->least = node->most = code;
	return node;
}

static struct afd_regexp_node *read_backslash(struct reader *reader)
{
	if (at_category(reader)) {
		struct afd_regexp_node *node = new_class(reader, false);
		read_category_item(reader, node->class);
		return node;
	}
	reader->at++;
	uint32_t code = read_escaped(reader);
	return code ? new_range(reader, code) : fail(reader);
}

/* '$' is an anchor only where its branch ends. */
static bool at_final_dollar(const struct reader *reader)
{
	struct afd_span rest = afd_span_from(reader->pattern, reader->at);
	return afd_span_starts(rest, "$") && (rest.size == 1 || rest.data[1] == '|' || rest.data[1] == ')');
}

static struct afd_regexp_node *read_atom(struct reader *reader)
{
	if (take(reader, '('))
		return read_group(reader);
	if (take(reader, '['))
		return read_class(reader);
	if (take(reader, '.'))
		return read_dot(reader);
	if (peek(reader) == '\\')
		return read_backslash(reader);
	if (at_any(reader, "*+?{}]"))
		return fail(reader);
	if (at_final_dollar(reader)) {
		reader->at++;
		return new_node(reader, AFD_NODE_END);
	}
	return new_range(reader, read_code(reader));
}

static uint32_t read_count(struct reader *reader)
{
	uint32_t count = 0;
	size_t start = reader->at;
	for (; peek(reader) >= '0' && peek(reader) <= '9'; reader->at++)
		if (count <= AFD_REGEXP_STATES_MAX)
			count = count * 10 + (uint32_t)(peek(reader) - '0');
	reader->failed = reader->failed || reader->at == start;
	return count;
}

/* After '{'. */
static void read_range(struct reader *reader, struct afd_regexp_node *node)
{
	node->least = node->most = read_count(reader);
	if (take(reader, ','))
		node->most = peek(reader) == '}' ? AFD_REGEXP_WITHOUT_END : read_count(reader);
	reader->failed = reader->failed || !take(reader, '}') || node->most < node->least;
}

static struct afd_regexp_node *read_piece(struct reader *reader)
{
	struct afd_regexp_node *atom = read_atom(reader);
	if (reader->failed || !at_any(reader, "*+?{"))
		return atom;
	struct afd_regexp_node *node = new_node(reader, AFD_NODE_REPEAT);
	node->child = atom;
	switch (reader->pattern.data[reader->at++]) {
	case '*': node->most = AFD_REGEXP_WITHOUT_END; break;
	case '+':
		node->least = 1;
		node->most = AFD_REGEXP_WITHOUT_END;
		break;
	case '?': node->most = 1; break;
	default: read_range(reader, node); break;
	}
	return node;
}

static struct afd_regexp_node *read_branch(struct reader *reader)
{
	struct afd_regexp_node *branch = new_node(reader, AFD_NODE_SEQUENCE);
	struct afd_regexp_node **last = &branch->child;
	if (take(reader, '^')) {
		*last = new_node(reader, AFD_NODE_START);
		last = &(*last)->next;
	}
	while (!reader->failed && !at_end(reader) && !at_any(reader, "|)")) {
		*last = read_piece(reader);
		if (*last)
			last = &(*last)->next;
	}
	return branch;
}

static struct afd_regexp_node *read_choice(struct reader *reader)
{
	struct afd_regexp_node *choice = new_node(reader, AFD_NODE_CHOICE);
	struct afd_regexp_node **last = &choice->child;
	do {
		*last = read_branch(reader);
		last = &(*last)->next;
	} while (!reader->failed && take(reader, '|'));
	return choice;
}

struct afd_regexp_node *afd_regexp_read(struct afd_span pattern, struct afd_arena *arena)
{
	struct reader reader = { .pattern = pattern, .arena = arena };
	if (pattern.size > AFD_REGEXP_BYTES_MAX)
		return NULL;
	struct afd_regexp_node *tree = read_choice(&reader);
	return reader.failed || !at_end(&reader) ? NULL : tree;
}
