/* SPDX-License-Identifier: MIT
 * What an exchange asks of the system: the clock, the pace, the socket, words for its errors. Private to
 * http.c. */
#ifndef AFFIDAVIT_HTTP_NETWORK_H
#define AFFIDAVIT_HTTP_NETWORK_H

#include "http.h"

/* The options with the defaults of http.h in the place of zeros. */
struct afd_http_options afd_options_filled(const struct afd_http_options *options);
/* CLOCK_MONOTONIC in microseconds. */
long long afd_now_us(void);
/* Waits until `*next_us` and moves it on by what the rate leaves between two requests. 0: does not wait. */
void afd_pace(long long *next_us, long rate_per_minute);
/* True where bytes wait to be received: nobody asked for them, and the next answer would begin with them. */
bool afd_socket_has_bytes(int socket);
/* Why a connection was not made, by errno. */
const char *afd_connect_words(long error);
/* Why a certificate was not accepted, by OpenSSL's X509_V_... */
const char *afd_certificate_words(long result);

#endif
