/* SPDX-License-Identifier: MIT
 * Moscow wall clock as ClickHouse reads it. A leaf over expect_time.h. */
#ifndef AFFIDAVIT_LANDING_TIME_H
#define AFFIDAVIT_LANDING_TIME_H

#include "base/text.h"

enum { AFD_MOSCOW_TEXT = 20 };

/* `YYYY-MM-DD hh:mm:ss` in UTC+3, which is Moscow's clock since 2014-10-26; what is earlier is written in
 * UTC+3 too, an hour or two off the clock of its day, so that the distance of two texts is always the
 * distance of the moments. False where ClickHouse's DateTime can't hold it: before 1970 or after 2105. */
AFD_CHECKED bool afd_moscow_of_seconds(long long utc, char text[AFD_MOSCOW_TEXT]);
/* From RFC 3339, also with a blank for the T, without seconds, zone or time of day; what names no zone is
 * Moscow's clock. Fractions of a second are left out. False where the text is no time that exists, or the one
 * above. */
AFD_CHECKED bool afd_moscow_of_text(struct afd_span time, char text[AFD_MOSCOW_TEXT]);

#endif
