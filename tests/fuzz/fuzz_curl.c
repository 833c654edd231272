/* SPDX-License-Identifier: MIT
 * Any bytes behind the word curl in a fence: read to the end, within the text. */
#include "fuzz_fence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_fence("bash\ncurl ", data, size);
}
