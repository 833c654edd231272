/* SPDX-License-Identifier: MIT
 * What may be put on the wire: checks of a request, and its header lines with the secrets filled in. Private
 * to http.c. */
#ifndef AFFIDAVIT_HTTP_REQUEST_H
#define AFFIDAVIT_HTTP_REQUEST_H

#include "http.h"

enum { AFD_HEADER_LINE_MAX = 64 * 1024 };

/* Refuses (4) a method that is no token (RFC 9110 section 5.6.2) or CONNECT, a URL that afd_url_check
 * refuses, HEAD with a body, a Content-Length that isn't the body's. No message holds a value. */
AFD_CHECKED int afd_request_check(const struct afd_http_request *request, struct afd_error *err);
/* Appends "Name: value", or "Name;" for an empty value, to `line`. Refused (4): a name that is no token, a
 * value with a control byte other than a tab. The caller zeroes the
 * line. */
AFD_CHECKED int afd_request_header(const struct afd_http_request *request, const struct afd_header *header,
								   const struct afd_secrets *secrets, const struct afd_variables *declared,
								   struct afd_text *line, struct afd_error *err);
const struct afd_header *afd_request_field(const struct afd_headers *headers, const char *name);
/* GET, HEAD and OPTIONS may be sent again (RFC 9110 section 9.2.2). */
bool afd_request_is_safe(const struct afd_http_request *request);

#endif
