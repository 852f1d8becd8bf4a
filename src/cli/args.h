/*
 * args.h - the command line against a command's own table of options.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "base/str.h"
#include "cli/command.h"

struct invocation {
	const struct command *command;
	const char *args[ARGUMENT_MAX];
	size_t arg_count;
	struct {
		const struct option *option;
		const char *value;
	} set[64];
	size_t set_count;
};

/* argv after the command's name. EUSAGE says what is wrong and what would be right. */
CLAQUE_CHECKED enum claque_rc args_parse(const struct command *command, int argc,
	char *const *argv, struct invocation *out, struct claque_err *err);

/* The last value given, or NULL. */
const char *args_value(const struct invocation *call, const char *option);
bool args_flag(const struct invocation *call, const char *option);
/* Every value given, in order; returns how many. */
size_t args_values(const struct invocation *call, const char *option, struct claque_str *out,
		   size_t room);

/* Leave *out alone where the option is absent; EUSAGE names option and range. */
CLAQUE_CHECKED enum claque_rc args_int(const struct invocation *call, const char *option,
	int64_t min, int64_t max, int64_t *out, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc args_real(const struct invocation *call, const char *option,
	double min, double max, double *out, struct claque_err *err);
/* "60s", "5m", "1h", "1d", "90" (seconds), "whole" (-1). */
CLAQUE_CHECKED enum claque_rc args_duration(const struct invocation *call, const char *option,
	int64_t *out_s, struct claque_err *err);
/* "500M", "4G", "1048576" (bytes); units of 1024. More than 0. */
CLAQUE_CHECKED enum claque_rc args_size(const struct invocation *call, const char *option,
	uint64_t *out, struct claque_err *err);

#endif
