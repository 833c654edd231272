/* SPDX-License-Identifier: MIT */
#include "cookies.h"

#include <stdint.h>

static struct afd_span next_pair(struct afd_span *rest)
{
	size_t end = afd_span_find(*rest, ";", 0);
	struct afd_span pair = afd_span_trim(afd_span_first(*rest, end));
	*rest = afd_span_from(*rest, end == SIZE_MAX ? rest->size : end + 1);
	return pair;
}

static struct afd_span name_of(struct afd_span pair)
{
	return afd_span_first(pair, afd_span_find(pair, "=", 0));
}

/* The last pair of that name; empty: there is none. */
static struct afd_span find_pair(struct afd_span pairs, struct afd_span name)
{
	struct afd_span found = { NULL, 0 };
	while (pairs.size > 0) {
		struct afd_span pair = next_pair(&pairs);
		if (pair.size && afd_span_equal(name_of(pair), name))
			found = pair;
	}
	return found;
}

static bool has_value(struct afd_span pair)
{
	size_t equals = afd_span_find(pair, "=", 0);
	return equals != SIZE_MAX && equals + 1 < pair.size;
}

static bool add(struct afd_text *out, struct afd_span pair)
{
	return !has_value(pair) || (afd_text_puts(out, out->size ? "; " : "") && afd_text_add(out, pair));
}

bool afd_cookies_merge(struct afd_span older, struct afd_span newer, struct afd_text *out)
{
	bool good = true;
	for (struct afd_span rest = older; rest.size > 0 && good;) {
		struct afd_span pair = next_pair(&rest);
		struct afd_span again = find_pair(newer, name_of(pair));
		good = add(out, again.data ? again : pair);
	}
	for (struct afd_span rest = newer; rest.size > 0 && good;) {
		struct afd_span pair = next_pair(&rest);
		struct afd_span last = find_pair(newer, name_of(pair));
		if (!find_pair(older, name_of(pair)).data && last.data == pair.data)
			good = add(out, pair);
	}
	return good;
}
