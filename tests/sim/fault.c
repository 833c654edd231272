/* SPDX-License-Identifier: MIT */
#include "fault.h"
#include <string.h>
bool afd_sim_ask_fault(struct sim_fault_set *set, const char *asked)
{
	(void)set;
	(void)asked;
	return false;
}
void afd_sim_list_faults(FILE *out)
{
	(void)out;
}
