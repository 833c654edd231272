/* SPDX-License-Identifier: MIT
 * Exceptions of ClickHouse as they come in an answer's body, whatever the version and the status. A leaf. */
#ifndef AFFIDAVIT_CLICKHOUSE_EXCEPTION_H
#define AFFIDAVIT_CLICKHOUSE_EXCEPTION_H

#include "base/text.h"

/* Finds an exception at the start of a body, or at its end, where the server had begun to answer. 0: there is
 * none; else its code, and `*text` is what follows `DB::Exception: `, borrowed. */
unsigned afd_clickhouse_exception(struct afd_span body, struct afd_span *text);
/* What a message may say of it: its name, and for those that speak of the schema and never of values its
 * first words. Printable ASCII, no newline. */
void afd_clickhouse_describe(unsigned code, struct afd_span text, struct afd_text *message);

#endif
