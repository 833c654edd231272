/* SPDX-License-Identifier: MIT */
#include "landing_time.h"

#include "expect_time.h"

#include <time.h>

static const long long moscow_seconds = 3 * 60 * 60;
static const long long last_second = 4291736399; /* 2105-12-31T23:59:59+03:00 */

bool afd_moscow_of_seconds(long long utc, char text[AFD_MOSCOW_TEXT])
{
	struct tm clock;
	time_t shown = (time_t)(utc + moscow_seconds);
	if (utc < 0 || utc > last_second || !gmtime_r(&shown, &clock))
		return false;
	return strftime(text, AFD_MOSCOW_TEXT, "%Y-%m-%d %H:%M:%S", &clock) == AFD_MOSCOW_TEXT - 1;
}

bool afd_moscow_of_text(struct afd_span time, char text[AFD_MOSCOW_TEXT])
{
	struct afd_moment moment;
	if (!afd_moment_read(time, &moment))
		return false;
	return afd_moscow_of_seconds(moment.seconds - (moment.has_zone ? moment.offset : moscow_seconds), text);
}
