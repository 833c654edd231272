/* SPDX-License-Identifier: MIT
 * The bytes of a raw answer, taken out of their type, as a value of the evidence. */
#include "evidence_record.h"

void probe(struct afd_record *record, struct afd_raw raw, struct afd_masked masked);

void probe(struct afd_record *record, struct afd_raw raw, struct afd_masked masked)
{
#ifdef LEAK
	(void)masked;
	afd_record_json(record, NULL, "answer", raw.bytes);
#else
	(void)raw;
	afd_record_json(record, NULL, "answer", masked);
#endif
}
