/* SPDX-License-Identifier: MIT
 * One explicit error value: a class that maps to an exit code, and the text written where it failed.
 * A leaf: libc only. */
#ifndef AFFIDAVIT_BASE_ERROR_H
#define AFFIDAVIT_BASE_ERROR_H

#define AFD_CHECKED             __attribute__((warn_unused_result))
#define AFD_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* The exit codes of the command line; also the class of a struct afd_error. */
enum afd_exit {
	AFD_EXIT_OK = 0,
	AFD_EXIT_FAILED = 1,   /* a test failed, a reference drifted */
	AFD_EXIT_USAGE = 2,    /* usage, or the spec was refused */
	AFD_EXIT_NO_VERDICT = 3, /* infrastructure, I/O, a case blocked for a value */
	AFD_EXIT_REFUSED = 4,  /* refused for safety */
	AFD_EXIT_LEAK = 5,     /* the leak gate */
	AFD_EXIT_EVIDENCE = 6  /* the evidence is invalid */
};

struct afd_error {
	enum afd_exit code; /* AFD_EXIT_OK while nothing failed */
	char text[1024];    /* one line, controls shown as '?'; never a secret or a raw answer */
};

/* Records the failure and returns its code, so that `return afd_fail(err, ...)` cannot lack a text.
 * The first failure wins: a text that is already there is kept. */
AFD_PRINTF(3, 4)
int afd_fail(struct afd_error *err, enum afd_exit code, const char *format, ...);

/* The worse of two exit codes, in the order 5, 6, 4, 1, 2, 3, 0. */
enum afd_exit afd_exit_worse(enum afd_exit a, enum afd_exit b);

#endif
