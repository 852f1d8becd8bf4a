/*
 * bundle_out.h - what a case bundle is made of, as it may leave the case.
 */
#ifndef APP_BUNDLE_OUT_H
#define APP_BUNDLE_OUT_H

#include "app/redact.h"
#include "export/export.h"

struct bundle_out;

struct bundle_out_plan {
	struct store *store;		/* inside store_hold() */
	const struct redactor *redactor;
	enum redaction level;
	const struct claque_progress *progress;
};

/* The plan and what is in it must live as long. bundle_out_free() in any case. */
CLAQUE_CHECKED enum claque_rc bundle_out_new(struct bundle_out **out,
	const struct bundle_out_plan *plan, struct claque_err *err);
const struct export_bundle *bundle_out_tables(const struct bundle_out *out);
void bundle_out_free(struct bundle_out *out);	/* takes NULL */

#endif
