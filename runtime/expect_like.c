/* SPDX-License-Identifier: MIT
 * A JSON example as a pattern. Objects need the members that it names, arrays an element like each of its
 * own; placeholders ("...", "<any>", "{id}", "string") are like anything, "ab..." is like what begins with
 * ab. An array of one element, or with "..." at its end, says nothing of what follows. An example that is
 * meant exactly names all members and elements, but where "..." stands. */
#include "expect_question.h"
#include "json_names.h"

/* A container of the example beside its counterpart in the answer. */
struct pair {
	uint32_t child;              /* of the example: the next to compare */
	uint32_t answer;             /* the counterpart */
	uint32_t element;            /* of it, of arrays: the next */
	struct afd_json_index index; /* of it, of objects */
};

struct walk {
	struct afd_question *question;
	const struct afd_json *example, *answer;
	bool exactly;
	size_t depth;
	struct pair pairs[AFD_JSON_DEPTH_MAX];
};

static bool is_one_of(struct afd_span text, const char *const *words)
{
	while (*words && !afd_span_is(text, *words))
		words++;
	return *words != NULL;
}

static bool is_ellipsis(struct afd_span text)
{
	static const char *const words[] = { "...", "\xe2\x80\xa6", NULL };
	return is_one_of(text, words);
}

static bool is_placeholder(struct afd_span text)
{
	static const char *const words[] = { "string", "number", "integer", "int",  "float",    "boolean",
										 "bool",   "uuid",   "date",    "time", "datetime", "timestamp",
										 "object", "array",  "any",     NULL };
	bool angled = afd_span_starts(text, "<") && afd_span_ends(text, ">");
	bool braced = afd_span_starts(text, "{") && afd_span_ends(text, "}");
	return is_ellipsis(text) || angled || braced || is_one_of(text, words);
}

/* The inside of a string of the example, as it is written; empty for anything else. */
static struct afd_span written(struct afd_span token)
{
	if (token.size < 2 || token.data[0] != '"')
		return (struct afd_span){ "", 0 };
	return (struct afd_span){ token.data + 1, token.size - 2 };
}

static bool is_beginning(struct afd_span text)
{
	return afd_span_ends(text, "...") && text.size > 3;
}

/* Both are compared as they are written, so an escape must be written alike. */
static bool begins_alike(const struct walk *walk, struct afd_span example, uint32_t answer)
{
	struct afd_span text = written(afd_json_text(walk->answer, answer));
	struct afd_span beginning = afd_span_first(example, example.size - 3);
	return afd_span_equal(afd_span_first(text, beginning.size), beginning);
}

static uint32_t last_child(const struct afd_json *json, uint32_t container)
{
	uint32_t child = container + 1;
	while (json->nodes[child].next != AFD_JSON_NONE)
		child = json->nodes[child].next;
	return child;
}

static bool size_fits(const struct walk *walk, uint32_t example, uint32_t answer)
{
	uint32_t stated = walk->example->nodes[example].count;
	uint32_t count = walk->answer->nodes[answer].count;
	if (stated == 0)
		return count == 0;
	uint32_t last = last_child(walk->example, example);
	if (is_ellipsis(written(afd_json_text(walk->example, last))))
		return count >= stated - 1;
	return stated == 1 && !walk->exactly ? count >= 1 : count == stated;
}

/* "..." that says only that more may follow: the last element, or a member of that name. */
static bool says_more(const struct walk *walk, uint32_t child)
{
	const struct afd_json_node *node = &walk->example->nodes[child];
	if (node->key_size)
		return is_ellipsis(written(afd_json_name(walk->example, child)));
	return node->next == AFD_JSON_NONE && is_ellipsis(written(afd_json_text(walk->example, child)));
}

/* Every member of the answer is named, or the example says that there are more. */
static bool names_all(const struct walk *walk, uint32_t example, uint32_t answer)
{
	uint32_t stated = walk->example->nodes[example].count;
	uint32_t child = stated ? example + 1 : AFD_JSON_NONE;
	for (; child != AFD_JSON_NONE; child = walk->example->nodes[child].next)
		if (says_more(walk, child))
			return true;
	return walk->answer->nodes[answer].count == stated;
}

static bool enter(struct walk *walk, uint32_t example, uint32_t answer)
{
	const struct afd_json_node *stated = &walk->example->nodes[example];
	struct pair *pair = &walk->pairs[walk->depth];
	*pair = (struct pair){ .child = stated->count ? example + 1 : AFD_JSON_NONE, .answer = answer };
	pair->element = walk->answer->nodes[answer].count ? answer + 1 : AFD_JSON_NONE;
	if (stated->type == AFD_JSON_ARRAY && !size_fits(walk, example, answer))
		return false;
	if (stated->type == AFD_JSON_OBJECT && walk->exactly && !names_all(walk, example, answer))
		return false;
	if (stated->type == AFD_JSON_OBJECT)
		afd_json_index_init(&pair->index, walk->answer, answer);
	walk->depth++;
	return true;
}

static bool visit(struct walk *walk, uint32_t example, uint32_t answer)
{
	enum afd_json_type type = walk->example->nodes[example].type;
	struct afd_span text = written(afd_json_text(walk->example, example));
	walk->question->got = (struct afd_got){ .kind = AFD_GOT_NODE, .node = answer };
	if (type == AFD_JSON_STRING && is_placeholder(text))
		return true;
	if (type != walk->answer->nodes[answer].type)
		return false;
	if (type == AFD_JSON_STRING && is_beginning(text))
		return begins_alike(walk, text, answer);
	if (type == AFD_JSON_ARRAY || type == AFD_JSON_OBJECT)
		return enter(walk, example, answer);
	return afd_json_equal(walk->example, example, walk->answer, answer);
}

/* The counterpart of a child of the example, AFD_JSON_NONE where there is none. */
static uint32_t counterpart(struct walk *walk, struct pair *pair, uint32_t child)
{
	if (walk->example->nodes[child].key_size)
		return afd_json_index_find(&pair->index, afd_json_name(walk->example, child));
	uint32_t element = pair->element;
	if (element != AFD_JSON_NONE)
		pair->element = walk->answer->nodes[element].next;
	return element;
}

/* Compares the next child of the innermost pair, or leaves it. */
static bool advance(struct walk *walk)
{
	struct pair *pair = &walk->pairs[walk->depth - 1];
	uint32_t child = pair->child;
	if (child == AFD_JSON_NONE) {
		afd_json_index_free(&pair->index);
		walk->depth--;
		return true;
	}
	pair->child = walk->example->nodes[child].next;
	if (says_more(walk, child))
		return true;
	uint32_t found = counterpart(walk, pair, child);
	walk->question->got = (struct afd_got){ .kind = AFD_GOT_NODE, .node = pair->answer };
	return found != AFD_JSON_NONE && visit(walk, child, found);
}

bool afd_value_is_like(struct afd_question *question, const struct afd_value *value)
{
	if (!question->expected_is_json) {
		question->unanswered = true;
		return false;
	}
	if (value->node == AFD_JSON_NONE)
		return false;
	struct walk walk;
	walk.question = question;
	walk.example = &question->expected;
	walk.answer = question->judged->json;
	walk.exactly = question->term->predicate == AFD_EXACTLY_LIKE;
	walk.depth = 0;
	bool like = visit(&walk, 0, value->node);
	while (like && walk.depth > 0)
		like = advance(&walk);
	while (walk.depth > 0)
		afd_json_index_free(&walk.pairs[--walk.depth].index);
	return like;
}
