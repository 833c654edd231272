/* SPDX-License-Identifier: MIT
 * A raw answer as a value of the evidence. */
#include "evidence_record.h"

void probe(struct afd_record *record, struct afd_raw raw, struct afd_masked masked);

void probe(struct afd_record *record, struct afd_raw raw, struct afd_masked masked)
{
#ifdef LEAK
	(void)masked;
	afd_record_masked(record, NULL, "got", raw);
#else
	(void)raw;
	afd_record_masked(record, NULL, "got", masked);
#endif
}
