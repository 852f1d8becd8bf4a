/*
 * signal_job.h - one signal on its own, and the table of all signals, as rows.
 */
#ifndef APP_SIGNAL_JOB_H
#define APP_SIGNAL_JOB_H

#include "app/network_job.h"

/* id, name, shape, axis, family, unit, needs, cost, source, help, params. */
void signal_list(const struct row_sink *sink);

/*
 * The measures of a signal of the shape `accounts`, by account id: account_id,
 * value, expected, log_odds, n, post (native id). params: as many as it has.
 */
CLAQUE_CHECKED enum claque_rc signal_accounts(struct store *store, enum claque_signal signal,
	const double *params, const struct claque_progress *progress, const struct row_sink *sink,
	struct claque_err *err);

/* "coordination"; "content"; "edges". */
const char *signal_axis_name(enum claque_axis axis);
const char *signal_family_name(enum claque_family family);
const char *signal_shape_name(enum claque_shape shape);

#endif
