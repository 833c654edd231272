/* SPDX-License-Identifier: MIT
 * The embedded engine as a child process, `affidavit-clickhouse`: started at once, waited for when it is
 * needed, ended with this process. It is found by AFFIDAVIT_CLICKHOUSE_SIDECAR, else beside this program or
 * one folder up, else in PATH. */
#ifndef AFFIDAVIT_CLICKHOUSE_EMBEDDED_H
#define AFFIDAVIT_CLICKHOUSE_EMBEDDED_H

#include "base/text.h"

struct afd_embedded; /* owned; ended with afd_embedded_stop */

/* Starts it on the data folder, which is made where there is none, and returns while it loads (0.3 s). Call
 * it from the main thread: it ends with the thread that started it. It gets no secret of the environment, and
 * UTC as its zone. */
AFD_CHECKED int afd_embedded_start(struct afd_embedded **embedded, const char *folder, struct afd_error *err);
/* Waits until it listens, at most 60 s; where it has ended instead, the error is its own sentence. May be
 * called again. */
AFD_CHECKED int afd_embedded_wait(struct afd_embedded *embedded, struct afd_error *err);
/* For afd_clickhouse_options: unix:/PATH. Good once afd_embedded_wait has returned 0. */
const char *afd_embedded_url(const struct afd_embedded *embedded);
/* Its process; 0 where it has ended. */
long afd_embedded_process(const struct afd_embedded *embedded);
/* Ends it (after 10 s by force) and removes its socket. */
void afd_embedded_stop(struct afd_embedded *embedded);

#endif
