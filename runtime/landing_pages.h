/* SPDX-License-Identifier: MIT
 * Following an answer that comes in pages to its end: the object `paging` at the top of the answer, with the
 * whole numbers `perPage`, `currentPage` and `total`; the next page is asked for by `page` in the JSON body,
 * or without a body in the query. How a case uses it:
 *
 *   afd_pages_begin        with the request of the case
 *   afd_pages_take         each answer, beginning with the first; while it returns true:
 *   afd_pages_request      the next request, which the guard judges and counts as any other
 *
 * Numbers are all that is read of an answer, so it may be the raw one. */
#ifndef AFFIDAVIT_LANDING_PAGES_H
#define AFFIDAVIT_LANDING_PAGES_H

#include "json.h"

enum { AFD_PAGES_BOUND = 1000 };

enum afd_pages_end {
	AFD_PAGES_OPEN,       /* there is a next page */
	AFD_PAGES_NONE,       /* the answer has no paging: it is whole */
	AFD_PAGES_WHOLE,      /* the last page was taken */
	AFD_PAGES_TRUNCATED,  /* the bound was reached before the end */
	AFD_PAGES_WRONG_PAGE, /* another page came than was asked for */
	AFD_PAGES_EMPTY,      /* a page without records, although the total says that there are more */
	AFD_PAGES_MALFORMED,  /* paging with numbers that can't be */
	AFD_PAGES_LOST        /* a further page came without paging */
};

struct afd_pages {
	struct afd_span url, body; /* of the case's request; borrowed */
	size_t bound;
	unsigned long long first; /* page that the first answer says it is */
	unsigned long long asked; /* page of the last request */
	unsigned long long total; /* as the first answer says it */
	unsigned long long per_page;
	size_t taken;       /* answers with paging */
	size_t records;     /* of all of them */
	bool total_changed; /* a later page said another total */
	enum afd_pages_end end;
};

/* `bound` 0: AFD_PAGES_BOUND. */
void afd_pages_begin(struct afd_pages *pages, struct afd_span url, struct afd_span body, size_t bound);
/* The answer to the last request, with the number of its records (below 0: none). True where there is a next
 * page. */
bool afd_pages_take(struct afd_pages *pages, const struct afd_json *answer, long records);
/* URL and body of the next request; both were initialised. Exit 3 where the request can't say a page: its
 * body is neither empty nor a JSON object. */
AFD_CHECKED int afd_pages_request(struct afd_pages *pages, struct afd_text *url, struct afd_text *body,
								  struct afd_error *err);
/* How many records the answers should hold together, from the first page that was asked for on. */
unsigned long long afd_pages_announced(const struct afd_pages *pages);

#endif
