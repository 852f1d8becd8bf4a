#include "config.h"

#include "cli/args.h"

#include "base/err.h"

static const struct option *
find_option(const struct command *command, struct claque_str name)
{
	const struct option *o;

	for (size_t i = 0; (o = command_option(command, i)) != NULL; i++)
		if (str_eq(str_of(o->name), name))
			return o;
	return NULL;
}

/* The option whose name begins like this one: what was probably meant. */
static const char *
nearest_option(const struct command *command, struct claque_str name)
{
	const struct option *o;

	for (size_t n = name.len; n > 0; n--)
		for (size_t i = 0; (o = command_option(command, i)) != NULL; i++)
			if (str_starts(str_of(o->name), str_sub(name, 0, n)))
				return o->name;
	return "help";
}

static enum claque_rc
take_option(struct invocation *out, int argc, char *const *argv, int *i, struct claque_err *err)
{
	struct claque_str word = str_of(argv[*i] + 2);
	size_t equals = str_find(word, STR("="), 0);
	struct claque_str name = str_sub(word, 0, equals);
	const struct option *option = find_option(out->command, name);
	const char *value = equals < word.len ? word.p + equals + 1 : NULL;

	if (option == NULL)
		return err_set(err, CLAQUE_EUSAGE, "no option --" STR_FMT " of '%s'; did you mean --%s?",
			       STR_ARG(name), out->command->name, nearest_option(out->command, name));
	if (option->arg == NULL && value != NULL)
		return err_set(err, CLAQUE_EUSAGE, "--%s takes no value", option->name);
	if (option->arg != NULL && value == NULL) {
		if (*i + 1 >= argc)
			return err_set(err, CLAQUE_EUSAGE, "--%s needs %s", option->name, option->arg);
		value = argv[++*i];
	}
	if (out->set_count == sizeof(out->set) / sizeof(out->set[0]))
		return err_set(err, CLAQUE_EUSAGE, "too many options");
	out->set[out->set_count].option = option;
	out->set[out->set_count++].value = value;
	return CLAQUE_OK;
}

enum claque_rc
args_parse(const struct command *command, int argc, char *const *argv, struct invocation *out,
	   struct claque_err *err)
{
	bool options_end = false;

	*out = (struct invocation){ .command = command };
	for (int i = 0; i < argc; i++) {
		enum claque_rc rc;

		if (!options_end && strcmp(argv[i], "--") == 0) {
			options_end = true;
			continue;
		}
		if (!options_end && argv[i][0] == '-' && argv[i][1] == '-') {
			rc = take_option(out, argc, argv, &i, err);
			if (rc != CLAQUE_OK)
				return rc;
			continue;
		}
		if (out->arg_count == command->max_args || out->arg_count == ARGUMENT_MAX)
			return err_set(err, CLAQUE_EUSAGE, "'%s' is one argument too many: claque %s %s",
				       argv[i], command->name, command->synopsis);
		out->args[out->arg_count++] = argv[i];
	}
	if (out->arg_count < command->min_args)
		return err_set(err, CLAQUE_EUSAGE, "something is missing: claque %s %s",
			       command->name, command->synopsis);
	return CLAQUE_OK;
}

const char *
args_value(const struct invocation *call, const char *option)
{
	const char *value = NULL;

	for (size_t i = 0; i < call->set_count; i++)
		if (strcmp(call->set[i].option->name, option) == 0)
			value = call->set[i].value;
	return value;
}

bool
args_flag(const struct invocation *call, const char *option)
{
	for (size_t i = 0; i < call->set_count; i++)
		if (strcmp(call->set[i].option->name, option) == 0)
			return true;
	return false;
}

size_t
args_values(const struct invocation *call, const char *option, struct claque_str *out, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < call->set_count && n < room; i++)
		if (strcmp(call->set[i].option->name, option) == 0)
			out[n++] = str_of(call->set[i].value);
	return n;
}

enum claque_rc
args_int(const struct invocation *call, const char *option, int64_t min, int64_t max, int64_t *out,
	 struct claque_err *err)
{
	const char *value = args_value(call, option);
	int64_t n;

	if (value == NULL)
		return CLAQUE_OK;
	if (!str_to_i64(str_of(value), &n) || n < min || n > max)
		return err_set(err, CLAQUE_EUSAGE, "--%s takes a whole number from %lld to %lld, not '%s'",
			       option, (long long)min, (long long)max, value);
	*out = n;
	return CLAQUE_OK;
}

enum claque_rc
args_real(const struct invocation *call, const char *option, double min, double max, double *out,
	  struct claque_err *err)
{
	const char *value = args_value(call, option);
	double r;

	if (value == NULL)
		return CLAQUE_OK;
	if (!str_to_double(str_of(value), &r) || !(r >= min && r <= max))
		return err_set(err, CLAQUE_EUSAGE, "--%s takes a number from %g to %g, not '%s'",
			       option, min, max, value);
	*out = r;
	return CLAQUE_OK;
}

enum claque_rc
args_duration(const struct invocation *call, const char *option, int64_t *out_s,
	      struct claque_err *err)
{
	static const struct { char unit; int64_t seconds; } units[] = {
		{ 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 },
	};
	const char *value = args_value(call, option);
	struct claque_str s = str_of(value);
	int64_t scale = 1, n;

	if (value == NULL)
		return CLAQUE_OK;
	if (str_eq(s, STR("whole"))) {
		*out_s = -1;
		return CLAQUE_OK;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]) && s.len > 0; i++)
		if (s.p[s.len - 1] == units[i].unit) {
			scale = units[i].seconds;
			s.len--;
			break;
		}
	if (!str_to_i64(s, &n) || n < 0 || __builtin_mul_overflow(n, scale, out_s))
		return err_set(err, CLAQUE_EUSAGE,
			       "--%s takes a duration like 60s, 5m, 1h, 1d or 'whole', not '%s'",
			       option, value);
	return CLAQUE_OK;
}

enum claque_rc
args_size(const struct invocation *call, const char *option, uint64_t *out,
	  struct claque_err *err)
{
	static const struct { char unit; unsigned shift; } units[] = {
		{ 'K', 10 }, { 'M', 20 }, { 'G', 30 }, { 'T', 40 },
	};
	const char *value = args_value(call, option);
	struct claque_str s = str_of(value);
	unsigned shift = 0;
	int64_t n;

	if (value == NULL)
		return CLAQUE_OK;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]) && s.len > 0; i++)
		if (s.p[s.len - 1] == units[i].unit) {
			shift = units[i].shift;
			s.len--;
			break;
		}
	if (!str_to_i64(s, &n) || n <= 0 || n > INT64_MAX >> shift)
		return err_set(err, CLAQUE_EUSAGE, "--%s takes a size like 500M or 4G, not '%s'",
			       option, value);
	*out = (uint64_t)n << shift;
	return CLAQUE_OK;
}
