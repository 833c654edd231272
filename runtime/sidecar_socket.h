/* SPDX-License-Identifier: MIT
 * Where the sidecar listens: a Unix socket for its owner alone, or a port of the loopback address. A leaf. */
#ifndef AFFIDAVIT_SIDECAR_SOCKET_H
#define AFFIDAVIT_SIDECAR_SOCKET_H

#include "base/error.h"

#include <stdbool.h>

/* Makes the socket at `path` with mode 0600. A path over 107 bytes is AFD_EXIT_USAGE; one that something
 * listens at is AFD_EXIT_NO_VERDICT; a socket that its owner left behind is replaced. Gives a listening
 * descriptor. */
AFD_CHECKED int afd_sidecar_listen_at(const char *path, int *listener, struct afd_error *err);
/* Port 0 takes a free one; `*port` becomes the one taken. */
AFD_CHECKED int afd_sidecar_listen_on(unsigned *port, int *listener, struct afd_error *err);

#endif
