/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Invented: they open nothing but this program. */
#define DEFAULT_TOKEN         "sim-rest-token-5f1d0c"
#define DEFAULT_PARTNER_TOKEN "sim-partner-token-9b27ae"

static const char usage[] =
	"usage: qtickets-sim [--port N] [--profile spec|production] [--token T] [--partner-token T]\n"
	"                    [--seed N] [--latency MS] [--fault NAME[@ROUTEPART]]... [--max-seconds N]\n"
	"       qtickets-sim --list-faults | --list-private [--profile P] [--seed N]\n";

enum option_name {
	PORT,
	PROFILE,
	TOKEN,
	PARTNER_TOKEN,
	SEED,
	LATENCY,
	FAULT,
	MAX_SECONDS,
	LIST_FAULTS,
	LIST_PRIVATE
};

static const struct option names[] = {
	{ "port", required_argument, NULL, PORT },
	{ "profile", required_argument, NULL, PROFILE },
	{ "token", required_argument, NULL, TOKEN },
	{ "partner-token", required_argument, NULL, PARTNER_TOKEN },
	{ "seed", required_argument, NULL, SEED },
	{ "latency", required_argument, NULL, LATENCY },
	{ "fault", required_argument, NULL, FAULT },
	{ "max-seconds", required_argument, NULL, MAX_SECONDS },
	{ "list-faults", no_argument, NULL, LIST_FAULTS },
	{ "list-private", no_argument, NULL, LIST_PRIVATE },
	{ 0 },
};

static bool read_number(const char *text, unsigned long long most, unsigned long long *number)
{
	char *end;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && *number <= most;
}

static bool read_unsigned(const char *text, unsigned most, unsigned *number)
{
	unsigned long long read;
	if (!read_number(text, most, &read))
		return false;
	*number = (unsigned)read;
	return true;
}

static bool read_profile(const char *text, enum sim_profile *profile)
{
	*profile = strcmp(text, "production") == 0 ? SIM_PRODUCTION : SIM_SPEC;
	return *profile == SIM_PRODUCTION || strcmp(text, "spec") == 0;
}

static bool read_seed(const char *text, uint64_t *seed)
{
	unsigned long long read;
	if (!read_number(text, UINT64_MAX, &read))
		return false;
	*seed = read;
	return true;
}

static bool read_option(struct sim_options *options, int name, const char *value)
{
	switch (name) {
	case PORT: return read_unsigned(value, 65535, &options->port);
	case PROFILE: return read_profile(value, &options->profile);
	case TOKEN: options->token = value; return true;
	case PARTNER_TOKEN: options->partner_token = value; return true;
	case SEED: return read_seed(value, &options->seed);
	case LATENCY: return read_unsigned(value, 60000, &options->latency);
	case FAULT: return afd_sim_ask_fault(&options->faults, value);
	case MAX_SECONDS: return read_unsigned(value, 86400, &options->max_seconds);
	case LIST_FAULTS: options->list_faults = true; return true;
	case LIST_PRIVATE: options->list_private = true; return true;
	default: return false;
	}
}

static const char *environment(const char *name, const char *otherwise)
{
	const char *value = getenv(name);
	return value && *value ? value : otherwise;
}

bool afd_sim_read_options(struct sim_options *options, int argc, char **argv)
{
	*options = (struct sim_options){ .profile = SIM_SPEC, .seed = 1, .max_seconds = 600 };
	options->token = environment("SIM_TOKEN", DEFAULT_TOKEN);
	options->partner_token = environment("SIM_PARTNER_TOKEN", DEFAULT_PARTNER_TOKEN);
	int name, index = 0;
	while ((name = getopt_long(argc, argv, "", names, &index)) != -1) {
		if (name != '?' && read_option(options, name, optarg))
			continue;
		if (name != '?')
			fprintf(stderr, "qtickets-sim: --%s can't be '%s'\n", names[index].name, optarg);
		fputs(usage, stderr);
		return false;
	}
	if (optind < argc)
		fputs(usage, stderr);
	return optind == argc;
}
