/* SPDX-License-Identifier: MIT
 * Dates and times as they stand in answers: RFC 3339, also with a blank for the T, and without seconds or
 * zone; and the dates of HTTP fields (RFC 9110 section 5.6.7, IMF-fixdate). */
#ifndef AFFIDAVIT_EXPECT_TIME_H
#define AFFIDAVIT_EXPECT_TIME_H

#include "base/text.h"

struct afd_moment {
	long long seconds; /* of the clock that is written, from 1970-01-01T00:00:00 on it */
	long nanoseconds;  /* further digits are left out */
	long offset;       /* seconds that this clock is ahead of UTC */
	bool has_clock;    /* else a date alone: its midnight */
	bool has_zone;
};

/* True where the whole text is a date or time that exists. */
AFD_CHECKED bool afd_moment_read(struct afd_span text, struct afd_moment *moment);
/* <0, 0, >0. Where one of them names no zone, what the clocks show is compared. */
int afd_moment_compare(const struct afd_moment *a, const struct afd_moment *b);

#endif
