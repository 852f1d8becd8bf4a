#include "config.h"

#include "case/tables.h"

#include <stdio.h>

#include "base/err.h"

static const char under[] = "tables";	/* key of the payload */

static enum claque_rc
put_roots(struct store *store, struct digests *digests, json_t *payload,
	  struct claque_err *err)
{
	char root[DIGEST_ROOT_HEX + 1];
	json_t *roots = json_object();
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < digest_tables() && rc == CLAQUE_OK; i++) {
		if (!digests_have(digests, i))
			continue;
		rc = digest_root(store, i, root, err);
		if (rc == CLAQUE_OK)
			json_put(roots, digest_table(i), json_text(str_of(root)));
	}
	json_put(payload, under, roots);
	return rc;
}

enum claque_rc
tables_put(struct store *store, struct digests *digests, json_t *payload,
	   struct claque_err *err)
{
	enum claque_rc rc = digests_save(digests, store, err);

	return rc == CLAQUE_OK ? put_roots(store, digests, payload, err) : rc;
}

enum claque_rc
case_record_tables_inside(const struct case_context *c, const char *action,
			  struct claque_str payload_json, struct digests *digests,
			  struct claque_err *err)
{
	json_t *payload = json_parse(payload_json);
	enum claque_rc rc = tables_put(c->store, digests, payload, err);

	if (rc == CLAQUE_OK)
		rc = case_entry_append(c, action, str_of(store_path(c->store)), payload, err);
	json_decref(payload);
	return rc;
}

enum claque_rc
case_record_tables(const struct case_context *c, const char *action, struct claque_str payload_json,
		   struct digests *digests, struct claque_err *err)
{
	enum claque_rc rc = store_begin(c->store, err);

	if (rc == CLAQUE_OK)
		rc = case_record_tables_inside(c, action, payload_json, digests, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(c->store, err);
	if (rc != CLAQUE_OK)
		store_rollback(c->store);
	return rc;
}

void
tables_note(struct table_claims *claims, const struct ledger_entry *e)
{
	json_t *payload = json_parse(e->payload);
	const json_t *roots = json_object_get(payload, under);

	for (size_t i = 0; i < digest_tables(); i++) {
		struct claque_str root = case_payload_text(roots, digest_table(i));

		if (root.len != DIGEST_ROOT_HEX)
			continue;
		(void)snprintf(claims->of[i].root, sizeof(claims->of[i].root), STR_FMT, STR_ARG(root));
		claims->of[i].seq = e->seq;
	}
	json_decref(payload);
}

static void
take_outcome(const struct digest_outcome *outcome, bool vouched, int64_t seq, const char *table,
	     struct verify_report *out)
{
	out->rows += outcome->rows;
	if (out->fault[0] != '\0')
		return;
	if (outcome->fault[0] != '\0')
		(void)snprintf(out->fault, sizeof(out->fault), "%.300s (digested by ledger"
			       " entry %lld)", outcome->fault, (long long)seq);
	else if (!vouched)
		(void)snprintf(out->fault, sizeof(out->fault), "table %s: its digests are not those"
			       " of ledger entry %lld", table, (long long)seq);
}

/* Digests without an entry vouch for nothing, and an entry without digests is a fault. */
static enum claque_rc
check_table(struct store *store, const struct table_claims *claims, size_t table,
	    struct verify_report *out, struct claque_err *err)
{
	struct digest_outcome outcome;
	char root[DIGEST_ROOT_HEX + 1];
	enum claque_rc rc;

	if (claims->of[table].seq == 0)
		return CLAQUE_OK;
	out->tables = VERIFY_TABLES_HOLD;
	rc = digest_root(store, table, root, err);
	if (rc == CLAQUE_OK)
		rc = digest_check(store, table, &outcome, err);
	if (rc == CLAQUE_OK)
		take_outcome(&outcome, strcmp(root, claims->of[table].root) == 0,
			     claims->of[table].seq, digest_table(table), out);
	return rc;
}

enum claque_rc
tables_check(struct store *store, const struct table_claims *claims, struct verify_report *out,
	     struct claque_err *err)
{
	bool whole;
	enum claque_rc rc = digest_is_whole(store, &whole, err);

	out->tables = VERIFY_TABLES_NOT_COVERED;
	for (size_t i = 0; i < digest_tables() && rc == CLAQUE_OK; i++)
		rc = check_table(store, claims, i, out, err);
	if (out->tables == VERIFY_TABLES_HOLD && !whole)
		out->tables = VERIFY_TABLES_PARTLY;
	return rc;
}
