/* cmd_signal.c - claque signal: what the signals are, and one of them on a case. */
#include "config.h"

#include <stdio.h>

#include "app/signal_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"

enum { PARAMS_MAX = CLAQUE_SIGNAL_COUNT * CLAQUE_PARAM_MAX, LINE_MAX_BYTES = 400 };

static const struct claque_param *
find_param(const struct claque_signal_info *info, struct claque_str name)
{
	for (size_t i = 0; i < info->param_count; i++)
		if (str_eq(str_of(info->params[i].name), name))
			return &info->params[i];
	return NULL;
}

static bool
is_known(const struct option *options, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(str_of(options[i].name), str_of(name)))
			return true;
	return false;
}

/* Each name once: signals may call a parameter alike. */
static const struct option *
param_options(size_t *count)
{
	static struct option options[PARAMS_MAX];
	size_t n = 0;

	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++) {
		const struct claque_signal_info *info = claque_signal_info((enum claque_signal)s);

		for (size_t i = 0; info != NULL && i < info->param_count; i++)
			if (!is_known(options, n, info->params[i].name))
				options[n++] = (struct option){ info->params[i].name, "N",
								info->params[i].help };
	}
	*count = n;
	return options;
}

/* An option that is another signal's parameter is a mistake, not nothing. */
static enum claque_rc
check_options(const struct invocation *call, const struct claque_signal_info *info,
	      struct claque_err *err)
{
	size_t count;
	const struct option *params = param_options(&count);

	for (size_t i = 0; i < count; i++)
		if (args_value(call, params[i].name) != NULL &&
		    find_param(info, str_of(params[i].name)) == NULL)
			return err_set(err, CLAQUE_EUSAGE, "%s has no --%s; claque signal --help "
				       "lists what each has", info->name, params[i].name);
	return CLAQUE_OK;
}

static enum claque_rc
read_params(const struct invocation *call, const struct claque_signal_info *info, double *params,
	    struct claque_err *err)
{
	enum claque_rc rc = check_options(call, info, err);

	for (size_t i = 0; i < info->param_count && rc == CLAQUE_OK; i++) {
		const struct claque_param *p = &info->params[i];

		params[i] = p->usual;
		rc = args_real(call, p->name, p->least, p->most, &params[i], err);
	}
	return rc;
}

static enum claque_rc
run_edges(const struct invocation *call, enum claque_signal signal, struct store *store,
	  const struct claque_progress *progress, const struct row_sink *sink,
	  struct claque_err *err)
{
	struct claque_network_settings settings = claque_network_defaults(signal);
	int64_t cap = settings.object_cap, least = 1;
	enum claque_rc rc = read_params(call, claque_signal_info(signal), settings.params, err);

	if (rc == CLAQUE_OK)
		rc = args_duration(call, "window", &settings.window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "object-cap", 0, UINT32_MAX, &cap, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-weight", 1, UINT32_MAX, &least, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "max-q", 0, 1, &settings.max_q, err);
	if (rc != CLAQUE_OK)
		return rc;
	settings.object_cap = (uint32_t)cap;
	settings.min_weight = (uint32_t)least;
	return network_signal(store, &settings, progress, sink, err);
}

static enum claque_rc
run_accounts(const struct invocation *call, enum claque_signal signal, struct store *store,
	     const struct claque_progress *progress, const struct row_sink *sink,
	     struct claque_err *err)
{
	double params[CLAQUE_PARAM_MAX] = { 0 };
	enum claque_rc rc = read_params(call, claque_signal_info(signal), params, err);

	return rc != CLAQUE_OK ? rc : signal_accounts(store, signal, params, progress, sink, err);
}

static enum claque_rc
run_one(const struct invocation *call, const struct row_sink *sink, struct claque_err *err)
{
	enum claque_signal signal;
	struct store *store = NULL;
	struct claque_progress progress;
	enum claque_rc rc = claque_signal_parse(str_of(call->args[0]), &signal, err);

	if (rc == CLAQUE_OK && call->arg_count < 2)
		rc = err_set(err, CLAQUE_EUSAGE, "on which case? claque signal %s CASE",
			     call->args[0]);
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[1], STORE_READ, err);
	if (rc != CLAQUE_OK)
		return rc;
	progress = progress_start();
	if (claque_signal_info(signal)->shape == CLAQUE_EDGES)
		rc = run_edges(call, signal, store, &progress, sink, err);
	else
		rc = run_accounts(call, signal, store, &progress, sink, err);
	progress_stop();
	store_close(store);
	return rc;
}

static enum status
run_signal(const struct invocation *call)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK && call->arg_count > 0)
		rc = run_one(call, &sink, &err);
	else if (rc == CLAQUE_OK)
		signal_list(&sink);
	printer_end(&printer);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
write_params(const struct section_writer *to, const struct claque_signal_info *info)
{
	char term[LINE_MAX_BYTES], line[LINE_MAX_BYTES];

	for (size_t i = 0; i < info->param_count; i++) {
		const struct claque_param *p = &info->params[i];

		(void)snprintf(term, sizeof(term), "%s --%s", info->name, p->name);
		(void)snprintf(line, sizeof(line), "%s %s, %g to %g (%g)", p->unit, p->help,
			       p->least, p->most, p->usual);
		to->entry(term, line);
	}
}

static void
write_signals(const struct section_writer *to)
{
	char line[LINE_MAX_BYTES];

	to->heading("SIGNALS");
	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++) {
		const struct claque_signal_info *info = claque_signal_info((enum claque_signal)s);

		if (info == NULL)
			continue;
		(void)snprintf(line, sizeof(line), "%s; %s, %s. %s", info->help,
			       signal_axis_name(info->axis), signal_shape_name(info->shape),
			       info->source);
		to->entry(info->name, line);
	}
	to->heading("PARAMETERS");
	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++)
		if (claque_signal_info((enum claque_signal)s) != NULL)
			write_params(to, claque_signal_info((enum claque_signal)s));
}

const struct command command_signal = {
	.name = "signal", .synopsis = "[NAME CASE]",
	.summary = "Runs one signal on a case, or lists the signals",
	.detail =
"A signal of the shape edges compares accounts and prints a network: pairs of accounts,\n"
"how many things they did alike within the window, how many chance would give, p and q\n"
"(see claque-network(1)). One of the shape accounts measures each account: its value, what\n"
"is usual in the file, the log odds of an operation that this alone gives, on how many posts\n"
"or accounts it rests, and a post that shows it.\n"
"\n"
"Without a name, the signals are listed with what they need, cost and rest on.",
	.examples =
"claque signal\tall signals\n"
"claque signal co-text case.claque --window 1h --min-weight 3\twho posts the same within an hour\n"
"claque signal co-media case.claque --distance 4 --csv\tpictures that are nearly identical",
	.options = {
		{ "window", "TIME", "edges: 60s, 5m, 1h, 1d, whole; inclusive (60s)" },
		{ "min-weight", "N", "edges: leave out those below (1)" },
		{ "object-cap", "N", "edges: leave out what more accounts share (250); 0 is none" },
		{ "max-q", "Q", "edges: leave out those above this false discovery rate (1)" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.more_options = param_options, .sections = write_signals,
	.max_args = 2, .run = run_signal,
};
