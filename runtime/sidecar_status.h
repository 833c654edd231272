/* SPDX-License-Identifier: MIT
 * Which HTTP status ClickHouse gives an exception. A leaf. */
#ifndef AFFIDAVIT_SIDECAR_STATUS_H
#define AFFIDAVIT_SIDECAR_STATUS_H

/* The status for the code of an exception; 500 where it has none of its own. */
unsigned afd_sidecar_status(unsigned code);

#endif
