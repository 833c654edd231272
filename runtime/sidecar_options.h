/* SPDX-License-Identifier: MIT
 * The sidecar's command line, and where it looks for libchdb.so. A leaf. */
#ifndef AFFIDAVIT_SIDECAR_OPTIONS_H
#define AFFIDAVIT_SIDECAR_OPTIONS_H

#include "base/text.h"

struct afd_sidecar_options {
	const char *socket, *folder; /* borrowed from argv; NULL: not given */
	bool listen_port;
	unsigned port; /* 0: a free one */
	long parent; /* the process to end with, which made the socket's folder; 0: whichever started this one */
	const char *user, *password; /* for the port, from the environment */
	struct afd_text library;     /* path of libchdb.so */
	bool help;
};

/* What is missing or wrong is AFD_EXIT_USAGE; no libchdb.so at all is AFD_EXIT_NO_VERDICT, with what to do.
 */
AFD_CHECKED int afd_sidecar_options_read(struct afd_sidecar_options *options, int argc, char **argv,
										 struct afd_error *err);
const char *afd_sidecar_options_help(void);
void afd_sidecar_options_free(struct afd_sidecar_options *options);

#endif
