/* SPDX-License-Identifier: MIT
 * Any bytes before and behind a command of PowerShell in a fence. */
#include "fuzz_fence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_fence("powershell\n$b = @{a=1}\nInvoke-RestMethod -Body $b ", data, size);
}
