/* SPDX-License-Identifier: MIT
 * Masking by policy: a scalar is shown only where its path is allowed and its value fits the stated type, or
 * where it is a boolean, null, or a word that the spec itself says. All else becomes a keyed pseudonym,
 * "~class:0123456789abcdef" (HMAC-SHA-256, 64 bits shown), equal for equal values of one class. Only mask.c
 * makes a struct afd_masked. */
#ifndef AFFIDAVIT_MASK_H
#define AFFIDAVIT_MASK_H

#include "affidavit/case.h"
#include "base/arena.h"
#include "http.h"
#include "json.h"

/* Text that may be written: masked, or public from the start (spec text, our own words). Borrowed from an
 * arena or static. Passed by value. */
struct afd_masked {
	const char *data; /* UTF-8, NUL-terminated */
	size_t size;
};

/* The project's key for pseudonyms. In its file: 32 random bytes as 64 hex digits and a newline, mode 0600.
 */
struct afd_key {
	unsigned char bytes[32];
	char id[9];   /* first 8 hex digits of HMAC(key, "id") */
	bool created; /* made now, at first use */
	char path[4096];
};
/* `path` NULL: AFFIDAVIT_KEY_FILE, else $XDG_STATE_HOME/affidavit/key, else ~/.local/state/affidavit/key (its
 * folders are made with mode 0700). A file that is not there is made, also by several processes at once: all
 * of them get one key. A key file that others may read, or of a wrong form, is refused (4); without any of
 * the variables it is exit 2. */
AFD_CHECKED int afd_key_load(struct afd_key *key, const char *path, struct afd_error *err);
/* Zeroes it. */
void afd_key_forget(struct afd_key *key);

/* A compiled policy and a key; owned, freed with afd_masker_free. What is shown of a JSON answer:
 *   - null, empty strings and containers: that nothing is there; true and false
 *   - strings that are one of `words` and look like a code ([A-Z][A-Z0-9_]+)
 *   - scalars whose path one row or more of the policy allows, where the value fits one of these rows (see
 * policy.h); a row only ever adds, so that the order of rows means nothing
 *   - names that are one of `words` or stand in a path of the policy
 * A row "never (CLASS)" is over all of that but null and emptiness: its node and all below it are masked,
 * under its class. All else is masked: strings as "~text:...", numbers as the string "~number:...", names as
 * "~key:...". `words` and the policy are borrowed and must outlive the masker; the key is copied. A row of
 * the policy that is not accepted is exit 2. */
struct afd_masker;
AFD_CHECKED int afd_masker_new(struct afd_masker **masker, const struct afd_policy *policy,
							   const struct afd_words *words, const struct afd_key *key,
							   struct afd_error *err);
void afd_masker_free(struct afd_masker *masker);

/* The answer from `root` on as JSON text with an indentation of two spaces and no newline at the end; shown
 * numbers are spelt as in the source. Paths of the policy start at the root of the document, whatever `root`
 * is. Where memory or the bound of 256 MiB runs out, the JSON string "~failed". Counts what it meets
 * (afd_masker_counts). */
struct afd_masked afd_mask_json(const struct afd_masker *masker, const struct afd_json *json, uint32_t root,
								struct afd_arena *arena);
/* One node for a message: a scalar as afd_mask_json writes it, a container as "array of 3" or "object of 5".
 * Counts nothing. */
struct afd_masked afd_mask_node(const struct afd_masker *masker, const struct afd_json *json, uint32_t node,
								struct afd_arena *arena);
/* HMAC of raw bytes under a key derived from the project's (HMAC(key, "digest") in hex), 64 hex digits: for
 * answers that are not JSON and for substituted bodies. */
struct afd_masked afd_mask_digest(const struct afd_masker *masker, struct afd_raw raw,
								  struct afd_arena *arena);
/* A text whose class is known: "e-mail", "phone", "name", "barcode", "text", ...: "~phone:0123456789abcdef"
 * without quotes, or
 * "~secret". Equal values of one class have one pseudonym, whatever their spelling: see mask_pseudonym.h. */
struct afd_masked afd_mask_text(const struct afd_masker *masker, const char *class, struct afd_span value,
								struct afd_arena *arena);
/* The value of a response field, by its name: shown for Content-Type, Content-Length, Date and the like with
 * a value of the known form; else "~secret" for cookies and tokens, a pseudonym for the rest. */
struct afd_masked afd_mask_field(const struct afd_masker *masker, const struct afd_field *field,
								 struct afd_arena *arena);
/* The name of a response field: where it is a known one as usually spelt, else "~field-name:...". */
struct afd_masked afd_mask_field_name(const struct afd_masker *masker, const struct afd_field *field,
									  struct afd_arena *arena);
/* What the spec or this program says itself: copied into the arena. Never for anything that came from a
 * server, an option or the environment. */
struct afd_masked afd_public(struct afd_span text, struct afd_arena *arena);
AFD_PRINTF(2, 3) struct afd_masked afd_publicf(struct afd_arena *arena, const char *format, ...);

/* What the masker met in all answers so far: for the report's account of masking. */
struct afd_mask_counts {
	size_t shown, masked; /* scalars */
	size_t names_masked;
	size_t unfit; /* of the masked: an allowed path whose value did not fit */
};
struct afd_mask_counts afd_masker_counts(const struct afd_masker *masker);

#endif
