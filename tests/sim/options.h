/* SPDX-License-Identifier: MIT
 * The command line of the simulator. */
#ifndef AFFIDAVIT_SIM_OPTIONS_H
#define AFFIDAVIT_SIM_OPTIONS_H

#include "server.h"

/* Fills the options from the arguments and the environment; prints what is wrong and returns false. */
bool afd_sim_read_options(struct sim_options *options, int argc, char **argv);

#endif
