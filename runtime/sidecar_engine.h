/* SPDX-License-Identifier: MIT
 * The ClickHouse engine in libchdb.so, loaded at run time. One engine a process and one data folder an
 * engine; all calls come from one thread. Knows nothing of HTTP. */
#ifndef AFFIDAVIT_SIDECAR_ENGINE_H
#define AFFIDAVIT_SIDECAR_ENGINE_H

#include "base/text.h"

#include <stdint.h>

struct afd_engine; /* owned; closed with afd_engine_close */

/* A setting or a query parameter, borrowed. */
struct afd_engine_pair {
	struct afd_span name, value;
};
struct afd_engine_pairs {
	const struct afd_engine_pair *rows;
	size_t count;
};

struct afd_engine_query {
	struct afd_span text;               /* one statement, with the data of an insert behind it */
	struct afd_span format;             /* of the answer, where the statement names none */
	struct afd_span database;           /* empty: `default` */
	struct afd_engine_pairs settings;   /* in force for this statement alone */
	struct afd_engine_pairs parameters; /* of {name:Type} */
	bool read_only;
};

/* Freed with afd_engine_answer_free. */
struct afd_engine_answer {
	unsigned code;        /* of the exception; 0: none */
	struct afd_text body; /* the result, or `Code: N. DB::Exception: ...` */
	uint64_t read_rows, read_bytes, written_rows, written_bytes;
};

/* Loads the library and opens the data folder, which is made where there is none. A library or folder that
 * can't be had is AFD_EXIT_NO_VERDICT. The library's own signal handlers are switched off: one of them sleeps
 * for minutes. */
AFD_CHECKED int afd_engine_open(struct afd_engine **engine, const char *library, const char *folder,
								struct afd_error *err);
/* Runs one statement in a session of its own, so that nothing of it (SET, USE) outlives it.
 */
void afd_engine_run(const struct afd_engine *engine, const struct afd_engine_query *query,
					struct afd_engine_answer *answer);
void afd_engine_answer_free(struct afd_engine_answer *answer);
/* Flushes and closes the data folder. The library stays loaded: its threads may still run. */
void afd_engine_close(struct afd_engine *engine);

#endif
