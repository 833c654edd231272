/* SPDX-License-Identifier: MIT */
#include "expect_time.h"

#include <string.h>

struct reader {
	struct afd_span rest;
	bool failed;
};

static bool take(struct reader *reader, const char *set)
{
	if (reader->rest.size == 0 || !strchr(set, reader->rest.data[0]) || reader->rest.data[0] == '\0')
		return false;
	reader->rest = afd_span_from(reader->rest, 1);
	return true;
}

/* Exactly `digits` digits, at most `most`. */
static long read_number(struct reader *reader, int digits, long most)
{
	long number = 0;
	for (int i = 0; i < digits; i++) {
		if (reader->rest.size == 0 || reader->rest.data[0] < '0' || reader->rest.data[0] > '9') {
			reader->failed = true;
			return 0;
		}
		number = number * 10 + (reader->rest.data[0] - '0');
		reader->rest = afd_span_from(reader->rest, 1);
	}
	reader->failed = reader->failed || number > most;
	return number;
}

static void expect(struct reader *reader, const char *set)
{
	reader->failed = !take(reader, set) || reader->failed;
}

static bool is_leap(long year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970-01-01 in the Gregorian calendar (years 0 to 9999). */
static long long day_number(long year, long month, long day)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	long long past = year - 1;
	long long leaps = year > 0 ? past / 4 - past / 100 + past / 400 : -1;
	long long days = 365LL * year + leaps + before[month - 1] + (month > 2 && is_leap(year));
	return days + day - 1 - 719527;
}

static long days_in(long year, long month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && is_leap(year));
}

static void read_date(struct reader *reader, struct afd_moment *moment)
{
	long year = read_number(reader, 4, 9999);
	expect(reader, "-");
	long month = read_number(reader, 2, 12);
	expect(reader, "-");
	long day = read_number(reader, 2, 31);
	reader->failed = reader->failed || month < 1 || day < 1;
	if (reader->failed || day > days_in(year, month)) {
		reader->failed = true;
		return;
	}
	moment->seconds = day_number(year, month, day) * 86400;
}

static void read_fraction(struct reader *reader, struct afd_moment *moment)
{
	long unit = 100000000;
	size_t left = reader->rest.size;
	while (reader->rest.size > 0 && reader->rest.data[0] >= '0' && reader->rest.data[0] <= '9') {
		moment->nanoseconds += (reader->rest.data[0] - '0') * unit;
		unit /= 10;
		reader->rest = afd_span_from(reader->rest, 1);
	}
	reader->failed = reader->failed || left == reader->rest.size;
}

static void read_clock(struct reader *reader, struct afd_moment *moment)
{
	moment->has_clock = true;
	moment->seconds += read_number(reader, 2, 23) * 3600;
	expect(reader, ":");
	moment->seconds += read_number(reader, 2, 59) * 60;
	if (!take(reader, ":"))
		return;
	moment->seconds += read_number(reader, 2, 60);
	if (take(reader, ".,"))
		read_fraction(reader, moment);
}

static void read_zone(struct reader *reader, struct afd_moment *moment)
{
	if (reader->rest.size == 0)
		return;
	moment->has_zone = true;
	if (take(reader, "Zz"))
		return;
	bool west = reader->rest.data[0] == '-';
	expect(reader, "+-");
	long hours = read_number(reader, 2, 23);
	(void)take(reader, ":");
	long minutes = read_number(reader, 2, 59);
	moment->offset = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
}

/* The number from 1 of the next word among `names`, three letters each. */
static long read_name(struct reader *reader, const char *names)
{
	struct afd_span word = afd_span_first(reader->rest, 3);
	long number = 1;
	while (names[0] && !(word.size == 3 && memcmp(names, word.data, 3) == 0)) {
		names += 3;
		number++;
	}
	reader->rest = afd_span_from(reader->rest, 3);
	reader->failed = reader->failed || !names[0];
	return reader->failed ? 1 : number;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
static bool read_http_date(struct afd_span text, struct afd_moment *moment)
{
	struct reader reader = { text, false };
	*moment = (struct afd_moment){ .has_zone = true };
	(void)read_name(&reader, "MonTueWedThuFriSatSun");
	expect(&reader, ",");
	expect(&reader, " ");
	long day = read_number(&reader, 2, 31);
	expect(&reader, " ");
	long month = read_name(&reader, "JanFebMarAprMayJunJulAugSepOctNovDec");
	expect(&reader, " ");
	long year = read_number(&reader, 4, 9999);
	expect(&reader, " ");
	if (reader.failed || day < 1 || day > days_in(year, month))
		return false;
	moment->seconds = day_number(year, month, day) * 86400;
	read_clock(&reader, moment);
	return !reader.failed && afd_span_is(reader.rest, " GMT");
}

bool afd_moment_read(struct afd_span text, struct afd_moment *moment)
{
	if (afd_span_ends(text, " GMT"))
		return read_http_date(text, moment);
	struct reader reader = { text, false };
	*moment = (struct afd_moment){ 0 };
	read_date(&reader, moment);
	if (!reader.failed && reader.rest.size > 0) {
		expect(&reader, "Tt ");
		read_clock(&reader, moment);
		if (!reader.failed)
			read_zone(&reader, moment);
	}
	return !reader.failed && reader.rest.size == 0;
}

static int sign(long long number)
{
	return (number > 0) - (number < 0);
}

int afd_moment_compare(const struct afd_moment *a, const struct afd_moment *b)
{
	bool zones = a->has_zone && b->has_zone;
	long long first = a->seconds - (zones ? a->offset : 0);
	long long second = b->seconds - (zones ? b->offset : 0);
	return first != second ? sign(first - second) : sign(a->nanoseconds - b->nanoseconds);
}
