/* SPDX-License-Identifier: MIT
 * The words of the language, in every natural language: one list (words.def) feeds the lookup, the suggestions and the
 * manual. Must not know documents. */
#ifndef AFFIDAVIT_WORDS_H
#define AFFIDAVIT_WORDS_H

#include "base/arena.h"

enum afd_word_class {
	AFD_WORD_LABEL,     /* id: enum afd_label */
	AFD_WORD_NONE,      /* "none" where a body is due */
	AFD_WORD_EFFECT,    /* id: 0 read, 1 write */
	AFD_WORD_OPERATOR,  /* id: enum afd_operator */
	AFD_WORD_SUBJECT,   /* value: enum afd_subject of the runtime; id: 0 alone, 1 whole, 2 empty, 3 named */
	AFD_WORD_PREDICATE, /* value: enum afd_predicate of the runtime */
	AFD_WORD_MEASURE,   /* value: enum afd_measure of the runtime; id: where it stands */
	AFD_WORD_UNIT,      /* value: what a number before it counts; id: how many of it */
	AFD_WORD_TYPE,      /* value: its name in the runtime */
	AFD_WORD_STATUS,    /* a word before a status code */
	AFD_WORD_REASON,    /* words after a status code that say it again */
	AFD_WORD_FILLER,    /* a word that says nothing */
	AFD_WORD_COUNTED,   /* what a document counts of itself; id: 1 a word that makes it a rate */
	AFD_WORD_METHOD,    /* an HTTP method */
	AFD_WORD_COLUMN,    /* id: enum afd_column_word, of the project's own tables */
	AFD_WORD_LANDING,   /* value: a type under As */
	AFD_WORD_SHOWN,     /* value: a type under Only if */
	AFD_WORD_EXAMPLE,   /* "for example" */
	AFD_WORD_CHANGE,    /* value: "records", or "0" */
	AFD_WORD_NUMBERED,  /* a word before a number: "Step 3" */
	AFD_WORD_ANSWER,  /* what an answer is called in a caption; id 1: a body may be called so too; id 2: words
					   * of what came  back once, which is no expectation */
	AFD_WORD_PAYLOAD, /* what a request body is called in a caption */
	AFD_WORD_RETURNS, /* a word before a status code: "returns 404" */
	AFD_WORD_CODE_AFTER, /* a word after a status code: "401 error" */
	AFD_WORD_BOUND,      /* of a repetition; id: 1 the time between two requests */
	AFD_WORD_STAGE,      /* id: 0 setup, 1 the tests, 2 cleanup */
	AFD_WORD_LINK,       /* between a word and its status code: "status of 404" */
	AFD_WORD_QUANTITY, /* what a number counts: "200 users"; a word of more than three bytes is the beginning
						* of its plurals */
	AFD_WORD_PROVIDED, /* "if", "when" */
	AFD_WORD_PROSE,    /* a bold label that is no slip of a known one */
	AFD_WORD_STAND_IN, /* a part of a word that stands for a secret; id: enum afd_stand_in */
	AFD_WORD_SECTION   /* value: "trouble", "before": the commands of such sections are no tests; "list": of
						  what there is */
};

enum afd_label {
	AFD_LABEL_UNKNOWN,
#define LABEL_ID(id) AFD_LABEL_##id,
#include "words.def"
};

enum afd_stand_in {
	AFD_STAND_IN_YOURS, /* "your-token" */
	AFD_STAND_IN_KIND,  /* "API_KEY", in capitals */
	AFD_STAND_IN_FAULT  /* "INVALID_TOKEN": a value, not the name of one */
};

enum afd_operator { AFD_OPERATOR_AND, AFD_OPERATOR_OR, AFD_OPERATOR_NOT, AFD_OPERATOR_ELSE, AFD_OPERATOR_IF };

enum afd_column_word {
	AFD_COLUMN_UNKNOWN,
#define COLUMN_ID(id) AFD_COLUMN_##id,
#include "words.def"
};

struct afd_word {
	enum afd_word_class class;
	int id;
	const char *value;
	const char *language; /* ISO 639-1 */
	const char *text;     /* folded */
	size_t size;          /* of the text */
};

/* All words, by class and then as listed. */
extern const struct afd_word afd_words[];
extern const size_t afd_word_count;

/* Lower case, runs of blanks as one, marks of bold and code dropped; at most 96 bytes, else empty. */
struct afd_span afd_word_fold(struct afd_span text, char buffer[128]);
/* The word of that class whose text equals the folded `text`; NULL: none. */
const struct afd_word *afd_word_find(enum afd_word_class class, struct afd_span text);
/* The word of that class after `word`, the first one after NULL; NULL: there is none. */
const struct afd_word *afd_word_next(enum afd_word_class class, const struct afd_word *word);
/* All words by their text, for texts of many words: words_sorted.c. The arena's. */
struct afd_vocabulary;
const struct afd_vocabulary *afd_vocabulary_new(struct afd_arena *arena);
/* The word of that class; `folded` by the caller. NULL: none. */
const struct afd_word *afd_vocabulary_find(const struct afd_vocabulary *vocabulary, enum afd_word_class class,
										   struct afd_span folded);
/* True where a word of any class is `folded`, or begins with it and a blank. */
bool afd_vocabulary_begins(const struct afd_vocabulary *vocabulary, struct afd_span folded);
/* The longest word of that class that `text` (folded by the caller) starts with, at a word boundary; NULL: none. */
const struct afd_word *afd_word_prefix(enum afd_word_class class, struct afd_span folded);
/* The nearest word of that class for "did you mean"; NULL where none is near. `*distance` in letters. */
const struct afd_word *afd_word_near(enum afd_word_class class, struct afd_span text, size_t *distance);

#endif
