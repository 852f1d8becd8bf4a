/*
 * export_job.h - the tables of a case into an export format.
 */
#ifndef APP_EXPORT_JOB_H
#define APP_EXPORT_JOB_H

#include "claque/types.h"

#include "app/redact.h"
#include "base/sign.h"
#include "export/export.h"
#include "store/store.h"

struct export_request {
	struct claque_str format;	/* name of an export format */
	const char *path;
	enum tlp tlp;
	bool replace;			/* an existing file may be replaced */
	struct claque_str who;
	struct redaction_plan redaction;
	const struct sign_key *key;	/* a bag is signed with it; or NULL */
	struct claque_str passphrase;	/* a bag: it opens the one file that is made; or "" */
	bool stamp;			/* a bag: the request of a time stamp */
	bool inputs;			/* a bag: the input files, where everybody is named */
};

/*
 * store open for writing: that it was exported is an entry of the ledger.
 * progress is ticked at once and with the rows of each table; once
 * it says no, nothing is left behind and CLAQUE_STOPPED returned.
 */
CLAQUE_CHECKED enum claque_rc export_job(struct store *store, const struct export_request *request,
	const struct claque_progress *progress, struct claque_err *err);

#endif
