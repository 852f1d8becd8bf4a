#include "config.h"

#include "app/forget_job.h"

#include "app/redact.h"
#include "base/err.h"
#include "store/digest.h"
#include "store/list.h"
#include "store/schema.h"

static enum claque_rc
find_accounts(struct store *store, const struct forget_request *q, int64_t *out,
	      struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < q->count; i++) {
		struct subject subject;

		rc = list_find_subject(store, SUBJECT_account, q->accounts[i], &subject, err);
		out[i] = subject.id;
	}
	return rc;
}

struct leaving {
	const struct forget_request *q;
	int64_t since;		/* when the first row of theirs came */
};

/* Of an aggregate nobody is named in. */
static bool
tell_export(void *ctx, const struct ledger_entry *e)
{
	const struct leaving *l = ctx;
	json_t *payload = str_eq(e->action, STR("export")) && e->at >= l->since ?
			  json_parse(e->payload) : NULL;
	struct forget_export left = {
		.seq = e->seq, .at = e->at, .format = case_payload_text(payload, "format"),
		.path = case_payload_text(payload, "path"),
		.redaction = case_payload_text(payload, "redaction"),
	};

	if (payload != NULL && !str_eq(left.redaction, str_of(redaction_name(REDACTION_AGGREGATE))))
		l->q->left(l->q->ctx, &left);
	json_decref(payload);
	return true;
}

/* What names them outside of the case, as far as the case knows. */
static enum claque_rc
tell_outside(struct store *store, const struct forget_request *q, const int64_t *accounts,
	     struct claque_err *err)
{
	struct leaving leaving = { .q = q };
	struct forget *forget;
	enum claque_rc rc = forget_new(&forget, store, accounts, q->count, err);

	if (rc == CLAQUE_OK)
		rc = forget_inputs(forget, q->input, q->ctx, &leaving.since, err);
	forget_free(forget);
	return rc == CLAQUE_OK ? ledger_walk(store, tell_export, &leaving, err) : rc;
}

/* Copies and totals were made of rows that are gone; their digests go into an entry of its own. */
static enum claque_rc
derive_again(const struct case_context *c, struct claque_err *err)
{
	struct digests *digests = digests_new();
	bool whole = false;
	enum claque_rc rc = digest_is_whole(c->store, &whole, err);

	if (rc == CLAQUE_OK)
		rc = schema_repair(c->store, err);
	if (rc == CLAQUE_OK)
		rc = digests_take_all(digests, c->store, DIGEST_IMPORT, err);
	if (rc == CLAQUE_OK)
		rc = case_record_tables(c, "derive", STR("{\"after\":\"forget\"}"), digests, err);
	if (rc == CLAQUE_OK && !whole)
		rc = digest_not_whole(c->store, err);
	digests_free(digests);
	return rc;
}

static enum claque_rc
forget_all(const struct case_context *c, const struct forget_request *q, const int64_t *accounts,
	   struct forget_report *out, struct claque_err *err)
{
	struct forget_plan plan = {
		.accounts = accounts, .count = q->count, .reason = q->reason,
		.replace_notes = q->replace_notes, .dry_run = q->dry_run,
		.fault = str_of(out->verified.fault), .note = q->note, .ctx = q->ctx,
	};
	enum claque_rc rc = case_forget(c, &plan, &out->gone, err);

	out->was_found = out->gone.rows.found > 0;
	if (rc != CLAQUE_OK || q->dry_run)
		return rc;
	rc = derive_again(c, err);
	return rc == CLAQUE_OK ? forget_compact(c->store, err) : rc;
}

enum claque_rc
forget_job(struct store *store, const struct forget_request *q,
	   const struct claque_progress *progress, struct forget_report *out, struct claque_err *err)
{
	struct case_context c = { .store = store, .who = q->who };
	int64_t accounts[FORGET_ACCOUNTS_MAX];
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct forget_report){ .was_found = false };
	if (q->count == 0 || q->count > FORGET_ACCOUNTS_MAX)
		return err_set(err, CLAQUE_EUSAGE, "1 to %d accounts at a time", FORGET_ACCOUNTS_MAX);
	if (!q->dry_run)
		rc = store_claim(store, err);
	if (rc == CLAQUE_OK)
		rc = find_accounts(store, q, accounts, err);
	if (rc == CLAQUE_OK)
		rc = tell_outside(store, q, accounts, err);
	if (rc == CLAQUE_OK && !q->dry_run)	/* so that it covers nothing up */
		rc = case_verify(store, STR(""), progress, &out->verified, err);
	if (rc == CLAQUE_OK)
		rc = forget_all(&c, q, accounts, out, err);
	if (rc == CLAQUE_OK && !q->dry_run)
		rc = case_verify(store, STR(""), progress, &out->verified, err);
	return rc;
}
