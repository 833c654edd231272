/* SPDX-License-Identifier: MIT
 * The generated folder: written only where bytes differ, or compared with what it should hold. */
#ifndef AFFIDAVIT_OUTPUT_H
#define AFFIDAVIT_OUTPUT_H

#include "index.h"
#include "model.h"

struct afd_output_file {
	const char *name;
	struct afd_text text;
};

struct afd_output {
	struct afd_output_file *rows;
	size_t count;
	struct afd_index names;
};

/* Emits the model into memory; freed with afd_output_free. */
void afd_output_make(struct afd_output *output, const struct afd_model *model);
void afd_output_free(struct afd_output *output);
/* Writes what differs and removes generated test files that the model no longer has; other files are left alone. */
AFD_CHECKED int afd_output_write(const struct afd_output *output, const char *folder, size_t *written,
								 size_t *removed, struct afd_error *err);
/* Prints a line for each file that is missing, differs or is left over; returns how many there are. */
size_t afd_output_check(const struct afd_output *output, const char *folder, struct afd_text *report);

#endif
